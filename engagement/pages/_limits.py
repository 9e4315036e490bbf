"""Limits: the values in force, and the question to which value one is to be changed, for all or for one engagement."""

from collections.abc import Sequence
from typing import Final, get_args

import streamlit as st

from engagement import clock
from engagement.assessment import methods
from engagement.assessment.headline import nudges, work_warnings
from engagement.assessment.limits import LIMITS, Limit
from engagement.assessment.methods import InForce
from engagement.assessment.results import Assessment
from engagement.assessment.rules import CATALOGUE
from engagement.assessment.terms import terms_on
from engagement.assessment.values import LimitChange, Tier
from engagement.assessment.wording import day
from engagement.errors import Problem
from engagement.pages import identity, shell
from engagement.pages._typed import too_long
from engagement.pages.live import DIALOG
from engagement.pages.text import literal
from engagement.records.database import Author
from engagement.records.thresholds import change_limit, thresholds

_FOR: Final = f"{DIALOG}limit"
_WRONG: Final = "limit_wrong"
_FIELDS: Final = ("limit_name", "limit_value_", "limit_reason")
LONGEST_REASON: Final = 300
VALUE, REASON = "New value", "Why"
_LABELS: Final = {"value": VALUE, "reason": REASON}


def changes(engagement: str | None = None) -> tuple[LimitChange, ...]:
    """How limits of one engagement, or (None) those that hold for all, were changed: the latest first."""
    with shell.database().reading() as connection:
        return thresholds(connection, engagement)


def value_of(name: str, engagement: str | None = None) -> float:
    """The value of a limit that is in force today, for one engagement or (None) for all."""
    return _now_in_force(LIMITS[name], engagement).value


def show(limits: Sequence[InForce]) -> None:
    """Limits with what is in force, what they may be, and why; below them who changed what.

    The reason of a change stands in the list; where the default is in force again, beside the change.
    """
    if shell.narrow():
        lines = (
            f"**{_listed(one.limit.name)}** {_now(one)} :gray[({one.limit.bounds}) {literal(methods.why(one))}]"
            for one in limits
        )
        st.markdown("\n".join(f"- {line}" for line in lines))
    elif limits:
        rows = {
            "Limit": [_listed(one.limit.name) for one in limits],
            "In force": [_now(one) for one in limits],
            "May be": [one.limit.bounds for one in limits],
            "Why": [literal(methods.why(one)) for one in limits],
        }
        st.table(rows, border="horizontal", hide_index=True, alt="Limits with their values")
    for one in limits:
        if one.change is not None:
            said = _changed(one, one.change, with_reason=one.value == one.limit.default)
            st.caption(said[:1].upper() + said[1:])


def button(limits: Sequence[Limit], key: str, engagement: str | None = None) -> None:
    """Opens the question to which value one of some limits is to be changed."""
    if limits and shell.is_today():
        st.button(
            "Change a limit" if len(limits) > 1 else "Change the limit",
            key=f"limits_{key}",
            type="tertiary",
            icon=":material/tune:",
            on_click=_ask,
            args=([limit.name for limit in limits], engagement),
        )


def of_engagement(assessment: Assessment) -> None:
    """What was changed for one engagement alone, and a way to change a limit that it goes by."""
    own = changes(assessment.engagement)
    for one in methods.in_force(tuple(LIMITS.values()), own, (), shell.as_of()):
        if one.change is not None:
            st.caption(f"Here only: {_changed(one, one.change)}")
    button(at_work(assessment), "engagement", assessment.engagement)


def at_work(assessment: Assessment) -> tuple[Limit, ...]:
    """The limits that an engagement goes by: those of its first warning first, then of all that fires, then the rest.

    A limit in whose place something was agreed is left out, because changing it would change nothing; so are those of
    rules about more than one engagement, which hold for all.
    """
    firing = [one.rule for one in (*work_warnings(assessment), *nudges(assessment), *assessment.warnings)]
    firing += [one.rule for one in assessment.folded]
    rules = {rule.id: rule for rule in CATALOGUE}
    idle = _without_effect(assessment)
    limits = [limit for one in dict.fromkeys((*firing, *rules)) if one in rules for limit in rules[one].limits]
    limits += methods.common_limits()
    return tuple({limit.name: limit for limit in limits if limit.name not in idle}.values())


def _without_effect(assessment: Assessment) -> set[str]:
    """Limits that an engagement does not go by: those of other tiers, and what was agreed with the vendor instead."""
    history = shell.overview().histories([assessment.engagement], shell.as_of())[assessment.engagement]
    terms = terms_on(history, shell.as_of())
    idle = {f"cadence-{tier}" for tier in get_args(Tier) if terms.cadence_days is not None or tier != assessment.tier}
    return idle | ({"grace"} if terms.grace_days is not None else set())


