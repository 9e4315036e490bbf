"""Since when a warning holds: the first day of the unbroken run that ends on a day.

Between two days on which one of the rows that a rule reads is dated, nothing but time passes, and time alone never
clears a rule. So a rule that fires at the end of such a stretch either fires on all of it, or from some day within it
on, and that day is found by halving. Stretches are gone through backwards until the rule does not fire.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Final

from engagement.assessment.case import Case
from engagement.assessment.facts import Facts
from engagement.assessment.limits import values_ever
from engagement.assessment.rules.base import REGISTERED, Finding, Rule, Stream
from engagement.assessment.values import Log, Severity

ONE_DAY: Final = timedelta(days=1)


Holds = Callable[[Facts], bool]
"""Whether something holds on the day of the facts."""


class Unread(Exception):
    """Logs have to be read in full before this can be said. No error: it asks for more."""

    def __init__(self, logs: frozenset[Log]) -> None:
        super().__init__(", ".join(sorted(logs)))
        self.logs = logs


def first_day(rule: Rule, case: Case, floor: date, day: date) -> date:
    """First day of the run of a rule that fires on a day, at any severity, no earlier than ``floor``.

    Raises `Unread` where a short log does not reach back far enough.
    """
    if rule.beside_critical:
        return _beside_critical(rule, rule.beside_critical, case, floor, day)
    return _run(rule, case, floor, day, lambda facts: isinstance(rule.check(facts), Finding))


def severity_on(rule: Rule, case: Case, day: date) -> Severity | None:
    """How severe a rule's warning was on a day; None where it did not fire. Raises `Unread` like `first_day`."""
    facts = Facts(case, day, in_brief=True)
    result = rule.check(facts)
    severity = result.severity if isinstance(result, Finding) else None
    if facts.doubts and severity != "critical":
        raise Unread(rule.logs | facts.doubts)
    return severity


def gets_worse(rule: Rule, case: Case, begin: date, day: date) -> bool:
    """Whether a rule that fires on every day from ``begin`` to ``day`` turned critical after the first of them.

    Also where it had eased again since, or was critical before. Raises `Unread` like `first_day`.
    """
    starts = [start for start in _stretches(rule, case, begin, day) if start > begin]
    ends = {start - ONE_DAY for start in starts}
    severities = [severity_on(rule, case, one) for one in sorted({begin, *starts, *ends, day})]
    return ("warning", "critical") in pairwise(severities)


def _beside_critical(rule: Rule, own: Holds, case: Case, floor: date, day: date) -> date:
    """First day of the run of a rule that fires while another one is critical and its own condition holds.

    It holds wherever both do, so that each run of another rule is passed at once, however many rows lie in it.
    """
    end = day
    while end >= floor and (red := _echoed(rule, case, end)):
        begin = _run(red, case, floor, end, partial(_is_critical, red))
        begun = _run(rule, case, begin, end, own)
        if begun > begin:
            return begun
        day, end = begin, begin - ONE_DAY
    return day


def _echoed(rule: Rule, case: Case, day: date) -> Rule | None:
    """The critical rule beside which one fires on a day; None where it does not fire."""
    facts = Facts(case, day, in_brief=True)
    result = rule.check(facts)
    if isinstance(result, Finding):
        return REGISTERED[result.echoes or ""]
    if facts.doubts:
        raise Unread(rule.logs | facts.doubts)
    return None


def _is_critical(rule: Rule, facts: Facts) -> bool:
    result = rule.check(facts)
    return isinstance(result, Finding) and result.severity == "critical"


def _run(rule: Rule, case: Case, floor: date, day: date, holds: Holds) -> date:
    """First day of the unbroken run, up to a day on which it does, of what can end with the rows of a rule alone."""
    end = day
    for start in _stretches(rule, case, floor, day):
        if _holds(rule, case, start, holds):
            end = start
            continue
        if end > start + ONE_DAY:
            return _first_within(rule, case, start, end, holds)
        return end
    return end


def _holds(rule: Rule, case: Case, day: date, holds: Holds) -> bool:
    facts = Facts(case, day, in_brief=True)
    if holds(facts):
        return True
    if facts.doubts:
        raise Unread(rule.logs | facts.doubts)
    return False


