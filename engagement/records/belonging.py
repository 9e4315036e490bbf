"""What belongs to one engagement: the rows of a table, by the key of the engagement."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Select, Table, select

from engagement.records import schema
from engagement.records.database import table_of

_ENGAGEMENT: Final = table_of(schema.Engagement)


def rows_of(table: Table, columns: Iterable[str], engagement: str) -> Select[Any]:
    """Some columns of the rows of a table that belong to an engagement, in no order yet."""
    return (
        select(*[table.c[name] for name in columns])
        .join(_ENGAGEMENT, _ENGAGEMENT.c.id == table.c.engagement_id)
        .where(_ENGAGEMENT.c.key == engagement)
    )


def latest_first(table: Table, columns: Iterable[str], day: str, engagement: str) -> Select[Any]:
    """The same by the column of their day, the latest first; of one day the later recorded."""
    return rows_of(table, columns, engagement).order_by(table.c[day].desc(), table.c.id.desc())
