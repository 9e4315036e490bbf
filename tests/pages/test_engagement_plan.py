"""The plan as it is changed from an engagement's page: milestones, new dates, what comes again and again."""

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from engagement.assessment.values import Milestone
from engagement.pages._engagement_plan import folded, words
from engagement.records.database import Database
from engagement.records.engagements import add_engagement
from engagement.records.milestones import add_milestone, record_delivery
from tests.builders import a_milestone, an_assessment
from tests.conftest import NewDatabase
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_engagement_forms import ANA, SAVE, field, has_button, opened, plain, press, recorded, wrong
from tests.pages.test_this_week import answer_who


def pick(app: AppTest, menu: str, what: str) -> AppTest:
    """The page once something was picked under a button that holds several."""
    app.menu_button(key=menu).click(what).run()
    assert not app.exception
    return app


def milestone(url: str, key: str = "M1", engagement: str = "crm") -> Milestone:
    return next(one for one in recorded(url, engagement).milestones if one.key == key)


@pytest.mark.parametrize(
    ("named_on", "said"),
    [
        # due on 26 Oct and late by 25 days; what was named for it on 28 Oct has passed, or nobody named another day
        (date(2026, 11, 4), "due 26 Oct, 25 days late, last named 4 Nov, passed"),
        (date(2026, 10, 26), "due 26 Oct, 25 days late, no new date"),
    ],
)
def test_of_what_is_late_the_last_day_named_is_said(named_on: date, said: str) -> None:
    due = date(2026, 10, 26)
    late = a_milestone(baseline_on=due, due_on=due, forecast_on=TODAY, named_on=named_on, overdue_days=25)
    assert words(late, an_assessment(milestones=(late,)), None, TODAY) == said
    sure = late._replace(p50_on=date(2026, 11, 23), p80_on=date(2026, 11, 23))
    assert words(sure, an_assessment(), None, TODAY) == f"{said}, expected 23 Nov, likely by that day"


def test_one_more_is_and_two_more_are_open() -> None:
    assert [folded(number) for number in (1, 2)] == ["One more is open", "Two more are open"]


def test_a_new_date_is_agreed_openly_and_the_first_promise_stays(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "engagement", engagement="crm")
    pick(app, "menu_milestone_M1", "Agree a new date …")
    assert "First promised for 11 Dec. The first promise stays on record" in plain(app)
    press(app, SAVE)
    for missing in ("The new date is missing.", "The reason is missing.", "Who approved it is missing."):
        assert missing in wrong(app)
    app.date_input(key=field(app, "due_on")).set_value(date(2026, 12, 11)).run()
    app.text_input(key=field(app, "reason")).set_value("More data than we knew of")
    app.text_input(key=field(app, "approved_by")).set_value("Ana Example")
    press(app, SAVE)
    assert "It is agreed for that day already." in wrong(app)
    app.date_input(key=field(app, "due_on")).set_value(date(2026, 11, 19))
    press(app, SAVE)
    assert "19 Nov has passed already." in wrong(app)
    app.date_input(key=field(app, "due_on")).set_value(date(2027, 1, 8)).run()
    # from 11 Dec to 8 Jan are 28 days
    assert "11 Dec → 8 Jan 2027, 28 days later" in plain(app)
    press(app, SAVE)
    answer_who(app, "Ana Example")
    moved = milestone(silent_database)
    assert moved.due_on == date(2026, 12, 11)
    assert moved.baselines == ((TODAY, date(2027, 1, 8), "More data than we knew of", "ana@example.org"),)
    assert "Data load promised 11 Dec, agreed 8 Jan 2027" in plain(app).replace("*", "").replace(":gray[", "")
    assert field(app, "due_on") not in {each.key for each in app.date_input}


def test_alone_nobody_else_has_to_approve_a_new_date(open_dashboard: OpenDashboard, new_sqlite: NewDatabase) -> None:
    url = new_sqlite()
    database = Database(url)
    terms = {"name": "CRM", "vendor": "Northwind", "currency": "EUR", "starts_on": date(2026, 10, 1)}
    add_engagement(database, ANA, "crm", **terms)
    add_milestone(database, ANA, "crm", "M1", "Data load", due_on=date(2026, 12, 11))
    database.close()
    app = pick(opened(open_dashboard, url), "menu_milestone_M1", "Agree a new date …")
    app.date_input(key=field(app, "due_on")).set_value(date(2026, 12, 18))
    press(app, SAVE)
    assert "The reason is missing." in wrong(app)
    assert "approved" not in wrong(app)
    app.text_input(key=field(app, "reason")).set_value("More data")
    press(app, SAVE)
    assert [one.due_on for one in milestone(url).baselines] == [date(2026, 12, 18)]


