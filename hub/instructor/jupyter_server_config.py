"""What the instructor's server has beside everyone's: read before /etc/jupyter (JUPYTER_CONFIG_PATH)."""

c = get_config()  # noqa: F821  (Jupyter supplies it)

c.ServerApp.jpserver_extensions = {"nbgrader.server_extensions.formgrader": True}
