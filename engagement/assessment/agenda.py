"""Which engagements need somebody now, which are looked after, and what the next two weeks bring.

Read off assessments; nothing here is a formula of its own. The order is that of `Attention`; what a card says first is
decided in `headline`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import nan
from statistics import median
from typing import Final, Literal, NamedTuple, Protocol

from engagement.assessment.counts import SILENT, is_first_due
from engagement.assessment.headline import is_open, needs_somebody, work_warnings
from engagement.assessment.in_hand import held
from engagement.assessment.moved import Moved, moved_at_all
from engagement.assessment.results import Assessment, MilestoneState, Setup, Warning
from engagement.assessment.standing import Standing
from engagement.assessment.values import Side
from engagement.assessment.wording import day, in_words, signed, signed_days
from engagement.assessment.workdays import roll

DAYS_AHEAD: Final = 14
WEEKS_OF_LINES: Final = 12
LEAST_DAYS_BACK: Final = 5
"""A week's changes are counted from the latest Friday that is at least as long ago: on a Monday that is not the last
Friday, or Monday's page would tell of a weekend."""
SETUP_ORDER: Final = (
    "unclear-plan: goal",
    "unclear-plan: scope",
    "unclear-plan: end date",
    "unclear-plan: series",
    "unclear-plan: owner and lead",
    "unclear-plan: who looks after it",
    "no-timetable",
    "unclear-plan: acceptance criteria",
    "unclear-plan: quality metric",
    "no-budget",
    "unvetted-vendor",
    "expectations-not-agreed",
)
"""What a plan needs, in the order in which it is asked for: nobody can confirm a plan that lacks the rest."""
LACKING: Final[Mapping[str, str]] = {
    "expectations-not-agreed": "the vendor's confirmation",
    "unvetted-vendor": "a check of the vendor",
}
"""Items of the set-up whose rule does not say in its name what is missing."""


@dataclass(frozen=True, slots=True)
class Card:
    """One engagement and what is most wrong with it."""

    assessment: Assessment
    headline: Warning
    others: tuple[Warning, ...]
    """What else is wrong with the work, the worst first. Warnings that are in hand come last."""
    is_new: bool
    """Whether it needed nobody on the day compared with. Never where that day knows nothing at all."""
    moved: Moved | None = None
    """How far the expected finish has moved since that day, or the day by which it is likely, and what moved it."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What an owner looks at once a week."""

    as_of: date
    since: date
    """The day compared with."""
    is_compared: bool
    """Whether anything was recorded by that day; else nothing is said of changes."""
    recorded: int
    active: int
    needs: tuple[Card, ...]
    in_hand: tuple[Card, ...]
    abandoned: tuple[Card, ...]
    """Forgotten and overdue for so long that it is one decision: close it or start it again."""
    gaps: tuple[Assessment, ...]
    """Active, with something missing in the plan; the most first."""
    never_said: tuple[Assessment, ...]
    """Active, and nobody has said when you last talked."""
    left_over: tuple[Assessment, ...]
    """Closed, with something still to be done about it; the one closed last first."""


class Counts(NamedTuple):
    """The figures of one day."""

    active: int
    needs: int
    silent: int
    late: int
    """Milestones past their due date."""
    slip: float | None
    """Median slip of the finish in days, over the active engagements that have one."""


class Figure(NamedTuple):
    """One figure of the line at the top of a page."""

    label: str
    value: str
    change: str | None
    """Since the day compared with, signed; None where that day knows nothing."""
    good: Literal["more", "less", "neither"]
    line: tuple[float, ...]
    """The same figure by week, oldest first; not a number where it is not known. Empty where there is no line."""


class Due(NamedTuple):
    """Something that is due on a day soon."""

    on: date
    engagement: str
    name: str
    what: str
    """Without the engagement's name: '"Test run" due'. Titles in it are as people typed them."""


