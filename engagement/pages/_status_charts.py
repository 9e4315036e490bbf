"""The charts of Status, each in a fragment: what changes one of them does not run the page again."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import streamlit as st

from engagement.assessment.results import Assessment
from engagement.charts.finishes import portfolio_plan
from engagement.charts.silence_slippage import silence_slippage
from engagement.charts.status_weeks import status_weeks
from engagement.pages import shell
from engagement.pages.chart import show

_WEEKS: Final = "status_weeks"
WEEKS: Final = {12: "12 weeks", 26: "half a year", 52: "a year"}
APART: Final = {12: 1, 26: 2, 52: 4}
"""Weeks between two days that are shown, so that there is room for a mark on each."""


@st.fragment
def silence(assessments: Sequence[Assessment]) -> None:
    """Silence against slippage; with several vendors, of one of them on request."""
    show(silence_slippage(assessments, dark=shell.dark(), narrow=shell.narrow()), "status_silence")


@st.fragment
def by_week(assessments: Sequence[Assessment]) -> None:
    """Status by week, over a stretch that is chosen here."""
    weeks = st.session_state.get(_WEEKS, 12)
    as_of = shell.as_of()
    apart = APART[weeks]
    days = [as_of - timedelta(weeks=back) for back in reversed(range(0, weeks + apart - 1, apart))]
    keys = {one.engagement for one in assessments}
    statuses = {
        on: {key: status for key, status in by_key.items() if key in keys}
        for on, by_key in shell.overview().statuses(days).items()
    }
    show(status_weeks(statuses, assessments, dark=shell.dark(), narrow=shell.narrow()), "status_by_week")
    st.segmented_control(
        "How far back",
        list(WEEKS),
        format_func=lambda weeks: shell.option(WEEKS[weeks]),
        default=12,
        required=True,
        key=_WEEKS,
        label_visibility="collapsed",
    )


@st.fragment
def finish(assessments: Sequence[Assessment]) -> None:
    """What was promised and what the vendor and our forecast say, the worst 15."""
    show(portfolio_plan(assessments, shell.as_of(), dark=shell.dark(), narrow=shell.narrow()), "status_finish")
