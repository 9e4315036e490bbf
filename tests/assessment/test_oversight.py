"""Rules about vendors, people and the portfolio: on both sides of each threshold, and since when on any history."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.assessment.engagement import assess
from engagement.assessment.oversight import portfolio_warnings
from engagement.assessment.results import PortfolioWarning
from engagement.assessment.rules import OVERSIGHT
from engagement.assessment.traces import Trace, trace
from engagement.assessment.values import Action, Delivery, History, LimitChange, PortfolioTerms
from tests.assessment.made import TOGETHER, a_history, a_milestone, cut, on, some_terms, talks
from tests.assessment.random_histories import ADVENT, LAST_DAY, commons, days, random_history

ONE_DAY = timedelta(days=1)
TOLD = TOGETHER._replace(has_executives=True)
TASK = "Move all customers, leave the invoices where they are"


def told(
    histories: Sequence[History], day: date, common: PortfolioTerms = TOGETHER, traced_to: date | None = None
) -> dict[tuple[str, str], PortfolioWarning]:
    """The warnings of a portfolio as of a day, by rule and subject; from traces that may reach further than it."""
    known = {one.key: cut(one, day) for one in histories}
    assessments = [assess(known[key], common, day).assessment for key in sorted(known)]
    read = {one.key: cut(one, traced_to or day) for one in histories}

    def traces(keys: Collection[str]) -> Mapping[str, Trace]:
        return {key: trace(read[key], common, traced_to or day) for key in keys}

    found = portfolio_warnings(assessments, common, traces, day)
    return {(one.rule, one.subject): one for one in found}


def severity(histories: Sequence[History], rule: str, day: int, common: PortfolioTerms = TOGETHER) -> str | None:
    """How severe a rule is as of a day, whatever it is about; None where it does not fire."""
    found = [one.severity for (name, _), one in told(histories, on(day), common).items() if name == rule]
    return found[0] if found else None


# --- promises-broken


def with_promises(kept: int, broken: int, due: int = 40) -> History:
    """Milestones due on one day, some delivered on it and some never."""
    milestones = [
        a_milestone(f"M{number}", due, deliveries=(Delivery(on(due)),) if number < kept else ())
        for number in range(kept + broken)
    ]
    return a_history(milestones=tuple(milestones))


@pytest.mark.parametrize(
    ("kept", "broken", "expected"),
    [(4, 1, None), (7, 2, "warning"), (3, 2, "warning"), (4, 3, "critical"), (0, 4, None), (0, 5, "critical")],
)
def test_promises_are_broken_under_four_fifths_of_at_least_five(kept: int, broken: int, expected: str | None) -> None:
    # 4 of 5 is 80 %, 7 of 9 is 78 %, 3 of 5 is 60 %, 4 of 7 is 57 %
    assert severity([with_promises(kept, broken)], "promises-broken", 45) == expected


def test_promises_leave_the_window_after_ninety_days() -> None:
    assert severity([with_promises(0, 5)], "promises-broken", 40 + 89) == "critical"
    assert severity([with_promises(0, 5)], "promises-broken", 40 + 90) is None


def test_promises_of_all_engagements_of_a_vendor_count_together_with_its_actions() -> None:
    one = with_promises(0, 3)._replace(key="a")
    actions = (
        Action("action", "send access", on(20), "vendor", "Bo", on(30), closed_on=on(31)),
        Action("issue", "stop the leak", on(20), "vendor", "Bo", on(30)),
        Action("question", "which one?", on(20), "vendor", "Bo", on(30)),
        Action("action", "ours", on(20), "us", "Bo", on(30)),
    )
    other = a_history()._replace(key="b", actions=actions)
    found = told([one, other], on(45))["promises-broken", "Northwind"]
    assert found.evidence == "Northwind kept none of five dates that came due in the last 90 days."
    # on day 30 two actions were due, on day 40 three milestones more
    assert found.since == on(40)


# --- overloaded-owner


def owned(number: int, owner: str = "Ana", **changes: object) -> list[History]:
    return [
        a_history(some_terms(owner=owner, **changes), check_ins=talks(0, 5, 10))._replace(key=f"e{place:02}")
        for place in range(number)
    ]


def test_nine_active_engagements_are_too_many_for_one_owner_and_eight_are_not() -> None:
    assert severity(owned(8), "overloaded-owner", 12) is None
    assert severity(owned(9), "overloaded-owner", 12) == "warning"
    assert severity(owned(9), "overloaded-owner", 12, PortfolioTerms(alone=True)) is None


def test_three_silent_engagements_are_too_many_for_one_owner_and_two_are_not() -> None:
    # last talk on day 10, a Thursday; due on day 17, silent after day 21: the 19th is a Saturday
    assert severity(owned(3), "overloaded-owner", 21) is None
    assert severity(owned(3), "overloaded-owner", 22) == "warning"
    assert severity(owned(2), "overloaded-owner", 22) is None
    assert told(owned(3), on(30))["overloaded-owner", "Ana"].since == on(22)


def test_work_of_tier_high_needs_a_deputy() -> None:
    assert severity(owned(1, tier="high"), "overloaded-owner", 12) == "warning"
    assert severity(owned(1, tier="high", deputy="Bo"), "overloaded-owner", 12) is None
    found = told(owned(1, tier="high"), on(12))["overloaded-owner", "Ana"]
    assert found.evidence == "Of what Ana looks after, one of tier high has no deputy."
    assert found.next_step == "Share the load of Ana."


def test_an_owner_is_called_by_name_where_it_is_known_and_stays_the_same_subject() -> None:
    common = TOGETHER._replace(names={"ana@example.org": "Ana Example"})
    found = told(owned(1, owner="ana@example.org", tier="high"), on(12), common)["overloaded-owner", "ana@example.org"]
    assert found.evidence == "Of what Ana Example looks after, one of tier high has no deputy."
    assert found.next_step == "Share the load of Ana Example."


# --- same-task-twice


def twins(**changes: object) -> list[History]:
    one = a_history(some_terms(category="Migration", scope=TASK))
    other = a_history(some_terms(**{"category": "Migration", "scope": TASK, "vendor": "Contoso", **changes}))
    return [one._replace(key="a"), other._replace(key="b")]


def test_two_vendors_with_the_same_task_are_one_warning() -> None:
    found = told(twins(), on(12))
    warning = found["same-task-twice", "a, b"]
    assert warning.evidence == (
        '"CRM migration" (Northwind) and "CRM migration" (Contoso) are both Migration and read alike.'
    )
    assert warning.since == on(0)


def test_the_same_task_is_none_of_another_category_of_one_vendor_or_on_purpose() -> None:
    assert severity(twins(category="Design"), "same-task-twice", 12) is None
    assert severity(twins(vendor="Northwind"), "same-task-twice", 12) is None
    deliberate = TOGETHER._replace(deliberate=frozenset({frozenset({"a", "b"})}))
    assert severity(twins(), "same-task-twice", 12, deliberate) is None
    assert severity(twins(starts_on=on(20)), "same-task-twice", 12) is None


# --- no-status-pack, monitor-stopped


def test_executives_have_to_be_told_within_five_weeks() -> None:
    assert severity([a_history()], "no-status-pack", 34, TOLD) is None
    assert severity([a_history()], "no-status-pack", 35, TOLD) == "warning"
    assert severity([a_history()], "no-status-pack", 35, TOGETHER) is None
    issued = TOLD._replace(reports=(on(20),))
    assert severity([a_history()], "no-status-pack", 54, issued) is None
    assert severity([a_history()], "no-status-pack", 55, issued) == "warning"
    assert told([a_history()], on(70), issued)["no-status-pack", "portfolio"].since == on(55)


def test_a_pack_that_came_late_begins_a_new_run() -> None:
    issued = TOLD._replace(reports=(on(50),))
    assert told([a_history()], on(90), issued)["no-status-pack", "portfolio"].since == on(85)


def test_executives_are_waiting_since_work_began_as_it_was_known_on_each_day() -> None:
    # on day 50 it turns out that the work began on day 0 already, or that what was a draft is under way since then
    corrected = (some_terms(starts_on=on(30)), some_terms(from_on=on(50)))
    agreed = (some_terms(status="draft"), some_terms(from_on=on(50)))
    for terms in (corrected, agreed):
        history = a_history()._replace(terms=terms)
        assert severity([history], "no-status-pack", 49, TOLD) is None
        assert told([history], on(60), TOLD)["no-status-pack", "portfolio"].since == on(50)


def test_work_that_was_put_off_starts_the_wait_for_a_status_pack_again() -> None:
    # begun on day 0, told on day 35 and until day 39; from day 40 on it is known to have begun on day 10
    terms = (some_terms(), some_terms(from_on=on(40), starts_on=on(10)))
    history = a_history()._replace(terms=terms)
    assert severity([history], "no-status-pack", 39, TOLD) == "warning"
    assert severity([history], "no-status-pack", 44, TOLD) is None
    assert told([history], on(60), TOLD)["no-status-pack", "portfolio"].since == on(45)


def test_a_monitor_that_stands_still_for_more_than_26_hours_has_stopped() -> None:
    now = datetime(2026, 3, 14, 12, tzinfo=UTC)
    running = TOGETHER._replace(last_good_run_at=now - timedelta(hours=26), asked_at=now)
    stopped = TOGETHER._replace(last_good_run_at=now - timedelta(hours=26, minutes=1), asked_at=now)
    assert severity([a_history()], "monitor-stopped", 12, running) is None
    assert severity([a_history()], "monitor-stopped", 12, stopped) == "critical"
    assert severity([a_history()], "monitor-stopped", 12, stopped._replace(asked_at=None)) is None
    assert severity([a_history()], "monitor-stopped", 12, stopped._replace(last_good_run_at=None)) is None


# --- since, on any history


def a_portfolio(seed: int) -> list[History]:
    """Three random histories of one vendor, or two."""
    made = [random_history(seed + number)._replace(key=f"e{number}") for number in range(3)]
    tight = [
        one._replace(terms=tuple(terms._replace(category="Shop", deputy=None) for terms in one.terms)) for one in made
    ]
    last = tight[-1]
    terms = tuple(terms._replace(vendor="Contoso", name="Random shop") for terms in last.terms)
    return [*tight[:-1], last._replace(terms=terms)]


TIGHT = (
    LimitChange("promises-least", 2, date.min),
    LimitChange("owner-silent", 1, date.min),
    LimitChange("owner-active", 2, date.min),
)
"""So that three engagements are enough."""


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), commons(), st.lists(days(40), min_size=3, max_size=3))
def test_since_is_the_day_found_by_asking_every_day(seed: int, common: PortfolioTerms, asked: list[date]) -> None:
    portfolio = a_portfolio(seed)
    reports = tuple(ADVENT + timedelta(days=day) for day in (30, 95))
    common = common._replace(limits=(*TIGHT, *common.limits), has_executives=True, reports=reports)
    firing = {
        (day := ADVENT + timedelta(days=number)): told(portfolio, day, common) for number in range(-1, LAST_DAY + 31)
    }
    for day in asked:
        for about, warning in firing[day].items():
            since = day
            while about in firing[since - ONE_DAY]:
                since -= ONE_DAY
            assert (about, warning.since) == (about, since)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), commons(), days(40), days(40))
def test_since_is_the_same_from_traces_that_reach_further(
    seed: int, common: PortfolioTerms, one: date, other: date
) -> None:
    portfolio, (day, later) = a_portfolio(seed), sorted((one, other))
    common = common._replace(limits=(*TIGHT, *common.limits), has_executives=True)
    assert told(portfolio, day, common, later) == told(portfolio, day, common)


def test_every_rule_of_oversight_says_what_to_do() -> None:
    assert {rule.id for rule in OVERSIGHT} == {
        "promises-broken",
        "overloaded-owner",
        "same-task-twice",
        "no-status-pack",
        "monitor-stopped",
    }
    assert all(replace(rule, limits=()).step("Northwind Ltd.").count("..") == 0 for rule in OVERSIGHT)
