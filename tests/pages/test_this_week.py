"""This week, as the owner meets it."""

import re
from base64 import b64decode
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from engagement.assessment import attention
from engagement.assessment.agenda import Agenda, Due, Figure
from engagement.assessment.results import Portfolio
from engagement.overview import Overview
from engagement.pages import _week
from engagement.records.audit import audit
from engagement.records.database import Author, Database
from engagement.records.engagements import add_engagement
from engagement.records.history import histories, log
from engagement.records.intake import merge
from engagement.records.responses import take_in_hand
from tests.conftest import NewDatabase
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.hostile import HOSTILE

ANA = Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC))


def said(app: AppTest) -> str:
    """Everything the page says in Markdown."""
    return "\n".join(str(each.value) for each in (*app.title, *app.markdown, *app.caption, *app.subheader))


def weeks_drawn(app: AppTest) -> list[int]:
    """Of every tile with a line, how many weeks its line shows."""
    addresses = [image.url for each in app.get("image") for image in each.proto.imgs]
    pictures = [b64decode(url.removeprefix("data:image/svg+xml;base64,")).decode() for url in addresses]
    return [len(re.findall(r"[ML][0-9.]+ [0-9.]+", svg)) for svg in pictures if 'height="36"' in svg]


def answer_who(app: AppTest, name: str) -> AppTest:
    """Says who one is, once it is asked."""
    app.text_input(key="identity_answer").set_value(name)
    return app.button(key="identity_say").click().run()


def test_the_page_opens_with_who_needs_you_and_shows_a_card(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database)
    assert not app.exception
    assert app.title[0].value == "One of two engagements needs you, as it did on Friday 13 Nov."
    # 28 Oct + 7 days is 4 Nov, and two days of grace end on 6 Nov: silent from 7 Nov
    assert "No conversation on record for 23 days" in said(app)
    # the website was delivered on 18 Nov, 23 days before its promise of 11 Dec; the median of 0 and -23 is -11.5
    assert [metric.value for metric in app.metric] == ["2", "1", "1", "0", "−12 d"]


def test_on_the_sample_the_figures_have_lines_and_the_headings_are_there(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database)
    assert not app.exception
    assert [heading.value for heading in app.subheader] == [
        *("Needs you now", "Across engagements", "Changed since 13 Nov", "Next 14 days")
    ]
    assert weeks_drawn(app) == [12, 12, 12, 12, 12]
    assert said(app).count("12 weeks") == 1


