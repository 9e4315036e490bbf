"""What the rows of a merge must keep to that needs the records or another room's bounds."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final

from sqlalchemy import func, select

from engagement.assessment.limits import LIMITS, WHOLE_UNITS
from engagement.records import schema
from engagement.records.database import table_of
from engagement.records.merge import Merge, no_occurrence, occurrence_of
from engagement.records.series import LONGEST
from engagement.records.sheets import Row

LONGEST_IN_HAND: Final = timedelta(days=30)
"""Nothing is in hand for longer without being said again."""


def check_limits(merge: Merge) -> None:
    """Problems for thresholds that do not exist, and values outside their bounds."""
    for row in merge.rows("limits"):
        name, value = row.get("limit"), row.get("value")
        limit = LIMITS.get(name or "")
        if name and limit is None:
            near = get_close_matches(name, LIMITS, 1)
            remedy = f'Perhaps "{near[0]}" is meant.' if near else "Write a name as on the page Methods."
            merge.refuse("limits", row, "limit", f'There is no threshold "{name}".', remedy)
        elif limit is not None and value is not None and not limit.low <= value <= limit.high:
            remedy = f"Write {limit.low:g} to {limit.high:g} {limit.unit}."
            merge.refuse("limits", row, "value", f'"{value:g}" is outside the bounds of {name}.', remedy)
        elif limit is not None and value is not None and limit.unit in WHOLE_UNITS and value != int(value):
            what = f'"{value:g}" has a fraction, and {limit.unit} are counted.'
            merge.refuse("limits", row, "value", what, "Write a whole number.")


def check_responses(merge: Merge) -> None:
    """Problems for warnings that are in hand for no day or for more than 30."""
    for row in merge.rows("responses"):
        said_on, until_on = row.get("said_on"), row.get("until_on")
        if said_on and until_on and not said_on <= until_on <= said_on + LONGEST_IN_HAND:
            what = f"{until_on.isoformat()} is not within 30 days of {said_on.isoformat()}."
            merge.refuse("responses", row, "until_on", what, "Write a day from then on, at most 30 days later.")


def check_plan_changes(merge: Merge) -> None:
    """Problems for changes of milestones that are in no plan."""
    for row in merge.rows("plan_changes"):
        engagement, key = merge.engagements.get(row.get("engagement") or ""), row.get("milestone") or ""
        if engagement and key and (engagement, key) not in merge.series:
            merge.milestone("plan_changes", row, engagement)


def check_series(merge: Merge) -> None:
    """Problems for days that no period of the series is long enough for."""
    for row in merge.rows("series"):
        longest, due_day = LONGEST.get(row.get("every") or ""), row.get("due_day")
        if longest is not None and due_day is not None and due_day > longest:
            what = f'"{due_day}" is later than any {row["every"]} ends.'
            merge.refuse("series", row, "due_day", what, f"Write 1 to {longest}.")


def check_milestones(merge: Merge, rows: Sequence[Row], concerned: frozenset[int] | None) -> list[Row]:
    """The rows of ``milestones``; problems where one would move a first promise, or is no occurrence of its series."""
    promises = _promises(merge, concerned) if merge.known else {}
    return [_checked(merge, row, promises) for row in rows]


def _checked(merge: Merge, row: Row, promises: Mapping[tuple[int, str], date]) -> Row:
    engagement, due_on = merge.engagements.get(row.get("engagement") or ""), row.get("due_on")
    key = row.get("milestone") or ""
    if engagement is None:
        return row
    if series := row.get("series"):
        occurrence = _occurrence(merge, row, engagement, series, key)
        if occurrence is None:
            return row
        due = merge.due(row.get("engagement") or "", engagement, series, occurrence)
        if due != occurrence:
            merge.remark("milestones", row, "milestone", *no_occurrence(key, series, due))
        due_on = due_on or occurrence
        row = {**row, "due_on": due_on}
    promised = promises.get((engagement, key))
    if promised and due_on and due_on != promised:
        what = f"{due_on.isoformat()} is not the first promise, which was {promised.isoformat()} and does not change."
        remedy = "Write the first date here, and the new one as a row of baselines."
        merge.refuse("milestones", row, "due_on", what, remedy)
    return row


def _occurrence(merge: Merge, row: Row, engagement: int, series: str, key: str) -> date | None:
    """The due date in the key of an occurrence; None, and a problem, where series or key are not right."""
    if (engagement, series) not in merge.series:
        merge.refuse("milestones", row, "series", f'There is no series "{series}".', "Add it to series, or correct it.")
        return None
    occurrence = occurrence_of(key)
    if occurrence is None or occurrence[0] != series:
        remedy = f"Write the series and the day on which it is due: {series}:2026-11-10."
        merge.refuse("milestones", row, "milestone", f'"{key}" is no occurrence of "{series}".', remedy)
        return None
    return occurrence[1]


def _promises(merge: Merge, concerned: frozenset[int] | None) -> dict[tuple[int, str], date]:
    """First promised dates that are recorded: the due date, else that of the earliest re-baseline."""
    milestone, baseline = table_of(schema.Milestone), table_of(schema.Baseline)
    earliest = (
        select(baseline.c.due_on)
        .where(baseline.c.milestone_id == milestone.c.id)
        .order_by(baseline.c.set_on, baseline.c.place)
        .limit(1)
        .scalar_subquery()
    )
    first = func.coalesce(milestone.c.due_on, earliest, type_=milestone.c.due_on.type)
    query = select(milestone.c.engagement_id, milestone.c.key, first)
    if concerned is not None:
        query = query.where(milestone.c.engagement_id.in_(concerned))
    return {(engagement, key): day for engagement, key, day in merge.connection.execute(query) if day}
