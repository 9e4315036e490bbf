"""Files into the records: all problems of files and records together, or all of it, or a preview."""

from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from engagement.errors import Refused
from engagement.exchange.reading import read, read_upload
from engagement.exchange.template import EXAMPLE, template
from engagement.exchange.transfer import create_if_missing, export_portfolio, import_portfolio, record
from engagement.overview import Overview
from engagement.records.database import Author, Database
from tests.exchange.folders import folder

TODAY = date(2026, 11, 20)


def refused(database: Database, author: Author, place: Path) -> list[str]:
    with pytest.raises(Refused) as refusal:
        import_portfolio(database, author, place, today=TODAY)
    return [str(problem) for problem in refusal.value.problems]


def test_problems_of_the_files_and_of_the_records_come_together(
    database: Database, author: Author, tmp_path: Path
) -> None:
    place = folder(
        tmp_path,
        milestones="engagement,milestone,name,weight\ncrm,M1,Data load,-1\nweb,M1,Pages,1\n",
        progress_reports="engagement,milestone,reported_on\ncrm,M1,2026-07-01\ncrm,M9,2026-07-01\n",
    )
    said = refused(database, author, place)
    assert [line.split(":")[0] for line in said] == [
        "milestones.csv row 2, weight",
        "milestones.csv row 3, engagement",
        "progress_reports.csv row 3, milestone",
    ]
    assert database.revision() == 0


def test_what_a_bad_row_refers_to_is_reported_with_its_cells(
    database: Database, author: Author, tmp_path: Path
) -> None:
    place = folder(
        tmp_path,
        engagements="engagement,name,vendor,currency,starts_on\ncrm,CRM,Nobody,EUR,31/02/2026\nweb,Web,Gone,EUR,x\n",
        milestones="engagement,milestone,name,due_on\ncrm,M1,Data load,soon\nshop,M1,Pages,later\n",
        deliveries="engagement,milestone,delivered_on\ncrm,M1,2026-07-01\ncrm,M7,never\n",
    )
    assert [line.split(":")[0] for line in refused(database, author, place)] == [
        "engagements.csv row 2, starts_on",
        "engagements.csv row 2, vendor",
        "engagements.csv row 3, starts_on",
        "engagements.csv row 3, vendor",
        "milestones.csv row 2, due_on",
        "milestones.csv row 3, due_on",
        "milestones.csv row 3, engagement",
        "deliveries.csv row 3, delivered_on",
        "deliveries.csv row 3, milestone",
    ]


def test_rows_that_were_split_wrong_and_columns_that_are_missing_hide_nothing_and_make_no_noise(
    database: Database, author: Author, tmp_path: Path
) -> None:
    place = folder(
        tmp_path,
        engagements="engagement,name,vendor,starts_on\ncrm,CRM, old,Northwind,2026-06-01\nweb,Web,Nobody,2026-06-01\n",
        milestones="engagement,milestone,name,due_on\ncrm,M1,Load, test,2026-11-11\n",
        check_ins="engagement,held_on,channel\ncrm,2026-07-01,call\nshop,2026-07-01,call\n",
        deliveries="engagement,milestone,delivered_on\ncrm,M1,2026-07-01\n",
    )
    assert [line.split(":")[0] for line in refused(database, author, place)] == [
        "engagements.csv row 1, currency",
        "engagements.csv row 2",
        "engagements.csv row 3, vendor",
        "milestones.csv row 2",
        "check_ins.csv row 1, side",
        "check_ins.csv row 3, engagement",
    ]


def test_a_table_that_lost_its_keys_keeps_its_own_references_out_and_no_others(
    database: Database, author: Author, tmp_path: Path
) -> None:
    place = folder(
        tmp_path,
        milestones="milestone,name\nM1,Data load\nM1,Pages\n",
        deliveries="engagement,milestone,delivered_on\ncrm,M1,2026-07-01\nshop,M1,2026-07-01\n",
    )
    assert [line.split(":")[0] for line in refused(database, author, place)] == [
        "milestones.csv row 1, engagement",
        "deliveries.csv row 3, engagement",
    ]


def test_a_table_that_cannot_be_read_does_not_make_the_others_look_wrong(
    database: Database, author: Author, tmp_path: Path
) -> None:
    place = folder(tmp_path, engagements="engagement;name\ncrm;CRM\n")
    assert refused(database, author, place) == [
        "engagements.csv: The cells are separated by semicolons. Save it again separated by commas."
    ]


