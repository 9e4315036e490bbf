"""One engagement as of a day: its history in, its figures, warnings and status out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple, get_args

from engagement.assessment.attention import attention
from engagement.assessment.case import Case
from engagement.assessment.contact import DEFAULT_TIER
from engagement.assessment.facts import Facts
from engagement.assessment.forecast import finish_outlook, outlooks
from engagement.assessment.kept import kept, recently_kept, retainer_kept
from engagement.assessment.plan import Plan
from engagement.assessment.results import (
    Assessment,
    Contact,
    Cost,
    Likely,
    MilestoneState,
    Progress,
    Schedule,
    Unknown,
    Warning,
)
from engagement.assessment.rules import CATALOGUE, Finding, Missing, Rule
from engagement.assessment.rules.base import REGISTERED
from engagement.assessment.rules.plan import setup
from engagement.assessment.since import Unread, first_day, gets_worse
from engagement.assessment.terms import life_on, life_since, paused_until, terms_on
from engagement.assessment.values import History, Kind, Life, Log, PortfolioTerms, Response, Severity, Status, Terms

SEVERITIES: Final[Mapping[Severity, int]] = {"critical": 0, "warning": 1}
KINDS: Final[Mapping[Kind, int]] = {"status": 0, "set-up": 1, "nudge": 2}
LAST_PROMISES: Final = 12
"""As many of a retainer's last due occurrences tell how it keeps its dates."""
RULES_OF: Final[Mapping[Life, tuple[Rule, ...]]] = {
    life: tuple(rule for rule in CATALOGUE if life in rule.lives) for life in get_args(Life)
}
"""The rules that run, by where the engagement is in its life."""
STATUS_RULES: Final = tuple(rule for rule in CATALOGUE if rule.kind == "status")


class Assessed(NamedTuple):
    """An assessment, and what has to be read before it is exact."""

    assessment: Assessment
    needs: frozenset[Log]
    """Logs to be read in full. Empty where the history was enough; else some figures and days are provisional."""
    undated: frozenset[str] = frozenset()
    """Rules of which it is not known since when they fire, where that is all that is provisional."""


def assess(history: History, portfolio_terms: PortfolioTerms, as_of: date) -> Assessed:
    """What the records of an engagement mean by the end of a day; nothing dated later counts.

    The assessment bears no rank: that takes the whole portfolio. Of a closed engagement everything is as of the day it
    was closed, but the names it goes by are those of today.
    """
    life = life_on(history, as_of)
    closed_on = history.closed_on if life == "closed" else None
    case = Case(history, portfolio_terms, as_of)
    facts = Facts(case, closed_on or as_of)
    undated: dict[str, frozenset[Log]] = {}
    warnings, unknown = _judge(Facts(case, as_of) if closed_on else facts, life, undated)
    standing, folded = _fold(warnings)
    today = terms_on(history, as_of)
    held = [one for one in history.terms if one is today or one.from_on is None or one.from_on <= as_of]
    outlook = facts.once(finish_outlook)
    assessment = Assessment(
        engagement=history.key,
        name=today.name,
        vendor=today.vendor,
        category=today.category,
        owner=today.owner,
        lead=today.lead,
        deputy=today.deputy,
        tier=facts.terms.tier or DEFAULT_TIER,
        contract=facts.terms.contract,
        currency=facts.terms.currency,
        goal=facts.terms.goal,
        ends_on=facts.terms.ends_on,
        life=life,
        paused_until=paused_until(history, as_of) if life == "paused" else None,
        closed_on=closed_on,
        status=_status(facts, life, warnings),
        declared_status=facts.logs.declared_status(),
        contact=facts.contact if life == "active" else _last_contact(facts),
        progress=_progress(facts),
        schedule=_schedule(facts, outlook.likely if outlook else None),
        cost=_cost(facts),
        milestones=_milestones(facts),
        warnings=standing,
        folded=folded,
        setup=setup(facts),
        unknown=unknown,
        attention=attention(facts, active=life == "active"),
        country=facts.terms.country,
        scope=today.scope,
        recent_promises=recently_kept(case),
        owners=tuple(dict.fromkeys(terms.owner for terms in held if terms.owner)),
        vendors=tuple(dict.fromkeys(terms.vendor for terms in held)),
        starts=tuple(_starts(held)),
        outlook=outlook,
    )
    return Assessed(
        assessment,
        frozenset(facts.doubts).union(*undated.values()),
        frozenset() if facts.doubts else frozenset(undated),
    )


