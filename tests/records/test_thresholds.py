"""Thresholds are moved within bounds, by somebody, for a reason."""

from math import nan

import pytest

from engagement.assessment.values import LimitChange
from engagement.records.database import Author, Database
from engagement.records.thresholds import change_limit, thresholds
from tests.records.asked import latest, refused, touched
from tests.records.portfolio import TODAY, day


def known(database: Database, engagement: str | None) -> tuple[LimitChange, ...]:
    with database.reading() as connection:
        return thresholds(connection, engagement)


def test_a_threshold_of_one_engagement_concerns_that_one(own: Database, author: Author) -> None:
    change_limit(own, author, "overdue-critical", 21, reason="They start late", set_on=TODAY, engagement="crm")
    assert known(own, "crm") == (
        ("overdue-critical", 21.0, TODAY, "Ana Example", "They start late"),
        ("overdue-critical", 14.0, day("10-01"), "Ana", None),
    )
    assert known(own, "books") == ()
    assert touched(own, 1) == {"crm"}
    entry = latest(own)
    assert (entry.what, entry.engagement, entry.subject) == ("change limit", "crm", "overdue-critical")
    assert entry.before == {"value": 14.0, "set_on": "2026-10-01"}


def test_a_threshold_of_the_portfolio_has_everything_judged_again(own: Database, author: Author) -> None:
    change_limit(own, author, "overdue-critical", 10, reason="Ten is two weeks", set_on=TODAY)
    change_limit(own, author, "overdue-critical", 9, reason="So is nine", set_on=TODAY)
    assert [one[:3] for one in known(own, None)] == [
        ("overdue-critical", 9.0, TODAY), ("overdue-critical", 10.0, TODAY), ("grace", 3.0, day("10-02")),
    ]  # fmt: skip
    assert touched(own, 2) is None


def test_to_say_the_same_again_changes_nothing(own: Database, author: Author) -> None:
    for reason in ("Ten is two weeks", "Ten is two weeks", "Ten is enough"):
        change_limit(own, author, "overdue-critical", 10, reason=reason, set_on=TODAY)
    assert [one.reason for one in known(own, None)[:2]] == ["Ten is enough", "Ten is two weeks"]
    assert own.revision() == 3


@pytest.mark.parametrize(
    ("limit", "value", "good"),
    [
        ("grace", 0, True),
        ("grace", 90, True),
        ("grace", 90.5, False),
        ("grace", -1, False),
        ("grace", 2.5, False),  # days are counted
        ("grace", nan, False),
        ("hollow-alike", 0.5, True),
        ("hollow-alike", 0.49, False),
        ("hollow-alike", 0.975, True),  # shares are not
        ("forgotten-cadences", 2.5, True),
        ("backfilled-on", 1, True),
        ("backfilled-on", 0.5, False),
    ],
)
def test_a_threshold_stays_within_its_bounds(
    own: Database, author: Author, limit: str, value: float, good: bool
) -> None:
    def change() -> None:
        change_limit(own, author, limit, value, reason="To see", set_on=TODAY)

    if good:
        change()
        assert known(own, None)[0][:2] == (limit, value)
    else:
        assert refused(change) == ["value"]
        assert own.revision() == 1


def test_a_change_needs_a_threshold_a_reason_and_a_day_on_which_it_would_hold(own: Database, author: Author) -> None:
    def change(limit: str, month_day: str, reason: str = " ", engagement: str | None = None) -> list[str | None]:
        set_on = day(month_day)
        return refused(lambda: change_limit(own, author, limit, 5, reason=reason, set_on=set_on, engagement=engagement))

    assert change("patience", "11-21", engagement="shop") == ["engagement", "limit", "reason", "set_on"]
    assert change("grace", "10-01", "Earlier than the last") == ["set_on"]
    change_limit(own, author, "grace", 5, reason="On its day", set_on=day("10-02"))
    change_limit(own, author, "grace", 6, reason="Own", set_on=day("10-01"), engagement="crm")
    assert [one.value for one in known(own, None)] == [5.0, 3.0]
