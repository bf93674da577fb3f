"""Beliefs as records: what a TOML file may say, what edits of lines give, and what an unnamed mistake behaves like."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from rnnshapes import CourseError, check_answer
from rnnshapes.beliefs.records import SHARED, gather, parse_records, read_records
from rnnshapes.layers.edits import single_edits
from rnnshapes.layers.program import Program, codings_in, edited, layer, read_edits
from rnnshapes.layers.run import run
from rnnshapes.layers.tables import SIMPLE_RNN_LINES, STACK_LINES
from rnnshapes.lessons import exercise_names, find_exercise

HEAD = 'lines = ["SIMPLE_RNN_LINES"]\n\n'
RECORD = '[a]\nsays = "I leave it out."\nhint = "Which weight of shape (M,) is never used?"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + RECORD + 'edits = ["bh[k] ⇒ "]', "x.toml:3: the edit 'bh[k] ⇒ ' of a: 'bh[k]' stands in 0 places"),
        (HEAD + RECORD + 'edits = ["h[n, ⇒ g[n,"]', "stands in 4 places"),
        (HEAD + RECORD + 'edits = ["bh[m]"]', "has no ⇒"),
        (RECORD + 'edits = ["bh[m] ⇒ "]', "the file names no lines"),
        (RECORD.replace("is never used?", "is np.zeros?"), "x.toml:1: the hint of a holds code, 'np.'"),
        (RECORD.replace("Which weight of shape (M,) is never used?", "Look again."), "Try a whole sentence"),
        (RECORD + "\n" + RECORD, "x.toml: Cannot declare ('a',) twice (at line 5"),
        (RECORD + "colour = 1", "got a with ['colour', 'hint', 'says'], expected says and hint"),
        ('[a]\nsays = "I leave it out."', "expected says and hint"),
        (RECORD + 'numpy = ["film[:, 0"]', "x.toml:1: numpy. of a: 'film[:, 0': '[' was never closed"),
        ('lines = ["NONE"]\n' + RECORD, "got lines = ['NONE'], expected names of lines in"),
    ],
)
def test_a_record_that_is_not_as_it_should_be_is_an_error_with_file_and_line(text, words):
    with pytest.raises(CourseError) as error:
        parse_records(text, where="x.toml")
    assert str(error.value).startswith("x.toml") and words in str(error.value), error.value


def test_everywhere_allows_more_than_one_place():
    text = HEAD + RECORD + 'edits = ["h[n, ⇒ g[n, everywhere"]'
    [edits] = parse_records(text, where="x.toml")["a"].edits
    assert sum(line.count("g[n,") for line in edited(SIMPLE_RNN_LINES, edits)) == 4


def test_each_shared_key_of_functions_is_defined_once():
    functions = [group for group in SHARED if group not in ("shapes", "values")]
    keys = [key for group in functions for key in read_records("rnnshapes.beliefs", group)]
    assert len(keys) == len(set(keys))


def test_a_lesson_may_not_define_a_shared_key_again(monkeypatch):
    own = parse_records(RECORD.replace("[a]", "[bias_dropped]"), where="x.toml")
    monkeypatch.setattr(
        "rnnshapes.beliefs.records.read_records",
        lambda package, name: own if package == "mine" else read_records(package, name),
    )
    with pytest.raises(CourseError, match="bias_dropped is defined in rnnshapes/beliefs/ already"):
        list(gather(("step",), "mine"))


def test_edits_of_a_stack_are_made_in_both_layers_or_in_one():
    program = Program(STACK_LINES, film="y", parts=(layer(1), layer(2, reads="h1")))
    places = dict(codings_in(program, read_edits("+ bh[m] ⇒")))
    assert set(places) == {(), ("layer_1",), ("layer_2",)}
    assert "bh1" not in "".join(places[()]) and "bh2" not in "".join(places[()])
    assert "bh1" not in "".join(places["layer_1",]) and "bh2" in "".join(places["layer_1",])


def test_every_single_edit_runs():
    sizes = {"N": 2, "T": 3, "D": 4, "M": 5, "K": 6}
    rng = np.random.default_rng(0)
    shapes = {"X": "NTD", "Wx": "DM", "Wh": "MM", "bh": "M", "Wo": "MK", "bo": "K"}
    arrays = {name: rng.standard_normal([sizes[letter] for letter in dims]) for name, dims in shapes.items()}
    edits = list(single_edits(SIMPLE_RNN_LINES))
    assert len(edits) > 100 and len(set(edits)) == len(edits)
    assert all(run(lines, arrays, sizes)["y"].shape == (2, 3, 6) for lines in edits)


def loop(step, X, Wx, Wh, bh, Wo, bo):
    h = np.zeros((len(X), len(bh)))
    for t in range(X.shape[1]):
        h = step(X[:, t] @ Wx, h @ Wh, bh)
    return h @ Wo + bo


def test_a_recognised_mistake_shows_what_the_code_computes():
    def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
        return loop(lambda a, b, bias: np.tanh(a + b) + bias, X, Wx, Wh, bh, Wo, bo)

    verdict = check_answer("01/rnn_by_hand_batched", rnn_by_hand_batched)
    assert verdict.recognised == "bias_outside_tanh"
    assert verdict.formula == "h[n,t,m] = tanh( X[n,t,d]·Wx[d,m] + h[n,t-1,m']·Wh[m',m] ) + bh[m]"
    assert verdict.formula in str(verdict) and "bias_outside_tanh" not in str(verdict)


def test_an_unnamed_mistake_shows_what_it_behaves_like():
    def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
        return loop(lambda a, b, bias: -np.tanh(a + b + bias), X, Wx, Wh, bh, Wo, bo)

    verdict = check_answer("01/rnn_by_hand_batched", rnn_by_hand_batched)
    assert not verdict.recognised and "This mistake has no name here" in verdict.try_
    assert verdict.formula == "h[n,t,m] = -tanh(X[n,t,d]·Wx[d,m] + h[n,t-1,m']·Wh[m',m] + bh[m])"


def test_what_behaves_like_no_formula_shows_none():
    def rnn_by_hand_batched(X, Wx, Wh, bh, Wo, bo):
        return loop(lambda a, b, bias: np.cos(a + b + bias) * 0.37, X, Wx, Wh, bh, Wo, bo)

    assert check_answer("01/rnn_by_hand_batched", rnn_by_hand_batched).formula == ""


@pytest.mark.parametrize("name", exercise_names())
def test_an_exercise_is_six_fields_at_most(name):
    assert len(vars(find_exercise(name)).keys() & set(type(find_exercise(name)).__dataclass_fields__)) <= 6


def test_a_belief_is_told_in_one_file():
    """A lesson may add to what is shared; but a key's own words stand once."""
    root = Path(__file__).parents[1] / "rnnshapes"
    told = [
        (key, path.parent.name)
        for path in (*root.glob("beliefs/*.toml"), *root.glob("lessons/*/beliefs.toml"))
        for key, record in tomllib.loads(path.read_text(encoding="utf-8")).items()
        if isinstance(record, dict) and "says" in record
    ]
    keys = [key for key, _ in told]
    assert len(set(keys)) == len(keys), sorted({key for key in keys if keys.count(key) > 1})
