"""What a case is: a promise whose line lies 1 to 60 days ahead, and whether it was broken."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from engagement.assessment.case import Case
from engagement.assessment.cases import PromiseCase, cases, fridays
from engagement.assessment.values import Baseline, Delivery, History, Pause, Series
from tests.assessment.made import TOGETHER, a_history, a_milestone, on, some_terms

LONG_AFTER = on(900)


def cases_on(history: History, *days: int, known_by: date = LONG_AFTER) -> list[PromiseCase]:
    return list(cases(Case(history, TOGETHER, LONG_AFTER), [on(day) for day in days], known_by))


def promised(due: int = 40, *delivered: int, **changes: object) -> History:
    """One milestone, promised for a day, whose line lies 30 days later."""
    deliveries = tuple(Delivery(on(day)) for day in delivered)
    return a_history(milestones=(a_milestone("M1", due, deliveries=deliveries, **changes),))


def test_a_case_begins_when_its_line_is_sixty_days_ahead_and_ends_the_day_before_it() -> None:
    found = cases_on(promised(40), 9, 10, 69, 70)  # the line is day 70
    assert [(one.day, one.line_on, one.is_bad) for one in found] == [(on(10), on(70), True), (on(69), on(70), True)]


@pytest.mark.parametrize(("delivered", "is_bad"), [(70, False), (71, True)])
def test_a_delivery_on_the_line_is_in_time_and_a_day_later_it_is_not(delivered: int, is_bad: bool) -> None:
    assert [one.is_bad for one in cases_on(promised(40, delivered), 39)] == [is_bad]


def test_what_was_delivered_is_no_case_any_more_also_where_it_was_rejected() -> None:
    rejected = Delivery(on(30), on(32), "rejected")
    history = a_history(milestones=(a_milestone("M1", 40, deliveries=(rejected, Delivery(on(90)))),))
    assert [one.is_bad for one in cases_on(history, 29, 30)] == [False]


def test_the_case_is_the_earliest_open_promise_that_is_not_broken_yet() -> None:
    milestones = (
        a_milestone("broken", 5),  # its line is day 35
        a_milestone("later", 60),
        a_milestone("done", 30, deliveries=(Delivery(on(20)),)),
        a_milestone("next", 50),
    )
    found = cases_on(a_history(milestones=milestones), 34, 35)
    assert [one.promise.milestone.key for one in found] == ["broken", "next"]


def test_a_new_date_moves_no_line() -> None:
    moved = (Baseline(on(20), on(80), "agreed", "Ana"),)
    assert [one.line_on for one in cases_on(promised(40, baselines=moved), 25)] == [on(70)]


def test_how_a_case_went_on_is_known_when_its_line_is_passed_and_not_before_whatever_was_delivered() -> None:
    # a good end is known earlier than a bad one: counting it earlier would make the record too good
    history = promised(40, 45)
    assert len(cases_on(history, 30, known_by=on(70))) == 1
    assert cases_on(history, 30, known_by=on(69)) == []


@pytest.mark.parametrize(("cancelled", "number"), [(70, 0), (71, 1)])
def test_what_was_cancelled_by_its_line_has_no_end(cancelled: int, number: int) -> None:
    assert len(cases_on(promised(40, cancelled_on=on(cancelled)), 30)) == number


def test_closing_the_work_before_the_line_delivers_nothing() -> None:
    assert [one.is_bad for one in cases_on(promised(40)._replace(closed_on=on(50)), 30, 51)] == [True]


def test_only_active_work_has_cases() -> None:
    paused = promised(40)._replace(pauses=(Pause(on(20), on(30)),))
    assert [one.day for one in cases_on(paused, 19, 25, 30)] == [on(19), on(30)]
    assert cases_on(promised(40)._replace(terms=(some_terms(status="draft"),)), 30) == []
    assert cases_on(promised(40)._replace(terms=(some_terms(starts_on=on(31)),)), 30) == []


def test_occurrences_of_a_retainer_are_promises_too() -> None:
    terms = some_terms(contract="retainer", ends_on=None)
    history = a_history(terms, series=(Series("close", "Month-end close", "month", 10),))
    (found,) = cases_on(history, 11)  # 13 March: the close of 10 March is open, its line is 9 April
    assert (found.promise.milestone.key, found.line_on) == ("close:2026-03-10", date(2026, 4, 9))


def test_fridays_are_half_open_and_of_several_weeks_always_the_same_ones() -> None:
    assert fridays(date(2026, 11, 20), date(2026, 12, 4)) == [date(2026, 11, 20), date(2026, 11, 27)]
    assert fridays(date(2026, 11, 21), date(2026, 11, 27)) == []
    every = fridays(date(2026, 1, 1), date(2027, 1, 1), 8)
    assert {(later - one).days for one, later in pairwise(every)} == {56}
    assert fridays(every[2] - timedelta(days=3), date(2027, 1, 1), 8) == every[2:]
