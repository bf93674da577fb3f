"""Submitted notebooks put right: what nbgrader has is put back, what a student wrote is kept."""

import copy
import json
import random
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum, determine_grade

from rnnshapes.errors import CourseError
from rnnshapes.grading.repair.expected import bound_names, expected_cells
from rnnshapes.grading.repair.mend import ELSEWHERE, repair
from rnnshapes.grading.repair.notebook import read_notebook
from rnnshapes.grading.repair.whole import EARLIER

ROOT = Path(__file__).parents[1]
LESSON, NAME = "01_rnn_shapes", "rnn_shapes"
ANSWER = "def rnn_by_hand(x, Wx, Wh, bh, Wo, bo):\n    return helper(x)"


def read(part):
    return nbformat.read(ROOT / part / LESSON / f"{NAME}.ipynb", as_version=4)


SOURCE, RELEASE = read("source"), read("release")


@pytest.fixture
def submitted():
    return copy.deepcopy(RELEASE)


def mend(notebook, source=SOURCE, **more):
    """Repair, and check what has to hold for every result."""
    before = copy.deepcopy((notebook, source))
    repaired, told = repair(notebook, source, **more)
    assert (notebook, source) == before
    nbformat.validate(repaired)
    MetadataValidator().validate_nb(repaired)
    known = [cell for cell in repaired.cells if "nbgrader" in cell.metadata]
    wanted = [cell for cell in source.cells if "nbgrader" in cell.metadata]
    assert [cell.id for cell in known] == [cell.id for cell in wanted]
    for got, expected in zip(known, wanted, strict=True):
        mark = dict(got.metadata.nbgrader)
        assert mark.pop("cell_type") == got.cell_type == expected.cell_type and len(mark.pop("checksum")) == 32
        assert mark == expected.metadata.nbgrader
        if not expected.metadata.nbgrader.solution:
            assert got.source == expected.source
            assert got.metadata.nbgrader.checksum == compute_checksum(got)
    assert len({cell.id for cell in repaired.cells}) == len(repaired.cells)
    assert all(cell.outputs == [] and cell.execution_count is None for cell in repaired.cells if "outputs" in cell)
    assert repair(repaired, source, **more) == (repaired, [])
    return repaired, told


