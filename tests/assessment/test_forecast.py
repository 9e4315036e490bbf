"""Forecasts: what they are told from, by hand; and that they never look ahead."""

from datetime import date
from itertools import pairwise
from math import exp

import pytest
from hypothesis import assume, given, settings

from engagement.assessment.case import Case
from engagement.assessment.cases import fridays
from engagement.assessment.facts import Facts
from engagement.assessment.forecast import SHARES, Measures, ahead_share, finish_outlook, landmarks, measured, outlooks
from engagement.assessment.lifetable import DEFAULT, UNKNOWN, days_ahead
from engagement.assessment.results import Likely, Outlook
from engagement.assessment.values import Baseline, CheckIn, Delivery, History, LifeTable, Pause, PortfolioTerms, Series
from tests.assessment.made import (
    TOGETHER,
    a_history,
    a_milestone,
    assessed,
    cut,
    forecasts,
    on,
    reports,
    some_terms,
    talks,
)
from tests.assessment.random_histories import days, histories

EVEN = LifeTable((0.2,) * 3 + (0.1,) * 9, (0.4,) * 3 + (0.2,) * 9, {}, {}, 30, date(2026, 3, 1))
"""A fifth on the whole way to the day, a tenth each day from then on; of a retainer twice as much."""
LEARNED = TOGETHER._replace(table=EVEN)
NOTHING = Measures(0, 0.0, 0, ())


def facts(history: History, day: int, common: PortfolioTerms = LEARNED) -> Facts:
    return Facts(Case(history, common, on(day)), on(day))


def of(history: History, day: int, key: str = "M1", common: PortfolioTerms = LEARNED) -> Outlook | None:
    one = facts(history, day, common)
    return outlooks(one)[one.plan.places[key]]


def in_days(found: Outlook | None, day: int) -> list[int]:
    """The forecast in days from a day."""
    assert found is not None
    return [(one - on(day)).days for one in found.likely]


def test_measures_that_say_nothing_leave_the_rates_as_they_are() -> None:
    assert NOTHING.pace(on(10), 0.0, NOTHING.drag()) == 1
    assert NOTHING.pace(on(10), 1.0, NOTHING.drag()) == exp(-0.5)  # all of its time is ahead


def test_each_measure_slows_by_its_coefficient_at_most() -> None:
    def pace(**changes: object) -> float:
        found = Measures(**{**NOTHING._asdict(), **changes})
        return found.pace(on(10), 0.0, found.drag())

    assert pace(behind_days=30) == pytest.approx(exp(-0.35))  # half of -0.7 at thirty days
    assert pace(silent_days=30) == pytest.approx(exp(-0.2))
    assert pace(slip_days=90.0) == pytest.approx(exp(-0.3))  # 90 / 120 of -0.4
    assert pace(slip_days=-30.0) == pytest.approx(exp(0.2))  # early so far
    assert pace(open_on=(on(1), on(5), on(10))) == pytest.approx(exp(-0.7 * 2 / 3))  # two were promised before day 10
    assert pace(behind_days=10**6) == pytest.approx(exp(-0.7), rel=1e-3)


def test_what_is_known_of_an_engagement() -> None:
    milestones = (
        a_milestone("M1", 20, deliveries=(Delivery(on(30)),)),  # ten days late
        a_milestone("M2", 40),
        a_milestone("M3", 60),
        a_milestone("M4", 80, due_on=None),
    )
    history = a_history(milestones=milestones, check_ins=(*talks(5), CheckIn(on(33), "report", "vendor")))
    case = Case(history, TOGETHER, on(50))
    found = measured(case, case.plan(on(50)), case.done(on(50)).handovers, on(50))
    # a third was due by day 20 and is earned at nine tenths until it is accepted: the plan had that on day 18
    assert found == Measures(32, 10.0, 17, [on(40), on(60)])


def test_a_promise_is_forecast_from_the_word_named_last() -> None:
    history = a_history(milestones=(a_milestone("M1", 30, reports=forecasts((10, 40))),), check_ins=talks(20))
    found = of(history, 20)
    assert found is not None
    assert (found.named_on, found.behind_days, found.older, found.silent_days) == (on(40), 20, 0, 0)
    pace = exp(-0.7 * 20 / 50 - 0.5 / 2)  # half of its forty days are ahead
    assert in_days(found, 20) == days_ahead(EVEN.rates, 20, pace, SHARES)
    # the way to the eve takes 0.2 x 0.589 of the hazard; the middle comes 0.575 / 0.0589 = 9.8 days after it
    assert in_days(found, 20)[1] == 29


