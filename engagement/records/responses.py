"""Warnings that a person took in hand."""

from datetime import date, timedelta
from typing import Final

from engagement.records import schema_later
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import text_or_none, writing
from engagement.records.merge_checks import LONGEST_IN_HAND

_RESPONSE: Final = table_of(schema_later.Response)


def take_in_hand(
    database: Database,
    author: Author,
    engagement: str,
    rule: str,
    plan: str,
    *,
    assignee: str | None,
    said_on: date,
    until_on: date,
) -> None:
    """Says what is being done about a warning, by whom, and until when: at most 30 days.

    Raises `Refused` for an empty plan and for a day outside those 30.
    """
    with writing(database, author) as form:
        number = form.engagement(engagement)
        form.past("said_on", said_on)
        row = {"rule": form.said("rule", rule), "plan": form.said("plan", plan), "assignee": text_or_none(assignee)}
        if not said_on <= until_on <= said_on + LONGEST_IN_HAND:
            latest = said_on + timedelta(days=LONGEST_IN_HAND.days)
            what = f"{until_on.isoformat()} is not within 30 days."
            form.refuse("until_on", what, f"Choose a day up to {latest.isoformat()}.")
        form.add(_RESPONSE, engagement_id=number, said_on=said_on, until_on=until_on, **row)
        form.transaction.touch(number)
        form.note("take in hand", engagement, subject=rule, after={**row, "said_on": said_on, "until_on": until_on})
