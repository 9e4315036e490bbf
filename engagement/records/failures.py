"""What a database driver reports, as one of the causes a person can do something about."""

import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from engagement.errors import (
    DatabaseError,
    DatabaseLocked,
    DatabaseMissing,
    DatabaseUnreachable,
    NotADatabase,
)

_CREATE: Final = "Run `python -m engagement init` to create it, or set ENGAGEMENT_DATABASE_URL to where it is."


def place(url: URL) -> str:
    """Where a database is, for a message: the path of a file, or the address without its password."""
    return str(url.database) if is_file(url) else url.render_as_string(hide_password=True)


def is_file(url: URL) -> bool:
    """Whether the database is an SQLite file."""
    return url.get_backend_name() == "sqlite"


def missing(url: URL) -> DatabaseMissing:
    """There is no database, or nothing in it."""
    return DatabaseMissing(f"There is no database at {place(url)} yet. {_CREATE}")


def locked(url: URL) -> DatabaseLocked:
    """Somebody else writes for too long. Where, and what to look for, is a note: pages do not show it."""
    error = DatabaseLocked("Somebody else is writing just now. Nothing was written. Try again in a moment.")
    error.add_note(
        f"It took more than five seconds at {place(url)}. If it stays so, look for an import that is still running or "
        "another program that holds the database open."
    )
    return error


def made_meanwhile(url: URL) -> DatabaseLocked:
    """Somebody else was faster with a new database."""
    return DatabaseLocked(
        f"Somebody else has just made a database at {place(url)}. Nothing was written. Do it again to add to theirs."
    )


def not_a_database(url: URL) -> NotADatabase:
    """The file is something else."""
    return NotADatabase(
        f"{place(url)} is not a database of this program. It was left as it is. Set ENGAGEMENT_DATABASE_URL to another "
        "file, or move this one away."
    )


def damaged(url: URL) -> NotADatabase:
    """The file was one of ours and parts of it cannot be read any more."""
    return NotADatabase(
        f"The database at {place(url)} is damaged: parts of it cannot be read. It was left as it is. Put it aside, and "
        "restore the last copy you have of it; `sqlite3 FILE .recover` may save what is newer."
    )


def unreachable(url: URL, why: str) -> DatabaseUnreachable:
    """The file may not be used, or the server does not answer or does not let us in."""
    remedy = (
        "Check that this account may write the file and its folder (notes are kept beside it), and that the "
        "disk is not full."
        if is_file(url)
        else "Check that the server runs, that the address and the password are right, and that this account may write."
    )
    return DatabaseUnreachable(f"The database at {place(url)} cannot be used: {why}. {remedy}")


def in_words(error: DBAPIError | PoolTimeoutError, url: URL) -> DatabaseError | None:
    """The error as one a person can act on; None where the program itself is at fault."""
    if isinstance(error, PoolTimeoutError):
        return locked(url)
    if isinstance(error.orig, sqlite3.Error):
        return _of_file(error.orig, url)
    return _of_server(error, url)


def _of_file(error: sqlite3.Error, url: URL) -> DatabaseError | None:
    """SQLite's result codes; the low byte is the primary one."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return locked(url)
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return damaged(url) if code == sqlite3.SQLITE_CORRUPT else not_a_database(url)
    if code == sqlite3.SQLITE_CANTOPEN and not Path(str(url.database)).exists():
        return missing(url)
    if code == sqlite3.SQLITE_ERROR and str(error).startswith("no such table"):
        return missing(url)
    if code in (
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
    ):
        return unreachable(url, str(error))
    return None


def _of_server(error: DBAPIError, url: URL) -> DatabaseError | None:
    """PostgreSQL's SQLSTATE; a connection that never came about has none."""
    state = getattr(error.orig, "sqlstate", None)
    if state in ("55P03", "40001", "40P01"):
        return locked(url)
    if state == "42P01":
        return missing(url)
    if state == "3D000" or (state is None and f'database "{url.database}" does not exist' in str(error.orig)):
        return DatabaseMissing(
            f"The server has no database {place(url)}. Create it there (`createdb {url.database}`), then run "
            "`python -m engagement init`."
        )
    if state is None or state[:2] in ("08", "25", "28", "53", "57") or state == "42501":
        if state is None and not error.connection_invalidated and not _is_connecting(error):
            return None
        return unreachable(url, str(error.orig).strip().split("\n")[0].rstrip("."))
    return None


def _is_connecting(error: DBAPIError) -> bool:
    """Whether it failed before any statement was sent."""
    return error.statement is None
