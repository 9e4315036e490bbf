"""Shares of the whole work and the earned schedule, as exact fractions."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.assessment.oracle.history import Work
from tests.assessment.oracle.milestones import Facts, counted

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Accrual:
    """How one milestone's share of the work accrues: from a day, to a day, in ordinals."""

    start: int
    due: int
    share: Fraction

    def at(self, when: Fraction) -> Fraction:
        """Share accrued at a moment, the step of that moment included."""
        if self.due <= self.start:
            return self.share if when >= self.due else ZERO
        return self.share * min(max((when - self.start) / (self.due - self.start), ZERO), ONE)

    def just_before(self, when: Fraction) -> Fraction:
        """Share accrued just before a moment: the same, but for a step on that moment."""
        return ZERO if self.due <= self.start and when <= self.due else self.at(when)


@dataclass(frozen=True)
class Plan:
    """The whole work as of a day. Shares are None where weights are unknown, and for retainers."""

    every: list[Facts]
    dated: list[Facts]
    starts: dict[str, date]
    planned: Fraction | None
    claimed: Fraction | None
    earned: Fraction | None
    accepted: Fraction | None
    known: bool
    """Whether progress is known."""
    accruals: list[Accrual]

    @property
    def finish_on(self) -> date | None:
        """The latest current due date."""
        return max((one.due_on for one in self.dated if one.due_on), default=None)

    @property
    def all_delivered(self) -> bool:
        """Every dated milestone is delivered."""
        return bool(self.dated) and all(not one.open for one in self.dated)


def plan(work: Work, as_of: date) -> Plan:
    """The plan of an engagement whose records are already cut to what was known."""
    every = counted(work, as_of)
    dated = [one for one in every if one.due_on is not None]
    starts = {one.key: start_of(one, dated, work) for one in dated}
    shares = None if work.retainer else weights(dated)
    reported = any(one.reported is not None for one in dated)
    known = shares is not None and (reported or all(not one.open for one in dated))
    if shares is None:
        return Plan(every, dated, starts, None, None, None, None, known, [])
    accruals = [
        Accrual(starts[one.key].toordinal(), sure(one.due_on).toordinal(), share)
        for one, share in zip(dated, shares, strict=True)
    ]
    weighed = list(zip(dated, shares, strict=True))
    return Plan(
        every,
        dated,
        starts,
        planned=sum((one.at(Fraction(as_of.toordinal())) for one in accruals), ZERO),
        claimed=sum((share * (one.own_claim or ZERO) for one, share in weighed), ZERO),
        earned=sum((share * one.earned for one, share in weighed), ZERO),
        accepted=sum((share for one, share in weighed if one.accepted_on is not None), ZERO),
        known=known,
        accruals=accruals,
    )


def sure(on: date | None) -> date:
    """The date of a dated milestone."""
    if on is None:
        raise AssertionError
    return on


def weights(dated: list[Facts]) -> list[Fraction] | None:
    """Each dated milestone's share of the whole; None where there is nothing to divide."""
    own = [one.source.weight for one in dated]
    values = [one.source.value for one in dated]
    for candidate in (own, values, [ONE] * len(dated)):
        amounts = [amount for amount in candidate if amount is not None]
        if len(amounts) == len(dated):
            total = sum(amounts, ZERO)
            return [amount / total for amount in amounts] if total else None
    return None


def start_of(one: Facts, dated: list[Facts], work: Work) -> date:
    """When a milestone begins to accrue: its own start, else when the one before it is due, else the beginning."""
    if one.source.starts_on is not None:
        return one.source.starts_on
    earlier = [sure(other.due_on) for other in dated if sure(other.due_on) < sure(one.due_on)]
    return max(earlier, default=work.starts_on)


@dataclass(frozen=True)
class EarnedSchedule:
    """The day on which the plan reaches what is earned, as an ordinal with a fraction, and the index from it."""

    reached: Fraction
    spi: Fraction | None

    @property
    def on(self) -> date:
        """Rounded down to a whole day."""
        return date.fromordinal(self.reached.numerator // self.reached.denominator)


def earned_schedule(work: Work, now: Plan, as_of: date) -> EarnedSchedule | None:
    """Earned schedule, None while progress is not known."""
    if not now.known or now.earned is None or now.finish_on is None:
        return None
    begin = work.starts_on.toordinal()
    end = max(now.finish_on.toordinal(), begin)
    inner = {one.start for one in now.accruals} | {one.due for one in now.accruals}
    corners = [Fraction(on) for on in sorted({begin, end} | {on for on in inner if begin < on < end})]
    at_least = first_moment(now.accruals, corners, now.earned, beyond=False)
    more_than = first_moment(now.accruals, corners, now.earned, beyond=True)
    reached = min(max(Fraction(as_of.toordinal()), at_least), more_than)
    last = max(sure(one.delivered_on) for one in now.dated) if now.all_delivered else as_of
    days = last.toordinal() - begin
    return EarnedSchedule(reached, (reached - begin) / days if days > 0 else None)


def first_moment(accruals: list[Accrual], corners: list[Fraction], level: Fraction, *, beyond: bool) -> Fraction:
    """The first moment at which the planned share is at least a level, or where ``beyond``, above it; else the end."""

    def passes(share: Fraction) -> bool:
        return share > level if beyond else share >= level

    for index, corner in enumerate(corners):
        here = sum((one.at(corner) for one in accruals), ZERO)
        if passes(here):
            return corner
        if index + 1 == len(corners):
            break
        following = corners[index + 1]
        there = sum((one.just_before(following) for one in accruals), ZERO)
        if passes(there):
            return corner + (level - here) / (there - here) * (following - corner)
    return corners[-1]
