"""Unfinished forms. They are nobody else's business: they raise no data version and leave no trace in the audit."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select

from engagement.records import schema_later
from engagement.records.database import Author, Database, table_of

_DRAFT: Final = table_of(schema_later.Draft)


def save_draft(database: Database, author: Author, key: str, body: Mapping[str, Any]) -> None:
    """Keeps what a person has typed into a form so far, instead of what was kept before. ``body`` is JSON."""
    with database.writing(author) as transaction:
        transaction.connection.execute(_own(author, key))
        row = {"person": author.name, "key": key, "body": dict(body), "saved_at": author.at}
        transaction.connection.execute(insert(_DRAFT), row)


def draft(connection: Connection, person: str, key: str) -> dict[str, Any] | None:
    """What a person had typed into a form; None where nothing is kept."""
    query = select(_DRAFT.c.body).where(_DRAFT.c.person == person, _DRAFT.c.key == key)
    body: dict[str, Any] | None = connection.scalar(query)
    return body


def drop_draft(database: Database, author: Author, key: str) -> None:
    """Forgets what a person had typed into a form."""
    with database.writing(author) as transaction:
        transaction.connection.execute(_own(author, key))


def _own(author: Author, key: str) -> Any:
    return delete(_DRAFT).where(_DRAFT.c.person == author.name, _DRAFT.c.key == key)
