"""Several processes at one database: writers wait for each other, readers for nobody, and what was cut off is gone."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from engagement.assessment.values import LOGS
from engagement.records import intake
from engagement.records.check_ins import CheckInEntry, log_check_ins
from engagement.records.database import VERSIONS, Author, Database
from engagement.records.history import histories
from engagement.records.spend import record_spend
from tests.records.portfolio import TODAY, plan, rows

SPAWN = multiprocessing.get_context("spawn")
"""Processes that share nothing with this one, like two servers."""
PATIENCE = 60
ANA = Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC))


def address(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


@contextmanager
def running(target: Any, *arguments: Any) -> Iterator[SpawnProcess]:
    process = SPAWN.Process(target=target, args=arguments)
    process.start()
    try:
        yield process
    finally:
        if process.is_alive():
            process.kill()
        process.join(PATIENCE)


def pay_often(url: str, times: int) -> None:
    database = Database(url)
    for _ in range(times):
        record_spend(database, ANA, "crm", TODAY, Decimal(1))
    database.close()


def write_and_hang(url: str, written: Event) -> None:
    database = Database(url)
    with database.writing(ANA) as transaction:
        transaction.note("half")
        transaction.finish()
        written.set()
        signal.pause()


def upgrade(url: str, go: Event) -> None:
    go.wait(PATIENCE)
    database = Database(url)
    database.upgrade()
    database.close()


def opened(url: str, ready: Barrier) -> str:
    """The schema version that one of many finds when all of them create a database."""
    database = Database(url)
    ready.wait(PATIENCE)
    database.upgrade()
    database.check()
    with database.reading() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        version: str = connection.scalar(text("SELECT version_num FROM alembic_version"))
    database.close()
    return version


@pytest.fixture
def crm(database: Database) -> Database:
    intake.merge(database, ANA, rows(plan()), today=TODAY, origin="own")
    return database


def test_two_processes_that_write_at_once_lose_nothing(crm: Database) -> None:
    with running(pay_often, address(crm), 40) as one, running(pay_often, address(crm), 40) as other:
        one.join(PATIENCE)
        other.join(PATIENCE)
        assert (one.exitcode, other.exitcode) == (0, 0)
    assert crm.revision() == 81
    with crm.reading() as connection:
        assert len(histories(connection, TODAY, complete=LOGS)["crm"].spend) == 80


def test_a_reader_sees_the_records_as_they_were_while_a_writer_is_at_work(crm: Database) -> None:
    with crm.reading() as connection:
        before = histories(connection, TODAY)
        log_check_ins(crm, ANA, [CheckInEntry("crm", TODAY, "call", notes="New.")])
        assert histories(connection, TODAY) == before
    with crm.reading() as connection:
        assert histories(connection, TODAY) != before


def test_what_a_killed_writer_had_not_finished_is_gone(crm: Database) -> None:
    written = SPAWN.Event()
    with running(write_and_hang, address(crm), written) as process:
        assert written.wait(PATIENCE)
        assert crm.revision() == 1
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join(PATIENCE)
    crm.check()
    assert crm.revision() == 1
    record_spend(crm, ANA, "crm", TODAY, Decimal(1))
    assert crm.revision() == 2


def test_two_processes_may_create_one_database_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'engagement.db'}"
    go = SPAWN.Event()
    with running(upgrade, url, go) as one, running(upgrade, url, go) as other:
        go.set()
        one.join(PATIENCE)
        other.join(PATIENCE)
        assert (one.exitcode, other.exitcode) == (0, 0)
    database = Database(url)
    database.check()
    database.close()


def test_a_new_file_may_be_opened_by_many_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        for number in range(40):
            url = f"sqlite:///{tmp_path / str(number) / 'engagement.db'}"
            ready = Barrier(6)
            assert list(pool.map(opened, [url] * 6, [ready] * 6)) == [VERSIONS[-1]] * 6


def test_two_processes_may_upgrade_one_server_at_once(empty_postgresql: str) -> None:
    go = SPAWN.Event()
    with running(upgrade, empty_postgresql, go) as one, running(upgrade, empty_postgresql, go) as other:
        go.set()
        one.join(PATIENCE)
        other.join(PATIENCE)
        assert (one.exitcode, other.exitcode) == (0, 0)
    database = Database(empty_postgresql)
    database.check()
    database.close()
