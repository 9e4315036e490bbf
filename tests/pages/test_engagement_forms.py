"""The forms on an engagement's page: what each writes, what it refuses in words, and that nothing typed is lost."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from engagement.assessment.rules import CATALOGUE
from engagement.assessment.rules.plan import CLEAR_PLAN
from engagement.assessment.values import History
from engagement.pages._engagement_steps import FORMS
from engagement.records.accesses import accesses, give_access
from engagement.records.check_ins import CheckInEntry, log_check_ins, unread_check_ins
from engagement.records.database import Author, Database
from engagement.records.engagements import change_terms, close
from engagement.records.history import histories, portfolio_terms
from engagement.records.metrics import add_metric, record_reading
from engagement.records.milestones import rebaseline
from engagement.records.retrospectives import retrospectives
from engagement.records.vendors import vendors
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.hostile import HOSTILE
from tests.pages.test_engagement import on_tab
from tests.pages.test_this_week import answer_who, said

ANA = Author("Ana Example", datetime(2026, 11, 20, 12, tzinfo=UTC))
BO = Author("Bo Example", datetime(2026, 11, 20, 12, tzinfo=UTC))
SAVE = "form_save"


CLEAR_ITEMS = (
    *("goal", "scope", "owner and lead", "who looks after it", "end date", "series"),
    *("acceptance criteria", "quality metric"),
)


def opened(open_dashboard: OpenDashboard, url: str, tab: str | None = None, engagement: str = "crm") -> AppTest:
    """The page of an engagement, on a tab, for Ana, who has said who she is."""
    app = open_dashboard(url, "engagement", engagement=engagement)
    app.session_state["identity_name"] = ANA.name
    return on_tab(app, tab) if tab else app.run()


def press(app: AppTest, key: str) -> AppTest:
    """The page once a button was pressed."""
    app.button(key=key).click().run()
    assert not app.exception
    return app


def field(app: AppTest, name: str) -> str:
    """The key of a field of the form that stands open."""
    return f"form_{app.session_state['form_number']}_{name}"


def has_button(app: AppTest, key: str) -> bool:
    """Whether the page has a button."""
    return key in {button.key for button in app.button}


def wrong(app: AppTest) -> str:
    """What the page says in red."""
    return "\n".join(str(each.value) for each in app.markdown if ":material/error:" in each.value).replace("\\", "")


def recorded(url: str, engagement: str = "crm") -> History:
    """All that is recorded of an engagement."""
    database = Database(url)
    with database.reading() as connection:
        found = histories(connection, TODAY, keys=[engagement])[engagement]
    database.close()
    return found


def plain(app: AppTest) -> str:
    """What the page says, without what protects it from Markdown."""
    return said(app).replace("\\", "")


# --- The vendor's consent


def test_the_vendors_consent_is_recorded_for_the_current_version_and_asks_who_one_is_once(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    rebaseline(
        database, ANA, "crm", "M1", set_on=TODAY, due_on=date(2026, 12, 18), reason="More data", approved_by="Ana"
    )
    database.close()
    app = open_dashboard(silent_database, "engagement", engagement="crm")
    # one change, the new date, after the first version
    assert "Plan version 2, since 20 Nov: Data load moved to 18 Dec. Northwind has confirmed none on record." in plain(
        app
    )
    press(app, "consent_from_plan")
    assert app.selectbox(key=field(app, "plan_version")).value == "2"
    assert app.text_input(key=field(app, "confirmed_by")).value == "Nora"
    app.date_input(key=field(app, "confirmed_on")).set_value(date(2026, 11, 19))
    press(app, SAVE)
    answer_who(app, "Ana Example")
    (confirmation,) = recorded(silent_database).confirmations
    assert confirmation == (date(2026, 11, 19), 2, "Nora")
    assert "Plan version 2, since 20 Nov: Data load moved to 18 Dec. Northwind confirmed it on 19 Nov (Nora)." in plain(
        app
    )
    assert not has_button(app, "consent_from_plan")


def test_a_consent_to_an_earlier_version_leaves_the_current_one_open(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    change_terms(database, ANA, "crm", goal="Sales sees every order on the day it is placed.")
    database.close()
    app = press(opened(open_dashboard, silent_database), "consent_from_plan")
    app.selectbox(key=field(app, "plan_version")).set_value("1")
    press(app, SAVE)
    assert "Plan version 2, since 20 Nov: another goal. Northwind confirmed version 1 on 20 Nov (Nora)." in plain(app)
    assert has_button(app, "consent_from_plan")


def test_a_consent_without_a_day_is_refused_and_keeps_what_was_typed(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = press(opened(open_dashboard, silent_database), "consent_from_plan")
    app.text_input(key=field(app, "confirmed_by")).set_value("Nils")
    app.date_input(key=field(app, "confirmed_on")).set_value(None)
    press(app, SAVE)
    assert "The day is missing. Fill it in." in wrong(app)
    assert app.text_input(key=field(app, "confirmed_by")).value == "Nils"
    assert recorded(silent_database).confirmations == ()


# --- Money


def test_a_payment_is_recorded_with_its_hours_milestone_and_deposit(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = press(opened(open_dashboard, silent_database, "Money"), "payment_from_money")
    press(app, SAVE)
    assert "The amount is missing." in wrong(app)
    app.number_input(key=field(app, "amount")).set_value(-5.0)
    app.number_input(key=field(app, "hours")).set_value(-4.0)
    press(app, SAVE)
    assert 'For how many hours: "-4" is not 0 or more.' in wrong(app)
    app.number_input(key=field(app, "hours")).set_value(7.5)
    press(app, SAVE)
    assert 'Amount: "-5" is not 0 or more. Write it without a sign.' in wrong(app)
    assert app.number_input(key=field(app, "hours")).value == 7.5
    app.number_input(key=field(app, "amount")).set_value(1200.35)
    app.selectbox(key=field(app, "milestone")).set_value("M1")
    app.checkbox(key=field(app, "deposit")).check()
    app.text_input(key=field(app, "reference")).set_value("R-17")
    press(app, SAVE)
    (paid,) = recorded(silent_database).spend
    assert paid == (TODAY, Decimal("1200.35"), Decimal("7.5"), "M1", True)
    assert not wrong(app)


def test_a_form_opened_again_holds_nothing_of_the_last_time(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = press(opened(open_dashboard, silent_database, "Money"), "payment_from_money")
    app.number_input(key=field(app, "amount")).set_value(10.0)
    press(app, SAVE)
    press(app, "payment_from_money")
    assert app.number_input(key=field(app, "amount")).value is None


def test_terms_are_changed_where_somebody_changed_them_and_nowhere_else(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = press(opened(open_dashboard, silent_database, "Money"), "money_from_money")
    app.number_input(key=field(app, "rate")).set_value(-1.0)
    press(app, SAVE)
    assert "is not 0 or more" in wrong(app)
    app.number_input(key=field(app, "rate")).set_value(85.0)
    app.number_input(key=field(app, "committed_hours_per_week")).set_value(20.0)
    database = Database(silent_database)
    change_terms(database, BO, "crm", budget=Decimal(9000))
    database.close()
    press(app, SAVE)
    terms = recorded(silent_database).terms[-1]
    assert (terms.rate, terms.committed_hours_per_week, terms.budget) == (Decimal(85), Decimal(20), Decimal(9000))
    assert terms.from_on == TODAY
    assert "Agreed: a budget of EUR 9,000, EUR 85 an hour, 20 hours a week; not recorded: in-house cost." in plain(app)


def test_what_the_set_up_lacks_is_recorded_from_its_line(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    change_terms(database, ANA, "crm", budget=Decimal(9000))
    database.close()
    app = opened(open_dashboard, silent_database)
    # no goal, scope, lead, criteria, quality metric, consent and check of the vendor: seven of ten
    assert "Set-up 3 of 10" in [heading.value for heading in app.subheader]
    then = (
        "scope, owner and lead, acceptance criteria, quality metric, a check of the vendor, the vendor's confirmation"
    )
    assert f"Next: goal. Then: {then}." in plain(app)
    press(app, "brief_from_step_unclear-plan: goal")
    app.text_area(key=field(app, "goal")).set_value("Sales sees every order on the day it is placed.")
    app.text_area(key=field(app, "scope")).set_value("All customers, none of their invoices.")
    app.text_input(key=field(app, "lead")).set_value("Bo Example")
    app.text_input(key=field(app, "deputy")).set_value("ana@example.org")
    press(app, SAVE)
    terms = recorded(silent_database).terms[-1]
    assert (terms.owner, terms.lead, terms.deputy) == ("ana@example.org", "bo@example.org", "ana@example.org")
    assert terms.goal == "Sales sees every order on the day it is placed."
    assert "Set-up 6 of 10" in [heading.value for heading in app.subheader]
    press(app, "criteria_from_step_unclear-plan: acceptance criteria")
    assert app.selectbox(key=field(app, "milestone")).value == "M1"
    app.text_area(key=field(app, "acceptance_criteria")).set_value("All rows are there, checked on a sample of 200")
    press(app, SAVE)
    assert "Set-up 7 of 10" in [heading.value for heading in app.subheader]
    press(app, "metric_from_step_unclear-plan: quality metric")
    app.text_input(key=field(app, "metric")).set_value("Rows that are wrong")
    app.number_input(key=field(app, "target")).set_value(1.0)
    app.segmented_control(key=field(app, "kind")).set_value("quality")
    press(app, SAVE)
    assert "Set-up 8 of 10" in [heading.value for heading in app.subheader]
    press(app, "vetting_from_step_unvetted-vendor")
    app.date_input(key=field(app, "interviewed_on")).set_value(date(2026, 9, 1))
    app.date_input(key=field(app, "contract_signed_on")).set_value(date(2026, 9, 9))
    app.number_input(key=field(app, "references_checked")).set_value(2)
    press(app, SAVE)
    assert "Set-up 9 of 10" in [heading.value for heading in app.subheader]
    press(app, "consent_from_step_expectations-not-agreed")
    press(app, SAVE)
    assert "Set-up 10 of 10" in [heading.value for heading in app.subheader]


# --- The vendor


def test_how_a_vendor_was_checked_is_recorded_and_a_negative_number_refused(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = opened(open_dashboard, silent_database, "Vendor")
    assert "no interview on record, no references, no signed contract" in plain(app)
    press(app, "vetting_from_vendor")
    app.date_input(key=field(app, "interviewed_on")).set_value(date(2026, 9, 20))
    app.number_input(key=field(app, "references_checked")).set_value(-1)
    press(app, SAVE)
    assert '"-1" is less than 0. Write 0 or more.' in wrong(app)
    app.number_input(key=field(app, "references_checked")).set_value(2)
    app.text_area(key=field(app, "chosen_because")).set_value("They know our importer")
    press(app, SAVE)
    database = Database(silent_database)
    with database.reading() as connection:
        vendor = next(one for one in vendors(connection) if one.name == "Northwind")
    database.close()
    assert vendor[4:8] == (date(2026, 9, 20), 2, None, "They know our importer")
    assert vendor.contact_name == "Nora"
    words = "interviewed 20 Sep, two references checked, no signed contract, chosen because: They know our importer"
    assert words in plain(app)


def test_an_access_is_given_and_taken_back(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = press(opened(open_dashboard, silent_database, "Vendor"), "give_from_vendor")
    press(app, SAVE)
    assert "What it may enter is missing." in wrong(app)
    app.text_input(key=field(app, "what")).set_value("Test system")
    app.date_input(key=field(app, "given_on")).set_value(date(2026, 11, 2))
    press(app, SAVE)
    database = Database(silent_database)
    with database.reading() as connection:
        (given,) = accesses(connection, "crm")
    press(app, f"revoke_from_access_{given.id}")
    app.date_input(key=field(app, "revoked_on")).set_value(date(2026, 11, 1))
    press(app, SAVE)
    assert '"Test system" was given on 2026-11-02' in wrong(app)
    app.date_input(key=field(app, "revoked_on")).set_value(date(2026, 11, 19))
    press(app, SAVE)
    with database.reading() as connection:
        assert accesses(connection, "crm")[0].revoked_on == date(2026, 11, 19)
    database.close()
    assert "access since 2 Nov, taken back 19 Nov" in plain(app)


def test_what_is_left_of_a_closed_engagement_is_done_from_its_warnings(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    give_access(database, ANA, "web", "Code repository", date(2026, 10, 2))
    close(database, ANA, "web", date(2026, 10, 30))
    app = opened(open_dashboard, silent_database, engagement="web")
    # closed 21 days ago: more than 14 days, and more than 5 working days
    assert [heading.value for heading in app.subheader] == ["Left to do"]
    press(app, "retrospective_from_step_no-retrospective")
    press(app, SAVE)
    assert "Nothing was said. Say what went well, or what went badly." in wrong(app)
    app.text_area(key=field(app, "went_well")).set_value("Quick *answers*")
    app.button_group(key=field(app, "would_hire_again")).set_value("yes")
    press(app, SAVE)
    press(app, "revoke_from_step_access-not-revoked")
    press(app, SAVE)
    assert not app.subheader
    with database.reading() as connection:
        (learned,) = retrospectives(connection, "web")
        assert accesses(connection, "web")[0].revoked_on == TODAY
    database.close()
    assert learned == (TODAY, "Quick *answers*", None, True)
    assert r"Quick \*answers\*" in said(on_tab(app, "Vendor"))


# --- Measures


def test_a_metric_is_added_changed_and_read(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = press(opened(open_dashboard, silent_database, "Measures"), "metric_from_metrics")
    press(app, SAVE)
    assert "What is measured is missing." in wrong(app)
    app.text_input(key=field(app, "metric")).set_value("defects")
    app.button_group(key=field(app, "direction")).set_value("down")
    app.number_input(key=field(app, "target")).set_value(2.0)
    app.number_input(key=field(app, "interval_days")).set_value(0)
    press(app, SAVE)
    assert '"0" is less than 1. Write 1 or more.' in wrong(app)
    assert app.text_input(key=field(app, "metric")).value == "defects"
    app.number_input(key=field(app, "interval_days")).set_value(30)
    press(app, SAVE)
    press(app, "reading_from_metric_0")
    press(app, SAVE)
    assert "The value is missing." in wrong(app)
    app.number_input(key=field(app, "value")).set_value(3.5)
    press(app, SAVE)
    assert "quality, at most 2, every 30 days" in plain(app)
    assert "3.5 on 20 Nov." in plain(app)
    press(app, "change_metric_from_metric_0")
    assert app.number_input(key=field(app, "target")).value == 2
    app.number_input(key=field(app, "target")).set_value(4.0)
    press(app, SAVE)
    (metric,) = recorded(silent_database).metrics
    assert (metric.kind, metric.direction, metric.target, metric.interval_days) == ("quality", "down", 4, 30)
    assert [(one.read_on, one.value) for one in metric.readings] == [(TODAY, 3.5)]


def test_a_warning_about_quality_opens_the_reading_of_any_metric(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    for key in ("defects", "benefit"):
        add_metric(database, ANA, "crm", key, "quality", direction="down", target=2)
        record_reading(database, ANA, "crm", key, read_on=date(2026, 11, 13), value=5)
    database.close()
    app = press(opened(open_dashboard, silent_database), "reading_from_step_quality-missed")
    app.selectbox(key=field(app, "metric")).set_value("benefit")
    app.number_input(key=field(app, "value")).set_value(1.0)
    press(app, SAVE)
    first, second = recorded(silent_database).metrics
    assert (len(first.readings), second.readings[-1].value) == (1, 1)


def test_what_could_not_be_judged_is_one_line_that_opens_to_where_it_is_recorded(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = opened(open_dashboard, silent_database)
    (folded,) = [each for each in app.expander if "could not be made" in each.label]
    assert folded.label == "Nine checks could not be made: something is not recorded"
    lines = [each.value.replace("\\", "") for each in folded.markdown]
    assert len(lines) == 5
    assert "No quality metric recorded." in lines
    place = lines.index("No benefit metric recorded.")
    press(app, f"metric_from_lacks_{place}")
    assert app.button_group(key=field(app, "kind")).value == "benefit"


# --- Two vendors, one task


def test_the_same_task_twice_is_said_to_be_on_purpose(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    for key in ("crm", "web"):
        change_terms(database, ANA, key, name="Help centre articles", category="writing")
    app = opened(open_dashboard, silent_database)
    assert '"Help centre articles" of Contoso reads like this one.' in plain(app)
    press(app, "deliberate_from_twin_web")
    press(app, SAVE)
    assert "The reason is missing." in wrong(app)
    app.text_area(key=field(app, "reason")).set_value("Two languages")
    press(app, SAVE)
    assert "reads like this one" not in plain(app)
    with database.reading() as connection:
        assert portfolio_terms(connection, TODAY).deliberate == frozenset({frozenset({"crm", "web"})})
    database.close()


# --- Check-ins that the owner has not read


def unread_talk(url: str, notes: str = "The importer *runs*.") -> None:
    """Bo logs a talk about Ana's CRM migration."""
    database = Database(url)
    change_terms(database, ANA, "crm", lead="bo@example.org")
    log_check_ins(database, BO, [CheckInEntry("crm", date(2026, 11, 12), "video", notes=notes)])
    database.close()


