"""The instructor's page: what it counts, from which source, and that it is sound HTML whatever students are called."""

import datetime
import re
import subprocess
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rnnshapes.errors import CourseError
from rnnshapes.files import lesson_names
from rnnshapes.grading.journal import Journal
from rnnshapes.grading.report.page_of_report import Row, belief_words, collect_rows, report_html, write_report
from rnnshapes.grading.task import Graded, GradedNotebook

ROOT = Path(__file__).parents[1]
ONE, TWO = "01_rnn_shapes", "02_two_notebooks"
ANSWERS = ["name_weights", "rnn_by_hand"]
CELLS = {"test_name_weights": 2, "test_rnn_by_hand": 3, "test_rnn_by_hand_at_once": 1, "why": 1}
DUE = datetime.datetime(2026, 1, 15, 12)
VOID = {"meta", "img", "br", "link", "input", "hr"}


class Page(HTMLParser):
    """A page's elements with their attributes and texts; it fails where a tag is left open or closed twice."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.stack = [], [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes), []))
        if tag not in VOID:
            self.open.append(tag)
            self.stack.append(self.elements[-1])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.stack.pop()

    def handle_data(self, data):
        for _, _, texts in self.stack:
            texts.append(data)

    def all(self, tag):
        return [
            (attributes, " ".join("".join(texts).split())) for name, attributes, texts in self.elements if name == tag
        ]

    def texts(self, tag):
        return [text for _, text in self.all(tag)]


def check_page(text):
    """What holds for every report; return the parsed page."""
    page = Page(text)
    assert not page.all("script")
    levels = [int(tag[1]) for tag, *_ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert all(0 < len(attributes["alt"]) <= 250 for attributes, _ in page.all("img"))
    assert all(attributes["src"].startswith("data:image/png;base64,") for attributes, _ in page.all("img"))
    assert all(attributes["scope"] in ("row", "col") for attributes, _ in page.all("th"))
    ids = {attributes["id"] for _, attributes, _ in page.elements if "id" in attributes}
    assert all(attributes["href"][1:] in ids for attributes, _ in page.all("a"))
    assert not any(name.startswith("on") for _, attributes, _ in page.elements for name in attributes)
    return page


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory):
    """A gradebook of two assignments: `give(login, …)` in the tests enters what a student got in the first."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{tmp_path_factory.mktemp('course') / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment(ONE, duedate=DUE)
        gradebook.add_notebook("rnn_shapes", ONE)
        for answer in [*ANSWERS, "why"]:
            gradebook.add_solution_cell(answer, "rnn_shapes", ONE)
        for cell, points in CELLS.items():
            kind = "markdown" if cell == "why" else "code"
            gradebook.add_grade_cell(cell, "rnn_shapes", ONE, max_score=points, cell_type=kind)
        gradebook.add_assignment(TWO)
        for notebook in ("a", "b"):
            gradebook.add_notebook(notebook, TWO)
            gradebook.add_solution_cell("loop", notebook, TWO)
            gradebook.add_grade_cell("test_loop", notebook, TWO, max_score=2, cell_type="code")
        for login in ("ada", "bo", "cy", "dee", "eve"):
            gradebook.add_student(login, first_name=login.title(), last_name="L.", email=f"{login}@uni.example")
        give(
            gradebook,
            "ada",
            {"test_name_weights": 2, "test_rnn_by_hand": 3, "test_rnn_by_hand_at_once": 0, "why": None},
        )
        give(gradebook, "bo", dict.fromkeys(CELLS, 1), late=datetime.timedelta(hours=30))
        give(gradebook, "cy", dict.fromkeys(CELLS, 1))  # an old score; its last run failed
        give(gradebook, "dee", {})
        gradebook.find_grade("test_rnn_by_hand", "rnn_shapes", ONE, "bo").manual_score = 2.5
        gradebook.find_grade("test_rnn_by_hand", "rnn_shapes", ONE, "bo").extra_credit = 0.25
        gradebook.find_submission_notebook("rnn_shapes", ONE, "bo").late_submission_penalty = 0.5
        gradebook.add_submission(TWO, "ada")
        for notebook, points in (("a", 2), ("b", 1)):
            gradebook.find_grade("test_loop", notebook, TWO, "ada").auto_score = points
        gradebook.db.commit()
        yield gradebook


def give(gradebook, login, scores, late=datetime.timedelta()):
    gradebook.add_submission(ONE, login, timestamp=DUE - datetime.timedelta(hours=1) + late)
    for cell, score in scores.items():
        grade = gradebook.find_grade(cell, "rnn_shapes", ONE, login)
        grade.auto_score, grade.needs_manual_grade = score, score is None


