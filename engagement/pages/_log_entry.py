"""What was typed into the form of a check-in, as what is to be recorded, in words, and with what is wrong about it.

Values in, values out. What was not said is not recorded: a field that was left as it was counts as nothing, and all
that does count stands in the line of `announcement` before it is saved.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from engagement.assessment.wording import count, day, in_words, listed, sentence
from engagement.errors import Problem
from engagement.pages._log_form import (
    AGREED,
    AS_BEFORE,
    CHANGED,
    CHANNELS,
    OTHER,
    TALKS,
    Form,
    MilestoneAsked,
    Section,
    action_field,
    closed_field,
    declared_field,
    milestone_field,
    more_field,
    suggested_next,
)
from engagement.records.check_ins import CheckInEntry, MilestoneWord, NewAction

Typed = Mapping[str, Any]
"""What the fields hold, by their names. A field that is not there was never shown."""
ACTION_PARTS = ("title", "kind", "side", "assignee", "due_on")


class _Said(NamedTuple):
    """One milestone that was spoken about."""

    asked: MilestoneAsked
    answer: str
    field: str
    share: float | None
    forecast_on: date | None


def chosen(form: Form, typed: Typed) -> tuple[Section, ...]:
    """The engagements that the talk was about, in the order of the form."""
    about = typed.get("about") or ()
    return tuple(section for section in form.sections if section.engagement in about)


def shown(section: Section, typed: Typed) -> tuple[MilestoneAsked, ...]:
    """The milestones to speak about: those asked at once, then those picked from the others."""
    more = typed.get(more_field(section.engagement)) or ()
    at_once = [milestone for milestone in section.milestones if milestone.at_once]
    picked = [milestone for milestone in section.milestones if milestone.key in more and not milestone.at_once]
    return (*at_once, *picked)


def action_rows(engagement: str, typed: Typed) -> int:
    """How many rows for new actions to show: those with something in them, and one empty row behind."""
    row = 0
    while any(_value(typed.get(action_field(engagement, row, part))) for part in ACTION_PARTS):
        row += 1
    return row + 1


def next_on(form: Form, typed: Typed) -> date | None:
    """The day of the next talk, where one was agreed on."""
    if typed.get("next") == OTHER:
        return _day(typed, "next_on")
    if typed.get("next") != AGREED:
        return None
    suggested = suggested_next(chosen(form, typed), _day(typed, "held_on") or form.today, form.today)
    return suggested[0] if suggested else None


# --- What is to be recorded -----------------------------------------------------------------------------------------


def entries(form: Form, typed: Typed) -> tuple[CheckInEntry, ...]:
    """One check-in for each engagement spoken about. Ask for `problems` first: these are taken to be none."""
    return tuple(_entry(form, section, typed) for section in chosen(form, typed))


def _entry(form: Form, section: Section, typed: Typed) -> CheckInEntry:
    return CheckInEntry(
        engagement=section.engagement,
        held_on=_day(typed, "held_on") or form.today,
        channel=typed["channel"],
        side="us",
        attendees=", ".join(typed.get("attendees") or ()) or None,
        notes=_text(typed, "notes"),
        declared_status=typed.get(declared_field(section.engagement)),
        feedback_given=_text(typed, "given"),
        feedback_received=_text(typed, "taken"),
        next_on=next_on(form, typed),
        milestones=tuple(
            MilestoneWord(said.asked.key, said.share, said.forecast_on) for said in _words(form, section, typed)
        ),
        closed_actions=_closed(section, typed),
        new_actions=tuple(_new_actions(section, typed)),
    )


def _words(form: Form, section: Section, typed: Typed) -> Iterator[_Said]:
    """The milestones that were spoken about, with what was said of them."""
    held_on = _day(typed, "held_on") or form.today
    for asked in shown(section, typed):
        field = milestone_field(section.engagement, asked.key)
        answer = typed.get(field)
        if answer == AS_BEFORE and AS_BEFORE in asked.answers(held_on):
            yield _Said(asked, answer, field, *asked.repeated(held_on))
        elif answer == CHANGED:
            percent = typed.get(f"{field}/percent")
            part = None if percent is None else float(percent) / 100
            yield _Said(asked, answer, field, part, _day(typed, f"{field}/forecast_on"))


def _closed(section: Section, typed: Typed) -> tuple[int, ...]:
    return tuple(one.id for one in section.actions if typed.get(closed_field(section.engagement, one.id)))


def _new_actions(section: Section, typed: Typed) -> Iterator[NewAction]:
    for row in range(action_rows(section.engagement, typed) - 1):
        title, kind, side, assignee, due_on = (action_field(section.engagement, row, part) for part in ACTION_PARTS)
        yield NewAction(
            kind=typed.get(kind) or "action",
            title=_text(typed, title) or "",
            side="vendor" if typed.get(kind) == "question" else typed.get(side),
            assignee=_text(typed, assignee),
            due_on=_day(typed, due_on),
        )


# --- What is wrong --------------------------------------------------------------------------------------------------


def problems(form: Form, typed: Typed) -> tuple[Problem, ...]:
    """Everything that keeps this from being recorded, each with the name of its field as the column."""
    return tuple(_problems(form, typed))


def _problems(form: Form, typed: Typed) -> Iterator[Problem]:
    held_on = _day(typed, "held_on")
    if not chosen(form, typed):
        yield Problem("Nothing is chosen.", "Say which work you talked about.", column="about")
    if held_on is None:
        yield Problem("The day is missing.", "Say when you talked.", column="held_on")
    elif held_on > form.today:
        yield Problem(f"{day(held_on)} has not come yet.", "Give the day you talked.", column="held_on")
    if typed.get("channel") not in CHANNELS:
        yield Problem("How you talked is missing.", "Choose one.", column="channel")
    for section in chosen(form, typed):
        yield from _milestone_problems(form, section, typed, held_on or form.today)
        yield from _action_problems(section, typed, held_on or form.today)
    yield from _next_problems(typed, held_on or form.today)


def _milestone_problems(form: Form, section: Section, typed: Typed, held_on: date) -> Iterator[Problem]:
    for said in _words(form, section, typed):
        if said.answer == CHANGED and said.share is None and said.forecast_on is None:
            remedy = 'Give the percent, the new date or both, or choose "not discussed".'
            yield Problem("What has changed is missing.", remedy, column=said.field)
        if said.share is not None and not 0 <= said.share <= 1:
            what = f"{said.share * 100:g} % is not a share."
            yield Problem(what, "Give a percent from 0 to 100.", column=f"{said.field}/percent")
        if said.answer == CHANGED and said.forecast_on is not None and said.forecast_on < held_on:
            what = f"{day(said.forecast_on)} lies before the talk."
            remedy = "Give the day it will be done. If it is done, record the delivery on the engagement's page."
            yield Problem(what, remedy, column=f"{said.field}/forecast_on")


def _action_problems(section: Section, typed: Typed, held_on: date) -> Iterator[Problem]:
    for row, action in enumerate(_new_actions(section, typed)):
        if not action.title:
            column = action_field(section.engagement, row, "title")
            yield Problem("What is to be done is missing.", "Say it, or empty the row.", column=column)
        if action.due_on is not None and action.due_on < held_on:
            column = action_field(section.engagement, row, "due_on")
            yield Problem(f"{day(action.due_on)} lies before the talk.", "Give a later day.", column=column)


def _next_problems(typed: Typed, held_on: date) -> Iterator[Problem]:
    on = _day(typed, "next_on")
    if typed.get("next") != OTHER:
        return
    if on is None:
        yield Problem("The next day is missing.", "Choose one, or take the choice back.", column="next_on")
    elif on <= held_on:
        yield Problem(f"{day(on)} is not after this talk.", "Give a later day.", column="next_on")


# --- In words -------------------------------------------------------------------------------------------------------


def announcement(form: Form, typed: Typed) -> str:
    """What the save would record: "A video call today with Tom: notes, one milestone moved, one action closed." """
    sections = chosen(form, typed)
    if not sections or typed.get("channel") not in CHANNELS:
        return "Nothing yet."
    parts = list(filter(None, [*_milestone_words(form, sections, typed), *_other_words(form, sections, typed)]))
    talk = _talk_words(form, sections, typed)
    return sentence(f"{talk}: {', '.join(parts)}" if parts else f"{talk}, nothing new")


def _talk_words(form: Form, sections: Sequence[Section], typed: Typed) -> str:
    """ "a video call today with Ana about CRM migration and Website"."""
    held_on = _day(typed, "held_on") or form.today
    when = {0: "today", 1: "yesterday"}.get((form.today - held_on).days, f"on {day(held_on, form.today)}")
    with_whom = f" with {listed(typed['attendees'], most=8)}" if typed.get("attendees") else ""
    about = f" about {listed([one.name for one in sections], most=8)}" if len(sections) > 1 else ""
    return f"{TALKS[typed['channel']]} {when}{with_whom}{about}"


def _milestone_words(form: Form, sections: Iterable[Section], typed: Typed) -> Iterator[str]:
    said = [one for section in sections for one in _words(form, section, typed)]
    moved = sum(one.answer == CHANGED and _moves(one) for one in said)
    progressed = sum(one.answer == CHANGED and not _moves(one) and one.share is not None for one in said)
    same = sum(one.answer == AS_BEFORE for one in said) + sum(_repeats(one) for one in said)
    if moved:
        yield f"{_number(moved, 'milestone')} moved"
    if progressed:
        yield f"progress of {_number(progressed, 'milestone')}"
    if same:
        yield f"{_number(same, 'milestone')} as before"


def _repeats(said: _Said) -> bool:
    """Whether a change was announced, but only the date that stood already was given."""
    return said.answer == CHANGED and said.share is None and said.forecast_on is not None and not _moves(said)


def _moves(said: _Said) -> bool:
    """Whether the date that was said is another one than the last word, or the promise, on it."""
    last = said.asked.forecast_on or said.asked.promised_on
    return said.forecast_on is not None and said.forecast_on != last


def _other_words(form: Form, sections: Sequence[Section], typed: Typed) -> Iterator[str]:
    yield "notes" if _text(typed, "notes") else ""
    closed = sum(len(_closed(section, typed)) for section in sections)
    noted = [action for section in sections for action in _new_actions(section, typed)]
    asked = sum(action.kind == "question" for action in noted)
    new = len(noted) - asked
    if closed:
        yield f"{_number(closed, 'action')} closed"
    if new:
        yield f"{in_words(new)} new" if closed else _number(new, "new action")
    if asked:
        yield f"{_number(asked, 'question')} of theirs"
    declared = {status for one in sections if (status := typed.get(declared_field(one.engagement)))}
    yield from sorted(f"your judgement “{status.replace('_', ' ')}”" for status in declared)
    feedback = [word for word, field in (("given", "given"), ("taken", "taken")) if _text(typed, field)]
    yield f"feedback {' and '.join(feedback)}" if feedback else ""
    upcoming = next_on(form, typed)
    yield f"next talk on {day(upcoming, form.today)}" if upcoming else ""


def _number(number: int, noun: str) -> str:
    return f"{in_words(number)} {count(number, noun).split(' ', 1)[1]}"


def _value(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _text(typed: Typed, field: str) -> str | None:
    value = typed.get(field)
    return value.strip() or None if isinstance(value, str) else None


def _day(typed: Typed, field: str) -> date | None:
    value = typed.get(field)
    return value if isinstance(value, date) else None