def test_a_second_press_records_nothing_more(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = press(opened(open_dashboard, silent_database), "add_from_plan")
    app.text_input(key=field(app, "name")).set_value("Training")
    saving = app.button(key=SAVE)
    saving.click().run()
    saving.click().run()
    assert [one.name for one in recorded(silent_database).milestones] == ["Data load", "Training"]


def test_what_is_overdue_gets_its_new_date_from_the_warning(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    add_milestone(database, ANA, "crm", "M2", "Test run", due_on=date(2026, 11, 2))
    database.close()
    app = press(opened(open_dashboard, silent_database), "date_from_step_overdue")
    # begins with what is late, not with the first of the plan
    assert app.selectbox(key=field(app, "milestone")).value == "M2"


def test_a_plan_without_milestones_offers_the_first_one(open_dashboard: OpenDashboard, new_sqlite: NewDatabase) -> None:
    url = new_sqlite()
    database = Database(url)
    add_engagement(database, ANA, "crm", name="CRM", vendor="Northwind", currency="EUR", starts_on=TODAY)
    database.close()
    app = press(opened(open_dashboard, url), "add_from_plan")
    press(app, SAVE)
    assert "What is to be delivered is missing." in wrong(app)
    app.text_input(key=field(app, "name")).set_value("Data *load*")
    app.number_input(key=field(app, "value")).set_value(-1.0)
    press(app, SAVE)
    assert "Write it without a sign." in wrong(app)
    assert app.text_input(key=field(app, "name")).value == "Data *load*"
    app.number_input(key=field(app, "value")).set_value(1200.5)
    app.number_input(key=field(app, "weight")).set_value(2.0)
    app.date_input(key=field(app, "due_on")).set_value(date(2026, 12, 18))
    app.text_area(key=field(app, "acceptance_criteria")).set_value("All rows are there.")
    press(app, SAVE)
    added = milestone(url, "data-load")
    assert (added.name, added.due_on, added.weight, added.value) == (
        *("Data *load*", date(2026, 12, 18), 2.0, Decimal("1200.5")),
    )
    assert added.acceptance_criteria == "All rows are there."
    press(app, "add_from_plan")
    app.text_input(key=field(app, "name")).set_value("Data load")
    press(app, SAVE)
    assert [one.key for one in recorded(url).milestones] == ["data-load", "data-load-2"]


def test_a_milestone_is_edited_where_somebody_changed_it_and_nowhere_else(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = pick(opened(open_dashboard, silent_database), "menu_milestone_M1", "Edit …")
    assert not [each for each in app.date_input if (each.key or "").endswith("_due_on")]
    app.text_input(key=field(app, "name")).set_value("")
    press(app, SAVE)
    assert "The name is missing." in wrong(app)
    app.text_input(key=field(app, "name")).set_value("Load")
    app.text_area(key=field(app, "acceptance_criteria")).set_value("All rows are there.")
    press(app, SAVE)
    changed = milestone(silent_database)
    assert (changed.name, changed.acceptance_criteria) == ("Load", "All rows are there.")
    assert (changed.due_on, changed.value, changed.weight) == (date(2026, 12, 11), None, None)


def test_a_milestone_without_a_date_gets_its_first_one(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    add_milestone(database, ANA, "crm", "M2", "Training")
    database.close()
    app = pick(opened(open_dashboard, silent_database), "menu_milestone_M2", "Edit …")
    app.date_input(key=field(app, "due_on")).set_value(date(2026, 12, 18))
    press(app, SAVE)
    assert milestone(silent_database, "M2").due_on == date(2026, 12, 18)


def test_a_milestone_is_cancelled_and_taken_up_again(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = pick(opened(open_dashboard, silent_database), "menu_milestone_M1", "Cancel it …")
    app.date_input(key=field(app, "cancelled_on")).set_value(date(2026, 11, 18))
    press(app, SAVE)
    assert milestone(silent_database).cancelled_on == date(2026, 11, 18)
    assert "Data load, cancelled on 18 Nov" in plain(app)
    press(app, "take_up_M1")
    assert milestone(silent_database).cancelled_on is None
    assert not has_button(app, "take_up_M1")


def test_what_is_delivered_stands_in_the_table_and_offers_no_change(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    record_delivery(database, ANA, "crm", "M1", date(2026, 11, 18))
    database.close()
    app = opened(open_dashboard, silent_database)
    assert not [each for each in app.menu_button if (each.key or "").startswith("menu_milestone_")]
    assert list(app.table[0].value["Delivered"]) == ["Data load"]


def test_a_retainer_gets_what_comes_again(open_dashboard: OpenDashboard, new_sqlite: NewDatabase) -> None:
    url = new_sqlite()
    database = Database(url)
    terms = {"vendor": "Abacus", "currency": "EUR", "starts_on": date(2026, 1, 1), "contract": "retainer"}
    add_engagement(database, ANA, "books", name="Books", **terms)
    database.close()
    app = press(opened(open_dashboard, url, engagement="books"), "series_from_plan")
    app.text_input(key=field(app, "name")).set_value("Month-end close")
    app.number_input(key=field(app, "due_day")).set_value(40.0)
    press(app, SAVE)
    assert "No month has a day 40. Write 1 to 31." in wrong(app)
    app.number_input(key=field(app, "due_day")).set_value(10.0)
    press(app, SAVE)
    (series,) = recorded(url, "books").series
    assert (series.key, series.every, series.due_day, series.from_on) == ("month-end-close", "month", 10, TODAY)
    # due on the 10th, from today on: the next one is that of December
    assert "Month-end close due 10 Dec" in plain(app).replace("*", "").replace(":gray[", "")


def test_a_delivery_is_decided_on_from_the_warning_that_asks_for_it(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    record_delivery(database, ANA, "crm", "M1", date(2026, 11, 9))
    database.close()
    app = opened(open_dashboard, silent_database)
    # 10 to 13 and 16 to 20 Nov: nine working days, in the warning as in the box
    assert plain(app).count("has waited 9 working days for a decision") == 2
    press(app, "decision_from_step_awaiting-us")
    press(app, SAVE)
    assert "Whether it is accepted is missing." in wrong(app)
    app.button_group(key=field(app, "outcome")).set_value("rejected")
    press(app, SAVE)
    assert "A rejection needs a reason. Say what has to change." in wrong(app)
    app.text_area(key=field(app, "reason")).set_value("Two parts are missing")
    press(app, SAVE)
    (delivery,) = milestone(silent_database).deliveries
    assert (delivery.outcome, delivery.decided_on, delivery.reason) == ("rejected", TODAY, "Two parts are missing")
    assert not has_button(app, "decision_from_step_awaiting-us")
