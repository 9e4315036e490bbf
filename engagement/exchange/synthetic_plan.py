"""What all of one synthetic engagement follows from: how it fares, when it runs, how often it is talked about.

See `synthetic`.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Final, Literal, NamedTuple

from engagement.exchange import synthetic_words as words
from engagement.exchange.synthetic_course import Manner, Spell, course

Life = Literal["active", "closed", "paused", "draft", "not_started"]
_Role = tuple[Life, Manner]
_RUNNING: Final[tuple[tuple[_Role, int], ...]] = (
    (("active", "calm"), 8), (("active", "bumpy"), 4), (("active", "troubled"), 2),
)  # fmt: skip
ROLES: Final[tuple[_Role, ...]] = (
    *(role for role, times in _RUNNING for _ in range(times)),
    ("closed", "calm"), ("closed", "calm"), ("closed", "bumpy"), ("closed", "troubled"), ("paused", "bumpy"),
    ("not_started", "calm"),
)  # fmt: skip
"""What the engagements of every twenty are, in an order of their own."""
DRAFTS: Final = 3
"""Of so many that have not begun one is still a draft."""
CADENCE: Final = {"high": 3, "standard": 7, "low": 14}
STEPS: Final = (14, 16, 18, 20, 32, 33, 34, 35, 35, 36, 36, 37, 38, 38, 39, 40)
"""Days between two results: about a fortnight or a month, so that a month ahead never asks for much more than one of
those before brought."""
TALKED: Final = 0.8
"""At most so much of the check-ins are talks of ours; the others are what the vendor writes between them."""
RETAINER: Final = 4
"""The number, of every ten, of the one whose work has no end."""
A_MONTH: Final = 31
A_DAY: Final = timedelta(days=1)
FRIDAY: Final = 4
VENDORS: Final = (0, 0, 0, 0, 1, 2, 2, 2, 3, 3, 4, 4, 4, 4, 4, 5, 6, 6, 6, 6)
"""Which of the seven vendors of every twenty engagements does the work: some have one task, some five."""
TRIAL: Final = 10
"""The number, of every twenty, of the one that does on purpose what the one before it does, with another vendor."""
TEAM: Final = 11
"""Engagements of one owner."""
VALUES: Final = (600, 900, 1200, 1500, 1800, 2000, 2400, 3000, 3600, 4500, 6000, 9500)
"""What one result is worth."""


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
    life: Life
    manner: Manner
    spells: tuple[Spell, ...]
    tier: str
    contract: str
    starts_on: date
    known_on: date
    """The last day of which anything is recorded: the day of the portfolio, of the pause, or on which it was closed."""
    ends_on: date
    pauses: tuple[tuple[date, date], ...]
    """Earlier pauses: the first day of each, and the day on which the work went on."""
    value: int
    """Of one result."""
    size: Size

    @property
    def cadence(self) -> int:
        """Days between two talks, as agreed."""
        return CADENCE[self.tier]

    @property
    def budget(self) -> int:
        """Of all results."""
        return self.value * self.size.milestones

    @property
    def rate(self) -> int:
        """What an hour costs, of work that is paid by the hour."""
        return 55 + self.number * 7 % 14 * 5

    @property
    def has_history(self) -> bool:
        """Whether the work has begun."""
        return self.life not in ("draft", "not_started")

    @property
    def lead(self) -> str:
        """The name of who talks with the vendor."""
        return words.person(lead_of(self.number))

    @property
    def owner(self) -> str:
        """The name of who answers for it."""
        return words.person(owner_of(self.number))

    @property
    def contact(self) -> str:
        """The name of whom to ask at the vendor."""
        return staff(vendor_of(self.number), 0)


Writer = Callable[..., None]
"""Writes one row: the name of the file, then its columns by name."""


def owner_of(number: int) -> int:
    """The number of the person who answers for an engagement: each team has an owner and two leads."""
    return number // TEAM * 3


def lead_of(number: int) -> int:
    """The number of the person who talks with the vendor."""
    return owner_of(number) + 1 + number % 2


def vendor_of(number: int) -> int:
    """The number of the vendor of an engagement."""
    twenty, place = divmod(number, len(VENDORS))
    return twenty * (max(VENDORS) + 1) + VENDORS[place]


def trade_of(vendor: int) -> words.Trade:
    """What a vendor does. Of every seven the fourth and the fifth do the same, so that both can be tried."""
    seven, place = divmod(vendor, max(VENDORS) + 1)
    return words.TRADES[(seven * 6 + place - (place > VENDORS[TRIAL - 1])) % len(words.TRADES)]


def staff(vendor: int, place: int) -> str:
    """Somebody who works for a vendor."""
    return words.person(len(words.FIRST_NAMES) * len(words.LAST_NAMES) - 1 - vendor * 4 - place)


def planned(number: int, size: Size, seed: int, random: Random, as_of: date) -> Plan:
    """The plan of the engagement of a number, from the beginning of its own random numbers."""
    roles = list(ROLES)
    Random(f"{seed}/{number // len(ROLES)}").shuffle(roles)  # noqa: S311 - nothing secret is made of it
    life, manner = roles[number % len(ROLES)]
    if life == "not_started" and number // len(ROLES) % DRAFTS == 1:
        life = "draft"
    is_retainer = number % 10 == RETAINER
    tier = random.choice(["standard", "low"] if is_retainer else ["high", *["standard"] * 5, "low", "low"])
    longest = max(int(size.check_ins * TALKED) * CADENCE[tier], size.milestones)
    fitting = [step for step in STEPS if step * size.milestones <= longest]
    step = A_MONTH if is_retainer else random.choice(fitting) if fitting else longest // size.milestones
    duration = step * size.milestones
    known_on = as_of
    if life == "closed":
        known_on -= timedelta(days=random.randint(4, 420))
        begun = duration + random.randint(2, 12)
    elif life in ("draft", "not_started"):
        begun = -random.randint(5, 60)
    else:
        known_on -= timedelta(days=random.randint(2, 110) if life == "paused" else 0)
        least = min(size.check_ins * 4 // 5, duration * 9 // 10)
        begun = duration if is_retainer else random.randint(max(least, duration // 10), duration * 19 // 20)
    starts_on = last_weekday(known_on - timedelta(days=min(begun, longest)))
    spells = course(
        manner, starts_on, known_on, random, step_days=step, ends_well=life == "closed", retainer=is_retainer
    ) if begun > 0 else ()  # fmt: skip
    return Plan(
        key=f"e{number:05d}",
        number=number,
        life=life,
        manner=manner,
        spells=spells,
        tier=tier,
        contract="retainer" if is_retainer else random.choice(["fixed", "fixed", "fixed", "hourly"]),
        starts_on=starts_on,
        known_on=known_on,
        ends_on=starts_on + timedelta(days=duration),
        pauses=_pauses(number, starts_on, known_on),
        value=random.choice(VALUES),
        size=size,
    )


def _pauses(number: int, starts_on: date, known_on: date) -> tuple[tuple[date, date], ...]:
    """Two short ones, long ago, of one in eight."""
    days = (known_on - starts_on).days
    if number % 8 or days < 10:
        return ()
    begins = (starts_on + timedelta(days=days * part // 5) for part in (1, 3))
    return tuple((begin, begin + timedelta(days=min(days // 8, 10))) for begin in begins)


def next_weekday(day: date) -> date:
    """The day, or the Monday after it."""
    beyond = day.weekday() - FRIDAY
    return day + timedelta(days=3 - beyond) if beyond > 0 else day


def last_weekday(day: date) -> date:
    """The day, or the Friday before it."""
    beyond = day.weekday() - FRIDAY
    return day - timedelta(days=beyond) if beyond > 0 else day
