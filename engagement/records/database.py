"""The database: one engine per URL, its pragmas, its schema version, and the transactions that read and write it."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from engagement.errors import DatabaseNewer, DatabaseOlder, Problem, Refused
from engagement.records import engines, failures, schema, schema_later
from engagement.records.engines import engine_of, understood
from engagement.records.files import exists, is_sealed, is_there, new_file, untouched
from engagement.records.schema_base import Base

MIGRATIONS: Final = Path(__file__).with_name("migrations")
VERSIONS: Final = tuple(sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")))
"""Schema versions this program knows, oldest first: the numbers that the files begin with."""

_MIGRATING: Final = 20_261_122
"""The advisory lock that upgrades of one PostgreSQL database share."""

_CURRENT: Final = select(schema.Revision.current).where(schema.Revision.id == 1)

Reading = Connection
"""A snapshot being read, for rooms that pass it on and know nothing of SQLAlchemy."""


class Author(NamedTuple):
    """Who writes, and when."""

    name: str
    at: datetime
    """Aware, UTC."""
    rehearses: bool = False
    """Whether this is only tried, before anybody has said who they are: all is checked and nothing is kept."""

    @property
    def today(self) -> date:
        """The day on which it is written, where this program runs."""
        return self.at.astimezone().date()


class _Rehearsed(Exception):
    """What was tried went well, and is taken back."""


class Transaction:
    """One decision of a person being written. What it touches gets a new revision when it ends well."""

    def __init__(self, connection: Connection, author: Author) -> None:
        self.connection, self.author = connection, author
        self._touched: set[int] = set()
        self._everything = self.changed = False
        self.origin: str | None = "own"
        """Whose records an empty database holds after this."""
        self._entries: list[dict[str, Any]] = []
        self._next: dict[str, int] = {}

    def next_id(self, table: Table, count: int = 1) -> int:
        """The first of ``count`` unused ids of a table, which nobody else takes: one transaction writes at a time."""
        first = self._next.get(table.name)
        if first is None:
            first = (self.connection.scalar(select(func.max(table.c.id))) or 0) + 1
        self._next[table.name] = first + count
        return first

    def add(self, table: Table, **row: Any) -> int:
        """Adds a row and gives its id. Rows that have a place and name none come last of their day."""
        number = self.next_id(table)
        if "place" in table.c:
            row.setdefault("place", number)
        self.connection.execute(insert(table), {"id": number, **row})
        return number

    def touch(self, *engagement_ids: int) -> None:
        """These engagements have to be assessed again."""
        self._touched.update(engagement_ids)
        self.changed = True

    def touch_everything(self) -> None:
        """Whatever was read has to be read again."""
        self._everything = self.changed = True

    def note(
        self,
        what: str,
        engagement: str | None = None,
        subject: str | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Puts down in the audit what was done, and raises the data version."""
        self.changed = True
        entry = {"what": what, "engagement": engagement, "subject": subject}
        self._entries.append(entry | {"before": _plain(before), "after": _plain(after)})

    def finish(self) -> None:
        """Raises the revisions of what was touched and writes the audit. Nothing where nothing was changed."""
        if not self.changed:
            return
        revision = (self.connection.scalar(_CURRENT) or 0) + 1
        raised: dict[str, Any] = {"current": revision} | ({"everything": revision} if self._everything else {})
        raised["origin"] = func.coalesce(schema.Revision.origin, self.origin) if self.origin else None
        self.connection.execute(update(schema.Revision).values(raised))
        if self._touched:
            stamp = text("UPDATE engagement SET revision = :revision WHERE id = :id")
            self.connection.execute(stamp, [{"revision": revision, "id": number} for number in self._touched])
        if self._entries:
            table = table_of(schema_later.AuditEntry)
            first = self.next_id(table, len(self._entries))
            common = {"at": self.author.at, "by": self.author.name, "revision": revision}
            self.connection.execute(
                insert(table), [{"id": number, **common, **entry} for number, entry in enumerate(self._entries, first)]
            )