def result(login, **more):
    return Graded(login, notebooks={"rnn_shapes": GradedNotebook("", **more)}, seconds={"student": 0.5})


RESULTS = {
    "ada": result("ada", scores=dict.fromkeys(CELLS), recognised={"rnn_by_hand": ["relu"]}, hints={"relu": "Which?"}),
    "bo": result("bo", repairs=["The cell test_name_weights was put back."], remarks=["It printed 9 MB."]),
    "cy": Graded("cy", failure="Stopped after 120 s.", seconds={"student": 120.0}),
    "fay": Graded("fay", failure="The file is no notebook."),
}


@pytest.fixture(scope="module")
def rows(gradebook):
    return {row.login: row for row in collect_rows(gradebook, ONE, RESULTS, answers=ANSWERS)}


def test_every_student_has_a_row(rows):
    assert {login: row.state for login, row in rows.items()} == {
        "ada": "to grade by hand",
        "bo": "graded",
        "cy": "not graded",
        "dee": "not graded",
        "eve": "nothing handed in",
        "fay": "not graded",
    }
    assert rows["ada"].label == "Ada L. (ada)" and rows["fay"].label == "fay"


def test_points_are_gathered_by_task_in_the_order_of_the_answers(rows):
    assert list(rows["ada"].points.items()) == [("name_weights", (2, 2)), ("rnn_by_hand", (3, 4)), ("why", (0, 1))]
    assert rows["ada"].needs_manual == ["why"] and rows["ada"].score == 5 and rows["ada"].max_score == 7


def test_the_gradebook_wins(rows):
    """A person changed bo's 1 to 2.5 and added 0.25; the penalty for lateness is taken off the whole."""
    bo = rows["bo"]
    assert bo.points["rnn_by_hand"] == (2.5 + 0.25 + 1, 4)
    assert (bo.score, bo.penalty, bo.late) == (1 + 3.75 + 1 - 0.5, 0.5, 29 * 3600)
    assert bo.repairs and bo.remarks and bo.seconds == {"student": 0.5}


def test_a_failed_submission_keeps_no_old_score_but_a_persons(gradebook, rows):
    assert rows["cy"].score is None and rows["cy"].points == {} and rows["cy"].failure == "Stopped after 120 s."
    failed = {"bo": Graded("bo", failure="Stopped after 120 s.")}
    bo = next(row for row in collect_rows(gradebook, ONE, failed) if row.login == "bo")
    assert bo.score == 5.25 and bo.failure


def test_two_notebooks_with_the_same_answer_are_two_tasks(gradebook):
    books = {"b": GradedNotebook("", recognised={"loop": ["relu"]})}
    ada = next(row for row in collect_rows(gradebook, TWO, {"ada": Graded("ada", books)}) if row.login == "ada")
    assert ada.points == {"a/loop": (2, 2), "b/loop": (1, 2)} and ada.recognised == {"b/loop": ["relu"]}


def test_without_results_the_autograded_notebook_tells_what_was_recognised(gradebook, tmp_path):
    import nbformat
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    marks = {"grade_id": "test_rnn_by_hand", "grade": True, "solution": False, "locked": True}
    says, _ = belief_words(ONE, ["rnn_by_hand"])
    said = f"✗ not right yet.\n  Recognised  “{says['bias_dropped']}”\n              “{says['relu']}”\n  Try         …"
    error = new_output("error", ename="AssertionError", evalue=said, traceback=[])
    notebook = new_notebook(cells=[new_code_cell("…", outputs=[error], metadata={"nbgrader": marks})])
    path = tmp_path / "bo" / ONE / "rnn_shapes.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    rows = {row.login: row for row in collect_rows(gradebook, ONE, {}, answers=ANSWERS, autograded=tmp_path)}
    assert rows["bo"].recognised == {"rnn_by_hand": ["bias_dropped", "relu"]} and rows["ada"].recognised == {}


def test_an_unknown_assignment_is_said_with_those_that_are_there(gradebook):
    with pytest.raises(CourseError, match=f"'03_x'.*{ONE}, {TWO}"):
        collect_rows(gradebook, "03_x", {})


