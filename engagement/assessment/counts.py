"""Counts over many engagements that figures and pages show: by week, by status, by corner."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from engagement.assessment.results import Assessment, MilestoneState
from engagement.assessment.values import CONTACT_CHANNELS, LIVE_CHANNELS, Channel, ContactState, Side, Status

if TYPE_CHECKING:
    from engagement.assessment.contact import Rhythm

SILENT: Final[frozenset[ContactState]] = frozenset({"silent", "forgotten", "not_kicked_off"})
"""Contact states in which nothing has been heard for longer than agreed and granted."""
A_WEEK: Final = 7
"""Slippage in days that is still called in time where silence and slippage are set against each other."""

CheckInKind = Literal["live", "message", "report"]


def kind_of(channel: Channel, side: Side) -> CheckInKind:
    """What a check-in is in a rhythm: "live", "message", or "report" for the vendor's own word, which is no contact."""
    if side != "us" or channel not in CONTACT_CHANNELS:
        return "report"
    return "live" if channel in LIVE_CHANNELS else "message"


class Week(NamedTuple):
    """Seven days of many engagements."""

    from_on: date
    until_on: date
    """The day after its last."""
    live: int
    messages: int
    out_of_touch: int
    """Engagements that at the end of the week had been without contact for longer than agreed."""


def weekly(rhythms: Iterable["Rhythm"], start: date, as_of: date) -> tuple[Week, ...]:
    """Conversations a week, and who was out of touch at its end: whole weeks, the last one ending with ``as_of``."""
    end = as_of + timedelta(days=1)
    weeks = (end - start).days // 7
    first = end - timedelta(weeks=weeks)
    held: Counter[tuple[int, str]] = Counter()
    missed: Counter[int] = Counter()
    for rhythm in rhythms:
        held.update(((on - first).days // 7, kind_of(channel, side)) for on, channel, side in rhythm.marks)
        missed.update({week for since, until in rhythm.missed for week in _ends_within(since, until, first, weeks)})
    return tuple(
        Week(
            first + timedelta(weeks=week),
            first + timedelta(weeks=week + 1),
            held[week, "live"],
            held[week, "message"],
            missed[week],
        )
        for week in range(weeks)
    )


def _ends_within(since: date, until: date, first: date, weeks: int) -> range:
    """Numbers of the weeks whose last day lies in the half-open stretch."""
    return range(max(0, (since - first).days // 7), min(weeks, (until - first).days // 7))


def by_status(statuses: Mapping[date, Mapping[str, Status]]) -> dict[date, Counter[Status]]:
    """For every day how many engagements had each status; 0 for those that none had."""
    return {on: Counter(by_key.values()) for on, by_key in sorted(statuses.items())}


def changed(statuses: Mapping[date, Mapping[str, Status]]) -> list[str]:
    """Keys whose status was not the same on all of the days, in their order. Not yet recorded is no status."""
    days = [statuses[on] for on in sorted(statuses)]
    keys = sorted({key for by_key in days for key in by_key})
    return [key for key in keys if len({by_key[key] for by_key in days if key in by_key}) > 1]


def contact_ratio(assessment: Assessment) -> float | None:
    """Days since we last talked over the agreed cadence: 1 is as agreed. None where either is not known.

    A cadence of 0 days counts as one of a day: nobody can talk more often than the days are counted.
    """
    contact = assessment.contact
    if contact.days_since is None or contact.cadence_days is None:
        return None
    return contact.days_since / max(contact.cadence_days, 1)


class Corners(NamedTuple):
    """Engagements by silence and slippage, each in the order given."""

    silent_and_late: tuple[Assessment, ...]
    silent: tuple[Assessment, ...]
    late: tuple[Assessment, ...]
    neither: tuple[Assessment, ...]
    unknown: tuple[Assessment, ...]
    """Active, but no conversation or no promised date is on record."""


def is_silent(assessment: Assessment) -> bool:
    """Whether nobody has talked for longer than agreed and granted, or not at all since the work began."""
    return assessment.contact.state in SILENT


def is_first_due(assessment: Assessment) -> bool:
    """Whether it is known that nobody has talked yet: the first conversation is overdue, or not due before a start.

    Work that was only just written down, with a name and no date, says as little of talks as of anything else.
    """
    if assessment.contact.last_on is not None:
        return False
    if assessment.contact.state == "on_time":
        return assessment.status != "unknown"
    return assessment.contact.state == "not_kicked_off" or assessment.life in ("draft", "not_started")


def is_slipping(assessment: Assessment) -> bool:
    """Whether the warning stands that the finish moved past the last agreed date, also where it is folded."""
    return any(warning.rule == "slipping" for warning in (*assessment.warnings, *assessment.folded))


def corners(assessments: Sequence[Assessment]) -> Corners:
    """The active engagements, by whether they are silent and whether they are slipping."""
    found: dict[tuple[bool, bool] | None, list[Assessment]] = {}
    for assessment in assessments:
        if assessment.life == "active":
            found.setdefault(_corner(assessment), []).append(assessment)
    return Corners(
        *(tuple(found.get(corner, ())) for corner in ((True, True), (True, False), (False, True), (False, False), None))
    )


def _corner(assessment: Assessment) -> tuple[bool, bool] | None:
    if contact_ratio(assessment) is None or assessment.schedule.slip_days is None:
        return None
    return is_silent(assessment), is_slipping(assessment)


def moved_most(assessments: Iterable[Assessment], most: int) -> tuple[list[tuple[Assessment, MilestoneState]], int]:
    """The open milestones that slipped most, the worst first, and how many further ones are open and dated."""
    open_ones = [
        (assessment, milestone)
        for assessment in assessments
        for milestone in assessment.milestones
        if milestone.delivered_on is None and milestone.slip_days is not None
    ]
    open_ones.sort(key=lambda pair: (-(pair[1].slip_days or 0), pair[0].engagement, pair[1].milestone))
    return open_ones[:most], max(0, len(open_ones) - most)
