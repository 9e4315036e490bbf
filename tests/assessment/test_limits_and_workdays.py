"""Thresholds hold from the day they were changed; deadlines roll to the next working day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.assessment.limits import LIMITS, WHOLE_UNITS, effective, values_ever
from engagement.assessment.rules import CATALOGUE, OVERSIGHT
from engagement.assessment.values import LimitChange
from engagement.assessment.workdays import add_workdays, is_workday, roll, workdays_between
from tests.assessment.made import on


def change(value: float, day: int, name: str = "grace") -> LimitChange:
    return LimitChange(name, value, on(day))


def test_a_limit_nobody_changed_has_its_default() -> None:
    assert effective("grace", (), (change(9, 0, "learning"),), on(5)) == 2


def test_a_changed_limit_holds_from_the_day_it_was_changed() -> None:
    assert effective("grace", (), (change(5, 10),), on(9)) == 2
    assert effective("grace", (), (change(5, 10),), on(10)) == 5


def test_the_engagements_own_change_goes_before_the_portfolios_later_one() -> None:
    assert effective("grace", (change(5, 3),), (change(9, 8),), on(20)) == 5


def test_of_two_changes_the_later_counts_and_of_one_day_the_later_row() -> None:
    assert effective("grace", (), (change(5, 8), change(6, 3)), on(20)) == 5
    assert effective("grace", (), (change(5, 8), change(6, 8)), on(20)) == 6


def test_a_window_may_have_had_every_value_it_was_given() -> None:
    assert values_ever("grace", [change(5, 8), change(1, 0, "learning")]) == {2, 5}


@pytest.mark.parametrize("name", LIMITS)
def test_every_default_lies_within_its_bounds(name: str) -> None:
    limit = LIMITS[name]
    assert limit.low <= limit.default <= limit.high
    assert float(limit.default).is_integer() or limit.unit not in WHOLE_UNITS


def test_every_limit_is_read_by_a_rule_or_is_about_all_of_them() -> None:
    read = {limit.name for rule in CATALOGUE for limit in rule.limits}
    read |= {limit.name for rule in OVERSIGHT for limit in rule.limits}
    assert LIMITS.keys() - read == {"in-hand", "abandoned"}


def test_a_saturday_rolls_to_monday_and_a_working_day_stays() -> None:
    assert roll(date(2026, 3, 7), None) == date(2026, 3, 9)
    assert roll(date(2026, 3, 6), None) == date(2026, 3, 6)


def test_easter_rolls_to_tuesday_in_germany_and_stays_on_friday_elsewhere() -> None:
    assert roll(date(2026, 4, 3), "DE") == date(2026, 4, 7)
    assert roll(date(2026, 4, 3), None) == date(2026, 4, 3)
    assert roll(date(2026, 4, 3), "de") == date(2026, 4, 7)


def test_a_country_nobody_knows_has_only_weekends() -> None:
    assert is_workday(date(2026, 12, 25), "XX")
    assert not is_workday(date(2026, 12, 26), "XX")


def test_a_country_has_its_own_weekend() -> None:
    friday, sunday = date(2026, 3, 6), date(2026, 3, 8)
    assert not is_workday(friday, "IL")
    assert is_workday(sunday, "IL")


def test_working_days_are_counted_from_the_next_one_on() -> None:
    friday = date(2026, 3, 6)
    assert add_workdays(friday, 1, None) == date(2026, 3, 9)
    assert add_workdays(friday, 5, None) == date(2026, 3, 13)
    assert workdays_between(friday, date(2026, 3, 8), None) == 0
    assert workdays_between(friday, date(2026, 3, 13), None) == 5
    assert workdays_between(date(2026, 3, 13), friday, None) == 0


@given(st.dates(date(2019, 12, 1), date(2026, 1, 31)), st.integers(-30, 900), st.sampled_from([None, "DE", "XX"]))
def test_working_days_between_two_days_are_those_that_are_counted_one_by_one(
    start: date, days: int, country: str | None
) -> None:
    one_by_one = [start + timedelta(days=ahead) for ahead in range(1, days + 1)]
    expected = sum(is_workday(day, country) for day in one_by_one)
    assert workdays_between(start, start + timedelta(days=days), country) == expected
