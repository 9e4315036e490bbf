"""The command line: exit codes, words on standard error, and the JSON contract on standard output."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engagement import settings
from engagement.cli import main
from engagement.settings import ROOT
from tests.conftest import NewDatabase
from tests.exchange.folders import folder

ENGAGEMENTS = (
    "engagement,name,vendor,currency,starts_on,recorded_on,budget\n"
    'crm,"=CRM, new",Northwind,EUR,2026-06-01,2026-06-01,46200\n'
    "web,Website,Northwind,EUR,2026-06-01,2026-06-01,\n"
)
CHECK_INS = "engagement,held_on,channel,side\ncrm,2026-10-28,call,us\nweb,2026-11-18,call,us\n"


@pytest.fixture
def place(new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database of each kind that the commands use, on Friday 20 November 2026."""
    yield from _held(new_database(), monkeypatch)


@pytest.fixture
def file(new_sqlite: NewDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The same in a file only, for what does not depend on the kind."""
    yield from _held(new_sqlite(), monkeypatch)


@pytest.fixture
def missing(bare_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An address of each kind at which there is no database yet."""
    yield from _held(bare_database, monkeypatch)


def _held(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("ENGAGEMENT_DATABASE_URL", url)
    monkeypatch.setenv("ENGAGEMENT_TODAY", "2026-11-20")
    settings.settings.cache_clear()
    yield url
    settings.settings.cache_clear()


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def small(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    return folder(place, engagements=ENGAGEMENTS, check_ins=CHECK_INS)


def test_import_says_what_was_new_and_the_second_time_that_nothing_was(place: str, tmp_path: Path) -> None:
    done = run("import", small(tmp_path))
    assert (done.exit_code, done.stderr) == (0, "")
    assert "engagements    2        0         0" in done.stdout
    again = run("import", tmp_path / "in")
    assert again.exit_code == 0
    assert "All of this was recorded already; nothing was changed." in again.stdout


def test_import_refuses_with_every_problem_on_standard_error(place: str, tmp_path: Path) -> None:
    bad = folder(
        tmp_path,
        engagements="engagement,name,vendor,currency,starts_on,budget\ncrm,CRM,Northwind,EUR,31/02/2026,-1\n",
        milestones="engagement,milestone,name\nweb,M1,Pages\n",
    )
    done = run("import", bad)
    assert done.exit_code == 1
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[0] == 'engagements.csv row 2, budget: "-1" is negative. Write 0 or more, or leave it empty.'
    assert lines[1] == 'engagements.csv row 2, starts_on: "31/02/2026" is not a date. Write it as YYYY-MM-DD.'
    assert lines[2].startswith("milestones.csv row 2, engagement:")
    assert lines[3] == "3 problems; nothing was written."
    assert json.loads(run("assess", "--format", "json").stdout)["engagements"] == []


def test_a_dry_run_says_so_and_writes_nothing(place: str, tmp_path: Path) -> None:
    done = run("import", small(tmp_path), "--dry-run")
    assert done.exit_code == 0
    assert "Nothing was written: this was a dry run." in done.stdout
    assert json.loads(run("assess", "--format", "json").stdout)["engagements"] == []


def test_assess_as_json_is_the_contract(place: str, tmp_path: Path) -> None:
    run("import", small(tmp_path))
    done = run("assess", "--as-of", "2026-11-20", "--format", "json")
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert said["as_of"] == "2026-11-20"
    assert [found["engagement"] for found in said["engagements"]] == ["crm", "web"]
    assert said["engagements"][0]["contact"] == {
        "state": "forgotten",
        "last_on": "2026-10-28",
        "days_since": 23,
        "due_on": "2026-11-04",
        "silent_after": "2026-11-06",
        "forgotten_after": "2026-11-13",
        "cadence_days": 7,
        "grace_days": 2,
    }
    assert said["engagements"][0]["cost"]["budget"] == "46200.00"
    assert run("assess", "--as-of", "2026-11-20", "--format", "json").stdout_bytes == done.stdout_bytes


def test_cards_say_what_each_owner_had_a_week_as_an_object_and_as_tables(file: str, tmp_path: Path) -> None:
    run("import", small(tmp_path))
    said = json.loads(run("cards", "--weeks", "4", "--people", "2", "--format", "json").stdout)
    assert (said["as_of"], said["fridays"], len(said["weeks"])) == ("2026-11-20", 4, 8)
    first = said["owners"][0]
    # crm was talked about on 28 Oct: on time on 30 Oct, in its last day of grace on 6 Nov, silent from then on
    assert [week["needs"] for week in said["weeks"] if week["owner"] == first["owner"]] == [0, 0, 1, 1]
    assert first["needs"] == {"median": 0.5, "p90": 1, "most": 1, "none": 0.5, "total": 2}
    table = run("cards", "--weeks", "4", "--people", "2")
    assert table.exit_code == 0
    assert table.stdout.startswith("2 owners, 8 weeks on which something of theirs was active, up to 20 Nov 2026.")
    assert run("cards", "--as-of", "2020-01-03").stdout == "Nothing was active on the 52 Fridays up to 3 Jan 2020.\n"


def test_assess_as_csv_is_safe_to_open_in_a_spreadsheet(place: str, tmp_path: Path) -> None:
    run("import", small(tmp_path))
    rows = list(csv.DictReader(io.StringIO(run("assess", "--format", "csv").stdout)))
    assert [row["engagement"] for row in rows] == ["crm", "web"]
    assert rows[0]["name"] == "'=CRM, new"


def test_assess_for_people_puts_first_who_needs_somebody(place: str, tmp_path: Path) -> None:
    run("import", small(tmp_path))
    lines = run("assess").stdout.splitlines()
    assert lines[0] == "One of two active engagements needs somebody, as of 20 Nov 2026."
    assert lines[2].startswith("crm")
    assert "■ off track" in lines[2]
    assert "23 days ago, forgotten" in lines[2]
    assert (
        "No conversation on record for 23 days; nothing agreed, usual is every 7, so it was due on 4 Nov. And 1 more"
        in lines[2]
    )


def test_one_engagement_may_be_asked_for_and_an_unknown_one_has_near_matches(place: str, tmp_path: Path) -> None:
    run("import", small(tmp_path))
    one = json.loads(run("assess", "--engagement", "web", "--format", "json").stdout)
    assert [found["engagement"] for found in one["engagements"]] == ["web"]
    none = run("assess", "--engagement", "crn")
    assert (none.exit_code, none.stdout) == (2, "")
    assert none.stderr == 'There is no engagement "crn". Near it are: crm.\n'


def test_review_says_what_changed_in_a_week_unless_told_otherwise(place: str, tmp_path: Path) -> None:
    run("import", small(tmp_path))
    said = json.loads(run("review", "--format", "json").stdout)
    assert (said["since"], said["as_of"]) == ("2026-11-13", "2026-11-20")
    assert ("web", "check_in_held") in {(change["engagement"], change["what"]) for change in said["changes"]}
    assert run("review", "--format", "csv").stdout.startswith("engagement,what,was,now,by,milestone,rule,on,because\n")
    assert "web" in run("review").stdout
    wrong = run("review", "--since", "2026-11-21")
    assert wrong.exit_code == 2
    assert "lies after" in wrong.stderr


@pytest.mark.parametrize("name", ["out", "out.zip", "out.xlsx"])
def test_export_writes_what_its_name_says(place: str, tmp_path: Path, name: str) -> None:
    run("import", small(tmp_path))
    done = run("export", tmp_path / name)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / name).is_dir() is (name == "out")
    assert "All of this was recorded already" in run("import", tmp_path / name).stdout


def test_import_creates_a_missing_database_and_the_others_say_what_to_do(missing: str, tmp_path: Path) -> None:
    for command in (("assess",), ("review",), ("export", tmp_path / "out")):
        done = run(*command)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "init" in done.stderr
        assert "Traceback" not in done.stderr
    assert run("import", small(tmp_path)).exit_code == 0
    assert run("assess").exit_code == 0


def test_init_creates_and_may_be_repeated(missing: str) -> None:
    assert run("init").exit_code == 0
    assert run("init").exit_code == 0
    assert "Nothing is recorded yet." in run("assess").stdout


def test_the_sample_is_loaded_into_a_missing_database_and_never_mixed(missing: str, tmp_path: Path) -> None:
    assert run("sample").exit_code == 0
    assert run("sample").exit_code == 0
    assert len(json.loads(run("assess", "--format", "json").stdout)["engagements"]) >= 24
    mixed = run("import", small(tmp_path))
    assert mixed.exit_code == 1
    assert "never mixed" in mixed.stderr


def test_the_sample_goes_when_it_is_told_to_and_own_records_never_do(missing: str, tmp_path: Path) -> None:
    run("sample")
    cleared = run("sample", "--clear")
    assert cleared.stdout == "The sample is gone; the database is empty.\n"
    assert run("import", small(tmp_path)).exit_code == 0
    refused = run("sample", "--clear")
    assert refused.exit_code == 1
    assert "These are not the records of the sample." in refused.stderr


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notes.txt").write_text("Not a database, just some notes. " * 100)
    for _ in _held(f"sqlite:///{tmp_path / 'notes.txt'}", monkeypatch):
        for command in (("assess",), ("init",), ("import", small(tmp_path))):
            done = run(*command)
            assert done.exit_code == 1
            assert done.stderr
            assert "Traceback" not in done.stderr


WRITE_AN_ADDRESS = (
    "Write sqlite:///path/to/file.db or postgresql://user:password@host/name into ENGAGEMENT_DATABASE_URL.\n"
)


WRONG_ENVIRONMENTS = [
    ("ENGAGEMENT_TODAY", "soon", '"soon" is not a date. Write it as YYYY-MM-DD.\n'),
    ("ENGAGEMENT_TODAY", "2026-02-30", '"2026-02-30" is not a date. Write it as YYYY-MM-DD.\n'),
    ("ENGAGEMENT_TODAY", "20261120", '"20261120" is not a date. Write it as YYYY-MM-DD.\n'),
    ("ENGAGEMENT_TODAY", "1899-12-31", "1899-12-31 is not between 1900 and 2199. Check the year.\n"),
    ("ENGAGEMENT_TODAY", "9999-12-31", "9999-12-31 is not between 1900 and 2199. Check the year.\n"),
    ("ENGAGEMENT_DATABASE_URL", "x.db", f"The database address cannot be understood. {WRITE_AN_ADDRESS}"),
    ("ENGAGEMENT_DATABASE_URL", "mysql://h/x", f"mysql is not a database this program works with. {WRITE_AN_ADDRESS}"),
]


@pytest.mark.parametrize("wrong", WRONG_ENVIRONMENTS)
@pytest.mark.parametrize("command", ["assess", "review", "import in", "export out", "sample", "init"])
def test_a_wrong_environment_is_wrong_usage(
    missing: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str, wrong: tuple[str, str, str]
) -> None:
    small(tmp_path)
    monkeypatch.chdir(tmp_path)
    name, value, words = wrong
    monkeypatch.setenv(name, value)
    settings.settings.cache_clear()
    done = run(*command.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (f"ENGAGEMENT_TODAY cannot be used: {words}" if name == "ENGAGEMENT_TODAY" else words)
    assert [found.name for found in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Usage:"),
        (("dance",), "No such command 'dance'."),
        (("init", "now"), "unexpected extra argument (now)"),
        (("sample", "--clean"), "No such option '--clean'."),
        (("assess", "--as-of", "20.11.2026"), '"20.11.2026" is not a date. Write it as YYYY-MM-DD.'),
        (("assess", "--as-of", "2026-02-30"), '"2026-02-30" is not a date. Write it as YYYY-MM-DD.'),
        (("assess", "--as-of", ""), '"" is not a date. Write it as YYYY-MM-DD.'),
        (("assess", "--format", "xml"), "'xml' is not one of 'table', 'json', 'csv'."),
        (("assess", "--engagement", "nope"), 'There is no engagement "nope".'),
        (("assess", "--engagement", ""), 'There is no engagement "".'),
        (("review", "--since", "2026-13-01"), '"2026-13-01" is not a date.'),
        (("review", "--since", "2026-11-20", "--as-of", "2026-11-19"), "2026-11-20 lies after 2026-11-19."),
        (("review", "--format", "xml"), "'xml' is not one of 'table', 'json', 'csv'."),
        (("import",), "Missing argument 'PATH'."),
        (("import", ""), "It is empty. Name a file or a folder."),
        (("import", "in", "more"), "unexpected extra argument (more)"),
        (("import", "--format", "msproject", "in"), "'msproject' is not 'interchange'."),
        (("export",), "Missing argument 'PATH'."),
        (("export", ""), "It is empty. Name a file or a folder."),
        (("export", "out.csv"), "out.csv is none of what can be written. Name a folder, a .zip or a .xlsx."),
        (("generate", "--engagements", "0", "--seed", "1", "out"), "0 is not in the range x>=1."),
        (("generate", "--engagements", "-3", "--seed", "1", "out"), "-3 is not in the range x>=1."),
        (("generate", "--engagements", "3", "--seed", "x", "out"), "'x' is not a valid integer."),
        (("generate", "--engagements", "3", "out"), "Missing option '--seed'."),
        (("generate", "--engagements", "3", "--seed", "1"), "Missing argument 'PATH'."),
        (("generate", "--engagements", "3", "--seed", "1", "--actions", "-1", "out"), "-1 is not in the range x>=1."),
        (("generate", "--engagements", "3", "--seed", "1", "out.zip"), "out.zip is not the name of a folder."),
    ],
)
def test_wrong_usage_is_exit_code_2_and_said(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["out", "out.zip", "out.xlsx"])
def test_export_replaces_nothing_unless_told_to(file: str, tmp_path: Path, name: str) -> None:
    run("sample")
    assert run("export", tmp_path / name).exit_code == 0
    kept = tmp_path / name / "vendors.csv" if name == "out" else tmp_path / name
    kept.write_bytes(b"corrected by hand")
    again = run("export", tmp_path / name)
    assert (again.exit_code, again.stdout) == (2, "")
    assert "already" in again.stderr
    assert "Nothing was written." in again.stderr
    assert "--overwrite" in again.stderr
    assert kept.read_bytes() == b"corrected by hand"
    assert run("export", tmp_path / name, "--overwrite").exit_code == 0
    assert kept.read_bytes() != b"corrected by hand"


def test_export_goes_into_a_folder_that_holds_no_tables(file: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert run("export", tmp_path).exit_code == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_generate_writes_what_import_takes(place: str, tmp_path: Path) -> None:
    sizes = ("--milestones", 3, "--check-ins", 5, "--reports", 2, "--actions", 4)
    assert run("generate", "--engagements", 10, "--seed", 1, *sizes, tmp_path / "made").exit_code == 0
    assert run("import", tmp_path / "made").exit_code == 0
    assert len(json.loads(run("assess", "--format", "json").stdout)["engagements"]) == 10


def in_a_terminal(*arguments: object, quiet: bool = False) -> tuple[int, str]:
    """Exit code of a command, and what its terminal was sent; ``quiet`` sends standard error elsewhere."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "engagement", *map(str, arguments)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL if quiet else theirs,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    sent = b""
    try:
        while piece := os.read(ours, 65536):
            sent += piece
    except OSError:  # so Linux says that nobody has the other end open any more
        pass
    os.close(ours)
    return process.wait(60), sent.decode()


def test_a_long_import_shows_in_a_terminal_how_far_it_is_and_cleans_up(file: str, tmp_path: Path) -> None:
    run("generate", "--engagements", "40", "--seed", "1", tmp_path / "made")
    code, sent = in_a_terminal("import", tmp_path / "made")
    assert code == 0
    shares = [int(share) for share in re.findall(r"Recording.*?(\d+)%", sent)]
    assert shares == sorted(shares)
    assert shares[-1] == 100
    assert len(set(shares)) > 2  # there is something between nothing and all
    assert sent.rindex("\x1b[?25l") < sent.rindex("\x1b[?25h")  # the cursor was hidden, and is shown again
    shown_last = sent[sent.rindex("\x1b[?25h") :]
    assert shown_last.count("\x1b[1A\x1b[2K") == 2  # both bars are wiped away
    assert "engagements" in shown_last
    assert "%" not in shown_last


def test_a_refused_import_in_a_terminal_leaves_words_and_no_bar(file: str, tmp_path: Path) -> None:
    code, sent = in_a_terminal("import", folder(tmp_path, vendors="vendor\nSouthwind\n"))
    assert code == 1
    last = sent[sent.rindex("\x1b[?25h") :]
    assert "1 problem; nothing was written." in last
    assert "%" not in last


def test_there_is_no_bar_where_standard_error_is_no_terminal(file: str, tmp_path: Path) -> None:
    code, sent = in_a_terminal("import", small(tmp_path), quiet=True)
    assert code == 0
    assert "engagements" in sent
    assert "%" not in sent
    assert run("import", tmp_path / "in").stderr == ""


def test_help_comes_without_loading_the_rooms() -> None:
    code = (
        "import sys; from engagement.cli import main; "
        "heavy = {'pandas', 'sqlalchemy', 'plotly', 'openpyxl', 'streamlit', 'holidays'} & set(sys.modules); "
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_it_runs_as_a_module_and_writes_utf_8_whatever_the_terminal_is(file: str, tmp_path: Path) -> None:
    text = ENGAGEMENTS.replace("Website", "Webseite für München")
    (tmp_path / "in").mkdir()
    run("import", folder(tmp_path / "in", engagements=text))
    done = subprocess.run(
        [sys.executable, "-m", "engagement", "assess", "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0
    assert json.loads(done.stdout.decode())["engagements"][1]["name"] == "Webseite für München"


@pytest.mark.parametrize("command", [("assess", "--as-of"), ("review", "--as-of"), ("review", "--since")])
@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_far_away_is_wrong_usage(file: str, command: tuple[str, str], day: str) -> None:
    done = run(*command, day)
    assert done.exit_code == 2
    assert f"{day} is not between 1900 and 2199." in done.stderr


def test_the_csv_holds_the_figures_of_the_json(place: str) -> None:
    run("sample")
    told = {one["engagement"]: one for one in json.loads(run("assess", "--format", "json").stdout)["engagements"]}
    rows = list(csv.DictReader(io.StringIO(run("assess", "--format", "csv").stdout.lstrip("\ufeff"))))
    assert len(rows) == len(told) > 0
    for row in rows:
        for share in ("planned", "claimed", "earned", "accepted"):
            progress = told[row["engagement"]]["progress"]
            is_told = row["progress_known"] == "yes" or share in ("planned", "accepted")  # else a sum of nothing
            assert (float(row[share]) if row[share] else None) == (progress[share] if is_told else None)
