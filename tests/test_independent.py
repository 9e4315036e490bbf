"""The product against a second, independent calculation of the same rules, field by field.

Random portfolios go through every corner of the interchange format, the sample through a tidy one, real ones through
what people really write: of these some engagements a day, with ``INDEPENDENT_FULL=1`` all, which takes some minutes.
"""

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engagement.assessment.rules import CATALOGUE
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
from tests.assessment.oracle.random_portfolio import write_random_folder
from tests.assessment.oracle.real import real_portfolio
from tests.assessment.oracle.rules import RULES

FULL = os.environ.get("INDEPENDENT_FULL") == "1"
LOADED_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOME = 24
IN_CATALOGUE = frozenset(rule.id for rule in CATALOGUE)
COMPARED = frozenset(RULES) & IN_CATALOGUE
"""The rules of an engagement that both calculations know: what is compared."""
OF_THE_PORTFOLIO = frozenset(
    {"same-task-twice", "promises-broken", "overloaded-owner", "no-status-pack", "monitor-stopped"}
)
"""Rules about two engagements, a vendor, a person or everything, which stand beside the engagements."""


def test_every_rule_of_an_engagement_is_compared() -> None:
    assert IN_CATALOGUE - OF_THE_PORTFOLIO == COMPARED
    assert frozenset(RULES) == COMPARED


def assessed(folder: Path, place: Path, days: Iterable[date]) -> list[Any]:
    """What the product says of a folder on some days: imported, then assessed, as the command line does."""
    database = Database(f"sqlite:///{place / 'engagement.db'}")
    database.upgrade()
    tables = read(folder)
    assert not tables.problems, "\n".join(map(str, tables.problems))
    merge(database, Author("Importer", LOADED_AT), tables.rows, today=LOADED_AT.date(), origin="own")
    overview = Overview(database)
    try:
        return [contract(overview.portfolio(day)) for day in days]
    finally:
        database.close()


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
