"""Work that looks abandoned, started again: a talk, and new dates for what was overdue."""

from collections.abc import Mapping
from datetime import date

from engagement.assessment.values import Channel
from engagement.records.check_ins import CheckInEntry, log, usual_channel
from engagement.records.database import Author, Database
from engagement.records.forms import writing
from engagement.records.milestones import agree


def start_again(
    database: Database,
    author: Author,
    engagement: str,
    talked_on: date,
    dates: Mapping[str, date],
    *,
    channel: Channel | None = None,
    notes: str | None = None,
    reason: str | None = None,
    approved_by: str | None = None,
) -> None:
    """Records the talk with which work begins anew and the dates agreed in it, by milestone; first promises stay.

    Without ``channel``, the way of our last contact. Raises `Refused` with every problem: of the talk, and of a date
    that is not after it, as ``due_on`` with the key of its milestone.
    """
    with writing(database, author) as form:
        way = channel or usual_channel(form.connection, engagement, author.today)
        for milestone, due_on in dates.items():
            if due_on <= talked_on:
                what = f"{due_on.isoformat()} is not after the talk, {talked_on.isoformat()}."
                form.refuse(f"due_on {milestone}", what, "Choose a later day.")
        log(form, CheckInEntry(engagement, talked_on, way, notes=notes))
        form.check()
        for milestone, due_on in dates.items():
            agree(form, engagement, milestone, due_on, reason=reason, approved_by=approved_by, set_on=talked_on)
