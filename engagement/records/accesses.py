"""What vendors were let into, and what of it was taken back."""

from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection, select, update

from engagement.records import schema, schema_later
from engagement.records.belonging import rows_of
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import writing

_ACCESS: Final = table_of(schema_later.Access)
_ENGAGEMENT: Final = table_of(schema.Engagement)


class RecordedAccess(NamedTuple):
    """Something a vendor was let into."""

    id: int
    what: str
    given_on: date
    revoked_on: date | None


def give_access(database: Database, author: Author, engagement: str, what: str, given_on: date) -> None:
    """Puts something that the vendor may enter on the engagement's list. Saying the same again changes nothing.

    Raises `Refused` where it has no name, is on the list since another day, or the day is still to come.
    """
    with writing(database, author) as form:
        number, named = form.engagement(engagement), form.said("what", what)
        form.past("given_on", given_on)
        query = select(_ACCESS.c.given_on).where(
            _ACCESS.c.engagement_id == number, _ACCESS.c.what == named, _ACCESS.c.revoked_on.is_(None)
        )
        since = form.connection.scalar(query)
        if since is not None and since != given_on:
            remedy = "Record that it was taken back first, or give this one another name."
            form.refuse("what", f'"{named}" is on the list since {since.isoformat()}.', remedy)
        form.check()
        if since is None:
            row = {"what": named, "given_on": given_on}
            form.add(_ACCESS, engagement_id=number, **row)
            form.transaction.touch(number)
            form.note("give access", engagement, subject=named, after=row)


def revoke_access(database: Database, author: Author, access_id: int, revoked_on: date) -> None:
    """Records that an access was taken back; one that was taken back already stays as it is.

    Raises `Refused` for an unknown one, and for a day that is still to come or before it was given.
    """
    with writing(database, author) as form:
        query = (
            select(_ACCESS, _ENGAGEMENT.c.key)
            .join(_ENGAGEMENT, _ENGAGEMENT.c.id == _ACCESS.c.engagement_id)
            .where(_ACCESS.c.id == access_id)
        )
        found = form.connection.execute(query).one_or_none()
        form.past("revoked_on", revoked_on)
        if found is None:
            form.refuse("access", "There is no such access any more.", "Look at the list again.")
        elif revoked_on < found.given_on:
            what = f'"{found.what}" was given on {found.given_on.isoformat()}, later than it would be taken back.'
            form.refuse("revoked_on", what, "Choose a later day.")
        form.check()
        if found is None or found.revoked_on is not None:
            return
        form.connection.execute(update(_ACCESS).where(_ACCESS.c.id == access_id).values(revoked_on=revoked_on))
        form.transaction.touch(found.engagement_id)
        before, after = {"revoked_on": None}, {"revoked_on": revoked_on}
        form.note("revoke access", found.key, subject=found.what, before=before, after=after)


def accesses(connection: Connection, engagement: str) -> tuple[RecordedAccess, ...]:
    """What the vendor of an engagement was let into: what it may still enter first, then by the day it was given."""
    query = rows_of(_ACCESS, RecordedAccess._fields, engagement).order_by(
        _ACCESS.c.revoked_on.is_not(None), _ACCESS.c.given_on, _ACCESS.c.id
    )
    return tuple(RecordedAccess(*row) for row in connection.execute(query))
