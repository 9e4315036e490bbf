"""The order of those who need somebody, and the table of all."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from engagement.assessment.portfolio import COLUMNS, portfolio, table
from engagement.assessment.results import Assessment
from tests.assessment.made import a_history, a_milestone, assessed, on, reports, some_terms, talks

OFTEN = talks(*range(0, 300, 3))


@pytest.mark.parametrize(("tier", "weight"), [("high", 3), ("standard", 1), (None, 1), ("low", 0.5)])
def test_the_score_is_the_chance_times_the_weight_of_the_tier(tier: str | None, weight: float) -> None:
    terms = some_terms(tier=tier, cadence_days=7)
    found = assessed(a_history(terms, milestones=(a_milestone("M1", 40),), check_ins=OFTEN), 60).attention
    assert found.chance is not None
    assert found.score == pytest.approx(weight * found.chance, abs=2e-4)


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


def scored(key: str, score: float, budget: int, overdue: bool = True) -> Assessment:
    found = named(key, budget, overdue=overdue)
    return found._replace(attention=found.attention._replace(score=score))


def test_the_likelier_comes_first_whether_a_warning_fires_or_not() -> None:
    assert ranks(scored("a", 0.3, 900), scored("b", 0.4, 1, overdue=False)) == {"a": 2, "b": 1}


def test_of_the_same_score_who_has_a_warning_about_the_work_comes_first() -> None:
    assert ranks(scored("a", 0.4, 900, overdue=False), scored("b", 0.4, 1)) == {"a": 2, "b": 1}


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


def test_shares_that_nobody_ever_reported_are_not_known_and_what_the_plan_asks_for_is() -> None:
    told = a_history(milestones=(a_milestone("M1", 40, reports=reports((20, 0.5))),), check_ins=OFTEN)
    silent = a_history(milestones=(a_milestone("M1", 40),), check_ins=OFTEN)._replace(key="z")
    frame = table(portfolio([assessed(told, 30), assessed(silent, 30)], on(30), 1))
    assert frame["progress_known"].tolist() == [True, False]
    assert frame[["claimed", "earned"]].isna().to_numpy().tolist() == [[False, False], [True, True]]
    assert frame["planned"].isna().tolist() == [False, False]


def test_an_empty_portfolio_is_an_empty_table_with_its_columns() -> None:
    frame = table(portfolio([], on(50), 0))
    assert frame.empty
    assert list(frame.columns) == list(COLUMNS)
