"""What is no portfolio is refused in words: damaged, protected, too large, of another kind."""

import io
import zipfile
from pathlib import Path

import pytest

from engagement.errors import UnreadableFile
from engagement.exchange import sources
from engagement.exchange.reading import read, read_upload
from tests.exchange.folders import ENGAGEMENTS, MILESTONES, VENDORS


def zipped(files: dict[str, str | bytes]) -> io.BytesIO:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    content.seek(0)
    return content


SMALL: dict[str, str | bytes] = {
    "engagements.csv": ENGAGEMENTS,
    "milestones.csv": MILESTONES,
    "vendors.csv": VENDORS,
}


def test_a_zip_is_read_like_a_folder_also_with_a_folder_in_it() -> None:
    inside = {f"export/{name}": text for name, text in SMALL.items()}
    extra: dict[str, str | bytes] = {"__MACOSX/export/._milestones.csv": b"\x00\x05\x16", "export/.DS_Store": b"\x00"}
    for files in (SMALL, {**inside, **extra}):
        found = read_upload("portfolio.zip", zipped(files))
        assert found.problems == ()
        assert found.notes == ()
        assert [row["engagement"] for row in found.rows["engagements"]] == ["crm"]


def problems(files: dict[str, str | bytes]) -> list[str]:
    return [str(problem) for problem in read_upload("p.zip", zipped(files)).problems]


def test_a_file_that_is_twice_in_a_zip_is_a_problem_beside_all_others() -> None:
    files = {**SMALL, "z/milestones.csv": MILESTONES, "pauses.csv": "", "spend.csv": "engagement\n".encode("utf-16")}
    assert problems(files) == [
        "pauses.csv: It is empty. Its first row names the columns: engagement, paused_from, paused_until.",
        "milestones.csv: It is there a second time, as z/milestones.csv. Keep one of them.",
        'spend.csv: It is in UTF-16. Save it again as "CSV UTF-8".',
    ]


def test_members_outside_of_the_zip_and_folders_named_like_files_are_said_to_be_that(tmp_path: Path) -> None:
    assert problems({"../engagements.csv": ENGAGEMENTS, "milestones.csv/pauses.txt": "", "vendors.csv": VENDORS}) == [
        "engagements.csv: The zip holds it as ../engagements.csv, outside of the zip. "
        "Pack the files themselves into the zip, or the folder that holds them.",
        "milestones.csv: It is a folder, not a file. Put the file itself in its place.",
    ]
    assert problems({"milestones.csv/": "", **SMALL}) == []
    assert problems({f"export\\{name}": text for name, text in SMALL.items()}) == []
    (tmp_path / "engagements.csv").mkdir()
    (tmp_path / "milestones.csv").write_text(MILESTONES)
    assert [str(problem) for problem in read(tmp_path).problems] == [
        "engagements.csv: It is a folder, not a file. Put the file itself in its place."
    ]


def test_a_damaged_zip_is_said_to_be_damaged() -> None:
    content = bytearray(zipped(SMALL).getvalue())
    with pytest.raises(UnreadableFile, match="damaged"):
        read_upload("p.zip", io.BytesIO(bytes(content[:-30])))
    content[60:70] = b"\x00" * 10
    (problem,) = read_upload("p.zip", io.BytesIO(bytes(content))).problems
    assert problem.file == "engagements.csv"
    assert problem.what.startswith("It is damaged")
    assert problem.remedy == "Make the zip again."


def test_a_zip_with_a_password_is_said_to_have_one() -> None:
    content = bytearray(zipped({"engagements.csv": ENGAGEMENTS}).getvalue())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="protected by a password"):
        read_upload("p.zip", io.BytesIO(bytes(content)))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped({**SMALL, "check_ins.csv": b"0" * (sources.SMALL_ENOUGH + 1)})
    assert len(bomb.getvalue()) < 100_000
    with pytest.raises(UnreadableFile, match="unpacks to 64 MB"):
        read_upload("p.zip", bomb)


def test_too_much_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST_TOTAL", 50)
    with pytest.raises(UnreadableFile, match="Split it by engagement"):
        read_upload("p.zip", zipped(SMALL))
    for name, text in SMALL.items():
        (tmp_path / name).write_text(str(text))
    with pytest.raises(UnreadableFile, match="Split it by engagement"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "p.xlsx", "p.xlsx is empty"),
        (b"%PDF-1.7", "p.pdf", "neither a folder nor a zip nor an Excel workbook"),
        (b"engagement,name\n", "engagements.csv", "is one file of a portfolio. Give the folder"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"Workbook", "p.xls", "of the old kind"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "p.xlsx",
            "protected by a password",
        ),
    ],
)
def test_files_of_another_kind_are_named(content: bytes, name: str, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_upload(name, io.BytesIO(content))


def test_spreadsheets_of_another_kind_are_named() -> None:
    for member in ("mimetype", "xl/workbook.bin"):
        with pytest.raises(UnreadableFile, match="spreadsheet of another kind"):
            read_upload("p.ods", zipped({member: "x"}))


def test_a_zip_of_something_else_is_no_portfolio() -> None:
    with pytest.raises(UnreadableFile, match="holds none of the files of a portfolio"):
        read_upload("p.zip", zipped({"photo.jpg": b"..."}))
