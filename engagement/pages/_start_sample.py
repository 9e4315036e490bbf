"""The sample portfolio: how it is loaded, how every page says that it is one, and how it makes room for one's own."""

from typing import Final

import streamlit as st

from engagement import clock
from engagement.exchange.sample import load_sample
from engagement.pages import identity, shell
from engagement.records.database import Author
from engagement.records.intake import clear_sample, origin

NOBODY: Final = "Sample"
"""The name under the sample where nobody has said who they are: looking around asks for none."""
_CLEARING: Final = "start_clearing"


def is_sample() -> bool:
    """Whether what is recorded is the sample portfolio."""
    with shell.database().reading() as connection:
        return origin(connection) == "sample"


def offer() -> None:
    """The way in for somebody who wants to see it first."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        asked = st.button("Look around with the sample", key="start_sample")
        st.caption("A fictional portfolio with eighteen months of history, dated up to today.", width="content")
    if asked:
        _load()


def sample_note() -> None:
    """On every page of the sample portfolio: that it is one, and the way to one's own. Nothing where it is not."""
    if not is_sample():
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(":material/science: Sample portfolio", width="content")
        st.button("Start with your own", key="start_own", type="tertiary", on_click=_ask)
    if st.session_state.get(_CLEARING) and not identity.is_asking():
        _confirm()


def _load() -> None:
    bar = st.progress(0.0, "Loading the sample")

    def told(done: int, total: int) -> None:
        bar.progress(min(done / max(total, 1), 1.0), "Loading the sample")

    load_sample(shell.database(), Author(identity.who() or NOBODY, clock.now()), clock.today(), told)
    shell.go("this_week")


def _ask() -> None:
    st.session_state[_CLEARING] = True


def _leave() -> None:
    st.session_state.pop(_CLEARING, None)


@st.dialog("Start with your own", on_dismiss=_leave)
def _confirm() -> None:
    """Asks before the sample is taken out: what was tried on it goes with it."""
    if not st.session_state.get(_CLEARING):
        st.rerun()
    st.write(
        "The sample portfolio and everything that was recorded on it is taken out, for everybody who uses this "
        "dashboard. Then you begin with an empty one. It can be loaded again at any time before you do."
    )
    with st.container(horizontal=True):
        if st.button("Take the sample out", type="primary", key="start_clear"):
            _leave()
            clear_sample(shell.database(), Author(identity.who() or NOBODY, clock.now()))
            shell.go("start")
        st.button("Keep it", key="start_keep", on_click=_leave)
