"""What all of one synthetic engagement follows from: how it fares, when it runs, how often it is talked about.

See `synthetic`.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from math import ceil
from random import Random
from typing import Final, Literal, NamedTuple

Fate = Literal[
    "healthy", "late", "silent", "forgotten", "slipping", "over_budget", "closed", "paused", "not_started", "draft"
]
FATES: Final[Mapping[Fate, int]] = {
    "healthy": 70, "late": 4, "forgotten": 4, "slipping": 4, "over_budget": 3, "paused": 3, "draft": 1,
    "not_started": 1,
}  # fmt: skip
"""How many of a hundred engagements have which fate, beside those of `FIXED`."""
FIXED: Final[Mapping[int, Fate]] = {9: "silent", 19: "closed"}
"""Fates of certain engagements of every twenty, so that twenty are enough to fill every file."""
CADENCE: Final = {"high": 3, "standard": 7, "low": 14}
GRACE: Final = 2
GAP: Final = 42
"""At most so many days lie between two due dates. With a new date two days later that is within the 45 of the rule."""


LEAST_SETTLED: Final = 3
"""Days after a due date by which its milestone is decided on."""


class Size(NamedTuple):
    """How much there is of everything."""

    engagements: int
    milestones: int = 20
    check_ins: int = 150
    reports: int = 5
    """Of a milestone."""
    actions: int = 90


class Plan(NamedTuple):
    """What everything about one engagement follows from."""

    key: str
    number: int
    fate: Fate
    tier: str
    contract: str
    starts_on: date
    known_on: date
    """The last day of which anything is recorded: the day of the portfolio, or the day it was closed."""
    ends_on: date
    last_contact_on: date
    rhythm: int
    """Days between two talks; where there is little time for many of them, fewer than the agreed `cadence`."""
    budget: int
    size: Size

    @property
    def cadence(self) -> int:
        """Days between two talks, as agreed."""
        return CADENCE[self.tier]

    @property
    def rate(self) -> int:
        """What an hour costs, of work that is paid by the hour."""
        return 40 + self.number * 17 % 80

    @property
    def has_history(self) -> bool:
        """Whether the work has begun."""
        return self.fate not in ("draft", "not_started")


Writer = Callable[..., None]
"""Writes one row: the name of the file, then its columns by name."""


def our_share(check_ins: int) -> int:
    """How many of an engagement's check-ins are ours; the others are the vendor's own reports."""
    return max(1, check_ins * 7 // 10)


def planned(number: int, size: Size, random: Random, as_of: date) -> Plan:
    """The plan of the engagement of a number, from the beginning of its own random numbers."""
    fate = FIXED.get(number % 20) or random.choices(list(FATES), list(FATES.values()))[0]
    tier = random.choices(["high", "standard", "low"], [2, 6, 2])[0]
    contract = "retainer" if number % 10 == 4 else random.choice(["fixed", "fixed", "fixed", "hourly"])
    if fate in ("slipping", "over_budget", "draft", "not_started"):
        contract = "fixed"
    known_on = as_of - timedelta(days=random.randint(5, 300)) if fate == "closed" else as_of
    cadence = CADENCE[tier]
    silence = {"silent": cadence + GRACE + 5, "forgotten": 2 * cadence + GRACE + random.randint(10, 90)}
    silence["late"] = cadence + 2
    last_contact_on = known_on - timedelta(days=silence.get(fate, random.randint(0, cadence - 1)))
    rhythm = cadence
    if fate in ("draft", "not_started"):
        starts_on = as_of + timedelta(days=random.randint(5, 60))
        ends_on = starts_on + timedelta(days=min(300, GAP * size.milestones))
    else:
        months = size.milestones if contract == "retainer" else 2
        done = 1.0 if fate == "closed" else random.uniform(0.45, 0.8)
        talks = our_share(size.check_ins)
        if contract != "retainer":
            longest = int(GAP * size.milestones * done) - (known_on - last_contact_on).days
            rhythm = min(cadence, max(longest // talks, 1))
        first_talk_on = last_contact_on - timedelta(days=rhythm * talks)
        starts_on = min(first_talk_on, known_on - timedelta(days=31 * months))
        ends_on = known_on if fate == "closed" else _end(starts_on, known_on, done, size.milestones, random)
    return Plan(
        key=f"e{number:05d}",
        number=number,
        fate=fate,
        tier=tier,
        contract=contract,
        starts_on=starts_on,
        known_on=known_on,
        ends_on=ends_on,
        last_contact_on=last_contact_on,
        rhythm=rhythm,
        budget=size.milestones * 100 * random.randint(5, 60),
        size=size,
    )


def _end(starts_on: date, known_on: date, done: float, milestones: int, random: Random) -> date:
    """The end of even work of which so much is done, not long after a due date.

    Somewhat less than a quarter of the time to the next one has passed, so that no month ahead asks for much more than
    was accepted in the months before.
    """
    over = max(min(ceil(done * milestones), milestones - 1), 1)
    elapsed = (known_on - starts_on).days
    settled = random.randint(LEAST_SETTLED, max(LEAST_SETTLED, elapsed // over // 4))
    return starts_on + timedelta(days=(elapsed - settled) * milestones // over)
