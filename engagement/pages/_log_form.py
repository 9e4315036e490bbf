"""What the form of a check-in asks about a vendor: the milestones, the open actions, and where it starts from.

Values in, values out: nothing here knows Streamlit. The names of the fields are made here, once, for what is shown,
what is kept as a draft, and the place where a problem belongs.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from engagement.assessment.in_hand import came_back, held
from engagement.assessment.results import Assessment, MilestoneState
from engagement.assessment.values import ActionKind, History, Milestone, Side
from engagement.assessment.wording import day, share, span
from engagement.assessment.workdays import days_overdue, roll
from engagement.pages._log_taken import AS_IT_IS, Taken, taken_field
from engagement.records.check_ins import LastCheckIn

SOON_DAYS: Final = 30
SAME: Final = 1e-9
"""Shares that differ by less were typed as the same percent."""
CHANNELS: Final[Mapping[str, str]] = {
    "video": "video",
    "call": "call",
    "in_person": "in person",
    "chat": "chat",
    "email": "e-mail",
}
"""The ways we talk, and their words. A vendor's own report is no check-in of ours."""
TALKS: Final[Mapping[str, str]] = {
    "video": "a video call",
    "call": "a call",
    "in_person": "a meeting",
    "chat": "a chat",
    "email": "an e-mail",
}
"""What a talk in each of these ways is called."""
OPEN_LIVES: Final = frozenset({"active", "paused", "not_started"})

Place = Literal["actions", "milestones", "next"]
NUDGES: Final[Mapping[str, Place]] = {
    "actions-overdue": "actions",
    "serial-slip": "milestones",
    "stale-forecast": "milestones",
    "no-next-meeting": "next",
}
"""Rules of good practice, and the part of the form that they concern."""

AS_BEFORE: Final = "as before"
CHANGED: Final = "changed"
NOT_DISCUSSED: Final = "not discussed"
AGREED: Final = "agreed"
OTHER: Final = "other"
NEVER_TALKED: Final = "no conversation on record yet"


class MilestoneAsked(NamedTuple):
    """An open milestone, and the last word on it."""

    key: str
    name: str
    due_on: date | None
    promised_on: date | None
    """First promised: what a new date is measured against."""
    overdue_days: int
    said_on: date | None
    share: float | None
    forecast_on: date | None
    at_once: bool
    """Overdue, or due within 30 days: asked without being asked for."""

    def answers(self, on: date) -> tuple[str, ...]:
        """What can be said of it. "As before" only where there is a word to repeat that still holds on the day."""
        return (NOT_DISCUSSED, AS_BEFORE, CHANGED) if any(self.repeated(on)) else (NOT_DISCUSSED, CHANGED)

    def repeated(self, on: date) -> tuple[float | None, date | None]:
        """The last share and forecast; a forecast that had passed by ``on`` is none."""
        return self.share, self.forecast_on if self.forecast_on and self.forecast_on >= on else None


class ActionAsked(NamedTuple):
    """Something that is still to be done or answered."""

    id: int
    title: str
    kind: ActionKind
    side: Side | None
    assignee: str | None
    due_on: date | None


class Section(NamedTuple):
    """One engagement of the vendor."""

    engagement: str
    name: str
    last_on: date | None
    days_since: int | None
    cadence_days: int | None
    country: str | None
    milestones: tuple[MilestoneAsked, ...]
    """By due date, those without one last."""
    actions: tuple[ActionAsked, ...]
    last_channel: str | None = None
    """How we last talked about it."""
    last_attendees: tuple[str, ...] = ()
    """Who was there."""
    nudges: Mapping[Place, tuple[str, ...]] = MappingProxyType({})
    """What the record lacks, by the part of the form where it can be mended."""
    taken: tuple[Taken, ...] = ()
    """What was taken in hand, came back and is still wrong; then what is in hand now."""
    in_hand_days: int = 30
    """For how long something may be in hand."""
    is_agreed: bool = True
    """Whether the cadence was agreed; else it is the usual one."""


class Form(NamedTuple):
    """What is asked about the work of one vendor, on a day."""

    vendor: str
    sections: tuple[Section, ...]
    """The engagement that needs somebody most first."""
    today: date
    people: tuple[str, ...] = ()
    """Who may be meant by a name: ours, and who was there the last times."""

    def section(self, engagement: str) -> Section | None:
        """The part about one engagement, None where it is not among them."""
        return next((section for section in self.sections if section.engagement == engagement), None)


def talked_with(assessments: Iterable[Assessment]) -> tuple[str, ...]:
    """The vendors somebody may have talked with, by name."""
    return tuple(sorted({one.vendor for one in assessments if one.life in OPEN_LIVES}, key=str.casefold))


