"""A database that is made together with its first records, or not at all; and one that may be read and not written."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import pytest

from engagement.errors import DatabaseLocked, DatabaseMissing, DatabaseUnreachable, Refused
from engagement.records import files, intake
from engagement.records.database import Author, Database
from tests.conftest import NewDatabase
from tests.records.portfolio import TODAY, plan, rows
from tests.records.test_concurrency import ANA, PATIENCE, SPAWN, running

OURS = "engagement.db"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "new" / "folder" / OURS


def recorded(url: str) -> list[str]:
    database = Database(url)
    database.check()
    with database.reading() as connection:
        found = [row["engagement"] for row in intake.tables(connection)["engagements"]]
    database.close()
    return found


def refuse_beside(folder: Path, unfinished: int) -> NoReturn:
    """Refuses, having seen so many unfinished files."""
    assert len(list(folder.glob(".*.unfinished"))) == unfinished
    raise Refused(())


def test_a_database_is_made_with_its_records(bare_database: str, author: Author) -> None:
    made = Database(bare_database)
    intake.merge(made, author, rows(plan()), today=TODAY, origin="own", create=True)
    assert made.revision() == 1
    assert recorded(bare_database) == ["crm"]
    made.close()


def test_what_is_refused_makes_no_database(bare_database: str, author: Author) -> None:
    absent = Database(bare_database)
    with pytest.raises(Refused):
        intake.merge(
            absent, author, rows(plan(deliveries=[{"engagement": "web"}])), today=TODAY, origin="own", create=True
        )
    with pytest.raises(DatabaseMissing):
        absent.check()
    intake.merge(absent, author, rows(plan()), today=TODAY, origin="own", create=True)
    assert recorded(bare_database) == ["crm"]
    absent.close()


def test_what_is_refused_leaves_neither_file_nor_folder(place: Path, author: Author) -> None:
    absent = Database(f"sqlite:///{place}")
    with pytest.raises(Refused), absent.creating(author):
        refuse_beside(place.parent, 1)
    assert list(place.parent.parent.parent.iterdir()) == []


def test_what_was_there_before_stays(place: Path, author: Author) -> None:
    place.parent.mkdir(parents=True)
    place.touch()
    empty = Database(f"sqlite:///{place}")
    with pytest.raises(Refused), empty.creating(author):
        refuse_beside(place.parent, 0)
    assert place.exists()
    with empty.creating(author) as transaction:
        transaction.note("first")
    with empty.creating(author) as transaction:
        transaction.note("second")
    assert empty.revision() == 2
    empty.close()


def test_a_new_file_is_complete_when_it_gets_its_name_and_nothing_stands_beside_it(place: Path, author: Author) -> None:
    made = Database(f"sqlite:///{place}")
    with made.creating(author) as transaction:
        transaction.note("first")
        assert not place.exists()
    assert [found.name for found in place.parent.iterdir()] == [OURS]
    assert made.revision() == 1
    made.close()


def test_the_place_may_be_a_link_to_where_the_file_shall_be(tmp_path: Path, author: Author) -> None:
    (tmp_path / OURS).symlink_to(tmp_path / "real.db")
    made = Database(f"sqlite:///{tmp_path / OURS}")
    with made.creating(author) as transaction:
        transaction.note("first")
    assert (tmp_path / "real.db").is_file()
    assert made.revision() == 1
    made.close()


@pytest.mark.parametrize("links", [True, False])
def test_who_is_later_with_a_new_database_is_told_so_and_changes_nothing(
    place: Path, author: Author, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    if not links:
        monkeypatch.setattr(Path, "hardlink_to", refused)
    url = f"sqlite:///{place}"
    slow, quick = Database(url), Database(url)
    with pytest.raises(DatabaseLocked, match=r"Somebody else has just made a database"), slow.creating(author):
        intake.merge(quick, author, rows(plan()), today=TODAY, origin="own", create=True)
    assert recorded(url) == ["crm"]
    assert {found.name for found in place.parent.iterdir()} <= {OURS, f"{OURS}-wal", f"{OURS}-shm"}
    slow.close()
    quick.close()


def test_a_place_that_takes_no_files_is_unreachable(author: Author) -> None:
    nowhere = Database("sqlite:////proc/engagement/engagement.db")
    with pytest.raises(DatabaseUnreachable, match="may write the file and its folder"), nowhere.creating(author):
        pass


def hang(url: str, begun: Event) -> None:
    with Database(url).creating(ANA) as transaction:
        transaction.note("half")
        transaction.finish()
        begun.set()
        signal.pause()


def test_a_program_killed_half_way_leaves_no_database_and_its_litter_goes_after_a_day(place: Path) -> None:
    url = f"sqlite:///{place}"
    begun = SPAWN.Event()
    with running(hang, url, begun) as process:
        assert begun.wait(PATIENCE)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join(PATIENCE)
    database = Database(url)
    with pytest.raises(DatabaseMissing):
        database.check()
    (left,) = place.parent.iterdir()
    written_at = left.stat().st_mtime
    os.utime(left, (written_at, written_at - files.ABANDONED_SECONDS + 3600))
    with pytest.raises(Refused), database.creating(ANA):
        refuse_beside(place.parent, 2)  # who knows whether somebody is still at the older one
    os.utime(left, (written_at, written_at - files.ABANDONED_SECONDS))
    intake.merge(database, ANA, rows(plan()), today=TODAY, origin="own", create=True)
    database.close()
    assert [found.name for found in place.parent.iterdir()] == [OURS]
    assert recorded(url) == ["crm"]


# --- Reading what may not be written ----------------------------------------------------------------------------------


@contextmanager
def somebody_else() -> Iterator[None]:
    """A block in which this program has the rights of an account that owns nothing here."""
    mighty = os.geteuid() == 0
    if mighty:
        os.seteuid(65534)
    try:
        yield
    finally:
        if mighty:
            os.seteuid(0)


@pytest.fixture
def sealed(new_sqlite: NewDatabase, author: Author) -> Iterator[Path]:
    """A file with records that may not be written, in a folder that may not be written, where others may look."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(new_sqlite().removeprefix("sqlite:///"), folder / OURS)
        database = Database(f"sqlite:///{folder / OURS}")
        intake.merge(database, author, rows(plan()), today=TODAY, origin="own")
        database.close()
        (folder / OURS).chmod(0o444)
        folder.chmod(0o555)
        yield folder / OURS
        folder.chmod(0o755)


