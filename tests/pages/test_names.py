"""Which recorded person a typed name may stand for."""

import pytest

from engagement.pages._names import alike, same

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
