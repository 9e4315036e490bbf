"""C. Delivery: progress not monitored."""

from datetime import date
from fractions import Fraction
from functools import cache
from math import inf
from typing import Final

from engagement.assessment.facts import Facts
from engagement.assessment.rules.base import REGISTERED, Finding, Missing, Rule, rule
from engagement.assessment.values import Severity
from engagement.assessment.wording import count, day, in_words, measured, share
from engagement.assessment.workdays import workdays_between

NO_DATE: Final = Missing("no milestone has a due date")
NO_PROGRESS: Final = Missing("nobody has reported progress")
TWICE: Final = 2.0
"""From so many times as much on, a share is said in times, not in percent."""


@rule(
    "overdue",
    "status",
    "C",
    sentence="A milestone is past its due date.",
    condition="An open milestone is past its current due date; critical after more than {overdue-critical}, in the "
    "first {learning} never.",
    next_step="Agree a recovery date with {vendor}.",
    news=("a milestone fell overdue", "a milestone is long overdue", "nothing is overdue any more"),
    source="House definition; days overdue alone order 284 public grants with an area under the curve of 0.77.",
    limits=("overdue-critical", "learning"),
    reads=("deliveries", "plan"),
)
def overdue(facts: Facts) -> Finding | Missing | None:
    """The worst is the one that is latest."""
    if not facts.plan.dated:
        return NO_DATE
    late = facts.late
    if not late:
        return None
    worst = max(late, key=lambda one: one.days)
    evidence = (
        f'"{worst.milestone.name}" was due on {day(worst.due_on, facts.day)} and is {count(worst.days, "day")} late'
        f"{_and_more(len(late) - 1, 'is late', 'are late')}."
    )
    return Finding(_capped(facts, worst.days > facts.days("overdue-critical")), evidence)


@rule(
    "slipping",
    "status",
    "C",
    sentence="The finish has moved past what was promised.",
    condition="The latest forecast lies {slipping-share} of the agreed duration and {slipping-days} or more after the "
    "latest approved date; critical from {slipping-critical-share} and {slipping-critical-days}, in the first "
    "{learning} never.",
    next_step="Ask {vendor} for a recovery plan.",
    news=("the finish began to slip", "the finish slips far", "the finish holds again"),
    source="House definition.",
    limits=(
        "slipping-share",
        "slipping-days",
        "slipping-critical-share",
        "slipping-critical-days",
        "learning",
    ),
    reads=("reports", "deliveries", "plan"),
)
def slipping(facts: Facts) -> Finding | Missing | None:
    """Against what was approved, so that a date moved without anybody agreeing is still a slip."""
    if facts.retainer:
        return None
    forecast_on, agreed_on = facts.forecast_finish_on, facts.approved_finish_on
    if forecast_on is None or agreed_on is None:
        return NO_DATE
    slip = (forecast_on - agreed_on).days
    duration = (agreed_on - facts.terms.starts_on).days
    part = slip / duration if duration > 0 else inf
    critical = slip >= facts.days("slipping-critical-days") and part >= facts.limit("slipping-critical-share")
    if not critical and (slip < facts.days("slipping-days") or part < facts.limit("slipping-share")):
        return None
    evidence = (
        f"{_finish(forecast_on, facts.day)}, {count(slip, 'day')} after the agreed "
        f"{day(agreed_on, facts.day)}{f', {_beside(part)} the agreed duration' if duration > 0 else ''}."
    )
    return Finding(_capped(facts, critical), evidence)


def _finish(on: date, as_of: date) -> str:
    """What the finish is: as the vendor says, not before the day itself, or when the last result came."""
    if on > as_of:
        return f"The vendor says {day(on, as_of)} for the finish"
    return f"The finish is {day(on, as_of)} at the earliest" if on == as_of else f"All came by {day(on, as_of)}"


def _below(index: float, *limits: float) -> str:
    """An index to two digits, or to as many more as show which of some limits it is below."""
    said = f"{index:.2f}"
    for digits in range(3, 9):
        if all((float(said) < limit) == (index < limit) for limit in limits):
            break
        said = f"{index:.{digits}f}"
    return said


def _beside(part: float) -> str:
    """A share as it is said before what it is a share of; from twice as much on, as so many times it."""
    return f"{part:,.0f} times" if part >= TWICE else f"{share(part)} of"


