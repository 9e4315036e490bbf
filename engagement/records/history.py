"""Reading: what was known of engagements by the end of a day, as values.

A fixed number of set-based statements (`statements`) reads any number of engagements. Their cost grows with engagements
and milestones; of the logs only the last weeks and the last words before them are read, unless all of one is wanted.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, func, select

from engagement.assessment.values import LOGS, Channel, DeclaredStatus, History, LimitChange, Log, PortfolioTerms, Side
from engagement.records import schema, schema_later
from engagement.records.database import table_of
from engagement.records.histories_built import Built, day_of, undisturbed
from engagement.records.people import alone, names
from engagement.records.statements import READ_DAYS, Name, parameters, statement

MANY: Final = 500
"""Above this number of engagements the whole portfolio is read instead of naming each."""
MONITOR: Final = "monitor"
"""The job that watches the warnings."""
LONG_AGO: Final = date.min
SEVERAL: Final = 50
"""From this number of engagements on it pays to keep the garbage collector from looking through what is being built."""


class LogEntry(NamedTuple):
    """A check-in with its prose."""

    held_on: date
    channel: Channel
    side: Side
    by: str | None
    attendees: str | None
    notes: str | None
    declared_status: DeclaredStatus | None
    feedback_given: str | None
    feedback_received: str | None
    next_on: date | None
    recorded_on: date | None
    acknowledged_by: str | None
    acknowledged_on: date | None


def histories(
    connection: Connection, as_of: date, *, keys: Collection[str] | None = None, complete: Collection[Log] = ()
) -> dict[str, History]:
    """All that was known of some engagements (None: all) by the end of a day, in the order of their keys.

    Logs that are not named in ``complete`` are short, see `History`: complete for the 63 days before ``as_of``, or
    before the engagement was closed, and before that only the last words. Keys that are not recorded are left out.
    """
    reader = _Reader(connection, as_of, frozenset(LOGS - set(complete)))
    return reader.read(keys)


class _Reader:
    """One reading of histories."""

    def __init__(self, connection: Connection, as_of: date, partial: frozenset[Log]) -> None:
        self.connection, self.as_of, self.partial = connection, as_of, partial
        self.read_from = as_of - timedelta(days=READ_DAYS)
        self.ids: list[int] | None = None

    def read(self, keys: Collection[str] | None) -> dict[str, History]:
        """The histories by key."""
        engagements = self._engagements(keys)
        if len(engagements) < SEVERAL:
            return self._built(engagements) if engagements else {}
        with undisturbed():
            return self._built(engagements)

    def _built(self, engagements: list[tuple[str, int, Any]]) -> dict[str, History]:
        built = Built(day_of(self.connection.dialect.name), self.as_of)
        self._plan(built)
        self._logs(built)
        self._vendors(built)
        rest = (self.partial, timedelta(days=READ_DAYS) if self.partial else None)
        return {key: built.history(number, key, closed_on, *rest) for key, number, closed_on in engagements}

    def _engagements(self, keys: Collection[str] | None) -> list[tuple[str, int, Any]]:
        """Key, id and closing day of the engagements that are asked for, by key."""
        if keys is None or len(keys) > MANY:
            rows = self._rows("engagements")
        else:
            table = table_of(schema.Engagement)
            query = select(table.c.key, table.c.id).where(table.c.key.in_(keys))
            self.ids = [number for _, number in self.connection.execute(query)]
            rows = self._rows("engagements") if self.ids else []
        asked = None if keys is None else frozenset(keys)
        found = [(key, number, closed_on) for number, key, closed_on in rows if asked is None or key in asked]
        found.sort()
        return found

    def _plan(self, built: Built) -> None:
        """What is always read in full."""
        built.add_terms(self._rows("terms"))
        built.add_pauses(self._rows("pauses"))
        built.add_series(self._rows("series"))
        built.add_baselines(self._rows("baselines"))
        built.add_deliveries(self._rows("deliveries"))
        built.add_readings(self._rows("readings"))
        built.add_metrics(self._rows("metrics"))
        built.add_responses(self._rows("responses"))
        built.add_limits(self._rows("limits"))
        built.add_plan_changes(self._rows("plan_changes"))
        built.add_confirmations(self._rows("confirmations"))
        built.add_accesses(self._rows("accesses"))
        built.add_retrospectives(self._rows("retrospectives"))

    def _vendors(self, built: Built) -> None:
        """What is known of the vendors, over all their engagements."""
        if self.ids is None:
            built.add_vendors(self._rows("vendors"), built.accepted())
            return
        accepted = self._rows("accepted")
        others = {number for number, *_ in accepted} - built.terms.keys()
        theirs = Built(built.days, self.as_of)
        theirs.add_terms(self._rows("terms", ids=self.ids + list(others)))
        built.add_vendors(self._rows("vendors"), theirs.accepted_in(accepted))

    def _logs(self, built: Built) -> None:
        """What may be read in short; then the milestones, which hold their reports."""
        if "reports" in self.partial:
            built.add_reports(sorted(self._rows("last_reports")))
        built.add_reports(self._rows("reports", short="reports" in self.partial))
        if "check_ins" in self.partial:
            built.add_check_ins(sorted(self._rows("last_check_ins")))
            built.add_check_ins(self._rows("check_ins"))
            built.add_notes(sorted(self._rows("notes")))
        else:
            built.add_check_ins(self._rows("all_check_ins", short=False))
        if "actions" in self.partial:
            built.add_settled(self._rows("settled"))
            built.add_actions(self._rows("actions"))
            built.add_lately(self._rows("lately"))
        else:
            built.add_actions(self._rows("all_actions"))
        if "spend" in self.partial:
            built.add_spent(self._rows("spent"))
        built.add_spend(self._rows("spend", short="spend" in self.partial))
        built.add_milestones(self._rows("milestones"))

    def _rows(self, name: Name, *, short: bool = True, ids: Collection[int] | None = None) -> list[Any]:
        """Rows as the driver gives them: tuples, without the cost of converting values one by one.

        Of the engagements that are read, or of others where their ``ids`` are given.
        """
        values: dict[str, Any] = {}
        for day in parameters(name):
            values[day] = self.as_of if day == "as_of" else (self.read_from if short else LONG_AGO)
        ids = self.ids if ids is None else list(ids)
        named = ids is not None
        if named:
            values["ids"] = ids
        result = self.connection.execute(statement(name, self.connection.dialect.name, named=named), values)
        cursor = result.cursor
        assert cursor is not None  # noqa: S101 - a SELECT has one until it is closed
        rows = cursor.fetchall()
        result.close()
        return rows  # type: ignore[return-value]


def portfolio_terms(connection: Connection, as_of: date) -> PortfolioTerms:
    """What holds for every engagement by the end of a day. The moment of asking is for the caller to say."""
    limit, person = table_of(schema_later.Limit), table_of(schema.Person)
    changes = (
        select(limit.c.name, limit.c.value, limit.c.set_on, limit.c.by, limit.c.reason)
        .where(limit.c.engagement_id.is_(None), limit.c.set_on <= as_of)
        .order_by(limit.c.set_on, limit.c.place)
    )
    return PortfolioTerms(
        alone=alone(connection),
        limits=tuple(LimitChange(*row) for row in connection.execute(changes)),
        has_executives=connection.scalar(select(person.c.id).where(person.c.role == "executive").limit(1)) is not None,
        reports=_issued(connection, as_of),
        deliberate=_deliberate(connection),
        last_good_run_at=_last_good_run(connection),
        names=names(connection),
    )


def _issued(connection: Connection, as_of: date) -> tuple[date, ...]:
    report = table_of(schema_later.IssuedReport)
    return tuple(
        connection.scalars(select(report.c.issued_on).where(report.c.issued_on <= as_of).order_by("issued_on"))
    )


def _deliberate(connection: Connection) -> frozenset[frozenset[str]]:
    duplicate, one = table_of(schema_later.Duplicate), table_of(schema.Engagement)
    other = one.alias()
    query = (
        select(one.c.key, other.c.key)
        .select_from(duplicate)
        .join(one, one.c.id == duplicate.c.engagement_id)
        .join(other, other.c.id == duplicate.c.other_id)
    )
    return frozenset(frozenset(row) for row in connection.execute(query))


def _last_good_run(connection: Connection) -> datetime | None:
    run = table_of(schema_later.JobRun)
    query = select(func.max(run.c.finished_at)).where(run.c.job == MONITOR, run.c.good)
    at: datetime | None = connection.scalar(query)
    return at


def changed_since(connection: Connection, revision: int) -> tuple[int, set[str] | None]:
    """The data version, and the keys of engagements written since another one.

    None instead of keys where everything has to be read again: nothing was read before, the people or thresholds that
    concern everybody changed, or the records were replaced.
    """
    current, everything = connection.execute(select(schema.Revision.current, schema.Revision.everything)).one()
    if revision == current:
        return current, set()
    if revision == 0 or revision < everything or revision > current:
        return current, None
    table = table_of(schema.Engagement)
    return current, set(connection.scalars(select(table.c.key).where(table.c.revision > revision)))


def log(connection: Connection, key: str, as_of: date) -> list[LogEntry]:
    """The check-ins of an engagement up to a day with all that was written down, newest first."""
    check_in, engagement = table_of(schema.CheckIn), table_of(schema.Engagement)
    query = (
        select(*[check_in.c[name] for name in LogEntry._fields])
        .join(engagement, engagement.c.id == check_in.c.engagement_id)
        .where(engagement.c.key == key, check_in.c.held_on <= as_of, check_in.c.replaced_at.is_(None))
        .order_by(check_in.c.held_on.desc(), check_in.c.place.desc())
    )
    entries = [LogEntry(*row) for row in connection.execute(query)]
    return [_known_by(entry, as_of) for entry in entries]


def _known_by(entry: LogEntry, as_of: date) -> LogEntry:
    """The entry without having been read later than the day."""
    if entry.acknowledged_on and entry.acknowledged_on > as_of:
        return entry._replace(acknowledged_by=None, acknowledged_on=None)
    return entry
