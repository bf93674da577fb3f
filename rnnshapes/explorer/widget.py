"""The live host: anywidget carries the spec to the module, and the state back and forth."""

import anywidget
import traitlets

from rnnshapes.explorer.spec import module_file


class ExplorerWidget(anywidget.AnyWidget):
    """`spec` is what is explored, `state` where the sliders stand."""

    _esm = module_file("explorer.js")
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
