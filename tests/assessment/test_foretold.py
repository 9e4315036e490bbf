"""How well forecasts did, followed by hand: cases, what the naive ones say, losses, and the share of days held."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from engagement.assessment.case import Case
from engagement.assessment.forecast import marks_on
from engagement.assessment.foretold import (
    OURS,
    Ended,
    ForecastRecord,
    Forecasts,
    Foretold,
    Reached,
    Score,
    Tables,
    Told,
    counted,
    told,
)
from engagement.assessment.lifetable import DEFAULT, Landmark
from engagement.assessment.values import Baseline, Delivery, History, Outcome, PortfolioTerms
from tests.assessment.made import TOGETHER, a_history, a_milestone, cut, on, some_terms, talks
from tests.assessment.random_histories import commons, histories

FRIDAY = 200
"""The Friday on which made cases stand, in days from day 0."""
PACE = 0.018 / DEFAULT[-1]
"""At this pace 1.8 % of what is left comes a day where nothing was learned and all is long overdue."""
NOTHING = Score(0, None, None, None, None, None, None)


def a_case(key: str, named: int, **said: Any) -> Foretold:
    """A milestone on the Friday, for which a day was named last, in days from the Friday."""
    mark = Landmark("crm", key, False, "Northwind", None, on(FRIDAY), on(FRIDAY + named), PACE, (), None)
    values: dict[str, Any] = {
        "engagement": "crm",
        "milestone": key,
        "day": on(FRIDAY),
        "came_days": 30,
        "life": 0.1,
        "first_days": named,
        "age_days": 10,
        "index_days": 0.0,
        "rate_days": 0.0,
        "mark": mark,
        "is_accepted": True,
    }
    return Foretold(**(values | said))


def past(number: int = 21, *, is_accepted: bool = True) -> tuple[Ended, ...]:
    """Milestones that were to take ten days and took 10, 11, 12, ...: the last came the day before the Friday."""
    return tuple(
        Ended(on(FRIDAY - 1 - back), 10, 10 + number - 1 - back, is_accepted) for back in reversed(range(number))
    )


def over(*cases: Foretold, ended: tuple[Ended, ...] = past()) -> Forecasts:
    return counted([Told(cases, ended, ())], 1, on(FRIDAY + 90), Tables())


def record(found: Forecasts, name: str) -> ForecastRecord:
    return next(one for one in found.records if one.name == name)


def accepted(day: int) -> tuple[Delivery, ...]:
    return (Delivery(on(day), on(day), "accepted"),)


# --- what is said and what it costs

A = a_case("A", 20, first_days=10, index_days=12.5, rate_days=-3.0)
"""Came after 30 days; planned to take 20, of which 10 were over."""
B = a_case("B", 10, came_days=5, life=0.95, first_days=-10, age_days=30, index_days=-4.0, rate_days=40.0)
"""Came after 5 days; planned to take 20, and 30 were over."""


@pytest.mark.parametrize(
    ("name", "score"),
    [
        # A 10 days late: 5 and 8; B 5 days early: 2.5, and 1 at one fifth a day
        ("latest date named", Score(2, 7.5, 3.75, 4.5, 0.5, 0.5, None)),
        # A 20 days late: 10 and 16; B was due 10 days before the Friday, held to it: 5 days late, 2.5 and 4
        ("the plan", Score(2, 12.5, 6.25, 10.0, 0.0, 0.0, None)),
        # 21 milestones took 1.0, 1.1, ... 3.0 times as long: half of them up to 2.0, four of five up to 2.6. That is 20
        # and 32 days after the plan: A by day 30 (0 days) and 42 (12 early: 2.4), B by day 10 (5 early: 2.5) and 22
        # (17 early: 3.4)
        ("plan and past slips", Score(2, 2.5, 1.25, 2.9, 1.0, 1.0, None)),
        # A is half through: all were open then, 1.5 and 2.1 of 20 days are left: 30 (0) and 42 (2.4). B is at 1.5: 15
        # were open then, 1.6 to 3.0, half up to 2.3, four of five up to 2.72: 16 days (11 early: 5.5) and 24.4 (3.88)
        ("what remained at that stage", Score(2, 5.5, 2.75, 3.14, 1.0, 1.0, None)),
        # A 17.5 days late: 8.75 and 14; B held to the Friday, 5 days late: 2.5 and 4
        ("AT + PD - ES", Score(2, 11.25, 5.625, 9.0, 0.0, 0.0, None)),
        # A held to the Friday, 30 days late: 15 and 24; B 35 days early: 17.5 and 7
        ("PD / SPI(t)", Score(2, 32.5, 16.25, 15.5, 0.5, 0.5, None)),
    ],
)
def test_a_naive_forecast_followed_by_hand(name: str, score: Score) -> None:
    found = record(over(A, B), name)
    assert found.score == pytest.approx(score)
    assert [one.cases for one in found.by_life] == [1, 0, 0, 0, 1]
    assert found.by_life[1:4] == (NOTHING,) * 3


def test_ours_followed_by_hand() -> None:
    # 0.018 of what is left comes a day: half by ln 2 / 0.018 = 38.5 days, four of five by 89.4, nine of ten by 127.9,
    # so on days 39, 90 and 128. It came on day 39.
    found = over(a_case("C", -300, came_days=39, life=0.3))
    assert found.ours.name == OURS
    assert found.ours.score == pytest.approx(Score(1, 0.0, 0.0, 0.2 * 51, 1.0, 1.0, 1.0))
    assert found.ours.score.loss == pytest.approx(5.1)
    assert [one.cases for one in found.ours.by_life] == [0, 1, 0, 0, 0]
    late = over(a_case("C", -300, came_days=91)).ours.score
    assert late == pytest.approx(Score(1, 52.0, 26.0, 0.8, 0.0, 0.0, 1.0))


def test_the_chance_of_the_day_that_was_given_stands_beside_what_came_of_it() -> None:
    found = over(a_case("C", -300, came_days=39), a_case("D", -300, came_days=91))
    assert [one.level for one in found.reached] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
    # 40 % is reached after 28.4 days, so that day 29 is given, with a chance of 1 - exp(-29 x 0.018) = 0.4067
    assert found.reached[3] == pytest.approx(Reached(0.4, 0.40667, 0.0), abs=1e-5)
    assert found.reached[4] == pytest.approx(Reached(0.5, 0.50441, 0.5), abs=1e-5)  # by day 39
    assert found.reached[7].share == 0.5  # by day 90
    assert found.reached[8].share == 1.0  # by day 128
    assert [found.ours.score.covered_p50, found.ours.score.covered_p80] == [0.5, 0.5]


def test_a_life_is_cut_into_fifths() -> None:
    lives = (0.0, 0.199, 0.2, 0.599, 0.6, 0.8, 0.99)
    found = over(*(a_case(f"M{at}", 20, life=life) for at, life in enumerate(lives)))
    assert [one.cases for one in found.ours.by_life] == [2, 1, 1, 1, 2]


def test_the_best_of_the_others_is_the_one_that_lost_least() -> None:
    assert over(A, B).best_other.name == "plan and past slips"
    assert over().best_other.score == NOTHING


# --- which cases count


@pytest.mark.parametrize(("before", "cases"), [(19, 0), (20, 1)])
def test_a_case_counts_once_twenty_milestones_were_over_before_it(before: int, cases: int) -> None:
    of_the_day = Ended(on(FRIDAY), 10, 10, True)
    assert over(A, ended=(*past(before), of_the_day)).ours.score.cases == cases


def test_without_cases_every_forecast_has_a_row_all_the_same() -> None:
    found = counted([], 0, on(FRIDAY), Tables())
    assert [one.name for one in found.records] == [one.name for one in over(A).records]
    assert len(found.records) == 7
    assert all(one.score == NOTHING and one.by_life == (NOTHING,) * 5 for one in found.records)
    assert found.reached == ()
    assert found.table.delivered == 0


def test_what_was_delivered_and_not_accepted_counts_only_where_most_is_never_decided_on() -> None:
    undecided = A._replace(is_accepted=False)
    assert over(A, undecided, ended=past(40) + past(40, is_accepted=False)).ours.score.cases == 1
    assert over(A, undecided, ended=past(40) + past(41, is_accepted=False)).ours.score.cases == 2


def test_the_cases_of_a_small_history_counted_by_hand() -> None:
    # Day 0 is a Monday: Fridays are days 4, 11, 18, 25, 32, 39. M1 runs from day 0, M2 from the promise of M1.
    history = a_history(
        milestones=(a_milestone("M1", 20, deliveries=accepted(30)), a_milestone("M2", 45, deliveries=accepted(44)))
    )
    found = told(Case(history, TOGETHER, on(80)), on(80))
    assert found.ended == (Ended(on(30), 20, 30, True), Ended(on(44), 25, 24, True))
    assert [(one.milestone, one.day, one.came_days, one.first_days, one.age_days) for one in found.cases] == [
        ("M1", on(4), 26, 16, 4),
        ("M1", on(11), 19, 9, 11),
        ("M1", on(18), 12, 2, 18),
        ("M1", on(25), 5, -5, 25),
        ("M2", on(25), 19, 20, 5),
        ("M2", on(32), 12, 13, 12),
        ("M2", on(39), 5, 6, 19),
    ]
    assert [one.life for one in found.cases[4:]] == pytest.approx([5 / 24, 12 / 24, 19 / 24])
    # Until day 30 nothing is earned: AT + PD - ES says the plan later by all that has passed, PD / SPI(t) the plan.
    # From then on one of two is, which the plan had on day 20: on day 32 it lags by 12 days, at 32 / 20 of the time.
    assert [one.index_days for one in found.cases] == pytest.approx([20, 20, 20, 20, 45, 25, 25])
    assert [one.rate_days for one in found.cases] == pytest.approx([16, 9, 2, -5, 20, 40, 45 * 39 / 20 - 39])


def test_of_a_long_life_twelve_fridays_count_evenly_spread() -> None:
    # 43 Fridays, days 4 to 298: the first, the last, and every 42 / 11 of them between
    history = a_history(some_terms(ends_on=on(400)), milestones=(a_milestone("M1", 300, deliveries=accepted(300)),))
    found = told(Case(history, TOGETHER, on(400)), on(400))
    assert [(one.day - on(4)).days // 7 for one in found.cases] == [0, 4, 8, 11, 15, 19, 23, 27, 31, 34, 38, 42]


@pytest.mark.parametrize("outcome", [None, "rejected"])
def test_what_is_open_or_was_never_promised_makes_no_case(outcome: Outcome | None) -> None:
    history = a_history(
        milestones=(
            a_milestone("open", 20),
            a_milestone("undated", None, deliveries=accepted(30)),
            a_milestone("handed", 20, deliveries=(Delivery(on(30), None, outcome),)),
        )
    )
    found = told(Case(history, TOGETHER, on(80)), on(80))
    assert [(one.milestone, one.is_accepted) for one in found.cases] == ([] if outcome else [("handed", False)] * 4)


def test_retainers_have_no_cases_but_are_learned_from() -> None:
    history = a_history(some_terms(contract="retainer"), milestones=(a_milestone("M1", 40, deliveries=accepted(50)),))
    found = told(Case(history, TOGETHER, on(80)), on(80))
    assert (found.cases, found.ended) == ((), ())
    assert all(mark.retainer for mark in found.marks)
    assert found.marks


# --- nothing is known before its day


def test_what_is_recorded_later_changes_nothing_that_was_said_before() -> None:
    first = a_milestone("M1", 40, deliveries=accepted(60))
    moved = first._replace(baselines=(Baseline(on(28), on(58), "agreed", "Ana"),))
    before = a_history(milestones=(first,), check_ins=talks(0))
    for after in (before._replace(milestones=(moved,)), before._replace(check_ins=talks(0, 28))):
        said, later = (told(Case(one, TOGETHER, on(120)), on(120)).cases for one in (before, after))
        assert [one.day for one in said] == [on(4 + 7 * week) for week in range(8)]
        assert said[:4] == later[:4]
        assert all(one.mark != other.mark for one, other in zip(said[4:], later[4:], strict=True))


@settings(max_examples=60, deadline=None)
@given(histories(), commons())
def test_a_case_is_told_from_what_was_known_by_its_friday(history: History, common: PortfolioTerms) -> None:
    as_of = date(2027, 6, 30)
    for one in told(Case(history, common, as_of), as_of).cases:
        known = {mark.milestone: mark for mark in marks_on(Case(cut(history, one.day), common, one.day), one.day)}
        mark = known[one.milestone]
        assert (mark.named_on, mark.pace) == (one.mark.named_on, one.mark.pace)


# --- learning again


def test_a_table_is_learned_again_only_where_what_it_rests_on_has_changed() -> None:
    tables = Tables()
    mark = a_case("A", 20).mark._replace(deliveries=accepted(FRIDAY + 20))
    first = tables.learned([mark], on(FRIDAY + 40))
    assert tables.learned([mark._replace()], on(FRIDAY + 40)) is first
    assert tables.learned([mark], on(FRIDAY)) is tables.learned([], on(FRIDAY))  # of a day later nothing is known
    again = tables.learned([mark._replace(deliveries=accepted(FRIDAY + 39))], on(FRIDAY + 40))
    assert again.rates != first.rates
    assert tables.learned([mark], on(FRIDAY + 40)) == first
