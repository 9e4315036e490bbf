"""The sample portfolio: in the same state on whatever day somebody looks, with every rule and state to be seen."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from difflib import SequenceMatcher
from itertools import pairwise
from typing import get_args

import pytest

from engagement.assessment.results import Assessment, Portfolio, PortfolioWarning, Warning
from engagement.assessment.rules import CATALOGUE, OVERSIGHT
from engagement.assessment.values import ContactState, Life
from engagement.errors import Refused
from engagement.exchange.checks import check
from engagement.exchange.sample import FOLDER, load_sample, sample_tables
from engagement.overview import Overview
from engagement.records import intake
from engagement.records.database import Author, Database
from tests.conftest import NewDatabase

SUNDAY = date(2026, 11, 22)
TWO_MONTHS = [date(2026, 11, 16) + timedelta(days=number) for number in range(63)]
"""Over a year's end, with every weekday, Christmas and the month starts."""
SPECIAL = [
    date(2027, 4, 1), date(2027, 4, 2), date(2027, 4, 5), date(2027, 4, 6),  # around Easter
    date(2027, 5, 31), date(2027, 8, 31), date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2028, 12, 31),
]  # fmt: skip
BOTH = {"warning", "critical"}
SEVERITIES = {
    "silent": BOTH,
    "not-kicked-off": BOTH,
    "no-next-meeting": {"warning"},
    "vendor-silent": BOTH,
    "unread-check-in": {"warning"},
    "no-live-contact": {"warning"},
    "hollow-check-ins": {"warning"},
    "backfilled": {"warning"},
    "unclear-plan": {"warning"},
    "no-timetable": {"warning"},
    "no-budget": {"warning"},
    "expectations-not-agreed": {"warning"},
    "unvetted-vendor": {"warning"},
    "access-not-revoked": {"warning"},
    "too-much-too-soon": {"warning"},
    "overdue": BOTH,
    "slipping": BOTH,
    "deadline-near": BOTH,
    "behind-plan": BOTH,
    "flatline": BOTH,
    "quality-missed": BOTH,
    "awaiting-us": BOTH,
    "watermelon": {"warning"},
    "over-claimed": {"warning"},
    "serial-slip": BOTH,
    "moved-baseline": BOTH,
    "squeezed": {"warning"},
    "stale-forecast": {"warning"},
    "no-feedback": {"warning"},
    "actions-overdue": BOTH,
    "budget": BOTH,
    "spend-ahead": BOTH,
    "paid-unaccepted": {"warning"},
    "rate-drift": {"warning"},
    "under-used": {"warning"},
    "no-return": {"warning"},
    "benefit-unseen": {"warning"},
    "no-retrospective": {"warning"},
}
"""What of each rule is to be seen standing by itself, not folded into another warning."""
BEYOND_ONE = {
    "promises-broken": BOTH,
    "overloaded-owner": {"warning"},
    "same-task-twice": {"warning"},
    "no-status-pack": {"warning"},
}
"""The same of the rules about vendors, people and the portfolio; the sample has no monitor that could stop."""
WELL_RUN = {
    "customer-portal", "evening-support", "invoice-labelling", "month-end-close", "newsletter", "packaging", "payroll",
    "privacy-review", "product-manuals",
}  # fmt: skip
"""What raises nothing on any day, neither an alarm nor a gap in the set-up nor a nudge."""


@pytest.fixture(scope="module")
def loaded(new_sqlite: NewDatabase) -> Iterator[Database]:
    """One database for all days; loading again replaces what was there."""
    database = Database(new_sqlite())
    yield database
    database.close()


def on(database: Database, today: date) -> Portfolio:
    """The sample as it looks on the day it is loaded."""
    load_sample(database, Author("Ana Example", datetime(2026, 11, 20, 12, tzinfo=UTC)), today)
    return Overview(database).whole(today)


def severities(warnings: Iterable[Warning | PortfolioWarning]) -> dict[str, set[str]]:
    """The severities that each rule has among some warnings."""
    seen: dict[str, set[str]] = {}
    for warning in warnings:
        seen.setdefault(warning.rule, set()).add(warning.severity)
    return seen


@pytest.mark.parametrize("today", [*TWO_MONTHS, *SPECIAL], ids=str)
def test_every_state_and_rule_is_to_be_seen_on_any_day(loaded: Database, today: date) -> None:
    portfolio = on(loaded, today)
    active = [a for a in portfolio.engagements if a.life == "active"]
    assert severities(warning for a in portfolio.engagements for warning in a.warnings) == SEVERITIES
    assert severities(portfolio.warnings) == BEYOND_ONE
    assert {a.life for a in portfolio.engagements} == set(get_args(Life))
    assert {a.contact.state for a in active} == set(get_args(ContactState))
    assert Counter(a.status for a in active) == {"on_track": 15, "at_risk": 5, "off_track": 5, "unknown": 1}
    assert {a.engagement for a in active if not a.warnings and not a.folded} == WELL_RUN
    assert [a.engagement for a in active if a.attention.abandoned] == ["intranet-search"]
    assert first(portfolio).engagement == "crm-migration"
    assert {(a.engagement, warning.rule) for a in active for warning in a.warnings if warning.in_hand_until} == {
        ("field-app", "budget"),
        ("checkout-redesign", "awaiting-us"),
    }


