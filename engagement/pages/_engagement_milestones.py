"""The forms that change a plan: another milestone, a new date, what one is, that it is given up."""

from datetime import date
from typing import Final

import streamlit as st

from engagement import clock
from engagement.assessment.results import Assessment, MilestoneState
from engagement.assessment.values import History, Milestone
from engagement.assessment.wording import day, span
from engagement.errors import Problem, Refused
from engagement.exchange.grid import key_of
from engagement.pages import _engagement_form as form
from engagement.pages import identity, shell
from engagement.pages._engagement_form import Form
from engagement.pages.text import literal
from engagement.records.database import Author
from engagement.records.milestones import (
    add_milestone,
    cancel_milestone,
    change_milestone,
    rebaseline,
)
from engagement.records.people import alone
from engagement.records.recurring import add_series

_EDITED: Final = ("name", "acceptance_criteria", "starts_on", "due_on", "weight", "value")
_AMOUNTS: Final = frozenset({"value"})


def opened(assessment: Assessment) -> list[MilestoneState]:
    """What is not delivered, in the order of the plan."""
    return [one for one in assessment.milestones if one.delivered_on is None]


# --- A milestone more


def _show_add(assessment: Assessment, _: str) -> None:
    form.line("name", "What is to be delivered")
    form.on("due_on", "Due on")
    form.complain("due_on")
    form.text("acceptance_criteria", "It is accepted when …")
    _show_worth(assessment, None)


def _show_worth(assessment: Assessment, recorded: Milestone | None) -> None:
    with st.container(horizontal=True):
        value = None if recorded is None or recorded.value is None else float(recorded.value)
        form.number("value", f"Worth, {literal(assessment.currency)}", value)
        form.number("weight", "Weight beside the others", recorded.weight if recorded else None)
    form.complain("value", "weight")
    others = [one for one in _history(assessment).milestones if recorded is None or one.key != recorded.key]
    for column, noun in (("weight", "weight"), ("value", "worth")):
        if others and all(getattr(one, column) is not None for one in others):
            st.caption(f"Every other milestone has a {noun}. Without one here, all of them count the same.")
            break


def _add(assessment: Assessment, _: str) -> identity.Record:
    form.needed(name="What is to be delivered is missing.")
    name = form.said("name") or ""
    key = _free_key(name, {one.key for one in _history(assessment).milestones})
    due_on, criteria, weight = form.value("due_on"), form.said("acceptance_criteria"), form.value("weight")
    value = form.amount("value")

    def record(author: Author) -> None:
        add_milestone(
            shell.database(),
            author,
            assessment.engagement,
            key,
            name,
            due_on=due_on,
            weight=weight,
            value=value,
            acceptance_criteria=criteria,
        )

    return record


def _free_key(name: str, taken: set[str]) -> str:
    """A readable key for a name that no milestone bears yet."""
    base = key_of(name) if any(letter.isascii() and letter.isalnum() for letter in name) else "milestone"
    return next(key for key in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))) if key not in taken)


# --- A new date


def _show_date(assessment: Assessment, about: str) -> None:
    chosen = _chosen(assessment, about, "Which milestone")
    if chosen is None:
        return
    st.caption(literal(_promise(chosen)))
    form.on("due_on", "New date")
    if form.value("due_on") is not None and chosen.due_on is not None:
        st.markdown(f":material/arrow_forward: {literal(_moved(chosen.due_on, form.value('due_on')))}")
    form.complain("due_on")
    form.line("reason", "Why it moves")
    form.person("approved_by", "Who approved it")


def _promise(milestone: MilestoneState) -> str:
    """What was promised, and that it stays so."""
    if milestone.baseline_on is None or milestone.due_on is None:
        return "It has no date yet. The first one that is agreed is its promise from then on."
    today = clock.today()
    agreed = f", agreed now {day(milestone.due_on, today)}" if milestone.due_on != milestone.baseline_on else ""
    return (
        f"First promised for {day(milestone.baseline_on, today)}{agreed}. "
        "The first promise stays on record, and the slip is counted from it."
    )


def _moved(was: date, now: date) -> str:
    """ "26 Oct → 18 Dec, 53 days later"."""
    today, days = clock.today(), (now - was).days
    by = f"{span(days)} {'later' if days > 0 else 'earlier'}" if days else "the date of now"
    return f"{day(was, today)} → {day(now, today)}, {by}"


