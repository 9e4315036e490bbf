"""The tables. What people told us is appended: a correction is a new row that names the row it replaces.

Money and hours are whole millionths, so that both databases add them exactly; shares are 0 to 1. ``id`` is given by the
writing transaction, which alone may write. ``place`` orders rows of the same day: a correction keeps the place of the
row it replaces. Later tables, from metrics on, are in `schema_later`; what all of
them are made of is in `schema_base`.
"""

from datetime import date, datetime
from typing import get_args

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engagement.assessment import values
from engagement.records.schema_base import Base, Id, OfEngagement, OfMilestone, Place, not_negative, one_of, where

ROLES = ("owner", "lead", "executive", "admin")

CURRENT = "replaced_at IS NULL"
"""Rows that no correction replaces."""
CONTACT = f"side = 'us' AND channel <> 'report' AND {CURRENT}"
LIVE = f"side = 'us' AND channel IN ('in_person', 'video', 'call') AND {CURRENT}"
DECLARED = f"side = 'us' AND declared_status IS NOT NULL AND {CURRENT}"
GIVEN = f"feedback_given IS NOT NULL AND {CURRENT}"
TAKEN = f"feedback_received IS NOT NULL AND {CURRENT}"
LOGGED = f"imported = false AND {CURRENT}"
"""Conditions of partial indexes, which queries must repeat word for word to be served by them."""
SETTLED = "side = 'vendor' AND kind <> 'question' AND closed_on IS NOT NULL AND promised_on IS NOT NULL"
"""The vendor's promises that are settled."""


class Revision(Base):
    """The data version: one row. ``everything`` is the last one at which all has to be read again."""

    __tablename__ = "revision"
    __table_args__ = (CheckConstraint("id = 1", name="single"), one_of("origin", ("own", "sample")))
    id: Mapped[Id]
    current: Mapped[int]
    everything: Mapped[int]
    origin: Mapped[str | None]


