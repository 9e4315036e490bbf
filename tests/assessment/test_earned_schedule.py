"""Earned schedule: by hand, on flat stretches and steps, and against an independent library elsewhere."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pmcontrols import PMB, earned_schedule

from engagement.assessment.curve import Curve
from engagement.assessment.results import Schedule
from engagement.assessment.values import Delivery, History, Milestone
from tests.assessment.made import a_history, a_milestone, assessed, on, reports

TWO = (a_milestone("M1", 10), a_milestone("M2", 30))
GAP = (a_milestone("M1", 10), a_milestone("M2", 30, starts_on=on(20)))
"""Planned half on day 10, nothing more until day 20."""
STEP = (a_milestone("M1", 10), a_milestone("M2", 30, starts_on=on(30)))


def schedule(milestones: tuple[Milestone, ...], share: float, day: int) -> Schedule:
    """The schedule where so much of the first milestone was reported on day 1."""
    said = (milestones[0]._replace(reports=reports((1, share))), *milestones[1:])
    return assessed(a_history(milestones=said), day).schedule


def test_the_plan_had_a_quarter_on_day_five() -> None:
    found = schedule(TWO, 0.5, 20)
    assert (found.earned_schedule_on, found.spi_t) == (on(5), 0.25)


def test_earned_schedule_is_rounded_down_but_the_index_is_not() -> None:
    found = schedule(TWO, 0.55, 20)  # 0.275 of all, planned on day 5.5
    assert (found.earned_schedule_on, found.spi_t) == (on(5), 0.275)


@pytest.mark.parametrize(("day", "reached"), [(2, 10), (12, 12), (20, 20), (25, 20)])
def test_on_a_flat_stretch_the_nearest_day_counts(day: int, reached: int) -> None:
    accepted = GAP[0]._replace(deliveries=(Delivery(on(1), on(2), "accepted"),), reports=reports((1, 0.1)))
    found = assessed(a_history(milestones=(accepted, GAP[1])), day).schedule
    assert found.earned_schedule_on == on(reached)
    assert found.spi_t == reached / day


@pytest.mark.parametrize(("day", "reached"), [(5, 10), (29, 29), (30, 30), (31, 30)])
def test_a_step_is_reached_on_its_day_and_ends_the_flat_stretch_before_it(day: int, reached: int) -> None:
    accepted = STEP[0]._replace(deliveries=(Delivery(on(1), on(2), "accepted"),), reports=reports((1, 0.1)))
    assert assessed(a_history(milestones=(accepted, STEP[1])), day).schedule.earned_schedule_on == on(reached)


def test_within_a_step_its_day_counts() -> None:
    said = (
        STEP[0]._replace(deliveries=(Delivery(on(1), on(2), "accepted"),)),
        STEP[1]._replace(reports=reports((3, 0.4))),
    )
    assert assessed(a_history(milestones=said), 12).schedule.earned_schedule_on == on(30)


@pytest.mark.parametrize("day", [2, 39, 41])
def test_where_the_plan_begins_with_a_step_after_the_start_its_day_counts(day: int) -> None:
    # half on day 40, at once, because its work begins later; the rest until day 60; 0.25 of all is done
    step = a_milestone("M1", 40, starts_on=on(45), reports=reports((1, 0.5)))
    found = assessed(a_history(milestones=(step, a_milestone("M2", 60))), day).schedule
    assert (found.earned_schedule_on, found.spi_t) == (on(40), 40 / day)


def test_nothing_earned_while_nothing_is_planned_is_in_time() -> None:
    late = (a_milestone("M1", 30, starts_on=on(20), reports=reports((1, 0.0))),)
    assert assessed(a_history(milestones=late), 15).schedule.spi_t == 1
    assert assessed(a_history(milestones=late), 25).schedule.spi_t == 0.8


def test_less_than_was_planned_on_the_first_day_was_never_planned() -> None:
    early = (a_milestone("M1", -5, reports=reports((1, 0.5))), a_milestone("M2", 30))
    found = assessed(a_history(milestones=early), 10).schedule
    assert (found.earned_schedule_on, found.spi_t) == (on(0), 0)


def test_there_is_no_index_on_the_first_day() -> None:
    said = (TWO[0]._replace(reports=reports((0, 0.5))), TWO[1])
    found = assessed(a_history(milestones=said), 0).schedule
    assert (found.earned_schedule_on, found.spi_t) == (on(5), None)


def test_nothing_is_said_while_nobody_has_reported() -> None:
    found = assessed(a_history(milestones=TWO), 10).schedule
    assert (found.earned_schedule_on, found.spi_t) == (None, None)


def test_once_all_is_delivered_time_ends_with_the_last_delivery() -> None:
    done = tuple(one._replace(deliveries=(Delivery(on(40), on(41), "accepted"),)) for one in TWO)
    found = assessed(a_history(milestones=done), 60).schedule
    assert (found.earned_schedule_on, found.spi_t) == (on(30), 0.75)


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Durations in days and weights of milestones that follow one another without a gap."""
    durations = draw(st.lists(st.integers(1, 60), min_size=1, max_size=8))
    return durations, draw(st.lists(st.integers(1, 20), min_size=len(durations), max_size=len(durations)))


