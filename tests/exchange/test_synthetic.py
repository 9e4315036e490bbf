"""A synthetic portfolio: the same for the same seed, every file filled, taken without a problem."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from engagement.errors import AlreadyThere, UnreadableFile, WrongUsage
from engagement.exchange.interchange import BY_NAME
from engagement.exchange.reading import read
from engagement.exchange.synthetic import Size, generate
from engagement.exchange.transfer import import_portfolio
from engagement.overview import Overview
from engagement.records.database import Author, Database

AS_OF = date(2026, 11, 20)


def test_every_file_is_filled_and_nothing_is_refused_or_odd(tmp_path: Path) -> None:
    generate(tmp_path, Size(20, milestones=5, check_ins=20), 1, AS_OF)
    found = read(tmp_path)
    assert found.problems == ()
    assert found.notes == ()
    assert set(found.rows) == set(BY_NAME)
    assert [name for name, rows in found.rows.items() if not rows] == []


def test_each_engagement_has_as_much_as_was_asked_for(tmp_path: Path) -> None:
    generate(tmp_path, Size(30, milestones=4, check_ins=10, reports=3, actions=6), 1, AS_OF)
    found = read(tmp_path).rows
    begun = {row["engagement"] for row in found["check_ins"]}
    assert len(begun) >= 25
    assert set(Counter(row["engagement"] for row in found["check_ins"]).values()) == {10}
    assert set(Counter(row["engagement"] for row in found["actions"]).values()) == {6}
    milestones = Counter(row["engagement"] for row in found["milestones"] if row["series"] is None)
    assert set(milestones.values()) == {4}
    reports = Counter((row["engagement"], row["milestone"]) for row in found["progress_reports"])
    assert set(reports.values()) == {3}


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        generate(tmp_path / name, Size(20), seed, AS_OF)
    texts = {name: {file: (tmp_path / name / f"{file}.csv").read_bytes() for file in BY_NAME} for name in "abc"}
    assert texts["a"] == texts["b"]
    assert texts["a"]["check_ins"] != texts["c"]["check_ins"]


def test_a_portfolio_written_in_parts_is_the_one_written_at_once(tmp_path: Path) -> None:
    size = Size(12, milestones=4, check_ins=10, actions=6)
    generate(tmp_path / "whole", size._replace(engagements=24), 7, AS_OF)
    for name, first in (("one", 0), ("two", 12)):
        generate(tmp_path / name, size, 7, AS_OF, first=first)
    for file in set(BY_NAME) - {"people", "vendors", "reports", "limits"}:
        whole, one, two = ((tmp_path / name / f"{file}.csv").read_text() for name in ("whole", "one", "two"))
        assert whole == one + two.partition("\n")[2], file
    people = [(tmp_path / name / "people.csv").read_text() for name in ("whole", "two")]
    assert people[0] == people[1]  # whom the later part names is known, and so is whom the earlier one named


@pytest.mark.parametrize(
    "size",
    [
        Size(40, milestones=1, check_ins=1, reports=1, actions=1),
        Size(20, milestones=3, check_ins=5, reports=2, actions=4),
        Size(20, milestones=2, check_ins=90, reports=9, actions=300),
        Size(10, milestones=45, check_ins=30, reports=1, actions=10),
    ],
)
def test_a_portfolio_of_any_size_is_taken(
    sqlite_database: Database, author: Author, tmp_path: Path, size: Size
) -> None:
    generate(tmp_path, size, 5, AS_OF)
    import_portfolio(sqlite_database, author, tmp_path, today=AS_OF)
    found = Overview(sqlite_database).portfolio(AS_OF)
    assert len(found.engagements) == size.engagements
    rows = read(tmp_path).rows
    assert set(Counter(row["engagement"] for row in rows["check_ins"]).values()) == {size.check_ins}
    assert set(Counter(row["engagement"] for row in rows["actions"]).values()) == {size.actions}


def test_a_larger_portfolio_begins_with_the_smaller_one(tmp_path: Path) -> None:
    generate(tmp_path / "small", Size(3), 7, AS_OF)
    generate(tmp_path / "large", Size(5), 7, AS_OF)
    small, large = ((tmp_path / name / "milestones.csv").read_bytes() for name in ("small", "large"))
    assert large.startswith(small)


def test_nothing_is_dated_after_the_day_but_plans(tmp_path: Path) -> None:
    generate(tmp_path, Size(40), 3, AS_OF)
    found = read(tmp_path).rows
    for name, column in (
        ("check_ins", "held_on"),
        ("progress_reports", "reported_on"),
        ("deliveries", "delivered_on"),
        ("spend", "spent_on"),
        ("actions", "raised_on"),
        ("readings", "read_on"),
    ):
        assert max(row[column] for row in found[name]) <= AS_OF, name


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="is not the name of a folder"):
        generate(tmp_path / "out.zip", Size(1), 1, AS_OF)
    (tmp_path / "taken").write_text("x")
    with pytest.raises(UnreadableFile, match="cannot be written"):
        generate(tmp_path / "taken", Size(1), 1, AS_OF)


def test_tables_of_somebody_are_not_replaced_unless_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "vendors.csv").write_text("vendor\nNorthwind\n")
    with pytest.raises(AlreadyThere, match=r"There are tables in .* already: vendors\.csv\. Nothing was written\."):
        generate(tmp_path, Size(1), 1, AS_OF)
    assert [file.name for file in tmp_path.iterdir()] == ["vendors.csv"]
    generate(tmp_path, Size(1), 1, AS_OF, overwrite=True)
    assert "Northwind" not in (tmp_path / "vendors.csv").read_text()
