"""Exceptions read back: which arrays met in the failing expression, and which argument they are part of."""

from __future__ import annotations

import linecache
import textwrap

import numpy as np
import pytest

from rnnshapes.judge.explain import index_trouble, named, read_error
from rnnshapes.sizes import Sizes

N, T, D, M, K = 4, 7, 3, 5, 2
SIZES = Sizes(N=N, T=T, D=D, M=M, K=K)
rng = np.random.default_rng(0)
DIMS = {"x": "TD", "Wx": "DM", "Wh": "MM", "bh": "M", "Wo": "MK", "bo": "K"}
ARGUMENTS = {name: rng.standard_normal(SIZES.shape(dims)) for name, dims in DIMS.items()}
HEAD = "def answer(x, Wx, Wh, bh, Wo, bo):\n"


def run(body, *, keep_source=True):
    """Return the Trouble of a function with this body, called as an answer is."""
    source = HEAD + textwrap.indent(textwrap.dedent(body).strip("\n"), "    ") + "\n"
    filename = f"/tmp/answers/{abs(hash(source))}.py"
    if keep_source:
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    space = {"np": np}
    exec(compile(source, filename, "exec"), space)
    try:
        space["answer"](**ARGUMENTS)
    except Exception as error:
        return read_error(error, arguments=ARGUMENTS)
    finally:
        linecache.cache.pop(filename, None)
    raise AssertionError("the body was meant to fail")


def meet(body):
    """Return (left text, left shape, operator, right text, right shape) of the operands that met."""
    trouble = run(body)
    assert trouble.meeting is not None, trouble
    left, right = trouble.meeting.left, trouble.meeting.right
    return left.text, left.shape, trouble.meeting.operator, right.text, right.shape


