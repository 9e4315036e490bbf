"""Whether anything happened in a stretch of time that a conversation could have brought up."""

from collections.abc import Iterable
from datetime import date
from itertools import chain

from engagement.assessment.logs import Logs
from engagement.assessment.slippage import words_on
from engagement.assessment.values import Milestone, ProgressReport


def is_news(logs: Logs, after: date) -> bool | None:
    """Whether progress, a date or an action changed after a day, up to the day of the logs, or anything was delivered.

    A share or a forecast that only says again what was said before is no news. None where short logs leave it open.
    """
    if _is_known(logs, after):
        return True
    return None if _may_be_left_out(logs, after) else False


def _is_known(logs: Logs, after: date) -> bool:
    history, day = logs.history, logs.day
    days = chain(_changed(history.milestones), (action.raised_on for action in history.actions))
    closed = (action.closed_on for action in history.actions if action.closed_on is not None)
    if any(after < on <= day for on in chain(days, closed)):
        return True
    sure_from = after
    if "reports" in history.partial and history.read_from is not None:
        sure_from = max(after, history.read_from)
    return any(_says_new(milestone, sure_from, day) for milestone in history.milestones)


def _changed(milestones: Iterable[Milestone]) -> Iterable[date]:
    for milestone in milestones:
        yield from (delivery.delivered_on for delivery in milestone.deliveries)
        yield from (baseline.set_on for baseline in milestone.baselines)


def _says_new(milestone: Milestone, after: date, day: date) -> bool:
    """Whether something else was reported after a day than was known before."""
    share = None
    for report in milestone.reports:
        if report.share is not None and report.reported_on <= day:
            if report.reported_on > after and report.share != share:
                return True
            share = report.share
    named = milestone.due_on
    for word in words_on(milestone, day):
        if word.said_on > after and word.forecast_on != named:
            return True
        named = word.forecast_on
    return False


def _may_be_left_out(logs: Logs, after: date) -> bool:
    history = logs.history
    if history.read_from is None or after >= history.read_from:
        return False
    return "actions" in history.partial or (
        "reports" in history.partial
        and any(
            after < report.reported_on <= history.read_from and _says_anything(report)
            for milestone in history.milestones
            for report in milestone.reports
        )
    )


def _says_anything(report: ProgressReport) -> bool:
    return report.share is not None or report.forecast_on is not None
