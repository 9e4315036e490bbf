"""The chance that a promise is broken: its measures, the one number that is learned, and where the order comes from."""

from datetime import date
from math import log

import pytest
from hypothesis import given, settings

from engagement.assessment import chance
from engagement.assessment.case import Case
from engagement.assessment.cases import fridays, next_promise, promises
from engagement.assessment.chance import Level, Measures, Past
from engagement.assessment.values import (
    Baseline,
    CheckIn,
    Delivery,
    History,
    PortfolioTerms,
    ProgressReport,
)
from tests.assessment.made import (
    TOGETHER,
    a_history,
    a_milestone,
    assessed,
    cut,
    forecasts,
    on,
    some_terms,
    talks,
)
from tests.assessment.random_histories import days, histories

SLOW = settings(max_examples=120, deadline=None)
NOTHING = Measures(60, -30, 0, 0, 0.0, 0, 30, False)
"""Measures that add nothing at all."""


def measured(history: History, day: int) -> Measures:
    case = Case(history, TOGETHER, on(day))
    made = promises(case.plan(on(day)))
    promise = next_promise(made, on(day))
    assert promise is not None
    return chance.measured(case, promise, made, on(day))


def test_the_measures_of_a_promise() -> None:
    milestones = (
        a_milestone("M1", 20, deliveries=(Delivery(on(35)),)),  # 15 days late
        a_milestone("M2", 30, deliveries=(Delivery(on(25)),)),  # 5 days early
        a_milestone("M3", 10),  # broken since day 41
        a_milestone("M4", 60, reports=forecasts((40, 66), (50, 72))),
    )
    history = a_history(milestones=milestones, check_ins=(*talks(5), CheckIn(on(44), "report", "vendor")))
    # line 90; the promise before it was for day 30
    assert measured(history, 65) == Measures(25, 5, 1, 21, 5.0, 12, 30, False)
    assert measured(history, 42) == Measures(48, -18, 1, 7, 5.0, 6, 30, False)  # heard of by the delivery on day 35


def test_without_anything_recorded_the_start_counts_as_the_last_word() -> None:
    found = measured(a_history(milestones=(a_milestone("M1", 100),)), 3)
    assert found == Measures(60, -97, 0, 3, 0.0, 0, 100, True)  # the line is further than 60 days ahead


def test_how_long_it_was_planned_to_take_goes_by_its_own_start_where_it_has_one() -> None:
    milestones = (a_milestone("M1", 20, deliveries=(Delivery(on(20)),)), a_milestone("M2", 60, starts_on=on(45)))
    assert measured(a_history(milestones=milestones), 50).planned_days == 15


def test_a_new_date_and_a_forecast_are_words_and_the_later_one_counts() -> None:
    milestone = a_milestone("M1", 60, baselines=(Baseline(on(40), on(80)),), reports=forecasts((20, 90)))
    assert measured(a_history(milestones=(milestone,)), 30).moved_days == 30
    assert measured(a_history(milestones=(milestone,)), 45).moved_days == 20
    earlier = a_milestone("M1", 60, reports=(ProgressReport(on(20), None, on(50)),))
    assert measured(a_history(milestones=(earlier,)), 30).moved_days == 0


def test_each_measure_adds_its_coefficient_times_itself() -> None:
    assert chance.parts(NOTHING) == (0, 0, 0, 0, 0, 0, 0)
    found = chance.parts(Measures(15, 15, 1, 30, -30.0, 10, 60, True))
    # 1.6 x log 4; 4 x 1/2; 0.5 x 30/60; 1.5 x -30/60; 2.5 x 10/40; 0.7 x log 2; 0.6
    assert found == pytest.approx((2.218071, 2.0, 0.25, -0.75, 0.625, 0.485203, 0.6), abs=1e-6)


def test_very_short_and_very_long_plans_count_like_a_week_and_a_year() -> None:
    assert chance.parts(NOTHING._replace(planned_days=-3))[5] == pytest.approx(0.7 * log(7 / 30))
    assert chance.parts(NOTHING._replace(planned_days=4000))[5] == pytest.approx(0.7 * log(365 / 30))


def test_no_chance_that_lies_ahead_is_none_or_certain_to_four_digits() -> None:
    assert round(chance.chance(90, 0), 4) == 0.9997
    assert round(chance.chance(-90, 0), 4) == 0.0003


# --- learning


def cases(number: int, bad: int, log_odds: float = 3.3) -> list[Past]:
    """Cases that the default level gives even odds."""
    return [Past(on(0), on(50), log_odds, place < bad) for place in range(number)]


