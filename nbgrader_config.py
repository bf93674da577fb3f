"""nbgrader's settings for this course, read by plain `nbgrader …` and by `rnnshapes …` alike."""

import os

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader import preprocessors as nb

from rnnshapes.authoring.stubs import OwnStubs
from rnnshapes.authoring.validate import shorten_failure
from rnnshapes.grading.feedback.page_of_feedback import StudentView, template_folders
from rnnshapes.grading.feedback.sanitise_notebook import SanitiseNotebook
from rnnshapes.grading.nbgrader.plugin import ReadAnything, Referee, Repair, SaveGrades, Share

c = get_config()  # noqa: F821  (nbgrader supplies it)

c.CourseDirectory.course_id = "rnn_shapes"
HERE = os.path.dirname(os.path.abspath(__file__))
# `make demo` grades its sample class in a course folder of its own, so that it never meets your students.
c.CourseDirectory.root = os.environ.get("RNNSHAPES_COURSE", HERE)

# nbgrader's own list, with one more step: stubs that a lesson words itself (lines marked `#| `).
c.GenerateAssignment.preprocessors = [
    nb.IncludeHeaderFooter,
    nb.InstantiateTests,
    nb.LockCells,
    nb.ClearSolutions,
    OwnStubs,
    nb.ClearOutput,
    nb.CheckCellMetadata,
    nb.ComputeChecksums,
    nb.SaveCells,
    nb.ClearHiddenTests,
    nb.ClearMarkScheme,
    nb.ComputeChecksums,
    nb.CheckCellMetadata,
]

# release/ is committed, so it is always there already: generate it anew, and enter the assignment in the gradebook.
c.GenerateAssignment.force = True

# Submissions are put right, run in a sandbox, and tested by a referee in another process. `rnnshapes grade` does the
# same, many at a time; each leaves alone what the other has graded. (nbgrader's own steps in these places:
# DeduplicateIds, OverwriteKernelspec, OverwriteCells; Execute; SaveAutoGrades.)
c.Autograde.exporter_class = ReadAnything
c.Autograde.sanitize_preprocessors = [nb.ClearOutput, Repair, nb.CheckCellMetadata]
c.Autograde.autograde_preprocessors = [
    Referee,
    nb.IgnorePattern,
    nb.LimitOutput,
    SaveGrades,
    nb.AssignLatePenalties,
    SanitiseNotebook,
    nb.CheckCellMetadata,
    Share,
]

# Feedback: no hidden test, no expected value of one, no traceback into one; the message meant for the student instead.
# Nothing that a student put into a notebook runs in a reader's browser: not in the feedback, not in the formgrader.
c.GenerateFeedback.preprocessors = [StudentView, nb.GetGrades, CSSHTMLHeaderPreprocessor]
c.GenerateFeedback.exporter_class = "rnnshapes.grading.feedback.page_of_feedback.FeedbackExporter"
c.HTMLExporter.default_preprocessors = []
c.HTMLExporter.preprocessors = ["rnnshapes.grading.feedback.sanitise_notebook.SanitiseNotebook"]
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.extra_template_basedirs = template_folders()
c.HTMLExporter.filters = {
    "markdown2html": "rnnshapes.grading.feedback.safe_markdown.markdown_filter",
    "clean_html": "rnnshapes.grading.feedback.safe_html.clean_html",
}

# Validate, the students' button: a failed test says what came out and what to try. The first cell starts TensorFlow,
# which takes longer than nbgrader's 30 seconds on a slow machine.
c.Execute.on_cell_error = shorten_failure
c.Execute.timeout = 180

# The formgrader shows its settings on its first page; these have classes in them, which it cannot print.
c.FormgradeExtension.debug = False

# The exchange: where `nbgrader release_assignment` puts a release and `nbgrader collect` finds submissions.
# The default works on one machine. On a shared server, name a folder that all accounts can write to:
#     export RNNSHAPES_EXCHANGE=/srv/nbgrader/exchange
c.Exchange.root = os.environ.get("RNNSHAPES_EXCHANGE", os.path.join(HERE, "exchange"))
if "RNNSHAPES_EXCHANGE" not in os.environ:
    os.makedirs(c.Exchange.root, exist_ok=True)  # nbgrader wants it to exist
# A submission is open to its student and the instructor alone, where the exchange is set up for that (hub/README.md).
# It is collected only from the account that it names, without following its links. Feedback is released to all, also
# where some submissions came by hand.
c.ExchangeFactory.submit = "rnnshapes.grading.nbgrader.exchange.Submit"
c.ExchangeFactory.collect = "rnnshapes.grading.nbgrader.collect.Collect"
c.ExchangeFactory.release_feedback = "rnnshapes.grading.nbgrader.exchange.ReleaseFeedback"

# Hidden tests draw their sizes, data and weights from a seed that nobody knows: the first grading makes it, in
# .rnnshapes/seed. Where several machines grade one class, give them the same one:
#     export RNNSHAPES_SEED="any words you like"
