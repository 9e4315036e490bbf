"""When open results will be there: a day for each of some chances, from the life table and what is known on the day.

The last word on a milestone says where it enters the table; its vendor and kind of work say how fast the table runs;
and five measures of it and of its engagement slow that down, with coefficients that are the same for everybody. These
come from a proportional hazards fit (Cox 1972, over the rates of the table) on two public portfolios, 284 software
grants and 14 release schedules; docs/forecasts.md says what each of them is worth. Nothing recorded after the day is
used.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from math import ceil, exp
from typing import Final, NamedTuple

from engagement.assessment import progress
from engagement.assessment.case import Case
from engagement.assessment.cases import fridays
from engagement.assessment.delivery import Handover
from engagement.assessment.facts import Facts
from engagement.assessment.heard import heard_on
from engagement.assessment.lifetable import FURTHEST_DAYS, UNKNOWN, Landmark, days_ahead, pace_of, rates_of
from engagement.assessment.plan import Plan
from engagement.assessment.results import Likely, Outlook
from engagement.assessment.slippage import last_forecast, last_word
from engagement.assessment.terms import life_on, paused_until, terms_on
from engagement.assessment.values import LifeTable, Milestone, Terms

BEHIND: Final = -0.7
"""Times x / (x + 30) of the days by which what is delivered lags behind the plan (AT - ES of earned schedule)."""
OLDER: Final = -0.7
"""Times x / (x + 1) of the milestones that were promised earlier and are open too."""
SLIP: Final = -0.4
"""Times x / (|x| + 30) of the mean days between promise and delivery so far, below 0 where that was early."""
SILENT: Final = -0.4
"""Times x / (x + 30) of the days since anything was heard of either side."""
YOUNG: Final = -0.5
"""Times the share of its time that is still ahead: what has just begun has yet to fall behind and to go silent."""
HALF_DAYS: Final = 30

SHARES: Final = (0.1, 0.5, 0.8, 0.9)
LEARNING_DAYS: Final = 3 * 364
LEARNING_WEEKS: Final = 4
"""Every so many weeks' Fridays of three years are learned from."""
FAR_DAYS: Final = 91
FAR_WEEKS: Final = 12
"""A result that is promised for later than that is learned from on every third of these Fridays."""


class Measures(NamedTuple):
    """What is known of an engagement on a day, and makes its open results come later or sooner."""

    behind_days: int
    slip_days: float
    silent_days: int
    open_on: Sequence[date]
    """First promised dates of what is open, earliest first."""

    def older(self, first_on: date) -> int:
        """How many results that are open were promised before one."""
        return bisect_left(self.open_on, first_on)

    def drag(self) -> float:
        """What makes everything that is open come later, as the logarithm of what it does to the rates."""
        behind, slip, silent = self.behind_days, self.slip_days, self.silent_days
        return (
            BEHIND * behind / (behind + HALF_DAYS)
            + SLIP * slip / (abs(slip) + HALF_DAYS)
            + SILENT * silent / (silent + HALF_DAYS)
        )

    def pace(self, first_on: date, ahead: float, drag: float) -> float:
        """Times every rate of the table, for a result that was first promised for a day.

        ``ahead``: the share of its time that is; ``drag``: that of everything.
        """
        older = self.older(first_on)
        return exp(drag + OLDER * older / (older + 1) + YOUNG * ahead)


class Open(NamedTuple):
    """An open result for which somebody has named a day."""

    milestone: Milestone
    first_on: date
    """The day it was promised for first; where there is none, the one named last."""
    named_on: date
    begun_on: date
    """The day on which its work begins by the plan."""


