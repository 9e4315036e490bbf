"""How well rules, chances and forecasts did on recorded history: what fired, what came of it, whether the order held.

Every case (see `cases`) is judged from what was known by the end of its Friday, and by nothing later. Cases whose end
is not known yet are left out. What forecasts are judged by is in `foretold`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import fsum
from statistics import median
from typing import Any, Final, NamedTuple

from engagement.assessment import chance, foretold, wording
from engagement.assessment.attention import TIER_WEIGHTS
from engagement.assessment.case import Case
from engagement.assessment.cases import PromiseCase, cases, fridays
from engagement.assessment.chance import Level, Past
from engagement.assessment.facts import Facts
from engagement.assessment.foretold import Forecasts, Tables, Told
from engagement.assessment.measuring import Bucket, calibration, concordance, first_bad, lift, tallies
from engagement.assessment.rules import CATALOGUE, OVERSIGHT, Finding, Missing
from engagement.assessment.values import History, PortfolioTerms, Severity

BUCKETS: Final = 10
FIRST: Final = 10
"""As many are looked at in a week."""
LEAST_FIRED: Final = 20
"""Of fewer earlier cases nothing is said."""
NOTABLE: Final = 1.05
"""From so many times as often on dates slip oftener by an amount that anybody could notice."""
ONE_DAY: Final = timedelta(days=1)
JUDGED_RULES: Final = tuple(rule for rule in CATALOGUE if "active" in rule.lives)
"""Those that can fire on a case: there the engagement is active."""


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """How one rule did. What there is nothing to tell from is None."""

    rule: str
    cases: int = 0
    """On which it could be judged."""
    fired: int = 0
    followed: int = 0
    """Of those on which it fired: that ended badly."""
    base_rate: float | None = None
    """Of all on which it could be judged: the share that ended badly."""
    lift: float | None = None
    """The share that ended badly where it fired, over the base rate."""
    lift_low: float | None = None
    lift_high: float | None = None
    lead_days: float | None = None
    """Median days from the first Friday on which it fired on a broken promise to the line."""


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """How well the worst stood first in one order."""

    name: str
    auc: float | None
    """Of a case that ended badly and one that did not, how often the bad one stood first."""
    first_ten_bad: float | None
    """Of the first ten of a week, how many ended badly; None where no week had more than ten."""


@dataclass(frozen=True, slots=True)
class AttentionRecord:
    """How well the order of the list did."""

    cases: int
    bad: int
    weeks: int
    """With more than ten cases, so that the order mattered."""
    orderings: tuple[OrderRecord, ...]
    calibration: tuple[Bucket, ...]
    """Tenths of the cases by chance, lowest first."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """What recorded history says of rules and chances."""

    as_of: date
    rules: tuple[RuleRecord, ...]
    """One for every rule, in the order of the catalogue; those beyond one engagement have no cases."""
    attention: AttentionRecord
    level: Level
    """What the portfolio has learned by the day."""
    forecasts: Forecasts


class Judged(NamedTuple):
    """A case as it stood on its Friday."""

    case: PromiseCase
    fired: frozenset[str]
    unknown: frozenset[str]
    """Rules that could not be judged."""
    severity: tuple[int, int]
    """How many status rules were critical, and how many fired."""
    silent_days: int
    overdue_days: int
    """Of the latest open milestone past its current due date."""
    log_odds: float
    """Of the chance, without the level."""
    weight: float
    retainer: bool


class Tried(NamedTuple):
    """All cases of one engagement."""

    judged: tuple[Judged, ...]
    told: Told


def backtest(histories: Mapping[str, History], common: PortfolioTerms, as_of: date) -> Backtest:
    """The record of rules, order and forecasts, from complete histories of all engagements by the end of a day."""
    return counted([tried(one, common, as_of) for one in histories.values()], len(histories), as_of, Tables())


def tried(history: History, common: PortfolioTerms, as_of: date) -> Tried:
    """All cases of an engagement whose end is known by a day, from its complete history."""
    case = Case(history, common, as_of)
    return Tried(tuple(judge(case, as_of)), foretold.told(case, as_of))


def counted(those: Sequence[Tried], engagements: int, as_of: date, tables: Tables) -> Backtest:
    """The record of rules, order and forecasts, from the cases of a portfolio of so many engagements.

    ``tables``: what forecasts had learned by each month when it was counted last.
    """
    judged = [one for each in those for one in each.judged]
    level_on = _levels(judged, engagements)
    return Backtest(
        as_of=as_of,
        rules=tuple(_record(rule.id, judged) for rule in CATALOGUE) + tuple(RuleRecord(one.id) for one in OVERSIGHT),
        attention=_attention(judged, level_on),
        level=level_on(chance.learning_day(as_of)),
        forecasts=foretold.counted([each.told for each in those], engagements, as_of, tables),
    )


def judge(case: Case, as_of: date) -> Iterator[Judged]:
    """Every case of an engagement whose end is known by a day, judged on its Friday."""
    begin = min(terms.starts_on for terms in case.history.terms)
    end = min(case.history.closed_on or as_of, as_of)
    for one in cases(case, fridays(begin, end + ONE_DAY), as_of):
        yield _judged(case, one)


def is_beyond_chance(record: RuleRecord) -> bool:
    """Whether the whole interval of a lift lies above 1, as it is written on Methods: with two digits."""
    return record.lift_low is not None and round(record.lift_low, 2) > 1


def predicts(record: RuleRecord) -> bool:
    """What "a lift above 1" means wherever it is asked.

    On enough cases, with an interval that leaves out 1, and by an amount that anybody could notice.
    """
    notable = record.lift is not None and record.lift >= NOTABLE
    return record.fired >= LEAST_FIRED and is_beyond_chance(record) and notable


def told(record: RuleRecord, *, again: bool = False) -> str | None:
    """The record of a rule in one sentence, as it stands beside a warning; ``again``: where one stands already.

    None of a rule that `predicts` nothing here, or too little is known of: Methods says which, and a warning that says
    it is noise.
    """
    if not predicts(record) or record.base_rate is None:
        return None
    cases = f"In {record.followed:,} of {record.fired:,} earlier cases"
    slipped = "a date slipped" if again else "like this a date slipped by more than 30 days"
    return f"{cases} {slipped}, against {wording.share(record.base_rate)} of all."


def _judged(case: Case, one: PromiseCase) -> Judged:
    facts = Facts(case, one.day, in_brief=True)
    fired, unknown = set[str](), set[str]()
    severities: list[Severity] = []
    for rule in JUDGED_RULES:
        result = facts.once(rule.check)
        if isinstance(result, Missing) or (result is None and rule.has_input and not rule.has_input(facts)):
            unknown.add(rule.id)
        elif isinstance(result, Finding):
            fired.add(rule.id)
            if rule.kind == "status":
                severities.append(result.severity)
    measures = chance.measured(case, one.promise, one.made, one.day)
    return Judged(
        case=one,
        fired=frozenset(fired),
        unknown=frozenset(unknown),
        severity=(severities.count("critical"), len(severities)),
        silent_days=measures.silent_days,
        overdue_days=max((late.days for late in facts.late), default=0),
        log_odds=fsum(chance.parts(measures)),
        weight=TIER_WEIGHTS[facts.terms.tier],
        retainer=facts.retainer,
    )


# --- rules


def _record(rule: str, judged: Sequence[Judged]) -> RuleRecord:
    if all(rule != one.id for one in JUDGED_RULES):
        return RuleRecord(rule)
    known = [one for one in judged if rule not in one.unknown]
    if not known:
        return RuleRecord(rule)
    counted = tallies((one.case.engagement, rule in one.fired, one.case.is_bad) for one in known)
    bad = sum(one.bad for one in counted)
    found = lift(counted)
    return RuleRecord(
        rule=rule,
        cases=len(known),
        fired=sum(one.fired for one in counted),
        followed=sum(one.followed for one in counted),
        base_rate=bad / len(known),
        lift=found.lift if found else None,
        lift_low=found.low if found else None,
        lift_high=found.high if found else None,
        lead_days=_lead_days(rule, known),
    )


def _lead_days(rule: str, judged: Iterable[Judged]) -> float | None:
    """Median over the broken promises on which a rule fired: days from its first Friday to the line."""
    leads: dict[tuple[str, str], int] = {}
    for one in judged:
        case = one.case
        if case.is_bad and rule in one.fired:
            key = case.engagement, case.promise.milestone.key
            leads[key] = max(leads.get(key, 0), (case.line_on - case.day).days)
    return float(median(leads.values())) if leads else None


# --- the order


def _levels(judged: Sequence[Judged], engagements: int) -> Callable[[date], Level]:
    """What the portfolio had learned by the day before which everything was known."""
    past = [
        Past(one.case.day, one.case.line_on, one.log_odds, one.case.is_bad)
        for one in judged
        if not one.retainer and chance.is_learned_from(one.case.engagement, engagements)
    ]

    @cache
    def level_on(learned_on: date) -> Level:
        days = frozenset(chance.learning_fridays(learned_on))
        return chance.learned([one for one in past if one.day in days and one.line_on < learned_on], learned_on)

    return level_on


def _attention(judged: Sequence[Judged], level_on: Callable[[date], Level]) -> AttentionRecord:
    likely = {id(one): chance.chance(one.log_odds, level_on(chance.learning_day(one.case.day)).value) for one in judged}
    orders: dict[str, Callable[[Judged], Any]] = {
        "days silent": lambda one: one.silent_days,
        "days overdue": lambda one: one.overdue_days,
        "days past the promise": lambda one: (one.case.day - one.case.promise.first_on).days,
        "severity": lambda one: one.severity,
        "chance": lambda one: likely[id(one)],
        "chance x tier": lambda one: likely[id(one)] * one.weight,
        "at random": lambda _: 0,
    }
    weeks = defaultdict(list)
    for one in judged:
        weeks[one.case.day].append(one)
    return AttentionRecord(
        cases=len(judged),
        bad=sum(one.case.is_bad for one in judged),
        weeks=sum(len(week) > FIRST for week in weeks.values()),
        orderings=tuple(_order(name, by, judged, weeks.values()) for name, by in orders.items()),
        calibration=calibration(((likely[id(one)], one.case.is_bad) for one in judged), BUCKETS),
    )


def _order(
    name: str, by: Callable[[Judged], Any], judged: Iterable[Judged], weeks: Iterable[Sequence[Judged]]
) -> OrderRecord:
    return OrderRecord(
        name=name,
        auc=concordance((by(one), one.case.is_bad) for one in judged),
        first_ten_bad=first_bad([[(by(one), one.case.is_bad) for one in week] for week in weeks], FIRST),
    )
