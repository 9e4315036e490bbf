"""The second calculation itself, against figures worked by hand: what arrives, and what is said of it."""

from datetime import date
from pathlib import Path

import pytest

from tests.assessment.oracle.by_hand import delivery, engagement, folder, milestone, report, said, severity, talk

APRIL = date(2026, 4, 1)


def metric(direction: str, target: str, **columns: str) -> dict[str, str]:
    """A row of the file of metrics."""
    return {"metric": "m", "kind": "quality", "direction": direction, "target": target, **columns}


def readings(*values: str) -> list[dict[str, str]]:
    """Rows of the file of readings, one a day from 1 March 2026."""
    return [{"metric": "m", "read_on": f"2026-03-{day:02}", "value": value} for day, value in enumerate(values, 1)]


@pytest.mark.parametrize(
    ("metrics", "values", "expected"),
    [
        ([metric("up", "95")], ["90", "95"], None),
        ([metric("up", "95")], ["95", "94.9"], "warning"),
        ([metric("up", "95")], ["94.9"], "warning"),
        ([metric("up", "95")], ["99", "94", "94.9"], "critical"),
        ([metric("down", "2")], ["3", "2"], None),
        ([metric("down", "2")], ["2", "2.1"], "warning"),
        ([metric("down", "2")], ["2.1", "2.1"], "critical"),
        ([metric("up", "95")], [], "unknown"),
        ([metric("", "95")], ["90"], "unknown"),
        ([metric("up", "")], ["90"], "unknown"),
        ([metric("up", "95", kind="benefit")], ["90"], "unknown"),
        ([metric("up", "95", metric="other"), metric("up", "80")], ["90"], None),
    ],
)
def test_a_metric_that_misses_its_target(
    tmp_path: Path, metrics: list[dict[str, str]], values: list[str], expected: str | None
) -> None:
    place = folder(tmp_path, metrics=metrics, readings=readings(*values))
    assert severity(place, "quality-missed", APRIL) == expected


@pytest.mark.parametrize(
    ("first", "as_of", "expected"),
    [
        (["accepted"] * 4 + ["rejected"], APRIL, "unknown"),  # 80 %
        (["accepted"] * 3 + ["rejected"] * 2, APRIL, "warning"),  # 60 %
        (["accepted"] * 3 + ["rejected"] * 2, date(2026, 3, 1), "unknown"),  # only four are decided
        (["accepted"] * 2 + ["rejected"] * 2, APRIL, "unknown"),
    ],
)
def test_what_is_sent_back_the_first_time(tmp_path: Path, first: list[str], as_of: date, expected: str) -> None:
    milestones = [milestone(f"M{number}", "2026-06-01") for number in range(len(first))]
    deliveries = [
        row
        for number, outcome in enumerate(first)
        for row in (
            delivery(f"M{number}", "2026-02-01", "2026-03-02" if number == 0 else "2026-02-02", outcome),
            delivery(f"M{number}", "2026-03-10", "2026-03-11", "accepted"),
        )
    ]
    place = folder(tmp_path, milestones=milestones, deliveries=deliveries)
    assert severity(place, "quality-missed", as_of) == expected


WEIGHED = [
    {**milestone("A", "2026-03-01"), "weight": "30"},
    {**milestone("B", "2026-12-01"), "weight": "70"},
]


