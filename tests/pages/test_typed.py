"""What is typed and cannot be right: refused in words in every form, and nothing else is recorded in its place."""

from datetime import date

import pytest

from engagement.pages._typed import no_whole_number, not_past, out_of_reach, too_long
from engagement.records.database import Database
from engagement.records.history import histories
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_engagement_forms import SAVE, field, opened, press, recorded, wrong
from tests.pages.test_this_week import said


def test_both_sides_of_each_bound() -> None:
    assert list(too_long("a", "x" * 200, 200)) == list(too_long("a", None, 200)) == []
    assert [str(one) for one in too_long("a", "x" * 20_412, 20_000)] == [
        "a: 20,412 of 20,000 characters: shorten it by 412."
    ]
    assert list(not_past("a", TODAY, TODAY)) == list(not_past("a", None, TODAY)) == []
    assert [one.what for one in not_past("a", date(2026, 11, 21), TODAY)] == ["21 Nov has not come yet."]
    assert list(out_of_reach("a", date(1990, 1, 1), TODAY)) == []
    assert list(out_of_reach("a", date(2036, 12, 31), TODAY)) == []
    assert [one.what for one in out_of_reach("a", date(1989, 12, 31), TODAY)] == ["31 Dec 1989 lies too far back."]
    assert [one.what for one in out_of_reach("a", date(2037, 1, 1), TODAY)] == [
        "1 Jan 2037 lies more than ten years ahead."
    ]
    assert list(no_whole_number("a", 2.0)) == list(no_whole_number("a", None)) == []
    assert [one.what for one in no_whole_number("a", 2.5)] == ["2.5 is no whole number."]


def test_what_stands_in_a_field_and_cannot_be_is_refused_in_words(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = press(opened(open_dashboard, silent_database), "consent_from_plan")
    app.date_input(key=field(app, "confirmed_on")).set_value(date(2026, 11, 21))
    app.text_input(key=field(app, "confirmed_by")).set_value("x" * 201)
    press(app, SAVE)
    assert "21 Nov has not come yet. Give today or an earlier day." in wrong(app)
    assert "201 of 200 characters: shorten it by 1." in wrong(app)
    assert app.text_input(key=field(app, "confirmed_by")).value == "x" * 201
    app.date_input(key=field(app, "confirmed_on")).set_value(date(26, 11, 20))
    app.text_input(key=field(app, "confirmed_by")).set_value("x" * 200)
    press(app, SAVE)
    assert "20 Nov 0026 lies too far back. Check the year." in wrong(app)
    assert "characters" not in wrong(app)
    assert recorded(silent_database).confirmations == ()


def test_a_count_with_a_fraction_is_refused_and_not_cut_off(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = press(opened(open_dashboard, silent_database, "Vendor"), "vetting_from_vendor")
    app.number_input(key=field(app, "references_checked")).set_value(2.5)
    press(app, SAVE)
    assert "2.5 is no whole number. Give one without a fraction." in wrong(app)


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("report_percent", 120.0, "120 percent is not possible. Say 0 to 100 percent."),
        ("report_forecast", date(26, 12, 10), "10 Dec 0026 lies too far back. Check the year."),
        ("report_delivered", date(2026, 11, 21), "21 Nov has not come yet. Give today or an earlier day."),
    ],
)
def test_a_report_is_refused_in_words(
    open_dashboard: OpenDashboard, silent_database: str, name: str, typed: date | float, words: str
) -> None:
    app = opened(open_dashboard, silent_database)
    press(app, "report_crm")
    if name == "report_delivered":
        app.button_group(key="report_what").set_value("Delivered").run()
    if isinstance(typed, date):
        app.date_input(key=name).set_value(typed)
    else:
        app.number_input(key=name).set_value(typed)
    press(app, "report_save")
    assert any(words in error.value.replace("\\", "") for error in app.error)
    with Database(silent_database).reading() as connection:
        milestone = histories(connection, TODAY, keys=["crm"])["crm"].milestones[0]
    assert (milestone.reports, milestone.deliveries) == ((), ())


def test_a_day_to_come_asked_for_in_the_filter_is_said_and_today_is_not_shown_in_its_place(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database)
    app.date_input(key="as_of").set_value(date(2026, 11, 21)).run()
    assert "21 Nov 2026 has not come yet." in "\n".join(title.value for title in app.title).replace("\\", "")
    assert "Needs you now" not in said(app)
