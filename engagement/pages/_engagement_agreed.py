"""What was agreed: the plan and the vendor's word on it, the terms, and how the vendor was looked at before."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

import streamlit as st

from engagement import clock
from engagement.assessment.agreement import Version, confirmed_version, plan_version, versions
from engagement.assessment.results import Assessment
from engagement.assessment.terms import terms_on
from engagement.assessment.values import Confirmation, History, Terms
from engagement.assessment.wording import day, in_words, measured, money, sentence
from engagement.errors import Problem
from engagement.pages import _engagement_form as form
from engagement.pages import identity, shell
from engagement.pages._engagement_form import Form
from engagement.pages.text import literal
from engagement.records.confirmations import confirm_plan
from engagement.records.database import Author
from engagement.records.engagements import change_terms
from engagement.records.people import alone
from engagement.records.vendors import Vendor, vet

_MONEY: Final = ("budget", "rate", "in_house_cost", "committed_hours_per_week")
_TERMS: Final = ("name", "category", "tier", "starts_on", "ends_on", "cadence_days", "grace_days")
_TIERS: Final = {"high": "high", "standard": "standard", "low": "low"}
ONE_IS_ENOUGH: Final = "While you work alone, one of the two is enough."
_BRIEF: Final = ("goal", "scope", "owner", "lead", "deputy", "ends_on")
_VETTED: Final = ("interviewed_on", "references_checked", "contract_signed_on", "chosen_because")


def consent_line(assessment: Assessment, history: History) -> None:
    """Which version of the plan is current, and which the vendor has confirmed; from here the next is recorded."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":gray[{literal(consent_words(assessment, history))}]", width="content")
        if assessment.life != "closed" and not _is_agreed(history):
            form.button(CONSENT, assessment, "plan")


def consent_words(assessment: Assessment, history: History) -> str:
    """ "Plan version 3, since 2 Nov: Training added. Northwind confirmed version 2 on 4 Nov (Nora)"."""
    as_of = shell.as_of()
    current = versions(history, as_of)[-1]
    what = sentence(f"plan version {current.number}{_since(current)}")
    last = _latest(history)
    if last is None:
        return f"{what} {sentence(f'{assessment.vendor} has confirmed none on record')}"
    by = f" ({last.confirmed_by})" if last.confirmed_by else ""
    which = "it" if last.plan_version == current.number else f"version {last.plan_version}"
    return f"{what} {assessment.vendor} confirmed {which} on {day(last.confirmed_on, as_of)}{by}."


def money_line(assessment: Assessment, history: History) -> None:
    """What was agreed about money, and what is not known of it."""
    terms = terms_on(history, shell.as_of())
    budget = (
        terms.budget
        and f"a budget of {money(terms.budget, assessment.currency)}{' a month' * (assessment.contract == 'retainer')}"
    )
    held = {
        "budget": budget,
        "rate": terms.rate and f"{money(terms.rate, assessment.currency)} an hour",
        "hours": terms.committed_hours_per_week and f"{measured(float(terms.committed_hours_per_week))} hours a week",
        "in-house cost": terms.in_house_cost and f"{money(terms.in_house_cost, assessment.currency)} in-house",
    }
    known = [words for words in held.values() if words]
    lacking = [name for name, words in held.items() if not words and name != "budget"]
    parts = [f"Agreed: {', '.join(known)}" if known else "", f"not recorded: {', '.join(lacking)}" if lacking else ""]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":gray[{literal(sentence('; '.join(filter(None, parts))))}]", width="content")
        form.button(MONEY, assessment, "money", label="Change")


