"""The vendor's word that it agrees to the plan."""

from datetime import date
from typing import Final

from sqlalchemy import Connection

from engagement.assessment.values import Confirmation
from engagement.records import schema_later
from engagement.records.belonging import latest_first
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import text_or_none, writing

_CONFIRMATION: Final = table_of(schema_later.Confirmation)


def confirm_plan(
    database: Database,
    author: Author,
    engagement: str,
    plan_version: int,
    *,
    confirmed_on: date,
    confirmed_by: str | None = None,
) -> None:
    """Records that the vendor agreed to a version of the plan. Saying the same again records nothing more.

    Raises `Refused` for a version below 1 and a day still to come.
    """
    with writing(database, author) as form:
        number = form.engagement(engagement)
        form.at_least(1, "plan_version", plan_version)
        form.past("confirmed_on", confirmed_on)
        form.check()
        row = {"plan_version": plan_version, "confirmed_on": confirmed_on, "confirmed_by": text_or_none(confirmed_by)}
        if form.known(_CONFIRMATION, engagement_id=number, **row):
            return
        form.add(_CONFIRMATION, engagement_id=number, **row)
        form.transaction.touch(number)
        form.note("confirm plan", engagement, after=row)


def confirmations(connection: Connection, engagement: str) -> tuple[Confirmation, ...]:
    """The vendor's confirmations of the plan of an engagement, the latest first."""
    query = latest_first(_CONFIRMATION, Confirmation._fields, "confirmed_on", engagement)
    return tuple(Confirmation(*row) for row in connection.execute(query))
