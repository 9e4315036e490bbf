"""Payments, recorded where the spend is shown."""

from decimal import Decimal
from typing import Final

import streamlit as st

from engagement import clock
from engagement.assessment.results import Assessment
from engagement.pages import _engagement_form as form
from engagement.pages import identity, shell
from engagement.pages._engagement_form import Form
from engagement.pages.text import literal
from engagement.records.database import Author
from engagement.records.spend import record_spend


def _show(assessment: Assessment, milestone: str) -> None:
    with st.container(horizontal=True):
        form.number("amount", f"Amount, {literal(assessment.currency)}", placeholder="")
        form.past("spent_on", "On", clock.today())
    form.complain("amount", "spent_on")
    titles = {one.milestone: one.name for one in assessment.milestones}
    if titles:
        form.pick("milestone", "For which milestone", titles, milestone or None, placeholder="none of them")
    form.number("hours", "For how many hours", placeholder="not for hours")
    form.complain("hours")
    form.tick("deposit", "A deposit: agreed to be paid before the work")
    form.line("reference", "Reference", placeholder="number of the invoice")


def _entry(assessment: Assessment, _: str) -> identity.Record:
    form.needed(amount="The amount is missing.", spent_on="The day is missing.")
    amount, hours = Decimal(str(form.value("amount"))), form.value("hours")
    spent_on, milestone, reference = form.value("spent_on"), form.value("milestone"), form.said("reference")
    deposit = bool(form.value("deposit"))

    def record(author: Author) -> None:
        record_spend(
            shell.database(),
            author,
            assessment.engagement,
            spent_on,
            amount,
            hours=None if hours is None else Decimal(str(hours)),
            milestone=milestone,
            deposit=deposit,
            reference=reference,
        )

    return record


PAYMENT: Final = Form(
    "payment", "A payment", "Record a payment", "Record the payment", "Recorded: the payment.", _show, _entry
)
