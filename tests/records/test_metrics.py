"""What is measured, and its readings."""

from datetime import date
from math import inf, nan
from typing import Any

import pytest

from engagement.assessment.values import Metric
from engagement.records.database import Author, Database
from engagement.records.metrics import add_metric, change_metric, metrics, record_reading
from tests.records.asked import latest, refused, touched
from tests.records.portfolio import TODAY, day

DUPLICATES = ("duplicates", "quality", "%", "down", 12.5, 1.0, 30)


def known(database: Database, as_of: date = TODAY, key: str = "crm") -> tuple[Metric, ...]:
    with database.reading() as connection:
        return metrics(connection, key, as_of)


def test_a_metric_is_added_with_what_is_known_of_it(own: Database, author: Author) -> None:
    target: dict[str, Any] = {"unit": " calls a week ", "direction": "down", "baseline": 40, "target": 10.5}
    add_metric(own, author, "crm", "calls", "benefit", **target, interval_days=1)
    add_metric(own, author, "books", "errors", "quality")
    assert known(own) == (
        (*DUPLICATES, ((day("11-10"), 4.25),)),
        ("calls", "benefit", "calls a week", "down", 40.0, 10.5, 1, ()),
    )
    assert known(own, key="books") == (("errors", "quality", None, None, None, None, None, ()),)
    assert touched(own, 1) == {"crm", "books"}
    assert (latest(own).what, latest(own).subject) == ("add metric", "errors")


def test_what_a_changed_metric_says_replaces_what_it_said_and_its_readings_stay(own: Database, author: Author) -> None:
    change_metric(own, author, "crm", "duplicates", "quality", unit="%", direction="down", target=0.5)
    assert known(own) == (("duplicates", "quality", "%", "down", None, 0.5, None, ((day("11-10"), 4.25),)),)
    entry = latest(own)
    assert (entry.what, entry.subject) == ("change metric", "duplicates")
    assert entry.before is not None
    assert (entry.before["target"], entry.before["baseline"]) == (1.0, 12.5)
    change_metric(own, author, "crm", "duplicates", "quality", unit="%", direction="down", target=0.5)
    assert own.revision() == 2
    assert touched(own, 1) == {"crm"}


def test_readings_are_known_from_their_day_on_and_the_later_of_a_day_comes_last(own: Database, author: Author) -> None:
    record_reading(own, author, "crm", "duplicates", read_on=TODAY, value=2.0)
    record_reading(own, author, "crm", "duplicates", read_on=TODAY, value=1.5)
    record_reading(own, author, "crm", "duplicates", read_on=TODAY, value=1.5)
    record_reading(own, author, "crm", "duplicates", read_on=day("11-09"), value=-3)
    assert known(own)[0].readings == ((day("11-09"), -3.0), (day("11-10"), 4.25), (TODAY, 2.0), (TODAY, 1.5))
    assert known(own, day("11-09"))[0].readings == ((day("11-09"), -3.0),)
    assert own.revision() == 4
    assert touched(own, 3) == {"crm"}
    assert latest(own).after == {"read_on": "2026-11-09", "value": -3}


@pytest.mark.parametrize("number", [nan, inf])
def test_what_is_no_number_is_refused(own: Database, author: Author, number: float) -> None:
    wrong: dict[str, Any] = {"baseline": number, "target": number}
    assert refused(lambda: add_metric(own, author, "crm", "calls", "benefit", **wrong)) == ["baseline", "target"]
    assert refused(lambda: record_reading(own, author, "crm", "duplicates", read_on=TODAY, value=number)) == ["value"]
    assert own.revision() == 1


def test_a_metric_is_refused_with_all_that_is_wrong_with_it(own: Database, author: Author) -> None:
    sort: Any = "speed"
    wrong: dict[str, Any] = {"direction": "left", "interval_days": 0}
    assert refused(lambda: add_metric(own, author, "crm", "duplicates", sort, **wrong)) == [
        "metric", "kind", "direction", "interval_days",
    ]  # fmt: skip
    assert refused(lambda: add_metric(own, author, "shop", " ", "quality")) == ["engagement", "metric"]
    assert refused(lambda: change_metric(own, author, "crm", "calls", sort, **wrong)) == [
        "metric", "kind", "direction", "interval_days",
    ]  # fmt: skip
    assert refused(lambda: record_reading(own, author, "crm", "calls", read_on=day("11-21"), value=1)) == [
        "metric", "read_on",
    ]  # fmt: skip
    assert refused(lambda: record_reading(own, author, "shop", "calls", read_on=TODAY, value=1)) == ["engagement"]
