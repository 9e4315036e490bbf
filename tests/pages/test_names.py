"""Which recorded person a typed name may stand for."""

import pytest

from engagement.pages._names import alike, asked, same, unclear
from engagement.pages._whom import meant

KNOWN = ("Ana Brandt", "Bo Lindqvist", "Boris Falk", "Priya Nair", "Zoë Müller-Ångström")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Bo Lind", ("Bo Lindqvist",)),
        ("Bo", ("Bo Lindqvist", "Boris Falk")),
        ("bo", ("Bo Lindqvist", "Boris Falk")),
        ("Lindqvist", ("Bo Lindqvist",)),
        ("Lindqvist Bo", ("Bo Lindqvist",)),
        ("B. Lindqvist", ("Bo Lindqvist",)),
        ("Bo Lindkvist", ("Bo Lindqvist",)),
        ("Zoe Muller-Angstrom", ("Zoë Müller-Ångström",)),
        ("Anna Brandt", ("Ana Brandt",)),
        ("Ana Müller", ()),
        ("Bo Karlsson", ()),
        ("Brandt Falk", ()),
    ],
)
def test_a_name_may_stand_for_those_that_it_begins_or_nearly_is(typed: str, found: tuple[str, ...]) -> None:
    assert alike(typed, KNOWN) == found


def test_of_many_who_share_a_beginning_four_are_offered() -> None:
    assert alike("an", ["Ana", "Anders", "Andrea", "Anja", "Anton"]) == ("Ana", "Anders", "Andrea", "Anja")


def test_a_name_is_the_same_whatever_its_capitals_but_not_without_its_accents() -> None:
    assert same("bo LINDQVIST", KNOWN) == "Bo Lindqvist"
    assert same("Zoe Müller-Ångström", KNOWN) is None


@pytest.mark.parametrize(
    ("typed", "kept", "found"),
    [
        ("Bo", None, ("Bo Lindqvist", "Boris Falk")),
        ("Bo", "Bo ", ()),
        ("Bor", "Bo", ("Boris Falk",)),
        (" bo  lindqvist ", None, ()),
        ("Karl", None, ()),
        ("", None, ()),
        (None, None, ()),
    ],
)
def test_whom_a_name_stands_for_is_open_until_it_is_said(
    typed: str | None, kept: str | None, found: tuple[str, ...]
) -> None:
    assert unclear(typed, KNOWN, kept) == found


def test_those_that_a_name_may_stand_for_are_named() -> None:
    assert asked("Bo L", ["Bo Lindqvist"]) == '"Bo L" is not recorded; Bo Lindqvist is. Choose whom you mean.'
    both = '"Bo" is not recorded; Bo Lindqvist and Boris Falk are. Choose whom you mean.'
    assert asked("Bo", ["Bo Lindqvist", "Boris Falk"]) == both


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        ("ana  BRANDT", "ana@example.org"),
        ("Ana@example.org", "ana@example.org"),
        (" Karl Vale ", "Karl Vale"),
        ("  ", None),
        (None, None),
    ],
)
def test_what_is_recorded_of_a_name_is_who_it_stands_for(typed: str | None, recorded: str | None) -> None:
    assert meant(typed, {"Ana Brandt": "ana@example.org"}) == recorded
