"""C. Delivery, continued: whether what arrives is good enough."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from engagement.assessment.facts import Facts
from engagement.assessment.rules.base import Finding, Missing, rule
from engagement.assessment.values import Metric, Reading, Severity
from engagement.assessment.wording import count, day, in_words, measured

NO_METRIC: Final = Missing("no quality metric recorded")
NOT_MEASURED: Final = Missing("no quality metric has a target, a direction and a reading")


class _Missed(NamedTuple):
    """A metric that is worse than its target; the worst is the greatest of these."""

    is_critical: bool
    gap: float
    """How far it is off, against the greater of value and target, so that metrics in different units compare."""
    text: str


@rule(
    "quality-missed",
    "status",
    "C",
    sentence="What arrives is not good enough.",
    condition="A quality metric is worse than its target at the last reading, critical at the last two; or under "
    "{first-time-right} of at least {first-time-least#} decided milestones were accepted at the first delivery.",
    next_step="Agree with {vendor} what good means.",
    news=("quality misses what was agreed", "quality was missed again", "quality is as agreed again"),
    source="House definition.",
    limits=("first-time-right", "first-time-least"),
    reads=("readings", "deliveries", "plan"),
)
def quality_missed(facts: Facts) -> Finding | Missing | None:
    """What was measured comes first, then what was sent back."""
    metrics = [metric for metric in facts.history.metrics if metric.kind == "quality"]
    read = [(metric, readings) for metric in metrics if (readings := _readings(metric, facts))]
    if facts.in_brief and any(_is_worse(metric, readings[-1].value) for metric, readings in read):
        return _in_brief(read)
    missed = [one for metric, readings in read if (one := _missed(metric, readings, facts))]
    sent_back = _sent_back(facts)
    if not missed and not sent_back:
        return None if read else NOT_MEASURED if metrics else NO_METRIC
    evidence = [sent_back] if sent_back else []
    severity: Severity = "warning"
    if missed:
        worst, more = max(missed), len(missed) - 1
        rest = f"; {in_words(more)} more {'misses its target' if more == 1 else 'miss their targets'}" if more else ""
        evidence.insert(0, f"{worst.text}{rest}.")
        severity = "critical" if worst.is_critical else "warning"
    return Finding(severity, " ".join(evidence))


def _readings(metric: Metric, facts: Facts) -> Sequence[Reading]:
    """What was read of a metric by the day; nothing where its target or direction is not known."""
    if metric.target is None or metric.direction is None:
        return ()
    return metric.readings[: bisect_right(metric.readings, facts.day, key=_read_on)]


def _read_on(reading: Reading) -> date:
    return reading.read_on


def _in_brief(read: Sequence[tuple[Metric, Sequence[Reading]]]) -> Finding:
    """How severe it is where a metric is worse than its target, without the words."""
    is_critical = any(
        len(readings) > 1 and all(_is_worse(metric, one.value) for one in readings[-2:]) for metric, readings in read
    )
    return Finding("critical" if is_critical else "warning", "")


def _missed(metric: Metric, readings: Sequence[Reading], facts: Facts) -> _Missed | None:
    last, before, target = readings[-1], readings[-2:-1], metric.target
    if target is None or not _is_worse(metric, last.value):
        return None
    twice = [one for one in before if _is_worse(metric, one.value)]
    read = " and ".join(f"{measured(one.value)} on {day(one.read_on, facts.day)}" for one in (*twice, last))
    agreed = f"at {'most' if metric.direction == 'down' else 'least'} {measured(target, metric.unit)}"
    gap = abs(last.value - target) / max(abs(last.value), abs(target))
    return _Missed(bool(twice), gap, f'"{metric.key}" was {read}; agreed {agreed}')


def _is_worse(metric: Metric, value: float) -> bool:
    if metric.target is None:
        return False
    return value > metric.target if metric.direction == "down" else value < metric.target


def _sent_back(facts: Facts) -> str | None:
    """How few were accepted at the first delivery; None where they are enough, or too few are decided to tell."""
    first = [one.deliveries[0] for one in facts.plan.milestones if one.deliveries]
    decided = [one for one in first if one.outcome and (one.decided_on or one.delivered_on) <= facts.day]
    if len(decided) < facts.days("first-time-least"):
        return None
    accepted = sum(one.outcome == "accepted" for one in decided)
    if Fraction(accepted, len(decided)) >= Fraction(str(facts.limit("first-time-right"))):
        return None
    return f"{accepted} of {count(len(decided), 'decided milestone')} were accepted at the first delivery."
