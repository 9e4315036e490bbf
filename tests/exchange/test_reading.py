"""A folder in: what is typed, what is refused, and that everything wrong is said at once."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from engagement.errors import UnreadableFile
from engagement.exchange.reading import Tables, read
from tests.exchange.folders import ENGAGEMENTS, MILESTONES, folder
from tests.records.test_files import somebody_else


def problems(found: Tables) -> list[str]:
    return [str(problem) for problem in found.problems]


def test_a_small_portfolio_is_typed_and_missing_columns_are_empty(tmp_path: Path) -> None:
    found = read(folder(tmp_path))
    assert found.problems == ()
    assert found.notes == ()
    (row,) = found.rows["engagements"]
    assert row["_row"] == 2
    assert row["starts_on"] == date(2026, 6, 1)
    assert row["status"] == "active"
    assert row["contract"] == "fixed"
    assert row["budget"] is None
    assert list(found.rows) == ["vendors", "engagements", "milestones"]


def test_every_problem_is_said_at_once_with_file_row_column_and_remedy(tmp_path: Path) -> None:
    found = read(
        folder(
            tmp_path,
            engagements="engagement,name,vendor,currency,starts_on,budget\ncrm,,Northwind,EUR,31/02/2026,-1\n",
            milestones="engagement,milestone,name,weight\ncrm,M1,Data load,0.5\ncrm,M2,Test run,-0.5\n",
            progress_reports="engagement,milestone,reported_on,percent_complete\ncrm,M1,2026-07-01,120\n",
            check_ins="engagement,held_on,channel,side\ncrm,2026-07-01,telefon,us\n",
        )
    )
    assert problems(found) == [
        "engagements.csv row 2, name: It is empty. Every row needs it. Name as it is shown.",
        'engagements.csv row 2, budget: "-1" is negative. Write 0 or more, or leave it empty.',
        'engagements.csv row 2, starts_on: "31/02/2026" is not a date. Write it as YYYY-MM-DD.',
        'milestones.csv row 3, weight: "-0.5" is negative. Write 0 or more, or leave it empty.',
        'progress_reports.csv row 2, percent_complete: "120" is not between 0 and 100. Write 0 to 100.',
        'check_ins.csv row 2, channel: "telefon" is not a word for channel. Write in_person, video, call, chat, '
        "email or report.",
    ]
    assert not found.broken


def test_a_byte_order_mark_blank_lines_and_blanks_around_cells_do_no_harm(tmp_path: Path) -> None:
    text = (
        "\ufeffengagement , Name,vendor,currency,Starts On\n\n crm ,CRM migration , Northwind,EUR, 2026-06-01\n,,,,\n"
    )
    found = read(folder(tmp_path, engagements=text))
    assert found.problems == ()
    (row,) = found.rows["engagements"]
    assert (row["engagement"], row["name"], row["_row"]) == ("crm", "CRM migration", 3)


def test_a_row_is_counted_as_a_spreadsheet_counts_it(tmp_path: Path) -> None:
    text = 'engagement,milestone,name,due_on\ncrm,M1,"two\nlines",2026-11-11\ncrm,M2,Test run,soon\n'
    assert problems(read(folder(tmp_path, milestones=text))) == [
        'milestones.csv row 3, due_on: "soon" is not a date. Write it as YYYY-MM-DD.'
    ]


def test_semicolons_are_recognised(tmp_path: Path) -> None:
    found = read(folder(tmp_path, milestones=MILESTONES.replace(",", ";")))
    assert problems(found) == [
        "milestones.csv: The cells are separated by semicolons. Save it again separated by commas."
    ]
    assert found.broken == {"milestones"}


def test_tabs_are_recognised(tmp_path: Path) -> None:
    assert problems(read(folder(tmp_path, milestones=MILESTONES.replace(",", "\t")))) == [
        "milestones.csv: The cells are separated by tabs. Save it again separated by commas."
    ]


def test_a_missing_header_is_shown_with_the_one_that_is_needed(tmp_path: Path) -> None:
    found = read(folder(tmp_path, pauses="crm,2026-07-01,2026-07-08\n"))
    assert problems(found) == [
        'pauses.csv: The first row is "crm, 2026-07-01, 2026-07-08", which names no column. '
        "Put a header row first: engagement, paused_from, paused_until."
    ]


def test_an_empty_file_says_what_belongs_there(tmp_path: Path) -> None:
    assert problems(read(folder(tmp_path, pauses=""))) == [
        "pauses.csv: It is empty. Its first row names the columns: engagement, paused_from, paused_until."
    ]


def test_a_missing_needed_column_is_one_problem_and_not_one_a_row(tmp_path: Path) -> None:
    found = read(folder(tmp_path, milestones="engagement,milestone\ncrm,M1\ncrm,M2\n"))
    assert problems(found) == [
        "milestones.csv row 1, name: The column is missing. Add it, every row needs it. Name as it is shown."
    ]


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = "engagement,milestone,name,due_on,due_on\ncrm,M1,Data load,2026-11-11,2026-11-12\n"
    assert problems(read(folder(tmp_path, milestones=text))) == [
        "milestones.csv row 1, due_on: The column stands there twice. Keep one of them."
    ]


def test_rows_of_another_length_than_the_header_are_refused(tmp_path: Path) -> None:
    text = "engagement,milestone,name,due_on\ncrm,M1,Load, test,2026-11-11\ncrm,M2,Test run\ncrm,M3,End,2026-12-01,,\n"
    found = read(folder(tmp_path, milestones=text))
    assert problems(found) == [
        "milestones.csv row 2: It has 5 cells, the header has 4. "
        "Put text that holds a comma in quotation marks, and give every column its comma.",
        "milestones.csv row 3: It has 3 cells, the header has 4. "
        "Put text that holds a comma in quotation marks, and give every column its comma.",
    ]
    assert [row["milestone"] for row in found.rows["milestones"]] == ["M3"]


def test_a_quotation_mark_that_is_not_closed_names_the_row(tmp_path: Path) -> None:
    text = 'engagement,milestone,name\ncrm,M1,Data load\ncrm,M2,"Test run\n'
    assert problems(read(folder(tmp_path, milestones=text))) == [
        "milestones.csv row 3: From here on it cannot be split into cells (unexpected end of data). "
        "Look for a quotation mark that is not closed, or not doubled inside a text."
    ]


def test_what_is_not_utf_8_names_the_row_and_the_column(tmp_path: Path) -> None:
    text = "engagement,milestone,name\ncrm,M1,Data load\ncrm,M2,Prüfung\n".encode("cp1252")
    assert problems(read(folder(tmp_path, milestones=text))) == [
        'milestones.csv row 3, name: "Pr\ufffdfung" is not in UTF-8. Save the file again as "CSV UTF-8".'
    ]


def test_utf_16_is_named(tmp_path: Path) -> None:
    found = read(folder(tmp_path, milestones=MILESTONES.encode("utf-16"), pauses=""))
    assert problems(found) == [
        "pauses.csv: It is empty. Its first row names the columns: engagement, paused_from, paused_until.",
        'milestones.csv: It is in UTF-16. Save it again as "CSV UTF-8".',
    ]
    assert found.broken == {"milestones", "pauses"}


def test_a_key_that_occurs_twice_names_the_first(tmp_path: Path) -> None:
    text = MILESTONES + "crm,M2,Test run,\ncrm, M1,Data load again,\n"
    assert problems(read(folder(tmp_path, milestones=text))) == [
        'milestones.csv row 4, milestone: "crm, M1" stands in row 2 already. '
        "Keep one row for each engagement + milestone."
    ]


def test_two_talks_a_day_are_two_unless_they_are_of_one_person_and_channel(tmp_path: Path) -> None:
    text = "engagement,held_on,channel,side,by\ncrm,2026-07-01,call,us,Bo\ncrm,2026-07-01,call,us,Ana\n"
    assert read(folder(tmp_path, check_ins=text)).problems == ()
    assert problems(read(folder(tmp_path, check_ins=text + "crm,2026-07-01,call,us,Bo\n"))) == [
        'check_ins.csv row 4, by: "crm, 2026-07-01, call, us, Bo" stands in row 2 already. '
        "Keep one row for each engagement + held_on + channel + side + by."
    ]


def test_equal_payments_are_two(tmp_path: Path) -> None:
    text = "engagement,spent_on,amount\ncrm,2026-07-01,100\ncrm,2026-07-01,100\n"
    found = read(folder(tmp_path, spend=text))
    assert found.problems == ()
    assert [row["amount"] for row in found.rows["spend"]] == [Decimal(100), Decimal(100)]


def test_a_pause_needs_both_days_in_their_order_and_a_closed_engagement_its_day(tmp_path: Path) -> None:
    head = "engagement,name,vendor,currency,starts_on,status,paused_from,paused_until,closed_on\n"
    rows = (
        "a,A,Northwind,EUR,2026-06-01,paused,,,\n"
        "b,B,Northwind,EUR,2026-06-01,active,2026-08-01,2026-07-01,\n"
        "c,C,Northwind,EUR,2026-06-01,closed,,,\n"
        "d,D,Northwind,EUR,2026-06-01,paused,2026-08-01,2026-09-01,\n"
        "e,E,Northwind,EUR,2026-06-01,closed,,,2026-09-01\n"
    )
    found = read(folder(tmp_path, engagements=head + rows, milestones="engagement,milestone,name\n"))
    assert [(problem.row, problem.column) for problem in found.problems] == [
        (2, "paused_from"),
        (2, "paused_until"),
        (3, "paused_until"),
        (4, "closed_on"),
    ]


def test_unknown_columns_and_files_are_noted_and_left_out(tmp_path: Path) -> None:
    text = "engagement,milestone,name,due,colour\ncrm,M1,Data load,2026-11-11,red\n"
    found = read(folder(tmp_path, milestones=text, milestone="a\n1\n"))
    (tmp_path / "readme.txt").write_text("hello")
    assert found.problems == ()
    assert [str(note) for note in found.notes] == [
        "milestone.csv: It is not part of the format and was left out. Rename it if milestones is meant.",
        'milestones.csv row 1: The column "due" is not known and was left out. Rename it if due_on is meant.',
        'milestones.csv row 1: The column "colour" is not known and was left out. Remove it, or write it into notes.',
    ]
    assert "colour" not in found.rows["milestones"][0]


def test_a_folder_without_engagements_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "milestones.csv").write_text(MILESTONES)
    assert problems(read(tmp_path)) == [
        "engagements.csv: It is missing. Add it; a header row alone is enough where there is nothing to say."
    ]


def test_a_folder_of_something_else_is_no_portfolio(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"...")
    with pytest.raises(UnreadableFile, match="holds none of the files of a portfolio"):
        read(tmp_path)


def test_a_place_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"There is no file or folder nowhere\."):
        read(tmp_path / "nowhere")


def test_a_text_too_long_to_be_meant_is_refused(tmp_path: Path) -> None:
    text = f"engagement,name,vendor,currency,starts_on,scope\ncrm,CRM,Northwind,EUR,2026-06-01,{'a' * 131_001}\n"
    assert "goes on for 131,001 characters" in problems(read(folder(tmp_path, engagements=text)))[0]
    assert read(folder(tmp_path, engagements=text.replace("aa", "a", 1))).problems == ()


def test_an_apostrophe_before_a_formula_is_taken_off_and_no_other(tmp_path: Path) -> None:
    text = "engagement,milestone,name\ncrm,M1,'=1+1\ncrm,M2,''-x\ncrm,M3,'tis\ncrm,M4,=2+2\n"
    rows = read(folder(tmp_path, milestones=text)).rows["milestones"]
    assert [row["name"] for row in rows] == ["=1+1", "'-x", "'tis", "=2+2"]


def test_progress_is_told_up_to_the_whole(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    read(folder(tmp_path), lambda done, total: told.append((done, total)))
    size = sum(file.stat().st_size for file in tmp_path.iterdir())
    assert told[-1] == (size, size)
    assert len(ENGAGEMENTS) < size


def test_utf_16_is_known_also_without_its_mark(tmp_path: Path) -> None:
    for code in ("utf-16-le", "utf-16-be", "utf-16"):
        found = read(folder(tmp_path, milestones=MILESTONES.encode(code)))
        assert problems(found) == ['milestones.csv: It is in UTF-16. Save it again as "CSV UTF-8".']


def test_a_blank_first_row_is_said_to_be_blank_and_an_empty_file_to_be_empty(tmp_path: Path) -> None:
    (said,) = problems(read(folder(tmp_path, milestones="\n,,\n" + MILESTONES)))
    assert said.startswith("milestones.csv: Its first row is blank. Put the names of the columns there: engagement, ")
    (said,) = problems(read(folder(tmp_path, milestones="\n\n")))
    assert said.startswith("milestones.csv: It is empty. Its first row names the columns: engagement, ")


def test_a_key_that_no_index_holds_is_refused(tmp_path: Path) -> None:
    def keyed(length: int) -> list[str]:
        return problems(read(folder(tmp_path, milestones=f"engagement,milestone,name\ncrm,{'M' * length},Data load\n")))

    assert keyed(500) == []
    (said,) = keyed(501)
    assert said.endswith('MMM..." has 501 characters. Write at most 500, and the rest elsewhere.')


def test_a_table_that_is_no_file_is_not_left_out_in_silence(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "check_ins.csv").symlink_to(place / "nowhere")
    (place / "actions.csv").symlink_to(place / "actions.csv")
    (place / "spend.csv").symlink_to("/dev/null")
    what = "It is no file, or leads to none. Put the file itself in its place."
    assert problems(read(place)) == [f"{name}.csv: {what}" for name in ("check_ins", "actions", "spend")]


def test_a_table_that_may_not_be_read_is_named() -> None:
    with TemporaryDirectory() as name:
        place = folder(Path(name))
        place.chmod(0o755)
        (place / "vendors.csv").chmod(0)
        with somebody_else():
            found = read(place)
    assert problems(found) == ["vendors.csv: It cannot be read: Permission denied. Check who may read it."]


def test_a_name_that_no_file_can_have_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"cannot be read: File name too long\. Check the name\."):
        read(tmp_path / ("x" * 300))


def test_a_character_that_stands_for_nothing_is_refused_in_text_and_numbers(tmp_path: Path) -> None:
    place = folder(
        tmp_path, milestones="engagement,milestone,name,weight\ncrm,M1,Da\0ta load,1\ncrm,M2,Test run,1\x000\n"
    )
    found = read(place)
    remedy = 'Write the cell again, or save the file again as "CSV UTF-8".'
    lost = "holds a character that stands for nothing (NUL), so that some of it was lost."
    assert [str(problem) for problem in found.problems] == [
        f'milestones.csv row 2, name: "Da\N{REPLACEMENT CHARACTER}ta load" {lost} {remedy}',
        f'milestones.csv row 3, weight: "1\N{REPLACEMENT CHARACTER}0" {lost} {remedy}',
    ]
