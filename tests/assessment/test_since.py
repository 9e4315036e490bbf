"""The first day of a warning is the day that is found by asking every day, for every rule and any history."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from engagement.assessment.case import Case
from engagement.assessment.engagement import again, assess
from engagement.assessment.facts import Facts
from engagement.assessment.rules import CATALOGUE, Finding
from engagement.assessment.terms import life_on
from engagement.assessment.values import Action, History, Log, PortfolioTerms, Spend
from tests.assessment.made import TOGETHER, a_history, a_milestone, cut, on, reports, shorten, talks
from tests.assessment.random_histories import ADVENT, LAST_DAY, commons, days, histories, random_common, random_history

ONE_DAY = timedelta(days=1)
SLOW = settings(max_examples=120, deadline=None)


def firing_on(history: History, common: PortfolioTerms, day: date) -> set[str]:
    """The rules that fire on a day, each asked for that day alone."""
    life = life_on(history, day)
    facts = Facts(Case(history, common, day), day)
    return {rule.id for rule in CATALOGUE if life in rule.lives and isinstance(rule.check(facts), Finding)}


@SLOW
@given(histories(), commons(), st.lists(days(40), min_size=4, max_size=4))
def test_since_is_the_day_found_by_assessing_every_day(
    history: History, common: PortfolioTerms, asked: list[date]
) -> None:
    firing = {
        ADVENT + timedelta(days=number): firing_on(history, common, ADVENT + timedelta(days=number))
        for number in range(-1, LAST_DAY + 31)
    }
    for day in asked:
        assessment, needs, _ = assess(history, common, day)
        found = {one.rule: one.since for one in (*assessment.warnings, *assessment.folded)}
        expected = {}
        for rule in firing[day]:
            since = day
            while rule in firing[since - ONE_DAY]:
                since -= ONE_DAY
            expected[rule] = since
        assert found == expected
        assert not needs


@SLOW
@given(histories(), commons(), days())
def test_what_is_dated_later_changes_nothing(history: History, common: PortfolioTerms, day: date) -> None:
    assert assess(cut(history, day), common, day) == assess(history, common, day)


@settings(max_examples=300, deadline=None)
@given(histories(), commons(), days(60))
@example(random_history(21874), random_common(0), date(2026, 5, 10)).via("closed before the sum of its spend")
@example(random_history(11376), random_common(0), date(2026, 5, 13)).via("closed, with an undated milestone")
@example(random_history(11310218), random_common(0), date(2026, 3, 14)).via("reported only before a rejected delivery")
def test_a_short_history_says_the_same_or_names_the_logs_it_needs(
    history: History, common: PortfolioTerms, day: date
) -> None:
    expected = assess(history, common, day).assessment
    found, needs = assess(shorten(history, day), common, day), frozenset[Log]()
    while found.needs:
        assert not found.needs <= needs
        needs |= found.needs
        found = again(found, shorten(history, day, complete=needs), common, day)
    assert found.assessment == expected


def test_of_an_engagement_closed_long_ago_the_figures_are_those_of_its_last_day() -> None:
    # closed on day 50 and looked at on day 250: what was said and paid by then lies far before the last nine weeks
    history = a_history(
        milestones=(a_milestone("M1", 60, reports=reports((10, 0.25), (45, 0.5))),),
        check_ins=talks(5, 20, 48, 70),
        actions=(
            Action("action", "kept", on(1), "vendor", due_on=on(10), closed_on=on(10)),
            Action("action", "due later", on(1), "vendor", due_on=on(90), closed_on=on(12)),
        ),
        spend=(Spend(on(7), Decimal(100)), Spend(on(49), Decimal(50)), Spend(on(60), Decimal(7))),
        closed_on=on(50),
    )
    assessment, needs, _ = assess(shorten(history, on(250)), TOGETHER, on(250))
    assert not needs
    assert assessment == assess(history, TOGETHER, on(250)).assessment
    assert (assessment.cost.spent, assessment.contact.last_on) == (Decimal(150), on(48))
    assert assessment.progress.claimed == 0.5
    assert (assessment.schedule.promises.kept, assessment.schedule.promises.due) == (1, 1)
