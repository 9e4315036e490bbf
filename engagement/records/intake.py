"""A whole portfolio in, in one transaction, and out again: interchange tables to records and back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from sqlalchemy import Connection, delete, select

from engagement.errors import Problem, Refused
from engagement.records import oddities, schema
from engagement.records.database import Author, Database
from engagement.records.merge import Count, Merge
from engagement.records.merge_checks import (
    check_limits,
    check_milestones,
    check_plan_changes,
    check_responses,
    check_series,
)
from engagement.records.merge_engagements import Engagements, merge_pauses
from engagement.records.merge_rows import merge_sheet
from engagement.records.outlet import tables
from engagement.records.people import people_listed
from engagement.records.schema_base import Base
from engagement.records.sheets import FILES, LOGS, MILESTONES, PEOPLE, SERIES, VENDORS, Row

__all__ = ["FILES", "Count", "Outcome", "Row", "clear_sample", "merge", "origin", "tables"]

Origin = Literal["own", "sample"]
CLEAR_IT: Final = 'Take it out first: "Start with your own" on any page, or `python -m engagement sample --clear`.'
_ORIGIN: Final = select(schema.Revision.origin).where(schema.Revision.id == 1)


class Outcome(NamedTuple):
    """What a merge did, or in a dry run would do."""

    counts: dict[str, Count]
    """How many rows of each file that was given were new, changed and the same."""
    notes: tuple[Problem, ...]
    """What is odd and was taken nevertheless. ``file`` is the name of the table."""


def merge(
    database: Database,
    author: Author,
    tables: Mapping[str, Sequence[Row]],
    *,
    today: date,
    origin: Origin,
    dry_run: bool = False,
    create: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Adds interchange tables to what is recorded: all of them, or none.

    ``tables`` holds typed rows by file name (see `sheets`); ``today`` is the day from which changed terms hold;
    ``progress`` is told rows done and rows in all. Known keys are corrections, rows without a key are compared by
    count, nothing is deleted, and merging the same again changes nothing, not even the data version. With ``create`` a
    database that does not exist yet is made. Raises `Refused` with every problem, ``file`` being the name of the table;
    nothing is written then and no database made, nor in a dry run.
    """
    if dry_run:
        with database.reading() as connection:
            _check_origin(connection, origin)
            return _merged(Merge(connection, None, tables, today, progress))
    with database.creating(author) if create else database.writing(author) as transaction:
        _check_origin(transaction.connection, origin)
        transaction.origin = origin
        outcome = _merged(Merge(transaction.connection, transaction, tables, today, progress))
        if transaction.changed:
            counts = {file: count._asdict() for file, count in outcome.counts.items()}
            transaction.note("import", after=counts)
        return outcome


def origin(connection: Connection) -> Origin | None:
    """Whose records these are: the sample's, or somebody's own. None where nothing is recorded."""
    found: Origin | None = connection.scalar(_ORIGIN)
    return found


def clear_sample(database: Database, author: Author) -> None:
    """Empties a database that holds the sample, and keeps a note of it. Raises `Refused` where records are own ones."""
    with database.writing(author) as transaction:
        if origin(transaction.connection) != "sample":
            what = "These are not the records of the sample."
            raise Refused((Problem(what, "Nothing was cleared. Close engagements that are over instead."),))
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != schema.Revision.__tablename__:
                transaction.connection.execute(delete(table))
        transaction.origin = None
        transaction.touch_everything()
        transaction.note("clear sample")


def _check_origin(connection: Connection, wanted: Origin) -> None:
    recorded = origin(connection)
    if recorded is None or recorded == wanted:
        return
    if recorded == "sample":
        what, remedy = "The sample is loaded, and is never mixed with real work.", CLEAR_IT
    else:
        what = "There are records of your own, and the sample is never mixed with real work."
        remedy = "Load it into a database of its own: set ENGAGEMENT_DATABASE_URL to another file."
    raise Refused((Problem(what, remedy),))


def _merged(running: Merge) -> Outcome:
    """Merges every file in the order in which they need each other."""
    _check_files(running)
    concerned = running.concerned()
    running.read_plan(concerned)
    with people_listed(running.connection, running.transaction):
        merge_sheet(running, PEOPLE, running.rows("people"), concerned)
    merge_sheet(running, VENDORS, running.rows("vendors"), concerned)
    engagements = Engagements(running, concerned)
    engagements.take()
    merge_pauses(running, concerned)
    check_series(running)
    merge_sheet(running, SERIES, running.rows("series"), concerned)
    milestones = check_milestones(running, running.rows("milestones"), concerned)
    merge_sheet(running, MILESTONES, milestones, concerned)
    check_plan_changes(running)
    check_limits(running)
    check_responses(running)
    for sheet in LOGS:
        merge_sheet(running, sheet, running.rows(sheet.file), concerned)
    oddities.look(running, engagements)
    running.finish()
    counts = {file: Count(*(running.counts[file][how] for how in Count._fields)) for file in FILES}
    given = {file: count for file, count in counts.items() if file in running.tables or any(count)}
    return Outcome(given, tuple(running.notes))


def _check_files(running: Merge) -> None:
    for file in running.tables:
        if file not in FILES:
            running.refuse(
                file, None, None, f'"{file}" is not a file of the format.', f"Known are: {', '.join(FILES)}."
            )