def outlooks(facts: Facts) -> list[Outlook | None]:
    """The forecast of each milestone of the plan; None where it is delivered, where nobody has named a day, or one that
    is further away than a forecast reaches, and where no work is under way or to come.

    While the work rests, or has not begun, time counts from the day on which it goes on.
    """
    day = facts.day
    life = life_on(facts.history, facts.case.as_of)
    if life in ("draft", "closed"):
        return [None] * len(facts.plan.milestones)
    since = max(day, paused_until(facts.history, day) or day, facts.terms.starts_on)
    found = measured(facts.case, facts.plan, facts.handovers, day)
    table = facts.case.common.table or UNKNOWN
    plan = facts.plan
    return [
        None
        if word is None or (word - since).days > FURTHEST_DAYS
        else _outlook(Open(milestone, first or word, word, begun), table, facts.terms, found, since)
        for milestone, first, word, begun in zip(plan.milestones, plan.firsts, facts.words, _begun(plan), strict=True)
    ]


def finish_outlook(facts: Facts) -> Outlook | None:
    """The forecast of the finish, from those of the milestones: see `last_of`."""
    return last_of(facts, facts.once(outlooks))


def last_of(facts: Facts, found: Sequence[Outlook | None]) -> Outlook | None:
    """The forecast of the finish: with each chance the latest day of what is dated.

    None where nothing of it is open, and where something of it is named for a day further away than a forecast reaches.

    As if results were late together: the day by which one of them is there with a chance is that of all of them. What
    is delivered is there. None for retainers, whose work does not end. ``found``: by place in the plan.
    """
    dated = [found[place] for place in facts.plan.dated if facts.handovers[place].delivered_on is None]
    ahead = [one for one in dated if one is not None]
    if facts.retainer or not ahead or len(ahead) < len(dated):
        return None
    done = [handed.delivered_on for handed in facts.handovers if handed.delivered_on is not None]
    latest = Likely(*(max([*days, *done]) for days in zip(*(one.likely for one in ahead), strict=True)))
    return max(ahead, key=_lateness)._replace(likely=latest)


def likely(outlook: Outlook) -> Likely:
    """The days that follow from what an outlook was told from alone: its own, or with one thing of it exchanged what it
    would have said. Of a finish: the days of the result that comes last.
    """
    drag = Measures(outlook.behind_days, outlook.slip_days, outlook.silent_days, ()).drag()
    ahead = ahead_share(outlook.begun_on, outlook.named_on, outlook.since)
    pace = exp(drag + OLDER * outlook.older / (outlook.older + 1) + YOUNG * ahead) * outlook.class_pace
    days = days_ahead(outlook.rates, (outlook.named_on - outlook.since).days, pace, SHARES)
    return Likely(*(days_after(outlook.since, each) for each in days))


def ahead_share(begun_on: date, named_on: date, day: date) -> float:
    """The share of the time from its beginning to the day named for it that is still ahead, 0 to 1."""
    if named_on <= day:
        return 0.0
    return min((named_on - day).days / max((named_on - begun_on).days, 1), 1.0)


def measured(case: Case, plan: Plan, handovers: Sequence[Handover], day: date) -> Measures:
    """The measures of an engagement by the end of a day."""
    delivered = [
        (handed.delivered_on, first)
        for handed, first in zip(handovers, plan.firsts, strict=True)
        if handed.delivered_on is not None
    ]
    slips = [(done_on - first).days for done_on, first in delivered if first is not None]
    return Measures(
        behind_days=_behind_days(plan, handovers, day),
        slip_days=sum(slips) / len(slips) if slips else 0.0,
        silent_days=(day - heard_on(case.history, (done_on for done_on, _ in delivered), day)).days,
        open_on=sorted(
            first
            for handed, first in zip(handovers, plan.firsts, strict=True)
            if handed.delivered_on is None and first is not None
        ),
    )


# --- learning


def learning_fridays(learned_on: date) -> Sequence[date]:
    """The Fridays that are learned from."""
    return fridays(learned_on - timedelta(days=LEARNING_DAYS), learned_on, LEARNING_WEEKS)


