"""What the milestone trend says in words: how far a promise moved, how often, over which days."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from engagement.assessment import wording

if TYPE_CHECKING:
    from engagement.assessment.finish import Expected
    from engagement.assessment.slippage import MilestoneTrend

MOST_DAYS: Final = 4
"""Days that a line of text names before it leaves out the middle ones."""


class Days(NamedTuple):
    """The day the chart is about, and the day on which the work ended where that was earlier."""

    as_of: date
    until: date


def moved_days(each: "MilestoneTrend", days: Days) -> int:
    """Days from the first date that was given to the delivery, or to the last date, which is never before today."""
    return (ends_on(each, days) - each.words[0][1]).days


def moves(each: "MilestoneTrend") -> int:
    """How often the date that was given changed."""
    dates = [forecast_on for _, forecast_on, _ in each.words]
    return sum(before != after for before, after in pairwise(dates))


def has_moved(each: "MilestoneTrend", days: Days) -> bool:
    """Whether it was given another date, or ends after the one it was given."""
    return moves(each) > 0 or moved_days(each, days) > 0


def path(dates: Sequence[date], as_of: date) -> str:
    """Dates one after the other, each as short as the next one allows: "1 → 10 → 18 Dec", "28 Nov → 3 Dec"."""
    parts = []
    for on, following in zip(dates, [*dates[1:], None], strict=True):
        same_month = following is not None and (on.year, on.month) == (following.year, following.month)
        same_year = following is not None and on.year == following.year
        parts.append(str(on.day) if same_month else wording.day(on, on if same_year else as_of))
    return " → ".join(parts)


def ends_on(each: "MilestoneTrend", days: Days) -> date:
    """The day it was delivered, or the last one named, which is never before today."""
    return each.delivered_on or max(each.words[-1][1], days.until)


def finding(moved: Sequence["MilestoneTrend"], days: Days) -> str | None:
    """How many moved, and which one most; None where none did."""
    if not moved:
        return None
    most = moved[0]
    how = f"{wording.signed_days(moved_days(most, days))}, {_times(moves(most))}"
    if len(moved) == 1:
        return f"{most.name} moved to {wording.day(ends_on(most, days), days.as_of)} ({how})"
    return f"{wording.in_words(len(moved)).capitalize()} milestones moved, {most.name} most ({how})"


def _times(number: int) -> str:
    return {0: "without a new date", 1: "moved once", 2: "moved twice"}.get(
        number, f"moved {wording.in_words(number)} times"
    )


def line(each: "MilestoneTrend", as_of: date) -> str:
    """A milestone in a line."""
    return f"{each.name}: {facts(each, as_of)}"


def facts(each: "MilestoneTrend", as_of: date) -> str:
    """The dates it had, how often it moved, what became of it."""
    dates = [forecast_on for _, forecast_on, _ in each.words]
    dates = [on for at, on in enumerate(dates) if at == 0 or on != dates[at - 1]]
    if len(dates) > MOST_DAYS:
        way = f"{path(dates[:1], as_of)} … {path(dates[-(MOST_DAYS - 2) :], as_of)}"
    else:
        way = path(dates, as_of)
    done = f", delivered {wording.day(each.delivered_on, as_of)}" if each.delivered_on else ""
    number = moves(each)
    return f"{way}{', ' + _times(number) if number else ', no new date'}{done}"


def expected(each: "MilestoneTrend", likely: "Mapping[str, Expected]", as_of: date) -> str:
    """When it is expected, after what was said of it; nothing where that is not known."""
    found = likely.get(each.milestone)
    return f"; expected {found.words(as_of)}" if found else ""