def test_a_promise_due_today_and_one_overdue_by_years() -> None:
    history = a_history(milestones=(a_milestone("M1", 30),), check_ins=talks(30))
    pace = exp(-0.7 * 30 / 60)
    assert in_days(of(history, 30), 30) == days_ahead(EVEN.rates, 0, pace, SHARES)
    later = of(history._replace(check_ins=talks(30, 2000)), 2000)
    # 0.1 a day, and nothing delivered by day 2000: behind by all of them. exp(-0.7 x 2000 / 2030) = 0.5017
    assert in_days(later, 2000) == [3, 14, 33, 46]


def test_without_a_table_the_default_holds() -> None:
    history = a_history(milestones=(a_milestone("M1", 30),), check_ins=talks(30))
    pace = exp(-0.7 * 30 / 60)
    assert in_days(of(history, 30, common=TOGETHER), 30) == days_ahead(DEFAULT, 0, pace, SHARES)
    assert UNKNOWN.rates == DEFAULT


def test_vendor_and_kind_of_work_multiply_the_rates() -> None:
    history = a_history(some_terms(category="software"), milestones=(a_milestone("M1", 30),), check_ins=talks(30))
    table = EVEN._replace(vendors={"Northwind": 0.5, "Abacus": 9.0}, categories={"software": 0.8})
    found = of(history, 30, common=LEARNED._replace(table=table))
    assert in_days(found, 30) == days_ahead(EVEN.rates, 0, 0.4 * exp(-0.35), SHARES)


def test_a_retainer_goes_by_its_own_rates_and_has_no_finish() -> None:
    series = Series("close", "Monthly close", "month", 10, from_on=on(0))
    history = a_history(some_terms(contract="retainer"), series=(series,), check_ins=talks(20))
    found = of(history, 20, "close:2026-04-10")
    assert found is not None
    # on Sunday 22 March, the occurrence of 10 March is open
    assert (found.older, found.behind_days) == (1, 0)
    assert in_days(found, 20) == days_ahead(EVEN.retainer_rates, 19, exp(-0.35 - 0.5 * 19 / 31), SHARES)
    assert assessed(history, 20, LEARNED).schedule.p50_finish_on is None
    assert assessed(history, 20, LEARNED).milestones[0].p80_on is not None


def test_what_nobody_named_a_day_for_has_no_forecast() -> None:
    history = a_history(milestones=(a_milestone("M1", None), a_milestone("M2", None, reports=forecasts((5, 50)))))
    assert of(history, 20) is None
    said = of(history, 20, "M2")
    assert said is not None
    assert said.named_on == on(50)
    assert assessed(history, 20, LEARNED).schedule.p50_finish_on is None  # nothing was agreed for a day


def test_what_is_named_for_a_day_beyond_ten_years_has_no_forecast() -> None:
    history = a_history(milestones=(a_milestone("M1", 3651), a_milestone("M2", 3650)), check_ins=talks(0))
    assert of(history, 0) is None
    assert of(history, 0, "M2") is not None


@pytest.mark.parametrize("day", [-3, 10, 40])
def test_drafts_and_closed_work_have_no_forecast(day: int) -> None:
    history = a_history(some_terms(status="draft"), milestones=(a_milestone("M1", 30),))
    assert of(history, day) is None
    closed = a_history(milestones=(a_milestone("M1", 30),), closed_on=on(5))
    assert (of(closed, day) is None) == (day > 5)


def test_before_the_start_and_in_a_pause_time_counts_from_the_day_it_goes_on() -> None:
    history = a_history(milestones=(a_milestone("M1", 30),))
    assert in_days(of(history, -20), 0) == days_ahead(EVEN.rates, 30, exp(-0.5), SHARES)
    paused = history._replace(pauses=(Pause(on(10), on(25)),), check_ins=talks(12))
    found = of(paused, 12)
    assert in_days(found, 25) == days_ahead(EVEN.rates, 5, exp(-0.7 * 12 / 42 - 0.5 / 6), SHARES)


def test_what_is_delivered_has_no_forecast_and_a_rejected_delivery_is_open_again() -> None:
    history = a_history(milestones=(a_milestone("M1", 30, deliveries=(Delivery(on(25), on(28), "rejected"),)),))
    assert of(history, 26) is None
    assert assessed(history, 26, LEARNED).outlook is None
    assert of(history, 28) is not None


def test_the_finish_is_with_each_chance_the_latest_day() -> None:
    milestones = (
        a_milestone("M1", 10, deliveries=(Delivery(on(12)),)),
        a_milestone("M2", 40),
        a_milestone("M3", 300, reports=forecasts((5, 45))),
    )
    history = a_history(milestones=milestones, check_ins=talks(20))
    one = facts(history, 20)
    finish, each = finish_outlook(one), [found for found in outlooks(one) if found is not None]
    assert finish is not None
    assert finish.milestone == "M3"
    assert finish.likely == Likely(*(max(two) for two in zip(*(found.likely for found in each), strict=True)))
    assessment = assessed(history, 20, LEARNED)
    assert (assessment.outlook, assessment.schedule.p50_finish_on) == (finish, finish.likely.p50_on)
    assert [state.p80_on for state in assessment.milestones] == [None, *(found.likely.p80_on for found in each)]


