"""The rules on Methods, each behind its sentence: when it fires, what next, its limits, and how often it was right."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from engagement.assessment import methods
from engagement.assessment.backtest import LEAST_FIRED, Backtest, RuleRecord
from engagement.assessment.methods import AnyRule
from engagement.assessment.values import LimitChange
from engagement.assessment.wording import count, listed
from engagement.pages import _limits, _start_sample, shell
from engagement.pages.text import literal

FEW: Final = 2
"""So many rules that were searched for are shown open."""
NOT_YET: Final = "Its record is being counted."


def search() -> str:
    """What somebody looks for among the rules; empty where nothing."""
    words = st.text_input(
        "Find a rule",
        key="find",
        placeholder="Find a rule or a limit: silent, budget, cadence",
        icon=":material/search:",
        label_visibility="collapsed",
        bind="query-params",
    )
    return (words or "").strip()


def hits(words: str, changes: Sequence[LimitChange], counted: Backtest | None) -> None:
    """The rules that some words fit, open where they are few."""
    rules, limits = methods.found(words), methods.found_limits(words)
    found = [count(len(rules), "rule")] if rules or not limits else []
    found += [count(len(limits), "limit that belongs to no rule", "limits that belong to no rule")] if limits else []
    st.caption(
        f'{listed(found)} with "{literal(words)}".'
        if rules or limits
        else f'No rule says "{literal(words)}". Try one word less, or look through the groups.'
    )
    listing(rules, changes, counted, are_open=len(rules) <= FEW)
    if limits:
        _limits.show(methods.in_force(limits, (), changes, shell.as_of()))
        _limits.button(limits, "found")


def listing(
    rules: Sequence[AnyRule], changes: Sequence[LimitChange], counted: Backtest | None, *, are_open: bool = False
) -> None:
    """Rules one below the other, each to be opened."""
    records = {} if counted is None else {record.rule: record for record in counted.rules}
    is_fiction = _start_sample.is_sample()
    with st.container(gap="xsmall"):
        for rule in rules:
            label = f"{literal(rule.sentence)} :gray[{rule.id} · {rule.kind}]"
            with st.expander(label, expanded=are_open, key=f"rule_{rule.id}_{are_open}"):
                _rule(rule, changes, records, is_fiction=is_fiction)


def _rule(
    rule: AnyRule, changes: Sequence[LimitChange], records: Mapping[str, RuleRecord], *, is_fiction: bool
) -> None:
    record, limits = records.get(rule.id), methods.in_force(rule.limits, (), changes, shell.as_of())
    came_true = methods.record_of(rule, record) if record else NOT_YET
    if is_fiction and record and record.fired >= LEAST_FIRED:
        came_true = f"{came_true} {methods.IN_FICTION}"
    lines = [
        f"**Fires:** {literal(rule.fires({one.limit.name: one.value for one in limits}))}",
        f"**Next:** {literal(methods.next_step(rule))}",
        f"**Record:** {literal(came_true)}",
        f":gray[{literal(_aside(rule))}]",
    ]
    st.markdown("\\\n".join(lines))
    _limits.show(limits)
    _limits.button(rule.limits, rule.id)


def _aside(rule: AnyRule) -> str:
    """Its kind, what covers it and where it comes from."""
    parts = (methods.kind_of(rule), methods.covered(rule), f"Source: {rule.source}")
    return " ".join(filter(None, parts))
