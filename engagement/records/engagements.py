"""Work that was handed out: taken on, changed, paused, closed, doubled on purpose."""

from datetime import date
from typing import Any, Final

from sqlalchemy import func, select, tuple_

from engagement.errors import Problem, Refused
from engagement.records import schema, schema_later
from engagement.records.database import Author, Database, Reading, Transaction, table_of
from engagement.records.forms import writing
from engagement.records.merge import Merge
from engagement.records.merge_engagements import Engagements, latest_row, merge_pauses

_ENGAGEMENT: Final = table_of(schema.Engagement)
_TERMS: Final = table_of(schema.Terms)
_PAUSE: Final = table_of(schema.Pause)
_DUPLICATE: Final = table_of(schema_later.Duplicate)


def add_engagement(database: Database, author: Author, engagement: str, **terms: Any) -> None:
    """Records a new engagement under a key. ``terms`` are columns of the file ``engagements``, at least name, vendor,
    currency and starts_on; a vendor that is not known yet is recorded too.

    Raises `Refused` with every problem; ``column`` is the name of the argument.
    """
    row = {"recorded_on": author.today, **terms, "engagement": engagement.strip()}
    with database.writing(author) as transaction:
        running = _merge(transaction, row)
        if row["engagement"] in running.engagements:
            what = f'There is an engagement "{row["engagement"]}" already.'
            raise Refused((Problem(what, "Choose another key.", column="engagement"),))
        _take(running)
        transaction.note("add engagement", row["engagement"], after=row)


def recorded_since(connection: Reading, engagement: str | None = None) -> date | None:
    """The day the first engagement was recorded, or began where nobody said when it was; None without any.

    ``engagement``: of this one alone.
    """
    query = select(func.min(func.coalesce(_TERMS.c.recorded_on, _TERMS.c.starts_on)))
    if engagement is not None:
        query = query.join(_ENGAGEMENT, _ENGAGEMENT.c.id == _TERMS.c.engagement_id).where(
            _ENGAGEMENT.c.key == engagement
        )
    found: date | None = connection.scalar(query)
    return found


def change_terms(database: Database, author: Author, engagement: str, **changes: Any) -> None:
    """Changes what is agreed about an engagement, from today on; what was agreed before stays on record.

    ``changes`` are columns of the file ``engagements``. Raises `Refused` with every problem.
    """
    with database.writing(author) as transaction:
        row = latest_row(transaction.connection, engagement)
        if row is None:
            raise Refused((_unknown(engagement),))
        strange = [name for name in changes if name not in row or name == "engagement"]
        if strange:
            raise Refused(
                tuple(Problem(f'"{name}" is no column of it.', "Leave it out.", column=name) for name in strange)
            )
        _take(_merge(transaction, {**row, **changes}))


def pause(database: Database, author: Author, engagement: str, from_on: date, until_on: date) -> None:
    """Lets the work rest from a day until, and without, another. Raises `Refused` for days that touch another pause."""
    with database.writing(author) as transaction:
        table = table_of(schema.Engagement)
        number = transaction.connection.scalar(select(table.c.id).where(table.c.key == engagement))
        if number is None:
            raise Refused((_unknown(engagement),))
        if until_on <= from_on:
            what = f"{until_on.isoformat()} is not after {from_on.isoformat()}."
            raise Refused((Problem(what, "Choose the day on which the work goes on.", column="until_on"),))
        query = select(_PAUSE.c.from_on, _PAUSE.c.until_on).where(_PAUSE.c.engagement_id == number)
        for start, end in transaction.connection.execute(query):
            if start < until_on and from_on < end:
                what = f"It rests already from {start.isoformat()} until {end.isoformat()}."
                raise Refused((Problem(what, "Choose other days.", column="from_on"),))
        transaction.add(_PAUSE, engagement_id=number, from_on=from_on, until_on=until_on)
        transaction.touch(number)
        transaction.note("pause", engagement, after={"from_on": from_on, "until_on": until_on})


def close(database: Database, author: Author, engagement: str, closed_on: date) -> None:
    """Closes an engagement on a day that has come."""
    if closed_on > author.today:
        what = f"{closed_on.isoformat()} is still to come."
        raise Refused((Problem(what, "Choose today or an earlier day.", column="closed_on"),))
    change_terms(database, author, engagement, status="closed", closed_on=closed_on)


def mark_deliberate(database: Database, author: Author, engagement: str, other: str, reason: str) -> None:
    """Says that two engagements have the same task on purpose, and why. A pair that is marked already stays as it is.

    Raises `Refused` for unknown engagements, one with itself, and where nobody says why.
    """
    with writing(database, author) as form:
        one, second = form.engagement(engagement), form.engagement(other, "other")
        why = form.said("reason", reason)
        if engagement == other:
            form.refuse("other", "It is the same engagement.", "Choose the other one.")
        form.check()
        pair = (_DUPLICATE.c.engagement_id, _DUPLICATE.c.other_id)
        marked = select(_DUPLICATE.c.id).where(tuple_(*pair).in_([(one, second), (second, one)]))
        if form.connection.scalars(marked).first() is not None:
            return
        form.add(_DUPLICATE, engagement_id=one, other_id=second, reason=why)
        form.transaction.touch(one, second)
        form.note("mark deliberate", engagement, subject=other, after={"reason": why})


def _merge(transaction: Transaction, row: dict[str, Any]) -> Merge:
    return Merge(transaction.connection, transaction, {"engagements": [row]}, transaction.author.today, None)


def _take(running: Merge) -> None:
    """Writes the row. Its problems name no file: it was typed into a form."""
    concerned = running.concerned()
    Engagements(running, concerned).take()
    merge_pauses(running, concerned)
    running.problems = [problem._replace(file=None, row=None) for problem in running.problems]
    running.finish()


def _unknown(engagement: str) -> Problem:
    return Problem(f'There is no engagement "{engagement}".', "Choose one that is recorded.", column="engagement")
