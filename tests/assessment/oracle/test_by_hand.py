"""The second calculation itself, against figures worked by hand: contact, dates, shares, the real grants."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.assessment.oracle import assess_folder
from tests.assessment.oracle.by_hand import assessed, folder, milestone, report, warnings
from tests.assessment.oracle.real import real_portfolio


# Talked on Monday 2 March 2026, every 7 days, 2 of grace: due Mon 9 March, silent after Wed 11, forgotten after
# 2 March + 14 + 2 = Wed 18.
@pytest.mark.parametrize(
    ("as_of", "state", "warning"),
    [
        (date(2026, 3, 9), "on_time", None),
        (date(2026, 3, 10), "late", None),
        (date(2026, 3, 11), "late", None),
        (date(2026, 3, 12), "silent", ("warning", "2026-03-12")),
        (date(2026, 3, 18), "silent", ("warning", "2026-03-12")),
        (date(2026, 3, 19), "forgotten", ("critical", "2026-03-12")),
    ],
)
def test_contact_goes_from_on_time_to_forgotten(
    tmp_path: Path, as_of: date, state: str, warning: tuple[str, str] | None
) -> None:
    place = folder(tmp_path, check_ins=[{"held_on": "2026-03-02", "channel": "call", "side": "us"}])
    found = assessed(place, as_of)
    assert found["contact"]["state"] == state
    assert warnings(found).get("silent") == warning


def test_a_due_day_on_a_weekend_rolls_and_the_grace_runs_from_there(tmp_path: Path) -> None:
    # Saturday 28 February + 7 = Saturday 7 March, rolls to Monday 9; + 2 = Wednesday 11; 28 February + 16 = 16 March.
    place = folder(tmp_path, check_ins=[{"held_on": "2026-02-28", "channel": "call", "side": "us"}])
    contact = assessed(place, date(2026, 3, 1))["contact"]
    assert (contact["due_on"], contact["silent_after"], contact["forgotten_after"]) == (
        "2026-03-09", "2026-03-11", "2026-03-16",
    )  # fmt: skip


# Two milestones of half the work each: 1 to 11 January, and 31 January to 10 February. On the plan 0.25 on 6 January,
# 0.5 from 11 to 31 January, 0.75 on 5 February, 1 on 10 February.
TWO = [milestone("A", "2026-01-11"), milestone("B", "2026-02-10", "2026-01-31")]


@pytest.mark.parametrize(
    ("as_of", "percents", "expected"),
    [
        (date(2026, 1, 6), ("0", "0"), (0.25, "2026-01-01", 0.0)),
        (date(2026, 1, 21), ("30", "0"), (0.5, "2026-01-04", 0.15)),  # 3 of 20 days
        (date(2026, 1, 21), ("90", "10"), (0.5, "2026-01-21", 1.0)),  # 0.45 + 0.05 = 0.5: flat, nearest to T
        (date(2026, 1, 8), ("90", "10"), (0.35, "2026-01-11", 1.4286)),  # 10 / 7
        (date(2026, 2, 5), ("90", "10"), (0.75, "2026-01-31", 0.8571)),  # 30 / 35
        (date(2026, 2, 5), ("90", "20"), (0.75, "2026-02-01", 0.8857)),  # 31 / 35
    ],
)
def test_earned_schedule_is_where_the_plan_reaches_what_is_earned(
    tmp_path: Path, as_of: date, percents: tuple[str, str], expected: tuple[float, str, float]
) -> None:
    reports = [report("A", "2026-01-02", percents[0]), report("B", "2026-01-02", percents[1])]
    found = assessed(folder(tmp_path, milestones=TWO, progress_reports=reports), as_of)
    schedule = found["schedule"]
    assert (found["progress"]["planned"], schedule["earned_schedule_on"], schedule["spi_t"]) == expected


def test_a_step_is_reached_on_its_day_and_ends_the_flat_stretch_before_it(tmp_path: Path) -> None:
    # A accrues from 1 to 11 January, B falls due at once on 21 January, because it begins that day.
    milestones = [milestone("A", "2026-01-11"), milestone("B", "2026-01-21", "2026-01-21")]
    accepted = {"milestone": "A", "delivered_on": "2026-01-05", "decided_on": "2026-01-05", "outcome": "accepted"}
    half = folder(tmp_path, milestones=milestones, deliveries=[accepted])
    assert assessed(half, date(2026, 1, 20))["schedule"]["earned_schedule_on"] is None
    known = folder(
        half, milestones=milestones, deliveries=[accepted], progress_reports=[report("B", "2026-01-05", "0")]
    )
    assert assessed(known, date(2026, 1, 18))["schedule"]["earned_schedule_on"] == "2026-01-18"
    assert assessed(known, date(2026, 1, 30))["schedule"]["earned_schedule_on"] == "2026-01-21"
    assert assessed(known, date(2026, 1, 20))["progress"] == {
        "planned": 0.5, "claimed": 0.5, "earned": 0.5, "accepted": 0.5,
    }  # fmt: skip


def test_what_is_rejected_stood_until_that_day(tmp_path: Path) -> None:
    rejected = {"milestone": "A", "delivered_on": "2026-01-10", "decided_on": "2026-01-20", "outcome": "rejected"}
    again = {"milestone": "A", "delivered_on": "2026-02-02", "decided_on": "", "outcome": ""}
    place = folder(tmp_path, milestones=[milestone("A", "2026-01-11")], deliveries=[rejected, again])
    days = [date(2026, 1, 19), date(2026, 1, 20), date(2026, 2, 1), date(2026, 2, 2), date(2026, 2, 10)]
    found = [assessed(place, as_of) for as_of in days]
    assert [one["milestones"][0]["delivered_on"] for one in found] == [
        "2026-01-10", None, None, "2026-02-02", "2026-02-02",
    ]  # fmt: skip
    # Open again on 20 January, 9 days past due, but in its first thirty days; critical from 31 January.
    assert [warnings(one).get("overdue") for one in found] == [
        None, ("warning", "2026-01-20"), ("critical", "2026-01-20"), None, None,
    ]  # fmt: skip
    # Monday 2 February to Tuesday 10: six working days. On the 19th it had waited six for the first decision.
    assert [warnings(one).get("awaiting-us") for one in found] == [
        ("warning", "2026-01-19"), None, None, None, ("warning", "2026-02-10"),
    ]  # fmt: skip


def test_a_date_that_moved_twice_in_sixty_days_is_a_serial_slip(tmp_path: Path) -> None:
    said = [report("A", "2026-02-01", "", "2026-06-10"), report("A", "2026-02-20", "", "2026-06-20")]
    place = folder(tmp_path, milestones=[milestone("A", "2026-06-01")], progress_reports=said)
    assert "serial-slip" not in warnings(assessed(place, date(2026, 2, 19)))
    assert warnings(assessed(place, date(2026, 4, 1)))["serial-slip"] == ("warning", "2026-02-20")
    assert "serial-slip" not in warnings(assessed(place, date(2026, 4, 2)))


def test_the_grants_are_as_the_catalogue_says() -> None:
    # "Of the 104 active on 2022-06-30, 74 were forgotten and 70 had something overdue by more than a week."
    as_of = date(2022, 6, 30)
    everything: Any = assess_folder(real_portfolio("w3f"), as_of)["engagements"]
    active = [one for one in everything if one["contact"]["state"]]
    late = [one for one in active if warnings(one).get("overdue", ("", ""))[0] == "critical"]
    assert len(active) == 104
    assert sum(one["contact"]["state"] == "forgotten" for one in active) == 74
    assert len(late) == 70
