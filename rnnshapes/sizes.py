"""The five letters of the course, their colours, and the way back from a number to its letter."""

import operator
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rnnshapes.errors import CourseError

LETTERS = "NTDMK"
MORE = ("M2", "H", "S")
"""Letters that some lessons have besides."""

MEANINGS = {
    "N": "samples",
    "T": "time steps",
    "D": "features",
    "M": "hidden units",
    "K": "output nodes",
    "M1": "hidden units in layer 1",
    "M2": "hidden units in layer 2",
    "H": "heads",
    "S": "keys",
}

# Chosen for a white card: contrast of at least 4.5:1, every pair distinguishable under the common
# colour-vision deficiencies. The same colour stands for the letter in figures, prose and messages.
COLOURS = {"N": "#2d6cd6", "T": "#a45108", "D": "#0b4a2a", "M": "#6a1b6f", "K": "#666666"}
COLOURS |= {"M1": COLOURS["M"], "M2": COLOURS["M"]}  # two layers' hidden units: one colour, told apart by the letter
COLOURS |= {"H": COLOURS["K"], "S": COLOURS["T"]}  # no card has heads and output nodes; keys are steps, of a sequence

# An LSTM lays four (D, M) weights side by side, a GRU three, a bidirectional output has two halves.
MULTIPLES_OF_M = (2, 3, 4)

_TOKEN = re.compile(r"M[12]|[234]M|[NTDMKHS]|[12]")


