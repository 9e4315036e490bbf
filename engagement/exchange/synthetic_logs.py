"""The logs of a synthetic engagement: its milestones and what was said, delivered, done and paid. See `synthetic`."""

from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from engagement.exchange.synthetic_plan import Plan, Writer, our_share

NOTES = (
    "Went through the open points; nothing blocks them.",
    "They showed what was built since last week. Two small wishes from us.",
    "Talked about the next result and who tests it. Dates stand.",
    "Short call. Access to the test system works now.",
    "They asked for a decision on the import; we gave it in the call.",
)
UPDATES = ("Written update: on plan.", "Sent the list of what was done.", "Sent pictures of the new pages.")
TASKS = ("Send the test data", "Decide on the wording", "Review the draft", "Renew the access", "Check the invoice")
DUE_DAY = 10
"""Of a month, for what a retainer delivers."""
SENT_BACK = 10
"""One of so many deliveries is sent back."""


class Made(NamedTuple):
    """A milestone that was written, and when work on it begins and ends."""

    key: str
    starts_on: date
    due_on: date
    delivered_on: date | None
    accepted: bool
    value: int


def milestones(write: Writer, plan: Plan, random: Random) -> list[Made]:
    """Milestones evenly over the plan, with deliveries, decisions and here and there a new date."""
    count = plan.size.milestones
    step = (plan.ends_on - plan.starts_on) / count
    value = plan.budget // count
    made = []
    for number in range(count):
        starts_on, due_on = plan.starts_on + step * number, plan.starts_on + step * (number + 1)
        one = _decided(plan, Made(f"M{number + 1}", starts_on, due_on, None, False, value), random)
        write(
            "milestones",
            engagement=plan.key,
            milestone=one.key,
            name=f"Result {number + 1}",
            priority=random.choice(["must", "should", None]),
            acceptance_criteria="Shown on our test system and agreed in writing.",
            weight=round(1 / count, 6) if plan.number % 3 == 0 else None,
            value=value,
            starts_on=starts_on if number % 2 else None,
            due_on=due_on,
        )
        if plan.has_history and number == count // 3 and plan.number % 4 == 0:
            _rebaseline(write, plan, one)
        _deliver(write, plan, one, number)
        made.append(one)
    return made


def retainer(write: Writer, plan: Plan, random: Random) -> list[Made]:
    """A monthly series and its past occurrences up to the last that was due, each delivered."""
    series = "close"
    first = plan.known_on.replace(day=1)
    months = plan.size.milestones - (plan.known_on.day >= DUE_DAY) if plan.has_history else 0
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    value = plan.budget // plan.size.milestones
    write(
        "series",
        engagement=plan.key,
        series=series,
        name="Month-end close",
        every="month",
        due_day=DUE_DAY,
        value=value,
        from_on=max(first, plan.starts_on),
    )
    made: list[Made] = []
    month = first
    while (
        plan.has_history
        and (due_on := month.replace(day=DUE_DAY)) <= plan.known_on
        and len(made) < plan.size.milestones
    ):
        one = Made(f"{series}:{due_on}", due_on - timedelta(days=20), due_on, None, False, value)
        one = _decided(plan, one, random)
        write(
            "milestones", engagement=plan.key, milestone=one.key, name="Month-end close", series=series, value=value,
            acceptance_criteria="All accounts agree with the bank.", due_on=due_on,
        )  # fmt: skip
        _deliver(write, plan, one, len(made))
        made.append(one)
        month = (month.replace(day=28) + timedelta(days=7)).replace(day=1)
    return made


def _decided(plan: Plan, one: Made, random: Random) -> Made:
    """The milestone with the day it was delivered, where it was by now."""
    lag = timedelta(days=random.randint(10, 40)) if plan.fate == "slipping" else -timedelta(days=random.randint(0, 2))
    delivered_on = max(one.due_on + lag, one.starts_on)
    if not plan.has_history or delivered_on > plan.known_on:
        return one
    return one._replace(delivered_on=delivered_on, accepted=delivered_on + timedelta(days=2) <= plan.known_on)


def _deliver(write: Writer, plan: Plan, one: Made, number: int) -> None:
    """What was handed in; one of ten was sent back once before it was accepted."""
    if one.delivered_on is None:
        return
    of = {"engagement": plan.key, "milestone": one.key}
    early = one.delivered_on - timedelta(days=6)
    if (plan.number + number) % SENT_BACK == 0 and early > one.starts_on:
        refused_on = one.delivered_on - timedelta(days=4)
        write("deliveries", **of, delivered_on=early, decided_on=refused_on, outcome="rejected", reason="Tests failed.")
    decided_on = one.delivered_on + timedelta(days=2) if one.accepted else None
    write(
        "deliveries",
        **of,
        delivered_on=one.delivered_on,
        decided_on=decided_on,
        outcome="accepted" if one.accepted else None,
    )


def _rebaseline(write: Writer, plan: Plan, one: Made) -> None:
    """A new date two days later, agreed on in the middle of the work; deliveries come by the first one all the same."""
    set_on = one.starts_on + (one.due_on - one.starts_on) / 2
    if set_on <= plan.known_on:
        write(
            "baselines", engagement=plan.key, milestone=one.key, set_on=set_on, due_on=one.due_on + timedelta(days=2),
            reason="The test system came late.", approved_by="owner-0@example.org",
        )  # fmt: skip
        confirmed_on = min(set_on + timedelta(days=2), plan.known_on)
        write("confirmations", engagement=plan.key, plan_version=2, confirmed_on=confirmed_on, confirmed_by="Contact")