@pytest.mark.parametrize(
    ("reports", "deliveries", "as_of", "expected"),
    [
        ([report("A", "2026-02-01", "49")], [], APRIL, None),  # 14.7 points
        ([report("A", "2026-02-01", "50")], [], APRIL, "warning"),  # 15
        ([report("A", "2026-02-01", "50")], [], date(2026, 3, 1), None),  # due today
        ([report("A", "2026-02-01", "50")], [], date(2026, 3, 2), "warning"),
        ([report("B", "2026-02-01", "90")], [], APRIL, None),  # not yet due
        ([], [], APRIL, "unknown"),
        # Handed over it waits for us, accepted it is no claim, rejected the claim stands again.
        ([report("A", "2026-02-01", "50")], [delivery("A", "2026-02-20")], APRIL, None),
        ([report("A", "2026-02-01", "50")], [delivery("A", "2026-02-20", "2026-03-20", "accepted")], APRIL, None),
        (
            [report("A", "2026-02-01", "50")], [delivery("A", "2026-02-20", "2026-03-20", "rejected")], APRIL,
            "warning",
        ),
    ],
)  # fmt: skip
def test_much_that_is_claimed_and_not_accepted(
    tmp_path: Path,
    reports: list[dict[str, str]],
    deliveries: list[dict[str, str]],
    as_of: date,
    expected: str | None,
) -> None:
    place = folder(tmp_path, milestones=WEIGHED, progress_reports=reports, deliveries=deliveries)
    assert severity(place, "over-claimed", as_of) == expected


def moved(key: str, set_on: str, reason: str = "More to do", approved_by: str = "bo") -> dict[str, str]:
    """A row of the file of re-baselines."""
    return {"milestone": key, "set_on": set_on, "due_on": "2026-09-01", "reason": reason, "approved_by": approved_by}


@pytest.mark.parametrize(
    ("baselines", "people", "expected"),
    [
        # 1 April minus 89 days is 2 January, minus 90 is 1 January.
        ([moved("A", "2026-01-02", reason="")], 2, "critical"),
        ([moved("A", "2026-01-01", reason="")], 2, None),
        ([moved("A", "2026-01-02", approved_by="")], 2, "critical"),
        ([moved("A", "2026-01-02", approved_by="")], 1, None),
        ([moved("A", "2026-01-02", reason="")], 1, "critical"),
        ([moved("A", "2026-03-01"), moved("B", "2026-03-01")], 2, None),
        ([moved("A", "2026-03-01"), moved("B", "2026-03-02")], 2, "warning"),
        ([moved("A", "2026-01-01"), moved("B", "2026-01-02")], 2, None),
        ([moved("C", "2026-03-01", reason="")], 2, None),  # C was given up
    ],
)
def test_a_plan_that_was_changed_instead_of_met(
    tmp_path: Path, baselines: list[dict[str, str]], people: int, expected: str | None
) -> None:
    milestones = [milestone(key, "2026-06-01") for key in "ABC"]
    milestones[2]["cancelled_on"] = "2026-03-20"
    listed = [{"email": f"person{number}@example.org"} for number in range(people)]
    place = folder(tmp_path, milestones=milestones, baselines=baselines, people=listed)
    assert severity(place, "moved-baseline", APRIL) == expected


def test_feedback_goes_both_ways(tmp_path: Path) -> None:
    # Taken on 10 January, given on 5 February: taken again for the last time 90 days before 10 April.
    both = [talk("2026-01-10", feedback_received="Hm"), talk("2026-02-05", feedback_given="Good", side="vendor")]
    often = engagement(cadence_days="200")
    place = folder(tmp_path, engagements=often, check_ins=both)
    assert said(place, "no-feedback", date(2026, 4, 9)) is None
    assert said(place, "no-feedback", date(2026, 4, 12)) == ("warning", "2026-04-10")


def test_without_any_feedback_it_counts_from_the_start_and_from_a_pause(tmp_path: Path) -> None:
    # 1 January + 90 days is 1 April; 1 February + 90 days is 2 May.
    assert said(folder(tmp_path), "no-feedback", date(2026, 4, 2)) == ("warning", "2026-04-01")
    paused = folder(tmp_path, pauses=[{"paused_from": "2026-01-10", "paused_until": "2026-02-01"}])
    assert said(paused, "no-feedback", date(2026, 5, 1)) is None
    assert said(paused, "no-feedback", date(2026, 5, 3)) == ("warning", "2026-05-02")


def test_missing_feedback_is_folded_into_silence(tmp_path: Path) -> None:
    place = folder(tmp_path, check_ins=[talk("2026-01-02")])
    assert severity(place, "silent", APRIL) == "critical"
    assert severity(place, "no-feedback", APRIL) is None