def left_unread(url: str) -> int:
    """How many check-ins its owner has not read."""
    database = Database(url)
    with database.reading() as connection:
        number = len(unread_check_ins(connection, "crm", TODAY))
    database.close()
    return number


def test_the_owner_reads_what_others_logged_and_says_so_once(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    unread_talk(silent_database)
    app = opened(open_dashboard, silent_database, "Log")
    assert "There is one check-in that Ana Example has not read" in plain(app)
    assert said(app).count(r"The importer \*runs\*\.") == 1
    press(app, "unread_read")
    assert left_unread(silent_database) == 0
    assert not has_button(app, "unread_read")
    assert said(app).count(r"The importer \*runs\*\.") == 1


def test_only_the_owner_is_offered_to_have_read_it(open_dashboard: OpenDashboard, silent_database: str) -> None:
    unread_talk(silent_database)
    app = opened(open_dashboard, silent_database, "Log")
    app.session_state["identity_name"] = BO.name
    app.run()
    assert "There is one check-in that Ana Example has not read" in plain(app)
    assert not has_button(app, "unread_read")
    assert not has_button(app, "unread_from_step_unread-check-in")
    assert "Waits for Ana Example to read it." in plain(app)
    assert "Read them, and say so" not in plain(app)


def test_the_warning_about_unread_notes_opens_them(open_dashboard: OpenDashboard, silent_database: str) -> None:
    unread_talk(silent_database)
    # 12 Nov is six working days before 20 Nov
    app = opened(open_dashboard, silent_database)
    assert "**Next:** Read them, and say so." in plain(app)
    assert "Waits for" not in plain(app)
    press(app, "unread_from_step_unread-check-in")
    assert r"The importer \*runs\*\." in said(app)
    press(app, SAVE)
    assert left_unread(silent_database) == 0


def test_somebody_who_turns_out_not_to_be_the_owner_is_refused_in_words(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    unread_talk(silent_database)
    app = on_tab(open_dashboard(silent_database, "engagement", engagement="crm"), "Log")
    press(app, "unread_read")
    answer_who(app, "Bo Example")
    assert "Only its owner" in app.error[0].value.replace("\\", "")
    assert left_unread(silent_database) == 1


# --- What holds for all of them


def test_an_earlier_day_offers_no_form(open_dashboard: OpenDashboard, silent_database: str) -> None:
    app = open_dashboard(silent_database, "engagement", engagement="crm", as_of="2026-11-19")
    for tab in ("Plan", "Money", "Measures", "Log", "Vendor"):
        on_tab(app, tab)
        assert not app.exception
        assert not [button for button in app.button if "_from_" in (button.key or "")]


def test_every_rule_and_item_that_leads_to_a_form_is_one_of_the_catalogue() -> None:
    rules = {rule.id for rule in CATALOGUE}
    items = {f"{CLEAR_PLAN}: {name}" for name in CLEAR_ITEMS}
    assert set(FORMS) <= rules | items


@pytest.mark.parametrize("place", range(0, len(HOSTILE), 5))
def test_hostile_texts_are_recorded_as_they_are_and_shown_as_they_are(
    open_dashboard: OpenDashboard, silent_database: str, place: int
) -> None:
    text = HOSTILE[place].strip()
    unread_talk(silent_database, notes=text)
    app = press(opened(open_dashboard, silent_database, "Measures"), "metric_from_metrics")
    app.text_input(key=field(app, "metric")).set_value(text)
    app.text_input(key=field(app, "unit")).set_value(text)
    app.number_input(key=field(app, "target")).set_value(1.0)
    press(app, SAVE)
    press(app, "reading_from_metric_0")
    app.number_input(key=field(app, "value")).set_value(1.0)
    press(app, SAVE)
    press(on_tab(app, "Vendor"), "give_from_vendor")
    app.text_input(key=field(app, "what")).set_value(text)
    press(app, SAVE)
    press(app, "vetting_from_vendor")
    app.text_area(key=field(app, "chosen_because")).set_value(text)
    press(app, SAVE)
    press(on_tab(app, "Plan"), "consent_from_plan")
    app.text_input(key=field(app, "confirmed_by")).set_value(text)
    press(app, SAVE)
    history = recorded(silent_database)
    assert (history.metrics[0].key, history.metrics[0].unit, history.metrics[0].readings[0].value) == (text, text, 1)
    assert (history.accesses[0].what, history.confirmations[0].confirmed_by) == (text, text)
    for tab in ("Plan", "Measures", "Log", "Vendor"):
        shown = said(on_tab(app, tab))
        for raw in (":red[red]", "[link](https", "$x^2$", "**bold**", "<script>"):
            assert raw not in shown
