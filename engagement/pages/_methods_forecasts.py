"""Forecasts on Methods: how often they held, beside naive ones, and the table that they are read off, in words."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import streamlit as st

from engagement.assessment import foresight, lifetable
from engagement.assessment.backtest import Backtest
from engagement.assessment.foretold import Forecasts, Score
from engagement.assessment.values import LifeTable
from engagement.assessment.wording import share
from engagement.charts.calibration import calibration
from engagement.pages import chart, shell
from engagement.pages.text import literal

NOT_YET: Final = "How often they held is being counted, and will stand here in a moment."
LOOK: Final = MappingProxyType[str, Any]({"border": "horizontal", "hide_index": True})
HALVES: Final = (0.53, 0.47)
"""The chart and what it says: on a diagonal that is much wider than high nobody sees what lies off it."""


def forecasts(counted: Backtest | None) -> None:
    """Whether they can be believed in a sentence, then drawn, then in tables; before they are counted, what needs none
    of that.
    """
    found = counted.forecasts if counted else None
    if found is None:
        st.caption(NOT_YET)
    else:
        st.markdown(f"**{literal(' '.join(filter(None, (foresight.held(found), foresight.against_others(found)))))}**")
    if found is not None and foresight.is_told(found):
        _drawn(found)
        _record(found)
    else:
        st.markdown(literal(foresight.METHOD))
    if found is not None:
        _table(found.table)
    _slowed()


def _drawn(found: Forecasts) -> None:
    """The chance given against the share that came, and beside it what a forecast says and what a case is."""
    picture, words = st.columns(HALVES, gap="large")
    with picture:
        chart.show(calibration(found, dark=shell.dark()), "calibration")
    with words:
        st.markdown("**What a forecast says**", anchors=False)
        st.markdown(literal(foresight.METHOD))
        st.caption(literal(foresight.CASE))


def _record(found: Forecasts) -> None:
    st.markdown("**Ours and the naive ones**", anchors=False)
    rows = {"Forecast": [foresight.name(one) for one in found.records]}
    if not shell.narrow():
        rows["What it says"] = [foresight.FORECASTS[one.name] for one in found.records]
    st.table(rows | _scores([one.score for one in found.records]), alt="How well forecasts did, ours first", **LOOK)
    st.markdown("**Ours by fifth of the life**", anchors=False)
    lives, best = foresight.by_life(found), found.best_other
    rows = {"Fifth": [name for name, _, _ in lives], "Cases": [f"{one.cases:,}" for _, one, _ in lives]}
    rows |= _scores([one for _, one, _ in lives])
    if not shell.narrow():
        rows["By P90"] = [share(one.covered_p90 or 0) for _, one, _ in lives]
        rows[f"Loss of {best.name}"] = [f"{other.loss or 0:.1f}" for _, _, other in lives]
    st.table(rows, alt="How well our forecasts did, by fifth of the life", **LOOK)


def _scores(scores: Sequence[Score]) -> dict[str, list[str]]:
    days = {"Error, days": [one.mean_error_days for one in scores], "Loss": [one.loss for one in scores]}
    shares = {"By P50": [one.covered_p50 for one in scores], "By P80": [one.covered_p80 for one in scores]}
    if shell.narrow():
        del shares["By P50"]
    return {
        **{name: [f"{one or 0:.1f}" for one in column] for name, column in days.items()},
        **{name: [share(one or 0) for one in column] for name, column in shares.items()},
    }


def _table(table: LifeTable) -> None:
    st.markdown("**The life table in words**", anchors=False)
    st.caption(literal(f"{lifetable.told(table, shell.as_of())} {foresight.UNSLOWED}"))
    st.markdown("\n".join(f"- {literal(line)}" for line in (*foresight.life_table(table), *foresight.paces(table))))


def _slowed() -> None:
    st.markdown("**What makes results come later**", anchors=False)
    measures = foresight.slowed()
    rows = {"What is known on the day, x": [one.name for one in measures]}
    if not shell.narrow():
        rows["Counts as"] = [f"`{one.counts_as}`" for one in measures]
        rows["Coefficient"] = [f"{one.coefficient:g}" for one in measures]
    rows["For example"] = [one.example for one in measures]
    st.table(rows, alt="What slows forecasts down, with coefficients", **LOOK)
