"""Assessments, rhythms and the like made up for figures, with as little said as a test needs."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from engagement.assessment.results import (
    Assessment,
    Attention,
    Contact,
    Cost,
    Likely,
    MilestoneState,
    Outlook,
    Progress,
    Promises,
    Schedule,
    Setup,
)

AS_OF = date(2026, 11, 20)
"""A Friday."""


def back(days: int) -> date:
    """So many days before the day the charts are about."""
    return AS_OF - timedelta(days=days)


def contact(days_since: int | None = 3, state: str | None = "on_time", cadence_days: int = 7) -> Contact:
    last_on = None if days_since is None else AS_OF - timedelta(days=days_since)
    return Contact(
        last_on=last_on,
        days_since=days_since,
        state=state,  # type: ignore[arg-type]
        due_on=None,
        silent_after=None,
        forgotten_after=None,
        cadence_days=cadence_days,
        grace_days=2,
    )


def schedule(**said: Any) -> Schedule:
    values: dict[str, Any] = {
        "starts_on": date(2026, 6, 1),
        "baseline_finish_on": date(2027, 1, 15),
        "forecast_finish_on": date(2027, 1, 15),
        "slip_days": 0,
        "spi_t": None,
        "earned_schedule_on": None,
        "overdue_milestones": 0,
        "p50_finish_on": None,
        "p80_finish_on": None,
        "promises": Promises(0, 0),
        "median_days_late": None,
    }
    return Schedule(**(values | said))


def milestone(key: str, baseline_on: date | None, forecast_on: date | None = None, **said: Any) -> MilestoneState:
    forecast = forecast_on or baseline_on
    values: dict[str, Any] = {
        "milestone": key,
        "name": key,
        "baseline_on": baseline_on,
        "due_on": baseline_on,
        "forecast_on": forecast,
        "delivered_on": None,
        "accepted_on": None,
        "slip_days": (forecast - baseline_on).days if forecast and baseline_on else None,
        "claimed": None,
        "starts_on": None,
        "value": None,
        "share": None,
        "overdue_days": 0,
        "decision_pending_since": None,
    }
    return MilestoneState(**(values | said))


def assessment(key: str = "crm", **said: Any) -> Assessment:
    values: dict[str, Any] = {
        "engagement": key,
        "name": key,
        "vendor": "Northwind",
        "category": None,
        "owner": None,
        "lead": None,
        "deputy": None,
        "tier": "standard",
        "contract": "fixed",
        "currency": "EUR",
        "goal": None,
        "ends_on": None,
        "life": "active",
        "paused_until": None,
        "closed_on": None,
        "status": "on_track",
        "declared_status": None,
        "contact": contact(),
        "progress": Progress(None, None, None, None, False),
        "schedule": schedule(),
        "cost": cost(None),
        "milestones": (),
        "warnings": (),
        "folded": (),
        "setup": Setup(8, 8, ()),
        "unknown": (),
        "attention": Attention(None, None, None, (), False),
    }
    return Assessment(**(values | said))


def outlook(middle_on: date, likely_on: date, named_on: date = date(2027, 2, 15)) -> Outlook:
    """A forecast of the finish: whose last result was named for a day, and when that comes."""
    days = Likely(middle_on, middle_on, likely_on, likely_on)
    return Outlook("M1", named_on, days, 0, 0, 0.0, 0, AS_OF, (0.1,) * 12, 1.0, AS_OF)


def cost(budget: int | None) -> Cost:
    names = Cost._fields
    values: dict[str, Any] = dict.fromkeys(names)
    values["budget"] = None if budget is None else Decimal(budget)
    return Cost(**values)


def attention(rank: int) -> Attention:
    return Attention(rank, None, None, (), False)
