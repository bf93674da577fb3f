"""The exceptions that are meant to be read by a person, not debugged."""


class CourseError(Exception):
    """Something a user can put right: the message says what, where, and what to do.

    >>> raise CourseError("lessons/01_rnn_shapes/assignment.py:12: unknown key 'pionts'. Try: points=…")
    Traceback (most recent call last):
    rnnshapes.errors.CourseError: lessons/01_rnn_shapes/assignment.py:12: unknown key 'pionts'. Try: points=…
    """


class NotNow(CourseError):
    """Something that did not work this time, by nobody's mistake, and may work the next."""
