"""Whether a synthetic portfolio reads like a company: three hundred engagements, today and over half a year."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median

import pytest

from engagement.assessment.results import Assessment, Portfolio
from engagement.assessment.rules.base import REGISTERED
from engagement.clock import now
from engagement.exchange.layout import Row
from engagement.exchange.reading import read
from engagement.exchange.synthetic import Size, generate
from engagement.exchange.synthetic_plan import Plan, planned
from engagement.exchange.transfer import import_portfolio
from engagement.overview import Overview
from engagement.records.database import Author, Database
from tests.conftest import NewDatabase

AS_OF = date(2026, 11, 20)
GRACE = 2
SIZE = Size(300)
SEED = 1
RUNNING = ("on_track", "at_risk", "off_track", "unknown")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the portfolio was written."""
    place: Path = tmp_path_factory.mktemp("mix")
    generate(place, SIZE, SEED, AS_OF)
    return place


@pytest.fixture(scope="module")
def rows(folder: Path) -> Mapping[str, Sequence[Row]]:
    """What was written."""
    return read(folder).rows


@pytest.fixture(scope="module")
def overview(folder: Path, new_sqlite: NewDatabase) -> Iterator[Overview]:
    """What it means."""
    database = Database(new_sqlite())
    import_portfolio(database, Author("test", now()), folder, today=AS_OF)
    yield Overview(database)
    database.close()


@pytest.fixture(scope="module")
def portfolio(overview: Overview) -> Portfolio:
    """As of its own day."""
    return overview.whole(AS_OF)


@pytest.fixture(scope="module")
def active(portfolio: Portfolio) -> list[Assessment]:
    """What is under way."""
    return [one for one in portfolio.engagements if one.life == "active"]


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    """What the engagements follow from."""
    return [planned(number, SIZE, SEED, Random(f"{SEED}:{number}"), AS_OF) for number in range(SIZE.engagements)]


def test_of_every_twenty_fourteen_are_active_and_four_were_closed(portfolio: Portfolio) -> None:
    lives = Counter(one.life for one in portfolio.engagements)
    assert (lives["active"], lives["closed"], lives["paused"]) == (210, 60, 15)
    assert lives["not_started"] == 10
    assert lives["draft"] == 5


def test_most_are_on_track_a_quarter_at_risk_and_some_off_track(active: list[Assessment]) -> None:
    share = {status: count / len(active) for status, count in Counter(one.status for one in active).items()}
    assert set(share) == {"on_track", "at_risk", "off_track"}
    assert 0.55 < share["on_track"] < 0.7
    assert 0.17 < share["at_risk"] < 0.32
    assert 0.1 < share["off_track"] < 0.2


def test_an_engagement_has_a_warning_or_two_and_many_have_none(active: list[Assessment]) -> None:
    warnings = [len(one.warnings) + len(one.folded) for one in active]
    assert 0.8 < sum(warnings) / len(warnings) < 2
    assert 0.3 < warnings.count(0) / len(warnings) < 0.6
    assert max(warnings) < 12


def test_no_rule_fires_on_more_than_a_fifth_and_every_family_is_seen(
    portfolio: Portfolio, active: list[Assessment]
) -> None:
    fired = Counter(w.rule for one in portfolio.engagements for w in (*one.warnings, *one.folded))
    assert max(fired.values()) < len(active) / 5
    beyond = Counter(warning.rule for warning in portfolio.warnings)
    groups = {REGISTERED[rule].group for rule in fired if rule in REGISTERED}
    assert groups >= {"A", "B", "C", "D"}
    assert {"overloaded-owner", "promises-broken"} <= set(beyond)  # E, and vendors
    assert set(fired) >= {
        *("silent", "no-next-meeting", "no-live-contact", "unread-check-in"),
        *("unclear-plan", "no-timetable", "no-budget", "expectations-not-agreed", "too-much-too-soon"),
        *("access-not-revoked", "no-retrospective"),
        *("overdue", "slipping", "behind-plan", "quality-missed", "awaiting-us", "watermelon"),
        *("serial-slip", "moved-baseline", "stale-forecast", "no-feedback"),
        *("budget", "spend-ahead", "paid-unaccepted", "no-return", "benefit-unseen"),
    }


