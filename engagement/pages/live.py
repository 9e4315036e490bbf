"""Every open page notices within two seconds that something was written, wherever it was written.

Once a second a page asks for the data version alone, which costs well under a millisecond, and is drawn again only when
it is another one than the page was drawn with. What is being typed stays: a field keeps its text while the page around
it is drawn again.
"""

from typing import Final

import streamlit as st

from engagement.errors import DatabaseError
from engagement.records.database import Database

_SEEN: Final = "revision_seen"


def seen(revision: int) -> None:
    """Remembers the data version this run shows. Call it before anything is read."""
    st.session_state[_SEEN] = revision


@st.fragment(run_every=1.0)
def watch(database: Database) -> None:
    """Draws the page again as soon as the data version is another one. Shows nothing."""
    try:
        revision = database.revision()
    except DatabaseError:
        return  # the next run of the page says it, in words
    if revision != st.session_state.get(_SEEN, revision):
        st.rerun(scope="app")
