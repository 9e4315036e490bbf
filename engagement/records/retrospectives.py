"""What was learned from work that is over."""

from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection

from engagement.records import schema_later
from engagement.records.belonging import latest_first
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import text_or_none, writing

_RETROSPECTIVE: Final = table_of(schema_later.Retrospective)


class Retrospective(NamedTuple):
    """What was learned from an engagement."""

    written_on: date
    went_well: str | None
    went_badly: str | None
    would_hire_again: bool | None


def write_retrospective(
    database: Database,
    author: Author,
    engagement: str,
    written_on: date,
    *,
    went_well: str | None = None,
    went_badly: str | None = None,
    would_hire_again: bool | None = None,
) -> None:
    """Records what was learned. Saving the very same twice records it once.

    Raises `Refused` where neither what went well nor what went badly is said, and for a day still to come.
    """
    with writing(database, author) as form:
        number = form.engagement(engagement)
        form.past("written_on", written_on)
        row = Retrospective(written_on, text_or_none(went_well), text_or_none(went_badly), would_hire_again)._asdict()
        if not row["went_well"] and not row["went_badly"]:
            form.refuse("went_well", "Nothing was said.", "Say what went well, or what went badly.")
        form.check()
        if form.known(_RETROSPECTIVE, engagement_id=number, **row):
            return
        form.add(_RETROSPECTIVE, engagement_id=number, **row)
        form.transaction.touch(number)
        form.note("write retrospective", engagement, after=row)


def retrospectives(connection: Connection, engagement: str) -> tuple[Retrospective, ...]:
    """What was learned from an engagement, the latest first."""
    query = latest_first(_RETROSPECTIVE, Retrospective._fields, "written_on", engagement)
    return tuple(Retrospective(*row) for row in connection.execute(query))
