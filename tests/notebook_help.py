"""Notebooks that run one after the other in one kernel, and what comes out of cells."""

from nbformat.v4 import new_notebook


def in_one_kernel(cells, metadata):
    """Return a notebook of cells that come out of several, each with an id of its own."""
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return new_notebook(cells=cells, metadata=metadata)


def outputs(cells):
    """Return the outputs of cells, in order."""
    return [output for cell in cells for output in cell.get("outputs", [])]
