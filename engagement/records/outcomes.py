"""Reading what became of earlier promises: only what chances and forecasts are learned from, as thin histories.

Of check-ins only the last before each of some Fridays matters, so that they cost a few seeks of an index an engagement,
however many there are. Of progress reports those are read that name a date.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, func, or_, select, text

from engagement.assessment.values import (
    Baseline,
    CheckIn,
    Delivery,
    History,
    Milestone,
    Pause,
    ProgressReport,
    Series,
    Terms,
)
from engagement.records import schema
from engagement.records.database import table_of

_ENGAGEMENT: Final = table_of(schema.Engagement)
_TERMS: Final = table_of(schema.Terms)
_VENDOR: Final = table_of(schema.Vendor)
_PAUSE: Final = table_of(schema.Pause)
_SERIES: Final = table_of(schema.Series)
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

    The histories are thin: of terms the vendor, the kind of work, dates, contract and status; of a milestone its
    weight, dates, forecasts and deliveries; of check-ins the days of those that were the last on one of the Fridays. A
    value is in the smallest unit, because only shares of it matter.
    """
    query = select(_ENGAGEMENT.c.id, _ENGAGEMENT.c.key, _ENGAGEMENT.c.closed_on).where(_ENGAGEMENT.c.key.in_(keys))
    found = sorted(connection.execute(query.order_by(_ENGAGEMENT.c.key)), key=lambda row: row.key)
    if not found or not fridays:
        return {}
    ids = [row.id for row in found]
    terms = _terms(connection, ids, known_by)
    pauses, series = _pauses(connection, ids), _series(connection, ids)
    milestones = _milestones(connection, ids, fridays[-1], known_by)
    heard = _heard(connection, ids, fridays)
    return {
        row.key: History(
            key=row.key,
            terms=tuple(terms[row.id]),
            pauses=tuple(pauses[row.id]),
            closed_on=row.closed_on,
            series=tuple(series[row.id]),
            milestones=tuple(milestones[row.id]),
            check_ins=tuple(heard[row.id]),
        )
        for row in found
        if terms[row.id]
    }


def _terms(connection: Connection, ids: Sequence[int], known_by: date) -> Rows:
    columns = _TERMS.c
    query = (
        select(
            columns.engagement_id,
            columns.from_on,
            _VENDOR.c.name,
            columns.starts_on,
            columns.category,
            columns.contract,
            columns.status,
            columns.ends_on,
        )
        .join(_VENDOR, _VENDOR.c.id == columns.vendor_id)
        .where(columns.engagement_id.in_(ids), or_(columns.from_on.is_(None), columns.from_on <= known_by))
        .order_by(columns.engagement_id, columns.from_on.nulls_first())
    )
    rows: Rows = defaultdict(list)
    for number, from_on, vendor, starts_on, category, contract, status, ends_on in connection.execute(query):
        terms = Terms(from_on, "", vendor, starts_on, "", category, contract=contract, status=status, ends_on=ends_on)
        rows[number].append(terms)
    return rows


def _pauses(connection: Connection, ids: Sequence[int]) -> Rows:
    columns = _PAUSE.c
    query = select(columns.engagement_id, columns.from_on, columns.until_on).where(columns.engagement_id.in_(ids))
    rows: Rows = defaultdict(list)
    for number, from_on, until_on in connection.execute(query.order_by(columns.from_on, columns.id)):
        rows[number].append(Pause(from_on, until_on))
    return rows


def _series(connection: Connection, ids: Sequence[int]) -> Rows:
    columns = _SERIES.c
    query = select(_SERIES).where(columns.engagement_id.in_(ids)).order_by(columns.id)
    rows: Rows = defaultdict(list)
    for row in connection.execute(query):
        one = Series(row.key, "", row.every, row.due_day, from_on=row.from_on, until_on=row.until_on)
        rows[row.engagement_id].append(one)
    return rows


def _milestones(connection: Connection, ids: Sequence[int], until: date, known_by: date) -> Rows:
    columns = _MILESTONE.c
    query = select(_MILESTONE).where(columns.engagement_id.in_(ids)).order_by(columns.id)
    baselines = _baselines(connection, ids, known_by)
    words = _words(connection, ids, until)
    deliveries = _deliveries(connection, ids, known_by)
    rows: Rows = defaultdict(list)
    for row in connection.execute(query):
        milestone = Milestone(
            key=row.key,
            name="",
            series=row.series,
            weight=row.weight,
            value=None if row.value is None else Decimal(row.value),
            starts_on=row.starts_on,
            due_on=row.due_on,
            cancelled_on=row.cancelled_on,
            baselines=tuple(baselines[row.id]),
            reports=tuple(words[row.id]),
            deliveries=tuple(deliveries[row.id]),
        )
        rows[row.engagement_id].append(milestone)
    return rows


def _deliveries(connection: Connection, ids: Sequence[int], known_by: date) -> Rows:
    columns = _DELIVERY.c
    query = (
        select(columns.milestone_id, columns.delivered_on, columns.decided_on, columns.outcome)
        .join(_MILESTONE, _MILESTONE.c.id == columns.milestone_id)
        .where(
            _MILESTONE.c.engagement_id.in_(ids),
            text(f"delivery.{schema.CURRENT}"),
            columns.delivered_on <= known_by,
        )
        .order_by(columns.delivered_on, columns.id)
    )
    rows: Rows = defaultdict(list)
    for number, *row in connection.execute(query):
        rows[number].append(Delivery(*row))
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


def _words(connection: Connection, ids: Sequence[int], until: date) -> Rows:
    columns = _REPORT.c
    query = (
        select(columns.milestone_id, columns.reported_on, columns.forecast_on)
        .join(_MILESTONE, _MILESTONE.c.id == columns.milestone_id)
        .where(_MILESTONE.c.engagement_id.in_(ids), columns.forecast_on.is_not(None), columns.reported_on <= until)
        .order_by(columns.reported_on, columns.place)
    )
    rows: Rows = defaultdict(list)
    for number, reported_on, forecast_on in connection.execute(query):
        rows[number].append(ProgressReport(reported_on, None, forecast_on))
    return rows


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
