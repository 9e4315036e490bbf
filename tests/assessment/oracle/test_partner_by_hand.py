"""The second calculation itself, against figures worked by hand: the plan as agreed, the vendor, and closed work."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.assessment.oracle.by_hand import assessed, delivery, engagement, folder, milestone, said, severity

# The work begins on Thursday 1 January 2026: Friday 2 is the first working day since, Thursday 8 the fifth, Friday 9
# the sixth.
JANUARY_8, JANUARY_9 = date(2026, 1, 8), date(2026, 1, 9)
EXPECTED = "expectations-not-agreed"


def confirmed(version: str, on: str) -> dict[str, str]:
    """A row of the file of confirmations."""
    return {"plan_version": version, "confirmed_on": on}


def test_a_plan_that_was_never_confirmed(tmp_path: Path) -> None:
    place = folder(tmp_path)
    assert said(place, EXPECTED, JANUARY_8) is None
    assert said(place, EXPECTED, date(2026, 2, 1)) == ("warning", "2026-01-09")


def test_a_plan_that_was_confirmed(tmp_path: Path) -> None:
    place = folder(tmp_path, confirmations=[confirmed("1", "2026-01-09")])
    assert said(place, EXPECTED, JANUARY_9) is None
    late = folder(tmp_path, confirmations=[confirmed("1", "2026-01-10")])
    assert said(late, EXPECTED, JANUARY_9) == ("warning", "2026-01-09")


def test_every_day_on_which_the_plan_changed_is_a_version(tmp_path: Path) -> None:
    # Version 2 on Monday 2 March (two dates at once), 3 on Monday 9 March (goal), 4 on Monday 16 March (given up).
    milestones = [milestone("A", "2026-05-01"), {**milestone("B", "2026-05-01"), "cancelled_on": "2026-03-16"}]
    baselines = [{"milestone": key, "set_on": "2026-03-02", "due_on": "2026-06-01"} for key in "AB"]
    goals = [
        {"column": "goal", "set_on": "", "value": "One thing"},
        {"column": "goal", "set_on": "2026-03-09", "value": "Another"},
        {"column": "budget", "set_on": "2026-03-10", "value": "5"},
        {"column": "goal", "set_on": "2026-03-12", "value": "Another"},
    ]
    tables = {"milestones": milestones, "baselines": baselines, "changes": goals}

    def since(version: str, as_of: date) -> object:
        place = folder(tmp_path, confirmations=[confirmed(version, "2026-03-01")], **tables)
        return said(place, EXPECTED, as_of)

    # Six working days after each of them: Tuesday 10, Tuesday 17 and Tuesday 24 March.
    assert since("1", date(2026, 3, 9)) is None
    assert since("1", date(2026, 3, 30)) == ("warning", "2026-03-10")
    assert since("2", date(2026, 3, 16)) is None
    assert since("2", date(2026, 3, 30)) == ("warning", "2026-03-17")
    assert since("3", date(2026, 3, 30)) == ("warning", "2026-03-24")
    assert since("4", date(2026, 3, 30)) is None


CHECKED = {
    "vendor": "Northwind", "interviewed_on": "2025-12-01", "references_checked": "2",
    "contract_signed_on": "2025-12-31", "chosen_because": "Price and good work",
}  # fmt: skip


@pytest.mark.parametrize(
    ("vendor", "as_of", "expected"),
    [
        (CHECKED, date(2026, 1, 2), None),
        ({**CHECKED, "interviewed_on": ""}, date(2026, 1, 2), "warning"),
        ({**CHECKED, "interviewed_on": "2026-01-03"}, date(2026, 1, 2), "warning"),
        ({**CHECKED, "references_checked": "1"}, date(2026, 1, 2), "warning"),
        ({**CHECKED, "references_checked": ""}, date(2026, 1, 2), "warning"),
        ({**CHECKED, "contract_signed_on": "2026-01-02"}, date(2026, 1, 2), None),
        ({**CHECKED, "contract_signed_on": "2026-01-03"}, date(2026, 1, 2), "warning"),
        ({**CHECKED, "chosen_because": " Lowest price "}, date(2026, 1, 2), "warning"),
        # 1 January + 90 days is 1 April.
        ({"vendor": "Northwind"}, date(2026, 3, 31), "warning"),
        ({"vendor": "Northwind"}, date(2026, 4, 1), None),
        ({"vendor": "Somebody else"}, date(2026, 3, 31), "warning"),
    ],
)
def test_a_vendor_that_was_not_checked(
    tmp_path: Path, vendor: dict[str, str], as_of: date, expected: str | None
) -> None:
    assert severity(folder(tmp_path, vendors=[vendor]), "unvetted-vendor", as_of) == expected


def test_two_accepted_milestones_speak_for_a_vendor_wherever_they_were(tmp_path: Path) -> None:
    other = {"engagement": "f", "name": "Before", "vendor": "Northwind", "currency": "EUR", "starts_on": "2025-01-01"}
    milestones = [{"engagement": "f", **milestone("A", "2026-01-01")}, milestone("B", "2026-02-01")]
    deliveries = [
        {"engagement": "f", **delivery("A", "2026-01-02", "2026-01-03", "accepted")},
        delivery("B", "2026-01-20", "2026-01-21", "rejected"),
        delivery("B", "2026-01-25", "2026-01-28", "accepted"),
    ]
    place = folder(tmp_path, engagements=[*engagement(), other], milestones=milestones, deliveries=deliveries)
    assert severity(place, "unvetted-vendor", date(2026, 1, 27)) == "warning"
    assert severity(place, "unvetted-vendor", date(2026, 1, 28)) is None


def test_a_plan_needs_ten_things(tmp_path: Path) -> None:
    place = folder(tmp_path)
    early, late = (assessed(place, on)["setup"] for on in (JANUARY_8, JANUARY_9))
    assert early["missing"] == [
        "no-budget", "no-timetable", "unclear-plan: acceptance criteria", "unclear-plan: end date",
        "unclear-plan: goal", "unclear-plan: quality metric", "unclear-plan: scope",
        "unclear-plan: who looks after it", "unvetted-vendor",
    ]  # fmt: skip
    assert (early["met"], early["of"]) == (1, 10)
    assert late["missing"] == [EXPECTED, *early["missing"]]
    assert (late["met"], late["of"]) == (0, 10)


# Closed on Friday 6 March 2026: Friday 13 is the fifth working day after it, Monday 16 the sixth; 20 March the
# fourteenth day, 21 the fifteenth.
CLOSED = engagement(status="closed", closed_on="2026-03-06")


@pytest.mark.parametrize(
    ("revoked_on", "as_of", "expected"),
    [
        ("", date(2026, 3, 13), None),
        ("", date(2026, 3, 15), None),
        ("", date(2026, 3, 20), ("warning", "2026-03-16")),
        ("2026-03-21", date(2026, 3, 20), ("warning", "2026-03-16")),
        ("2026-03-20", date(2026, 3, 20), None),
    ],
)
def test_access_that_outlives_the_work(
    tmp_path: Path, revoked_on: str, as_of: date, expected: tuple[str, str] | None
) -> None:
    accesses = [{"what": "Shop", "given_on": "2026-01-01", "revoked_on": revoked_on}]
    place = folder(tmp_path, engagements=CLOSED, accesses=accesses)
    assert said(place, "access-not-revoked", as_of) == expected
    assert said(folder(tmp_path, accesses=accesses, engagements=engagement()), "access-not-revoked", as_of) is None


def test_work_that_was_closed_without_learning_from_it(tmp_path: Path) -> None:
    rule = "no-retrospective"
    assert said(folder(tmp_path, engagements=CLOSED), rule, date(2026, 3, 20)) is None
    assert said(folder(tmp_path, engagements=CLOSED), rule, date(2026, 4, 1)) == ("warning", "2026-03-21")
    assert assessed(tmp_path, date(2026, 4, 1))["status"] == "closed"
    written = folder(tmp_path, engagements=CLOSED, retrospectives=[{"written_on": "2026-03-25"}])
    assert said(written, rule, date(2026, 3, 24)) == ("warning", "2026-03-21")
    assert said(written, rule, date(2026, 3, 25)) is None


def weighed(*weights: str) -> list[dict[str, str]]:
    """Milestones of some weights: the first due on 31 January, the thirtieth day, the others begin and end later."""
    rows = [{**milestone("M0", "2026-01-31"), "weight": weights[0]}]
    for number, weight in enumerate(weights[1:], start=1):
        rows.append({**milestone(f"M{number}", f"2026-03-{1 + number:02}", "2026-02-25"), "weight": weight})
    return rows


@pytest.mark.parametrize(
    ("milestones", "as_of", "expected"),
    [
        (weighed("25", "75"), date(2026, 1, 2), None),  # until 2 March is 60 days
        (weighed("26", "74"), date(2026, 1, 2), None),
        (weighed("25", "70", "5"), date(2026, 1, 2), None),  # until 3 March is 61
        (weighed("26", "70", "4"), date(2026, 1, 2), "warning"),
        (weighed("5", "30", "30", "35"), date(2026, 2, 24), None),
        (weighed("5", "30", "30", "35"), date(2026, 2, 25), "warning"),  # four are open at once
        (weighed("5", "30", "65"), date(2026, 2, 25), None),
        ([{**milestone("A", "2026-02-01"), "weight": "0"}], date(2026, 1, 2), "unknown"),
        ([milestone("A", "")], date(2026, 1, 2), "unknown"),
    ],
)
def test_a_new_vendor_that_is_given_much(
    tmp_path: Path, milestones: list[dict[str, str]], as_of: date, expected: str | None
) -> None:
    assert severity(folder(tmp_path, milestones=milestones), "too-much-too-soon", as_of) == expected


@pytest.mark.parametrize(
    ("weight", "due_on", "decided_on", "expected"),
    [
        # A and B, 20 of 100, were accepted in the last ninety days: 1.5 x 20 / 3 = 10 may come.
        ("10", "2026-05-01", "2026-01-02", None),
        ("10.01", "2026-05-01", "2026-01-02", "warning"),
        ("10.01", "2026-05-02", "2026-01-02", None),  # the thirty-first day
        ("10.01", "2026-04-01", "2026-01-02", None),  # due today: not ahead
        # B was accepted ninety days ago: only A counts, and 5 may come.
        ("5", "2026-05-01", "2026-01-01", None),
        ("5.01", "2026-05-01", "2026-01-01", "warning"),
    ],
)
def test_a_known_vendor_that_is_given_more_than_it_ever_got_accepted(
    tmp_path: Path, weight: str, due_on: str, decided_on: str, expected: str | None
) -> None:
    parts = [("A", "2026-02-01", "10"), ("B", "2026-02-01", "10"), ("C", due_on, weight)]
    parts.append(("D", "2026-12-01", str(80 - Decimal(weight))))
    milestones = [{**milestone(key, due, "2026-01-01"), "weight": part} for key, due, part in parts]
    deliveries = [
        delivery("A", "2026-01-01", "2026-03-01", "accepted"),
        delivery("B", "2026-01-01", decided_on, "accepted"),
    ]
    place = folder(tmp_path, milestones=milestones, deliveries=deliveries)
    assert severity(place, "too-much-too-soon", date(2026, 4, 1)) == expected
