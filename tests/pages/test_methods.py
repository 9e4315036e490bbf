"""Methods as a page: every rule with its limits and its record, every formula, and limits that can be changed."""

from streamlit.testing.v1 import AppTest

from engagement.assessment import methods
from engagement.assessment.limits import LIMITS
from engagement.assessment.rules import CATALOGUE, OVERSIGHT
from engagement.pages import shell
from engagement.records.database import Database
from engagement.records.thresholds import thresholds
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_this_week import answer_who, said


def on_tab(app: AppTest, name: str) -> AppTest:
    app.session_state["methods_tab"] = name
    return app.run()


def plain(app: AppTest) -> str:
    return said(app).replace("\\", "").replace("\u2060", "")


def test_every_rule_stands_on_the_page_once(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "methods")
    assert not app.exception
    assert app.title[0].value.startswith(f"{len(methods.ALL_RULES)} rules")
    shown = []
    for name in methods.GROUPS.values():
        on_tab(app, name)
        shown += [expander.label.replace("\\", "") for expander in app.expander]
    assert len(shown) == len(CATALOGUE) + len(OVERSIGHT)
    for rule in methods.ALL_RULES:
        assert sum(f"[{rule.id} ·" in label.replace("\u2060", "") for label in shown) == 1


def test_the_words_stand_there_before_anything_is_counted_and_the_record_follows(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = on_tab(open_dashboard(sample_database, "methods"), "Contact")
    assert "No contact since the agreed day" in plain(app)
    assert "Its record is being counted." in plain(app)
    shell._opened(sample_database).track_record(TODAY)
    app.run()
    assert "Its record is being counted." not in plain(app)
    assert "earlier cases: too few to tell anything" in plain(app)
    on_tab(app, "Track record")
    assert not app.exception
    assert [len(table.value) for table in app.table][1:] == [7, 10]  # orders, and tenths of the cases


def test_a_rule_is_found_by_its_words(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "methods", find="stopped reporting")
    assert ["The vendor has stopped reporting" in expander.label for expander in app.expander] == [True]
    assert "Fires:" in plain(app)
    app.text_input(key="find").set_value("bananas").run()
    assert 'No rule says "bananas".' in plain(app)
    assert not app.expander


def test_limits_of_no_rule_are_found_and_can_be_changed_from_there(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "methods", find="abandoned")
    assert '1 limit that belongs to no rule with "abandoned".' in plain(app)
    assert "No rule says" not in plain(app)
    assert app.table[0].value.iloc[0].tolist()[:2] == ["Abandoned", "90 days"]
    app = open_dashboard(silent_database, "methods", find="in hand")
    app.session_state["identity_name"] = "Ana"
    app.button(key="limits_found").click().run()
    changing(app, "in-hand", 20, "A month is long")
    assert [str(cell).replace("\\", "") for cell in app.table[-1].value.iloc[0].tolist()[1:]] == [
        "**20 days**, not 30 days",
        "1 to 30 days",
        f"A month is long. Of 30 days, the default: {LIMITS['in-hand'].why}",
    ]


def test_the_record_of_the_sample_says_that_it_is_fiction(
    open_dashboard: OpenDashboard, sample_database: str, silent_database: str
) -> None:
    app = open_dashboard(sample_database, "methods", find="past its due date")
    assert methods.IN_FICTION not in plain(app)
    shell._opened(sample_database).track_record(TODAY)
    assert methods.IN_FICTION in plain(app.run())
    app.text_input(key="find").set_value("").run()
    assert methods.FICTION in plain(on_tab(app, "Track record"))
    assert methods.FICTION not in plain(on_tab(open_dashboard(silent_database, "methods"), "Track record"))


def test_the_level_that_was_learned_stands_beside_the_default(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = on_tab(open_dashboard(sample_database, "methods"), "Formulas")
    level = shell._opened(sample_database).level(TODAY)
    rows = app.table[0].value.values.tolist()
    assert rows[-2][2] == "-3.3"
    assert rows[-1] == [f"Level in force, learned from {level.cases} cases here", "`1`", f"{level.value:g}"]


def test_the_formulas_say_what_the_chance_rests_on(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = on_tab(open_dashboard(silent_database, "methods"), "Formulas")
    assert not app.exception
    assert (
        "No case of this portfolio, from one Friday in eight weeks of the year up to 1 Nov 2026, was over by then"
        in plain(app)
    )
    assert [table.value.shape[0] for table in app.table] == [8, 2]  # measures with the level, limits of no single rule


def changing(app: AppTest, limit: str, value: float, reason: str) -> AppTest:
    app.number_input(key=f"limit_value_{limit}").set_value(value)
    app.text_input(key="limit_reason").set_value(reason)
    return app.button(key="limit_save").click().run()


def test_a_limit_that_is_given_the_value_it_has_is_no_change(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "methods", find="unread-check-in")
    app.button(key="limits_unread-check-in").click().run()
    changing(app, "unread", 3, "They work in the field")
    assert [str(error.value).replace("\\", "") for error in app.error] == [
        "New value: It is 3 working days already. Write another value."
    ]


def test_a_limit_is_changed_by_somebody_for_a_reason_and_the_page_says_so(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "methods", find="unread-check-in")
    app.button(key="limits_unread-check-in").click().run()
    changing(app, "unread", 5, "They work in the field")
    answer_who(app, "Ana Example")
    assert not app.exception
    with Database(silent_database).reading() as connection:
        assert thresholds(connection, None) == (("unread", 5.0, TODAY, "Ana Example", "They work in the field"),)
    captions = [str(each.value).replace("\\", "") for each in app.caption]
    assert "Unread was set to 5 working days on 20 Nov by Ana Example" in captions
    why = str(app.table[0].value["Why"].iloc[0]).replace("\\", "")
    assert why.startswith("They work in the field. Of 3 working days, the default:")
    fires = "A check-in that was not imported is not marked as read more than 5 working days after it was held."
    assert f"**Fires:** {fires}" in plain(app)


def test_the_reason_for_going_back_to_the_default_stands_beside_the_change(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "methods", find="unread-check-in")
    app.session_state["identity_name"] = "Ana"
    for value, reason in ((5, "They work in the field"), (3, "They are back")):
        app.button(key="limits_unread-check-in").click().run()
        changing(app, "unread", value, reason)
    captions = [str(each.value).replace("\\", "") for each in app.caption]
    assert "Unread was set to 3 working days on 20 Nov by Ana: They are back" in captions


def test_a_value_out_of_bounds_and_a_change_without_a_reason_are_refused_in_words(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "methods", find="same-task-twice")
    app.session_state["identity_name"] = "Ana"
    app.button(key="limits_same-task-twice").click().run()
    changing(app, "same-task", 120, " ")
    told = [str(error.value).replace("\\", "") for error in app.error]
    assert told[0] == "New value: 120 % is outside the bounds of same task. Choose 30 to 100 %."
    assert told[1] == "Why: Nothing is written here. Fill it in."
    changing(app, "same-task", 75, "Too many alike")
    with Database(silent_database).reading() as connection:
        assert [one[:2] for one in thresholds(connection, None)] == [("same-task", 0.75)]


def test_on_an_earlier_day_the_limits_of_that_day_stand_there_and_none_can_be_changed(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "methods", find="unread-check-in")
    app.session_state["identity_name"] = "Ana"
    app.button(key="limits_unread-check-in").click().run()
    changing(app, "unread", 5, "They work in the field")
    earlier = open_dashboard(silent_database, "methods", find="unread-check-in", as_of="2026-11-19")
    assert "was set to" not in plain(earlier)
    assert not [button for button in earlier.button if (button.key or "").startswith("limits_")]


def test_a_card_says_how_often_its_headline_came_true_once_that_is_counted_and_why_it_stands_there(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database)
    assert "earlier cases like this" not in plain(app)
    assert "slips by more than 30 days:" in plain(app)
    shell._opened(sample_database).track_record(TODAY)
    app.run()
    assert "earlier cases like this a date slipped by more than 30 days" in plain(app)


def test_a_limit_can_be_changed_for_an_engagement_on_which_nothing_fires_and_those_that_fire_come_first(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    healthy = open_dashboard(sample_database, "engagement", engagement="privacy-review")
    healthy.button(key="limits_engagement").click().run()
    assert not healthy.exception
    offered = healthy.selectbox(key="limit_name").options
    assert {"Overdue critical", "Abandoned", "In hand"} <= set(offered)
    assert "Owner active" not in offered  # of a rule about a person: it holds for all
    assert "Cadence high" not in offered  # it is of another tier
    late = open_dashboard(sample_database, "engagement", engagement="field-app")
    late.button(key="limits_engagement").click().run()
    assert late.selectbox(key="limit_name").options[0] == "Overdue critical"


def test_a_limit_is_changed_for_one_engagement_where_its_warnings_stand(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database, "engagement", engagement="crm")
    app.session_state["identity_name"] = "Ana"
    app.button(key="limits_engagement").click().run()
    app.selectbox(key="limit_name").set_value("grace").run()
    changing(app, "grace", 30, "Agreed by phone")
    assert not app.exception
    with Database(silent_database).reading() as connection:
        assert thresholds(connection, "crm")[0][:2] == ("grace", 30.0)
        assert thresholds(connection, None) == ()
    assert "Here only: grace was set to 30 days on 20 Nov by Ana: Agreed by phone" in plain(app)


def test_a_warning_on_the_page_of_an_engagement_tells_its_record_and_why_it_stands_there(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database, "engagement", engagement="crm-migration")
    assert "slips by more than 30 days:" in plain(app)
    assert "earlier cases like this" not in plain(app)
    shell._opened(sample_database).track_record(TODAY)
    app.run()
    assert "earlier cases like this a date slipped" in plain(app)


def test_nothing_is_counted_while_a_page_is_drawn(open_dashboard: OpenDashboard, sample_database: str) -> None:
    for page in (None, "methods", "engagement"):
        app = open_dashboard(sample_database, page, engagement="crm-migration")
        assert not app.exception
        assert shell._opened(sample_database).track_record_kept(TODAY) == (None, False)
