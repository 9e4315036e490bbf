"""The version of the plan rises on every day on which what the vendor has to agree to was changed."""

from typing import Any

import pytest

from engagement.assessment.agreement import Unconfirmed, Version, confirmed_version, plan_version, unconfirmed, versions
from engagement.assessment.values import Baseline, Confirmation, PlanChange
from tests.assessment.made import a_history, a_milestone, on, some_terms

MOVED = a_milestone("M1", baselines=(Baseline(on(10), on(110)), Baseline(on(20), on(120))))
DROPPED = a_milestone("M2", cancelled_on=on(20))
CHANGING = a_history(
    milestones=(MOVED, DROPPED),
    confirmations=(Confirmation(on(12), 2), Confirmation(on(15), 1), Confirmation(on(25), 3)),
)


@pytest.mark.parametrize(("day", "version"), [(9, 1), (10, 2), (19, 2), (20, 3), (90, 3)])
def test_all_changes_of_a_day_make_one_version(day: int, version: int) -> None:
    assert plan_version(CHANGING, on(day)) == version


@pytest.mark.parametrize(
    ("changes", "version"),
    [
        ({"goal": "Another goal for sales and support"}, 2),
        ({"scope": None}, 2),
        ({"starts_on": on(1)}, 2),
        ({"ends_on": on(120)}, 2),
        ({"budget": None, "owner": "Di", "tier": "high", "vendor": "Southwind"}, 1),
    ],
)
def test_of_the_terms_goal_scope_and_dates_make_a_version(changes: dict[str, Any], version: int) -> None:
    history = a_history()._replace(terms=(some_terms(), some_terms(from_on=on(7), **changes)))
    assert plan_version(history, on(7)) == version
    assert plan_version(history, on(6)) == 1


@pytest.mark.parametrize(("day", "confirmed"), [(11, 0), (12, 2), (15, 2), (25, 3)])
def test_the_highest_version_that_was_confirmed_counts(day: int, confirmed: int) -> None:
    assert confirmed_version(CHANGING, on(day)) == confirmed


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (11, Unconfirmed(2, 0, on(0))),  # neither the first, which began with the work, nor that of day 10
        (12, None),
        (24, Unconfirmed(3, 2, on(20))),
        (25, None),
    ],
)
def test_what_is_not_confirmed_counts_from_the_first_version_that_is_not(
    day: int, expected: Unconfirmed | None
) -> None:
    assert unconfirmed(CHANGING, on(day)) == expected


def test_a_confirmation_may_name_more_versions_than_there_are() -> None:
    assert unconfirmed(CHANGING._replace(confirmations=(Confirmation(on(1), 9),)), on(90)) is None


def test_a_change_before_the_start_counts_from_its_own_day() -> None:
    early = a_milestone("M1", baselines=(Baseline(on(-5), on(110)),))
    history = a_history(milestones=(early,), confirmations=(Confirmation(on(-9), 1),))
    assert unconfirmed(history, on(0)) == Unconfirmed(2, 1, on(-5))


def test_what_only_the_plan_itself_keeps_makes_a_version_too() -> None:
    noted = (PlanChange(on(15), "M1", "criteria"), PlanChange(on(20), "M3", "added"))
    history = CHANGING._replace(plan_changes=noted)
    assert [plan_version(history, on(day)) for day in (14, 15, 19, 20)] == [2, 3, 3, 4]


def test_a_version_says_what_was_changed() -> None:
    terms = (some_terms(), some_terms(from_on=on(12), scope="Everything", ends_on=on(150)))
    noted = (PlanChange(on(20), "M1", "criteria"), PlanChange(on(20), "M9", "added"), PlanChange(on(30), "M2", "added"))
    history = CHANGING._replace(terms=terms, plan_changes=noted)
    assert versions(history, on(29)) == [
        Version(1, on(0), ""),
        Version(2, on(10), "Result M1 moved to 20 Jun"),
        Version(3, on(12), "another scope and another end"),
        Version(4, on(20), "new criteria for Result M1, M9 added, Result M1 moved to 30 Jun and Result M2 cancelled"),
    ]
