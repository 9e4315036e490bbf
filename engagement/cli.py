"""The command line: ``python -m engagement COMMAND``. Each command calls one function of a room.

Exit codes: 0 done, 1 the data is bad (what is wrong stands on standard error, nothing was written), 2 wrong usage,
which a wrong environment variable is as well. Rooms are imported inside the commands, so that help comes at once.
"""

import sys
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from engagement.errors import EngagementError, Refused, WrongUsage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engagement.assessment.results import Portfolio
    from engagement.exchange.transfer import Progress, Taken
    from engagement.records.database import Author, Database

Format = Literal["table", "json", "csv"]


class Day(click.ParamType[date]):
    """A day among those that files may name."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that was typed; wrong usage where it is none."""
        from engagement.settings import day_of

        try:
            return value if isinstance(value, date) else day_of(value)
        except ValueError as wrong:
            self.fail(str(wrong), param, ctx)


class Place(click.Path):
    """A file or folder, which may not be there yet."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path that was typed; wrong usage where nothing was, which would mean the folder that one is in."""
        if not value:
            self.fail("It is empty. Name a file or a folder.", param, ctx)
        return super().convert(value, param, ctx)


DAY: Final = Day()
PLACE: Final = Place()
FORMAT: Final = click.Choice(["table", "json", "csv"])
OVERWRITE: Final = click.option("--overwrite", is_flag=True, help="Replace tables that are there already.")
A_WEEK: Final = timedelta(days=7)


