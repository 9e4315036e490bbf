"""What is read of earlier promises says the same of past cases as everything that was recorded."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from engagement.assessment import chance
from engagement.assessment.case import Case
from engagement.assessment.forecast import landmarks, learning_fridays
from engagement.assessment.lifetable import Landmark
from engagement.assessment.values import LOGS, History, PortfolioTerms
from engagement.records import intake
from engagement.records.database import Author, Database
from engagement.records.history import histories
from engagement.records.outcomes import number_recorded, outcomes, running
from tests.records.portfolio import TODAY, Tables, day, engagement, milestone, rows

LEARNED_ON = date(2026, 11, 1)
KNOWN_BY = LEARNED_ON - timedelta(days=1)
FRIDAYS = learning_fridays(LEARNED_ON)
"""Among them 24 July and 18 September 2026."""
Load = Callable[[Tables], Database]


@pytest.fixture
def load(database: Database, author: Author) -> Load:
    """Merges tables and gives the database."""

    def run(tables: Tables) -> Database:
        intake.merge(database, author, rows(tables), today=TODAY, origin="own")
        return database

    return run


def read(database: Database, *keys: str) -> dict[str, History]:
    with database.reading() as connection:
        return outcomes(connection, keys, FRIDAYS, KNOWN_BY)


def past(history: History) -> list[chance.Past]:
    return chance.past(Case(history, PortfolioTerms(), TODAY), chance.learning_fridays(LEARNED_ON), KNOWN_BY)


def check_in(on: str, of: str = "crm", **columns: Any) -> dict[str, Any]:
    return {"engagement": of, "held_on": day(on), "channel": "report", "side": "vendor", **columns}


def a_plan() -> Tables:
    """Promises kept and broken, moved by forecasts and by re-baselines, talked about before and after each Friday."""
    return {
        "engagements": [
            engagement(starts_on=day("03-02")),
            engagement("shop", name="Shop", vendor="Abacus", starts_on=day("06-01")),
            engagement("old", name="Old", status="closed", closed_on=date(2025, 6, 30), starts_on=date(2025, 1, 1)),
            engagement("books", name="Books", contract="retainer", starts_on=day("03-02")),
        ],
        "pauses": [{"engagement": "shop", "paused_from": day("09-14"), "paused_until": day("09-21")}],
        "milestones": [
            milestone("M1", due_on=day("05-15")),
            milestone("M2", due_on=day("07-10")),
            milestone("M3", due_on=day("08-20"), starts_on=day("08-01")),
            milestone("M4", due_on=day("09-10"), cancelled_on=day("10-05")),
            milestone("M5", due_on=None),
            milestone("S1", of="shop", due_on=day("07-30")),
            milestone("S2", of="shop", due_on=day("09-05")),
            milestone("B1", of="books", due_on=day("07-15")),
        ],
        "baselines": [
            {"engagement": "crm", "milestone": "M2", "set_on": day("07-15"), "due_on": day("08-14"), "reason": "r"},
            {"engagement": "crm", "milestone": "M5", "set_on": day("08-01"), "due_on": day("09-25"), "reason": "r"},
            {"engagement": "shop", "milestone": "S2", "set_on": day("11-05"), "due_on": day("12-24"), "reason": "r"},
        ],
        "progress_reports": [
            {"engagement": "crm", "milestone": "M2", "reported_on": day("07-01"), "forecast_on": day("07-20")},
            {"engagement": "crm", "milestone": "M2", "reported_on": day("08-01"), "forecast_on": day("09-20")},
            {"engagement": "shop", "milestone": "S1", "reported_on": day("07-24"), "forecast_on": day("08-10")},
            {"engagement": "shop", "milestone": "S1", "reported_on": day("07-24"), "forecast_on": day("08-20")},
            {"engagement": "shop", "milestone": "S1", "reported_on": day("07-25"), "forecast_on": day("09-30")},
        ],
        "deliveries": [
            {
                "engagement": "crm", "milestone": "M1", "delivered_on": day("06-01"), "decided_on": day("06-05"),
                "outcome": "rejected",
            },
            {"engagement": "crm", "milestone": "M1", "delivered_on": day("06-20")},
            {"engagement": "crm", "milestone": "M3", "delivered_on": day("09-15")},
            {"engagement": "shop", "milestone": "S1", "delivered_on": day("11-10")},
        ],
        "check_ins": [
            check_in("07-20"), check_in("07-25"), check_in("09-17", side="us", channel="call"), check_in("11-02"),
            check_in("06-10", "shop"),
        ],
    }  # fmt: skip


def test_past_cases_are_the_same_as_from_everything_recorded(load: Load) -> None:
    database = load(a_plan())
    found = read(database, "shop", "crm", "old", "books", "nobody")
    with database.reading() as connection:
        full = histories(connection, TODAY, complete=LOGS)
    assert list(found) == ["books", "crm", "old", "shop"]
    assert {key: past(one) for key, one in found.items()} == {key: past(one) for key, one in full.items()}


def test_what_forecasts_learn_is_the_same_as_from_everything_recorded(load: Load) -> None:
    tables = a_plan()
    tables["series"] = [{"engagement": "books", "series": "close", "name": "Close", "every": "month", "due_day": 10}]
    tables["deliveries"].append({"engagement": "books", "milestone": "close:2026-06-10", "delivered_on": day("06-12")})
    tables["milestones"].append(milestone("close:2026-06-10", of="books", series="close", due_on=day("06-10")))
    tables["engagements"][0]["category"] = "shop system"
    database = load(tables)
    found = read(database, "shop", "crm", "old", "books")
    with database.reading() as connection:
        full = histories(connection, KNOWN_BY, complete=LOGS)

    def marks(history: History) -> list[Landmark]:
        thin = [one._replace(deliveries=()) for one in landmarks(Case(history, PortfolioTerms(), KNOWN_BY), FRIDAYS)]
        return sorted(thin)

    assert {key: marks(one) for key, one in found.items()} == {key: marks(one) for key, one in full.items()}
    assert {one.milestone for one in marks(found["books"])} >= {"B1", "close:2026-06-10", "close:2026-07-10"}
    assert {one.category for one in marks(found["crm"])} == {"shop system"}


def test_the_past_cases_of_that_plan_are_these(load: Load) -> None:
    found = read(load(a_plan()), "crm", "shop", "books")
    assert [(one.day, one.line_on, one.is_bad) for one in past(found["crm"])] == [
        (day("05-29"), day("06-14"), False),  # M1, delivered on 1 June, if only to be rejected
        (day("07-24"), day("08-09"), True),  # M2
    ]  # on 3 April the line of M1 was 72 days ahead; on 18 September M4 was next, and cancelled before its line
    assert [(one.day, one.line_on, one.is_bad) for one in past(found["shop"])] == [(day("07-24"), day("08-29"), True)]
    assert past(found["books"]) == []


def test_every_forecast_is_read_and_nothing_after_the_day(load: Load) -> None:
    found = read(load(a_plan()), "crm", "shop")
    first = found["shop"].milestones[0]
    words = [(day("07-24"), day("08-10")), (day("07-24"), day("08-20"))]
    assert [(one.reported_on, one.forecast_on) for one in first.reports][:2] == words
    assert all(one.reported_on < LEARNED_ON for one in first.reports)
    assert first.deliveries == ()
    assert found["shop"].milestones[1].baselines == ()
    assert [one.held_on for one in found["crm"].check_ins] == [day("07-20"), day("07-25"), day("09-17")]


def test_what_is_still_running_is_counted_and_named(load: Load) -> None:
    with load(a_plan()).reading() as connection:
        assert number_recorded(connection) == 4
        assert sorted(running(connection, date(2025, 6, 29))) == ["books", "crm", "old", "shop"]
        assert "old" not in running(connection, date(2025, 6, 30))


def test_the_number_of_statements_does_not_grow_with_the_engagements(load: Load) -> None:
    database = load(a_plan())
    counted: list[str] = []
    with database.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *seen: counted.append(seen[2]))
        outcomes(connection, ["crm"], FRIDAYS, KNOWN_BY)
        one = len(counted)
        outcomes(connection, ["crm", "shop", "books"], FRIDAYS, KNOWN_BY)
    assert len(counted) - one <= 6 + len(FRIDAYS)


def test_nothing_is_read_of_nobody(load: Load) -> None:
    assert read(load(a_plan())) == {}
    assert read(load(a_plan()), "nobody") == {}
