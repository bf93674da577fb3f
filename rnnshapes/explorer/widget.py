"""The line between an explorer on the page and its object in the kernel."""

import anywidget
import traitlets

from rnnshapes.explorer.spec import module_file


class Link(anywidget.AnyWidget):
    """`state` is where the sliders stand, here and there; `name` is the explorer that is meant."""

    _esm = module_file("link.js")
    name = traitlets.Unicode().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
