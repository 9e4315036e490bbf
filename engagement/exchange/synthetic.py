"""A synthetic portfolio of any size, for load tests and to look at: every file of the format filled.

It is to read like a company: of every twenty engagements fourteen are active, four were closed in the last year or so,
one is paused and one has not begun. Most of the active ones go well, some are bumpy, some troubled; each has stretches
of trouble of its own (`synthetic_course`), and what is recorded follows from these, so that statuses come and go on
every day of the past. All of it ends at a given day. The same seed gives the same bytes, and an engagement depends on
the seed and its number alone, so that a larger portfolio contains the smaller one.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from engagement.errors import UnreadableFile, WrongUsage
from engagement.exchange import synthetic_logs as logs
from engagement.exchange import synthetic_words as words
from engagement.exchange import synthetic_work as work
from engagement.exchange.cells import written
from engagement.exchange.interchange import FILES
from engagement.exchange.synthetic_course import CLOSE, Spell, spell_on
from engagement.exchange.synthetic_plan import (
    A_DAY,
    TRIAL,
    VENDORS,
    Plan,
    Size,
    Writer,
    lead_of,
    owner_of,
    planned,
    staff,
    trade_of,
    vendor_of,
)  # fmt: skip
from engagement.exchange.writing import refuse_to_replace

__all__ = ["Size", "generate"]

Progress = Callable[[str, int, int], None]
GRACE: Final = 2
PLAIN: Final = frozenset({str, int, date, type(None)})
"""What a CSV writer writes as the format has it."""
NO_BUDGET: Final = 0.985
"""Of more than so many there is none."""
SUBJECTS: Final = 16
"""So many things a task is about."""
EXECUTIVE: Final = "erin.adler@example.org"
RULES: Final = {
    "late": "overdue", "slip": "slipping", "quality": "quality-missed", "silence": "silent", "ours": "awaiting-us",
    "money": "budget",
}  # fmt: skip
"""What is said to be in hand, by what goes wrong."""


def generate(
    folder: Path,
    size: Size,
    seed: int,
    as_of: date,
    progress: Progress | None = None,
    *,
    first: int = 0,
    overwrite: bool = False,
) -> None:
    """Writes a portfolio into a folder, an engagement at a time, whatever its size.

    ``first`` is the number of the first one: a large portfolio can be written, and imported, in parts. Raises
    `AlreadyThere` where tables are there already and ``overwrite`` does not allow to replace them, `WrongUsage` where
    the name is none of a folder, and `UnreadableFile` where nothing can be written there.
    """
    if folder.suffix:
        raise WrongUsage(f"{folder} is not the name of a folder. Name one; it is made where it is missing.")
    if not overwrite:
        refuse_to_replace(folder)
    with _files(folder) as write:
        _write_portfolio(write, first + size.engagements, as_of)
        for number in range(first, first + size.engagements):
            _write_engagement(write, number, size, seed, as_of)
            if progress and number % 20 == 0:
                progress("Writing", number + 1 - first, size.engagements)


@contextmanager
def _files(folder: Path) -> Iterator[Writer]:
    """What writes a row into its file; all files are open until the end. No text in here begins a formula."""
    columns = {file.name: [column.name for column in file.columns] for file in FILES}
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            opened = {
                name: stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
                for name in columns
            }
        except OSError as error:
            raise UnreadableFile(f"{folder} cannot be written ({error.strerror}). Choose another folder.") from None
        writers = {name: csv.writer(file, lineterminator="\n") for name, file in opened.items()}
        for name, names in columns.items():
            writers[name].writerow(names)

        def write(file: str, **row: Any) -> None:
            cells = map(row.get, columns[file])
            writers[file].writerow([cell if type(cell) in PLAIN else written(cell) for cell in cells])

        yield write


def _write_portfolio(write: Writer, engagements: int, as_of: date) -> None:
    """What belongs to no engagement: people and vendors, the packs of a year, one threshold."""
    write("people", email=EXECUTIVE, name="Erin Adler", role="executive")
    for month in range(12, 0, -1):
        write("reports", issued_on=as_of - timedelta(days=30 * month - 20), kind="status", by=EXECUTIVE)
    write(
        "limits", limit="overdue-critical", value=10, set_on=as_of - timedelta(days=900), by=EXECUTIVE,
        reason="A week is too short for our vendors.",
    )  # fmt: skip
    for owner in range(0, owner_of(engagements - 1) + 3, 3):
        for number, role in ((owner, "owner"), (owner + 1, "lead"), (owner + 2, "lead")):
            name = words.person(number)
            write("people", email=words.address(name), name=name, role=role)
    for vendor in range(vendor_of(engagements - 1) + 1):
        write("vendors", **_vendor(vendor, as_of))


def _vendor(number: int, as_of: date) -> dict[str, Any]:
    """One in eleven was not looked at closely enough."""
    met_on = as_of - timedelta(days=1600 + number * 37 % 400)
    contact = staff(number, 0)
    return {
        "vendor": words.vendor(number, trade_of(number)),
        "contact_name": contact,
        "contact_email": words.address(contact).replace("example.org", "example.com"),
        "contact_phone": f"+49 30 {1_000_000 + number * 7919 % 8_999_999}",
        "interviewed_on": met_on,
        "references_checked": 1 if number % 11 == 4 else 2 + number % 3,
        "contract_signed_on": met_on + timedelta(days=14),
        "chosen_because": words.CHOSEN[number % len(words.CHOSEN)],
        "notes": "Answers in the morning." if number % 4 == 0 else None,
    }


def _write_engagement(write: Writer, number: int, size: Size, seed: int, as_of: date) -> None:
    random = Random(f"{seed}:{number}")  # noqa: S311 - nothing secret is made of it
    plan = planned(number, size, seed, random, as_of)
    _write_terms(write, plan, random, as_of)
    made = (work.retainer if plan.contract == "retainer" else work.milestones)(write, plan, random)
    changed_on = list[date]()
    if plan.has_history:
        if plan.contract != "retainer":
            changed_on = sorted({*work.new_dates(write, plan, made, random), *work.new_criteria(write, plan, made)})
        work.progress(write, plan, made, random)
        logs.check_ins(write, plan, made, random)
        logs.actions(write, plan, random)
        work.spend(write, plan, made, random)
        _write_course(write, plan, random)
        _write_metrics(write, plan, random)
    _write_agreements(write, plan, changed_on, random, as_of)


def _write_terms(write: Writer, plan: Plan, random: Random, as_of: date) -> None:
    """What was agreed; the budget as it was raised over time."""
    told = plan.number - (plan.number % len(VENDORS) == TRIAL)
    trade = trade_of(vendor_of(told))
    name, scope = _task(told, plan, trade)
    is_retainer = plan.contract == "retainer"
    budgets = _budgets(plan)
    clear = random.random()
    write(
        "engagements",
        engagement=plan.key,
        name=name,
        vendor=words.vendor(vendor_of(plan.number), trade_of(vendor_of(plan.number))),
        category=trade.category,
        goal=words.GOALS[plan.number * 5 % len(words.GOALS)] if clear > 0.05 else "TBD",
        scope=scope,
        owner=words.address(plan.owner),
        lead=words.address(plan.lead),
        deputy=words.address(words.person(lead_of(plan.number + 1))) if clear < 0.97 else None,
        tier=plan.tier,
        contract=plan.contract,
        currency=random.choice(("EUR", "EUR", "EUR", "USD", "GBP")),
        budget=budgets[-1][1] if clear < NO_BUDGET else None,
        rate=plan.rate if plan.contract == "hourly" else None,
        in_house_cost=None if is_retainer else plan.budget * random.randint(120, 200) // 10_000 * 100,
        committed_hours_per_week=_committed(plan) if plan.contract == "hourly" else None,
        country=random.choice(("DE", "GB", "US", "FR", None)),
        recorded_on=min(plan.starts_on - timedelta(days=random.randint(0, 20)), as_of),
        starts_on=plan.starts_on,
        ends_on=None if is_retainer else plan.ends_on,
        cadence_days=plan.cadence,
        grace_days=GRACE,
        status=plan.life if plan.life in ("draft", "paused", "closed") else "active",
        paused_from=plan.known_on + A_DAY if plan.life == "paused" else None,
        paused_until=as_of + timedelta(days=random.randint(10, 50)) if plan.life == "paused" else None,
        closed_on=plan.known_on if plan.life == "closed" else None,
    )
    if len(budgets) > 1 and clear < NO_BUDGET:
        for set_on, budget in budgets:
            write("changes", engagement=plan.key, column="budget", set_on=set_on, value=budget)


def _task(number: int, plan: Plan, trade: words.Trade) -> tuple[str, str]:
    """Name and scope of the task of a number: of two tasks hardly ever alike."""
    random = Random(number)  # noqa: S311 - nothing secret is made of it
    is_retainer = plan.contract == "retainer"
    what = trade.retainer if is_retainer else random.choice(trade.projects)
    subjects = random.sample(words.SUBJECTS, SUBJECTS)
    area = words.AREAS[(number * 7 + number // len(words.AREAS)) % len(words.AREAS)]
    return f"{what}, {area}", f"{', '.join(subjects[:-2]).capitalize()}. Not: {' and '.join(subjects[-2:])}."


def _budgets(plan: Plan) -> list[tuple[date | None, int]]:
    """The budget from the beginning, and from each day on which it was raised."""
    if plan.contract == "retainer":
        return [(None, plan.value * 23 // 20 // 10 * 10)]
    budgets: list[tuple[date | None, int]] = [(None, plan.budget)]
    for extra in work.extras(plan):
        if extra.agreed_on:
            budgets.append((extra.agreed_on, budgets[-1][1] + extra.amount))
    return budgets


def _committed(plan: Plan) -> int | None:
    """Hours a week that are paid for at least, where something is paid for every few weeks; else none."""
    days = (plan.ends_on - plan.starts_on).days // plan.size.milestones
    return int(plan.value / plan.rate * 7 / days * 0.8) or None if 7 <= days <= CLOSE else None


def _write_agreements(write: Writer, plan: Plan, changed_on: Sequence[date], random: Random, as_of: date) -> None:
    """What the vendor confirmed and was let into, tasks given twice, and what was learned in the end."""
    of = {"engagement": plan.key}
    signed_on = min(plan.starts_on, as_of)
    for version, on in enumerate((signed_on, *changed_on), 1):
        if random.random() < 0.94:
            confirmed_on = min(on + timedelta(days=random.randint(0, 4)), max(plan.known_on, signed_on))
            write("confirmations", **of, plan_version=version, confirmed_on=confirmed_on, confirmed_by=plan.contact)
    is_closed = plan.life == "closed"
    revoked_on = plan.known_on if is_closed and random.random() < 0.85 else None
    what = words.ACCESSES[plan.number % len(words.ACCESSES)]
    write("accesses", **of, what=what, given_on=signed_on, revoked_on=revoked_on)
    if plan.number % len(VENDORS) == TRIAL:
        write("duplicates", **of, other=f"e{plan.number - 1:05d}", reason="Two vendors on trial.")
    if is_closed and random.random() < 0.8:
        write(
            "retrospectives", **of, written_on=min(plan.known_on + timedelta(days=random.randint(1, 12)), as_of),
            went_well=random.choice(words.LEARNED_GOOD), went_badly=random.choice(words.LEARNED_BAD),
            would_hire_again=plan.manner != "troubled",
        )  # fmt: skip


def _write_course(write: Writer, plan: Plan, random: Random) -> None:
    """What people did about the trouble: took it in hand, moved a threshold; and an earlier pause."""
    of = {"engagement": plan.key}
    for spell in plan.spells:
        said_on = spell.from_on + timedelta(days=random.randint(6, 16))
        if spell.until_on > plan.known_on:
            said_on = max(said_on, plan.known_on - timedelta(days=random.randint(1, 8)))
        if said_on <= plan.known_on and random.random() < 0.45:
            write(
                "responses", **of, rule=RULES[spell.kind], said_on=said_on, plan=random.choice(words.PLANS),
                assignee=plan.lead, until_on=said_on + timedelta(days=random.randint(10, 25)),
            )  # fmt: skip
    for paused_from, paused_until in plan.pauses:
        write("pauses", **of, paused_from=paused_from, paused_until=paused_until)
    if plan.number % 25 == 6:
        set_on = plan.starts_on + (plan.known_on - plan.starts_on) // 2
        write("limits", **of, limit="undecided", value=8, set_on=set_on, by=EXECUTIVE, reason="Holidays.")


def _write_metrics(write: Writer, plan: Plan, random: Random) -> None:
    """One metric of quality and one of benefit; in a bad stretch the first misses its target."""
    days = (plan.known_on - plan.starts_on).days
    interval = max(min(days // 5, 28 + plan.number % 4 * 7), 1)
    grid = [plan.known_on - timedelta(days=interval * back + plan.number % interval) for back in range(5, -1, -1)]
    grid = [read_on for read_on in grid if read_on > plan.starts_on]
    if plan.number % 17 != 6:
        name, unit, most = words.QUALITY[plan.number % len(words.QUALITY)]
        of = {"engagement": plan.key, "metric": name}
        write(
            "metrics", **of, kind="quality", unit=unit, direction="down", baseline=most * 3, target=most,
            interval_days=interval,
        )  # fmt: skip
        for read_on, spell in _read(plan, grid):
            value = most + random.randint(1, 4) if spell else random.randint(most // 3, most)
            write("readings", **of, read_on=read_on, value=value)
    name, unit, aim = words.BENEFIT[plan.number % len(words.BENEFIT)]
    of = {"engagement": plan.key, "metric": name}
    write("metrics", **of, kind="benefit", unit=unit, direction="up", baseline=0, target=aim, interval_days=interval)
    whole = max((plan.ends_on - plan.starts_on).days, 1)
    for read_on in grid:
        share = min((read_on - plan.starts_on).days / whole, 1)
        short = 0.5 if plan.manner == "troubled" and plan.number % 3 == 0 else random.uniform(0.95, 1.2)
        write("readings", **of, read_on=read_on, value=round(aim * share * short, 1))


def _read(plan: Plan, grid: Sequence[date]) -> Iterator[tuple[date, Spell | None]]:
    """Days on which quality was measured, with the bad stretch that the reading shows.

    In each stretch it is measured at once: where it is bad again and again, then on; else not before it is over.
    """
    days: dict[date, Spell | None] = {}
    for read_on in grid:
        spell = spell_on(plan.spells, read_on, "quality")
        if spell is None or spell.is_severe:
            days[read_on] = spell
    for spell in plan.spells:
        if spell.kind == "quality":
            for late in (1, 9) if spell.is_severe else (1,):
                if (read_on := spell.from_on + timedelta(days=late)) <= plan.known_on:
                    days[read_on] = spell
            if spell.until_on <= plan.known_on:
                days[spell.until_on] = None
    yield from sorted(days.items(), key=lambda one: one[0])
