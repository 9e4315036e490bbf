"""Another day or another person for something that was agreed and is still open."""

from typing import Final

import streamlit as st

from engagement.assessment.results import Assessment
from engagement.assessment.wording import day
from engagement.errors import Problem, Refused
from engagement.pages import _engagement_form as form
from engagement.pages import identity, shell
from engagement.pages._engagement_form import Form
from engagement.pages.text import literal
from engagement.records.actions import OpenAction, change_action, open_actions
from engagement.records.database import Author


def _left(assessment: Assessment) -> dict[str, OpenAction]:
    """What is open, what is due first on top."""
    with shell.database().reading() as connection:
        found = open_actions(connection, [assessment.engagement], shell.as_of())
    return {str(one.id): one for one in found}


def _show(assessment: Assessment, about: str) -> None:
    known = _left(assessment)
    if not about:  # from the nudge, which is not about questions
        named = {number: _named(one) for number, one in known.items() if one.kind != "question"}
        form.pick("action", "What was agreed", named, next(iter(named), None))
    number = about or form.value("action")
    action = known.get(number or "")
    if action is not None:
        if about:
            st.markdown(f"**{literal(action.title)}**")
        due_on, who = _fields(action)
        form.on(due_on, "By when", action.due_on)
        form.complain(due_on)
        if action.promised_on is not None:
            st.caption(f"First promised for {day(action.promised_on, shell.as_of())}: that stays on record.")
        if action.side == "vendor":
            form.line(who, "Who", action.assignee, placeholder=form.NOT_RECORDED)
        else:
            form.person(who, "Who", action.assignee)


def _named(action: OpenAction) -> str:
    return f"{action.title} ({f'due {day(action.due_on, shell.as_of())}' if action.due_on else 'without a date'})"


def _fields(action: OpenAction) -> tuple[str, str]:
    """The fields of one action: of another one that is picked they are others."""
    return f"due_on_{action.id}", f"assignee_{action.id}"


def _entry(assessment: Assessment, about: str) -> identity.Record:
    if not about:
        form.needed(action="Nothing is chosen.")
    action = _left(assessment).get(about or form.value("action"))
    if action is None:
        raise Refused((Problem("It is not open any more.", "Look at the list again."),))
    due_on, who = _fields(action)
    if action.due_on is not None:
        form.needed(**{due_on: "The day is missing."})
    said = form.changed(due_on, who)

    def record(author: Author) -> None:
        change_action(
            shell.database(),
            author,
            action.id,
            due_on=said.get(due_on, action.due_on),
            assignee=said.get(who, action.assignee),
        )

    return record


CHANGE: Final = Form(
    "action",
    "A new date, or somebody else",
    "Another date or person …",
    "Record it",
    "Recorded: what is agreed now.",
    _show,
    _entry,
)
"""Of the action whose number it is opened about, or of one to be picked."""
