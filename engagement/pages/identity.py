"""Who is writing. Until there is sign-in a person says it once, on each device, when first writing something.

Every write of a page goes through `write`: it bears the person's name, asks for it when it is not known yet without
losing what is about to be written, and turns what is refused into words on the page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from engagement import clock
from engagement.errors import DatabaseError, Problem, Refused
from engagement.pages._device import LONGEST_NAME, remembered_name, tidy
from engagement.pages.live import EVERYWHERE
from engagement.pages.text import literal
from engagement.pages.trouble import in_words
from engagement.records.database import Author

Record = Callable[[Author], object]
"""Writes one decision, in the name of the author it is given."""
_NAME: Final = "identity_name"
_PENDING: Final = "identity_pending"
_ASKING: Final = EVERYWHERE
_ASKED: Final = "identity_asked"
_PROBLEMS: Final = "identity_problems"
_DONE: Final = "identity_done"


@dataclass(frozen=True, slots=True)
class _Pending:
    """A write that is ready but for the name under it."""

    record: Record
    done: str | None
    refused: Callable[[tuple[Problem, ...]], None] | None
    then: Callable[[], None] | None


def who() -> str | None:
    """The name every write of this person bears; None while nobody has said it on this device."""
    if _NAME not in st.session_state:
        st.session_state[_NAME] = remembered_name()
    name: str | None = st.session_state[_NAME]
    return name


def write(
    record: Record,
    *,
    done: str | None = None,
    refused: Callable[[tuple[Problem, ...]], None] | None = None,
    then: Callable[[], None] | None = None,
) -> None:
    """Writes in the name of the person at the page. Call it from a callback (``on_click=identity.write, args=...``).

    ``record`` gets the `Author` and calls one function of ``records``. Where nobody has said who they are, a dialog
    asks first, and the write follows the answer. ``done`` is said when it is written (Markdown: escape names), ``then``
    is called then. What is refused goes to ``refused``, by default to the top of the page; nothing is written then.
    """
    pending = _Pending(record, done, refused, then)
    name = who()
    if name is None:
        st.session_state[_PENDING] = pending
        st.session_state[_ASKING] = True
    else:
        _carry_out(pending, name)


def show() -> None:
    """Who the writes of this page are signed by, with a way to change it. Nothing while nobody has said it."""
    name = who()
    if name is not None:
        st.button(
            f"You are {literal(name)} · change", key="identity_change", type="tertiary", on_click=_ask, width="content"
        )


def say() -> None:
    """What came of the last write: that it is done, or what was wrong and how to mend it. At the top of a page."""
    done: str | None = st.session_state.pop(_DONE, None)
    if done:
        st.toast(done, icon=":material/check:")
    problems: tuple[str, ...] = st.session_state.pop(_PROBLEMS, ())
    if problems:
        st.error("  \n".join(literal(problem) for problem in problems), title="Not recorded")


def is_asking() -> bool:
    """Whether the question who somebody is stands open. Only one dialog can: a page opens its own only if not."""
    return bool(st.session_state.get(_ASKING))


def ask_if_needed(names: list[str]) -> None:
    """Opens the question who somebody is, when a write waits for the answer."""
    st.session_state[_ASKED] = is_asking()
    if is_asking():
        _question(names)


def catch_up() -> None:
    """Draws the whole page where a write of a fragment has something to say or to ask. First thing in the fragment."""
    state = st.session_state
    waits = is_asking() and not state.get(_ASKED)
    if waits or state.get(_DONE) or state.get(_PROBLEMS):
        st.rerun(scope="app")


def _forget_question() -> None:
    st.session_state.pop(_PENDING, None)
    st.session_state.pop(_ASKING, None)


@st.dialog("Who are you?", on_dismiss=_forget_question)
def _question(names: list[str]) -> None:
    """Asks for a name, from those recorded or typed, and writes what waits for it."""
    if not is_asking():
        st.rerun()
    st.write("What you record bears your name. This device remembers it; it is not a password and is never in a link.")
    st.selectbox(
        "Your name",
        names,
        index=None,
        key="identity_answer",
        accept_new_options=True,
        placeholder="Choose or type your name",
    )
    waits = _PENDING in st.session_state
    st.button("Record it in my name" if waits else "That is me", type="primary", key="identity_say", on_click=_answered)
    if st.session_state.get("identity_nameless"):
        st.caption(f"Choose or type a name, at most {LONGEST_NAME} letters.")


def _ask() -> None:
    st.session_state[_ASKING] = True


def _answered() -> None:
    """Takes the name, closes the question, and writes what waited."""
    name = tidy(st.session_state.get("identity_answer") or "")
    st.session_state["identity_nameless"] = name is None
    if name is None:
        return
    st.session_state[_NAME] = name
    pending: _Pending | None = st.session_state.pop(_PENDING, None)
    st.session_state.pop(_ASKING, None)
    if pending is not None:
        _carry_out(pending, name)


def _carry_out(pending: _Pending, name: str) -> None:
    """Writes, and keeps what is to be said about it for the run that follows."""
    try:
        pending.record(Author(name, clock.now()))
    except Refused as refusal:
        if pending.refused is not None:
            pending.refused(refusal.problems)
        else:
            st.session_state[_PROBLEMS] = tuple(map(str, refusal.problems))
        return
    except DatabaseError as error:
        st.session_state[_PROBLEMS] = (in_words(error),)
        return
    if pending.then is not None:
        pending.then()
    st.session_state[_DONE] = pending.done
