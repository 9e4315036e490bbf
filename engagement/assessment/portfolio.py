"""Many engagements as of a day: in which order they need somebody, and a table of them."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Final, NamedTuple

import pandas as pd

from engagement.assessment.headline import headline, work_warnings
from engagement.assessment.results import Assessment, Attention, Portfolio

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
    "progress_known": "boolean",
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
    "p50_finish_on": "datetime64[s]",
    "p80_finish_on": "datetime64[s]",
}
"""Columns of `table` and their types; every one of them may be missing but the first three."""


class Urgency(NamedTuple):
    """What an active engagement is ranked by, in this order."""

    relief: float
    """The score, turned round: the highest comes first."""
    calm: bool
    """Whether no warning about the work fires."""
    currency: str
    saving: float
    """The budget, turned round as well."""
    engagement: str


def portfolio(assessments: Iterable[Assessment], as_of: date, revision: int) -> Portfolio:
    """Assessments of a day together, in the order of their keys, each with its rank among those that are active.

    By score, which is the chance times the tier's weight; of the same score first those with a warning about the work,
    then by budget within a currency, then by key.
    """
    given = list(assessments)
    return ranked(given, urgencies(given), as_of, revision)


def urgencies(assessments: Iterable[Assessment]) -> list[Urgency]:
    """What the active ones among some engagements are ranked by, the most urgent first."""
    return sorted(_urgency(one) for one in assessments if one.attention.score is not None)


def ranked(assessments: Iterable[Assessment], order: Iterable[Urgency], as_of: date, revision: int) -> Portfolio:
    """The portfolio of assessments whose order is known; one whose rank stays as it is stays the same object."""
    ranks = {one.engagement: rank for rank, one in enumerate(order, start=1)}
    engagements = sorted(assessments, key=attrgetter("engagement"))
    return Portfolio(as_of, revision, tuple(_with_rank(one, ranks.get(one.engagement)) for one in engagements))


def _with_rank(assessment: Assessment, rank: int | None) -> Assessment:
    old = assessment.attention
    if old.rank == rank:
        return assessment
    return assessment._replace(attention=Attention(rank, *old[1:]))


def table(portfolio: Portfolio) -> pd.DataFrame:
    """One row an engagement, in the order of the keys, with the columns and types of `COLUMNS`.

    Shares are 0 to 1, to 4 places; ``progress_known`` says whether anybody ever reported, and where nobody did claimed
    and earned are not known. Amounts are in the row's currency. ``warnings``, ``critical`` and ``in_hand`` count
    warnings about the work, ``headline`` is the evidence of the first of them. What is not known is NA.
    """
    rows = [_row(assessment) for assessment in portfolio.engagements]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _urgency(assessment: Assessment) -> Urgency:
    calm = not any(warning.kind == "status" for warning in (*assessment.warnings, *assessment.folded))
    budget = float(assessment.cost.budget or 0)
    return Urgency(-(assessment.attention.score or 0), calm, assessment.currency, -budget, assessment.engagement)


def _row(assessment: Assessment) -> dict[str, object]:
    contact, progress = assessment.contact, assessment.progress
    schedule, cost = assessment.schedule, assessment.cost
    work, first = work_warnings(assessment), headline(assessment)
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
        "headline": first and first.evidence,
        "contact": contact.state,
        "last_contact_on": contact.last_on,
        "days_since_contact": contact.days_since,
        "contact_due_on": contact.due_on,
        "planned": _rounded(progress.planned),
        "claimed": _rounded(progress.claimed) if progress.known else None,
        "earned": _rounded(progress.earned) if progress.known else None,
        "accepted": _rounded(progress.accepted),
        "progress_known": progress.known,
        "starts_on": schedule.starts_on,
        "baseline_finish_on": schedule.baseline_finish_on,
        "due_finish_on": schedule.due_finish_on,
        "forecast_finish_on": schedule.forecast_finish_on,
        "slip_days": schedule.slip_days,
        "spi_t": _rounded(schedule.spi_t),
        "overdue_milestones": schedule.overdue_milestones,
        "promises_kept": schedule.promises.kept,
        "promises_due": schedule.promises.due,
        "currency": assessment.currency,
        "budget": None if cost.budget is None else float(cost.budget),
        "spent": None if cost.spent is None else float(cost.spent),
        "setup_met": assessment.setup.met,
        "setup_of": assessment.setup.of,
        "p50_finish_on": schedule.p50_finish_on,
        "p80_finish_on": schedule.p80_finish_on,
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
