"""Where an engagement stood at the end of each of many days, and nothing more: for lines and charts by week.

The same rules as in an assessment, without the words, days and figures that only one day is asked for.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from engagement.assessment.attention import is_abandoned
from engagement.assessment.case import Case
from engagement.assessment.counts import SILENT
from engagement.assessment.engagement import STATUS_RULES, active_status, in_hand
from engagement.assessment.facts import Facts
from engagement.assessment.rules import Finding, Rule
from engagement.assessment.since import first_day
from engagement.assessment.terms import life_on, life_since
from engagement.assessment.values import History, PortfolioTerms, Severity, Status


class Standing(NamedTuple):
    """Where an engagement stands at the end of a day."""

    status: Status
    is_active: bool = False
    needs: bool = False
    """Whether something is wrong with the work that nobody has in hand, and it does not look abandoned."""
    is_silent: bool = False
    late: int = 0
    """Milestones past their due date."""
    slip_days: int | None = None


def status_on(history: History, portfolio_terms: PortfolioTerms, as_of: date) -> Status:
    """The status by the end of a day, and nothing else. The logs have to be complete."""
    return standings_on(history, portfolio_terms, [as_of])[as_of].status


def standings_on(history: History, portfolio_terms: PortfolioTerms, days: Collection[date]) -> dict[date, Standing]:
    """Where the engagement stood by the end of each of some days. The logs have to be complete.

    What is the same on all of them is worked out once. History and terms are those known by the last of them.
    """
    case = Case(history, portfolio_terms, max(days))
    return {day: _standing(case, day) for day in days}


def _standing(case: Case, day: date) -> Standing:
    life = life_on(case.history, day)
    if life != "active":
        return Standing(life)
    facts = Facts(case, day, in_brief=True)
    found = _firing(facts)
    first, forecast = facts.plan.first_finish_on, facts.forecast_finish_on
    return Standing(
        status=active_status(facts, {severity for _, severity in found}),
        is_active=True,
        needs=bool(found) and not is_abandoned(facts) and _is_any_open(facts, found),
        is_silent=facts.contact.state in SILENT,
        late=len(facts.late),
        slip_days=(forecast - first).days if forecast and first else None,
    )


def _firing(facts: Facts) -> list[tuple[Rule, Severity]]:
    """The rules about the work that fire. Where nobody has ever taken anything in hand a critical one is enough."""
    found: list[tuple[Rule, Severity]] = []
    for rule in STATUS_RULES:
        finding = facts.once(rule.check)
        if isinstance(finding, Finding):
            found.append((rule, finding.severity))
            if finding.severity == "critical" and not facts.history.responses:
                break
    return found


def _is_any_open(facts: Facts, found: list[tuple[Rule, Severity]]) -> bool:
    """Whether one of the warnings that stand by themselves is in nobody's hands."""
    if not facts.history.responses:
        return True
    floor = life_since(facts.history, facts.day)
    firing = {rule.id for rule, _ in found}
    return any(
        in_hand(rule, first_day(rule, facts.case, floor, facts.day), facts) is None
        for rule, _ in found
        if firing.isdisjoint(rule.covered_by)
    )
