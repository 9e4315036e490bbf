"""Merging engagements: their terms with the days from which they hold, their pauses, and the vendors they name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from engagement.records import schema
from engagement.records.database import table_of
from engagement.records.merge import Merge
from engagement.records.numbers import Unfit, money
from engagement.records.sheets import TERMS, Field, Row, decode, encode

Values = dict[str, Any]
_TERMS: Final = table_of(schema.Terms)
_ENGAGEMENT: Final = table_of(schema.Engagement)
_PAUSE: Final = table_of(schema.Pause)
_VENDOR: Final = table_of(schema.Vendor)
_COLUMNS: Final = (*(field.column for field in TERMS), "vendor_id")
_BY_NAME: Final[Mapping[str, Field]] = {field.name: field for field in TERMS}


class _Recorded(NamedTuple):
    """An engagement as it was recorded: all its terms by day (None first), and the day it was closed."""

    terms: dict[date | None, Values]
    closed_on: date | None


class Engagements:
    """The engagements file and what belongs to it, being merged."""

    def __init__(self, merge: Merge, concerned: frozenset[int] | None) -> None:
        self.merge = merge
        self.recorded = _read(merge, concerned)
        self.changes = self._changes()
        self.latest: dict[int, Values] = {number: _last(one.terms) for number, one in self.recorded.items()}
        """Latest terms of every engagement that was recorded or is being recorded, for what follows."""
        self.closed: dict[int, date | None] = {number: one.closed_on for number, one in self.recorded.items()}

    def take(self) -> None:
        """Merges the rows of ``engagements`` and ``changes``."""
        seen: set[str] = set()
        for row in self.merge.rows("engagements"):
            key = row.get("engagement")
            if not key:
                self.merge.refuse("engagements", row, "engagement", "It is empty.", "Give the engagement a key.")
            elif key in seen:
                self.merge.refuse("engagements", row, "engagement", f'"{key}" stands in an earlier row.', "Keep one.")
            else:
                seen.add(key)
                self._take(key, row)
            self.merge.advance(1)
        for key in self.changes.keys() - seen:
            number = self.merge.engagements.get(key)
            if number in self.recorded:
                self._rewrite(number, key, None, None)
        self.merge.advance(len(self.merge.rows("changes")))

    def _take(self, key: str, row: Row) -> None:
        values, closed_on, good = self._values(row)
        number = self.merge.engagements.get(key)
        if number is None:
            number = self.merge.number(_ENGAGEMENT)
            self.merge.engagements[key] = number
            if good:
                self._add(number, key, values, closed_on)
        elif good:
            self._rewrite(number, key, values, closed_on)
        if good:
            self.latest[number], self.closed[number] = values, closed_on

    def _values(self, row: Row) -> tuple[Values, date | None, bool]:
        """The terms in a row, the day it was closed, and whether all of it can be recorded."""
        merge, problems = self.merge, len(self.merge.problems)
        values: Values = {}
        for field in TERMS:
            try:
                values[field.column] = encode(field, row.get(field.name))
            except Unfit as error:
                values[field.column] = None
                merge.refuse("engagements", row, field.name, error.what, error.remedy)
        values["vendor_id"] = self._vendor(row, row.get("vendor"))
        status, closed_on = values["status"], row.get("closed_on")
        if status == "closed" and closed_on is None:
            what = "It is empty, and the engagement is closed."
            merge.refuse("engagements", row, "closed_on", what, "Write the day on which it was closed.")
        start, end = row.get("paused_from"), row.get("paused_until")
        if (status == "paused" or start or end) and not (start and end):
            what = "It is empty, and the engagement is paused."
            column = "paused_until" if start else "paused_from"
            merge.refuse("engagements", row, column, what, "Write both days of the pause.")
        elif start and end and end < start:
            merge.refuse("engagements", row, "paused_until", "The pause ends before it begins.", "Correct the days.")
        return values, closed_on, len(merge.problems) == problems

    def _vendor(self, row: Row, name: str | None, file: str = "engagements", column: str = "vendor") -> int | None:
        """The vendor that a cell names; None, and a problem, where there is none."""
        if not name:
            self.merge.refuse(file, row, column, "It is empty.", "Name who does the work.")
            return None
        found = self.merge.vendors.get(name)
        if found is None and self.merge.rows("vendors"):
            what = f'There is no vendor "{name}".'
            near = self.merge.nearest.hint("vendor", name, self.merge.vendors)
            self.merge.refuse(file, row, column, what, f"{near}Add it to vendors, or correct the name.")
        elif found is None:
            found = self.merge.vendors[name] = self.merge.number(_VENDOR)
            self.merge.add(_VENDOR, [{"id": found, "name": name}])
            self.merge.counted("vendors", "new")
        return found

    def _add(self, number: int, key: str, values: Values, closed_on: date | None) -> None:
        merge = self.merge
        merge.counted("engagements", "new")
        merge.add(_ENGAGEMENT, [{"id": number, "key": key, "closed_on": closed_on, "revision": 0}])
        merge.touch(number)
        terms = self._with_changes(key, {None: values}, new=True)
        if _last(terms) != values:
            terms[max([merge.today, *(day for day in terms if day)])] = values
        self._insert(number, _collapsed(terms))

    def _rewrite(self, number: int, key: str, values: Values | None, closed_on: date | None) -> None:
        """Brings the terms of a known engagement up to what its row (None: no row) and its changes say."""
        merge, recorded = self.merge, self.recorded[number]
        terms = self._with_changes(key, recorded.terms, new=False)
        last = _last(terms)
        if values is not None and values != last:
            latest = max((day for day in terms if day), default=merge.today)
            terms[max(merge.today, latest)] = values
        before, after = self._difference(last, values or last)
        if values is not None and closed_on != recorded.closed_on:
            before["closed_on"], after["closed_on"] = recorded.closed_on, closed_on
            if merge.writing:
                close = update(_ENGAGEMENT).where(_ENGAGEMENT.c.id == number).values(closed_on=closed_on)
                merge.connection.execute(close)
        terms = _collapsed(terms)
        changed = terms != recorded.terms
        if changed and merge.writing:
            merge.connection.execute(delete(_TERMS).where(_TERMS.c.engagement_id == number))
            self._insert(number, terms)
        if values is not None:
            merge.counted("engagements", "changed" if after else "same")
            if not after:
                merge.unchanged.add(number)
        if changed or after:
            merge.touch(number)
            merge.audit(number, "engagements", before, after)

    def _insert(self, number: int, terms: Mapping[date | None, Values]) -> None:
        """Writes terms. Rows of one engagement are few; all of them are written together."""
        first = self.merge.number(_TERMS, len(terms))
        rows = [
            {"id": first + index, "engagement_id": number, "from_on": day, **values}
            for index, (day, values) in enumerate(terms.items())
        ]
        self.merge.add(_TERMS, rows)

    def _difference(self, old: Values, new: Values) -> tuple[Values, Values]:
        amounts = money()
        before: Values = {}
        after: Values = {}
        for field in TERMS:
            was, now = old[field.column], new[field.column]
            if was != now:
                before[field.name], after[field.name] = decode(field, was, amounts), decode(field, now, amounts)
        if old["vendor_id"] != new["vendor_id"]:
            names = {number: name for name, number in self.merge.vendors.items()}
            before["vendor"], after["vendor"] = names.get(old["vendor_id"]), names.get(new["vendor_id"])
        return before, after

    def _changes(self) -> Mapping[str, Sequence[tuple[str, date | None, Any]]]:
        """What ``changes`` says, by engagement: column, day from which (None: from the beginning), value."""
        merge = self.merge
        found: defaultdict[str, list[tuple[str, date | None, Any]]] = defaultdict(list)
        named = {row.get("engagement") for row in merge.rows("engagements")} | merge.engagements.keys()
        for row in merge.rows("changes"):
            key, column = row.get("engagement") or "", row.get("column") or ""
            if key not in named:
                what = f'There is no engagement "{key}".'
                near = merge.nearest.hint("engagement", key, merge.engagements)
                merge.refuse("changes", row, "engagement", what, f"{near}Add it to engagements, or correct the key.")
            if column == "vendor" and row.get("value"):
                vendor = self._vendor(row, row["value"], "changes", "value")
                found[key].append(("vendor_id", row.get("set_on"), vendor))
            elif column not in _BY_NAME:
                what = f'"{column}" is not a column whose history is kept.'
                merge.refuse("changes", row, "column", what, f"Write one of: vendor, {', '.join(_BY_NAME)}.")
            else:
                try:
                    value = encode(_BY_NAME[column], parsed(_BY_NAME[column], row.get("value")))
                except (Unfit, ValueError, ArithmeticError):
                    what = f'"{row.get("value")}" is not a value of {column}.'
                    merge.refuse("changes", row, "value", what, "Write it as the column of engagements holds it.")
                else:
                    found[key].append((column, row.get("set_on"), value))
        return found

    def _with_changes(self, key: str, terms: dict[date | None, Values], *, new: bool) -> dict[date | None, Values]:
        """Terms with what ``changes`` adds to them. Of a new engagement they say what held before its row did."""
        lines = self.changes.get(key, ())
        counts = self.merge.counts["changes"]
        by_column: defaultdict[str, dict[date | None, Any]] = defaultdict(dict)
        for column, values in _columns(terms).items():
            by_column[column] = {} if new and any(line[0] == column for line in lines) else values
        for column, day, value in lines:
            held = by_column[column]
            if new or day not in held:
                how = "new"
                if not new and _holding(held, day) == value:
                    how = "same"
            else:
                how = "same" if held[day] == value else "changed"
            counts[how] += 1
            held[day] = value
        for column, held in by_column.items():
            if None not in held:
                earliest = held[min(day for day in held if day)]
                held[None] = earliest if column == "vendor_id" or _BY_NAME[column].required else None
        return _joined(by_column)


def parsed(field: Field, value: Any) -> Any:
    """Text of ``changes`` as the value of its column. Raises ValueError or ArithmeticError where it is none."""
    if value is None or value == "" or not isinstance(value, str):
        return value
    if field.kind == "date":
        return date.fromisoformat(value)
    return int(value) if field.kind == "whole" else value


def written(field: Field, value: Any) -> str | None:
    """A value of a column as text of ``changes``."""
    shown = decode(field, value, money())
    return None if shown is None else f"{shown:f}" if field.kind == "money" else str(shown)


def _columns(terms: Mapping[date | None, Values]) -> dict[str, dict[date | None, Any]]:
    """Terms as the days and values of each column, oldest first, without days on which it stayed."""
    columns: dict[str, dict[date | None, Any]] = {column: {} for column in _COLUMNS}
    for day in _sorted(terms):
        for column in _COLUMNS:
            held, value = columns[column], terms[day][column]
            if not held or list(held.values())[-1] != value:
                held[day] = value
    return columns


def _joined(columns: Mapping[str, Mapping[date | None, Any]]) -> dict[date | None, Values]:
    """Days and values of each column as terms."""
    days = _sorted({day for held in columns.values() for day in held})
    return {day: {column: _holding(held, day) for column, held in columns.items()} for day in days}


def _holding(held: Mapping[date | None, Any], day: date | None) -> Any:
    """The value that held on a day."""
    return held[max((one for one in held if one is None or (day and one <= day)), key=lambda one: one or date.min)]


def _collapsed(terms: Mapping[date | None, Values]) -> dict[date | None, Values]:
    """Terms without those that say what the ones before them say."""
    kept: dict[date | None, Values] = {}
    last: Values | None = None
    for day in _sorted(terms):
        if terms[day] != last:
            last = kept[day] = terms[day]
    return kept


def _sorted(days: Any) -> list[date | None]:
    return sorted(days, key=lambda day: day or date.min)


def _last(terms: Mapping[date | None, Values]) -> Values:
    return terms[_sorted(terms)[-1]]


def _read(merge: Merge, concerned: frozenset[int] | None) -> dict[int, _Recorded]:
    """Terms and closing days of the engagements that were recorded before and are named."""
    query = select(
        _TERMS.c.engagement_id, _TERMS.c.from_on, _ENGAGEMENT.c.closed_on, *[_TERMS.c[name] for name in _COLUMNS]
    ).join(_ENGAGEMENT, _ENGAGEMENT.c.id == _TERMS.c.engagement_id)
    if concerned is not None:
        query = query.where(_TERMS.c.engagement_id.in_(concerned))
    found: dict[int, _Recorded] = {}
    for number, from_on, closed_on, *values in merge.connection.execute(query):
        one = found.setdefault(number, _Recorded({}, closed_on))
        one.terms[from_on] = dict(zip(_COLUMNS, values, strict=True))
    return found


def merge_pauses(merge: Merge, concerned: frozenset[int] | None) -> None:
    """Merges the pauses that ``engagements`` and ``pauses`` name.

    A pause that begins on the day of a recorded one, or overlaps it, corrects it; another one is added.
    """
    query = select(_PAUSE.c.engagement_id, _PAUSE.c.id, _PAUSE.c.from_on, _PAUSE.c.until_on)
    if concerned is not None:
        query = query.where(_PAUSE.c.engagement_id.in_(concerned))
    recorded: defaultdict[int, list[tuple[int, date, date]]] = defaultdict(list)
    for engagement, *pause in merge.connection.execute(query):
        recorded[engagement].append((pause[0], pause[1], pause[2]))
    for file in ("pauses", "engagements"):
        for row in merge.rows(file):
            start, end = row.get("paused_from"), row.get("paused_until")
            if file == "pauses" and not (start and end and start <= end):
                merge.refuse(file, row, "paused_until", "The pause is not two days in order.", "Write both its days.")
            elif start and end and start <= end:
                _merge_pause(merge, file, row, recorded)
    merge.advance(len(merge.rows("pauses")))


def _merge_pause(merge: Merge, file: str, row: Row, recorded: defaultdict[int, list[tuple[int, date, date]]]) -> None:
    start, end = row["paused_from"], row["paused_until"]
    engagement = merge.engagements.get(row.get("engagement") or "")
    if engagement is None:
        if file == "pauses":
            merge.engagement(file, row)
        return
    known = recorded[engagement]
    if any((start, end) == pause[1:] for pause in known):
        how = "same"
    else:
        meets = [pause for pause in known if pause[1] < end and start < pause[2]] or [p for p in known if p[1] == start]
        how = "changed" if meets else "new"
        number = meets[-1][0] if meets else merge.number(_PAUSE)
        if meets:
            known.remove(meets[-1])
            merge.audit(
                engagement,
                "pauses",
                dict(zip(("from_on", "until_on"), meets[-1][1:], strict=True)),
                {"from_on": start, "until_on": end},
            )
        known.append((number, start, end))
        if merge.writing:
            values = {"from_on": start, "until_on": end}
            if meets:
                merge.connection.execute(update(_PAUSE).where(_PAUSE.c.id == number).values(values))
            else:
                merge.connection.execute(insert(_PAUSE), {"id": number, "engagement_id": engagement, **values})
        merge.touch(engagement)
        if file == "engagements" and engagement in merge.unchanged:
            merge.counted(file, "same", -1)
            merge.counted(file, "changed")
    if file == "pauses":
        merge.counted(file, how)


def latest_row(connection: Connection, key: str) -> dict[str, Any] | None:
    """The row of ``engagements`` that says what is recorded about an engagement; None where there is none."""
    query = (
        select(_ENGAGEMENT.c.id, _ENGAGEMENT.c.closed_on, _VENDOR.c.name, *[_TERMS.c[field.column] for field in TERMS])
        .join(_TERMS, _TERMS.c.engagement_id == _ENGAGEMENT.c.id)
        .join(_VENDOR, _VENDOR.c.id == _TERMS.c.vendor_id)
        .where(_ENGAGEMENT.c.key == key)
        .order_by(_TERMS.c.from_on.desc().nulls_last())
        .limit(1)
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        return None
    number, closed_on, vendor, *values = found
    amounts = money()
    row = {field.name: decode(field, value, amounts) for field, value in zip(TERMS, values, strict=True)}
    pauses = select(_PAUSE.c.from_on, _PAUSE.c.until_on).where(_PAUSE.c.engagement_id == number)
    start, end = max(map(tuple, connection.execute(pauses)), default=(None, None))
    return {
        **row,
        "engagement": key,
        "vendor": vendor,
        "paused_from": start,
        "paused_until": end,
        "closed_on": closed_on,
    }
