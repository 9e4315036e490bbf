"""How much alike two texts are."""

from fractions import Fraction

from rapidfuzz.distance import Indel


def folded(text: str | None) -> str:
    """The text as it is compared: without capitals, and every gap one space. Nothing is left of a blank one."""
    return " ".join(text.split()).casefold() if text else ""


def likeness(one: str, other: str) -> Fraction:
    """The share of two texts' characters that they have in common and in the same order, 0 to 1; exact.

    Of both together, 1 less the characters to be taken out or put in to make the one of the other (the normalised
    Indel similarity, twice the longest common subsequence). Capitals and the width of gaps do not count. Two blank
    texts are the same text.
    """
    first, second = folded(one), folded(other)
    length = len(first) + len(second)
    return Fraction(length - Indel.distance(first, second), length) if length else Fraction(1)
