"""What the form of a check-in reads: the vendor's engagements, their last words, and what was recorded last."""

from collections.abc import Sequence
from datetime import date

from engagement.assessment.results import Assessment
from engagement.pages import shell
from engagement.pages._log_form import ActionAsked, Form, of_vendor, section
from engagement.records.actions import open_actions
from engagement.records.check_ins import last_check_in


def form(assessments: Sequence[Assessment], vendor: str, today: date) -> Form:
    """The form for a vendor as of today."""
    about = of_vendor(assessments, vendor)
    keys = [one.engagement for one in about]
    histories = shell.overview().histories(keys, today)
    with shell.database().reading() as connection:
        actions = open_actions(connection, keys, today)
        last = {key: last_check_in(connection, key, today) for key in keys}
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
            last[one.engagement],
        )
        for one in about
    )
    return Form(vendor, sections, today)