@rule(
    "deadline-near",
    "status",
    "C",
    sentence="The deadline is near and much is still open.",
    condition="{deadline-left} of the time or less is left and under {deadline-earned} is earned; critical where the "
    "pace needed is more than {deadline-rate} that of the last {deadline-window}.",
    next_step="Cut scope, or move the date openly with {vendor}.",
    news=("the deadline came near", "the deadline can hardly be met", "the deadline is no worry any more"),
    source="House definition.",
    limits=("deadline-left", "deadline-earned", "deadline-rate", "deadline-window"),
    covered_by=("overdue",),
    reads=("reports", "deliveries", "plan"),
    windows={"deadline-window": ("reports", "deliveries", "plan")},
)
def deadline_near(facts: Facts) -> Finding | Missing | None:
    """The deadline stays near after it has passed."""
    if facts.retainer:
        return None
    finish_on = facts.plan.finish_on
    if not facts.known or facts.earned is None or finish_on is None:
        return NO_PROGRESS
    left, duration = (finish_on - facts.day).days, facts.plan.duration_days
    is_near = left <= 0 if duration <= 0 else left / duration <= facts.limit("deadline-left")
    if not is_near or facts.earned >= facts.limit("deadline-earned"):
        return None
    times = _times_the_pace(facts, left)
    done = f"{share(facts.earned)} of the work is done"
    time = (
        f"{count(left, 'day')} {'is' if left == 1 else 'are'} left to {day(finish_on, facts.day)}"
        if left > 0
        else f"The last due date, {day(finish_on, facts.day)}, {'is today' if left == 0 else 'has passed'}"
    )
    is_critical = times > Fraction(str(facts.limit("deadline-rate")))
    hurry = _hurry(facts, left, times) if is_critical else ""
    return Finding("critical" if is_critical else "warning", f"{time} and {done}{hurry}.")


@rule(
    "behind-plan",
    "status",
    "C",
    sentence="Less is done than the plan says.",
    condition="After {behind-after} of the time SPI(t) is under {behind#}; critical under {behind-critical#}, in the "
    "first {learning} never.",
    next_step="Plan the rest anew with {vendor}.",
    news=("fell behind plan", "fell far behind plan", "caught up with the plan"),
    source="Lipke, Schedule is Different (2003): earned schedule.",
    limits=("behind-after", "behind", "behind-critical", "learning"),
    reads=("reports", "deliveries", "plan"),
)
def behind_plan(facts: Facts) -> Finding | Missing | None:
    """By earned schedule: when did the plan have what is done now?"""
    if facts.retainer:
        return None
    if not facts.known or facts.earned is None:
        return NO_PROGRESS
    passed, duration = (facts.day - facts.terms.starts_on).days, facts.plan.duration_days
    is_early = duration > 0 and passed / duration <= facts.limit("behind-after")
    critical = facts.limit("behind-critical")
    least = max(facts.limit("behind"), critical)
    if facts.spi_t is None or is_early or facts.spi_t >= least:
        return None
    planned_on = facts.earned_schedule_on
    had = f", which the plan had for {day(planned_on, facts.day)}" if planned_on else ""
    evidence = (
        f"{share(1 - facts.spi_t)} slower than planned (SPI(t) {_below(facts.spi_t, critical, least)}): "
        f"{share(facts.earned)} of the work is done{had}."
    )
    return Finding(_capped(facts, facts.spi_t < critical), evidence)


@rule(
    "flatline",
    "status",
    "C",
    sentence="Nothing has moved although work is due.",
    condition="What is earned has not changed for {flatline-cadences#} cadences and at least {flatline-days} while a "
    "begun milestone is open; critical after {flatline-critical} that, in the first {learning} never. Counted from "
    "the last change, the start or a pause's end.",
    next_step="Ask {vendor} to show the work.",
    news=("work stands still", "work stands still for long", "work moves again"),
    source="House definition.",
    limits=("flatline-days", "flatline-cadences", "flatline-critical", "learning"),
    reads=("reports", "deliveries", "plan"),
)
def flatline(facts: Facts) -> Finding | Missing | None:
    """Counted from the last change of earned, the start, or the end of a pause: a pause is no silence."""
    if facts.retainer:
        return None
    if not facts.known or facts.earned is None:
        return NO_PROGRESS
    begun = facts.begun
    if not begun:
        return None
    days = (facts.day - facts.still_since).days
    least = max(facts.limit("flatline-cadences") * facts.cadence_days, facts.limit("flatline-days"))
    if days < least:
        return None
    evidence = (
        f"The progress on record has stood at {share(facts.earned)} for {count(days, 'day')}; "
        f'"{begun[0].name}" began on {day(begun[0].since, facts.day)} and is open'
        f"{_and_more(len(begun) - 1, 'is too', 'are too')}."
    )
    return Finding(_capped(facts, days >= facts.limit("flatline-critical") * least), evidence)


