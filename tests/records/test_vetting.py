"""How a vendor was looked at before it was given work."""

from typing import Any

from engagement.records.database import Author, Database
from engagement.records.engagements import change_terms
from engagement.records.vendors import Vendor, vendors, vet
from tests.records.asked import latest, refused, touched
from tests.records.portfolio import TODAY, day


def known(database: Database, name: str) -> Vendor:
    with database.reading() as connection:
        return next(vendor for vendor in vendors(connection) if vendor.name == name)


def said(**changes: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("interviewed_on", "references_checked", "contract_signed_on", "chosen_because"))
    return nothing | changes


def test_vetting_replaces_what_was_known_and_leaves_how_to_reach_them(own: Database, author: Author) -> None:
    vet(own, author, "Northwind", **said(interviewed_on=TODAY, references_checked=0, chosen_because=" Price "))
    north = known(own, "Northwind")
    assert north[4:8] == (TODAY, 0, None, "Price")
    assert (north.contact_name, north.notes) == ("Nora North", "Ask for Nora.")
    entry = latest(own)
    assert (entry.what, entry.engagement, entry.subject) == ("vet", None, "Northwind")
    assert entry.before is not None
    assert (entry.before["interviewed_on"], entry.before["references_checked"]) == ("2026-04-01", 2)


def test_every_engagement_that_the_vendor_ever_had_is_judged_again(own: Database, author: Author) -> None:
    change_terms(own, author, "books", vendor="Northwind")
    vet(own, author, "Abacus", **said(contract_signed_on=TODAY))
    assert touched(own, 2) == {"books", "old"}
    vet(own, author, "Northwind", **said(contract_signed_on=TODAY))
    assert touched(own, 3) == {"books", "crm"}
    vet(own, author, "Northwind", **said(contract_signed_on=TODAY))
    assert own.revision() == 4


def test_what_cannot_be_is_refused(own: Database, author: Author) -> None:
    wrong = said(interviewed_on=day("11-21"), references_checked=-1, contract_signed_on=day("11-21"))
    assert refused(lambda: vet(own, author, "Abacus", **wrong)) == [
        "interviewed_on", "contract_signed_on", "references_checked",
    ]  # fmt: skip
    assert refused(lambda: vet(own, author, "Nobody", **said())) == ["vendor"]
    assert known(own, "Abacus")[4:8] == (None, None, None, None)
