"""The methods in words: what a rule looks for, what holds for it, how often it was right, and why one is first."""

import re
from datetime import date

import pytest

from engagement.assessment import attention, foretold, formulas, methods
from engagement.assessment.attention import NOBODY
from engagement.assessment.backtest import AttentionRecord, Backtest, RuleRecord
from engagement.assessment.chance import Level, Measures, parts
from engagement.assessment.limits import LIMITS, PLACEHOLDER
from engagement.assessment.rules import CATALOGUE, OVERSIGHT
from engagement.assessment.values import LimitChange, Tier

RULES = {rule.id: rule for rule in methods.ALL_RULES}
NO_FORECASTS = foretold.counted((), 0, date(2026, 11, 20), foretold.Tables())
FULL = RuleRecord("silent", 100, 40, 31, 0.5, 1.55, 1.2, 2.0, 27.0)


def test_every_rule_stands_in_one_group_and_every_limit_with_a_rule_or_apart() -> None:
    assert len(methods.ALL_RULES) == len(CATALOGUE) + len(OVERSIGHT)
    listed = [rule.id for group in methods.GROUPS for rule in methods.in_group(group)]
    assert sorted(listed) == sorted(rule.id for rule in methods.ALL_RULES)
    apart = {limit.name for limit in methods.common_limits()}
    of_rules = {limit.name for rule in RULES.values() for limit in rule.limits}
    assert apart | of_rules == set(LIMITS)
    assert not apart & of_rules


def test_in_a_group_the_rules_about_the_work_come_first() -> None:
    assert [rule.id for rule in methods.in_group("B")][:2] == ["too-much-too-soon", "expectations-not-agreed"]


def test_a_rule_is_found_by_words_of_its_sentence_its_limits_and_its_name_and_all_have_to_fit() -> None:
    assert [rule.id for rule in methods.found("Stopped REPORTING")] == ["vendor-silent"]
    assert [rule.id for rule in methods.found("vendor-silent-days")] == ["vendor-silent"]
    assert [rule.id for rule in methods.found("same task")] == ["same-task-twice"]
    assert methods.found("reporting bananas") == ()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("overdue", "About the work: it makes an engagement at risk or off track and puts a card on This week."),
        ("no-budget", "A gap in the plan: it counts in the set-up and never makes an engagement at risk."),
        ("access-not-revoked", "Left to do on closed work:"),
        ("no-retrospective", "Left to do on closed work:"),
        ("same-task-twice", "A question about two engagements: it counts in the set-up of neither"),
        ("promises-broken", "Good practice, about a vendor, a person or the portfolio:"),
        ("monitor-stopped", "About the portfolio: it is told by itself and makes no engagement at risk."),
    ],
)
def test_what_follows_from_a_rule_is_said_of_that_rule(rule: str, said: str) -> None:
    assert methods.kind_of(RULES[rule]).startswith(said)


def test_the_reason_of_a_default_is_not_given_for_another_value() -> None:
    limit = LIMITS["overdue-critical"]
    usual = "A week late is no rounding any more."
    assert methods.why(methods.InForce(limit, 7)) == usual
    change = LimitChange("overdue-critical", 14, date(2026, 11, 10), "Ana", "Their month ends later")
    assert methods.why(methods.InForce(limit, 14, change)) == (
        f"Their month ends later. Of 7 days, the default: {usual}"
    )
    unsaid = change._replace(reason=None)
    assert methods.why(methods.InForce(limit, 14, unsaid)) == f"It was changed. Of 7 days, the default: {usual}"


def test_limits_that_no_rule_reads_are_found_too() -> None:
    assert [limit.name for limit in methods.found_limits("abandoned")] == ["abandoned"]
    assert [limit.name for limit in methods.found_limits("In hand")] == ["in-hand"]
    assert methods.found_limits("cadence") == ()  # of rules: found there


@pytest.mark.parametrize(
    ("name", "value", "said", "bounds"),
    [
        ("grace", 2, "2 days", "0 to 90 days"),
        ("grace", 1, "1 day", "0 to 90 days"),
        ("abandoned", 3650, "3,650 days", "1 to 3,650 days"),
        ("benefit", 0.7, "70 %", "5 to 100 %"),
        ("hollow-alike", 0.975, "97.5 %", "50 to 100 %"),
        ("rate-drift", 1.1, "1.1 times", "1 to 5 times"),
        ("backfilled-on", 0, "off", "on or off"),
        ("backfilled-on", 1, "on", "on or off"),
    ],
)
def test_limits_are_said_with_their_unit(name: str, value: float, said: str, bounds: str) -> None:
    assert (LIMITS[name].said(value), LIMITS[name].bounds) == (said, bounds)


