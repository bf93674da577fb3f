"""Which layers a Keras model's output has passed through: a chain from its one input to its one output, or a reason."""

from __future__ import annotations

from typing import Any, NamedTuple

from rnnshapes.errors import CourseError


class Link(NamedTuple):
    """A layer in the chain, and what it gives there (Keras' symbolic tensor)."""

    layer: Any
    tensor: Any

    @property
    def kind(self) -> str:
        return type(self.layer).__name__


def read_graph(model: Any) -> list[Link]:
    """Return the layers between the model's input and its output, in order.

    Raises: CourseError if the model has no such graph (a class of one's own), branches, uses a layer twice, or hands a
    layer anything but the result of the one before it.
    """
    inputs, outputs = (list(getattr(model, side, None) or []) for side in ("inputs", "outputs"))
    if not outputs:
        raise CourseError(
            f"Got a model of the class {type(model).__name__}, expected Sequential or keras.Model(inputs, outputs): "
            f"what a call() of one's own does can't be read. Try: keras.Sequential([…]) with the same layers."
        )
    if len(inputs) != 1 or len(outputs) != 1:
        raise CourseError(
            f"Got a model with inputs: {len(inputs)}, outputs: {len(outputs)}, expected one of each. "
            f"Try: keras.Model({'input' if len(inputs) > 1 else 'inputs'}, output) with one of them"
            f"{', and no return_state=True' if len(outputs) > 1 else ''}."
        )
    chain: list[Link] = []
    tensor = outputs[0]
    while tensor is not inputs[0]:
        layer, node_index, place = tensor._keras_history
        node = layer._inbound_nodes[node_index]
        name = getattr(layer, "name", type(layer).__name__)
        if any(link.layer is layer for link in chain):
            raise CourseError(
                f"Got {name} twice in one model, expected each layer once: its lines would need two names. "
                f"Try: a second layer of its own."
            )
        if place:
            raise CourseError(
                f"Got output {place} of {name}, expected its first one: the explorer's lines end in h. "
                f"Try: {name} without return_state=True."
            )
        if node.arguments.kwargs.get("initial_state") is not None:
            raise CourseError(
                f"Got {name} with an initial_state, expected a state that starts from zeros. Try: {name} without it."
            )
        if type(layer).__name__ == "MultiHeadAttention":
            raise CourseError(
                f"Got {name} inside of a longer model, expected that the model ends in it: its square is all that is "
                f"shown. Try: keras.Model(X, Y), where Y = {name}(X, X) is what it gives."
            )
        if len(_data(node)) > 1:
            raise CourseError(
                f"Got {len(_data(node))} inputs into {name}, expected one: the explorer follows a single chain of "
                f"layers. Try: a model without branches."
            )
        chain.append(Link(layer, tensor))
        if not _data(node):
            break
        tensor = _data(node)[0]
    return chain[::-1]


def _data(node: Any) -> list[Any]:
    """Return what a node is called on; the mask that Keras hands on by itself is none of it."""
    mask = node.arguments.kwargs.get("mask")
    own = [tensor for tensor in node.input_tensors if tensor is not mask]
    return own if own or mask is None else [mask]
