"""The product against a second, independent calculation of the same rules, field by field, warning by warning.

Random portfolios go through every corner of the interchange format, the sample through a tidy one, real ones through
what people really write: of these some engagements a day, with ``INDEPENDENT_FULL=1`` all, which takes some minutes.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.assessment.oversight import portfolio_warnings
from engagement.assessment.results import PortfolioWarning
from engagement.assessment.rules import CATALOGUE
from engagement.assessment.rules import OVERSIGHT as BEYOND_ONE
from engagement.assessment.values import LimitChange, PortfolioTerms
from engagement.exchange.contract import contract
from engagement.exchange.reading import read
from engagement.exchange.sample import sample_tables
from engagement.exchange.writing import write_folder
from engagement.overview import Overview
from engagement.records.database import Author, Database
from engagement.records.intake import merge
from tests.assessment.oracle import assess_folder
from tests.assessment.oracle.differences import differences
from tests.assessment.oracle.folder import rows
from tests.assessment.oracle.oversight import KINDS_OF_OVERSIGHT, About, Oversight, monitor_stopped
from tests.assessment.oracle.random_portfolio import write_random_folder
from tests.assessment.oracle.random_together import write_random_together
from tests.assessment.oracle.real import real_portfolio
from tests.assessment.oracle.rules import RULES
from tests.assessment.oracle.together import read_together

FULL = os.environ.get("INDEPENDENT_FULL") == "1"
LOADED_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOME = 24
IN_CATALOGUE = frozenset(rule.id for rule in CATALOGUE)
COMPARED = frozenset(RULES) & IN_CATALOGUE
"""The rules of an engagement that both calculations know: what is compared."""


def test_every_rule_is_compared() -> None:
    assert frozenset(RULES) == COMPARED == IN_CATALOGUE
    assert {rule.id: rule.kind for rule in BEYOND_ONE} == KINDS_OF_OVERSIGHT


@contextmanager
def imported(folder: Path, place: Path) -> Iterator[Overview]:
    """The product with a folder imported, as the command line does it."""
    database = Database(f"sqlite:///{place / 'engagement.db'}")
    database.upgrade()
    tables = read(folder)
    assert not tables.problems, "\n".join(map(str, tables.problems))
    merge(database, Author("Importer", LOADED_AT), tables.rows, today=LOADED_AT.date(), origin="own")
    try:
        yield Overview(database)
    finally:
        database.close()


def assessed(folder: Path, place: Path, days: Iterable[date]) -> list[Any]:
    """What the product says of the engagements of a folder on some days."""
    with imported(folder, place) as overview:
        return [contract(overview.portfolio(day)) for day in days]


@pytest.mark.parametrize("seed", range(40))
def test_a_random_portfolio_is_assessed_as_the_rules_say(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "portfolio"
    days = write_random_folder(folder, seed)
    told = assessed(folder, tmp_path, days)
    found = [
        f"{day} {line}"
        for day, answer in zip(days, told, strict=True)
        for line in differences(answer, assess_folder(folder, day, rules=COMPARED))
    ]
    assert not found, "\n".join(found)


def test_the_sample_is_assessed_as_the_rules_say(tmp_path: Path) -> None:
    folder = tmp_path / "portfolio"
    today = LOADED_AT.date()
    write_folder(folder, sample_tables(today))
    days = [today - timedelta(days=100), today - timedelta(days=9), today]
    told = assessed(folder, tmp_path, days)
    found = [
        f"{day} {line}"
        for day, answer in zip(days, told, strict=True)
        for line in differences(answer, assess_folder(folder, day, rules=COMPARED))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("w3f", [date(2022, 6, 30), date(2021, 2, 26), date(2023, 9, 29)]),
        ("nyc", [date(2016, 6, 30), date(2018, 12, 31)]),
        ("pep", [date(2014, 3, 7), date(2022, 7, 1)]),
    ],
)
def test_a_real_portfolio_is_assessed_as_the_rules_say(tmp_path: Path, name: str, days: list[date]) -> None:
    folder = real_portfolio(name)
    keys = sorted(row["engagement"] for row in rows(folder, "engagements"))
    told = assessed(folder, tmp_path, days)
    found = []
    for number, (day, answer) in enumerate(zip(days, told, strict=True)):
        some = keys if FULL else keys[number :: max(len(keys) // SOME, 1)]
        found += [
            f"{day} {line}" for line in differences(answer, assess_folder(folder, day, only=some, rules=COMPARED), some)
        ]
    assert not found, "\n".join(found)


# --- beyond one engagement


def about(warning: PortfolioWarning, *, dated: bool = True) -> About:
    """A warning of the product as the second calculation would give it; without since when, unless ``dated``."""
    is_pair = warning.rule == "same-task-twice"
    return About(
        warning.rule,
        next(rule.kind for rule in BEYOND_ONE if rule.id == warning.rule),
        frozenset(warning.engagements if is_pair else (warning.subject,)),
        warning.severity,
        frozenset(warning.engagements),
        warning.since if dated else None,
    )


def apart(told: Iterable[About], expected: Iterable[About]) -> list[str]:
    """One line for every warning that only one of the two has."""
    told, expected = set(told), set(expected)
    lines = [f"only product: {one}" for one in told - expected] + [f"only oracle: {one}" for one in expected - told]
    return sorted(lines)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_a_random_portfolio_is_watched_as_the_rules_say(seed: int) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place) / "portfolio"
        days = write_random_together(folder, seed)
        oracle = Oversight(read_together(folder))
        with imported(folder, Path(place)) as overview:
            for day in days:
                assert not apart(map(about, overview.whole(day).warnings), oracle.warnings(day))


def test_the_sample_is_watched_as_the_rules_say(tmp_path: Path) -> None:
    folder, today = tmp_path / "portfolio", LOADED_AT.date()
    write_folder(folder, sample_tables(today))
    oracle = Oversight(read_together(folder))
    with imported(folder, tmp_path) as overview:
        for day in (today - timedelta(days=100), today):
            assert not apart(map(about, overview.whole(day).warnings), oracle.warnings(day))


@pytest.mark.parametrize(("name", "day"), [("w3f", date(2022, 6, 30)), ("pep", date(2022, 7, 1))])
def test_a_real_portfolio_is_watched_as_the_rules_say(tmp_path: Path, name: str, day: date) -> None:
    folder = real_portfolio(name)
    oracle = Oversight(read_together(folder))
    with imported(folder, tmp_path) as overview:
        told = {about(one, dated=False) for one in overview.whole(day).warnings}
    assert not apart(told, oracle.warnings(day, dated=False))


@settings(deadline=None)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),  # noqa: DTZ001 - made aware below
    st.sampled_from([2, 26, 48]),
    st.integers(-90, 90) | st.integers(0, 10_000),
)
def test_a_monitor_that_stopped_is_seen_as_the_rules_say(last: datetime, hours: int, seconds: int) -> None:
    last = last.replace(tzinfo=UTC)
    now = last + timedelta(hours=hours, seconds=seconds)
    limits = (LimitChange("monitor-hours", hours, date(2025, 1, 1)),)
    terms = PortfolioTerms(limits=limits, last_good_run_at=last, asked_at=now)
    told = portfolio_warnings((), terms, lambda _: {}, now.date())
    since = monitor_stopped(last, now, hours)
    assert [(one.rule, one.severity, one.since) for one in told] == (
        [] if since is None else [("monitor-stopped", "critical", since)]
    )
    assert not portfolio_warnings((), terms._replace(asked_at=None), lambda _: {}, now.date())
    assert not portfolio_warnings((), terms._replace(last_good_run_at=None), lambda _: {}, now.date())
