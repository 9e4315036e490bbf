"""What a merge of interchange tables knows while it runs: who is who, what was found wrong, what is new.

`merge_engagements` and `merge_rows` do the merging; `intake` is what other rooms call.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Table, insert, select

from engagement.errors import Problem, Refused
from engagement.records import schema, schema_later
from engagement.records.database import Transaction, table_of
from engagement.records.nearest import Nearest
from engagement.records.numbers import Unfit
from engagement.records.schema_base import Base
from engagement.records.series import LONGEST, nearest_due
from engagement.records.sheets import Field, Row, Sheet, encode

CHUNK: Final = 5000
"""Rows written at once."""
MANY: Final = 500
"""Above this number of engagements everything is read instead of naming each."""
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""Years in which occurrences of a series may be due."""


class Count(NamedTuple):
    """How the rows of a file compare with what was recorded."""

    new: int
    changed: int
    same: int


class Merge:
    """A merge that is running: lookups, findings and the rows still to be written."""

    def __init__(
        self,
        connection: Connection,
        transaction: Transaction | None,
        tables: Mapping[str, Sequence[Row]],
        today: date,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.connection, self.transaction, self.tables, self.today = connection, transaction, tables, today
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.engagements = _pairs(connection, schema.Engagement, "key")
        self.known = frozenset(self.engagements.values())
        """Engagements that were recorded before."""
        self.vendors = _pairs(connection, schema.Vendor, "name")
        self.series: dict[tuple[int, str], int] = {}
        self.milestones: dict[tuple[int, str], int] = {}
        self.metrics: dict[tuple[int, str], int] = {}
        self.keys: dict[int, str] = {}
        """Key of each engagement, by id."""
        self.unchanged: set[int] = set()
        """Engagements whose row says what was recorded."""
        self.said_changes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        """What the files themselves say was changed of a plan, by engagement and milestone."""
        for row in tables.get("plan_changes", ()):
            self.said_changes[row.get("engagement") or "", row.get("milestone") or ""].add(row.get("what") or "")
        self._progress, self._done = progress, 0
        self._total = sum(len(rows) for rows in tables.values())
        self._numbers: dict[str, int] = {}
        self.nearest = Nearest()
        self._rhythms: dict[tuple[str, str], tuple[str, int]] | None = None

    @property
    def writing(self) -> bool:
        """Whether rows are still written: not in a dry run, and not once something is wrong."""
        return self.transaction is not None and not self.problems

    def rows(self, file: str) -> Sequence[Row]:
        """The rows of a file, none where it was not given."""
        return self.tables.get(file, ())

    def concerned(self) -> frozenset[int] | None:
        """Engagements recorded before that this merge names; None where they are many."""
        named = {
            self.engagements[row["engagement"]]
            for rows in self.tables.values()
            for row in rows
            if row.get("engagement") in self.engagements
        }
        concerned = named & self.known
        return None if len(concerned) > MANY else frozenset(concerned)

    def number(self, table: Table, count: int = 1) -> int:
        """Unused ids of a table, also in a dry run."""
        if self.transaction is not None:
            return self.transaction.next_id(table, count)
        first = self._numbers.get(table.name, 1 << 40)
        self._numbers[table.name] = first + count
        return first

    def add(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Writes rows that have their ids."""
        if rows and self.writing:
            for start in range(0, len(rows), CHUNK):
                self.connection.execute(insert(table), [dict(row) for row in rows[start : start + CHUNK]])

    def touch(self, engagement: int | None) -> None:
        """An engagement, or without one all of them, has to be assessed again."""
        if self.transaction is not None:
            if engagement is None:
                self.transaction.touch_everything()
            else:
                self.transaction.touch(engagement)

    def audit(
        self,
        engagement: int | None,
        subject: str,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        """Puts down what an import replaced."""
        if self.transaction is not None:
            key = None if engagement is None else self.key_of(engagement)
            self.transaction.note("import", key, subject, before, after)

    def key_of(self, engagement: int) -> str:
        """Key of an engagement."""
        if len(self.keys) != len(self.engagements):
            self.keys = {number: key for key, number in self.engagements.items()}
        return self.keys[engagement]

    def refuse(self, file: str, row: Row | None, column: str | None, what: str, remedy: str) -> None:
        """Something is wrong: nothing will be written."""
        self.problems.append(Problem(what, remedy, file, row.get("_row") if row else None, column))

    def remark(self, file: str, row: Row | None, column: str | None, what: str, remedy: str) -> None:
        """Something is odd, and is taken."""
        self.notes.append(Problem(what, remedy, file, row.get("_row") if row else None, column))

    def counted(self, file: str, how: str, count: int = 1) -> None:
        """Counts a row, or several, as new, changed or same."""
        self.counts[file][how] += count

    def advance(self, rows: int) -> None:
        """Tells how far the merge is."""
        self._done += rows
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)

    def encoded(self, sheet: Sheet, row: Row) -> dict[str, Any] | None:
        """The columns of a row as the table keeps them; None, and problems, where some cannot be kept."""
        before = len(self.problems)
        values = {field.column: self._value(sheet.file, field, row) for field in sheet.fields}
        return values if len(self.problems) == before else None

    def _value(self, file: str, field: Field, row: Row) -> Any:
        value = row.get(field.name)
        if value is not None and field.kind == "milestone":
            engagement = self.engagements.get(row.get("engagement") or "")
            return None if engagement is None else self.milestone(file, row, engagement)
        if value is not None and field.kind == "other":
            return self.engagement(file, row, field.name)
        try:
            return encode(field, value)
        except Unfit as error:
            self.refuse(file, row, field.name, error.what, error.remedy)
            return None

    def engagement(self, file: str, row: Row, column: str = "engagement") -> int | None:
        """The engagement a row names; None, and a problem, where there is none."""
        key = row.get(column)
        found = self.engagements.get(key) if key else None
        if found is None:
            what = f'There is no engagement "{key}".' if key else "No engagement is named."
            near = self.nearest.hint("engagement", key, self.engagements) if key else ""
            self.refuse(file, row, column, what, f"{near}Add it to engagements, or correct the key.")
        return found

    def milestone(self, file: str, row: Row, engagement: int) -> int | None:
        """The milestone a row names; None, and a problem, where there is none.

        An occurrence of a series, ``close:2026-11-10``, is recorded with the first thing that happens to it.
        """
        key = row.get("milestone") or ""
        found = self.milestones.get((engagement, key))
        if found is not None:
            return found
        occurrence = occurrence_of(key)
        if occurrence and (engagement, occurrence[0]) in self.series:
            due = self.due(row.get("engagement") or "", engagement, *occurrence)
            if due == occurrence[1]:
                return self._record_occurrence(engagement, key)
            what, remedy = no_occurrence(key, occurrence[0], due)
            self.refuse(file, row, "milestone", what, remedy)
            return None
        named = f'"{row.get("engagement")}" has no milestone "{key}".' if key else "No milestone is named."
        known = (one for of, one in self.milestones if of == engagement)
        near = self.nearest.hint("milestone", key, known, engagement) if key else ""
        self.refuse(file, row, "milestone", named, f"{near}Add it to milestones, or correct the key.")
        return None

    def due(self, key: str, engagement: int, series: str, day: date) -> date:
        """The due date nearest to a day of a series that is recorded or is being recorded."""
        if self._rhythms is None:
            self._rhythms = {
                (one.get("engagement") or "", one.get("series") or ""): (one["every"], one["due_day"])
                for one in self.rows("series")
                if 0 < (one.get("due_day") or 0) <= LONGEST.get(one.get("every") or "", 0)
            }
        found = self._rhythms.get((key, series)) or rhythm(self.connection, engagement, series)
        if found is None:
            return day
        self._rhythms[key, series] = found
        return nearest_due(*found, day)

    def _record_occurrence(self, engagement: int, key: str) -> int:
        table = table_of(schema.Milestone)
        number = self.number(table)
        self.milestones[engagement, key] = number
        if self.writing:
            add_occurrence(self.connection, number, engagement, key)
            self.touch(engagement)
        self.counted("milestones", "new")
        return number

    def metric(self, file: str, row: Row, engagement: int) -> int | None:
        """The metric a row names; None, and a problem, where there is none."""
        key = row.get("metric") or ""
        found = self.metrics.get((engagement, key))
        if found is None:
            named = f'"{row.get("engagement")}" has no metric "{key}".' if key else "No metric is named."
            self.refuse(file, row, "metric", named, "Add it to metrics, or correct the key.")
        return found

    def read_plan(self, concerned: frozenset[int] | None) -> None:
        """Looks up milestones, series and metrics of the engagements that were recorded before and are named."""
        for mapped, found in (
            (schema.Series, self.series),
            (schema.Milestone, self.milestones),
            (schema_later.Metric, self.metrics),
        ):
            table = table_of(mapped)
            query = select(table.c.engagement_id, table.c.key, table.c.id)
            if concerned is not None:
                query = query.where(table.c.engagement_id.in_(concerned))
            found.update({(engagement, key): number for engagement, key, number in self.connection.execute(query)})

    def finish(self) -> None:
        """Refuses all that is wrong."""
        if self.problems:
            raise Refused(tuple(self.problems))


def add_occurrence(connection: Connection, number: int, engagement: int, key: str) -> None:
    """Records an occurrence of a series as a milestone, with the name and value of its series."""
    series, due_on = occurrence_of(key) or (key, None)
    one, milestone = table_of(schema.Series), table_of(schema.Milestone)
    query = select(one.c.name, one.c.value).where(one.c.engagement_id == engagement, one.c.key == series)
    name, value = connection.execute(query).one()
    row = {"id": number, "engagement_id": engagement, "key": key, "series": series, "name": name}
    connection.execute(insert(milestone), {**row, "value": value, "due_on": due_on})


def rhythm(connection: Connection, engagement: int, series: str) -> tuple[str, int] | None:
    """Period and day of a series that is recorded."""
    one = table_of(schema.Series)
    query = select(one.c.every, one.c.due_day).where(one.c.engagement_id == engagement, one.c.key == series)
    found = connection.execute(query).one_or_none()
    return None if found is None else (found[0], found[1])


def no_occurrence(key: str, series: str, due: date) -> tuple[str, str]:
    """What is wrong with a key whose day is none of its series, and the remedy."""
    return f'"{series}" is not due on the day in "{key}".', f'Did you mean "{series}:{due.isoformat()}"?'


def occurrence_of(key: str) -> tuple[str, date] | None:
    """Series and due date in the key of an occurrence, ``close:2026-11-10``; None for other keys."""
    series, colon, day = key.rpartition(":")
    try:
        due_on = date.fromisoformat(day)
    except ValueError:
        return None
    sound = colon and due_on.isoformat() == day and FIRST_YEAR <= due_on.year <= LAST_YEAR
    return (series, due_on) if sound else None


def chunks(ids: Iterable[int]) -> Iterable[Collection[int]]:
    """Ids in handfuls that fit into one statement."""
    listed = sorted(ids)
    return (listed[start : start + MANY] for start in range(0, len(listed), MANY))


def _pairs(connection: Connection, mapped: type[Base], column: str) -> dict[str, int]:
    table = table_of(mapped)
    return {key: number for key, number in connection.execute(select(table.c[column], table.c.id))}  # noqa: C416 - rows are not tuples