def test_the_report_is_written_whole(gradebook, tmp_path):
    path = tmp_path / "reports" / "one.html"
    rows = write_report(path, gradebook, ONE, RESULTS, answers=ANSWERS, made="2026-01-16 09:00")
    page = check_page(path.read_text(encoding="utf-8"))
    assert len(rows) == 6 and [entry.name for entry in path.parent.iterdir()] == ["one.html"]
    facts = page.texts("li")[:5]
    assert facts == ["5 of 6 handed in", "5.12 of 7 median", "1 to grade by hand", "3 not graded", "1 late"]
    assert "Hint given Which?" in page.texts("p")
    assert {"Stopped after 120 s.", "The file is no notebook.", "Handed in, and not graded yet."} <= set(
        page.texts("th")
    )
    assert "The cell test_name_weights was put back." in page.texts("th") and "It printed 9 MB." in page.texts("th")


def student(number, **more):
    return Row(f"s{number:04}", max_score=4.0, **more)


def right(number):
    return student(number, score=4.0, points={"loop": (4.0, 4.0)}, seconds={"student": 0.3, "referee": 0.2})


def wrong(number, *keys):
    return student(number, score=1.0, points={"loop": (1.0, 4.0)}, recognised={"loop": list(keys)})


def test_what_to_teach_again_comes_first_and_is_counted_by_student():
    rows = [wrong(1, "relu"), wrong(2, "relu", "bias_dropped"), wrong(3, "relu"), wrong(4, "?"), right(5)]
    rows[1].recognised["batch"] = ["relu"]
    says = {"relu": "SimpleRNN uses relu.", "bias_dropped": "The bias is zero."}
    page = check_page(report_html("01_x", rows, says=says, hints={"relu": "Print the activation."}))
    assert page.texts("h2")[0] == "Teach again"
    assert page.texts("h3") == ["“SimpleRNN uses relu.”", "“The bias is zero.”", "Wrong without a name"]
    assert "3 of 5 (60 %) · loop 3, batch 1" in page.texts("p")
    assert "Hint given Print the activation." in page.texts("p")
    assert [attributes.get("style") for attributes, _ in page.all("i")][:2] == ["width: 60.0%", "width: 20.0%"]


def test_what_code_computes_is_shown_with_the_changed_place_marked():
    rows = [wrong(1, "bias_dropped"), wrong(2, "bias_dropped"), wrong(3, "?")]
    for row in rows:
        row.formulas["loop"] = ("h[m] = tanh( x[d] )", "h[m] = tanh( x[d] + bh[m] )")
    rows[2].formulas["loop"] = ("h[m] = sin( x[d] <b>)", "h[m] = tanh( x[d] )")
    html = report_html("01_x", rows, says={"bias_dropped": "The bias is zero."})
    page = check_page(html)
    assert page.texts("del") == ["+ bh[m]", "tanh"] and page.texts("ins")[0] == "sin"
    assert "<b>)" not in html and "Some of them behave like a formula all the same." in html
    assert html.count("x[d] <del>") == 1  # the same formula once, however many have it


def test_what_was_not_written_is_a_tile_and_no_misconception():
    rows = [wrong(1, "not_written"), wrong(2, "relu", "not_written"), right(3)]
    page = check_page(report_html("01_x", rows, says={"relu": "SimpleRNN uses relu.", "not_written": "Not yet."}))
    assert "2 left a task unwritten" in page.texts("li") and "Not written" in page.texts("h2")
    assert page.texts("h3") == ["“SimpleRNN uses relu.”"]
    assert "1 misconception recognised in the answers of 1 student" in " ".join(page.texts("p"))


def test_a_misconception_leads_to_the_lecture_the_explorer_and_the_feedback():
    rows = [wrong(1, "wh_transposed")]
    sections, links = {"loop": ("The loop", "../site/01_x.html#s6")}, {"s0001": "../feedback/s0001/01_x/x.html"}
    page = Page(report_html("01_x", rows, says={}, sections=sections, links=links))
    assert {("../site/01_x.html#s6", "The loop"), ("../feedback/s0001/01_x/x.html", "s0001")} <= {
        (attributes["href"], text) for attributes, text in page.all("a")
    }
    assert any("Break it : swap the axes of Wh." in text.replace("it:", "it :") for text in page.texts("p"))


def test_a_task_that_goes_against_the_rest_is_said_and_a_small_class_gets_no_figure():
    def points(number):
        return {"loop": (number % 5, 4.0), "batch": (2.0 * (number % 5), 8.0), "odd": (4.0 - number % 5, 4.0)}

    rows = [student(number, score=1.0, points=points(number)) for number in range(25)]
    page = check_page(report_html("01_x", rows, says={}))
    assert "With the rest" in page.texts("th") and "−1.00" in page.texts("td")
    assert any(text.startswith("oddWho does well elsewhere does worse here.") for text in page.texts("th"))
    few = report_html("01_x", rows[:12], says={})
    assert "With the rest" not in check_page(few).texts("th") and "With fewer than 20 students" in few


