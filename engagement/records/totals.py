"""Running totals, kept with the rows they end at, so that "all until then" is one row and not a sum over a log.

A payment knows what was spent up to and with it, deposits and the rest apart. A settled promise of the vendor knows how
many were due and kept up to and with it. A milestone knows when it was first paid. Whoever writes such rows has all
of that counted again for their engagement.
"""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, TextClause, bindparam, text

from engagement.records.schema import SETTLED

MANY: Final = 500
"""Above this number of engagements the totals of all are counted again."""

_SETTLED_ON: Final = f"""
UPDATE action SET settled_on =
    CASE WHEN {SETTLED} THEN CASE WHEN closed_on < raised_on THEN raised_on ELSE closed_on END END
WHERE (settled_on IS NOT NULL OR closed_on IS NOT NULL){{0}}
"""  # noqa: S608 - the condition is one of the schema's
_PROMISES: Final = """
UPDATE action SET due_so_far = counted.due, kept_so_far = counted.kept
FROM (SELECT id, count(*) OVER so_far AS due,
             sum(CASE WHEN closed_on <= promised_on THEN 1 ELSE 0 END) OVER so_far AS kept
      FROM action WHERE settled_on IS NOT NULL{0}
      WINDOW so_far AS (PARTITION BY engagement_id ORDER BY settled_on, id)) AS counted
WHERE counted.id = action.id
"""
_SPEND: Final = """
UPDATE spend SET total_so_far = counted.total, hours_so_far = counted.hours
FROM (SELECT id, sum(amount) OVER so_far AS total, sum(hours) OVER so_far AS hours
      FROM spend WHERE amount IS NOT NULL{0}
      WINDOW so_far AS (PARTITION BY engagement_id, deposit ORDER BY spent_on, id)) AS counted
WHERE counted.id = spend.id
"""
_FIRST_PAID: Final = """
UPDATE milestone SET first_paid_on = paid.first_on
FROM (SELECT milestone_id, min(spent_on) AS first_on FROM spend
      WHERE milestone_id IS NOT NULL AND deposit = false AND amount > 0{0} GROUP BY milestone_id) AS paid
WHERE paid.milestone_id = milestone.id
      AND (milestone.first_paid_on IS NULL OR milestone.first_paid_on <> paid.first_on)
"""
"""Payments are never taken back, so that a milestone that was paid once stays so."""


def count_promises(connection: Connection, engagements: Collection[int]) -> None:
    """Counts the settled promises of some engagements again."""
    _run(connection, _SETTLED_ON, engagements)
    _run(connection, _PROMISES, engagements)


def count_spend(connection: Connection, engagements: Collection[int]) -> None:
    """Adds up the payments of some engagements again, and says when their milestones were first paid."""
    _run(connection, _SPEND, engagements)
    _run(connection, _FIRST_PAID, engagements)


def _run(connection: Connection, sql: str, engagements: Collection[int]) -> None:
    if len(engagements) > MANY:
        connection.execute(text(sql.format("")))
    elif engagements:
        connection.execute(_narrowed(sql), {"ids": list(engagements)})


def _narrowed(sql: str) -> TextClause:
    return text(sql.format(" AND engagement_id IN :ids")).bindparams(bindparam("ids", expanding=True))
