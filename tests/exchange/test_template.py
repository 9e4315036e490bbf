"""The workbook to start from reads back as one engagement without a problem."""

import io
from datetime import date
from typing import Any, cast

from openpyxl import load_workbook

from engagement.exchange.interchange import FILES
from engagement.exchange.reading import read_upload
from engagement.exchange.template import EXAMPLE, template

TODAY = date(2026, 11, 22)


def test_the_template_comes_back_as_one_engagement_without_a_problem() -> None:
    found = read_upload("template.xlsx", io.BytesIO(template(TODAY)))
    assert found.problems == ()
    assert found.notes == ()
    assert [row["engagement"] for row in found.rows["engagements"]] == [EXAMPLE]
    assert {name: len(rows) for name, rows in found.rows.items() if rows} == {
        "people": 2,
        "vendors": 1,
        "engagements": 1,
        "milestones": 3,
        "progress_reports": 1,
        "deliveries": 1,
        "check_ins": 1,
        "actions": 1,
        "spend": 1,
    }


def test_the_first_sheet_says_how_and_every_table_has_a_sheet() -> None:
    book = load_workbook(io.BytesIO(template(TODAY)))
    assert book.sheetnames[0] == "How to"
    assert set(book.sheetnames[1:]) == {file.name for file in FILES}
    said = [cell.value for cell in book["How to"]["A"]]
    assert all(file.name in said for file in FILES)


def test_every_header_is_frozen_and_helps_and_every_word_can_be_chosen() -> None:
    book = load_workbook(io.BytesIO(template(TODAY)))
    for file in FILES:
        sheet = cast("Any", book[file.name])
        assert sheet.freeze_panes == "A2"
        assert [cell.value for cell in sheet[1]] == [column.name for column in file.columns]
        assert all(
            cell.comment.text.startswith(column.help) for cell, column in zip(sheet[1], file.columns, strict=True)
        )
        choices = sum(bool(column.words) or column.type == "yes_no" for column in file.columns)
        assert len(sheet.data_validations.dataValidation) == choices
