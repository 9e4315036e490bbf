"""How much alike two texts are."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import floor

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


def alike(texts: Sequence[str], least: float) -> Iterator[tuple[int, int]]:
    """Places of all pairs of texts whose likeness is at least so much, the earlier first. Blank texts are like none."""
    apart = 1 - Fraction(str(least))
    compared = [(place, text) for place, text in enumerate(map(folded, texts)) if text]
    for index, (place, text) in enumerate(compared):
        for other_place, other in compared[index + 1 :]:
            allowed = floor(apart * (len(text) + len(other)))
            if abs(len(text) - len(other)) > allowed:
                continue
            if Indel.distance(text, other, score_cutoff=allowed) <= allowed:
                yield place, other_place
