"""A new engagement, from the list of those there are."""

from typing import Final

import streamlit as st

from engagement import clock
from engagement.assessment.results import Assessment
from engagement.errors import Problem
from engagement.exchange.grid import CURRENCY, key_of
from engagement.pages import _engagement_form as form
from engagement.pages import identity, shell
from engagement.pages._engagement_agreed import owner_and_lead
from engagement.pages._engagement_form import Form
from engagement.records.database import Author
from engagement.records.engagements import add_engagement

CONTRACTS: Final = {"fixed": "fixed price", "hourly": "by the hour", "retainer": "month by month"}
_ADDED: Final = "engagement_added"


def button(beside: Assessment) -> None:
    """Opens the form. ``beside``: an engagement of the list; its currency is the one the form begins with."""
    form.button(NEW, beside, "list")


def dialog(beside: Assessment) -> None:
    """The form while it is open, and afterwards the page of what was recorded. Once a page."""
    form.dialog({beside.engagement: beside, **{one.engagement: one for one in shell.portfolio().engagements}})
    added = st.session_state.pop(_ADDED, None)
    if added is not None:
        shell.go("engagement", engagement=added)


def _show(beside: Assessment, _: str) -> None:
    vendors = sorted(shell.vendors(), key=str.casefold)
    form.line("name", "What is to be done", placeholder="CRM migration")
    form.other("vendor", "Vendor", vendors)
    owner_and_lead()
    with st.container(horizontal=True):
        form.on("starts_on", "Starts on", clock.today())
        form.on("ends_on", "Ends on")
    form.complain("starts_on", "ends_on")
    form.one_of("contract", "Paid", CONTRACTS, "fixed")
    with st.container(horizontal=True):
        form.number("budget", "Budget a month" if form.value("contract") == "retainer" else "Budget")
        form.line("currency", "Currency", beside.currency)
    form.complain("budget")
    form.count("cadence_days", "Talk every … days")
    form.complain("cadence_days")


def _entry(_: Assessment, __: str) -> identity.Record:
    form.needed(
        name="What is to be done is missing.",
        vendor="The vendor is missing.",
        starts_on="The first day is missing.",
        contract="How it is paid is missing.",
        currency="The currency is missing.",
    )
    texts = {field: form.said(field) for field in ("name", "vendor", "owner", "lead", "currency")}
    days = {field: form.value(field) for field in ("starts_on", "ends_on")}
    texts["currency"] = currency = (texts["currency"] or "").upper()
    found = []
    if not CURRENCY.fullmatch(currency):
        found.append(Problem("It is no currency.", "Write its code, EUR for instance.", column="currency"))
    if days["ends_on"] is not None and days["ends_on"] < days["starts_on"]:
        found.append(Problem("It ends before it starts.", "Correct one of the days.", column="ends_on"))
    form.refuse(found)
    rest = {
        "contract": form.value("contract"),
        "budget": form.amount("budget"),
        "cadence_days": form.value("cadence_days"),
    }
    key = _free_key(texts["name"] or "")

    def record(author: Author) -> None:
        add_engagement(shell.database(), author, key, **texts, **days, **rest)
        if not author.rehearses:
            st.session_state[_ADDED] = key

    return record


def _free_key(name: str) -> str:
    """A readable key for a name that no engagement bears yet."""
    taken = {one.engagement for one in shell.overview().portfolio(clock.today()).engagements}
    base = key_of(name)
    return next(key for key in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))) if key not in taken)


NEW: Final = Form(
    "new", "A new engagement", "New engagement", "Record it", "Recorded: the new engagement.", _show, _entry
)
