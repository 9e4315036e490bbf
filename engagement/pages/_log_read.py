"""What the form of a check-in reads: the vendor's engagements, their last words, and what was recorded last."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from engagement.assessment.values import Assessment
from engagement.pages import shell
from engagement.pages._log_form import ActionAsked, Form, defaults, of_vendor, section
from engagement.records.actions import open_actions
from engagement.records.check_ins import last_check_in


def form(assessments: Sequence[Assessment], vendor: str, today: date) -> Form:
    """The form for a vendor as of today."""
    about = of_vendor(assessments, vendor)
    keys = [one.engagement for one in about]
    histories = shell.overview().histories(keys, today)
    with shell.database().reading() as connection:
        actions = open_actions(connection, keys, today)
    sections = tuple(
        section(
            one,
            histories[one.engagement],
            [
                ActionAsked(action.id, action.title, action.kind, action.side, action.assignee, action.due_on)
                for action in actions
                if action.engagement == one.engagement
            ],
            today,
        )
        for one in about
    )
    return Form(vendor, sections, today)


def begin_with(asked: Form, wish: str | None) -> dict[str, Any]:
    """What the fields begin with: the channel and the company of the last check-in of any of them."""
    keys = [wish] if wish and asked.section(wish) else [section.engagement for section in asked.sections]
    with shell.database().reading() as connection:
        found = [last_check_in(connection, key, asked.today) for key in keys]
    known = [one for one in found if one is not None]
    last = max(known, key=lambda one: one.held_on) if known else None
    return defaults(asked, wish, last.channel if last else None, last.attendees if last else None)
