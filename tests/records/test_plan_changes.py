"""The day on which a plan is changed is kept, where nothing else would keep it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from engagement.errors import Refused
from engagement.records.database import Author, Database
from engagement.records.history import histories
from engagement.records.intake import merge, tables
from engagement.records.milestones import (
    add_milestone,
    cancel_milestone,
    change_milestone,
    rebaseline,
    take_up_milestone,
)
from engagement.records.recurring import add_series
from tests.records.portfolio import TODAY, day, engagement, milestone, rows

AUTHOR = Author("Ana Example", datetime(2026, 11, 20, 12, tzinfo=UTC))
Change = tuple[date, str, str]


def changes(database: Database, key: str = "crm", as_of: date = TODAY) -> list[Change]:
    with database.reading() as connection:
        known = histories(connection, as_of, keys=[key])[key].plan_changes
    return [(one.changed_on, one.milestone, one.what) for one in known]


def merged(database: Database, today: date = TODAY, **files: list[dict[str, Any]]) -> None:
    merge(database, AUTHOR, rows(files), today=today, origin="own")


@pytest.fixture
def plain(database: Database) -> Database:
    """One engagement that was recorded long ago, with two milestones."""
    merged(
        database,
        engagements=[engagement("crm", recorded_on=day("06-01"))],
        milestones=[milestone("M1"), milestone("M2", due_on=None)],
    )
    return database


def test_the_first_import_changes_no_plan(plain: Database) -> None:
    assert changes(plain) == []


def test_what_is_added_or_said_differently_is_kept_with_its_day(plain: Database) -> None:
    add_milestone(plain, AUTHOR, "crm", "M3", "Training")
    change_milestone(plain, AUTHOR, "crm", "M1", name="Customers loaded", acceptance_criteria="None twice", weight=2.0)
    change_milestone(plain, AUTHOR, "crm", "M2", due_on=day("12-20"), starts_on=day("12-01"))
    assert sorted(changes(plain)) == [
        (TODAY, "M1", "criteria"),
        (TODAY, "M1", "name"),
        (TODAY, "M2", "due"),
        (TODAY, "M2", "start"),
        (TODAY, "M3", "added"),
    ]
    assert changes(plain, as_of=day("11-19")) == []


def test_what_is_only_ours_changes_no_plan(plain: Database) -> None:
    change_milestone(plain, AUTHOR, "crm", "M1", weight=2.0, priority="must")
    change_milestone(plain, AUTHOR, "crm", "M1", name=milestone("M1")["name"])
    rebaseline(plain, AUTHOR, "crm", "M1", day("12-24"))
    assert changes(plain) == []


def test_the_same_twice_on_one_day_is_one_change(plain: Database) -> None:
    change_milestone(plain, AUTHOR, "crm", "M1", acceptance_criteria="None twice")
    change_milestone(plain, AUTHOR, "crm", "M1", acceptance_criteria="None twice, none missing")
    assert changes(plain) == [(TODAY, "M1", "criteria")]


def test_a_day_on_which_a_milestone_was_given_up_is_not_forgotten_with_it(plain: Database) -> None:
    cancel_milestone(plain, AUTHOR, "crm", "M1", day("11-02"))
    assert changes(plain) == []
    cancel_milestone(plain, AUTHOR, "crm", "M1", day("11-05"))
    assert changes(plain) == [(day("11-02"), "M1", "cancelled")]
    take_up_milestone(plain, AUTHOR, "crm", "M1")
    assert changes(plain)[1:] == [(day("11-05"), "M1", "cancelled"), (TODAY, "M1", "taken_up")]


def test_a_draft_has_no_versions_nor_has_the_day_of_recording(database: Database) -> None:
    merged(database, engagements=[engagement("crm", recorded_on=TODAY), engagement("old", status="draft")])
    for key in ("crm", "old"):
        add_milestone(database, AUTHOR, key, "M1", "Training")
        assert changes(database, key) == []
    add_milestone(database, Author("Ana Example", AUTHOR.at + timedelta(days=1)), "crm", "M2", "Go live")
    assert changes(database, as_of=day("11-21")) == [(day("11-21"), "M2", "added")]


def test_a_retainer_has_a_new_plan_with_another_series(database: Database) -> None:
    merged(
        database,
        engagements=[engagement("books", contract="retainer", recorded_on=day("06-01"))],
        series=[{"engagement": "books", "series": "close", "name": "Close", "every": "month", "due_day": 10}],
    )
    add_series(database, AUTHOR, "books", "vat", "VAT return", every="quarter", due_day=10)
    changed = {"engagement": "books", "series": "close", "name": "Close", "every": "month", "due_day": 12}
    recorded = {"engagement": "books", "milestone": "close:2026-12-12", "name": "Close", "series": "close"}
    merged(database, series=[changed], milestones=[recorded])
    assert changes(database, "books") == [(TODAY, "vat", "added"), (TODAY, "close", "due")]


def test_an_import_into_a_known_plan_changes_it_on_its_day(plain: Database) -> None:
    files = [milestone("M1", acceptance_criteria="None twice"), milestone("M4", name="Go live", due_on=day("12-30"))]
    merged(plain, milestones=files)
    assert changes(plain) == [(TODAY, "M1", "criteria"), (TODAY, "M4", "added")]
    merged(plain, today=day("11-30"), milestones=files)
    assert len(changes(plain, as_of=day("11-30"))) == 2


def test_files_that_say_when_are_believed(plain: Database) -> None:
    said = {"engagement": "crm", "changed_on": day("10-05"), "milestone": "M4", "what": "added"}
    merged(plain, milestones=[milestone("M4")], plan_changes=[said])
    assert changes(plain) == [(day("10-05"), "M4", "added")]


def test_a_change_of_what_is_in_no_plan_is_refused(plain: Database) -> None:
    said = {"engagement": "crm", "changed_on": day("10-05"), "milestone": "M9", "what": "added"}
    with pytest.raises(Refused, match='no milestone "M9"'):
        merged(plain, plan_changes=[said])


def test_what_is_exported_is_not_changed_by_coming_back(own: Database) -> None:
    with own.reading() as connection:
        exported = tables(connection)
    assert [row["changed_on"] for row in exported["plan_changes"]] == [day("06-02"), day("07-09")]
    merge(own, AUTHOR, exported, today=day("11-30"), origin="own")
    with own.reading() as connection:
        assert tables(connection) == exported
