"""A name in a form: typed into a plain field or chosen from those recorded; asked about where it may be one of them.

A list that also takes new names drops what was typed once it is left, and makes somebody new of a first name and Enter.
So a name is typed into a field that keeps it, with those who are recorded beside it, and nothing is recorded while it
is open whom it stands for.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from engagement.pages import _names
from engagement.pages.text import literal

Known = Mapping[str, str]
"""What is recorded, by what it is called."""
_TAKEN: Final = ":taken"
_MENU: Final = ":menu"


def field(
    key: str,
    label: str,
    known: Known,
    begin: str = "",
    *,
    placeholder: str | None = None,
    answered: Callable[[], None] = lambda: None,
) -> None:
    """A name, with a list of those recorded beside it, and below it whom it may stand for.

    ``begin``: what the field begins with; ``answered``: called once it was said who is meant.
    """
    taken = st.session_state.pop(f"{key}{_TAKEN}", False)
    with st.container(gap="small"):  # one place whatever it holds: what is typed below is not drawn anew
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", wrap=False):
            st.text_input(label, "" if taken else begin, key=key, placeholder=placeholder, persist_state="page")
            if known:
                st.menu_button(
                    "Choose",
                    sorted(known, key=str.casefold),
                    key=f"{key}{_MENU}",
                    format_func=literal,
                    on_click=_chosen,
                    args=(key, answered),
                )
        typed = st.session_state.get(key) or ""
        question(
            key, typed, open_about(key, known), lambda name: _take(key, name, answered), lambda: _keep(key, answered)
        )


def meant(typed: str | None, known: Known) -> str | None:
    """What is recorded of a name, else the name itself; None where none was typed."""
    name = " ".join((typed or "").split())
    called = _names.same(name, known)
    return known[called] if called else _names.same(name, known.values()) or name or None


def open_about(key: str, known: Known) -> tuple[str, ...]:
    """Whom the name in a field may stand for, while nobody has said that it is another one."""
    held = {name: st.session_state.get(name) for name in (key, f"{key}{_names.KEPT}")}
    return _names.open_in(held, key, known)


def question(key: str, typed: str, alike: Sequence[str], take: Callable[[str], None], keep: Callable[[], None]) -> None:
    """Whom a name stands for, a button each; nothing where that is clear."""
    if not alike:
        return
    name = " ".join(typed.split())
    st.markdown(f":blue[:material/help:] {literal(_names.asked(name, alike))}")
    with st.container(horizontal=True, gap="small"):
        for number, one in enumerate(alike):
            st.button(literal(one), key=f"{key}:is_{number}", on_click=take, args=(one,))
        st.button(f'Keep "{literal(name)}"', key=f"{key}:keep", type="tertiary", on_click=keep)


def _chosen(key: str, answered: Callable[[], None]) -> None:
    _take(key, st.session_state[f"{key}{_MENU}"], answered)


def _take(key: str, name: str, answered: Callable[[], None]) -> None:
    """Puts a name into its field. For a callback."""
    st.session_state[key] = name
    st.session_state[f"{key}{_TAKEN}"] = True
    answered()


def _keep(key: str, answered: Callable[[], None]) -> None:
    """Takes the name in a field for that of somebody else. For a callback."""
    st.session_state[f"{key}{_names.KEPT}"] = st.session_state[key]
    answered()
