"""The portfolio as of a day, judged by the rules that go beyond one engagement."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from engagement.assessment.rules import OVERSIGHT, Found, PortfolioRule
from engagement.assessment.traces import Trace
from engagement.assessment.values import Assessment, PortfolioTerms, PortfolioWarning

Traces = Callable[[Collection[str]], Mapping[str, Trace]]
"""Gives the traces of some engagements, by key."""


def portfolio_warnings(
    assessments: Sequence[Assessment], common: PortfolioTerms, traces: Traces, as_of: date
) -> tuple[PortfolioWarning, ...]:
    """Warnings about vendors, people and the portfolio, in the order of the catalogue and by subject.

    ``assessments`` are all of the day, in the order of their keys. ``traces`` is asked only for the engagements of what
    fires.
    """
    found = list(_found(assessments, common, as_of))
    asked = {key for rule, one in found if rule.begun for key in one.engagements}
    known = traces(asked) if asked else {}
    return tuple(_warning(rule, one, known, common, as_of) for rule, one in found)


def _found(
    assessments: Sequence[Assessment], common: PortfolioTerms, as_of: date
) -> Iterator[tuple[PortfolioRule, Found]]:
    for rule in OVERSIGHT:
        for one in rule.find(assessments, common, as_of):
            yield rule, one


def _warning(
    rule: PortfolioRule, found: Found, traces: Mapping[str, Trace], common: PortfolioTerms, as_of: date
) -> PortfolioWarning:
    since = found.since or as_of
    if rule.begun:
        since = rule.begun(found, [traces[key] for key in found.engagements], common, as_of)
    return PortfolioWarning(rule.id, found.subject, found.severity, since, found.evidence, rule.step(found.subject))