@dataclass(frozen=True)
class Sizes:
    """The sizes of one case: five whole numbers, each at least 1.

    With two recurrent layers, M2 is the number of hidden units of the second; M is then called M1. Attention has H
    heads besides, and S keys: the steps of what is looked at. `unread` are letters that no array at hand has: a number
    that is one of these sizes is not read back into them.

    Raises: CourseError if a size is not a whole number, or is below 1.

    >>> sizes = Sizes(N=3, T=4, D=2, M=5, K=6)
    >>> sizes.shape("NTD"), sizes.letters((2, 20))
    ((3, 4, 2), '(D, 4M)')

    Source: the "RNN Shapes" lecture, which fixes the five letters.
    """

    N: int
    T: int
    D: int
    M: int
    K: int
    M2: int | None = None
    H: int | None = None
    S: int | None = None
    unread: tuple[str, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        for letter in [*LETTERS, *(letter for letter in MORE if getattr(self, letter) is not None)]:
            object.__setattr__(self, letter, _whole_number(letter, getattr(self, letter)))

    @property
    def known(self) -> dict[str, int]:
        """The letters in use with their sizes: N, T, D, M, K, or N, T, D, M1, M2, K.

        >>> Sizes(3, 4, 2, 5, 6, M2=7).known
        {'N': 3, 'T': 4, 'D': 2, 'M1': 5, 'M2': 7, 'K': 6}
        """
        units = {"M": self.M} if self.M2 is None else {"M1": self.M, "M2": self.M2}
        more = {letter: getattr(self, letter) for letter in "HS" if getattr(self, letter) is not None}
        return {"N": self.N, "T": self.T, "D": self.D, **units, "K": self.K, **more}

    def of(self, token: str) -> int:
        """Return the number that a letter or a multiple of M stands for.

        >>> Sizes(3, 4, 2, 5, 6).of("4M")
        20
        """
        if not _TOKEN.fullmatch(token):
            raise CourseError(_unknown_dims(token))
        if token == "M2" and self.M2 is None:
            raise CourseError("Got the axis M2, expected sizes with a second layer. Try: Sizes(…, M2=6).")
        if token in ("H", "S") and getattr(self, token) is None:
            raise CourseError(f"Got the axis {token}, expected sizes with {MEANINGS[token]}. Try: Sizes(…, {token}=6).")
        if token in ("1", "2"):  # an axis of length one, as keepdims=True leaves it; two states, one above the other
            return int(token)
        if token in ("M1", "M2"):
            return self.M if token == "M1" else self.M2
        return int(token[:-1] or 1) * getattr(self, token[-1])

    def shape(self, dims: str | Iterable[str]) -> tuple[int, ...]:
        """Return the shape that a word of letters stands for.

        Shapes: "NTD" gives (N, T, D), "D4M" gives (D, 4·M), "" gives ().
        Raises: CourseError if `dims` holds anything but N, T, D, M, K, 2M, 3M, 4M, M1, M2, H, S, 1 or 2.

        >>> Sizes(3, 4, 2, 5, 6).shape("NTD"), Sizes(3, 4, 2, 5, 6).shape("N1D")
        ((3, 4, 2), (3, 1, 2))
        """
        return tuple(self.of(token) for token in split_dims(dims))

    def letter(self, number: int) -> str:
        """Return the one letter, or multiple of M, of this size; the number itself if there is none or two.

        A letter goes before a multiple: with T = 10 and M = 5 the number 10 reads T.

        >>> sizes = Sizes(N=1, T=10, D=3, M=5, K=1)
        >>> [sizes.letter(number) for number in (10, 20, 1, 7)]
        ['T', '4M', '1', '7']
        >>> Sizes(N=4, T=6, D=3, M=5, K=2, unread=("M", "K")).letters((2, 6, 5))
        '(2, T, 5)'
        """
        plain = [letter for letter, size in self.known.items() if size == number and letter not in self.unread]
        if len(plain) > 1:
            return str(number)
        multiples = [f"{times}M" for times in MULTIPLES_OF_M if times * self.M == number and "M" not in self.unread]
        tokens = plain or multiples
        return tokens[0] if tokens else str(number)

    def dims(self, shape: Iterable[int]) -> tuple[str, ...]:
        """Return one token per axis of `shape`: a letter, a multiple of M, or the bare number.

        >>> Sizes(3, 4, 2, 5, 6).dims((9, 6))
        ('9', 'K')
        """
        return tuple(self.letter(int(number)) for number in shape)

    def letters(self, shape: Iterable[int]) -> str:
        """Return a shape read back into letters, written as Python writes a tuple.

        >>> sizes = Sizes(N=3, T=4, D=2, M=5, K=6)
        >>> sizes.letters((3, 4, 2)), sizes.letters((5,)), sizes.letters((9, 6)), sizes.letters(())
        ('(N, T, D)', '(M,)', '(9, K)', '()')
        """
        return tuple_text(self.dims(shape))

    def shared(self) -> dict[int, list[str]]:
        """Return the numbers that more than one letter has, each with its letters.

        Such a number cannot be read back, so `letters` leaves it as it is.

        >>> Sizes(N=1, T=10, D=3, M=5, K=1).shared()
        {1: ['N', 'K']}
        """
        found: dict[int, list[str]] = {}
        for letter, number in self.known.items():
            found.setdefault(number, []).append(letter)
        return {number: letters for number, letters in found.items() if len(letters) > 1}

    def legend(self) -> str:
        """Return one line that says what each letter means and how large it is here.

        >>> Sizes(N=1, T=4, D=2, M=5, K=6).legend()
        'N = 1 sample · T = 4 time steps · D = 2 features · M = 5 hidden units · K = 6 output nodes'
        """
        line = " · ".join(f"{letter} = {counted(letter, number)}" for letter, number in self.known.items())
        notes = [f"{' and '.join(letters)} share {number}" for number, letters in self.shared().items()]
        return f"{line} ({'; '.join(notes)})" if notes else line


def split_dims(dims: str | Iterable[str]) -> tuple[str, ...]:
    """Return the tokens of a word of letters; tokens that are already apart are checked.

    Raises: CourseError if a token is none of N, T, D, M, K, 2M, 3M, 4M, M1, M2, H, S, and not 1 or 2.

    >>> split_dims("NTD"), split_dims("D4M"), split_dims(["D", "4M"])
    (('N', 'T', 'D'), ('D', '4M'), ('D', '4M'))
    """
    word = dims if isinstance(dims, str) else "".join(dims)
    tokens = tuple(_TOKEN.findall(word))
    if "".join(tokens) != word:
        raise CourseError(_unknown_dims(dims))
    return tokens


def counted(letter: str, number: int) -> str:
    """Return a number with what the letter counts, in the singular for one.

    >>> counted("T", 4), counted("N", 1)
    ('4 time steps', '1 sample')
    """
    meaning = MEANINGS[letter]
    return f"{number} {meaning.removesuffix('s') if number == 1 else meaning}"


def tuple_text(items: Iterable[object]) -> str:
    """Return items the way Python writes a tuple, without quotes.

    >>> tuple_text("TK"), tuple_text([5]), tuple_text([])
    ('(T, K)', '(5,)', '()')
    """
    texts = [str(item) for item in items]
    return f"({texts[0]},)" if len(texts) == 1 else f"({', '.join(texts)})"


def _whole_number(letter: str, value: object) -> int:
    problem = None
    try:
        number = operator.index(value)  # takes NumPy's integers, refuses 3.0 and "3"
    except TypeError:
        problem = f"{letter} = {value!r}"
    else:
        if isinstance(value, bool) or number < 1:
            problem = f"{letter} = {value!r}"
    if problem:
        raise CourseError(
            f"Got {problem}, expected a whole number of at least 1 (the {MEANINGS[letter]}). "
            f"Try: Sizes(N=4, T=7, D=3, M=5, K=2)."
        )
    return number


def _unknown_dims(dims: object) -> str:
    known = "letters out of N, T, D, M, K (or 2M, 3M, 4M, M1, M2, H, S, 1, 2)"
    return f"Got the axes {dims!r}, expected {known}. Try: 'NTD'."