def test_statuses_move_from_week_to_week_and_never_all_at_once(overview: Overview) -> None:
    days = [AS_OF - timedelta(weeks=back) for back in range(26, -1, -1)]
    by_day = overview.statuses(days)
    for day in days:
        running = [status for status in by_day[day].values() if status in RUNNING]
        assert 0.45 < running.count("on_track") / len(running) < 0.78, day
        assert 0.05 < running.count("off_track") / len(running) < 0.2, day
    for before, after in pairwise(days):
        moved = sum(by_day[before][key] != status for key, status in by_day[after].items())
        assert 0.04 < moved / SIZE.engagements < 0.3, after


def test_what_is_declared_mostly_agrees_with_what_is_measured(active: list[Assessment]) -> None:
    said = [(one.status, one.declared_status) for one in active if one.declared_status]
    assert len(said) > 0.9 * len(active)
    green = [declared for status, declared in said if status == "on_track"]
    red = [declared for status, declared in said if status == "off_track"]
    assert green.count("on_track") > 0.75 * len(green)
    assert len(red) > red.count("on_track") * 2 > 0  # some are reported green all the same


def test_results_are_mostly_on_time_and_those_in_trouble_weeks_late(
    rows: Mapping[str, Sequence[Row]], plans: list[Plan]
) -> None:
    manners = {plan.key: plan.manner for plan in plans}
    dues = {(row["engagement"], row["milestone"]): row["due_on"] for row in rows["milestones"]}
    late: dict[str, list[int]] = {"calm": [], "bumpy": [], "troubled": []}
    for row in rows["deliveries"]:
        if row["outcome"] == "accepted":
            key = row["engagement"]
            late[manners[key]].append((row["delivered_on"] - dues[key, row["milestone"]]).days)
    assert sum(days <= 3 for days in late["calm"]) > 0.9 * len(late["calm"])
    assert median(days for days in late["troubled"] if days > 3) == pytest.approx(21, abs=7)


def test_talks_keep_their_rhythm_but_for_a_few(rows: Mapping[str, Sequence[Row]], plans: list[Plan]) -> None:
    cadences = {plan.key: plan.cadence for plan in plans}
    held: dict[str, list[date]] = {}
    for row in rows["check_ins"]:
        if row["side"] == "us":
            held.setdefault(row["engagement"], []).append(row["held_on"])
    gaps = [((b - a).days, cadences[key]) for key, days in held.items() for a, b in pairwise(days)]
    kept = sum(days <= cadence + GRACE for days, cadence in gaps)
    assert 0.93 < kept / len(gaps) < 0.995
    assert {day.weekday() for days in held.values() for day in days} == {0, 1, 2, 3, 4}


def test_money_goes_out_along_the_work(active: list[Assessment]) -> None:
    known = [
        (float(one.cost.spent / one.cost.budget), one.progress.earned)
        for one in active
        if one.contract != "retainer" and one.cost.budget and one.cost.spent and one.progress.earned is not None
    ]
    assert len(known) > 150
    assert sum(abs(spent - earned) < 0.15 for spent, earned in known) > 0.85 * len(known)


def test_people_and_vendors_grow_with_the_size(rows: Mapping[str, Sequence[Row]]) -> None:
    roles = Counter(row["role"] for row in rows["people"])
    assert roles == {"executive": 1, "owner": 28, "lead": 56}  # an owner for every eleven, with two leads
    assert len(rows["vendors"]) == len({row["vendor"] for row in rows["vendors"]}) == 105  # seven for every twenty
    sizes = Counter(row["vendor"] for row in rows["engagements"])
    assert (min(sizes.values()), max(sizes.values())) == (1, 5)
    assert len({row["email"] for row in rows["people"]}) == 85


def test_notes_vary(rows: Mapping[str, Sequence[Row]]) -> None:
    by_engagement: dict[str, list[str]] = {}
    for row in rows["check_ins"]:
        if row["side"] == "us":
            by_engagement.setdefault(row["engagement"], []).append(row["notes"])
    assert len({note for notes in by_engagement.values() for note in notes}) > 4000
    repeated = sum(one == other for notes in by_engagement.values() for one, other in pairwise(notes))
    assert repeated < 0.02 * sum(map(len, by_engagement.values()))