def test_without_a_case_of_its_own_a_portfolio_has_the_default_and_says_so() -> None:
    level = chance.learned([], date(2026, 11, 1))
    assert level == Level(-3.3, 0, date(2026, 11, 1))
    assert not level.is_own
    assert chance.told(level) == (
        "No case of this portfolio, from one Friday in eight weeks of the year up to 1 Nov 2026, was over by then: "
        "the chances rest on what was learned from other portfolios."
    )


def test_what_happened_as_often_as_expected_teaches_nothing() -> None:
    assert chance.learned(cases(40, 20), on(90)).value == -3.3


def test_the_level_balances_what_happened_against_the_default() -> None:
    # ten of ten went bad at even odds: 10 x (1 - p) = 0.3 x rise, with p the chance after the rise. At a rise of 2.508:
    # p = 1 / (1 + exp(-2.508)) = 0.92473, 10 x 0.07527 = 0.7527 and 0.3 x 2.508 = 0.7524. -3.3 + 2.508 is nearest -0.8.
    assert chance.learned(cases(10, 10), on(90)).value == -0.8
    # and of two hundred: 200 x (1 - p) = 0.3 x rise, 200 x 0.00734 = 1.468 = 0.3 x 4.907; -3.3 + 4.907 is nearest 1.6
    assert chance.learned(cases(200, 200), on(90)).value == 1.6


def test_from_twenty_cases_on_a_level_is_called_the_portfolios_own() -> None:
    assert not chance.learned(cases(19, 4), on(90)).is_own
    level = chance.learned(cases(20, 4), date(2026, 11, 1))
    assert level.is_own
    assert (
        chance.told(level)
        == "Learned from 20 cases of this portfolio, from one Friday in eight weeks of the year up to 1 Nov 2026."
    )
    assert chance.told(level._replace(cases=1)) == (
        "Only 1 case of this portfolio, from one Friday in eight weeks of the year up to 1 Nov 2026, was over by then: "
        "the chances rest on what was learned from other portfolios."
    )


def test_it_is_learned_up_to_the_first_of_the_month_from_a_friday_in_eight_weeks_of_the_year_before() -> None:
    assert chance.learning_day(date(2026, 11, 20)) == date(2026, 11, 1)
    days = chance.learning_fridays(date(2026, 11, 1))
    assert days == fridays(date(2025, 11, 1), date(2026, 11, 1), 8)
    assert len(days) in (6, 7)
    assert all(day.isoweekday() == 5 for day in days)


def test_up_to_400_engagements_all_are_learned_from_and_of_more_a_fixed_part() -> None:
    keys = [f"engagement-{number}" for number in range(1000)]
    assert all(chance.is_learned_from(key, 400) for key in keys)
    half = {key for key in keys if chance.is_learned_from(key, 401)}
    assert 420 < len(half) < 580
    assert {key for key in keys if chance.is_learned_from(key, 801)} < half


def test_retainers_teach_nothing() -> None:
    history = a_history(milestones=(a_milestone("M1", 40),))
    friday = [on(32)]
    assert len(chance.past(Case(history, TOGETHER, on(90)), friday, on(90))) == 1
    retainer = history._replace(terms=(some_terms(contract="retainer"),))
    assert chance.past(Case(retainer, TOGETHER, on(90)), friday, on(90)) == []


@SLOW
@given(histories(), days())
def test_what_was_recorded_after_the_day_teaches_nothing(history: History, day: date) -> None:
    every = fridays(date(2025, 10, 1), day)
    known = chance.past(Case(cut(history, day), TOGETHER, day), every, day)
    assert chance.past(Case(history, TOGETHER, date(2027, 12, 31)), every, day) == known


# --- the order


OFTEN = talks(*range(0, 300, 3))


def at_even_odds(log_odds: float) -> PortfolioTerms:
    return TOGETHER._replace(level=-log_odds)


def because(history: History, day: int) -> list[str]:
    return list(assessed(history, day).attention.because)


def test_the_chance_is_the_sum_of_its_parts_at_the_level_of_the_portfolio() -> None:
    history = a_history(milestones=(a_milestone("M1", 30),), check_ins=OFTEN)
    # day 45: 15 days left, 1.6 x log 4 = 2.218071; nothing delivered yet 0.6; heard of on the day; planned to take 30.
    # 2.818071 - 3.3 = -0.481929, and 1 / (1 + exp(0.481929)) = 0.3818
    assert assessed(history, 45).attention.chance == 0.3818
    assert assessed(history, 45, at_even_odds(2.818071)).attention.chance == 0.5


