"""C. Delivery, continued: promises not held."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, NamedTuple

from engagement.assessment.facts import Facts
from engagement.assessment.rules.base import Finding, Missing, rule
from engagement.assessment.slippage import Move
from engagement.assessment.values import Action, Baseline, Milestone, Side
from engagement.assessment.wording import count, day, in_words, listed, share
from engagement.assessment.workdays import days_overdue

NO_PROGRESS: Final = Missing("nobody has reported progress")
SIDES: Final[tuple[tuple[Side | None, str], ...]] = (("us", "Ours"), ("vendor", "Theirs"), (None, "Nobody's"))


class _Claim(NamedTuple):
    """What is claimed of an open milestone that is past its due date; the worst is the greatest of these."""

    weight: Fraction
    """Claimed, in weights of the plan."""
    due_on: date
    name: str
    share: float


class _Follower(NamedTuple):
    """An open milestone after one that is late."""

    before: str
    came: str
    name: str
    expected_on: date
    left: int
    """Days from when the one before came, or is expected, to when this one is."""
    planned: int
    """Days between their current due dates; above 0."""


@rule(
    "over-claimed",
    "nudge",
    "C",
    sentence="Much is claimed that is not accepted.",
    condition="Of milestones past their current due dates {over-claimed} of the total weight or more is claimed and "
    "not accepted; those that were delivered and wait for our decision do not count.",
    next_step="Ask {vendor} for evidence.",
    news=("much is claimed and not accepted", "more is claimed and not accepted", "claims are backed again"),
    source="House definition.",
    limits=("over-claimed",),
    reads=("reports", "deliveries", "plan"),
)
def over_claimed(facts: Facts) -> Finding | Missing | None:
    """Only what is open and past due: what was delivered was accepted, or waits for us."""
    if facts.retainer:
        return None
    if not facts.known:
        return NO_PROGRESS
    past = [_claim(facts, place, weight) for place, weight in zip(facts.plan.dated, facts.plan.weights, strict=True)]
    claimed = [one for one in past if one is not None and one.weight > 0]
    part = sum((one.weight for one in claimed), Fraction(0)) / facts.plan.total
    if part < Fraction(str(facts.limit("over-claimed"))):
        return None
    worst, more = max(claimed), len(claimed) - 1
    rest = f"; so {'is' if more == 1 else 'are'} {in_words(more)} more" if more else ""
    evidence = (
        f"{share(float(part))} of the work is claimed, past its due date and not delivered: "
        f'"{worst.name}" was due on {day(worst.due_on, facts.day)} and is claimed at {share(worst.share)}{rest}.'
    )
    return Finding("warning", evidence)


def _is_rebaselined(facts: Facts) -> bool:
    """Whether any date was ever agreed anew."""
    return any(one.set_on <= facts.day for milestone in facts.plan.milestones for one in milestone.baselines)


def _is_dated_again(facts: Facts) -> bool:
    """Whether anybody ever named another date than the first."""
    return _is_rebaselined(facts) or any(
        one.forecast_on is not None and one.reported_on <= facts.day
        for milestone in facts.plan.milestones
        for one in milestone.reports
    )


def _has_agreed_on_anything(facts: Facts) -> bool:
    """Whether an action was ever recorded."""
    return any(one.raised_on <= facts.day for one in facts.history.actions)


@rule(
    "serial-slip",
    "nudge",
    "C",
    sentence="The same date keeps moving.",
    condition="A milestone's forecast or baseline was moved later than the word before it {serial-slip} in "
    "{serial-slip-window}; critical from {serial-slip-critical}.",
    next_step="Ask {vendor} for the cause.",
    news=("the same date keeps moving", "the same date moved again", "no date keeps moving"),
    source="House definition.",
    limits=("serial-slip-window", "serial-slip", "serial-slip-critical"),
    reads=("reports", "plan"),
    windows={"serial-slip-window": ("reports", "plan")},
    has_input=_is_dated_again,
)
def serial_slip(facts: Facts) -> Finding | None:
    """The worst is the one that moved most often, and of these the furthest."""
    window = facts.days("serial-slip-window")
    least = min(facts.days("serial-slip"), facts.days("serial-slip-critical"))
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
    "moved-baseline",
    "nudge",
    "C",
    sentence="The plan was changed instead of met.",
    condition="In the last {moved-window} milestones were re-baselined on more than one day; critical where one of "
    "these re-baselines has no reason, or no approver (alone: no reason).",
    next_step="Approve the new date, or go back to the old one.",
    news=("dates of the plan were moved", "a date was moved without approval", "the plan stands"),
    source="House definition.",
    limits=("moved-window",),
    reads=("plan",),
    windows={"moved-window": ("plan",)},
    has_input=_is_rebaselined,
)
def moved_baseline(facts: Facts) -> Finding | None:
    """Every re-baseline counts, also the first date of a milestone that had none: somebody set it."""
    window = facts.days("moved-window")
    since = facts.day - timedelta(days=window)
    moved = [
        (one, milestone.name)
        for milestone in facts.plan.milestones
        for one in milestone.baselines
        if since < one.set_on <= facts.day
    ]
    wanting = [(one, name) for one, name in moved if _wants(one, alone=facts.alone)]
    if wanting:
        (last, name), more = max(wanting, key=lambda one: one[0].set_on), len(wanting) - 1
        rest = f"; so {'was' if more == 1 else 'were'} {in_words(more)} more in {window} days" if more else ""
        evidence = (
            f'"{name}" was moved to {day(last.due_on, facts.day)} on {day(last.set_on, facts.day)} without '
            f"{_wants(last, alone=facts.alone)}{rest}."
        )
        return Finding("critical", evidence)
    days = sorted({one.set_on for one, _ in moved})
    if len(days) <= 1:
        return None
    on = listed([day(one, facts.day) for one in days])
    evidence = f"Dates were moved on {in_words(len(days))} days within {window}: {on}."
    return Finding("warning", evidence, next_step=f"Ask {facts.terms.vendor} for a plan that holds.")


@rule(
    "squeezed",
    "nudge",
    "C",
    sentence="What follows a late result keeps its old date.",
    condition="A milestone came, or is expected, later than its current due date, and the last date given for the open "
    "one after it leaves less than {squeezed} of the time planned between the two. Not retainers.",
    next_step="Ask {vendor} for dates that leave time for what follows.",
    news=("too little time is left after a late result", "less time is left", "there is time for what follows"),
    source="House definition: work that waits for what is late takes the time it was given (see docs/evidence.md).",
    limits=("squeezed",),
    reads=("reports", "deliveries", "plan"),
)
def squeezed(facts: Facts) -> Finding | None:
    """The worst is the one with the least part of its time left, and of these the first in the plan."""
    if facts.retainer:
        return None
    least = Fraction(str(facts.limit("squeezed")))
    short = [one for one in _followers(facts) if one.left < least * one.planned]
    if not short:
        return None
    worst, more = min(short, key=lambda one: Fraction(max(0, one.left), one.planned)), len(short) - 1
    left = f"{worst.left} of" if worst.left > 0 else "none of"
    rest = f"; so it is with {in_words(more)} more" if more else ""
    was = "is still" if worst.expected_on >= facts.day else "was"
    evidence = (
        f'"{worst.before}" {worst.came}, "{worst.name}" {was} expected on {day(worst.expected_on, facts.day)}: '
        f"{left} the {count(worst.planned, 'day')} planned between them {'are' if worst.left > 1 else 'is'} left{rest}."
    )
    return Finding("warning", evidence)


@rule(
    "stale-forecast",
    "nudge",
    "C",
    sentence="The promised date has passed and no new one was given.",
    condition="The last word on an open milestone names a day that has passed.",
    next_step="Ask {vendor} for a date.",
    news=("a date passed without a new one", "still no new date", "there is a new date"),
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


@rule(
    "no-feedback",
    "nudge",
    "C",
    sentence="Feedback is missing.",
    condition="No feedback was given, or none was taken, for {no-feedback}, counted from the start or a pause's end "
    "at most.",
    next_step="Tell {vendor} how it goes, and ask the same.",
    news=("feedback is missing", "feedback is missing for long", "there was feedback"),
    source="House definition.",
    limits=("no-feedback",),
    covered_by=("silent",),
    reads=("check_ins",),
)
def no_feedback(facts: Facts) -> Finding | None:
    """Each way is counted by itself."""
    begun_on = max(facts.terms.starts_on, facts.resumed_on or facts.terms.starts_on)
    least = facts.days("no-feedback")
    if (facts.day - begun_on).days < least:
        return None
    given, taken = (_days_without_feedback(facts, begun_on, given=one) for one in (True, False))
    if given < least and taken < least:
        return None
    ways = "to or from" if given == taken else "to" if given >= least else "from"
    days = given if given >= least else taken
    both = f", and none from it for {count(taken, 'day')}" if ways == "to" and taken >= least else ""
    return Finding("warning", f"No feedback {ways} the vendor is on record for {count(days, 'day')}{both}.")


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
    condition="An open action or issue is overdue, without assignee or date, or carried through {actions-carried}; "
    "critical once more than {actions-critical} overdue. A date of ours on a day off holds until the next working "
    "day.",
    next_step="Close it, or agree a new date.",
    news=("what was agreed is overdue", "what was agreed is long overdue", "what was agreed is done"),
    source="House definition.",
    limits=("actions-critical", "actions-carried"),
    reads=("actions", "check_ins"),
    has_input=_has_agreed_on_anything,
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


def _days_without_feedback(facts: Facts, begun_on: date, *, given: bool) -> int:
    last_on = facts.logs.last_feedback_on(given=given)
    return (facts.day - max(last_on or begun_on, begun_on)).days


def _claim(facts: Facts, place: int, weight: int) -> _Claim | None:
    """The claim on a milestone; None where it is not past due, or delivered. Nothing where the last one is in doubt."""
    due_on, milestone = facts.plan.dues[place], facts.plan.milestones[place]
    if due_on is None or due_on >= facts.day or facts.handovers[place].delivered_on is not None:
        return None
    said = facts.done.claims[place] or 0.0
    if place in facts.done.unread_open:
        facts.doubts.add("reports")
        said = 0.0
    return _Claim(weight * Fraction(str(said)), due_on, milestone.name, said)


def _followers(facts: Facts) -> Iterator[_Follower]:
    """Each open milestone with the last one of an earlier date, where that came or is expected late, in plan order.

    It is taken at the last word on it, also once that has passed: being late itself gives it no more time. Where a
    later word may be unread, nothing is said of it.
    """
    plan = facts.plan
    every = enumerate(zip(plan.dues, facts.forecasts, strict=True))
    dated = [(due, expected, place) for place, (due, expected) in every if due is not None and expected is not None]
    before: tuple[date, date, int] | None = None
    last = before
    for due, expected, place in sorted(dated):
        if last is not None and last[0] < due:
            before = last
        last = due, expected, place
        milestone = plan.milestones[place]
        is_open = facts.handovers[place].delivered_on is None
        if before is None or before[1] <= before[0] or not is_open or facts.logs.forecasts_in_doubt(milestone):
            continue
        word = facts.words[place] or due
        left, planned = (word - before[1]).days, (due - before[0]).days
        yield _Follower(plan.milestones[before[2]].name, _came(facts, *before), milestone.name, word, left, planned)


def _came(facts: Facts, due: date, expected: date, place: int) -> str:
    """How late a milestone is, in words."""
    late = f"{count((expected - due).days, 'day')} late"
    if facts.handovers[place].delivered_on is not None:
        return f"came {late}"
    return f"is {late}" if expected == facts.day else f"is expected {late}"


def _wants(baseline: Baseline, *, alone: bool) -> str:
    """What a re-baseline lacks to be agreed; empty where it lacks nothing."""
    wants = ["a reason"] if not baseline.reason else []
    if not alone and not baseline.approved_by:
        wants.append("an approver")
    return " or ".join(wants)


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