def at(notebook, grade_id):
    """The number of a known cell."""
    return next(
        i for i, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def get(notebook, grade_id):
    return notebook.cells[at(notebook, grade_id)]


def strip(*cells):
    for cell in cells:
        cell.metadata = {}


def sources(notebook):
    return [cell.source for cell in notebook.cells]


# --- Nothing to repair ---


def test_a_notebook_as_it_was_handed_out_needs_nothing(submitted):
    repaired, told = mend(submitted)
    assert told == [] and len(repaired.cells) == len(RELEASE.cells)
    assert repair(submitted, SOURCE, RELEASE) == (repaired, [])


def test_blanks_at_line_ends_and_outputs_are_no_repair(submitted):
    test = get(submitted, "test_rnn_by_hand")
    test.source = test.source.replace("\n", "  \r\n") + "\n\n"
    test.outputs = [nbformat.v4.new_output("stream", text="x")]
    test.execution_count = 7
    assert mend(submitted)[1] == []


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    """Return a function that makes of a submission what nbgrader's own sanitizing steps make of it."""
    from nbgrader import preprocessors as nb
    from nbgrader.api import Gradebook

    from rnnshapes.authoring.release import read_config

    folder = tmp_path_factory.mktemp("course")
    url = f"sqlite:///{folder / 'gradebook.db'}"
    resources = {"nbgrader": {"notebook": NAME, "assignment": LESSON, "db_url": url, "student": "ada"}}

    def apply(steps, notebook):
        notebook = copy.deepcopy(notebook)
        for step in steps:
            notebook, _ = step().preprocess(notebook, resources)
        return notebook

    with Gradebook(url) as gradebook:
        gradebook.add_assignment(LESSON)
    apply(read_config(ROOT).GenerateAssignment.preprocessors, SOURCE)
    steps = [nb.ClearOutput, nb.DeduplicateIds, nb.OverwriteKernelspec, nb.OverwriteCells, nb.CheckCellMetadata]
    return lambda notebook: apply(steps, notebook)


def test_honest_submissions_come_out_as_nbgrader_makes_them(stock, tmp_path):
    from rnnshapes.demo.sample_class import hand_in, read_class

    students = [
        student for student in read_class(ROOT / f"lessons/{LESSON}/class") if not (student.corrupt or student.stripped)
    ]
    hand_in(students, release=ROOT / "release" / LESSON / f"{NAME}.ipynb", submitted=tmp_path)
    for student in students:
        handed_in = nbformat.read(tmp_path / student.login / LESSON / f"{NAME}.ipynb", as_version=4)
        handed_in.cells.insert(7, new_code_cell("a = 1", id="own", metadata={"tags": ["mine"]}))
        repaired, told = mend(handed_in)
        assert told == []
        assert repaired.cells == stock(handed_in).cells
        assert repaired.metadata == SOURCE.metadata


# --- Missing cells ---


@pytest.mark.parametrize("grade_id", [cell.grade_id for cell in expected_cells(SOURCE)])
def test_a_missing_cell_is_put_back_in_its_place(submitted, grade_id):
    del submitted.cells[at(submitted, grade_id)]
    repaired, told = mend(submitted)
    assert [cell.id for cell in repaired.cells] == [cell.id for cell in RELEASE.cells]
    assert len(told) == 1 and grade_id in told[0] and "was missing" in told[0]
    stub = get(repaired, grade_id)
    assert not stub.metadata.nbgrader.solution or stub.source == get(RELEASE, grade_id).source


def test_a_test_put_back_comes_after_helpers_below_the_answer(submitted):
    get(submitted, "rnn_by_hand").source = ANSWER
    for grade_id in ("check_rnn_by_hand", "test_rnn_by_hand"):
        del submitted.cells[at(submitted, grade_id)]
    submitted.cells.insert(at(submitted, "rnn_by_hand") + 1, new_code_cell("def helper(x): return x", id="mine"))
    repaired, _ = mend(submitted)
    ids = [cell.id for cell in repaired.cells]
    assert ids[ids.index("rnn_by_hand") :][:5] == [
        *("rnn_by_hand", "check_rnn_by_hand", "mine", "test_rnn_by_hand", "cell-8")
    ]


def test_an_answer_in_a_new_cell_counts_when_its_cell_is_gone(submitted):
    i = at(submitted, "rnn_by_hand")
    submitted.cells[i] = new_code_cell(f"%%time\n{ANSWER}", id="cell-3")  # the id of a paragraph of the instructor's
    repaired, told = mend(submitted)
    assert repaired.cells[i].source.endswith(ANSWER) and repaired.cells[i].id == "rnn_by_hand"
    assert told == ["The answer cell rnn_by_hand had lost its mark: the cell that holds it was marked again."]


def test_of_several_unmarked_answers_the_one_before_the_test_counts(submitted):
    i = at(submitted, "rnn_by_hand")
    submitted.cells[i : i + 1] = [new_code_cell(f"{ANSWER}  # {n}", id=f"try-{n}") for n in (1, 2)]
    submitted.cells.append(new_code_cell(f"{ANSWER}  # 3", id="try-3"))
    repaired, _ = mend(submitted)
    assert get(repaired, "rnn_by_hand").source.endswith("# 2")
    assert sources(repaired)[i].endswith("# 1") and sources(repaired)[-1].endswith("# 3")


def test_two_answers_in_one_cell_are_not_undone_by_a_stub(submitted):
    both = "predicted = {}\ndef name_weights(weights, D, M, K):\n    return {}"
    get(submitted, "predicted").source = both
    del submitted.cells[at(submitted, "name_weights")]
    repaired, told = mend(submitted)
    assert get(repaired, "name_weights").source == ELSEWHERE and get(repaired, "predicted").source == both
    assert told == ["The answer cell name_weights was missing, but another cell defines its answer: that one counts."]


@pytest.mark.parametrize(
    "notebook", [new_notebook(), new_notebook(cells=[new_code_cell("x = 1"), new_markdown_cell("y")])]
)
def test_another_notebook_is_one_sentence(notebook):
    repaired, told = mend(notebook)
    assert len(told) == 1 and told[0].startswith(
        "Another notebook than this assignment's was handed in: it says nowhere"
    )
    assert len(repaired.cells) == len(notebook.cells) + 20


# --- Marks that were lost ---


@pytest.mark.parametrize("ids_too", [False, True])
def test_without_any_metadata_cells_are_recognised(submitted, ids_too):
    get(submitted, "rnn_by_hand").source = ANSWER
    test = get(submitted, "test_name_weights")
    test.source = test.source.replace("\n", "\n\n").replace(" == ", "  ==  ")
    strip(*submitted.cells)
    if ids_too:
        for i, cell in enumerate(submitted.cells):
            cell.id = f"colab-{i}"
    repaired, told = mend(submitted)
    assert len(repaired.cells) == len(submitted.cells)
    assert get(repaired, "rnn_by_hand").source == ANSWER
    assert any("19 cells had lost their marks" in one or "20 cells had lost their marks" in one for one in told)


@pytest.mark.parametrize("mark", ["graded", None, [], {}, {"grade_id": 7}, {"grade_id": ["a"]}, {"grade": True}])
def test_a_mark_that_is_no_mark(submitted, mark):
    cell = get(submitted, "rnn_by_hand")
    cell.source, cell.metadata["nbgrader"] = ANSWER, mark
    repaired, told = mend(submitted)
    assert get(repaired, "rnn_by_hand").source == ANSWER
    assert told == ["The answer cell rnn_by_hand had lost its mark: it was recognised and marked again."]


def written_course():
    """A source and a release with two answers in words, a task, and a picture; no cell ids, as in old notebooks."""

    def mark(grade_id, **more):
        flags = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
        return {"nbgrader": flags | {"grade_id": grade_id} | more}

    picture = {"plot.png": {"image/png": "aGk="}}
    cells = [
        new_markdown_cell("Why?"),
        new_markdown_cell("Because.", metadata=mark("why", grade=True, solution=True, points=2)),
        new_markdown_cell("When?"),
        new_markdown_cell("Now.", metadata=mark("when", grade=True, solution=True, points=1)),
        new_markdown_cell("![](attachment:plot.png)", metadata=mark("plot", locked=True), attachments=picture),
        new_markdown_cell("Draw it.\n### BEGIN MARK SCHEME\none point\n### END MARK SCHEME",
                          metadata=mark("draw", locked=True, task=True, points=1)),
    ]  # fmt: skip
    for i, cell in enumerate(cells):
        cell.id = cell.metadata.get("nbgrader", {}).get("grade_id", f"cell-{i}")
    source = new_notebook(cells=cells)
    release = copy.deepcopy(source)
    for one, cell in zip(expected_cells(source), [c for c in release.cells if c.metadata], strict=True):
        cell.source, cell.metadata = one.released, copy.deepcopy(one.cell.metadata)
    return source, release


def test_written_answers_and_tasks():
    source, release = written_course()
    assert "one point" not in json.dumps(release)
    repaired, told = mend(release, source)
    assert told == []
    assert [determine_grade(get(repaired, name)) for name in ("why", "when")] == [(0, 2), (0, 1)]  # no response
    assert "one point" in get(repaired, "draw").source

    get(release, "why").source = "Since."
    get(release, "plot").attachments = {"plot.png": {"image/png": "Zm9yZ2Vk"}}
    get(release, "when").attachments = {"sketch.png": {"image/png": "aGk="}}
    del get(release, "why").metadata["nbgrader"]["checksum"]
    repaired, _ = mend(release, source)
    assert determine_grade(get(repaired, "why")) == (None, 2)  # a person grades it
    assert get(repaired, "plot").attachments == get(source, "plot").attachments
    assert get(repaired, "when").attachments == {"sketch.png": {"image/png": "aGk="}}

    strip(*release.cells)
    for i, cell in enumerate(release.cells):
        cell.id = f"colab-{i}"
    repaired, told = mend(release, source)
    assert get(repaired, "why").source == "Since." and len(repaired.cells) == len(release.cells)


def test_other_stubs_come_from_the_release(submitted):
    stub = get(submitted, "rnn_by_hand")
    stub.source = stub.source.replace("raise NotImplementedError()", "...")
    release = copy.deepcopy(submitted)
    del submitted.cells[at(submitted, "rnn_by_hand")]
    assert get(mend(submitted, release=release)[0], "rnn_by_hand").source == stub.source


# --- More than once ---


@pytest.mark.parametrize("edited", [0, 1])
def test_the_copy_that_was_worked_in_is_the_answer(submitted, edited):
    i = at(submitted, "rnn_by_hand")
    submitted.cells.insert(i, copy.deepcopy(submitted.cells[i]))
    submitted.cells[i + edited].source = ANSWER
    repaired, told = mend(submitted)
    assert repaired.cells[i].source == ANSWER and len(repaired.cells) == len(RELEASE.cells)
    assert told == [
        "The answer cell rnn_by_hand was there more than once: one was kept, and unchanged copies were left out."
    ]


def test_of_several_answers_the_last_before_the_test_counts_and_none_is_lost(submitted):
    i = at(submitted, "rnn_by_hand")
    first, second, late = (copy.deepcopy(submitted.cells[i]) for _ in range(3))
    first.source, second.source, late.source = (f"{ANSWER}  # {n}" for n in (1, 2, 3))
    submitted.cells[i : i + 1] = [first, second]
    submitted.cells.append(late)
    repaired, told = mend(submitted)
    assert sources(repaired)[i : i + 2] == [first.source, second.source] and sources(repaired)[-1] == late.source
    assert get(repaired, "rnn_by_hand").source == second.source
    assert told == [
        "The answer cell rnn_by_hand was there more than once: one was kept, the others count as ordinary cells."
    ]


def test_a_split_answer_stays_in_order(submitted):
    i = at(submitted, "rnn_by_hand")
    rest = copy.deepcopy(submitted.cells[i])
    submitted.cells[i].source, rest.source = ANSWER, "print(rnn_by_hand(X[0], 1, 2, 3, 4, 5))"
    submitted.cells.insert(i + 1, rest)
    repaired, _ = mend(submitted)
    assert get(repaired, "rnn_by_hand").source == ANSWER and sources(repaired)[i + 1] == rest.source


def test_copies_of_a_test(submitted):
    i = at(submitted, "test_rnn_by_hand")
    edited = copy.deepcopy(submitted.cells[i])
    edited.source += "\nprint(rows)"
    submitted.cells[i:i] = [edited, copy.deepcopy(submitted.cells[i])]
    repaired, told = mend(submitted)
    assert repaired.cells[i].source == edited.source and "nbgrader" not in repaired.cells[i].metadata
    assert len(repaired.cells) == len(RELEASE.cells) + 1 and len(told) == 1


# --- Changed cells ---


def test_settings_are_set_back_and_told(submitted):
    test = get(submitted, "test_rnn_by_hand")
    test.metadata.nbgrader |= {"points": 400, "locked": False, "checksum": "0" * 32, "extra": 1}
    test.metadata |= {"editable": True, "tags": ["raises-exception"]}
    answer = get(submitted, "predicted")
    answer.metadata.nbgrader |= {"grade": True, "points": 99, "schema_version": 1}
    repaired, told = mend(submitted)
    assert told == [
        "The settings of the answer cell predicted were changed (grade, points, schema_version): they were set back.",
        "The settings of the test cell test_rnn_by_hand were changed (locked, points, editable, tags): "
        "they were set back.",
    ]
    assert get(repaired, "test_rnn_by_hand").metadata.get("tags") is None


@pytest.mark.parametrize("version", ["absent", 0, 1, 2, 4, "3", None, 10**40])
def test_any_schema_version(submitted, version):
    for cell in submitted.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["schema_version"] = version
            if version == "absent":
                del cell.metadata.nbgrader["schema_version"]
    _, told = mend(submitted)
    assert len(told) == 1 and told[0].startswith("The settings of 20 cells were changed")


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_other_cell_types(submitted, kind):
    for grade_id in ("rnn_by_hand", "test_rnn_by_hand"):
        cell = get(submitted, grade_id)
        del cell["outputs"], cell["execution_count"]
        cell.cell_type = kind
    get(submitted, "rnn_by_hand").source = ANSWER
    repaired, told = mend(submitted)
    assert get(repaired, "rnn_by_hand").source == ANSWER
    assert told[0] == f"The answer cell rnn_by_hand had become a {kind} cell: it was changed back."


def test_a_students_words_in_a_locked_cell_are_kept_but_do_not_run(submitted):
    get(submitted, "test_rnn_by_hand").source = f'assert True\n{ANSWER}\n"""\n```\n"""'
    setup = get(submitted, "setup")
    setup.source = setup.source.splitlines()[0]
    repaired, told = mend(submitted)
    kept = repaired.cells[at(repaired, "test_rnn_by_hand") + 1]
    assert kept.cell_type == "markdown" and ANSWER in kept.source and "````python\n" in kept.source
    assert len(repaired.cells) == len(RELEASE.cells) + 1  # nothing of the student's was in the other one
    assert told == [
        "The text of the read-only cell setup was changed: the instructor's was put back.",
        "The text of the test cell test_rnn_by_hand was changed: the instructor's was put back. "
        "What stood there is kept below it, and does not run.",
    ]


def test_a_cell_of_an_earlier_release_is_not_called_changed(submitted):
    test = get(submitted, "test_name_weights")
    test.source = "# An earlier wording.\nassert True"
    test.metadata.nbgrader.checksum = compute_checksum(test)
    _, told = mend(submitted)
    assert told == [
        f"{EARLIER}: 1 of its cells has another text now, and the present one was put in (test_name_weights)."
    ]


def test_unknown_marks_are_removed_and_their_words_are_harmless(submitted):
    mark = {"grade": True, "grade_id": "<script>x", "locked": True, "points": 9, "schema_version": 3, "solution": False}
    submitted.cells.append(new_code_cell("print(1)", metadata={"nbgrader": mark}))
    repaired, told = mend(submitted)
    assert repaired.cells[-1].source == "print(1)" and repaired.cells[-1].metadata == {}
    assert len(told) == 1 and "?script?x" in told[0]


def test_order_is_put_back_and_own_cells_follow(submitted):
    i = at(submitted, "rnn_by_hand")
    submitted.cells.insert(i + 1, new_code_cell("helper = abs", id="mine"))
    moved = submitted.cells[i : i + 2]
    del submitted.cells[i : i + 2]
    submitted.cells += moved
    repaired, told = mend(submitted)
    assert [cell.id for cell in repaired.cells[i : i + 3]] == ["rnn_by_hand", "mine", "check_rnn_by_hand"]
    assert told == ["The answer cell rnn_by_hand stood in another place: it was moved back."]


# --- Whatever else is handed in ---


def deep(depth):
    return {"a": deep(depth - 1)} if depth else {}


@pytest.mark.parametrize(
    "cell",
    [
        7,
        {},
        {"cell_type": "heading", "source": ["# a\n", "b", 3], "metadata": None},
        {"cell_type": ["code"], "source": {"a": 1}, "metadata": [], "id": {}},
        {"cell_type": "code", "source": "x = '\ud83d'", "metadata": {"\udc00": float("nan")}, "id": "a b"},
        {"cell_type": "code", "source": "\0" + "(" * 5000, "metadata": {"tags": "x,y", "collapsed": 3}, "id": "setup"},
        {"cell_type": "markdown", "source": "m", "metadata": deep(300), "attachments": {"a": 1}, "id": "x" * 999},
        {"cell_type": "code", "source": "x", "outputs": "none", "execution_count": "1", "collapsed": True, "id": None},
    ],
)
def test_misshapen_cells(submitted, cell):
    submitted["cells"] = [cell, *submitted.cells, cell]
    submitted["metadata"] = {"kernelspec": "R", "widgets": {"application/x": {}}}
    repaired, told = mend(submitted)
    assert told == [] and repaired.metadata == SOURCE.metadata
    nbformat.writes(repaired).encode()


@pytest.mark.parametrize("cells", [None, 3, "cells", {}])
def test_misshapen_notebooks(cells):
    notebook = nbformat.from_dict({"cells": cells, "metadata": [], "nbformat": 4, "nbformat_minor": 0})
    assert len(mend(notebook)[0].cells) == 20


def test_a_source_that_nbgrader_refuses_is_the_instructors_error(submitted):
    source = copy.deepcopy(SOURCE)
    source.cells.append(copy.deepcopy(get(source, "setup")))
    with pytest.raises(CourseError, match="Duplicate grade id: setup"):
        repair(submitted, source)


@pytest.mark.parametrize(
    "code", ["-" * 19000 + "1", "(" * 19000, "a" + "[0" * 4000 + "]" * 4000, "lambda:" * 2500 + "1"]
)
def test_hostile_code_is_not_worth_a_crash(code):
    assert bound_names(f"{code}\nfound = 1") >= {"found"} or "found" not in code


DAMAGE = ("delete", "duplicate", "swap", "retype", "strip", "strip id", "rename", "edit", "repoint", "toggle", "own")


def damage(notebook, rng):
    """Damage a notebook in one way; return the lines that a student wrote in doing so."""
    cells, kind = notebook.cells, rng.choice(DAMAGE)
    if not cells:
        return []
    i, j = rng.randrange(len(cells)), rng.randrange(len(cells))
    cell, mark = cells[i], cells[i].metadata.get("nbgrader")
    line = f"line_{rng.randrange(10**9)} = {rng.choice(['1', '(', 'rnn_by_hand', '```'])}"
    if kind == "delete":
        del cells[i]
    elif kind == "duplicate":
        cells.insert(j, copy.deepcopy(cell))
    elif kind == "swap":
        cells[i], cells[j] = cells[j], cells[i]
    elif kind == "retype":
        cell.cell_type = rng.choice(["code", "markdown", "raw"])
    elif kind == "strip":
        cell.metadata = rng.choice([{}, {"nbgrader": None}, {"nbgrader": {}}])
    elif kind == "strip id":
        cell.pop("id", None)
    elif kind == "rename" and mark:
        mark["grade_id"] = rng.choice(["", "other", "setup", "rnn_by_hand", 3, None])
    elif kind == "repoint" and mark:
        mark["points"] = rng.choice([-1, 100, "many", None, float("nan")])
    elif kind == "toggle" and mark:
        mark[rng.choice(["grade", "solution", "locked", "task"])] = rng.choice([True, False, "yes"])
    elif kind == "edit":
        lines = cell.source.split("\n")
        lines.insert(rng.randrange(len(lines) + 1), line)
        cell.source = "\n".join(lines)
        return [line]
    elif kind == "own":
        cells.insert(j, new_code_cell(line))
        return [line]
    return []


@pytest.mark.parametrize("seed", range(60))
def test_random_damage_is_repaired_and_loses_nothing(seed):
    rng = random.Random(seed)
    notebook, written = copy.deepcopy(RELEASE), []
    for _ in range(rng.randint(1, 40)):
        written += damage(notebook, rng)
    handed_in = "\n".join(sources(notebook))  # a cell that was deleted took its lines with it
    repaired, told = mend(json.loads(json.dumps(notebook), object_hook=nbformat.NotebookNode))
    kept = "\n".join(sources(repaired)).split("\n")
    assert [line for line in written if line in handed_in and line not in kept] == []
    assert all(one.endswith((".", "!")) and len(one) < 800 for one in told)


# --- The wrong notebook ---

LESSONS = sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir())


