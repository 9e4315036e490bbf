"""Money paid or owed, and hours."""

from datetime import date
from decimal import Decimal
from typing import Final

from engagement.records import schema
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import text_or_none, writing
from engagement.records.numbers import Unfit, millionths
from engagement.records.totals import count_spend

_SPEND: Final = table_of(schema.Spend)


def record_spend(
    database: Database,
    author: Author,
    engagement: str,
    spent_on: date,
    amount: Decimal,
    *,
    hours: Decimal | None = None,
    milestone: str | None = None,
    deposit: bool = False,
    reference: str | None = None,
) -> None:
    """Records a payment or an invoice in the engagement's currency. Two equal ones are two."""
    with writing(database, author) as form:
        number = form.engagement(engagement)
        form.past("spent_on", spent_on)
        kept: dict[str, int | None] = {}
        for column, value in (("amount", amount), ("hours", hours)):
            try:
                kept[column] = None if value is None else millionths(value)
            except Unfit as error:
                form.refuse(column, error.what, error.remedy)
        own = form.milestone(number, milestone) if milestone else None
        row = {"spent_on": spent_on, "deposit": deposit, "reference": text_or_none(reference)}
        form.add(_SPEND, engagement_id=number, milestone_id=own, **row, **kept)
        count_spend(form.connection, [number])
        form.transaction.touch(number)
        after = {**row, "amount": amount, "hours": hours, "milestone": milestone}
        form.note("record spend", engagement, after=after)
