"""The log of an engagement: what its owner has not read yet, then every check-in; and questions that wait for us."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from engagement import clock
from engagement.assessment.results import Assessment
from engagement.assessment.wording import count, day, in_words
from engagement.pages import _engagement_form as form
from engagement.pages import identity, shell
from engagement.pages._engagement_form import Form
from engagement.pages._log_form import named
from engagement.pages.text import literal, marked, paragraphs
from engagement.records.actions import OpenAction, close_action, open_actions
from engagement.records.check_ins import UnreadCheckIn, acknowledge, unread_check_ins, we_talked
from engagement.records.database import Author
from engagement.records.history import LogEntry, log
from engagement.records.people import alone, is_person

MOST_ENTRIES: Final = 5
"""So many stand there first."""
MORE_ENTRIES: Final = 20
"""So many more come with every press."""
_SHOWN: Final = "log_shown"
CHANNELS: Final = {"in_person": "in person", "email": "e-mail"}
READ: Final = "I have read them"


def tab(assessment: Assessment) -> None:
    """What is new to the owner first, then the rest, the latest first."""
    with shell.database().reading() as connection:
        entries = log(connection, assessment.engagement, shell.as_of())
    new = unread(assessment)
    if new:
        with st.container(border=True, key="unread"):
            _unread(assessment, new)
    if not entries:
        st.caption("No check-in is on record.")
        shell.to("log_check_in", "Log the first one", engagement=assessment.engagement)
    shown = {_same(one) for one in new}
    rest = [entry for entry in entries if _same(entry) not in shown]
    asked_for, more = st.session_state.get(_SHOWN, (None, 0))
    most = MOST_ENTRIES + (more if asked_for == assessment.engagement else 0)
    for entry in rest[:most]:
        _entry(entry)
    left = len(rest) - most
    if left > 0:
        next_ones = min(left, MORE_ENTRIES)
        of_all = f" of {left}" if left > next_ones else ""
        st.button(
            f"Show {count(next_ones, 'earlier one')}{of_all}",
            key="log_more",
            on_click=_show_more,
            args=(assessment.engagement, most - MOST_ENTRIES + MORE_ENTRIES),
        )


def _show_more(engagement: str, more: int) -> None:
    """Has the log of one engagement show so many entries beyond the first."""
    st.session_state[_SHOWN] = engagement, more


def unread(assessment: Assessment) -> tuple[UnreadCheckIn, ...]:
    """What its owner has not read; nothing where nobody else logs, so that there is nothing to be read."""
    owner = assessment.owner
    if not owner or owner == assessment.lead:
        return ()
    with shell.database().reading() as connection:
        return () if alone(connection) else unread_check_ins(connection, assessment.engagement, shell.as_of())


def may_read(assessment: Assessment) -> bool:
    """Whether there is something to read, and whoever is at the page is its owner, or has not said who they are."""
    return bool(unread(assessment)) and _may_be_owner(assessment)


def waits(assessment: Assessment) -> str | None:
    """For whom check-ins wait to be read, told to others; None for the owner, who has the button. Markdown."""
    new = unread(assessment)
    if not new or _may_be_owner(assessment):
        return None
    owner = literal(shell.person(assessment.owner))
    return f"Waits for {owner} to read {'it' if len(new) == 1 else 'them'}."


def _may_be_owner(assessment: Assessment) -> bool:
    me, owner = identity.who(), assessment.owner
    if me is None or not owner:
        return me is None
    with shell.database().reading() as connection:
        return is_person(connection, me, owner)


def _unread(assessment: Assessment, new: Sequence[UnreadCheckIn]) -> None:
    """Check-ins with their notes, and the one button of who was to read them."""
    owner = literal(shell.person(assessment.owner))
    are = "is one check-in" if len(new) == 1 else f"are {in_words(len(new))} check-ins"
    st.markdown(f"**There {are} that {owner} has not read**")
    for one in new:
        _entry(one)
    if shell.is_today() and _may_be_owner(assessment):
        ids = [one.id for one in new]
        st.button(READ, key="unread_read", type="primary", on_click=_read, args=(assessment, ids))


def _read(assessment: Assessment, ids: Sequence[int]) -> None:
    identity.write(partial(_acknowledge, assessment.engagement, ids), done="Recorded: you have read them.")


def _acknowledge(engagement: str, ids: Sequence[int], author: Author) -> None:
    acknowledge(shell.database(), author, engagement, ids, clock.today())


def _show_unread(assessment: Assessment, _: str) -> None:
    new = unread(assessment)
    st.session_state[form.key("ids")] = [one.id for one in new]
    for one in new:
        _entry(one)


def _entry_unread(assessment: Assessment, _: str) -> identity.Record:
    return partial(_acknowledge, assessment.engagement, form.value("ids") or [])


UNREAD: Final = Form(
    "unread",
    "Not read yet",
    "Read the notes",
    READ,
    "Recorded: you have read them.",
    _show_unread,
    _entry_unread,
    may_read,
)


# --- When you last talked, where nobody has said so


def _show_talk(_: Assessment, __: str) -> None:
    form.past("held_on", "When did you last talk?")
    form.complain("held_on")


def _entry_talk(assessment: Assessment, _: str) -> identity.Record:
    form.needed(held_on="The day of the talk is missing.")
    held_on = form.value("held_on")
    return lambda author: we_talked(shell.database(), author, assessment.engagement, held_on)


LAST_TALK: Final = Form(
    "last_talk", "The last talk", "Say when", "Record it", "Recorded: when you last talked.", _show_talk, _entry_talk
)


# --- Questions of the vendor


def _questions(assessment: Assessment) -> list[OpenAction]:
    with shell.database().reading() as connection:
        found = open_actions(connection, [assessment.engagement], shell.as_of())
    return [one for one in found if one.kind == "question" and one.side == "vendor"]


def _show_answer(assessment: Assessment, _: str) -> None:
    waiting = sorted(_questions(assessment), key=lambda one: (one.raised_on, one.id))
    titles = {str(one.id): f"{one.title} (asked {day(one.raised_on, shell.as_of())})" for one in waiting}
    form.pick("action", "What was answered", titles, next(iter(titles), None))
    form.past("closed_on", "On", clock.today())
    form.complain("closed_on")


def _answer(_: Assessment, __: str) -> identity.Record:
    form.needed(action="No question is chosen.", closed_on="The day is missing.")
    number, on = int(form.value("action")), form.value("closed_on")
    return lambda author: close_action(shell.database(), author, number, on)


def has_question(assessment: Assessment) -> bool:
    """Whether a question of the vendor waits for us."""
    return bool(_questions(assessment))


ANSWER: Final = Form(
    "answer",
    "A question that was answered",
    "Record an answer",
    "Record that it was answered",
    "Recorded: it was answered.",
    _show_answer,
    _answer,
    has_question,
)


def _entry(entry: LogEntry | UnreadCheckIn) -> None:
    """One check-in with everything that was said."""
    as_of = shell.as_of()
    side = "" if entry.side == "us" else ", from the vendor"
    by = f" · {literal(shell.person(entry.by))}" if entry.by else ""
    others = company(entry.attendees, entry.by, shell.person(entry.by))
    with_whom = f" with {literal(', '.join(others))}" if others else ""
    channel = CHANNELS.get(entry.channel, entry.channel)
    st.markdown(f"**{day(entry.held_on, as_of)}** :gray[{channel}{side}{by}{with_whom}]")
    parts = {
        "Judgement": entry.declared_status and marked(entry.declared_status),
        "Feedback given": literal(entry.feedback_given),
        "Feedback taken": literal(entry.feedback_received),
        "Next": entry.next_on and day(entry.next_on, as_of),
    }
    said = [paragraphs(entry.notes), *(f":gray[{label}:] {text}" for label, text in parts.items() if text)]
    text = "\\\n".join(part for part in said if part)
    st.markdown(text or ":gray[Nothing new was noted.]")


def company(attendees: str | None, *writer: str | None) -> list[str]:
    """Who was there beside who wrote it down, whatever that person is called."""
    own = {name.casefold() for name in writer if name}
    return [name for name in named(attendees) if name.casefold() not in own]


def _same(entry: LogEntry | UnreadCheckIn) -> tuple[object, ...]:
    """What makes a check-in the one it is, among those of an engagement."""
    return entry.held_on, entry.channel, entry.side, entry.by