def vetting_line(assessment: Assessment) -> None:
    """How the vendor was looked at before it was given work."""
    vendor, as_of = _vendor(assessment), shell.as_of()
    references = vendor.references_checked
    parts = [
        "no interview on record"
        if vendor.interviewed_on is None
        else f"interviewed {day(vendor.interviewed_on, as_of)}",
        "no references"
        if not references
        else f"{in_words(references)} reference{'s' if references > 1 else ''} checked",
        "no signed contract"
        if vendor.contract_signed_on is None
        else f"contract signed {day(vendor.contract_signed_on, as_of)}",
        f"chosen because: {vendor.chosen_because}" if vendor.chosen_because else "nobody has said why it was chosen",
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{literal(assessment.vendor)}** :gray[{literal(', '.join(parts))}]", width="content")
        form.button(VETTING, assessment, "vendor", label="Change")


def lacks_consent(assessment: Assessment) -> bool:
    """Whether there is a version of the plan that the vendor has not confirmed."""
    return assessment.life != "closed" and not _is_agreed(_history(assessment))


# --- The vendor's consent


def _show_consent(assessment: Assessment, _: str) -> None:
    history = _history(assessment)
    known = versions(history, clock.today())
    st.caption(literal(consent_words(assessment, history)))
    choices = {str(one.number): f"version {one.number}{_since(one)}" for one in reversed(known)}
    form.pick("plan_version", "What was confirmed", choices, str(known[-1].number))
    form.line("confirmed_by", "By whom, at the vendor", _vendor(assessment).contact_name)
    form.past("confirmed_on", "On", clock.today())
    form.complain("confirmed_on")


def _consent(assessment: Assessment, _: str) -> identity.Record:
    form.needed(plan_version="No version is chosen.", confirmed_on="The day is missing.")
    version, on, by = int(form.value("plan_version")), form.value("confirmed_on"), form.said("confirmed_by")

    def record(author: Author) -> None:
        confirm_plan(shell.database(), author, assessment.engagement, version, confirmed_on=on, confirmed_by=by)

    return record


CONSENT: Final = Form(
    "consent",
    "The vendor's consent",
    "Record the vendor's consent",
    "Record the consent",
    "Recorded: the vendor confirmed the plan.",
    _show_consent,
    _consent,
    lacks_consent,
)


# --- How the vendor was looked at


def _show_vetting(assessment: Assessment, _: str) -> None:
    vendor = _vendor(assessment)
    st.caption(f"Of {literal(assessment.vendor)}, for all that it does for us.")
    with st.container(horizontal=True):
        form.past("interviewed_on", "Interviewed on", vendor.interviewed_on)
        form.past("contract_signed_on", "Contract signed on", vendor.contract_signed_on)
    form.complain("interviewed_on", "contract_signed_on")
    form.count("references_checked", "References checked", vendor.references_checked)
    form.complain("references_checked")
    form.text("chosen_because", "Chosen because", vendor.chosen_because)


def _vetting(assessment: Assessment, _: str) -> identity.Record:
    vendor, said = assessment.vendor, form.changed(*_VETTED)

    def record(author: Author) -> None:
        recorded = _vendor(assessment)
        vet(shell.database(), author, vendor, **{name: getattr(recorded, name) for name in _VETTED} | said)

    return record


VETTING: Final = Form(
    "vetting",
    "How the vendor was checked",
    "Record how it was checked",
    "Record it",
    "Recorded: how the vendor was checked.",
    _show_vetting,
    _vetting,
)


# --- Terms


def _show_money(assessment: Assessment, _: str) -> None:
    terms, currency = _terms(assessment), literal(assessment.currency)
    budget = "Budget a month" if assessment.contract == "retainer" else "Budget"
    with st.container(horizontal=True):
        form.number("budget", f"{budget}, {currency}", _float(terms.budget))
        form.number("rate", f"Rate an hour, {currency}", _float(terms.rate))
    form.complain("budget", "rate")
    with st.container(horizontal=True):
        form.number("in_house_cost", f"Doing it ourselves, {currency}", _float(terms.in_house_cost))
        form.number("committed_hours_per_week", "Hours a week", _float(terms.committed_hours_per_week))
    form.complain("in_house_cost", "committed_hours_per_week")


def owner_and_lead(owner: str | None = None, lead: str | None = None) -> None:
    """The fields for both; somebody alone is told that one of them is enough."""
    form.person("owner", "Owner", owner)
    form.person("lead", "Lead", lead)
    with shell.database().reading() as connection:
        nobody_else = alone(connection)
    if nobody_else:
        st.caption(ONE_IS_ENOUGH)


def _show_brief(assessment: Assessment, _: str) -> None:
    terms = _terms(assessment)
    form.text("goal", "Goal: what is different once it is done", terms.goal)
    form.text("scope", "Scope: what is part of it, and what is not", terms.scope)
    owner_and_lead(terms.owner, terms.lead)
    form.person("deputy", "Deputy", terms.deputy)
    if assessment.contract != "retainer":
        form.on("ends_on", "Ends on", terms.ends_on)
        form.complain("ends_on")


def _show_terms(assessment: Assessment, _: str) -> None:
    terms = _terms(assessment)
    form.line("name", "Name", terms.name)
    form.line("category", "Kind of work", terms.category)
    form.one_of("tier", "How much hangs on it", _TIERS, terms.tier)
    with st.container(horizontal=True):
        form.on("starts_on", "Starts on", terms.starts_on)
        form.on("ends_on", "Ends on", terms.ends_on)
    form.complain("starts_on", "ends_on")
    with st.container(horizontal=True):
        form.count("cadence_days", "Talk every … days", terms.cadence_days)
        form.count("grace_days", "Days of grace", terms.grace_days)
    form.complain("cadence_days", "grace_days")
    st.caption("Dates of milestones are agreed anew one by one, on the tab Plan.")


def _check_terms() -> None:
    """Raises `Refused` for terms that cannot be."""
    form.needed(name="The name is missing.", starts_on="The first day is missing.")
    starts_on, ends_on = form.value("starts_on"), form.value("ends_on")
    if ends_on is not None and ends_on < starts_on:
        form.refuse([Problem("It ends before it starts.", "Correct one of the days.", column="ends_on")])


def _agreed(
    fields: tuple[str, ...], check: Callable[[], None] = lambda: None
) -> Callable[[Assessment, str], identity.Record]:
    """What was changed in some terms; they hold from today on."""

    def entry(assessment: Assessment, _: str) -> identity.Record:
        check()
        said = form.changed(*fields)
        changes = {name: _exact(held) if name in _MONEY else held for name, held in said.items()}

        def record(author: Author) -> None:
            change_terms(shell.database(), author, assessment.engagement, **changes)

        return record

    return entry


TERMS: Final = Form(
    "terms",
    "Name, dates and rhythm",
    "Change name, dates, rhythm …",
    "Record it",
    "Recorded: it holds from today on.",
    _show_terms,
    _agreed(_TERMS, _check_terms),
)
MONEY: Final = Form(
    "money",
    "What was agreed about money",
    "Change the money agreed …",
    "Record it",
    "Recorded: it holds from today on.",
    _show_money,
    _agreed(_MONEY),
)
BRIEF: Final = Form(
    "brief",
    "What is to be done, and who looks after it",
    "Change goal, scope, people …",
    "Record it",
    "Recorded: it holds from today on.",
    _show_brief,
    _agreed(_BRIEF),
)


def _history(assessment: Assessment) -> History:
    """All that is known of the engagement by the page's day."""
    return shell.overview().histories([assessment.engagement], shell.as_of())[assessment.engagement]


def _terms(assessment: Assessment) -> Terms:
    return terms_on(_history(assessment), shell.as_of())


def _vendor(assessment: Assessment) -> Vendor:
    return shell.vendors().get(assessment.vendor) or Vendor(assessment.vendor)


def _latest(history: History) -> Confirmation | None:
    """The confirmation of the highest version, the first word on it."""
    known = [one for one in history.confirmations if one.confirmed_on <= shell.as_of()]
    return max(known, key=lambda one: one.plan_version, default=None)


def _is_agreed(history: History) -> bool:
    return confirmed_version(history, shell.as_of()) >= plan_version(history, shell.as_of())


def _since(version: Version) -> str:
    """ ", since 2 Nov: Training added"; nothing of the first version, which begins with the work."""
    return f", since {day(version.since, shell.as_of())}: {version.what}" if version.what else ""


def _float(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _exact(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))
