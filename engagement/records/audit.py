"""Who wrote what, and when."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, select

from engagement.records import schema_later
from engagement.records.database import table_of

_AUDIT: Final = table_of(schema_later.AuditEntry)


class AuditEntry(NamedTuple):
    """One thing that was written."""

    at: datetime
    by: str
    what: str
    engagement: str | None
    subject: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    revision: int


def audit(connection: Connection, engagement: str | None = None, most: int = 200) -> tuple[AuditEntry, ...]:
    """What was written about an engagement (None: about anything), the latest first."""
    query = select(*[_AUDIT.c[name] for name in AuditEntry._fields]).order_by(_AUDIT.c.id.desc()).limit(most)
    if engagement is not None:
        query = query.where(_AUDIT.c.engagement == engagement)
    return tuple(AuditEntry(*row) for row in connection.execute(query))
