"""What changed, in sentences."""

from datetime import date

import pytest

from engagement.assessment.news import told
from engagement.assessment.results import Change, ChangeKind, Review
from engagement.assessment.rules import CATALOGUE
from tests.builders import FRIDAY, a_milestone, an_assessment

CRM = an_assessment("crm", milestones=(a_milestone("M1", name="Data load"), a_milestone("M2")))
WEB = an_assessment("web", name="Website")


def lines(*changes: Change) -> list[tuple[str, str]]:
    review = Review(date(2026, 11, 13), FRIDAY, changes)
    return [(news.name, news.text) for news in told(review, (CRM, WEB), {"bo@example.org": "Bo"}, FRIDAY)]


def change(what: ChangeKind, was: str | None = None, now: str | None = None, **more: str | None) -> Change:
    key = more.pop("engagement", "crm") or "crm"
    return Change(key, what, was, now, more.get("by"), milestone=more.get("milestone"), rule=more.get("rule"))


@pytest.mark.parametrize(
    ("happened", "text"),
    [
        (change("warning_opened", rule="behind-plan"), "fell behind plan"),
        (change("warning_escalated", rule="silent"), "is silent for long"),
        (change("warning_eased", rule="overdue"), "less grave: a milestone fell overdue"),
        (
            change("warning_eased", rule="overdue", by="bo@example.org"),
            "less grave: a milestone fell overdue, because Bo changed a limit",
        ),
        (
            change("warning_opened", rule="overdue", by="us"),
            "a milestone fell overdue, because we changed a limit",
        ),
        (change("warning_cleared", rule="silent"), "talking again"),
        (
            change("warning_cleared", rule="silent", by="bo@example.org"),
            "no warning any more: became silent, because Bo changed a limit",
        ),
        (
            change("forecast", "2027-02-03", "2027-02-09", by="vendor", milestone="M1"),
            '"Data load" 3 Feb 2027 → 9 Feb 2027, the vendor moved it',
        ),
        (
            change("baseline", "2026-11-11", "2026-12-18", by="bo@example.org", milestone="M1"),
            '"Data load" 11 Nov → 18 Dec, Bo moved it, agreed anew',
        ),
        (change("forecast", None, "2026-12-18", milestone="M1"), '"Data load" no date → 18 Dec'),
        (change("finish", "2026-12-03", "2027-02-09"), "finish 3 Dec → 9 Feb 2027"),
        (change("delivered", now="2026-11-18", milestone="M1"), '"Data load" delivered'),
        (change("accepted", now="2026-11-18", milestone="M1"), '"Data load" delivered and accepted'),
        (change("rejected", now="2026-11-18", milestone="M1"), '"Data load" delivered and rejected'),
        (change("progress", "0.48", "0.55"), "48 % → 55 % done"),
        (change("progress", None, "0.55"), "nobody had said → 55 % done"),
        (change("warning_opened", rule="new-rule"), "new-rule"),
        (change("check_in_held", now="call"), "talked"),
        (change("check_in_held", now="report"), "the vendor reported"),
        (change("check_in_missed"), "a check-in was missed"),
    ],
)
def test_each_kind_of_change_is_a_phrase(happened: Change, text: str) -> None:
    assert lines(happened) == [("CRM migration", text)]


def test_the_weightiest_change_comes_first_in_a_line_and_among_lines() -> None:
    assert lines(
        change("check_in_held"),
        change("check_in_held"),
        change("delivered", milestone="M1"),
        change("warning_opened", rule="silent", engagement="web"),
    ) == [("Website", "became silent"), ("CRM migration", '"Data load" delivered; talked twice')]


def test_a_nudge_weighs_less_than_anything_about_the_work() -> None:
    assert lines(change("warning_opened", rule="no-next-meeting"), change("progress", "0.1", "0.2")) == [
        ("CRM migration", "10 % → 20 % done; has no next conversation agreed")
    ]


def test_a_status_and_gaps_in_the_plan_are_no_news() -> None:
    assert lines(change("status", "on_track", "at_risk"), change("warning_opened", rule="no-budget")) == []


def test_a_new_date_of_what_was_delivered_since_is_no_news() -> None:
    assert lines(
        change("forecast", "2026-11-11", "2026-11-18", milestone="M1"),
        change("delivered", milestone="M1"),
        change("accepted", milestone="M1"),
    ) == [("CRM migration", '"Data load" delivered and accepted')]


def test_a_line_says_four_things_and_counts_the_rest() -> None:
    moved = [change("forecast", "2026-11-11", "2026-11-18", milestone=f"X{n}") for n in range(6)]
    assert lines(*moved)[0][1].endswith('"X3" 11 Nov → 18 Nov; and two more')


def test_every_rule_about_the_work_has_words_for_its_changes() -> None:
    assert {rule.id for rule in CATALOGUE if rule.news} == {rule.id for rule in CATALOGUE if rule.kind != "set-up"}


def test_a_share_that_reads_the_same_before_and_after_is_no_news() -> None:
    assert lines(change("progress", "0.7101", "0.7149")) == []


def test_a_date_that_nobody_gave_is_no_news() -> None:
    late = a_milestone("M1", due_on=date(2026, 11, 11), forecast_on=FRIDAY, delivered_on=None)
    held = an_assessment("crm", milestones=(late,))
    moved = change("forecast", "2026-11-13", "2026-11-20", milestone="M1")
    assert told(Review(date(2026, 11, 13), FRIDAY, (moved,)), (held,), {}, FRIDAY) == ()
