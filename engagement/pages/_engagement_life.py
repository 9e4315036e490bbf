"""Whether work goes on: it rests, is closed, or starts again, from its page."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from engagement import clock
from engagement.assessment.results import Assessment, MilestoneState
from engagement.assessment.wording import count, day, listed, span
from engagement.errors import Problem, Refused
from engagement.pages import _engagement_form as form
from engagement.pages import identity, shell
from engagement.pages._engagement_agreed import BRIEF, MONEY, TERMS
from engagement.pages._engagement_form import Form
from engagement.pages._engagement_milestones import opened, reasons
from engagement.pages._engagement_over import RETROSPECTIVE, REVOKE
from engagement.pages.text import literal
from engagement.records.accesses import accesses
from engagement.records.actions import open_actions
from engagement.records.database import Author
from engagement.records.engagements import close, next_pause, pause, reopen, resume
from engagement.records.restarts import start_again
from engagement.records.retrospectives import retrospectives

MOST_DATES: Final = 6
"""So many overdue milestones get a new date in one go; the others on the Plan tab."""


def further(assessment: Assessment) -> Sequence[Form]:
    """The forms that change an engagement as a whole."""
    if assessment.life == "closed":
        return (REOPEN,)
    return (RESUME, PAUSE, CLOSE, TERMS, BRIEF, MONEY)


def question(assessment: Assessment) -> None:
    """What to decide about work that looks abandoned, rests or is over, with the forms that do it; else nothing."""
    if assessment.life == "active" and assessment.attention.abandoned:
        with st.container(border=True, key="abandoned", gap="xsmall"):
            days = assessment.contact.days_since
            silent = f"nobody has talked for {span(days)}, and" if days is not None else "nobody talks, and"
            late = max((one.overdue_days for one in opened(assessment)), default=0)
            st.markdown(f"**It looks abandoned:** {silent} what was due {span(late)} ago is open.")
            with st.container(horizontal=True, gap="small"):
                form.button(CLOSE, assessment, "abandoned", label="Close it …")
                form.button(START, assessment, "abandoned")
    elif assessment.life == "closed":
        with st.container(horizontal=True, gap="small"):
            for one in (REVOKE, RETROSPECTIVE):
                if not _is_warned(assessment, one) and _is_left(assessment, one):
                    form.button(one, assessment, "closed")
            form.button(REOPEN, assessment, "closed")
    else:
        _rest_line(assessment)


def _is_warned(assessment: Assessment, left: Form) -> bool:
    """Whether a warning of the page offers the same form."""
    rule = "access-not-revoked" if left is REVOKE else "no-retrospective"
    return any(warning.rule == rule for warning in assessment.warnings)


def _is_left(assessment: Assessment, left: Form) -> bool:
    if left is REVOKE:
        return left.has_something(assessment)
    with shell.database().reading() as connection:
        return not retrospectives(connection, assessment.engagement)


def _rest_line(assessment: Assessment) -> None:
    """From when until when it rests, or is going to."""
    rests = _pause(assessment)
    if rests is None:
        return
    start, end = rests
    as_of = shell.as_of()
    word = "Rests" if start <= as_of else "Will rest"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{word} from {day(start, as_of)} until {day(end, as_of)}.", width="content")
        form.button(RESUME, assessment, "pause", label=None if start <= as_of else "Call the pause off …")


def _pause(assessment: Assessment) -> tuple[date, date] | None:
    """The pause that runs on the page's day, or the next one."""
    with shell.database().reading() as connection:
        return next_pause(connection, assessment.engagement, shell.as_of())


# --- It rests


def _show_pause(_: Assessment, __: str) -> None:
    st.caption("While it rests nothing is asked of anybody, and no warning stands. What is due keeps its date.")
    with st.container(horizontal=True):
        form.on("from_on", "It rests from", clock.today())
        form.on("until_on", "Goes on, on")
    form.complain("from_on", "until_on")


def _enter_pause(assessment: Assessment, _: str) -> identity.Record:
    form.needed(from_on="The first day is missing.", until_on="The day on which it goes on is missing.")
    from_on, until_on = form.value("from_on"), form.value("until_on")
    return lambda author: pause(shell.database(), author, assessment.engagement, from_on, until_on)


def _may_pause(assessment: Assessment) -> bool:
    return assessment.life == "active" and _pause(assessment) is None


def _show_resume(assessment: Assessment, _: str) -> None:
    rests = _pause(assessment)
    if rests is None:
        return
    if rests[0] > clock.today():
        st.caption(f"It was to rest from {_said(rests[0])} until {_said(rests[1])}. Called off, it goes on as before.")
        return
    st.caption(f"It rests from {_said(rests[0])} until {_said(rests[1])}. On {_said(rests[0])} itself it never rested.")
    form.past("goes_on", "It goes on, on", clock.today())
    form.complain("goes_on")


def _enter_resume(assessment: Assessment, _: str) -> identity.Record:
    on = form.value("goes_on") or clock.today()
    return lambda author: resume(shell.database(), author, assessment.engagement, on)


