"""A synthetic portfolio of any size, for load tests: every file of the format filled, the same for the same seed.

Seven engagements of ten go well: talked about on time, with a date at least every six weeks, delivered on time, paid
for what was accepted, measured and found good; no rule has anything to say about them. The others are late, silent,
forgotten, slipping, over budget, closed, paused, not started or drafts. All of it ends at a given day.
An engagement depends on the seed and its number alone, so that a larger portfolio contains the smaller one.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from string import ascii_uppercase
from typing import Any, Final

from engagement.errors import UnreadableFile, WrongUsage
from engagement.exchange import synthetic_logs as logs
from engagement.exchange.cells import written
from engagement.exchange.interchange import FILES
from engagement.exchange.synthetic_plan import GRACE, Plan, Size, Writer, planned
from engagement.exchange.writing import refuse_to_replace

__all__ = ["Size", "generate"]

Progress = Callable[[str, int, int], None]
ENGAGEMENTS_A_VENDOR: Final = 5
ENGAGEMENTS_AN_OWNER: Final = 6
TASKS: Final = ("Website", "Payroll", "Bookkeeping", "CRM migration", "Support desk", "Data warehouse", "Mobile app")
CATEGORIES: Final = ("software", "finance", "finance", "software", "support", "data", "software")
TRIALS: Final = 20
"""Of so many engagements one has the task of the one before it, with another vendor, on purpose."""
PAID_WITHIN: Final = 26
"""Of four weeks, so many days hold as many payments as due dates, whichever came two days early."""
SYSTEMS: Final = 8
"""How many of our systems a task is about; with fewer two of many tasks read alike by chance."""


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
            writers[file].writerow([written(row.get(name)) for name in columns[file]])

        yield write


def _write_portfolio(write: Writer, engagements: int, as_of: date) -> None:
    """What belongs to no engagement: an executive, the packs of a year, one threshold."""
    write("people", email="executive@example.org", name="Erin Executive", role="executive")
    for month in range(12, 0, -1):
        write("reports", issued_on=as_of - timedelta(days=30 * month - 20), kind="status", by="owner-0@example.org")
    write(
        "limits",
        limit="overdue-critical",
        value=10,
        set_on=as_of - timedelta(days=200),
        by="executive@example.org",
        reason="A week is too short for our vendors.",
    )
    for owner in range(-(-engagements // ENGAGEMENTS_AN_OWNER)):
        write("people", email=f"owner-{owner}@example.org", name=f"Owner {owner}", role="owner")
        write("people", email=f"lead-{owner}@example.org", name=f"Lead {owner}", role="lead")
    for vendor in range(-(-engagements // ENGAGEMENTS_A_VENDOR)):
        write("vendors", **_vendor(vendor, as_of))


def _vendor(number: int, as_of: date) -> dict[str, Any]:
    met_on = as_of - timedelta(days=1600 + number % 90)
    return {
        "vendor": f"Vendor {number:05d}",
        "contact_name": f"Contact {number}",
        "contact_email": f"contact-{number}@example.com",
        "contact_phone": f"+49 30 {1_000_000 + number}",
        "interviewed_on": met_on,
        "references_checked": 2 + number % 3,
        "contract_signed_on": met_on + timedelta(days=14),
        "chosen_because": "References and the trial task.",
        "notes": "Answers in the morning.",
    }


def _write_engagement(write: Writer, number: int, size: Size, seed: int, as_of: date) -> None:
    random = Random(f"{seed}:{number}")  # noqa: S311 - nothing secret is made of it
    plan = planned(number, size, random, as_of)
    write("engagements", **_terms(plan, random, as_of))
    milestones = (
        logs.retainer(write, plan, random) if plan.contract == "retainer" else logs.milestones(write, plan, random)
    )
    if plan.has_history:
        logs.progress(write, plan, milestones, random)
        logs.check_ins(write, plan, random)
        logs.actions(write, plan, random)
        logs.spend(write, plan, milestones)
    _write_rest(write, plan, random, as_of)


def _terms(plan: Plan, random: Random, as_of: date) -> dict[str, Any]:
    told = plan.number - (plan.number % TRIALS == TRIALS // 2)
    task = told % len(TASKS)
    team = plan.number // ENGAGEMENTS_AN_OWNER
    status = plan.fate if plan.fate in ("draft", "paused", "closed") else "active"
    return {
        "engagement": plan.key,
        "name": f"{TASKS[task]} {plan.number}",
        "vendor": f"Vendor {plan.number // ENGAGEMENTS_A_VENDOR:05d}",
        "category": CATEGORIES[task],
        "goal": f"{TASKS[task]} runs without us having to think about it every day.",
        "scope": _systems(told),
        "owner": f"owner-{team}@example.org",
        "lead": f"lead-{team}@example.org",
        "deputy": f"owner-{max(team - 1, 0)}@example.org",
        "tier": plan.tier,
        "contract": plan.contract,
        "currency": random.choice(["EUR", "EUR", "USD", "GBP"]),
        "budget": plan.budget // plan.size.milestones if plan.contract == "retainer" else plan.budget,
        "rate": plan.rate if plan.contract == "hourly" else None,
        "in_house_cost": plan.budget * 3 // 2,
        "committed_hours_per_week": _committed(plan) if plan.contract == "hourly" else random.choice([None, 8, 16, 20]),
        "country": random.choice(["DE", "GB", "US", None]),
        "recorded_on": min(plan.starts_on, as_of),
        "starts_on": plan.starts_on,
        "ends_on": None if plan.contract == "retainer" else plan.ends_on,
        "cadence_days": plan.cadence,
        "grace_days": GRACE,
        "status": status,
        "paused_from": as_of - timedelta(days=10) if status == "paused" else None,
        "paused_until": as_of + timedelta(days=40) if status == "paused" else None,
        "closed_on": plan.known_on if status == "closed" else None,
    }


def _systems(number: int) -> str:
    """The names of systems that a task is about: of two tasks never alike."""
    random = Random(number)  # noqa: S311 - nothing secret is made of it
    return " ".join("".join(random.choices(ascii_uppercase, k=8)) for _ in range(SYSTEMS)) + "."


def _committed(plan: Plan) -> int | None:
    """Hours a week that are paid for in any four of them, where a milestone is paid for as often; else none."""
    step = max((plan.ends_on - plan.starts_on).days / plan.size.milestones, 1)
    hours = plan.budget // plan.size.milestones / plan.rate
    return int(hours * (PAID_WITHIN // step) / 4) or None


def _write_rest(write: Writer, plan: Plan, random: Random, as_of: date) -> None:
    """Everything that an engagement has little of."""
    of = {"engagement": plan.key}
    middle = plan.starts_on + (plan.known_on - plan.starts_on) // 2
    signed_on = min(plan.starts_on, as_of)
    write("confirmations", **of, plan_version=1, confirmed_on=signed_on, confirmed_by="Contact")
    write(
        "accesses", **of, what="Shared folder", given_on=signed_on, revoked_on=_if(plan.fate == "closed", plan.known_on)
    )
    if plan.number % TRIALS == TRIALS // 2:
        write("duplicates", **of, other=f"e{plan.number - 1:05d}", reason="Two vendors on trial.")
    if not plan.has_history:
        return
    _write_metrics(write, plan, random)
    if plan.number % 8 == 0:
        for paused_from in (plan.starts_on + (middle - plan.starts_on) // 2, middle):
            write("pauses", **of, paused_from=paused_from, paused_until=paused_from + timedelta(days=7))
    if plan.number % 10 == 0:
        write("changes", **of, column="budget", value=plan.budget // 2)
        write("changes", **of, column="budget", set_on=middle, value=_terms(plan, Random(0), as_of)["budget"])  # noqa: S311
    if plan.number % 25 == 0:
        write("limits", **of, limit="undecided", value=8, set_on=middle, by="executive@example.org", reason="Holidays.")
    if plan.number % 40 == 9 or (plan.fate in ("forgotten", "slipping") and random.random() < 0.3):
        rule = "slipping" if plan.fate == "slipping" else "silent"
        until_on = as_of + timedelta(days=14)
        write(
            "responses", **of, rule=rule, said_on=as_of - timedelta(days=2), plan="We meet them on site.",
            assignee="Bo", until_on=until_on,
        )  # fmt: skip
    if plan.fate == "closed":
        write(
            "retrospectives", **of, written_on=plan.known_on + timedelta(days=5), went_well="Dates held.",
            went_badly="We answered late.", would_hire_again=random.random() < 0.8,
        )  # fmt: skip


def _write_metrics(write: Writer, plan: Plan, random: Random) -> None:
    """One metric of quality and one of benefit, each read four times; of what slips the first stays off its target."""
    quarter = (plan.known_on - plan.starts_on) // 4
    noise = [1.5, 2] if plan.fate == "slipping" else [-0.5, -0.25, 0]
    for metric, kind, unit, direction, baseline, target in (
        ("defects", "quality", "a week", "down", 12, 4),
        ("hours-saved", "benefit", "hours a week", "up", 0, 20),
    ):
        of = {"engagement": plan.key, "metric": metric}
        write(
            "metrics", **of, kind=kind, unit=unit, direction=direction, baseline=baseline, target=target,
            interval_days=quarter.days or 1,
        )  # fmt: skip
        for part in range(1, 5):
            value = baseline + (target - baseline) * part / 4 + random.choice(noise)
            write("readings", **of, read_on=plan.starts_on + quarter * part, value=value)


def _if(holds: bool, value: date) -> date | None:
    return value if holds else None
