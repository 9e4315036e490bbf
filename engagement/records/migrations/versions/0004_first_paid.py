"""When a milestone was first paid; running hours; feedback and what has been read, by index."""

from alembic import op
from sqlalchemy import BigInteger, Column, Date, Integer, text

revision = "0004"
down_revision = "0003"

whole = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("milestone", Column("first_paid_on", Date()))
    op.add_column("spend", Column("hours_so_far", whole))
    talk = ["engagement_id", "held_on", "place", "id"]
    _partial("ix_check_in_given", talk, "feedback_given IS NOT NULL AND replaced_at IS NULL")
    _partial("ix_check_in_taken", talk, "feedback_received IS NOT NULL AND replaced_at IS NULL")
    read = ["engagement_id", "acknowledged_on", "held_on", "place"]
    _partial("ix_check_in_read", read, "imported = false AND replaced_at IS NULL")
    op.execute(
        "UPDATE milestone SET first_paid_on = paid.first_on FROM (SELECT milestone_id, min(spent_on) AS first_on "
        "FROM spend WHERE milestone_id IS NOT NULL AND deposit = false AND amount > 0 GROUP BY milestone_id) AS paid "
        "WHERE paid.milestone_id = milestone.id"
    )
    op.execute(
        "UPDATE spend SET hours_so_far = counted.hours FROM (SELECT id, sum(hours) OVER "
        "(PARTITION BY engagement_id, deposit ORDER BY spent_on, id) AS hours FROM spend) AS counted "
        "WHERE counted.id = spend.id"
    )


def _partial(name: str, columns: list[str], condition: str) -> None:
    where = text(condition)
    op.create_index(name, "check_in", columns, sqlite_where=where, postgresql_where=where)
