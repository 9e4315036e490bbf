"""What a threshold is on a day."""

from fractions import Fraction

from tests.assessment.oracle.folder import Work


def limit(work: Work, name: str, default: int | Fraction) -> Fraction:
    """A threshold as changed by then: the engagement's own change, else one for all, else the catalogue's."""
    own = [change.value for change in work.limits if change.limit == name and change.engagement == work.key]
    for_all = [change.value for change in work.limits if change.limit == name and not change.engagement]
    return (own or for_all or [Fraction(default)])[-1]
