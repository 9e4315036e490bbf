"""The second calculation itself, against figures worked by hand: money and what it brings."""

from datetime import date
from pathlib import Path

import pytest

from tests.assessment.oracle.by_hand import delivery, engagement, folder, milestone, said, severity

APRIL = date(2026, 4, 1)


def paid(on: str, amount: str, hours: str = "", **columns: str) -> dict[str, str]:
    """A row of the file of spend."""
    return {"spent_on": on, "amount": amount, "hours": hours, **columns}


@pytest.mark.parametrize(
    ("spend", "contract", "expected"),
    [
        (paid("2026-04-01", "5", milestone="A"), "fixed", "warning"),
        (paid("2026-04-02", "5", milestone="A"), "fixed", None),
        (paid("2026-03-01", "0", milestone="A"), "fixed", None),
        (paid("2026-03-01", "5", milestone="A", deposit="yes"), "fixed", None),
        (paid("2026-03-01", "5"), "fixed", None),
        (paid("2026-03-01", "5", milestone="A"), "retainer", None),
        (paid("2026-03-01", "5", milestone="B"), "fixed", None),  # accepted
        (paid("2026-03-01", "5", milestone="C"), "fixed", None),  # given up
    ],
)
def test_paid_before_it_was_accepted(
    tmp_path: Path, spend: dict[str, str], contract: str, expected: str | None
) -> None:
    given_up = {**milestone("C", "2026-02-01"), "cancelled_on": "2026-03-20"}
    place = folder(
        tmp_path,
        engagements=engagement(contract=contract),
        milestones=[milestone("A", "2026-02-01"), milestone("B", "2026-02-01"), given_up],
        deliveries=[delivery("B", "2026-03-10", "2026-04-01", "accepted"), delivery("A", "2026-03-10")],
        spend=[spend],
    )
    assert severity(place, "paid-unaccepted", APRIL) == expected


def test_what_was_paid_ahead_is_in_order_once_it_is_accepted(tmp_path: Path) -> None:
    accepted = [delivery("A", "2026-03-10", "2026-03-12", "accepted")]
    place = folder(
        tmp_path,
        milestones=[milestone("A", "2026-06-01")],
        deliveries=accepted,
        spend=[paid("2026-03-01", "5", milestone="A")],
    )
    assert said(place, "paid-unaccepted", date(2026, 3, 11)) == ("warning", "2026-03-01")
    assert said(place, "paid-unaccepted", date(2026, 3, 12)) is None


@pytest.mark.parametrize(
    ("rate", "spend", "expected"),
    [
        # 1 April minus 27 days is 5 March. At 50 an hour, 55 is ten per cent more.
        ("50", [paid("2026-03-05", "110", "2")], None),
        ("50", [paid("2026-03-05", "110.01", "2")], "warning"),
        ("50", [paid("2026-03-04", "500", "2")], None),
        ("50", [paid("2026-03-05", "140", "2"), paid("2026-03-06", "80", "2"), paid("2026-03-06", "99")], None),
        ("50", [paid("2026-03-05", "141", "2"), paid("2026-03-06", "80", "2")], "warning"),
        ("", [paid("2026-01-05", "110", "2")], None),
        ("", [paid("2026-03-05", "110", "2")], "unknown"),
        ("", [paid("2026-01-05", "110")], None),
    ],
)
def test_an_hour_that_costs_more_than_agreed(
    tmp_path: Path, rate: str, spend: list[dict[str, str]], expected: str | None
) -> None:
    place = folder(tmp_path, engagements=engagement(rate=rate), spend=spend)
    assert severity(place, "rate-drift", APRIL) == expected


@pytest.mark.parametrize(
    ("committed", "spend", "as_of", "expected"),
    [
        # 60 % of four weeks of ten hours are 24.
        ("10", [paid("2026-03-05", "1", "24")], APRIL, None),
        ("10", [paid("2026-03-05", "1", "23.9")], APRIL, "warning"),
        ("10", [paid("2026-03-04", "1", "24")], APRIL, "warning"),
        ("10", [paid("2026-03-05", "1")], APRIL, None),
        ("", [paid("2026-03-05", "1", "1")], APRIL, None),
        ("0", [paid("2026-03-05", "1", "1")], APRIL, None),
        # The first four weeks end on 29 January.
        ("10", [paid("2026-01-05", "1", "1")], date(2026, 1, 28), None),
        ("10", [paid("2026-01-05", "1", "1")], date(2026, 1, 29), "warning"),
    ],
)
def test_hours_that_are_paid_for_and_not_used(
    tmp_path: Path, committed: str, spend: list[dict[str, str]], as_of: date, expected: str | None
) -> None:
    place = folder(tmp_path, engagements=engagement(committed_hours_per_week=committed), spend=spend)
    assert severity(place, "under-used", as_of) == expected


