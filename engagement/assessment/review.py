"""What changed from the end of one day to the end of another, and by whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import Final, get_args

from engagement.assessment.case import Case
from engagement.assessment.contact import rhythm
from engagement.assessment.facts import Facts
from engagement.assessment.moved import moved
from engagement.assessment.results import Assessment, Change, ChangeKind, Review, Warning
from engagement.assessment.rules import Finding, Rule
from engagement.assessment.rules.base import REGISTERED
from engagement.assessment.slippage import Word, words_on
from engagement.assessment.terms import life_on
from engagement.assessment.values import History, Milestone, PortfolioTerms, ProgressReport, Severity

KINDS: Final[Mapping[ChangeKind, int]] = {kind: place for place, kind in enumerate(get_args(ChangeKind))}
ONE_DAY: Final = timedelta(days=1)
DIGITS: Final = 4
"""Shares are written as the JSON contract writes them."""


def review(
    before: Mapping[str, Assessment],
    after: Mapping[str, Assessment],
    histories: Mapping[str, History],
    since: date,
    as_of: date,
    *,
    portfolio_terms: PortfolioTerms | None = None,
) -> Review:
    """Two assessments of the same engagements compared, with what happened between: after ``since``, up to ``as_of``.

    ``histories`` have to be complete over these days. ``portfolio_terms`` are those of ``as_of``, for the agreed
    check-ins that were missed; without them the limits are the defaults.
    """
    terms = portfolio_terms or PortfolioTerms()
    changes: list[Change] = []
    for key in sorted(after):
        moved = _Moved(histories.get(key), terms, since, as_of)
        changes.extend(_judgements(before.get(key), after[key], moved))
        if key in histories:
            changes.extend(_events(after[key], histories[key], since, as_of, terms))
            changes.extend(_progress(before.get(key), after[key], histories[key], since, as_of))
        changes.extend(_finish(before.get(key), after[key], since, as_of))
    changes.sort(key=_order)
    return Review(since, as_of, tuple(changes))


def _order(change: Change) -> tuple[str, int, date, str]:
    return change.engagement, KINDS[change.what], change.on or date.min, change.milestone or change.rule or ""


class _Moved:
    """The limits that were changed between two days, and what would hold without that."""

    def __init__(self, history: History | None, terms: PortfolioTerms, since: date, as_of: date) -> None:
        changed = (*history.limits, *terms.limits) if history is not None else ()
        self._changes = [one for one in changed if since < one.set_on <= as_of]
        self._history, self._terms, self._since, self._as_of = history, terms, since, as_of

    def by(self, rule: str, old: Warning | None) -> str | None:
        """Who changed the limit that alone made a warning another one than before; None where it was the work.

        A side where nobody is named. It is asked what the rule would say had no limit been changed.
        """
        judged = REGISTERED.get(rule)
        if judged is None or self._history is None or life_on(self._history, self._as_of) not in judged.lives:
            return None
        names = {limit.name for limit in judged.limits}
        mine = [one for one in self._changes if one.limit in names]
        if not mine or self._without(judged) != (old.severity if old else None):
            return None
        return max(mine, key=attrgetter("set_on")).by or "us"

    def _without(self, rule: Rule) -> Severity | None:
        """What a rule would find without the changes."""
        if self._history is None:
            return None
        own, common = (
            tuple(one for one in limits if one.set_on <= self._since)
            for limits in (self._history.limits, self._terms.limits)
        )
        case = Case(self._history._replace(limits=own), self._terms._replace(limits=common), self._as_of)
        found = Facts(case, self._as_of).once(rule.check)
        return found.severity if isinstance(found, Finding) else None


def _judgements(before: Assessment | None, after: Assessment, moved: _Moved) -> Iterator[Change]:
    """Status and warnings: opened, escalated, eased, cleared, as a person who looks at what stands would say it.

    What is folded into another warning is not shown, so that it neither opens nor clears: the other one is told. A
    warning that is only folded now, because a bigger one opened, still holds and was not cleared; one that stands now
    because the bigger one went held before and is not new. It is told where it got worse while nobody saw it.
    """
    key = after.engagement
    if before is None or before.status != after.status:
        yield Change(key, "status", before.status if before else None, after.status, None)
    was, now = _by_rule(before), _by_rule(after)
    stood, stands = _standing(before), _standing(after)
    for rule in (was.keys() | now.keys()) & (stood | stands):
        old, new = was.get(rule), now.get(rule)
        kind = _became(old, new, stood=rule in stood, stands=rule in stands)
        if kind is not None:
            opened_on = new.since if new and old is None else None
            severities = (old.severity if old else None, new.severity if new else None)
            yield Change(key, kind, *severities, moved.by(rule, old), rule=rule, on=opened_on)


def _became(old: Warning | None, new: Warning | None, *, stood: bool, stands: bool) -> ChangeKind | None:
    """What to call the difference between a warning before and after; None where there is nothing to tell."""
    if old is None or new is None:
        return "warning_opened" if old is None else "warning_cleared"
    if old.severity == new.severity or not stands:
        return None
    if new.severity == "critical":
        return "warning_escalated"
    return "warning_eased" if stood else None


def _by_rule(assessment: Assessment | None) -> dict[str, Warning]:
    """Everything that fires, also what is folded."""
    if assessment is None:
        return {}
    return {warning.rule: warning for warning in (*assessment.warnings, *assessment.folded)}


def _standing(assessment: Assessment | None) -> frozenset[str]:
    """The rules whose warnings are shown by themselves."""
    return frozenset(warning.rule for warning in assessment.warnings) if assessment else frozenset()


def _progress(
    before: Assessment | None, after: Assessment, history: History, since: date, as_of: date
) -> Iterator[Change]:
    """The earned share of the whole work, where it is known and moved."""
    old = before.progress if before else None
    was = _share(old.earned) if old and old.known else None
    now = _share(after.progress.earned) if after.progress.known else None
    if was != now:
        reports = [
            report
            for milestone in history.milestones
            for report in milestone.reports
            if report.share is not None and since < report.reported_on <= as_of
        ]
        yield Change(after.engagement, "progress", was, now, _said_by(reports))


def _finish(before: Assessment | None, after: Assessment, since: date, as_of: date) -> Iterator[Change]:
    """The day by which it is done as likely as not, where something that is on record moved it: see `moved`.

    What only drifts, because time passes and nothing comes, is no change that anybody made.
    """
    found = moved(before, after, since, as_of)
    if found is not None and found.is_recorded:
        days = found.was_on.isoformat(), found.now_on.isoformat()
        yield Change(after.engagement, "finish", *days, None, because=found.because)


def _events(after: Assessment, history: History, since: date, as_of: date, terms: PortfolioTerms) -> Iterator[Change]:
    """What is dated between the two days: dates moved, deliveries, decisions, check-ins held and missed."""
    key = after.engagement
    counted = {state.milestone for state in after.milestones}
    for milestone in history.milestones:
        if milestone.key in counted:
            yield from _dates(key, milestone, since, as_of)
            yield from _deliveries(key, milestone, since, as_of)
    for check_in in history.check_ins:
        if since < check_in.held_on <= as_of:
            yield Change(
                key, "check_in_held", None, check_in.channel, check_in.by or check_in.side, on=check_in.held_on
            )
    for begin, _ in rhythm(history, terms, since, as_of).missed:
        if begin > since:
            yield Change(key, "check_in_missed", (begin - ONE_DAY).isoformat(), None, None, on=begin)


def _dates(key: str, milestone: Milestone, since: date, as_of: date) -> Iterator[Change]:
    """The agreed date and the expected one, each where the last word on it is another one than before."""
    for kind in ("baseline", "forecast"):
        was = _last(milestone, words_on(milestone, since), kind)
        words = words_on(milestone, as_of)
        now = _last(milestone, words, kind)
        if now is not None and was != now and any(word.said_on > since for word in words):
            by, on = _mover(milestone, words, kind)
            yield Change(
                key,
                "baseline" if kind == "baseline" else "forecast",
                was.isoformat() if was else None,
                now.isoformat(),
                by,
                milestone=milestone.key,
                on=on,
            )


def _last(milestone: Milestone, words: Sequence[Word], kind: str) -> date | None:
    """The last date named in words of a kind, else the first promise. A forecast stands until the next word of any."""
    named = words if kind == "forecast" else [word for word in words if word.kind == kind]
    return named[-1].forecast_on if named else milestone.due_on


def _mover(milestone: Milestone, words: Sequence[Word], kind: str) -> tuple[str | None, date]:
    """Who said the last word of a kind, and when."""
    word = next(word for word in reversed(words) if kind in ("forecast", word.kind))
    if word.kind == "baseline":
        approvers = [one.approved_by for one in milestone.baselines if one.set_on == word.said_on]
        return approvers[-1], word.said_on
    return _said_by([one for one in milestone.reports if one.forecast_on and one.reported_on == word.said_on][-1:]), (
        word.said_on
    )


def _deliveries(key: str, milestone: Milestone, since: date, as_of: date) -> Iterator[Change]:
    for delivery in milestone.deliveries:
        if since < delivery.delivered_on <= as_of:
            day = delivery.delivered_on
            yield Change(key, "delivered", None, day.isoformat(), "vendor", milestone=milestone.key, on=day)
        decided_on = delivery.decided_on or delivery.delivered_on
        if delivery.outcome and since < decided_on <= as_of and delivery.delivered_on <= as_of:
            yield Change(
                key, delivery.outcome, None, decided_on.isoformat(), "us", milestone=milestone.key, on=decided_on
            )


def _said_by(reports: Iterable[ProgressReport]) -> str | None:
    """The names of those who reported, else the sides they were on; None where nobody said."""
    said = {report.by or report.side for report in reports}
    return ", ".join(sorted(filter(None, said))) or None


def _share(share: float | None) -> str | None:
    return None if share is None else str(round(share, DIGITS))