def test_a_limit_in_force_names_the_change_it_comes_from() -> None:
    later = LimitChange("grace", 5, date(2026, 11, 10), "Ana", "Slow starters")
    common = (later, LimitChange("grace", 4, date(2026, 10, 1)))  # the latest first
    own = (LimitChange("grace", 9, date(2026, 11, 19)),)

    def now(day: date, own: tuple[LimitChange, ...] = ()) -> tuple[float, LimitChange | None]:
        (found,) = methods.in_force([LIMITS["grace"]], own, common, day)
        return found.value, found.change

    assert now(date(2026, 9, 30)) == (2, None)
    assert now(date(2026, 11, 9)) == (4, common[1])
    assert now(date(2026, 11, 10)) == (5, later)
    assert now(date(2026, 11, 18), own) == (5, later)
    assert now(date(2026, 11, 19), own) == (9, own[0])


def test_a_condition_says_the_values_in_force() -> None:
    rule = RULES["promises-broken"]
    assert rule.fires({}).startswith(
        "Of at least five promises of a vendor that came due in 90 days fewer than 80 % were kept; critical under 60 %."
    )
    assert rule.fires({"promises-least": 4, "promises-window": 60, "promises": 0.75, "grace": 9}).startswith(
        "Of at least four promises of a vendor that came due in 60 days fewer than 75 % were kept; critical under 60 %."
    )
    assert "SPI(t) is under 0.85; critical under 0.8," in RULES["behind-plan"].fires({"behind": 0.85})


@pytest.mark.parametrize("rule", methods.ALL_RULES, ids=lambda rule: rule.id)
def test_every_number_in_a_condition_is_a_limit_of_its_rule(rule: methods.AnyRule) -> None:
    own = {limit.name for limit in rule.limits}
    assert {found["name"] for found in PLACEHOLDER.finditer(rule.condition)} <= own
    assert not re.search(r"\d", PLACEHOLDER.sub("", rule.condition))


def test_the_record_in_full() -> None:
    assert methods.record_of(RULES["silent"], FULL) == (
        "It fired on 40 of 100 earlier cases. On 31 of them, 78 %, a date slipped by more than 30 days, against 50 % "
        "of all: 1.55 times as often (95 %: 1.20 to 2.00). It first fired 27 days ahead, in the median. Here it is "
        "more than chance."
    )


@pytest.mark.parametrize(
    ("lift", "low", "verdict"),
    [
        (1.05, 1.01, "Here it is more than chance."),
        (2.57, 1.03, "Here it is more than chance."),
        (1.049, 1.01, "Here it says next to nothing: dates slip hardly more often after it."),
        (1.01, 1.006, "Here it says next to nothing: dates slip hardly more often after it."),
        (1.01, 1.004, "Here that can be chance."),  # it is written as 1.00
        (1.5, 1.0, "Here that can be chance."),
        (1.0, 0.9, "Here it predicts nothing: dates slip no more often after it."),
    ],
)
def test_a_rule_that_does_not_predict_says_so(lift: float, low: float, verdict: str) -> None:
    record = RuleRecord("silent", 100, 40, 31, 0.5, lift, low, 2.0, 27.0)
    assert methods.record_of(RULES["silent"], record).endswith(verdict)


def test_below_twenty_cases_and_without_any_nothing_is_claimed() -> None:
    few = RuleRecord("silent", 100, 19, 19, 0.5, 2.0, 1.5, 2.5, 27.0)
    assert "19 of 100 earlier cases: too few" in methods.record_of(RULES["silent"], few)
    assert "slipped" not in methods.record_of(RULES["silent"], few)
    assert "slipped" in methods.record_of(RULES["silent"], RuleRecord("silent", 100, 20, 19, 0.5, 2.0, 1.5, 2.5, 27.0))
    never = RuleRecord("silent", 100, 0, 0, 0.5)
    assert methods.record_of(RULES["silent"], never) == "Judged on 100 earlier cases, and it never fired."
    assert methods.record_of(RULES["flatline"], RuleRecord("flatline")) == methods.NEVER_JUDGED
    for rule in ("no-retrospective", "overloaded-owner"):  # about closed work, and about a person
        assert methods.record_of(RULES[rule], RuleRecord(rule)) == methods.NO_CASES


def test_the_summary_names_the_rules_that_are_more_than_chance() -> None:
    by_chance = RuleRecord("budget", 100, 25, 13, 0.5, 1.04, 0.8, 1.3)
    few = RuleRecord("overdue", 100, 19, 19, 0.5, 2.0, 1.5, 2.5)
    level = Level(-3.3, 0, date(2026, 11, 1))

    def over(*records: RuleRecord) -> Backtest:
        return Backtest(date(2026, 11, 20), records, AttentionRecord(100, 50, 0, (), ()), level, NO_FORECASTS)

    assert methods.summary(over(FULL, by_chance, few)) == (
        "Of 2 rules that fired on 20 or more of 100 earlier cases here, 1 went with slipped dates clearly oftener "
        "than chance explains: silent."
    )
    assert methods.summary(over(few)).startswith("100 cases of this portfolio are over: no rule has fired on 20")