def _date(assessment: Assessment, about: str) -> identity.Record:
    key = form.value("milestone") or about
    milestone = next((one for one in opened(assessment) if one.milestone == key), None)
    _check_date(assessment, milestone)
    due_on, reason, approved_by = form.value("due_on"), form.said("reason"), form.said("approved_by")

    def record(author: Author) -> None:
        rebaseline(shell.database(), author, assessment.engagement, key, due_on, reason=reason, approved_by=approved_by)

    return record


def _check_date(assessment: Assessment, milestone: MilestoneState | None) -> None:
    """Raises `Refused` with everything that is wrong with a new date."""
    found = [] if milestone is not None else [Problem("No milestone is chosen.", "Choose one.", column="milestone")]
    due_on: date | None = form.value("due_on")
    if due_on is not None and due_on < clock.today():
        what = f"{day(due_on, clock.today())} has passed already."
        found.append(Problem(what, "Choose a day still to come.", column="due_on"))
    elif (
        due_on is not None
        and milestone is not None
        and due_on == milestone.due_on
        and _is_approved(assessment, milestone)
    ):
        found.append(Problem("It is agreed for that day already.", "Choose another one.", column="due_on"))
    wanted = {"due_on": "The new date is missing.", **reasons()}
    try:
        form.needed(**wanted)
    except Refused as refusal:
        found += refusal.problems
    form.refuse(found)


def reasons() -> dict[str, str]:
    """What a date that moves openly needs beside the day, and what to say where it is missing."""
    with shell.database().reading() as connection:
        nobody_else = alone(connection)
    why = {"reason": "The reason is missing."}
    return why if nobody_else else why | {"approved_by": "Who approved it is missing."}


def _is_approved(assessment: Assessment, milestone: MilestoneState) -> bool:
    """Whether the current date is the first promise, or was moved with a reason and an approver."""
    recorded = _recorded(assessment, milestone.milestone)
    last = recorded.baselines[-1] if recorded and recorded.baselines else None
    return last is None or bool(last.reason and (last.approved_by or "approved_by" not in reasons()))


# --- What a milestone is


def _show_edit(assessment: Assessment, about: str) -> None:
    recorded = _recorded(assessment, about)
    if recorded is None:
        return
    form.line("name", "Name", recorded.name)
    form.text("acceptance_criteria", "It is accepted when …", recorded.acceptance_criteria)
    with st.container(horizontal=True):
        form.on("starts_on", "Begins on", recorded.starts_on)
        if recorded.due_on is None and not recorded.baselines:
            form.on("due_on", "Due on")
    form.complain("starts_on", "due_on")
    _show_worth(assessment, recorded)
    if recorded.due_on is not None or recorded.baselines:
        st.caption("Its promised date stays on record. To move it, agree a new date.")


def _edit(assessment: Assessment, about: str) -> identity.Record:
    form.needed(name="The name is missing.")
    said = form.changed(*_EDITED)
    changes = {name: form.amount(name) if name in _AMOUNTS else held for name, held in said.items()}
    return lambda author: change_milestone(shell.database(), author, assessment.engagement, about, **changes)


# --- What "accepted" means


def _lacking(assessment: Assessment) -> list[Milestone]:
    """Open milestones that nobody has said of when they are accepted."""
    known = {one.key: one for one in _history(assessment).milestones}
    open_ones = [known[one.milestone] for one in opened(assessment) if one.milestone in known]
    return [one for one in open_ones if not one.acceptance_criteria]


def lacks_criteria(assessment: Assessment) -> bool:
    """Whether there is an open milestone without acceptance criteria."""
    return bool(_lacking(assessment))


def _show_criteria(assessment: Assessment, _: str) -> None:
    lacking = {one.key: one.name for one in _lacking(assessment)}
    form.pick("milestone", "Of which milestone", lacking, next(iter(lacking), None))
    form.text("acceptance_criteria", "It is accepted when …")


def _criteria(assessment: Assessment, _: str) -> identity.Record:
    form.needed(milestone="No milestone is chosen.", acceptance_criteria="When it is accepted is missing.")
    key, said = form.value("milestone"), form.said("acceptance_criteria")
    return lambda author: change_milestone(
        shell.database(), author, assessment.engagement, key, acceptance_criteria=said
    )