def again(before: Assessed, history: History, portfolio_terms: PortfolioTerms, as_of: date) -> Assessed:
    """The same assessment from a history in which the logs that it needed are complete.

    Where all that was provisional is since when some warnings hold, only that is asked again.
    """
    if not before.undated:
        return assess(history, portfolio_terms, as_of)
    facts = Facts(Case(history, portfolio_terms, as_of), as_of)
    floor = life_since(history, as_of)
    undated: dict[str, frozenset[Log]] = {}

    def dated(warning: Warning) -> Warning:
        if warning.rule not in before.undated:
            return warning
        rule = REGISTERED[warning.rule]
        return warning._replace(**_dates(rule, warning.severity, facts, floor, undated)._asdict())

    one = before.assessment
    one = one._replace(warnings=tuple(map(dated, one.warnings)), folded=tuple(map(dated, one.folded)))
    return Assessed(one, frozenset().union(*undated.values()), frozenset(undated))


# --- warnings


class _Dates(NamedTuple):
    """Since when a warning holds, and in whose hands it is."""

    since: date
    in_hand_until: date | None
    in_hand_by: str | None
    in_hand_plan: str | None


def _judge(
    facts: Facts, life: Life, undated: dict[str, frozenset[Log]]
) -> tuple[Sequence[Warning], tuple[Unknown, ...]]:
    """Every rule asked that runs in this life: the warnings of those that fire, and what is missing for the others.

    The facts are those of the day itself, also where the engagement was closed before.
    """
    warnings, unknown = [], []
    floor = None
    for rule in RULES_OF.get(life, ()):
        result = facts.once(rule.check)
        if isinstance(result, Finding):
            floor = floor or life_since(facts.history, facts.day)
            dates = _dates(rule, result.severity, facts, floor, undated)
            warnings.append(_warning(rule, result, dates, facts.terms.vendor))
        elif isinstance(result, Missing):
            unknown.append(Unknown(rule.id, result.text))
    unknown.sort(key=lambda one: one.rule)
    return warnings, tuple(unknown)


def _warning(rule: Rule, finding: Finding, dates: _Dates, vendor: str) -> Warning:
    return Warning(
        rule=rule.id,
        kind=rule.kind,
        severity=finding.severity,
        since=dates.since,
        evidence=finding.evidence,
        next_step=finding.next_step or rule.step(vendor),
        in_hand_until=dates.in_hand_until,
        in_hand_by=dates.in_hand_by,
        in_hand_plan=dates.in_hand_plan,
    )


def _dates(rule: Rule, severity: Severity, facts: Facts, floor: date, undated: dict[str, frozenset[Log]]) -> _Dates:
    """The days of a rule that fires; what they lack to be exact goes into ``undated``."""
    since, response = floor, None
    try:
        since = first_day(rule, facts.case, floor, facts.day)
        response = in_hand(rule, since, facts)
    except Unread as unread:
        undated[rule.id] = unread.logs
    if response is None:
        return _Dates(since, None, None, None)
    return _Dates(since, _until(response, facts), response.assignee, response.plan)


def in_hand(rule: Rule, since: date, facts: Facts) -> Response | None:
    """The latest response to this run of a rule that still holds; none once it has got worse since it was given."""
    if not facts.history.responses:
        return None
    said = [
        response
        for response in facts.history.responses
        if response.rule == rule.id and since <= response.said_on <= facts.day <= _until(response, facts)
    ]
    if not said:
        return None
    response = max(said, key=lambda one: one.said_on)
    return None if gets_worse(rule, facts.case, response.said_on, facts.day) else response


def _until(response: Response, facts: Facts) -> date:
    """The day up to which a response holds: nothing is in hand for longer than a month without being said again."""
    return min(response.until_on, response.said_on + timedelta(days=facts.days("in-hand")))


def _fold(warnings: Sequence[Warning]) -> tuple[tuple[Warning, ...], tuple[Warning, ...]]:
    """Warnings that stand by themselves, with what they cover, and those that are covered: both in order."""
    if not warnings:
        return (), ()
    firing = {warning.rule for warning in warnings}
    covered = {rule.id: [one for one in rule.covered_by if one in firing] for rule in CATALOGUE if rule.id in firing}
    standing, folded = [], []
    for warning in warnings:
        if covered[warning.rule]:
            folded.append(warning)
            continue
        covers = tuple(sorted(rule for rule, by in covered.items() if warning.rule in by))
        standing.append(warning._replace(covers=covers) if covers else warning)
    return tuple(sorted(standing, key=_order)), tuple(sorted(folded, key=_order))


def _order(warning: Warning) -> tuple[int, int, str]:
    return SEVERITIES[warning.severity], KINDS[warning.kind], warning.rule