def test_the_lines_are_drawn_without_assessing_every_week_and_stay_while_the_page_is_drawn_again(
    open_dashboard: OpenDashboard, sample_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessed: set[date] = set()
    whole = Overview.portfolio

    def noting(overview: Overview, as_of: date) -> Portfolio:
        assessed.add(as_of)
        return whole(overview, as_of)

    monkeypatch.setattr(Overview, "portfolio", noting)
    app = open_dashboard(sample_database)
    assert weeks_drawn(app) == [12, 12, 12, 12, 12]
    assert assessed == {TODAY, date(2026, 11, 13)}
    drawn: list[int] = []
    fill = _week.fill

    def drawing(slots: Sequence[DeltaGenerator], shown: Sequence[Figure], week: Agenda) -> None:
        drawn.append(len(shown[0].line))
        fill(slots, shown, week)

    monkeypatch.setattr(_week, "fill", drawing)
    app.run()
    assert drawn == [12, 12]


def test_we_talked_asks_once_who_one_is_and_is_recorded_in_that_name(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database)
    assert app.button(key="talked_crm").help == "Records a video call, today."
    app.button(key="talked_crm").click().run()
    assert "it is not a password" in said(app)
    answer_who(app, "Ana Example")
    assert app.title[0].value == "Neither of the two engagements needs you."
    with Database(silent_database).reading() as connection:
        newest = log(connection, "crm", TODAY)[0]
        assert (newest.held_on, newest.channel, newest.by) == (TODAY, "video", "Ana Example")
        assert audit(connection, "crm", 1)[0].by == "Ana Example"
    assert app.button(key="identity_change").label == "You are Ana Example · change"


def test_without_a_name_nothing_is_recorded(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database)
    app.button(key="talked_crm").click().run()
    app.button(key="identity_say").click().run()
    assert "Type your name first" in said(app)
    with Database(silent_database).reading() as connection:
        assert len(log(connection, "crm", TODAY)) == 1


def test_a_warning_taken_in_hand_folds_away_with_its_plan(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database)
    app.button(key="in_hand_crm").click().run()
    app.text_area(key="in_hand_plan").set_value("Weekly calls")
    app.text_input(key="in_hand_who").set_value("Bo Example")
    app.button(key="in_hand_save").click().run()
    answer_who(app, "Ana Example")
    assert app.title[0].value == "Neither of the two engagements needs you; one in hand."
    assert [expander.label for expander in app.expander if "hand" in expander.label] == ["One in hand"]
    assert "Weekly calls, Bo Example, until 27 Nov" in said(app)
    assert [toast.value for toast in app.toast] == ["In hand until 27 Nov: the one warning of CRM migration."]


def test_how_many_of_the_warnings_are_in_hand_is_said(open_dashboard: OpenDashboard, sample_database: str) -> None:
    app = open_dashboard(sample_database)
    app.session_state["identity_name"] = "Ana"
    app.button(key="in_hand_field-app").click().run()
    app.checkbox(key="in_hand_rule_overdue").uncheck()  # another one is in hand already
    app.text_area(key="in_hand_plan").set_value("Weekly calls")
    app.button(key="in_hand_save").click().run()
    assert [toast.value.replace("\\", "") for toast in app.toast] == [
        "In hand until 27 Nov: five of seven warnings of Field crew app."
    ]


def test_a_plan_that_is_refused_keeps_the_dialog_and_what_was_typed(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database)
    app.button(key="in_hand_crm").click().run()
    app.text_input(key="in_hand_who").set_value("Bo Example")
    app.button(key="in_hand_save").click().run()
    assert [error.value for error in app.error] == [r"What is being done\: Nothing is written here\. Fill it in\."]
    assert "it is not a password" not in said(app)
    assert app.text_input(key="in_hand_who").value == "Bo Example"
    app.text_area(key="in_hand_plan").set_value("Calls")
    app.button(key="in_hand_save").click().run()
    answer_who(app, "Ana Example")
    assert app.title[0].value.endswith("one in hand.")


def test_an_earlier_day_is_for_looking_and_nothing_can_be_recorded(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, as_of="2026-11-13")
    assert app.title[0].value == "One of two engagements needs you; it is new since Friday 6 Nov."
    assert not [button for button in app.button if button.key and button.key.startswith(("talked_", "in_hand_"))]
    assert [caption.value for caption in app.caption].count("An earlier day is read only.") == 1


def test_the_filters_narrow_the_page_and_the_person_is_not_who_writes(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, person="Bo Example")
    assert app.title[0].value == "The one engagement does not need you."
    assert app.selectbox(key="person").value == "bo@example.org"
    assert "identity_change" not in [button.key for button in app.button]
    assert open_dashboard(silent_database, vendor="Northwind").title[0].value.startswith("The one engagement needs you")
    assert open_dashboard(silent_database, q="conTOSO").title[0].value == "The one engagement does not need you."


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"vendor": "Nope"}, 'No vendor "Nope" is recorded.'),
        ({"person": "Zoe"}, 'Nobody called "Zoe" is recorded.'),
        ({"as_of": "2026-13-45"}, '"2026-13-45" is no day.'),
        ({"as_of": "2026-11-21"}, "21 Nov 2026 has not come yet."),
        ({"as_of": "1999-01-01"}, "1 Jan 1999 lies too far back."),
    ],
)
def test_an_address_that_names_what_is_not_recorded_says_so_and_shows_nothing_in_its_place(
    open_dashboard: OpenDashboard, silent_database: str, address: dict[str, str], words: str
) -> None:
    app = open_dashboard(silent_database, **address)
    assert not app.exception
    assert app.title[0].value.replace("\\", "") == words
    assert not app.metric
    app.run()
    assert not app.metric
    app.button(key="show_all").click().run()
    assert app.title[0].value.startswith("One of two engagements")


