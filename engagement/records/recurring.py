"""What comes again and again: the series of retainers."""

from datetime import date
from decimal import Decimal
from typing import Final, get_args

from sqlalchemy import select

from engagement.assessment.values import Every
from engagement.records import schema
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import writing
from engagement.records.numbers import Unfit, millionths
from engagement.records.plan_changes import Changed, put_down
from engagement.records.series import LONGEST

_SERIES: Final = table_of(schema.Series)


def add_series(
    database: Database,
    author: Author,
    engagement: str,
    series: str,
    name: str,
    *,
    every: Every,
    due_day: int,
    value: Decimal | None = None,
    from_on: date | None = None,
) -> None:
    """Adds something that comes every week, month or quarter, on a day of it counted from 1.

    Raises `Refused` for a key that is taken and a day that the period has not.
    """
    with writing(database, author) as form:
        number = form.engagement(engagement)
        key = form.said("series", series)
        row = {"key": key, "name": form.said("name", name), "every": every, "due_day": due_day}
        known = select(_SERIES.c.id).where(_SERIES.c.engagement_id == number, _SERIES.c.key == key)
        if form.connection.scalar(known) is not None:
            form.refuse("series", f'There is a series "{key}" already.', "Choose another key.")
        if every not in get_args(Every):
            form.refuse("every", f'"{every}" is not a choice here.', f"Choose one of: {', '.join(get_args(Every))}.")
        elif not 1 <= due_day <= LONGEST[every]:
            form.refuse("due_day", f"No {every} has a day {due_day}.", f"Write 1 to {LONGEST[every]}.")
        amount = None
        try:
            amount = None if value is None else millionths(value)
        except Unfit as error:
            form.refuse("value", error.what, error.remedy)
        form.add(_SERIES, engagement_id=number, **row, value=amount, from_on=from_on)
        put_down(form.transaction, [Changed(number, key, "added", author.today)])
        form.transaction.touch(number)
        form.note("add series", engagement, subject=series, after={**row, "value": value, "from_on": from_on})