def _first_within(rule: Rule, case: Case, quiet: date, firing: date, holds: Holds) -> date:
    """The first day on which something holds between a day on which it does not and a later one on which it does."""
    while (days := (firing - quiet).days) > 1:
        middle = quiet + timedelta(days=days // 2)
        if _holds(rule, case, middle, holds):
            firing = middle
        else:
            quiet = middle
    return firing


def _stretches(rule: Rule, case: Case, floor: date, day: date) -> Iterator[date]:
    """First days of the stretches up to a day without a change, latest first, and at last the floor."""
    days: set[date] = set(case.changes("always", _always))
    for stream in rule.reads:
        days.update(case.changes(stream, _STREAMS[stream]))
    for limit, streams in rule.windows.items():
        lengths = values_ever(limit, (*case.history.limits, *case.common.limits))
        for stream in streams:
            rows = case.changes(stream, _STREAMS[stream])
            days.update(row + timedelta(days=int(length)) for length in lengths for row in rows)
    yield from sorted((one for one in days if floor < one <= day), reverse=True)
    yield floor


def _always(case: Case) -> Iterable[date]:
    """Terms, limits, pauses, and where short logs begin."""
    history = case.history
    yield from (terms.from_on for terms in history.terms if terms.from_on)
    yield from (turn for pause in history.pauses for turn in pause)
    yield from (change.set_on for change in (*history.limits, *case.common.limits))
    if history.partial and history.read_from:
        yield history.read_from


def _reports(case: Case) -> Iterable[date]:
    return (report.reported_on for milestone in case.history.milestones for report in milestone.reports)


def _deliveries(case: Case) -> Iterable[date]:
    for milestone in case.history.milestones:
        for delivery in milestone.deliveries:
            yield delivery.delivered_on
            if delivery.decided_on:
                yield delivery.decided_on


def _plan(case: Case) -> Iterable[date]:
    yield from (change.changed_on for change in case.history.plan_changes)
    for milestone in case.history.milestones:
        yield from (baseline.set_on for baseline in milestone.baselines)
        if milestone.cancelled_on:
            yield milestone.cancelled_on


def _dues(case: Case) -> Iterable[date]:
    """The days on which a due date is reached, and those on which it has passed."""
    for milestone in case.history.milestones:
        for due_on in (milestone.due_on, *(one.due_on for one in milestone.baselines)):
            if due_on is not None:
                yield due_on
                yield due_on + ONE_DAY


def _check_ins(case: Case) -> Iterable[date]:
    for check_in in case.history.check_ins:
        yield check_in.held_on
        if check_in.acknowledged_on:
            yield check_in.acknowledged_on


def _actions(case: Case) -> Iterable[date]:
    for action in case.history.actions:
        yield action.raised_on
        if action.closed_on:
            yield action.closed_on


def _spend(case: Case) -> Iterable[date]:
    return (spend.spent_on for spend in case.history.spend)


def _months(case: Case) -> Iterable[date]:
    """The first day of each month of a retainer."""
    if all(terms.contract != "retainer" for terms in case.history.terms):
        return
    month = case.as_of.replace(day=1)
    begin = min(terms.starts_on for terms in case.history.terms)
    while month > begin:
        yield month
        month = (month - ONE_DAY).replace(day=1)


def _readings(case: Case) -> Iterable[date]:
    return (reading.read_on for metric in case.history.metrics for reading in metric.readings)


def _confirmations(case: Case) -> Iterable[date]:
    return (confirmation.confirmed_on for confirmation in case.history.confirmations)


def _accesses(case: Case) -> Iterable[date]:
    for access in case.history.accesses:
        yield access.given_on
        if access.revoked_on:
            yield access.revoked_on


def _retrospectives(case: Case) -> Iterable[date]:
    return case.history.retrospectives


def _vendor(case: Case) -> Iterable[date]:
    for vendor in case.history.vendors:
        yield from vendor.accepted_on
        yield from filter(None, (vendor.interviewed_on, vendor.contract_signed_on))


def _starts(case: Case) -> Iterable[date]:
    return (terms.starts_on for terms in case.history.terms)


def _declared(case: Case) -> Iterable[date]:
    before = None
    for check_in in case.history.check_ins:
        if check_in.side == "us" and check_in.declared_status and check_in.declared_status != before:
            before = check_in.declared_status
            yield check_in.held_on


_STREAMS: Final[Mapping[Stream, Callable[[Case], Iterable[date]]]] = {
    "reports": _reports,
    "check_ins": _check_ins,
    "actions": _actions,
    "spend": _spend,
    "deliveries": _deliveries,
    "plan": _plan,
    "dues": _dues,
    "months": _months,
    "readings": _readings,
    "confirmations": _confirmations,
    "accesses": _accesses,
    "retrospectives": _retrospectives,
    "vendor": _vendor,
    "starts": _starts,
    "declared": _declared,
}
