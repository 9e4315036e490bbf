"""How much alike two texts are: exact, and the same both ways."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.assessment.likeness import alike, likeness

WORDS = st.text("ab ", max_size=6)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("All is well.", "all  is\nWELL. ", Fraction(1)),
        ("abcd", "abed", Fraction(6, 8)),  # c out, e in: 2 of 8
        ("abc", "", Fraction(0)),
        ("abc", "xyz", Fraction(0)),
        ("a" * 10, "a" * 9 + "b", Fraction(9, 10)),
        ("", " ", Fraction(1)),
    ],
)
def test_likeness_is_the_share_of_characters_in_common(one: str, other: str, expected: Fraction) -> None:
    assert likeness(one, other) == likeness(other, one) == expected


def test_pairs_that_are_alike_enough_are_named_by_their_places() -> None:
    texts = ["Shop search", "", "Payroll", "shop  Search!", "Shop search", " "]
    assert list(alike(texts, 0.9)) == [(0, 3), (0, 4), (3, 4)]  # 22 of 23 characters, and all
    assert list(alike(texts, 1)) == [(0, 4)]


@given(st.lists(WORDS, max_size=5), st.sampled_from([0.3, 0.5, 0.6, 0.75, 1]))
def test_pairs_are_those_that_are_compared_one_by_one(texts: list[str], least: float) -> None:
    places = [(one, other) for other in range(len(texts)) for one in range(other)]
    expected = {
        (one, other)
        for one, other in places
        if texts[one].strip() and texts[other].strip()
        if likeness(texts[one], texts[other]) >= Fraction(str(least))
    }
    assert set(alike(texts, least)) == expected
