"""How many promises that came due were kept: of an engagement so far, of a retainer lately, of a vendor lately."""

from collections import Counter
from datetime import timedelta
from statistics import median
from typing import Final

from engagement.assessment.case import Case
from engagement.assessment.facts import Facts
from engagement.assessment.limits import effective
from engagement.assessment.results import Promises
from engagement.assessment.traces import promises

LAST_PROMISES: Final = 12
"""As many of a retainer's last due occurrences tell how it keeps its dates."""


def kept(facts: Facts) -> Promises:
    """First due dates that have come, of milestones and of the vendor's actions and issues, and how many were met.

    A question of the vendor waits for us, so that it promises nothing.
    """
    kept, due = facts.logs.settled_promises(facts.history.closed_on or facts.case.as_of)
    for first, handed in zip(facts.plan.firsts, facts.handovers, strict=True):
        if first is not None and first <= facts.day:
            due += 1
            kept += handed.delivered_on is not None and handed.delivered_on <= first
    for action in facts.history.actions:
        promised_on = action.promised_on or action.due_on
        if action.side != "vendor" or action.kind == "question":
            continue
        if promised_on and promised_on <= facts.day and action.raised_on <= facts.day:
            due += 1
            kept += action.closed_on is not None and action.closed_on <= promised_on
    return Promises(kept, due)


def retainer_kept(facts: Facts) -> tuple[Promises, float | None]:
    """Of the last twelve occurrences due: how many were on time, and the median of how late those delivered were."""
    due = [
        (first, handed.delivered_on)
        for first, handed in zip(facts.plan.firsts, facts.handovers, strict=True)
        if first is not None and first <= facts.day
    ]
    last = sorted(due, key=lambda one: one[0])[-LAST_PROMISES:]
    late = [(delivered_on - first).days for first, delivered_on in last if delivered_on is not None]
    return Promises(sum(days <= 0 for days in late), len(last)), float(median(late)) if late else None


def recently_kept(case: Case) -> tuple[tuple[str, Promises], ...]:
    """By vendor: how many promises came due lately, and how many of them were kept."""
    days = int(effective("promises-window", (), case.common.limits, case.as_of))
    kept: Counter[str] = Counter()
    due: Counter[str] = Counter()
    for promise in promises(case.history, case.as_of - timedelta(days=days), case.as_of):
        was_kept = promise.kept_on(case.as_of)
        if was_kept is not None:
            due[promise.vendor] += 1
            kept[promise.vendor] += was_kept
    return tuple((vendor, Promises(kept[vendor], number)) for vendor, number in due.items())
