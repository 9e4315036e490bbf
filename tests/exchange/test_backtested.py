"""A backtest as an object for programs and as tables for a terminal."""

import json
from re import split

import pytest

from engagement.assessment.backtest import backtest
from engagement.assessment.rules import CATALOGUE, OVERSIGHT
from engagement.assessment.values import Delivery, History
from engagement.exchange.backtested import contract_backtest, print_backtest
from tests.assessment.made import TOGETHER, a_history, a_milestone, on

NAMES = [
    "life table",
    "latest date named",
    "the plan",
    "plan and past slips",
    "what remained at that stage",
    "AT + PD - ES",
    "PD / SPI(t)",
]
SCORED = [
    "cases",
    "mean_error_days",
    "pinball_p50",
    "pinball_p80",
    "pinball_mean",
    "covered_p50",
    "covered_p80",
    "covered_p90",
]
PORTFOLIO = {
    # day 0 is a Monday. Promised for day 20, line 50: seven Fridays of which it is late on four; four of which on one
    "late": a_history(milestones=(a_milestone("M1", 20),))._replace(key="late"),
    "mended": a_history(milestones=(a_milestone("M1", 20, deliveries=(Delivery(on(30)),)),))._replace(key="mended"),
}


def many() -> dict[str, History]:
    """Thirty results of a day's work each, one started a week, on time or ten days late by turns, and one long one."""
    short = [
        a_milestone(f"S{at}", 7 * at + 1, starts_on=on(7 * at), deliveries=(accepted(7 * at + 1 + at % 2 * 10),))
        for at in range(30)
    ]
    long = a_milestone("L", 260, starts_on=on(0), deliveries=(accepted(253),))
    return {"many": a_history(milestones=(*short, long))._replace(key="many")}


def accepted(day: int) -> Delivery:
    return Delivery(on(day), on(day), "accepted")


def test_the_contract_holds_every_rule_the_orders_and_the_calibration() -> None:
    found = json.loads(json.dumps(contract_backtest(backtest(PORTFOLIO, TOGETHER, on(80)))))
    assert [row["rule"] for row in found["rules"]] == [
        *(rule.id for rule in CATALOGUE),
        *(rule.id for rule in OVERSIGHT),
    ]
    overdue = next(row for row in found["rules"] if row["rule"] == "overdue")
    # 4 of 5 went bad, of all 7 of 11: 0.8 / 0.636364 = 1.257143
    assert {name: overdue[name] for name in ("cases", "fired", "followed", "base_rate", "lift", "lead_days")} == {
        "cases": 11,
        "fired": 5,
        "followed": 4,
        "base_rate": 0.6364,
        "lift": 1.2571,
        "lead_days": 25.0,
    }
    assert found["attention"]["cases"] == 11
    assert {row["name"] for row in found["attention"]["orderings"]} >= {"days silent", "days overdue", "chance"}
    assert sum(row["n"] for row in found["attention"]["calibration"]) == 11


def test_what_there_is_nothing_to_tell_from_is_null() -> None:
    found = contract_backtest(backtest({}, TOGETHER, on(80)))
    assert all(row["lift"] is None and row["cases"] == 0 for row in found["rules"])
    assert all(row["auc"] is None for row in found["attention"]["orderings"])
    assert found["attention"]["calibration"] == []
    assert [row["name"] for row in found["forecasts"]] == NAMES
    assert all(row["cases"] == 0 and row["pinball_p80"] is None for row in found["forecasts"])
    assert all([fifth["cases"] for fifth in row["by_life"]] == [0] * 5 for row in found["forecasts"])
    assert found["forecast_calibration"] == []


def test_the_contract_holds_how_well_each_forecast_did_and_in_each_fifth_of_the_life() -> None:
    found = json.loads(json.dumps(contract_backtest(backtest(many(), TOGETHER, on(280)))))
    assert [row["name"] for row in found["forecasts"]] == NAMES
    plan = next(row for row in found["forecasts"] if row["name"] == "the plan")
    assert list(plan) == ["name", *SCORED, "by_life"]
    assert all(list(fifth) == SCORED for row in found["forecasts"] for fifth in row["by_life"])
    assert sum(fifth["cases"] for fifth in plan["by_life"]) == plan["cases"] > 0
    assert plan["covered_p90"] is None
    assert plan["pinball_mean"] == pytest.approx((plan["pinball_p50"] + plan["pinball_p80"]) / 2, abs=1e-4)
    assert found["forecasts"][0]["covered_p90"] is not None
    assert [row["asked"] for row in found["forecast_calibration"]] == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    ours = found["forecasts"][0]
    assert found["forecast_calibration"][7]["observed"] == ours["covered_p80"]
    assert found["forecast_table"] == {"delivered": 30, "learned_on": "2026-12-01"}


def test_the_tables_say_what_was_judged_and_what_was_not(capsys: pytest.CaptureFixture[str]) -> None:
    print_backtest(backtest(PORTFOLIO, TOGETHER, on(80)))
    said = capsys.readouterr().out
    assert said.startswith("11 cases, 64 % of them bad")
    assert "Without a case to be judged by: " in said
    assert "the chances rest on what was learned from other portfolios" in said
    assert "0 cases of forecasts: a delivered milestone and a Friday of its life." in said
    assert "forecasts rest on what was learned from other portfolios" in said
    print_backtest(backtest({}, TOGETHER, on(80)))
    assert capsys.readouterr().out.startswith("0 cases: ")


def test_without_a_case_no_heading_stands_over_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    print_backtest(backtest({}, TOGETHER, on(100)))
    told = capsys.readouterr().out
    assert told.startswith("0 cases: a milestone and a Friday on which it could still be saved.\n")
    assert "days ahead" not in told
    assert "Nothing is to be judged yet: no line of a promise has passed." in told
    assert "Without a case to be judged by" not in told


def test_the_tables_set_our_forecasts_beside_the_naive_ones_in_all_and_in_each_fifth_of_the_life(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = backtest(many(), TOGETHER, on(280))
    print_backtest(found)
    whole = capsys.readouterr().out.splitlines()
    lines = [split("  +", line.strip()) for line in whole]
    begin, end = (next(at for at, line in enumerate(lines) if line[0] == word) for word in ("forecast", "forecast for"))
    heading = ["mean error", "loss P50", "loss P80", "both", "by P50", "by P80", "by P90"]
    assert lines[begin] == ["forecast", "cases", *heading]
    assert [line[0] for line in lines[begin + 1 :][:7]] == NAMES
    fifths = next(at for at, line in enumerate(lines) if line[0] == "fifth of its life")
    assert lines[fifths] == ["fifth of its life", "cases", "forecast", *heading]
    rows = [line for line in lines[fifths + 1 : end] if len(line) > 1]
    assert [line[0] for line in rows[::7]] == ["1", "2", "3", "4", "5"]
    assert [line[-8] for line in rows] == NAMES * 5
    for fifth in range(5):
        score = found.forecasts.ours.by_life[fifth]
        assert rows[7 * fifth][1] == f"{score.cases:,}"
        assert rows[7 * fifth][3] == ("–" if score.mean_error_days is None else f"{score.mean_error_days:.1f}")
        assert rows[7 * fifth + 2][-1] == "–"  # the plan gives no P90
    assert max(len(line.rstrip()) for line in whole[begin:end]) <= 120
    assert [line[0] for line in lines[end + 1 :][:9]] == [f"{tenth}0 %" for tenth in range(1, 10)]
