"""What is odd about a portfolio and is taken nevertheless, with a note: both sides of each line."""

from collections.abc import Callable
from datetime import date

import pytest

from engagement.records import intake
from engagement.records.database import Author, Database
from engagement.records.intake import Outcome
from tests.records.portfolio import TODAY, Tables, day, engagement, milestone, plan, rows

Merge = Callable[[Tables], Outcome]


@pytest.fixture
def merge(database: Database, author: Author) -> Merge:
    """Merges tables as one's own, today."""
    return lambda tables: intake.merge(database, author, rows(tables), today=TODAY, origin="own")


def remarks(merge: Merge, tables: Tables) -> list[tuple[object, ...]]:
    return [(note.file, note.row, note.column, note.what) for note in merge(tables).notes]


def test_days_in_the_wrong_order_are_taken_with_a_note_and_days_that_are_the_same_without(merge: Merge) -> None:
    delivery = {"engagement": "crm", "milestone": "M1", "delivered_on": day("09-10"), "outcome": "accepted"}
    action = {"engagement": "crm", "kind": "action", "title": "Call", "raised_on": day("09-10")}
    access = {"engagement": "crm", "what": "Server", "given_on": day("09-10")}
    monthly = {"engagement": "crm", "name": "Close", "every": "month", "due_day": 10, "from_on": day("09-10")}
    tables = plan(
        milestones=[milestone(starts_on=day("09-30")), milestone("M2", starts_on=day("10-01"))],
        deliveries=[
            delivery | {"decided_on": day("09-10")},
            delivery | {"milestone": "M2", "decided_on": day("09-09")},
        ],
        actions=[action | {"closed_on": day("09-10")}, action | {"title": "Mail", "closed_on": day("09-09")}],
        accesses=[access | {"revoked_on": day("09-10")}, access | {"what": "Mail", "revoked_on": day("09-09")}],
        series=[
            monthly | {"series": "a", "until_on": day("09-10")},
            monthly | {"series": "b", "until_on": day("09-09")},
        ],
    )
    assert remarks(merge, tables) == [
        ("milestones", 3, "due_on", "2026-09-30 lies before the day on which work on it begins, 2026-10-01."),
        ("series", 3, "until_on", "2026-09-09 lies before the first day on which one may be due, 2026-09-10."),
        ("deliveries", 3, "decided_on", "2026-09-09 lies before the day on which it was handed over, 2026-09-10."),
        ("actions", 3, "closed_on", "2026-09-09 lies before the day on which it came up, 2026-09-10."),
        ("accesses", 3, "revoked_on", "2026-09-09 lies before the day on which it was given, 2026-09-10."),
    ]


def test_a_milestone_given_up_before_the_work_began_is_odd_and_one_given_up_before_its_own_start_is_not(
    merge: Merge,
) -> None:
    cancelled = [
        milestone(starts_on=day("09-01"), cancelled_on=day("06-01")),
        milestone("M2", cancelled_on=day("05-31")),
    ]
    assert remarks(merge, plan(milestones=cancelled)) == [
        (
            "milestones",
            3,
            "cancelled_on",
            "It was given up on 2026-05-31, before the first day of the work, 2026-06-01, and never counts.",
        )
    ]


def test_a_day_long_before_the_start_or_far_ahead_is_taken_with_a_note_a_column(merge: Merge) -> None:
    """The work starts on 1 June 2026, and today is 20 November 2026."""
    report = {"engagement": "crm", "milestone": "M1", "reported_on": day("09-01")}
    forecasts = ((2016, 6, 1), (2016, 5, 31), (1999, 1, 1), (2046, 11, 20), (2046, 11, 21))
    reports = [report | {"forecast_on": date(*forecast)} for forecast in forecasts]
    assert date(2026, 11, 20) == TODAY
    assert remarks(merge, plan(progress_reports=reports)) == [
        (
            "progress_reports",
            3,
            "forecast_on",
            "2016-05-31 lies more than 10 years before the first day of the work, 2026-06-01, and 1 more row like it.",
        ),
        ("progress_reports", 6, "forecast_on", "2046-11-21 lies more than 20 years ahead."),
    ]


def test_a_talk_every_0_days_is_taken_with_one_note(merge: Merge) -> None:
    talked = [engagement(cadence_days=1), engagement("web", cadence_days=0), engagement("app", cadence_days=0)]
    assert remarks(merge, plan(engagements=talked)) == [
        (
            "engagements",
            3,
            "cadence_days",
            "Every 0 days: the next talk is due on the very day of the last. So it is for 1 more engagement.",
        )
    ]


@pytest.mark.parametrize(
    ("weights", "noted"),
    [
        (
            (0.5, 0.2, 30),
            [("milestones", 4, "weight", '30 beside shares of 1 makes it 98 % of all the work of "crm".')],
        ),
        ((0.5, 0.2, 5), [("milestones", 4, "weight", '5 beside shares of 1 makes it 88 % of all the work of "crm".')]),
        ((0.5, 0.2, 4.9), []),  # days of work
        ((0.5, 0.6, 30), []),  # no shares of 1: together they are more
        ((1, 1, 30), []),  # points
        ((50, 20, 30), []),
        ((0.5, 0.2, 0.3), []),
    ],
)
def test_a_percentage_beside_shares_is_taken_with_what_it_means(
    merge: Merge, weights: tuple[float, ...], noted: list[tuple[object, ...]]
) -> None:
    milestones = [milestone(f"M{number}", weight=weight) for number, weight in enumerate(weights, 1)]
    assert remarks(merge, plan(milestones=milestones)) == noted
