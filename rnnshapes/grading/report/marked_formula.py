"""A student's formula beside the right one, as one line in which the changed places are marked."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from markupsafe import Markup

_TOKEN = re.compile(r"\w+(?:\[[^\[\]]*\])?|\s+|.", re.DOTALL)


def marked_formula(computes: str, right: str) -> Markup:
    """Return what a student's code computes, with <ins> around what is there instead and <del> around what is not.

    >>> marked_formula("h[m] = tanh( x[d] )", "h[m] = tanh( x[d] + b[m] )")
    Markup('h[m] = tanh( x[d] <del>+ b[m] </del>)')
    """
    ours, theirs = _TOKEN.findall(computes), _TOKEN.findall(right)
    line = Markup("")
    for what, start, stop, first, last in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        old, new = "".join(theirs[start:stop]), "".join(ours[first:last])
        if what == "equal":
            line += new
            continue
        line += Markup("<del>{}</del>").format(old) if old.strip() else ""
        line += Markup("<ins>{}</ins>").format(new) if new.strip() else new
    return line
