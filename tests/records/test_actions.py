"""Another day or another person for what was agreed and is not done yet."""

from pathlib import Path

from engagement.assessment.values import LOGS, Action
from engagement.exchange.transfer import export_portfolio, import_portfolio
from engagement.records.actions import NewAction, OpenAction, change_action, close_action, open_actions
from engagement.records.check_ins import CheckInEntry, log_check_ins
from engagement.records.database import Author, Database
from engagement.records.history import histories
from tests.conftest import NewDatabase
from tests.records.asked import latest, refused, touched
from tests.records.portfolio import TODAY, day

TITLE = "Order the server"


def raised(database: Database, author: Author, due: str | None = "11-06") -> OpenAction:
    """An action of the vendor's from 1 Nov, due on 6 Nov, that Nora has."""
    said = NewAction("action", TITLE, "vendor", "Nora", day(due) if due else None)
    log_check_ins(database, author, [CheckInEntry("crm", day("11-01"), "call", new_actions=(said,))])
    return opened(database)


def opened(database: Database) -> OpenAction:
    with database.reading() as connection:
        (found,) = [one for one in open_actions(connection, ["crm"], TODAY) if one.title == TITLE]
    return found


def known(database: Database) -> Action:
    with database.reading() as connection:
        actions = histories(connection, TODAY, complete=LOGS)["crm"].actions
    (found,) = [one for one in actions if one.title == TITLE]
    return found


def test_another_day_and_another_person_are_agreed_and_the_first_promise_stays(own: Database, author: Author) -> None:
    action, before = raised(own, author), own.revision()
    change_action(own, author, action.id, due_on=day("12-04"), assignee=" Nils ")
    changed = opened(own)
    assert (changed.due_on, changed.assignee, changed.promised_on) == (day("12-04"), "Nils", day("11-06"))
    assert touched(own, before) == {"crm"}
    noted = latest(own)
    assert (noted.what, noted.engagement, noted.subject) == ("change action", "crm", TITLE)
    assert noted.before == {"due_on": "2026-11-06", "assignee": "Nora"}
    assert noted.after == {"due_on": "2026-12-04", "assignee": "Nils"}


def test_the_same_change_twice_changes_nothing_the_second_time(own: Database, author: Author) -> None:
    action = raised(own, author)
    for _ in range(2):
        change_action(own, author, action.id, due_on=day("12-04"), assignee="Nora")
    assert own.revision() == 3  # the portfolio, the check-in, the first of the two
    change_action(own, author, action.id, due_on=day("12-04"), assignee="Nora ")
    assert own.revision() == 3


def test_the_first_day_that_is_ever_given_is_the_promise(own: Database, author: Author) -> None:
    action = raised(own, author, due=None)
    change_action(own, author, action.id, due_on=None, assignee="Nils")
    assert opened(own).promised_on is None
    change_action(own, author, action.id, due_on=day("11-27"), assignee="Nils")
    change_action(own, author, action.id, due_on=day("12-04"), assignee=None)
    changed = opened(own)
    assert (changed.due_on, changed.promised_on, changed.assignee) == (day("12-04"), day("11-27"), None)


def test_what_is_closed_unknown_or_would_lose_its_day_is_not_changed(own: Database, author: Author) -> None:
    action = raised(own, author)
    assert refused(lambda: change_action(own, author, action.id, due_on=None, assignee="Nils")) == ["due_on"]
    early, late = day("10-31"), day("11-01")  # it was raised on 1 Nov
    assert refused(lambda: change_action(own, author, action.id, due_on=early, assignee="Nils")) == ["due_on"]
    assert refused(lambda: change_action(own, author, 99, due_on=late, assignee="Nils")) == ["action"]
    change_action(own, author, action.id, due_on=late, assignee="Nora")
    close_action(own, author, action.id, TODAY)
    assert refused(lambda: change_action(own, author, action.id, due_on=day("12-04"), assignee="Nora")) == ["action"]
    assert known(own).due_on == late


def test_a_promise_is_kept_by_the_first_day_also_after_an_export_and_an_import(
    own: Database, author: Author, new_database: NewDatabase, tmp_path: Path
) -> None:
    change_action(own, author, raised(own, author).id, due_on=day("12-04"), assignee="Nils")
    export_portfolio(own, tmp_path / "out")
    other = Database(new_database())
    import_portfolio(other, author, tmp_path / "out", today=TODAY)
    found = known(other)
    other.close()
    assert (found.due_on, found.promised_on, found.assignee) == (day("12-04"), day("11-06"), "Nils")
    assert found == known(own)
    change_action(own, author, opened(own).id, due_on=day("12-11"), assignee="Nils")
    import_portfolio(own, author, tmp_path / "out", today=TODAY)
    assert known(own) == found
