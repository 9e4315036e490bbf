"""The order of those who need somebody, and the table of all."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from engagement.assessment.portfolio import COLUMNS, portfolio, table
from engagement.assessment.values import Assessment, Delivery, History
from tests.assessment.made import a_history, a_milestone, assessed, on, some_terms, talks

OFTEN = talks(*range(0, 300, 3))


def score(history: History, day: int) -> float:
    found = assessed(history, day).attention.score
    assert found is not None
    return found


def test_days_overdue_count_half_at_thirty() -> None:
    history = a_history(milestones=(a_milestone("M1", 40),), check_ins=OFTEN)
    assert score(history, 40) == 0
    assert score(history, 70) == 0.5
    assert assessed(history, 70).attention.because == ("30 days overdue",)


def test_days_since_contact_was_due_count_half_at_thirty() -> None:
    history = a_history(check_ins=talks(1))  # due on day 8
    assert score(history, 38) == 0.5
    assert assessed(history, 38).attention.because == ("30 days past the agreed contact",)


def test_older_open_milestones_count_while_a_later_one_is_open_too() -> None:
    milestones = (a_milestone("M1", 10), a_milestone("M2", 20), a_milestone("M3", 90))
    history = a_history(milestones=milestones, check_ins=OFTEN)
    attention = assessed(history, 40).attention
    assert attention.score == pytest.approx(0.5 + 2 / 3)  # 30 days overdue; two older ones
    assert attention.because == ("two older milestones still open", "30 days overdue")
    last_alone = history._replace(milestones=milestones[:1])
    assert score(last_alone, 40) == 0.5


def test_past_slips_count_by_their_mean_and_early_ones_not_at_all() -> None:
    late = a_milestone("M1", 10, deliveries=(Delivery(on(50)),))
    early = a_milestone("M2", 60, deliveries=(Delivery(on(40)),))
    history = a_history(milestones=(late, early), check_ins=OFTEN)
    assert score(history, 55) == 0.25  # a mean of 10 days
    assert assessed(history, 55).attention.because == ("delivered 10 days late on average",)
    assert score(history._replace(milestones=(early,)), 55) == 0


@pytest.mark.parametrize(("tier", "expected"), [("high", 1.5), ("standard", 0.5), (None, 0.5), ("low", 0.25)])
def test_the_tier_weighs_the_score(tier: str | None, expected: float) -> None:
    terms = some_terms(tier=tier, cadence_days=7)
    assert score(a_history(terms, milestones=(a_milestone("M1", 40),), check_ins=OFTEN), 70) == expected


def test_abandoned_is_forgotten_and_overdue_for_more_than_ninety_days() -> None:
    history = a_history(milestones=(a_milestone("M1", 10),), check_ins=talks(1))  # forgotten after day 17
    assert not assessed(history, 107).attention.abandoned
    assert assessed(history, 108).attention.abandoned
    assert not assessed(history._replace(milestones=(a_milestone("M1", 18),)), 108).attention.abandoned


def named(key: str, budget: int | None = None, currency: str = "EUR", overdue: bool = True) -> Assessment:
    terms = some_terms(budget=None if budget is None else Decimal(budget), currency=currency)
    milestones = (a_milestone("M1", 40 if overdue else 90, value=Decimal(0)),)
    return assessed(a_history(terms, milestones=milestones, check_ins=OFTEN)._replace(key=key), 50)


def ranks(*assessments: Assessment) -> dict[str, int | None]:
    return {one.engagement: one.attention.rank for one in portfolio(assessments, on(50), 1).engagements}


def test_ties_are_broken_by_budget_within_a_currency_and_then_by_key() -> None:
    found = ranks(named("b", 100), named("a", 100), named("c", 900), named("d"))
    assert found == {"c": 1, "a": 2, "b": 3, "d": 4}


def test_who_has_a_warning_about_the_work_comes_first_whatever_the_score() -> None:
    calm = named("a", 900, overdue=False)
    calm = calm._replace(attention=calm.attention._replace(score=9.0))
    assert ranks(calm, named("b", 1)) == {"a": 2, "b": 1}


def test_only_active_engagements_are_ranked_and_all_are_listed_by_key() -> None:
    draft = assessed(a_history(some_terms(status="draft"))._replace(key="a"), 50)
    found = portfolio([named("c"), draft, named("b")], on(50), 7)
    assert [one.engagement for one in found.engagements] == ["a", "b", "c"]
    assert [one.attention.rank for one in found.engagements] == [None, 1, 2]
    assert (found.as_of, found.revision) == (on(50), 7)


def test_the_table_has_a_row_an_engagement_and_says_what_is_not_known() -> None:
    frame = table(portfolio([named("b", 100), named("a")], on(50), 1))
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["engagement"]) == ["a", "b"]
    row = frame.iloc[1]
    assert (row["status"], row["warnings"], row["critical"], row["rank"]) == ("off_track", 2, 2, 1)
    assert row["headline"] == '"Result M1" was due on 11 Apr and is 10 days late.'  # and the finish slips by a quarter
    assert (row["budget"], row["slip_days"], row["overdue_milestones"]) == (100.0, 10, 1)
    assert row["last_contact_on"] == pd.Timestamp(date(2026, 4, 19))
    assert frame["budget"].isna().tolist() == [True, False]
    assert frame["earned"].isna().tolist() == [True, True]


def test_an_empty_portfolio_is_an_empty_table_with_its_columns() -> None:
    frame = table(portfolio([], on(50), 0))
    assert frame.empty
    assert list(frame.columns) == list(COLUMNS)
