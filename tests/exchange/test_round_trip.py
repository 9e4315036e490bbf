"""What is exported and imported into an empty database means the same, and importing twice changes nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from engagement.exchange.contract import contract
from engagement.exchange.reading import read
from engagement.exchange.sample import sample_tables
from engagement.exchange.synthetic import Size, generate
from engagement.exchange.transfer import export_portfolio, import_portfolio
from engagement.exchange.writing import write
from engagement.overview import Overview
from engagement.records.database import Author, Database
from engagement.settings import ROOT
from tests.conftest import NewDatabase, skip_outside_ci

REAL = ROOT.parent / "shared" / "data"
TODAY = date(2026, 11, 20)
DAYS = {"w3f": date(2022, 6, 30), "nyc": date(2017, 6, 30), "pep": date(2020, 6, 30)}


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def meaning(database: Database, as_of: date) -> str:
    """The assessment as the command line prints it."""
    return json.dumps(contract(Overview(database).portfolio(as_of)), ensure_ascii=False, indent=2)


def taken(url: str, place: Path, author: Author, as_of: date) -> str:
    """What a place means once it is imported; importing it again must change nothing, not even the revision."""
    with opened(url) as database:
        import_portfolio(database, author, place, today=TODAY)
        revision, said = database.revision(), meaning(database, as_of)
        again = import_portfolio(database, author, place, today=TODAY).outcome
        assert [name for name, count in again.counts.items() if count.new or count.changed] == []
        assert database.revision() == revision
    return said


def exported(url: str, place: Path) -> Path:
    with opened(url) as database:
        export_portfolio(database, place)
    return place


@pytest.mark.parametrize("name", sorted(DAYS))
def test_a_real_portfolio_means_the_same_after_export_and_import(
    name: str, new_database: NewDatabase, author: Author, tmp_path: Path
) -> None:
    if not (REAL / name).is_dir():
        skip_outside_ci(f"The real portfolio {name} is not in ../shared/data.")
    first, second = new_database(), new_database()
    before = taken(first, REAL / name, author, DAYS[name])
    assert taken(second, exported(first, tmp_path / "out"), author, DAYS[name]) == before
    assert '"engagement"' in before


@pytest.mark.parametrize("ending", ["", ".zip", ".xlsx"])
def test_a_portfolio_with_every_file_filled_means_the_same_in_every_form(
    ending: str, new_database: NewDatabase, author: Author, tmp_path: Path
) -> None:
    generate(tmp_path / "in", Size(45, milestones=5, check_ins=20, reports=3, actions=10), 11, TODAY)
    assert [name for name, rows in read(tmp_path / "in").rows.items() if not rows] == []
    first, second = new_database(), new_database()
    before = taken(first, tmp_path / "in", author, TODAY)
    out = exported(first, tmp_path / f"out{ending}")
    assert taken(second, out, author, TODAY) == before
    assert [name for name, rows in read(out).rows.items() if not rows] == []


def test_both_databases_export_the_same_bytes(
    new_database: NewDatabase, new_sqlite: NewDatabase, author: Author, tmp_path: Path
) -> None:
    generate(tmp_path / "in", Size(45, milestones=3, check_ins=10, reports=2, actions=5), 11, TODAY)
    for name, url in (("a.zip", new_database()), ("b.zip", new_sqlite())):
        taken(url, tmp_path / "in", author, TODAY)
        exported(url, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_the_sample_means_the_same_after_export_and_import(
    new_database: NewDatabase, author: Author, tmp_path: Path
) -> None:
    write(tmp_path / "sample", sample_tables(TODAY))
    first, second = new_database(), new_database()
    before = taken(first, tmp_path / "sample", author, TODAY)
    assert taken(second, exported(first, tmp_path / "out.xlsx"), author, TODAY) == before
