"""The second calculation itself, against figures worked by hand: how the two sides talk. 2 March 2026 is a Monday."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests.assessment.oracle.by_hand import delivery, engagement, folder, milestone, report, said, severity, talk
from tests.assessment.oracle.likeness import alike

TWO_PEOPLE = [{"email": "bo@example.org"}, {"email": "cy@example.org"}]


@pytest.mark.parametrize(
    ("last_word", "as_of", "expected"),
    [
        # Cadence 7 and grace 2 are 9, less than 14: quiet after 16 March, badly after 30 March.
        ({"check_ins": [talk("2026-03-02", side="vendor", channel="email")]}, date(2026, 3, 16), None),
        ({"check_ins": [talk("2026-03-02", side="vendor", channel="email")]}, date(2026, 3, 17), "warning"),
        ({"check_ins": [talk("2026-03-02", channel="report")]}, date(2026, 3, 30), "warning"),
        ({"check_ins": [talk("2026-03-02", channel="report")]}, date(2026, 3, 31), "critical"),
        ({"progress_reports": [{**report("A", "2026-03-02", "10"), "side": "vendor"}]}, date(2026, 3, 17), "warning"),
        # Only we spoke; only a delivery: there is nothing it could have stopped.
        ({"progress_reports": [{**report("A", "2026-03-02", "10"), "side": "us"}]}, date(2026, 5, 17), None),
        ({"check_ins": [talk("2026-03-02")], "deliveries": [delivery("A", "2026-03-02")]}, date(2026, 5, 17), None),
    ],
)
def test_a_vendor_that_stopped_reporting(
    tmp_path: Path, last_word: dict[str, list[dict[str, str]]], as_of: date, expected: str | None
) -> None:
    place = folder(tmp_path, milestones=[milestone("A", "2026-03-31")], **last_word)
    assert severity(place, "vendor-silent", as_of) == expected


def test_a_delivery_is_a_word_of_a_vendor_that_reported_before(tmp_path: Path) -> None:
    spoken = [talk("2026-02-02", side="vendor")]
    handed_over = [delivery("A", "2026-03-02")]
    place = folder(tmp_path, milestones=[milestone("A", "2026-03-31")], check_ins=spoken, deliveries=handed_over)
    assert said(place, "vendor-silent", date(2026, 3, 1)) == ("warning", "2026-02-17")
    assert said(place, "vendor-silent", date(2026, 3, 2)) is None
    assert said(place, "vendor-silent", date(2026, 3, 17)) == ("warning", "2026-03-17")


@pytest.mark.parametrize(
    ("columns", "row", "as_of", "expected"),
    [
        # Friday 6 March: Monday, Tuesday, Wednesday are three working days, Thursday 12 the fourth.
        ({"owner": "bo", "lead": "cy"}, {}, date(2026, 3, 11), None),
        ({"owner": "bo", "lead": "cy"}, {}, date(2026, 3, 12), "warning"),
        ({"owner": "bo"}, {"side": "vendor"}, date(2026, 3, 12), "warning"),
        ({"owner": "bo", "lead": "cy"}, {"acknowledged_on": "2026-03-12"}, date(2026, 3, 12), None),
        ({"owner": "bo", "lead": "cy"}, {"acknowledged_on": "2026-03-13"}, date(2026, 3, 12), "warning"),
        ({"owner": "bo", "lead": "cy"}, {"imported": "yes"}, date(2026, 3, 12), None),
        ({"owner": "bo", "lead": "cy"}, {"imported": ""}, date(2026, 3, 12), None),
        ({"owner": "bo", "lead": "bo"}, {}, date(2026, 3, 12), None),
        ({"lead": "cy"}, {}, date(2026, 3, 12), "unknown"),
    ],
)
def test_notes_that_the_owner_has_not_read(
    tmp_path: Path, columns: dict[str, str], row: dict[str, str], as_of: date, expected: str | None
) -> None:
    notes = [talk("2026-03-06", **row)]
    place = folder(tmp_path, engagements=engagement(**columns), people=TWO_PEOPLE, check_ins=notes)
    assert severity(place, "unread-check-in", as_of) == expected


def test_nobody_reads_the_notes_of_somebody_alone(tmp_path: Path) -> None:
    place = folder(tmp_path, engagements=engagement(owner="bo"), people=TWO_PEOPLE[:1], check_ins=[talk("2026-03-06")])
    assert severity(place, "unread-check-in", date(2026, 3, 12)) is None


# Agreed every 7 days three times is 21, so 30: on 31 March it is 29 days since the call, on 1 April 30. Every 14 is 42.
@pytest.mark.parametrize(
    ("cadence", "as_of", "expected"),
    [
        ("7", date(2026, 3, 31), None),
        ("7", date(2026, 4, 1), "warning"),
        ("14", date(2026, 4, 12), None),
        ("14", date(2026, 4, 13), "warning"),
    ],
)
def test_messages_only(tmp_path: Path, cadence: str, as_of: date, expected: str | None) -> None:
    mails = [talk(f"2026-{day}", channel="email") for day in ("03-10", "03-20", "03-28", "04-06")]
    live = [talk("2026-03-02"), talk("2026-03-15", side="vendor"), talk("2026-03-15", channel="report")]
    place = folder(tmp_path, engagements=engagement(cadence_days=cadence), check_ins=[*live, *mails])
    assert severity(place, "no-live-contact", as_of) == expected


def test_without_any_contact_on_record_nobody_knows_whether_it_was_live(tmp_path: Path) -> None:
    assert severity(folder(tmp_path), "no-live-contact", date(2026, 4, 1)) == "unknown"


THREE = [talk("2026-03-02"), talk("2026-03-09"), talk("2026-03-16")]
MARCH = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "warning"),
        ({"check_ins": THREE[:2]}, None),
        ({"check_ins": [*THREE[:2], talk("2026-03-16", feedback_given="Good")]}, None),
        ({"check_ins": [*THREE[:2], talk("2026-03-16", feedback_received="Hm")]}, None),
        # Without a check-in before the three, the stretch begins after the start of the work.
        ({"progress_reports": [report("A", "2026-01-01", "0")]}, "warning"),
        ({"progress_reports": [report("A", "2026-01-02", "0")]}, None),
        ({"progress_reports": [report("A", "2026-01-02", "", "2026-06-01")]}, "warning"),
        ({"progress_reports": [report("A", "2026-01-02", "", "2026-06-02")]}, None),
        ({"deliveries": [delivery("A", "2026-01-02", "2026-01-02", "rejected")]}, None),
        ({"baselines": [{"milestone": "A", "set_on": "2026-01-02", "due_on": "2026-06-01"}]}, None),
        ({"actions": [{"title": "x", "raised_on": "2026-01-02"}]}, None),
        ({"actions": [{"title": "x", "raised_on": "2025-12-20", "closed_on": "2026-03-20"}]}, None),
        ({"actions": [{"title": "x", "raised_on": "2025-12-20", "closed_on": "2026-03-21"}]}, "warning"),
        # With one before them, after that one; and the same share or date again is nothing new.
        (
            {
                "check_ins": [talk("2026-02-23"), *THREE],
                "progress_reports": [
                    report("A", "2026-02-23", "30", "2026-06-05"), report("A", "2026-03-10", "30", "2026-06-05"),
                ],
            },
            "warning",
        ),
        (
            {
                "check_ins": [talk("2026-02-23"), *THREE],
                "progress_reports": [report("A", "2026-02-23", "30"), report("A", "2026-02-24", "25")],
            },
            None,
        ),
        ({"milestones": [], "progress_reports": []}, None),
        ({"engagements": engagement(contract="retainer")}, None),
    ],
)  # fmt: skip
def test_check_ins_that_bring_nothing_new(
    tmp_path: Path, more: dict[str, list[dict[str, str]]], expected: str | None
) -> None:
    tables = {"milestones": [milestone("A", "2026-06-01")], "check_ins": THREE, **more}
    assert severity(folder(tmp_path, **tables), "hollow-check-ins", MARCH) == expected


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        # Eighteen of twenty letters in common, twice: 36 of 40. The third differs from the first by four letters.
        (("abcdefghij0123456789", "ABCDEFGHIJ  01234567xy", "uvcdefghij 01234567xy"), None),
        (("abcdefghij0123456789", "ABCDEFGHIJ01234567xy", "uvcdefghij01234567XY"), "warning"),
        (("abcdefghij0123456789", "abcdefghij01234567xy", "uvwdefghij01234567xy"), None),
        # Twenty-five letters of twenty-eight, twice: 50 of 56 are a little less.
        (("abcdefghijklmnopqrstuvwx1234", "abcdefghijklmnopqrstuvwx1xyz", "abcdefghijklmnopqrstuvwx1234"), None),
        (("same", "same", ""), None),
        (("other", "same", "same"), None),
    ],
)
def test_notes_that_repeat(tmp_path: Path, notes: tuple[str, str, str], expected: str | None) -> None:
    check_ins = [{**row, "notes": text, "feedback_given": "Go on"} for row, text in zip(THREE, notes, strict=True)]
    place = folder(tmp_path, milestones=[milestone("A", "2026-06-01")], check_ins=check_ins)
    assert severity(place, "hollow-check-ins", MARCH) == expected


def test_how_alike_two_texts_are() -> None:
    # "kitten" and "sitting" have i, t, t, n in common; "kitten" and "lewis" one letter, in this order.
    assert alike("kitten", "sitting") == Fraction(8, 13)
    assert alike("kitten", "lewis") == Fraction(2, 11)
    assert alike("Das  Maß ", "das\nMASS") == 1
    assert alike("", "a") == 0


def written(*days_late: int | None) -> list[dict[str, str]]:
    """Check-ins on the first days of February, written down so many days later, or nobody knows when."""
    return [
        talk(f"2026-02-{day:02}", recorded_on=date(2026, 2, day + late).isoformat() if late is not None else "")
        for day, late in enumerate(days_late, start=1)
    ]


@pytest.mark.parametrize(
    ("check_ins", "switched", "expected"),
    [
        (written(8, 8, 0, 0), "1", "warning"),
        (written(8, 8, 0, 0), "0", None),
        (written(8, 8, 0, 0), "", None),  # off until it is switched on
        (written(8, 8, 0), "1", None),  # three are too few
        (written(8, 8, 0, None), "1", None),
        (written(8, 7, 7, 7), "1", None),  # one of four
        (written(8, 8, 8, 0, 0, 0, 0, 0, 0, 0), "1", "warning"),  # three of ten
        (written(8, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0), "1", None),  # two of the last ten
        ([{**row, "imported": "yes"} for row in written(8, 8, 8, 8)], "1", None),
    ],
)
def test_notes_written_long_after(
    tmp_path: Path, check_ins: list[dict[str, str]], switched: str, expected: str | None
) -> None:
    changed = {"engagement": "", "limit": "backfilled-on", "value": switched, "set_on": "2026-01-01"}
    limits = [changed] if switched else []
    assert severity(folder(tmp_path, check_ins=check_ins, limits=limits), "backfilled", MARCH) == expected
