"""How well something told bad cases from good ones: figures of the backtest, each from plain lists."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby, pairwise
from math import exp, fsum, log, sqrt
from typing import Any, Final, NamedTuple

Z: Final = 1.96
"""95 % of a normal distribution lie within so many standard errors."""


class Bucket(NamedTuple):
    """Cases with about the same chance, and how they ended."""

    predicted: float
    """Their mean chance."""
    observed: float
    """The share of them that ended badly."""
    n: int


class Tally(NamedTuple):
    """Cases of one engagement."""

    cases: int
    bad: int
    fired: int
    followed: int


class Lift(NamedTuple):
    """How much oftener cases ended badly where a rule fired than they did at all, with its 95 % interval."""

    lift: float
    low: float | None
    high: float | None


def concordance(scored: Iterable[tuple[Any, bool]]) -> float | None:
    """Of a case that ended badly and one that did not, how often the bad one has the higher score; a tie is half.

    The area under the curve (Hanley and McNeil 1982), from scores of any kind that can be sorted. None without both
    kinds of cases.
    """
    good_below = bad = 0
    pairs = 0.0
    for _, tied in groupby(sorted(scored, key=_score), key=_score):
        ends = [is_bad for _, is_bad in tied]
        worse = sum(ends)
        pairs += worse * (good_below + (len(ends) - worse) / 2)
        good_below += len(ends) - worse
        bad += worse
    return pairs / (bad * good_below) if bad and good_below else None


def first_bad(weeks: Iterable[Sequence[tuple[Any, bool]]], first: int) -> float | None:
    """How many of the first so many of a week ended badly, the highest score first, as a mean over weeks.

    Of cases tied at the edge as many count as could be expected if they stood in any order. Weeks with no more cases
    than are looked at are left out, because there every order is the same; None where that leaves none.
    """
    found = [_bad_among(week, first) for week in weeks if len(week) > first]
    return fsum(found) / len(found) if found else None


def calibration(chances: Iterable[tuple[float, bool]], buckets: int) -> tuple[Bucket, ...]:
    """Cases in the order of their chance, lowest first, in so many buckets of the same size or one less."""
    ordered = sorted(chances)
    edges = [len(ordered) * number // buckets for number in range(buckets + 1)]
    parts = [ordered[start:end] for start, end in pairwise(edges) if end > start]
    return tuple(
        Bucket(fsum(one for one, _ in part) / len(part), sum(is_bad for _, is_bad in part) / len(part), len(part))
        for part in parts
    )


def tallies(judged: Iterable[tuple[Hashable, bool, bool]]) -> list[Tally]:
    """Cases by engagement, from its key, whether the rule fired and whether it ended badly."""
    counted: dict[Hashable, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for key, fired, is_bad in judged:
        count = counted[key]
        count[0] += 1
        count[1] += is_bad
        count[2] += fired
        count[3] += fired and is_bad
    return [Tally(*count) for count in counted.values()]


def lift(counted: Sequence[Tally]) -> Lift | None:
    """The share that ended badly where a rule fired, over the share of all; None where either is not known or 0.

    The interval takes an engagement, not a case, as what was drawn: its Fridays tell the same story over and over. The
    log of the lift is linearised (Binder 1983): an engagement moves it by followed/all followed - fired/all fired -
    bad/all bad + cases/all cases, and the sum of the squares of that is its variance. None where the rule fired on one
    engagement only, or nothing followed.
    """
    cases, bad, fired, followed = (sum(column) for column in zip(*counted, strict=True)) if counted else (0, 0, 0, 0)
    if not fired or not bad:
        return None
    found = (followed / fired) / (bad / cases)
    if not followed or sum(one.fired > 0 for one in counted) < 2:
        return Lift(found, None, None)
    moved = [one.followed / followed - one.fired / fired - one.bad / bad + one.cases / cases for one in counted]
    number = len(counted)
    spread = Z * sqrt(fsum(one * one for one in moved) * number / (number - 1))
    return Lift(found, exp(log(found) - spread), exp(log(found) + spread))


def _bad_among(week: Sequence[tuple[Any, bool]], first: int) -> float:
    left, found = first, 0.0
    for _, tied in groupby(sorted(week, key=_score, reverse=True), key=_score):
        ends = [is_bad for _, is_bad in tied]
        taken = min(len(ends), left)
        found += sum(ends) * taken / len(ends)
        left -= taken
        if not left:
            break
    return found


def _score(one: tuple[Any, bool]) -> Any:
    return one[0]
