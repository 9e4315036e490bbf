"""Beyond one engagement: vendors that break their dates, people who watch too much, and the watching itself."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from engagement.assessment.likeness import alike
from engagement.assessment.limits import effective, values_ever
from engagement.assessment.results import Assessment
from engagement.assessment.rules.base import Found, portfolio_rule
from engagement.assessment.runs import Tally, run_start
from engagement.assessment.traces import Promise, Trace
from engagement.assessment.values import PortfolioTerms, Severity, Terms
from engagement.assessment.wording import count, day, in_words, listed

SILENT: Final = frozenset({"silent", "forgotten"})
PORTFOLIO: Final = "portfolio"
SECONDS_AN_HOUR: Final = 3600


def limit(common: PortfolioTerms, name: str, on: date) -> float:
    """The value of a limit of the portfolio on a day."""
    return effective(name, (), common.limits, on)


# --- a vendor's promises


def promises_broken_since(found: Found, traces: Sequence[Trace], common: PortfolioTerms, as_of: date) -> date:
    """The day from which on too few of the vendor's promises of the time before were kept."""
    promises = [one for trace in traces for one in trace.promises if one.vendor == found.subject]
    lengths = {int(length) for length in values_ever("promises-window", common.limits)}
    counts = {length: _kept_and_due(promises, length) for length in lengths}

    def fires(on: date) -> bool:
        kept, due = counts[int(limit(common, "promises-window", on))].on(on) or (0, 0)
        return _broken(kept, due, common, on) is not None

    return run_start(fires, (day for one in counts.values() for day in one.days), common, as_of)


def _kept_and_due(promises: Iterable[Promise], days: int) -> Tally:
    """How many promises were kept, and how many counted, among those that came due in so many days before each day."""
    turns: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0])
    for promise in promises:
        gone_on, was = promise.due_on + timedelta(days=days), (0, 0)
        for turn, kept in (*promise.turns, (gone_on, None)):
            if turn <= gone_on:
                now = (int(kept is True), int(kept is not None))
                turns[turn][0] += now[0] - was[0]
                turns[turn][1] += now[1] - was[1]
                was = now
    return Tally(turns)


def _broken(kept: int, due: int, common: PortfolioTerms, on: date) -> Severity | None:
    if due < limit(common, "promises-least", on):
        return None
    if kept < limit(common, "promises-critical", on) * due:
        return "critical"
    return "warning" if kept < limit(common, "promises", on) * due else None


@portfolio_rule(
    "promises-broken",
    "nudge",
    "C",
    sentence="This vendor does not keep its dates.",
    condition="Of at least {promises-least#} promises of a vendor that came due in {promises-window} fewer than "
    "{promises} were kept; critical under {promises-critical}. A promise is the first due date of a milestone, or of "
    "an action or issue of the vendor.",
    next_step="Review the contract with {subject}.",
    source="House definition.",
    limits=("promises-window", "promises-least", "promises", "promises-critical"),
    begun=promises_broken_since,
)
def promises_broken(assessments: Sequence[Assessment], common: PortfolioTerms, as_of: date) -> Iterator[Found]:
    """By vendor, over all that it does for us."""
    kept: defaultdict[str, int] = defaultdict(int)
    due: defaultdict[str, int] = defaultdict(int)
    for assessment in assessments:
        for vendor, promises in assessment.recent_promises:
            kept[vendor] += promises.kept
            due[vendor] += promises.due
    days = int(limit(common, "promises-window", as_of))
    for vendor in sorted(due):
        severity = _broken(kept[vendor], due[vendor], common, as_of)
        if severity:
            number = in_words(kept[vendor]) if kept[vendor] else "none"
            evidence = f"{vendor} kept {number} of {in_words(due[vendor])} dates that came due in the last {days} days."
            of_vendor = tuple(one.engagement for one in assessments if vendor in one.vendors)
            yield Found(vendor, severity, evidence, of_vendor)


# --- people


def overloaded_owner_since(found: Found, traces: Sequence[Trace], common: PortfolioTerms, as_of: date) -> date:
    """The day from which on one person had too much to look after."""
    turns: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0, 0])
    for trace in traces:
        for start, end, terms in trace.active:
            if terms.owner == found.subject:
                _count(turns, start, end, (1, 0, int(_lacks_deputy(terms))))
                for quiet, heard in trace.silent:
                    if max(start, quiet) < min(end, heard):
                        _count(turns, max(start, quiet), min(end, heard), (0, 1, 0))
    counts = Tally(turns)

    def fires(on: date) -> bool:
        active, silent, undeputied = counts.on(on) or (0, 0, 0)
        return bool(_load(active, silent, undeputied, common, on))

    return run_start(fires, counts.days, common, as_of)


