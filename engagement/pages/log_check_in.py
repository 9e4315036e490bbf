"""Log a check-in: what a lead writes down after a call, in one form and one save."""

import streamlit as st

from engagement import clock
from engagement.pages import _log_ask, _log_read, _log_save, _log_whom, shell
from engagement.pages import _log_state as state
from engagement.pages._log_entry import asked_of, mistyped, problems, spoken_of
from engagement.pages._log_form import talked_with

today = clock.today()
everything = shell.overview().portfolio(today).engagements
vendors = talked_with(everything)

with st.container(width=_log_ask.WIDTH):
    st.title("Log a check-in", anchor=False)
    if not shell.is_today():
        _log_whom.look_back()
        st.stop()
    if not vendors:
        st.write("Nobody to talk with yet: no engagement is open.")
        shell.to("start", "Record an engagement")
        st.stop()
    if _log_whom.arrives():
        state.forget_done()
    vendor = _log_whom.ask(vendors, everything)
    if _log_save.confirmation():
        st.stop()
    if vendor is None:
        _log_whom.offer()
        st.stop()
    asked = _log_read.form(everything, vendor, today)
    state.begin(asked, shell.chosen())
    typed = state.typed(vendor)
    state.look(mistyped(asked, typed), problems(asked, typed))
    no_longer = state.remember(spoken_of(asked, typed), asked_of(asked))
    there = _log_read.there(asked, typed)
    _log_save.draft_note(asked)
    _log_ask.ask(asked, there, tuple(no_longer.values()))

_log_save.bar(asked, there, kept=state.keep(vendor))
