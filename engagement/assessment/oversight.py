"""The portfolio as of a day, judged by the rules that go beyond one engagement."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from engagement.assessment.results import Assessment, PortfolioWarning
from engagement.assessment.rules import OVERSIGHT
from engagement.assessment.traces import Trace
from engagement.assessment.values import LimitChange, PortfolioTerms

Traces = Callable[[Collection[str]], Mapping[str, Trace]]
"""Gives the traces of some engagements, by key."""
Begun = dict[tuple[str, str], tuple[tuple[LimitChange, ...], list[Trace], date]]
"""By rule and subject: since when, and the limits and traces that this was told from, on one day."""


def portfolio_warnings(
    assessments: Sequence[Assessment], common: PortfolioTerms, traces: Traces, as_of: date, begun: Begun | None = None
) -> tuple[PortfolioWarning, ...]:
    """Warnings about vendors, people and the portfolio, in the order of the catalogue and by subject.

    ``assessments`` are all of the day, in the order of their keys. ``traces`` is asked only for the engagements of what
    fires. What was told before of the same day, limits and traces is taken from ``begun``, and put there.
    """
    found = [(rule, one) for rule in OVERSIGHT for one in rule.find(assessments, common, as_of)]
    asked = {key for rule, one in found if rule.begun for key in one.engagements}
    known = traces(asked) if asked else {}
    kept = {} if begun is None else begun
    warnings = []
    for rule, one in found:
        since = one.since or as_of
        if rule.begun:
            about, told_from = (rule.id, one.subject), [known[key] for key in one.engagements]
            if about not in kept or kept[about][:2] != (common.limits, told_from):
                kept[about] = common.limits, told_from, rule.begun(one, told_from, common, as_of)
            since = kept[about][2]
        step = rule.step(common.called(one.subject))
        warnings.append(
            PortfolioWarning(rule.id, one.subject, one.severity, since, one.evidence, step, one.engagements)
        )
    return tuple(warnings)
