"""What is measured, to know whether the work is good or worth it."""

from datetime import date
from typing import Any, Final, TypedDict, Unpack

from sqlalchemy import Connection, Row, select, update

from engagement.assessment.values import Direction, Metric, MetricKind, Reading
from engagement.records import schema, schema_later
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import Form, text_or_none, writing

_METRIC: Final = table_of(schema_later.Metric)
_READING: Final = table_of(schema_later.Reading)
_ENGAGEMENT: Final = table_of(schema.Engagement)


class Measure(TypedDict, total=False):
    """How a metric is measured. What is left out is not known."""

    unit: str | None
    direction: Direction | None
    """The way that is better."""
    baseline: float | None
    target: float | None
    interval_days: int | None


def add_metric(
    database: Database,
    author: Author,
    engagement: str,
    metric: str,
    kind: MetricKind,
    **said: Unpack[Measure],
) -> None:
    """Adds something to be measured, under a key.

    Raises `Refused` for a key that is taken, unknown words, what is no number, and an interval below a day.
    """
    with writing(database, author) as form:
        number, key = form.engagement(engagement), form.said("metric", metric)
        if _found(form, number, key) is not None:
            form.refuse("metric", f'There is a metric "{key}" already.', "Choose another key.")
        row = _checked(form, kind, said)
        form.add(_METRIC, engagement_id=number, key=key, **row)
        form.transaction.touch(number)
        form.note("add metric", engagement, subject=key, after=row)


def change_metric(
    database: Database,
    author: Author,
    engagement: str,
    metric: str,
    kind: MetricKind,
    **said: Unpack[Measure],
) -> None:
    """Replaces all that is recorded about a metric but its readings. Raises `Refused` like `add_metric`."""
    with writing(database, author) as form:
        number = form.engagement(engagement)
        earlier = _metric(form, number, metric)
        row = _checked(form, kind, said)
        form.check()
        before = {name: value for name, value in earlier.items() if name in row}
        if before == row:
            return
        form.connection.execute(update(_METRIC).where(_METRIC.c.id == earlier["id"]).values(row))
        form.transaction.touch(number)
        form.note("change metric", engagement, subject=metric, before=before, after=row)


def record_reading(
    database: Database, author: Author, engagement: str, metric: str, *, read_on: date, value: float
) -> None:
    """Records what was measured on a day. Of several readings of a day the later recorded counts.

    Saying the same again records nothing more. Raises `Refused` for an unknown metric and a day still to come.
    """
    with writing(database, author) as form:
        number = form.engagement(engagement)
        own = _metric(form, number, metric).get("id")
        form.past("read_on", read_on)
        form.finite("value", value)
        form.check()
        latest = (
            select(_READING.c.value)
            .where(_READING.c.metric_id == own, _READING.c.read_on == read_on)
            .order_by(_READING.c.place.desc())
            .limit(1)
        )
        if form.connection.scalar(latest) == value:
            return
        row = {"read_on": read_on, "value": value}
        form.add(_READING, metric_id=own, **row)
        form.transaction.touch(number)
        form.note("record reading", engagement, subject=metric, after=row)


def metrics(connection: Connection, engagement: str, as_of: date) -> tuple[Metric, ...]:
    """The metrics of an engagement in the order they were recorded, each with its readings up to a day."""
    of_it = (
        select(_METRIC)
        .join(_ENGAGEMENT, _ENGAGEMENT.c.id == _METRIC.c.engagement_id)
        .where(_ENGAGEMENT.c.key == engagement)
        .order_by(_METRIC.c.id)
    )
    found = connection.execute(of_it).all()
    taken = (
        select(_READING.c.metric_id, _READING.c.read_on, _READING.c.value)
        .where(_READING.c.metric_id.in_([metric.id for metric in found]), _READING.c.read_on <= as_of)
        .order_by(_READING.c.read_on, _READING.c.place)
    )
    readings: dict[int, list[Reading]] = {metric.id: [] for metric in found}
    for metric, *reading in connection.execute(taken):
        readings[metric].append(Reading(*reading))
    return tuple(_value(metric, readings[metric.id]) for metric in found)


def _value(metric: Row[Any], readings: list[Reading]) -> Metric:
    return Metric._make([*[getattr(metric, name) for name in Metric._fields[:-1]], tuple(readings)])


def _found(form: Form, engagement: int, key: str) -> Any:
    """The metric of that key, None where there is none."""
    query = select(_METRIC).where(_METRIC.c.engagement_id == engagement, _METRIC.c.key == key)
    return form.connection.execute(query).mappings().one_or_none()


def _metric(form: Form, engagement: int, key: str) -> dict[str, Any]:
    """The metric of that key; a problem, and nothing, where there is none."""
    found = _found(form, engagement, key)
    if found is None and engagement:
        form.refuse("metric", f'There is no metric "{key}".', "Choose one that is recorded.")
    return dict(found or {})


def _checked(form: Form, kind: MetricKind, said: Measure) -> dict[str, Any]:
    """All that is recorded about a metric but its key; problems for what its columns cannot hold."""
    row: dict[str, Any] = {"kind": kind, **dict.fromkeys(Measure.__annotations__), **said}
    row["unit"] = text_or_none(row["unit"])
    form.word("kind", kind, of="metric_kind")
    form.word("direction", row["direction"], required=False)
    form.finite("baseline", row["baseline"])
    form.finite("target", row["target"])
    form.at_least(1, "interval_days", row["interval_days"])
    return row
