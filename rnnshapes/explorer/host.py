"""The explorer as an object in a notebook: live where a server holds a kernel, a page of its own elsewhere."""

from __future__ import annotations

import html
import json
import os
import sys
import uuid
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from rnnshapes.draw.picture import Picture
from rnnshapes.explorer.spec import arrays_of, module_file

EXPORT = "export default { render, evaluate };"


class Explorer:
    """What `rnnshapes.explore` returns: it shows itself, and can be read and saved.

    It is HTML that explores by itself: in an exported page, in Colab, in a notebook whose kernel is gone. In JupyterLab
    with a kernel, the sliders and this object share their state. Where no scripts run, the static figure stands.
    """

    def __init__(self, spec: dict[str, Any], state: dict[str, Any], picture: Picture) -> None:
        self.spec, self.picture = spec, picture
        self._state = state
        self._name = f"rnnshapes-{uuid.uuid4().hex}"

    @cached_property
    def _link(self) -> Any:
        from rnnshapes.explorer.widget import Link

        return Link(name=self._name, state=self._state)

    def start_with(self, kind: str) -> None:
        """Switch on at the start what can be broken: "bias", "carry", "swap", or "yours"."""
        self._state = self._state | {"broken": [kind]}

    @property
    def state(self) -> dict[str, Any]:
        """Where the sliders stand: {"sizes", "at", "cell", "broken", "show"}."""
        return dict(self._link.state) if "_link" in self.__dict__ else dict(self._state)

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """The inputs and weights on show, at the sizes of the sliders: "X" (N, T, D), "Wx" (D, M), …"""
        return arrays_of(self.spec, self.state["sizes"])

    def to_html(self) -> str:
        """Return HTML that needs no kernel and no network: the figure, and the module that takes its place."""
        data = json.dumps({"spec": self.spec, "state": self.state}).replace("<", "\\u003c")
        host = module_file("host.js").replace("$NAME", json.dumps(self._name)).replace("$DATA", data)
        script = module_file("explorer.js").replace(EXPORT, host)
        return f'<div id="{self._name}">{self.picture.html()}</div>\n<script type="module">\n{script}\n</script>'

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write a page that works by itself, and return its path."""
        path = Path(path)
        title = html.escape(self.picture.alt.split(".")[0])
        head = f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        head += "<style>:root, .rnnshapes-picture { color-scheme: light dark }</style></head>"
        path.write_text(f"{head}<body><main>\n{self.to_html()}\n</main></body></html>\n", encoding="utf-8")
        return path

    def _repr_mimebundle_(self, include=None, exclude=None):
        if is_live():
            self._link  # noqa: B018  (opens the line; the explorer on the page finds it by its name)
        return self.picture._repr_mimebundle_() | {"text/html": self.to_html()}


def is_live() -> bool:
    """Whether a Jupyter server started this kernel for a notebook that somebody has open.

    `nbconvert --execute` and nbclient do not: they would store the widget's state, which leaves exported pages blank.
    """
    return "JPY_SESSION_NAME" in os.environ and "google.colab" not in sys.modules
