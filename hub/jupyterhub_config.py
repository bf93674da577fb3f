"""JupyterHub's settings for one course on one server: /etc/jupyterhub/jupyterhub_config.py. See hub/README.md."""

import os

from tornado.web import RedirectHandler

c = get_config()  # noqa: F821  (JupyterHub supplies it)

INSTRUCTOR = "instructor"  # the account that owns the course folder and grades
STUDENTS = "students"  # the Unix group of all who take the course

# Behind a web server that has the certificate (or set ssl_key and ssl_cert, and bind_url to https://:443).
c.JupyterHub.bind_url = "http://127.0.0.1:8000"

# The accounts and passwords of this machine (PAM). Whoever is in none of these two is refused.
c.JupyterHub.authenticator_class = "pam"
c.Authenticator.allowed_users = {INSTRUCTOR}
c.LocalAuthenticator.allowed_groups = {STUDENTS}

# Everybody opens in JupyterLab, as the Unix user that they are.
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = 120  # a full class starts at the same minute

# The formgrader's links to source/ and to the preview leave out /user/NAME: show those folders in JupyterLab.
to_lab = {"url": "/hub/user-redirect/lab/tree/{0}", "permanent": False}
c.JupyterHub.extra_handlers = [(r"/tree/(.*)", RedirectHandler, to_lab)]

HERE = os.path.dirname(os.path.abspath(__file__))


def settings_before_everyones(spawner) -> str:
    """Return the folder of settings that a server reads before /etc/jupyter: only the instructor's has one."""
    return f"{HERE}/instructor" if spawner.user.name == INSTRUCTOR else ""


c.Spawner.environment = {"JUPYTER_CONFIG_PATH": settings_before_everyones}
