"""What we get for the money: hours that are used, a return, and a benefit that is shown."""

from decimal import Decimal
from typing import Any

import pytest

from engagement.assessment.engagement import assess
from engagement.assessment.values import (
    Baseline,
    Delivery,
    History,
    LimitChange,
    Metric,
    Pause,
    Reading,
    Spend,
)
from tests.assessment.made import (
    SHOWN,
    TOGETHER,
    a_history,
    a_milestone,
    assessed,
    fired,
    on,
    reports,
    severity,
    shorten,
    some_terms,
    talks,
)

OFTEN = talks(*range(0, 250, 3))


# --- under-used: 40 hours a week are 160 in four weeks; 60 % of that are 96


def worked(*booked: tuple[int, float], committed: int | None = 40, **changes: Any) -> History:
    spend = tuple(Spend(on(day), Decimal(100), Decimal(str(hours))) for day, hours in booked)
    terms = some_terms(committed_hours_per_week=None if committed is None else Decimal(committed))
    return a_history(terms, check_ins=OFTEN, spend=spend)._replace(**changes)


@pytest.mark.parametrize(("hours", "expected"), [(96, None), (95.9, "warning"), (160, None)])
def test_sixty_percent_of_the_hours_are_enough(hours: float, expected: str | None) -> None:
    assert severity(worked((40, hours)), "under-used", 50) == expected


@pytest.mark.parametrize(("day", "expected"), [(27, None), (28, "warning")])
def test_the_first_four_weeks_are_left_alone(day: int, expected: str | None) -> None:
    assert severity(worked((10, 1)), "under-used", day) == expected


def test_after_a_pause_there_are_four_weeks_again() -> None:
    history = worked((10, 1), pauses=(Pause(on(30), on(60)),))
    assert [severity(history, "under-used", day) for day in (29, 60, 87, 88)] == ["warning", None, None, "warning"]


def test_hours_count_for_four_weeks() -> None:
    history = worked((40, 50), (50, 50))
    assert [severity(history, "under-used", day) for day in (49, 50, 67, 68)] == ["warning", None, None, "warning"]


def test_it_is_off_until_hours_are_recorded_and_where_none_are_committed() -> None:
    assert severity(worked(), "under-used", 100) is None
    assert severity(worked((99, 1)), "under-used", 98) is None
    assert severity(worked((99, 1)), "under-used", 99) == "warning"
    assert severity(worked((99, 0)), "under-used", 99) is None
    assert severity(worked((99, 1), committed=None), "under-used", 99) is None


def test_it_says_how_many_hours_are_free() -> None:
    # 30 hours in four weeks are 7.5 a week
    warning = fired(worked((40, 10), (45, 20)), "under-used", 50)
    assert warning is not None
    assert warning.since == on(40)
    assert warning.evidence == ("30 of the 160 hours agreed for 28 days are on record; 32.5 hours a week are free.")


def test_hours_of_before_a_short_log_are_in_its_sums_and_since_when_asks_for_it() -> None:
    # looked at on day 150, payments up to day 87 are one sum, which says that hours were booked, and not on which day
    history = worked((40, 10))
    short, needs, _ = assess(shorten(history, on(150)), TOGETHER, on(150))
    assert "under-used" in {one.rule for one in (*short.warnings, *short.folded)}
    assert "spend" in needs
    warning = fired(history, "under-used", 150)
    assert warning is not None
    assert warning.since == on(40)
    _, needs, _ = assess(shorten(worked((40, 10), (140, 120)), on(150)), TOGETHER, on(150))
    assert "spend" not in needs


# --- no-return


def costing(spent: int, **changes: Any) -> History:
    """Half done of a budget of 10,000, so that 5,000 are needed; it would cost 8,000 to do it ourselves."""
    half = a_milestone("M1", 100, reports=reports((5, 0.5)))
    spend = (Spend(on(10), Decimal(spent)),) if spent else ()
    terms = some_terms(in_house_cost=Decimal(8000))
    return a_history(terms, milestones=(half,), check_ins=OFTEN, spend=spend)._replace(**changes)


@pytest.mark.parametrize(("spent", "expected"), [(0, None), (3000, None), (3001, "warning")])
def test_what_is_spent_and_needed_may_come_to_what_it_would_cost_us(spent: int, expected: str | None) -> None:
    assert severity(costing(spent), "no-return", 20) == expected


def test_a_third_of_the_budget_is_not_more_than_a_third() -> None:
    third = a_milestone("M1", 100, weight=2.0, deliveries=(Delivery(on(4), on(5), "accepted"),))
    rest = a_milestone("M2", 100, weight=1.0, reports=reports((5, 0.0)))
    terms = (some_terms(budget=Decimal(9000), in_house_cost=Decimal(6000)),)
    assert severity(costing(3000, milestones=(third, rest), terms=terms), "no-return", 20) is None
    assert severity(costing(3001, milestones=(third, rest), terms=terms), "no-return", 20) == "warning"


