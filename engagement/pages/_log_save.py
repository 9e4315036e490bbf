"""The foot of the form of a check-in: what will be recorded, the save, and what is said once it is recorded."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from engagement.errors import DatabaseError, DatabaseLocked, Problem, Refused
from engagement.pages import _log_ask, identity, shell, trouble
from engagement.pages import _log_state as state
from engagement.pages._log_entry import announcement, chosen, entries, in_short, problems
from engagement.pages._log_form import Form
from engagement.pages._log_meanwhile import Meanwhile
from engagement.pages.text import literal
from engagement.records.check_ins import CheckInEntry, log_check_ins
from engagement.records.database import Author

MOST_IN_SHORT: Final = 48
"""Characters that fit on two lines of a phone beside the button, after what introduces them."""


def draft_note(form: Form) -> None:
    """Says that the form began with a draft, and offers to throw it away."""
    at = state.restored_at()
    if at is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f":material/history: Draft from {state.clock_words(at, form.today)} restored.", width="content")
        st.button("Discard", key="log_discard", type="tertiary", on_click=state.forget, args=(form.vendor,))


def bar(form: Form, there: Sequence[Meanwhile], *, kept: bool) -> None:
    """What will be recorded, and the button that does it. Pinned, so that a finger finds it wherever the form is.

    ``there``: what is recorded for the day already. ``kept``: whether the draft could be written.
    """
    with st.bottom, st.container(width=_log_ask.WIDTH, gap="xsmall"):
        wrong = _log_ask.elsewhere(state.problems(), form)
        for problem in wrong:
            st.markdown(f":red[:material/error:] {literal(problem)}")
        beside = len(state.problems()) > len(wrong)
        if not kept:
            st.caption(":material/cloud_off: The draft could not be kept just now. It is tried again as you go on.")
        with st.container(horizontal=True, vertical_alignment="center", wrap=False, gap="small"):
            if beside:
                st.markdown(":red[:material/error:] Not recorded yet: see what is marked above.", width="stretch")
            else:
                _announce(form, there)
            save = partial(_save, form, there, state.version())
            st.button("Save", type="primary", key="log_save", on_click=save)


def _announce(form: Form, there: Sequence[Meanwhile]) -> None:
    """What will be recorded; where there is little room in two lines, and all of it once it is asked for."""
    typed = state.typed(form.vendor)
    words = f":gray[Will be recorded:] {literal(announcement(form, typed, there))}"
    if not shell.narrow():
        st.markdown(words, width="stretch")
        return
    st.caption(f"Will be recorded: {literal(in_short(form, typed, there, MOST_IN_SHORT))}", width="stretch")
    with st.popover("more", type="tertiary"):
        st.markdown(words)


def confirmation() -> bool:
    """Says what was recorded and where to look at it. Whether there was anything to say."""
    done = state.done()
    if done is None:
        return False
    with st.container(border=True):
        st.markdown(f":green[:material/check_circle:] **Recorded with {literal(done.vendor)}**")
        st.markdown(literal(done.words))
        with st.container(horizontal=True, vertical_alignment="center"):
            for key, name in done.engagements:
                shell.to("engagement", f"Open {literal(name)}", engagement=key)
            st.button("Log another", key="log_another", on_click=state.forget_done)
    return True


def _save(form: Form, there: Sequence[Meanwhile], version: int) -> None:
    """Records everything in one transaction, or says beside the fields what keeps it from being recorded.

    A second press on the same form finds another version of it and does nothing.
    """
    if version != state.version():
        return
    typed = state.typed(form.vendor)
    state.found()
    if problems(form, typed):
        return
    named = tuple((section.engagement, section.name) for section in chosen(form, typed))
    done = state.Done(form.vendor, announcement(form, typed, there), named)
    record = partial(_record, entries(form, typed))
    identity.write(record, refused=state.found, then=partial(state.finish, done))


def _record(said: tuple[CheckInEntry, ...], author: Author) -> None:
    """Writes; what the database cannot do just now is said where the button is, with everything still typed in."""
    try:
        log_check_ins(shell.database(), author, said)
    except DatabaseLocked as error:
        kept = "Your text is kept; press Save again in a moment."
        raise Refused((Problem("Somebody else is writing just now.", kept),)) from error
    except DatabaseError as error:
        raise Refused((Problem(trouble.in_words(error), "What you typed is kept: save again."),)) from error
