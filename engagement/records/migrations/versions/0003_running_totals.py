"""Running totals of payments and of settled promises."""

from alembic import op
from sqlalchemy import BigInteger, Column, Date, Integer, text

revision = "0003"
down_revision = "0002"

whole = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("action", Column("settled_on", Date()))
    op.add_column("action", Column("kept_so_far", whole))
    op.add_column("action", Column("due_so_far", whole))
    op.add_column("spend", Column("total_so_far", whole))
    op.drop_index("ix_action_settled", "action")
    op.drop_index("ix_spend_summed", "spend")
    _partial("ix_action_settled", ["engagement_id", "settled_on", "id"])
    _partial("ix_action_promised", ["engagement_id", "promised_on", "settled_on"])
    op.create_index("ix_spend_so_far", "spend", ["engagement_id", "deposit", "spent_on", "id"])
    op.create_index("ix_spend_spent", "spend", ["engagement_id", "spent_on"])
    _count()


def _partial(name: str, columns: list[str]) -> None:
    condition = text("settled_on IS NOT NULL")
    op.create_index(name, "action", columns, sqlite_where=condition, postgresql_where=condition)


def _count() -> None:
    op.execute(
        "UPDATE action SET settled_on = CASE WHEN closed_on < raised_on THEN raised_on ELSE closed_on END "
        "WHERE side = 'vendor' AND kind <> 'question' AND closed_on IS NOT NULL AND promised_on IS NOT NULL"
    )
    op.execute(
        "UPDATE action SET due_so_far = counted.due, kept_so_far = counted.kept FROM (SELECT id, "
        "count(*) OVER so_far AS due, sum(CASE WHEN closed_on <= promised_on THEN 1 ELSE 0 END) OVER so_far AS kept "
        "FROM action WHERE settled_on IS NOT NULL WINDOW so_far AS (PARTITION BY engagement_id "
        "ORDER BY settled_on, id)) AS counted WHERE counted.id = action.id"
    )
    op.execute(
        "UPDATE spend SET total_so_far = counted.total FROM (SELECT id, sum(amount) OVER "
        "(PARTITION BY engagement_id, deposit ORDER BY spent_on, id) AS total FROM spend) AS counted "
        "WHERE counted.id = spend.id"
    )
