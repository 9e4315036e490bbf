"""Log a check-in: what a lead writes down after a call, in one form and one save."""

import streamlit as st

from engagement import clock
from engagement.pages import _log_ask, _log_read, _log_save, shell
from engagement.pages import _log_state as state
from engagement.pages._log_form import talked_with

today = clock.today()
everything = shell.overview().portfolio(today).engagements
vendors = talked_with(everything)

with st.container(width=_log_ask.WIDTH):
    st.title("Log a check-in", anchor=False)
    if not shell.is_today():
        st.caption("Whatever day the other pages show: what you log here is recorded as of today.")
    if not vendors:
        st.write("Nobody to talk with yet: no engagement is open.")
        shell.to("start", "Record an engagement")
        st.stop()
    if _log_ask.arrives():
        state.forget_done()
    vendor = _log_ask.vendor(vendors, everything)
    if _log_save.confirmation() or vendor is None:
        st.stop()
    asked = _log_read.form(everything, vendor, today)
    state.begin(asked, shell.chosen())
    _log_save.draft_note(asked)
    _log_ask.ask(asked)

_log_save.bar(asked, kept=state.keep(vendor))
