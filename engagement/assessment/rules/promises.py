"""C. Delivery, continued: promises not held."""

from datetime import timedelta
from typing import Final, NamedTuple

from engagement.assessment.facts import Facts
from engagement.assessment.rules.base import Finding, rule
from engagement.assessment.slippage import Move
from engagement.assessment.values import Action, Milestone, Side
from engagement.assessment.wording import count, day, in_words
from engagement.assessment.workdays import days_overdue

SIDES: Final[tuple[tuple[Side | None, str], ...]] = (("us", "Ours"), ("vendor", "Theirs"), (None, "Nobody's"))


@rule(
    "serial-slip",
    "nudge",
    "C",
    sentence="The same date keeps moving.",
    condition="A milestone's forecast or baseline was moved later than the word before it twice in 60 days; critical "
    "from three times.",
    next_step="Ask {vendor} for the cause.",
    source="House definition.",
    limits=("serial-slip-window", "serial-slip", "serial-slip-critical"),
    reads=("reports", "plan"),
    windows={"serial-slip-window": ("reports", "plan")},
)
def serial_slip(facts: Facts) -> Finding | None:
    """The worst is the one that moved most often, and of these the furthest."""
    window = facts.days("serial-slip-window")
    least = facts.days("serial-slip")
    moved = [one for one in facts.moves(window) if len(one[1]) >= least]
    if not moved:
        return None
    milestone, moves = max(moved, key=_often_and_far)
    more = len(moved) - 1
    evidence = (
        f'"{milestone.name}" moved later {_times(len(moves))} in {window} days, '
        f"from {day(moves[0].was_on, facts.day)} to {day(moves[-1].now_on, facts.day)}"
        f"{f'; {in_words(more)} more moved at least {_times(least)}' if more else ''}."
    )
    is_critical = len(moves) >= facts.days("serial-slip-critical")
    return Finding("critical" if is_critical else "warning", evidence)


@rule(
    "stale-forecast",
    "nudge",
    "C",
    sentence="The promised date has passed and no new one was given.",
    condition="The last word on an open milestone names a day that has passed.",
    next_step="Ask {vendor} for a date.",
    source="House definition.",
    covered_by=("overdue",),
    reads=("reports", "deliveries", "plan"),
)
def stale_forecast(facts: Facts) -> Finding | None:
    """The worst is the date that has passed longest."""
    stale = [
        (word, milestone.name)
        for milestone, word in zip(facts.plan.milestones, facts.words, strict=True)
        if word is not None and word < facts.day
    ]
    if not stale:
        return None
    word, name = min(stale, key=lambda one: one[0])
    more = len(stale) - 1
    rest = f"; {in_words(more)} more {'has' if more == 1 else 'have'} no current date" if more else ""
    return Finding("warning", f'The last date given for "{name}", {day(word, facts.day)}, has passed{rest}.')


class _Left(NamedTuple):
    """An action that was agreed and not done."""

    action: Action
    days: int
    """Overdue; 0 where it is not."""
    what: str


@rule(
    "actions-overdue",
    "nudge",
    "C",
    sentence="What was agreed was not done.",
    condition="An open action or issue is overdue, without assignee or date, or carried through three check-ins; "
    "critical once more than 14 days overdue. A date of ours on a day off holds until the next working day.",
    next_step="Close it, or agree a new date.",
    source="House definition.",
    limits=("actions-critical", "actions-carried"),
    reads=("actions", "check_ins"),
)
def actions_overdue(facts: Facts) -> Finding | None:
    """Ours and theirs apart, each with its worst."""
    if not facts.open_actions:
        return None
    left = [one for action in facts.open_actions if action.kind != "question" and (one := _left(facts, action))]
    if not left:
        return None
    parts = []
    for side, whose in SIDES:
        of_side = [one for one in left if one.action.side == side]
        if of_side:
            worst = max(of_side, key=lambda one: one.days)
            more = len(of_side) - 1
            rest = f", and {in_words(more)} more" if more else ""
            parts.append(f'{whose}: "{worst.action.title}" {worst.what}{rest}.')
    is_critical = any(one.days > facts.days("actions-critical") for one in left)
    return Finding("critical" if is_critical else "warning", " ".join(parts))


def _left(facts: Facts, action: Action) -> _Left | None:
    """What is wrong with an open action, the worst first; None where nothing is."""
    days = days_overdue(action.due_on, action.side, facts.terms.country, facts.day)
    if days > 0:
        return _Left(action, days, f"is {count(days, 'day')} overdue")
    if action.due_on is None:
        return _Left(action, 0, "has no date")
    if not action.assignee:
        return _Left(action, 0, "has nobody assigned")
    times = facts.days("actions-carried")
    if facts.logs.has_held(times, action.raised_on):
        return _Left(action, 0, f"was carried through {count(times, 'check-in')} or more")
    return None


def _often_and_far(moved: tuple[Milestone, list[Move]]) -> tuple[int, timedelta]:
    _, moves = moved
    return len(moves), moves[-1].now_on - moves[0].was_on


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{in_words(number)} times")
