"""Wrong beliefs as records of data: TOML files, read, checked and put together for an exercise.

A record is a table under its key:

    [bias_dropped]
    says = "The bias starts at zero in Keras, so I can leave it out."
    hint = "Count the terms inside tanh: …"
    edits = ["+ bh[m] ⇒ "]

- `edits`: ways to code it, each "old ⇒ new" in the lines that the file names (`lines = ["SIMPLE_RNN_LINES"]`), several
  joined by " ; ". "⇒ line" adds a line. An edit stands in one place; "… everywhere" after it allows more. `[terms]` gives
  names to parts of the lines.
- `numpy`: for what no edit can say, one line of NumPy for each way: a list, or one for each function,
  `numpy.last_state = ["h[:, 0]"]`; `numpy.any` beside these is for all others. It reads the case's arrays, the results of its lines, `right` (what Keras gives),
  `film` (what the function returns rows of; without lines, what is right), the sizes, and `again(X=…)`, the film of the
  right lines on other data. `numpy.in_layer_1` is what it gives in one part of the program alone.
- `shows`: patterns for what shows in other ways than in numbers, matched against the facts that the judge notes
  (`judge/facts.py`): "D @ M,M" (letters of two operands that do not fit), "IndexError: …", "returns None".
- `shapes.KEY`: the letters of a wrong shape that is typed for KEY, "N,T,2M", or numbers, "1,M"; `values.KEY`: wrong
  values, as arithmetic of the sizes: "D*M1 + M1", "'mse'". `values.each`, and for one exercise `values.EXERCISE`, has
  one value for each key, in their order.
- `often = true`: comes in twos. `for = ["last_state"]`: known to these functions alone; `not_for`: to all
  but these, or but the exercises of a kind. `where = "every"` or "last": shows in every step's row, or in the last alone. `in = ["layer_1"]`: only in this part of the program.
  `hints.FUNCTION` has other words for one function, `hints.KIND` for the exercises of a kind.
- One list for several: `numpy."zeroed|last_state" = [...]`, `shapes."half|sum" = [...]`, the same for hints and values.
- `told_otherwise = ["time_reversed"]`, above a lesson's tables: shared beliefs whose numbers others of the lesson have.
- A lesson's table without says adds to the shared belief of that key; its hint stands in the place of the shared one.
- `unused = {of = "h_last_not_updated", weight = "Wh"}`: the same numbers as another belief, told apart by a weight that
  the code never reads.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from rnnshapes.errors import CourseError
from rnnshapes.judge.exercise import Belief
from rnnshapes.layers import tables
from rnnshapes.layers.program import PARTS, Edit, Part, Program, codings_in, edited, read_edits

SHARED = ("step", "loop", "rows", "arrays", "stacks", "ledger", "guards", "shapes", "values", "typed", "anything")
"""The files of rnnshapes/beliefs/: what all lessons share."""
WHEN_NAMED = ("gates", "counts", "whole")
"""Files beside these: what some lessons share. A lesson knows of it what its own file names."""

FIELDS = {"says", "hint", "hints", "edits", "numpy", "shows", "shapes", "values"}
FIELDS |= {"often", "for", "not_for", "where", "in", "unused"}
_CODE = re.compile(r"np\.|return \w|=\s*\w+\(|@ W[xho] [+)]|lambda|\.T\b|\[:, t\]|\[-1\]\s*$")
"""What a hint must not hold: it would be the solution."""


@dataclass(frozen=True)
class Record(Belief):
    """A belief with what it gives: see the module's text. `edits` are those of each way to code it."""

    edits: tuple[tuple[Edit, ...], ...] = ()
    numpy: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shows: tuple[str, ...] = ()
    often: bool = False
    only_for: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    group: str = ""
    where: str = ""
    only_in: tuple[str, ...] = ()
    unused: dict[str, str] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def in_numbers(self) -> bool:
        """Whether it shows in what somebody with it computes or types."""
        return bool(self.edits or self.numpy or self.shapes or self.values)

    def numpy_for(self, function: str, *, with_lines: bool) -> tuple[str, ...]:
        """Return the lines of NumPy that give this belief's numbers for a function.

        Those that name no function are about the film of a layer's lines, or, among beliefs about arrays, about any.
        """
        return self.numpy.get(function, self.numpy.get("", ()) if with_lines or self.group == "arrays" else ())


@cache
def read_records(package: str, name: str) -> dict[str, Record]:
    """Return the records of a TOML file, by key, in the file's order.

    Raises: CourseError, with file and line, for a record that is not as it should be.

    >>> read_records("rnnshapes.beliefs", "step")["bias_dropped"].edits
    (((' + bh[m]', ''),),)
    """
    path = files(package) / f"{name}.toml"
    return parse_records(path.read_text(encoding="utf-8"), where=f"{package.replace('.', '/')}/{name}.toml")


