"""What was typed into the form of a check-in, as what is to be recorded, in words, and with what is wrong about it.

Values in, values out. What was not said is not recorded: a field that was left as it was counts as nothing, and all
that does count stands in the line of `announcement` before it is saved.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from engagement.assessment.wording import day, in_words, listed, sentence
from engagement.charts.chart import cut
from engagement.charts.theme import MARKS
from engagement.errors import Problem
from engagement.pages import _log_taken, _names
from engagement.pages._log_form import (
    AGREED,
    AS_BEFORE,
    CHANGED,
    CHANNELS,
    OTHER,
    SAME,
    Form,
    MilestoneAsked,
    Section,
    action_field,
    closed_field,
    declared_field,
    milestone_field,
    more_field,
    percent_words,
    suggested_next,
)
from engagement.pages._log_meanwhile import Meanwhile, talk_beside
from engagement.pages._log_taken import OVER, Answer, goes_on, in_number
from engagement.pages._typed import not_past, out_of_reach, too_long
from engagement.records.check_ins import CheckInEntry, MilestoneWord, NewAction

Typed = Mapping[str, Any]
"""What the fields hold, by their names. A field that is not there was never shown."""
ACTION_PARTS: Final = ("title", "kind", "side", "assignee", "due_on")
PARTS_TYPED: Final = ("title", "assignee", "due_on")
TASK: Final = "action"
"""What a new action is unless somebody says otherwise."""
LONGEST_NOTES: Final = 30_000
"""Characters. A cell of a workbook holds 32,767, and the notes are to go into one."""
LONGEST_FEEDBACK: Final = 2_000
LONGEST_TITLE: Final = 300
LONGEST_NAME: Final = 80
LONGEST_WORDS: Final = 40
"""Characters of a milestone's name in what is to be recorded."""


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
    while any(_is_said(part, typed.get(action_field(engagement, row, part))) for part in ACTION_PARTS):
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


def spoken_of(form: Form, typed: Typed) -> dict[str, str]:
    """The names of the actions and milestones that something was said of, by their fields."""
    actions = [
        (closed_field(section.engagement, one.id), one.title) for section in form.sections for one in section.actions
    ]
    milestones = [
        (milestone_field(section.engagement, one.key), one.name)
        for section in form.sections
        for one in section.milestones
    ]
    return {field: name for field, name in actions if typed.get(field)} | {
        field: name for field, name in milestones if typed.get(field) in (AS_BEFORE, CHANGED)
    }


def asked_of(form: Form) -> frozenset[str]:
    """The fields of every action and milestone that is open."""
    return frozenset(
        [closed_field(section.engagement, one.id) for section in form.sections for one in section.actions]
        + [milestone_field(section.engagement, one.key) for section in form.sections for one in section.milestones]
    )


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
        new_actions=tuple(_new_actions(form, section, typed)),
        ended=tuple(rule for one in _in_hand(form, section, typed) if one.answer == OVER for rule in one.taken.rules),
        taken=goes_on(_in_hand(form, section, typed)),
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


def _in_hand(form: Form, section: Section, typed: Typed) -> tuple[Answer, ...]:
    """What was said of what is in hand."""
    return tuple(_log_taken.answers(section.engagement, section.taken, typed, form.people))


def _closed(section: Section, typed: Typed) -> tuple[int, ...]:
    return tuple(one.id for one in section.actions if typed.get(closed_field(section.engagement, one.id)))


def _new_actions(form: Form, section: Section, typed: Typed) -> Iterator[NewAction]:
    for row in range(action_rows(section.engagement, typed) - 1):
        title, kind, side, assignee, due_on = (action_field(section.engagement, row, part) for part in ACTION_PARTS)
        yield NewAction(
            kind=typed.get(kind) or TASK,
            title=_text(typed, title) or "",
            side="vendor" if typed.get(kind) == "question" else typed.get(side),
            assignee=_names.same(_text(typed, assignee) or "", form.people) or _text(typed, assignee),
            due_on=_day(typed, due_on),
        )


# --- What is wrong --------------------------------------------------------------------------------------------------


def problems(form: Form, typed: Typed) -> tuple[Problem, ...]:
    """Everything that keeps this from being recorded, each with the name of its field as the column."""
    return (*mistyped(form, typed), *_missing(form, typed))


def mistyped(form: Form, typed: Typed) -> tuple[Problem, ...]:
    """What stands in a field and cannot be taken: to be said as soon as the field is left."""
    return tuple(_mistyped(form, typed))


