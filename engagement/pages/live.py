"""Every open page notices within two seconds that something was written, wherever it was written.

Several times in two seconds a page asks for the data version alone, which costs well under a millisecond, and is drawn
again only when it is another one than the page was drawn with. What is being typed stays: a field keeps its text while
the page around it is drawn again. An open dialog would lose it (Streamlit puts up an empty one), so a page with a
dialog waits, and catches up as soon as it is closed.

A look that the browser sent from the page before, and that arrives when the next one is already drawn, has Streamlit
empty the browser's page and draw nothing on it: the browser takes it for a change of page. So the watch stands at the
same place on every page, which lets it hear of such a look, and it draws anew what was there.
"""

from collections.abc import Callable, Hashable
from typing import Final, NamedTuple

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from engagement.errors import DatabaseError
from engagement.pages import filters
from engagement.records.database import Database

SECONDS: Final = 0.7
"""Between two looks; with the time it takes to draw a page that stays below two seconds."""
DIALOG: Final = "dialog_"
"""What the session's key of every dialog that asks for something to be typed begins with, while it is open."""
EVERYWHERE: Final = f"{DIALOG}who"
"""The one dialog that every page shows while it is open."""
_SEEN: Final = "revision_seen"
_PLACE: Final = "place_seen"
_SHOWN: Final = "page_shown"
_ALSO: Final = "looked_after"


class _Shown(NamedTuple):
    """The page that was drawn last, as the browser calls it and as one goes to it."""

    called: str
    page: st.Page
    address: dict[str, str]


def shows(page: st.Page) -> None:
    """Remembers which page this run draws. Call it first."""
    st.session_state[_SHOWN] = _Shown(_called(), page, st.query_params.to_dict())
    st.session_state.pop(_ALSO, None)


def also(look: Callable[[], None]) -> None:
    """Has the watch look after one more thing for as long as this page stands, each time no dialog is open.

    A clock of the page's own would not do: what it sends too late empties the next page, and nobody hears of it.
    """
    st.session_state[_ALSO] = look


def seen(revision: int) -> None:
    """Remembers the data version this run shows. Call it before anything is read."""
    st.session_state[_SEEN] = revision


def dialog_is_open() -> bool:
    """Whether a dialog waits for something to be typed: the page is not to be drawn again under it."""
    return any(str(key).startswith(DIALOG) and value for key, value in st.session_state.items())


def settle(place: Hashable) -> None:
    """Puts away what stood open on another page than ``place``, whichever way it was left: the browser's Back too."""
    if st.session_state.setdefault(_PLACE, place) != place:
        st.session_state[_PLACE] = place
        for key in [key for key in st.session_state if str(key).startswith(DIALOG) and key != EVERYWHERE]:
            del st.session_state[key]


@st.fragment(run_every=SECONDS)
def watch(database: Database) -> None:
    """Draws the page again as soon as the data version is another one. Shows nothing."""
    _keep_the_page()
    filters.confirm()
    if dialog_is_open():
        return
    try:
        revision = database.revision()
    except DatabaseError:
        return  # the next run of the page says it, in words
    if revision != st.session_state.get(_SEEN, revision):
        st.rerun(scope="app")
    if look := st.session_state.get(_ALSO):
        look()


def _keep_the_page() -> None:
    """Draws the page again that a look from the page before has emptied."""
    shown: _Shown = st.session_state[_SHOWN]
    if _called() != shown.called:
        st.switch_page(shown.page, query_params=shown.address)
    st.session_state[_SHOWN] = shown._replace(address=st.query_params.to_dict())


def _called() -> str:
    """What the browser calls the page that it asks for. Streamlit tells it nowhere else outside a run of the page."""
    context = get_script_run_ctx()
    return context.page_script_hash if context else ""
