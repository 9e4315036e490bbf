"""The one call that everything uses: it keeps what did not change, and nothing else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from engagement.assessment.agenda import agenda
from engagement.assessment.engagement import assess
from engagement.assessment.results import Portfolio
from engagement.assessment.values import LOGS
from engagement.exchange.sample import load_sample
from engagement.overview import Overview
from engagement.records import intake
from engagement.records.check_ins import we_talked
from engagement.records.database import Author, Database
from engagement.records.history import histories
from engagement.records.milestones import decide_delivery
from engagement.records.people import add_person
from tests.conftest import NewDatabase
from tests.records.portfolio import engagement, milestone, rows

TODAY = date(2026, 11, 20)
ANA = Author("Ana Example", datetime(2026, 11, 20, 12, tzinfo=UTC))


@pytest.fixture
def sample(new_database: NewDatabase) -> Iterator[Database]:
    """The sample as of a Friday."""
    database = Database(new_database())
    load_sample(database, ANA, TODAY)
    yield database
    database.close()


def standing(portfolio: Portfolio) -> dict[str, object]:
    return {one.engagement: one for one in portfolio.engagements}


def test_a_portfolio_is_the_same_object_until_something_is_written(sample: Database) -> None:
    overview = Overview(sample)
    first = overview.portfolio(TODAY)
    assert overview.portfolio(TODAY) is first
    we_talked(sample, ANA, "crm-migration", TODAY)
    assert overview.portfolio(TODAY) is not first
    assert overview.portfolio(TODAY).revision > first.revision


def test_after_one_write_only_the_engagement_that_was_written_is_assessed_again(
    sample: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    overview = Overview(sample)
    overview.portfolio(TODAY)
    asked: list[str] = []

    def noting(history, terms, as_of):  # type: ignore[no-untyped-def]
        asked.append(history.key)
        return assess(history, terms, as_of)

    monkeypatch.setattr("engagement.overview.assess", noting)
    we_talked(sample, ANA, "crm-migration", TODAY)
    after = overview.portfolio(TODAY)
    assert set(asked) == {"crm-migration"}
    (crm,) = [one for one in after.engagements if one.engagement == "crm-migration"]
    assert crm.contact.last_on == TODAY
    assert crm.contact.state == "on_time"


def test_what_is_kept_equals_what_a_fresh_reading_gives(sample: Database) -> None:
    kept = Overview(sample)
    kept.portfolio(TODAY)
    for key in ("crm-migration", "trade-fair", "contract-templates"):
        we_talked(sample, ANA, key, TODAY)
        kept.portfolio(TODAY)
    assert kept.portfolio(TODAY) == Overview(sample).portfolio(TODAY)


def test_what_is_accepted_of_a_new_vendor_makes_it_better_known_in_its_other_engagements(
    new_database: NewDatabase, author: Author
) -> None:
    database = Database(new_database())
    delivered = [{"engagement": "a", "milestone": key, "delivered_on": TODAY} for key in ("M1", "M2")]
    tables = {
        "engagements": [engagement(key, starts_on=TODAY - timedelta(days=20)) for key in ("a", "b")],
        "milestones": [milestone("M1", "a"), milestone("M2", "a"), milestone("M1", "b")],
        "deliveries": delivered,
    }
    intake.merge(database, author, rows(tables), today=TODAY, origin="own")
    overview = Overview(database)

    def unvetted() -> list[str]:
        found = overview.portfolio(TODAY).engagements
        return [one.engagement for one in found if "unvetted-vendor" in one.setup.missing]

    assert unvetted() == ["a", "b"]
    decide_delivery(database, author, "a", "M1", TODAY, outcome="accepted", decided_on=TODAY)
    assert unvetted() == ["a", "b"]
    decide_delivery(database, author, "a", "M2", TODAY, outcome="accepted", decided_on=TODAY)
    assert unvetted() == []
    assert standing(overview.portfolio(TODAY)) == standing(Overview(database).portfolio(TODAY))
    later = [delivered[0] | {"decided_on": TODAY, "outcome": "rejected", "reason": "Rows are missing."}]
    intake.merge(database, author, rows({"deliveries": later}), today=TODAY, origin="own")
    assert unvetted() == ["a", "b"]
    database.close()


def test_a_second_person_has_everything_assessed_again(new_database: NewDatabase) -> None:
    database = Database(new_database())
    load_sample(database, ANA, TODAY)
    overview = Overview(database)
    before = overview.portfolio(TODAY)
    add_person(database, ANA, "new@example.org", "Nils Newcomer", "lead")
    after = overview.portfolio(TODAY)
    assert standing(after) == standing(before)
    assert after == Overview(database).portfolio(TODAY)
    database.close()


def test_short_histories_give_the_assessment_that_complete_ones_give(sample: Database) -> None:
    for back in (0, 3, 30, 200):
        day = TODAY - timedelta(days=back)
        terms = Overview(sample).terms(day)
        with sample.reading() as connection:
            complete = {
                key: assess(history, terms, day).assessment
                for key, history in histories(connection, day, complete=LOGS).items()
            }
        portfolio = Overview(sample).portfolio(day)
        assert len(portfolio.engagements) == len(complete)
        for one in portfolio.engagements:
            whole = complete[one.engagement]
            assert (one.status, one.contact, one.progress, one.schedule, one.cost, one.milestones) == (
                whole.status,
                whole.contact,
                whole.progress,
                whole.schedule,
                whole.cost,
                whole.milestones,
            )
            assert (one.warnings, one.folded, one.unknown) == (whole.warnings, whole.folded, whole.unknown)


def test_a_review_over_a_week_reads_what_one_over_all_history_reads(
    sample: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    since = TODAY - timedelta(days=7)
    short = Overview(sample).review(since, TODAY)
    monkeypatch.setattr("engagement.overview.READ_DAYS", 0)
    assert Overview(sample).review(since, TODAY) == short
    assert {change.what for change in short.changes} >= {"check_in_held", "warning_opened", "progress"}


def test_a_review_is_the_same_object_until_something_is_written(sample: Database) -> None:
    overview = Overview(sample)
    first = overview.review(TODAY - timedelta(days=7), TODAY)
    assert overview.review(TODAY - timedelta(days=7), TODAY) is first
    we_talked(sample, ANA, "crm-migration", TODAY)
    second = overview.review(TODAY - timedelta(days=7), TODAY)
    held = [one for one in second.changes if one.engagement == "crm-migration" and one.what == "check_in_held"]
    assert [(one.now, one.by, one.on) for one in held] == [("video", "Ana Example", TODAY)]  # as the last time


def test_statuses_by_week_are_those_of_the_portfolio_on_each_day(sample: Database) -> None:
    overview = Overview(sample)
    fridays = [TODAY - timedelta(weeks=back) for back in (0, 1, 6, 20)]
    by_day = overview.statuses(fridays)
    for friday in fridays:
        told = {one.engagement: one.status for one in overview.portfolio(friday).engagements}
        assert by_day[friday] == told


def test_statuses_by_week_follow_a_write(sample: Database) -> None:
    overview = Overview(sample)
    assert overview.statuses([TODAY])[TODAY]["trade-fair"] == "at_risk"
    we_talked(sample, ANA, "trade-fair", TODAY)
    assert overview.statuses([TODAY])[TODAY]["trade-fair"] == "on_track"


def test_an_empty_database_is_an_empty_portfolio(new_database: NewDatabase) -> None:
    database = Database(new_database())
    assert Overview(database).portfolio(TODAY).engagements == ()
    assert Overview(database).statuses([TODAY]) == {TODAY: {}}
    assert Overview(database).review(TODAY - timedelta(days=7), TODAY).changes == ()
    database.close()


def test_the_cards_of_a_year_are_those_of_this_week_on_its_fridays(sample: Database) -> None:
    overview, before = Overview(sample), TODAY - timedelta(days=7)
    shown: dict[str | None, tuple[int, int]] = {}
    found = [one for one in overview.workload(TODAY, 2, None).weeks if one.day == TODAY]
    for owner in (one.owner for one in found):
        now, then = (
            [one for one in overview.portfolio(day).engagements if one.owner == owner] for day in (TODAY, before)
        )
        week = agenda(now, then, TODAY, before)
        shown[owner] = len(week.needs), sum(card.is_new for card in week.needs)
    assert {one.owner: (one.needs, one.new) for one in found} == shown
    assert sum(needs for needs, _ in shown.values()) > 0


def test_before_anything_was_recorded_nobody_had_a_card(new_sqlite: NewDatabase, author: Author) -> None:
    database = Database(new_sqlite())
    assert Overview(database).workload(TODAY, 3, None).weeks == ()
    crm = engagement(starts_on=TODAY - timedelta(days=100), recorded_on=TODAY - timedelta(days=8))
    intake.merge(database, author, rows({"engagements": [crm]}), today=TODAY, origin="own")
    found = Overview(database).workload(TODAY, 3, 1).weeks
    assert [(one.owner, one.day) for one in found] == [
        ("person 1 of 1", TODAY - timedelta(days=7)),
        ("person 1 of 1", TODAY),
    ]
    database.close()