def test_a_file_that_may_not_be_written_is_read_and_nothing_is_left_beside_it(sealed: Path, author: Author) -> None:
    with somebody_else():
        assert recorded(f"sqlite:///{sealed}") == ["crm"]
        database = Database(f"sqlite:///{sealed}")
        with pytest.raises(DatabaseUnreachable, match="may write the file and its folder"), database.writing(author):
            pass
        assert database.revision() == 1
        database.close()
    assert list(sealed.parent.iterdir()) == [sealed]


def test_what_somebody_writes_who_may_is_seen_while_they_are_at_it_and_afterwards(sealed: Path, author: Author) -> None:
    owner, reader = Database(f"sqlite:///{sealed}"), Database(f"sqlite:///{sealed}")
    with somebody_else():
        assert reader.revision() == 1
    sealed.parent.chmod(0o755)
    sealed.chmod(0o644)
    with owner.writing(author) as transaction:
        transaction.note("one more")
    sealed.parent.chmod(0o555)
    with somebody_else():
        assert reader.revision() == 2
        reader.close()
    owner.close()
    sealed.parent.chmod(0o555)
    with somebody_else():
        assert reader.revision() == 2
        reader.close()


def test_what_was_read_while_somebody_began_to_write_is_not_given(sealed: Path, author: Author) -> None:
    owner, reader = Database(f"sqlite:///{sealed}"), Database(f"sqlite:///{sealed}")
    with pytest.raises(DatabaseLocked, match="Somebody else is writing just now"), somebody_else(), reader.reading():
        write_as_owner(owner, sealed, author)
    owner.close()
    reader.close()


def write_as_owner(owner: Database, file: Path, author: Author) -> None:
    """Writes with the rights that this program began with."""
    here = os.geteuid()
    os.seteuid(os.getuid())
    file.parent.chmod(0o755)
    file.chmod(0o644)
    with owner.writing(author) as transaction:
        transaction.note("meanwhile")
    file.parent.chmod(0o555)
    os.seteuid(here)
