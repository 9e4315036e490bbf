"""What was handed over and decided, as of a day."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from engagement.assessment.values import Delivery


class Handover(NamedTuple):
    """How far the delivery of one milestone has come."""

    delivered_on: date | None
    """Of the first accepted delivery, else of the latest that stands; None while the milestone is open."""
    accepted_on: date | None
    """The day of the decision."""
    pending_since: date | None
    """The earliest standing delivery that nobody has decided on; None once any was accepted."""


OPEN: Final = Handover(None, None, None)


def handover(deliveries: Sequence[Delivery], day: date) -> Handover:
    """The state by the end of a day of a milestone's deliveries, oldest first.

    A delivery stands unless it is rejected by then. An outcome without a day of decision is as old as the delivery.
    """
    latest = pending = None
    for delivery in deliveries:
        if delivery.delivered_on > day:
            break
        decided_on = delivery.decided_on or delivery.delivered_on
        outcome = delivery.outcome if decided_on <= day else None
        if outcome == "accepted":
            return Handover(delivery.delivered_on, decided_on, None)
        if outcome is None:
            latest = delivery.delivered_on
            pending = pending or delivery.delivered_on
    return Handover(latest, None, pending)
