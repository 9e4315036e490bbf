"""What is in hand, what is folded, in which order warnings stand, and the status they make."""

import pytest

from engagement.assessment.engagement import assess
from engagement.assessment.results import Warning
from engagement.assessment.standing import status_on
from engagement.assessment.values import History, Metric, Pause, Reading, Response
from tests.assessment.made import TOGETHER, a_history, a_milestone, assessed, fired, on, reports, some_terms, talks
from tests.assessment.random_histories import ADVENT, random_common, random_history

OFTEN = talks(*range(0, 200, 3))
LATE = a_history(milestones=(a_milestone("M1", 40),), check_ins=OFTEN)
"""Overdue from day 41, critical from day 48."""


def said(day: int, until: int, rule: str = "overdue", plan: str = "a call on Friday") -> Response:
    return Response(rule, on(day), plan, "Bo", on(until))


def overdue(history: History, day: int) -> Warning:
    warning = fired(history, "overdue", day)
    assert warning is not None
    return warning


def test_a_response_holds_up_to_its_day() -> None:
    history = LATE._replace(responses=(said(49, 60),))
    assert overdue(history, 48).in_hand_until is None
    for day in (49, 60):
        warning = overdue(history, day)
        assert (warning.in_hand_until, warning.in_hand_by, warning.in_hand_plan) == (on(60), "Bo", "a call on Friday")
    assert overdue(history, 61).in_hand_until is None


def test_what_gets_worse_comes_back() -> None:
    history = LATE._replace(responses=(said(42, 60),))
    assert overdue(history, 47).in_hand_until == on(60)
    assert overdue(history, 48).in_hand_until is None


def measured(*metrics: tuple[tuple[int, float], ...], answered_on: int) -> History:
    """Quality metrics that were to be 10 at most, each with what was read by day, and an answer to what was missed."""
    recorded = tuple(
        Metric(f"m{number}", "quality", "bugs", "down", target=10, readings=tuple(Reading(on(d), v) for d, v in read))
        for number, read in enumerate(metrics)
    )
    return a_history(metrics=recorded, responses=(said(answered_on, answered_on + 29, "quality-missed"),))


def quality(history: History, day: int) -> tuple[str, bool]:
    """How severe what was missed is, and whether somebody has it in hand."""
    warning = fired(history, "quality-missed", day)
    assert warning is not None
    return warning.severity, warning.in_hand_until is not None


def test_what_got_worse_stays_back_also_once_it_has_eased() -> None:
    history = measured(((10, 11), (13, 12), (16, 9)), ((16, 11),), answered_on=11)
    assert [quality(history, day) for day in (12, 13, 17)] == [
        ("warning", True),
        ("critical", False),
        ("warning", False),
    ]


def test_what_was_critical_eased_and_got_worse_again_is_back() -> None:
    history = measured(((5, 11), (6, 12), (12, 9)), ((11, 11), (16, 12)), answered_on=8)
    assert [quality(history, day) for day in (9, 12, 16)] == [
        ("critical", True),
        ("warning", True),
        ("critical", False),
    ]


def test_nothing_is_in_hand_for_longer_than_thirty_days() -> None:
    history = LATE._replace(responses=(said(50, 200),))
    assert overdue(history, 80).in_hand_until == on(80)
    assert overdue(history, 81).in_hand_until is None


def test_a_response_is_about_its_run_and_its_rule() -> None:
    paused = LATE._replace(responses=(said(50, 70),), pauses=(Pause(on(52), on(55)),))
    assert overdue(paused, 51).in_hand_until == on(70)
    assert overdue(paused, 56).in_hand_until is None
    assert overdue(LATE._replace(responses=(said(50, 70, "silent"),)), 51).in_hand_until is None


def test_the_latest_response_that_holds_counts() -> None:
    history = LATE._replace(responses=(said(50, 70, plan="first"), said(52, 55, plan="second")))
    assert overdue(history, 53).in_hand_plan == "second"
    assert overdue(history, 56).in_hand_plan == "first"


def test_what_is_in_hand_still_counts_in_the_status() -> None:
    assert assessed(LATE._replace(responses=(said(49, 60),)), 50).status == "off_track"


@pytest.mark.parametrize(("day", "status"), [(40, "on_track"), (41, "at_risk"), (47, "at_risk"), (48, "off_track")])
def test_status_by_the_worst_warning_about_the_work(day: int, status: str) -> None:
    assert assessed(LATE, day).status == status
    assert status_on(LATE, TOGETHER, on(day)) == status


def test_status_is_unknown_with_neither_a_date_nor_a_known_contact() -> None:
    nobody_knows = a_history(some_terms(recorded_on=None))
    assert assessed(nobody_knows, 20).status == "unknown"
    assert assessed(nobody_knows._replace(milestones=(a_milestone("M1", 40),)), 20).status == "on_track"
    assert assessed(nobody_knows._replace(check_ins=talks(19)), 20).status == "on_track"


def test_before_the_first_conversation_without_a_date_the_status_is_unknown_also_in_time() -> None:
    begun = a_history()  # the kick-off has until day 3
    assert assessed(begun, 3).contact.state == "on_time"
    assert (assessed(begun, 3).status, status_on(begun, TOGETHER, on(3))) == ("unknown", "unknown")
    assert assessed(begun, 4).status == "at_risk"
    assert assessed(begun._replace(check_ins=talks(2)), 3).status == "on_track"


def test_a_folded_warning_counts_in_the_status() -> None:
    history = a_history(milestones=(a_milestone("M1", 100, reports=reports((70, 0.1))),), check_ins=OFTEN)
    assessment = assessed(history, 101)
    severities = {one.rule: one.severity for one in (*assessment.warnings, *assessment.folded)}
    assert severities["overdue"] == "warning"
    assert severities["deadline-near"] == "critical"
    assert [one.rule for one in assessment.folded] == ["deadline-near", "stale-forecast"]
    assert assessment.status == "off_track"


def test_warnings_stand_by_severity_then_kind_then_rule() -> None:
    terms = some_terms(budget=None, goal=None)
    milestones = (a_milestone("M1", 40, reports=reports((35, 0.25))), a_milestone("M2", 100))
    assessment = assessed(a_history(terms, milestones=milestones, check_ins=talks(1, 38)), 51)
    assert [(one.severity, one.kind, one.rule) for one in assessment.warnings] == [
        ("critical", "status", "behind-plan"),
        ("critical", "status", "overdue"),
        ("warning", "status", "flatline"),
        ("warning", "status", "silent"),
        ("warning", "set-up", "no-budget"),
        ("warning", "set-up", "no-timetable"),
        ("warning", "set-up", "unclear-plan"),
    ]
    assert [one.rule for one in assessment.unknown] == ["budget", "no-return", "spend-ahead"]


def test_the_cheap_status_is_the_status() -> None:
    for seed in range(60):
        history, common = random_history(seed), random_common(seed)
        for number in range(30, 200, 17):
            day = ADVENT + (on(number) - on(0))
            assert status_on(history, common, day) == assess(history, common, day).assessment.status
