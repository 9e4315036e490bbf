"""Planned, claimed, earned and accepted shares: worked by hand, and what holds for any plan."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.assessment.plan import plan_on
from engagement.assessment.progress import pace
from engagement.assessment.results import Progress
from engagement.assessment.values import Baseline, Delivery, History, ProgressReport
from tests.assessment.made import (
    a_history,
    a_milestone,
    assessed,
    on,
    reports,
    some_terms,
)
from tests.assessment.random_histories import days, histories

TWO = (a_milestone("M1", 10), a_milestone("M2", 30))


def progress(history: History, day: int) -> Progress:
    return assessed(history, day).progress


# M1 accrues from the start, M2 from the due date before its own.
@pytest.mark.parametrize(("day", "planned"), [(-1, 0), (0, 0), (5, 0.25), (10, 0.5), (20, 0.75), (30, 1), (40, 1)])
def test_planned_accrues_evenly_from_one_due_date_to_the_next(day: int, planned: float) -> None:
    assert progress(a_history(milestones=TWO), day).planned == planned


def test_a_milestone_accrues_from_its_own_start() -> None:
    late = a_milestone("M2", 30, starts_on=on(20))
    assert progress(a_history(milestones=(TWO[0], late)), 15).planned == 0.5
    assert progress(a_history(milestones=(TWO[0], late)), 25).planned == 0.75


def test_a_milestone_due_no_later_than_its_start_accrues_at_once() -> None:
    sudden = a_milestone("M2", 30, starts_on=on(30))
    assert progress(a_history(milestones=(TWO[0], sudden)), 29).planned == 0.5
    assert progress(a_history(milestones=(TWO[0], sudden)), 30).planned == 1


def test_two_milestones_of_one_day_both_accrue_from_the_date_before() -> None:
    three = (*TWO, a_milestone("M3", 30))
    assert progress(a_history(milestones=three), 20).planned == pytest.approx(2 / 3)  # 1/3 + 2/3 * 10/20


def test_planned_follows_the_current_baseline() -> None:
    moved = a_milestone("M1", 10, baselines=(Baseline(on(8), on(20)),))
    history = a_history(milestones=(moved,))
    assert progress(history, 7).planned == 0.7
    assert progress(history, 8).planned == 0.4


def test_weights_go_before_values_and_values_before_counting() -> None:
    one, two = TWO
    weights = (one._replace(weight=3.0, value=Decimal(1)), two._replace(weight=1.0, value=Decimal(1)))
    values = (one._replace(weight=3.0, value=Decimal(1)), two._replace(value=Decimal(3)))
    nothing = (one._replace(value=Decimal(1)), two._replace(weight=1.0))
    assert progress(a_history(milestones=weights), 10).planned == 0.75
    assert progress(a_history(milestones=values), 10).planned == 0.25
    assert progress(a_history(milestones=nothing), 10).planned == 0.5


def test_weights_that_sum_to_nothing_give_no_shares() -> None:
    milestones = tuple(one._replace(weight=0.0, reports=reports((1, 0.5))) for one in TWO)
    assert progress(a_history(milestones=milestones), 10) == Progress(None, None, None, None, known=False)


def test_an_undated_milestone_has_no_part_in_the_shares() -> None:
    undated = a_milestone("M3", None, reports=reports((1, 1.0)))
    found = progress(a_history(milestones=(*TWO, undated)), 10)
    assert found == Progress(0.5, 0, 0, 0, known=False)


def test_a_cancelled_milestone_counts_until_its_day() -> None:
    cancelled = TWO[1]._replace(cancelled_on=on(20))
    assert progress(a_history(milestones=(TWO[0], cancelled)), 19).planned == 0.725
    assert progress(a_history(milestones=(TWO[0], cancelled)), 20).planned == 1


def test_a_claim_is_the_latest_word_and_earns_at_most_nine_tenths() -> None:
    said = TWO[0]._replace(reports=reports((1, 0.8), (2, 0.4), (5, 1.0)))
    history = a_history(milestones=(said, TWO[1]))
    assert progress(history, 1) == Progress(0.05, 0.4, 0.4, 0, known=True)
    assert progress(history, 2).claimed == 0.2
    assert progress(history, 5) == Progress(0.25, 0.5, 0.45, 0, known=True)


def test_of_two_reports_of_one_day_the_later_recorded_counts() -> None:
    said = TWO[0]._replace(reports=reports((1, 0.8), (1, 0.4)))
    assert progress(a_history(milestones=(said, TWO[1])), 1).claimed == 0.2


def test_a_report_of_a_date_alone_says_nothing_about_progress() -> None:
    said = TWO[0]._replace(reports=(ProgressReport(on(1), None, on(12)),))
    assert not progress(a_history(milestones=(said, TWO[1])), 1).known


def test_a_delivery_claims_all_and_earns_all_once_accepted() -> None:
    delivered = TWO[0]._replace(deliveries=(Delivery(on(4), on(9), "accepted"),))
    history = a_history(milestones=(delivered, TWO[1]))
    assert progress(history, 3) == Progress(0.15, 0, 0, 0, known=False)
    assert progress(history, 4) == Progress(0.2, 0.5, 0.45, 0, known=False)
    assert progress(history, 9) == Progress(0.45, 0.5, 0.5, 0.5, known=False)


def test_a_rejected_delivery_stands_until_it_is_rejected() -> None:
    delivered = TWO[0]._replace(reports=reports((2, 0.6)), deliveries=(Delivery(on(4), on(9), "rejected"),))
    history = a_history(milestones=(delivered, TWO[1]))
    assert progress(history, 8).claimed == 0.5
    assert progress(history, 9).claimed == 0.3


def test_progress_is_known_without_a_report_once_everything_is_delivered() -> None:
    delivered = tuple(one._replace(deliveries=(Delivery(on(20)),)) for one in TWO)
    assert not progress(a_history(milestones=delivered), 19).known
    assert progress(a_history(milestones=delivered), 20) == Progress(0.75, 1, 0.9, 0, known=True)


def test_without_milestones_there_are_no_shares() -> None:
    assert progress(a_history(), 5) == Progress(None, None, None, None, known=False)


def test_a_closed_engagement_keeps_the_shares_of_its_last_day() -> None:
    said = TWO[0]._replace(reports=reports((5, 0.4), (25, 0.9)))
    assert progress(a_history(milestones=(said, TWO[1]), closed_on=on(20)), 60) == Progress(
        0.75, 0.2, 0.2, 0, known=True
    )


@settings(deadline=None)
@given(histories(), days(), days())
def test_what_is_planned_never_shrinks_with_time(history: History, one: date, other: date) -> None:
    curve = plan_on(history, one).curve
    if curve is not None:
        first, last = sorted([one, other])
        assert 0 <= curve.share(first) <= curve.share(last) <= 1


@settings(deadline=None)
@given(histories(), st.integers(-100, 100))
def test_shares_lie_between_nothing_and_all_and_accepted_is_the_least(history: History, day: int) -> None:
    found = progress(history, day)
    if found.earned is not None and found.claimed is not None and found.accepted is not None:
        assert 0 <= found.accepted <= found.earned <= found.claimed <= 1


def test_pace_bends_where_the_plan_and_the_work_do() -> None:
    said = TWO[0]._replace(reports=reports((5, 0.4)), deliveries=(Delivery(on(12), on(15), "accepted"),))
    found = pace(a_history(milestones=(said, TWO[1])), on(18))
    assert found.days == (on(0), on(5), on(10), on(12), on(15), on(18), on(30))
    assert found.planned == (0.0, 0.25, 0.5, 0.55, 0.625, 0.7, 1.0)
    assert found.earned == (None, 0.2, 0.2, 0.45, 0.5, 0.5, None)
    assert found.claimed == (None, 0.2, 0.2, 0.5, 0.5, 0.5, None)
    assert found.accepted == (None, 0.0, 0.0, 0.0, 0.5, 0.5, None)


def test_pace_shows_the_day_before_a_step_and_is_empty_for_retainers() -> None:
    sudden = a_milestone("M1", 10, starts_on=on(10))
    found = pace(a_history(milestones=(sudden,)), on(0))
    assert (found.days, found.planned) == ((on(0), on(9), on(10)), (0, 0, 1))
    assert pace(a_history(some_terms(contract="retainer"), milestones=(sudden,)), on(0)).days == ()
