"""What a user's server has: /etc/jupyter/jupyter_server_config.py. The instructor's has more (instructor/)."""

c = get_config()  # noqa: F821  (Jupyter supplies it)

# Students fetch, validate and submit. What is off here is off in the pages too: labconfig/page_config.json.
c.ServerApp.jpserver_extensions = {
    "nbgrader.server_extensions.assignment_list": True,
    "nbgrader.server_extensions.validate_assignment": True,
    "nbgrader.server_extensions.formgrader": False,
    "nbgrader.server_extensions.course_list": False,
}

# Memory is what a class runs out of: end kernels after an hour without use, then the server.
c.MappingKernelManager.cull_idle_timeout = 3600
c.ServerApp.shutdown_no_activity_timeout = 3600