class Commands(click.Group):
    """Commands whose errors come as words on standard error, never as a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command. What a person can mend ends in exit code 1, or 2 where it is how they called it."""
        try:
            return super().invoke(ctx)
        except Refused as refusal:
            for problem in refusal.problems:
                click.echo(str(problem), err=True)
            number = len(refusal.problems)
            click.echo(f"{number:,} {'problem' if number == 1 else 'problems'}; nothing was written.", err=True)
        except EngagementError as error:
            click.echo(" ".join([str(error), *getattr(error, "__notes__", ())]), err=True)
            if isinstance(error, WrongUsage):
                return ctx.exit(2)
        return ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Which of the work we handed to outside vendors needs us, and why.

    The records are in data/engagement.db, or where ENGAGEMENT_DATABASE_URL says.
    """


@main.command()
def init() -> None:
    """Create the database, or upgrade it to this version of the program."""
    with _database() as database:
        database.upgrade()
        click.echo("The database is ready.")


@main.command()
@click.option("--clear", is_flag=True, help="Take the sample out again, and leave the database empty.")
def sample(clear: bool) -> None:
    """Load the sample portfolio: fictional, dated relative to today."""
    from engagement.clock import today
    from engagement.exchange.sample import load_sample
    from engagement.exchange.transfer import create_if_missing
    from engagement.records.intake import clear_sample

    with _database() as database:
        if clear:
            database.check()
            clear_sample(database, _author())
            click.echo("The sample is gone; the database is empty.")
            return
        create_if_missing(database)
        load_sample(database, _author(), today())
    click.echo("The sample portfolio is loaded.")


@main.command("import")
@click.argument("path", type=PLACE)
@click.option(
    "--format",
    type=click.Choice(["interchange"]),
    default="interchange",
    show_default=True,
    expose_value=False,
    help="What the files are.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be recorded and what is wrong; write nothing.")
def import_(path: Path, dry_run: bool) -> None:
    """Record a portfolio from a folder, .zip or .xlsx: all of it or nothing."""
    from engagement.clock import today
    from engagement.exchange.transfer import import_portfolio

    with _database() as database, _progress() as progress:
        taken = import_portfolio(database, _author(), path, today=today(), dry_run=dry_run, progress=progress)
    _say_taken(taken, dry_run)


@main.command("export")
@click.argument("path", type=PLACE)
@OVERWRITE
def export(path: Path, overwrite: bool) -> None:
    """Write everything recorded into a folder, or a .zip or .xlsx where PATH ends so."""
    from engagement.exchange.transfer import export_portfolio

    with _database() as database:
        export_portfolio(database, path, overwrite=overwrite)


@main.command()
@click.option("--as-of", type=DAY, help="As of the end of this day. Today by default.")
@click.option("--engagement", "key", help="Only this engagement, by its key.")
@click.option("--format", "form", type=FORMAT, default="table", show_default=True)
def assess(as_of: date | None, key: str | None, form: Format) -> None:
    """Say what the records mean: status, contact, progress, dates, warnings."""
    from engagement.overview import Overview

    with _database() as database:
        database.check()
        portfolio = _only(Overview(database).whole(_day(as_of)), key)
    _say_portfolio(portfolio, form)


@main.command()
@click.option("--since", type=DAY, help="From the end of this day. A week before --as-of by default.")
@click.option("--as-of", type=DAY, help="To the end of this day. Today by default.")
@click.option("--format", "form", type=FORMAT, default="table", show_default=True)
def review(since: date | None, as_of: date | None, form: Format) -> None:
    """Say what changed between two days."""
    from engagement.overview import Overview
    from engagement.records.people import people

    end = _day(as_of)
    start = since or end - A_WEEK
    if start > end:
        raise click.BadParameter(f"{start} lies after {end}.", param_hint="--since")
    with _database() as database:
        database.check()
        changed = Overview(database).review(start, end)
        with database.reading() as connection:
            called = {each.email: each.name for each in people(connection)}
    if form == "json":
        from engagement.exchange.contract import contract_review

        _say_json(contract_review(changed))
        return
    from engagement.exchange.reviewed import print_review, review_csv

    if form == "csv":
        _say(review_csv(changed))
    else:
        print_review(changed, called)


@main.command()
@click.option("--as-of", type=DAY, help="From what was known by the end of this day. Today by default.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def backtest(as_of: date | None, form: Format) -> None:
    """Say how well rules, the order of attention and forecasts did on recorded history."""
    from engagement.exchange.backtested import contract_backtest, print_backtest
    from engagement.overview import Overview

    with _database() as database:
        database.check()
        found = Overview(database).backtest(_day(as_of))
    if form == "json":
        _say_json(contract_backtest(found))
    else:
        print_backtest(found)


@main.command()
@click.option("--as-of", type=DAY, help="Up to the end of this day. Today by default.")
@click.option("--weeks", type=click.IntRange(1, 520), default=52, show_default=True, help="So many Fridays.")
@click.option("--people", type=click.IntRange(min=1), help="Deal what names no owner to so many people.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def cards(as_of: date | None, weeks: int, people: int | None, form: Format) -> None:
    """Say how many cards each owner had a week, and which rules made them."""
    from engagement.exchange.carded import contract_cards, print_cards
    from engagement.overview import Overview

    with _database() as database:
        database.check()
        found = Overview(database).workload(_day(as_of), weeks, people)
    if form == "json":
        _say_json(contract_cards(found))
    else:
        print_cards(found)


@main.command()
@click.option("--engagements", type=click.IntRange(min=1), required=True, help="How many.")
@click.option("--seed", type=int, required=True, help="The same seed gives the same portfolio.")
@click.option("--as-of", type=DAY, help="The day on which the records end. Today by default.")
@click.option("--milestones", type=click.IntRange(min=1), default=20, show_default=True, help="Of an engagement.")
@click.option("--check-ins", type=click.IntRange(min=1), default=150, show_default=True, help="Of an engagement.")
@click.option("--reports", type=click.IntRange(min=1), default=5, show_default=True, help="Of a milestone.")
@click.option("--actions", type=click.IntRange(min=1), default=90, show_default=True, help="Of an engagement.")
@OVERWRITE
@click.argument("path", type=PLACE)
def generate(
    *,
    path: Path,
    overwrite: bool,
    engagements: int,
    seed: int,
    as_of: date | None,
    milestones: int,
    check_ins: int,
    reports: int,
    actions: int,
) -> None:
    """Write a synthetic portfolio into the folder PATH, for load tests."""
    from engagement.exchange.synthetic import Size, generate

    size = Size(engagements, milestones, check_ins, reports, actions)
    with _progress() as progress:
        generate(path, size, seed, _day(as_of), progress, overwrite=overwrite)


@contextmanager
def _database() -> "Iterator[Database]":
    """The database that the settings name, closed afterwards. Nothing is opened yet."""
    from engagement.records.database import Database
    from engagement.settings import settings

    database = Database(settings().database_url)
    try:
        yield database
    finally:
        database.close()


def _author() -> "Author":
    """Who writes from a command line: the person who is signed in to this machine."""
    import getpass

    from engagement.clock import now
    from engagement.records.database import Author

    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = "command line"
    return Author(name, now())


def _day(given: date | None) -> date:
    from engagement.clock import today

    return given or today()


def _only(portfolio: "Portfolio", key: str | None) -> "Portfolio":
    """The portfolio with one engagement only, where one is named; refused with near ones where it is not recorded."""
    if key is None:
        return portfolio
    from dataclasses import replace
    from difflib import get_close_matches

    found = tuple(one for one in portfolio.engagements if one.engagement == key)
    if not found:
        near = get_close_matches(key, [one.engagement for one in portfolio.engagements], n=3, cutoff=0.5)
        remedy = f"Near it are: {', '.join(near)}." if near else "`assess` without --engagement lists all of them."
        raise WrongUsage(f'There is no engagement "{key}". {remedy}')
    return replace(portfolio, engagements=found)


def _say_portfolio(portfolio: "Portfolio", form: Format) -> None:
    if form == "json":
        from engagement.exchange.contract import contract

        _say_json(contract(portfolio))
        return
    if form == "csv":
        from engagement.exchange.takeaway import csv

        _say(csv(portfolio).decode("utf-8-sig"))
        return
    from engagement.exchange.listing import print_portfolio

    print_portfolio(portfolio)


def _say_taken(taken: "Taken", dry_run: bool) -> None:
    from engagement.exchange.listing import gathered, print_counts

    for note in gathered(taken.notes):
        click.echo(f"Note: {note}", err=True)
    counts = taken.outcome.counts
    print_counts(counts.items())
    if dry_run:
        click.echo("Nothing was written: this was a dry run.")
    elif not any(count.new or count.changed for count in counts.values()):
        click.echo("All of this was recorded already; nothing was changed.")


def _say_json(value: object) -> None:
    import json

    _say(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _say(text: str) -> None:
    """Writes UTF-8 to standard output, whatever the terminal is set to."""
    click.echo(text.encode(), nl=False)


@contextmanager
def _progress() -> "Iterator[Progress | None]":
    """A progress bar on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich import progress as bars
    from rich.console import Console

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.TaskProgressColumn(),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, bars.TaskID] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield tell
