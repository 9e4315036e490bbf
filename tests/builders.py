"""Assessments and their parts with everything filled in, so that a test names only what it is about."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from engagement.assessment.foretold import LEVELS, ForecastRecord, Forecasts, Reached, Score
from engagement.assessment.lifetable import UNKNOWN
from engagement.assessment.results import (
    Assessment,
    Attention,
    Contact,
    Cost,
    Likely,
    MilestoneState,
    Outlook,
    Portfolio,
    Progress,
    Promises,
    Schedule,
    Setup,
    Warning,
)

FRIDAY = date(2026, 11, 20)


def a_warning(rule: str = "silent", severity: str = "critical", **changes: Any) -> Warning:
    """A warning about the work that opened on 7 Nov and nobody has in hand."""
    evidence = "No conversation on record for 23 days; agreed every 7, so it was due on 4 Nov."
    warning = Warning(
        rule=rule,
        kind="status",
        severity="critical" if severity == "critical" else "warning",
        since=date(2026, 11, 7),
        evidence=evidence,
        next_step="Ask Northwind, or log that you talked.",
    )
    return warning._replace(**changes)


def a_milestone(key: str = "M1", **changes: Any) -> MilestoneState:
    """A milestone that is due on 25 Nov and open."""
    milestone = MilestoneState(
        milestone=key,
        name="Test run",
        baseline_on=date(2026, 11, 25),
        due_on=date(2026, 11, 25),
        forecast_on=date(2026, 11, 25),
        delivered_on=None,
        accepted_on=None,
        slip_days=0,
        claimed=None,
        starts_on=date(2026, 11, 1),
        value=None,
        share=1.0,
        overdue_days=0,
        decision_pending_since=None,
    )
    return milestone._replace(**changes)


def an_outlook(middle_on: date = date(2027, 2, 20), likely_on: date = date(2027, 3, 18), **changes: Any) -> Outlook:
    """A forecast of the finish: its last result was named for 15 Feb, and comes by 20 Feb or, likely, by 18 Mar."""
    outlook = Outlook(
        milestone="M1",
        named_on=date(2027, 2, 15),
        likely=Likely(date(2027, 2, 10), middle_on, likely_on, date(2027, 4, 20)),
        behind_days=0,
        older=0,
        slip_days=0.0,
        silent_days=0,
        since=FRIDAY,
        rates=(0.1,) * 12,
        class_pace=1.0,
        begun_on=date(2026, 6, 1),
    )
    return outlook._replace(**changes)


def some_forecasts(cases: int = 2896, reached: float = 0.04, **changes: Any) -> Forecasts:
    """A record: ours held its P80 in 84 % of the cases and lost 10 days, the best of the naive ones 20.

    ``reached``: by how much more than said came by the days that were given.
    """
    nothing = Score(0, None, None, None, None, None, None)
    ours = Score(cases, 24.0, 12.0, 8.0, 0.52, 0.84, 0.92) if cases else nothing
    plan = Score(cases, 52.0, 26.0, 30.0, 0.1, 0.1, None) if cases else nothing
    earned = Score(cases, 40.0, 20.0, 20.0, 0.5, 0.5, None) if cases else nothing
    lives = (ours._replace(cases=cases // 2), *[nothing] * 3, plan._replace(cases=cases - cases // 2))
    found = Forecasts(
        records=(
            ForecastRecord("life table", ours, lives),
            ForecastRecord("the plan", plan, lives),
            ForecastRecord("AT + PD - ES", earned, lives),
        ),
        reached=tuple(Reached(level, level + 0.01, level + 0.01 + reached) for level in LEVELS) if cases else (),
        table=UNKNOWN,
    )
    return replace(found, **changes)


def an_assessment(key: str = "crm-migration", **changes: Any) -> Assessment:
    """An active engagement that is on track, talked about yesterday and has no warning."""
    assessment = Assessment(
        engagement=key,
        name="CRM migration",
        vendor="Northwind",
        category=None,
        owner="Ana",
        lead="Bo",
        deputy=None,
        tier="standard",
        contract="fixed",
        currency="EUR",
        goal="One customer register for sales and support",
        ends_on=date(2027, 2, 15),
        life="active",
        paused_until=None,
        closed_on=None,
        status="on_track",
        declared_status=None,
        contact=a_contact(),
        progress=Progress(planned=0.62, claimed=0.55, earned=0.48, accepted=0.4, known=True),
        schedule=a_schedule(),
        cost=Cost(budget=Decimal(46200), spent=Decimal(20100), spent_this_month=None),
        milestones=(a_milestone(),),
        warnings=(),
        folded=(),
        setup=Setup(met=8, of=8, missing=()),
        unknown=(),
        attention=Attention(rank=1, chance=None, score=1.0, because=(), abandoned=False),
    )
    return assessment._replace(**changes)


def a_contact(**changes: Any) -> Contact:
    """Talked on 19 Nov, agreed every 7 days, so the next is due on 26 Nov."""
    contact = Contact(
        last_on=date(2026, 11, 19),
        days_since=1,
        state="on_time",
        due_on=date(2026, 11, 26),
        silent_after=date(2026, 11, 30),
        forgotten_after=date(2026, 12, 7),
        cadence_days=7,
        grace_days=2,
    )
    return contact._replace(**changes)


def a_schedule(**changes: Any) -> Schedule:
    """Promised for 15 Jan, expected for 15 Feb."""
    schedule = Schedule(
        starts_on=date(2026, 6, 1),
        baseline_finish_on=date(2027, 1, 15),
        forecast_finish_on=date(2027, 2, 15),
        slip_days=31,
        spi_t=0.83,
        earned_schedule_on=date(2026, 10, 12),
        overdue_milestones=0,
        p50_finish_on=None,
        p80_finish_on=None,
        promises=Promises(kept=3, due=5),
        median_days_late=None,
    )
    return schedule._replace(**changes)


def forgotten(key: str = "crm-migration", **changes: Any) -> Assessment:
    """An active engagement that is off track because nobody has talked about it for 23 days."""
    contact = a_contact(
        last_on=date(2026, 10, 28),
        days_since=23,
        state="forgotten",
        due_on=date(2026, 11, 4),
        silent_after=date(2026, 11, 6),
        forgotten_after=date(2026, 11, 13),
    )
    return an_assessment(key, **{"status": "off_track", "contact": contact, "warnings": (a_warning(),), **changes})


def a_portfolio(*assessments: Assessment, as_of: date = FRIDAY, revision: int = 1) -> Portfolio:
    """Engagements as of a day, in the order of their keys."""
    return Portfolio(as_of=as_of, revision=revision, engagements=tuple(sorted(assessments, key=lambda a: a.engagement)))
