"""Whether what arrives is good enough: what was measured, and what was sent back."""

import pytest

from engagement.assessment.values import Delivery, History, Metric, Milestone, Outcome, Pause, Reading
from tests.assessment.made import a_history, a_milestone, assessed, fired, on, severity, some_terms, talks

OFTEN = talks(*range(0, 200, 3))


def readings(*read: tuple[int, float]) -> tuple[Reading, ...]:
    return tuple(Reading(on(day), value) for day, value in read)


def errors(*read: tuple[int, float], **changes: object) -> Metric:
    """At most two errors are agreed."""
    metric = Metric("errors", "quality", "a day", "down", target=2.0, readings=readings(*read))
    return metric._replace(**changes)  # type: ignore[arg-type]


def measured(*metrics: Metric, **changes: object) -> History:
    return a_history(check_ins=OFTEN, metrics=metrics)._replace(**changes)  # type: ignore[arg-type]


# --- metrics


@pytest.mark.parametrize(("value", "expected"), [(1.9, None), (2.0, None), (2.1, "warning")])
def test_what_is_to_go_down_may_stand_at_its_target_and_not_above(value: float, expected: str | None) -> None:
    assert severity(measured(errors((40, value))), "quality-missed", 41) == expected


@pytest.mark.parametrize(("value", "expected"), [(1.9, "warning"), (2.0, None), (2.1, None)])
def test_what_is_to_go_up_may_stand_at_its_target_and_not_below(value: float, expected: str | None) -> None:
    assert severity(measured(errors((40, value), direction="up")), "quality-missed", 41) == expected


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (((30, 3.0), (40, 2.0)), None),
        (((30, 2.0), (40, 3.0)), "warning"),
        (((20, 3.0), (30, 2.0), (40, 3.0)), "warning"),
        (((30, 3.0), (40, 3.0)), "critical"),
    ],
)
def test_missed_once_is_a_warning_and_twice_in_a_row_critical(
    read: tuple[tuple[int, float], ...], expected: str | None
) -> None:
    assert severity(measured(errors(*read)), "quality-missed", 41) == expected


def test_a_reading_counts_from_its_day_and_the_next_one_ends_it() -> None:
    history = measured(errors((30, 1.0), (40, 3.0), (50, 4.0), (60, 2.0)))
    assert [severity(history, "quality-missed", day) for day in (39, 40, 49, 50, 59, 60)] == [
        *(None, "warning", "warning", "critical", "critical", None)
    ]
    warning = fired(history, "quality-missed", 55)
    assert warning is not None
    assert warning.since == on(40)
    assert warning.evidence == '"errors" was 3 on 11 Apr and 4 on 21 Apr; agreed at most 2 a day.'


def test_the_worst_metric_is_named_and_the_rest_counted() -> None:
    # 3 is off by a third of 3, and 80 by a fifth of 100; critical goes before both
    uptime = Metric("uptime", "quality", "%", "up", target=100.0, readings=readings((40, 80.0)))
    warning = fired(measured(uptime, errors((40, 3.0))), "quality-missed", 41)
    assert warning is not None
    assert warning.evidence == '"errors" was 3 on 11 Apr; agreed at most 2 a day; one more misses its target.'
    twice = uptime._replace(readings=readings((30, 99.0), (40, 99.5)))
    worst = fired(measured(errors((40, 3.0)), errors((40, 4.0)), twice), "quality-missed", 41)
    assert worst is not None
    assert worst.evidence == (
        '"uptime" was 99 on 1 Apr and 99.5 on 11 Apr; agreed at least 100 %; two more miss their targets.'
    )


def test_a_metric_of_zero_errors_can_be_missed() -> None:
    assert severity(measured(errors((40, 1.0), target=0.0)), "quality-missed", 41) == "warning"
    assert severity(measured(errors((40, 0.0), target=0.0)), "quality-missed", 41) is None


@pytest.mark.parametrize(
    ("metrics", "missing"),
    [
        ((), "no quality metric recorded"),
        ((errors((40, 9.0), kind="benefit"),), "no quality metric recorded"),
        ((errors(),), "no quality metric has a target, a direction and a reading"),
        ((errors((42, 9.0)),), "no quality metric has a target, a direction and a reading"),
        ((errors((40, 9.0), target=None),), "no quality metric has a target, a direction and a reading"),
        ((errors((40, 9.0), direction=None),), "no quality metric has a target, a direction and a reading"),
    ],
)
def test_what_is_not_measured_is_unknown(metrics: tuple[Metric, ...], missing: str) -> None:
    history = measured(*metrics)
    assert severity(history, "quality-missed", 41) == "unknown"
    assert {one.rule: one.missing for one in assessed(history, 41).unknown}["quality-missed"] == missing