def test_another_choice_ends_what_the_address_asked_for_in_vain(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, vendor="Nope")
    app.selectbox(key="vendor").set_value("Northwind").run()
    assert app.title[0].value.startswith("The one engagement needs you")


def test_where_nothing_was_recorded_a_week_ago_nothing_is_said_of_changes(
    open_dashboard: OpenDashboard, new_sqlite: NewDatabase
) -> None:
    url = new_sqlite()
    database = Database(url)
    terms = {"vendor": "Contoso", "currency": "EUR", "starts_on": date(2026, 11, 1), "name": "New work"}
    add_engagement(database, ANA, "new", **terms, recorded_on=TODAY)
    database.close()
    app = open_dashboard(url)
    assert not app.exception
    assert "since" not in app.title[0].value
    assert "there is nothing to compare with yet" in said(app)
    assert [metric.delta for metric in app.metric] == ["", "", "", ""]
    assert weeks_drawn(app) == []
    assert "12 weeks" not in said(app)
    assert "Finish slip is left out: none of these has a promised finish." in said(app)


def test_only_what_nobody_has_in_hand_is_ticked_and_without_a_tick_nothing_is_recorded(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database)
    app.button(key="in_hand_crm").click().run()
    app.checkbox(key="in_hand_rule_silent").uncheck()
    app.text_area(key="in_hand_plan").set_value("Weekly calls")
    app.button(key="in_hand_save").click().run()
    assert "What is in hand" in app.error[0].value
    app.checkbox(key="in_hand_rule_silent").check()
    app.button(key="in_hand_save").click().run()
    answer_who(app, "Ana Example")
    with Database(silent_database).reading() as connection:
        (said_of,) = histories(connection, TODAY, keys=["crm"])["crm"].responses
    assert (said_of.rule, said_of.assignee) == ("silent", "Ana Example")
    app.switch_page("engagement/pages/engagement.py")
    app.query_params["engagement"] = "crm"
    app.run()
    app.button(key="in_hand_crm").click().run()
    box = app.checkbox(key="in_hand_rule_silent")
    assert box.value is False
    assert "In hand with Ana Example until 27 Nov" in box.label


