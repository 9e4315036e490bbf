"""What is said of forecasts on Methods: how often they held, against what, and the life table in words."""

from dataclasses import replace
from datetime import date
from math import log

import pytest

from engagement.assessment import foresight, foretold
from engagement.assessment.foretold import Tables
from engagement.assessment.values import LifeTable
from tests.builders import some_forecasts

EVEN = LifeTable((0.0, 0.0, 0.0, *[log(2) / 10] * 9), (0.1,) * 12, {}, {}, 40, date(2026, 11, 1))
"""Nothing comes before its day, from then on half of what is left in ten days."""


def test_how_often_the_days_held_is_one_sentence() -> None:
    assert foresight.held(some_forecasts()) == "P80 held in 84 % of 2,896 cases, P50 in 52 %, P90 in 92 %."


@pytest.mark.parametrize(
    ("cases", "sentence"),
    [
        (0, "0 cases of this portfolio are over: from 20 on it is told here how often forecasts held."),
        (1, "1 case of this portfolio is over: from 20 on it is told here how often forecasts held."),
        (19, "19 cases of this portfolio are over: from 20 on it is told here how often forecasts held."),
        (20, "P80 held in 84 % of 20 cases, P50 in 52 %, P90 in 92 %."),
    ],
)
def test_below_twenty_cases_only_that_is_said(cases: int, sentence: str) -> None:
    assert foresight.held(some_forecasts(cases)) == sentence
    assert foresight.is_told(some_forecasts(cases)) is (cases == 20)
    assert (foresight.against_others(some_forecasts(cases)) is None) is (cases < 20)


def test_ours_is_set_against_the_best_of_the_others() -> None:
    # ours lost (12 + 8) / 2, earned schedule 20, the plan 28
    expected = "Forecasts lost 50 % less than the best of the naive ones, AT + PD - ES: 10.0 against 20.0 days."
    assert foresight.against_others(some_forecasts()) == expected
    found = some_forecasts()
    ours, *others = found.records
    worse = ours.score._replace(pinball_p50=30.0, pinball_p80=20.0)
    told = foresight.against_others(some_forecasts(records=(replace(ours, score=worse), *others)))
    assert told == "Forecasts lost 25 % more than the best of the naive ones, AT + PD - ES: 25.0 against 20.0 days."


def test_two_losses_that_differ_do_not_read_the_same() -> None:
    # 2.88 against 2.94 days: two in a hundred less, and 2.9 both
    ours, *others = some_forecasts().records
    better = replace(ours, score=ours.score._replace(pinball_p50=2.88, pinball_p80=2.88))
    near = [replace(one, score=one.score._replace(pinball_p50=2.94, pinball_p80=2.94)) for one in others]
    told = foresight.against_others(some_forecasts(records=(better, *near)))
    assert told is not None
    assert told.startswith("Forecasts lost 2 % less than ")
    assert told.endswith(": 2.88 against 2.94 days.")


@pytest.mark.parametrize(
    ("more", "finding"),
    [
        (0.024, "Results came about as often as forecasts said"),
        (-0.024, "Results came about as often as forecasts said"),
        (0.03, "Results came sooner than forecasts said, by 3 points in the mean"),
        (-0.071, "Results came later than forecasts said, by 7 points in the mean"),
    ],
)
def test_whether_chances_came_true(more: float, finding: str) -> None:
    assert foresight.calibrated(some_forecasts(reached=more)) == finding


def test_only_fifths_with_cases_are_told() -> None:
    assert [(name, one.cases) for name, one, _ in foresight.by_life(some_forecasts(41))] == [
        ("first", 20),
        ("last", 21),
    ]


def test_every_forecast_of_the_backtest_is_explained() -> None:
    found = foretold.counted([], 0, date(2026, 11, 20), Tables())
    assert list(foresight.FORECASTS) == [one.name for one in found.records]
    assert foresight.name(found.ours) == "ours: life table"
    assert foresight.name(found.records[2]) == "the plan"


def test_the_life_table_in_sentences_worked_by_hand() -> None:
    first, *others = foresight.life_table(EVEN)
    # Half of its time over, at a pace of exp(-0.5 / 2) = 0.78, half of what is left comes in 12.84 days, four of five
    # in 29.8, both from the eve of the day on: 12 and 29 days after it. On the day 1 - 2 ** -(1 / 12.84) = 5 %.
    assert first == (
        "Of those due in 30 days, half of their time over, 5 % come by the day, half by 12 days after it, four of five "
        "by 29 days after it."
    )
    # 1 - 2 ** -0.7 = 38 %; four of five in 23.2 days
    come = "38 % come within a week, half within 10 days, four of five within 24 days."
    assert others == [
        f"Of those still open one day after the day, {come}",
        f"Of those still open a week after the day, {come}",
        f"Of those still open four weeks after the day, {come}",
        f"Of those still open 13 weeks after the day, {come}",
    ]


def test_what_comes_in_time_and_what_hardly_ever_comes_is_said_in_words_too() -> None:
    punctual = EVEN._replace(rates=(0.0, 0.0, 0.0, 9.0, *[1e-9] * 8))
    first, then, *_ = foresight.life_table(punctual)
    assert first.endswith("99 % come by the day, four of five by the day itself.")
    assert then.endswith(
        "under 1 % come within a week, half within ten years or more, four of five within ten years or more."
    )
    early = EVEN._replace(rates=(9.0, *[1.0] * 11))  # ln 2 / (9 x 0.7788) of the 29 days to the eve are 2.9
    assert "half by 27 days before it" in foresight.life_table(early)[0]


def test_who_is_quicker_or_slower_than_all_is_named_the_furthest_first() -> None:
    table = EVEN._replace(
        categories={"data": 1.1, "legal": 0.9}, vendors={"Abacus": 1.2, "Bolt": 0.7, "Cobalt": 1.16, "Delta": 1.15}
    )
    assert foresight.paces(table) == (
        "Pace of vendors against all: Bolt (0.7 times), Abacus (1.2 times) and Cobalt (1.2 times).",
    )
    assert foresight.paces(EVEN) == ()


def test_what_slows_forecasts_down_has_a_round_example_each() -> None:
    found = {one.name: (one.coefficient, one.example) for one in foresight.slowed()}
    assert len(found) == 5
    # 1 - exp(-0.7 / 2) = 30 %, 1 - exp(-0.5 / 2) = 22 %, 1 - exp(-0.4 / 2) = 18 %
    assert found["Days behind the plan"] == (-0.7, "30 days: 30 % fewer come in a day")
    assert found["Older results open"] == (-0.7, "one: 30 % fewer come in a day")
    assert found["Share of its time that is ahead"] == (-0.5, "half: 22 % fewer come in a day")
    assert found["Mean slip so far, in days"] == (-0.4, "30 days: 18 % fewer come in a day")
    assert found["Days of silence"] == (-0.4, "30 days: 18 % fewer come in a day")