def test_one_metric_that_is_measured_is_enough() -> None:
    assert severity(measured(errors(), errors((40, 1.0))), "quality-missed", 41) is None


# --- first deliveries


def decided(*outcomes: Outcome | None) -> tuple[Milestone, ...]:
    """Milestones delivered on day 20 and decided on day 25; those that were rejected are accepted on day 35."""
    milestones = []
    for place, outcome in enumerate(outcomes):
        deliveries: tuple[Delivery, ...] = (Delivery(on(20), on(25) if outcome else None, outcome),)
        if outcome == "rejected":
            deliveries = (*deliveries, Delivery(on(30), on(35), "accepted"))
        milestones.append(a_milestone(f"M{place}", 60, deliveries=deliveries))
    return tuple(milestones)


@pytest.mark.parametrize(("back", "expected"), [(1, None), (2, "warning")])
def test_four_of_five_accepted_at_once_are_good_enough_and_three_are_not(back: int, expected: str | None) -> None:
    outcomes: list[Outcome | None] = [*["rejected"] * back, *["accepted"] * (5 - back)]  # type: ignore[list-item]
    assert severity(measured(errors((1, 0.0)), milestones=decided(*outcomes)), "quality-missed", 40) == expected


def test_four_decisions_tell_nothing_and_neither_does_one_that_is_not_made() -> None:
    four = decided("rejected", "rejected", "rejected", "accepted", None)
    assert severity(measured(errors((1, 0.0)), milestones=four), "quality-missed", 40) is None
    five = (*four[:4], four[4]._replace(deliveries=(Delivery(on(20), on(39), "accepted"),)))
    history = measured(errors((1, 0.0)), milestones=five)
    assert [severity(history, "quality-missed", day) for day in (38, 39)] == [None, "warning"]
    cancelled = (*five[:4], five[4]._replace(cancelled_on=on(41)))
    assert severity(measured(errors((1, 0.0)), milestones=cancelled), "quality-missed", 41) is None


def test_an_outcome_without_a_day_is_as_old_as_its_delivery() -> None:
    sent_back = [one._replace(deliveries=(Delivery(on(20), None, "rejected"),)) for one in decided(*[None] * 5)]
    history = measured(errors((1, 0.0)), milestones=tuple(sent_back))
    assert [severity(history, "quality-missed", day) for day in (19, 20)] == [None, "warning"]


def test_what_was_sent_back_needs_no_metric() -> None:
    history = measured(milestones=decided("rejected", "rejected", "accepted", "accepted", "accepted"))
    warning = fired(history, "quality-missed", 40)
    assert warning is not None
    assert warning.since == on(25)
    assert warning.evidence == "3 of 5 decided milestones were accepted at the first delivery."
    assert severity(history, "quality-missed", 24) == "unknown"


def test_both_are_said_and_the_metric_decides_how_severe_it_is() -> None:
    outcomes: tuple[Outcome, ...] = ("rejected", "rejected", "accepted", "accepted", "accepted")
    warning = fired(measured(errors((30, 3.0), (40, 4.0)), milestones=decided(*outcomes)), "quality-missed", 41)
    assert warning is not None
    assert warning.severity == "critical"
    assert warning.evidence == (
        '"errors" was 3 on 1 Apr and 4 on 11 Apr; agreed at most 2 a day. '
        "3 of 5 decided milestones were accepted at the first delivery."
    )


# --- where it runs


def test_it_counts_in_the_status_also_in_the_first_month() -> None:
    history = measured(errors((5, 3.0), (8, 3.0)))
    assert assessed(history, 6).status == "at_risk"
    assert assessed(history, 9).status == "off_track"


def test_green_outside_is_compared_with_it() -> None:
    history = measured(errors((30, 3.0), (40, 3.0)), check_ins=talks(*range(0, 200, 3), declared_status="on_track"))
    assert [severity(history, "watermelon", day) for day in (39, 40)] == [None, "warning"]


@pytest.mark.parametrize(
    ("changes", "runs"),
    [
        ({}, True),
        ({"pauses": (Pause(on(30), on(60)),)}, False),
        ({"closed_on": on(41)}, False),
        ({"terms": (some_terms(starts_on=on(42)),)}, False),
        ({"terms": (some_terms(status="draft"),)}, False),
        ({"terms": (some_terms(contract="retainer"),)}, True),
    ],
)
def test_only_running_work_is_judged_and_retainers_too(changes: dict[str, object], runs: bool) -> None:
    assert severity(measured(errors((40, 3.0)), **changes), "quality-missed", 41) == ("warning" if runs else None)
