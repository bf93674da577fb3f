"""Lines of the tables in words: arithmetic, shapes, and what clashes, for figures, alt text and messages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnnshapes.layers.index_strings import Flow, Product, Slice
from rnnshapes.layers.tables import (  # noqa: F401
    BACKWARD,
    DENSE,
    DENSE_EVERY_STEP,
    EACH_STEP,
    FORWARD,
    HANDED_ON,
    LAYER_1,
    LAYER_2,
    LINES,
    MASKED,
    SIMPLE_RNN,
    STACK_HEAD,
    TABLE,
    TIME_FIRST,
)
from rnnshapes.sizes import Sizes, tuple_text

FUNCTIONS = {"tanh": np.tanh, "": lambda total: total}


@dataclass(frozen=True)
class Cell:
    """One number of a result, with its arithmetic: a sentence, and rows for a table beside the picture."""

    sentence: str
    rows: tuple[tuple[str, str], ...]
    value: float


def operand_shapes(flow: Flow, sizes: Sizes) -> dict[str, tuple[int, ...]]:
    """Return the shape of every array that a line of the table names, its result last.

    >>> operand_shapes(DENSE, Sizes(N=3, T=4, D=2, M=5, K=6))
    {'h': (3, 4, 5), 'Wo': (5, 6), 'bo': (6,), 'y': (3, 6)}
    """
    slices = [side for product in flow.products for side in (product.left, product.right)]
    return {piece.name: sizes.shape(piece.dims) for piece in [*slices, *flow.biases, flow.result]}


def contracted(flow: Flow) -> dict[tuple[str, str], str]:
    """Return, for each product, the letter that disappears.

    >>> contracted(SIMPLE_RNN)
    {('X', 'Wx'): 'D', ('h', 'Wh'): 'M'}
    """
    return {(product.left.name, product.right.name): product.shared_dim for product in flow.products}


def one_step(flow: Flow, *, keep: str = "") -> Flow:
    """Return the line for a single step: t is gone, and n too unless `keep` is "n".

    X becomes x[t] (or X[:, t]), the h that comes in becomes h_last, y becomes ŷ (or Yhat).

    >>> [str(product.left) for product in one_step(SIMPLE_RNN).products]
    ['x[t][d]', "h_last[m']"]
    """
    x, y = ("X[:, t]", "Yhat") if keep == "n" else ("x[t]", "ŷ")

    def at_step(piece: Slice) -> Slice:
        name = {"X": x, "y": y, "h": "h_last" if "t-1" in piece.index else "h"}.get(piece.name, piece.name)
        return Slice(name, tuple(i for i in piece.index if i == keep or i[0] not in "ntT"))

    terms = tuple(
        Product(at_step(term.left), at_step(term.right), term.shared) if isinstance(term, Product) else at_step(term)
        for term in flow.terms
    )
    return Flow(at_step(flow.result), flow.function, terms)


def product_sentence(product: Product, sizes: Sizes) -> str:
    """Return what a product does to the shapes, for alt text.

    >>> product_sentence(SIMPLE_RNN.products[0], Sizes(N=3, T=4, D=2, M=5, K=6))
    'X (3×4×2) times Wx (2×5) gives (3×4×5); the shared D = 2 disappears.'
    """
    parts = (product.left, product.right, product)
    left, right, result = (times_text(sizes.shape(part.dims)) for part in parts)
    gone = f"{product.shared_dim} = {sizes.of(product.shared_dim)}"
    return (
        f"{product.left.name} {left} times {product.right.name} {right} gives {result}; the shared {gone} disappears."
    )


def cell_arithmetic(flow: Flow, arrays: Mapping[str, np.ndarray], at: Mapping[str, int]) -> Cell:
    """Return one number of the result with every product that went into it.

    `arrays` has each operand under its name in the table; `at` has the value of each index of the result, and
    T (how many steps there are) where the line says T-1. Outside of the steps that there are, the state is zeros.

    >>> arrays = {"h": np.ones((1, 2, 3)), "Wo": np.full((3, 1), 0.5), "bo": np.array([-1.0])}
    >>> cell_arithmetic(DENSE, arrays, {"n": 0, "k": 0, "T": 2}).sentence
    'y[0,0]: row h[0,1,:] · column Wo[:,0] + bo[0] = 0.50.'
    """
    texts, rows, total = [], [], 0.0
    for term in flow.terms:
        if isinstance(term, Product):
            left_name, left = _picked(term.left, arrays, at)
            right_name, right = _picked(term.right, arrays, at)
            if left is None:
                left_name, left = "zeros", np.zeros_like(right)
            amount = float(left @ right)
            row, column = ("", "") if texts else ("row ", "column ")
            texts.append(f"{row}{left_name} · {column}{right_name}")
            rows.append((f"{left_name} · {right_name}", _sum_text(left, right, amount)))
        else:
            name, picked = _picked(term, arrays, at)
            amount = float(picked)
            texts.append(name)
            rows.append((name, number_text(amount)))
        total += amount
    value = float(FUNCTIONS[flow.function](total))
    rows.append(("sum", number_text(total)))
    ending = f"{number_text(total)}."
    if flow.function:
        rows.append((f"{flow.function} of the sum", number_text(value)))
        ending = f"{number_text(total)}, {flow.function} = {number_text(value)}."
    cell = f"{flow.result.name}[{','.join(str(at[i]) for i in flow.result.index)}]"
    return Cell(f"{cell}: {' + '.join(texts)} = {ending}", tuple(rows), value)


def expected_dims(name: str, *, stacked: bool = False) -> tuple[str, ...] | None:
    """Return the letters that the table gives an array of this name; None if it has no such name.

    In a stack only the weights have names of their own: everybody calls the states as they like.

    >>> expected_dims("Wx"), expected_dims("x[t]"), expected_dims("Z")
    (('D', 'M'), ('D',), None)
    """
    if stacked:
        weights = [weight for flow in (LAYER_1, LAYER_2, STACK_HEAD) for weight in flow.weights]
        return next((weight.dims for weight in weights if weight.name == name), None)
    for flow in (SIMPLE_RNN, DENSE, one_step(SIMPLE_RNN), one_step(DENSE), one_step(SIMPLE_RNN, keep="n"), HANDED_ON):
        slices = [side for product in flow.products for side in (product.left, product.right)]
        for piece in [*slices, *flow.biases, flow.result]:
            if piece.name == name and not (piece.name == "h" and "T" in piece.dims):
                return piece.dims
    return next((piece.dims for flow in (FORWARD, BACKWARD) for piece in flow.weights if piece.name == name), None)


def clash_axes(left: tuple[int, ...], right: tuple[int, ...], *, operator: str = "@") -> list[tuple[int, int]]:
    """Return the pairs of axes (of left, of right) that do not fit.

    For "@" the last axis of left meets the last but one of right (its only one if it has one axis); leading
    axes, and all axes of other operators, meet from the right and fit if equal or 1.

    >>> clash_axes((3,), (5, 5)), clash_axes((4, 5), (4, 3), operator="+"), clash_axes((4, 3), (3, 5))
    ([(0, 0)], [(1, 1)], [])
    """
    pairs = []
    if operator == "@":
        if left and right:
            inner = (len(left) - 1, max(len(right) - 2, 0))
            pairs = [] if left[inner[0]] == right[inner[1]] else [inner]
        left, right = left[:-2], right[:-2]
    for back in range(1, min(len(left), len(right)) + 1):
        if left[-back] != right[-back] and 1 not in (left[-back], right[-back]):
            pairs.append((len(left) - back, len(right) - back))
    return pairs


def clash_sentence(
    left_name: str,
    left: tuple[int, ...],
    right_name: str,
    right: tuple[int, ...],
    sizes: Sizes,
    *,
    operator: str = "@",
) -> str:
    """Return what clashes between two operands, in numbers and in letters.

    >>> clash_sentence("x[t]", (3,), "Wh", (5, 5), Sizes(N=4, T=7, D=3, M=5, K=2))
    'x[t] is (3,) = (D,), Wh is (5, 5) = (M, M): D meets M.'
    """
    left_dims, right_dims = sizes.dims(left), sizes.dims(right)
    meets = [f"{left_dims[i]} meets {right_dims[j]}" for i, j in clash_axes(left, right, operator=operator)]
    if not meets and operator == "@" and not (left and right):
        meets = ["a single number has no axis to multiply along"]
    operands = f"{left_name} is {shape_text(left, sizes)}, {right_name} is {shape_text(right, sizes)}"
    return f"{operands}: {', '.join(meets) or 'every axis fits'}."


def should_be(name: str, shape: tuple[int, ...], sizes: Sizes) -> str:
    """Return what the table says of a name whose shape is not the table's; "" if it is, or has no such name.

    >>> should_be("Wx", (3, 5), Sizes(N=4, T=7, D=2, M=5, K=6))
    'Wx should be (2, 5) = (D, M).'
    """
    dims = expected_dims(name, stacked=sizes.M2 is not None)
    if dims is None or sizes.shape(dims) == tuple(shape):
        return ""
    return f"{name} should be {tuple_text(sizes.shape(dims))} = {tuple_text(dims)}."


def shape_text(shape: tuple[int, ...], sizes: Sizes) -> str:
    """Return "(3,) = (D,)"; the numbers alone where none of them is a letter."""
    numbers, letters = tuple_text(shape), sizes.letters(shape)
    return numbers if numbers == letters else f"{numbers} = {letters}"


def times_text(shape: tuple[int, ...]) -> str:
    """Return a shape as alt text speaks it: (3×4×2)."""
    return f"({'×'.join(str(number) for number in shape)})"


def number_text(value: float, *, digits: int = 2) -> str:
    """Return a number with a real minus sign, and no sign on a zero.

    >>> number_text(-0.618), number_text(-0.001)
    ('−0.62', '0.00')
    """
    text = f"{value:.{digits}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def bracketed_text(value: float) -> str:
    """Return a number as a factor: in brackets if it has a sign.

    >>> bracketed_text(-0.618), bracketed_text(0.5)
    ('(−0.62)', '0.50')
    """
    text = number_text(value)
    return f"({text})" if text.startswith("−") else text


def _picked(piece: Slice, arrays: Mapping[str, np.ndarray], at: Mapping[str, int]):
    """Return the text of a slice at these indices, and its numbers; None for a step that there is not."""
    numbers = []
    for letter in piece.index:
        name, sign, shift = re.fullmatch(r"(\w'?)([+-]?)(\d*)", letter).groups()
        numbers.append(at[name] + int(sign + shift or 0) if name in at else slice(None))
    texts = [":" if isinstance(number, slice) else str(number) for number in numbers]
    array = arrays[piece.name]
    outside = any(number in (-1, size) for number, size in zip(numbers, array.shape, strict=True))
    return f"{piece.name}[{','.join(texts)}]", None if outside else array[tuple(numbers)]


def _sum_text(left: np.ndarray, right: np.ndarray, amount: float, *, at_most: int = 8) -> str:
    pairs = zip(left[:at_most], right[:at_most], strict=True)
    parts = [f"{bracketed_text(a)}·{bracketed_text(b)}" for a, b in pairs]
    return f"{' + '.join(parts)}{' + …' if len(left) > at_most else ''} = {number_text(amount)}"


def order_of_axes(flow: Flow) -> tuple[int, ...]:
    """Return what to give `transpose` for a line whose one term is a whole array, its axes in another order.

    >>> from rnnshapes.layers.index_strings import parse
    >>> order_of_axes(TIME_FIRST), order_of_axes(parse("x_turned[d,t] = x[t,d]"))
    ((1, 0, 2), (1, 0))
    """
    [source] = flow.terms
    return tuple(source.index.index(letter) for letter in flow.result.index)
