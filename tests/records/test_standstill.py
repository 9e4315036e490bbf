"""Work that rests or is over, and goes on: pauses that end early, closings taken back, abandoned work started again."""

from datetime import date

import pytest

from engagement.assessment.terms import life_on
from engagement.assessment.values import LOGS, History
from engagement.records.audit import audit
from engagement.records.database import Author, Database
from engagement.records.engagements import close, pause, reopen, resume
from engagement.records.history import histories
from engagement.records.restarts import start_again
from tests.records.asked import refused, touched
from tests.records.portfolio import TODAY, day


def crm(database: Database, as_of: date = TODAY) -> History:
    with database.reading() as connection:
        return histories(connection, as_of, complete=LOGS)["crm"]


def lives(database: Database, *days: str) -> list[str]:
    """Where the work stands on some days of 2026, by what is recorded now."""
    known = crm(database, day("12-31"))
    return [life_on(known, day(one)) for one in days]


def test_work_closed_by_mistake_is_taken_up_as_if_it_never_had_been(own: Database, author: Author) -> None:
    close(own, author, "crm", day("11-03"))
    assert lives(own, "11-02", "11-03", "11-20") == ["active", "closed", "closed"]
    known = own.revision()
    reopen(own, author, "crm", day("11-03"))
    assert touched(own, known) == {"crm"}
    assert lives(own, "11-02", "11-03", "11-20") == ["active", "active", "active"]
    # the two earlier pauses, July and August, stay as they were
    assert crm(own).pauses == ((day("07-01"), day("07-06")), (day("08-03"), day("08-17")))
    assert (crm(own).closed_on, crm(own).terms[-1].status) == (None, "active")
    with own.reading() as connection:
        last = audit(connection, "crm")[0]
    assert (last.what, last.before) == ("reopen", {"closed_on": "2026-11-03"})


def test_work_that_was_over_for_a_while_rested_until_it_goes_on(own: Database, author: Author) -> None:
    close(own, author, "crm", day("10-05"))
    reopen(own, author, "crm", day("11-16"))
    assert crm(own).pauses[-1] == (day("10-05"), day("11-16"))
    assert lives(own, "10-04", "10-05", "11-15", "11-16") == ["active", "paused", "paused", "active"]


@pytest.mark.parametrize(("closed", "whole"), [("11-10", "11-02"), ("11-02", "11-02")])
def test_a_pause_in_which_it_was_closed_ends_when_the_work_goes_on(
    own: Database, author: Author, closed: str, whole: str
) -> None:
    pause(own, author, "crm", day("11-02"), day("12-01"))
    close(own, author, "crm", day(closed))
    reopen(own, author, "crm", day("11-18"))
    assert crm(own).pauses[-1] == (day(whole), day("11-18"))
    assert len(crm(own).pauses) == 3
    assert lives(own, "11-17", "11-18") == ["paused", "active"]


def test_closed_work_goes_on_between_the_day_it_was_closed_and_today(own: Database, author: Author) -> None:
    assert refused(lambda: reopen(own, author, "crm", TODAY)) == ["engagement"]
    assert refused(lambda: reopen(own, author, "shop", TODAY)) == ["engagement"]
    close(own, author, "crm", day("11-03"))
    assert refused(lambda: reopen(own, author, "crm", day("11-02"))) == ["goes_on"]
    assert refused(lambda: reopen(own, author, "crm", day("11-21"))) == ["goes_on"]
    assert lives(own, "11-20") == ["closed"]


def test_a_pause_ends_early_and_on_its_first_day_never_was(own: Database, author: Author) -> None:
    pause(own, author, "crm", day("11-09"), day("12-07"))
    assert lives(own, "11-20", "12-06") == ["paused", "paused"]
    known = own.revision()
    resume(own, author, "crm", day("11-18"))
    assert touched(own, known) == {"crm"}
    assert lives(own, "11-17", "11-18", "12-06") == ["paused", "active", "active"]
    pause(own, author, "crm", day("11-19"), day("12-07"))
    resume(own, author, "crm", day("11-19"))
    assert lives(own, "11-19", "12-06") == ["active", "active"]
    assert crm(own, day("12-31")).pauses[-1] == (day("11-09"), day("11-18"))


def test_a_pause_still_to_come_is_called_off(own: Database, author: Author) -> None:
    pause(own, author, "crm", day("12-01"), day("12-08"))
    resume(own, author, "crm", TODAY)
    assert lives(own, "12-01") == ["active"]


def test_what_is_not_paused_does_not_go_on(own: Database, author: Author) -> None:
    # both recorded pauses are over
    assert refused(lambda: resume(own, author, "crm", TODAY)) == ["engagement"]
    pause(own, author, "crm", day("11-09"), day("12-07"))
    assert refused(lambda: resume(own, author, "crm", day("11-08"))) == ["goes_on"]
    assert refused(lambda: resume(own, author, "crm", day("11-21"))) == ["goes_on"]


def test_abandoned_work_starts_again_with_a_talk_and_new_dates_in_one_save(own: Database, author: Author) -> None:
    known = own.revision()
    start_again(
        own, author, "crm", day("11-19"), {"M1": day("12-18")}, reason="Northwind has a new team", approved_by="Ana"
    )
    assert own.revision() == known + 1
    history = crm(own)
    assert (history.check_ins[-1].held_on, history.check_ins[-1].side) == (day("11-19"), "us")
    (milestone,) = [one for one in history.milestones if one.key == "M1"]
    assert milestone.baselines[-1] == (day("11-19"), day("12-18"), "Northwind has a new team", "Ana")


def test_a_new_start_says_everything_that_is_wrong_and_records_nothing_then(own: Database, author: Author) -> None:
    known = own.revision()
    dates = {"M1": day("11-19")}
    assert refused(lambda: start_again(own, author, "crm", day("11-21"), dates)) == ["due_on M1", "held_on"]
    assert refused(lambda: start_again(own, author, "crm", TODAY, {"M9": day("12-18")})) == ["milestone"]
    assert own.revision() == known
