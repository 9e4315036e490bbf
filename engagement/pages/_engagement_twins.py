"""Work that two vendors seem to have at once, and the word that it is on purpose."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engagement.assessment import concerns
from engagement.assessment.results import Assessment, PortfolioWarning
from engagement.assessment.wording import day, in_words, sentence
from engagement.pages import _engagement_form as form
from engagement.pages import identity, shell
from engagement.pages._engagement_form import Form
from engagement.pages.text import literal
from engagement.records.database import Author
from engagement.records.engagements import mark_deliberate

MOST: Final = 3
"""So many stand open; more are folded."""


def lines(place: DeltaGenerator, assessment: Assessment, said: Sequence[PortfolioWarning]) -> None:
    """Each engagement of another vendor that reads like this one, until somebody says that it is on purpose."""
    twins = concerns.twins(said, assessment.engagement)
    with place:
        _twins(assessment, twins[:MOST])
        if len(twins) > MOST:
            with st.expander(f"{in_words(len(twins) - MOST).capitalize()} more read like it"):
                _twins(assessment, twins[MOST:])
        if twins:
            st.markdown(f"**Next:** {literal(twins[0][1].next_step)}")


def _twins(assessment: Assessment, twins: Sequence[tuple[str, PortfolioWarning]]) -> None:
    known = {one.engagement: one for one in shell.portfolio().engagements}
    for key, warning in twins:
        since = f":gray[Since {day(warning.since, shell.as_of())}.]"
        st.markdown(f"{literal(_words(known[key]))} {since}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            form.button(DELIBERATE, assessment, f"twin_{key}", about=key)
            st.button(
                "Open the other",
                key=f"open_twin_{key}",
                type="tertiary",
                on_click=partial(shell.go, "engagement", engagement=key),
            )


def _words(twin: Assessment) -> str:
    return sentence(f'"{twin.name}" of {twin.vendor} reads like this one')


def _show(assessment: Assessment, about: str) -> None:
    twin = next((one for one in shell.portfolio().engagements if one.engagement == about), None)
    if twin is not None:
        beside = f'"{twin.name}" of {twin.vendor} reads like "{assessment.name}" of {assessment.vendor}.'
        st.write(f"{literal(beside)} It is not asked again once somebody has said why.")
    form.text("reason", "Why two vendors do it")


def _entry(assessment: Assessment, about: str) -> identity.Record:
    form.needed(reason="The reason is missing.")
    reason = form.said("reason") or ""

    def record(author: Author) -> None:
        mark_deliberate(shell.database(), author, assessment.engagement, about, reason)

    return record


DELIBERATE: Final = Form(
    "deliberate",
    "The same task on purpose",
    "It is on purpose …",
    "Record why",
    "Recorded: it is on purpose.",
    _show,
    _entry,
)
