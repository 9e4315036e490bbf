"""How much alike two texts are."""

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Indel

ROUNDING: Final = 1e-6
"""More than a rounded share may be off."""


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


def alike(texts: Sequence[str], least: float) -> list[tuple[int, int]]:
    """Places of all pairs of texts whose likeness is at least so much, the earlier first. Blank texts are like none.

    Each text is compared at once with all that are no shorter and short enough: what is longer by more than the texts
    may differ cannot be alike. That comparison is rounded; whatever comes near is measured exactly.
    """
    share = Fraction(str(least))
    by_length = sorted((len(text), place, text) for place, text in enumerate(map(folded, texts)) if text)
    lengths = [length for length, _, _ in by_length]
    ordered = [text for _, _, text in by_length]
    pairs = []
    for index, (length, place, text) in enumerate(by_length):
        longest = floor(length * (2 - share) / share)
        others = ordered[index + 1 : bisect_right(lengths, longest)]
        near = process.extract(
            text, others, scorer=Indel.normalized_similarity, score_cutoff=float(share) - ROUNDING, limit=None
        )
        for other, _, step in near:
            if likeness(text, other) >= share:
                other_place = by_length[index + 1 + step][1]
                pairs.append((min(place, other_place), max(place, other_place)))
    return sorted(pairs)
