"""The methods in words: what each rule looks for, the limits in force, and how often it has been right.

Everything is read off the catalogue and the limits: nothing is listed here a second time.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from engagement.assessment.backtest import LEAST_FIRED, Backtest, RuleRecord, is_beyond_chance, predicts
from engagement.assessment.limits import LIMITS, Limit
from engagement.assessment.rules import CATALOGUE, OVERSIGHT, PortfolioRule, Rule
from engagement.assessment.rules.base import Group
from engagement.assessment.values import Kind, LimitChange
from engagement.assessment.wording import count, listed, sentence, share

AnyRule = Rule | PortfolioRule
ALL_RULES: Final[tuple[AnyRule, ...]] = (*CATALOGUE, *OVERSIGHT)
GROUPS: Final[Mapping[Group, str]] = {
    "A": "Contact",
    "B": "The plan",
    "C": "Delivery",
    "D": "Money",
    "E": "Oversight",
}
KINDS: Final[Mapping[Kind, str]] = {
    "status": "about the work: it makes an engagement at risk or off track and puts a card on This week",
    "set-up": "a gap in the plan: it counts in the set-up and never makes an engagement at risk",
    "nudge": "good practice: it is shown with the engagement and never makes one at risk",
}
BEYOND_KINDS: Final[Mapping[Kind, str]] = {
    "status": "about the portfolio: it is told by itself and makes no engagement at risk",
    "set-up": "a question about two engagements: it counts in the set-up of neither and makes none at risk",
    "nudge": "good practice, about a vendor, a person or the portfolio: it makes no engagement at risk",
}
"""The same of rules about more than one engagement."""
LEFT_TO_DO: Final = (
    "left to do on closed work: it stands on its page and in the weekly list, and has no status to change"
)
FICTION: Final = (
    "This is the sample: it is fiction, written to show warnings. That they came true here proves nothing; your own "
    "records will tell what they are worth."
)
IN_FICTION: Final = "That is the sample, which is fiction."
NO_CASES: Final = "It is not about the open work of one engagement, so that there are no cases to judge it by."
NEVER_JUDGED: Final = "It could not be judged on any earlier case: what it needs was not recorded, or it is off."


class InForce(NamedTuple):
    """A limit and its value as of a day."""

    limit: Limit
    value: float
    change: LimitChange | None = None
    """The change it comes from; None where the default holds."""


def in_group(group: Group) -> tuple[AnyRule, ...]:
    """The rules of a group, those about the work first, in the order of the catalogue."""
    kinds = list(KINDS)
    return tuple(sorted((rule for rule in ALL_RULES if rule.group == group), key=lambda rule: kinds.index(rule.kind)))


def found(words: str) -> tuple[AnyRule, ...]:
    """The rules in which every one of some words occurs: in what is said of them, or in a limit's name or reason."""
    wanted = words.casefold().split()
    return tuple(rule for rule in ALL_RULES if all(word in _text(rule) for word in wanted))


def common_limits() -> tuple[Limit, ...]:
    """Limits that no rule reads: they hold for what is made of the warnings."""
    read = {limit.name for rule in ALL_RULES for limit in rule.limits}
    return tuple(limit for limit in LIMITS.values() if limit.name not in read)


def in_force(
    limits: Sequence[Limit], own: Sequence[LimitChange], common: Sequence[LimitChange], as_of: date
) -> tuple[InForce, ...]:
    """Limits with their values as of a day: the latest change of the engagement's own, else of all, else the default.

    Changes come the latest first, as `records.thresholds` gives them.
    """
    return tuple(_in_force(limit, own, common, as_of) for limit in limits)


def next_step(rule: AnyRule) -> str:
    """What a rule proposes, whoever it is about."""
    return rule.step("the vendor" if isinstance(rule, Rule) else "whoever it names")


def kind_of(rule: AnyRule) -> str:
    """What follows from a rule: which kind it is of, in a sentence."""
    if isinstance(rule, PortfolioRule):
        kind = BEYOND_KINDS[rule.kind]
    else:
        kind = KINDS[rule.kind] if "active" in rule.lives else LEFT_TO_DO
    return sentence(kind)