def _count(turns: Mapping[date, list[int]], start: date, end: date, counts: Sequence[int]) -> None:
    """Adds to some counts from a day on, and takes it off on another."""
    for place, number in enumerate(counts):
        turns[start][place] += number
        turns[end][place] -= number


def _lacks_deputy(terms: Terms) -> bool:
    return terms.tier == "high" and not terms.deputy


def _load(active: int, silent: int, undeputied: int, common: PortfolioTerms, on: date) -> list[str]:
    """What is too much for one person, each as a phrase."""
    phrases = []
    if active > limit(common, "owner-active", on):
        phrases.append(f"{in_words(active)} engagements are active")
    if silent > limit(common, "owner-silent", on):
        phrases.append(f"{in_words(silent)} are silent")
    if undeputied:
        phrases.append(f"{in_words(undeputied)} of tier high {'has' if undeputied == 1 else 'have'} no deputy")
    return phrases


@portfolio_rule(
    "overloaded-owner",
    "nudge",
    "E",
    sentence="One person watches too much.",
    condition="More than {owner-active#} active engagements, more than {owner-silent#} of them silent, or one of tier "
    "high without a deputy, for one owner; not while one person works alone.",
    next_step="Share the load of {subject}.",
    source="House definition.",
    limits=("owner-active", "owner-silent"),
    begun=overloaded_owner_since,
)
def overloaded_owner(assessments: Sequence[Assessment], common: PortfolioTerms, as_of: date) -> Iterator[Found]:
    """By owner, over what is active."""
    if common.alone:
        return
    owned: defaultdict[str, list[Assessment]] = defaultdict(list)
    for assessment in assessments:
        if assessment.owner and assessment.life == "active":
            owned[assessment.owner].append(assessment)
    for owner in sorted(owned):
        held = owned[owner]
        silent = sum(one.contact.state in SILENT for one in held)
        undeputied = sum(one.tier == "high" and not one.deputy for one in held)
        phrases = _load(len(held), silent, undeputied, common, as_of)
        if phrases:
            yield Found(
                owner,
                "warning",
                f"Of what {common.called(owner)} looks after, {listed(phrases, len(phrases))}.",
                tuple(one.engagement for one in assessments if owner in one.owners),
            )


# --- the same work


def same_task_since(_: Found, traces: Sequence[Trace], common: PortfolioTerms, as_of: date) -> date:
    """The day from which on two vendors had the same task."""
    one, other = traces
    turns = {turn for trace in traces for stretch in trace.active for turn in (stretch.start, stretch.end)}

    def fires(on: date) -> bool:
        first, second = one.terms_on(on), other.terms_on(on)
        if not first or not second or not first.category or first.category != second.category:
            return False
        if first.vendor == second.vendor or not _meet(_agreed(first), _agreed(second)):
            return False
        return bool(alike((_task(first), _task(second)), limit(common, "same-task", on)))

    return run_start(fires, turns, common, as_of)


@lru_cache(maxsize=256)
def _pairs(tasks: tuple[str, ...], least: float) -> tuple[tuple[int, int], ...]:
    """Places of the tasks that are alike. Kept: after a write the tasks of most categories are what they were."""
    return tuple(alike(tasks, least))


def _task(terms: Terms | Assessment) -> str:
    return f"{terms.name} {terms.scope or ''}".strip()


def _agreed(terms: Terms | Assessment) -> tuple[date, date]:
    """The first and the last day of the work, as agreed; without a last day it goes on."""
    starts_on = terms.starts_on if isinstance(terms, Terms) else terms.schedule.starts_on
    return starts_on, terms.ends_on or date.max


