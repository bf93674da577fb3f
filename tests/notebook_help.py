"""Notebooks that run one after the other in one kernel, or hold the model answers, and what comes out of cells."""

import itertools
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).parents[1]


def in_one_kernel(notebooks):
    """Return a notebook that runs the cells of several one after the other, and forgets what each has defined."""
    cells = [cell for own in notebooks for cell in (*own, new_code_cell("%reset -f"))]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return new_notebook(cells=cells)


def each_of(together, notebooks):
    """Return the cells of each of these notebooks, as they ran in one kernel."""
    ran = iter(together.cells)
    return [list(itertools.islice(ran, len(own) + 1))[:-1] for own in notebooks]


def filled_in(lesson):
    """Return a lesson's release with the model answers in it."""
    handed_out, source = (
        nbformat.read(ROOT / folder / lesson / f"{lesson[3:]}.ipynb", as_version=4) for folder in ("release", "source")
    )
    model = {cell.id: cell.source for cell in source.cells if cell.metadata.get("nbgrader", {}).get("solution")}
    for cell in handed_out.cells:
        cell.source = model.get(cell.id, cell.source)
    return handed_out


def outputs(cells):
    """Return the outputs of cells, in order."""
    return [output for cell in cells for output in cell.get("outputs", [])]