def test_why_it_stands_there_is_said_in_the_order_of_what_adds_most() -> None:
    milestones = (
        a_milestone("M1", 10),
        a_milestone("M2", 20, deliveries=(Delivery(on(50)),)),  # 30 days late: 1.5 x 1/2
        a_milestone("M3", 60, reports=forecasts((30, 90))),  # 2.5 x 1/2, planned to take 40 days: 0.7 x log 4/3 = 0.2
    )
    history = a_history(milestones=milestones, check_ins=talks(1))
    # day 72: left 18, 1.6 x log 60/18 = 1.93; one older 4 x 1/2; heard of on day 50, 0.5 x 22/52 = 0.21
    # how long it was planned to take is no reason below 30 e^(0.5/0.7) = 61 days
    assert because(history, 72) == [
        "one older milestone still open",
        "12 days past its first promise",
        "moved by 30 days",
        "earlier ones 30 days late on average",
        "nothing heard for 22 days",
    ]


@pytest.mark.parametrize(("planned", "is_reason"), [(61, False), (62, True)])
def test_long_work_is_a_reason_from_two_months_on(planned: int, is_reason: bool) -> None:
    # 0.7 x log 61/30 = 0.497; 0.7 x log 62/30 = 0.508
    history = a_history(milestones=(a_milestone("M1", planned),), check_ins=OFTEN)
    long = f"planned to take {planned} days (long work slips more often)"
    assert (long in because(history, planned - 1)) is is_reason


def test_the_chance_names_the_milestone_that_it_is_about() -> None:
    history = a_history(milestones=(a_milestone("M1", 10), a_milestone("M2", 60)), check_ins=OFTEN)
    names = {key: next(one.name for one in history.milestones if one.key == key) for key in ("M1", "M2")}
    assert assessed(history, 20).attention.milestone == names["M1"]
    assert assessed(history, 50).attention.milestone == names["M2"]
    assert assessed(history, 99).attention.milestone == names["M1"]  # all broken: the one that was promised first


def test_what_is_past_its_first_promise_is_not_called_overdue_where_another_day_is_agreed() -> None:
    moved = a_milestone("M1", 30, baselines=(Baseline(on(20), on(80), "reason", "Ana"),))
    history = a_history(milestones=(moved,), check_ins=OFTEN)
    assert "7 days past its first promise" in because(history, 37)
    assert not any("overdue" in words for words in because(history, 37))


@pytest.mark.parametrize(
    ("day", "phrase"),
    [
        (25, "first promised for 1 Apr"),
        (30, "first promised for today"),
        (31, "1 day past its first promise"),
    ],
)
def test_how_near_the_promise_is(day: int, phrase: str) -> None:
    history = a_history(milestones=(a_milestone("M1", 30),), check_ins=OFTEN)
    assert phrase in because(history, day)


def test_what_is_more_than_thirty_days_past_was_broken_which_is_certain() -> None:
    history = a_history(milestones=(a_milestone("M1", 10), a_milestone("M2", 12)), check_ins=talks(30))
    found = assessed(history, 50).attention
    assert (found.chance, found.score) == (1.0, 1.0)
    assert because(history, 50) == ['"Result M1" 40 days past its first promise', "nothing heard for 20 days"]


@pytest.mark.parametrize(("quiet", "is_said"), [(7, False), (8, True)])
def test_of_what_was_broken_silence_is_a_reason_from_eight_days_on(quiet: int, is_said: bool) -> None:
    # 0.5 x 7/37 = 0.095; 0.5 x 8/38 = 0.105
    history = a_history(milestones=(a_milestone("M1", 10),), check_ins=talks(50 - quiet))
    assert (f"nothing heard for {quiet} days" in because(history, 50)) is is_said


def test_of_work_without_a_promised_day_no_chance_is_known_and_in_the_order_it_counts_as_even_odds() -> None:
    for milestones in ((), (a_milestone("M1", None),)):
        found = assessed(a_history(milestones=milestones), 20).attention
        assert (found.chance, found.score) == (None, 0.5)
        assert list(found.because) == ["no day is promised for what is left to do"]


def test_work_that_is_delivered_needs_nobody() -> None:
    delivered = a_milestone("M1", 10, deliveries=(Delivery(on(9)),))
    found = assessed(a_history(milestones=(delivered,)), 20).attention
    assert (found.chance, found.score, found.because) == (None, 0.0, ())