@pytest.mark.parametrize(
    ("columns", "value", "expected"),
    [
        # 400 are spent, 600 to come for what is not accepted.
        ({"in_house_cost": "1000"}, "600", None),
        ({"in_house_cost": "999.99"}, "600", "warning"),
        ({"in_house_cost": "0"}, "600", "warning"),
        ({}, "600", "unknown"),
        ({"in_house_cost": "100"}, "", "unknown"),
        ({"in_house_cost": "100", "budget": "1000"}, "", "unknown"),  # nobody has reported progress
        ({"in_house_cost": "100", "contract": "retainer"}, "600", "unknown"),
    ],
)
def test_it_costs_more_than_doing_it_ourselves(
    tmp_path: Path, columns: dict[str, str], value: str, expected: str | None
) -> None:
    milestones = [{**milestone("A", "2026-06-01"), "value": value}]
    place = folder(
        tmp_path, engagements=engagement(**columns), milestones=milestones, spend=[paid("2026-03-01", "400")]
    )
    assert severity(place, "no-return", APRIL) == expected


def benefit(baseline: str = "0", target: str = "10", interval_days: str = "", **columns: str) -> dict[str, str]:
    """A row of the file of metrics."""
    return {
        "metric": "m", "kind": "benefit", "baseline": baseline, "target": target, "interval_days": interval_days,
        **columns,
    }  # fmt: skip


# From 1 January to 11 April are 100 days: on 20 February, the fiftieth, 5 of 10 are planned, 70 % of which are 3.5.
@pytest.mark.parametrize(
    ("metric", "value", "expected"),
    [
        (benefit(), "3.5", None),
        (benefit(), "3.4", "warning"),
        (benefit("20", "10"), "16.5", None),  # downwards: 3.5 of 5
        (benefit("20", "10"), "16.6", "warning"),
        (benefit("20", "10"), "25", "warning"),
        (benefit("5", "5"), "1", None),  # nothing is planned
        (benefit(""), "3.4", "unknown"),
        (benefit("", "", "30"), "3.4", None),  # measured in time
        (benefit(kind="quality"), "3.4", "unknown"),
    ],
)
def test_a_benefit_that_is_not_shown(tmp_path: Path, metric: dict[str, str], value: str, expected: str | None) -> None:
    readings = [{"metric": "m", "read_on": "2026-02-10", "value": value}]
    place = folder(tmp_path, milestones=[milestone("A", "2026-04-11")], metrics=[metric], readings=readings)
    assert severity(place, "benefit-unseen", date(2026, 2, 20)) == expected


def test_after_the_last_due_date_all_of_it_is_planned(tmp_path: Path) -> None:
    tables = {"milestones": [milestone("A", "2026-04-11")], "metrics": [benefit()]}
    for value, expected in (("7", None), ("6.9", "warning")):
        place = folder(tmp_path, readings=[{"metric": "m", "read_on": "2026-02-10", "value": value}], **tables)
        assert severity(place, "benefit-unseen", date(2026, 9, 1)) == expected


def test_a_benefit_that_is_not_measured(tmp_path: Path) -> None:
    # Every ten days: twice that after 1 January is 21 January, after 10 February 2 March. No milestone has a date.
    metrics = [benefit(interval_days="10")]
    never = folder(tmp_path, metrics=metrics)
    assert said(never, "benefit-unseen", date(2026, 1, 21)) is None
    assert said(never, "benefit-unseen", date(2026, 1, 30)) == ("warning", "2026-01-22")
    once = folder(tmp_path, metrics=metrics, readings=[{"metric": "m", "read_on": "2026-02-10", "value": "0"}])
    assert said(once, "benefit-unseen", date(2026, 3, 2)) is None
    assert said(once, "benefit-unseen", date(2026, 3, 5)) == ("warning", "2026-03-03")
