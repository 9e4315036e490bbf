"""A synthetic portfolio: the same for the same seed, every file filled, taken without a problem."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from engagement.errors import AlreadyThere, UnreadableFile, WrongUsage
from engagement.exchange.interchange import BY_NAME
from engagement.exchange.reading import read
from engagement.exchange.synthetic import Size, generate

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
        generate(tmp_path / name, Size(5), seed, AS_OF)
    texts = {name: (tmp_path / name / "check_ins.csv").read_bytes() for name in "abc"}
    assert texts["a"] == texts["b"]
    assert texts["a"] != texts["c"]


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
