"""What is recorded of all engagements together, on every day, each thing kept once worked out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from tests.assessment.oracle.folder import read_folder, read_limits, rows
from tests.assessment.oracle.history import LimitChange, sure_day
from tests.assessment.oracle.life import Days
from tests.assessment.oracle.limits import limit_for_all


@dataclass(frozen=True)
class Together:
    """All engagements, and what belongs to none of them."""

    engagements: tuple[Days, ...]
    alone: bool
    executives: bool
    issued: tuple[date, ...]
    """Days on which a status pack was issued."""
    deliberate: Collection[frozenset[str]]
    """Pairs of engagements that do the same on purpose."""
    limits: tuple[LimitChange, ...]

    def active(self, as_of: date) -> list[Days]:
        """The engagements that are active on a day."""
        return [one for one in self.engagements if one.life(as_of) == "active"]

    def limit(self, name: str, as_of: date) -> Fraction:
        """A threshold as it was for all on a day."""
        return limit_for_all(self.limits, name, as_of)


def read_together(folder: Path) -> Together:
    """Everything a folder holds."""
    people = {row["email"]: row.get("role", "") for row in rows(folder, "people")}
    alone = len(people) <= 1
    return Together(
        engagements=tuple(Days(work, alone=alone, rules=()) for work in read_folder(folder)),
        alone=alone,
        executives="executive" in people.values(),
        issued=tuple(sorted(sure_day(row["issued_on"]) for row in rows(folder, "reports"))),
        deliberate={frozenset((row["engagement"], row["other"])) for row in rows(folder, "duplicates")},
        limits=tuple(read_limits(folder)),
    )
