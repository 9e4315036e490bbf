"""First promises, current and approved dates, forecasts and the slip between them."""

from engagement.assessment.results import MilestoneState
from engagement.assessment.slippage import trend
from engagement.assessment.values import Baseline, Delivery, ProgressReport
from tests.assessment.made import a_history, a_milestone, assessed, forecasts, on


def state(day: int, **changes: object) -> MilestoneState:
    history = a_history(milestones=(a_milestone("M1", 100)._replace(**changes),))  # type: ignore[arg-type]
    return assessed(history, day).milestones[0]


def test_an_open_milestone_nobody_spoke_of_is_forecast_for_its_promise_but_never_in_the_past() -> None:
    assert (state(100).forecast_on, state(100).slip_days) == (on(100), 0)
    assert (state(103).forecast_on, state(103).slip_days, state(103).overdue_days) == (on(103), 3, 3)


def test_the_latest_word_is_the_forecast_whoever_said_it() -> None:
    changes = {"reports": forecasts((10, 120), (30, 110)), "baselines": (Baseline(on(20), on(130)),)}
    assert state(10, **changes).forecast_on == on(120)
    assert state(20, **changes).forecast_on == on(130)
    assert state(30, **changes).forecast_on == on(110)


def test_on_the_same_day_the_forecast_wins() -> None:
    changes = {"reports": forecasts((20, 120)), "baselines": (Baseline(on(20), on(130)),)}
    assert (state(20, **changes).forecast_on, state(20, **changes).due_on) == (on(120), on(130))


def test_of_two_rows_of_a_day_the_later_counts() -> None:
    changes = {"baselines": (Baseline(on(20), on(130)), Baseline(on(20), on(120)))}
    assert state(20, **changes).due_on == on(120)


def test_the_slip_is_against_the_first_promise_whatever_was_rebaselined() -> None:
    changed = state(30, baselines=(Baseline(on(20), on(130), "more scope", "Ana"),))
    assert (changed.baseline_on, changed.due_on, changed.slip_days) == (on(100), on(130), 30)


def test_a_milestone_without_a_due_date_is_promised_by_its_earliest_baseline() -> None:
    changes = {"due_on": None, "baselines": (Baseline(on(20), on(80)), Baseline(on(30), on(90)))}
    undated = state(19, **changes)
    assert (undated.baseline_on, undated.due_on, undated.forecast_on, undated.slip_days) == (None, None, None, None)
    dated = state(30, **changes)
    assert (dated.baseline_on, dated.due_on, dated.slip_days) == (on(80), on(90), 10)


def test_a_delivered_milestone_is_forecast_for_its_delivery() -> None:
    delivered = state(90, deliveries=(Delivery(on(85)),), reports=forecasts((80, 95)))
    assert (delivered.forecast_on, delivered.slip_days, delivered.delivered_on) == (on(85), -15, on(85))
    assert (delivered.claimed, delivered.decision_pending_since) == (1.0, on(85))


def test_the_first_accepted_delivery_counts_else_the_latest_that_stands() -> None:
    rows = (
        Delivery(on(50), on(55), "rejected"),
        Delivery(on(60)),
        Delivery(on(70), on(75), "accepted"),
        Delivery(on(80)),
    )
    assert state(52, deliveries=rows).delivered_on == on(50)
    assert state(57, deliveries=rows).delivered_on is None
    assert state(72, deliveries=rows).delivered_on == on(70)
    assert state(72, deliveries=rows).decision_pending_since == on(60)
    later = state(82, deliveries=rows)
    assert (later.delivered_on, later.accepted_on, later.decision_pending_since) == (on(70), on(75), None)


def test_the_slip_of_an_engagement_is_between_its_latest_dates() -> None:
    history = a_history(milestones=(a_milestone("M1", 90, reports=forecasts((10, 130))), a_milestone("M2", 100)))
    schedule = assessed(history, 20).schedule
    assert (schedule.baseline_finish_on, schedule.due_finish_on) == (on(100), on(100))
    assert (schedule.forecast_finish_on, schedule.slip_days) == (on(130), 30)


def test_a_new_date_moves_the_finish_that_is_due_and_not_the_one_that_was_promised() -> None:
    history = a_history(milestones=(a_milestone("M1", 90, baselines=(Baseline(on(10), on(120)),)), a_milestone("M2")))
    schedule = assessed(history, 20).schedule
    assert (schedule.baseline_finish_on, schedule.due_finish_on) == (on(100), on(120))
    assert (schedule.forecast_finish_on, schedule.slip_days) == (on(120), 20)


def test_a_milestone_without_a_date_shows_what_was_forecast_and_stays_out_of_the_finish() -> None:
    undated = a_milestone("M2", None, reports=forecasts((10, 130)))
    history = a_history(milestones=(a_milestone("M1", 100), undated))
    for day, expected in ((9, None), (10, 130), (130, 130), (140, 140)):  # a promise in the past is no forecast
        state = assessed(history, day).milestones[1]
        assert state.forecast_on == (None if expected is None else on(expected))
        assert (state.milestone, state.baseline_on, state.slip_days) == ("M2", None, None)
    schedule = assessed(history, 20).schedule
    assert (schedule.baseline_finish_on, schedule.forecast_finish_on, schedule.slip_days) == (on(100), on(100), 0)
    delivered = undated._replace(deliveries=(Delivery(on(15)),))
    state = assessed(a_history(milestones=(delivered,)), 20).milestones[0]
    assert (state.forecast_on, state.delivered_on) == (on(15), on(15))
    alone = assessed(a_history(milestones=(undated,)), 20).schedule
    assert (alone.forecast_finish_on, alone.slip_days, alone.due_finish_on) == (None, None, None)


def test_milestones_are_listed_dated_ones_first_in_recorded_order() -> None:
    history = a_history(
        milestones=(
            a_milestone("C", None),
            a_milestone("B", 90),
            a_milestone("A", 80),
            a_milestone("D", 70, cancelled_on=on(1)),
        )
    )
    assert [one.milestone for one in assessed(history, 5).milestones] == ["B", "A", "C"]


def test_the_trend_holds_every_word_in_the_order_it_was_said() -> None:
    milestone = a_milestone(
        "M1",
        100,
        reports=(*forecasts((10, 110)), ProgressReport(on(15), 0.5), *forecasts((20, 120), (90, 95))),
        baselines=(Baseline(on(20), on(115)),),
        deliveries=(Delivery(on(70)),),
    )
    found = trend(a_history(milestones=(milestone, a_milestone("M2", None))), on(80))
    assert len(found) == 1
    assert found[0].words == (
        (on(0), on(100), "first"),
        (on(10), on(110), "forecast"),
        (on(20), on(115), "baseline"),
        (on(20), on(120), "forecast"),
    )
    assert (found[0].milestone, found[0].delivered_on) == ("M1", on(70))


def test_a_first_promise_made_by_a_baseline_is_marked_as_first() -> None:
    milestone = a_milestone("M1", None, baselines=(Baseline(on(20), on(115)), Baseline(on(30), on(120))))
    words = trend(a_history(milestones=(milestone,)), on(80))[0].words
    assert [word.kind for word in words] == ["first", "baseline"]
