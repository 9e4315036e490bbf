"""The work of a synthetic engagement: its results, and what was said of them, delivered, decided and paid.

See `synthetic`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

from engagement.exchange import synthetic_words as words
from engagement.exchange.synthetic_course import Spell, spell_on
from engagement.exchange.synthetic_plan import A_DAY, Plan, Writer, last_weekday, next_weekday, trade_of, vendor_of

DUE_DAYS: Final = (5, 8, 10, 12)
"""Of a month, for what a retainer brings: early enough that it is paid in the same month."""
APPROVED: Final = 0.93
MOVED: Final = 0.35
"""How many of the dates that will be missed by far are moved openly."""
LAST: Final = 2
"""So many of the last results are the finish: where it slips, their dates do."""
STANDING: Final = 0.3
"""What is claimed of a result that is late while nothing goes on."""
SOON_CLEARER: Final = 6
"""Of so many plans one gets clearer criteria."""
MANY: Final = 10
"""Days: who is later than this has known it for a while."""


class Made(NamedTuple):
    """A result that was written, and how its work goes."""

    key: str
    name: str
    starts_on: date
    due_on: date
    expected_on: date
    """The day on which it was, or will be, delivered."""
    decided_on: date
    """The day on which that was, or will be, accepted."""
    value: int

    def is_delivered(self, plan: Plan) -> bool:
        """Whether it was by the last day that is known."""
        return plan.has_history and self.expected_on <= plan.known_on

    def is_accepted(self, plan: Plan) -> bool:
        """Whether it was by the last day that is known."""
        return plan.has_history and self.decided_on <= plan.known_on


def milestones(write: Writer, plan: Plan, random: Random) -> list[Made]:
    """The results of work with an end, evenly over it, with deliveries, decisions and new dates."""
    count, stages = plan.size.milestones, trade_of(vendor_of(plan.number)).stages
    duration = (plan.ends_on - plan.starts_on).days
    made: list[Made] = []
    starts_on = plan.starts_on
    for number in range(count):
        due_on = max(last_weekday(plan.starts_on + timedelta(days=duration * (number + 1) // count)), starts_on)
        place = number * len(stages) // count if count < len(stages) else number % len(stages)
        round_ = number // len(stages)
        name = f"{stages[place]} {round_ + 1}" if round_ else stages[place]
        one = _worked_on(plan, Made(f"M{number + 1}", name, starts_on, due_on, due_on, due_on, plan.value), random)
        write(
            "milestones",
            engagement=plan.key,
            milestone=one.key,
            name=name,
            priority=random.choice(("must", "should", None)),
            acceptance_criteria=words.CRITERIA[(plan.number + number) % len(words.CRITERIA)],
            weight=round(1 / count, 6) if plan.number % 3 == 0 else None,
            value=plan.value,
            starts_on=starts_on if number % 2 else None,
            due_on=due_on,
        )
        _deliver(write, plan, one, random)
        made.append(one)
        starts_on = due_on
    return made


def retainer(write: Writer, plan: Plan, random: Random) -> list[Made]:
    """A monthly series and what it brought so far."""
    series, name = "monthly", trade_of(vendor_of(plan.number)).monthly
    due_day = DUE_DAYS[plan.number // 10 % len(DUE_DAYS)]
    month = plan.starts_on.replace(day=1)
    write(
        "series", engagement=plan.key, series=series, name=name, every="month", due_day=due_day, value=plan.value,
        from_on=plan.starts_on,
    )  # fmt: skip
    made: list[Made] = []
    while plan.has_history and (due_on := month.replace(day=due_day)) <= plan.known_on:
        if due_on >= plan.starts_on and len(made) < plan.size.milestones:
            one = Made(f"{series}:{due_on}", name, due_on - timedelta(days=20), due_on, due_on, due_on, plan.value)
            one = _worked_on(plan, one, random)
            write(
                "milestones", engagement=plan.key, milestone=one.key, name=name, series=series, value=plan.value,
                acceptance_criteria=words.CRITERIA[plan.number % len(words.CRITERIA)], due_on=due_on,
            )  # fmt: skip
            _deliver(write, plan, one, random)
            made.append(one)
        month = (month.replace(day=28) + timedelta(days=7)).replace(day=1)
    return made


def _worked_on(plan: Plan, one: Made, random: Random) -> Made:
    """The result with the days on which it is delivered and accepted."""
    expected_on = max(next_weekday(one.due_on + timedelta(days=_lateness(plan, one, random))), one.starts_on)
    ours = spell_on(plan.spells, expected_on, "ours")
    least, most = ((16, 30) if ours.is_severe else (8, 13)) if ours else (1, 4)
    decided_on = next_weekday(expected_on + timedelta(days=random.randint(least, most)))
    if plan.life == "closed":
        decided_on = min(decided_on, plan.known_on)
        expected_on = min(expected_on, decided_on)
    return one._replace(expected_on=expected_on, decided_on=decided_on)


def _lateness(plan: Plan, one: Made, random: Random) -> int:
    """Days: in a bad stretch weeks, else now and then a few, mostly none."""
    spell = spell_on(plan.spells, one.due_on)
    if spell and (spell.kind == "late" or (spell.is_severe and spell.kind in ("slip", "money"))):
        if not spell.is_severe:
            return random.randint(4, MANY)
        step = (one.due_on - one.starts_on).days
        return random.randint(14, max(30, min(step * 3 // 2, 50)))
    luck = random.random()
    return -random.randint(0, 3) if luck < 0.9 else random.randint(1, 3) if luck < 0.97 else random.randint(4, 7)


def _deliver(write: Writer, plan: Plan, one: Made, random: Random) -> None:
    """What was handed in; now and then it was sent back once before it was accepted."""
    bad = random.random() < (0.5 if spell_on(plan.spells, one.due_on, "quality") else 0.04)
    if not one.is_delivered(plan):
        return
    of = {"engagement": plan.key, "milestone": one.key}
    early = last_weekday(one.expected_on - timedelta(days=7))
    if bad and early > one.starts_on:
        write(
            "deliveries", **of, delivered_on=early, decided_on=early + A_DAY, outcome="rejected",
            reason=random.choice(words.REFUSED),
        )  # fmt: skip
    accepted = one.is_accepted(plan)
    write(
        "deliveries",
        **of,
        delivered_on=one.expected_on,
        decided_on=one.decided_on if accepted else None,
        outcome="accepted" if accepted else None,
    )


def new_dates(write: Writer, plan: Plan, made: list[Made], random: Random) -> list[date]:
    """New agreed dates: the days on which they were set, in order."""
    found: list[tuple[Made, date, date]] = []
    for number, one in enumerate(made):
        late = (one.expected_on - one.due_on).days
        if late > MANY and random.random() < MOVED:
            due_on = one.expected_on - random.randint(0, 4) * A_DAY
            found.append((one, one.due_on - 3 * A_DAY, due_on))
        elif plan.number % 10 == 3 and number == len(made) // 3:
            found.append((one, one.due_on - 4 * A_DAY, one.due_on + 2 * A_DAY))
    for spell in plan.spells:
        if spell.kind == "slip" and spell.is_severe and spell.until_on <= plan.known_on and plan.life != "closed":
            ahead = [one for one in made[-LAST:] if one.due_on > plan.known_on]
            found += [(one, spell.until_on, one.due_on + slip(plan, spell)) for one in ahead]
    found = [new for new in found if plan.starts_on < new[1] <= plan.known_on]
    for one, set_on, due_on in found:
        write(
            "baselines", engagement=plan.key, milestone=one.key, set_on=set_on, due_on=due_on,
            reason=random.choice(words.REASONS),
            approved_by=words.address(plan.owner) if random.random() < APPROVED else None,
        )  # fmt: skip
    return sorted({set_on for _, set_on, _ in found})


def new_criteria(write: Writer, plan: Plan, made: list[Made]) -> list[date]:
    """Criteria that became clearer once the work had begun: the days on which they were written down."""
    one = made[len(made) // 2]
    days = [one.starts_on + A_DAY] if plan.number % SOON_CLEARER == 1 else []
    found = [day for day in days if plan.starts_on < day <= plan.known_on]
    for day in found:
        write("plan_changes", engagement=plan.key, changed_on=day, milestone=one.key, what="criteria")
    return found


def slip(plan: Plan, spell: Spell) -> timedelta:
    """By how much the finish moves in a stretch: a tenth of the duration and more, or more than a quarter."""
    part = 27 + spell.from_on.day % 9 if spell.is_severe else 11 + spell.from_on.day % 3
    return (plan.ends_on - plan.starts_on) * part / 100


def progress(write: Writer, plan: Plan, made: list[Made], random: Random) -> None:
    """Reports on each result: how far it is while it is worked on, and forecasts."""
    count = plan.size.reports
    sayers = (words.address(plan.lead), plan.contact)
    for number, one in enumerate(made):
        is_last = number >= len(made) - LAST and plan.contract != "retainer"
        for index, said_on in enumerate(_told_on(plan, one, count, is_last=is_last)):
            side = random.random() < 0.4
            write(
                "progress_reports",
                engagement=plan.key,
                milestone=one.key,
                reported_on=said_on,
                percent_complete=_claimed(plan, one, said_on, random),
                forecast_on=_forecast(plan, one, said_on, index, is_last=is_last) if is_last or index % 2 else None,
                side="us" if side else "vendor",
                reported_by=sayers[0 if side else 1],
            )


def _told_on(plan: Plan, one: Made, count: int, *, is_last: bool) -> list[date]:
    """The days of the reports on a result: while it is worked on, or before that; of the finish where it moved."""
    end = min(one.expected_on, plan.known_on)
    start = one.starts_on if one.starts_on < end - timedelta(days=count) else max(end - 12 * A_DAY, plan.starts_on)
    days = [start + (end - start) * (index + 1) / count for index in range(count)]
    if is_last and one.starts_on >= plan.known_on:
        turns = [turn for spell in plan.spells if spell.kind == "slip" for turn in (spell.from_on, spell.until_on)]
        known = [turn for turn in turns if turn <= plan.known_on][-count:]
        begin = plan.starts_on
        days = sorted([*known, *(begin + (end - begin) * (index + 1) / count for index in range(count - len(known)))])
    return days


def _claimed(plan: Plan, one: Made, day: date, random: Random) -> int | None:
    """Percent: somewhat ahead of the plan where all goes well, and slower and slower where it is late."""
    if day < one.starts_on:
        return None
    if day >= one.expected_on:
        return 100
    promised, needed = (one.due_on - one.starts_on).days, (one.expected_on - one.starts_on).days
    passed = (day - one.starts_on).days + 3
    if needed <= promised + 3:
        share = min(passed / max(promised - 1, 1), 1)
    else:
        standing = spell_on(plan.spells, day, "late")
        share = STANDING if standing and standing.is_severe else (passed / (needed + 3)) ** 0.8
    return min(max(5 * round(20 * share + random.uniform(-0.4, 0.6)), 5), 95)


def _forecast(plan: Plan, one: Made, day: date, index: int, *, is_last: bool) -> date:
    """What is said of the day on which it will be done: that it is late comes out late."""
    if is_last and one.expected_on > plan.known_on:
        for spell in reversed(plan.spells):
            if spell.kind == "slip" and (
                spell.from_on <= day < spell.until_on or (spell.is_severe and day >= spell.until_on)
            ):
                return one.due_on + slip(plan, spell)
        if one.starts_on >= day:
            return one.due_on
    is_known = one.expected_on <= one.due_on + 3 * A_DAY or index >= plan.size.reports // 2
    return one.expected_on if is_known and one.expected_on >= day else max(one.due_on, day)


class Extra(NamedTuple):
    """Money that nobody had planned, and from when on the budget was raised for it, where it was."""

    spent_on: date
    amount: int
    agreed_on: date | None


def extras(plan: Plan) -> Iterator[Extra]:
    """What was paid beside the results, by stretches in which the money is the matter."""
    for spell in plan.spells:
        if spell.kind == "money":
            part = (34 if spell.is_severe else 5) + spell.from_on.day % 5
            agreed_on = spell.until_on if spell.until_on <= plan.known_on else None
            yield Extra(spell.from_on, plan.budget * part // 5000 * 50, agreed_on)


def spend(write: Writer, plan: Plan, made: list[Made], random: Random) -> None:
    """What was accepted is paid soon after, by the hour seldom all of it; extras are paid at once."""
    is_hourly, is_retainer = plan.contract == "hourly", plan.contract == "retainer"
    bills: list[tuple[date, int, float, str | None]] = []
    for one in made:
        if one.is_accepted(plan):
            amount = one.value * random.randint(88, 100) // 100 if is_hourly else one.value
            spent_on = one.decided_on + random.randint(2, 4 if is_retainer else 15) * A_DAY
            if plan.life == "closed":
                spent_on = min(spent_on, plan.known_on)
            bills.append((spent_on, amount, amount / plan.rate, one.key))
    for extra in extras(plan):
        ahead = next((one.key for one in made if one.expected_on > plan.known_on), None)
        key = None if extra.agreed_on else ahead
        bills.append((extra.spent_on, extra.amount, extra.amount / plan.rate / 1.3, key))
    for number, (spent_on, amount, hours, key) in enumerate(sorted(bills, key=lambda bill: bill[0])):
        if spent_on <= plan.known_on:
            write(
                "spend", engagement=plan.key, spent_on=spent_on, amount=amount, milestone=key, deposit=False,
                hours=round(hours, 1) if is_hourly else None, reference=f"{plan.key.upper()}-{number + 1:03d}",
            )  # fmt: skip
