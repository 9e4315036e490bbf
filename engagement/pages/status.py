"""Status, for executives: one sentence, what is wanted of them, the figures, what is off track, the money."""

import streamlit as st

from engagement.assessment.pack import ADRIFT
from engagement.charts.axes import COLUMN
from engagement.pages import _beyond, _engagement_form, shell
from engagement.pages import _status_charts as charts
from engagement.pages import _status_parts as parts

if not shell.asked():
    shell.nothing()
    st.stop()
pack = parts.pack()
parts.opening(pack)
if not pack.figures:
    st.caption("There is nothing to report. Choose another day, or widen the filters.")
    st.stop()
st.caption(ADRIFT)
parts.figures(pack.figures, pack)
parts.wanted(pack.wanted)
parts.off_track(pack.off_track)
parts.moved(pack)
vendors = st.container()

shown = shell.asked()
with st.grid(2, min_column_width=COLUMN, gap="large"):
    with st.container():
        charts.silence(shown)
        charts.finish(shown)
    with st.container():
        charts.by_week(shown)
parts.money(pack.sums)
parts.take_away(shown, shell.portfolio(), pack)
said = _beyond.found()
_beyond.status(vendors, said)
_beyond.pack(st.container(), said)
_engagement_form.dialog({one.engagement: one for one in shown})
