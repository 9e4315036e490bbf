"""People on our side."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from sqlalchemy import Connection, func, select

from engagement.errors import Problem, Refused
from engagement.records import schema
from engagement.records.database import Author, Database, Transaction, table_of
from engagement.records.schema import ROLES

_PERSON: Final = table_of(schema.Person)
_TERMS: Final = table_of(schema.Terms)


class Person(NamedTuple):
    """Somebody on our side."""

    email: str
    name: str
    """As it is shown; the address where none is known."""
    role: str | None


def people(connection: Connection) -> tuple[Person, ...]:
    """Everybody who is listed, by name."""
    rows = connection.execute(select(_PERSON.c.email, _PERSON.c.name, _PERSON.c.role))
    return tuple(sorted((Person(email, name or email, role) for email, name, role in rows), key=_by_name))


def add_person(database: Database, author: Author, email: str, name: str | None, role: str | None) -> None:
    """Lists a person. Raises `Refused` for a known or unlikely address and for an unknown role."""
    email, name = email.strip().lower(), (name or "").strip() or None
    problems = []
    if "@" not in email.strip("@"):
        problems.append(Problem(f'"{email}" is not an address.', "Write it as name@example.org.", column="email"))
    if role is not None and role not in ROLES:
        problems.append(Problem(f'"{role}" is not a role.', f"Choose one of: {', '.join(ROLES)}.", column="role"))
    with database.writing(author) as transaction:
        if transaction.connection.scalar(select(_PERSON.c.id).where(_PERSON.c.email == email)):
            problems.append(Problem(f"{email} is listed already.", "Choose that person.", column="email"))
        if problems:
            raise Refused(tuple(problems))
        with people_listed(transaction.connection, transaction):
            transaction.add(_PERSON, email=email, name=name, role=role)
        transaction.note("add person", subject=email, after={"email": email, "name": name, "role": role})


def alone(connection: Connection) -> bool:
    """Whether at most one person is listed."""
    return (connection.scalar(select(func.count()).select_from(_PERSON)) or 0) <= 1


def names(connection: Connection) -> dict[str, str]:
    """Names of those who are listed with one, by address in small letters."""
    listed = connection.execute(select(_PERSON.c.email, _PERSON.c.name).where(_PERSON.c.name.is_not(None)))
    return {email.casefold(): name for email, name in listed}


def is_person(connection: Connection, name: str, recorded: str) -> bool:
    """Whether a name under which somebody writes is that of a person who is recorded by address or by name."""
    wanted, said = recorded.casefold(), name.casefold()
    if wanted == said:
        return True
    listed = connection.execute(select(_PERSON.c.email, _PERSON.c.name))
    known_as = ({email.casefold(), (shown or email).casefold()} for email, shown in listed)
    return any(wanted in names and said in names for names in known_as)


@contextmanager
def people_listed(connection: Connection, transaction: Transaction | None) -> Iterator[None]:
    """Has assessed again what depends on the people whom the block lists.

    Everything, where it changes whether somebody is alone: rules about a second person. And what is owned by somebody
    whose name becomes known or changes, because evidence calls them by it.
    """
    was_alone, before = alone(connection), names(connection)
    yield
    if transaction is None:
        return
    after = names(connection)
    renamed = {email for email in before.keys() | after.keys() if before.get(email) != after.get(email)}
    if alone(connection) != was_alone:
        transaction.touch_everything()
    elif renamed:
        owned = select(_TERMS.c.engagement_id, _TERMS.c.owner).where(_TERMS.c.owner.is_not(None)).distinct()
        transaction.touch(*(number for number, owner in connection.execute(owned) if owner.casefold() in renamed))


def _by_name(person: Person) -> tuple[str, str]:
    return person.name.casefold(), person.email