# --- Giving one up


def _show_cancel(assessment: Assessment, about: str) -> None:
    milestone = _recorded(assessment, about)
    name = milestone.name if milestone else about
    st.caption(f"**{literal(name)}** does not count from that day on. What was recorded of it stays.")
    form.past("cancelled_on", "On", clock.today())
    form.complain("cancelled_on")


def _cancel(assessment: Assessment, about: str) -> identity.Record:
    form.needed(cancelled_on="The day is missing.")
    on = form.value("cancelled_on")
    return lambda author: cancel_milestone(shell.database(), author, assessment.engagement, about, on)


# --- What comes again and again


def _show_series(assessment: Assessment, _: str) -> None:
    form.line("name", "What comes again and again", placeholder="Month-end close")
    form.one_of("every", "Every", {"week": "week", "month": "month", "quarter": "quarter"}, "month")
    with st.container(horizontal=True):
        form.count("due_day", "Due on day")
        form.number("value", f"Worth each time, {literal(assessment.currency)}")
    form.complain("due_day", "value")
    form.on("from_on", "From", clock.today())
    form.complain("from_on")


def _series(assessment: Assessment, _: str) -> identity.Record:
    form.needed(
        name="What comes again is missing.",
        every="How often is missing.",
        due_day="The day on which it is due is missing.",
    )
    name, every, due_day = form.said("name") or "", form.value("every"), form.value("due_day")
    key = _free_key(name, {one.key for one in _history(assessment).series})
    value, from_on = form.amount("value"), form.value("from_on")

    def record(author: Author) -> None:
        database = shell.database()
        add_series(
            database,
            author,
            assessment.engagement,
            key,
            name,
            every=every,
            due_day=due_day,
            value=value,
            from_on=from_on,
        )

    return record


# --- What they share


def _chosen(assessment: Assessment, about: str, label: str) -> MilestoneState | None:
    """The milestone that a form was opened about; else the one chosen in it, the latest one to begin with."""
    known = {one.milestone: one for one in opened(assessment)}
    if about:
        st.caption(f"**{literal(known[about].name)}**" if about in known else "")
        return known.get(about)
    late = max(known.values(), key=lambda one: one.overdue_days, default=None)
    form.pick("milestone", label, {key: one.name for key, one in known.items()}, late.milestone if late else None)
    return known.get(form.value("milestone") or "")


def has_open(assessment: Assessment) -> bool:
    """Whether anything is still to be delivered, so that a date can be agreed for it."""
    return bool(opened(assessment)) and assessment.life != "closed"


def _recorded(assessment: Assessment, key: str) -> Milestone | None:
    """A milestone as it was recorded; an occurrence of a series that nothing has happened to yet, as it is shown."""
    found = next((one for one in _history(assessment).milestones if one.key == key), None)
    if found is None:
        state = next((one for one in assessment.milestones if one.milestone == key), None)
        found = state and Milestone(key, state.name, value=state.value, due_on=state.baseline_on)
    return found


def _history(assessment: Assessment) -> History:
    """All that is known of the engagement by the page's day."""
    return shell.overview().histories([assessment.engagement], shell.as_of())[assessment.engagement]


ADD: Final = Form("add", "A milestone", "Add a milestone", "Add it", "Recorded: the milestone.", _show_add, _add)
SERIES: Final = Form(
    "series", "What comes again", "Add what comes again", "Add it", "Recorded: what comes again.", _show_series, _series
)
DATE: Final = Form(
    "date",
    "Agree a new date",
    "Agree a new date …",
    "Record the new date",
    "Recorded: the new date. The first promise stays.",
    _show_date,
    _date,
    has_open,
)
EDIT: Final = Form(
    "edit", "What it is", "Edit …", "Record it", "Recorded: what the milestone is.", _show_edit, _edit, has_open
)
CRITERIA: Final = Form(
    "criteria",
    "When it is accepted",
    "Say when it is accepted",
    "Record it",
    "Recorded: when it is accepted.",
    _show_criteria,
    _criteria,
    lacks_criteria,
)
CANCEL: Final = Form(
    "cancel", "Cancel it", "Cancel it …", "Cancel it", "Recorded: it does not count any more.", _show_cancel, _cancel
)
