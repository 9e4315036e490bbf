"""Who is writing. Until there is sign-in a person says it once, on each device, when first writing something.

Every write of a page goes through `write`: it bears the person's name, asks for it when it is not known yet without
losing what is about to be written, and turns what is refused into words on the page. What is wrong is said first, and
who somebody is asked only then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from engagement import clock
from engagement.errors import DatabaseError, Problem, Refused
from engagement.pages import _names, _typed
from engagement.pages._device import LONGEST_NAME, remembered_name, tidy
from engagement.pages.live import EVERYWHERE
from engagement.pages.text import literal
from engagement.pages.trouble import Unforeseen, in_words
from engagement.records.database import Author

Record = Callable[[Author], object]
"""Writes one decision, in the name of the author it is given."""
_NAME: Final = "identity_name"
_PENDING: Final = "identity_pending"
_ASKING: Final = EVERYWHERE
_ASKED: Final = "identity_asked"
_PROBLEMS: Final = "identity_problems"
_DONE: Final = "identity_done"
_MAYBE: Final = "identity_maybe"
_NAMELESS: Final = "identity_nameless"
MOST_OFFERED: Final = 8
"""So many names are to be read at a glance. Where more are recorded, the one that is typed finds its likes."""
SOMEBODY: Final = "Somebody"
"""In whose name a write is tried before it is known in whose it will be."""


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
    checked: bool = False,
) -> None:
    """Writes in the name of the person at the page. Call it from a callback (``on_click=identity.write, args=...``).

    ``record`` gets the `Author` and calls one function of ``records``. Where nobody has said who they are, a dialog
    asks first, and the write follows the answer; what would be refused whoever it is, is said instead of asking.
    ``checked``: that was tried already. ``done`` is said when it is written (Markdown: escape names), ``then`` is
    called then. What is refused goes to ``refused``, by default to the top of the page; nothing is written then.
    """
    pending = _Pending(record, done, refused, then)
    name = who()
    if name is not None:
        _carry_out(pending, name)
    elif checked or _recorded(pending, Author(SOMEBODY, clock.now(), rehearses=True)):
        st.session_state[_PENDING] = pending
        st.session_state[_ASKING] = True


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
    for key in (_PENDING, _ASKING, _MAYBE, _NAMELESS):
        st.session_state.pop(key, None)


@st.dialog("Who are you?", on_dismiss=_forget_question)
def _question(names: list[str]) -> None:
    """Asks for a name, typed or one of those recorded, and writes what waits for it."""
    if not is_asking():
        st.rerun()
    maybe: str | None = st.session_state.get(_MAYBE)
    if maybe is None:
        _ask_name(names)
    else:
        _ask_whether(maybe, _names.alike(maybe, names))


def _ask_name(names: list[str]) -> None:
    """A field to type into, and where few are recorded a button for each."""
    st.write("What you record bears your name. This device remembers it; it is not a password and is never in a link.")
    waits = _PENDING in st.session_state
    with st.form("identity_form", border=False):
        st.text_input("Your name", key="identity_answer", placeholder="First and last name")
        if wrong := st.session_state.get(_NAMELESS):
            st.markdown(f":red[:material/error:] {wrong}")
        st.form_submit_button(
            "Record it in my name" if waits else "That is me",
            type="primary",
            key="identity_say",
            on_click=_answered,
            args=(names,),
        )
    if 0 < len(names) <= MOST_OFFERED:
        st.caption("Or you are one of those recorded:")
        with st.container(horizontal=True, gap="small"):
            for number, name in enumerate(names):
                st.button(literal(name), key=f"identity_is_{number}", on_click=_take, args=(name,))


def _ask_whether(typed: str, alike: tuple[str, ...]) -> None:
    """Whether somebody is one of those recorded who are called nearly so."""
    if len(alike) == 1:
        st.markdown(f"**Are you {literal(alike[0])}?**")
    else:
        st.markdown("**Are you one of these?**")
    st.write("What one person records should stand under one name.")
    with st.container(horizontal=True, gap="small"):
        for number, name in enumerate(alike):
            st.button(
                f"Yes, I am {literal(name)}",
                key=f"identity_is_{number}",
                type="primary" if len(alike) == 1 else "secondary",
                on_click=_take,
                args=(name,),
            )
        st.button(f"No, I am {literal(typed)}", key="identity_is_new", on_click=_take, args=(typed,))


def _ask() -> None:
    st.session_state[_ASKING] = True


def _answered(names: list[str]) -> None:
    """Takes what was typed, unless somebody is recorded who may be meant: then that is asked."""
    answer = st.session_state.get("identity_answer") or ""
    typed = tidy(answer)
    too_long = next(_typed.too_long("name", " ".join(answer.split()), LONGEST_NAME), None)
    st.session_state[_NAMELESS] = too_long and f"{too_long.what} {too_long.remedy}"
    if typed is None:
        st.session_state[_NAMELESS] = "Type your name first."
    if typed is None or too_long:
        return
    known = _names.same(typed, names)
    if known is None and _names.alike(typed, names):
        st.session_state[_MAYBE] = typed
    else:
        _take(known or typed)


def _take(name: str) -> None:
    """Takes the name, closes the question, and writes what waited."""
    st.session_state[_NAME] = name
    pending: _Pending | None = st.session_state.get(_PENDING)
    _forget_question()
    if pending is not None:
        _carry_out(pending, name)


def _carry_out(pending: _Pending, name: str) -> None:
    """Writes, and keeps what is to be said about it for the run that follows."""
    if _recorded(pending, Author(name, clock.now())):
        if pending.then is not None:
            pending.then()
        st.session_state[_DONE] = pending.done


def _recorded(pending: _Pending, author: Author) -> bool:
    """Whether it was written, or could have been where the author only rehearses; else it is said what is wrong."""
    try:
        with Unforeseen(Refused, DatabaseError) as trouble:
            pending.record(author)
    except Refused as refusal:
        _say(pending, refusal.problems)
        return False
    except DatabaseError as error:
        st.session_state[_PROBLEMS] = (in_words(error),)
        return False
    if trouble.problem is not None:
        _say(pending, (trouble.problem,))
    return trouble.problem is None


def _say(pending: _Pending, problems: tuple[Problem, ...]) -> None:
    """Keeps what is wrong for where it is said: beside the fields, or at the top of the page."""
    if pending.refused is not None:
        pending.refused(problems)
    else:
        st.session_state[_PROBLEMS] = tuple(map(str, problems))