def progress(write: Writer, plan: Plan, made: list[Made], random: Random) -> None:
    """Reports on each milestone: evenly while it is worked on, forecasts only before that."""
    late = timedelta(days=45) if plan.fate == "slipping" else timedelta()
    for one in made:
        begun = one.starts_on < plan.known_on
        start = one.starts_on if begun else plan.starts_on
        end = min(one.delivered_on or plan.known_on, plan.known_on)
        whole = max((one.due_on - one.starts_on).days, 1)
        for number in range(plan.size.reports):
            said_on = start + (end - start) * (number + 1) / plan.size.reports
            share = min((said_on - one.starts_on).days / whole, 1) * (0.5 if late else 1) if begun else None
            forecast_on = one.delivered_on or one.due_on + late
            write(
                "progress_reports",
                engagement=plan.key,
                milestone=one.key,
                reported_on=said_on,
                percent_complete=None if share is None else round(100 * share, 1),
                forecast_on=forecast_on if number % 2 else None,
                side=random.choice(["us", "vendor"]),
                reported_by=None if number % 3 else f"lead-{plan.number % 7}@example.org",
            )


def check_ins(write: Writer, plan: Plan, random: Random) -> None:
    """Our talks, evenly up to the last one, and between them the vendor's own reports."""
    ours = our_share(plan.size.check_ins)
    for number in range(ours):
        held_on = plan.last_contact_on - timedelta(days=plan.rhythm * (ours - 1 - number))
        _talk(write, plan, held_on, number, random)
    theirs = plan.size.check_ins - ours
    step = (plan.known_on - plan.starts_on) / max(theirs, 1)
    for number in range(theirs):
        held_on = plan.starts_on + step * number + timedelta(days=1)
        write(
            "check_ins", engagement=plan.key, held_on=held_on, channel="report", side="vendor",
            by=f"Writer {number % 2}", notes=UPDATES[number % len(UPDATES)], recorded_on=held_on,
            feedback_received=_now_and_then(number, 2, "All clear."),
        )  # fmt: skip


def _talk(write: Writer, plan: Plan, held_on: date, number: int, random: Random) -> None:
    declared: Any = "on_track" if plan.fate in ("healthy", "silent", "forgotten", "closed") else "at_risk"
    next_on = held_on + timedelta(days=plan.cadence)
    write(
        "check_ins",
        engagement=plan.key,
        held_on=held_on,
        channel=random.choice(["call", "in_person", "email", "chat"]) if number % 3 else "video",
        side="us",
        by=f"lead-{plan.number % 7}@example.org",
        attendees="Lead, contact",
        notes=f"{NOTES[number % len(NOTES)]} ({number})",
        declared_status=declared if number % 4 == 0 else None,
        feedback_given=_now_and_then(number, 4, "Good and quick answers."),
        feedback_received=_now_and_then(number + 2, 4, "Decide a little sooner."),
        next_on=next_on,
        recorded_on=held_on,
        acknowledged_by=f"owner-{plan.number % 7}@example.org",
        acknowledged_on=min(held_on + timedelta(days=1), plan.known_on),
    )


def actions(write: Writer, plan: Plan, random: Random) -> None:
    """Things to do over the whole time, done by their day, of what goes well by the next talk; the last still open."""
    count = plan.size.actions
    longest = max(plan.rhythm, 2) if plan.fate == "healthy" else 12
    step = (plan.known_on - plan.starts_on) / max(count, 1)
    for number in range(count):
        raised_on = plan.starts_on + step * number
        kind = "question" if number % 9 == 0 else "issue" if number % 7 == 0 else "action"
        takes = 1 if kind == "question" else random.randint(2, longest)
        due_on = raised_on + timedelta(days=takes + 2)
        closed_on = raised_on + timedelta(days=takes)
        still_open = closed_on > plan.known_on or (due_on > plan.known_on and kind == "action")
        write(
            "actions",
            engagement=plan.key,
            kind=kind,
            title=f"{random.choice(TASKS)} ({number})",
            side=random.choice(["us", "vendor"]),
            assignee=f"lead-{plan.number % 7}@example.org",
            raised_on=raised_on,
            due_on=due_on,
            closed_on=None if still_open and plan.fate != "closed" else min(closed_on, plan.known_on),
            promised_on=due_on - timedelta(days=1) if number % 30 == 0 else None,
        )


def spend(write: Writer, plan: Plan, made: list[Made]) -> None:
    """What was accepted is paid two days later; of the over-budget ones half as much again, and more."""
    part = 2.6 if plan.fate == "over_budget" else 1
    for number, one in enumerate(made):
        if not one.accepted or one.delivered_on is None:
            continue
        spent_on = min(one.delivered_on + timedelta(days=4), plan.known_on)
        write(
            "spend",
            engagement=plan.key,
            spent_on=spent_on,
            amount=int(one.value * part),
            hours=round(one.value / plan.rate, 1) if plan.contract == "hourly" else None,
            milestone=one.key,
            deposit=False,
            reference=f"{plan.key}-{number + 1}",
        )


def _now_and_then(number: int, every: int, text: str) -> str | None:
    return text if number % every == 0 else None
