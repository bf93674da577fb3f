"""Something like Google Colab for the tests: its packages, its kernel's launcher, the frames and the files it makes."""

import html
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest import mock

from nbclient import NotebookClient

# What Colab had in August 2026, but for TensorFlow: the course's is taken, which is in uv's cache already, and
# `make versions` tries Colab's own. Of pip, NumPy, pandas and Matplotlib the lowest version is taken that has a
# wheel for this Python.
PACKAGES = (
    "pip>=24.1",
    f"tensorflow=={version('tensorflow')}",
    "keras==3.13.2",
    "numpy>=2.1.3",
    "anywidget==0.9.21",
    "pandas>=2.2.2",
    "matplotlib>=3.10",
    "ipython==7.34.0",
    "ipykernel==6.17.1",
    "ipywidgets==7.7.1",
    "notebook==6.5.7",
    "traitlets==5.7.1",
)
# Colab's kernel is started by a module of this name, which imports google.colab before anything of the notebook runs.
LAUNCHER = "import google.colab\nfrom ipykernel.kernelapp import launch_new_instance\n\nlaunch_new_instance()\n"


def run(command: Sequence[Any], **more: Any) -> None:
    """Run a command that may need the network, without this course's environment; what it said is in the error."""
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": ""}, capture_output=True, text=True, **more)
    if done.returncode:
        raise OSError(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


class Colab:
    """An environment with Colab's packages and kernel, in a folder: without this package, without nbgrader.

    Raises: OSError with what pip or uv said, when there is no package registry.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.python = folder, folder / "venv" / "bin" / "python"
        uv = [sys.executable, "-m", "uv"]
        run([*uv, "venv", "--quiet", "--python", sys.executable, folder / "venv"])
        lowest = ["--resolution=lowest-direct", "--only-binary=:all:", *PACKAGES]
        run([*uv, "pip", "install", "--quiet", "--python", self.python, *lowest])
        self.site = next((folder / "venv" / "lib").glob("python3*")) / "site-packages"
        (self.site / "google" / "colab").mkdir(parents=True)
        (self.site / "google" / "colab" / "__init__.py").write_text("")
        (self.site / "colab_kernel_launcher.py").write_text(LAUNCHER)
        kernel = {"argv": [str(self.python), "-m", "colab_kernel_launcher", "-f", "{connection_file}"]}
        kernel |= {"display_name": "Python 3", "language": "python"}
        kernel["env"] = {  # a fresh machine: nothing of this course's environment, and bytecode, which is faster
            "PATH": os.pathsep.join([str(self.python.parent), os.environ["PATH"]]),
            "PYTHONPATH": "",
            "PYTHONDONTWRITEBYTECODE": "",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        }
        (folder / "kernels" / "colab").mkdir(parents=True)
        (folder / "kernels" / "colab" / "kernel.json").write_text(json.dumps(kernel))

    def packages(self) -> dict[str, int]:
        """Return what is installed: {name and version: when it was}."""
        found = sorted(self.site.glob("*.dist-info"))
        return {path.name.removesuffix(".dist-info"): path.stat().st_mtime_ns for path in found}

    def run_all(self, notebooks: Sequence[Any]) -> None:
        """Run notebooks from top to bottom, two at a time, each in a kernel and an empty folder of its own.

        Errors do not stop them: the outputs are in the notebooks.
        """
        clients = []
        for notebook in notebooks:
            path = {"path": tempfile.mkdtemp(dir=self.folder)}
            options = {"timeout": 300, "kernel_name": "colab", "allow_errors": True}
            clients.append(NotebookClient(notebook, resources={"metadata": path}, **options))
        with mock.patch.dict(os.environ, JUPYTER_PATH=str(self.folder)), ThreadPoolExecutor(2) as pool:
            list(pool.map(NotebookClient.execute, clients))


_FRAME = """<body><script type="application/json">{output}</script><div id="output-area"></div><script>
const area = document.getElementById("output-area");
area.innerHTML = JSON.parse(document.querySelector("script").textContent);
for (const inert of area.querySelectorAll("script")) {{  // scripts in innerHTML do not run: Colab makes them anew
  const script = document.createElement("script");
  for (const {{ name, value }} of inert.attributes) script.setAttribute(name, value);
  script.textContent = inert.textContent;
  inert.replaceWith(script);
}}
</script></body>"""


def in_a_frame(output: str) -> str:
    """Return the iframe in which an HTML output stands by itself, as far from everything else as can be."""
    page = html.escape(_FRAME.format(output=json.dumps(output).replace("<", "\\u003c")))
    return f'<iframe sandbox="allow-scripts" width="1000" height="900" srcdoc="{page}"></iframe>'


_USER = {"displayName": "Ada Lovelace", "userId": "01234567890123456789"}


def saved_by_colab(notebook: Any, name: str = "Copy of rnn_shapes.ipynb") -> bytes:
    """Return a notebook's file as Colab writes it after a run: other ids, metadata and outputs, and a badge on top."""
    link = "https://colab.research.google.com/github/o/r/blob/main/release/01_rnn_shapes/rnn_shapes.ipynb"
    badge = f'<a href="{link}" target="_parent"><img src="{link[:34]}/assets/colab-badge.svg" alt="Open In Colab"/></a>'
    cells = [{"cell_type": "markdown", "metadata": {"id": "view-in-github", "colab_type": "text"}, "source": [badge]}]
    for number, cell in enumerate(notebook.cells):
        kept = json.loads(json.dumps(cell.metadata))
        saved = {"cell_type": cell.cell_type, "source": cell.source.splitlines(keepends=True)}
        saved["metadata"] = kept | {"id": f"{number:03}_{'kXq-9ZbT7wLm'[: 9 - number % 2]}"}
        if cell.cell_type == "code":
            saved |= {"execution_count": number + 1, "outputs": _outputs(number)}
            saved["metadata"] |= {
                "colab": {"base_uri": "https://localhost:8080/", "height": 372},
                "outputId": f"28b07730-954d-4958-f35a-8c84d69c{number:04}",
                "executionInfo": {
                    "status": "error" if number % 3 == 2 else "ok",
                    "timestamp": 1767225600000 + number,
                    "user_tz": -60,
                    "elapsed": 12,
                    "user": _USER,
                },
            }
        cells.append(saved)
    metadata = {
        "colab": {
            "provenance": [{"file_id": "https://github.com/o/r/blob/main/x.ipynb", "timestamp": 1767225600000}],
            "name": name,
            "gpuType": "T4",
            "toc_visible": True,
            "collapsed_sections": ["000_kXq-9ZbT7"],
            "include_colab_link": True,
        },
        "accelerator": "GPU",
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
        # Not as the format has it: without "state" around it.
        "widgets": {"application/vnd.jupyter.widget-state+json": {"a1b2": {"model_name": "LayoutModel", "state": {}}}},
    }
    return json.dumps({"nbformat": 4, "nbformat_minor": 0, "metadata": metadata, "cells": cells}, indent=2).encode()


def _outputs(number: int) -> list[dict[str, Any]]:
    """Return a cell's outputs as Colab keeps them: text, a table, a picture with a long frame, an error."""
    intrinsic = {"type": "dataframe", "variable_name": "df", "summary": '{"rows": 3}'}
    table = {"text/plain": ["   a\n", "0  1"], "application/vnd.google.colaboratory.intrinsic+json": intrinsic}
    table["text/html"] = [
        "\n",
        '  <div id="df-1">\n',
        "    <style>.colab-df-container {}</style>\n",
        "<script>1</script>",
    ]
    picture = {"text/plain": ["<Figure size 640x480 with 1 Axes>"], "image/png": "iVBORw0KGgo=\n"}
    frame = {"text/html": [f'<iframe srcdoc="{"x" * 5000}"></iframe>'], "text/plain": ["<IPython.core.display.HTML>"]}
    kinds = (
        [
            {"output_type": "stream", "name": "stdout", "text": ["a\n", "b\n"]},
            {"output_type": "stream", "name": "stderr", "text": ["a warning\n"]},
            {"output_type": "execute_result", "data": table, "metadata": {}, "execution_count": number + 1},
        ],
        [
            {"output_type": "display_data", "data": picture, "metadata": {"needs_background": "light"}},
            {"output_type": "display_data", "data": frame, "metadata": {}},
        ],
        [
            {
                "output_type": "error",
                "ename": "NameError",
                "evalue": "ignored",
                "traceback": ["\x1b[0;31mNameError\x1b[0m"],
            }
        ],
    )
    return kinds[number % 3]
