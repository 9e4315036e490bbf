"""What if: a date, the scope or a silence is tried on the forecast. Nothing of it is written anywhere."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final

import streamlit as st

from engagement.assessment import whatif
from engagement.assessment.results import Assessment
from engagement.assessment.values import History
from engagement.assessment.whatif import Change, Drop, More, Move, Silence
from engagement.assessment.wording import count, day
from engagement.charts.whatif import what_if as chart_of
from engagement.errors import Problem
from engagement.pages import chart, shell
from engagement.pages._typed import FIRST_DAY, LAST_DAY, out_of_reach
from engagement.pages.text import literal

WEEKS: Final = (1, 2, 3, 4, 6, 8, 12)
PERCENT: Final = (-50, -25, -10, 10, 25, 50, 100)
EMPTY: Final[dict[str, Any]] = {"move": None, "on": None, "drop": [], "weeks": None, "percent": None}
"""The controls, and what each holds where nothing is tried."""
UNTRIED: Final = "Nothing is tried yet: begin with four more weeks of silence, or with another day for one result."


@st.fragment
def section(assessment: Assessment, history: History) -> None:
    """A folded part of the page with controls, what they would do in words, and a chart; or why there is none.

    It is a fragment: a control runs this part again and nothing else. ``history``: complete.
    """
    why = whatif.nothing_to_try(assessment, shell.as_of())
    if why is not None:
        st.caption(literal(f"What if …: there is nothing to try. {why}"))
        return
    part = st.expander("What if …", icon=":material/tune:", key=_key(assessment, "open"), on_change="rerun")
    if part.open:
        with part:
            _try(assessment, history)


def _try(assessment: Assessment, history: History) -> None:
    st.caption(
        "Move a result, leave one out, let weeks pass in silence: see the range move. What follows a moved result "
        "keeps its own day: move that too. Nothing here is saved."
    )
    _controls(assessment)
    as_of = shell.as_of()
    changes = list(_changes(assessment))
    tried = whatif.what_if(history, shell.overview().terms(as_of), changes, as_of)
    st.markdown(f"**{literal(whatif.finish_in_words(tried, as_of))}**")
    unmoved = "No open result moves." if changes else UNTRIED
    st.markdown(f":gray[{literal(whatif.results_in_words(tried, as_of) or unmoved)}]")
    chart.show(chart_of(tried, as_of, dark=shell.dark(), narrow=shell.narrow()), "engagement_what_if")


def _controls(assessment: Assessment) -> None:
    """What can be tried, and the button that puts it all back."""
    names = whatif.names(assessment)

    def field(name: str) -> dict[str, Any]:
        return {"key": _key(assessment, name), "persist_state": "page"}

    def choice(name: str, label: str, options: Iterable[Any], words: Callable[[Any], str], otherwise: str) -> None:
        begin = partial(_begin, assessment) if name == "move" else None
        st.selectbox(label, list(options), None, words, placeholder=otherwise, on_change=begin, **field(name))

    with st.grid(3, min_column_width=230, vertical_alignment="bottom"):
        choice("move", "Another day for", names, names.__getitem__, "No result")
        unchosen = _held(assessment, "move") is None
        st.date_input("Its new day", None, FIRST_DAY, LAST_DAY, disabled=unchosen, **field("on"))
        st.multiselect("Left out", list(names), format_func=names.__getitem__, placeholder="No result", **field("drop"))
        choice("weeks", "More silence", WEEKS, lambda weeks: count(weeks, "week"), "None")
        choice("percent", "More or less to do", PERCENT, _more_or_less, "As it is")
        st.button("Put it all back", key=_key(assessment, "back"), on_click=_put_back, args=(assessment,))
    if not unchosen:
        st.caption("A day that you type counts once you leave its field.")
    for problem in _problems(assessment):
        st.caption(f":red[:material/error:] {literal(problem.what)} {literal(problem.remedy)}")


def _more_or_less(percent: int) -> str:
    return f"{abs(percent)} % {'more' if percent > 0 else 'less'}"


def _changes(assessment: Assessment) -> Iterator[Change]:
    """What the controls hold, as far as it can be tried."""
    moved, on, dropped, weeks, percent = (_held(assessment, name) for name in EMPTY)
    if moved is not None and on is not None and not _problems(assessment):
        yield Move(moved, on)
    yield from map(Drop, dropped)
    if percent:
        yield More(percent / 100)
    if weeks:
        yield Silence(weeks)


def _problems(assessment: Assessment) -> list[Problem]:
    """What is wrong with the new day."""
    on = _held(assessment, "on")
    if on is not None and on <= shell.as_of():
        return [Problem(f"{day(on, shell.as_of())} is no day to come.", "Give a later one.", column="on")]
    return list(out_of_reach("on", on, shell.as_of()))


def _begin(assessment: Assessment) -> None:
    """A result that was chosen begins with the day it has."""
    found = {each.milestone: each.forecast_on for each in assessment.milestones}.get(_held(assessment, "move"))
    st.session_state[_key(assessment, "on")] = found if found and found > shell.as_of() else None


def _put_back(assessment: Assessment) -> None:
    st.session_state.update({_key(assessment, name): value for name, value in EMPTY.items()})


def _held(assessment: Assessment, name: str) -> Any:
    return st.session_state.get(_key(assessment, name), EMPTY[name])


def _key(assessment: Assessment, name: str) -> str:
    return f"what_if_{name}_{assessment.engagement}"
