"""Which student each recognised file belongs to: by LMS id, then e-mail, login, name; none merged or lost."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rnnshapes.grading.ingest.assemble import shown
from rnnshapes.grading.ingest.lms import OTHERS_IDS
from rnnshapes.grading.ingest.names import safe_login
from rnnshapes.grading.ingest.roster import Roster, is_named

Groups = Mapping[str, str]
WHO = ("login", "name", "email", "id")


@dataclass(frozen=True)
class Owner:
    """Whose a file is: a login with a remark on how it was found, or "" and why there is none."""

    login: str
    remark: str = ""
    problem: str = ""


def given(groups: Groups) -> tuple[str, ...]:
    """What a file's name says of its student: login, name, e-mail, LMS id."""
    return tuple(groups.get(key, "") for key in WHO)


def owners(found: Iterable[Groups], roster: Roster | None) -> dict[tuple[str, ...], Owner]:
    """Return whose files are, by what their names say (`given`)."""
    people = {given(groups): groups for groups in found}
    return _named_after_themselves(people) if roster is None else _of_roster(people, roster)


# ---- with a roster


def _of_roster(people: Mapping[tuple[str, ...], Groups], roster: Roster) -> dict[tuple[str, ...], Owner]:
    ids_help = _ids_help(people, roster)
    return {who: _owner(groups, roster, ids_help=ids_help) for who, groups in people.items()}


def _ids_help(people: Mapping[tuple[str, ...], Groups], roster: Roster) -> bool:
    """False if the files' numbers are of another kind than the roster's: more of them contradict the names than agree.

    A participant's number in Moodle is another one in each assignment, and a team's may be anybody's.
    """
    known, agree, clash = 0, 0, 0
    for groups in people.values():
        student = roster.by_id(groups.get("id", ""))
        if student:
            named = roster.named(**_words(groups))
            known, agree, clash = known + 1, agree + (named == student), clash + (named not in (None, student))
    return known > 0 and clash <= agree


def _owner(groups: Groups, roster: Roster, *, ids_help: bool) -> Owner:
    label = ", ".join(f"{key} {shown(groups[key])}" for key in WHO if groups.get(key))
    id, name = groups.get("id", ""), groups.get("name", "") or groups.get("login", "")
    student = roster.by_id(id) if ids_help else None
    named = roster.named(**_words(groups), without_id=bool(ids_help and id and not student))
    if student is None:
        if named:
            return Owner(named.login)
        return Owner("", problem=f"({label}): no student of the roster fits, or more than one: complete the roster, or "
                     "rename it LOGIN.ipynb.")  # fmt: skip
    if named and named != student:
        problem = f"({label}): the number is that of {student.shown} in the roster, and the name that of {named.shown}"
        return Owner("", problem=f"{problem}: look whose it is, and rename it LOGIN.ipynb.")
    if named or is_named(student, name):
        return Owner(student.login)
    if groups.get("kind") in OTHERS_IDS:
        problem = f"({label}): the number is that of {student.shown} in the roster, but the name is another, perhaps a"
        return Owner("", problem=f"{problem} team's: look whose it is, and rename it LOGIN.ipynb.")
    said = f"The file's name says “{shown(name)}”; by its number, {shown(id)}, it is taken for {student.shown}'s"
    return Owner(student.login, f"{said}. If a team handed it in, the others of the team have none yet.")


def _words(groups: Groups) -> dict[str, str]:
    return {key: groups.get(key, "") for key in ("login", "name", "email")}


# ---- without one


def _named_after_themselves(people: Mapping[tuple[str, ...], Groups]) -> dict[tuple[str, ...], Owner]:
    """Make logins of the names; where two people would get the same, each gets more of what tells them apart."""
    alike: defaultdict[str, dict[str, list[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(list))
    for who, groups in people.items():
        label = ", ".join(f"{key} {shown(groups[key])}" for key in WHO if groups.get(key))
        login = next((made for key in WHO if (made := safe_login(groups.get(key, "")))), "")
        alike[login][_apart(groups) if login else f"({label}): this makes no login: rename it."].append(who)
    result = {}
    for login, namesakes in alike.items():
        for apart, all_given in namesakes.items():
            owner = Owner(login) if login else Owner("", problem=apart)
            if login and len(namesakes) > 1:
                how, name = _told_apart(people[all_given[0]], login, apart)
                owner = Owner(name, f"{login} is more than one student's name, so this login is {name}, with {how}.")
            result |= dict.fromkeys(all_given, owner)
    return result


def _apart(groups: Groups) -> str:
    """What keeps a person apart from namesakes: the LMS id or e-mail address, else how the name is written."""
    spelled = next((groups[key] for key in ("login", "name") if groups.get(key)), "")
    plain = re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFC", spelled).casefold()).strip()
    return safe_login(groups.get("id", "") or groups.get("email", "")) or plain


def _told_apart(groups: Groups, login: str, apart: str) -> tuple[str, str]:
    if groups.get("id") or groups.get("email"):
        return "the LMS id", f"{login}_{apart}"
    written = safe_login(apart, accents=True)
    if apart.replace(" ", "_") == login:
        return "no accents", login
    if written != login:
        return "its accents", f"{login}_{written}"
    return "a number made of how it is written", f"{login}_{hashlib.sha256(apart.encode()).hexdigest()[:6]}"
