"""The formulas in words, with the numbers that the program uses: contact, shares, schedule, slip, order and chance."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from engagement.assessment import chance
from engagement.assessment.attention import TIER_WEIGHTS
from engagement.assessment.cases import AHEAD_DAYS, LINE
from engagement.assessment.chance import Level
from engagement.assessment.limits import filled
from engagement.assessment.rules import CATALOGUE
from engagement.assessment.wording import count, listed


class Formula(NamedTuple):
    """How one figure is found. ``lines`` say it in words; ``steps`` are the same for a calculator."""

    title: str
    lines: tuple[str, ...]
    steps: tuple[str, ...] = ()
    source: str | None = None


class Measure(NamedTuple):
    """One of what the chance is added up from."""

    name: str
    counts_as: str
    coefficient: float


HELD: Final = [rule.id for rule in CATALOGUE if any(limit.name == "learning" for limit in rule.limits)]
"""The rules that are never critical while work has just begun."""
FORMULAS: Final = (
    Formula(
        "Contact",
        (
            "A contact is a check-in on our side in person or by video, call, chat or e-mail. A vendor's own report, "
            "an import or a delivery is none. Live contact is in person, by video or by call.",
            "C is how often to talk, G the grace: the engagement's own, else by tier ({cadence-high} for high, "
            "{cadence-standard} for standard, {cadence-low} for low, grace {grace}). A day that falls on a weekend or "
            "a holiday of the engagement's country moves to the next working day.",
            "On time until it is due, late until the grace is over, then silent, and forgotten after "
            "{forgotten-cadences#} cadences and the grace. Where nobody ever said when you last talked the state is "
            "unknown, and nobody is accused.",
        ),
        (
            "begin = the latest of last contact, start, end of a pause",
            "due = begin + C",
            "silent after = due + G",
            "forgotten after = begin + {forgotten-cadences#} x C + G",
        ),
    ),
    Formula(
        "Shares of the work: planned, claimed, earned, accepted",
        (
            "Each milestone weighs what was agreed: its weight where all have one, else its value where all have one, "
            "else 1. Cancelled ones and those without a date do not count.",
            "Planned grows evenly by the day from a milestone's start to the due date agreed last; where it starts no "
            "earlier than it is due, all of it on that day. Without a start of its own it begins when the one before "
            "is due. Claimed is the last percentage "
            "reported, or all of it once it is delivered. Earned is all of it once it is accepted, before that the "
            "claim, but at most 90 %. Accepted is what was accepted, and nothing else.",
        ),
        (
            "planned of a milestone = (day - start) / (due - start), between 0 and 1",
            "its start = its own, else the latest due date before its own, else the start of the engagement",
        ),
        "Planned shares after Lipke (2003).",
    ),
    Formula(
        "Earned schedule and SPI(t)",
        (
            "Earned schedule is the day on which the plan had what is earned now. SPI(t) sets the time that the plan "
            "needed for it against the time it took: at 0.83 the work is 17 % slower than planned.",
            "Both are unknown while nobody has reported progress: a plan that accrues evenly says nothing about work "
            "that is only seen when it arrives.",
        ),
        ("SPI(t) = (earned schedule - start) / (day - start), in days",),
        "Lipke, Schedule is Different (2003).",
    ),
    Formula(
        "Slip, forecast and promise",
        (
            "The first promised date of a milestone never changes; agreeing on a new date does not take the slip away.",
            "The forecast of an open milestone is the latest word on it, and never before the day itself, because a "
            "promise in the past is no forecast; of a delivered one the delivery.",
            "A promise is kept when it is done on or before its first due date.",
        ),
        (
            "slip of a milestone = forecast - first promise",
            "slip of an engagement = its latest forecast - its latest first promise",
        ),
    ),
    Formula(
        "Pace needed",
        (
            "How many times faster than lately the rest has to go to be done on the last due date. Lately is the last "
            "{deadline-window}; where nothing was earned in them, or no day is left, no pace is enough. deadline-near "
            "is critical above {deadline-rate}.",
        ),
        (
            "pace needed = (1 - earned) / days left to the last due date",
            "pace lately = (earned now - earned {deadline-window#} days ago) / {deadline-window#}",
            "times = pace needed / pace lately",
        ),
    ),
    Formula(
        "Money: spent, left, cost to finish",
        (
            "Cost to finish is what the milestones that are not accepted are worth, where all of them have a value; "
            "else the part of the budget that is not earned, which takes a budget and reported progress. Without "
            "either it is unknown.",
            "Everything paid counts as spent, deposits too. What is paid on open work already is not taken off the "
            "cost to finish, because nobody recorded how much of it that pays: the warning names it.",
            "spend-ahead leaves deposits out, because they were agreed to come first.",
        ),
        (
            "left = budget - spent",
            "cost to finish = sum of the values not accepted, else budget x (1 - earned)",
            "return = in-house cost - (spent + cost to finish)",
        ),
    ),
    Formula(
        "Set-up: the ten points",
        (
            "One each for the goal; the scope; owner and lead (alone: who looks after it); the end date "
            "(retainers: a series); acceptance criteria on every milestone; a quality metric with a target; a "
            "timetable; a budget; a vendor that has confirmed the plan; a vendor that was checked.",
            'A text counts from {plan-text} on, and never where it begins with "TBD". The timetable has a date for '
            "every milestone and no gap of more than {timetable-gap}. A changed plan may wait {unconfirmed} for the "
            "vendor's word. The check of the vendor is asked for in the first {vetting-window}, and only until "
            "{proven} of theirs were accepted. They are asked for in the order in which a plan is made, the vendor's "
            "word last.",
        ),
    ),
    Formula(
        "Retainers",
        (
            "Work that does not end has no finish, no slip, no shares and no earned schedule. It tells promises kept "
            "of the last 12 due, median days late, and spend against the month's allowance.",
        ),
    ),
    Formula(
        "Status",
        (
            "Off track with any critical warning about the work, else at risk with any warning about it, else unknown "
            "where there is neither a dated milestone nor a known contact, else on track. What the lead declares "
            "stands beside it and never replaces it. A warning in hand keeps counting.",
            f"What is folded into another warning counts as well. In the first {{learning}} of the work "
            f"{listed(HELD, most=9)} are never critical: their figures are too few by then. No other rule waits.",
        ),
    ),
    Formula(
        "The order of the list",
        (
            f"First comes where a broken promise is likeliest, times what the work weighs: tier high "
            f"{TIER_WEIGHTS['high']:g}, standard {TIER_WEIGHTS['standard']:g}, low {TIER_WEIGHTS['low']:g}. Budget "
            "breaks ties within a currency.",
            f"A promise counts as broken once it is more than {LINE.days} days old and nothing was delivered. Where "
            "every open promise is broken already that is certain: of one tier such work stands first, and among it "
            "the order says nothing but the budget, within a currency. Where nothing was promised for a day it counts "
            "as even odds. What is forgotten and overdue, both for more than {abandoned}, is folded into one line.",
        ),
    ),
)
"""Every figure that pages show and that is not simply recorded; ``{grace}`` stands for a limit, see `filled`."""

CHANCE: Final = Formula(
    "The chance that the next promise is broken",
    (
        f"Seven measures of the earliest open milestone that is not yet more than {LINE.days} days past its first "
        f"promise. Each is multiplied by its coefficient; the sum and the level give the chance. Days left are counted "
        f"to the line, {LINE.days} days after the promise, and to {AHEAD_DAYS} at most.",
        "The coefficients are the same for everybody: a logistic regression on two public portfolios, 284 software "
        "grants and 14 release schedules, rounded. What a portfolio learns from its own history is one number, the "
        "level: how often dates are broken here. It is learned by the first of each month from cases that were over by "
        f"then, and from at least {chance.LEAST_CASES}; before, a default half way between those two portfolios holds, "
        "and then the order is to be believed and the percentage is not.",
        "On portfolios it was not fitted on it ordered 0.89 and 0.79 of all pairs rightly; the best single column one "
        "could sort by 0.79 and 0.77. Silence adds hardly anything once the rest is known.",
    ),
    ("chance = 1 / (1 + exp(-(sum + level)))",),
)


def in_force(values: Mapping[str, float]) -> tuple[Formula, ...]:
    """Every formula with the values of the limits in it; without a value the default."""
    return tuple(
        formula._replace(
            lines=tuple(filled(line, values) for line in formula.lines),
            steps=tuple(filled(step, values, in_digits=True) for step in formula.steps),
        )
        for formula in FORMULAS
    )


def measures(level: Level | None = None) -> tuple[Measure, ...]:
    """What the chance is added up from, with the coefficients that the program uses.

    ``level``: what a portfolio has learned; beside the default it stands as what is in force.
    """
    days = f"x / (x + {chance.HALF_DAYS})"
    learned = (
        ()
        if level is None or not level.cases
        else (Measure(f"Level in force, learned from {count(level.cases, 'case')} here", "1", level.value),)
    )
    return (
        Measure("Days left to the line", f"log({AHEAD_DAYS} / x)", chance.NEAR),
        Measure("Older milestones still open", "x / (x + 1)", chance.OLDER),
        Measure("Days since either side was heard of", days, chance.SILENT),
        Measure("Mean slip of what was delivered, in days", f"x / (|x| + {chance.HALF_DAYS})", chance.SLIP),
        Measure("Days the last word lies after the promise", days, chance.MOVED),
        Measure("Days it was planned to take", f"log(x / {chance.HALF_DAYS})", chance.LENGTH),
        Measure("Nothing delivered yet", "1 if so", chance.UNPROVEN),
        Measure("Level, where nothing is known of a portfolio", "1", chance.LEVEL),
        *learned,
    )
