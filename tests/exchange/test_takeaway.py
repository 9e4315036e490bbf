"""The table that other programs read: every engagement, and text that no spreadsheet runs."""

import csv
from decimal import Decimal
from io import StringIO

from engagement.assessment.results import Cost, Progress
from engagement.exchange import takeaway
from tests.builders import a_portfolio, an_assessment

FORMULA = '=HYPERLINK("http://example.org","x")'
SHOWN = a_portfolio(
    an_assessment("a", name=FORMULA, vendor="Süd & Nord"),
    an_assessment("b", cost=Cost(None, None, None)),
    an_assessment("c", cost=Cost(Decimal("1234.50"), Decimal(0), None)),
)


def test_the_csv_file_holds_every_engagement_and_guards_formulas() -> None:
    text = takeaway.csv(SHOWN).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["engagement"] for row in rows] == ["a", "b", "c"]
    assert rows[0]["name"] == "'" + FORMULA
    assert rows[0]["vendor"] == "Süd & Nord"
    assert [row["budget"] for row in rows] == ["46200", "", "1234.5"]


def test_shares_that_nobody_reported_are_empty_and_no_nought() -> None:
    silent = an_assessment("s", progress=Progress(0.4, 0.0, 0.0, 0.0, known=False))
    (row,) = csv.DictReader(StringIO(takeaway.csv(a_portfolio(silent)).decode("utf-8-sig")))
    assert (row["progress_known"], row["planned"], row["claimed"], row["earned"]) == ("no", "0.4", "", "")


def test_an_empty_table_is_a_header() -> None:
    assert takeaway.csv(a_portfolio()).decode("utf-8-sig").count("\n") == 1