def test_a_first_promise_that_changes_is_refused_with_its_place(
    database: Database, author: Author, tmp_path: Path
) -> None:
    import_portfolio(database, author, folder(tmp_path), today=TODAY)
    moved = folder(tmp_path, milestones="engagement,milestone,name,due_on\ncrm,M1,Data load,2026-12-24\n")
    (said,) = refused(database, author, moved)
    assert said.startswith("milestones.csv row 2, due_on:")
    assert "baselines" in said


def test_a_dry_run_writes_nothing_and_creates_nothing(author: Author, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    place = tmp_path / "new" / "engagement.db"
    database = Database(f"sqlite:///{place}")
    taken = import_portfolio(database, author, folder(tmp_path / "in"), today=TODAY, dry_run=True)
    assert taken.outcome.counts["engagements"] == (1, 0, 0)
    assert not place.parent.exists()
    import_portfolio(database, author, tmp_path / "in", today=TODAY)
    revision = database.revision()
    taken = import_portfolio(database, author, tmp_path / "in", today=TODAY, dry_run=True)
    assert taken.outcome.counts["engagements"] == (0, 0, 1)
    assert database.revision() == revision
    database.close()


def test_the_example_of_the_template_is_taken_with_a_note(database: Database, author: Author) -> None:
    found = read_upload("template.xlsx", BytesIO(template(TODAY)))
    taken = record(database, author, found, today=TODAY)
    assert taken.outcome.counts["engagements"] == (1, 0, 0)
    assert [(note.file, note.row, note.column) for note in taken.notes] == [("sheet engagements", 2, "engagement")]


def test_notes_name_the_sheet_as_the_person_does(database: Database, author: Author, tmp_path: Path) -> None:
    text = "engagement,held_on,channel,side\ncrm,2026-01-01,call,us\n"
    taken = import_portfolio(database, author, folder(tmp_path, check_ins=text), today=TODAY)
    assert [(note.file, note.row) for note in taken.notes] == [("check_ins.csv", 2)]


@pytest.mark.parametrize(("dry_run", "last"), [(False, "Recording"), (True, "Checking")])
def test_both_steps_tell_how_far_they_are_and_none_is_done_twice(
    bare_database: str, author: Author, tmp_path: Path, dry_run: bool, last: str
) -> None:
    (tmp_path / "in").mkdir()
    told: list[tuple[str, int, int]] = []
    database = Database(bare_database)
    import_portfolio(
        database,
        author,
        folder(tmp_path / "in"),
        today=TODAY,
        dry_run=dry_run,
        progress=lambda *step: told.append(step),
    )
    database.close()
    steps = list(dict.fromkeys(step for step, _, _ in told))
    assert steps == ["Reading", last]
    for step in steps:
        done = [done for name, done, _ in told if name == step]
        assert done == sorted(done)
        assert {total for name, _, total in told if name == step} == {done[-1]}


def test_an_export_reads_back_with_what_was_recorded(database: Database, author: Author, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    import_portfolio(database, author, folder(tmp_path / "in"), today=TODAY)
    export_portfolio(database, tmp_path / "out")
    assert [row["name"] for row in read(tmp_path / "out").rows["engagements"]] == ["CRM migration"]
    assert EXAMPLE not in (tmp_path / "out" / "engagements.csv").read_text()


def test_a_missing_database_is_created_and_one_that_is_there_left_alone(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'made.db'}")
    create_if_missing(database)
    before = (tmp_path / "made.db").stat().st_mtime_ns
    create_if_missing(database)
    assert (tmp_path / "made.db").stat().st_mtime_ns == before
    database.close()


def test_a_refused_import_creates_no_database(author: Author, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    place = tmp_path / "new" / "engagement.db"
    database = Database(f"sqlite:///{place}")
    files = folder(tmp_path / "in", vendors="vendor\nSouthwind\n")
    assert [line.split(":")[0] for line in refused(database, author, files)] == ["engagements.csv row 2, vendor"]
    folder(tmp_path / "in", milestones="engagement,milestone,name,due_on\ncrm,M1,Data load,soon\n")
    assert [line.split(":")[0] for line in refused(database, author, files)] == ["milestones.csv row 2, due_on"]
    assert not place.parent.exists()
    import_portfolio(database, author, folder(tmp_path / "in"), today=TODAY)
    assert place.exists()
    database.close()


def test_a_key_that_cannot_be_read_makes_no_other_file_look_wrong(
    database: Database, author: Author, tmp_path: Path
) -> None:
    head = "engagement,name,vendor,currency,starts_on\n"
    place = folder(
        tmp_path,
        engagements=f"{head}büro,Büro,Northwind,EUR,2026-06-01\n".encode("cp1252"),
        milestones="engagement,milestone,name,due_on\nbüro,M1,Data load,2026-11-11\n",
    )
    assert [line.split(":")[0] for line in refused(database, author, place)] == [
        "engagements.csv row 2, engagement",
        "engagements.csv row 2, name",
    ]


def places(said: list[str]) -> list[str]:
    return [line.split(":")[0] for line in said]


def test_a_row_without_its_key_hides_no_reference_that_is_not_known(
    database: Database, author: Author, tmp_path: Path
) -> None:
    head = "engagement,name,vendor,currency,starts_on\n"
    place = folder(
        tmp_path,
        vendors="vendor,contact_name\n,Bo\nNorthwind,Ana\n",
        engagements=f"{head},Web,Gone,EUR,2026-06-01\ncrm,CRM,Northwind,EUR,2026-06-01\n",
        milestones="engagement,milestone,name\nshop,,Pages\ncrm,M1,Data load\n",
        deliveries="engagement,milestone,delivered_on\ncrm,M9,\ncrm,M1,2026-07-01\n",
        metrics="engagement,metric,kind\ncrm,,quality\n",
        readings="engagement,metric,read_on,value\ncrm,speed,,1\n",
    )
    assert places(refused(database, author, place)) == [
        "vendors.csv row 2, vendor",
        "engagements.csv row 2, engagement",
        "engagements.csv row 2, vendor",
        "milestones.csv row 2, milestone",
        "milestones.csv row 2, engagement",
        "deliveries.csv row 2, delivered_on",
        "deliveries.csv row 2, milestone",
        "metrics.csv row 2, metric",
        "readings.csv row 2, read_on",
        "readings.csv row 2, metric",
    ]


def test_the_other_cells_of_a_bad_row_are_judged_too(database: Database, author: Author, tmp_path: Path) -> None:
    place = folder(
        tmp_path,
        series="engagement,series,name,every,due_day\ncrm,close,,month,40\n",
        responses="engagement,rule,said_on,plan,until_on\ncrm,silent,2026-01-01,,2026-05-01\n",
        limits="engagement,limit,value,set_on\ncrm,grce,,x\ncrm,owner-active,9999,\n",
        changes="engagement,column,set_on,value\nshop,colour,x,red\ncrm,vendor,2026-01-01,Nobody\n",
    )
    assert places(refused(database, author, place)) == [
        "series.csv row 2, name",
        "series.csv row 2, due_day",
        "responses.csv row 2, plan",
        "responses.csv row 2, until_on",
        "limits.csv row 2, value",
        "limits.csv row 2, set_on",
        "limits.csv row 2, limit",
        "limits.csv row 3, set_on",
        "limits.csv row 3, value",
        "changes.csv row 2, set_on",
        "changes.csv row 2, engagement",
        "changes.csv row 2, column",
        "changes.csv row 3, value",
    ]


def test_nothing_is_said_that_only_follows_from_a_cell_that_cannot_be_read(
    database: Database, author: Author, tmp_path: Path
) -> None:
    head = "engagement,name,vendor,currency,starts_on,status,paused_from,paused_until,closed_on\n"
    place = folder(
        tmp_path,
        engagements=f"{head}crm,CRM,Northwind,EUR,2026-06-01,paused,x,2026-08-01,\n"
        "web,Web,Northwind,EUR,2026-06-01,closed,,,x\n",
        pauses="engagement,paused_from,paused_until\ncrm,2026-03-01,\n",
        series="engagement,series,name,every,due_day\ncrm,close,Close,month,x\n",
        deliveries="engagement,milestone,delivered_on\ncrm,close:2026-07-10,2026-07-10\n",
        responses="engagement,rule,said_on,plan,until_on\ncrm,silent,2026-07-01,Call,soon\ncrm,silent,x,Call,2026-07-01\n",
        limits="engagement,limit,value,set_on\ncrm,owner-active,x,2026-01-01\n",
    )
    assert places(refused(database, author, place)) == [
        "engagements.csv row 2, paused_from",
        "engagements.csv row 3, closed_on",
        "pauses.csv row 2, paused_until",
        "series.csv row 2, due_day",
        "responses.csv row 2, until_on",
        "responses.csv row 3, said_on",
        "limits.csv row 2, value",
    ]


def test_what_is_not_known_names_what_is_near_it(database: Database, author: Author, tmp_path: Path) -> None:
    place = folder(
        tmp_path,
        engagements="engagement,name,vendor,currency,starts_on\ncrm\u200b,CRM,Nordwind,EUR,2026-06-01\n",
        milestones="engagement,milestone,name\ncrm,M1,Data load\nCRM,M2,Test run\n",
        deliveries="engagement,milestone,delivered_on\ncrm,m1,2026-07-01\ncrm,Z,2026-07-01\n",
    )
    assert refused(database, author, place) == [
        'engagements.csv row 2, vendor: There is no vendor "Nordwind". '
        'Did you mean "Northwind"? Add it to vendors, or correct the name.',
        'milestones.csv row 3, engagement: There is no engagement "CRM". '
        'Did you mean "crm"? Add it to engagements, or correct the key.',
        'deliveries.csv row 2, milestone: "crm" has no milestone "m1". '
        'Did you mean "M1"? Add it to milestones, or correct the key.',
        'deliveries.csv row 3, milestone: "crm" has no milestone "Z". Add it to milestones, or correct the key.',
    ]


def test_what_contradicts_itself_is_taken_with_a_note(database: Database, author: Author, tmp_path: Path) -> None:
    place = folder(
        tmp_path,
        engagements="engagement,name,vendor,currency,starts_on,ends_on,closed_on,status\n"
        "crm,CRM,Northwind,EUR,2026-06-01,2026-05-01,,\n"
        "web,Web,Northwind,EUR,2026-06-01,,2026-05-02,\n"
        "old,Old,Northwind,EUR,2026-06-01,2026-10-01,2026-09-01,closed\n",
        responses="engagement,rule,said_on,plan,assignee,until_on\n"
        "crm,overdu,2026-07-01,Call,Bo,2026-07-08\ncrm,overdu,2026-08-01,Call,Bo,2026-08-08\n",
    )
    taken = import_portfolio(database, author, place, today=TODAY)
    assert [str(note) for note in taken.notes] == [
        'responses.csv row 2, rule: There is no warning "overdu". Did you mean "overdue"?',
        "engagements.csv row 2, ends_on: 2026-05-01 lies before the first day of the work, 2026-06-01. "
        "Check both dates.",
        "engagements.csv row 3, closed_on: 2026-05-02 lies before the first day of the work, 2026-06-01. "
        "Check both dates.",
        "engagements.csv row 3, closed_on: Its status is active, and it was closed on 2026-05-02. "
        "Set its status to closed, or take the day out.",
    ]


def test_the_largest_of_everything_is_kept_by_both_databases_and_assessed(
    database: Database, author: Author, tmp_path: Path
) -> None:
    random = Random(1)
    key, vendor, title = ("".join(chr(random.randint(0x1F300, 0x1F5FF)) for _ in range(500)) for _ in range(3))
    (tmp_path / "in").mkdir()
    place = folder(
        tmp_path / "in",
        vendors=f"vendor,references_checked\n{vendor},36500\n",
        engagements="engagement,name,vendor,currency,starts_on,budget,cadence_days,grace_days\n"
        f"{key},Far,{vendor},EUR,2026-06-01,9000000000000,36500,36500\n",
        milestones=f"engagement,milestone,name,weight,value,due_on\n{key},{key},x,1e15,9e12,2199-12-31\n",
        check_ins=f"engagement,held_on,channel,side,notes\n{key},2026-11-02,call,us,{'n' * 131_000}\n",
        actions=f"engagement,title,kind,raised_on,due_on\n{key},{title},action,1900-01-01,2199-12-31\n",
        metrics="engagement,metric,kind,unit,direction,baseline,target,interval_days\n"
        f"{key},{key},quality,x,down,1e15,-1e15,36500\n",
    )
    import_portfolio(database, author, place, today=TODAY)
    (far,) = Overview(database).portfolio(TODAY).engagements
    assert (far.engagement, far.contact.cadence_days, far.contact.due_on) == (key, 36500, date(2126, 10, 9))
    export_portfolio(database, tmp_path / "out")
    again = import_portfolio(database, author, tmp_path / "out", today=TODAY).outcome
    assert {count[:2] for count in again.counts.values()} == {(0, 0)}
