"""A synthetic portfolio: the same for the same seed, every file filled, taken without a problem."""

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest

from engagement.errors import AlreadyThere, UnreadableFile, WrongUsage
from engagement.exchange.interchange import BY_NAME
from engagement.exchange.reading import read
from engagement.exchange.synthetic import Size, generate
from engagement.exchange.synthetic_plan import FATES, FIXED, planned
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


def fates(engagements: int, seed: int) -> dict[str, str]:
    size = Size(engagements)
    plans = [planned(number, size, Random(f"{seed}:{number}"), AS_OF) for number in range(engagements)]
    return {plan.key: plan.fate for plan in plans}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_seven_engagements_of_ten_are_meant_to_go_well(seed: int) -> None:
    told = Counter(fates(2000, seed).values())
    assert told["healthy"] == pytest.approx(1400, abs=60)  # three standard deviations of 2,000 draws at 0.7
    assert told["silent"] == told["closed"] == 100  # one of every twenty
    assert min(told.values()) > 0
    assert set(told) == set(FATES) | set(FIXED.values())


@pytest.mark.parametrize("size", [Size(60, milestones=8, check_ins=40, reports=3, actions=10), Size(45)])
def test_those_that_are_meant_to_go_well_do_and_the_others_do_not(
    sqlite_database: Database, author: Author, tmp_path: Path, size: Size
) -> None:
    generate(tmp_path, size, 4, AS_OF)
    import_portfolio(sqlite_database, author, tmp_path, today=AS_OF)
    meant = fates(size.engagements, 4)
    portfolio = Overview(sqlite_database).whole(AS_OF)
    found = {one.engagement: one for one in portfolio.engagements}
    assert found.keys() == meant.keys()
    well = {key for key, fate in meant.items() if fate == "healthy"}
    assert 0.6 < len(well) / size.engagements < 0.8
    assert {key: found[key].status for key in well} == dict.fromkeys(well, "on_track")
    assert [warning for key in well for warning in (*found[key].warnings, *found[key].folded)] == []
    assert {warning.rule for warning in portfolio.warnings} <= {"promises-broken"}
    slipping = {key for key, fate in meant.items() if fate == "slipping"}
    assert {"quality-missed"} <= {warning.rule for key in slipping for warning in found[key].warnings}
    ill = {key for key, fate in meant.items() if fate in ("silent", "forgotten", "over_budget")}
    assert ill
    assert {key: (meant[key], found[key].status) for key in ill if found[key].status == "on_track"} == {}
    for state in ("late", "silent", "forgotten"):
        keys = {key for key, fate in meant.items() if fate == state}
        assert {key: found[key].contact.state for key in keys} == dict.fromkeys(keys, state)
        assert keys