def test_the_measures_listed_are_those_that_are_added_up() -> None:
    listed = [one.coefficient for one in formulas.measures()]
    # 60 / e days left, endless milestones open, silence, slip and moves, 30 e days planned, nothing delivered
    far = 10**9
    found = parts(Measures(round(60 / 2.718281828), 0, far, far, far, far, round(30 * 2.718281828), True))
    assert found == pytest.approx(listed[:-1], rel=0.02)
    assert listed[-1] == -3.3


REASONS = ("9 days past its first promise", "moved by 9 days", "c")


@pytest.mark.parametrize(
    ("chance", "is_own", "tier", "said"),
    [
        (
            0.71,
            True,
            "high",
            '71 % likely that "Load" slips by more than 30 days: 9 days past its first promise, moved by 9 days and c. '
            "Tier high puts it further up.",
        ),
        (
            0.71,
            False,
            "standard",
            'It stands here for "Load": 9 days past its first promise, moved by 9 days and c.',
        ),
        (
            1.0,
            False,
            "low",
            "Every open promise is broken already: 9 days past its first promise, moved by 9 days and c. "
            "Tier low puts it further down.",
        ),
    ],
)
def test_why_something_stands_where_it_stands_names_the_milestone_and_the_main_reasons_in_their_order(
    chance: float, is_own: bool, tier: Tier | None, said: str
) -> None:
    found = NOBODY._replace(chance=chance, because=REASONS, milestone="Load")
    assert attention.told(found, tier, is_own=is_own) == said


def test_three_reasons_are_enough_and_a_chance_without_one_stands_alone() -> None:
    found = NOBODY._replace(chance=0.5, because=tuple("abcde"), milestone="Load")
    assert attention.told(found, None, is_own=True) == (
        '50 % likely that "Load" slips by more than 30 days: a, b and c.'
    )
    bare = found._replace(because=())
    assert attention.told(bare, None, is_own=True) == '50 % likely that "Load" slips by more than 30 days.'
    assert attention.told(bare, None, is_own=False) is None


def test_where_no_day_is_promised_the_place_in_the_order_is_explained_in_plain_words() -> None:
    found = NOBODY._replace(score=0.5, because=("no day is promised for what is left to do",))
    assert attention.told(found, None, is_own=True) == (
        "No day is promised for what is left to do. In the order it counts as if it were as likely to slip as not."
    )


def test_the_place_of_work_without_a_warning_is_explained_as_that() -> None:
    found = NOBODY._replace(rank=8, chance=0.04, because=("first promised for 27 Nov",), milestone="Run")
    assert attention.told_calm(found, None, is_own=True) == (
        'Number 8 in the order of all. 4 % likely that "Run" slips by more than 30 days: first promised for 27 Nov.'
    )
    assert attention.told_calm(NOBODY, None, is_own=True) is None


def test_that_the_order_was_learned_elsewhere_is_said_where_a_chance_makes_it_and_the_portfolio_is_young() -> None:
    likely, broken = NOBODY._replace(chance=0.99), NOBODY._replace(chance=1.0)
    assert attention.borrowed([broken, NOBODY, likely], is_own=False) == (
        "The order rests on what was learned from other portfolios: this one has too little history of its own yet."
    )
    assert attention.borrowed([likely], is_own=True) is None
    assert attention.borrowed([broken, NOBODY], is_own=False) is None


def test_the_order_says_what_it_is_not_where_more_than_one_has_broken_every_promise() -> None:
    broken, likely = NOBODY._replace(chance=1.0), NOBODY._replace(chance=0.99)
    assert attention.ordered_by([broken, likely, NOBODY]) == attention.ORDER
    told = attention.ordered_by([broken, likely, broken])
    assert told.startswith(attention.ORDER)
    assert "among them the order says nothing but the budget" in told


def test_what_needs_nobody_is_not_explained() -> None:
    assert attention.told(NOBODY, "high", is_own=True) is None


def test_the_formulas_show_the_values_in_force_and_no_other_limit() -> None:
    contact = formulas.in_force({"cadence-standard": 14, "forgotten-cadences": 3})[0]
    assert "14 days for standard" in contact.lines[1]
    assert "after three cadences" in contact.lines[2]
    assert contact.steps[-1] == "forgotten after = begin + 3 x C + G"
    assert "7 days for standard" in formulas.in_force({})[0].lines[1]
    named = {
        found["name"]
        for formula in formulas.FORMULAS
        for text in (*formula.lines, *formula.steps)
        for found in PLACEHOLDER.finditer(text)
    }
    assert named <= set(LIMITS)