class OpenAction(Protocol):
    """What the agenda has to know of an open action."""

    @property
    def engagement(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def side(self) -> Side | None: ...
    @property
    def due_on(self) -> date | None: ...


def compared_with(as_of: date) -> date:
    """The Friday since when a week's changes are counted: the latest that is at least five days before ``as_of``."""
    back = as_of - timedelta(days=LEAST_DAYS_BACK)
    return back - timedelta(days=(back.weekday() - 4) % 7)


def weeks(as_of: date) -> tuple[date, ...]:
    """The days that the twelve-week lines of the figures are drawn for, ending with ``as_of``."""
    return tuple(as_of - timedelta(weeks=back) for back in reversed(range(WEEKS_OF_LINES)))


def agenda(now: Sequence[Assessment], before: Sequence[Assessment], as_of: date, since: date) -> Agenda:
    """What needs somebody as of a day, beside what did on an earlier one."""
    earlier, is_compared = {a.engagement: a for a in before}, bool(before)
    cards = [
        _card(a, earlier.get(a.engagement), as_of, since, is_compared=is_compared) for a in now if work_warnings(a)
    ]
    cards.sort(key=_by_rank)
    alive = [a for a in now if a.life == "active"]
    return Agenda(
        as_of=as_of,
        since=since,
        is_compared=is_compared,
        recorded=len(now),
        active=len(alive),
        needs=tuple(c for c in cards if not c.assessment.attention.abandoned and is_open(c.headline)),
        in_hand=tuple(c for c in cards if not c.assessment.attention.abandoned and not is_open(c.headline)),
        abandoned=tuple(c for c in cards if c.assessment.attention.abandoned),
        gaps=tuple(
            sorted((a for a in alive if a.setup.met < a.setup.of), key=lambda a: (a.setup.met - a.setup.of, a.name))
        ),
        never_said=tuple(a for a in alive if a.contact.last_on is None and not is_first_due(a)),
        left_over=tuple(
            sorted(
                (a for a in now if a.life == "closed" and a.warnings),
                key=lambda a: (a.closed_on or date.min, a.name),
                reverse=True,
            )
        ),
    )


def finish_is_held(assessment: Assessment, as_of: date) -> bool:
    """Whether the finish is only held to the day: something due earlier is open, and nobody gave a new date for it."""
    return (
        assessment.life == "active"
        and assessment.schedule.forecast_finish_on == as_of
        and any(is_held(milestone, as_of) for milestone in assessment.milestones)
    )


def is_held(milestone: MilestoneState, as_of: date) -> bool:
    """Whether a milestone is expected on the day itself for want of a new date."""
    overdue = milestone.due_on is not None and milestone.due_on < as_of
    return overdue and milestone.delivered_on is None and milestone.forecast_on == as_of


def opening(week: Agenda) -> str:
    """The sentence the page opens with: whether to worry, and whether that is new."""
    needing, new = len(week.needs), sum(card.is_new for card in week.needs)
    if not week.active:
        return "No engagement is active just now." if week.recorded else "Nothing here yet."
    if not needing:
        handled = f"; {in_words(len(week.in_hand))} in hand" if week.in_hand else ""
        nobody = {1: "The one engagement does not need you", 2: "Neither of the two engagements needs you"}.get(
            week.active, f"None of {in_words(week.active)} engagements needs you"
        )
        return f"{nobody}{handled}."
    verb = "needs" if needing == 1 else "need"
    if needing == week.active:
        who = {1: "The one engagement", 2: "Both engagements"}.get(needing, f"All {in_words(needing)} engagements")
    else:
        who = f"{in_words(needing).capitalize()} of {in_words(week.active)} engagements"
    newness = _newness(new, needing, week.since, week.as_of) if week.is_compared else ""
    return f"{who} {verb} you{newness}."


def counts(assessments: Iterable[Assessment]) -> Counts:
    """The figures of a day."""
    alive = [a for a in assessments if a.life == "active"]
    slips = [a.schedule.slip_days for a in alive if a.schedule.slip_days is not None]
    return Counts(
        active=len(alive),
        needs=sum(map(needs_somebody, alive)),
        silent=sum(a.contact.state in SILENT for a in alive),
        late=sum(a.schedule.overdue_milestones for a in alive),
        slip=median(slips) if slips else None,
    )


def counted(standings: Iterable[Standing]) -> Counts:
    """The same figures of a day, from where engagements stood on it."""
    alive = [one for one in standings if one.is_active]
    slips = [one.slip_days for one in alive if one.slip_days is not None]
    return Counts(
        active=len(alive),
        needs=sum(one.needs for one in alive),
        silent=sum(one.is_silent for one in alive),
        late=sum(one.late for one in alive),
        slip=median(slips) if slips else None,
    )


def figures(now: Counts, before: Counts | None, by_week: Sequence[Counts | None]) -> tuple[Figure, ...]:
    """The line of figures, each with its change since the day compared with and its line by week.

    ``by_week``: None for a week of which nothing is on record. A finish nobody can name has no figure: see `untold`.
    """
    was = before if before is not None and before.active else None

    def line(read: Callable[[Counts], float | None]) -> tuple[float, ...]:
        return _line([None if week is None else read(week) for week in by_week])

    shown = (
        _figure("Active", now.active, was and was.active, "neither", line(lambda week: week.active)),
        _figure("Need you", now.needs, was and was.needs, "less", line(lambda week: week.needs)),
        _figure("Silent", now.silent, was and was.silent, "less", line(lambda week: week.silent)),
        _figure("Milestones late", now.late, was and was.late, "less", line(lambda week: week.late)),
    )
    if now.slip is None:
        return shown
    return (*shown, _slip_figure(now.slip, was and was.slip, line(lambda week: week.slip)))


def untold(now: Counts) -> str | None:
    """What the line of figures leaves out, and why."""
    if now.slip is not None or not now.active:
        return None
    return "Finish slip is left out: none of these has a promised finish."


def next_days(assessments: Iterable[Assessment], actions: Iterable[OpenAction], as_of: date) -> tuple[Due, ...]:
    """Check-ins, milestones, actions and the ends of what is in hand that are due in the next 14 days, by day.

    A check-in that is overdue stands on the next working day, with the day it was due; an action of ours that is due on
    a day off, on the working day it rolls to. What looks abandoned is one decision elsewhere and has no days here.
    """
    alive = {a.engagement: a for a in assessments if a.life == "active" and not a.attention.abandoned}
    last = as_of + timedelta(days=DAYS_AHEAD)
    dues = [due for a in alive.values() for due in (*_check_in(a, as_of, last), *_milestones(a, as_of, last))]
    dues += [
        Due(one.until_on, a.engagement, a.name, f'"{one.plan.rstrip(" .")}", in hand until then')
        for a in alive.values()
        for one in held(a)
        if as_of <= one.until_on <= last
    ]
    for action in actions:
        engagement = alive.get(action.engagement)
        if engagement is None or action.due_on is None:
            continue
        due_on = roll(action.due_on, engagement.country) if action.side == "us" else action.due_on
        if as_of <= due_on <= last:
            side = {"us": ", ours", "vendor": ", theirs"}.get(action.side or "", "")
            dues.append(Due(due_on, action.engagement, engagement.name, f'"{action.title}"{side}'))
    return tuple(sorted(dues, key=lambda due: (due.on, due.name, due.what)))


def by_vendor(cards: Iterable[Card]) -> dict[str, tuple[Card, ...]]:
    """Cards of one vendor together, vendors in the order of their most urgent card."""
    grouped: dict[str, tuple[Card, ...]] = {}
    for card in cards:
        grouped[card.assessment.vendor] = (*grouped.get(card.assessment.vendor, ()), card)
    return grouped


def _card(assessment: Assessment, before: Assessment | None, as_of: date, since: date, *, is_compared: bool) -> Card:
    headline, *others = work_warnings(assessment)
    is_new = is_compared and (before is None or not needs_somebody(before))
    return Card(assessment, headline, tuple(others), is_new, moved_at_all(before, assessment, since, as_of))


def _by_rank(card: Card) -> tuple[bool, int, str]:
    rank = card.assessment.attention.rank
    return (rank is None, rank or 0, card.assessment.engagement)


def _newness(new: int, needing: int, since: date, as_of: date) -> str:
    """How many of those who need somebody did not before, as the end of the opening sentence."""
    friday = f"Friday {day(since, as_of)}"
    if not new:
        return f", {f'as it did on {friday}' if needing == 1 else f'none of them new since {friday}'}"
    if new == needing:
        return f"; {'it is' if needing == 1 else 'all are'} new since {friday}"
    return f"; {in_words(new)} {'is' if new == 1 else 'are'} new since {friday}"


def _figure(
    label: str, now: int, was: int | None, good: Literal["more", "less", "neither"], line: tuple[float, ...]
) -> Figure:
    return Figure(label, f"{now:,}", None if was is None else signed(now - was), good, line)


def _slip_figure(now: float, was: float | None, line: tuple[float, ...]) -> Figure:
    change = None if was is None else signed_days(round(now) - round(was))
    return Figure("Finish slip, median", signed_days(round(now)), change, "less", line)


def _line(weeks: Sequence[float | None]) -> tuple[float, ...]:
    """A line by week with a gap where nothing is known; none where fewer than two weeks are."""
    known = sum(week is not None for week in weeks)
    return tuple(nan if week is None else float(week) for week in weeks) if known > 1 else ()


def _check_in(assessment: Assessment, as_of: date, last: date) -> list[Due]:
    due_on = assessment.contact.due_on
    if due_on is None or due_on > last:
        return []
    if due_on >= as_of:
        return [Due(due_on, assessment.engagement, assessment.name, "check-in")]
    working = roll(as_of + timedelta(days=1), assessment.country)
    was = f"check-in, was due {day(due_on, as_of)}"
    return [Due(working, assessment.engagement, assessment.name, was)]


def _milestones(assessment: Assessment, as_of: date, last: date) -> list[Due]:
    return [
        Due(milestone.due_on, assessment.engagement, assessment.name, f'"{milestone.name}" due')
        for milestone in assessment.milestones
        if milestone.due_on is not None and as_of <= milestone.due_on <= last and milestone.delivered_on is None
    ]


def to_do(setup: Setup) -> list[str]:
    """What the plan lacks, by its names in the set-up, in the order in which it is asked for."""
    return sorted(setup.missing, key=lambda item: SETUP_ORDER.index(item) if item in SETUP_ORDER else len(SETUP_ORDER))


def missing(setup: Setup) -> list[str]:
    """What the plan lacks in words, in the order in which it is asked for: "goal", "budget"."""
    return [LACKING.get(item) or item.partition(": ")[2] or item.removeprefix("no-") for item in to_do(setup)]


def setup_line(setup: Setup) -> str:
    """How much of what a plan needs is there, and what comes next: "6 of 8, next: goal"."""
    lacking = missing(setup)
    return f"{setup.met} of {setup.of}" + (f", next: {lacking[0]}" if lacking else "")