def test_a_return_says_what_is_compared_and_more_work_done_ends_it() -> None:
    done = a_milestone("M1", 100, reports=reports((5, 0.5), (30, 0.6)))
    history = costing(4000, milestones=(done,))
    warning = fired(history, "no-return", 20)
    assert warning is not None
    assert warning.since == on(10)
    assert warning.evidence == (
        "EUR 4,000 spent and EUR 5,000 for what is still open are EUR 9,000; doing it ourselves was put at EUR 8,000."
    )
    assert [severity(history, "no-return", day) for day in (29, 30)] == ["warning", None]


@pytest.mark.parametrize(
    ("terms", "missing"),
    [
        ({"in_house_cost": None}, "nobody has said what it would cost to do it ourselves"),
        ({"contract": "retainer"}, "a retainer has no cost to finish"),
        (
            {"in_house_cost": Decimal(8000), "budget": None},
            "the cost to finish takes values of all milestones, or a budget and reported progress",
        ),
    ],
)
def test_what_is_needed_for_a_return_is_named(terms: dict[str, Any], missing: str) -> None:
    history = costing(9000, terms=(some_terms(**terms),))
    assert severity(history, "no-return", 20) == "unknown"
    assert {one.rule: one.missing for one in assessed(history, 20).unknown}["no-return"] == missing


# --- benefit-unseen: from 100 orders a day to 200 in 100 days, so one more a day


def benefit(*read: tuple[int, float], **changes: Any) -> Metric:
    metric = Metric("orders", "benefit", "a day", "up", baseline=100.0, target=200.0)
    return metric._replace(readings=tuple(Reading(on(day), value) for day, value in read), **changes)


def promising(*metrics: Metric, **changes: Any) -> History:
    return a_history(check_ins=OFTEN, metrics=metrics, milestones=(a_milestone("M1", 100),))._replace(**changes)


@pytest.mark.parametrize(
    ("value", "expected"), [(135.0, None), (134.9, "warning"), (100.0, "warning"), (90.0, "warning")]
)
def test_seventy_percent_of_the_benefit_planned_to_date_are_enough(value: float, expected: str | None) -> None:
    # on day 50 half of 100 is planned, and 70 % of that are 35
    assert severity(promising(benefit((40, value))), "benefit-unseen", 50) == expected


@pytest.mark.parametrize(("value", "expected"), [(65.0, None), (65.1, "warning")])
def test_a_benefit_may_go_down(value: float, expected: str | None) -> None:
    assert severity(promising(benefit((40, value), target=0.0)), "benefit-unseen", 50) == expected


@pytest.mark.parametrize(("day", "expected"), [(60, None), (61, "warning"), (100, "warning")])
def test_the_plan_goes_on_while_nothing_is_read(day: int, expected: str | None) -> None:
    # 42 of 60 are 70 %
    assert severity(promising(benefit((40, 142.0))), "benefit-unseen", day) == expected


def test_it_falls_short_from_the_day_on_which_the_plan_is_too_far_ahead() -> None:
    # 10 of 14 are 71 %, 10 of 15 are 67 %
    warning = fired(promising(benefit((3, 110.0), (40, 110.0))), "benefit-unseen", 50)
    assert warning is not None
    assert warning.since == on(15)


def test_after_the_end_all_of_it_is_planned_and_no_more() -> None:
    assert severity(promising(benefit((40, 170.0))), "benefit-unseen", 240) is None
    assert severity(promising(benefit((40, 169.9))), "benefit-unseen", 240) == "warning"


def test_a_moved_end_moves_what_is_planned() -> None:
    # over 200 days only 25 are planned by day 50, and 70 % of that are 17.5
    moved = a_milestone("M1", 100, baselines=(Baseline(on(45), on(200), "more scope", "Ana"),))
    history = promising(benefit((40, 117.5)), milestones=(moved,))
    assert [severity(history, "benefit-unseen", day) for day in (44, 45, 50, 51)] == ["warning", None, None, "warning"]


def test_on_the_first_day_nothing_is_planned_and_where_nothing_is_to_change_neither() -> None:
    history = promising(benefit((-5, 100.0)))
    assert [severity(history, "benefit-unseen", day) for day in (0, 1)] == [None, "warning"]
    assert severity(promising(benefit((40, 50.0), target=100.0)), "benefit-unseen", 50) is None


def test_work_that_is_due_before_it_begins_should_show_everything() -> None:
    history = promising(benefit((0, 150.0)), milestones=(a_milestone("M1", -10),))
    assert severity(history, "benefit-unseen", 0) == "warning"


def test_the_greatest_shortfall_is_named_and_the_rest_counted() -> None:
    metrics = benefit((40, 120.0)), benefit((40, 110.0), key="visits", unit=None), benefit((40, 150.0))
    warning = fired(promising(*metrics), "benefit-unseen", 50)
    assert warning is not None
    assert warning.evidence == (
        '"visits" was 110 on 11 Apr; on the way from 100 to 200, 150 are planned by now; one more falls short.'
    )
    assert warning.since == on(40)


