"""Which person of those who are recorded somebody may be who types a name."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Final

from engagement.assessment.wording import listed
from engagement.errors import Problem

NEAR: Final = 0.85
"""How much of two names has to be the same, where neither is the beginning of the other."""
MOST: Final = 4
KEPT: Final = ":kept"
"""Behind the name of a field: the name that was typed into it and stands for none of those recorded."""


def same(typed: str, known: Iterable[str]) -> str | None:
    """The name as it is recorded, where it is the same but for capitals; None where there is none."""
    return next((name for name in known if name.casefold() == typed.casefold()), None)


def alike(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """The recorded names that what was typed may stand for: its words begin theirs, or it is nearly one of them.

    Those that begin with it first, at most four.
    """
    far = {name: _distance(typed, name) for name in known}
    found = sorted((distance, name) for name, distance in far.items() if distance is not None)
    return tuple(name for _, name in found)[:MOST]


def unclear(typed: str | None, known: Iterable[str], kept: str | None = None) -> tuple[str, ...]:
    """Whom a name that was typed may stand for, where that is open; ``kept``: one that is said to be another one."""
    name, names = " ".join((typed or "").split()), tuple(known)
    is_clear = not name or name == " ".join((kept or "").split()) or same(name, names) is not None
    return () if is_clear else alike(name, names)


def open_in(held: Mapping[str, Any], field: str, known: Iterable[str]) -> tuple[str, ...]:
    """Whom the name in a field may stand for, while nobody has said that it is another one. ``held``: all fields."""
    return unclear(held.get(field), known, held.get(f"{field}{KEPT}"))


def open_problem(column: str, typed: str, alike: Sequence[str]) -> list[Problem]:
    """That it is open whom a name stands for, while it is."""
    if not alike:
        return []
    name = " ".join(typed.split())
    return [Problem(f'Whom you mean by "{name}" is open.', f'Choose one, or keep "{name}".', column=column)]


def asked(name: str, alike: Sequence[str]) -> str:
    """That a name is not recorded and which are that it may stand for: '"Bo" is not recorded; Bo Lindqvist is.'"""
    are = "is" if len(alike) == 1 else "are"
    return f'"{name}" is not recorded; {listed(alike, most=MOST)} {are}. Choose whom you mean.'


def _distance(typed: str, name: str) -> int | None:
    """0 where the name begins with what was typed, 1 where words do, 2 where it is nearly the name; else None."""
    one, other = _plain(typed), _plain(name)
    if other.startswith(one):
        return 0
    if _begin(one.split(), other.split()):
        return 1
    return 2 if SequenceMatcher(None, one, other).ratio() >= NEAR else None


def _begin(short: Sequence[str], words: Sequence[str]) -> bool:
    """Whether every short word begins a word of its own, in any order."""
    left = list(words)
    for each in short:
        begun = next((word for word in left if word.startswith(each)), None)
        if begun is None:
            return False
        left.remove(begun)
    return True


def _plain(name: str) -> str:
    """A name without accents, capitals and points."""
    apart = unicodedata.normalize("NFKD", name.casefold().replace(".", " "))
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).split())
