"""Workbooks in: what a spreadsheet makes of what people type. Workbooks out: text stays text, dates are dates."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from engagement.errors import UnreadableFile
from engagement.exchange.reading import Tables, read, read_upload
from engagement.exchange.workbook import LONGEST_CELL, write_workbook
from engagement.exchange.writing import write

ENGAGEMENTS: list[list[Any]] = [
    ["engagement", "name", "vendor", "currency", "starts_on", "budget"],
    ["crm", "CRM migration", "Northwind", "EUR", datetime(2026, 6, 1), 46200],  # noqa: DTZ001 - as a spreadsheet has it
]
MILESTONES: list[list[Any]] = [
    ["engagement", "milestone", "name", "weight", "due_on"],
    ["crm", "M1", "Data load", 0.5, date(2026, 11, 11)],
]


def workbook(change: Callable[[Worksheet], None] = lambda _: None, **sheets: Sequence[Sequence[Any]]) -> io.BytesIO:
    """A small workbook; ``change`` is given its sheet milestones."""
    book = Workbook()
    book.remove(book.worksheets[0])
    tables: dict[str, Sequence[Sequence[Any]]] = {"engagements": ENGAGEMENTS, "milestones": MILESTONES, **sheets}
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    change(book["milestones"])
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return content


def found(content: io.BytesIO) -> Tables:
    return read_upload("portfolio.xlsx", content)


def problems(tables: Tables) -> list[str]:
    return [str(problem) for problem in tables.problems]


def test_a_workbook_is_read_like_a_folder() -> None:
    tables = found(workbook())
    assert tables.problems == ()
    (engagement,) = tables.rows["engagements"]
    assert engagement["starts_on"] == date(2026, 6, 1)
    assert engagement["budget"] == Decimal(46200)
    assert tables.rows["milestones"][0]["due_on"] == date(2026, 11, 11)
    assert tables.labels["milestones"] == "sheet milestones"


def test_numbers_typed_as_text_and_texts_typed_as_numbers_are_both_read() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"], sheet["D2"], sheet["E2"] = 17, "0.25", "2026-11-11"

    (row,) = found(workbook(change)).rows["milestones"]
    assert (row["milestone"], row["weight"], row["due_on"]) == ("17", 0.25, date(2026, 11, 11))


def test_a_percent_cell_is_a_percentage() -> None:
    def reports(value: float, form: str) -> io.BytesIO:
        rows: list[list[Any]] = [
            ["engagement", "milestone", "reported_on", "percent_complete"],
            ["crm", "M1", date(2026, 7, 1), value],
        ]
        book = load_workbook(workbook(progress_reports=rows))
        book["progress_reports"]["D2"].number_format = form
        content = io.BytesIO()
        book.save(content)
        content.seek(0)
        return content

    assert found(reports(0.55, "0%")).rows["progress_reports"][0]["percent_complete"] == 55.0
    assert found(reports(55, "General")).rows["progress_reports"][0]["percent_complete"] == 55.0


def test_what_the_spreadsheet_took_for_a_date_is_refused_in_a_text() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"] = datetime(2026, 2, 1)  # noqa: DTZ001 - what Excel makes of the key 1-2

    assert problems(found(workbook(change))) == [
        'sheet milestones row 2, milestone: The spreadsheet has taken it for "2026-02-01 00:00:00". '
        "Format the cell as text and type it again."
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (46000, '"46000" is a number, not a date. Format the cell as a date, or write it as YYYY-MM-DD.'),
        (datetime(2026, 11, 11, 14, 30), '"2026-11-11 14:30:00" is not a date'),  # noqa: DTZ001
        (time(14, 30), '"14:30:00" is not a date'),
        (True, '"TRUE" is not a date'),
        ("31/02/2026", '"31/02/2026" is not a date'),
        ("#N/A", '"#N/A" is an error of the spreadsheet'),
    ],
)
def test_what_is_no_date_is_refused_as_it_is_shown(value: Any, words: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E2"] = value
        sheet["E2"].number_format = "General" if value == 46000 else sheet["E2"].number_format

    assert words in problems(found(workbook(change)))[0]


def test_yes_and_no_may_be_ticked() -> None:
    rows: list[list[Any]] = [["engagement", "spent_on", "amount", "deposit"], ["crm", date(2026, 7, 1), 100, True]]
    assert found(workbook(spend=rows)).rows["spend"][0]["deposit"] is True


def test_a_formula_without_a_saved_result_is_a_problem() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["D2"] = "=1/4"

    assert problems(found(workbook(change))) == [
        'sheet milestones row 2, weight: The formula "=1/4" has no saved result. '
        "Open the workbook in a spreadsheet program and save it, or type the value."
    ]


def test_of_a_formula_the_saved_result_counts() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["D2"] = "=1/4"

    before = workbook(change)
    after = io.BytesIO()
    with zipfile.ZipFile(before) as source, zipfile.ZipFile(after, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, text.replace(b"<v></v>", b"<v>0.25</v>").replace(b"<v />", b"<v>0.25</v>"))
    after.seek(0)
    assert found(after).rows["milestones"][0]["weight"] == 0.25


def test_merged_cells_are_a_problem_and_the_rest_is_still_checked() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.append(["crm", "M2", "Test run", -1])
        sheet.merge_cells("C2:C3")

    assert problems(found(workbook(change))) == [
        "sheet milestones: The cells C2:C3 are merged. Unmerge them and write the value into each row.",
        "sheet milestones row 3, name: It is empty. Every row needs it. Name as it is shown.",
        'sheet milestones row 3, weight: "-1" is negative. Write 0 or more, or leave it empty.',
    ]


def test_something_beside_the_table_is_refused_and_blank_rows_are_not() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A4"], sheet["B4"], sheet["C4"] = "crm", "M2", "Test run"
        sheet["H4"] = "look here"

    assert problems(found(workbook(change))) == [
        "sheet milestones row 4: It has 8 cells, the header has 5. "
        "Put text that holds a comma in quotation marks, and give every column its comma."
    ]


def test_a_missing_sheet_is_said() -> None:
    book = load_workbook(workbook())
    del book["milestones"]
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    assert problems(found(content)) == [
        "sheet milestones: It is missing. Add it; a header row alone is enough where there is nothing to say."
    ]


def test_a_workbook_that_cannot_be_opened_is_damaged() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
        archive.writestr("[Content_Types].xml", "<x/>")
    content.seek(0)
    with pytest.raises(UnreadableFile, match="damaged"):
        found(content)


@pytest.mark.parametrize(
    "text", ["=1+1", "+49", "-x", "@bo", "'=1", "#N/A", "_x0041_", "a\nb", "12", "2026-11-20", "ß漢"]
)
def test_text_stays_text_in_a_workbook(text: str, tmp_path: Path) -> None:
    row = {"engagement": "crm", "milestone": "M1", "name": text}
    place = tmp_path / "out.xlsx"
    write(place, {"milestones": [row]})
    cell = load_workbook(place)["milestones"]["C2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix is (text[0] in "=+-@#")
    tables = read(place)
    assert tables.rows["milestones"][0]["name"] == text


def test_dates_are_dates_numbers_are_numbers_and_words_come_in_a_list(tmp_path: Path) -> None:
    place = tmp_path / "out.xlsx"
    row = {"engagement": "crm", "starts_on": date(2026, 6, 1), "budget": Decimal("46200.50"), "cadence_days": 7}
    write(place, {"engagements": [row]})
    sheet = load_workbook(place)["engagements"]
    cells = {str(head.value): cell for head, cell in zip(*sheet.iter_rows(max_row=2), strict=True)}
    assert cells["starts_on"].data_type == "d"
    assert cells["starts_on"].value == datetime(2026, 6, 1)  # noqa: DTZ001 - as a spreadsheet has it
    assert cells["budget"].value == 46200.5
    assert cells["cadence_days"].value == 7
    assert sheet.freeze_panes == "A2"
    lists = {str(choice.sqref): choice.formula1 for choice in sheet.data_validations.dataValidation}
    letter = get_column_letter(cells["status"].column)
    assert lists[f"{letter}2:{letter}1048576"] == '"draft,active,paused,closed"'
    assert sheet["A1"].comment is not None


def test_a_text_that_a_workbook_cannot_hold_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    place = tmp_path / "out.xlsx"
    place.write_bytes(b"earlier")
    row = {"engagement": "crm", "milestone": "M1", "name": "a" * (LONGEST_CELL + 1)}
    with pytest.raises(UnreadableFile, match=r"A text of milestones, row 2, has 32,768 characters"):
        write(place, {"milestones": [row]})
    assert place.read_bytes() == b"earlier"
    assert [file.name for file in tmp_path.iterdir()] == ["out.xlsx"]
    write_workbook(io.BytesIO(), {"milestones": [{**row, "name": "a" * LONGEST_CELL}]})


def test_how_far_reading_is_is_told_also_of_a_workbook() -> None:
    told: list[tuple[int, int]] = []
    days: list[list[Any]] = [["crm", date(2026, 6, 1), "call", "us", "Notes."]] * 12_000
    sheet = [["engagement", "held_on", "channel", "side", "notes"], *days]
    notes = [["A sheet of somebody's own"], ["that is left out"]]
    read_upload("p.xlsx", workbook(check_ins=sheet, own=notes), lambda done, total: told.append((done, total)))
    (total,) = {total for _, total in told}
    assert total == pytest.approx(12_001 + 2 + 2 + 2, abs=5)  # one row a megabyte may be missed
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (total, total)
    assert [done for done, _ in told if 4_000 < done < 11_000] != []


def damaged(old: bytes, new: bytes) -> str:
    """What is said of a workbook in whose sheet milestones something else stands."""
    content = io.BytesIO()
    with zipfile.ZipFile(workbook()) as whole, zipfile.ZipFile(content, "w") as broken:
        for member in whole.infolist():
            text = whole.read(member)
            if member.filename == "xl/worksheets/sheet2.xml":
                assert old in text
                text = text.replace(old, new)
            broken.writestr(member.filename, text)
    content.seek(0)
    with pytest.raises(UnreadableFile) as refusal:
        read_upload("portfolio.xlsx", content)
    return str(refusal.value)


def test_a_sheet_that_says_what_no_sheet_can_say_is_damaged_and_is_not_read_for_ever() -> None:
    said = "sheet milestones in portfolio.xlsx is damaged"
    assert damaged(b'<row r="2"', b'<row r="99999999999"').startswith(f"{said} (it has more than 1,048,576 rows)")
    assert damaged(b'r="A2"', b'r="ZZZZZ2"').startswith(said)
    assert damaged(b'<c r="A2"', b'<c s="999" r="A2"').startswith(said)
    assert damaged(b"</sheetData>", b"").startswith(said)


def test_a_sheet_with_merged_cells_that_reaches_far_out_is_not_read_as_a_whole() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:B2")
        sheet.cell(1_048_576, 16_384, "x")

    with pytest.raises(UnreadableFile, match=r"sheet milestones in .* reaches to XFD1048576 and has merged cells"):
        found(workbook(change))


def test_a_date_beyond_all_dates_is_a_problem_and_no_warning_of_somebody_elses() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E2"], sheet["E2"].number_format = 99_999_999, "yyyy-mm-dd"

    (said,) = problems(found(workbook(change)))
    assert said.startswith('sheet milestones row 2, due_on: "#VALUE!" is an error of the spreadsheet.')
