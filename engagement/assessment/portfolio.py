"""Many engagements as of a day: in which order they need somebody, and a table of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd

from engagement.assessment.values import Assessment, Portfolio

COLUMNS: Final = {
    "engagement": "string",
    "name": "string",
    "vendor": "string",
    "category": "string",
    "owner": "string",
    "lead": "string",
    "tier": "string",
    "contract": "string",
    "life": "string",
    "status": "string",
    "declared_status": "string",
    "rank": "Int64",
    "abandoned": "boolean",
    "warnings": "Int64",
    "critical": "Int64",
    "in_hand": "Int64",
    "headline": "string",
    "contact": "string",
    "last_contact_on": "datetime64[s]",
    "days_since_contact": "Int64",
    "contact_due_on": "datetime64[s]",
    "planned": "Float64",
    "claimed": "Float64",
    "earned": "Float64",
    "accepted": "Float64",
    "starts_on": "datetime64[s]",
    "baseline_finish_on": "datetime64[s]",
    "due_finish_on": "datetime64[s]",
    "forecast_finish_on": "datetime64[s]",
    "slip_days": "Int64",
    "spi_t": "Float64",
    "overdue_milestones": "Int64",
    "promises_kept": "Int64",
    "promises_due": "Int64",
    "currency": "string",
    "budget": "Float64",
    "spent": "Float64",
    "setup_met": "Int64",
    "setup_of": "Int64",
}
"""Columns of `table` and their types; every one of them may be missing but the first three."""


def portfolio(assessments: Iterable[Assessment], as_of: date, revision: int) -> Portfolio:
    """Assessments of a day together, in the order of their keys, each with its rank among those that are active.

    First come those with a warning about the work, then the others; in both by score, ties by budget within a currency,
    then by key.
    """
    engagements = sorted(assessments, key=lambda one: one.engagement)
    active = sorted((one for one in engagements if one.attention.score is not None), key=_urgency)
    ranks = {one.engagement: rank for rank, one in enumerate(active, start=1)}
    ranked = tuple(
        replace(one, attention=replace(one.attention, rank=ranks[one.engagement])) if one.engagement in ranks else one
        for one in engagements
    )
    return Portfolio(as_of, revision, ranked)


def table(portfolio: Portfolio) -> pd.DataFrame:
    """One row an engagement, in the order of the keys, with the columns and types of `COLUMNS`.

    Shares are 0 to 1; amounts are in the row's currency. ``warnings``, ``critical`` and ``in_hand`` count warnings
    about the work, ``headline`` is the evidence of the first that nobody has in hand. What is not known is NA.
    """
    rows = [_row(assessment) for assessment in portfolio.engagements]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _urgency(assessment: Assessment) -> tuple[bool, float, str, float, str]:
    calm = not any(warning.kind == "status" for warning in (*assessment.warnings, *assessment.folded))
    budget = float(assessment.cost.budget or 0)
    return calm, -(assessment.attention.score or 0), assessment.currency, -budget, assessment.engagement


def _row(assessment: Assessment) -> dict[str, object]:
    contact, progress = assessment.contact, assessment.progress
    schedule, cost = assessment.schedule, assessment.cost
    work = [warning for warning in assessment.warnings if warning.kind == "status"]
    headline = next((warning.evidence for warning in work if warning.in_hand_until is None), None)
    return {
        "engagement": assessment.engagement,
        "name": assessment.name,
        "vendor": assessment.vendor,
        "category": assessment.category,
        "owner": assessment.owner,
        "lead": assessment.lead,
        "tier": assessment.tier,
        "contract": assessment.contract,
        "life": assessment.life,
        "status": assessment.status,
        "declared_status": assessment.declared_status,
        "rank": assessment.attention.rank,
        "abandoned": assessment.attention.abandoned,
        "warnings": len(work),
        "critical": sum(warning.severity == "critical" for warning in work),
        "in_hand": sum(warning.in_hand_until is not None for warning in work),
        "headline": headline,
        "contact": contact.state,
        "last_contact_on": contact.last_on,
        "days_since_contact": contact.days_since,
        "contact_due_on": contact.due_on,
        "planned": progress.planned,
        "claimed": progress.claimed if progress.known else None,
        "earned": progress.earned if progress.known else None,
        "accepted": progress.accepted,
        "starts_on": schedule.starts_on,
        "baseline_finish_on": schedule.baseline_finish_on,
        "due_finish_on": schedule.due_finish_on,
        "forecast_finish_on": schedule.forecast_finish_on,
        "slip_days": schedule.slip_days,
        "spi_t": schedule.spi_t,
        "overdue_milestones": schedule.overdue_milestones,
        "promises_kept": schedule.promises.kept,
        "promises_due": schedule.promises.due,
        "currency": assessment.currency,
        "budget": None if cost.budget is None else float(cost.budget),
        "spent": None if cost.spent is None else float(cost.spent),
        "setup_met": assessment.setup.met,
        "setup_of": assessment.setup.of,
    }
