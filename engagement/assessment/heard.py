"""When the vendor, or either side, was last heard of: check-ins, reports, and what was delivered."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from engagement.assessment.logs import Logs
from engagement.assessment.terms import resumed_on, terms_on
from engagement.assessment.values import CheckIn, History, Log, Milestone, ProgressReport


class Heard(NamedTuple):
    """The last word of the vendor on record, and where short logs may hide a later one."""

    last_on: date | None
    has_reported: bool
    """Whether it ever said anything by itself, and did not only deliver."""
    hidden: dict[Log, date]
    """By log: the last day on which there may be a word that it leaves out, where none of its words is as late."""


def heard(logs: Logs) -> Heard:
    """The vendor's last word by the end of the day; deliveries count whether or not they were accepted."""
    milestones, hidden = logs.history.milestones, dict[Log, date]()
    reported, until = _checked_in(logs)
    if until is not None:
        hidden["check_ins"] = until
    for milestone in milestones:
        for reports in _by_subject(milestone.reports):
            said, until = _reported(logs, reports)
            reported += said
            if until is not None:
                hidden["reports"] = max(until, hidden.get("reports", until))
    words = [*reported, *_delivered(milestones, logs.day)]
    return Heard(max(words, default=None), bool(reported), hidden)


def heard_on(history: History, delivered: Iterable[date], day: date) -> date:
    """The day on which either side was last heard of: a check-in of any kind or a delivery, else the start.

    ``delivered``: the days on which something was; later ones than the day do not count.
    """
    heard = [terms_on(history, day).starts_on, *(one for one in delivered if one <= day)]
    heard += [one.held_on for one in reversed(history.check_ins) if one.held_on <= day][:1]
    if history.pauses and (resumed := resumed_on(history, day)):
        heard.append(resumed)
    return min(max(heard), day)


def is_vendors(check_in: CheckIn) -> bool:
    """Whether a check-in is the vendor's own word."""
    return check_in.side == "vendor" or check_in.channel == "report"


def _checked_in(logs: Logs) -> tuple[list[date], date | None]:
    """The day of its last check-in, and the last day on which another may be left out."""
    latest = logs.latest_check_ins()
    check_ins = reversed(logs.history.check_ins)
    said = next(([one.held_on] for one in check_ins if one.held_on <= logs.day and is_vendors(one)), [])
    is_known = any(map(is_vendors, latest.check_ins))
    return said, None if is_known else latest.left_out_until


def _by_subject(reports: Sequence[ProgressReport]) -> Iterator[Sequence[ProgressReport]]:
    """Those that name a share, and those that name a date: a short log is short of each by itself."""
    if reports:
        yield [one for one in reports if one.share is not None]
        yield [one for one in reports if one.forecast_on is not None]


def _reported(logs: Logs, reports: Sequence[ProgressReport]) -> tuple[list[date], date | None]:
    """The day of its last report about one thing, of all such reports, and the last day on which one may be left out.

    What a short log leaves out is no later than the last such report it holds of the time before it begins.
    """
    day, history = logs.day, logs.history
    said = next(([one.reported_on] for one in reversed(reports) if one.side == "vendor" and one.reported_on <= day), [])
    if "reports" not in history.partial or history.read_from is None:
        return said, None
    last = next((one for one in reversed(reports) if one.reported_on <= history.read_from), None)
    if last is None:
        return said, None
    if last.reported_on > day:
        return said, day
    return said, None if last.side == "vendor" else last.reported_on


def _delivered(milestones: tuple[Milestone, ...], day: date) -> Iterator[date]:
    for milestone in milestones:
        yield from (one.delivered_on for one in milestone.deliveries if one.delivered_on <= day)