def of_vendor(assessments: Iterable[Assessment], vendor: str) -> tuple[Assessment, ...]:
    """The engagements of a vendor that one can talk about, the one that needs somebody most first."""
    open_ones = [one for one in assessments if one.vendor == vendor and one.life in OPEN_LIVES]
    return tuple(sorted(open_ones, key=lambda one: (one.attention.rank is None, one.attention.rank or 0, one.name)))


def defaults(form: Form, wish: str | None) -> dict[str, Any]:
    """What the fields hold before anybody types: today, and the channel of last time. Who was there is to be said.

    ``wish`` is the engagement the form was opened for; without one, the only one there is.
    """
    only = [section.engagement for section in form.sections] if len(form.sections) == 1 else []
    about = [wish] if wish and form.section(wish) else only
    asked = [(section.engagement, milestone) for section in form.sections for milestone in section.milestones]
    in_hand = [taken_field(section.engagement, one) for section in form.sections for one in section.taken]
    return {
        **{milestone_field(engagement, one.key): NOT_DISCUSSED for engagement, one in asked if one.at_once},
        **dict.fromkeys(in_hand, AS_IT_IS),
        "about": about,
        "held_on": form.today,
        **last_time(form, about),
        "attendees": [],
        "notes": "",
        "given": "",
        "taken": "",
    }


def last_time(form: Form, about: Collection[str]) -> dict[str, Any]:
    """The channel of the last talks about engagements, as far as it was the same for each of them."""
    channels = {section.last_channel for section in form.sections if section.engagement in about}
    channel = channels.pop() if len(channels) == 1 else None
    return {"channel": channel if channel in CHANNELS else None}


def company(form: Form, about: Collection[str]) -> list[str]:
    """Who was there when we last talked about each of some engagements: to be offered, not to be taken for granted."""
    sections = [section for section in form.sections if section.engagement in about]
    names = sections[0].last_attendees if sections else ()
    return [name for name in names if all(name in section.last_attendees for section in sections)]


def named(attendees: str | None) -> list[str]:
    """Names out of a text such as "Ana, Tom; Bo", each once."""
    names = [name.strip() for name in re.split(r"[,;\n]", attendees or "")]
    return list(dict.fromkeys(filter(None, names)))


def section(
    assessment: Assessment,
    history: History,
    actions: Iterable[ActionAsked],
    today: date,
    last: LastCheckIn | None = None,
    *,
    in_hand_days: int = 30,
) -> Section:
    """What is asked about one engagement; ``last`` is what was recorded about it last."""
    recorded = {milestone.key: milestone for milestone in history.milestones}
    open_ones = [state for state in assessment.milestones if state.delivered_on is None]
    open_ones.sort(key=lambda state: (state.due_on is None, state.due_on or date.max, state.name))
    country = history.terms[-1].country
    left = tuple(actions)
    nudges = {place: _evidence(assessment, place) for place in set(NUDGES.values())}
    if any(days_overdue(one.due_on, one.side, country, today) for one in left):
        nudges["actions"] = ()  # that they are overdue stands at their tick boxes
    return Section(
        engagement=assessment.engagement,
        name=assessment.name,
        last_on=assessment.contact.last_on,
        days_since=assessment.contact.days_since,
        cadence_days=assessment.contact.cadence_days,
        is_agreed=assessment.contact.is_agreed,
        country=country,
        milestones=tuple(_asked(state, recorded.get(state.milestone), today) for state in open_ones),
        actions=left,
        last_channel=last.channel if last else None,
        last_attendees=tuple(named(last.attendees)) if last else (),
        nudges=nudges,
        taken=tuple(
            Taken(one.evidence, one.plan, one.assignee, one.until_on, one.rules, one.back)
            for one in (*came_back(assessment, history.responses, in_hand_days, today), *held(assessment))
        ),
        in_hand_days=in_hand_days,
    )


def _evidence(assessment: Assessment, place: Place) -> tuple[str, ...]:
    return tuple(one.evidence for one in assessment.warnings if NUDGES.get(one.rule) == place)


def _asked(state: MilestoneState, recorded: Milestone | None, today: date) -> MilestoneAsked:
    reports = recorded.reports if recorded else ()
    shares = [report for report in reports if report.share is not None]
    forecasts = [report for report in reports if report.forecast_on is not None]
    due = state.due_on
    return MilestoneAsked(
        key=state.milestone,
        name=state.name,
        due_on=due,
        promised_on=state.baseline_on,
        overdue_days=state.overdue_days,
        said_on=reports[-1].reported_on if reports else None,
        share=shares[-1].share if shares else None,
        forecast_on=forecasts[-1].forecast_on if forecasts else None,
        at_once=due is not None and due <= today + timedelta(days=SOON_DAYS),
    )


# --- Names of the fields --------------------------------------------------------------------------------------------


