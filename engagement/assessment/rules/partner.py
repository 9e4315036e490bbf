"""B. The plan, continued: wrong partner, too much too soon, and what is left open behind it."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from engagement.assessment.agreement import unconfirmed
from engagement.assessment.facts import Facts
from engagement.assessment.rules.base import Finding, Missing, rule
from engagement.assessment.rules.delivery import NO_DATE
from engagement.assessment.values import VendorRecord
from engagement.assessment.wording import count, day, in_words, listed, sentence, share
from engagement.assessment.workdays import add_workdays, workdays_between

NO_WEIGHT: Final = Missing("no milestone with a due date has any weight")
PRICE: Final = frozenset(
    {
        *("price", "the price", "price only", "price alone", "low price", "lower price", "lowest price", "best price"),
        *("cost", "costs", "low cost", "lower cost", "lowest cost", "lowest bid", "lowest offer", "lowest quote"),
        *("cheap", "cheaper", "cheapest", "the cheapest"),
    }
)
"""What people write who chose a vendor for the price alone."""


@rule(
    "expectations-not-agreed",
    "set-up",
    "B",
    sentence="The vendor has not confirmed the current plan.",
    condition="The vendor has confirmed no version of the plan, or an earlier one, for more than {unconfirmed}. A new "
    "version begins when goal, scope or dates change, or a milestone is added, moved or cancelled, or gets another "
    "name, start or acceptance criteria.",
    next_step="Ask {vendor} to confirm the plan.",
    source="House definition.",
    limits=("unconfirmed",),
    reads=("plan", "confirmations"),
)
def expectations_not_agreed(facts: Facts) -> Finding | None:
    """Counted from the first change that is not confirmed."""
    waiting = unconfirmed(facts.history, facts.day)
    country = facts.terms.country
    if waiting is None or facts.day < add_workdays(waiting.since, facts.days("unconfirmed") + 1, country):
        return None
    has = f"has confirmed version {waiting.confirmed} of" if waiting.confirmed else "has confirmed no version of"
    evidence = (
        f"On record {facts.terms.vendor} {has} the plan; version {waiting.confirmed + 1} holds since "
        f"{day(waiting.since, facts.day)}, "
        f"{count(workdays_between(waiting.since, facts.day, country), 'working day')} ago"
        f"{f', and the current one is version {waiting.version}' if waiting.version > waiting.confirmed + 1 else ''}."
    )
    return Finding("warning", evidence)


@rule(
    "unvetted-vendor",
    "set-up",
    "B",
    sentence="The vendor was not checked.",
    condition="In the first {vetting-window}, while fewer than {proven} of the vendor were accepted by us: no "
    "interview, fewer than {references}, no contract, or chosen for the price alone.",
    next_step="Check {vendor}: interview, references, contract.",
    source="House definition.",
    limits=("vetting-window", "proven", "references"),
    reads=("vendor",),
    windows={"vetting-window": ("starts",)},
)
def unvetted_vendor(facts: Facts) -> Finding | None:
    """What is missing of the checks; all of it where nothing is recorded of the vendor."""
    window = facts.days("vetting-window")
    if facts.day >= facts.terms.starts_on + timedelta(days=window) or _is_proven(facts):
        return None
    vendor = _vendor(facts)
    missing = []
    if vendor.interviewed_on is None or vendor.interviewed_on > facts.day:
        missing.append("no interview")
    references, least = vendor.references_checked or 0, facts.days("references")
    if references < least:
        missing.append(f"only {in_words(references)} of {in_words(least)} references" if references else "no reference")
    if vendor.contract_signed_on is None or vendor.contract_signed_on > facts.day:
        missing.append("no signed contract")
    for_price = _is_for_price(vendor)
    if not missing and not for_price:
        return None
    chosen = "was chosen for the price alone"
    if not missing:
        return Finding("warning", sentence(f"{vendor.name} {chosen}"))
    lacks = f"{vendor.name} has {listed(missing, len(missing))} on record"
    return Finding("warning", sentence(f"{lacks}, and {chosen}" if for_price else lacks))


@rule(
    "access-not-revoked",
    "set-up",
    "B",
    sentence="The vendor still has access.",
    condition="Closed for more than {unrevoked}, and an access that was given is not marked as revoked.",
    next_step="Revoke it, or say when it was.",
    source="House definition.",
    limits=("unrevoked",),
    reads=("accesses",),
    lives=frozenset({"closed"}),
)
def access_not_revoked(facts: Facts) -> Finding | None:
    """The one that was given first."""
    closed_on, country = facts.history.closed_on, facts.terms.country
    if closed_on is None or facts.day < add_workdays(closed_on, facts.days("unrevoked") + 1, country):
        return None
    left = [
        access
        for access in facts.history.accesses
        if access.given_on <= facts.day and (access.revoked_on is None or access.revoked_on > facts.day)
    ]
    if not left:
        return None
    more = len(left) - 1
    rest = f" and {in_words(more)} more" if more else ""
    evidence = (
        f'Access to "{left[0].what}"{rest} {"are" if more else "is"} not marked as revoked, '
        f"{count(workdays_between(closed_on, facts.day, country), 'working day')} after the work was closed on "
        f"{day(closed_on, facts.day)}."
    )
    return Finding("warning", evidence)


@rule(
    "too-much-too-soon",
    "status",
    "B",
    sentence="A new vendor was given too much at once.",
    condition="While fewer than {proven} of the vendor were accepted by us: more than {too-much-share} of the work is "
    "due in the first {too-much-start} of a plan longer than {too-much-plan}, or more than {too-much-parallel} run in "
    "parallel. Later: the work due in the next {too-much-next} is more than {too-much-rate} what was accepted a month "
    "over the last {too-much-window}. Not retainers.",
    next_step="Stagger the work with {vendor}.",
    news=("much was given at once", "more was given at once", "the work is staggered"),
    source="House definition.",
    limits=(
        "proven", "too-much-start", "too-much-plan", "too-much-share", "too-much-parallel", "too-much-next",
        "too-much-rate", "too-much-window",
    ),
    reads=("deliveries", "plan", "dues", "vendor"),
)  # fmt: skip
def too_much_too_soon(facts: Facts) -> Finding | Missing | None:
    """A stranger is asked for little first, and who is known for what it has shown to get through."""
    if facts.retainer:
        return None
    if not facts.plan.dated:
        return NO_DATE
    if not facts.plan.total:
        return NO_WEIGHT
    evidence = _faster_than_before(facts) if _is_proven(facts) else _much_for_a_stranger(facts)
    return Finding("warning", evidence) if evidence else None


def _much_for_a_stranger(facts: Facts) -> str | None:
    plan, found = facts.plan, []
    start, accepted = facts.days("too-much-start"), len(_accepted(facts))
    if plan.duration_days > facts.days("too-much-plan"):
        until = plan.starts_on + timedelta(days=start)
        early = sum(
            weight
            for place, weight in zip(plan.dated, plan.weights, strict=True)
            if (plan.dues[place] or until) <= until
        )
        if early > Fraction(str(facts.limit("too-much-share"))) * plan.total:
            found.append(
                f"{share(early / plan.total)} of the work is due in the first {count(start, 'day')} of "
                f"{plan.duration_days:,}"
            )
    if len(facts.begun) > facts.days("too-much-parallel"):
        found.append(f"{in_words(len(facts.begun))} milestones run in parallel")
    if not found:
        return None
    before = {0: "nothing", 1: "one milestone"}.get(accepted, f"{in_words(accepted)} milestones")
    return sentence(f"{' and '.join(found)}; {facts.terms.vendor} has had {before} accepted so far")


def _faster_than_before(facts: Facts) -> str | None:
    plan, ahead, window = facts.plan, facts.days("too-much-next"), facts.days("too-much-window")
    next_on, since = facts.day + timedelta(days=ahead), facts.day - timedelta(days=window)
    due = accepted = 0
    for place, weight in zip(plan.dated, plan.weights, strict=True):
        handed, due_on = facts.handovers[place], plan.dues[place]
        if handed.delivered_on is None and due_on is not None and facts.day < due_on <= next_on:
            due += weight
        if handed.accepted_on is not None and since < handed.accepted_on <= facts.day:
            accepted += weight
    pace = Fraction(accepted * ahead, window)
    if due <= Fraction(str(facts.limit("too-much-rate"))) * pace:
        return None
    return (
        f"{share(due / plan.total)} of the work is due in the next {count(ahead, 'day')}; "
        f"{share(float(pace / plan.total))} was accepted per {count(ahead, 'day')} over the last {window}."
    )


def _vendor(facts: Facts) -> VendorRecord:
    """What is recorded of the vendor that does the work on the day; nothing where there is no record."""
    name = facts.terms.vendor
    return next((one for one in facts.history.vendors if one.name == name), VendorRecord(name))


def _accepted(facts: Facts) -> list[date]:
    return [one for one in _vendor(facts).accepted_on if one <= facts.day]


def _is_proven(facts: Facts) -> bool:
    """Whether enough milestones of the vendor were accepted, in this engagement or others, to know it."""
    return len(_accepted(facts)) >= facts.days("proven")


def _is_for_price(vendor: VendorRecord) -> bool:
    """Whether the reason to choose the vendor names its price and nothing else."""
    return (vendor.chosen_because or "").strip(" .!").casefold() in PRICE
