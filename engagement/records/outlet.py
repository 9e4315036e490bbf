"""Everything recorded, in the shape and order of the interchange format."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from engagement.records import schema, schema_later
from engagement.records.database import table_of
from engagement.records.merge_engagements import written
from engagement.records.numbers import Money, money
from engagement.records.sheets import LOGS, MILESTONES, PEOPLE, SERIES, TERMS, VENDORS, Sheet, decode

Table = list[dict[str, Any]]
_TERMS: Final = table_of(schema.Terms)
_ENGAGEMENT: Final = table_of(schema.Engagement)
_MILESTONE: Final = table_of(schema.Milestone)
_METRIC: Final = table_of(schema_later.Metric)
_PAUSE: Final = table_of(schema.Pause)


def tables(connection: Connection) -> dict[str, Table]:
    """Every file of the interchange format with all its rows, typed as `intake.merge` takes them.

    Engagements and milestones stand in the order in which they were recorded, rows of a day in the order in which they
    count. Only what holds now is given: corrections, not what they replaced.
    """
    names = _Names(connection)
    engagements, changes = _engagements(connection, names)
    found: dict[str, Table] = {
        "people": _rows(connection, PEOPLE, names),
        "vendors": _rows(connection, VENDORS, names),
        "engagements": engagements,
        "pauses": _earlier_pauses(names),
        "series": _rows(connection, SERIES, names),
        "milestones": _rows(connection, MILESTONES, names),
    }
    found |= {sheet.file: _rows(connection, sheet, names) for sheet in LOGS}
    for action in found["actions"]:
        if action["promised_on"] == action["due_on"]:
            action["promised_on"] = None
    return found | {"changes": changes}


class _Names:
    """Keys of engagements, milestones and metrics, by id, and the pauses of each engagement."""

    def __init__(self, connection: Connection) -> None:
        self.engagement: dict[int | None, str | None] = {None: None}
        self.engagement |= dict(_pairs(connection, _ENGAGEMENT.c.id, _ENGAGEMENT.c.key))
        self.vendor = dict(_pairs(connection, VENDORS.table.c.id, VENDORS.table.c.name))
        self.milestone = {number: (self.engagement[of], key) for number, of, key in _children(connection, _MILESTONE)}
        self.metric = {number: (self.engagement[of], key) for number, of, key in _children(connection, _METRIC)}
        self.pauses: dict[int, list[tuple[date, date]]] = {}
        columns = (_PAUSE.c.engagement_id, _PAUSE.c.from_on, _PAUSE.c.until_on)
        for engagement, start, end in connection.execute(select(*columns).order_by(*columns)):
            self.pauses.setdefault(engagement, []).append((start, end))


def _pairs(connection: Connection, number: Any, name: Any) -> Iterator[tuple[int, str]]:
    for row in connection.execute(select(number, name)):
        yield row[0], row[1]


def _children(connection: Connection, table: Any) -> Iterator[tuple[int, int, str]]:
    for row in connection.execute(select(table.c.id, table.c.engagement_id, table.c.key)):
        yield row[0], row[1], row[2]


def _rows(connection: Connection, sheet: Sheet, names: _Names) -> Table:
    """The rows of one file."""
    table, amounts = sheet.table, money()
    parent = {"none": None, "portfolio": "engagement_id"}.get(sheet.parent, f"{sheet.parent}_id")
    columns = [table.c[field.column] for field in sheet.fields]
    order: list[Any] = [table.c[parent].asc().nulls_first()] if parent else []
    if sheet.day:
        order += [table.c[sheet.day], table.c.place]
    query = select(table.c[parent] if parent else table.c.id, *columns).order_by(*order, table.c.id)
    if sheet.appended:
        query = query.where(table.c.replaced_at.is_(None))
    return [
        _parent(sheet, of, names)
        | {field.name: _value(field, value, names, amounts) for field, value in zip(sheet.fields, values, strict=True)}
        for of, *values in connection.execute(query)
    ]


def _parent(sheet: Sheet, of: int, names: _Names) -> dict[str, Any]:
    """The columns that say whose row it is."""
    if sheet.parent == "none":
        return {}
    if sheet.parent == "milestone":
        return dict(zip(("engagement", "milestone"), names.milestone[of], strict=True))
    if sheet.parent == "metric":
        return dict(zip(("engagement", "metric"), names.metric[of], strict=True))
    return {"engagement": names.engagement[of]}


def _value(field: Any, value: Any, names: _Names, amounts: Money) -> Any:
    if field.kind == "milestone":
        return None if value is None else names.milestone[value][1]
    if field.kind == "other":
        return names.engagement[value]
    return decode(field, value, amounts)


def _engagements(connection: Connection, names: _Names) -> tuple[Table, Table]:
    """The latest terms of each engagement, and how they came about."""
    columns = [_TERMS.c[field.column] for field in TERMS]
    query = (
        select(
            _ENGAGEMENT.c.id, _ENGAGEMENT.c.key, _ENGAGEMENT.c.closed_on, _TERMS.c.from_on, _TERMS.c.vendor_id, *columns
        )
        .join(_TERMS, _TERMS.c.engagement_id == _ENGAGEMENT.c.id)
        .order_by(_ENGAGEMENT.c.id, _TERMS.c.from_on.asc().nulls_first())
    )
    amounts = money()
    rows: dict[int, dict[str, Any]] = {}
    history: dict[int, list[tuple[date | None, dict[str, str | None]]]] = {}
    for number, key, closed_on, from_on, vendor, *values in connection.execute(query):
        terms = dict(zip([field.name for field in TERMS], values, strict=True))
        paused = names.pauses.get(number, [(None, None)])[-1]
        row = {field.name: decode(field, terms[field.name], amounts) for field in TERMS}
        row = {"engagement": key, "name": row.pop("name"), "vendor": names.vendor[vendor], **row}
        rows[number] = row | {"paused_from": paused[0], "paused_until": paused[1], "closed_on": closed_on}
        texts = {field.name: written(field, terms[field.name]) for field in TERMS}
        history.setdefault(number, []).append((from_on, texts | {"vendor": names.vendor[vendor]}))
    changes = [
        {"engagement": rows[number]["engagement"], **change}
        for number, terms_ever in history.items()
        if len(terms_ever) > 1
        for change in _changes(terms_ever)
    ]
    return list(rows.values()), changes


def _changes(terms: list[tuple[date | None, dict[str, str | None]]]) -> Iterator[Mapping[str, Any]]:
    """What each column held from when on, for columns that changed."""
    for column in terms[0][1]:
        if len({values[column] for _, values in terms}) == 1:
            continue
        last: Any = ()
        for day, values in terms:
            if values[column] != last:
                last = values[column]
                yield {"column": column, "set_on": day, "value": last}


def _earlier_pauses(names: _Names) -> Table:
    return [
        {"engagement": names.engagement[number], "paused_from": start, "paused_until": end}
        for number, pauses in names.pauses.items()
        for start, end in pauses[:-1]
    ]