def _mistyped(form: Form, typed: Typed) -> Iterator[Problem]:
    held_on = _day(typed, "held_on") or form.today
    yield from not_past("held_on", typed.get("held_on"), form.today)
    yield from too_long("notes", typed.get("notes"), LONGEST_NOTES)
    for section in chosen(form, typed):
        yield from _milestone_problems(form, section, typed, held_on)
        yield from _action_problems(form, section, typed, held_on)
        yield from _log_taken.mistyped(_in_hand(form, section, typed), section.in_hand_days, form.today)
    for field in ("given", "taken"):
        yield from too_long(field, typed.get(field), LONGEST_FEEDBACK)
    on = _day(typed, "next_on")
    if typed.get("next") == OTHER and on is not None:
        if on <= held_on:
            yield Problem(f"{day(on)} is not after this talk.", "Give a later day.", column="next_on")
        yield from out_of_reach("next_on", on, form.today)


def _milestone_problems(form: Form, section: Section, typed: Typed, held_on: date) -> Iterator[Problem]:
    for said in _words(form, section, typed):
        if said.answer != CHANGED:
            continue
        if said.share is not None and not 0 <= said.share <= 1:
            wrong = "more than all of it" if said.share > 1 else "less than nothing"
            what = f"{said.share * 100:,.10g} % is {wrong}."
            yield Problem(what, "Give a percent from 0 to 100.", column=f"{said.field}/percent")
        column = f"{said.field}/forecast_on"
        if said.forecast_on is not None and said.forecast_on < held_on:
            what = f"{day(said.forecast_on)} lies before the talk."
            remedy = "Give the day it will be done. If it is done, record the delivery on the engagement's page."
            yield Problem(what, remedy, column=column)
        else:
            yield from out_of_reach(column, said.forecast_on, form.today)


def _action_problems(form: Form, section: Section, typed: Typed, held_on: date) -> Iterator[Problem]:
    for row, action in enumerate(_new_actions(form, section, typed)):
        title, assignee, due_on = (action_field(section.engagement, row, part) for part in PARTS_TYPED)
        yield from too_long(title, action.title, LONGEST_TITLE)
        yield from too_long(assignee, action.assignee, LONGEST_NAME)
        if action.due_on is not None and action.due_on < held_on:
            yield Problem(f"{day(action.due_on)} lies before the talk.", "Give a later day.", column=due_on)
        else:
            yield from out_of_reach(due_on, action.due_on, form.today)


def _missing(form: Form, typed: Typed) -> Iterator[Problem]:
    """What has to be said before this can be recorded."""
    if not chosen(form, typed):
        yield Problem("Nothing is chosen.", "Say which work you talked about.", column="about")
    if _day(typed, "held_on") is None:
        yield Problem("The day is missing.", "Say when you talked.", column="held_on")
    if typed.get("channel") not in CHANNELS:
        yield Problem("How you talked is missing.", "Choose one.", column="channel")
    for section in chosen(form, typed):
        for said in _words(form, section, typed):
            if said.answer == CHANGED and said.share is None and said.forecast_on is None:
                remedy = 'Give the percent, the new date or both, or choose "not discussed".'
                yield Problem("What has changed is missing.", remedy, column=said.field)
        for row, action in enumerate(_new_actions(form, section, typed)):
            title, assignee = (action_field(section.engagement, row, part) for part in ("title", "assignee"))
            if not action.title:
                yield Problem("What is to be done is missing.", "Say it, or empty the row.", column=title)
            alike = _names.open_in(typed, assignee, form.people)
            yield from _names.open_problem(assignee, action.assignee or "", alike)
        held = _in_hand(form, section, typed)
        yield from _log_taken.missing(held, typed, form.people, section.in_hand_days, form.today)
    if typed.get("next") == OTHER and _day(typed, "next_on") is None:
        yield Problem("The next day is missing.", "Choose one, or take the choice back.", column="next_on")


# --- In words -------------------------------------------------------------------------------------------------------


def announcement(form: Form, typed: Typed, there: Sequence[Meanwhile] = ()) -> str:
    """What the save would record: "A video call today: progress of one milestone (Data load 40 → 55 %), notes."

    ``there``: what is recorded for that day already.
    """
    sections = chosen(form, typed)
    if not sections or typed.get("channel") not in CHANNELS:
        return "Nothing yet."
    parts = _parts(form, sections, typed, exactly=True)
    talk = _talk_words(form, sections, typed, there)
    return sentence(f"{talk}: {', '.join(parts)}" if parts else f"{talk}, nothing new")


def in_short(form: Form, typed: Typed, there: Sequence[Meanwhile], most: int) -> str:
    """What the save would record in at most some characters, the first of it: "one milestone moved, notes, …"."""
    sections = chosen(form, typed)
    if not sections or typed.get("channel") not in CHANNELS:
        return "nothing yet"
    parts = _parts(form, sections, typed) or [f"{talk_beside(typed['channel'], there)}, nothing new"]
    words, *more = parts
    for part in more:
        longer = f"{words}, {part}"
        if len(longer) > most - (0 if part == parts[-1] else 3):
            return f"{words}, …"
        words = longer
    return words