def first(portfolio: Portfolio) -> Assessment:
    """What an owner sees first: the first in rank that is not folded away as abandoned."""
    ranked = [a for a in portfolio.engagements if a.attention.rank is not None and not a.attention.abandoned]
    return min(ranked, key=lambda a: a.attention.rank or 0)


def test_the_severities_asked_for_are_those_of_the_whole_catalogue() -> None:
    assert set(SEVERITIES) == {rule.id for rule in CATALOGUE}
    assert set(BEYOND_ONE) == {rule.id for rule in OVERSIGHT} - {"monitor-stopped"}


def test_the_first_card_is_work_that_was_set_and_forgotten_while_its_lead_says_all_is_well(loaded: Database) -> None:
    card = first(on(loaded, SUNDAY))
    assert (card.status, card.declared_status, card.contact.state) == ("off_track", "on_track", "forgotten")
    assert card.contact.last_on == date(2026, 10, 30)
    assert {"silent", "overdue", "watermelon", "budget"} <= {warning.rule for warning in card.warnings}


def test_half_a_year_of_weeks_shows_things_that_went_wrong_and_were_mended(loaded: Database) -> None:
    on(loaded, SUNDAY)
    fridays = [SUNDAY - timedelta(days=2 + 7 * week) for week in range(26)]
    statuses = Overview(loaded).statuses(fridays)
    by_week = {key: [statuses[friday].get(key) for friday in fridays] for key in statuses[fridays[0]]}
    recovered = {
        key for key, weeks in by_week.items() if weeks[0] == "on_track" and {"at_risk", "off_track"} & set(weeks)
    }
    assert {"customer-portal", "product-manuals", "evening-support"} <= recovered


def test_there_are_31_engagements_with_eleven_vendors_over_eighteen_months() -> None:
    tables = sample_tables(SUNDAY)
    vendors = Counter(row["vendor"] for row in tables["engagements"])
    assert (len(tables["engagements"]), len(vendors), len(tables["people"])) == (31, 11, 7)
    assert min(row["starts_on"] for row in tables["engagements"]) <= date(2025, 5, 22)  # eighteen months
    assert {row["currency"] for row in tables["engagements"]} == {"EUR", "USD", "GBP", "SEK", "CAD", "CHF", "USDC"}
    assert {row["contract"] for row in tables["engagements"]} == {"fixed", "hourly", "retainer"}


def test_the_same_day_gives_the_same_portfolio() -> None:
    assert sample_tables(SUNDAY) == sample_tables(SUNDAY)


@pytest.mark.parametrize("today", [*TWO_MONTHS[:7], *SPECIAL], ids=str)
def test_nothing_that_happened_lies_ahead_and_nobody_talks_at_weekends(today: date) -> None:
    tables = sample_tables(today)
    happened = {
        "baselines": ["set_on"],
        "progress_reports": ["reported_on"],
        "deliveries": ["delivered_on", "decided_on"],
        "check_ins": ["held_on", "recorded_on", "acknowledged_on"],
        "actions": ["raised_on", "closed_on"],
        "spend": ["spent_on"],
        "readings": ["read_on"],
        "responses": ["said_on"],
        "retrospectives": ["written_on"],
        "reports": ["issued_on"],
    }
    days = [row[column] for name, columns in happened.items() for row in tables[name] for column in columns]
    assert max(day for day in days if day) <= today
    assert not [row for row in tables["check_ins"] if row["held_on"].weekday() > 4]
    assert not [row for row in tables["deliveries"] if row["decided_on"] and row["decided_on"] < row["delivered_on"]]
    assert not check(tables, {name: name for name in tables})