def _listed(name: str) -> str:
    return LIMITS[name].called.capitalize()


def dialog() -> None:
    """The question to which value a limit is to be changed, while it is asked. Once a page."""
    asked = st.session_state.get(_FOR)
    if asked is not None and not identity.is_asking():
        _question(*asked)


def _now(one: InForce) -> str:
    value = one.limit.said(one.value)
    return value if one.value == one.limit.default else f"**{value}**, not {one.limit.said(one.limit.default)}"


def _changed(one: InForce, change: LimitChange, *, with_reason: bool = True) -> str:
    by = f" by {literal(shell.person(change.by))}" if change.by else ""
    why = f": {literal(change.reason)}" if change.reason and with_reason else ""
    on = day(change.set_on, shell.as_of())
    return f"{one.limit.called} was set to {one.limit.said(change.value)} on {on}{by}{why}"


def _ask(names: list[str], engagement: str | None) -> None:
    for key in [key for key in st.session_state if str(key).startswith(_FIELDS)]:
        del st.session_state[key]
    st.session_state[_FOR] = names, engagement
    st.session_state.pop(_WRONG, None)


def _put_away() -> None:
    st.session_state.pop(_FOR, None)
    st.session_state.pop(_WRONG, None)


@st.dialog("Change a limit", on_dismiss=_put_away)
def _question(names: list[str], engagement: str | None) -> None:
    if st.session_state.get(_FOR) is None or identity.is_asking():
        st.rerun()
    name = names[0]
    if len(names) > 1:
        name = st.selectbox("Limit", names, format_func=_listed, key="limit_name", persist_state="page")
    limit = LIMITS[name]
    now = _now_in_force(limit, engagement)
    usual = "" if now.value == limit.default else f", by default {limit.said(limit.default)}"
    st.caption(f"{literal(methods.why(now))} It is {limit.said(now.value)}{usual}, and may be {limit.bounds}.")
    _value(now)
    st.text_input(REASON, key="limit_reason", persist_state="page")
    for problem in st.session_state.get(_WRONG, ()):
        st.error(literal(str(problem)))
    whom = "all engagements" if engagement is None else "this engagement"
    st.caption(f"It holds for {whom} from today on. What was before is judged by what held then.")
    st.button("Change it", type="primary", key="limit_save", on_click=_save, args=(name, engagement))


def _value(now: InForce) -> None:
    """The field for the new value: a share in percent, a switch as on and off."""
    limit, key = now.limit, _key(now.limit)
    if limit.unit == "on or off":
        st.segmented_control(
            VALUE,
            ["on", "off"],
            format_func=shell.option,
            default=limit.said(now.value),
            required=True,
            key=key,
            persist_state="page",
        )
        return
    times = 100 if limit.unit == "share" else 1
    unit = {"share": "%", "factor": "times"}.get(limit.unit, limit.unit)
    st.number_input(
        f"{VALUE}, {unit}",
        value=float(round(now.value * times, 6)),
        step=0.1 if limit.unit == "factor" else 1.0,
        format="%g",
        key=key,
        persist_state="page",
    )


def _save(name: str, engagement: str | None) -> None:
    limit, said = LIMITS[name], st.session_state.get(_key(LIMITS[name]))
    if said is None:
        _wrong((Problem("No value is given.", "Write one.", column="value"),))
        return
    value = float(said == "on") if limit.unit == "on or off" else said / (100 if limit.unit == "share" else 1)
    if value == _now_in_force(limit, engagement).value:
        _wrong((Problem(f"It is {limit.said(value)} already.", "Write another value.", column="value"),))
        return
    reason = st.session_state.get("limit_reason") or ""
    if wrong := tuple(too_long("reason", reason, LONGEST_REASON)):
        _wrong(wrong)
        return

    def record(author: Author) -> None:
        change_limit(shell.database(), author, name, value, reason=reason, set_on=clock.today(), engagement=engagement)

    identity.write(
        record, done=f"{_listed(name)} is {limit.said(value)} from today on.", refused=_wrong, then=_put_away
    )


def _now_in_force(limit: Limit, engagement: str | None) -> InForce:
    own = () if engagement is None else changes(engagement)
    (now,) = methods.in_force([limit], own, changes(), clock.today())
    return now


def _key(limit: Limit) -> str:
    return f"limit_value_{limit.name}"


def _wrong(problems: tuple[Problem, ...]) -> None:
    """Keeps what is wrong, each under the name its field has on the page."""
    st.session_state[_WRONG] = tuple(p._replace(column=_LABELS.get(p.column or "", p.column)) for p in problems)
