"""A look for news that the browser sent from the page before arrives when the next page is there, or being drawn."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import Dashboard
from tests.conftest import NewDatabase

pytestmark = pytest.mark.browser

Serve = Callable[[str], Dashboard]


class LateBrowser:
    """Stands between a page and its server, and sends once more what the page before would have sent."""

    def __init__(self, page: Page, *, while_drawing: bool = False) -> None:
        self.sent = 0
        self._while_drawing = while_drawing
        self._looks: dict[str, str] = {}
        """The fragments that look by themselves, with the page that they stand on."""
        self._before: dict[str, str] = {}
        """Those of the page before."""
        self._due: dict[str, str] = {}
        self._page = ""
        page.route_web_socket("**/_stcore/stream", self._stand_between)

    def send(self) -> None:
        """Looks for news with what stands on this page, in the name of the page before."""
        for fragment in self._looks:
            for page in set(self._before.values()):
                self._send(fragment, page)

    def _stand_between(self, browser: WebSocketRoute) -> None:
        self._server = browser.connect_to_server()

        def passed_on(message: str | bytes) -> None:
            browser.send(message)
            assert isinstance(message, bytes)
            self._note(ForwardMsg.FromString(message))

        self._server.on_message(passed_on)

    def _note(self, message: ForwardMsg) -> None:
        kind, is_whole = message.WhichOneof("type"), not message.metadata.run.fragment_ids
        if kind == "new_session" and is_whole and message.new_session.page_script_hash != self._page:
            self._page = message.new_session.page_script_hash
            self._before, self._looks = self._looks, {}
            self._due = dict(self._before) if self._while_drawing else {}
        if kind == "auto_rerun":
            self._looks[message.auto_rerun.fragment_id] = self._page
        if kind == "navigation":
            while self._due:
                self._send(*self._due.popitem())

    def _send(self, fragment: str, page: str) -> None:
        late = BackMsg()
        late.rerun_script.fragment_id = fragment
        late.rerun_script.page_script_hash = page
        late.rerun_script.is_auto_rerun = True
        self._server.send(late.SerializeToString())
        self.sent += 1


def settled(page: Page) -> Page:
    """The page once nothing is running any more."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    return page


def test_a_page_that_a_late_look_has_emptied_is_drawn_again(serve: Serve, chromium: Browser, sample_url: str) -> None:
    page = chromium.new_page()
    late = LateBrowser(page)
    page.goto(serve(sample_url).at("status?vendor=Northwind"))
    expect(page.get_by_text("Off track", exact=False).first).to_be_visible()
    settled(page).get_by_role("link", name="Engagements", exact=True).click()
    shown = page.get_by_role("radiogroup", name="Show as")
    expect(shown).to_be_visible()
    settled(page).evaluate("document.querySelector('h1').dataset.is = 'before'")
    late.send()
    assert late.sent
    expect(page.locator("h1:not([data-is=before])")).to_contain_text("on track")
    expect(shown).to_be_visible()
    assert page.url.endswith("/engagements?vendor=Northwind")
    page.context.close()


def test_the_sample_comes_and_goes_with_a_browser_that_is_late(
    serve: Serve, chromium: Browser, new_sqlite: NewDatabase
) -> None:
    page = chromium.new_page()
    late = LateBrowser(page, while_drawing=True)
    page.goto(serve(new_sqlite()).at())
    for _ in range(3):
        settled(page).get_by_role("button", name="Look around with the sample").click()
        expect(page.locator("h1")).to_contain_text("need you")
        settled(page).get_by_role("button", name="Start with your own").click()
        page.get_by_role("dialog").get_by_role("button", name="Take the sample out").click()
        expect(page.locator("h1")).to_have_text("Which of your outsourced work needs you?")
    assert late.sent >= 6
    page.context.close()