def why(one: InForce) -> str:
    """Why a limit is what it is: what was said when it was changed, and that the usual reason is the default's."""
    if one.value == one.limit.default:
        return one.limit.why
    reason = sentence(one.change.reason) if one.change and one.change.reason else "It was changed."
    return f"{reason} Of {one.limit.said(one.limit.default)}, the default: {one.limit.why}"


def found_limits(words: str) -> tuple[Limit, ...]:
    """The limits that belong to no single rule and in whose name or reason every one of some words occurs."""
    wanted = words.casefold().split()
    return tuple(one for one in common_limits() if all(word in _limit_text(one) for word in wanted))


def covered(rule: AnyRule) -> str | None:
    """Which rules a rule is folded into; None where it always stands by itself."""
    by = rule.covered_by if isinstance(rule, Rule) else ()
    return f"Folded into {listed(by)} while that fires." if by else None


def record_of(rule: AnyRule, record: RuleRecord) -> str:
    """How often a rule was right so far, in full: what it fired on, what came of it, and whether that says anything."""
    if not record.cases:
        return NEVER_JUDGED if isinstance(rule, Rule) and "active" in rule.lives else NO_CASES
    judged = count(record.cases, "earlier case")
    if not record.fired:
        return f"Judged on {judged}, and it never fired."
    if record.fired < LEAST_FIRED or record.base_rate is None or record.lift is None:
        return f"It fired on {record.fired:,} of {judged}: too few to tell anything. From {LEAST_FIRED} on it is told."
    ahead = f" It first fired {record.lead_days:.0f} days ahead, in the median." if record.lead_days else ""
    bad = share(record.followed / record.fired)
    return (
        f"It fired on {record.fired:,} of {judged}. On {record.followed:,} of them, {bad}, a date slipped by more "
        f"than 30 days, against {share(record.base_rate)} of all: "
        f"{record.lift:.2f} times as often{_interval(record)}.{ahead} {verdict(record)}"
    )


def verdict(record: RuleRecord) -> str:
    """Whether a rule with enough history predicts anything here, in a sentence, by the interval as it is written."""
    if record.lift is None or record.lift <= 1:
        return "Here it predicts nothing: dates slip no more often after it."
    if not is_beyond_chance(record):
        return "Here that can be chance."
    if not predicts(record):
        return "Here it says next to nothing: dates slip hardly more often after it."
    return "Here it is more than chance."


def summary(known: Backtest) -> str:
    """What the history of a portfolio says of the rules as a whole."""
    cases = known.attention.cases
    told = [one for one in known.rules if one.fired >= LEAST_FIRED and one.lift is not None]
    if not told:
        return (
            f"{count(cases, 'case').capitalize()} of this portfolio {'is' if cases == 1 else 'are'} over: "
            f"no rule has fired on {LEAST_FIRED} of them yet, so that none can be told to be right or wrong here."
        )
    good = sorted((one for one in told if predicts(one)), key=_lift, reverse=True)
    names = f": {listed([one.rule for one in good], most=6)}" if good else ""
    return (
        f"Of {count(len(told), 'rule')} that fired on {LEAST_FIRED} or more of {count(cases, 'earlier case')} here, "
        f"{len(good) or 'none'} went with slipped dates clearly oftener than chance explains{names}."
    )


def _in_force(limit: Limit, own: Sequence[LimitChange], common: Sequence[LimitChange], as_of: date) -> InForce:
    for change in (*own, *common):
        if change.limit == limit.name and change.set_on <= as_of:
            return InForce(limit, change.value, change)
    return InForce(limit, limit.default)


def _limit_text(limit: Limit) -> str:
    return f"{limit.name} {limit.name.replace('-', ' ')} {limit.why}".casefold()


def _text(rule: AnyRule) -> str:
    limits = map(_limit_text, rule.limits)
    parts = (rule.id, rule.sentence, rule.fires({}), rule.next_step, rule.kind, GROUPS[rule.group], *limits)
    return " ".join(parts).casefold()


def _interval(record: RuleRecord) -> str:
    if record.lift_low is None or record.lift_high is None:
        return ""
    return f" (95 %: {record.lift_low:.2f} to {record.lift_high:.2f})"


def _lift(record: RuleRecord) -> float:
    return record.lift or 0.0