def _rests(assessment: Assessment) -> bool:
    return assessment.life in ("active", "paused") and _pause(assessment) is not None


# --- It is over


def _show_close(assessment: Assessment, _: str) -> None:
    form.past("closed_on", "Closed on", clock.today())
    form.complain("closed_on")
    left = _left(assessment)
    if left:
        st.caption("  \n".join(map(literal, left)))
    st.caption("It can be taken up again later.")


def _left(assessment: Assessment) -> list[str]:
    """What remains once it is closed, a sentence each."""
    with shell.database().reading() as connection:
        given = [one.what for one in accesses(connection, assessment.engagement) if one.revoked_on is None]
        undone = open_actions(connection, [assessment.engagement], clock.today())
        learned = retrospectives(connection, assessment.engagement)
    still = len(opened(assessment)) if assessment.contract != "retainer" else 0
    return [
        *([f"Not delivered: {count(still, 'milestone')}."] if still else []),
        *([f"Open: {count(len(undone), 'action or question', 'actions or questions')}."] if undone else []),
        *([f"Still to be taken back: {listed(given, most=4)}."] if given else []),
        *([] if learned else ["Still to be written: what was learned."]),
    ]


def _enter_close(assessment: Assessment, _: str) -> identity.Record:
    form.needed(closed_on="The day is missing.")
    on, began = form.value("closed_on"), assessment.schedule.starts_on
    if on < began:
        what = f"It began only on {_said(began)}."
        raise Refused((Problem(what, "Choose that day or a later one.", column="closed_on"),))
    return lambda author: close(shell.database(), author, assessment.engagement, on)


def _may_close(assessment: Assessment) -> bool:
    return assessment.life in ("active", "paused")


def _show_reopen(assessment: Assessment, _: str) -> None:
    closed = _said(assessment.closed_on) if assessment.closed_on else ""
    st.caption(f"Closed on {closed}. From then until it goes on it rested. Closed by mistake? Then say {closed}.")
    form.past("goes_on", "It goes on, on", clock.today())
    form.complain("goes_on")


def _enter_reopen(assessment: Assessment, _: str) -> identity.Record:
    form.needed(goes_on="The day is missing.")
    on = form.value("goes_on")
    return lambda author: reopen(shell.database(), author, assessment.engagement, on)


# --- It looks abandoned


def _late(assessment: Assessment) -> list[MilestoneState]:
    """What is overdue, the longest first."""
    late = [one for one in opened(assessment) if one.overdue_days]
    return sorted(late, key=lambda one: -one.overdue_days)[:MOST_DATES]


def _show_start(assessment: Assessment, _: str) -> None:
    st.caption("It starts again with a talk, and with new dates for what is overdue. First promises stay on record.")
    form.past("held_on", "Talked on", clock.today())
    form.complain("held_on")
    form.text("notes", "What was said")
    late = _late(assessment)
    for one in late:
        due = f"due {_said(one.due_on)}" if one.due_on else ""
        form.on(_field(one), f"New date for {literal(one.name)}, {due}")
        form.complain(_field(one))
    if late:
        form.line("reason", "Why the dates move")
        form.person("approved_by", "Who approved them")


def _field(milestone: MilestoneState) -> str:
    """The field of a new date: problems of the write name the milestone."""
    return f"due_on {milestone.milestone}"


def _enter_start(assessment: Assessment, _: str) -> identity.Record:
    dates = {one.milestone: form.value(_field(one)) for one in _late(assessment) if form.value(_field(one))}
    form.needed(held_on="The day of the talk is missing.", **(reasons() if dates else {}))
    held_on, notes = form.value("held_on"), form.said("notes")
    reason, approved_by = form.said("reason"), form.said("approved_by")

    def record(author: Author) -> None:
        start_again(
            shell.database(),
            author,
            assessment.engagement,
            held_on,
            dates,
            notes=notes,
            reason=reason,
            approved_by=approved_by,
        )

    return record


def _said(on: date) -> str:
    return day(on, clock.today())


PAUSE: Final = Form(
    "pause", "It rests", "Pause …", "Pause it", "Recorded: it rests.", _show_pause, _enter_pause, _may_pause
)
RESUME: Final = Form(
    "resume", "It goes on", "Start again …", "It goes on", "Recorded: it goes on.", _show_resume, _enter_resume, _rests
)
CLOSE: Final = Form("close", "Close it", "Close …", "Close it", "Closed.", _show_close, _enter_close, _may_close)
REOPEN: Final = Form(
    "reopen",
    "Start it again",
    "Start again …",
    "Start it again",
    "Recorded: it goes on.",
    _show_reopen,
    _enter_reopen,
    lambda assessment: assessment.life == "closed",
)
START: Final = Form(
    "start",
    "Start it again",
    "Start it again …",
    "Start it again",
    "Recorded: it started again.",
    _show_start,
    _enter_start,
)
