"""Warnings that a person took in hand."""

from datetime import date, timedelta
from typing import Final

from engagement.records import schema_later
from engagement.records.database import Author, Database, table_of
from engagement.records.forms import writing
from engagement.records.merge_checks import LONGEST_IN_HAND

_RESPONSE: Final = table_of(schema_later.Response)


def take_in_hand(
    database: Database,
    author: Author,
    engagement: str,
    *rules: str,
    plan: str,
    assignee: str | None,
    said_on: date,
    until_on: date,
) -> None:
    """Says what is being done about some warnings of an engagement, by whom, and until when: at most 30 days.

    All of them in one transaction. Raises `Refused` where no warning is named, nothing is being done, nobody does it,
    or the day lies outside those 30.
    """
    with writing(database, author) as form:
        number = form.engagement(engagement)
        form.past("said_on", said_on)
        if not rules:
            form.refuse("rule", "No warning is chosen.", "Choose at least one.")
        row = {"plan": form.said("plan", plan), "assignee": form.said("assignee", assignee)}
        if not said_on <= until_on <= said_on + LONGEST_IN_HAND:
            latest = said_on + timedelta(days=LONGEST_IN_HAND.days)
            what = f"{until_on.isoformat()} is not within 30 days."
            form.refuse("until_on", what, f"Choose a day up to {latest.isoformat()}.")
        for rule in dict.fromkeys(rules):
            one = {"rule": form.said("rule", rule), **row, "said_on": said_on, "until_on": until_on}
            form.add(_RESPONSE, engagement_id=number, **one)
            form.note("take in hand", engagement, subject=rule, after=one)
        form.transaction.touch(number)
