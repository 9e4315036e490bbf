"""The occurrences of a retainer's series: what comes again and again, up to 90 days ahead."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from engagement.assessment.values import Every, Milestone, Series, Terms

DAYS_AHEAD: Final = timedelta(days=90)
MONTHS_A_QUARTER: Final = 3
ONE_DAY: Final = timedelta(days=1)


def occurrences(series: Series, terms: Terms, until: date) -> list[date]:
    """Due dates of a series up to and with ``until``, oldest first.

    They begin with the series, else with the engagement, and end before the series does, else with the engagement's
    last day. The day is counted from the first of its period (Monday 1) and held to the last.
    """
    first = series.from_on or terms.starts_on
    last = terms.ends_on if series.until_on is None else series.until_on - ONE_DAY
    last = until if last is None else min(last, until)
    dates = []
    for start, length in _periods(series.every, first, last):
        due = start + timedelta(days=min(series.due_day, length) - 1)
        if first <= due <= last:
            dates.append(due)
    return dates


def with_occurrences(
    recorded: Sequence[Milestone], series: Sequence[Series], terms: Terms, until: date
) -> tuple[Milestone, ...]:
    """A retainer's milestones: those recorded, in their order, then the occurrences nobody has recorded, by due date.

    A recorded occurrence bears the key ``series:YYYY-MM-DD``; what its row leaves open it takes from its series.
    """
    by_key = {one.key: one for one in series}
    known = [_completed(milestone, by_key) for milestone in recorded]
    keys = {milestone.key for milestone in known}
    derived = [
        Milestone(key=key, name=one.name, series=one.key, value=one.value, due_on=due)
        for one in series
        for due in occurrences(one, terms, until)
        if (key := f"{one.key}:{due.isoformat()}") not in keys
    ]
    derived.sort(key=_first_due)
    return (*known, *derived)


def visible_on(milestones: Sequence[Milestone], recorded: int, day: date) -> Sequence[Milestone]:
    """Of milestones made by `with_occurrences` those to be seen on a day: the first ``recorded``, and 90 days ahead."""
    return milestones[: bisect_right(milestones, day + DAYS_AHEAD, lo=recorded, key=_first_due)]


def _first_due(milestone: Milestone) -> date:
    return milestone.due_on or date.min


def _completed(milestone: Milestone, series: dict[str, Series]) -> Milestone:
    key, _, due = milestone.key.rpartition(":")
    one = series.get(milestone.series or key)
    if one is None:
        return milestone
    value = one.value if milestone.value is None else milestone.value
    due_on = _date_of(due) if milestone.due_on is None else milestone.due_on
    return milestone._replace(series=one.key, value=value, due_on=due_on)


def _date_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _periods(every: Every, first: date, last: date) -> Iterator[tuple[date, int]]:
    """First day and length in days of each calendar week, month or quarter that touches the days first to last."""
    if every == "week":
        start = first - timedelta(days=first.weekday())
        while start <= last:
            yield start, 7
            start += timedelta(days=7)
        return
    months = 1 if every == "month" else MONTHS_A_QUARTER
    start = date(first.year, (first.month - 1) // months * months + 1, 1)
    while start <= last:
        following = _months_later(start, months)
        yield start, (following - start).days
        start = following


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
