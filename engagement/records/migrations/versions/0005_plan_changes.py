"""On which day a plan was changed: milestones and series added later, and what is said of a milestone.

Of changes before this step the day is not known, or only to the audit: versions that vendors have confirmed keep their
numbers, and count on from here.
"""

from alembic import op
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0005"
down_revision = "0004"

whole = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "plan_change",
        Column("id", whole, autoincrement=False, nullable=False),
        Column("engagement_id", whole, nullable=False),
        Column("changed_on", Date(), nullable=False),
        Column("milestone", Text(), nullable=False),
        Column("what", Text(), nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_plan_change")),
        ForeignKeyConstraint(["engagement_id"], ["engagement.id"], name=op.f("fk_plan_change_engagement_id")),
        UniqueConstraint(
            "engagement_id",
            "changed_on",
            "milestone",
            "what",
            name=op.f("uq_plan_change_engagement_id_changed_on_milestone_what"),
        ),
        CheckConstraint(
            "what IN ('added', 'name', 'criteria', 'start', 'due', 'cancelled', 'taken_up')",
            name=op.f("ck_plan_change_what"),
        ),
    )
