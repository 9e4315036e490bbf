"""The formulas on Methods, and what earlier cases say of the rules, of the order and of the chance."""

from typing import Final

import streamlit as st

from engagement.assessment import chance, formulas, methods
from engagement.assessment.backtest import LEAST_FIRED, AttentionRecord, Backtest, RuleRecord
from engagement.assessment.formulas import Formula
from engagement.assessment.limits import LIMITS
from engagement.assessment.values import LimitChange
from engagement.assessment.wording import count, share
from engagement.pages import _limits, _start_sample, shell
from engagement.pages.text import literal

CASE: Final = (
    "A case is an engagement on a Friday: its earliest open milestone that is not yet more than 30 days past its first "
    "promise and will be within 60. It ended badly where 30 days after the promise nothing was delivered. Cases whose "
    "end is not known yet are left out, and each is judged by what is dated up to its Friday."
)
NOT_YET: Final = "This is being counted, and will stand here in a moment."


def explain(changes: tuple[LimitChange, ...]) -> None:
    """Every formula behind its title, the chance with its coefficients, and the limits that belong to no rule."""
    with st.container(gap="xsmall"):
        every = methods.in_force(tuple(LIMITS.values()), (), changes, shell.as_of())
        for formula in formulas.in_force({one.limit.name: one.value for one in every}):
            with st.expander(formula.title):
                _formula(formula)
        with st.expander(formulas.CHANCE.title):
            _formula(formulas.CHANCE)
            level = shell.overview().level(shell.as_of())
            measures = formulas.measures(level)
            rows = {
                "Measure x": [one.name for one in measures],
                "Counts as": [f"`{one.counts_as}`" for one in measures],
                "Coefficient": [f"{one.coefficient:g}" for one in measures],
            }
            st.table(rows, border="horizontal", hide_index=True, alt="Measures of the chance with their coefficients")
            st.caption(chance.told(level))
        with st.expander("Limits that belong to no single rule"):
            limits = methods.common_limits()
            _limits.show(methods.in_force(limits, (), changes, shell.as_of()))
            _limits.button(limits, "common")


def record(counted: Backtest | None) -> None:
    """How often rules were right, how well the order did, and whether chances came true."""
    st.caption(f"{CASE} {methods.FICTION}" if _start_sample.is_sample() else CASE)
    if counted is None:
        st.caption(NOT_YET)
        return
    st.markdown(literal(methods.summary(counted)))
    told = sorted((one for one in counted.rules if one.fired >= LEAST_FIRED), key=_by_lift)
    if told:
        _rules(told)
    quiet = [one.rule for one in counted.rules if one.cases and not one.fired]
    few = [one.rule for one in counted.rules if 0 < one.fired < LEAST_FIRED]
    unjudged = [one.rule for one in counted.rules if not one.cases]
    for words, names in (
        (f"Fired on fewer than {LEAST_FIRED}", few), ("Judged and never fired", quiet), ("Not judged", unjudged)
    ):  # fmt: skip
        if names:
            st.caption(f"{words}: {', '.join(names)}.")
    if counted.attention.cases:
        _order(counted.attention)
        _calibration(counted)


def _formula(formula: Formula) -> None:
    st.markdown("\n\n".join(map(literal, formula.lines)))
    if formula.steps:
        st.code("\n".join(formula.steps), language=None, wrap_lines=True)
    if formula.source:
        st.caption(formula.source)


def _rules(told: list[RuleRecord]) -> None:
    rows = {
        "Rule": [one.rule for one in told],
        "Fired": [f"{one.fired:,}" for one in told],
        "Slipped": [share(one.followed / one.fired) for one in told],
        "Of all": [share(one.base_rate or 0) for one in told],
        "Times": [f"{one.lift or 0:.2f}" for one in told],
    }
    if not shell.narrow():
        rows["95 %"] = [_interval(one) for one in told]
        rows["Days ahead"] = ["" if one.lead_days is None else f"{one.lead_days:.0f}" for one in told]
        rows["Says"] = [methods.verdict(one).removeprefix("Here ").capitalize() for one in told]
    st.table(rows, border="horizontal", hide_index=True, alt="How often rules were right")


def _order(attention: AttentionRecord) -> None:
    st.markdown("**Does the worst stand first?**", anchors=False)
    st.caption(
        "Of a case that ended badly and one that did not, how often the bad one stood first; half of the time is a "
        f"coin. The first ten of a week are counted where there were more, in {count(attention.weeks, 'week')}."
    )
    rows = {
        "Order by": [one.name for one in attention.orderings],
        "Bad one first": ["not known" if one.auc is None else share(one.auc) for one in attention.orderings],
        "Bad of the first ten": [
            "not known" if one.first_ten_bad is None else f"{one.first_ten_bad:.1f}" for one in attention.orderings
        ],
    }
    st.table(rows, border="horizontal", hide_index=True, alt="How well the worst stood first, by order")


def _calibration(counted: Backtest) -> None:
    st.markdown("**Does a chance come true as often as it says?**", anchors=False)
    buckets = counted.attention.calibration
    st.caption(
        "Tenths of the cases, the lowest chance first, each as it was said on its day: how likely a broken promise was "
        f"called, and how often it was broken. The nearer the two, the better. {chance.told(counted.level)}"
    )
    rows = {
        "Said": [share(one.predicted) for one in buckets],
        "Came true": [share(one.observed) for one in buckets],
        "Cases": [f"{one.n:,}" for one in buckets],
    }
    st.table(rows, border="horizontal", hide_index=True, alt="Chances and how often they came true")


def _interval(record: RuleRecord) -> str:
    if record.lift_low is None or record.lift_high is None:
        return "not known"
    return f"{record.lift_low:.2f} to {record.lift_high:.2f}"


def _by_lift(record: RuleRecord) -> float:
    return -(record.lift or 0.0)
