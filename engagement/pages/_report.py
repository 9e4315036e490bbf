"""What is new about a milestone, recorded from an engagement's page: progress, a date, a delivery, a decision."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import streamlit as st

from engagement import clock
from engagement.assessment.results import Assessment, MilestoneState
from engagement.assessment.values import Outcome
from engagement.errors import Problem
from engagement.pages import identity, shell
from engagement.pages._engagement_decide import words
from engagement.pages._typed import FIRST_DAY, LAST_DAY, not_past, out_of_reach
from engagement.pages.live import DIALOG
from engagement.pages.text import literal
from engagement.records.database import Author
from engagement.records.milestones import decide_delivery, record_delivery, report_progress

_FOR: Final = f"{DIALOG}report"
_WRONG: Final = "report_wrong"
REPORT: Final = "Report …"
REASON, DONE, DONE_BY, DELIVERED_ON = "Reason, needed to reject", "Done, in percent", "Will be done by", "Delivered on"
_LABELS: Final = {"reason": REASON, "share": DONE, "forecast_on": DONE_BY, "delivered_on": DELIVERED_ON}
PROGRESS, DELIVERED = "How far, and by when", "Delivered"


def button(assessment: Assessment) -> None:
    """Opens the question what is new about a milestone."""
    if open_milestones(assessment):
        st.button(REPORT, key=f"report_{assessment.engagement}", type="tertiary", on_click=ask, args=(assessment,))


def dialog(known: Mapping[str, Assessment]) -> None:
    """The question what is new about a milestone, while it is asked. Once a page."""
    assessment = known.get(st.session_state.get(_FOR, ""))
    if assessment is not None and not identity.is_asking():
        _report(assessment)


def decisions(assessment: Assessment) -> None:
    """Deliveries that wait for us, each to be accepted or rejected where it stands."""
    for milestone in assessment.milestones:
        since = milestone.decision_pending_since
        if since is not None and shell.is_today():
            with st.container(border=True, key=f"decide_{milestone.milestone}"):
                _decision(assessment, milestone, since)


def _decision(assessment: Assessment, milestone: MilestoneState, since: date) -> None:
    st.markdown(words(assessment, milestone, since))
    reason = f"reason_{milestone.milestone}"
    st.text_input(REASON, key=reason)
    for problem in st.session_state.get(f"{reason}_wrong", ()):
        st.error(literal(str(problem)))
    with st.container(horizontal=True):
        for label, outcome in (("Accept", "accepted"), ("Reject", "rejected")):
            st.button(
                label,
                key=f"{outcome}_{milestone.milestone}",
                on_click=_decide,
                args=(assessment, milestone, since, outcome, reason),
            )


def _decide(assessment: Assessment, milestone: MilestoneState, since: date, outcome: Outcome, reason: str) -> None:
    said = (st.session_state.get(reason) or "").strip() or None

    def record(author: Author) -> None:
        decide_delivery(
            shell.database(),
            author,
            assessment.engagement,
            milestone.milestone,
            delivered_on=since,
            outcome=outcome,
            decided_on=clock.today(),
            reason=said,
        )

    wrong = f"{reason}_wrong"
    st.session_state.pop(wrong, None)
    identity.write(
        record,
        done=f"{literal(milestone.name)} is {outcome}.",
        refused=lambda problems: st.session_state.update({wrong: _named(problems)}),
    )


def _put_away() -> None:
    st.session_state.pop(_FOR, None)
    st.session_state.pop(_WRONG, None)


@st.dialog("Report", on_dismiss=_put_away)
def _report(assessment: Assessment) -> None:
    """Asks what is new about one milestone and records it."""
    if st.session_state.get(_FOR) is None or identity.is_asking():
        st.rerun()
    milestones = {m.milestone: m for m in open_milestones(assessment)}
    st.selectbox(
        "Milestone",
        list(milestones),
        format_func=lambda key: milestones[key].name,
        key="report_milestone",
        persist_state="page",
    )
    what = st.segmented_control(
        "What is new",
        [PROGRESS, DELIVERED],
        format_func=shell.option,
        default=PROGRESS,
        required=True,
        key="report_what",
        persist_state="page",
    )
    if what == PROGRESS:
        _progress()
        st.segmented_control(
            "Who says so",
            ["vendor", "us"],
            format_func=shell.option,
            default="vendor",
            required=True,
            key="report_side",
            persist_state="page",
        )
    else:
        st.date_input(
            DELIVERED_ON,
            clock.today(),
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            key="report_delivered",
            format="YYYY-MM-DD",
            persist_state="page",
        )
    for problem in st.session_state.get(_WRONG, ()):
        st.error(literal(str(problem)))
    st.button("Record it", type="primary", key="report_save", on_click=_save, args=(assessment,))


def _progress() -> None:
    """How far it is, and when it will be done."""
    st.number_input(
        DONE,
        value=None,
        step=5.0,
        format="%.10g",
        key="report_percent",
        placeholder="not said",
        persist_state="page",
    )
    st.date_input(
        DONE_BY,
        None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        key="report_forecast",
        format="YYYY-MM-DD",
        persist_state="page",
    )


def _mistyped() -> tuple[Problem, ...]:
    """What stands in a field and cannot be taken; a percent is checked where it is recorded."""
    state, today = st.session_state, clock.today()
    if state["report_what"] == DELIVERED:
        return tuple(not_past("delivered_on", state.get("report_delivered"), today))
    return tuple(out_of_reach("forecast_on", state.get("report_forecast"), today))


def _save(assessment: Assessment) -> None:
    if wrong := _mistyped():
        _wrong(wrong)
        return
    state = st.session_state
    milestone = state["report_milestone"]
    percent = state.get("report_percent")
    share = None if percent is None else percent / 100

    def delivered(author: Author) -> None:
        record_delivery(
            shell.database(), author, assessment.engagement, milestone, delivered_on=state["report_delivered"]
        )

    def progress(author: Author) -> None:
        report_progress(
            shell.database(),
            author,
            assessment.engagement,
            milestone,
            reported_on=clock.today(),
            share=share,
            forecast_on=state.get("report_forecast"),
            side=state["report_side"],
        )

    record = delivered if state["report_what"] == DELIVERED else progress
    identity.write(record, done="Recorded.", refused=_wrong, then=_put_away)


def open_milestones(assessment: Assessment) -> list[MilestoneState]:
    """What is not delivered yet, in the order of the plan."""
    return [m for m in assessment.milestones if m.delivered_on is None]


def ask(assessment: Assessment) -> None:
    """Has the page open the question of `dialog`. For a callback."""
    st.session_state[_FOR] = assessment.engagement
    st.session_state.pop(_WRONG, None)


def _wrong(problems: tuple[Problem, ...]) -> None:
    st.session_state[_WRONG] = _named(problems)


def _named(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems, each under the name its field has on the page."""
    return tuple(p._replace(column=_LABELS.get(p.column or "", p.column)) for p in problems)
