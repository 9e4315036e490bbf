"""A. Contact: set and forget, lack of communication."""

from datetime import date
from fractions import Fraction
from typing import Final

from engagement.assessment.contact import agreed
from engagement.assessment.facts import Facts
from engagement.assessment.heard import heard
from engagement.assessment.rules.base import Finding, Missing, rule
from engagement.assessment.wording import count, day, in_words
from engagement.assessment.workdays import workdays_back, workdays_between

NEVER_SAID: Final = Missing("nobody has said when you last talked")
NO_OWNER: Final = Missing("nobody owns it")
CADENCES: Final = ("cadence-high", "cadence-standard", "cadence-low")
AGREED: Final = (*CADENCES, "grace", "forgotten-cadences")


@rule(
    "silent",
    "status",
    "A",
    sentence="There is no conversation on record for longer than agreed.",
    condition="No contact since the agreed day and its grace; critical after {forgotten-cadences#} cadences and the "
    "grace.",
    next_step="Ask {vendor}, or log that you talked.",
    news=("became silent", "is silent for long", "talking again"),
    source="House definition; on 284 public grants it went with a bad end in 88 % of cases, against 75 % of all.",
    limits=AGREED,
    reads=("check_ins",),
)
def silent(facts: Facts) -> Finding | Missing | None:
    """The contact state is silent, or forgotten."""
    contact = facts.contact
    if contact.state == "unknown":
        return NEVER_SAID
    if contact.state not in ("silent", "forgotten") or contact.days_since is None or contact.due_on is None:
        return None
    every = f"every {contact.cadence_days}" if contact.cadence_days and contact.cadence_days > 1 else "every day"
    agreed_words = "agreed" if contact.is_agreed else "nothing agreed, usual is"
    evidence = (
        f"No conversation on record for {count(contact.days_since, 'day')}; {agreed_words} {every}, "
        f"so it was due on {day(contact.due_on, facts.day)}."
    )
    return Finding("critical" if contact.state == "forgotten" else "warning", evidence)


@rule(
    "not-kicked-off",
    "status",
    "A",
    sentence="The work was handed over and no first conversation is on record.",
    condition="No contact at all {kick-off} after the start; critical after {kick-off-forgotten}.",
    next_step="Hold the kick-off with {vendor}, or log that you did.",
    news=("was not kicked off in time", "is still not kicked off", "was kicked off"),
    source="House definition.",
    limits=("kick-off", "kick-off-forgotten", "recorded-late"),
    reads=("check_ins",),
)
def not_kicked_off(facts: Facts) -> Finding | Missing | None:
    """Nobody has talked since the work was handed over."""
    contact = facts.contact
    if contact.state == "unknown":
        return NEVER_SAID
    if contact.state != "not_kicked_off" or contact.due_on is None or contact.forgotten_after is None:
        return None
    evidence = (
        f"The work {_began(facts)} and no first conversation is on record; "
        f"it was due by {day(contact.due_on, facts.day)}."
    )
    return Finding("critical" if facts.day > contact.forgotten_after else "warning", evidence)


@rule(
    "no-next-meeting",
    "nudge",
    "A",
    sentence="No next conversation is agreed.",
    condition="The last check-in names no next date, or it has passed without one; not while contact is on time.",
    next_step="Agree a date with {vendor}.",
    news=("has no next conversation agreed", "still no next conversation", "a next conversation is agreed"),
    source="House definition.",
    limits=AGREED,
    covered_by=("silent",),
    reads=("check_ins",),
)
def no_next_meeting(facts: Facts) -> Finding | Missing | None:
    """Nothing in the calendar, and the agreed day has passed."""
    if facts.contact.state == "unknown":
        return NEVER_SAID
    if facts.contact.state == "on_time":
        return None
    last = facts.logs.last_check_in()
    if last is None:
        return None
    if last.next_on is None:
        return Finding("warning", f"The last check-in, on {day(last.held_on, facts.day)}, names no next date.")
    if last.next_on < facts.day:
        agreed = day(last.next_on, facts.day)
        return Finding("warning", f"The next check-in was agreed for {agreed}, and none is on record since.")
    return None


