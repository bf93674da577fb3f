"""A student's side of nbgrader's exchange, as `nbgrader fetch_assignment`, `submit` and `fetch_feedback` do it."""

from pathlib import Path

from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeFetchFeedback, ExchangeSubmit
from traitlets.config import Config


def fetch(course: Path, home: Path, login: str, assignment: str) -> Path:
    """Fetch an assignment into `home`; return its folder."""
    _run(ExchangeFetchAssignment, course, home, login, assignment)
    return home / assignment


def submit(course: Path, home: Path, login: str, assignment: str) -> None:
    """Submit what is in the student's `home`."""
    _run(ExchangeSubmit, course, home, login, assignment)


def fetch_feedback(course: Path, home: Path, login: str, assignment: str) -> Path:
    """Fetch the feedback on the last submission; return the folder with its pages."""
    _run(ExchangeFetchFeedback, course, home, login, assignment)
    return max((home / assignment / "feedback").iterdir())


def _run(kind: type, course: Path, home: Path, login: str, assignment: str) -> None:
    home.mkdir(exist_ok=True)
    config = Config()
    config.Exchange.update(root=str(course / "exchange"), cache=str(home / "cache"), assignment_dir=str(home))
    config.CourseDirectory.update(course_id="rnn_shapes", assignment_id=assignment, student_id=login)
    coursedir = CourseDirectory(config=config)
    kind(coursedir=coursedir, authenticator=Authenticator(config=config), config=config).start()
