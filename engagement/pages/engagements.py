"""Every engagement the filters let through, as a table to sort or a list to read."""

import streamlit as st

from engagement.assessment.headline import by_need
from engagement.pages import _beyond, _engagement_new, _list, _start_sample, filters, shell

TABLE, LIST = "Table", "List"


def _several() -> None:
    """The way to the grid and the workbook of the first start, for what is added later. Not into the sample."""
    if shell.is_today() and not _start_sample.is_sample():
        shell.to("start", "Add several, or a workbook")


shown = shell.asked()
if not shown:
    shell.nothing()
    st.stop()

st.title(_list.opening(shown), anchor=False)
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.caption(_list.order(shown, len(shell.portfolio().engagements)), width="content")
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", width="content"):
        if not shell.narrow():
            _several()
        _engagement_new.button(shown[0])
        form = st.segmented_control(
            "Show as",
            [TABLE, LIST],
            format_func=shell.option,
            default=LIST if shell.narrow() else TABLE,
            required=True,
            key="shown_as_on_a_phone" if shell.narrow() else "shown_as",
            persist_state="session",
            label_visibility="collapsed",
        )
place = st.container()
if form == TABLE:
    _list.table(by_need(shown))
else:
    _list.listing(by_need(shown))
if shell.narrow():
    _several()
if filters.is_filtered():
    _beyond.filtered(place, _beyond.found())
_engagement_new.dialog(shown[0])
