"""D. Money and value, continued: what we get for it."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from engagement.assessment.facts import Facts
from engagement.assessment.money import is_more
from engagement.assessment.rules.base import Finding, Missing, rule
from engagement.assessment.rules.money import is_hourly, paid_ahead
from engagement.assessment.values import Metric, Reading
from engagement.assessment.wording import apart, count, day, in_words, measured

DAYS_A_WEEK: Final = 7
NO_FINISH: Final = Missing("a retainer has no cost to finish")
NO_IN_HOUSE_COST: Final = Missing("nobody has said what it would cost to do it ourselves")
NO_COST: Final = Missing("the cost to finish takes values of all milestones, or a budget and reported progress")
NO_METRIC: Final = Missing("no benefit metric recorded")
NOT_MEASURED: Final = Missing("no benefit metric has a baseline, a target and a reading, or an interval to read it at")
NO_INTERVAL: Final = Missing("no benefit metric has an interval to read it at, and the work has no end to plan it to")


@rule(
    "under-used",
    "nudge",
    "D",
    sentence="Paid capacity is not used.",
    condition="The hours of the last {hours-window} are under {under-used} of those committed; from {hours-window} "
    "after the start or a pause, and only once hours are recorded.",
    next_step="Give {vendor} more work, or agree on fewer hours.",
    news=("paid hours are not used", "hardly any paid hours are used", "paid hours are used again"),
    source="House definition.",
    limits=("hours-window", "under-used"),
    reads=("spend",),
    windows={"hours-window": ("spend",)},
    has_input=lambda facts: bool(facts.terms.committed_hours_per_week) and is_hourly(facts),
)
def under_used(facts: Facts) -> Finding | None:
    """Against the hours committed a week, for the weeks of the window."""
    committed, window = facts.terms.committed_hours_per_week, facts.days("hours-window")
    if not committed or (facts.day - _begun_on(facts)).days < window:
        return None
    payments = facts.logs.hours_after(facts.day - timedelta(days=window))
    if payments is None:
        return None
    hours = sum((one.hours for one in payments if one.hours), Decimal(0))
    agreed = committed * window / DAYS_A_WEEK
    if (
        hours * DAYS_A_WEEK >= committed * window * Decimal(str(facts.limit("under-used")))
        or not facts.logs.has_hours()
    ):
        return None
    free = committed - hours * DAYS_A_WEEK / window
    evidence = (
        f"{_hours(hours)} of the {_hours(agreed)} hours agreed for {window} days are on record; "
        f"{_hours(free)} hours a week are free."
    )
    return Finding("warning", evidence)


@rule(
    "no-return",
    "nudge",
    "D",
    sentence="It costs more than doing it ourselves.",
    condition="What was spent and what it costs to finish are more than the in-house cost.",
    next_step="Renegotiate with {vendor}, or stop.",
    news=("costs more than doing it ourselves", "costs far more than doing it ourselves", "is worth its cost again"),
    source="House definition.",
    reads=("spend", "deliveries", "reports", "plan"),
)
def no_return(facts: Facts) -> Finding | Missing | None:
    """Spent and still to pay, against what doing it ourselves would cost."""
    if facts.retainer:
        return NO_FINISH
    ours = facts.terms.in_house_cost
    if ours is None:
        return NO_IN_HOUSE_COST
    if facts.to_finish is None:
        return NO_COST
    cost = facts.spent + facts.to_finish
    if not is_more(cost, ours, ours):
        return None
    ahead = paid_ahead(facts)
    whole, own, spent, rest = apart(facts.terms.currency, cost, ours, facts.spent, facts.to_finish)
    return Finding(
        "warning",
        f"{spent} spent and {rest} for what is still open are {whole}; doing it ourselves was put at {own}{ahead}.",
    )


class _Short(NamedTuple):
    """A metric whose benefit falls short of the plan; the worst is the least of these."""

    realised: Fraction
    """Of what was planned to date."""
    text: str


class _Unread(NamedTuple):
    """A metric that was not read for too long."""

    days: int
    text: str


@rule(
    "benefit-unseen",
    "nudge",
    "D",
    sentence="The promised benefit is not shown.",
    condition="Of a benefit metric under {benefit} of what was planned to date is realised, evenly from baseline to "
    "target over the time; or its last reading is older than {benefit-intervals#} of its intervals.",
    next_step="Measure it, and show {vendor} the figures.",
    news=("the benefit is not shown", "the benefit is still not shown", "the benefit is shown"),
    source="House definition.",
    limits=("benefit", "benefit-intervals"),
    reads=("readings", "plan"),
)
def benefit_unseen(facts: Facts) -> Finding | Missing | None:
    """A benefit that falls short comes before one that was not read."""
    metrics = [metric for metric in facts.history.metrics if metric.kind == "benefit"]
    if not metrics:
        return NO_METRIC
    planned = [(metric, reading) for metric in metrics if (reading := _to_be_compared(metric, facts))]
    regular = [metric for metric in metrics if metric.interval_days]
    if not planned and not regular:
        return NOT_MEASURED if facts.plan.finish_on else NO_INTERVAL
    short = [one for metric, reading in planned if (one := _short(metric, reading, facts))]
    unread = [late for metric in regular if (late := _unread(metric, facts))]
    if not short and not unread:
        return None
    sentences = []
    if short:
        sentences.append(f"{min(short).text}{_and_more(len(short) - 1, 'falls short', 'fall short')}.")
    if unread:
        sentences.append(f"{max(unread).text}{_and_more(len(unread) - 1, 'was not read', 'were not read')}.")
    return Finding("warning", " ".join(sentences))


def _to_be_compared(metric: Metric, facts: Facts) -> Reading | None:
    """The last reading of a metric that was planned from somewhere to somewhere; None without plan or reading."""
    if metric.baseline is None or metric.target is None or facts.plan.finish_on is None:
        return None
    return _last(metric, facts)


def _short(metric: Metric, reading: Reading, facts: Facts) -> _Short | None:
    """By how much the benefit falls short of what was planned to date; None where it does not."""
    if metric.baseline is None or metric.target is None:
        return None
    baseline = _exactly(metric.baseline)
    planned = (_exactly(metric.target) - baseline) * _time_passed(facts)
    if not planned:
        return None
    realised = (_exactly(reading.value) - baseline) / planned
    if realised >= _exactly(facts.limit("benefit")):
        return None
    way = f"on the way from {measured(metric.baseline)} to {measured(metric.target, metric.unit)}"
    text = (
        f'"{metric.key}" was {measured(reading.value)} on {day(reading.read_on, facts.day)}; '
        f"{way}, {measured(float(f'{float(baseline + planned):.3g}'))} are planned by now"
    )
    return _Short(realised, text)


def _unread(metric: Metric, facts: Facts) -> _Unread | None:
    """For how long a metric was not read, from the start where it never was; None where that is not too long."""
    last, interval = _last(metric, facts), metric.interval_days or 0
    days = (facts.day - (last.read_on if last else facts.terms.starts_on)).days
    if days <= interval * _exactly(facts.limit("benefit-intervals")):
        return None
    every = f"every {interval}" if interval > 1 else "every day"
    return _Unread(days, f'No reading of "{metric.key}" is on record for {count(days, "day")}; agreed {every}')


def _last(metric: Metric, facts: Facts) -> Reading | None:
    return next((one for one in reversed(metric.readings) if one.read_on <= facts.day), None)


def _time_passed(facts: Facts) -> Fraction:
    """The part of the time from the start to the latest due date that has passed, 0 to 1."""
    passed, duration = (facts.day - facts.terms.starts_on).days, facts.plan.duration_days
    return min(Fraction(passed, duration), Fraction(1)) if duration > 0 else Fraction(1)


def _begun_on(facts: Facts) -> date:
    """The start, or the end of a pause after it."""
    return max(facts.terms.starts_on, facts.resumed_on or facts.terms.starts_on)


def _exactly(value: float) -> Fraction:
    """The value as it was written: 0.7 is seven tenths, not the nearest binary fraction."""
    return Fraction(str(value))


def _hours(hours: Decimal) -> str:
    return measured(round(float(hours), 1))


def _and_more(number: int, one: str, several: str) -> str:
    return f"; {in_words(number)} more {one if number == 1 else several}" if number > 0 else ""
