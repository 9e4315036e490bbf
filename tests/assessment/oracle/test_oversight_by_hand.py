"""The second calculation itself, against figures worked by hand: vendors, owners, the same task, status packs."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.assessment.oracle.by_hand import ENGAGEMENT, delivery, folder, milestone, talk
from tests.assessment.oracle.oversight import Oversight, monitor_stopped
from tests.assessment.oracle.together import read_together

PEOPLE = [{"email": "ana@example.org", "role": "owner"}, {"email": "erin@example.org", "role": "executive"}]


def watched(place: Path, rule: str, as_of: date) -> dict[str, tuple[str, date | None]]:
    """Severity and since of one rule on a day, by whom it is about."""
    found = Oversight(read_together(place)).warnings(as_of)
    return {", ".join(sorted(one.subject)): (one.severity, one.since) for one in found if one.rule == rule}


def several(number: int, **columns: str) -> list[dict[str, str]]:
    """So many engagements of Ana, all alike but for their keys."""
    return [{**ENGAGEMENT, "owner": "ana@example.org", **columns, "engagement": f"e{one}"} for one in range(number)]


# Milestones due on 2 March 2026; 90 days later is 31 May.
@pytest.mark.parametrize(
    ("kept", "broken", "as_of", "expected"),
    [
        (4, 1, date(2026, 3, 10), None),  # 80 %
        (0, 4, date(2026, 3, 10), None),  # four are too few
        (3, 2, date(2026, 3, 10), "warning"),  # 60 %
        (4, 3, date(2026, 3, 10), "critical"),  # 57 %
        (0, 5, date(2026, 3, 1), None),
        (0, 5, date(2026, 5, 30), "critical"),
        (0, 5, date(2026, 5, 31), None),
    ],
)
def test_a_vendor_that_breaks_its_dates(
    tmp_path: Path, kept: int, broken: int, as_of: date, expected: str | None
) -> None:
    milestones = [milestone(f"M{one}", "2026-03-02") for one in range(kept + broken)]
    deliveries = [delivery(f"M{one}", "2026-03-02") for one in range(kept)]
    deliveries += [delivery(f"M{one}", "2026-03-03") for one in range(kept, kept + broken)]
    place = folder(tmp_path, milestones=milestones, deliveries=deliveries)
    found = watched(place, "promises-broken", as_of)
    assert found == ({} if expected is None else {"Northwind": (expected, date(2026, 3, 2))})


def test_a_promise_is_that_of_the_vendor_on_its_day_with_its_actions(tmp_path: Path) -> None:
    # Contoso takes over on 1 April: three dates before it are Northwind's, four dates and an action after it its own
    milestones = [milestone(f"M{one}", "2026-03-02") for one in range(3)]
    milestones += [milestone(f"M{one}", "2026-04-06") for one in range(3, 7)]
    title = {"kind": "issue", "side": "vendor", "title": "Leak", "raised_on": "2026-03-20", "due_on": "2026-04-10"}
    changes = [
        {"column": "vendor", "set_on": "", "value": "Northwind"},
        {"column": "vendor", "set_on": "2026-04-01", "value": "Contoso"},
    ]
    place = folder(
        tmp_path,
        engagements=[{**ENGAGEMENT, "vendor": "Contoso"}],
        milestones=milestones,
        actions=[title, {**title, "title": "Which?", "kind": "question"}, {**title, "title": "Ours", "side": "us"}],
        changes=changes,
    )
    assert watched(place, "promises-broken", date(2026, 4, 9)) == {}
    assert watched(place, "promises-broken", date(2026, 4, 20)) == {"Contoso": ("critical", date(2026, 4, 10))}


def test_an_owner_of_many(tmp_path: Path) -> None:
    # Talked on Thursday 1 January, every seven days: due on the 8th, silent after Monday the 12th, the 10th a Saturday
    day, quiet, rule = date(2026, 1, 9), date(2026, 1, 13), "overloaded-owner"
    talks = [talk("2026-01-01", engagement=f"e{one}") for one in range(9)]
    known = {"people": PEOPLE, "check_ins": talks}
    assert watched(folder(tmp_path, engagements=several(8), **known), rule, day) == {}
    found = {"ana@example.org": ("warning", date(2026, 1, 1))}
    assert watched(folder(tmp_path, engagements=several(9), **known), rule, day) == found
    assert watched(folder(tmp_path, engagements=several(9), check_ins=talks, people=PEOPLE[:1]), rule, day) == {}
    assert watched(folder(tmp_path, engagements=several(2), **known), rule, date(2026, 2, 1)) == {}
    assert watched(folder(tmp_path, engagements=several(3), **known), rule, quiet - timedelta(days=1)) == {}
    found = {"ana@example.org": ("warning", quiet)}
    assert watched(folder(tmp_path, engagements=several(3), **known), rule, date(2026, 2, 1)) == found
    high = several(1, tier="high")
    assert watched(folder(tmp_path, engagements=high, **known), rule, day).keys() == {"ana@example.org"}
    assert watched(folder(tmp_path, engagements=[{**high[0], "deputy": "Bo"}], **known), rule, day) == {}


TASK = {"category": "Shop", "name": "ABCD", "scope": " e"}
"""Six letters with the space between: of ten together with four others, three in common are six tenths."""


@pytest.mark.parametrize(
    ("other", "since"),
    [
        ({"name": "abcz"}, date(2026, 1, 1)),
        ({"name": "abczz"}, None),  # 6 of 11
        ({"name": "abzz"}, None),  # 4 of 10
        ({"category": "Payroll"}, None),
        ({"vendor": "Northwind"}, None),
        ({"starts_on": "2026-02-20"}, date(2026, 2, 20)),
        ({"starts_on": "2026-02-21"}, None),  # the first ends the day before
        ({"starts_on": "2026-04-01"}, None),
        ({"status": "closed", "closed_on": "2026-02-28"}, None),
    ],
)
def test_two_vendors_with_one_task(tmp_path: Path, other: dict[str, str], since: date | None) -> None:
    one = {**ENGAGEMENT, **TASK, "ends_on": "2026-02-20"}
    second = {**ENGAGEMENT, **TASK, "engagement": "f", "vendor": "Contoso", "scope": "", **other}
    place = folder(tmp_path, engagements=[one, second])
    day = date(2026, 3, 2)
    assert watched(place, "same-task-twice", day) == ({} if since is None else {"e, f": ("warning", since)})
    deliberate = folder(tmp_path, engagements=[one, second], duplicates=[{"engagement": "f", "other": "e"}])
    assert watched(deliberate, "same-task-twice", day) == {}


def test_executives_who_are_not_told(tmp_path: Path) -> None:
    # The work begins on 1 January: 35 days later is 5 February. A pack of 20 January lasts until 24 February.
    rule, told = "no-status-pack", [{"engagement": "", "issued_on": "2026-01-20", "kind": "status"}]
    never = folder(tmp_path, people=PEOPLE)
    assert watched(never, rule, date(2026, 2, 4)) == {}
    assert watched(never, rule, date(2026, 3, 1)) == {"portfolio": ("warning", date(2026, 2, 5))}
    assert watched(folder(tmp_path, people=PEOPLE[:1]), rule, date(2026, 3, 1)) == {}
    once = folder(tmp_path, people=PEOPLE, reports=told)
    assert watched(once, rule, date(2026, 2, 23)) == {}
    assert watched(once, rule, date(2026, 3, 1)) == {"portfolio": ("warning", date(2026, 2, 24))}


def test_a_monitor_that_has_stopped() -> None:
    last = datetime(2026, 3, 2, 23, tzinfo=UTC)
    assert monitor_stopped(last, last + timedelta(hours=26)) is None
    assert monitor_stopped(last, last + timedelta(hours=26, seconds=1)) == date(2026, 3, 4)
    assert monitor_stopped(last, last + timedelta(days=9)) == date(2026, 3, 4)
    assert monitor_stopped(None, last) is None
