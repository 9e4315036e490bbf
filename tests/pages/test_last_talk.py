"""When you last talked, where nobody has said so: asked and recorded on the page of the engagement."""

from datetime import date

from engagement.records.database import Database
from engagement.records.engagements import add_engagement
from engagement.records.history import log
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_engagement_forms import ANA, field, opened, plain, press


def test_when_you_last_talked_is_recorded_where_it_is_said_to_be_missing(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    terms = {"vendor": "Acme", "currency": "EUR", "starts_on": date(2026, 3, 1), "recorded_on": TODAY}
    add_engagement(database, ANA, "old", name="Old work", **terms)
    app = opened(open_dashboard, silent_database, engagement="old")
    assert "no milestone has a date, and it is not known when you last talked" in app.title[0].value + plain(app)
    (folded,) = [each for each in app.expander if "could not be made" in each.label]
    lines = [each.value.replace("\\", "") for each in folded.markdown]
    press(app, f"last_talk_from_lacks_{lines.index('Nobody has said when you last talked.')}")
    press(app, "form_save")
    assert "The day of the talk is missing." in plain(app)
    app.date_input(key=field(app, "held_on")).set_value(date(2026, 11, 3)).run()
    press(app, "form_save")
    with database.reading() as connection:
        assert [one.held_on for one in log(connection, "old", TODAY)] == [date(2026, 11, 3)]
    database.close()