@rule(
    "awaiting-us",
    "status",
    "C",
    sentence="The vendor waits for us.",
    condition="A delivery is undecided for more than {undecided}, critical after more than {undecided-critical}; or a "
    "question of the vendor is unanswered for more than {unanswered}.",
    next_step="Decide, and tell {vendor}.",
    news=("waits for us", "waits for us for long", "waits for us no more"),
    source="House definition.",
    limits=("undecided", "undecided-critical", "unanswered"),
    reads=("deliveries", "plan", "actions"),
)
def awaiting_us(facts: Facts) -> Finding | None:
    """Deliveries first, then questions, each by how long it has waited."""
    limit = min("undecided", "undecided-critical", key=facts.limit)
    deliveries = [one for one in facts.undecided if facts.has_waited(one, limit)]
    questions = [one for one in facts.unanswered if facts.has_waited(one, "unanswered")]
    if not deliveries and not questions:
        return None
    worst = (deliveries or questions)[0]
    workdays = workdays_between(worst.since, facts.day, facts.terms.country)
    evidence = (
        f'"{worst.name}" was {"delivered" if deliveries else "asked"} on {day(worst.since, facts.day)} and has waited '
        f"{count(workdays, 'working day')} for {'a decision' if deliveries else 'an answer'}"
        f"{_and_more(len(deliveries) + len(questions) - 1, 'waits', 'wait')}."
    )
    is_critical = any(facts.has_waited(one, "undecided-critical") for one in deliveries)
    return Finding("critical" if is_critical else "warning", evidence)


def _declared_on_track(facts: Facts) -> bool:
    """Whether the status our side declared last is on track."""
    return facts.logs.declared_status() == "on_track"


@rule(
    "watermelon",
    "status",
    "C",
    sentence="Reported green, measured red.",
    condition="The status our side declared last is on track while another rule about the work is critical.",
    next_step="Compare notes with whoever declared it.",
    news=("reported better than it is", "reported far better than it is", "report and figures agree again"),
    source="House definition.",
    reads=("declared",),
    beside_critical=_declared_on_track,
    has_input=lambda facts: facts.logs.declared_status() is not None,
)
def watermelon(facts: Facts) -> Finding | None:
    """Green outside, red inside."""
    if not _declared_on_track(facts):
        return None
    red = _critical(facts)
    if not red:
        return None
    more = len(red) - 1
    rest = f" {in_words(more).capitalize()} more {'is' if more == 1 else 'are'} critical." if more else ""
    evidence = f'Last declared "on track"; on record, critical: {next(iter(red.values()))}{rest}'
    return Finding("warning", evidence, echoes=next(iter(red)))


def _critical(facts: Facts) -> dict[str, str]:
    """Evidence of the other status rules that are critical, by rule; at most one where only that matters."""
    likeliest = REGISTERED.get(facts.case.last_critical or "") if facts.in_brief else None
    found: dict[str, str] = {}
    for one in (likeliest, *_others()) if likeliest else _others():
        finding = facts.once(one.check)
        if isinstance(finding, Finding) and finding.severity == "critical":
            facts.case.last_critical = one.id
            found[one.id] = finding.evidence
            if facts.in_brief:
                break
    return found


@cache
def _others() -> tuple[Rule, ...]:
    """The other rules about the work, once all are registered."""
    return tuple(one for one in REGISTERED.values() if one.kind == "status" and one.id != "watermelon")


def _times_the_pace(facts: Facts, days_left: int) -> Fraction | float:
    """How many times the recent pace the rest would take: infinite where nothing moved, or no day is left."""
    if days_left <= 0:
        return inf
    window = facts.days("deadline-window")
    recent = facts.earned_within(window)
    if recent is None:
        return 0
    return (1 - facts.earned_exactly) / days_left / (recent / window) if recent > 0 else inf


def _hurry(facts: Facts, days_left: int, times: Fraction | float) -> str:
    """The pace that makes a near deadline critical, as the end of a sentence; empty where no day is left for any."""
    if days_left <= 0:
        return ""
    window = f"the last {count(facts.days('deadline-window'), 'day')}"
    if times == inf:
        return f", none of it in {window}"
    return f"; the rest takes {measured(round(float(times), 1 if times >= 2 else 2))} times the pace of {window}"


def _capped(facts: Facts, is_critical: bool) -> Severity:
    """Critical, if it is and the work is not in its learning time."""
    return "critical" if is_critical and not facts.learning else "warning"


def _and_more(number: int, one: str, several: str) -> str:
    """The rest, counted: "; two more are late". Empty where there is none."""
    return f"; {in_words(number)} more {one if number == 1 else several}" if number > 0 else ""
