"""When the vendor was last heard of: its own check-ins, its reports, and what it delivered."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from engagement.assessment.logs import Logs
from engagement.assessment.values import CheckIn, Log, Milestone, ProgressReport


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
        for says in (_says_share, _says_forecast):
            said, until = _reported(logs, [one for one in milestone.reports if says(one)])
            reported += said
            if until is not None:
                hidden["reports"] = max(until, hidden.get("reports", until))
    words = [*reported, *_delivered(milestones, logs.day)]
    return Heard(max(words, default=None), bool(reported), hidden)


def is_vendors(check_in: CheckIn) -> bool:
    """Whether a check-in is the vendor's own word."""
    return check_in.side == "vendor" or check_in.channel == "report"


def _checked_in(logs: Logs) -> tuple[list[date], date | None]:
    """Days of its check-ins, and the last day on which another may be left out."""
    latest = logs.latest_check_ins()
    said = [one.held_on for one in logs.history.check_ins if one.held_on <= logs.day and is_vendors(one)]
    is_known = any(map(is_vendors, latest.check_ins))
    return said[-1:], None if is_known else latest.left_out_until


def _reported(logs: Logs, reports: list[ProgressReport]) -> tuple[list[date], date | None]:
    """Days of its reports about one thing, of all such reports, and the last day on which another may be left out.

    What a short log leaves out is no later than the last such report it holds of the time before it begins.
    """
    said = [one.reported_on for one in reports if one.side == "vendor" and one.reported_on <= logs.day]
    read_from = logs.history.read_from
    before = [one for one in reports if read_from is not None and one.reported_on <= read_from]
    if "reports" not in logs.history.partial or not before:
        return said[-1:], None
    last = before[-1]
    if last.reported_on > logs.day:
        return said[-1:], logs.day
    return said[-1:], None if last.side == "vendor" else last.reported_on


def _delivered(milestones: tuple[Milestone, ...], day: date) -> Iterator[date]:
    for milestone in milestones:
        yield from (one.delivered_on for one in milestone.deliveries if one.delivered_on <= day)


def _says_share(report: ProgressReport) -> bool:
    return report.share is not None


def _says_forecast(report: ProgressReport) -> bool:
    return report.forecast_on is not None
