"""Work that two vendors seem to have at once, and the word that it is on purpose."""

from functools import partial
from typing import Final

import streamlit as st

from engagement.assessment.results import Assessment
from engagement.assessment.rules.portfolio import same_task_twice
from engagement.assessment.wording import sentence
from engagement.pages import _engagement_form as form
from engagement.pages import identity, shell
from engagement.pages._engagement_form import Form
from engagement.pages.text import literal
from engagement.records.database import Author
from engagement.records.engagements import mark_deliberate
from engagement.records.history import portfolio_terms


def lines(assessment: Assessment) -> None:
    """Each engagement of another vendor that reads like this one, until somebody says that it is on purpose."""
    for twin in _twins(assessment):
        st.markdown(f":orange[▲] {literal(_words(twin))}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            form.button(DELIBERATE, assessment, f"twin_{twin.engagement}", about=twin.engagement)
            st.button(
                "Open the other",
                key=f"open_twin_{twin.engagement}",
                type="tertiary",
                on_click=partial(shell.go, "engagement", engagement=twin.engagement),
            )


def _twins(assessment: Assessment) -> list[Assessment]:
    """The other half of each pair that the rule finds. Since when is not asked: that takes the logs of both."""
    if assessment.life != "active" or not assessment.category:
        return []
    alike = [one for one in shell.portfolio().engagements if one.category == assessment.category]
    with shell.database().reading() as connection:
        common = portfolio_terms(connection, shell.as_of())
    by_key, own = {one.engagement: one for one in alike}, assessment.engagement
    pairs = [found.engagements for found in same_task_twice(alike, common, shell.as_of())]
    return [by_key[other] for pair in pairs if own in pair for other in pair if other != own]


def _words(twin: Assessment) -> str:
    return sentence(f'"{twin.name}" of {twin.vendor} reads like this one')


def _show(assessment: Assessment, about: str) -> None:
    twin = next((one for one in shell.portfolio().engagements if one.engagement == about), None)
    if twin is not None:
        st.write(f"{literal(_words(twin))} It is not asked again once somebody has said why.")
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