@pytest.mark.parametrize(
    ("today", "due", "upcoming", "delivered"),
    [
        # The close is due on the 10th; the eighth last was handed in five days late.
        (date(2026, 11, 10), date(2026, 10, 10), date(2026, 11, 10), date(2026, 3, 13)),  # 15 March is a Sunday
        (date(2026, 11, 11), date(2026, 11, 10), date(2026, 12, 10), date(2026, 4, 15)),
        (date(2028, 2, 29), date(2028, 2, 10), date(2028, 3, 10), date(2027, 7, 15)),
        (date(2027, 1, 1), date(2026, 12, 10), date(2027, 1, 10), date(2026, 5, 15)),
    ],
)
def test_occurrences_of_a_series_are_counted_from_today(
    today: date, due: date, upcoming: date, delivered: date
) -> None:
    tables = sample_tables(today)
    rows = [row for row in tables["milestones"] if row["engagement"] == "month-end-close"]
    assert [row["milestone"] for row in rows[17:19]] == [f"close:{due}", f"close:{upcoming}"]
    assert [row["due_on"] for row in rows[17:19]] == [due, upcoming]
    handed_over = [
        row["delivered_on"]
        for row in tables["deliveries"]
        if row["engagement"] == "month-end-close" and row["milestone"] == rows[10]["milestone"]
    ]
    assert handed_over == [delivered]


@pytest.mark.parametrize(
    ("today", "starts_on"),
    [
        # Three days before the last working day before today.
        (date(2026, 11, 20), date(2026, 11, 16)),  # Friday: Thursday 19 less 3
        (date(2026, 11, 22), date(2026, 11, 17)),  # Sunday: Friday 20 less 3
        (date(2026, 11, 23), date(2026, 11, 17)),  # Monday: Friday 20 less 3
        (date(2026, 11, 24), date(2026, 11, 20)),  # Tuesday: Monday 23 less 3
    ],
)
def test_working_days_are_counted_back(today: date, starts_on: date) -> None:
    rows = {row["engagement"]: row for row in sample_tables(today)["engagements"]}
    assert rows["catalogue-redesign"]["starts_on"] == starts_on


def test_a_weekend_moves_away_from_today() -> None:
    rows = {row["engagement"]: row for row in sample_tables(SUNDAY)["engagements"]}
    assert rows["shelf-labels"]["starts_on"] == date(2026, 4, 6)  # -230 is Monday 6 April
    assert rows["crm-migration"]["starts_on"] == date(2026, 6, 3)  # -172 is Wednesday 3 June
    assert rows["data-warehouse"]["starts_on"] == date(2026, 5, 1)  # -205 is Friday 1 May
    assert rows["crm-migration"]["ends_on"] == date(2026, 12, 28)  # +35 is Sunday 27 December
    assert rows["field-app"]["starts_on"] == date(2026, 3, 25)  # -242 is Wednesday 25 March
    assert rows["loyalty-programme"]["paused_from"] == date(2026, 10, 22)  # -31 is Thursday 22 October


def test_the_notes_read_like_meetings_and_repeat_nothing() -> None:
    with (FOLDER / "check_ins.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) > 500
    assert len({row["notes"] for row in rows}) == len(rows)
    alike = [
        (one["notes"], other["notes"])
        for one, other in pairwise(rows)
        if one["engagement"] == other["engagement"]
        and SequenceMatcher(None, one["notes"], other["notes"]).ratio() > 0.8
    ]
    assert not alike


def test_its_check_ins_were_logged_here_mostly_on_the_day_and_read_afterwards() -> None:
    for today in (SUNDAY, *SPECIAL):
        rows = sample_tables(today)["check_ins"]
        assert {row["imported"] for row in rows} == {False}
        assert [row["engagement"] for row in rows if row["recorded_on"] != row["held_on"]] == ["photo-library"] * 3
        assert not [row for row in rows if row["recorded_on"] < row["held_on"]]
        assert [row["engagement"] for row in rows if not row["acknowledged_on"]] == ["trade-fair"]
        assert not [row for row in rows if row["acknowledged_on"] and row["acknowledged_on"] < row["recorded_on"]]


def test_the_notes_name_no_month_or_season_because_they_are_read_in_all_of_them() -> None:
    named = "january february march april june july august september october november december christmas easter"
    named += " summer autumn winter spring mondays tuesdays wednesdays thursdays fridays"
    texts = [path.read_text(encoding="utf-8") for path in FOLDER.glob("*.csv")]
    words = {word.casefold() for text in texts for word in re.findall(r"[A-Za-z]+", text)}
    assert not words & set(named.split())


def test_loading_again_replaces_an_earlier_sample(database: Database, author: Author) -> None:
    load_sample(database, author, date(2026, 10, 1))
    outcome = load_sample(database, author, SUNDAY)
    assert outcome.counts["engagements"].new == 31
    assert not outcome.notes
    with database.reading() as connection:
        assert intake.origin(connection) == "sample"
        assert len(intake.tables(connection)["check_ins"]) == len(sample_tables(SUNDAY)["check_ins"])


def test_it_is_never_mixed_with_somebodys_own_records(database: Database, author: Author) -> None:
    own = sample_tables(SUNDAY)
    intake.merge(database, author, own, today=SUNDAY, origin="own")
    with pytest.raises(Refused):
        load_sample(database, author, SUNDAY)
