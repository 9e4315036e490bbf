"""Tables out: the same bytes for the same tables, formulas as text, nothing half written."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engagement.errors import UnreadableFile, WrongUsage
from engagement.exchange.cells import tidy
from engagement.exchange.interchange import FILES
from engagement.exchange.layout import Column, File, Row
from engagement.exchange.reading import read
from engagement.exchange.writing import write

ENGAGEMENT: Row = {
    "engagement": "crm",
    "name": '=CRM, "new"\nand + more',
    "vendor": "Northwind",
    "currency": "EUR",
    "budget": Decimal("46200.00"),
    "starts_on": date(2026, 6, 1),
}


def test_every_file_is_written_with_its_header(tmp_path: Path) -> None:
    write(tmp_path / "out", {"engagements": [ENGAGEMENT]})
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == sorted(f"{file.name}.csv" for file in FILES)
    assert (tmp_path / "out" / "pauses.csv").read_bytes() == b"engagement,paused_from,paused_until\n"
    assert (tmp_path / "out" / "engagements.csv").read_text().splitlines()[1:] == [
        'crm,"\'=CRM, ""new""',
        'and + more",Northwind,,,,,,,,,EUR,46200,,,,,,2026-06-01,,,,,,,',
    ]


def test_the_same_tables_give_the_same_bytes_and_replace_an_earlier_export(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write(tmp_path / name, {"engagements": [ENGAGEMENT]})
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    write(tmp_path / "out", {"pauses": [{"engagement": "crm"}]})
    write(tmp_path / "out", {"engagements": [ENGAGEMENT]})
    assert (tmp_path / "out" / "pauses.csv").read_bytes() == b"engagement,paused_from,paused_until\n"


def test_where_nothing_can_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder.zip").mkdir()
    with pytest.raises(UnreadableFile, match="there is something else of that name"):
        write(tmp_path / "file", {})
    with pytest.raises(UnreadableFile, match="there is something else of that name"):
        write(tmp_path / "folder.zip", {})
    with pytest.raises(UnreadableFile, match="Make it first"):
        write(tmp_path / "no" / "out.zip", {})
    with pytest.raises(WrongUsage, match=r"Name a folder, a \.zip or a \.xlsx"):
        write(tmp_path / "out.csv", {})


def values(column: Column) -> st.SearchStrategy[Any]:
    """What a column may hold, as reading gives it."""
    text = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs", "Cc"]), max_size=20).map(tidy)
    of_type: dict[str, st.SearchStrategy[Any]] = {
        "text": text.filter(bool),
        "email": st.just("ana@example.org"),
        "date": st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        "amount": st.decimals(0, 9_000_000, places=6).map(lambda amount: amount.normalize() + 0),
        "number": st.floats(0, 1e9),
        "percent": st.floats(0, 100),
        "whole": st.integers(1, 90),
        "word": st.sampled_from(column.words or ("",)),
        "yes_no": st.booleans(),
        "currency": st.sampled_from(["EUR", "USDC"]),
        "country": st.sampled_from(["DE", "US"]),
    }
    filled = of_type[column.type]
    return filled if column.required or column.default else st.none() | filled


def rows(file: File) -> st.SearchStrategy[list[dict[str, Any]]]:
    row = st.fixed_dictionaries({column.name: values(column) for column in file.columns})
    return st.lists(row, max_size=3)


@pytest.mark.parametrize("ending", ["", ".zip", ".xlsx"])
@settings(
    max_examples=10,
    phases=[Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tables=st.fixed_dictionaries({file.name: rows(file) for file in FILES}))
def test_what_is_written_is_read_back_whatever_it_is(tmp_path: Path, ending: str, tables: dict[str, Any]) -> None:
    place = tmp_path / f"out{ending}"
    write(place, tables)
    found = read(place)
    assert {
        name: [{column: value for column, value in row.items() if column != "_row"} for row in table]
        for name, table in found.rows.items()
    } == tables
