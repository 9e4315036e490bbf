"""What a rule says on a day."""

from enum import Enum


class Verdict(Enum):
    """It does not fire, cannot be judged, or fires at a severity."""

    NEVER = "never"
    UNKNOWN = "unknown"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def fires(self) -> bool:
        """Whether there is a warning."""
        return self in {Verdict.WARNING, Verdict.CRITICAL}


NEVER, UNKNOWN, WARNING, CRITICAL = Verdict.NEVER, Verdict.UNKNOWN, Verdict.WARNING, Verdict.CRITICAL


def worse(one: Verdict, other: Verdict) -> Verdict:
    """The worse of two verdicts."""
    order = [NEVER, UNKNOWN, WARNING, CRITICAL]
    return max(one, other, key=order.index)