def test_what_was_never_said_is_asked_once(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    terms = {"vendor": "Contoso", "currency": "EUR", "starts_on": date(2026, 1, 1), "name": "Old work"}
    add_engagement(database, ANA, "old", **terms, recorded_on=TODAY)
    database.close()
    app = open_dashboard(silent_database)
    assert "When did you last talk? Not on record for one engagement" in [each.label for each in app.expander]
    app.date_input(key="last_talk_old").set_value(date(2026, 11, 17)).run()
    answer_who(app, "Ana Example")
    assert not [each for each in app.expander if "When did you" in each.label]
    with Database(silent_database).reading() as connection:
        assert log(connection, "old", TODAY)[0].held_on == date(2026, 11, 17)


def test_what_is_due_stands_under_its_day_and_a_day_is_said_once() -> None:
    monday = date(2026, 11, 23)
    dues = (
        Due(TODAY, "a", "Web", "check-in"),
        Due(monday, "b", "<img src=x>", "check-in"),
        Due(monday, "a", "Web", '"Issue" due'),
    )
    told = _week.by_day(dues).replace("\\", "")
    assert told.split("\n") == [
        "",
        ":gray[Fri\u00a020]",
        "",
        "- Web: check-in",
        "",
        ":gray[Mon\u00a023]",
        "",
        "- <img src=x>: check-in",
        '- Web: "Issue" due',
    ]


def test_a_column_of_names_is_as_wide_as_they_need_and_no_wider_than_there_is_room() -> None:
    assert _week.name_column(["CRM", "Website"], (260, 6.0)) == (18 + 42, 40)  # 7 letters; (260 - 18) / 6 = 40.3
    assert _week.name_column(["x" * 60], (260, 6.0)) == (260, 40)


def test_the_order_of_the_cards_is_explained_once_where_there_is_more_than_one(
    open_dashboard: OpenDashboard, silent_database: str, sample_database: str
) -> None:
    assert attention.ORDER not in said(open_dashboard(silent_database))
    app = open_dashboard(sample_database)
    assert said(app).count(attention.ORDER) == 1
    assert attention.ALL_BROKEN not in said(app)  # of such work only field-app has a card
    told = said(app).replace("\\", "")
    assert (
        '66 % likely that "Data load" slips by more than 30 days: 25 days past its first promise, moved by 9 days and '
        "nothing heard for 23 days. Tier high puts it further up."
    ) in told
    assert 'Every open promise is broken already: "Roll-out to all crews" 45 days past its first promise.' in told
    assert "planned to take 57 days" not in told


def test_a_young_portfolio_says_once_a_page_that_its_order_was_learned_elsewhere(
    open_dashboard: OpenDashboard, silent_database: str, sample_database: str
) -> None:
    assert said(open_dashboard(silent_database)).count(attention.BORROWED) == 1
    one = said(open_dashboard(silent_database, "engagement", engagement="crm")).replace("\\", "")
    assert one.count(attention.BORROWED) == 1
    assert attention.BORROWED not in said(open_dashboard(sample_database))


def test_hostile_names_never_reach_the_page_unescaped(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    terms = {"currency": "EUR", "starts_on": date(2026, 10, 1), "recorded_on": date(2026, 10, 1)}
    for number, text in enumerate(HOSTILE):
        key = f"h{number}"
        add_engagement(database, ANA, key, **terms, name=text, vendor=f"V {text}", lead=text)
        if number % 2:
            take_in_hand(
                database,
                ANA,
                key,
                "not-kicked-off",
                plan=text,
                assignee=text,
                said_on=TODAY,
                until_on=date(2026, 11, 27),
            )
    database.close()
    app = open_dashboard(silent_database)
    assert not app.exception
    for text in (":red[red]", "[link](https", "$x^2$", "**bold**", "<script>"):
        assert text not in said(app)
        assert not [button for button in app.button if text in button.label]


def test_a_page_says_it_is_the_sample(open_dashboard: OpenDashboard, sample_database: str) -> None:
    assert "Sample portfolio" in said(open_dashboard(sample_database, "engagements"))


def test_filters_that_let_nothing_through_leave_a_sentence_and_no_error(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, q="nothing like it")
    assert not app.exception
    assert app.title[0].value == "No engagement matches"
    app.button[0].click().run()
    assert app.title[0].value.startswith("One of two engagements")


def test_a_card_says_when_the_work_is_expected_how_far_that_moved_and_what_moved_it(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    # somebody said on Wednesday 18 Nov that the data load, due on 11 Dec, comes on 22 Jan
    database = Database(silent_database)
    reported = {"engagement": "crm", "milestone": "M1", "reported_on": date(2026, 11, 18), "side": "vendor"}
    row = reported | {"forecast_on": date(2027, 1, 22), "_row": 2}
    merge(database, ANA, {"progress_reports": [row]}, today=TODAY, origin="own")
    database.close()
    app = open_dashboard(silent_database)
    text = said(app).replace("\\", "")
    assert re.search(r"finish \d+ \w{3} 2027, likely by \d+ \w{3} 2027 \(\+\d+ d since 13 Nov\)", text)
    assert 'The finish moved: a new day for "Data load", 11 Dec → 22 Jan 2027.' in text
    assert "likely by: four chances in five" in text
    page = said(open_dashboard(silent_database, "engagement", engagement="crm")).replace("\\", "")
    assert re.search(r'The finish is \d+ \w+ later than on 13 Nov: a new day for "Data load", 11 Dec → 22', page)


def test_a_finish_that_did_not_move_is_not_said_to_have(open_dashboard: OpenDashboard, silent_database: str) -> None:
    assert "The finish moved" not in said(open_dashboard(silent_database))
