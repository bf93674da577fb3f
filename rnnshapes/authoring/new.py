"""A new lesson: two texts that build, with one answer, its check and its test, to write on from."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

from rnnshapes import files
from rnnshapes.errors import CourseError

_LECTURE = """\
# ---
# title: {yaml}
# ---

# %% [markdown]
# # {title}
#
# What this lesson is about, in one sentence.

# %%
import numpy as np

N, T, D = 4, 7, 3
X = np.random.default_rng(0).standard_normal((N, T, D))
X.shape

# %% [markdown]
# The last time step of every sample is `X[:, -1, :]`.
#
# **Predict:** which shape does it have?

# %%
my_guess = None  # type yours

# %%
X[:, -1, :].shape  # (N, D)
"""

_ASSIGNMENT = '''\
# ---
# title: {yaml}
# points: 2
# ---

# %% [markdown]
# # {title}: assignment
#
# `X` holds N samples of T time steps of D features.

# %% readonly="setup"
import numpy as np

N, T, D = 4, 7, 3
X = np.random.default_rng(0).standard_normal((N, T, D))

# %% [markdown]
# Write `last_step(X)`: the last time step of every sample.
#
# Shapes: `X` is (N, T, D); the result is (N, D).

# %% answer="last_step"
def last_step(X):
    """Return the last time step of each sample: X is (N, T, D), the result (N, D)."""
    ### BEGIN SOLUTION
    return X[:, -1, :]  # (N, D)
    ### END SOLUTION

# %% [markdown]
# Run this cell as often as you like: it compares your shape with the expected one.

# %%
# For the lesson's author: describe this answer as an exercise (CONTRIBUTING.md, "Adding a lesson"), then replace
# this cell's code by rnnshapes.check_answer("{number}/last_step", last_step), which also recognises mistakes.
try:
    print("Got", np.shape(last_step(X)), "expected", (N, D), "= (N, D)")
except NotImplementedError:
    print("Nothing to check yet: write last_step in the cell above.")

# %% test="last_step" points=2
# last_step gives one row of D numbers per sample: the last of its T. Hidden: the numbers, at other sizes.
assert np.shape(last_step(X)) == (N, D)
### BEGIN HIDDEN TESTS
unseen = np.random.default_rng(1).standard_normal((2, 5, 6))
np.testing.assert_array_equal(last_step(unseen), unseen[:, -1])
### END HIDDEN TESTS
'''


def new_lesson(root: Path, name: str, *, title: str = "") -> list[str]:
    """Create lessons/NAME with a lecture.py and an assignment.py that build.

    Returns: the paths of the two files, relative to the course.
    Raises: CourseError if the name is not NN_name, or the lesson is already there.
    """
    if not files.LESSON_NAME.fullmatch(name):
        raise CourseError(
            f"Got the lesson name {name!r}, expected two digits, '_', and small letters, "
            "digits or '_'. Try: rnnshapes new 02_every_step \"Every step\""
        )
    folder = root / "lessons" / name
    if folder.exists():
        raise CourseError(f"lessons/{name}: already there. Choose another name, or edit that lesson.")
    if taken := [other for other in files.lesson_names(root) if other[:2] == name[:2]]:
        raise CourseError(f"lessons/{name}: the number {name[:2]} is taken by {taken[0]}. Choose another.")
    title = title.strip() or name[3:].replace("_", " ").capitalize()
    if "\n" in title or "\r" in title:
        raise CourseError("Got a title of several lines, expected one. Put it on one line.")

    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix="."))
    try:
        for text, template in zip(files.TEXTS, (_LECTURE, _ASSIGNMENT), strict=True):
            # JSON's double quotes are YAML's, so a title may hold ':' or '#'.
            quoted = json.dumps(title, ensure_ascii=False)
            filled = template.replace("{yaml}", quoted).replace("{title}", title).replace("{number}", name[:2])
            files.write_file(made / text, filled.encode("utf-8"))
        made.chmod((root / "lessons").stat().st_mode & 0o777)  # mkdtemp's 0700 would keep other people out
        os.rename(made, folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return [f"lessons/{name}/{text}" for text in files.TEXTS]
