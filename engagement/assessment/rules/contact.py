"""A. Contact: set and forget, lack of communication."""

from typing import Final

from engagement.assessment.facts import Facts
from engagement.assessment.rules.base import Finding, Missing, rule
from engagement.assessment.wording import count, day

NEVER_SAID: Final = Missing("nobody has said when you last talked")
AGREED: Final = ("cadence-high", "cadence-standard", "cadence-low", "grace", "forgotten-cadences")


@rule(
    "silent",
    "status",
    "A",
    sentence="There is no conversation on record for longer than agreed.",
    condition="No contact since the agreed day and its grace; critical after two cadences and the grace.",
    next_step="Ask {vendor}, or log that you talked.",
    source="House definition; on the grants of w3f, 60 days of silence went with a bad end in 89 % of cases.",
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
    evidence = (
        f"No conversation on record for {count(contact.days_since, 'day')}; agreed {every}, "
        f"so it was due on {day(contact.due_on, facts.day)}."
    )
    return Finding("critical" if contact.state == "forgotten" else "warning", evidence)


@rule(
    "not-kicked-off",
    "status",
    "A",
    sentence="The work was handed over and no first conversation is on record.",
    condition="No contact at all three days after the start; critical after five.",
    next_step="Hold the kick-off with {vendor}, or log that you did.",
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
    began = facts.terms.starts_on if facts.resumed_on is None else max(facts.terms.starts_on, facts.resumed_on)
    verb = "started" if began == facts.terms.starts_on else "went on"
    evidence = (
        f"The work {verb} on {day(began, facts.day)} and no first conversation is on record; "
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
