"""What a plan needs: each item met and missing, and the set-up that counts them."""

from decimal import Decimal

import pytest

from engagement.assessment import agenda
from engagement.assessment.results import Setup
from engagement.assessment.rules import CATALOGUE
from engagement.assessment.values import Baseline, History, Metric, PortfolioTerms, Series
from tests.assessment.made import TOGETHER, a_history, a_milestone, assessed, fired, on, severity, some_terms, talks

FULL = a_history(milestones=(a_milestone("M1", 40), a_milestone("M2", 80)), check_ins=talks(1))
ALONE = PortfolioTerms(alone=True)


def setup(history: History, common: PortfolioTerms = TOGETHER) -> Setup:
    return assessed(history, 2, common).setup


def test_a_full_plan_meets_ten_of_ten() -> None:
    assert setup(FULL) == Setup(10, 10, ())
    assert assessed(FULL, 2).warnings == ()


@pytest.mark.parametrize(
    ("terms", "missing"),
    [
        ({"goal": None}, "unclear-plan: goal"),
        ({"goal": "x" * 19}, "unclear-plan: goal"),
        ({"goal": f" {'x' * 19} "}, "unclear-plan: goal"),
        ({"scope": "TBD with the vendor, after the kick-off"}, "unclear-plan: scope"),
        ({"owner": None}, "unclear-plan: owner and lead"),
        ({"lead": ""}, "unclear-plan: owner and lead"),
        ({"ends_on": None}, "unclear-plan: end date"),
        ({"budget": None}, "no-budget"),
    ],
)
def test_one_thing_missing_is_one_item(terms: dict[str, str | None], missing: str) -> None:
    history = FULL._replace(terms=(some_terms(**terms),))
    assert setup(history) == Setup(9, 10, (missing,))
    warning = fired(history, missing.partition(":")[0], 2)
    assert warning is not None
    assert (warning.kind, warning.severity, warning.since) == ("set-up", "warning", on(0))


def test_twenty_characters_say_something() -> None:
    assert setup(FULL._replace(terms=(some_terms(goal="x" * 20),))).missing == ()


def test_who_is_alone_is_asked_for_one_person() -> None:
    history = FULL._replace(terms=(some_terms(lead=None),))
    assert setup(history, ALONE).missing == ()
    history = FULL._replace(terms=(some_terms(lead=None, owner=None),))
    assert setup(history, ALONE).missing == ("unclear-plan: who looks after it",)
    warning = fired(history, "unclear-plan", 2, ALONE)
    assert warning is not None
    assert warning.evidence == "The plan lacks one of six: who looks after it."
    assert warning.next_step == "Say who looks after it."


def test_every_milestone_that_counts_needs_criteria() -> None:
    vague = a_milestone("M3", 90, acceptance_criteria="works")
    assert setup(FULL._replace(milestones=(*FULL.milestones, vague))).missing == ("unclear-plan: acceptance criteria",)
    cancelled = vague._replace(cancelled_on=on(2))
    assert setup(FULL._replace(milestones=(*FULL.milestones, cancelled))).missing == ()


@pytest.mark.parametrize("metric", [Metric("errors", "quality"), Metric("hours", "benefit", target=1.0)])
def test_a_quality_metric_needs_a_target(metric: Metric) -> None:
    assert setup(FULL._replace(metrics=(metric,))).missing == ("unclear-plan: quality metric",)


def test_a_plan_without_milestones_says_neither_when_nor_when_done() -> None:
    assert setup(a_history()).missing == ("no-timetable", "unclear-plan: acceptance criteria")


def test_the_missing_items_are_named_and_the_first_one_asked_for() -> None:
    warning = fired(FULL._replace(terms=(some_terms(goal=None, ends_on=None),)), "unclear-plan", 2)
    assert warning is not None
    assert warning.evidence == "The plan lacks two of six: goal and end date."
    assert warning.next_step == "Add the goal."


@pytest.mark.parametrize(("due", "expected"), [(85, None), (86, "warning")])
def test_forty_five_days_between_due_dates_are_a_timetable(due: int, expected: str | None) -> None:
    history = FULL._replace(milestones=(a_milestone("M1", 40), a_milestone("M2", due)))
    assert severity(history, "no-timetable", 2) == expected


def test_a_gap_is_named_by_its_dates() -> None:
    warning = fired(FULL._replace(milestones=(a_milestone("M1", 0), a_milestone("M2", 60))), "no-timetable", 2)
    assert warning is not None
    assert warning.evidence == "60 days lie between two due dates, 2 Mar and 1 May."


