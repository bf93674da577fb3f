"""A student's attempts in JupyterLab: what its Save writes into the notebook, over a restart of the kernel."""

import nbformat
from browser_help import a_page
from lab_help import a_lab, open_notebook, run_all
from nbformat.v4 import new_code_cell, new_notebook

from rnnshapes.grading.repair.kept_attempts import kept_attempts
from rnnshapes.grading.repair.notebook import read_notebook

CELLS = (
    "import rnnshapes",
    "rnnshapes.keep_attempts()",
    'rnnshapes.check_answer("00/predicted", {"X[0]": (4, 3)})',
    '"all is run"',
)


def test_jupyterlab_saves_the_way_with_the_notebook(browser, tmp_path):
    folder, home = tmp_path / "lab", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    path = folder / "work.ipynb"
    cells = [new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(CELLS)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), path)
    with a_lab(folder, home=home) as address, a_page(browser, "lab-attempts") as page:
        open_notebook(page, address, path.name)
        run_all(page)
        page.locator(".jp-OutputArea-output", has_text="all is run").wait_for()
        page.get_by_role("menuitem", name="Kernel", exact=True).click()
        page.get_by_role("menuitem", name="Restart Kernel and Run All Cells…", exact=True).click()
        page.get_by_role("button", name="Confirm Kernel Restart").click()
        page.locator(".jp-OutputArea-output", has_text="all is run").wait_for(state="detached")
        page.locator(".jp-OutputArea-output", has_text="all is run").wait_for()
        page.locator(".jp-Notebook").press("Control+s")
        page.wait_for_function("!document.querySelector('.jp-mod-dirty')")
    way = kept_attempts(read_notebook(path.read_bytes()), assignment="00_axes")
    assert way == {"predicted": [("wrong_axis_dropped", 2)]}