def test_a_belief_that_is_gone_is_told_in_words_though_nobody_has_it_now():
    rows = [Row("ada", score=1.0, points={"predicted": (1.0, 1.0)})]
    page = report_html("06_bidirectional", rows, since={"Since before": {"ada": {"half_forgotten"}}})
    assert "“Bidirectional gives as many numbers as one layer.”" in page and "half forgotten" not in page


def test_what_changed_since_is_counted_among_those_who_were_graded_both_times():
    rows = [wrong(1, "relu"), wrong(2, "bias_dropped"), right(3), wrong(4, "relu")]
    before = {"s0001": {"relu"}, "s0002": {"relu"}, "s0003": {"relu"}}
    page = check_page(
        report_html("02_x", rows, says={"relu": "It is relu."}, since={"Since 01_x": before, "Empty": {}})
    )
    row = next(text for text in page.texts("tr") if text.startswith("“It is relu.”"))
    assert row == "“It is relu.”210s0001"
    assert "Since 01_x" in page.texts("caption") and "Empty" not in page.texts("caption")


def test_the_ways_to_an_answer_lead_from_belief_to_belief_and_name_nobody():
    ways = [
        [("bias_dropped", 2), ("right", 3)],
        [("bias_dropped", 1), ("relu", 1), ("right", 1)],
        [("bias_dropped", 2), ("right", 1)],
        [("right", 1)],
        [("relu", 4), ("right", 1), ("relu", 1), ("right", 1)],
        [("?", 1), ("bias_dropped + relu", 1), ("bias_dropped", 1)],
    ]
    rows = [student(number, score=4.0, points={"loop": (4.0, 4.0)}) for number in range(8)]
    plain = report_html("01_x", rows, says={})
    for row, way in zip(rows, ways, strict=False):
        row.attempts["loop"] = way
    says = {"relu": "It is relu.", "bias_dropped": "The bias is zero."}
    html = report_html("01_x", rows, says=says)
    page = check_page(html)
    lines = page.texts("p")
    assert any(line.startswith("6 of 8 students let their own checks be kept.") for line in lines)
    said = "The last check of 5 of 6 students found it right. That took them between 1 and 6 checks, in the middle 3."
    assert said in lines
    verdicts = [text for text in page.texts("tr") if "“" in text or "without" in text]
    assert verdicts[0] == "“The bias is zero.”4211“It is relu.”"
    assert verdicts[1:3] == ["“It is relu.”2200–", "wrong without a name1010“The bias is zero.” and “It is relu.”"]
    assert "“The bias is zero.”, 2 times → right (2 students)" in page.texts("li")
    last = "wrong without a name → “The bias is zero.” and “It is relu.” → “The bias is zero.” → not yet right"
    assert last in page.texts("li")
    section = html.partition('id="ways"')[2].partition("<h2")[0]
    assert "s000" not in section
    without = html.replace(section, "").replace('<h2 id="ways"', "")
    assert without.split() == plain.replace("</p>\n<h2", "</p><h2").split()  # nothing else of the page knows of it


def test_few_ways_are_listed_and_have_no_median():
    rows = [student(number, attempts={"loop": [("relu", number), ("right", 1)]}) for number in (1, 2, 7)]
    lines = check_page(report_html("01_x", rows, says={})).texts("p")
    assert "The last check of all 3 students found it right. That took them 2, 3 and 8 checks." in lines
    assert "Ways to an answer" not in report_html("01_x", [student(1)], says={})


def test_the_journal_keeps_what_was_recognised_in_an_earlier_hand_in(tmp_path):
    journal = Journal(tmp_path)
    for digest, keys in (("a" * 64, ["relu"]), ("b" * 64, ["bias_dropped"]), ("c" * 64, ["bias_dropped"])):
        journal.keep("ada", digest, Graded("ada", {"n": GradedNotebook("", recognised={"loop": keys})}))
    assert Journal(tmp_path).before() == {"ada": {"relu"}}


