"""E. Oversight: what is looked at once the work is over."""

from engagement.assessment.facts import Facts
from engagement.assessment.rules.base import Finding, rule
from engagement.assessment.wording import count, day


@rule(
    "no-retrospective",
    "nudge",
    "E",
    sentence="Closed without learning from it.",
    condition="A closed engagement has no retrospective more than {retrospective} after it was closed.",
    next_step="Write down what went well with {vendor} and what did not.",
    news=("was closed without a retrospective", "still no retrospective", "a retrospective was written"),
    source="House definition.",
    limits=("retrospective",),
    reads=("retrospectives",),
    lives=frozenset({"closed"}),
)
def no_retrospective(facts: Facts) -> Finding | None:
    """Any retrospective will do, also one that was written before the end."""
    closed_on = facts.history.closed_on
    if closed_on is None or any(written_on <= facts.day for written_on in facts.history.retrospectives):
        return None
    days = (facts.day - closed_on).days
    if days <= facts.days("retrospective"):
        return None
    closed = f"Closed on {day(closed_on, facts.day)}, {count(days, 'day')} ago"
    return Finding("warning", f"{closed}, and no retrospective is on record.")
