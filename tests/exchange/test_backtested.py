"""A backtest as an object for programs and as tables for a terminal."""

import json

import pytest

from engagement.assessment.backtest import backtest
from engagement.assessment.rules import CATALOGUE, OVERSIGHT
from engagement.assessment.values import Delivery
from engagement.exchange.backtested import contract_backtest, print_backtest
from tests.assessment.made import TOGETHER, a_history, a_milestone, on

PORTFOLIO = {
    # day 0 is a Monday. Promised for day 20, line 50: seven Fridays of which it is late on four; four of which on one
    "late": a_history(milestones=(a_milestone("M1", 20),))._replace(key="late"),
    "mended": a_history(milestones=(a_milestone("M1", 20, deliveries=(Delivery(on(30)),)),))._replace(key="mended"),
}


def test_the_contract_holds_every_rule_the_orders_the_calibration_and_no_forecasts_yet() -> None:
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
    assert found["forecasts"] == []


def test_what_there_is_nothing_to_tell_from_is_null() -> None:
    found = contract_backtest(backtest({}, TOGETHER, on(80)))
    assert all(row["lift"] is None and row["cases"] == 0 for row in found["rules"])
    assert all(row["auc"] is None for row in found["attention"]["orderings"])
    assert found["attention"]["calibration"] == []


def test_the_tables_say_what_was_judged_and_what_was_not(capsys: pytest.CaptureFixture[str]) -> None:
    print_backtest(backtest(PORTFOLIO, TOGETHER, on(80)))
    said = capsys.readouterr().out
    assert said.startswith("11 cases, 64 % of them bad")
    assert "Without a case to be judged by: " in said
    assert "the chances rest on what was learned from other portfolios" in said
    print_backtest(backtest({}, TOGETHER, on(80)))
    assert capsys.readouterr().out.startswith("0 cases: ")
