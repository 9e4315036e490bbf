"""The JSON contract of the command line: what ``assess`` and ``review`` print for programs to read.

Fields may be added, never renamed or removed. Shares are rounded to 4 places, dates are ISO, money is a decimal as
text, what is not known is null.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from engagement.assessment.results import Assessment, MilestoneState, Portfolio, PortfolioWarning, Review, Warning


def contract(portfolio: Portfolio, keys: Iterable[str] | None = None) -> dict[str, Any]:
    """A portfolio as the object that ``assess --format json`` prints; of some engagements where ``keys`` names them.

    Fields may be added, never renamed or removed. Shares are rounded to 4 places, dates are ISO, money is a decimal as
    text, what is not known is null.
    """
    wanted = None if keys is None else frozenset(keys)
    return {
        "as_of": portfolio.as_of.isoformat(),
        "engagements": [_engagement(a) for a in portfolio.engagements if wanted is None or a.engagement in wanted],
        "warnings": [_portfolio_warning(warning) for warning in portfolio.warnings],
    }


def contract_review(review: Review) -> dict[str, Any]:
    """A review as the object that ``review --format json`` prints."""
    return {
        "since": review.since.isoformat(),
        "as_of": review.as_of.isoformat(),
        "changes": [
            {
                "engagement": change.engagement,
                "what": change.what,
                "was": change.was,
                "now": change.now,
                "by": change.by,
                "milestone": change.milestone,
                "rule": change.rule,
                "on": _day(change.on),
                "because": change.because,
            }
            for change in review.changes
        ],
    }


def _engagement(assessment: Assessment) -> dict[str, Any]:
    contact, progress, schedule = assessment.contact, assessment.progress, assessment.schedule
    return {
        "engagement": assessment.engagement,
        "name": assessment.name,
        "vendor": assessment.vendor,
        "currency": assessment.currency,
        "status": assessment.status,
        "declared_status": assessment.declared_status,
        "contact": {
            "state": contact.state,
            "last_on": _day(contact.last_on),
            "days_since": contact.days_since,
            "due_on": _day(contact.due_on),
            "silent_after": _day(contact.silent_after),
            "forgotten_after": _day(contact.forgotten_after),
            "cadence_days": contact.cadence_days,
            "grace_days": contact.grace_days,
        },
        "progress": {
            "planned": _share(progress.planned),
            "claimed": _share(progress.claimed),
            "earned": _share(progress.earned),
            "accepted": _share(progress.accepted),
        },
        "schedule": {
            "starts_on": _day(schedule.starts_on),
            "baseline_finish_on": _day(schedule.baseline_finish_on),
            "due_finish_on": _day(schedule.due_finish_on),
            "forecast_finish_on": _day(schedule.forecast_finish_on),
            "slip_days": schedule.slip_days,
            "spi_t": _share(schedule.spi_t),
            "earned_schedule_on": _day(schedule.earned_schedule_on),
            "overdue_milestones": schedule.overdue_milestones,
            "p50_finish_on": _day(schedule.p50_finish_on),
            "p80_finish_on": _day(schedule.p80_finish_on),
            "promises": {"kept": schedule.promises.kept, "due": schedule.promises.due},
            "median_days_late": schedule.median_days_late,
        },
        "cost": {
            "budget": _money(assessment.cost.budget),
            "spent": _money(assessment.cost.spent),
            "spent_this_month": _money(assessment.cost.spent_this_month),
        },
        "milestones": [_milestone(state) for state in assessment.milestones],
        "attention": {"rank": assessment.attention.rank, "chance": _share(assessment.attention.chance)},
        "warnings": [_warning(warning) for warning in assessment.warnings],
        "setup": {
            "met": assessment.setup.met,
            "of": assessment.setup.of,
            "missing": list(assessment.setup.missing),
        },
        "unknown": [{"rule": unknown.rule, "missing": unknown.missing} for unknown in assessment.unknown],
    }


def _milestone(state: MilestoneState) -> dict[str, Any]:
    return {
        "milestone": state.milestone,
        "baseline_on": _day(state.baseline_on),
        "due_on": _day(state.due_on),
        "forecast_on": _day(state.forecast_on),
        "delivered_on": _day(state.delivered_on),
        "accepted_on": _day(state.accepted_on),
        "slip_days": state.slip_days,
        "claimed": _share(state.claimed),
        "p10_on": _day(state.p10_on),
        "p50_on": _day(state.p50_on),
        "p80_on": _day(state.p80_on),
        "p90_on": _day(state.p90_on),
    }


def _warning(warning: Warning) -> dict[str, Any]:
    return {
        "rule": warning.rule,
        "kind": warning.kind,
        "severity": warning.severity,
        "since": _day(warning.since),
        "in_hand_until": _day(warning.in_hand_until),
        "evidence": warning.evidence,
        "next_step": warning.next_step,
        "covers": list(warning.covers),
    }


def _portfolio_warning(warning: PortfolioWarning) -> dict[str, Any]:
    return {
        "rule": warning.rule,
        "subject": warning.subject,
        "severity": warning.severity,
        "since": _day(warning.since),
        "evidence": warning.evidence,
        "next_step": warning.next_step,
    }


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _share(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)


def _money(amount: Decimal | None) -> str | None:
    """At least two decimals, more where there are more: '46200.00', '0.0125'."""
    if amount is None:
        return None
    plain = amount.normalize()
    exponent = plain.as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{plain:.{places}f}"
