"""Status packs as they were issued, frozen."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, func, select

from engagement.records import schema_later
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import writing

_REPORT: Final = table_of(schema_later.IssuedReport)


class IssuedReport(NamedTuple):
    """A status pack as it was issued."""

    id: int
    issued_on: date
    kind: str
    by: str | None
    body: dict[str, Any] | None
    """What it said. None of those that came with a file."""


def issue_report(
    database: Database, author: Author, kind: str, issued_on: date, body: Mapping[str, Any] | None = None
) -> None:
    """Keeps a status pack as it was issued. ``body`` is JSON. Raises `Refused` without a kind, or for a day to come."""
    with writing(database, author) as form:
        named = form.said("kind", kind)
        form.past("issued_on", issued_on)
        frozen = {} if body is None else {"body": dict(body)}
        form.add(_REPORT, issued_on=issued_on, kind=named, by=author.name, **frozen)
        form.note("issue report", None, subject=named, after={"issued_on": issued_on, "kind": named})


def issued(connection: Connection) -> tuple[IssuedReport, ...]:
    """Every status pack that was issued, the latest first."""
    columns = [_REPORT.c[name] for name in IssuedReport._fields]
    rows = connection.execute(select(*columns).order_by(_REPORT.c.issued_on.desc(), _REPORT.c.id.desc()))
    return tuple(IssuedReport(*row) for row in rows)


def last_issued(connection: Connection, before: date) -> date | None:
    """The day of the last status pack issued before a day; None where none was."""
    on: date | None = connection.scalar(select(func.max(_REPORT.c.issued_on)).where(_REPORT.c.issued_on < before))
    return on
