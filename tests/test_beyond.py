"""Warnings beyond one engagement are told again only as far as something was written."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from engagement.exchange.sample import load_sample
from engagement.overview import Overview
from engagement.records.check_ins import we_talked
from engagement.records.database import Author, Database
from engagement.records.engagements import mark_deliberate
from engagement.records.history import histories
from engagement.records.reports import issue_report
from engagement.settings import settings
from tests.conftest import NewDatabase

TODAY = date(2026, 11, 20)
ANA = Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC))


@pytest.fixture
def sample(new_sqlite: NewDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The sample, seen on Friday 20 November 2026."""
    _hold(monkeypatch, TODAY)
    database = Database(new_sqlite())
    load_sample(database, ANA, TODAY)
    yield database
    database.close()
    settings.cache_clear()


def _hold(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Holds the clock at noon of a day."""
    monkeypatch.setenv("ENGAGEMENT_TODAY", day.isoformat())
    settings.cache_clear()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Collection[str]]:
    """Keys of the engagements whose logs are read, a list for each reading."""
    readings: list[Collection[str]] = []

    def noting(connection: Any, as_of: date, **how: Any) -> Any:
        readings.append(sorted(how["keys"]))
        return histories(connection, as_of, **how)

    monkeypatch.setattr("engagement.beyond.histories", noting)
    return readings


def test_until_something_is_written_nothing_is_told_again(sample: Database, read: list[Collection[str]]) -> None:
    overview = Overview(sample)
    first = overview.whole(TODAY).warnings
    assert len(read) == 1
    assert overview.whole(TODAY).warnings is first
    overview.whole(TODAY - timedelta(days=7))
    assert overview.whole(TODAY).warnings is first
    assert len(read) == 1  # what was read for today serves the week before


def test_after_a_write_only_what_was_written_is_read_again(sample: Database, read: list[Collection[str]]) -> None:
    overview = Overview(sample)
    overview.whole(TODAY)
    we_talked(sample, ANA, "crm-migration", TODAY)
    assert overview.whole(TODAY).warnings == Overview(sample).whole(TODAY).warnings
    assert read[1] == ["crm-migration"]


def test_any_day_says_the_same_whatever_was_asked_before(sample: Database) -> None:
    overview, days = Overview(sample), [TODAY - timedelta(weeks=weeks) for weeks in (9, 0, 3, 40)]
    for day in days:
        assert overview.whole(day).warnings == Overview(sample).whole(day).warnings


def test_what_is_answered_is_gone_at_once(sample: Database) -> None:
    overview = Overview(sample)
    assert {"same-task-twice", "no-status-pack"} <= {one.rule for one in overview.whole(TODAY).warnings}
    mark_deliberate(sample, ANA, "help-centre-articles", "help-centre-translation", "Two languages.")
    issue_report(sample, ANA, "status", TODAY)
    assert not {"same-task-twice", "no-status-pack"} & {one.rule for one in overview.whole(TODAY).warnings}


def test_the_watching_itself_is_only_spoken_of_once_monitoring_is_on(sample: Database) -> None:
    assert Overview(sample).of_itself(TODAY) == ()


def test_a_monitor_that_stands_still_is_noticed_without_a_write(
    sample: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = "INSERT INTO job_run (job, started_at, finished_at, good) VALUES ('monitor', :at, :at, true)"
    with sample.writing(ANA) as transaction:
        transaction.connection.execute(text(run), {"at": "2026-11-20 09:00:00.000000"})
    overview = Overview(sample)

    def said(day: date) -> set[str]:
        assert set(overview.of_itself(day)) <= set(overview.whole(day).warnings)
        return {one.evidence for one in overview.of_itself(day)}

    assert said(TODAY) == set()
    _hold(monkeypatch, TODAY + timedelta(days=1))
    # from 09:00 on the 20th to noon on the 21st it is 27 hours, and 26 are allowed
    assert said(TODAY + timedelta(days=1)) == {"The last good run of the monitor was 27 hours ago."}
    assert said(TODAY) == set()  # it is said of today alone
