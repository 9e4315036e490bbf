"""The fields of a check-in on the page, top to bottom in one column, each with what was wrong about it beside it."""

from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from engagement.assessment.wording import WEEKDAYS, day, listed
from engagement.errors import Problem
from engagement.pages import _log_ask_actions as actions
from engagement.pages import _log_state as state
from engagement.pages import shell
from engagement.pages._log_ask_actions import DATE_FORMAT, complain, nudges
from engagement.pages._log_entry import Typed, chosen, shown
from engagement.pages._log_form import (
    AGREED,
    CHANGED,
    CHANNELS,
    OTHER,
    Form,
    MilestoneAsked,
    Section,
    company,
    declared_field,
    due_words,
    less_words,
    milestone_field,
    more_field,
    said_words,
    slip_words,
    suggested_next,
    talked_words,
)
from engagement.pages._log_meanwhile import Meanwhile, no_longer_words, there_words
from engagement.pages._typed import FIRST_DAY, LAST_DAY
from engagement.pages.text import literal, marked, spoken

WIDTH = 760
MOST_NAMED = 3
"""People of last time that a button names; the others it counts."""


def ask(form: Form, there: Sequence[Meanwhile], no_longer: Sequence[str]) -> None:
    """Shows the whole form, filled with what it holds.

    ``there``: what is recorded for the day already; ``no_longer``: what something was said of and is not open any more.
    """
    vendor, typed = form.vendor, state.typed(form.vendor)
    _about(form, typed)
    _when(form)
    _who(form, typed)
    _there(form, typed, there, no_longer)
    st.text_area("What was said", state.held("notes"), key=state.key(vendor, "notes"), height=160)
    complain("notes")
    sections = chosen(form, typed)
    for section in sections:
        if len(sections) > 1:
            st.subheader(literal(section.name), anchor=False)
        actions.ask(form, section, typed)
        _milestones(form, section, typed)
        actions.ask_new(form, section, typed)
        _judgement(form, section)
    _feedback(vendor)
    _next(form, sections, typed)


def elsewhere(problems: Iterable[Problem], form: Form) -> list[Problem]:
    """Problems that stand under no field of the form."""
    fields = set(state.typed(form.vendor)) | {"about", "held_on", "channel", "notes", "next_on"}
    return [problem for problem in problems if problem.column not in fields]


def _about(form: Form, typed: Typed) -> None:
    sections = chosen(form, typed) or form.sections
    names = {section.engagement: literal(section.name) for section in form.sections}
    if len(form.sections) > 1:
        st.pills(
            "About",
            list(names),
            selection_mode="multi",
            format_func=lambda key: shell.option(names[key]),
            default=[key for key in state.held("about") if key in names],
            key=state.key(form.vendor, "about"),
            on_change=state.follow,
            args=(form,),
            wrap=True,
        )
        complain("about")
    else:
        st.markdown(f"About **{names[form.sections[0].engagement]}**")
    st.caption(literal(talked_words(form, sections)))


def _when(form: Form) -> None:
    vendor = form.vendor
    with st.container(horizontal=True):
        st.date_input(
            "When",
            state.held("held_on"),
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            key=state.key(vendor, "held_on"),
            format=DATE_FORMAT,
            width=150,
        )
        st.segmented_control(
            "How",
            list(CHANNELS),
            format_func=lambda one: shell.option(CHANNELS[one]),
            default=state.start("channel"),
            key=state.key(vendor, "channel"),
            required=True,
            wrap=True,
        )
    complain("held_on", "channel")


def _who(form: Form, typed: Typed) -> None:
    """Who was there. Those of last time are offered; nobody is put down as having been there before it is said."""
    field, said = state.key(form.vendor, "attendees"), typed.get("attendees") or []
    there = company(form, typed.get("about") or ())
    st.multiselect(
        "Who was there",
        sorted({*state.held("attendees"), *st.session_state.get(field, ()), *there}, key=str.casefold),
        default=state.start("attendees", ()),
        key=field,
        accept_new_options=True,
        placeholder="Type a name",
    )
    complain("attendees")
    if there and not said:
        st.button(
            f"As last time: {literal(listed(there, most=MOST_NAMED))}",
            key="log_as_last_time",
            type="tertiary",
            icon=":material/group_add:",
            on_click=state.put,
            args=(form.vendor, "attendees", there),
        )


def _there(form: Form, typed: Typed, there: Sequence[Meanwhile], no_longer: Sequence[str]) -> None:
    """What somebody has recorded for the day already, and what became of what was marked here."""
    number = len(chosen(form, typed))
    held_on = typed.get("held_on") or form.today
    for words in (
        there_words(there, held_on, typed.get("channel"), number, form.today),
        no_longer_words(no_longer, there),
    ):
        if words:
            st.markdown(f":blue[:material/info:] {literal(words)}")


