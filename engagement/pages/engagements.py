"""Every engagement the filters let through, as a table to sort or a list to read."""

import streamlit as st

from engagement.assessment.wording import count
from engagement.pages import _list, shell

TABLE, LIST = "Table", "List"

shown = shell.asked()
everything = len(shell.portfolio().engagements)
if not shown:
    shell.nothing()
    st.stop()

st.title(_list.opening(shown), anchor=False)
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    some = f"{count(len(shown), 'engagement')} of {everything}" if len(shown) < everything else "All of them"
    st.caption(f"{some}; what needs somebody comes first.", width="content")
    form = st.segmented_control(
        "Show as",
        [TABLE, LIST],
        default=LIST if shell.narrow() else TABLE,
        required=True,
        key="shown_as_on_a_phone" if shell.narrow() else "shown_as",
        persist_state="session",
        label_visibility="collapsed",
    )
if form == TABLE:
    _list.table(_list.ordered(shown))
else:
    _list.listing(_list.ordered(shown))
