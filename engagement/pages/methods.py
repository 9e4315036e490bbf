"""Methods, for everybody: how forecasts held, every rule with its limits and its record so far, and every formula."""

import streamlit as st

from engagement.assessment import methods
from engagement.pages import _limits, _methods_figures, _methods_forecasts, _methods_rules, _start_sample, _track

FORMULAS, RECORD, FORECASTS = "Formulas", "Track record", "Forecasts"

counted, changes = _track.known(), _limits.changes()
rules = len(methods.ALL_RULES)
st.title(f"{rules} rules watch the work and forecasts its end; each says how often it was right", anchor=False)
fiction = f" {methods.FICTION}" if _start_sample.is_sample() else ""
st.caption(f"{methods.summary(counted)}{fiction}" if counted else _methods_figures.NOT_YET)

words = _methods_rules.search()
if words:
    _methods_rules.hits(words, changes, counted)
else:
    names = [FORECASTS, RECORD, *methods.GROUPS.values(), FORMULAS]
    tabs = dict(zip(names, st.tabs(names, key="methods_tab", on_change="rerun"), strict=True))
    for group, name in methods.GROUPS.items():
        if tabs[name].open:
            with tabs[name]:
                _methods_rules.listing(methods.in_group(group), changes, counted)
    if tabs[FORMULAS].open:
        with tabs[FORMULAS]:
            _methods_figures.explain(changes)
    if tabs[RECORD].open:
        with tabs[RECORD]:
            _methods_figures.record(counted)
    if tabs[FORECASTS].open:
        with tabs[FORECASTS]:
            _methods_forecasts.forecasts(counted)
_limits.dialog()
_track.follow(counted)
