"""Merging the rows of one file: known again by key or by count, new ones added, corrections made."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, bindparam, insert, null, select, update

from engagement.records.merge import Merge
from engagement.records.numbers import money
from engagement.records.plan_changes import Changed, of_cancelling, of_columns, put_down
from engagement.records.sheets import Row, Sheet, decode
from engagement.records.totals import count_promises, count_spend
from engagement.records.vendors import engagements_of

Values = dict[str, Any]
_COUNTED: Final = {"actions": count_promises, "spend": count_spend}
"""What has to be counted again once rows of a file are written."""
_UNSAID: Final[Mapping[str, Callable[[Values], Any]]] = {
    "promised_on": lambda action: action["due_on"],
    "imported": lambda _: True,
}
"""Last columns that say something also where the file does not: an action's first due date is its promise, unless one
was named, and a check-in came with this file, unless it is said to have been logged here."""


class _Recorded(NamedTuple):
    """A row that was there before, or was just added."""

    id: int
    place: int | None
    values: tuple[Any, ...]


def merge_sheet(merge: Merge, sheet: Sheet, rows: Sequence[Row], concerned: frozenset[int] | None) -> None:
    """Merges the rows of one file into its table."""
    if not rows:
        return
    one = _OneSheet(merge, sheet, _recorded(merge, sheet, concerned))
    for number, row in enumerate(rows, 1):
        one.take(row)
        if number % 1000 == 0:
            merge.advance(1000)
    merge.advance(len(rows) % 1000)
    one.write()


class _OneSheet:
    """One file being merged."""

    def __init__(self, merge: Merge, sheet: Sheet, recorded: Sequence[tuple[int | None, _Recorded]]) -> None:
        self.merge, self.sheet = merge, sheet
        self.columns = tuple(field.column for field in sheet.fields)
        self.parent = {"none": None, "portfolio": "engagement_id"}.get(sheet.parent, f"{sheet.parent}_id")
        self.known: defaultdict[tuple[Any, ...], list[_Recorded]] = defaultdict(list)
        names = [field.column for name in sheet.key for field in sheet.fields if field.name == name]
        self.keyed = tuple(self.columns.index(name) for name in names)
        self.day = self.columns.index(sheet.day) if sheet.day else None
        for parent, one in recorded:
            self.known[self._key(parent, one.values)].append(one)
        self.seen: set[tuple[Any, ...]] = set()
        self.begun: set[tuple[Any, ...]] = set()
        """Days to which this merge added a row: what follows in the file comes after it."""
        self.added: list[Values] = []
        self.replaced: list[Values] = []
        self.changed: list[Values] = []
        self.moved: list[Values] = []
        self.replanned: list[Changed] = []
        self.written: set[int] = set()
        """Engagements of which rows are added or corrected."""

    def take(self, row: Row) -> None:
        """Compares one row with what is recorded."""
        merge, sheet = self.merge, self.sheet
        engagement, parent, good = self._parent(row)
        encoded = merge.encoded(sheet, row)
        if encoded is None or not good:
            return
        values = tuple(encoded.values())
        key = self._key(parent, values)
        if sheet.key:
            if key in self.seen:
                merge.refuse(sheet.file, row, sheet.key[-1], "Its key stands in an earlier row.", "Keep one.")
                return
            self.seen.add(key)
        candidates = self.known.get(key)
        if not candidates:
            self._add(row, engagement, parent, values)
            return
        old = candidates[0] if sheet.key else candidates.pop(0)
        values = self._kept(values, old.values)
        if values == old.values:
            merge.counted(sheet.file, "same")
            self._in_order(engagement, parent, old)
        else:
            self._correct(row, engagement, parent, old, values)

    def write(self) -> None:
        """Writes what was found to be new, replaced or changed."""
        merge, table = self.merge, self.sheet.table
        if not merge.writing:
            return
        if self.replaced:
            by_id = update(table).where(table.c.id == bindparam("was")).values(replaced_at=bindparam("then"))
            merge.connection.execute(by_id, self.replaced)
        for start in range(0, len(self.added), 5000):
            merge.connection.execute(insert(table), self.added[start : start + 5000])
        if self.changed:
            columns: Values = {name: bindparam(f"new_{name}") for name in self.columns}
            merge.connection.execute(update(table).where(table.c.id == bindparam("was")).values(columns), self.changed)
        if self.moved:
            place = update(table).where(table.c.id == bindparam("was")).values(place=bindparam("then"))
            merge.connection.execute(place, self.moved)
        if self.replanned and merge.transaction is not None:
            put_down(merge.transaction, self.replanned)
        if self.sheet.file in _COUNTED:
            _COUNTED[self.sheet.file](merge.connection, self.written)

    def _parent(self, row: Row) -> tuple[int | None, int | None, bool]:
        """Engagement and parent of a row, and whether they were found."""
        merge, sheet = self.merge, self.sheet
        if sheet.parent == "none" or (sheet.parent == "portfolio" and not row.get("engagement")):
            return None, None, True
        engagement = merge.engagement(sheet.file, row)
        if engagement is None:
            return None, None, False
        if sheet.parent == "milestone":
            parent = merge.milestone(sheet.file, row, engagement)
        elif sheet.parent == "metric":
            parent = merge.metric(sheet.file, row, engagement)
        else:
            parent = engagement
        return engagement, parent, parent is not None

    def _key(self, parent: int | None, values: tuple[Any, ...]) -> tuple[Any, ...]:
        if self.keyed:
            return (parent, *[values[index] for index in self.keyed])
        return (parent, *values)

    def _kept(self, values: tuple[Any, ...], old: tuple[Any, ...]) -> tuple[Any, ...]:
        """The values, with those that keep what was recorded where the file says nothing."""
        if not self.sheet.kept:
            return values
        kept = [
            was if now is None and field.name in self.sheet.kept else now
            for field, now, was in zip(self.sheet.fields, values, old, strict=True)
        ]
        return self._filled(tuple(kept))

    def _filled(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """The values, with what goes without saying in the last one: see `_UNSAID`."""
        if values[-1] is not None or self.columns[-1] not in _UNSAID:
            return values
        return (*values[:-1], _UNSAID[self.columns[-1]](dict(zip(self.columns, values, strict=True))))

    def _add(self, row: Row, engagement: int | None, parent: int | None, values: tuple[Any, ...]) -> None:
        merge, sheet = self.merge, self.sheet
        values = self._filled(values)
        number = merge.number(sheet.table)
        self._remember(row, engagement, values, number)
        self.added.append(self._row(number, parent, values) | ({"place": number} if self.day is not None else {}))
        self._begin(parent, values)
        merge.counted(sheet.file, "new")
        if (sheet.file == "limits" and engagement is None) or "accepted" in values:
            merge.touch(None)  # a vendor that becomes known is better known in all its engagements
        elif engagement is not None:
            merge.touch(engagement)
            self.written.add(engagement)
            self._replan(row, engagement, None, values)
        elif merge.transaction is not None:
            merge.transaction.touch()

    def _remember(self, row: Row, engagement: int | None, values: tuple[Any, ...], number: int) -> None:
        """Makes a new row known to the files that follow."""
        lookups: Mapping[str, dict[tuple[int, str], int]] = {
            "series": self.merge.series,
            "milestones": self.merge.milestones,
            "metrics": self.merge.metrics,
        }
        if self.sheet.file in lookups and engagement is not None:
            lookups[self.sheet.file][engagement, values[0]] = number
        elif self.sheet.file == "vendors":
            self.merge.vendors[values[0]] = number

    def _row(self, number: int, parent: int | None, values: tuple[Any, ...]) -> Values:
        row: Values = {"id": number} | dict(zip(self.columns, values, strict=True))
        if self.parent:
            row[self.parent] = parent
        if self.sheet.appended:
            row |= {"replaces_id": None, "replaced_at": None}
        if self.sheet.file == "check_ins" and self.merge.transaction is not None:
            row |= {"recorded_at": self.merge.transaction.author.at}
        return row

    def _correct(
        self, row: Row, engagement: int | None, parent: int | None, old: _Recorded, values: tuple[Any, ...]
    ) -> None:
        merge, sheet = self.merge, self.sheet
        merge.counted(sheet.file, "changed")
        if sheet.appended and merge.transaction is not None:
            number = merge.number(sheet.table)
            place = {} if old.place is None else {"place": self._place(parent, old, values)}
            self.added.append(self._row(number, parent, values) | place | {"replaces_id": old.id})
            self.replaced.append({"was": old.id, "then": merge.transaction.author.at})
        elif merge.transaction is not None:
            new = {f"new_{name}": value for name, value in zip(self.columns, values, strict=True)}
            self.changed.append({"was": old.id} | new)
        before, after = self._difference(old.values, values)
        named = " ".join(str(row.get(name)) for name in sheet.key)
        merge.audit(engagement, f"{sheet.file} {named}", before, after)
        if engagement is not None:
            merge.touch(None if "accepted" in (*old.values, *values) else engagement)
            self.written.add(engagement)
            self._replan(row, engagement, old.values, values)
        elif sheet.file == "vendors":
            _touch_vendor(merge, old.id)

    def _replan(self, row: Row, engagement: int, old: tuple[Any, ...] | None, new: tuple[Any, ...]) -> None:
        """Notes what a row changes of the plan of an engagement that was recorded before, unless the files say when."""
        file, today = self.sheet.file, self.merge.today
        if file not in ("series", "milestones") or engagement not in self.merge.known:
            return
        key, now = str(new[0]), dict(zip(self.columns, new, strict=True))
        if old is None:
            found = [] if now.get("series") else [Changed(engagement, key, "added", today)]
        else:
            was = dict(zip(self.columns, old, strict=True))
            found = of_columns(engagement, key, [name for name in now if now[name] != was[name]], today)
            found += of_cancelling(engagement, key, was.get("cancelled_on"), now.get("cancelled_on"), today)
        said = self.merge.said_changes[row["engagement"], key]
        self.replanned += [change for change in found if change.what not in said]

    def _difference(self, old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Values, Values]:
        """The columns that differ, before and after, as the file writes them."""
        amounts = money()
        before, after = {}, {}
        for field, was, now in zip(self.sheet.fields, old, new, strict=True):
            if was != now:
                before[field.name], after[field.name] = decode(field, was, amounts), decode(field, now, amounts)
        return before, after

    def _begin(self, parent: int | None, values: tuple[Any, ...]) -> None:
        if self.day is not None and self.known:
            self.begun.add((parent, values[self.day]))

    def _place(self, parent: int | None, old: _Recorded, values: tuple[Any, ...]) -> int:
        """Where a correction stands: where the row it replaces stood, or after what the file names before it."""
        if self.day is not None and (parent, values[self.day]) in self.begun:
            return self.merge.number(self.sheet.table)
        return old.place or 0

    def _in_order(self, engagement: int | None, parent: int | None, old: _Recorded) -> None:
        """Keeps a row that was there before behind a new one of its day that the file names first."""
        if self.day is None or (parent, old.values[self.day]) not in self.begun:
            return
        self.moved.append({"was": old.id, "then": self.merge.number(self.sheet.table)})
        if engagement is not None:
            self.merge.touch(engagement)


def _recorded(merge: Merge, sheet: Sheet, concerned: frozenset[int] | None) -> Sequence[tuple[int | None, _Recorded]]:
    """The rows of a table that rows of the file may be known again as, in their order."""
    if sheet.parent not in {"none", "portfolio"} and concerned is not None and not concerned:
        return []
    query, parents = _query(sheet)
    if concerned is not None and parents is not None:
        query = query.where(parents.in_(concerned))
    found = merge.connection.execute(query)
    return [(parent, _Recorded(number, place, tuple(values))) for parent, number, place, *values in found]


def _query(sheet: Sheet) -> tuple[Select[Any], Any]:
    """Parent, id, place and values of the current rows, and the column that names the engagement."""
    table = sheet.table
    parent: Any = None
    engagement: Any = None
    if sheet.parent in ("engagement", "portfolio"):
        parent = table.c.engagement_id
        engagement = parent if sheet.parent == "engagement" else None
    elif sheet.parent != "none":
        parent = table.c[f"{sheet.parent}_id"]
    order = table.c.place if "place" in table.c else table.c.id
    place = table.c.place if "place" in table.c else _nothing()
    columns = [table.c[field.column] for field in sheet.fields]
    query = select(parent if parent is not None else _nothing(), table.c.id, place, *columns).order_by(order)
    if sheet.appended:
        query = query.where(table.c.replaced_at.is_(None))
    if sheet.parent in ("milestone", "metric"):
        other = sheet.table.metadata.tables[sheet.parent]
        query = query.join(other, other.c.id == parent)
        engagement = other.c.engagement_id
    return query, engagement


def _nothing() -> Any:
    """A column without a value."""
    return null()


def _touch_vendor(merge: Merge, vendor: int) -> None:
    """The engagements of a vendor that changed have to be assessed again."""
    for engagement in merge.connection.scalars(engagements_of(vendor)):
        merge.touch(engagement)