def _meet(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Whether neither ends before the other begins: else the work is handed over, however late the first still is."""
    return one[0] <= other[1] and other[0] <= one[1]


@portfolio_rule(
    "same-task-twice",
    "set-up",
    "B",
    sentence="Two vendors have the same task.",
    condition="Two active engagements of different vendors, in the same category, neither agreed to end before the "
    "other begins, whose name and scope are alike to {same-task} or more, and which nobody has marked as deliberate.",
    next_step="Merge them, or say that it is on purpose.",
    source="House definition; likeness is the normalised Indel similarity of the texts.",
    limits=("same-task",),
    begun=same_task_since,
)
def same_task_twice(assessments: Sequence[Assessment], common: PortfolioTerms, as_of: date) -> Iterator[Found]:
    """Each pair once."""
    by_category: defaultdict[str, list[Assessment]] = defaultdict(list)
    for assessment in assessments:
        if assessment.life == "active" and assessment.category:
            by_category[assessment.category].append(assessment)
    least = limit(common, "same-task", as_of)
    for category in sorted(by_category):
        held = by_category[category]
        for first, second in _pairs(tuple(map(_task, held)), least):
            one, other = held[first], held[second]
            keys = (one.engagement, other.engagement)
            if frozenset(keys) in common.deliberate or not _meet(_agreed(one), _agreed(other)):
                continue
            if one.vendor != other.vendor:
                names = " and ".join(f'"{assessment.name}" ({assessment.vendor})' for assessment in (one, other))
                evidence = f"{names} are both {category} and read alike."
                yield Found(", ".join(keys), "warning", evidence, keys)


# --- the watching itself


@portfolio_rule(
    "no-status-pack",
    "nudge",
    "E",
    sentence="Executives have not been told.",
    condition="There are executives, and no status pack was issued for {status-pack}; where there never was one, "
    "counted from the first start.",
    next_step="Issue a status pack.",
    source="House definition.",
    limits=("status-pack",),
)
def no_status_pack(assessments: Sequence[Assessment], common: PortfolioTerms, as_of: date) -> Iterator[Found]:
    """Off where there is nobody to tell."""
    first_start = _first_start(assessments)

    def told_on(on: date) -> date | None:
        first = first_start(on)
        return max((one for one in common.reports if first < one <= on), default=first) if first else None

    def fires(on: date) -> bool:
        last = told_on(on)
        return last is not None and (on - last).days >= limit(common, "status-pack", on)

    last = told_on(as_of)
    if not common.has_executives or last is None or not fires(as_of):
        return
    evidence = (
        f"The last status pack was issued on {day(last, as_of)}, {count((as_of - last).days, 'day')} ago."
        if last in common.reports
        else f"No status pack is on record since the first start, {count((as_of - last).days, 'day')} ago."
    )
    starts = {turn for one in assessments for turns in one.starts for turn in turns if turn}
    begins = {*common.reports, *starts} - {date.min}
    ends = {one + timedelta(days=int(days)) for one in begins for days in values_ever("status-pack", common.limits)}
    yield Found(PORTFOLIO, "warning", evidence, since=run_start(fires, begins | ends, common, as_of))


def _first_start(assessments: Sequence[Assessment]) -> Callable[[date], date | None]:
    """The first day of any work, as it was agreed on a day; None where nothing had begun by then."""
    steady = min((one.starts[0][1] or date.max for one in assessments if len(one.starts) == 1), default=date.max)
    moved = [one.starts for one in assessments if len(one.starts) > 1]

    def on(day: date) -> date | None:
        agreed = (next((start for turn, start in reversed(starts) if turn <= day), None) for starts in moved)
        return min((start for start in (steady, *agreed) if start and start <= day), default=None)

    return on


@portfolio_rule(
    "monitor-stopped",
    "status",
    "E",
    sentence="The monitor itself has stopped.",
    condition="Monitoring is on, and its last good run is more than {monitor-hours} ago; only for today.",
    next_step="Run the monitor.",
    source="House definition.",
    limits=("monitor-hours",),
)
def monitor_stopped(_: Sequence[Assessment], common: PortfolioTerms, as_of: date) -> Iterator[Found]:
    """Nobody is told of anything while it stands still."""
    last, now = common.last_good_run_at, common.asked_at
    if last is None or now is None:
        return
    overdue_at = last + timedelta(hours=limit(common, "monitor-hours", as_of))
    if now > overdue_at:
        hours = int((now - last).total_seconds() // SECONDS_AN_HOUR)
        evidence = f"The last good run of the monitor was {count(hours, 'hour')} ago."
        yield Found(PORTFOLIO, "critical", evidence, since=overdue_at.astimezone(now.tzinfo).date())
