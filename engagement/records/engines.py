"""Engines: how a database is opened, by its address. Making one opens nothing."""

import sqlite3
import time
from typing import Any, Final, Literal
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from engagement.errors import WrongSetting
from engagement.records import failures

BUSY_MILLISECONDS: Final = 5000
"""How long a writer waits for another one."""
_PAUSE: Final = 0.01
"""Seconds between two attempts to turn a new file to write-ahead logging."""

DRIVERS: Final = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")

Journal = Literal["WAL", "MEMORY", "none"]
"""How a file keeps what is not written to its end: write-ahead logging, which the file remembers, lets readers and a
writer not wait for each other; in memory will do for a file that is thrown away when it is not finished; none is for a
file that nobody writes to while it is open, and that must not be touched."""


def understood(url: str) -> URL:
    """The URL in parts. Raises `WrongSetting` where it is not one this program can use."""
    remedy = "Write sqlite:///path/to/file.db or postgresql://user:password@host/name into ENGAGEMENT_DATABASE_URL."
    try:
        parts = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
        backend = parts.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise WrongSetting(f"The database address cannot be understood. {remedy}") from None
    if backend not in ("sqlite", "postgresql"):
        raise WrongSetting(f"{backend} is not a database this program works with. {remedy}")
    if parts.drivername not in DRIVERS:
        raise WrongSetting(
            f'The database address begins with "{parts.drivername}", which names another driver. {remedy}'
        )
    if backend == "sqlite" and (parts.host or "?" in url):
        part = parts.host or url[url.index("?") :]
        raise WrongSetting(f'The database address has a part too many: "{part}". {remedy}')
    if backend == "sqlite" and parts.database in (None, "", ":memory:"):
        raise WrongSetting(f"A database in memory would be lost with the program. {remedy}")
    return parts


def engine_of(url: URL, journal: Journal = "WAL") -> Engine:
    """An engine that begins transactions itself, immediately where they write."""
    if not failures.is_file(url):
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 5})
    pool: dict[str, Any] = {"poolclass": NullPool} if journal == "none" else {}
    engine = create_engine(url, creator=lambda: _connect(str(url.database), journal), **pool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _connect(path: str, journal: Journal) -> sqlite3.Connection:
    """A connection to a file that exists, with the pragmas every one of ours has."""
    connection = sqlite3.connect(
        f"file:{quote(path)}?{'mode=ro&immutable=1' if journal == 'none' else 'mode=rw'}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MILLISECONDS / 1000,
    )
    try:
        if journal != "none":
            _keep_journal(connection, journal)
        for pragma in ("foreign_keys = ON", "cache_size = -65536", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}").close()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _keep_journal(connection: sqlite3.Connection, journal: Journal) -> None:
    """Sets how the file keeps what is not written to its end.

    Where two connections change a new file at once SQLite refuses one of them on the spot, without the waiting that
    every other lock gets, so that it has to be done here.
    """
    until = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            connection.execute(f"PRAGMA journal_mode = {journal}").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return
