"""Those who do the work, and how well they were looked at before."""

from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection, Select, select, update

from engagement.records import schema
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import text_or_none, writing

_VENDOR: Final = table_of(schema.Vendor)
_TERMS: Final = table_of(schema.Terms)


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


def vet(
    database: Database,
    author: Author,
    vendor: str,
    *,
    interviewed_on: date | None,
    references_checked: int | None,
    contract_signed_on: date | None,
    chosen_because: str | None,
) -> None:
    """Replaces what is recorded of how a vendor was looked at; every engagement it ever had is judged again.

    Raises `Refused` for an unknown vendor, days still to come and a negative number of references.
    """
    with writing(database, author) as form:
        row = {
            "interviewed_on": interviewed_on,
            "references_checked": references_checked,
            "contract_signed_on": contract_signed_on,
            "chosen_because": text_or_none(chosen_because),
        }
        query = select(_VENDOR.c.id, *[_VENDOR.c[name] for name in row]).where(_VENDOR.c.name == vendor)
        found = form.connection.execute(query).mappings().one_or_none()
        if found is None:
            form.refuse("vendor", f'There is no vendor "{vendor}".', "Choose one that is recorded.")
        for column, day in (("interviewed_on", interviewed_on), ("contract_signed_on", contract_signed_on)):
            if day is not None:
                form.past(column, day)
        form.at_least(0, "references_checked", references_checked)
        form.check()
        if found is None or all(found[name] == value for name, value in row.items()):
            return
        form.connection.execute(update(_VENDOR).where(_VENDOR.c.id == found["id"]).values(row))
        form.transaction.touch(*form.connection.scalars(engagements_of(found["id"])))
        form.note("vet", None, subject=vendor, before={name: found[name] for name in row}, after=row)


def engagements_of(vendor: int) -> Select[int]:
    """The engagements that a vendor has or ever had."""
    return select(_TERMS.c.engagement_id).where(_TERMS.c.vendor_id == vendor).distinct()
