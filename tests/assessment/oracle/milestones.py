"""What one milestone, or the occurrences of a series, amount to. Everything here is already cut to what was known."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tests.assessment.oracle.history import Delivery, Milestone, Rebaseline, Series, Work

ONE_DAY = timedelta(days=1)
AHEAD = timedelta(days=90)
CLAIM_COUNTS_AT_MOST = Fraction(9, 10)


@dataclass(frozen=True)
class Facts:
    """One milestone that counts, as of a day."""

    source: Milestone
    key: str
    first_on: date | None
    """v0, the first promise."""
    due_on: date | None
    """The current baseline."""
    approved_on: date | None
    """The approved baseline."""
    word_on: date | None
    """The last word on when it will be done, before it is held to the day."""
    forecast_on: date | None
    delivered_on: date | None
    accepted_on: date | None
    undecided_on: date | None
    """The oldest delivery that waits for a decision."""
    reported: Fraction | None

    @property
    def open(self) -> bool:
        """Not delivered."""
        return self.delivered_on is None

    @property
    def own_claim(self) -> Fraction | None:
        """Share claimed; None where nobody said anything."""
        return self.reported if self.open else Fraction(1)

    @property
    def earned(self) -> Fraction:
        """Accepted in full, else the claim, of which at most nine tenths count."""
        if self.accepted_on is not None:
            return Fraction(1)
        return min(self.own_claim or Fraction(0), CLAIM_COUNTS_AT_MOST)


def counted(work: Work, as_of: date) -> list[Facts]:
    """The milestones that count, dated ones first, otherwise in file order."""
    rows = list(work.milestones)
    if work.retainer:
        recorded = {one.key for one in rows}
        rows += [one for one in occurrences(work, as_of) if one.key not in recorded]
    found = [facts(one, as_of, alone=work.alone) for one in rows if one.cancelled_on is None]
    return sorted(found, key=lambda one: one.first_on is None)


def facts(one: Milestone, as_of: date, *, alone: bool) -> Facts:
    """One milestone as of a day."""
    first_on = one.due_on or (one.rebaselines[0].due_on if one.rebaselines else None)
    due_on = one.rebaselines[-1].due_on if one.rebaselines else first_on
    approved = [row for row in one.rebaselines if agreed(row, alone=alone)]
    delivered_on, accepted_on = delivery_days(one.deliveries)
    word_on = last_word(one, first_on)
    if delivered_on is not None:
        forecast_on: date | None = delivered_on
    else:
        forecast_on = None if word_on is None else max(word_on, as_of)
    undecided = [row.delivered_on for row in one.deliveries if row.decided_on is None]
    shares = [row.share for row in one.reports if row.share is not None]
    return Facts(
        source=one,
        key=one.key,
        first_on=first_on,
        due_on=due_on,
        approved_on=approved[-1].due_on if approved else first_on,
        word_on=word_on,
        forecast_on=forecast_on,
        delivered_on=delivered_on,
        accepted_on=accepted_on,
        undecided_on=undecided[0] if undecided and accepted_on is None else None,
        reported=shares[-1] if shares else None,
    )


def agreed(row: Rebaseline, *, alone: bool) -> bool:
    """A re-baseline with a reason and an approver; someone alone gives a reason only."""
    return bool(row.reason) and (alone or bool(row.approved_by))


def delivery_days(deliveries: tuple[Delivery, ...]) -> tuple[date | None, date | None]:
    """The day it counts as delivered and the day that delivery was accepted."""
    accepted = [row for row in deliveries if row.outcome == "accepted"]
    if accepted:
        return accepted[0].delivered_on, accepted[0].decided_on
    standing = [row for row in deliveries if row.outcome != "rejected"]
    return (standing[-1].delivered_on if standing else None), None


def words(one: Milestone) -> list[tuple[date, date]]:
    """Every date that was said, with the day it was said; of one day the forecasts come after the re-baselines."""
    said = [(row.set_on, row.due_on) for row in one.rebaselines]
    said += [(row.reported_on, row.forecast_on) for row in one.reports if row.forecast_on is not None]
    return sorted(said, key=lambda pair: pair[0])


def last_word(one: Milestone, first_on: date | None) -> date | None:
    """The latest word on when it will be done, else the first promise."""
    said = words(one)
    return said[-1][1] if said else first_on


def moves_later(one: Facts) -> list[date]:
    """The days on which a date moved later than the word before it."""
    before = one.first_on
    moved = []
    for said_on, promised_on in words(one.source):
        if before is not None and promised_on > before:
            moved.append(said_on)
        before = promised_on
    return moved


def occurrences(work: Work, as_of: date) -> list[Milestone]:
    """What the series of a retainer call for, up to ninety days ahead: no file has them, so by their days."""
    found = [(due_on, one) for one in work.series for due_on in due_days(one, work, as_of)]
    return [
        Milestone(key=f"{one.key}:{due_on.isoformat()}", value=one.value, due_on=due_on)
        for due_on, one in sorted(found, key=lambda pair: pair[0])
    ]


def due_days(one: Series, work: Work, as_of: date) -> list[date]:
    """The due days of a series up to ninety days ahead: every day is asked whether it is one."""
    first = one.from_on or work.starts_on
    days = [first + timedelta(days=step) for step in range((as_of + AHEAD - first).days + 1)]
    return [on for on in days if falls_due(one, work, on)]


def falls_due(one: Series, work: Work, on: date) -> bool:
    """Whether a series calls for something on a day, as the engagement was agreed."""
    first = one.from_on or work.starts_on
    until = one.until_on or (work.ends_on + ONE_DAY if work.ends_on else date.max)
    return first <= on < until and on == due_day_of_period(on, one)


def due_day_of_period(on: date, one: Series) -> date:
    """The due day of the week, month or quarter a day lies in."""
    if one.every == "week":
        start = on - timedelta(days=on.weekday())
        length = 7
    elif one.every == "month":
        start = on.replace(day=1)
        length = calendar.monthrange(on.year, on.month)[1]
    else:
        month = 3 * ((on.month - 1) // 3) + 1
        start = date(on.year, month, 1)
        length = sum(calendar.monthrange(on.year, month + step)[1] for step in range(3))
    return start + timedelta(days=min(one.due_day, length) - 1)
