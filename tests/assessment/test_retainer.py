"""A retainer's occurrences: derived from its series, recorded once something happens to them."""

from datetime import date
from decimal import Decimal

import pytest

from engagement.assessment.results import Promises
from engagement.assessment.retainer import occurrences
from engagement.assessment.values import Delivery, Every, History, Series
from tests.assessment.made import a_history, a_milestone, assessed, fired, on, severity, some_terms, talks

TERMS = some_terms(contract="retainer", starts_on=date(2026, 1, 1), recorded_on=date(2026, 1, 1), ends_on=None)


@pytest.mark.parametrize(
    ("every", "due_day", "until", "dues"),
    [
        ("week", 5, date(2026, 1, 16), [date(2026, 1, 2), date(2026, 1, 9), date(2026, 1, 16)]),
        ("week", 3, date(2026, 1, 14), [date(2026, 1, 7), date(2026, 1, 14)]),  # 31 December is before the start
        ("month", 10, date(2026, 3, 9), [date(2026, 1, 10), date(2026, 2, 10)]),
        ("month", 31, date(2026, 4, 30), [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]),
        ("quarter", 10, date(2026, 12, 31), [date(2026, m, 10) for m in (1, 4, 7, 10)]),
        ("quarter", 92, date(2026, 9, 30), [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)]),
    ],
)
def test_due_dates_of_a_series(every: Every, due_day: int, until: date, dues: list[date]) -> None:
    assert occurrences(Series("s", "Series", every, due_day), TERMS, until) == dues


def test_a_series_begins_and_ends_with_itself_else_with_the_engagement() -> None:
    ended = TERMS._replace(ends_on=date(2026, 3, 10))
    own = Series("s", "Series", "month", 10, from_on=date(2026, 2, 10), until_on=date(2026, 4, 11))
    assert occurrences(own, ended, date(2026, 12, 31)) == [date(2026, 2, 10), date(2026, 3, 10), date(2026, 4, 10)]
    theirs = Series("s", "Series", "month", 10)
    assert occurrences(theirs, ended, date(2026, 12, 31)) == [date(2026, 1, 10), date(2026, 2, 10), date(2026, 3, 10)]


def test_on_the_day_a_series_ends_none_is_due_and_on_the_last_day_of_an_engagement_one_is() -> None:
    ended = TERMS._replace(ends_on=date(2026, 3, 10))
    own = Series("s", "Series", "month", 10, until_on=date(2026, 3, 10))
    assert occurrences(own, ended, date(2026, 12, 31)) == [date(2026, 1, 10), date(2026, 2, 10)]
    assert occurrences(own._replace(until_on=None), ended, date(2026, 12, 31))[-1] == date(2026, 3, 10)


CLOSE = Series("close", "Month-end close", "month", 10, Decimal(500))


def retainer(**changes: object) -> History:
    often = talks(*range(-60, 200, 3))
    return a_history(TERMS, series=(CLOSE,), check_ins=often)._replace(**changes)  # type: ignore[arg-type]


def test_occurrences_are_seen_up_to_ninety_days_ahead() -> None:
    # 2 March + 90 days is 31 May; the tenth of June comes into sight on 12 March, day 10
    keys = [state.milestone for state in assessed(retainer(), 0).milestones]
    assert keys == [f"close:2026-0{month}-10" for month in (1, 2, 3, 4, 5)]
    assert len(assessed(retainer(), 9).milestones) == 5
    assert len(assessed(retainer(), 10).milestones) == 6


def test_a_recorded_occurrence_takes_the_place_of_the_derived_one() -> None:
    recorded = a_milestone("close:2026-02-10", None, name="February", deliveries=(Delivery(on(-25)),))
    states = {state.milestone: state for state in assessed(retainer(milestones=(recorded,)), 0).milestones}
    assert len(states) == 5
    february = states["close:2026-02-10"]
    assert (february.name, february.baseline_on, february.delivered_on) == ("February", date(2026, 2, 10), on(-25))
    assert february.value == 500


def test_a_cancelled_occurrence_does_not_come_back() -> None:
    cancelled = a_milestone("close:2026-02-10", None, cancelled_on=on(-40))
    assert len(assessed(retainer(milestones=(cancelled,)), 0).milestones) == 4


def test_a_retainer_has_no_finish_no_slip_and_no_shares() -> None:
    assessment = assessed(retainer(), 0)
    schedule, progress = assessment.schedule, assessment.progress
    assert (schedule.baseline_finish_on, schedule.forecast_finish_on, schedule.slip_days) == (None, None, None)
    assert (schedule.spi_t, schedule.earned_schedule_on) == (None, None)
    assert (progress.planned, progress.claimed, progress.earned, progress.accepted) == (None, None, None, None)
    assert {state.share for state in assessment.milestones} == {None}


def test_an_occurrence_nobody_delivered_is_overdue() -> None:
    warning = fired(retainer(), "overdue", 0)
    assert warning is not None
    assert warning.evidence == '"Month-end close" was due on 10 Jan and is 51 days late; one more is late.'
    assert warning.since == date(2026, 1, 11)


def test_promises_are_the_last_twelve_due_and_how_late_they_were() -> None:
    def delivered(month: int, day: int) -> tuple[str, Delivery]:
        return f"close:2026-{month:02}-10", Delivery(date(2026, month, day))

    handed = [delivered(1, 10), delivered(2, 14), delivered(3, 9), delivered(5, 12)]
    milestones = tuple(a_milestone(key, None, deliveries=(delivery,)) for key, delivery in handed)
    schedule = assessed(retainer(milestones=milestones), 90).schedule  # 31 May: five are due, April's is missing
    assert schedule.promises == Promises(2, 5)
    assert schedule.median_days_late == 1  # of -1, 0, 2 and 4
    later = assessed(retainer(milestones=milestones), 400).schedule  # 6 April 2027: 15 are due, the first 3 too old
    assert later.promises == Promises(0, 12)
    assert later.median_days_late == 2


def test_a_series_is_a_timetable_however_seldom_it_comes() -> None:
    quarterly = retainer(series=(CLOSE._replace(every="quarter"),))  # 91 days lie between 10 April and 10 July
    assert severity(quarterly, "no-timetable", 60) is None
    over = retainer(series=(CLOSE._replace(until_on=date(2026, 1, 10)),))  # nothing was ever due
    assert (severity(over, "no-timetable", 0), assessed(over, 0).milestones) == (None, ())


def test_a_retainer_without_a_series_is_asked_for_dates_like_any_other_work() -> None:
    assert severity(retainer(series=()), "no-timetable", 0) == "warning"
    apart = (a_milestone("M1", 40), a_milestone("M2", 86))
    assert severity(retainer(series=(), milestones=apart), "no-timetable", 0) == "warning"
    undated = (a_milestone("M1", None),)
    assert severity(retainer(milestones=undated), "no-timetable", 0) == "warning"