def landmarks(case: Case, days: Iterable[date]) -> Iterator[Landmark]:
    """The open promises of an engagement that are learned from, as they stood on days on which the work was under way.

    What is far ahead is learned from more seldom: it changes little from one month to the next.
    """
    for day in days:
        if life_on(case.history, day) == "active":
            plan, handed = case.plan(day), case.done(day).handovers
            ahead = FAR_DAYS if day.toordinal() % (FAR_WEEKS * 7) >= LEARNING_WEEKS * 7 else FURTHEST_DAYS
            near = [one for one in open_on(plan, handed, day) if (one.named_on - day).days <= ahead]
            yield from _marks(case, plan, handed, near, day)


def marks_on(case: Case, day: date) -> Iterator[Landmark]:
    """Every open promise of an engagement as it stood on a day; the history is complete."""
    plan, handed = case.plan(day), case.done(day).handovers
    return _marks(case, plan, handed, open_on(plan, handed, day), day)


def _marks(
    case: Case, plan: Plan, handed: Sequence[Handover], promised: Sequence[Open], day: date
) -> Iterator[Landmark]:
    if not promised:
        return
    terms, found = terms_on(case.history, day), measured(case, plan, handed, day)
    drag = found.drag()
    for one in promised:
        gone = [each for each in (case.history.closed_on, one.milestone.cancelled_on) if each is not None]
        yield Landmark(
            engagement=case.history.key,
            milestone=one.milestone.key,
            retainer=terms.contract == "retainer",
            vendor=terms.vendor,
            category=terms.category,
            day=day,
            named_on=one.named_on,
            pace=found.pace(one.first_on, ahead_share(one.begun_on, one.named_on, day), drag),
            deliveries=one.milestone.deliveries,
            gone_on=min(gone, default=None),
        )


def open_on(plan: Plan, handovers: Sequence[Handover], day: date) -> list[Open]:
    """What is open by the end of a day and has a day named for it; the forecasts of the milestones are complete."""
    found = []
    for milestone, first, handed, begun in zip(plan.milestones, plan.firsts, handovers, _begun(plan), strict=True):
        if handed.delivered_on is None:
            word = last_word(first, milestone.baselines, last_forecast(milestone, day), day)
            if word is not None:
                found.append(Open(milestone, first or word, word, begun))
    return found


def _begun(plan: Plan) -> list[date]:
    """The day on which the work on each milestone begins by the plan."""
    begun = [milestone.starts_on or plan.starts_on for milestone in plan.milestones]
    for place, start in zip(plan.dated, plan.starts, strict=True):
        begun[place] = start
    return begun


def _behind_days(plan: Plan, handovers: Sequence[Handover], day: date) -> int:
    """Days by which what is delivered lags behind the plan, rounded down; 0 where there are no shares, or it is ahead.

    Earned schedule (Lipke 2003) of deliveries alone: what is claimed is the vendor's word, and dates are measured by
    what came.
    """
    done = progress.shares(plan, handovers, [None] * len(handovers))
    if done is None or plan.curve is None:
        return 0
    reached = plan.curve.reached(done.earned, done.total, day)
    return max((day - plan.starts_on).days - ceil(reached), 0)


def _outlook(one: Open, table: LifeTable, terms: Terms, found: Measures, since: date) -> Outlook:
    rates = rates_of(table, retainer=terms.contract == "retainer")
    class_pace = pace_of(table, terms.vendor, terms.category)
    pace = found.pace(one.first_on, ahead_share(one.begun_on, one.named_on, since), found.drag()) * class_pace
    days = days_ahead(rates, (one.named_on - since).days, pace, SHARES)
    return Outlook(
        milestone=one.milestone.key,
        named_on=one.named_on,
        likely=Likely(*(days_after(since, each) for each in days)),
        behind_days=found.behind_days,
        older=found.older(one.first_on),
        slip_days=found.slip_days,
        silent_days=found.silent_days,
        since=since,
        rates=rates,
        class_pace=class_pace,
        begun_on=one.begun_on,
    )


def days_after(day: date, days: int) -> date:
    """The day so many days later, or the last one that there is."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _lateness(one: Outlook) -> tuple[date, date]:
    return one.likely.p50_on, one.likely.p80_on
