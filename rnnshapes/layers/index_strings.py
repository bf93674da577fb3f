"""Index strings: one line such as "y[n,k] = h[n,T-1,m]·Wo[m,k] + bo[k]", taken apart into small dataclasses.

Small letters are indices: n, t, d, m, k run over N, T, D, M, K; m1 and m2 over M1 and M2. m' is a second index
over M, t-1 the step before, t+1 the step after, T-1 the last step. An index that both factors of a product have is
summed away.
"""

import re
from dataclasses import dataclass

from rnnshapes.errors import CourseError


def dim_of(index: str) -> str:
    """Return the letter of the axis that an index runs over.

    A number stands for one time step.

    >>> [dim_of(index) for index in ("m", "m'", "t-1", "m2'", "T-1", "0")]
    ['M', 'M', 'T', 'M2', 'T', 'T']
    """
    return "T" if index.isdigit() else re.match(r"[a-zA-Z]\d?", index)[0].upper()


@dataclass(frozen=True)
class Slice:
    """One array with its index letters, as in X[n,t,d]."""

    name: str
    index: tuple[str, ...]
    function: str = ""

    @property
    def dims(self) -> tuple[str, ...]:
        """The letter of each axis: t, t-1, t+1 and T-1 all run over T."""
        return tuple(dim_of(letter) for letter in self.index)

    @property
    def is_weight(self) -> bool:
        """Weights are what all samples and all steps share: they carry neither n nor t."""
        return not {"N", "T"} & set(self.dims)

    def __str__(self) -> str:
        text = f"{self.name}[{','.join(self.index)}]"
        return (
            f"({self.function}{text})"
            if self.function == "1-"
            else f"{self.function}({text})"
            if self.function
            else text
        )


@dataclass(frozen=True)
class Product:
    """Two slices multiplied, and the index that is summed away; "" if they are multiplied number by number."""

    left: Slice
    right: Slice
    shared: str

    @property
    def index(self) -> tuple[str, ...]:
        """What is left of both indices once the shared one is gone."""
        if not self.shared:
            return self.left.index
        return tuple(letter for letter in self.left.index + self.right.index if letter != self.shared)

    @property
    def dims(self) -> tuple[str, ...]:
        return Slice("", self.index).dims

    @property
    def shared_dim(self) -> str:
        return dim_of(self.shared)


@dataclass(frozen=True)
class Flow:
    """One line of the table: result = function(sum of terms)."""

    result: Slice
    function: str
    terms: tuple[Product | Slice, ...]

    @property
    def products(self) -> tuple[Product, ...]:
        return tuple(term for term in self.terms if isinstance(term, Product))

    @property
    def biases(self) -> tuple[Slice, ...]:
        return tuple(term for term in self.terms if isinstance(term, Slice))

    @property
    def weights(self) -> tuple[Slice, ...]:
        """The layer's weights in Keras' order: kernels first, then the bias."""
        return tuple(product.right for product in self.products) + self.biases


def parse(line: str) -> Flow:
    """Return one line of the table, taken apart.

    Gates are multiplied number by number, with *, and a factor may have a function of its own:
    o[n,t,m]*tanh(c[n,t,m]), (1-z[n,t,m])*g[n,t,m].

    Raises: CourseError if the two factors of a product do not share exactly one index.

    >>> flow = parse("y[n,k] = h[n,T-1,m]·Wo[m,k] + bo[k]")
    >>> str(flow.result), flow.products[0].shared, flow.products[0].dims
    ('y[n,k]', 'm', ('N', 'T', 'K'))
    """
    left, right = (side.strip() for side in line.split("=", 1))
    wrapped = re.fullmatch(r"(\w+)\((.*)\)", right)
    function, body = wrapped.groups() if wrapped else ("", right)
    return Flow(_slice(left), function, tuple(_term(part) for part in body.split(" + ")))


def _slice(text: str) -> Slice:
    wrapped = re.fullmatch(r"(\w*)\((1-)?(.*)\)", text.strip())
    function, minus, text = wrapped.groups() if wrapped else ("", None, text)
    name, index = re.fullmatch(r"(\w+)\[([^\]]*)\]", text.strip()).groups()
    return Slice(name, tuple(index.split(",")), minus or function)


def _term(text: str) -> Product | Slice:
    if "*" in text:
        return Product(*map(_slice, text.split("*")), shared="")
    if "·" not in text:
        return _slice(text)
    left, right = (_slice(part) for part in text.split("·"))
    shared = [letter for letter in left.index if letter in right.index]
    if len(shared) != 1:
        raise CourseError(
            f"Got {text.strip()!r} with {len(shared)} shared indices, expected exactly one. "
            f"Try: X[n,t,d]·Wx[d,m], where d is summed away."
        )
    return Product(left, right, shared[0])


@dataclass(frozen=True)
class Choice:
    """One line of the table with a mask: the result is `then` where the mask is True, and `otherwise` where not."""

    condition: Slice
    then: Flow
    otherwise: Slice

    @property
    def sentence(self) -> str:
        """What happens where the mask is False, for alt text."""
        return f"Where {self.condition} is False, {_short(self.then.result)} is {_short(self.otherwise)}"


def parse_choice(line: str) -> Choice:
    """Return a line of the form "result = mask ? function( … ) : otherwise", taken apart.

    >>> choice = parse_choice("h[n,t,m] = mask[n,t] ? tanh( X[n,t,d]·Wx[d,m] + bh[m] ) : h[n,t-1,m]")
    >>> str(choice.condition), choice.then.function, str(choice.otherwise)
    ('mask[n,t]', 'tanh', 'h[n,t-1,m]')
    """
    result, right = (side.strip() for side in line.split("=", 1))
    condition, then, otherwise = re.fullmatch(r"(.*?) \? (.*) : (.*)", right).groups()
    return Choice(_slice(condition), parse(f"{result} = {then}"), _slice(otherwise))


def _short(piece: Slice) -> str:
    """Return a slice without its last index: h[n,t] for h[n,t,m]."""
    return str(Slice(piece.name, piece.index[:-1]))
