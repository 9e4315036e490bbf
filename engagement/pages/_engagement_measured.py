"""What is measured, to know whether the work is good or worth it: metrics and what was read of them."""

from typing import Any, Final

import streamlit as st

from engagement import clock
from engagement.assessment.results import Assessment
from engagement.assessment.values import Metric
from engagement.assessment.wording import count, day, measured
from engagement.pages import _engagement_form as form
from engagement.pages import identity, shell
from engagement.pages._engagement_form import Form
from engagement.pages.text import literal
from engagement.records.database import Author
from engagement.records.metrics import add_metric, change_metric, record_reading
from engagement.records.metrics import metrics as recorded

KINDS: Final = {"quality": "whether it is good", "benefit": "whether it is worth it"}
DIRECTIONS: Final = {"up": "more", "down": "less"}
MOST_READINGS: Final = 5


def tab(assessment: Assessment) -> None:
    """Every metric with its target and its last readings; from here the next one is recorded."""
    metrics = _metrics(assessment)
    if not metrics:
        st.caption("Nothing is measured yet. Name what tells that the work is good, and what it should bring.")
    for place, metric in enumerate(metrics):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{literal(metric.key)}** :gray[{literal(target_words(metric))}]", width="content")
            form.button(READING, assessment, f"metric_{place}", about=metric.key)
            form.button(CHANGE, assessment, f"metric_{place}", about=metric.key)
        st.caption(literal(_readings_words(metric)))
    form.button(METRIC, assessment, "metrics")


def target_words(metric: Metric) -> str:
    """ "quality, at most 2 defects, from 8, every 30 days"."""
    most = {"up": "at least ", "down": "at most "}.get(metric.direction or "", "")
    parts = [
        metric.kind,
        "no target" if metric.target is None else f"{most}{measured(metric.target, metric.unit)}",
        "" if metric.baseline is None else f"from {measured(metric.baseline)}",
        f"every {count(metric.interval_days, 'day')}" if metric.interval_days else "",
    ]
    return ", ".join(filter(None, parts))


def _readings_words(metric: Metric) -> str:
    """The last readings, the latest first."""
    if not metric.readings:
        return "Never read."
    last = [f"{measured(one.value)} on {day(one.read_on, shell.as_of())}" for one in reversed(metric.readings)]
    more = f", and {count(len(last) - MOST_READINGS, 'earlier one')}" if len(last) > MOST_READINGS else ""
    return f"{', '.join(last[:MOST_READINGS])}{more}."


# --- A reading


def _show_reading(assessment: Assessment, about: str) -> None:
    metrics = {metric.key: metric for metric in _metrics(assessment)}
    begin = about or next(iter(metrics), "")
    if len(metrics) > 1:
        form.pick("metric", "What was measured", {key: key for key in metrics}, begin)
    chosen = metrics.get(form.value("metric") or begin)
    if chosen is not None:
        st.caption(f"**{literal(chosen.key)}**: {literal(target_words(chosen))}")
    unit = f", {literal(chosen.unit)}" if chosen and chosen.unit else ""
    with st.container(horizontal=True):
        form.number("value", f"Value{unit}", placeholder="")
        form.past("read_on", "On", clock.today())
    form.complain("value", "read_on")


def _reading(assessment: Assessment, about: str) -> identity.Record:
    form.needed(value="The value is missing.", read_on="The day is missing.")
    first = next(iter(_metrics(assessment)), None)
    metric = form.value("metric") or about or (first.key if first else "")
    value, on = form.value("value"), form.value("read_on")

    def record(author: Author) -> None:
        record_reading(shell.database(), author, assessment.engagement, metric, read_on=on, value=value)

    return record


# --- A metric


def _show_new(_: Assessment, kind: str) -> None:
    form.line("metric", "What is measured", placeholder="defects a week")
    _show_rest(Metric("", "benefit" if kind == "benefit" else "quality"))


def _show_change(assessment: Assessment, about: str) -> None:
    metric = next((metric for metric in _metrics(assessment) if metric.key == about), Metric(about, "quality"))
    st.caption(f"**{literal(about)}**")
    _show_rest(metric)


def _show_rest(metric: Metric) -> None:
    """All of a metric but its name."""
    form.one_of("kind", "It tells", KINDS, metric.kind)
    form.one_of("direction", "Better is", DIRECTIONS, metric.direction)
    with st.container(horizontal=True):
        form.number("baseline", "It was", metric.baseline)
        form.number("target", "It should be", metric.target)
    form.complain("baseline", "target")
    with st.container(horizontal=True):
        form.line("unit", "Unit", metric.unit)
        form.count("interval_days", "Read every … days", metric.interval_days)
    form.complain("interval_days")


def _new(assessment: Assessment, _: str) -> identity.Record:
    form.needed(metric="What is measured is missing.", kind="What it tells is missing.")
    key, said = form.said("metric") or "", _said()
    return lambda author: add_metric(shell.database(), author, assessment.engagement, key, **said)


def _change(assessment: Assessment, about: str) -> identity.Record:
    form.needed(kind="What it tells is missing.")
    said = _said()
    return lambda author: change_metric(shell.database(), author, assessment.engagement, about, **said)


def _said() -> dict[str, Any]:
    """All of a metric but its name, as the arguments of a write."""
    fields = {field: form.value(field) for field in ("kind", "direction", "baseline", "target", "interval_days")}
    return {**fields, "unit": form.said("unit")}


def has_metric(assessment: Assessment) -> bool:
    """Whether there is anything that a reading can be of."""
    return bool(_metrics(assessment))


def _metrics(assessment: Assessment) -> tuple[Metric, ...]:
    with shell.database().reading() as connection:
        return recorded(connection, assessment.engagement, shell.as_of())


READING: Final = Form(
    "reading",
    "A reading",
    "Record a reading",
    "Record the reading",
    "Recorded: the reading.",
    _show_reading,
    _reading,
    has_metric,
)
METRIC: Final = Form("metric", "A metric", "Add a metric", "Add it", "Recorded: what is measured.", _show_new, _new)
CHANGE: Final = Form(
    "change_metric", "A metric", "Change", "Record it", "Recorded: what is measured.", _show_change, _change
)