def milestone_field(engagement: str, milestone: str, part: str = "") -> str:
    """The field of what is said of a milestone; ``part`` is ``percent`` or ``forecast_on``."""
    return "/".join(filter(None, (engagement, "milestone", milestone, part)))


def more_field(engagement: str) -> str:
    """The field that names further milestones to speak about."""
    return f"{engagement}/more"


def closed_field(engagement: str, action: int) -> str:
    """The tick box of an open action."""
    return f"{engagement}/closed/{action}"


def action_field(engagement: str, row: int, part: str) -> str:
    """A field of a new action; ``part`` is ``title``, ``kind``, ``side``, ``assignee`` or ``due_on``."""
    return f"{engagement}/action/{row}/{part}"


def declared_field(engagement: str) -> str:
    """The field of our own judgement."""
    return f"{engagement}/declared"


# --- Words ----------------------------------------------------------------------------------------------------------


def due_words(milestone: MilestoneAsked, today: date) -> str:
    """ "due 11 Nov, 9 days late", "due 25 Nov", "no date yet"."""
    if milestone.due_on is None:
        return "no date yet"
    late = f", {span(milestone.overdue_days)} late" if milestone.overdue_days else ""
    return f"due {day(milestone.due_on, today)}{late}"


def said_words(milestone: MilestoneAsked, today: date) -> str:
    """ "on 28 Oct: 40 %, by 18 Dec"; empty where nobody has said anything."""
    if milestone.said_on is None:
        return ""
    parts = [
        share(milestone.share) if milestone.share is not None else "",
        f"by {day(milestone.forecast_on, today)}" if milestone.forecast_on else "",
    ]
    return f"last said on {day(milestone.said_on, today)}: {', '.join(filter(None, parts))}"


def slip_words(milestone: MilestoneAsked, forecast_on: date, today: date) -> str:
    """ "18 Dec is 37 days after the promise of 11 Nov"; empty for a milestone that was never promised for a day."""
    promised = milestone.promised_on
    if promised is None:
        return ""
    days = (forecast_on - promised).days
    if days == 0:
        return f"{day(forecast_on, today)} is the day that was promised"
    order = "after" if days > 0 else "before"
    return f"{day(forecast_on, today)} is {span(days)} {order} the promise of {day(promised, today)}"


def less_words(milestone: MilestoneAsked, percent: float) -> str:
    """ "40 % is less than the 95 % said before"; empty where it is not."""
    before, now = milestone.share, percent / 100
    if before is None or now < 0 or now > before - SAME:
        return ""
    return f"{percent_words(now)} % is less than the {percent_words(before)} % said before"


def percent_words(part: float) -> str:
    """A share of 1 in percent as it is typed, with its fraction if it has one: "40", "39.5"."""
    return f"{round(part * 100, 1):,.10g}"


def action_words(action: ActionAsked, country: str | None, today: date) -> str:
    """ "theirs, due 6 Nov, 14 days overdue"; "ours, Bo"; "their question"; empty where none of it is known."""
    whose = {"us": "ours", "vendor": "theirs"}.get(action.side or "", "")
    if action.kind == "question":
        whose = {"us": "our question", "vendor": "their question"}.get(action.side or "", "a question")
    due = f"due {day(action.due_on, today)}" if action.due_on else ""
    days = days_overdue(action.due_on, action.side, country, today)
    late = f"{span(days)} overdue" if days > 0 else ""
    return ", ".join(filter(None, (whose, action.assignee, due, late)))


def talked_words(form: Form, sections: Sequence[Section]) -> str:
    """When we last talked: "Northwind: last talked 28 Oct, 23 days ago"; of each of ``sections`` by its name where it
    is not the same for everything that this vendor does.
    """
    every = {_last_talked(section, form.today) for section in form.sections}
    if len(every) == 1:
        return f"{form.vendor}: {every.pop()}"
    return "; ".join(f"{section.name}: {_last_talked(section, form.today)}" for section in sections)


def _last_talked(section: Section, today: date) -> str:
    if section.last_on is None:
        return NEVER_TALKED
    days = (today - section.last_on).days
    ago = {0: "today", 1: "yesterday"}.get(days, f"{span(days)} ago")
    return f"last talked {day(section.last_on, today)}, {ago}"


def suggested_next(sections: Collection[Section], held_on: date, today: date) -> tuple[date, int] | None:
    """The next talk by what was agreed: the shortest cadence, on a working day, never in the past; and that cadence."""
    agreed = [(one.cadence_days, one.country) for one in sections if one.cadence_days]
    if not agreed:
        return None
    days, country = min(agreed, key=lambda each: each[0])
    return roll(max(held_on + timedelta(days=days), today + timedelta(days=1)), country), days
