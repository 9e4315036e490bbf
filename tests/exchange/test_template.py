"""The workbook to start from reads back as one engagement without a problem."""

import io
from datetime import date
from typing import Any, cast

from openpyxl import load_workbook

from engagement.exchange.interchange import FILES
from engagement.exchange.reading import Tables, read_upload
from engagement.exchange.template import EXAMPLE, example, holds_example, template, without_example
from engagement.exchange.workbook import write_workbook

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


def filled_in(**further: list[dict[str, Any]]) -> Tables:
    """The template with rows of one's own below those of the example."""
    content = io.BytesIO()
    tables = {name: [*rows, *further.get(name, ())] for name, rows in example(TODAY).items()}
    write_workbook(content, tables, [])
    return read_upload("mine.xlsx", io.BytesIO(content.getvalue()))


def test_without_its_example_the_template_is_empty() -> None:
    found = read_upload("template.xlsx", io.BytesIO(template(TODAY)))
    assert holds_example(found)
    left = without_example(found)
    assert not holds_example(left)
    assert not any(left.rows.values())
    assert left.rows.keys() == found.rows.keys()


def test_what_is_left_out_with_the_example_is_what_nothing_else_names() -> None:
    own = {"engagement": "web", "name": "Shop", "vendor": "Example Studio", "lead": "bo@example.org", "currency": "EUR"}
    dates = {"starts_on": TODAY, "recorded_on": TODAY}
    milestone = {"engagement": "web", "milestone": "M1", "name": "Design"}
    left = without_example(filled_in(engagements=[{**own, **dates}], milestones=[milestone])).rows
    assert [(row["engagement"], row["_row"]) for row in left["engagements"]] == [("web", 3)]
    assert [(row["engagement"], row["milestone"]) for row in left["milestones"]] == [("web", "M1")]
    assert [row["vendor"] for row in left["vendors"]] == ["Example Studio"]
    assert [row["email"] for row in left["people"]] == ["bo@example.org"]
    assert left["check_ins"] == []


def test_work_of_ones_own_under_the_key_of_the_example_is_not_the_example() -> None:
    found = read_upload("template.xlsx", io.BytesIO(template(TODAY)))
    mine = {**found.rows["engagements"][0], "name": "Our new website"}
    assert not holds_example(found._replace(rows={**found.rows, "engagements": [mine]}))


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