def table_of(mapped: type[Base]) -> Table:
    """The table behind a mapped class, for statements that want rows and no objects."""
    table = mapped.__table__
    assert isinstance(table, Table)  # noqa: S101 - tells the type checker what the declarative base guarantees
    return table


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Values as JSON holds them: dates and decimals as text."""
    plain: dict[str, Any] | None = json.loads(json.dumps(dict(values), default=str)) if values is not None else None
    return plain


class Database:
    """Where the records are. Making one opens nothing and creates nothing. It may be shared by threads."""

    def __init__(self, url: str) -> None:
        self.url = understood(url)
        self._engine = engine_of(self.url)
        self._sealed = engine_of(self.url, journal="none")

    def check(self) -> None:
        """Says whether this program can work with what is there.

        Raises a `DatabaseError` that says what is wrong and what to do: missing, older, newer, something else,
        unreachable or locked.
        """
        if failures.is_file(self.url):
            path = Path(str(self.url.database))
            if path.is_dir():
                raise failures.not_a_database(self.url)
            if not exists(path):
                raise failures.missing(self.url)
        with self.reading() as connection:
            version = self._version(connection)
        if version is None:
            raise failures.missing(self.url)
        place = failures.place(self.url)
        if version not in VERSIONS:
            raise DatabaseNewer(
                f"The database at {place} was written by a later version of this program (schema {version}, this one "
                f"knows up to {VERSIONS[-1]}). Update the program; the database was left as it is."
            )
        if version != VERSIONS[-1]:
            raise DatabaseOlder(
                f"The database at {place} has schema {version}; this program needs {VERSIONS[-1]}. "
                "Run `python -m engagement init` to upgrade it; the records stay."
            )

    def upgrade(self) -> None:
        """Brings the schema up to this program's, creating folder and file where there are none.

        Safe to run from two processes at once: the second waits and finds the work done. Raises `DatabaseNewer`,
        `NotADatabase`, `DatabaseUnreachable` or `DatabaseLocked`.
        """
        if failures.is_file(self.url):
            self._create_file()
        with self._begun(immediate=True) as connection:
            self._migrate(connection, {None, *VERSIONS[:-1]})
        self.check()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent snapshot of the records, which writers neither change nor wait for.

        A file in a folder that may not be written is read as well, but not while somebody writes who may.
        """
        if not failures.is_file(self.url) or not is_sealed(self.url):
            with self._begun(immediate=False) as connection:
                yield connection
            return
        with untouched(self.url), self._begun(immediate=False, engine=self._sealed) as connection:
            yield connection

    @contextmanager
    def writing(self, author: Author) -> Iterator[Transaction]:
        """One decision being written: all of it, or none where the block raises, or where the author rehearses.

        One writes at a time; the others wait up to five seconds, then raise `DatabaseLocked`.
        """
        with self._written(author, self._engine) as transaction:
            yield transaction

    @contextmanager
    def creating(self, author: Author) -> Iterator[Transaction]:
        """The same, with the schema made first where there is none yet: both, or neither.

        A new file is seen by nobody before it is complete. Raises `DatabaseLocked` also where somebody else has made
        one in the meantime.
        """
        if not failures.is_file(self.url) or is_there(Path(str(self.url.database))):
            with self._written(author, self._engine, create=True) as transaction:
                yield transaction
            return
        with new_file(self.url) as path:
            engine = engine_of(self.url.set(database=str(path)), journal="MEMORY")
            try:
                with self._written(author, engine, create=True) as transaction:
                    yield transaction
            finally:
                engine.dispose()

    def revision(self) -> int:
        """The data version: raised by every write, 0 when nothing was ever written."""
        with self.reading() as connection:
            return connection.scalar(_CURRENT) or 0

    def close(self) -> None:
        """Lets go of the file or the server."""
        self._engine.dispose()

    @contextmanager
    def _written(self, author: Author, engine: Engine, *, create: bool = False) -> Iterator[Transaction]:
        """One decision being written through an engine."""
        if not author.name.strip():
            raise Refused((Problem("Nobody is named as the one who writes.", "Say who you are.", column="name"),))
        with suppress(_Rehearsed), self._begun(immediate=True, engine=engine) as connection:
            if not failures.is_file(self.url):
                connection.execute(text(f"SET LOCAL lock_timeout = {engines.BUSY_MILLISECONDS}"))
            if create:
                self._migrate(connection, {None})
            if not failures.is_file(self.url):
                connection.execute(_CURRENT.with_for_update())
            transaction = Transaction(connection, author)
            yield transaction
            if author.rehearses:
                raise _Rehearsed
            transaction.finish()

    def _migrate(self, connection: Connection, versions: Collection[str | None]) -> None:
        """Brings the schema up to this program's where it is of one of these versions; None where there is none."""
        from engagement.records.migrations.run import migrate  # Alembic is slow to import, and rarely needed

        if not failures.is_file(self.url):
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATING})
        if self._version(connection) in versions:
            migrate(connection, MIGRATIONS)

    @contextmanager
    def _begun(self, *, immediate: bool, engine: Engine | None = None) -> Iterator[Connection]:
        """A transaction whose database errors come out in words, naming this database whatever the engine's file."""
        options: dict[str, Any] = {"immediate": immediate}
        if not immediate and not failures.is_file(self.url):
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        try:
            with (engine or self._engine).connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except (DBAPIError, PoolTimeoutError) as error:
            told = failures.in_words(error, self.url)
            if told is None:
                raise
            raise told from error

    def _version(self, connection: Connection) -> str | None:
        """The recorded schema version; None where there are no tables at all."""
        names = set(inspect(connection).get_table_names())
        if not names:
            return None
        if not {"alembic_version", schema.Revision.__tablename__} <= names:
            raise failures.not_a_database(self.url)
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return str(version)

    def _create_file(self) -> None:
        path = Path(str(self.url.database))
        if path.is_dir():
            raise failures.not_a_database(self.url)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(exist_ok=True)
        except OSError as error:
            raise failures.unreachable(self.url, error.strerror or str(error)) from error
