"""What recorded history says of rules and of the order: figures that can be followed by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from engagement.assessment.backtest import Backtest, RuleRecord, backtest, judge, predicts, told
from engagement.assessment.case import Case
from engagement.assessment.chance import Level
from engagement.assessment.facts import Facts
from engagement.assessment.measuring import Bucket, Lift, Tally, calibration, concordance, first_bad, lift
from engagement.assessment.rules import CATALOGUE, OVERSIGHT, Finding
from engagement.assessment.values import (
    Action,
    Baseline,
    Delivery,
    History,
    LimitChange,
    PortfolioTerms,
    Spend,
)
from tests.assessment.made import TOGETHER, a_history, a_milestone, cut, forecasts, on, some_terms, talks
from tests.assessment.random_histories import commons, histories

AGREED_ANEW = Baseline(on(1), on(21), "More data", "Ana")
PORTFOLIO = {
    # day 0 is a Monday: Fridays are days 4, 11, 18, 25, 32, 39, 46, ...
    # promised for day 20, line 50, never delivered: seven Fridays from day 4 to 46, overdue on the last four of them
    "late": a_history(milestones=(a_milestone("M1", 20),))._replace(key="late"),
    # the same, delivered on day 30: four Fridays from day 4 to 25, overdue on the last
    "mended": a_history(milestones=(a_milestone("M1", 20, deliveries=(Delivery(on(30)),)),))._replace(key="mended"),
    # promised for day 45, line 75: a case from day 15 on, delivered on day 44: four Fridays from day 18 to 39
    "early": a_history(milestones=(a_milestone("M1", 45, deliveries=(Delivery(on(44)),)),))._replace(key="early"),
}


def over(day: int = 80) -> Backtest:
    return backtest(PORTFOLIO, TOGETHER, on(day))


def record(found: Backtest, rule: str) -> RuleRecord:
    return next(one for one in found.rules if one.rule == rule)


def test_the_record_of_a_rule_followed_by_hand() -> None:
    found = record(over(), "overdue")
    # of 7 + 4 + 4 cases 7 went bad; it fired on 4 + 1 of them, and 4 of these went bad
    assert (found.cases, found.fired, found.followed) == (15, 5, 4)
    assert found.base_rate == pytest.approx(7 / 15)
    assert found.lift == pytest.approx(12 / 7)  # 4/5 over 7/15
    # the interval, by engagement: late 4/4 - 4/5 - 7/7 + 7/15 = -0.33333, mended 0 - 1/5 - 0 + 4/15 = 0.06667,
    # early 0 - 0 - 0 + 4/15 = 0.26667; squares add up to 0.18667, times 3/2 is 0.28, its root times 1.96 is 1.03713
    assert found.lift_low == pytest.approx(1.71429 * 0.35447, abs=1e-4)
    assert found.lift_high == pytest.approx(1.71429 * 2.82111, abs=1e-4)
    assert found.lead_days == 25  # it fired first on day 25, the line is day 50


def test_an_order_followed_by_hand() -> None:
    orders = {one.name: one for one in over().attention.orderings}
    # days overdue of the bad: 0 0 0 5 12 19 26, of the good: 0 0 0 5 0 0 0 0. Three noughts tie with seven (3 x 3.5),
    # 5 beats seven and ties with one (7.5), the others beat all eight (24): 42 of 7 x 8 pairs
    assert orders["days overdue"].auc == pytest.approx(42 / 56)
    assert orders["days overdue"].first_ten_bad is None  # no week has more than ten cases
    assert list(orders) == [
        "days silent",
        "days overdue",
        "days past the promise",
        "severity",
        "chance",
        "chance x tier",
        "at random",
    ]
    assert orders["at random"].auc == 0.5


def test_the_tier_weighs_in_the_order_that_is_used() -> None:
    weighed = {key: one._replace(terms=(some_terms(tier="low"),)) for key, one in PORTFOLIO.items()}
    weighed["early"] = PORTFOLIO["early"]._replace(terms=(some_terms(tier="high"),))
    orders = {one.name: one.auc for one in backtest(weighed, TOGETHER, on(80)).attention.orderings}
    assert orders["chance x tier"] is not None
    assert orders["chance"] is not None
    assert orders["chance x tier"] < orders["chance"]


def test_cases_whose_end_is_not_known_yet_are_left_out() -> None:
    assert over(49).attention.cases == 0  # no line is passed
    assert over(50).attention.cases == 11  # those of day 50 are
    assert over(74).attention.cases == 11
    assert over(75).attention.cases == 15


def test_every_rule_has_a_row_also_without_a_case_on_which_it_could_be_judged() -> None:
    found = over()
    assert [one.rule for one in found.rules] == [*(rule.id for rule in CATALOGUE), *(rule.id for rule in OVERSIGHT)]
    assert record(found, "behind-plan") == RuleRecord("behind-plan")  # nobody has reported progress
    assert [one.rule for one in backtest({}, TOGETHER, on(80)).rules] == [one.rule for one in found.rules]


def test_what_a_portfolio_knows_by_the_day_stands_beside_it() -> None:
    # By 1 May, day 60, two of three lines were passed. Of the Fridays that are learned from only 3 April, day 32, lies
    # within the work, when "late" was open: 18 days left 1.926, heard of 32 days ago 0.258, planned to take 20 days
    # -0.284, nothing delivered yet 0.6, together 2.501. It went bad: 1 - p = 0.3 x rise at a rise of 1.277, where
    # p = 1 / (1 + exp(-(2.501 - 3.3 + 1.277))) = 0.617. -3.3 + 1.277 is nearest -2.0.
    assert over(80).level == Level(-2.0, 1, date(2026, 5, 1))
    assert backtest({}, TOGETHER, on(80)).level == Level(-3.3, 0, date(2026, 5, 1))


@settings(max_examples=60, deadline=None)
@given(histories(), commons())
def test_nothing_recorded_after_the_judged_day_is_used(history: History, common: PortfolioTerms) -> None:
    as_of = date(2027, 6, 30)
    for judged in judge(Case(history, common, as_of), as_of):
        day = judged.case.day
        facts = Facts(Case(cut(history, day), common, day), day)
        fired = {one.id for one in CATALOGUE if "active" in one.lives and isinstance(one.check(facts), Finding)}
        assert judged.fired == fired


# --- what is said of it


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (RuleRecord("silent", 90, 19, 18, 0.5, 1.9, 1.5, 2.4), None),
        (RuleRecord("silent", 90, 40, 31), None),
        (
            RuleRecord("silent", 90, 40, 31, 0.5, 1.55, 1.2, 2.0),
            "In 31 of 40 earlier cases",
        ),
        (RuleRecord("silent", 90, 40, 31, 0.7, 1.1, 1.0, 1.4), None),
        (RuleRecord("silent", 90, 40, 31, 0.8, 0.97, 0.9, 1.1), None),
        (RuleRecord("silent", 90, 20, 18, 0.5, 1.8, 1.2, 2.0), "In 18 of 20 earlier cases"),
        (RuleRecord("silent", 90, 40, 31, 0.5, 1.05, 1.01, 1.1), "In 31 of 40 earlier cases"),
        (RuleRecord("silent", 90, 40, 31, 0.5, 1.049, 1.01, 1.1), None),
        (RuleRecord("silent", 90, 40, 31, 0.5, 1.55, 1.006, 2.0), "In 31 of 40 earlier cases"),
        (RuleRecord("silent", 90, 40, 31, 0.5, 1.55, 1.004, 2.0), None),  # Methods writes it as 1.00
    ],
)
def test_a_record_in_one_sentence_where_the_rule_predicts_something(found: RuleRecord, sentence: str | None) -> None:
    assert told(found) == (
        sentence and f"{sentence} like this a date slipped by more than 30 days, against 50 % of all."
    )
    assert predicts(found) is (sentence is not None)


def test_what_a_record_means_is_said_once() -> None:
    assert told(RuleRecord("silent", 90, 40, 31, 0.5, 1.55, 1.2, 2.0), again=True) == (
        "In 31 of 40 earlier cases a date slipped, against 50 % of all."
    )


# --- figures from plain lists


def test_concordance_counts_ties_half_and_needs_both_ends() -> None:
    assert concordance([(1, True), (1, False)]) == 0.5
    assert concordance([(2, True), (1, False), (3, False)]) == 0.5
    assert concordance([((1, 2), True), ((1, 1), False)]) == 1.0
    assert concordance([(1, True)]) is None
    assert concordance([]) is None


def test_of_the_first_of_a_week_those_tied_at_the_edge_count_by_their_share() -> None:
    # first two of four: the 9 went bad, then one place for three tied, two of which went bad: 1 + 2/3
    week = [(9, True), (5, True), (5, False), (5, True)]
    assert first_bad([week], 2) == pytest.approx(5 / 3)
    assert first_bad([week, [(1, False)] * 3], 2) == pytest.approx(5 / 6)
    assert first_bad([week[:2]], 2) is None


def test_calibration_has_buckets_of_the_same_size() -> None:
    found = calibration([(0.9, True), (0.1, False), (0.2, True), (0.8, True)], 2)
    assert found == (Bucket((0.1 + 0.2) / 2, 0.5, 2), Bucket((0.8 + 0.9) / 2, 1.0, 2))
    assert [one.n for one in calibration([(0.5, True)] * 23, 10)] == [2, 2, 2, 3, 2, 2, 3, 2, 2, 3]
    assert calibration([], 10) == ()


def test_a_lift_has_no_interval_where_one_engagement_alone_fired_and_is_unknown_where_nothing_did() -> None:
    assert lift([Tally(4, 2, 2, 2), Tally(4, 2, 0, 0)]) == Lift(2.0, None, None)
    assert lift([Tally(4, 2, 0, 0)]) is None
    assert lift([Tally(4, 0, 2, 0)]) is None
    assert lift([]) is None
    assert lift([Tally(4, 2, 2, 0), Tally(4, 2, 2, 0)]) == Lift(0.0, None, None)


@pytest.mark.parametrize(
    ("rule", "recorded"),
    [
        ("watermelon", {"check_ins": talks(1, declared_status="at_risk")}),
        ("actions-overdue", {"actions": (Action("action", "Send it", on(1), "us", "Bo", on(200)),)}),
        (
            "moved-baseline",
            {"milestones": (a_milestone("M1", 20, baselines=(Baseline(on(1), on(21), "More data", "Ana"),)),)},
        ),
        ("serial-slip", {"milestones": (a_milestone("M1", 20, reports=forecasts((1, 21))),)}),
        ("rate-drift", {"spend": (Spend(on(1), Decimal(90), Decimal(1)),)}),
    ],
)
def test_a_rule_that_is_quiet_for_want_of_records_was_not_judged(rule: str, recorded: dict[str, Any]) -> None:
    """There is something to read only in the second portfolio, and nothing that makes a warning of it."""
    bare = {"late": a_history(terms=some_terms(rate=Decimal(100)), milestones=(a_milestone("M1", 20),))}
    assert record(backtest(bare, TOGETHER, on(80)), rule).cases == 0
    told = {"late": bare["late"]._replace(**recorded)}
    assert record(backtest(told, TOGETHER, on(80)), rule).cases > 0
    assert record(backtest(told, TOGETHER, on(80)), rule).fired == 0


def test_what_is_switched_off_was_not_judged() -> None:
    history = a_history(milestones=(a_milestone("M1", 20),), check_ins=talks(1, recorded_on=on(2)))
    assert record(backtest({"late": history}, TOGETHER, on(80)), "backfilled").cases == 0
    on_now = TOGETHER._replace(limits=(LimitChange("backfilled-on", 1, on(-5), None, None),))
    assert record(backtest({"late": history}, on_now, on(80)), "backfilled").cases > 0
