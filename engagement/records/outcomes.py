"""Reading what became of earlier promises: only what a chance is learned from, on a handful of days, as thin histories.

Everything that happened is in the logs; on a few Fridays only the last word before each of them matters. So this costs
a few seeks of an index an engagement, however long its logs are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Select, func, or_, select, text

from engagement.assessment.values import (
    Baseline,
    CheckIn,
    Delivery,
    History,
    Milestone,
    Pause,
    ProgressReport,
    Terms,
)
from engagement.records import schema
from engagement.records.database import table_of

BEFORE: Final = timedelta(days=29)
AFTER: Final = timedelta(days=30)
"""So long before and after a Friday a promise was made for that is a case on it."""

FEW: Final = 100
"""Of so many milestones all forecasts are read at once: quicker than a statement a Friday."""

_ENGAGEMENT: Final = table_of(schema.Engagement)
_TERMS: Final = table_of(schema.Terms)
_PAUSE: Final = table_of(schema.Pause)
_MILESTONE: Final = table_of(schema.Milestone)
_BASELINE: Final = table_of(schema.Baseline)
_DELIVERY: Final = table_of(schema.Delivery)
_REPORT: Final = table_of(schema.ProgressReport)
_CHECK_IN: Final = table_of(schema.CheckIn)

Rows = dict[int, list[Any]]


def number_recorded(connection: Connection) -> int:
    """How many engagements are recorded."""
    return connection.scalar(select(func.count()).select_from(_ENGAGEMENT)) or 0


def running(connection: Connection, after: date) -> list[str]:
    """Keys of the engagements that were not closed by a day."""
    closed_on = _ENGAGEMENT.c.closed_on
    return list(connection.scalars(select(_ENGAGEMENT.c.key).where(or_(closed_on.is_(None), closed_on > after))))


def outcomes(
    connection: Connection, keys: Collection[str], fridays: Sequence[date], known_by: date
) -> dict[str, History]:
    """Of some engagements what was promised, moved, delivered and heard of by a day, by key and in the order of keys.

    The histories are thin: of terms only the start, the contract and the status; of a milestone its dates and its first
    delivery; of forecasts and check-ins those that were the last on one of the Fridays, and of forecasts perhaps more.
    """
    query = select(_ENGAGEMENT.c.id, _ENGAGEMENT.c.key, _ENGAGEMENT.c.closed_on).where(_ENGAGEMENT.c.key.in_(keys))
    found = sorted(connection.execute(query.order_by(_ENGAGEMENT.c.key)), key=lambda row: row.key)
    if not found or not fridays:
        return {}
    ids = [row.id for row in found]
    terms = _terms(connection, ids, known_by)
    pauses = _pauses(connection, ids)
    milestones = _milestones(connection, ids, fridays, known_by)
    heard = _heard(connection, ids, fridays)
    return {
        row.key: History(
            key=row.key,
            terms=tuple(terms[row.id]),
            pauses=tuple(pauses[row.id]),
            closed_on=row.closed_on,
            milestones=tuple(milestones[row.id]),
            check_ins=tuple(heard[row.id]),
        )
        for row in found
        if terms[row.id]
    }


def _terms(connection: Connection, ids: Sequence[int], known_by: date) -> Rows:
    columns = _TERMS.c
    query = (
        select(columns.engagement_id, columns.from_on, columns.starts_on, columns.contract, columns.status)
        .where(columns.engagement_id.in_(ids), or_(columns.from_on.is_(None), columns.from_on <= known_by))
        .order_by(columns.engagement_id, columns.from_on.nulls_first())
    )
    rows: Rows = defaultdict(list)
    for number, from_on, starts_on, contract, status in connection.execute(query):
        rows[number].append(Terms(from_on, "", "", starts_on, "", contract=contract, status=status))
    return rows


def _pauses(connection: Connection, ids: Sequence[int]) -> Rows:
    columns = _PAUSE.c
    query = select(columns.engagement_id, columns.from_on, columns.until_on).where(columns.engagement_id.in_(ids))
    rows: Rows = defaultdict(list)
    for number, from_on, until_on in connection.execute(query.order_by(columns.from_on, columns.id)):
        rows[number].append(Pause(from_on, until_on))
    return rows


def _milestones(connection: Connection, ids: Sequence[int], fridays: Sequence[date], known_by: date) -> Rows:
    columns = _MILESTONE.c
    first = (
        select(func.min(_DELIVERY.c.delivered_on))
        .where(_DELIVERY.c.milestone_id == columns.id, text(f"delivery.{schema.CURRENT}"))
        .scalar_subquery()
    )
    query = (
        select(
            columns.engagement_id,
            columns.id,
            columns.key,
            columns.starts_on,
            columns.due_on,
            columns.cancelled_on,
            first,
        )
        .where(columns.engagement_id.in_(ids))
        .order_by(columns.id)
    )
    found = connection.execute(query).all()
    baselines = _baselines(connection, ids, known_by)
    words = _words(connection, [(row.id, row.due_on) for row in found], fridays)
    rows: Rows = defaultdict(list)
    for engagement, number, key, starts_on, due_on, cancelled_on, delivered_on in found:
        milestone = Milestone(
            key=key,
            name="",
            starts_on=starts_on,
            due_on=due_on,
            cancelled_on=cancelled_on,
            baselines=tuple(baselines[number]),
            reports=tuple(words[number]),
            deliveries=(Delivery(delivered_on),) if delivered_on is not None and delivered_on <= known_by else (),
        )
        rows[engagement].append(milestone)
    return rows


def _baselines(connection: Connection, ids: Sequence[int], known_by: date) -> Rows:
    columns = _BASELINE.c
    query = (
        select(columns.milestone_id, columns.set_on, columns.due_on)
        .join(_MILESTONE, _MILESTONE.c.id == columns.milestone_id)
        .where(_MILESTONE.c.engagement_id.in_(ids), columns.set_on <= known_by)
        .order_by(columns.set_on, columns.place)
    )
    rows: Rows = defaultdict(list)
    for number, set_on, due_on in connection.execute(query):
        rows[number].append(Baseline(set_on, due_on))
    return rows


def _words(connection: Connection, milestones: Iterable[tuple[int, date | None]], fridays: Sequence[date]) -> Rows:
    """The last forecast before each Friday of the milestones that can be a case on it."""
    asked: dict[date, list[int]] = defaultdict(list)
    for number, due_on in milestones:
        for friday in fridays:
            if due_on is None or friday - BEFORE <= due_on <= friday + AFTER:
                asked[friday].append(number)
    every = {number for numbers in asked.values() for number in numbers}
    rows: Rows = defaultdict(list)
    if len(every) <= FEW:
        for number, reported_on, forecast_on in connection.execute(_all_words(every, fridays[-1])):
            rows[number].append(ProgressReport(reported_on, None, forecast_on))
        return rows
    said: dict[int, set[tuple[date, date]]] = defaultdict(set)
    for friday, numbers in asked.items():
        for number, reported_on, forecast_on in connection.execute(_last_words(numbers, friday)).all():
            said[number].add((reported_on, forecast_on))
    for number, words in said.items():
        rows[number] = [ProgressReport(reported_on, None, forecast_on) for reported_on, forecast_on in sorted(words)]
    return rows


def _all_words(numbers: Collection[int], until: date) -> Select[Any]:
    columns = _REPORT.c
    return (
        select(columns.milestone_id, columns.reported_on, columns.forecast_on)
        .where(columns.milestone_id.in_(numbers), columns.forecast_on.is_not(None), columns.reported_on <= until)
        .order_by(columns.reported_on, columns.place)
    )


def _last_words(numbers: Sequence[int], friday: date) -> Select[Any]:
    other = _REPORT.alias()
    last = (
        select(other.c.id)
        .where(other.c.milestone_id == _MILESTONE.c.id, other.c.forecast_on.is_not(None), other.c.reported_on <= friday)
        .order_by(other.c.reported_on.desc(), other.c.place.desc())
        .limit(1)
        .correlate(_MILESTONE)
        .scalar_subquery()
    )
    return (
        select(_REPORT.c.milestone_id, _REPORT.c.reported_on, _REPORT.c.forecast_on)
        .select_from(_MILESTONE)
        .join(_REPORT, _REPORT.c.id == last)
        .where(_MILESTONE.c.id.in_(numbers))
    )


def _heard(connection: Connection, ids: Sequence[int], fridays: Iterable[date]) -> Rows:
    """The last check-in of either side before each Friday."""
    last = [
        select(func.max(_CHECK_IN.c.held_on))
        .where(
            _CHECK_IN.c.engagement_id == _ENGAGEMENT.c.id,
            text(f"check_in.{schema.CURRENT}"),
            _CHECK_IN.c.held_on <= friday,
        )
        .scalar_subquery()
        for friday in fridays
    ]
    rows: Rows = defaultdict(list)
    for number, *days in connection.execute(select(_ENGAGEMENT.c.id, *last).where(_ENGAGEMENT.c.id.in_(ids))):
        rows[number] = [CheckIn(day, "report", "vendor") for day in sorted({day for day in days if day is not None})]
    return rows