def _status(facts: Facts, life: Life, warnings: Iterable[Warning]) -> Status:
    """The status by life, or by the warnings about the work; those that are covered count too."""
    if life == "active":
        return active_status(facts, {warning.severity for warning in warnings if warning.kind == "status"})
    return life


def active_status(facts: Facts, severities: set[Severity]) -> Status:
    """The status of what is under way, by the severities of its warnings about the work."""
    if severities:
        return "off_track" if "critical" in severities else "at_risk"
    if facts.contact.last_on is None and not facts.plan.dated:
        return "unknown"
    return "on_track"


# --- figures


def _last_contact(facts: Facts) -> Contact:
    """When we last talked. Nothing more is asked of an engagement that is not active."""
    last_on = facts.logs.last_contact_on()
    if facts.logs.contact_in_doubt():
        facts.doubts.add("check_ins")
    return Contact(last_on, (facts.day - last_on).days if last_on else None, None, None, None, None, None, None)


def _progress(facts: Facts) -> Progress:
    done, curve = facts.shares, facts.plan.curve
    if done is None or curve is None:
        return Progress(None, None, None, None, known=False)
    return Progress(
        planned=curve.share(facts.day),
        claimed=done.claimed / done.total,
        earned=done.earned / done.total,
        accepted=done.accepted / done.total,
        known=done.known,
    )


def _schedule(facts: Facts, likely: Likely | None) -> Schedule:
    plan, forecast_on = facts.plan, facts.forecast_finish_on
    slip = (forecast_on - plan.first_finish_on).days if forecast_on and plan.first_finish_on else None
    promises, median_days_late = retainer_kept(facts) if facts.retainer else (kept(facts), None)
    return Schedule(
        starts_on=facts.terms.starts_on,
        baseline_finish_on=plan.first_finish_on,
        forecast_finish_on=forecast_on,
        slip_days=slip,
        spi_t=facts.spi_t,
        earned_schedule_on=facts.earned_schedule_on,
        overdue_milestones=len(facts.late),
        p50_finish_on=likely.p50_on if likely else None,
        p80_finish_on=likely.p80_on if likely else None,
        promises=promises,
        median_days_late=median_days_late,
        due_finish_on=plan.finish_on,
    )


def _starts(held: Sequence[Terms]) -> Iterator[tuple[date, date | None]]:
    """Its first day as agreed, oldest first, from each day on which that changed; None while it was a draft."""
    agreed = [(terms.from_on or date.min, None if terms.status == "draft" else terms.starts_on) for terms in held]
    yield from (turn for before, turn in pairwise([(date.max, date.max), *agreed]) if turn[1] != before[1])


def _cost(facts: Facts) -> Cost:
    spent = facts.spent if facts.history.spend and facts.logs.has_spend() else None
    return Cost(
        budget=facts.terms.budget,
        spent=spent,
        spent_this_month=facts.spent_this_month if facts.retainer and spent is not None else None,
        in_house_cost=facts.terms.in_house_cost,
        to_finish=facts.to_finish,
    )


def _milestones(facts: Facts) -> tuple[MilestoneState, ...]:
    """Milestones that count, dated ones first, in recorded order."""
    plan, undated = facts.plan, [place for place, due in enumerate(facts.plan.dues) if due is None]
    if any(facts.logs.shares_in_doubt(plan.milestones[place]) for place in undated):
        facts.doubts.add("reports")
    total = plan.total
    states = [
        _milestone(facts, plan, place, start, weight / total if total else None)
        for place, start, weight in zip(plan.dated, plan.starts, plan.weights, strict=True)
    ]
    return (*states, *(_milestone(facts, plan, place, None, None) for place in undated))


def _milestone(facts: Facts, plan: Plan, place: int, starts_on: date | None, share: float | None) -> MilestoneState:
    milestone, first, due = plan.milestones[place], plan.firsts[place], plan.dues[place]
    delivered_on, accepted_on, pending_since = facts.handovers[place]
    forecast = facts.forecasts[place]
    outlook = facts.once(outlooks)[place]
    is_late = due is not None and delivered_on is None and due < facts.day
    return MilestoneState(
        milestone=milestone.key,
        name=milestone.name,
        baseline_on=first,
        due_on=due,
        forecast_on=forecast,
        delivered_on=delivered_on,
        accepted_on=accepted_on,
        slip_days=(forecast - first).days if forecast and first else None,
        claimed=facts.done.claims[place] if delivered_on is None else 1.0,
        starts_on=starts_on,
        value=milestone.value,
        share=share,
        overdue_days=(facts.day - due).days if is_late and due else 0,
        decision_pending_since=pending_since,
        named_on=facts.words[place],
        **(outlook.likely._asdict() if outlook else {}),
    )
