"""How alike two texts are."""

from fractions import Fraction
from functools import cache


def folded(text: str) -> str:
    """The text without regard to capitals and to how it is spaced."""
    return " ".join(text.casefold().split())


@cache
def alike(one: str, other: str) -> Fraction:
    """What the longest letters in common make of both texts, 0 to 1; two empty texts are the same."""
    first, second = folded(one), folded(other)
    if not first and not second:
        return Fraction(1)
    return Fraction(2 * in_common(first, second), len(first) + len(second))


def in_common(first: str, second: str) -> int:
    """How many letters the two have in common in the same order: the longest common subsequence."""
    above = [0] * (len(second) + 1)
    for letter in first:
        row = [0]
        for place, other in enumerate(second):
            row.append(above[place] + 1 if letter == other else max(row[-1], above[place + 1]))
        above = row
    return above[-1]
