"""Opening, creating and upgrading databases, and what is said where that is impossible."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from engagement.assessment.values import LOGS
from engagement.errors import (
    DatabaseLocked,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseOlder,
    DatabaseUnreachable,
    NotADatabase,
    Refused,
    WrongSetting,
)
from engagement.records import database as database_module
from engagement.records import engines
from engagement.records.database import Author, Database
from engagement.records.engagements import add_engagement
from engagement.records.history import histories
from engagement.records.intake import merge
from engagement.records.migrations.run import migrate
from engagement.records.schema_base import Base
from tests.records.portfolio import TODAY, plan, rows

REVISION = text("SELECT current FROM revision")


def test_an_upgraded_database_passes_the_check_and_has_never_been_written(database: Database) -> None:
    database.check()
    assert database.revision() == 0


def test_the_migrations_give_exactly_the_tables_of_the_schema(database: Database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_migrations_give_the_same_constraints_and_indexes_as_the_schema(sqlite_database: Database) -> None:
    plain = create_engine("sqlite://")
    names = text(
        "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite_%'"
    )
    checks = text("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'alembic%'")
    with plain.begin() as connection, sqlite_database.reading() as migrated:
        Base.metadata.create_all(connection)
        assert set(connection.execute(names)) == set(migrated.execute(names))
        wanted = {name: constraints(sql) for name, sql in connection.execute(checks)}
        assert wanted == {name: constraints(sql) for name, sql in migrated.execute(checks)}
    plain.dispose()


def constraints(sql: str) -> set[str]:
    """Constraints of a CREATE TABLE. Columns that were added later stand behind them in its last line."""
    lines = (line.strip().rstrip(",").replace('"', "") for line in sql.splitlines())
    return {line for line in lines if line.startswith("CONSTRAINT")}


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    database.upgrade()
    database.check()


def test_upgrading_creates_the_folder_and_the_file(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'new' / 'folder' / 'engagement.db'}")
    made.upgrade()
    made.check()
    made.close()


def test_an_sqlite_database_keeps_a_write_ahead_log_checks_foreign_keys_and_waits(sqlite_database: Database) -> None:
    with sqlite_database.reading() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA busy_timeout")) == 5000


def test_a_database_that_does_not_exist_is_missing_and_is_not_created(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    absent = Database(f"sqlite:///{path}")
    for ask in (absent.check, absent.revision):
        with pytest.raises(DatabaseMissing, match="python -m engagement init"):
            ask()
    assert not path.exists()
    absent.close()


def test_an_empty_file_is_a_missing_database_and_can_be_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    empty = Database(f"sqlite:///{path}")
    with pytest.raises(DatabaseMissing):
        empty.check()
    empty.upgrade()
    empty.check()
    empty.close()


def test_a_server_without_our_tables_is_missing_and_can_be_upgraded(postgresql_server: str) -> None:
    fresh = Database(postgresql_server)
    with pytest.raises(DatabaseMissing):
        fresh.check()
    with pytest.raises(DatabaseMissing):
        fresh.revision()
    fresh.close()


def test_a_database_that_the_server_does_not_have_is_missing(postgresql_server: str) -> None:
    address = make_url(postgresql_server).set(database="nowhere")
    absent = Database(address.render_as_string(hide_password=False))
    with pytest.raises(DatabaseMissing, match="createdb nowhere"):
        absent.check()
    absent.close()


@pytest.mark.parametrize("content", [b"engagement,name\nM1,Data load\n" * 100, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_file_that_is_something_else_is_named_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.csv"
    path.write_bytes(content)
    other = Database(f"sqlite:///{path}")
    for ask in (other.check, other.upgrade, other.revision):
        with pytest.raises(NotADatabase, match=r"notes\.csv is not a database"):
            ask()
    other.close()
    assert path.read_bytes() == content


def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    folder = Database(f"sqlite:///{tmp_path}")
    with pytest.raises(NotADatabase):
        folder.check()
    with pytest.raises(NotADatabase):
        folder.upgrade()


def test_somebody_elses_tables_are_not_a_database_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    shop = sqlite3.connect(path)
    shop.execute("CREATE TABLE orders (id INTEGER)")
    shop.commit()
    shop.close()
    other = Database(f"sqlite:///{path}")
    for ask in (other.check, other.upgrade):
        with pytest.raises(NotADatabase):
            ask()
    other.close()


def test_a_database_of_a_later_program_is_newer_and_is_left_as_it_is(database: Database, author: Author) -> None:
    with database.writing(author) as transaction:
        transaction.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for ask in (database.check, database.upgrade):
        with pytest.raises(DatabaseNewer, match=r"schema 9999.*Update the program"):
            ask()


MILESTONES = text(
    "INSERT INTO milestone (id, engagement_id, key, name) VALUES (1, 1, 'M1', 'Load'), (2, 1, 'M2', 'Training')"
)
PAYMENTS = text(
    "INSERT INTO spend (id, engagement_id, spent_on, amount, deposit, milestone_id) VALUES "
    "(1, 1, '2026-02-01', 5, false, 1), (2, 1, '2026-01-01', 3, false, NULL), (3, 1, '2026-01-01', 7, true, 1)"
)
SETTLED = text(
    "INSERT INTO action (id, engagement_id, kind, side, title, raised_on, closed_on, promised_on) VALUES "
    "(1, 1, 'action', 'vendor', 'late', '2026-01-01', '2026-02-02', '2026-02-01'), "
    "(2, 1, 'action', 'vendor', 'kept', '2026-01-01', '2026-01-02', '2026-01-02'), "
    "(3, 1, 'question', 'vendor', 'answered', '2026-01-01', '2026-01-02', '2026-01-02')"
)


def test_a_database_of_an_earlier_program_is_older_and_is_upgraded_with_its_records(bare_database: str) -> None:
    engine = create_engine(bare_database)
    with engine.begin() as connection:
        migrate(connection, database_module.MIGRATIONS, "0002")
        connection.execute(text("INSERT INTO engagement (id, key, revision) VALUES (1, 'crm', 0)"))
        connection.execute(MILESTONES)
        connection.execute(PAYMENTS)
        connection.execute(SETTLED)
    engine.dispose()
    old = Database(bare_database)
    with pytest.raises(DatabaseOlder, match="python -m engagement init"):
        old.check()
    old.upgrade()
    old.check()
    with old.reading() as connection:
        assert connection.execute(text("SELECT id, total_so_far, hours_so_far FROM spend ORDER BY id")).fetchall() == [
            (1, 8, None), (2, 3, None), (3, 7, None),
        ]  # fmt: skip
        counted = text("SELECT id, kept_so_far, due_so_far FROM action ORDER BY id")
        assert connection.execute(counted).fetchall() == [(1, 1, 2), (2, 1, 1), (3, None, None)]
        paid = text("SELECT CAST(first_paid_on AS text) FROM milestone ORDER BY id")
        assert connection.scalars(paid).all() == ["2026-02-01", None]
    old.close()


def test_a_file_in_a_place_that_takes_no_files_is_unreachable() -> None:
    nowhere = Database("sqlite:////proc/engagement/engagement.db")
    with pytest.raises(DatabaseUnreachable, match="may write the file and its folder"):
        nowhere.upgrade()


def test_a_server_that_does_not_answer_is_unreachable_and_its_password_stays_secret() -> None:
    deaf = Database("postgresql://ana:secret@127.0.0.1:1/engagement")
    with pytest.raises(DatabaseUnreachable, match=r"127\.0\.0\.1:1") as caught:
        deaf.check()
    assert "secret" not in str(caught.value)
    deaf.close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "engagement.db",
        "mysql://host/x",
        "nosuch://x",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://folder/x.db",
        "sqlite:///a?b.db",
        "sqlite:///x.db?mode=ro",
        "sqlite+aiosqlite:///x.db",
        "postgresql+asyncpg://host/x",
        "postgresql+psycopg2://host/x",
        "postgresql://host:port/x",
    ],
)
def test_an_address_that_cannot_be_used_is_a_wrong_setting(url: str) -> None:
    with pytest.raises(WrongSetting, match="ENGAGEMENT_DATABASE_URL"):
        Database(url)


def test_a_writer_that_waits_too_long_is_told_so(
    database: Database, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_MILLISECONDS", 50)
    second = Database(database.url.render_as_string(hide_password=False))
    with database.writing(author), pytest.raises(DatabaseLocked) as locked, second.writing(author):
        pass
    assert str(locked.value) == "Somebody else is writing just now. Nothing was written. Try again in a moment."
    assert str(database.url.database) in locked.value.__notes__[0]
    second.close()


def test_nobody_writes_without_a_name(database: Database, author: Author) -> None:
    with pytest.raises(Refused, match="Say who you are"), database.writing(author._replace(name=" ")):
        pass


def test_what_is_rehearsed_is_checked_like_what_is_written_and_nothing_of_it_is_kept(
    database: Database, author: Author
) -> None:
    merge(database, author, rows(plan()), today=TODAY, origin="own")
    before, rehearsing = database.revision(), author._replace(rehearses=True)
    with pytest.raises(Refused, match="already"):
        add_engagement(database, rehearsing, "crm", name="CRM", vendor="Northwind", currency="EUR", starts_on=TODAY)
    with pytest.raises(Refused, match="Say who you are"), database.writing(rehearsing._replace(name="")):
        pass
    add_engagement(database, rehearsing, "web", name="Website", vendor="Contoso", currency="EUR", starts_on=TODAY)
    assert database.revision() == before
    add_engagement(database, author, "web", name="Website", vendor="Contoso", currency="EUR", starts_on=TODAY)
    assert database.revision() == before + 1


def test_a_reader_sees_one_snapshot_while_somebody_writes(database: Database, author: Author) -> None:
    with database.reading() as connection:
        assert connection.scalar(REVISION) == 0
        with database.writing(author) as transaction:
            transaction.touch_everything()
        assert connection.scalar(REVISION) == 0
    assert database.revision() == 1


def test_a_damaged_file_is_said_to_be_damaged_and_not_to_be_something_else(sqlite_database: Database) -> None:
    author = Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC))
    merge(sqlite_database, author, rows(plan()), today=TODAY, origin="own")
    sqlite_database.close()
    file = Path(str(sqlite_database.url.database))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 8192))
    with (
        pytest.raises(NotADatabase, match=r"is damaged: parts of it cannot be read"),
        sqlite_database.reading() as view,
    ):
        histories(view, TODAY, complete=LOGS)
