"""A review as people read it: every kind of change says what it is, and names are names."""

from datetime import date
from typing import get_args

import pytest

from engagement.assessment.results import Change, ChangeKind, Review
from engagement.exchange.reviewed import CHANGES, print_review

SINCE, AS_OF = date(2026, 11, 13), date(2026, 11, 20)
CALLED = {"bo@example.org": "Bo Example"}


def printed(capsys: pytest.CaptureFixture[str], *changes: Change) -> list[list[str]]:
    """The cells of the lines under the header, without those that are empty."""
    print_review(Review(SINCE, AS_OF, changes), CALLED)
    lines = capsys.readouterr().out.splitlines()
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines[2:]]


def test_every_kind_of_change_has_its_words() -> None:
    assert set(CHANGES) == set(get_args(ChangeKind))


@pytest.mark.parametrize(
    ("change", "cells"),
    [
        (Change("crm", "status", "on_track", "at_risk", None), ["status: on track → at risk"]),
        (Change("crm", "status", None, "not_started", None), ["status: not started"]),
        (
            Change("crm", "progress", "0.2", "0.65", "Bo@example.org, vendor"),
            ["work done: 20 % → 65 % (Bo Example, the vendor)"],
        ),
        (Change("crm", "progress", "0.2", None, None), ["work done: 20 % → not known"]),
        (
            Change("crm", "forecast", "2026-12-21", "2027-01-18", "bo@example.org", "M7", on=date(2026, 11, 18)),
            ["18 Nov", "expected day of M7: 21 Dec → 18 Jan 2027 (Bo Example)"],
        ),
        (
            Change("crm", "baseline", "2026-12-21", "2026-12-28", None, "M7", on=date(2026, 11, 18)),
            ["18 Nov", "agreed day of M7: 21 Dec → 28 Dec"],
        ),
        (
            Change("crm", "finish", "2026-12-21", "2027-01-18", None, because='"M7" was delivered'),
            ['finish: 21 Dec → 18 Jan 2027, "M7" was delivered'],
        ),
        (
            Change("crm", "warning_opened", None, "warning", None, rule="awaiting-us", on=date(2026, 11, 16)),
            ["16 Nov", "warning opened: The vendor waits for us"],
        ),
        (
            Change("crm", "warning_escalated", "warning", "critical", None, rule="overdue"),
            ["warning is critical now: A milestone is past its due date"],
        ),
        (
            Change("crm", "warning_cleared", "critical", None, None, rule="overdue"),
            ["critical warning cleared: A milestone is past its due date"],
        ),
        (
            Change("crm", "accepted", None, "2026-11-17", "us", "M1", on=date(2026, 11, 17)),
            ["17 Nov", "M1 accepted"],
        ),
        (
            Change("crm", "check_in_held", None, "in_person", "Ana", on=date(2026, 11, 16)),
            ["16 Nov", "talked in person (Ana)"],
        ),
        (
            Change("crm", "check_in_held", None, "report", "vendor", on=date(2026, 11, 16)),
            ["16 Nov", "the vendor reported"],
        ),
        (
            Change("crm", "check_in_missed", "2026-11-16", None, None, on=date(2026, 11, 17)),
            ["no talk, which was due on 16 Nov"],
        ),
    ],
)
def test_a_change_says_what_it_is(capsys: pytest.CaptureFixture[str], change: Change, cells: list[str]) -> None:
    assert printed(capsys, change) == [["crm", *cells]]


def test_an_engagement_is_named_once(capsys: pytest.CaptureFixture[str]) -> None:
    moved = Change("crm", "status", "on_track", "at_risk", None)
    talked = Change("crm", "check_in_held", None, "call", "us", on=date(2026, 11, 16))
    assert printed(capsys, moved, talked)[1] == ["16 Nov", "talked by phone"]


def test_without_a_change_the_days_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    print_review(Review(SINCE, AS_OF, ()), CALLED)
    assert capsys.readouterr().out.strip() == "Nothing changed from 13 Nov to 20 Nov 2026."
