"""What if, on an engagement's page: what the controls say, that they can be put back, and that nothing is written."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from engagement.assessment.whatif import Change, More, Move, Silence, finish_in_words, what_if
from engagement.overview import Overview
from engagement.pages.text import literal
from engagement.records.database import Database
from engagement.records.milestones import add_milestone, record_delivery
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_engagement_forms import ANA, has_button, opened, plain, press


def key(name: str, engagement: str = "crm") -> str:
    """The key of a control."""
    return f"what_if_{name}_{engagement}"


def unfolded(app: AppTest, engagement: str = "crm") -> AppTest:
    """The page once the part was opened."""
    app.session_state[key("open", engagement)] = True
    app.run()
    assert not app.exception
    return app


def finish(app: AppTest) -> str:
    """What the page says in bold of the finish."""
    (said,) = [each.value for each in app.markdown if each.value.startswith("**Finish ")]
    return str(said).replace("\\", "").strip("*")


def rows(url: str) -> list[str]:
    """Everything that the database holds."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        return list(connection.iterdump())


def told(url: str, *changes: Change) -> str:
    """What the forecast says of the finish with some changes."""
    database = Database(url)
    overview = Overview(database)
    history = overview.histories(["crm"], TODAY)["crm"]
    found = what_if(history, overview.terms(TODAY), changes, TODAY)
    database.close()
    return finish_in_words(found, TODAY)


def test_what_is_tried_with_nothing_is_what_every_page_says(sample_database: str) -> None:
    database = Database(sample_database)
    overview = Overview(database)
    shown = [one for one in overview.portfolio(TODAY).engagements if one.contract != "retainer"]
    histories = overview.histories([one.engagement for one in shown], TODAY)
    terms, compared = overview.terms(TODAY), 0
    for one in shown:
        tried = what_if(histories[one.engagement], terms, (), TODAY)
        days = {each.before.milestone: (each.before.likely.p50_on, each.before.likely.p80_on) for each in tried.results}
        assert days == {each.milestone: (each.p50_on, each.p80_on) for each in one.milestones if each.p50_on}
        assert (tried.finish.before.likely.p80_on if tried.finish else None) == one.schedule.p80_finish_on
        compared += len(days)
    database.close()
    assert compared > 30


def test_it_stands_folded_until_somebody_wants_it(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = opened(open_dashboard, silent_database)
    assert [each.label for each in app.expander if each.label.startswith("What if")] == ["What if …"]
    assert not has_button(app, key("back"))
    unfolded(app)
    assert "Nothing here is saved." in plain(app)
    assert finish(app).endswith(", as it is now.")
    assert "Nothing is tried yet: begin with four more weeks of silence" in plain(app)
    assert "No open result moves." not in plain(app)
    assert "Open results: when each is likely" in plain(app)


def test_weeks_of_silence_and_more_to_do_move_the_finish_and_one_button_puts_all_back(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = unfolded(opened(open_dashboard, silent_database))
    before, kept = finish(app), rows(silent_database)
    app.selectbox(key=key("weeks")).set_value(4).run()
    silent = finish(app)
    assert silent == told(silent_database, Silence(4))
    assert silent.count(" (+") == 2
    assert "Open results: likely as it is, and as it would be" in plain(app)
    app.selectbox(key=key("percent")).set_value(50).run()
    assert finish(app) == told(silent_database, Silence(4), More(0.5))
    app.multiselect(key=key("drop")).set_value(["M1"]).run()
    assert "then nothing would be open any more." in finish(app)
    assert "Left out: Data load." in plain(app)
    press(app, key("back"))
    assert finish(app) == before
    assert [app.selectbox(key=key(name)).value for name in ("weeks", "percent")] == [None, None]
    assert app.multiselect(key=key("drop")).value == []
    assert rows(silent_database) == kept


def test_a_result_begins_with_the_day_it_has_and_is_moved_from_there(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = unfolded(opened(open_dashboard, silent_database))
    kept = rows(silent_database)
    app.selectbox(key=key("move")).set_value("M1").run()
    assert app.date_input(key=key("on")).value == date(2026, 12, 11)
    assert finish(app).endswith(", as it is now.")
    assert "No open result moves." in plain(app)
    assert "Nothing is tried yet" not in plain(app)
    app.date_input(key=key("on")).set_value(date(2027, 1, 8)).run()
    assert finish(app) == told(silent_database, Move("M1", date(2027, 1, 8)))
    assert finish(app).count(" (+") == 2
    press(app, key("back"))
    assert app.selectbox(key=key("move")).value is None
    assert app.date_input(key=key("on")).value is None
    assert rows(silent_database) == kept


@pytest.mark.parametrize(
    ("on", "why"), [(TODAY, "20 Nov is no day to come."), (date(2126, 1, 1), "lies more than ten years ahead.")]
)
def test_a_day_that_cannot_be_meant_is_said_and_changes_nothing(
    open_dashboard: OpenDashboard, silent_database: str, on: date, why: str
) -> None:
    app = unfolded(opened(open_dashboard, silent_database))
    app.selectbox(key=key("move")).set_value("M1").run()
    app.date_input(key=key("on")).set_value(on).run()
    assert why in plain(app)
    assert finish(app).endswith(", as it is now.")


def test_on_an_earlier_day_it_is_tried_as_of_that_day(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "engagement", engagement="crm", as_of="2026-10-30")
    unfolded(app)
    today = finish(unfolded(opened(open_dashboard, silent_database)))
    assert finish(app) != today
    app = unfolded(open_dashboard(silent_database, "engagement", engagement="crm", as_of="2026-10-30"))
    app.selectbox(key=key("move")).set_value("M1").run()
    app.date_input(key=key("on")).set_value(date(2026, 11, 13)).run()
    assert finish(app).count("→") == 2


@pytest.mark.parametrize(
    ("engagement", "why"),
    [
        ("payroll", "A retainer has no finish that could move"),
        ("returns-portal", "A draft has no forecast yet."),
        ("phone-system", "The work is closed."),
    ],
)
def test_where_there_is_nothing_to_try_it_says_why(
    open_dashboard: OpenDashboard, sample_database: str, engagement: str, why: str
) -> None:
    app = opened(open_dashboard, sample_database, engagement=engagement)
    assert f"What if …: there is nothing to try. {why}" in plain(app)
    assert not [each for each in app.expander if each.label.startswith("What if")]


def test_a_result_that_is_delivered_meanwhile_is_no_choice_any_more(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    name = "**Bold** [link](x) $1$"
    add_milestone(database, ANA, "crm", "M2", name, due_on=date(2026, 12, 18))
    app = unfolded(opened(open_dashboard, silent_database))
    app.multiselect(key=key("drop")).set_value(["M2"]).run()
    assert any(f":gray[{literal(f'Left out: {name}.')}" in each.value for each in app.markdown)
    record_delivery(database, ANA, "crm", "M2", TODAY)
    database.close()
    app.run()
    assert not app.exception
    assert list(app.multiselect(key=key("drop")).options) == ["Data load"]
    assert finish(app).endswith(", as it is now.")