@rule(
    "vendor-silent",
    "nudge",
    "A",
    sentence="The vendor has stopped reporting.",
    condition="No update, report or delivery of the vendor's own, whoever talked, for more than the cadence and grace, "
    "and more than {vendor-silent-days}, counted from the start or a pause's end where that is later; critical after "
    "{vendor-silent-critical} that. Only where it has reported before.",
    next_step="Ask {vendor} for an update.",
    news=("the vendor stopped reporting", "the vendor is silent for long", "the vendor reports again"),
    source="House definition.",
    limits=(*CADENCES, "grace", "vendor-silent-days", "vendor-silent-critical"),
    reads=("check_ins", "reports", "deliveries"),
)
def vendor_silent(facts: Facts) -> Finding | None:
    """What a vendor never did it cannot have stopped."""
    word = heard(facts.logs)
    allowed = max(sum(agreed(facts.terms, facts.limit)), facts.days("vendor-silent-days"))
    begin = _absence_from(facts)
    last_on = max(begin, word.last_on or begin)
    if (facts.day - last_on).days <= allowed:
        return None
    hidden = {log: until for log, until in word.hidden.items() if until > last_on or not word.has_reported}
    if hidden:
        facts.logs.ask("check_ins", "reports")
        last_on = max(last_on, *hidden.values())
    days = (facts.day - last_on).days
    if not word.has_reported or days <= allowed:
        return None
    since = f"the work {_began(facts)}" if last_on != word.last_on else day(last_on, facts.day)
    talked_on = facts.contact.last_on
    though = f", though you talked on {day(talked_on, facts.day)}" if talked_on and talked_on > last_on else ""
    evidence = (
        f"Nothing that {facts.terms.vendor} reported or delivered is on record for {count(days, 'day')}, "
        f"since {since}{though}; expected within {count(allowed, 'day')}."
    )
    is_critical = days > Fraction(str(facts.limit("vendor-silent-critical"))) * allowed
    return Finding("critical" if is_critical else "warning", evidence)


def _is_to_be_read(facts: Facts) -> bool:
    """Whether there is anything to read, and somebody else than who wrote it."""
    owner = facts.terms.owner
    return not facts.alone and owner != facts.terms.lead and bool(facts.written_by_hand)


@rule(
    "unread-check-in",
    "nudge",
    "A",
    sentence="The owner has not read the notes.",
    condition="A check-in that was not imported is not marked as read more than {unread} after it was held. Not where "
    "owner and lead are the same, nor for somebody alone.",
    next_step="Read them, and say so.",
    news=("a check-in waits to be read", "check-ins still wait to be read", "every check-in was read"),
    source="House definition; in Operately a check-in is not done until the other side has acknowledged it.",
    limits=("unread",),
    reads=("check_ins",),
    has_input=_is_to_be_read,
)
def unread_check_in(facts: Facts) -> Finding | Missing | None:
    """The one that has waited longest."""
    owner, country = facts.terms.owner, facts.terms.country
    if facts.alone or (owner and owner == facts.terms.lead):
        return None
    if not owner:
        return NO_OWNER
    held_by = workdays_back(facts.day, facts.days("unread") + 1, country)
    unread = facts.logs.unread(held_by, facts.case.as_of)
    if not unread:
        return None
    worst, more = unread[0], len(unread) - 1
    rest = f"; {in_words(more)} more {'is' if more == 1 else 'are'} not" if more else ""
    evidence = (
        f"The check-in of {day(worst.held_on, facts.day)} is not marked as read by {facts.case.common.called(owner)}, "
        f"{count(workdays_between(worst.held_on, facts.day, country), 'working day')} later{rest}."
    )
    return Finding("warning", evidence)


@rule(
    "no-live-contact",
    "nudge",
    "A",
    sentence="Messages only, no conversation.",
    condition="No call, video call or meeting for {no-live-days}, and for {no-live-cadences#} cadences; counted from "
    "the start or a pause's end where that is later.",
    next_step="Call {vendor}.",
    news=("messages only for long", "still messages only", "there was a conversation"),
    source="House definition.",
    limits=(*CADENCES, "no-live-days", "no-live-cadences"),
    covered_by=("silent",),
    reads=("check_ins",),
)
def no_live_contact(facts: Facts) -> Finding | Missing | None:
    """Nobody has heard a voice for long."""
    if facts.contact.state == "unknown":
        return NEVER_SAID
    live_on, begin = facts.logs.last_live_on(), _absence_from(facts)
    last_on = max(begin, live_on or begin)
    days = (facts.day - last_on).days
    cadences = Fraction(str(facts.limit("no-live-cadences")))
    if days < facts.days("no-live-days") or days < cadences * facts.cadence_days:
        return None
    since = f"the work {_began(facts)}" if last_on != live_on else day(last_on, facts.day)
    return Finding("warning", f"No call, video call or meeting on record for {count(days, 'day')}, since {since}.")


def _absence_from(facts: Facts) -> date:
    """The first day on which something can be missed: the start, or the end of a later pause."""
    return max(facts.terms.starts_on, facts.resumed_on or facts.terms.starts_on)


def _began(facts: Facts) -> str:
    began = _absence_from(facts)
    return f"{'started' if began == facts.terms.starts_on else 'went on'} on {day(began, facts.day)}"
