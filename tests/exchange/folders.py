"""Small portfolios as files, for the tests of this room."""

from pathlib import Path

ENGAGEMENTS = "engagement,name,vendor,currency,starts_on\ncrm,CRM migration,Northwind,EUR,2026-06-01\n"
MILESTONES = "engagement,milestone,name,due_on\ncrm,M1,Data load,2026-11-11\n"
VENDORS = "vendor\nNorthwind\n"


def folder(place: Path, **files: str | bytes) -> Path:
    """A folder that can be recorded as it is, but for the files that are given."""
    texts: dict[str, str | bytes] = {"engagements": ENGAGEMENTS, "milestones": MILESTONES, "vendors": VENDORS, **files}
    for name, text in texts.items():
        (place / f"{name}.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    return place
