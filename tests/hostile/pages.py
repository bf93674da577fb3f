# ruff: noqa: E501  (cells are quoted as they are)
"""Entries that change the notebook's own structure, or plant script in what the instructor and the student look at."""

import copy

from .entry import Entry

SCRIPT = "<script>alert('CANARY')</script><img src=x onerror=alert('CANARY')><iframe srcdoc='<script>alert(1)</script>'></iframe>"


def cells_of(notebook, kind):
    return [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get(kind)]


def more_points(notebook):
    for cell in cells_of(notebook, "grade"):
        cell["metadata"]["nbgrader"] |= {"points": 1000, "locked": False}


def own_grades(notebook):
    marks = {
        "grade": True,
        "solution": False,
        "locked": True,
        "task": False,
        "schema_version": 3,
        "points": 500,
        "cell_type": "code",
    }
    for number in range(3):
        marks = marks | {"grade_id": f"own_{number}"}
        notebook["cells"].append(
            {
                "cell_type": "code",
                "id": f"own{number}",
                "metadata": {"nbgrader": dict(marks)},
                "outputs": [],
                "execution_count": None,
                "source": "pass",
            }
        )
    notebook["cells"].append(
        {
            "cell_type": "markdown",
            "id": "own9",
            "metadata": {"nbgrader": marks | {"grade_id": "own_9", "solution": True, "cell_type": "markdown"}},
            "source": "12",
        }
    )


def twins(notebook):
    for cell in cells_of(notebook, "grade"):
        twin = copy.deepcopy(cell)
        twin["source"] = "12"
        notebook["cells"] += [twin, twin | {"id": "twin"}]


def swapped(notebook):
    for cell in cells_of(notebook, "grade"):
        cell["metadata"]["nbgrader"] |= {"grade": False, "solution": True, "locked": False}
    for cell in cells_of(notebook, "solution"):
        cell["metadata"]["nbgrader"] |= {"grade": True, "points": 12}


def odd_marks(notebook):
    odd = [
        None,
        5,
        [],
        {"grade_id": []},
        {"grade_id": {"a": 1}, "grade": True, "points": "NaN"},
        {"schema_version": 10**30, "grade": True, "grade_id": "test_rnn_by_hand"},
    ]
    for cell, marks in zip(notebook["cells"][::2], odd * 20, strict=False):
        cell["metadata"] = {"nbgrader": marks, "rnnshapes": {"score": 12}}


def removed(notebook):
    notebook["cells"] = [cell for cell in notebook["cells"] if not cell["metadata"].get("nbgrader", {}).get("grade")]


def scripts(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] |= {"name": SCRIPT, "tags": [SCRIPT], "title": SCRIPT, "collapsed": SCRIPT}
        if cell["cell_type"] == "markdown":
            cell["source"] = (
                f"{SCRIPT}\n\n[x](javascript:alert(1)) ![y](x\" onerror=alert('CANARY'))\n\n<svg/onload=alert('CANARY')> $\\href{{javascript:alert(1)}}{{x}}$"
            )
            cell["attachments"] = {
                "x.svg": {"image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg'>{SCRIPT}</svg>"}
            }
    notebook["cells"].append(
        {
            "cell_type": "raw",
            "id": "raw",
            "metadata": {"format": "text/html", "raw_mimetype": "text/html"},
            "source": SCRIPT,
        }
    )
    notebook["metadata"] |= {
        "title": SCRIPT,
        "authors": [{"name": SCRIPT}],
        "language_info": {"name": SCRIPT, "pygments_lexer": SCRIPT},
        "kernelspec": {"name": SCRIPT, "display_name": SCRIPT, "language": SCRIPT},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"a": {"model_name": SCRIPT}}}},
    }


SHOWN = f'''
from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display
script = """{SCRIPT}"""
print(script)
display(HTML(script), Javascript("alert('CANARY')"), Markdown(script), Latex("$\\\\href{{javascript:alert(1)}}{{x}}$" + script), SVG("<svg xmlns='http://www.w3.org/2000/svg' onload=\\"alert('CANARY')\\"><script>alert('CANARY')</script></svg>"))
display({{"application/javascript": "alert('CANARY')", "image/png": '" onerror="alert(1)', "text/html": script, "image/svg+xml": "<svg onload=alert('CANARY')>", "application/vnd.jupyter.widget-view+json": {{"model_id": script}}}}, raw=True, metadata={{script: script}})
raise type("<script>alert('CANARY')</script>", (Exception,), {{}})(script + "\\x1b[31m</pre>")
'''

PAGES = [
    Entry("more_points", "a thousand points for each test", honest=True, change=more_points, points=12.0),
    Entry("own_grades", "test cells of their own", change=own_grades, points=0.0),
    Entry("twins", "each test twice, the second an easy one", change=twins, points=0.0),
    Entry("swapped", "tests are answers, and answers are graded", change=swapped, points=0.0),
    Entry("odd_marks", "nbgrader metadata of every wrong kind", change=odd_marks, points=0.0),
    Entry("removed", "no test cells, right answers", honest=True, change=removed, points=12.0),
    Entry("scripts", "script in text, metadata and attachments", honest=True, change=scripts, points=None),
    Entry("scripts_shown", "script in every kind of output", honest=True, first=(SHOWN,), points=12.0),
    Entry(
        "scripts_in_answers",
        "script in names, keys and errors of answers",
        points=0.0,
        answers={
            "predicted": f'predicted = {{"X": """{SCRIPT}""", """{SCRIPT}""": 5}}',
            "name_weights": f'def name_weights(*_):\n    raise type("""{SCRIPT}""", (ValueError,), {{}})("""{SCRIPT}""")',
            "rnn_by_hand": f'def rnn_by_hand(x, *w):\n    print("""{SCRIPT}""")\n    return type("""{SCRIPT}""", (), {{}})()',
            "rnn_by_hand_batched": f'def rnn_by_hand_batched(x, *w):\n    return """{SCRIPT}"""\nrnn_by_hand_batched.__name__ = """{SCRIPT}"""',
        },
    ),
]
