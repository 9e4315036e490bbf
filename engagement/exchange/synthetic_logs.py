"""The logs of a synthetic engagement: talks, the vendor's own word between them, and what was to be done.

See `synthetic`.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from engagement.exchange import synthetic_words as words
from engagement.exchange.synthetic_course import Spell, spell_on
from engagement.exchange.synthetic_plan import A_DAY, Plan, Writer, last_weekday, next_weekday, staff, vendor_of
from engagement.exchange.synthetic_work import Made

CHANNELS: Final = ("video", "video", "video", "call", "call", "in_person", "video", "call", "email", "chat")
A_WEEK: Final = 7
WORKED: Final = 5
"""Days of a week on which people work."""
WRITERS: Final = 3
"""People of a vendor who write to us; more where there would be two of the same hand on a day."""
MISSED: Final = 0.01
"""How many talks are left out where nothing is wrong."""
UNREAD: Final = 40
"""Of so many engagements one has an owner who is behind with reading."""
FORGETS: Final = 16
"""Of so many engagements one has a lead who gives no feedback."""


def check_ins(write: Writer, plan: Plan, made: Sequence[Made], random: Random) -> None:
    """Our talks, in the agreed rhythm but for where they were left out, and between them what the vendor writes."""
    dues, names = [one.due_on for one in made], [one.name for one in made]

    def topic(day: date) -> str:
        return names[min(bisect_left(dues, day), len(names) - 1)] if names else "the first month"

    held = _talks(plan, random)[-plan.size.check_ins :]
    for number, held_on in enumerate(held):
        _talk(write, plan, held_on, random, number=number, talks=len(held), topic=topic(held_on))
    theirs = plan.size.check_ins - len(held)
    begun = _worked_by(plan.starts_on)
    days = max(_worked_by(plan.known_on) - begun, 1)
    hands = max(-(-theirs // days), WRITERS)
    people = [staff(vendor_of(plan.number), hand) for hand in range(hands)]
    for number in range(theirs):
        held_on = min(_worked(begun + 1 + number * days // theirs), plan.known_on)
        notes = words.UPDATES[int(random.random() * len(words.UPDATES))].format(topic(held_on))
        write(
            "check_ins", engagement=plan.key, held_on=held_on, channel="report", side="vendor",
            by=people[number % hands], notes=notes, recorded_on=held_on,
            feedback_received=words.TAKEN[number // 15 % len(words.TAKEN)] if number % 15 == 7 else None,
        )  # fmt: skip


def _talks(plan: Plan, random: Random) -> list[date]:
    """The days on which we talked, oldest first."""
    held = []
    day = next_weekday(plan.starts_on + A_DAY)
    while day <= plan.known_on:
        if not any(begin <= day < end for begin, end in plan.pauses):
            held.append(day)
        silence = spell_on(plan.spells, day, "silence")
        if silence and silence.is_severe:
            day = next_weekday(max(silence.until_on, day + A_DAY))
        elif silence or random.random() < MISSED:
            day = next_weekday(day + timedelta(days=2 * plan.cadence + 1))
        else:
            day = next_weekday(day + timedelta(days=plan.cadence))
    return held


def _talk(write: Writer, plan: Plan, held_on: date, random: Random, *, number: int, talks: int, topic: str) -> None:
    spell = spell_on(plan.spells, held_on)
    bodies = words.TROUBLE[spell.kind] if spell and random.random() < 0.7 else words.WENT_WELL
    body = bodies[int(random.random() * len(bodies))].format(topic)
    ending = words.ENDINGS[int(random.random() * len(words.ENDINGS))]
    gives = plan.number % FORGETS != 5 or number * 2 < talks
    is_read = plan.number % UNREAD != 12 or number < talks - 2
    write(
        "check_ins",
        engagement=plan.key,
        held_on=held_on,
        channel=CHANNELS[int(random.random() * len(CHANNELS))],
        side="us",
        by=plan.lead,
        attendees=f"{plan.lead}, {plan.contact}",
        notes=f"{body} {ending}" if ending else body,
        declared_status=_declared(spell, random) if number % 3 == 0 or spell else None,
        feedback_given=words.GIVEN[number // 4 % len(words.GIVEN)] if number % 4 == 0 and gives else None,
        feedback_received=words.TAKEN[number // 4 % len(words.TAKEN)] if number % 4 == 2 else None,
        next_on=next_weekday(held_on + timedelta(days=plan.cadence)),
        recorded_on=held_on,
        acknowledged_by=plan.owner if is_read else None,
        acknowledged_on=min(next_weekday(held_on + A_DAY), plan.known_on) if is_read else None,
        imported=False,
    )


def _declared(spell: Spell | None, random: Random) -> str:
    """What the lead says: mostly what is the case, somewhat brighter."""
    luck = random.random()
    if spell is None:
        return "on_track" if luck < 0.97 else "at_risk"
    if spell.is_severe:
        return "off_track" if luck < 0.55 else "at_risk" if luck < 0.88 else "on_track"
    return "at_risk" if luck < 0.7 else "on_track"


def actions(write: Writer, plan: Plan, random: Random) -> None:
    """Things to do over the whole time, mostly done by their day; the last are still open."""
    count = plan.size.actions
    days = max((plan.known_on - plan.starts_on).days, 1)
    takes_most = max(min(days * 3 // max(plan.size.check_ins, 1), plan.cadence * 2, 12), 2)
    waiting = _waiting(plan, days)
    given: set[tuple[str, date]] = set()
    for number in range(count):
        raised_on = max(last_weekday(plan.starts_on + timedelta(days=days * number // count)), plan.starts_on)
        spell = waiting.get(number)
        if spell:
            kind, takes, due = "question", (min(spell.until_on, raised_on + timedelta(days=40)) - raised_on).days, 3
        elif number % 9 == 0:
            kind, takes, due = "question", random.randint(1, 2), 3
        else:
            kind, takes = ("issue" if number % 7 == 0 else "action"), random.randint(1, takes_most)
            due = takes + 1 if random.random() < (0.7 if spell_on(plan.spells, raised_on) else 0.97) else takes - 2
        titles = words.QUESTIONS if kind == "question" else words.TO_DO
        title = titles[(number // 9 if kind == "question" else number * 7 + plan.number) % len(titles)]
        while (title, raised_on) in given:
            title = f"{title} Once more."
        given.add((title, raised_on))
        _act(write, plan, raised_on, random, kind=kind, title=title, takes=max(takes, 1), due=max(due, 1))


def _waiting(plan: Plan, days: int) -> dict[int, Spell]:
    """By the number of an action: the stretch in which we leave the vendor waiting for an answer to it."""
    count = plan.size.actions
    return {
        -((spell.from_on - plan.starts_on).days * -count // days): spell
        for spell in plan.spells
        if spell.kind == "ours" and spell.from_on < plan.known_on
    }


def _act(
    write: Writer, plan: Plan, raised_on: date, random: Random, *, kind: str, title: str, takes: int, due: int
) -> None:
    closed_on = max(last_weekday(raised_on + timedelta(days=takes)), raised_on)
    due_on = next_weekday(raised_on + timedelta(days=due))
    theirs = kind == "question" or random.random() < 0.5
    is_done = closed_on <= plan.known_on or plan.life == "closed"
    write(
        "actions",
        engagement=plan.key,
        kind=kind,
        title=title,
        side="vendor" if theirs else "us",
        assignee=plan.contact if theirs else plan.lead,
        raised_on=raised_on,
        due_on=due_on,
        closed_on=min(closed_on, plan.known_on) if is_done else None,
        promised_on=due_on - A_DAY if takes == 8 else None,
    )


def _worked_by(day: date) -> int:
    """How many Mondays to Fridays there were up to and with a day."""
    weeks, rest = divmod(day.toordinal(), A_WEEK)
    return weeks * WORKED + min(rest, WORKED)


def _worked(number: int) -> date:
    """The day that is so many Mondays to Fridays after the beginning of the calendar."""
    weeks, rest = divmod(number - 1, WORKED)
    return date.fromordinal(weeks * A_WEEK + rest + 1)
