"""This week, for the owner: whether to worry, about what, and what to do next."""

import streamlit as st

from engagement.assessment import agenda
from engagement.pages import _acts, _beyond, _engagement_form, _track, _week, shell

MOST_CARDS = 10

week, counted = _week.week(), _track.known()
if not week.recorded:
    shell.nothing()
    st.stop()
st.title(agenda.opening(week), anchor=False)
figures = _week.figures(week)
slots = [] if shell.narrow() else _week.figure_slots(len(figures))
if slots:
    _week.fill(slots, figures, week)
    _week.left_out(week, lines=True)

if week.needs:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.subheader("Needs you now", anchor=False, width="content")
        st.toggle("Group by vendor", key="by_vendor", bind="query-params")
    _week.needs(week, most=MOST_CARDS, grouped=st.session_state.by_vendor)
_week.folded(week)
if shell.narrow():
    _week.figures_in_words(figures)
    _week.left_out(week)
beyond = st.container()

changed, coming = st.columns([0.53, 0.47], gap="large")
with changed:
    _week.changed(week)
with coming:
    _week.coming(agenda.next_days(shell.asked(), _week.open_actions(), week.as_of))
_acts.in_hand_dialog({card.assessment.engagement: card.assessment for card in (*week.needs, *week.in_hand)})
if slots:
    _week.fill(slots, _week.figures_with_lines(week), week)
_beyond.this_week(beyond, _beyond.found())
_engagement_form.dialog({one.engagement: one for one in shell.asked()})
_track.follow(counted)
