"""Methods, for everybody: every rule with its limits and its record so far, every formula, and how forecasts held."""

import streamlit as st

from engagement.assessment import methods
from engagement.pages import _limits, _methods_figures, _methods_forecasts, _methods_rules, _start_sample, _track

FORMULAS, RECORD, FORECASTS = "Formulas", "Track record", "Forecasts"

counted, changes = _track.known(), _limits.changes()
st.title(f"{len(methods.ALL_RULES)} rules watch the work, and each says how often it was right", anchor=False)
fiction = f" {methods.FICTION}" if _start_sample.is_sample() else ""
st.caption(f"{methods.summary(counted)}{fiction}" if counted else _methods_figures.NOT_YET)

words = _methods_rules.search()
if words:
    _methods_rules.hits(words, changes, counted)
else:
    tabs = st.tabs([*methods.GROUPS.values(), FORMULAS, RECORD, FORECASTS], key="methods_tab", on_change="rerun")
    for tab, group in zip(tabs, methods.GROUPS, strict=False):
        if tab.open:
            with tab:
                _methods_rules.listing(methods.in_group(group), changes, counted)
    if tabs[-3].open:
        with tabs[-3]:
            _methods_figures.explain(changes)
    if tabs[-2].open:
        with tabs[-2]:
            _methods_figures.record(counted)
    if tabs[-1].open:
        with tabs[-1]:
            _methods_forecasts.forecasts(counted)
_limits.dialog()
_track.follow(counted)
