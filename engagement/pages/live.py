"""Every open page notices within two seconds that something was written, wherever it was written.

Several times in two seconds a page asks for the data version alone, which costs well under a millisecond, and is drawn
again only when it is another one than the page was drawn with. What is being typed stays: a field keeps its text while
the page around it is drawn again. An open dialog would lose it (Streamlit puts up an empty one), so a page with a
dialog waits, and catches up as soon as it is closed.
"""

from collections.abc import Hashable
from typing import Final

import streamlit as st

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
    filters.confirm()
    if dialog_is_open():
        return
    try:
        revision = database.revision()
    except DatabaseError:
        return  # the next run of the page says it, in words
    if revision != st.session_state.get(_SEEN, revision):
        st.rerun(scope="app")
