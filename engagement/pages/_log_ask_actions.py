"""The part of the form of a check-in about what is to be done: what is in hand, open actions, and new ones."""

from typing import Final

import streamlit as st

from engagement.assessment.wording import count
from engagement.pages import _log_state as state
from engagement.pages import _names, _whom, shell
from engagement.pages._log_entry import ACTION_PARTS, TASK, Typed, action_rows
from engagement.pages._log_form import Form, Place, Section, action_field, action_words, closed_field
from engagement.pages._log_taken import AS_IT_IS, LONGER, OVER, Taken, taken_field, taken_words, usual_until
from engagement.pages._typed import FIRST_DAY, LAST_DAY
from engagement.pages.text import literal, spoken

DATE_FORMAT: Final = "YYYY-MM-DD"
SIDES: Final = {"us": "us", "vendor": "them"}
KINDS: Final = {TASK: "a task", "question": "a question they ask", "issue": "an issue"}


def ask(form: Form, section: Section, typed: Typed) -> None:
    """What is left of last time: what is in hand, and what is to be ticked off."""
    if not section.actions and not section.taken:
        return
    st.markdown(f"**From last time{': what is done?' if section.actions else ''}**")
    for taken in section.taken:
        _taken(form, section, taken, typed)
    nudges(section, "actions")
    for action in section.actions:
        field = closed_field(section.engagement, action.id)
        words = action_words(action, section.country, form.today)
        st.checkbox(
            spoken(f"{action.title} ({words})" if words else action.title),
            state.held(field, False),
            key=state.key(form.vendor, field),
        )
        complain(field)


def ask_new(form: Form, section: Section, typed: Typed) -> None:
    """What was agreed or asked now: a row each, and an empty one behind."""
    st.markdown("**New actions**")
    for row in range(action_rows(section.engagement, typed)):
        _new_action(form, section, row, typed)


def complain(*fields: str) -> None:
    """Says under a field what was wrong with it."""
    for problem in state.problems():
        if problem.column in fields:
            st.markdown(f":red[:material/error:] {literal(problem.what)} {literal(problem.remedy)}")


def nudges(section: Section, place: Place) -> None:
    """What good practice would have one do here, where the record says it was left out."""
    for evidence in section.nudges.get(place, ()):
        st.caption(f":material/lightbulb: {literal(evidence)}")


def _taken(form: Form, section: Section, taken: Taken, typed: Typed) -> None:
    """What is in hand, or came back: whether it is over, or goes on until which day and with whom."""
    field = taken_field(section.engagement, taken)
    held = state.held(field, AS_IT_IS)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/front_hand: {literal(taken_words(taken, form.today))}")
        answer = st.segmented_control(
            spoken(f"{taken.plan}: news"),
            taken.answers,
            format_func=shell.option,
            default=held if held in taken.answers else AS_IT_IS,
            key=state.key(form.vendor, field),
            label_visibility="collapsed",
            required=True,
        )
        if answer == LONGER:
            _longer(form, section, taken, typed)
        elif answer == OVER:
            st.caption("Done or given up. What still holds is back on the list.")
        complain(field, f"{field}/until_on", f"{field}/who")


def _longer(form: Form, section: Section, taken: Taken, typed: Typed) -> None:
    """Until which day it goes on, and with whom."""
    field, most = taken_field(section.engagement, taken), section.in_hand_days
    with st.container(horizontal=True):
        st.date_input(
            f"Until, at most {count(most, 'day')}",
            state.held(f"{field}/until_on", usual_until(most, form.today)),
            key=state.key(form.vendor, f"{field}/until_on"),
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format=DATE_FORMAT,
            width=170,
        )
        st.text_input(
            "Who does it",
            state.start(f"{field}/who", taken.assignee or ""),
            key=state.key(form.vendor, f"{field}/who"),
            placeholder=taken.assignee,
        )
    _whose(form, f"{field}/who", typed)


def _new_action(form: Form, section: Section, row: int, typed: Typed) -> None:
    title, kind, side, assignee, due_on = (action_field(section.engagement, row, part) for part in ACTION_PARTS)
    empty = row == action_rows(section.engagement, typed) - 1
    st.text_input(
        f"New action {row + 1}",
        state.held(title, ""),
        key=state.key(form.vendor, title),
        placeholder="What is to be done, or was asked" if row == 0 else "Another one",
        label_visibility="collapsed",
    )
    complain(title)
    if empty:
        return
    with st.container(horizontal=True):
        answer = st.segmented_control(
            "It is",
            list(KINDS),
            format_func=lambda one: shell.option(KINDS[one]),
            default=state.held(kind, TASK),
            key=state.key(form.vendor, kind),
            required=True,
            wrap=True,
        )
        if answer != "question":
            st.segmented_control(
                "Who",
                list(SIDES),
                format_func=lambda one: shell.option(SIDES[one]),
                default=state.held(side),
                key=state.key(form.vendor, side),
            )
        st.text_input(
            "Who answers" if answer == "question" else "Name",
            state.start(assignee, ""),
            key=state.key(form.vendor, assignee),
            width=150,
        )
        st.date_input(
            "By",
            state.held(due_on),
            key=state.key(form.vendor, due_on),
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format=DATE_FORMAT,
            width=150,
        )
    _whose(form, assignee, typed)
    complain(kind, side, assignee, due_on)


def _whose(form: Form, field: str, typed: Typed) -> None:
    """Whom a name stands for, where that is open."""
    name, alike = typed.get(field) or "", _names.open_in(typed, field, form.people)
    with st.container():  # one place whatever it holds: what is typed below is not drawn anew
        _whom.question(
            state.key(form.vendor, field),
            name,
            alike,
            lambda one: state.put(form.vendor, field, one),
            lambda: state.put(form.vendor, f"{field}{_names.KEPT}", name),
        )
