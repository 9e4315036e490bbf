"""Work that was handed out: taken on, changed, paused, closed, taken up again, doubled on purpose."""

from datetime import date
from typing import Any, Final

from sqlalchemy import delete, func, select, tuple_, update

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
_NO_PAUSE: Final[dict[str, Any]] = {"paused_from": None, "paused_until": None}
"""What a row of an engagement says of its pauses that is to leave them as they are."""


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
        number = _number(transaction, engagement)
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


def reopen(database: Database, author: Author, engagement: str, goes_on: date) -> None:
    """Takes work up again that was closed. From the day it was closed until it goes on it rested, as in a pause.

    ``goes_on`` on the day it was closed: it was closed by mistake, and as if it never had been. Raises `Refused` for
    work that is not closed, a day before that, and one still to come.
    """
    with database.writing(author) as transaction:
        row = latest_row(transaction.connection, engagement)
        if row is None:
            raise Refused((_unknown(engagement),))
        closed_on: date | None = row["closed_on"]
        if closed_on is None:
            raise Refused((Problem("It is not closed.", "There is nothing to take up again.", column="engagement"),))
        _check_between("goes_on", goes_on, closed_on, author.today, "it was closed")
        _take(_merge(transaction, {**row, **_NO_PAUSE, "status": "active", "closed_on": None}))
        number = _number(transaction, engagement)
        if goes_on > closed_on:
            _rest(transaction, number, closed_on, goes_on)
        transaction.touch(number)
        after = {"closed_on": None, "goes_on": goes_on}
        transaction.note("reopen", engagement, before={"closed_on": closed_on}, after=after)


def resume(database: Database, author: Author, engagement: str, goes_on: date) -> None:
    """Ends the pause that work is in today, on a day up to today; on its first day it never rested.

    A pause that is still to come is called off. Raises `Refused` where there is neither, and for a day before it.
    """
    with database.writing(author) as transaction:
        number = _number(transaction, engagement)
        query = select(_PAUSE.c.id, _PAUSE.c.from_on, _PAUSE.c.until_on)
        query = query.where(_PAUSE.c.engagement_id == number, _PAUSE.c.until_on > author.today)
        found = transaction.connection.execute(query.order_by(_PAUSE.c.from_on).limit(1)).one_or_none()
        if found is None:
            raise Refused((Problem("It is not paused.", "There is nothing to go on with.", column="engagement"),))
        if found.from_on <= author.today:
            _check_between("goes_on", goes_on, found.from_on, author.today, "the pause began")
        if found.from_on < goes_on:
            ends = update(_PAUSE).where(_PAUSE.c.id == found.id).values(until_on=goes_on)
            transaction.connection.execute(ends)
        else:
            transaction.connection.execute(delete(_PAUSE).where(_PAUSE.c.id == found.id))
        row = latest_row(transaction.connection, engagement)
        if row is not None and row["status"] == "paused":
            _take(_merge(transaction, {**row, **_NO_PAUSE, "status": "active"}))
        transaction.touch(number)
        before = {"from_on": found.from_on, "until_on": found.until_on}
        transaction.note("resume", engagement, before=before, after={"goes_on": goes_on})


def next_pause(connection: Reading, engagement: str, day: date) -> tuple[date, date] | None:
    """The pause that work is in on a day, or else the next one: its first day, and the day on which it goes on."""
    query = (
        select(_PAUSE.c.from_on, _PAUSE.c.until_on)
        .join(_ENGAGEMENT, _ENGAGEMENT.c.id == _PAUSE.c.engagement_id)
        .where(_ENGAGEMENT.c.key == engagement, _PAUSE.c.until_on > day)
        .order_by(_PAUSE.c.from_on)
        .limit(1)
    )
    found = connection.execute(query).one_or_none()
    return None if found is None else (found.from_on, found.until_on)


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


def _number(transaction: Transaction, engagement: str) -> int:
    """The id of an engagement. Raises `Refused` where there is none."""
    number: int | None = transaction.connection.scalar(select(_ENGAGEMENT.c.id).where(_ENGAGEMENT.c.key == engagement))
    if number is None:
        raise Refused((_unknown(engagement),))
    return number


def _check_between(column: str, day: date, first: date, last: date, what: str) -> None:
    """Raises `Refused` for a day before something happened, or still to come."""
    if day < first:
        problem = Problem(f"{day.isoformat()} is before {what}, on {first.isoformat()}.", "Choose a later day.")
        raise Refused((problem._replace(column=column),))
    if day > last:
        raise Refused(
            (Problem(f"{day.isoformat()} is still to come.", "Choose today or an earlier day.", column=column),)
        )


def _rest(transaction: Transaction, engagement: int, from_on: date, until_on: date) -> None:
    """Records that work rested; a pause that it meets grows to hold both, and none goes on for longer."""
    query = select(_PAUSE.c.id, _PAUSE.c.from_on, _PAUSE.c.until_on).where(_PAUSE.c.engagement_id == engagement)
    query = query.where(_PAUSE.c.from_on <= from_on, _PAUSE.c.until_on >= from_on).order_by(_PAUSE.c.from_on)
    first = transaction.connection.execute(query).first()
    later = update(_PAUSE).where(_PAUSE.c.engagement_id == engagement, _PAUSE.c.from_on < until_on)
    transaction.connection.execute(later.where(_PAUSE.c.until_on > until_on).values(until_on=until_on))
    if first is None:
        transaction.add(_PAUSE, engagement_id=engagement, from_on=from_on, until_on=until_on)
    else:
        transaction.connection.execute(update(_PAUSE).where(_PAUSE.c.id == first.id).values(until_on=until_on))


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
