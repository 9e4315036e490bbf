"""What is measured, answered and done about work, and the program's own doings."""

from alembic import op
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    text,
)

revision = "0002"
down_revision = "0001"

whole = BigInteger().with_variant(Integer(), "sqlite")
moment = DateTime(timezone=True)


def where(name: str, table: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    """A partial index."""
    op.create_index(name, table, columns, unique=unique, sqlite_where=text(condition), postgresql_where=text(condition))


def upgrade() -> None:
    _of_engagements()
    _of_the_program()


def _of_engagements() -> None:
    op.create_table(
        "access",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("what", Text(), nullable=False),
        Column("given_on", Date(), nullable=False),
        Column("revoked_on", Date()),
        PrimaryKeyConstraint("id", name=op.f("pk_access")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_access_engagement_id")),
    )
    op.create_index("ix_access_engagement_id", "access", ["engagement_id"])

    op.create_table(
        "confirmation",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("plan_version", whole, nullable=False),
        Column("confirmed_on", Date(), nullable=False),
        Column("confirmed_by", Text()),
        PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_confirmation_engagement_id")),
    )
    op.create_index("ix_confirmation_engagement_id", "confirmation", ["engagement_id"])

    op.create_table(
        "duplicate",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("other_id", whole, nullable=False),
        Column("reason", Text()),
        PrimaryKeyConstraint("id", name=op.f("pk_duplicate")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_duplicate_engagement_id")),
        ForeignKeyConstraint(["other_id"], ["engagement.id"], name=op.f("fk_duplicate_other_id")),
    )
    op.create_index("ix_duplicate_engagement_id", "duplicate", ["engagement_id"])

    op.create_table(
        "limit",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole),
        Column("place", whole, nullable=False),
        Column("name", Text(), nullable=False),
        Column("value", Double(), nullable=False),
        Column("set_on", Date(), nullable=False),
        Column("by", Text()),
        Column("reason", Text()),
        PrimaryKeyConstraint("id", name=op.f("pk_limit")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_limit_engagement_id")),
    )
    op.create_index("ix_limit_set", "limit", ["engagement_id", "set_on", "place"])

    op.create_table(
        "metric",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("key", Text(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("unit", Text()),
        Column("direction", Text()),
        Column("baseline", Double()),
        Column("target", Double()),
        Column("interval_days", whole),
        PrimaryKeyConstraint("id", name=op.f("pk_metric")),
        CheckConstraint("direction IN ('up', 'down')", name=op.f("ck_metric_direction")),
        CheckConstraint("interval_days > 0", name=op.f("ck_metric_interval_days")),
        CheckConstraint("kind IN ('benefit', 'quality')", name=op.f("ck_metric_kind")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_metric_engagement_id")),
        UniqueConstraint("engagement_id", "key", name=op.f("uq_metric_engagement_id_key")),
    )

    op.create_table(
        "response",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("place", whole, nullable=False),
        Column("rule", Text(), nullable=False),
        Column("said_on", Date(), nullable=False),
        Column("plan", Text(), nullable=False),
        Column("assignee", Text()),
        Column("until_on", Date(), nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_response")),
        CheckConstraint("until_on >= said_on", name=op.f("ck_response_until_on")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_response_engagement_id")),
    )
    op.create_index("ix_response_said", "response", ["engagement_id", "said_on", "place"])

    op.create_table(
        "retrospective",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("written_on", Date(), nullable=False),
        Column("went_well", Text()),
        Column("went_badly", Text()),
        Column("would_hire_again", Boolean()),
        PrimaryKeyConstraint("id", name=op.f("pk_retrospective")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_retrospective_engagement_id")),
    )
    op.create_index("ix_retrospective_engagement_id", "retrospective", ["engagement_id"])

    op.create_table(
        "warning_change",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole),
        Column("subject", Text()),
        Column("rule", Text(), nullable=False),
        Column("what", Text(), nullable=False),
        Column("severity", Text()),
        Column("on", Date(), nullable=False),
        Column("recorded_at", moment, nullable=False),
        Column("sent_at", moment),
        PrimaryKeyConstraint("id", name=op.f("pk_warning_change")),
        CheckConstraint("severity IN ('warning', 'critical')", name=op.f("ck_warning_change_severity")),
        CheckConstraint("what IN ('opened', 'escalated', 'cleared')", name=op.f("ck_warning_change_what")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_warning_change_engagement_id")),
    )
    op.create_index("ix_warning_change_engagement_id", "warning_change", ["engagement_id"])
    where("ix_warning_change_unsent", "warning_change", ["id"], "sent_at IS NULL")

    op.create_table(
        "reading",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("metric_id", whole, nullable=False),
        Column("place", whole, nullable=False),
        Column("read_on", Date(), nullable=False),
        Column("value", Double(), nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        ForeignKeyConstraint(["metric_id"], ["metric.id"], name=op.f("fk_reading_metric_id")),
    )
    op.create_index("ix_reading_read", "reading", ["metric_id", "read_on", "place"])


def _of_the_program() -> None:
    op.create_table(
        "audit_entry",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("at", moment, nullable=False),
        Column("by", Text(), nullable=False),
        Column("what", Text(), nullable=False),
        Column("engagement", Text()),
        Column("subject", Text()),
        Column("before", JSON()),
        Column("after", JSON()),
        Column("revision", whole, nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_engagement", "audit_entry", ["engagement", "id"])

    op.create_table(
        "draft",
        Column("person", Text(), nullable=False),
        Column("key", Text(), nullable=False),
        Column("body", JSON(), nullable=False),
        Column("saved_at", moment, nullable=False),
        PrimaryKeyConstraint("person", "key", name=op.f("pk_draft")),
    )

    op.create_table(
        "issued_report",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("issued_on", Date(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("by", Text()),
        Column("body", JSON()),
        PrimaryKeyConstraint("id", name=op.f("pk_issued_report")),
    )

    op.create_table(
        "job_run",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("job", Text(), nullable=False),
        Column("started_at", moment, nullable=False),
        Column("finished_at", moment),
        Column("good", Boolean()),
        Column("detail", Text()),
        PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
    )
    op.create_index("ix_job_run_job_started_at", "job_run", ["job", "started_at"])
