"""nbgrader's settings for all accounts of the server: /etc/jupyter/nbgrader_config.py."""

import os

from rnnshapes.authoring.validate import shorten_failure

c = get_config()  # noqa: F821  (nbgrader supplies it)

c.CourseDirectory.course_id = "rnn_shapes"

# The one place that says where the exchange is. The course's own nbgrader_config.py, which is read after this one,
# takes it from the environment.
os.environ.setdefault("RNNSHAPES_EXCHANGE", "/srv/nbgrader/exchange")
c.Exchange.root = os.environ["RNNSHAPES_EXCHANGE"]

# What a student hands in, nobody but the student and the instructor can open.
c.ExchangeFactory.submit = "rnnshapes.grading.nbgrader.exchange.Submit"

# Validate: a failed test says what came out and what to try, as in the course's own settings.
c.Execute.on_cell_error = shorten_failure
c.Execute.timeout = 180
