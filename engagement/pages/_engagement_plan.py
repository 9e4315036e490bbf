"""The plan where it is shown: what is open, with what can be done about it, and what was given up."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import streamlit as st

from engagement.assessment.agenda import is_held
from engagement.assessment.finish import result_expected
from engagement.assessment.results import Assessment, MilestoneState
from engagement.assessment.values import History, Milestone
from engagement.assessment.wording import day, in_words, share, signed_days, span
from engagement.pages import _engagement_form as form
from engagement.pages import identity, shell
from engagement.pages._engagement_milestones import ADD, CANCEL, DATE, EDIT, SERIES, opened
from engagement.pages.text import literal
from engagement.records.milestones import take_up_milestone

MOST_OPEN: Final = 8
"""Open milestones that stand one below the other with what can be done about each; more are folded."""


def lines(assessment: Assessment, history: History, refused: Mapping[str, str | None]) -> None:
    """Open milestones, each with its dates and what can be done about it; below them those that were given up.

    ``refused``: what was wrong with the last delivery of each, by key.
    """
    waiting = opened(assessment)
    for milestone in waiting[:MOST_OPEN]:
        _line(assessment, milestone, refused.get(milestone.milestone))
    if len(waiting) > MOST_OPEN:
        with st.expander(folded(len(waiting) - MOST_OPEN)):
            for milestone in waiting[MOST_OPEN:]:
                _line(assessment, milestone, refused.get(milestone.milestone))
    for given_up in _given_up(history):
        _given_up_line(assessment, given_up)
    if assessment.life != "closed":
        form.button(SERIES if assessment.contract == "retainer" else ADD, assessment, "plan")


def folded(number: int) -> str:
    """How many more there are than stand one below the other."""
    return f"{in_words(number).capitalize()} more {'is' if number == 1 else 'are'} open"


def words(milestone: MilestoneState, assessment: Assessment, refused: str | None, as_of: date) -> str:
    """ "promised 26 Oct, agreed 4 Nov, vendor says 20 Nov (+25 d), expected 23 Nov, likely by 4 Dec, 95 % done"."""
    if milestone.due_on is None:
        dates = ["no date"]
    else:
        moved = milestone.baseline_on is not None and milestone.baseline_on != milestone.due_on
        promised = [f"promised {day(milestone.baseline_on, as_of)}"] if moved and milestone.baseline_on else []
        dates = [*promised, f"{'agreed' if moved else 'due'} {day(milestone.due_on, as_of)}"]
    if milestone.overdue_days:
        dates.append(f"{span(milestone.overdue_days)} late")
    if is_held(milestone, as_of):
        last_on = milestone.named_on
        is_newer = last_on is not None and last_on != milestone.due_on
        dates.append(f"last named {day(last_on, as_of)}, passed" if last_on and is_newer else "no new date")
    elif milestone.forecast_on is not None and milestone.forecast_on != milestone.due_on:
        slip = f" ({signed_days(milestone.slip_days)})" if milestone.slip_days else ""
        dates.append(f"vendor says {day(milestone.forecast_on, as_of)}{slip}")
    if likely := result_expected(milestone, assessment, as_of):
        dates.append(f"expected {likely.words(as_of)}")
    if milestone.claimed is not None:
        dates.append(f"{share(milestone.claimed)} done")
    return ", ".join([*dates, *([refused] if refused else [])])


def _line(assessment: Assessment, milestone: MilestoneState, refused: str | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"**{literal(milestone.name)}** :gray[{literal(words(milestone, assessment, refused, shell.as_of()))}]",
            width="content",
        )
        if assessment.life != "closed":
            key = milestone.milestone
            form.menu("Change", (DATE, EDIT, CANCEL), assessment, f"milestone_{key}", about=key)


def _given_up(history: History) -> list[Milestone]:
    """Milestones that do not count any more on the page's day."""
    return [one for one in history.milestones if one.cancelled_on is not None and one.cancelled_on <= shell.as_of()]


def _given_up_line(assessment: Assessment, milestone: Milestone) -> None:
    since = day(milestone.cancelled_on, shell.as_of()) if milestone.cancelled_on else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":gray[{literal(milestone.name)}, cancelled on {since}]", width="content")
        if shell.is_today() and assessment.life != "closed":
            st.button(
                "Take it up again",
                key=f"take_up_{milestone.key}",
                type="tertiary",
                on_click=_take_up,
                args=(assessment, milestone),
            )


def _take_up(assessment: Assessment, milestone: Milestone) -> None:
    identity.write(
        lambda author: take_up_milestone(shell.database(), author, assessment.engagement, milestone.key),
        done=f"{literal(milestone.name)} is part of the plan again.",
    )