def of_lesson(part, lesson):
    return nbformat.read(ROOT / part / lesson / f"{lesson[3:]}.ipynb", as_version=4)


def as_colab_saves(notebook):
    """Notebook metadata gone, as Colab leaves it."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "colab": {"provenance": []}}
    return notebook


def without_marks(notebook):
    notebook = as_colab_saves(notebook)
    for number, cell in enumerate(notebook.cells):
        cell.metadata, cell.id = {}, f"c{number}"
    return notebook


@pytest.mark.parametrize("saved", [copy.deepcopy, as_colab_saves, without_marks])
@pytest.mark.parametrize("lesson", LESSONS)
def test_another_lessons_notebook_is_told_in_one_sentence(lesson, saved):
    source = of_lesson("source", lesson)
    for other in LESSONS:
        release = saved(of_lesson("release", other))
        _, told = repair(release, source)
        if other == lesson:
            assert not any("Another notebook" in line for line in told), (other, told)
            continue
        heading = release.cells[1].source.splitlines()[0].removeprefix("# ")
        assert len(told) == 1 and told[0].startswith("Another notebook than this assignment's was handed in: "), (
            other,
            told,
        )
        assert other in told[0] or f"“{heading}”" in told[0], told


@pytest.mark.parametrize("saved", [copy.deepcopy, as_colab_saves, without_marks])
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_lecture_in_place_of_the_assignment_is_told_in_one_sentence(lesson, saved):
    lecture = saved(nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4))
    _, told = repair(lecture, of_lesson("source", lesson))
    assert len(told) == 1 and told[0].startswith("Another notebook"), told
    assert "lecture" in told[0] or "headed" in told[0]


def test_an_earlier_release_is_told_in_one_sentence(submitted):
    for name in ("setup", "test_name_weights", "test_rnn_by_hand", "check_rnn_by_hand", "model"):
        cell = get(submitted, name)
        cell.source += "\n# An earlier wording."
        cell.metadata.nbgrader.checksum = compute_checksum(cell)
    gone = copy.deepcopy(get(submitted, "setup"))
    gone.metadata.nbgrader.grade_id, gone.id = "set_aside", "set_aside"
    submitted.cells.append(gone)
    del submitted.cells[at(submitted, "test_rnn_by_hand_batched_at_once")]
    get(submitted, "test_predicted_steps").metadata.nbgrader.points = 7
    _, told = mend(submitted)
    assert len(told) == 1 and told[0].startswith(
        "The notebook is of an earlier release of this assignment: 5 of its cells"
    )
    assert "1 that it did not have" in told[0] and "1 that this assignment no longer has" in told[0]


def test_an_answered_notebook_is_not_another_one_whatever_its_metadata_says(submitted):
    submitted.metadata["rnnshapes"] = {"lesson": "lessons/05_masking/assignment.py"}
    assert mend(submitted)[1] == []
    submitted.metadata["rnnshapes"] = {"lesson": "lessons/<b>/assignment.py"}
    submitted.cells = [new_markdown_cell("# <script>x</script>`"), new_code_cell("x = 1")]
    told = mend(submitted)[1]
    assert len(told) == 1 and "<" not in told[0] and "`" not in told[0]


# --- Too much of anything ---

MANY = 900_000
TOO_MUCH = {
    "newlines": "\n" * MANY,
    "spaces": "x =" + " " * MANY + "1",
    "a_million_letters": "x = '" + "a" * MANY + "'",
    "six_thousand_lines": "x = 1\n" * 6_000,
}


@pytest.mark.parametrize("source", TOO_MUCH.values(), ids=TOO_MUCH)
@pytest.mark.parametrize("kind", ["code", "markdown"])
def test_a_cell_longer_than_anybody_writes_is_left_out_and_says_so(submitted, source, kind):
    make = new_code_cell if kind == "code" else new_markdown_cell
    submitted.cells.append(make(source, id="much"))
    read = read_notebook(nbformat.writes(submitted).encode())
    assert len(read.cells[-1].source) < 300 and read.cells[-1].source.startswith("# This cell was left out: got ")
    assert [cell.source for cell in read.cells[:-1]] == [cell.source for cell in RELEASE.cells]


def test_all_cells_together_have_a_bound(submitted):
    submitted.cells += [new_code_cell("x" * 90_000, id=f"much-{number}") for number in range(30)]
    read = read_notebook(nbformat.writes(submitted).encode())
    assert sum(len(cell.source) for cell in read.cells) < 1_100_000


@pytest.mark.parametrize(
    "extra",
    [b"{}," * 500_000, b"[0]," * 500_000, b"0," * 5_000_000, b'{"cell_type": "raw"},' * 100_000, b"[" * 100_000],
)
def test_json_of_too_many_pieces_is_refused_before_it_is_parsed(extra):
    began = time.monotonic()
    with pytest.raises(CourseError, match="expected a Jupyter notebook"):
        read_notebook(b'{"nbformat": 4, "cells": [' + extra + b"null]}")
    assert time.monotonic() - began < 10
