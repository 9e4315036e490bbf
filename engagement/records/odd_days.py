"""Days of a merge that are odd and are taken nevertheless: in the wrong order, still to come, or out of all reach."""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from engagement.records.merge import Merge
from engagement.records.merge_engagements import Engagements
from engagement.records.sheets import Row

_IN_ORDER: Final = (
    ("engagements", "starts_on", "ends_on", "the first day of the work"),
    ("engagements", "starts_on", "closed_on", "the first day of the work"),
    ("milestones", "starts_on", "due_on", "the day on which work on it begins"),
    ("series", "from_on", "until_on", "the first day on which one may be due"),
    ("baselines", "set_on", "due_on", "the day on which the new date was agreed"),
    ("deliveries", "delivered_on", "decided_on", "the day on which it was handed over"),
    ("actions", "raised_on", "closed_on", "the day on which it came up"),
    ("accesses", "given_on", "revoked_on", "the day on which it was given"),
)
"""File, the column of a day, that of one which comes later, and what the earlier one is in words."""
_HAPPENED: Final = (
    ("check_ins", "held_on"),
    ("progress_reports", "reported_on"),
    ("deliveries", "delivered_on"),
    ("baselines", "set_on"),
    ("spend", "spent_on"),
    ("readings", "read_on"),
)
"""Files of what has happened, and the column of its day."""
_DATED: Final = (
    ("engagements", ("starts_on", "ends_on", "closed_on")),
    ("milestones", ("starts_on", "due_on", "cancelled_on")),
    ("baselines", ("set_on", "due_on")),
    ("progress_reports", ("reported_on", "forecast_on")),
    ("deliveries", ("delivered_on", "decided_on")),
    ("check_ins", ("held_on", "next_on")),
    ("actions", ("raised_on", "due_on", "closed_on")),
    ("spend", ("spent_on",)),
)
"""Files of an engagement's course, and the columns of its days."""
YEARS_BEFORE: Final = 10
"""No part of a piece of work is dated longer before its first day. Talks before the start are noted anyway."""
YEARS_AHEAD: Final = 20
"""Nothing is promised for a day that lies further ahead, unless a year was mistyped."""


class Gathered(NamedTuple):
    """Rows that are odd in the same way: the first of them, and how many they are."""

    first: Row
    rows: int


def look_at_days(merge: Merge, engagements: Engagements) -> None:
    """Notes days that contradict each other, are still to come, or lie out of all reach."""
    _contradictions(merge)
    _cancelled_before(merge, engagements)
    _to_come(merge)
    _out_of_reach(merge, engagements)


def times(count: int, word: str) -> str:
    """A number of things in words."""
    return f"1 {word}" if count == 1 else f"{count} {word}s"


def _contradictions(merge: Merge) -> None:
    """Pairs of days of which the later comes first, and engagements that are closed and not said to be."""
    for file, column, later, what_it_is in _IN_ORDER:
        for row in merge.rows(file):
            first, day = row.get(column), row.get(later)
            if first and day and day < first:
                what = f"{day.isoformat()} lies before {what_it_is}, {first.isoformat()}."
                merge.remark(file, row, later, what, "Check both dates.")
    for row in merge.rows("engagements"):
        closed_on = row.get("closed_on")
        if closed_on and row.get("status") != "closed":
            what = f"Its status is {row.get('status') or 'active'}, and it was closed on {closed_on.isoformat()}."
            merge.remark("engagements", row, "closed_on", what, "Set its status to closed, or take the day out.")


def _cancelled_before(merge: Merge, engagements: Engagements) -> None:
    """Milestones that were given up before the work began: they never count. Before their own start is no wonder."""
    for row in merge.rows("milestones"):
        start, cancelled_on = _first_day(merge, engagements, row), row.get("cancelled_on")
        if start and cancelled_on and cancelled_on < start:
            what = (
                f"It was given up on {cancelled_on.isoformat()}, before the first day of the work, "
                f"{start.isoformat()}, and never counts."
            )
            merge.remark("milestones", row, "cancelled_on", what, "Check both dates.")


def _to_come(merge: Merge) -> None:
    """What is said to have happened on a day that is still to come: often a year that was mistyped."""
    for file, column in _HAPPENED:
        later = [row for row in merge.rows(file) if (day := row.get(column)) and day > merge.today]
        if later:
            first = min(later, key=lambda row: row[column])
            what = f"{times(len(later), 'row')} dated later than today, the first {first[column].isoformat()}."
            merge.remark(file, first, column, what, "Check the day: it does not count before it has come.")


def _out_of_reach(merge: Merge, engagements: Engagements) -> None:
    """Days long before the work began, or so far ahead that nobody promises anything for them: one note a column."""
    latest = _years_from(merge.today, YEARS_AHEAD)
    begun = {key: start for key in merge.engagements if (start := _first_day(merge, engagements, {"engagement": key}))}
    earliest = {key: _years_from(start, -YEARS_BEFORE) for key, start in begun.items()}
    for file, columns in _DATED:
        for column in columns:
            named = [(row, day) for row in merge.rows(file) if (day := row.get(column))]
            early = [row for row, day in named if day < earliest.get(row.get("engagement") or "", date.min)]
            if found := _gathered(early):
                start = begun[found.first["engagement"]]
                where = f"more than {YEARS_BEFORE} years before the first day of the work, {start.isoformat()}"
                _remark(merge, file, column, found, where)
            if found := _gathered(row for row, day in named if day > latest):
                _remark(merge, file, column, found, f"more than {YEARS_AHEAD} years ahead")


def _remark(merge: Merge, file: str, column: str, found: Gathered, where: str) -> None:
    more = f", and {times(found.rows - 1, 'more row')} like it" if found.rows > 1 else ""
    what = f"{found.first[column].isoformat()} lies {where}{more}."
    merge.remark(file, found.first, column, what, "Check the year.")


def _gathered(rows: Iterable[Row]) -> Gathered | None:
    listed = list(rows)
    return Gathered(listed[0], len(listed)) if listed else None


def _first_day(merge: Merge, engagements: Engagements, row: Row) -> date | None:
    """The first day of the work that a row belongs to; None where it is not known."""
    terms = engagements.latest.get(merge.engagements.get(row.get("engagement") or "", -1))
    start: date | None = terms["starts_on"] if terms else None
    return start


def _years_from(day: date, years: int) -> date:
    """The same day so many years later, or earlier; of 29 February the day before it."""
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)
