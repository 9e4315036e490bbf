"""Thresholds that were changed, for everything or for one engagement: by whom, and why."""

from datetime import date
from math import isfinite
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from engagement.assessment.limits import LIMITS, WHOLE_UNITS
from engagement.assessment.values import LimitChange
from engagement.records import schema, schema_later
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import Form, writing

_LIMIT: Final = table_of(schema_later.Limit)
_ENGAGEMENT: Final = table_of(schema.Engagement)


def change_limit(
    database: Database,
    author: Author,
    limit: str,
    value: float,
    *,
    reason: str,
    set_on: date,
    engagement: str | None = None,
) -> None:
    """Moves a threshold from a day on, for one engagement or (None) for all. Saying the same again changes nothing.

    Raises `Refused` for an unknown threshold, a value outside its bounds or with a fraction where it is counted, where
    nobody says why, and for a day that is still to come or before the last change of it, which would go on to hold.
    """
    with writing(database, author) as form:
        number = None if engagement is None else form.engagement(engagement)
        _check_value(form, limit, value)
        why = form.said("reason", reason)
        form.past("set_on", set_on)
        row = form.connection.execute(_newest_first(engagement).where(_LIMIT.c.name == limit).limit(1)).one_or_none()
        last = None if row is None else LimitChange(*row)
        if last is not None and set_on < last.set_on:
            what = f"It was changed on {last.set_on.isoformat()}, which would go on to hold."
            form.refuse("set_on", what, "Choose that day or a later one.")
        form.check()
        if last is not None and (last.value, last.reason) == (value, why):
            return
        change = {"value": float(value), "set_on": set_on, "by": author.name, "reason": why}
        form.add(_LIMIT, engagement_id=number, name=limit, **change)
        if number is None:
            form.transaction.touch_everything()
        else:
            form.transaction.touch(number)
        before = None if last is None else {"value": last.value, "set_on": last.set_on}
        form.note("change limit", engagement, subject=limit, before=before, after=change)


def thresholds(connection: Connection, engagement: str | None) -> tuple[LimitChange, ...]:
    """How thresholds of one engagement, or (None) those that hold for all, were changed: the latest first."""
    return tuple(LimitChange(*row) for row in connection.execute(_newest_first(engagement)))


def _newest_first(engagement: str | None) -> Select[Any]:
    columns = (_LIMIT.c.name, _LIMIT.c.value, _LIMIT.c.set_on, _LIMIT.c.by, _LIMIT.c.reason)
    query = select(*columns).order_by(_LIMIT.c.set_on.desc(), _LIMIT.c.place.desc())
    if engagement is None:
        return query.where(_LIMIT.c.engagement_id.is_(None))
    return query.join(_ENGAGEMENT, _ENGAGEMENT.c.id == _LIMIT.c.engagement_id).where(_ENGAGEMENT.c.key == engagement)


def _check_value(form: Form, name: str, value: float) -> None:
    limit = LIMITS.get(name)
    if limit is None:
        form.refuse("limit", f'There is no threshold "{name}".', "Choose one of those on the page Methods.")
    elif not (isfinite(value) and limit.low <= value <= limit.high):
        remedy = f"Choose {limit.bounds}."
        form.refuse("value", f"{limit.said(value)} is outside the bounds of {limit.called}.", remedy)
    elif limit.unit in WHOLE_UNITS and value != int(value):
        form.refuse("value", f'"{value:g}" has a fraction, and {limit.unit} are counted.', "Write a whole number.")