def test_a_milestone_without_a_date_is_no_timetable_until_it_gets_one() -> None:
    undated = a_milestone("M3", None, baselines=(Baseline(on(5), on(60)),))
    history = FULL._replace(milestones=(*FULL.milestones, undated))
    warning = fired(history, "no-timetable", 4)
    assert warning is not None
    assert warning.evidence == '"Result M3" has no due date.'
    assert severity(history, "no-timetable", 5) is None


def test_set_up_is_no_status() -> None:
    history = FULL._replace(terms=(some_terms(goal=None, budget=None),))
    assert assessed(history, 2).status == "on_track"


def test_set_up_is_known_before_the_work_begins_but_warns_nobody() -> None:
    assessment = assessed(FULL._replace(terms=(some_terms(status="draft", budget=None),)), 2)
    assert assessment.setup == Setup(9, 10, ("no-budget",))
    assert assessment.warnings == ()


RETAINER = a_history(
    some_terms(contract="retainer", ends_on=None),
    series=(Series("close", "Month-end close", "month", 10, Decimal(500)),),
    check_ins=talks(1),
)


def test_a_retainer_needs_a_series_and_no_end() -> None:
    assert setup(RETAINER) == Setup(10, 10, ())
    missing = setup(RETAINER._replace(series=())).missing
    assert missing == ("no-timetable", "unclear-plan: acceptance criteria", "unclear-plan: series")


def test_a_recorded_occurrence_needs_criteria_and_a_derived_one_has_none() -> None:
    recorded = a_milestone("close:2026-03-10", None, acceptance_criteria=None)
    assert setup(RETAINER._replace(milestones=(recorded,))).missing == ("unclear-plan: acceptance criteria",)
    cancelled = recorded._replace(cancelled_on=on(1))
    assert setup(RETAINER._replace(milestones=(cancelled,))).missing == ()


def test_the_catalogue_lists_each_rule_once_with_everything_a_reader_needs() -> None:
    assert [rule.id for rule in CATALOGUE] == [
        *("silent", "not-kicked-off", "no-next-meeting", "vendor-silent", "unread-check-in", "no-live-contact"),
        *("hollow-check-ins", "backfilled"),
        *("expectations-not-agreed", "unvetted-vendor", "access-not-revoked", "too-much-too-soon"),
        *("unclear-plan", "no-timetable", "no-budget"),
        *("overdue", "slipping", "deadline-near", "behind-plan", "flatline", "awaiting-us", "watermelon"),
        *("over-claimed", "serial-slip", "moved-baseline", "squeezed", "stale-forecast", "no-feedback"),
        "actions-overdue",
        "quality-missed",
        *("budget", "spend-ahead", "paid-unaccepted", "rate-drift", "under-used", "no-return", "benefit-unseen"),
        "no-retrospective",
    ]
    for rule in CATALOGUE:
        assert rule.sentence.endswith(".")
        assert rule.fires({}).endswith(".")
        assert rule.next_step.endswith(".")
        assert "{" not in rule.step("Northwind")
    covered = {rule.id: rule.covered_by for rule in CATALOGUE if rule.covered_by}
    assert covered == {
        "no-next-meeting": ("silent",),
        "no-live-contact": ("silent",),
        "deadline-near": ("overdue",),
        "stale-forecast": ("overdue",),
        "no-feedback": ("silent",),
    }


def test_what_a_plan_needs_comes_before_the_vendors_word_on_it() -> None:
    nothing = a_history(some_terms(goal=None, scope=None, owner=None, lead=None, ends_on=None, budget=None))
    bare = nothing._replace(confirmations=(), vendors=(), metrics=(), milestones=())
    assert agenda.missing(assessed(bare, 20).setup) == [
        "goal",
        "scope",
        "end date",
        "owner and lead",
        "timetable",
        "acceptance criteria",
        "quality metric",
        "budget",
        "a check of the vendor",
        "the vendor's confirmation",
    ]
    monthly = bare._replace(terms=(bare.terms[0]._replace(contract="retainer"),))
    alone = assessed(bare, 20, ALONE).setup
    assert agenda.missing(alone)[3] == "who looks after it"
    found = {*assessed(bare, 20).setup.missing, *assessed(monthly, 20).setup.missing, *alone.missing}
    assert found == set(agenda.SETUP_ORDER)