@pytest.mark.parametrize(("day", "expected"), [(60, None), (61, "warning")])
def test_a_reading_may_be_two_intervals_old(day: int, expected: str | None) -> None:
    history = promising(benefit((40, 200.0), interval_days=10))
    assert severity(history, "benefit-unseen", day) == expected


def test_what_was_never_read_is_counted_from_the_start_and_an_old_reading_by_its_age() -> None:
    history = promising(benefit(interval_days=10))
    assert [severity(history, "benefit-unseen", day) for day in (20, 21)] == [None, "warning"]
    paused = promising(benefit((2, 200.0), interval_days=10), pauses=(Pause(on(15), on(30)),))
    assert [severity(paused, "benefit-unseen", day) for day in (14, 30)] == [None, "warning"]
    early = promising(benefit((-20, 200.0), interval_days=10))
    assert [severity(early, "benefit-unseen", day) for day in (0, 1)] == [None, "warning"]


def test_the_oldest_reading_is_named_and_the_rest_counted() -> None:
    metrics = benefit((40, 200.0), interval_days=7), benefit((35, 200.0), key="visits", interval_days=1), SHOWN
    warning = fired(promising(*metrics), "benefit-unseen", 60)
    assert warning is not None
    assert warning.evidence == (
        'No reading of "visits" is on record for 25 days; agreed every day; one more was not read.'
    )
    short = fired(promising(benefit((40, 110.0), interval_days=7)), "benefit-unseen", 60)
    assert short is not None
    assert short.evidence == (
        '"orders" was 110 on 11 Apr; on the way from 100 to 200 a day, 160 are planned by now. '
        'No reading of "orders" is on record for 20 days; agreed every 7.'
    )


@pytest.mark.parametrize(
    ("metrics", "missing"),
    [
        ((), "no benefit metric recorded"),
        ((benefit((40, 100.0), kind="quality"),), "no benefit metric recorded"),
        ((benefit(),), "no benefit metric has a baseline, a target and a reading, or an interval to read it at"),
        (
            (benefit((40, 100.0), baseline=None),),
            "no benefit metric has a baseline, a target and a reading, or an interval to read it at",
        ),
        (
            (benefit((40, 100.0), target=None),),
            "no benefit metric has a baseline, a target and a reading, or an interval to read it at",
        ),
    ],
)
def test_what_is_not_measured_is_unknown(metrics: tuple[Metric, ...], missing: str) -> None:
    history = promising(*metrics)
    assert severity(history, "benefit-unseen", 50) == "unknown"
    assert {one.rule: one.missing for one in assessed(history, 50).unknown}["benefit-unseen"] == missing


@pytest.mark.parametrize(
    "changes",
    [{"terms": (some_terms(contract="retainer"),)}, {"milestones": (a_milestone("M1", None),)}],
)
def test_without_an_end_only_the_age_of_a_reading_tells(changes: dict[str, Any]) -> None:
    assert severity(promising(benefit((40, 100.0), interval_days=10), **changes), "benefit-unseen", 60) is None
    assert severity(promising(benefit((40, 100.0), interval_days=10), **changes), "benefit-unseen", 61) == "warning"
    history = promising(benefit((40, 100.0)), **changes)
    assert {one.rule: one.missing for one in assessed(history, 60).unknown}["benefit-unseen"] == (
        "no benefit metric has an interval to read it at, and the work has no end to plan it to"
    )


# --- where they run


@pytest.mark.parametrize(
    ("changes", "runs"),
    [
        ({}, True),
        ({"pauses": (Pause(on(49), on(60)),)}, False),
        ({"closed_on": on(50)}, False),
        ({"starts_on": on(51)}, False),
        ({"status": "draft"}, False),
    ],
)
def test_value_is_judged_while_the_work_runs(changes: dict[str, Any], runs: bool) -> None:
    agreed = {"committed_hours_per_week": Decimal(40), "in_house_cost": Decimal(100)}
    terms = some_terms(**agreed, **{name: changes[name] for name in ("starts_on", "status") if name in changes})
    history = a_history(
        terms,
        check_ins=OFTEN,
        metrics=(benefit((40, 100.0)),),
        milestones=(a_milestone("M1", 100, reports=reports((5, 0.5))),),
        spend=(Spend(on(40), Decimal(100), Decimal(1)),),
        pauses=changes.get("pauses", ()),
        closed_on=changes.get("closed_on"),
    )
    expected = "warning" if runs else None
    for rule in ("under-used", "no-return", "benefit-unseen"):
        assert severity(history, rule, 50) == expected


def test_limits_of_value_can_be_changed() -> None:
    looser = (LimitChange("under-used", 0.05, on(45)), LimitChange("benefit", 0.2, on(45)))
    assert [severity(worked((40, 10), limits=looser), "under-used", day) for day in (44, 45)] == ["warning", None]
    history = promising(benefit((40, 120.0)), limits=looser)
    assert [severity(history, "benefit-unseen", day) for day in (44, 45)] == ["warning", None]
