"""How an assessment's cost grows: ``python -m tests.scale.benchmark [--sizes 100 1000 10000] [--keep FOLDER]``.

For each size it generates and imports a synthetic portfolio once (20 milestones, 150 check-ins, 100 reports, 90 actions
an engagement), then measures, each time in fresh processes and as the median of several:

- the file's size;
- a cold assessment: imports and the engine are there, nothing else; how long those take stands beside it;
- the assessment after one write (``we_talked`` on one engagement), in the same process;
- the floor: the statements of that very cold assessment, with their parameters, fetched through ``sqlite3`` alone;
- the ratio of the cold assessment to that floor, and the peak memory of the process.

Where other work keeps the machine busy, the seconds of CPU and their ratio are the ones to go by; of those the least of
several runs is given, because other work only ever adds to them.
"""

import argparse
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final

AS_OF: Final = date(2026, 11, 20)
SEED: Final = 1
BATCH: Final = 1_000
"""Engagements that are imported at once, so that building the largest database does not need gigabytes."""
WRITES: Final = 7
COLUMNS: Final = (
    ("engagements", "engagements", ",.0f"),
    ("size", "file MB", ",.1f"),
    ("imports", "imports s", ".3f"),
    ("engine", "engine s", ".3f"),
    ("cold", "cold s", ".3f"),
    ("cold_busy", "cold, CPU s", ".3f"),
    ("floor", "floor s", ".3f"),
    ("floor_busy", "floor, CPU s", ".3f"),
    ("ratio", "ratio", ".2f"),
    ("ratio_busy", "ratio of CPU", ".2f"),
    ("after_write", "after a write ms", ".1f"),
    ("after_write_busy", "the same, CPU ms", ".1f"),
    ("rows", "rows read", ",.0f"),
    ("statements", "statements", ".0f"),
    ("peak", "peak MB", ",.0f"),
)


def main() -> None:
    """Prints a line a size."""
    asked = argparse.ArgumentParser(prog="python -m tests.scale.benchmark", description=__doc__)
    asked.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    asked.add_argument("--repeats", type=int, default=5)
    asked.add_argument("--keep", type=Path, help="where databases are built, and found again the next time")
    asked.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.measure:
        print(json.dumps(_measured(given.measure)))  # noqa: T201
        return
    print("  ".join(f"{title:>16}" for _, title, _ in COLUMNS))  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        for size in given.sizes:
            place = _built(given.keep or Path(folder), size)
            runs = [_in_a_fresh_process(place) for _ in range(given.repeats)]
            figures = {name: (min if "busy" in name else median)([run[name] for run in runs]) for name in runs[0]}
            figures["ratio_busy"] = figures["cold_busy"] / figures["floor_busy"]
            figures |= {"engagements": size, "size": place.stat().st_size / 1e6}
            print("  ".join(f"{figures[name]:>16{form}}" for name, _, form in COLUMNS), flush=True)  # noqa: T201


def _built(folder: Path, size: int) -> Path:
    """A database with so many engagements, built in batches, or found from an earlier run."""
    from engagement.exchange.synthetic import Size, generate

    place = folder / f"portfolio-{size}.db"
    if place.exists():
        return place
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"unfinished-{size}.db"
    unfinished.unlink(missing_ok=True)
    for first in range(0, size, BATCH):
        with tempfile.TemporaryDirectory() as files:
            generate(Path(files), Size(min(BATCH, size - first)), SEED, AS_OF, first=first)
            _run("-m", "engagement", "import", files, database=unfinished)
    with sqlite3.connect(unfinished) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return unfinished.rename(place)


def _in_a_fresh_process(place: Path) -> dict[str, float]:
    """Figures of one run on a copy of the database, so that writes of one run are not seen by the next."""
    with tempfile.TemporaryDirectory(dir=place.parent) as folder:
        copy = Path(folder) / "copy.db"
        copy.write_bytes(place.read_bytes())
        figures: dict[str, float] = json.loads(_run("-m", "tests.scale.benchmark", "--measure", str(copy)))
    return figures


def _run(*arguments: str, database: Path | None = None) -> str:
    settings = {"ENGAGEMENT_DATABASE_URL": f"sqlite:///{database}", "ENGAGEMENT_TODAY": AS_OF.isoformat()}
    done = subprocess.run(
        [sys.executable, *arguments], env=os.environ | settings, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def _measured(place: Path) -> dict[str, float]:
    """Figures of this process: imports, engine, cold assessment, floor, and the assessment after a write."""
    start = perf_counter()
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    from engagement.overview import Overview
    from engagement.records.database import Database

    imported = perf_counter()
    database = Database(f"sqlite:///{place}")
    database.revision()
    ready = perf_counter()
    statements: list[tuple[str, Any]] = []

    def seen(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        statements.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", seen)
    overview = Overview(database)
    began, busy = perf_counter(), process_time()
    keys = [assessment.engagement for assessment in overview.portfolio(AS_OF).engagements]
    cold, cold_busy = perf_counter() - began, process_time() - busy
    event.remove(Engine, "before_cursor_execute", seen)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    after_write, after_write_busy = _after_writes(overview, keys)
    database.close()
    floor, floor_busy, rows = _floor(place, statements)
    return {
        "imports": imported - start,
        "engine": ready - imported,
        "cold": cold,
        "cold_busy": cold_busy,
        "floor": floor,
        "floor_busy": floor_busy,
        "ratio": cold / floor,
        "after_write": after_write * 1000,
        "after_write_busy": after_write_busy * 1000,
        "rows": rows,
        "statements": len(statements),
        "peak": peak,
    }


def _after_writes(overview: Any, keys: Sequence[str]) -> tuple[float, float]:
    """Median seconds, and seconds of CPU, of the assessment after one engagement was written to."""
    from engagement.clock import now
    from engagement.records.check_ins import we_talked
    from engagement.records.database import Author

    author = Author("benchmark", now())
    times, busy = [], []
    for number in range(WRITES):
        key = keys[(number * 37) % len(keys)]
        we_talked(overview.database, author, key, AS_OF - timedelta(days=number % 3))
        began, began_busy = perf_counter(), process_time()
        overview.portfolio(AS_OF)
        times.append(perf_counter() - began)
        busy.append(process_time() - began_busy)
    return median(times), median(busy)


def _floor(place: Path, statements: Sequence[tuple[str, Any]]) -> tuple[float, float, int]:
    """Seconds, and of CPU, that SQLite alone needs for the same rows, at best of three, and how many rows they are."""
    times, busy = [], []
    rows = 0
    for _ in range(3):
        connection = sqlite3.connect(place)
        began, began_busy = perf_counter(), process_time()
        rows = sum(len(connection.execute(statement, parameters).fetchall()) for statement, parameters in statements)
        times.append(perf_counter() - began)
        busy.append(process_time() - began_busy)
        connection.close()
    return min(times), min(busy), rows


if __name__ == "__main__":
    main()
