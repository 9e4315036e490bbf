"""A real Chromium against a running dashboard: one browser a session, a server and a database a test."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from engagement.exchange.sample import load_sample
from engagement.records.database import Author, Database
from tests.conftest import NewDatabase, skip_outside_ci

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)
"""A Friday. The clock of every dashboard under test stands still at its noon."""
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_DEBIAN = Path("/usr/bin/chromium")
_numbers = count(1)
expect.set_options(timeout=30_000)


@dataclass
class Dashboard:
    """A dashboard that runs in a process of its own."""

    url: str
    database_url: str
    process: subprocess.Popen[bytes] = field(repr=False)

    def at(self, path: str = "") -> str:
        """The address of one of its pages."""
        return f"{self.url}/{path}"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright itself."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium: the system's, else Playwright's own."""
    path = _DEBIAN if _DEBIAN.exists() else Path(playwright.chromium.executable_path)
    if not path.exists():
        skip_outside_ci("There is no Chromium. Install one: playwright install chromium")
    try:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    except PlaywrightError as error:
        skip_outside_ci(f"Chromium does not start: {error}")
        return
    yield browser
    browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages, each as somebody else's browser: ``new_page(url, width=390, scheme="dark")``."""
    contexts: list[BrowserContext] = []

    def open_page(url: str, *, width: int = 1280, height: int = 900, scheme: str = "light") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        expect(page.locator("h1").first).to_be_visible()
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def serve() -> Iterator[Callable[[str], Dashboard]]:
    """Starts dashboards on databases: ``serve(database_url)``. They end with the test."""
    started: list[Dashboard] = []

    def start(database_url: str) -> Dashboard:
        port = _free_port()
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
        environment = {
            **os.environ,
            "ENGAGEMENT_DATABASE_URL": database_url,
            "ENGAGEMENT_TODAY": TODAY.isoformat(),
        }
        process = subprocess.Popen(
            [*command, "--server.address", "127.0.0.1", "--server.headless", "true"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        dashboard = Dashboard(f"http://127.0.0.1:{port}", database_url, process)
        started.append(dashboard)
        _wait_until_healthy(dashboard)
        return dashboard

    yield start
    for dashboard in started:
        dashboard.process.terminate()
        dashboard.process.wait(timeout=60)


@pytest.fixture(scope="session")
def sample_file(new_sqlite: NewDatabase) -> Path:
    """An SQLite file with the sample portfolio, to be copied."""
    url = new_sqlite()
    database = Database(url)
    load_sample(database, Author("Sample", datetime(2026, 11, 20, 12, tzinfo=UTC)), TODAY)
    database.close()
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def sample_url(sample_file: Path, tmp_path: Path) -> str:
    """A database of this test alone that holds the sample portfolio."""
    copy = tmp_path / f"sample{next(_numbers)}.db"
    shutil.copy(sample_file, copy)
    return f"sqlite:///{copy}"


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(dashboard: Dashboard) -> None:
    """Returns when the server answers; fails when it ends or has not answered after a minute."""
    for _ in range(240):
        with suppress(subprocess.TimeoutExpired):
            ended = dashboard.process.wait(timeout=0.25)
            pytest.fail(f"The dashboard ended with exit code {ended}.")
        with suppress(URLError, ConnectionError, TimeoutError), urlopen(f"{dashboard.url}/_stcore/health", timeout=5):
            return
    pytest.fail("The dashboard did not answer within a minute.")
