"""The tables of what is measured, answered and done about work, and of the program's own doings. See `schema`."""

from datetime import date, datetime
from typing import Any, get_args

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engagement.assessment import values
from engagement.records.schema_base import Base, Id, OfEngagement, Place, one_of, where


class Metric(Base):
    """What is measured to know whether the work is good or worth it."""

    __tablename__ = "metric"
    __table_args__ = (
        UniqueConstraint("engagement_id", "key"),
        one_of("kind", get_args(values.MetricKind)),
        one_of("direction", get_args(values.Direction)),
        CheckConstraint("interval_days > 0", name="interval_days"),
    )
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    key: Mapped[str]
    kind: Mapped[str]
    unit: Mapped[str | None]
    direction: Mapped[str | None]
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    interval_days: Mapped[int | None]


class Reading(Base):
    """A measured value of a metric."""

    __tablename__ = "reading"
    __table_args__ = (Index("ix_reading_read", "metric_id", "read_on", "place"),)
    id: Mapped[Id]
    metric_id: Mapped[int] = mapped_column(ForeignKey("metric.id"))
    place: Mapped[Place]
    read_on: Mapped[date]
    value: Mapped[float]


class PlanChange(Base):
    """A change of the plan of which nothing else keeps the day."""

    __tablename__ = "plan_change"
    __table_args__ = (
        UniqueConstraint("engagement_id", "changed_on", "milestone", "what"),
        one_of("what", get_args(values.PlanChangeKind)),
    )
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    changed_on: Mapped[date]
    milestone: Mapped[str]
    """Key of the milestone or of the series."""
    what: Mapped[str]


class Confirmation(Base):
    """The vendor agreed to a version of the plan."""

    __tablename__ = "confirmation"
    __table_args__ = (Index("ix_confirmation_engagement_id", "engagement_id"),)
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    plan_version: Mapped[int]
    confirmed_on: Mapped[date]
    confirmed_by: Mapped[str | None]


class Response(Base):
    """A person took a warning in hand: what is done about it, by whom, until when."""

    __tablename__ = "response"
    __table_args__ = (
        Index("ix_response_said", "engagement_id", "said_on", "place"),
        CheckConstraint("until_on >= said_on", name="until_on"),
    )
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    place: Mapped[Place]
    rule: Mapped[str]
    said_on: Mapped[date]
    plan: Mapped[str]
    assignee: Mapped[str | None]
    until_on: Mapped[date]


class Access(Base):
    """What the vendor was given access to."""

    __tablename__ = "access"
    __table_args__ = (Index("ix_access_engagement_id", "engagement_id"),)
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    what: Mapped[str]
    given_on: Mapped[date]
    revoked_on: Mapped[date | None]


class Retrospective(Base):
    """What was learned from a closed engagement."""

    __tablename__ = "retrospective"
    __table_args__ = (Index("ix_retrospective_engagement_id", "engagement_id"),)
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    written_on: Mapped[date]
    went_well: Mapped[str | None]
    went_badly: Mapped[str | None]
    would_hire_again: Mapped[bool | None]


class Limit(Base):
    """A threshold that was changed from a day on, for one engagement or, without one, for all."""

    __tablename__ = "limit"
    __table_args__ = (Index("ix_limit_set", "engagement_id", "set_on", "place"),)
    id: Mapped[Id]
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey("engagement.id"))
    place: Mapped[Place]
    name: Mapped[str]
    value: Mapped[float]
    set_on: Mapped[date]
    by: Mapped[str | None]
    reason: Mapped[str | None]


class Duplicate(Base):
    """Two engagements that have the same task on purpose."""

    __tablename__ = "duplicate"
    __table_args__ = (Index("ix_duplicate_engagement_id", "engagement_id"),)
    id: Mapped[Id]
    engagement_id: Mapped[OfEngagement]
    other_id: Mapped[OfEngagement]
    reason: Mapped[str | None]


class IssuedReport(Base):
    """A status pack as it was issued, frozen."""

    __tablename__ = "issued_report"
    id: Mapped[Id]
    issued_on: Mapped[date]
    kind: Mapped[str]
    by: Mapped[str | None]
    body: Mapped[dict[str, Any] | None]


class WarningChange(Base):
    """A warning opened, escalated or cleared: a row is its own outbox until it is sent."""

    __tablename__ = "warning_change"
    __table_args__ = (
        where("ix_warning_change_unsent", "sent_at IS NULL", "id"),
        Index("ix_warning_change_engagement_id", "engagement_id"),
        one_of("what", ("opened", "escalated", "cleared")),
        one_of("severity", get_args(values.Severity)),
    )
    id: Mapped[Id]
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey("engagement.id"))
    subject: Mapped[str | None]
    rule: Mapped[str]
    what: Mapped[str]
    severity: Mapped[str | None]
    on: Mapped[date]
    recorded_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class Draft(Base):
    """An unfinished form, one for each person and form."""

    __tablename__ = "draft"
    __table_args__ = (PrimaryKeyConstraint("person", "key"),)
    person: Mapped[str]
    key: Mapped[str]
    body: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class JobRun(Base):
    """A run of something the program does by itself."""

    __tablename__ = "job_run"
    __table_args__ = (Index("ix_job_run_job_started_at", "job", "started_at"),)
    id: Mapped[Id]
    job: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    good: Mapped[bool | None]
    detail: Mapped[str | None]


class AuditEntry(Base):
    """Who wrote what, when, and what stood there before."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_engagement", "engagement", "id"),)
    id: Mapped[Id]
    at: Mapped[datetime]
    by: Mapped[str]
    what: Mapped[str]
    engagement: Mapped[str | None]
    subject: Mapped[str | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    revision: Mapped[int]
