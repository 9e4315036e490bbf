"""Those who do the work."""

from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from engagement.records import schema
from engagement.records.database import table_of

_VENDOR: Final = table_of(schema.Vendor)


class Vendor(NamedTuple):
    """Who does the work, and how to reach them."""

    name: str
    contact_name: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None
    interviewed_on: date | None = None
    references_checked: int | None = None
    contract_signed_on: date | None = None
    chosen_because: str | None = None
    notes: str | None = None


def vendors(connection: Connection) -> tuple[Vendor, ...]:
    """Every vendor, by name."""
    rows = connection.execute(select(*[_VENDOR.c[name] for name in Vendor._fields]))
    return tuple(sorted((Vendor(*row) for row in rows), key=lambda vendor: vendor.name.casefold()))