def _milestones(form: Form, section: Section, typed: Typed) -> None:
    asked = shown(section, typed)
    if not section.milestones:
        return
    st.markdown("**Milestones**")
    nudges(section, "milestones")
    for milestone in asked:
        _milestone(form, section, milestone, typed)
    others = {one.key: one for one in section.milestones if not one.at_once}
    if others:
        st.multiselect(
            "More milestones",
            list(others),
            format_func=lambda key: f"{others[key].name}, {due_words(others[key], form.today)}",
            default=[key for key in state.held(more_field(section.engagement), ()) if key in others],
            key=state.key(form.vendor, more_field(section.engagement)),
            placeholder=f"{len(others)} more, later or without a date",
            label_visibility="collapsed" if not asked else "visible",
        )


def _milestone(form: Form, section: Section, milestone: MilestoneAsked, typed: Typed) -> None:
    field = milestone_field(section.engagement, milestone.key)
    held_on = typed.get("held_on") or form.today
    said = said_words(milestone, form.today)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{literal(milestone.name)}**, {due_words(milestone, form.today)}")
        if said:
            st.caption(literal(said))
        answer = st.segmented_control(
            spoken(f"{milestone.name}: news"),
            milestone.answers(held_on),
            format_func=shell.option,
            default=_among(state.held(field), milestone.answers(held_on)),
            key=state.key(form.vendor, field),
            label_visibility="collapsed",
            required=True,
        )
        if answer == CHANGED:
            _change(form, milestone, field)
        complain(field, f"{field}/percent", f"{field}/forecast_on")


def _change(form: Form, milestone: MilestoneAsked, field: str) -> None:
    with st.container(horizontal=True):
        percent = st.number_input(
            "Percent done",
            value=float(held) if (held := state.held(f"{field}/percent")) is not None else None,
            step=5.0,
            format="%.10g",
            key=state.key(form.vendor, f"{field}/percent"),
            placeholder="as before",
            width=145,
        )
        forecast = st.date_input(
            "Done by",
            state.held(f"{field}/forecast_on"),
            key=state.key(form.vendor, f"{field}/forecast_on"),
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format=DATE_FORMAT,
            width=145,
        )
    if isinstance(forecast, date) and (words := slip_words(milestone, forecast, form.today)):
        st.caption(words)
    if percent is not None and (words := less_words(milestone, percent)):
        st.caption(f":material/trending_down: {words}")
    if percent == 100:
        st.caption("100 % is what was claimed. A delivery is recorded on the engagement's page.")


def _judgement(form: Form, section: Section) -> None:
    st.segmented_control(
        "Your judgement",
        ("on_track", "at_risk", "off_track"),
        format_func=lambda one: shell.option(marked(one)),
        default=state.held(declared_field(section.engagement)),
        key=state.key(form.vendor, declared_field(section.engagement)),
    )


def _feedback(vendor: str) -> None:
    with st.container(horizontal=True):
        for field, label in (("given", "Feedback you gave"), ("taken", "Feedback you took")):
            st.text_input(label, state.held(field), key=state.key(vendor, field), placeholder="none")
    complain("given", "taken")


def _next(form: Form, sections: tuple[Section, ...], typed: Typed) -> None:
    suggested = suggested_next(sections, typed.get("held_on") or form.today, form.today)
    words: dict[str, str] = {OTHER: "another day"}
    if suggested:
        on, cadence = suggested
        every = "every day" if cadence == 1 else f"every {cadence} days"
        agreed = any(section.is_agreed for section in sections if section.cadence_days == cadence)
        why = f"as agreed {every}" if agreed else f"usual is {every}"
        words = {AGREED: f"{WEEKDAYS[on.weekday()]} {day(on, form.today)}, {why}", **words}
    with st.container(horizontal=True):
        answer = st.segmented_control(
            "Next talk",
            list(words),
            format_func=lambda one: shell.option(words[one]),
            default=_among(state.held("next"), list(words)),
            key=state.key(form.vendor, "next"),
            help="Recorded only once you choose it.",
            wrap=True,
        )
        if answer == OTHER:
            st.date_input(
                "On",
                state.held("next_on"),
                key=state.key(form.vendor, "next_on"),
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                format=DATE_FORMAT,
                width=150,
            )
    complain("next", "next_on")
    for section in sections:
        nudges(section, "next")


def _among(answer: str | None, answers: Sequence[str]) -> str | None:
    """The answer, where it can still be given: a draft may hold one that no longer makes sense."""
    return answer if answer in answers else None
