"""A delivery that waits for us, accepted or rejected from the warning that asks for it."""

from datetime import date
from typing import Final

import streamlit as st

from engagement import clock
from engagement.assessment.results import Assessment, MilestoneState
from engagement.assessment.wording import count, day
from engagement.assessment.workdays import workdays_between
from engagement.pages import _engagement_form as form
from engagement.pages import identity, shell
from engagement.pages._engagement_form import Form
from engagement.pages.text import literal
from engagement.records.database import Author
from engagement.records.milestones import decide_delivery

OUTCOMES: Final = {"accepted": "accept it", "rejected": "reject it"}


def waiting(assessment: Assessment) -> dict[str, tuple[MilestoneState, date]]:
    """Deliveries that nobody has decided on, with their days, by milestone: the longest first."""
    found = [(one, one.decision_pending_since) for one in assessment.milestones if one.decision_pending_since]
    return {one.milestone: (one, since) for one, since in sorted(found, key=lambda each: each[1])}


def words(assessment: Assessment, milestone: MilestoneState, since: date) -> str:
    """Since when it waits, in the working days of the warning. Markdown."""
    as_of = shell.as_of()
    workdays = workdays_between(since, as_of, assessment.country)
    return (
        f"**{literal(milestone.name)}** was delivered on {day(since, as_of)} and has waited "
        f"{count(workdays, 'working day')} for a decision."
    )


def _show(assessment: Assessment, about: str) -> None:
    known = waiting(assessment)
    first = about or next(iter(known), "")
    if len(known) > 1:
        form.pick("milestone", "Which delivery", {key: one.name for key, (one, _) in known.items()}, first)
    chosen = known.get(form.value("milestone") or first)
    if chosen is not None:
        st.markdown(words(assessment, *chosen))
    form.one_of("outcome", "You", OUTCOMES)
    form.text("reason", "Reason, needed to reject")


def _entry(assessment: Assessment, about: str) -> identity.Record:
    form.needed(outcome="Whether it is accepted is missing.")
    known = waiting(assessment)
    key = form.value("milestone") or about or next(iter(known), "")
    outcome, reason = form.value("outcome"), form.said("reason")
    since = known[key][1] if key in known else clock.today()

    def record(author: Author) -> None:
        decide_delivery(
            shell.database(),
            author,
            assessment.engagement,
            key,
            since,
            outcome=outcome,
            decided_on=clock.today(),
            reason=reason,
        )

    return record


def has_waiting(assessment: Assessment) -> bool:
    """Whether a delivery waits for us."""
    return bool(waiting(assessment))


DECIDE: Final = Form(
    "decision",
    "Accept or reject",
    "Accept or reject …",
    "Record the decision",
    "Recorded: the decision.",
    _show,
    _entry,
    has_waiting,
)
