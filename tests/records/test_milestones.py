"""The plan as it is changed: what a milestone is, the ones given up and taken up again, what comes again and again."""

from datetime import date
from decimal import Decimal

from engagement.assessment.values import LOGS, History, Milestone
from engagement.records.audit import audit
from engagement.records.check_ins import CheckInEntry, MilestoneWord, log_check_ins
from engagement.records.database import Author, Database
from engagement.records.history import histories
from engagement.records.milestones import (
    add_milestone,
    cancel_milestone,
    change_milestone,
    rebaseline,
    report_progress,
    take_up_milestone,
    told_to,
)
from engagement.records.recurring import add_series
from tests.records.asked import refused, touched
from tests.records.portfolio import TODAY, day


def known(database: Database, key: str = "crm", as_of: date = TODAY) -> History:
    with database.reading() as connection:
        return histories(connection, as_of, complete=LOGS)[key]


def milestone(database: Database, key: str = "M1") -> Milestone:
    return next(one for one in known(database).milestones if one.key == key)


def test_a_milestone_is_changed_where_something_is_said_and_the_audit_says_what(own: Database, author: Author) -> None:
    before, revision = milestone(own), own.revision()
    change_milestone(own, author, "crm", "M1", name="Load", acceptance_criteria=" All rows. ", value=Decimal("99.5"))
    assert touched(own, revision) == {"crm"}
    after = milestone(own)
    assert (after.name, after.acceptance_criteria, after.value) == ("Load", "All rows.", Decimal("99.5"))
    assert (after.due_on, after.weight, after.starts_on) == (before.due_on, before.weight, before.starts_on)
    with own.reading() as connection:
        last = audit(connection, "crm")[0]
    assert (last.what, last.subject) == ("change milestone", "M1")
    assert last.before is not None
    assert last.before["name"] == before.name


def test_saying_what_holds_already_changes_nothing(own: Database, author: Author) -> None:
    revision = own.revision()
    change_milestone(own, author, "crm", "M1", name=milestone(own).name, due_on=milestone(own).due_on)
    assert own.revision() == revision


def test_a_first_date_may_be_given_once(own: Database, author: Author) -> None:
    add_milestone(own, author, "crm", "new", "Training")
    change_milestone(own, author, "crm", "new", due_on=day("12-18"))
    assert milestone(own, "new").due_on == day("12-18")
    assert refused(lambda: change_milestone(own, author, "crm", "new", due_on=day("12-19"))) == ["due_on"]
    add_milestone(own, author, "crm", "later", "Handbook")
    rebaseline(own, author, "crm", "later", day("12-20"))
    assert refused(lambda: change_milestone(own, author, "crm", "later", due_on=day("12-21"))) == ["due_on"]


def test_what_cannot_be_said_of_a_milestone_is_refused_all_at_once(own: Database, author: Author) -> None:
    assert refused(
        lambda: change_milestone(own, author, "crm", "M1", name=" ", weight=-0.5, value=Decimal(-1), colour="red")
    ) == ["colour", "name", "weight", "value"]
    assert refused(lambda: change_milestone(own, author, "crm", "M9", name="Other")) == ["milestone"]


def test_what_was_given_up_is_taken_up_as_if_it_never_had_been(own: Database, author: Author) -> None:
    cancel_milestone(own, author, "crm", "M1", day("11-10"))
    assert milestone(own).cancelled_on == day("11-10")
    take_up_milestone(own, author, "crm", "M1")
    assert milestone(own).cancelled_on is None
    revision = own.revision()
    take_up_milestone(own, author, "crm", "M1")
    assert own.revision() == revision
    assert refused(lambda: take_up_milestone(own, author, "crm", "M9")) == ["milestone"]


def test_what_comes_again_is_added_and_checked(own: Database, author: Author) -> None:
    revision = own.revision()
    add_series(own, author, "books", "vat", "VAT return", every="quarter", due_day=92, value=Decimal(50))
    assert touched(own, revision) == {"books"}
    added = next(one for one in known(own, "books").series if one.key == "vat")
    assert (added.name, added.every, added.due_day, added.value) == ("VAT return", "quarter", 92, Decimal(50))
    assert refused(lambda: add_series(own, author, "books", "vat", " ", every="month", due_day=32)) == [
        "name", "series", "due_day",
    ]  # fmt: skip
    assert refused(lambda: add_series(own, author, "books", "x", "X", every="month", due_day=0, value=Decimal(-1))) == [
        "due_day", "value",
    ]  # fmt: skip
    assert refused(lambda: add_series(own, author, "books", "x", "X", every="year", due_day=1)) == ["every"]  # type: ignore[arg-type]


def test_who_wrote_down_what_the_vendor_said_is_known_and_is_not_who_said_it(own: Database, author: Author) -> None:
    word = MilestoneWord("M1", 0.55, day("12-18"))
    log_check_ins(own, author, [CheckInEntry("crm", TODAY, "call", milestones=(word,))])
    report_progress(own, author, "crm", "M3", TODAY, share=1.0)
    with own.reading() as connection:
        assert told_to(connection, "crm") == {("M1", TODAY, 0.55, day("12-18")): author.name}
        assert told_to(connection, "nobody") == {}
    assert (milestone(own).reports[-1].side, milestone(own).reports[-1].by) == ("vendor", None)
