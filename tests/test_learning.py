"""What a portfolio has learned of its own history: kept, brought up to date after a write, the same for everybody."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from engagement import overview as overviews
from engagement.assessment import chance
from engagement.assessment.backtest import Tried, tried
from engagement.assessment.results import Portfolio
from engagement.assessment.values import History, PortfolioTerms
from engagement.overview import Overview
from engagement.records import intake
from engagement.records.check_ins import we_talked
from engagement.records.database import Author, Database
from engagement.records.milestones import record_delivery
from engagement.records.outcomes import outcomes
from engagement.records.thresholds import change_limit
from tests.conftest import NewDatabase
from tests.records.portfolio import Tables, rows

TODAY = date(2026, 11, 20)
ANA = Author("Ana Example", datetime(2026, 11, 20, 12, tzinfo=UTC))
MONTHS = 12


def a_portfolio() -> Tables:
    """Six engagements with a milestone a month; three deliver on the day, three 40 days late."""
    engagements, milestones, deliveries = [], [], []
    for number in range(6):
        key = f"work-{number}"
        engagements.append(
            {"engagement": key, "name": key, "vendor": "Abacus", "currency": "EUR", "starts_on": date(2025, 9, 1)}
        )
        for month in range(MONTHS):
            due_on = date(2025, 10, 10) + timedelta(days=30 * month)
            milestone = {"engagement": key, "milestone": f"M{month}"}
            milestones.append({**milestone, "name": "Result", "due_on": due_on})
            deliveries.append({**milestone, "delivered_on": due_on + timedelta(days=40 * (number % 2))})
    milestones.append({"engagement": "work-1", "milestone": "last", "name": "Last", "due_on": date(2026, 12, 10)})
    return {"engagements": engagements, "milestones": milestones, "deliveries": deliveries}


@pytest.fixture
def database(new_database: NewDatabase) -> Iterator[Database]:
    database = Database(new_database())
    intake.merge(database, ANA, rows(a_portfolio()), today=TODAY, origin="own")
    yield database
    database.close()


def standing(portfolio: Portfolio) -> dict[str, object]:
    return {one.engagement: one for one in portfolio.engagements}


def test_a_portfolio_learns_from_its_own_past_cases(database: Database) -> None:
    level = Overview(database).level(TODAY)
    assert level.learned_on == date(2026, 11, 1)
    assert level.is_own
    assert level.value > -3.3  # half of its promises are broken
    assert Overview(database).level(date(2025, 11, 20)).cases == 0  # no line was passed by then


def test_after_a_write_everything_is_as_if_it_were_asked_for_the_first_time(database: Database) -> None:
    overview = Overview(database)
    overview.portfolio(TODAY)
    we_talked(database, ANA, "work-1", TODAY)
    assert standing(overview.portfolio(TODAY)) == standing(Overview(database).portfolio(TODAY))


def test_what_is_recorded_late_changes_what_was_learned_and_with_it_the_chance_of_all(database: Database) -> None:
    overview = Overview(database)
    before = overview.level(TODAY)
    chances = standing(overview.portfolio(TODAY))
    for number in (3, 5):
        for month in range(MONTHS):  # it was delivered in time, and nobody wrote it down
            due_on = date(2025, 10, 10) + timedelta(days=30 * month)
            record_delivery(database, ANA, f"work-{number}", f"M{month}", due_on)
    assert overview.level(TODAY).value < before.value
    after = overview.portfolio(TODAY)
    assert standing(after) == standing(Overview(database).portfolio(TODAY))
    assert standing(after)["work-1"] != chances["work-1"]


def forecasts(portfolio: Portfolio) -> dict[str, list[tuple[str, date | None, date | None]]]:
    return {
        one.engagement: [(each.milestone, each.p50_on, each.p90_on) for each in one.milestones]
        for one in portfolio.engagements
    }


def test_a_portfolio_forecasts_from_its_own_past(database: Database) -> None:
    (last,) = [one for one in Overview(database).portfolio(TODAY).engagements if one.engagement == "work-1"]
    assert last.outlook is not None
    assert last.outlook.milestone == "last"
    lead = (last.outlook.likely.p80_on - date(2026, 12, 10)).days
    assert 20 < lead < 60  # half of all came on the day and half 40 days late, and this engagement is one of those


def test_a_forecast_uses_nothing_recorded_after_the_day(database: Database) -> None:
    before = forecasts(Overview(database).portfolio(date(2026, 6, 5)))
    assert any(each for one in before.values() for each in one)
    for month in range(9, MONTHS):
        record_delivery(database, ANA, "work-1", f"M{month}", date(2026, 11, 19))
    we_talked(database, ANA, "work-1", date(2026, 6, 6))
    assert forecasts(Overview(database).portfolio(date(2026, 6, 5))) == before


def test_what_is_recorded_late_of_a_vendor_changes_forecasts_as_if_they_were_asked_for_first(
    database: Database,
) -> None:
    tables = a_portfolio()
    for row in tables["engagements"]:
        row.update(engagement=f"other-{row['engagement']}", vendor="Zeta")
    for row in (*tables["milestones"], *tables["deliveries"]):
        row["engagement"] = f"other-{row['engagement']}"
    intake.merge(database, ANA, rows(tables), today=TODAY, origin="own")
    overview = Overview(database)
    before = overview.portfolio(TODAY)
    for month in range(MONTHS):
        record_delivery(database, ANA, "work-3", f"M{month}", date(2025, 10, 10) + timedelta(days=30 * month))
    after = overview.portfolio(TODAY)
    assert forecasts(after)["work-1"] != forecasts(before)["work-1"]
    assert standing(after) == standing(Overview(database).portfolio(TODAY))


def test_after_a_write_only_what_was_written_is_learned_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    overview = Overview(database)
    overview.portfolio(TODAY)
    asked: list[Collection[str]] = []

    def noting(connection: Any, keys: Collection[str], *rest: Any) -> dict[str, History]:
        asked.append(sorted(keys))
        return outcomes(connection, keys, *rest)

    monkeypatch.setattr(overviews, "outcomes", noting)
    we_talked(database, ANA, "work-1", TODAY)
    overview.portfolio(TODAY)
    overview.portfolio(TODAY)
    assert asked == [["work-1"]]


def test_a_backtest_is_the_same_object_until_something_is_written(database: Database) -> None:
    overview = Overview(database)
    first = overview.backtest(TODAY)
    assert overview.backtest(TODAY) is first
    assert first.attention.cases > 0
    assert first.level == overview.level(TODAY)  # learned from everything recorded, and from the last words alone
    assert first.forecasts.table == overview.terms(TODAY).table
    assert first.forecasts.ours.score.cases > 0
    we_talked(database, ANA, "work-1", TODAY)
    assert overview.backtest(TODAY) is not first


def test_the_track_record_is_the_backtest_and_stays_so_after_a_write(database: Database) -> None:
    overview = Overview(database)
    assert overview.track_record(TODAY) == overview.backtest(TODAY)
    record_delivery(database, ANA, "work-1", "last", TODAY)
    record_delivery(database, ANA, "work-3", "M11", date(2026, 9, 5))
    assert overview.track_record(TODAY) == Overview(database).backtest(TODAY)


def test_after_a_write_only_what_was_written_is_counted_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    overview = Overview(database)
    overview.track_record(TODAY)
    asked: list[str] = []

    def noting(history: History, common: PortfolioTerms, as_of: date) -> Tried:
        asked.append(history.key)
        return tried(history, common, as_of)

    monkeypatch.setattr(overviews, "tried", noting)
    we_talked(database, ANA, "work-1", TODAY)
    first = overview.track_record(TODAY)
    assert overview.track_record(TODAY) is first
    assert asked == ["work-1"]


def test_what_is_kept_of_the_track_record_is_told_without_counting_and_forgotten_with_what_it_was_counted_on(
    database: Database,
) -> None:
    overview = Overview(database)
    assert overview.track_record_kept(TODAY) == (None, False)
    counted = overview.track_record(TODAY)
    assert overview.track_record_kept(TODAY) == (counted, True)
    we_talked(database, ANA, "work-1", TODAY)
    assert overview.track_record_kept(TODAY) == (counted, False)
    change_limit(database, ANA, "overdue-critical", 10, reason="Ten is two weeks", set_on=TODAY)
    assert overview.track_record_kept(TODAY) == (None, False)  # every engagement is judged by it


def test_of_a_large_portfolio_the_record_is_counted_on_the_part_that_is_learned_from(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chance, "ENOUGH", 3)  # of six engagements every second then
    counted = Overview(database).track_record(TODAY)
    part = [key for key in (f"work-{number}" for number in range(6)) if chance.is_learned_from(key, 6)]
    assert 0 < len(part) < 6
    whole = Overview(database).backtest(TODAY)
    assert counted.attention.cases == whole.attention.cases * len(part) / 6  # each has as many cases
    assert counted.level == whole.level
    assert counted.forecasts.table == whole.forecasts.table == Overview(database).terms(TODAY).table
    assert 0 < counted.forecasts.ours.score.cases < whole.forecasts.ours.score.cases


def test_the_order_is_the_chance_times_the_weight(database: Database) -> None:
    found: Sequence[Any] = Overview(database).portfolio(TODAY).engagements
    ranked = sorted(found, key=lambda one: one.attention.rank)
    assert ranked[0].engagement == "work-1"  # alone in having anything left to do
    assert ranked[0].attention.chance is not None