def parse_records(text: str, *, where: str) -> dict[str, Record]:
    """Return the records of a TOML text. `where` is its name in messages."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # a key that stands twice is one: the message has line and column
        raise CourseError(f"{where}: {error}. Each belief is one table, under a key of its own.") from None
    terms, names, otherwise = data.pop("terms", {}), data.pop("lines", []), data.pop("told_otherwise", [])
    if unknown := [name for name in names if not hasattr(tables, name)]:
        raise CourseError(f"{where}: got lines = {unknown}, expected names of lines in rnnshapes/layers/tables.py.")
    bases = [Program(getattr(tables, name), film="", parts=PARTS.get(name, (Part(),))) for name in names]
    found = {key: Record(key, "", "", where="elsewhere") for key in otherwise}
    for key, record in data.items():
        place = f"{where}:{_line_of(text, key)}"
        found[key] = _record(key, record, bases, terms, place)
    return found


def _record(key: str, data: Any, bases: list[Program], terms: dict[str, str], where: str) -> Record:
    """Return one record. Raises: CourseError where it is not as it should be."""
    if not isinstance(data, dict) or not data.keys() <= FIELDS or ("says" in data and "hint" not in data):
        raise CourseError(f"{where}: got {key} with {sorted(data)}, expected says and hint, and of {sorted(FIELDS)}.")
    for hint in (*([data["hint"]] if "hint" in data else []), *data.get("hints", {}).values()):
        if code := _CODE.search(hint):
            raise CourseError(f"{where}: the hint of {key} holds code, {code[0]!r}. Ask a question instead.")
        if len(hint.split()) < 6:
            raise CourseError(f"{where}: the hint of {key} is {hint!r}. Try a whole sentence of more than five words.")
    codings = []
    for coding in data.get("edits", ()):
        try:
            edits = read_edits(coding, terms)
            _fits_one(bases, edits)
        except ValueError as error:
            raise CourseError(f"{where}: the edit {coding!r} of {key}: {error}.") from None
        codings.append(edits)
    numpy = data.get("numpy", {})
    numpy = _each({"any": numpy} if isinstance(numpy, list) else numpy)
    numpy = {"" if name == "any" else name: rows for name, rows in numpy.items()}
    for function, rows in numpy.items():
        for row in rows:
            try:
                compile(row, "<numpy>", "eval")
            except SyntaxError as error:
                raise CourseError(f"{where}: numpy.{function} of {key}: {row!r}: {error.msg}.") from None
    return Record(
        key,
        data.get("says", ""),
        data.get("hint", ""),
        edits=tuple(codings),
        numpy={function: tuple(rows) for function, rows in numpy.items()},
        shows=tuple(data.get("shows", ())),
        often=data.get("often", False),
        only_for=tuple(data.get("for", ())),
        not_for=tuple(data.get("not_for", ())),
        group=where.split("/")[-1].partition(".")[0],
        where=data.get("where", ""),
        only_in=tuple(data.get("in", ())),
        unused=data.get("unused", {}),
        hints=_each(data.get("hints", {})),
        shapes={name: tuple(shapes) for name, shapes in _each(data.get("shapes", {})).items()},
        values={name: tuple(values) for name, values in _each(data.get("values", {})).items()},
    )


def _each(given: dict[str, Any]) -> dict[str, Any]:
    """Return a table in which what stands under "one|other" stands under both."""
    return {name: value for names, value in given.items() for name in names.split("|")}


def _fits_one(bases: list[Program], edits: tuple[Edit, ...]) -> None:
    """Raise ValueError unless the edits can be made in one of the lines that a file is about."""
    why = None
    for program in bases:
        if codings_in(program, edits):
            return
        try:
            edited(program.lines, edits)
        except ValueError as error:
            why = why or error
    raise why or ValueError("the file names no lines that it could be made in")


def _line_of(text: str, key: str) -> int:
    found = re.search(rf"^\[{re.escape(key)}\]", text, flags=re.MULTILINE)
    return text[: found.start()].count("\n") + 1 if found else 1


def gather(groups: tuple[str, ...], room: str) -> Iterator[tuple[Record, bool]]:
    """Yield the records of a lesson's own beliefs.toml first, then those of shared groups; and whether it is shared.

    Raises: CourseError for a key that is defined twice, or that adds to a belief which is defined nowhere.
    """
    own = read_records(room, "beliefs")
    shared = {key: record for group in groups for key, record in read_records("rnnshapes.beliefs", group).items()}
    for key, record in own.items():
        if record.says and key in shared:
            raise CourseError(f"{room}/beliefs.toml: {key} is defined in rnnshapes/beliefs/ already.")
        whole = record if record.says else _more_of(record, groups, room)
        if record.says or key in shared or whole.in_numbers or whole.shows or record.hints:
            yield whole, key in shared
    yield from ((record, True) for key, record in shared.items() if key not in own)


def _more_of(more: Record, groups: tuple[str, ...], room: str) -> Record:
    """Return a shared record with what a lesson knows of it besides."""
    found = [group for group in (*groups, *SHARED, *WHEN_NAMED) if more.key in read_records("rnnshapes.beliefs", group)]
    if not found:
        raise CourseError(
            f"{room}/beliefs.toml: {more.key} has no says and hint, and rnnshapes/beliefs/ has no such key."
        )
    shared = read_records("rnnshapes.beliefs", found[0])[more.key]
    if found[0] not in (*groups, *WHEN_NAMED):  # about another kind of exercise: its lines are not about this one
        shared = replace(shared, edits=(), numpy={}, where="")
        more = replace(more, numpy={name: lines for name, lines in more.numpy.items() if name})
    return replace(
        shared,
        hint=more.hint or shared.hint,
        edits=more.edits + shared.edits,
        numpy=shared.numpy | more.numpy,
        shows=more.shows + shared.shows,
        shapes=shared.shapes | more.shapes,
        values=shared.values | more.values,
        hints=shared.hints | more.hints,
        only_for=more.only_for or shared.only_for,
        not_for=(*more.not_for, *shared.not_for),
        often=more.often or shared.often,
        where=more.where or shared.where,
        only_in=more.only_in or shared.only_in,
    )
