"""What was agreed and what happened."""

from alembic import op
from sqlalchemy import (
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

revision = "0001"
down_revision = None

whole = BigInteger().with_variant(Integer(), "sqlite")
moment = DateTime(timezone=True)


def where(name: str, table: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    """A partial index."""
    op.create_index(name, table, columns, unique=unique, sqlite_where=text(condition), postgresql_where=text(condition))


def upgrade() -> None:
    _agreed()
    _happened()
    op.execute("INSERT INTO revision (id, current, everything) VALUES (1, 0, 0)")


def _agreed() -> None:
    op.create_table(
        "revision",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("current", whole, nullable=False),
        Column("everything", whole, nullable=False),
        Column("origin", Text()),
        PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        CheckConstraint("origin IN ('own', 'sample')", name=op.f("ck_revision_origin")),
        CheckConstraint("id = 1", name=op.f("ck_revision_single")),
    )

    op.create_table(
        "person",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("email", Text(), nullable=False),
        Column("name", Text()),
        Column("role", Text()),
        PrimaryKeyConstraint("id", name=op.f("pk_person")),
        CheckConstraint("role IN ('owner', 'lead', 'executive', 'admin')", name=op.f("ck_person_role")),
        UniqueConstraint("email", name=op.f("uq_person_email")),
    )

    op.create_table(
        "vendor",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("name", Text(), nullable=False),
        Column("contact_name", Text()),
        Column("contact_email", Text()),
        Column("contact_phone", Text()),
        Column("interviewed_on", Date()),
        Column("references_checked", whole),
        Column("contract_signed_on", Date()),
        Column("chosen_because", Text()),
        Column("notes", Text()),
        PrimaryKeyConstraint("id", name=op.f("pk_vendor")),
        CheckConstraint("references_checked >= 0", name=op.f("ck_vendor_references_checked")),
        UniqueConstraint("name", name=op.f("uq_vendor_name")),
    )

    op.create_table(
        "engagement",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("key", Text(), nullable=False),
        Column("closed_on", Date()),
        Column("revision", whole, nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_engagement")),
        UniqueConstraint("key", name=op.f("uq_engagement_key")),
    )
    op.create_index("ix_engagement_revision", "engagement", ["revision"])

    op.create_table(
        "terms",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("from_on", Date()),
        Column("name", Text(), nullable=False),
        Column("vendor_id", whole, nullable=False),
        Column("category", Text()),
        Column("goal", Text()),
        Column("scope", Text()),
        Column("owner", Text()),
        Column("lead", Text()),
        Column("deputy", Text()),
        Column("tier", Text()),
        Column("contract", Text(), nullable=False),
        Column("currency", Text(), nullable=False),
        Column("budget", whole),
        Column("rate", whole),
        Column("in_house_cost", whole),
        Column("committed_hours_per_week", whole),
        Column("country", Text()),
        Column("recorded_on", Date()),
        Column("starts_on", Date(), nullable=False),
        Column("ends_on", Date()),
        Column("cadence_days", whole),
        Column("grace_days", whole),
        Column("status", Text(), nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_terms")),
        CheckConstraint("budget >= 0", name=op.f("ck_terms_budget")),
        CheckConstraint("cadence_days >= 0", name=op.f("ck_terms_cadence_days")),
        CheckConstraint("committed_hours_per_week >= 0", name=op.f("ck_terms_committed_hours_per_week")),
        CheckConstraint("contract IN ('fixed', 'hourly', 'retainer')", name=op.f("ck_terms_contract")),
        CheckConstraint("grace_days >= 0", name=op.f("ck_terms_grace_days")),
        CheckConstraint("in_house_cost >= 0", name=op.f("ck_terms_in_house_cost")),
        CheckConstraint("rate >= 0", name=op.f("ck_terms_rate")),
        CheckConstraint("status IN ('draft', 'active', 'paused', 'closed')", name=op.f("ck_terms_status")),
        CheckConstraint("tier IN ('high', 'standard', 'low')", name=op.f("ck_terms_tier")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_terms_engagement_id")),
        ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name=op.f("fk_terms_vendor_id")),
        UniqueConstraint("engagement_id", "from_on", name=op.f("uq_terms_engagement_id_from_on")),
    )
    op.create_index("ix_terms_vendor_id", "terms", ["vendor_id"])
    where("uq_terms_first", "terms", ["engagement_id"], "from_on IS NULL", unique=True)

    op.create_table(
        "pause",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("from_on", Date(), nullable=False),
        Column("until_on", Date(), nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_pause")),
        CheckConstraint("until_on >= from_on", name=op.f("ck_pause_order")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_pause_engagement_id")),
    )
    op.create_index("ix_pause_engagement_id_from_on", "pause", ["engagement_id", "from_on"])

    op.create_table(
        "series",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("key", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("every", Text(), nullable=False),
        Column("due_day", whole, nullable=False),
        Column("value", whole),
        Column("from_on", Date()),
        Column("until_on", Date()),
        PrimaryKeyConstraint("id", name=op.f("pk_series")),
        CheckConstraint("due_day BETWEEN 1 AND 92", name=op.f("ck_series_due_day")),
        CheckConstraint("every IN ('week', 'month', 'quarter')", name=op.f("ck_series_every")),
        CheckConstraint("value >= 0", name=op.f("ck_series_value")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_series_engagement_id")),
        UniqueConstraint("engagement_id", "key", name=op.f("uq_series_engagement_id_key")),
    )

    op.create_table(
        "milestone",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("key", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("series", Text()),
        Column("priority", Text()),
        Column("weight", Double()),
        Column("value", whole),
        Column("starts_on", Date()),
        Column("due_on", Date()),
        Column("cancelled_on", Date()),
        Column("acceptance_criteria", Text()),
        PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        CheckConstraint("value >= 0", name=op.f("ck_milestone_value")),
        CheckConstraint("weight >= 0", name=op.f("ck_milestone_weight")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_milestone_engagement_id")),
        ForeignKeyConstraint(
            ["engagement_id", "series"],
            ["series.engagement_id", "series.key"],
            name=op.f("fk_milestone_engagement_id_series"),
        ),
        UniqueConstraint("engagement_id", "key", name=op.f("uq_milestone_engagement_id_key")),
    )


def _happened() -> None:
    op.create_table(
        "baseline",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("milestone_id", whole, nullable=False),
        Column("place", whole, nullable=False),
        Column("set_on", Date(), nullable=False),
        Column("due_on", Date(), nullable=False),
        Column("reason", Text()),
        Column("approved_by", Text()),
        PrimaryKeyConstraint("id", name=op.f("pk_baseline")),
        ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_baseline_milestone_id")),
    )
    op.create_index("ix_baseline_milestone_id_set_on_place", "baseline", ["milestone_id", "set_on", "place"])

    op.create_table(
        "progress_report",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("milestone_id", whole, nullable=False),
        Column("place", whole, nullable=False),
        Column("reported_on", Date(), nullable=False),
        Column("share", Double()),
        Column("forecast_on", Date()),
        Column("side", Text()),
        Column("by", Text()),
        PrimaryKeyConstraint("id", name=op.f("pk_progress_report")),
        CheckConstraint("share BETWEEN 0 AND 1", name=op.f("ck_progress_report_share")),
        CheckConstraint("side IN ('us', 'vendor')", name=op.f("ck_progress_report_side")),
        ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_progress_report_milestone_id")),
    )
    op.create_index("ix_progress_report_said", "progress_report", ["milestone_id", "reported_on", "place"])
    where(
        "ix_progress_report_forecast",
        "progress_report",
        ["milestone_id", "reported_on", "place", "id"],
        "forecast_on IS NOT NULL",
    )
    where(
        "ix_progress_report_share",
        "progress_report",
        ["milestone_id", "reported_on", "place", "id"],
        "share IS NOT NULL",
    )

    op.create_table(
        "delivery",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("milestone_id", whole, nullable=False),
        Column("delivered_on", Date(), nullable=False),
        Column("decided_on", Date()),
        Column("outcome", Text()),
        Column("reason", Text()),
        Column("replaces_id", whole),
        Column("replaced_at", moment),
        PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        CheckConstraint("outcome IN ('accepted', 'rejected')", name=op.f("ck_delivery_outcome")),
        ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_delivery_milestone_id")),
        ForeignKeyConstraint(["replaces_id"], ["delivery.id"], name=op.f("fk_delivery_replaces_id")),
        UniqueConstraint("replaces_id", name=op.f("uq_delivery_replaces_id")),
    )
    where("uq_delivery_current", "delivery", ["milestone_id", "delivered_on"], "replaced_at IS NULL", unique=True)

    op.create_table(
        "check_in",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("place", whole, nullable=False),
        Column("held_on", Date(), nullable=False),
        Column("channel", Text(), nullable=False),
        Column("side", Text(), nullable=False),
        Column("by", Text()),
        Column("declared_status", Text()),
        Column("next_on", Date()),
        Column("recorded_on", Date()),
        Column("acknowledged_on", Date()),
        Column("acknowledged_by", Text()),
        Column("imported", Boolean(), nullable=False),
        Column("recorded_at", moment, nullable=False),
        Column("replaces_id", whole),
        Column("replaced_at", moment),
        Column("feedback_given", Text()),
        Column("feedback_received", Text()),
        Column("attendees", Text()),
        Column("notes", Text()),
        PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        CheckConstraint(
            "channel IN ('in_person', 'video', 'call', 'chat', 'email', 'report')", name=op.f("ck_check_in_channel")
        ),
        CheckConstraint(
            "declared_status IN ('on_track', 'at_risk', 'off_track')", name=op.f("ck_check_in_declared_status")
        ),
        CheckConstraint("side IN ('us', 'vendor')", name=op.f("ck_check_in_side")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_check_in_engagement_id")),
        ForeignKeyConstraint(["replaces_id"], ["check_in.id"], name=op.f("fk_check_in_replaces_id")),
        UniqueConstraint("replaces_id", name=op.f("uq_check_in_replaces_id")),
    )
    where("ix_check_in_held", "check_in", ["engagement_id", "held_on", "place", "id"], "replaced_at IS NULL")
    where(
        "ix_check_in_contact",
        "check_in",
        ["engagement_id", "held_on", "place", "id"],
        "side = 'us' AND channel <> 'report' AND replaced_at IS NULL",
    )
    where(
        "ix_check_in_declared",
        "check_in",
        ["engagement_id", "held_on", "place", "id"],
        "side = 'us' AND declared_status IS NOT NULL AND replaced_at IS NULL",
    )
    where(
        "ix_check_in_live",
        "check_in",
        ["engagement_id", "held_on", "place", "id"],
        "side = 'us' AND channel IN ('in_person', 'video', 'call') AND replaced_at IS NULL",
    )

    op.create_table(
        "action",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("kind", Text(), nullable=False),
        Column("side", Text()),
        Column("assignee", Text()),
        Column("raised_on", Date(), nullable=False),
        Column("due_on", Date()),
        Column("closed_on", Date()),
        Column("promised_on", Date()),
        Column("title", Text(), nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_action")),
        CheckConstraint("kind IN ('action', 'issue', 'question')", name=op.f("ck_action_kind")),
        CheckConstraint("side IN ('us', 'vendor')", name=op.f("ck_action_side")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_action_engagement_id")),
        UniqueConstraint("engagement_id", "title", "raised_on", name=op.f("uq_action_engagement_id_title_raised_on")),
    )
    op.create_index("ix_action_closed", "action", ["engagement_id", "closed_on"])
    where(
        "ix_action_settled",
        "action",
        ["engagement_id", "closed_on", "promised_on", "raised_on"],
        "side = 'vendor' AND kind <> 'question' AND closed_on IS NOT NULL AND promised_on IS NOT NULL",
    )

    op.create_table(
        "spend",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("spent_on", Date(), nullable=False),
        Column("amount", whole, nullable=False),
        Column("hours", whole),
        Column("milestone_id", whole),
        Column("deposit", Boolean(), nullable=False),
        Column("reference", Text()),
        PrimaryKeyConstraint("id", name=op.f("pk_spend")),
        CheckConstraint("amount >= 0", name=op.f("ck_spend_amount")),
        CheckConstraint("hours >= 0", name=op.f("ck_spend_hours")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_spend_engagement_id")),
        ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_spend_milestone_id")),
    )
    op.create_index("ix_spend_summed", "spend", ["engagement_id", "spent_on", "deposit", "amount"])