@settings(deadline=None)
@given(plans(), st.integers(0, 1000))
def test_earned_schedule_agrees_with_an_independent_library(plan: tuple[list[int], list[int]], share: int) -> None:
    durations, weights = plan
    dues = [sum(durations[: place + 1]) for place in range(len(durations))]
    work = [(on(due - days), on(due), weight) for due, days, weight in zip(dues, durations, weights, strict=True)]
    total = sum(weights)
    planned = [float(sum(weights[:place])) for place in range(len(weights) + 1)]
    baseline = PMB((0.0, *map(float, dues)), tuple(planned), float(total), "2026-01-01", "0")
    reached = Curve(work, on(0)).reached(share, 1000, on(33))
    assert float(reached) == pytest.approx(earned_schedule(baseline, total * share / 1000))


@settings(deadline=None)
@given(plans(), st.integers(1, 999), st.integers(0, 200))
def test_the_plan_had_exactly_what_is_earned_on_the_earned_day(
    plan: tuple[list[int], list[int]], share: int, day: int
) -> None:
    durations, weights = plan
    work = [(on(0), on(days), weight) for days, weight in zip(durations, weights, strict=True)]  # all at once
    curve = Curve(work, on(0))
    reached = curve.reached(share, 1000, on(day))
    before, after = reached.__floor__(), reached.__ceil__()
    low, high = curve.share(on(before)), curve.share(on(after))
    assert low <= share / 1000 <= high
    if reached.denominator > 1:  # between two days the plan is straight
        assert low + (high - low) * float(reached - before) == pytest.approx(share / 1000)


def test_equal_is_equal_whatever_the_weights() -> None:
    accepted = (Delivery(on(1), on(1), "accepted"),)
    thirds = (
        a_milestone("M1", 10, starts_on=on(5), weight=0.1, deliveries=accepted),
        a_milestone("M2", 20, starts_on=on(15), weight=0.1, deliveries=accepted),
        a_milestone("M3", 40, starts_on=on(35), weight=0.1, reports=reports((1, 0.0))),
    )
    # 0.1 + 0.1 of 0.1 + 0.1 + 0.1: two thirds are planned from day 20 to day 35
    assert assessed(a_history(milestones=thirds), 30).schedule.earned_schedule_on == on(30)


def test_a_day_is_a_fraction_and_not_a_float() -> None:
    curve = Curve([(on(0), on(3), 1)], on(0))
    assert curve.reached(1, 7, on(2)) == Fraction(3, 7)
    assert on(0) + timedelta(days=int(curve.reached(1, 3, on(2)))) == on(1)


def test_a_history_of_nothing_has_no_schedule() -> None:
    history: History = a_history()
    found = assessed(history, 10).schedule
    assert (found.baseline_finish_on, found.forecast_finish_on, found.slip_days, found.spi_t) == (None,) * 4