def _parts(form: Form, sections: Sequence[Section], typed: Typed, *, exactly: bool = False) -> list[str]:
    """What was said, one thing after the other; ``exactly``: with what changes of each milestone, from what to what."""
    milestones = _milestone_words(form, sections, typed, exactly=exactly)
    return list(filter(None, [*milestones, *_other_words(form, sections, typed)]))


def _talk_words(form: Form, sections: Sequence[Section], typed: Typed, there: Sequence[Meanwhile]) -> str:
    """ "a video call today with Ana about CRM migration and Website"."""
    held_on = _day(typed, "held_on") or form.today
    when = {0: "today", 1: "yesterday"}.get((form.today - held_on).days, f"on {day(held_on, form.today)}")
    with_whom = f" with {listed(typed['attendees'], most=8)}" if typed.get("attendees") else ""
    about = f" about {listed([one.name for one in sections], most=8)}" if len(sections) > 1 else ""
    return f"{talk_beside(typed['channel'], there)} {when}{with_whom}{about}"


def _milestone_words(form: Form, sections: Iterable[Section], typed: Typed, *, exactly: bool) -> Iterator[str]:
    said = [one for section in sections for one in _words(form, section, typed)]
    told = [one for one in said if one.share is not None or one.forecast_on is not None]
    moved = [one for one in told if _moves(one)]
    progressed = [one for one in told if not _moves(one) and _progresses(one)]
    same = len(told) - len(moved) - len(progressed)
    if moved:
        yield f"{in_number(len(moved), 'milestone')} moved{_exactly(moved, form.today) if exactly else ''}"
    if progressed:
        which = _exactly(progressed, form.today) if exactly else ""
        yield f"progress of {in_number(len(progressed), 'milestone')}{which}"
    if same:
        yield f"{in_number(same, 'milestone')} as before"


def _exactly(said: Sequence[_Said], today: date) -> str:
    """What changes of each, from what to what: " (Data load 95 → 40 %, less than before; Test run 25 Nov → 2 Dec)"."""
    return f" ({'; '.join(_change_words(one, today) for one in said)})"


def _change_words(said: _Said, today: date) -> str:
    parts = []
    if said.share is not None and _progresses(said):
        parts.append(_share_words(said.asked.share, said.share))
    if _moves(said) and said.forecast_on is not None:
        last = said.asked.forecast_on or said.asked.promised_on
        now = day(said.forecast_on, today)
        parts.append(f"{day(last, today)} → {now}" if last else f"by {now}")
    return f"{cut(said.asked.name, LONGEST_WORDS)} {', '.join(parts)}"


def _share_words(before: float | None, now: float) -> str:
    """ "40 → 55 %"; "95 → 40 %, less than before"; "40 %" where nobody had said anything."""
    if before is None:
        return f"{percent_words(now)} %"
    less = ", less than before" if now < before else ""
    return f"{percent_words(before)} → {percent_words(now)} %{less}"


def _progresses(said: _Said) -> bool:
    """Whether the share that was said is another one than the last."""
    last = said.asked.share
    return said.share is not None and (last is None or abs(said.share - last) > SAME)


def _moves(said: _Said) -> bool:
    """Whether the date that was said is another one than the last word, or the promise, on it."""
    last = said.asked.forecast_on or said.asked.promised_on
    return said.forecast_on is not None and said.forecast_on != last


def _other_words(form: Form, sections: Sequence[Section], typed: Typed) -> Iterator[str]:
    yield "notes" if _text(typed, "notes") else ""
    closed = sum(len(_closed(section, typed)) for section in sections)
    noted = [action for section in sections for action in _new_actions(form, section, typed)]
    asked = sum(action.kind == "question" for action in noted)
    new = len(noted) - asked
    if closed:
        yield f"{in_number(closed, 'action')} closed"
    if new:
        yield f"{in_words(new)} new" if closed else in_number(new, "new action")
    if asked:
        yield f"{in_number(asked, 'question')} of theirs"
    yield from _log_taken.said_words([one for each in sections for one in _in_hand(form, each, typed)], form.today)
    declared = {status for one in sections if (status := typed.get(declared_field(one.engagement)))}
    yield from sorted(f'your judgement "{MARKS[status].word}"' for status in declared)
    feedback = [word for word, field in (("given", "given"), ("taken", "taken")) if _text(typed, field)]
    yield f"feedback {' and '.join(feedback)}" if feedback else ""
    upcoming = next_on(form, typed)
    yield f"next talk on {day(upcoming, form.today)}" if upcoming else ""


def _is_said(part: str, value: object) -> bool:
    """Whether something was said in a field of a new action. That it is a task need not be said."""
    if part == "kind" and value == TASK:
        return False
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _text(typed: Typed, field: str) -> str | None:
    value = typed.get(field)
    return value.strip() or None if isinstance(value, str) else None


def _day(typed: Typed, field: str) -> date | None:
    value = typed.get(field)
    return value if isinstance(value, date) else None