@pytest.mark.parametrize("lesson", lesson_names(ROOT))
def test_each_task_names_a_section_of_its_lecture(lesson):
    lecture = (ROOT / "lessons" / lesson / "lecture.py").read_text(encoding="utf-8")
    assignment = (ROOT / "lessons" / lesson / "assignment.py").read_text(encoding="utf-8")
    sections = tomllib.loads((ROOT / "lessons" / lesson / "sections.toml").read_text(encoding="utf-8"))
    assert set(sections) == set(re.findall(r'answer="(\w+)"', assignment))
    assert all(f"# ## {heading}\n" in lecture for heading in sections.values())


def test_the_hardest_task_comes_first_and_waiting_answers_do_not_count():
    easy_hard = {"easy": (2.0, 2.0), "hard": (1.0, 2.0), "why": (0.0, 1.0)}
    rows = [student(1, score=3.0, points=easy_hard, needs_manual=["why"])]
    text = report_html("01_x", rows)
    page = check_page(text)
    assert [name for name in page.texts("th") if name in easy_hard][:3] == ["hard", "easy", "why"]
    assert "–" in page.texts("td")  # nobody is graded in why
    assert "Not final yet: 1 score" in text and "In the formgrader: Manual Grading." in text


def everyone_failed(number):
    return student(number, failure="The kernel died.", seconds={"student": 9.0})


def no_points(number):
    return Row(f"s{number}", score=0.0, max_score=0.0, points={"free": (0.0, 0.0)})


def awkward(number):
    name = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "Hubert " * 40, "$x_1$ \\frac{", "{{ 7*7 }}"]
    text = f"{name[number % 5]}&"
    return student(
        number,
        name=text,
        score=0.0,
        points={text: (0.0, 4.0)},
        recognised={text: [text]},
        hints={text: text},
        repairs=[text],
        remarks=[text],
        late=99.0,
        seconds={text: 1.0},
        needs_manual=[text] if number % 2 else [],
        attempts={text: [(text, 3), *[("relu", 1), (text, 1)] * (number % 20)]},
    )


@pytest.mark.parametrize("number", [0, 1, 20, 1000])
@pytest.mark.parametrize("make", [right, everyone_failed, no_points, awkward, lambda n: student(n, handed_in=False)])
def test_any_class_gives_a_sound_page(make, number):
    rows = [make(one) for one in range(number)]
    text = report_html("01_<b>x</b>", rows, says={}, made="<u>")
    page = check_page(text)
    assert page.texts("h1") == ["01_<b>x</b>"]
    assert not any(markup in text for markup in ("<b>x", "<u>", "<img src=x", "<script", "49&amp;"))
    if number:
        assert sum(row.login in " ".join(page.texts("th")) for row in rows[:20]) == len(rows[:20])
    assert len(text) < 3_000_000


def test_half_a_surrogate_pair_does_not_stop_the_report():
    assert "numpy?.py" in report_html("01_x", [student(1, remarks=["numpy\ud800.py"])]).encode().decode()


def test_links_lead_to_what_the_caller_says():
    page = Page(report_html("01_x", [right(1)], links={"s0001": 'feedback/a"b.html'}))
    assert ({"href": 'feedback/a"b.html'}, "s0001") in page.all("a")


def test_colours_are_readable_in_both_themes():
    text = report_html("01_x", [])
    themes = [dict(re.findall(r"--(\w+): (#\w{6})", found)) for found in re.findall(r":root \{(.*?)\}", text)[:2]]
    assert len(themes) == 2 and themes[0]["page"] != themes[1]["page"]
    for theme in themes:
        for ink in ("ink", "quiet", "accent"):
            for ground in ("page", "soft"):
                assert contrast(theme[ink], theme[ground]) >= 4.5, (ink, ground, theme)


def contrast(one, other):
    def luminance(colour):
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_words_of_every_exercise_of_lesson_01_are_found():
    says, hints = belief_words(ONE, ["predicted", "name_weights", "rnn_by_hand", "rnn_by_hand_batched", "why"])
    assert len(says) > 40 and set(says) == set(hints) and all(says.values())
    assert belief_words("99_nothing", ["x"]) == ({}, {})


def test_importing_is_light_and_a_report_never_loads_tensorflow():
    code = """
import sys
import rnnshapes.grading.report.page_of_report as report, rnnshapes.grading.report.grades_csv
heavy = {"tensorflow", "keras", "nbgrader", "nbformat", "matplotlib", "jinja2", "sqlalchemy"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
rows = [report.Row("a", score=1.0, max_score=2.0, points={"rnn_by_hand": (1, 2)}, recognised={"rnn_by_hand": ["relu"]})]
assert "Teach again" in report.report_html("01_rnn_shapes", rows)
assert not {"tensorflow", "keras"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