EXPRESSIONS = {
    "@": ("x[0] @ Wh", ("x[0]", (D,), "@", "Wh", (M, M))),
    "second operand of a sum": ("x[0] @ Wx + x[0] @ Wh", ("x[0]", (D,), "@", "Wh", (M, M))),
    "sum of products": ("x[0] @ Wx + bo", ("x[0] @ Wx", (M,), "+", "bo", (K,))),
    "inside a call": ("np.tanh(x[0] @ Wx + x[1] @ Wh + bh)", ("x[1]", (D,), "@", "Wh", (M, M))),
    "nested calls": ("np.tanh(np.tanh(np.dot(x[0], Wh)) + bh)", ("x[0]", (D,), "@", "Wh", (M, M))),
    "np.dot": ("np.dot(x[0], Wh)", ("x[0]", (D,), "@", "Wh", (M, M))),
    "np.matmul": ("np.matmul(x[0], Wh)", ("x[0]", (D,), "@", "Wh", (M, M))),
    "method dot": ("x[0].dot(Wh)", ("x[0]", (D,), "@", "Wh", (M, M))),
    "np.add": ("np.add(bh, bo)", ("bh", (M,), "+", "bo", (K,))),
    "np.multiply": ("np.multiply(x[0], Wh)", ("x[0]", (D,), "*", "Wh", (M, M))),
    "*": ("x[0] * Wh", ("x[0]", (D,), "*", "Wh", (M, M))),
    "+": ("bh + bo", ("bh", (M,), "+", "bo", (K,))),
    "-": ("bh - bo", ("bh", (M,), "-", "bo", (K,))),
    "/": ("bh / bo", ("bh", (M,), "/", "bo", (K,))),
    "attribute": ("x[0] @ Wx.T", ("x[0]", (D,), "@", "Wx.T", (M, D))),
    "slice": ("x[:, 0] @ Wx", ("x[:, 0]", (T,), "@", "Wx", (D, M))),
    "slice of rows": ("x[1:3, :2] @ Wx", ("x[1:3, :2]", (2, 2), "@", "Wx", (D, M))),
    "negative index": ("x[-1] @ Wo", ("x[-1]", (D,), "@", "Wo", (M, K))),
    "new axis": ("x[0][None, :] @ Wh", ("x[0][None, :]", (1, D), "@", "Wh", (M, M))),
    "reshape": ("x[0].reshape(-1, 1) @ Wx", ("x[0].reshape(-1, 1)", (D, 1), "@", "Wx", (D, M))),
    "np.zeros": ("np.zeros(3) @ Wh", ("np.zeros(3)", (D,), "@", "Wh", (M, M))),
    "list": ("[1, 2] @ Wh", ("[1, 2]", (2,), "@", "Wh", (M, M))),
    "number": ("x[0][0] @ Wx", ("x[0][0]", (), "@", "Wx", (D, M))),
    "brackets": ("(x[0] + 1) @ (Wh)", ("x[0] + 1", (D,), "@", "Wh", (M, M))),
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_expressions(name):
    expression, expected = EXPRESSIONS[name]
    assert meet(f"return {expression}") == expected


def test_the_second_line_of_several():
    assert meet("""
        h = np.tanh(
            x[0] @ Wx
            + x[0] @ Wh
            + bh)
        """) == ("x[0]", (D,), "@", "Wh", (M, M))


def test_an_expression_over_several_lines():
    trouble = run("""
        h = (x[0]
             @ Wh)
        """)
    assert (trouble.meeting.left.text, trouble.meeting.right.text) == ("x[0]", "Wh")
    assert trouble.meeting.text == "x[0] @ Wh"
    assert (trouble.line, trouble.code) == (2, "h = (x[0]")


def test_letters_of_more_than_one_byte():
    assert meet("ŷ, été = 0, np.zeros(3); ŷ = été @ Wo") == ("été", (D,), "@", "Wo", (M, K))


@pytest.mark.parametrize(
    ("statement", "operator"), [("z += bo", "+="), ("z -= bo", "-="), ("z *= bo", "*="), ("z /= bo", "/=")]
)
def test_augmented_assignments(statement, operator):
    assert meet(f"z = x[0] @ Wx\n{statement}") == ("z", (M,), operator, "bo", (K,))


def test_an_augmented_assignment_of_a_product():
    assert meet("z = x[0] @ Wx\nz += x[0] @ Wh") == ("x[0]", (D,), "@", "Wh", (M, M))


def test_an_augmented_row():
    body = "rows = np.zeros((7, 2))\nfor t in range(7):\n    rows[t] += bh"
    assert meet(body) == ("rows[t]", (K,), "+=", "bh", (M,))


PLACES = {
    "for": "for t in range(7):\n    h = x[t] @ Wh",
    "while": "t = 0\nwhile t < 7:\n    h = x[t] @ Wh\n    t += 1",
    "lambda": "step = lambda t: x[t] @ Wh\nreturn step(0)",
    "comprehension": "return [x[t] @ Wh for t in range(7)]",
    "generator": "return list(x[t] @ Wh for t in range(7))",
    "map": "return list(map(lambda t: x[t] @ Wh, range(7)))",
    "helper": "def step(t):\n    return x[t] @ Wh\nreturn [step(t) for t in range(7)]",
    "with": "t = 0\nwith np.errstate(all='ignore'):\n    return x[t] @ Wh",
    "a second error": "t = 0\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    return x[t] @ Wh",
}


@pytest.mark.parametrize("place", PLACES)
def test_places(place):
    assert meet(PLACES[place]) == ("x[t]", (D,), "@", "Wh", (M, M))


def test_in_a_helper_its_own_names_are_read():
    trouble = run("def product(row, W):\n    return row @ W\nreturn product(x[0], Wh)")
    assert (trouble.line, trouble.code) == (3, "return row @ W")
    assert (trouble.meeting.left.text, trouble.meeting.left.shape) == ("row", (D,))
    assert (trouble.meeting.left.part_of, trouble.meeting.right.part_of) == ("x", "Wh")


def test_inside_a_library_the_students_line_counts():
    trouble = run("return np.concatenate([x, Wh])")
    assert (trouble.line, trouble.code) == (2, "return np.concatenate([x, Wh])")
    assert trouble.meeting is None


PARTS = {
    "itself": ("x @ Wh", "x"),
    "a row": ("x[0] @ Wh", "x"),
    "turned round": ("x.T @ Wh", "x"),
    "reshaped": ("x.reshape(3, 7) @ Wh", "x"),
    "something else": ("np.ones(3) @ Wh", ""),
    "the sum of two": ("(x[0] + x[1]) @ Wh", ""),
    "a product": ("(x[0] @ Wx) @ Wo.T", ""),
}


@pytest.mark.parametrize("what", PARTS)
def test_the_argument_that_an_operand_is_part_of(what):
    expression, part_of = PARTS[what]
    assert run(f"return {expression}").meeting.left.part_of == part_of


def test_a_renamed_argument_and_the_row_of_a_loop():
    for body in (
        "data = x\nfor t in range(7):\n    data[t] @ Wh",
        "for row in x:\n    row @ Wh",
        "data = x.copy()\ndata[0] @ Wh",
        "data = np.array(x)\ndata[0] @ Wh",
    ):
        assert run(body).meeting.left.part_of == "x", body


def test_an_argument_that_was_changed_keeps_its_name():
    assert run("x = x / 2\nreturn x[0] @ Wh").meeting.left.part_of == "x"


def test_an_array_of_the_same_shape_is_not_the_argument():
    assert run("data = np.zeros_like(x)\ndata[0] @ Wh").meeting.left.part_of == ""


def test_zeros_are_known_as_zeros():
    trouble = run("h = np.zeros(3)\nreturn h @ Wh")
    assert trouble.meeting.left.is_zero
    assert not trouble.meeting.right.is_zero


def test_the_state_is_read_as_it_was_when_it_failed():
    trouble = run("h = np.zeros(5)\nfor t in range(7):\n    h = (h @ Wh + x[t] @ Wx) @ Wo")
    assert (trouble.meeting.left.text, trouble.meeting.left.shape) == ("h", (K,))
    assert not trouble.meeting.left.is_zero


def test_without_source_the_line_number_is_all():
    trouble = run("return x[0] @ Wh", keep_source=False)
    assert (trouble.line, trouble.code, trouble.meeting) == (2, "", None)


def test_code_that_is_not_the_students_is_not_read():
    try:
        np.concatenate([np.ones(2), np.ones((2, 2))], axis=5)
    except Exception as error:
        error.__traceback__ = None
        trouble = read_error(error, arguments=ARGUMENTS)
    assert (trouble.line, trouble.code, trouble.meeting) == (None, "", None)


SEEN = {
    "what gave None": ("rows = [1]\nrows = rows.reverse()\nreturn np.stack(rows)", ("None came of `rows.reverse()`",)),
    "an array of its own": ("H = np.zeros((2, 3))\nH[2, 0] = 1", ("in an array of its own",)),
    "an argument": ("return x[0, 9]", ()),
    "sizes for indices": ("T, D = x.shape\nreturn x[T, D]", ("sizes as indices",)),
}


@pytest.mark.parametrize("what", SEEN)
def test_the_frame_shows_what_the_message_does_not(what):
    body, seen = SEEN[what]
    assert run(body).seen == seen


UNREAD = {
    "index": "return x[9]",
    "name": "return y @ Wh",
    "call of one's own": "def step(v):\n    return v\nreturn step(x[0]) @ Wh",
    "random": "return np.random.rand(3) @ Wh",
    "unpacking": "a, b = x",
    "text": "return 'x' @ Wh",
    "none": "return None @ Wh",
    "walrus": "return (a := x[0]) @ Wh",
    "einsum": "return np.einsum('d,dm->m', x[0], Wh)",
}


@pytest.mark.parametrize("what", UNREAD)
def test_what_is_not_read_is_left_alone(what):
    trouble = run(UNREAD[what])
    assert trouble.meeting is None
    assert trouble.code == UNREAD[what].splitlines()[-1].strip()


def test_a_call_with_side_effects_is_not_repeated():
    trouble = run(
        "calls = []\ndef step():\n    calls.append(1)\n    return x[0]\n"
        "try:\n    step() @ Wh\nexcept ValueError as error:\n    error.calls = calls\n    raise"
    )
    assert trouble.meeting is None
    assert trouble.error.calls == [1]


def test_reading_changes_no_argument():
    kept = {name: array.copy() for name, array in ARGUMENTS.items()}
    run("x[0] @ Wh")
    for name, array in kept.items():
        np.testing.assert_array_equal(array, ARGUMENTS[name])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return x[0] @ Wh", ["x[0] is (3,) = (D,)", "Wh is (5, 5) = (M, M)"]),
        ("return x[:, 0] @ Wx", ["x[:, 0] is (7,) = (T,)", "Wx is (3, 5) = (D, M)"]),
        ("return np.zeros(11) @ Wh", ["np.zeros(11) is (11,)", "Wh is (5, 5) = (M, M)"]),
    ],
)
def test_operands_in_letters(body, words):
    meeting = run(body).meeting
    assert [named(operand, SIZES) for operand in (meeting.left, meeting.right)] == words


def test_an_index_out_of_bounds():
    assert index_trouble(run("return x[7]").error) == (7, 0, T)
    assert index_trouble(run("return x[0][-4]").error) == (-4, 0, D)
    assert index_trouble(run("return x[0] @ Wh").error) is None
