"""Every threshold of the assessment: its name, unit, default and bounds, and why it is what it is.

Rules name the limits they read (`rules`); settings and the methods page show them from here. A limit can be changed for
one engagement or for the portfolio, and holds from the day it was changed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from re import Match
from types import MappingProxyType
from typing import Final, Literal, get_args

from engagement.assessment.values import LimitChange
from engagement.assessment.wording import in_words

Unit = Literal[
    "days", "working days", "share", "times", "characters", "check-ins", "milestones", "references", "engagements",
    "hours", "factor", "on or off",
]  # fmt: skip
WHOLE_UNITS: Final[frozenset[Unit]] = frozenset(set(get_args(Unit)) - {"share", "factor"})
"""Units that are counted: a value with a fraction makes no sense for them."""


PLACEHOLDER: Final = re.compile(r"\{(?P<name>[a-z-]+)(?P<bare>#?)\}")


@dataclass(frozen=True, slots=True)
class Limit:
    """One threshold: what it starts as, and how far it may be moved."""

    name: str
    unit: Unit
    default: float
    low: float
    high: float
    why: str

    @property
    def called(self) -> str:
        """Its name in words: "overdue critical"."""
        return self.name.removesuffix("-on").replace("-", " ")

    def said(self, value: float) -> str:
        """A value of it as people read it: "14 days", "10 %", "1.5 times", "off"."""
        if self.unit == "share":
            return f"{value * 100:g} %"
        if self.unit == "on or off" and value in (0, 1):
            return "on" if value else "off"
        if self.unit in ("factor", "on or off"):
            return f"{value:g} times" if self.unit == "factor" else f"{value:g}"
        return f"{value:,g} {self.unit.removesuffix('s') if value == 1 else self.unit}"

    @property
    def bounds(self) -> str:
        """How far it may be moved: "0 to 365 days", "5 to 100 %"."""
        if self.unit == "on or off":
            return self.unit
        low = self.low * 100 if self.unit == "share" else self.low
        return f"{low:,g} to {self.said(self.high)}"


_AGREED: Final = (
    Limit("cadence-high", "days", 3, 0, 365, "How often to talk about work of tier high, where nothing is agreed."),
    Limit("cadence-standard", "days", 7, 0, 365, "How often to talk, where nothing is agreed: once a week."),
    Limit("cadence-low", "days", 14, 0, 365, "How often to talk about work of tier low, where nothing is agreed."),
    Limit("grace", "days", 2, 0, 90, "How late a check-in may be before it counts as silence."),
    Limit("forgotten-cadences", "factor", 2, 1, 20, "Two missed check-ins in a row are no oversight any more."),
    Limit("kick-off", "days", 3, 0, 90, "The first conversation belongs to the first days of the work."),
    Limit("kick-off-forgotten", "days", 5, 0, 180, "A week in, work without a kick-off is on its own."),
    Limit("recorded-late", "days", 3, 0, 90, "What was recorded later than this had a beginning nobody wrote down."),
    Limit("learning", "days", 30, 0, 365, "So long nothing about dates and pace is critical: the numbers are too few."),
    Limit("in-hand", "days", 30, 1, 30, "Nothing is in hand for longer than a month without being said again."),
    Limit("abandoned", "days", 90, 1, 3650, "Forgotten and overdue this long, work needs one decision, not a card."),
)
_CONTACT: Final = (
    Limit("vendor-silent-days", "days", 14, 1, 365, "A vendor at work is heard of within two weeks."),
    Limit("vendor-silent-critical", "factor", 2, 1, 20, "Twice as long is no holiday any more."),
    Limit("unread", "working days", 3, 0, 90, "Notes that nobody reads are written for nobody."),
    Limit("no-live-days", "days", 30, 1, 365, "A month of messages hides what a voice would tell."),
    Limit("no-live-cadences", "factor", 3, 1, 20, "Three check-ins in writing only."),
    Limit("hollow", "check-ins", 3, 2, 10, "Once is a quiet week, three times nothing is looked at."),
    Limit("hollow-alike", "share", 0.9, 0.5, 1, "Notes this much alike are the same notes."),
    Limit(
        "backfilled-on", "on or off", 0, 0, 1, "Off until somebody wants it: it judges how people log, not the work."
    ),
    Limit("backfilled-of", "check-ins", 10, 4, 50, "As many of the last tell a habit from an accident."),
    Limit("backfilled-least", "check-ins", 4, 1, 50, "Fewer tell nothing."),
    Limit("backfilled-share", "share", 0.3, 0.05, 1, "Nearly one in three is a habit."),
    Limit("backfilled-days", "days", 7, 0, 90, "After a week people write what they think they remember."),
)
_PLAN: Final = (
    Limit("plan-text", "characters", 20, 1, 500, "What is said in fewer characters tells a vendor nothing."),
    Limit("timetable-gap", "days", 45, 1, 365, "Longer than this between two dates, a slip is seen too late."),
)
_PARTNER: Final = (
    Limit("unconfirmed", "working days", 5, 0, 90, "A week is enough to read a changed plan."),
    Limit("vetting-window", "days", 90, 1, 365, "After three months the work itself tells how good a vendor is."),
    Limit("proven", "milestones", 2, 1, 2, "Accepted twice, a vendor is no stranger."),
    Limit("references", "references", 2, 0, 10, "One reference is a friend."),
    Limit("same-task", "share", 0.6, 0.3, 1, "Names and scopes this much alike ask for the same thing."),
    Limit("unrevoked", "working days", 5, 0, 90, "A week is enough to take back a key."),
    Limit("too-much-start", "days", 30, 1, 180, "The first month is for getting to know each other."),
    Limit("too-much-plan", "days", 60, 1, 365, "A plan shorter than this has no first month to speak of."),
    Limit("too-much-share", "share", 0.25, 0.01, 1, "A quarter of the work before anything was seen of it."),
    Limit("too-much-parallel", "milestones", 3, 1, 50, "More at once than a new vendor can show to be good at."),
    Limit("too-much-next", "days", 30, 1, 180, "As far ahead as work can still be moved."),
    Limit("too-much-rate", "factor", 1.5, 1, 20, "Nobody gets half as fast again from one month to the next."),
    Limit("too-much-window", "days", 90, 30, 365, "Three months show what a vendor gets through."),
)
_DELIVERY: Final = (
    Limit("overdue-critical", "days", 7, 0, 365, "A week late is no rounding any more."),
    Limit("slipping-share", "share", 0.10, 0, 5, "Of the promised duration: where a slip begins to matter."),
    Limit("slipping-days", "days", 3, 1, 365, "A slip of less is noise, however short the work."),
    Limit("slipping-critical-share", "share", 0.25, 0, 5, "A quarter over the promised duration is another project."),
    Limit("slipping-critical-days", "days", 7, 1, 365, "A slip of less than a week is not critical."),
    Limit("deadline-left", "share", 0.20, 0, 1, "The last fifth of the time is where dates are still to be saved."),
    Limit("deadline-earned", "share", 0.70, 0, 1, "With less done in the last fifth, the end is out of sight."),
    Limit("deadline-rate", "factor", 1.5, 1, 20, "Nobody gets half as fast again from one day to the next."),
    Limit("deadline-window", "days", 28, 7, 182, "Four weeks show the pace without the noise of one."),
    Limit("behind-after", "share", 0.15, 0, 1, "Before, one late report decides the index."),
    Limit("behind", "factor", 0.9, 0, 1, "A tenth slower than planned (Lipke 2003)."),
    Limit("behind-critical", "factor", 0.8, 0, 1, "A fifth slower is seldom caught up."),
    Limit("flatline-days", "days", 14, 1, 365, "Work that is being done shows within two weeks."),
    Limit("flatline-cadences", "factor", 2, 1, 20, "Two check-ins without a change are a pattern."),
    Limit("flatline-critical", "factor", 2, 1, 20, "Twice as long is standing still."),
    Limit("undecided", "working days", 5, 0, 90, "A week is enough to look at what was delivered."),
    Limit("undecided-critical", "working days", 10, 0, 180, "After two weeks the vendor stands still because of us."),
    Limit("unanswered", "working days", 3, 0, 90, "A question that waits longer stops work."),
    Limit("squeezed", "share", 0.5, 0.05, 1, "Nobody does in half the time what was to take all of it."),
    Limit("serial-slip-window", "days", 60, 7, 365, "Moves further apart are not a series."),
    Limit("serial-slip", "times", 2, 1, 20, "Once is bad luck, twice is a pattern."),
    Limit("serial-slip-critical", "times", 3, 1, 20, "Three moves in two months: nobody knows the date."),
    Limit("actions-critical", "days", 14, 0, 365, "Two weeks late, an action was forgotten."),
    Limit("actions-carried", "check-ins", 3, 1, 50, "Talked over three times, it is not being done."),
    Limit("first-time-right", "share", 0.8, 0.1, 1, "One in five sent back, and what is good was never agreed."),
    Limit("first-time-least", "milestones", 5, 2, 100, "Fewer decisions are luck, good or bad."),
    Limit("over-claimed", "share", 0.15, 0.01, 1, "Of the total weight: this much is more than one late signature."),
    Limit("moved-window", "days", 90, 7, 365, "What was moved earlier is the plan by now."),
    Limit("no-feedback", "days", 90, 7, 365, "A quarter without a word on how it goes."),
    Limit("promises-window", "days", 90, 28, 365, "A quarter's promises tell how dates are kept now."),
    Limit("promises-least", "times", 5, 2, 100, "Fewer promises are luck, good or bad."),
    Limit("promises", "share", 0.8, 0.1, 1, "One in five broken can be planned with, more cannot."),
    Limit("promises-critical", "share", 0.6, 0, 1, "Hardly more than half kept, a date means nothing."),
)
_MONEY: Final = (
    Limit("budget-spent", "share", 1.0, 0.1, 5, "More than was approved is spent."),
    Limit("spend-ahead", "share", 0.15, 0, 5, "Paid this far ahead of the work, the lever is gone."),
    Limit("spend-ahead-critical", "share", 0.25, 0, 5, "A quarter ahead, the rest will not be enough."),
    Limit("hours-window", "days", 28, 7, 182, "Four weeks even out who books on which day."),
    Limit("rate-drift", "factor", 1.1, 1, 5, "A tenth dearer than agreed is no rounding."),
    Limit("under-used", "share", 0.6, 0.05, 1, "Two days a week paid for and not used."),
    Limit(
        "benefit", "share", 0.7, 0.05, 1, "Under two thirds of what should be there by now will not catch up by itself."
    ),
    Limit("benefit-intervals", "factor", 2, 1, 20, "Two readings missed in a row: nobody measures."),
)
_OVERSIGHT: Final = (
    Limit("owner-active", "engagements", 8, 1, 100, "More than one person can look after in a week."),
    Limit("owner-silent", "engagements", 2, 0, 100, "With three silent at once the reason is not the vendors."),
    Limit("status-pack", "days", 35, 7, 365, "A month and a few days to write it."),
    Limit("retrospective", "days", 14, 0, 365, "Two weeks later nobody remembers."),
    Limit("monitor-hours", "hours", 26, 2, 240, "Hours without a good run: a day and two hours to spare."),
)
LIMITS: Final[Mapping[str, Limit]] = MappingProxyType(
    {limit.name: limit for limit in (*_AGREED, *_CONTACT, *_PLAN, *_PARTNER, *_DELIVERY, *_MONEY, *_OVERSIGHT)}
)
"""Every limit by its name."""


def filled(text: str, values: Mapping[str, float], *, in_digits: bool = False) -> str:
    """A text with limits in the place of ``{name}``, with their units, and of ``{name#}``, as bare numbers: two, 0.9.

    Without a value the default. ``in_digits``: for a calculator, 2 and not two.
    """

    def said(found: Match[str]) -> str:
        limit = LIMITS[found["name"]]
        value = values.get(limit.name, limit.default)
        if not found["bare"]:
            return limit.said(value)
        if limit.unit == "share":
            return f"{value * 100:g}"
        return f"{value:g}" if in_digits or value != int(value) else in_words(int(value))

    return PLACEHOLDER.sub(said, text)


def effective(name: str, own: Sequence[LimitChange], common: Sequence[LimitChange], as_of: date) -> float:
    """The value of a limit as of a day: the engagement's latest change of it, else the portfolio's, else the default.

    Of changes of the same day the later in the sequence counts.
    """
    for changes in (own, common):
        latest = None
        for change in changes:
            if change.limit == name and change.set_on <= as_of and (latest is None or change.set_on >= latest.set_on):
                latest = change
        if latest is not None:
            return latest.value
    return LIMITS[name].default


def values_ever(name: str, changes: Iterable[LimitChange]) -> frozenset[float]:
    """Every value a limit has had or was given: what a window over past rows may have been long."""
    return frozenset({LIMITS[name].default, *(change.value for change in changes if change.limit == name)})