class Person(Base):
    """Somebody on our side."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("email"), one_of("role", ROLES))
    id: Mapped[Id]
    email: Mapped[str]
    name: Mapped[str | None]
    role: Mapped[str | None]


class Vendor(Base):
    """Who does the work."""

    __tablename__ = "vendor"
    __table_args__ = (UniqueConstraint("name"), *not_negative("references_checked"))
    id: Mapped[Id]
    name: Mapped[str]
    contact_name: Mapped[str | None]
    contact_email: Mapped[str | None]
    contact_phone: Mapped[str | None]
    interviewed_on: Mapped[date | None]
    references_checked: Mapped[int | None]
    contract_signed_on: Mapped[date | None]
    chosen_because: Mapped[str | None]
    notes: Mapped[str | None]


class Engagement(Base):
    """Work that was handed out. What was agreed about it is in its terms."""

    __tablename__ = "engagement"
    __table_args__ = (UniqueConstraint("key"), Index("ix_engagement_revision", "revision"))
    id: Mapped[Id]
    key: Mapped[str]
    closed_on: Mapped[date | None]
    revision: Mapped[int]


class Terms(Base):
    """What was agreed about an engagement, from a day on; the first terms hold from the beginning."""

    __tablename__ = "terms"
    __table_args__ = (
        UniqueConstraint("engagement_id", "from_on"),
        where("uq_terms_first", "from_on IS NULL", "engagement_id", unique=True),
        one_of("tier", get_args(values.Tier)),
        one_of("contract", get_args(values.Contract)),
        one_of("status", get_args(values.RecordedStatus)),
        *not_negative("budget", "rate", "in_house_cost", "committed_hours_per_week"),
        *not_negative("cadence_days", "grace_days"),
    )
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    from_on: Mapped[date | None]
    name: Mapped[str]
    vendor_id: Mapped[int] = mapped_column(ForeignKey("vendor.id"), index=True)
    category: Mapped[str | None]
    goal: Mapped[str | None]
    scope: Mapped[str | None]
    owner: Mapped[str | None]
    lead: Mapped[str | None]
    deputy: Mapped[str | None]
    tier: Mapped[str | None]
    contract: Mapped[str]
    currency: Mapped[str]
    budget: Mapped[int | None]
    rate: Mapped[int | None]
    in_house_cost: Mapped[int | None]
    committed_hours_per_week: Mapped[int | None]
    country: Mapped[str | None]
    recorded_on: Mapped[date | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    cadence_days: Mapped[int | None]
    grace_days: Mapped[int | None]
    status: Mapped[str]


class Pause(Base):
    """A stretch in which the work rests; ``until_on`` is the day it goes on."""

    __tablename__ = "pause"
    __table_args__ = (
        Index("ix_pause_engagement_id_from_on", "engagement_id", "from_on"),
        CheckConstraint("until_on >= from_on", name="order"),
    )
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    from_on: Mapped[date]
    until_on: Mapped[date]


class Series(Base):
    """A deliverable of a retainer that comes again and again."""

    __tablename__ = "series"
    __table_args__ = (
        UniqueConstraint("engagement_id", "key"),
        one_of("every", get_args(values.Every)),
        CheckConstraint("due_day BETWEEN 1 AND 92", name="due_day"),
        *not_negative("value"),
    )
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    key: Mapped[str]
    name: Mapped[str]
    every: Mapped[str]
    due_day: Mapped[int]
    value: Mapped[int | None]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]


class Milestone(Base):
    """A promised result. ``due_on``, the first promise, never changes once it is recorded."""

    __tablename__ = "milestone"
    __table_args__ = (
        UniqueConstraint("engagement_id", "key"),
        ForeignKeyConstraint(["engagement_id", "series"], ["series.engagement_id", "series.key"]),
        *not_negative("weight", "value"),
    )
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    key: Mapped[str]
    name: Mapped[str]
    series: Mapped[str | None]
    priority: Mapped[str | None]
    weight: Mapped[float | None]
    value: Mapped[int | None]
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    cancelled_on: Mapped[date | None]
    acceptance_criteria: Mapped[str | None]
    first_paid_on: Mapped[date | None]
    """Of the first payment booked to it that is no deposit. Kept by `totals`."""


class Baseline(Base):
    """A new agreed date for a milestone."""

    __tablename__ = "baseline"
    __table_args__ = (Index("ix_baseline_milestone_id_set_on_place", "milestone_id", "set_on", "place"),)
    id: Mapped[Id]
    milestone_id: Mapped[OfMilestone]
    place: Mapped[Place]
    set_on: Mapped[date]
    due_on: Mapped[date]
    reason: Mapped[str | None]
    approved_by: Mapped[str | None]


class ProgressReport(Base):
    """What somebody said of a milestone: how far it is, when it will be done, or both."""

    __tablename__ = "progress_report"
    __table_args__ = (
        Index("ix_progress_report_said", "milestone_id", "reported_on", "place"),
        where("ix_progress_report_share", "share IS NOT NULL", "milestone_id", "reported_on", "place", "id"),
        where("ix_progress_report_forecast", "forecast_on IS NOT NULL", "milestone_id", "reported_on", "place", "id"),
        CheckConstraint("share BETWEEN 0 AND 1", name="share"),
        one_of("side", get_args(values.Side)),
    )
    id: Mapped[Id]
    milestone_id: Mapped[OfMilestone]
    place: Mapped[Place]
    reported_on: Mapped[date]
    share: Mapped[float | None]
    forecast_on: Mapped[date | None]
    side: Mapped[str | None]
    by: Mapped[str | None]


class Delivery(Base):
    """A milestone was handed over, and perhaps decided on."""

    __tablename__ = "delivery"
    __table_args__ = (
        where("uq_delivery_current", CURRENT, "milestone_id", "delivered_on", unique=True),
        UniqueConstraint("replaces_id"),
        one_of("outcome", get_args(values.Outcome)),
    )
    id: Mapped[Id]
    milestone_id: Mapped[OfMilestone]
    delivered_on: Mapped[date]
    decided_on: Mapped[date | None]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"))
    replaced_at: Mapped[datetime | None]


class CheckIn(Base):
    """One exchange with the vendor. The prose comes last, where reading the rest does not touch it."""

    __tablename__ = "check_in"
    __table_args__ = (
        where("ix_check_in_held", CURRENT, "engagement_id", "held_on", "place", "id"),
        where("ix_check_in_contact", CONTACT, "engagement_id", "held_on", "place", "id"),
        where("ix_check_in_live", LIVE, "engagement_id", "held_on", "place", "id"),
        where("ix_check_in_declared", DECLARED, "engagement_id", "held_on", "place", "id"),
        where("ix_check_in_given", GIVEN, "engagement_id", "held_on", "place", "id"),
        where("ix_check_in_taken", TAKEN, "engagement_id", "held_on", "place", "id"),
        where("ix_check_in_read", LOGGED, "engagement_id", "acknowledged_on", "held_on", "place"),
        UniqueConstraint("replaces_id"),
        one_of("channel", get_args(values.Channel)),
        one_of("side", get_args(values.Side)),
        one_of("declared_status", get_args(values.DeclaredStatus)),
    )
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    place: Mapped[Place]
    held_on: Mapped[date]
    channel: Mapped[str]
    side: Mapped[str]
    by: Mapped[str | None]
    declared_status: Mapped[str | None]
    next_on: Mapped[date | None]
    recorded_on: Mapped[date | None]
    acknowledged_on: Mapped[date | None]
    acknowledged_by: Mapped[str | None]
    imported: Mapped[bool]
    recorded_at: Mapped[datetime]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("check_in.id"))
    replaced_at: Mapped[datetime | None]
    feedback_given: Mapped[str | None]
    feedback_received: Mapped[str | None]
    attendees: Mapped[str | None]
    notes: Mapped[str | None]


class Action(Base):
    """Something one side said it would do, an issue or a question. ``promised_on`` is its first due date."""

    __tablename__ = "action"
    __table_args__ = (
        UniqueConstraint("engagement_id", "title", "raised_on"),
        Index("ix_action_closed", "engagement_id", "closed_on"),
        where("ix_action_settled", "settled_on IS NOT NULL", "engagement_id", "settled_on", "id"),
        where("ix_action_promised", "settled_on IS NOT NULL", "engagement_id", "promised_on", "settled_on"),
        one_of("kind", get_args(values.ActionKind)),
        one_of("side", get_args(values.Side)),
    )
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    kind: Mapped[str]
    side: Mapped[str | None]
    assignee: Mapped[str | None]
    raised_on: Mapped[date]
    due_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    title: Mapped[str]
    settled_on: Mapped[date | None]
    """For the running totals of `totals`: the day of a settled promise, and how many were kept and due so far."""
    kept_so_far: Mapped[int | None]
    due_so_far: Mapped[int | None]


class Spend(Base):
    """Money paid or owed, and hours."""

    __tablename__ = "spend"
    __table_args__ = (
        Index("ix_spend_so_far", "engagement_id", "deposit", "spent_on", "id"),
        Index("ix_spend_spent", "engagement_id", "spent_on"),
        *not_negative("amount", "hours"),
    )
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    spent_on: Mapped[date]
    amount: Mapped[int]
    hours: Mapped[int | None]
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id"))
    deposit: Mapped[bool]
    reference: Mapped[str | None]
    total_so_far: Mapped[int | None]
    """What was spent up to and with this payment, deposits and the rest apart. Kept by `totals`."""
    hours_so_far: Mapped[int | None]
    """The same of the hours; None where none were ever booked."""