def test_the_finish_is_no_sooner_than_what_was_delivered() -> None:
    milestones = (a_milestone("M1", 10, deliveries=(Delivery(on(20)),)), a_milestone("M2", 18))
    finish = finish_outlook(facts(a_history(milestones=milestones, check_ins=talks(19)), 20))
    assert finish is not None
    assert finish.likely.p10_on > on(20)


def test_silence_alone_moves_a_forecast_later() -> None:
    history = a_history(milestones=(a_milestone("M1", 60),), check_ins=talks(1, 30))
    quiet = history._replace(check_ins=talks(1))
    assert all(one <= two for one, two in zip(in_days(of(history, 30), 30), in_days(of(quiet, 30), 30), strict=True))
    assert in_days(of(history, 30), 30)[2] < in_days(of(quiet, 30), 30)[2]


def test_what_is_learned_is_how_open_promises_stood() -> None:
    milestones = (
        a_milestone("M1", 20, deliveries=(Delivery(on(30)),)),
        a_milestone(
            "M2", 40, reports=(*forecasts((33, 50)), *reports((34, 0.5))), baselines=(Baseline(on(36), on(48)),)
        ),
        a_milestone("M3", 60, cancelled_on=on(45)),
    )
    history = a_history(milestones=milestones, closed_on=on(70), check_ins=talks(10))
    found = list(landmarks(Case(history, TOGETHER, on(100)), [on(-4), on(10), on(35), on(46), on(74)]))
    assert [(one.milestone, one.day, one.named_on) for one in found] == [
        ("M1", on(10), on(20)),
        ("M2", on(10), on(40)),
        ("M3", on(10), on(60)),
        ("M2", on(35), on(50)),
        ("M3", on(35), on(60)),
        ("M2", on(46), on(48)),
    ]  # none before the start, and none once it was closed
    assert [one.gone_on for one in found] == [on(70), on(70), on(45), on(70), on(45), on(70)]
    assert found[0].deliveries == (Delivery(on(30)),)
    assert found[0].vendor == "Northwind"


def test_what_is_promised_for_later_than_91_days_teaches_on_every_third_friday() -> None:
    begin = date(2026, 1, 2)
    history = a_history(milestones=(a_milestone("M1", 300), a_milestone("M2", 60)))
    taught = [
        (one.day, one.milestone) for one in landmarks(Case(history, TOGETHER, on(299)), fridays(begin, on(298), 4))
    ]
    near = [day for day, key in taught if key == "M2"]
    far = [day for day, key in taught if key == "M1" and (on(300) - day).days > 91]
    last = [day for day, key in taught if key == "M1" and (on(300) - day).days <= 91]
    assert {(after - before).days for before, after in pairwise(near)} == {28}
    assert {(after - before).days for before, after in pairwise(far)} == {84}
    assert {(after - before).days for before, after in pairwise(last)} == {28}


def test_the_share_of_its_time_that_is_ahead() -> None:
    assert ahead_share(on(0), on(40), on(10)) == 0.75
    assert ahead_share(on(0), on(40), on(40)) == 0  # today is its day
    assert ahead_share(on(0), on(40), on(90)) == 0
    assert ahead_share(on(20), on(40), on(0)) == 1  # its work has not begun
    assert ahead_share(on(50), on(40), on(30)) == 1  # and was never to, by the plan


@settings(max_examples=150, deadline=None)
@given(histories(), days())
def test_nothing_recorded_later_changes_a_forecast(history: History, day: date) -> None:
    def told(known: History) -> list[Outlook | None]:
        return outlooks(Facts(Case(known, LEARNED, day), day))

    assume(history.terms[0].starts_on <= day)
    assert told(cut(history, day)) == told(history)


@settings(max_examples=150, deadline=None)
@given(histories(), days())
def test_forecasts_rise_and_lie_ahead(history: History, day: date) -> None:
    for found in outlooks(Facts(Case(history, LEARNED, day), day)):
        if found is not None:
            assert day < found.likely.p10_on <= found.likely.p50_on <= found.likely.p80_on <= found.likely.p90_on


def test_there_is_no_finish_where_one_of_the_results_is_named_for_beyond_ten_years() -> None:
    near, far = a_milestone("M1", 100), a_milestone("M2", 100 + 3650)
    assert finish_outlook(facts(a_history(milestones=(near, far)), 100)) is not None
    assert finish_outlook(facts(a_history(milestones=(near, far)), 99)) is None
    there = far._replace(deliveries=(Delivery(on(90)),))
    assert finish_outlook(facts(a_history(milestones=(near, there)), 99)) is not None
