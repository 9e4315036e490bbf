"""How often rules have been right, counted beside the pages: nobody waits for it, and a page is drawn without it first.

Counting takes seconds on a cold start. It begins a moment after a page was drawn, in a thread of its own, once for all
who look at the same records; when it is done the page is drawn again, if that changes anything.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import partial

import streamlit as st

from engagement.assessment.backtest import Backtest, told
from engagement.errors import DatabaseError
from engagement.overview import Overview
from engagement.pages import live, shell


class _Clerk:
    """Counts in one thread, one day after another, each once however many ask."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "track-record")
        self._counting: dict[tuple[int, date], Future[Backtest]] = {}

    def ask(self, overview: Overview, as_of: date) -> None:
        """Has it counted what is recorded by a day, unless it is at it."""
        key = id(overview), as_of
        if key not in self._counting or self._counting[key].done():
            self._counting[key] = self._pool.submit(overview.track_record, as_of)


@st.cache_resource(show_spinner=False)
def _clerk() -> _Clerk:
    return _Clerk()


def known() -> Backtest | None:
    """What earlier cases say by the page's day, as it was counted last; None until then."""
    return shell.overview().track_record_kept(shell.as_of())[0]


class Records:
    """How often rules were right, as it stands beside warnings; what it means is said in the first sentence alone.

    Nothing is said of rules that predict nothing here, or of which too little is known: Methods tells that.
    """

    def __init__(self) -> None:
        counted = known()
        self._records = {} if counted is None else {one.rule: one for one in counted.rules}
        self._is_said = False

    def of(self, rule: str) -> str | None:
        """The sentence to stand beside the next warning of a rule."""
        record = self._records.get(rule)
        sentence = told(record, again=self._is_said) if record else None
        self._is_said = self._is_said or sentence is not None
        return sentence


def follow(shown: Backtest | None) -> None:
    """Has it counted what was not, and draws the page again where it says something else. Last thing on a page.

    ``shown``: what the page was drawn with.
    """
    if not shell.overview().track_record_kept(shell.as_of())[1]:
        live.also(partial(_look, shown))


def _look(shown: Backtest | None) -> None:
    overview, as_of = shell.overview(), shell.as_of()
    try:
        counted, is_current = overview.track_record_kept(as_of)
    except DatabaseError:
        return  # the next run of the page says it, in words
    if not is_current:
        _clerk().ask(overview, as_of)
    elif counted != shown:
        st.rerun(scope="app")
