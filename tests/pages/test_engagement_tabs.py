"""What an engagement's page shows first, and what only on demand: warnings, limits, the log, payments."""

from datetime import date, timedelta
from decimal import Decimal

from streamlit.testing.v1 import AppTest

from engagement.records.check_ins import CheckInEntry, MilestoneWord, NewAction, log_check_ins, we_talked
from engagement.records.database import Database
from engagement.records.engagements import change_terms, close
from engagement.records.milestones import report_progress
from engagement.records.responses import take_in_hand
from engagement.records.spend import record_spend
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_engagement import on_tab
from tests.pages.test_engagement_forms import ANA, has_button, opened, plain, press


def test_each_warning_takes_two_lines_and_folds_what_it_covers(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database, "engagement", engagement="crm-migration")
    shown = [each for each in app.markdown if "**Next:**" in each.value and each.value.startswith((":", "#"))]
    assert all(each.value.count("\n") == 1 for each in shown)
    first, second = shown[:2]
    assert first.value.startswith("#### :red[■] No conversation on record for 23 days")
    assert not second.value.startswith("#")
    assert "Data load" in second.value
    assert "has passed" not in second.value
    assert second.help.replace("\\", "") == 'The last date given for "Data load", 4 Nov, has passed.'


def test_nudges_bear_no_mark_of_a_status_and_the_worst_stands_first(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database, "engagement", engagement="crm-migration")
    (folded,) = [each for each in app.expander if each.label == "Six nudges"]
    shown = [each.value for each in folded.markdown if "Since" in each.value]
    assert all(each.startswith(":gray[:material/lightbulb:] ") for each in shown)
    assert len(shown) == 6
    marked = [each.value for each in app.markdown if ":red[■]" in each.value or ":orange[▲]" in each.value]
    assert len(marked) == 8  # the seven warnings, and the status of the engagement


def test_a_warning_in_hand_says_by_whom_instead_of_what_next(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    until = date(2026, 11, 27)
    take_in_hand(database, ANA, "crm", "silent", plan="Calls.", assignee="Bo Example", said_on=TODAY, until_on=until)
    database.close()
    app = opened(open_dashboard, silent_database)
    assert "In hand until 27 Nov:] Calls, Bo Example" in plain(app)


def test_what_is_in_hand_stands_among_the_actions_and_can_be_ended_there(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    until = date(2026, 11, 27)
    take_in_hand(database, ANA, "crm", "silent", plan="Calls.", assignee="Bo Example", said_on=TODAY, until_on=until)
    database.close()
    app = opened(open_dashboard, silent_database, "Actions")
    assert "**Calls** :gray[Bo Example, in hand until 27 Nov. About: No conversation on record" in plain(app)
    press(app, "end_silent")
    assert not has_button(app, "end_silent")
    assert "In hand until 27 Nov" not in plain(app)


def test_limits_begin_with_those_of_the_headline_and_leave_out_what_was_agreed_instead(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = press(opened(open_dashboard, silent_database), "limits_engagement")
    names = app.selectbox(key="limit_name").options
    # talks every 7 days were agreed, so that no cadence by tier holds; of the grace nothing was said
    assert names[0] == "Grace"
    assert not [name for name in names if "adence high" in name or "-" in name]
    database = Database(silent_database)
    change_terms(database, ANA, "crm", grace_days=1)
    database.close()
    app = press(opened(open_dashboard, silent_database), "limits_engagement")
    assert "Grace" not in app.selectbox(key="limit_name").options


def test_where_no_rhythm_was_agreed_the_limit_of_its_own_tier_is_offered(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    change_terms(database, ANA, "crm", cadence_days=None, tier="high")
    database.close()
    app = press(opened(open_dashboard, silent_database), "limits_engagement")
    cadences = [name for name in app.selectbox(key="limit_name").options if name.startswith("Cadence")]
    assert cadences == ["Cadence high"]


def talks(app: AppTest) -> int:
    """How many check-ins the page shows."""
    return sum(plain(app).count(f":gray[{channel}") for channel in ("call", "video"))


def test_the_log_begins_with_five_and_shows_the_rest_on_demand(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    for back in range(27):
        we_talked(database, ANA, "web", TODAY - timedelta(days=back), "call")
    database.close()
    # 27 of them, and three earlier ones by video
    app = opened(open_dashboard, silent_database, "Log", "web")
    assert talks(app) == 5
    assert app.button(key="log_more").label == "Show 20 earlier ones of 25"
    press(app, "log_more")
    assert app.button(key="log_more").label == "Show 5 earlier ones"
    press(app, "log_more")
    assert talks(app) == 30
    assert not has_button(app, "log_more")


def test_payments_show_no_column_that_nobody_filled_in(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    change_terms(database, ANA, "crm", in_house_cost=Decimal(61000), budget=Decimal(46200))
    record_spend(database, ANA, "crm", TODAY, Decimal(100))
    app = opened(open_dashboard, silent_database, "Money")
    assert list(app.table[0].value) == ["Spent on", "Amount"]
    assert "Agreed: a budget of EUR 46,200, EUR 61,000 in-house; not recorded: rate, hours." in plain(app)
    record_spend(database, ANA, "crm", TODAY, Decimal(100), hours=Decimal(2), milestone="M1")
    database.close()
    shown = on_tab(app, "Money").table[0].value
    assert list(shown) == ["Spent on", "Amount", "Hours", "For"]
    assert list(shown["Hours"]) == ["2", ""]


def test_an_action_that_is_overdue_says_so_on_its_tab(open_dashboard: OpenDashboard, silent_database: str) -> None:
    database = Database(silent_database)
    ours = NewAction("action", "Send access", side="us", due_on=date(2026, 11, 14))  # a Saturday: it rolls to Monday
    theirs = NewAction("action", "Send the list", side="vendor", due_on=date(2026, 11, 20))
    log_check_ins(database, ANA, [CheckInEntry("crm", date(2026, 11, 1), "call", new_actions=(ours, theirs))])
    database.close()
    said = plain(opened(open_dashboard, silent_database, "Actions"))
    assert "action, ours, due 14 Nov, 4 days overdue" in said
    assert "action, theirs, due 20 Nov]" in said


def test_a_closed_engagement_asks_for_no_consent(open_dashboard: OpenDashboard, silent_database: str) -> None:
    assert has_button(opened(open_dashboard, silent_database, "Plan"), "consent_from_plan")
    database = Database(silent_database)
    close(database, ANA, "crm", TODAY)
    database.close()
    app = opened(open_dashboard, silent_database, "Plan")
    assert "Plan version 1." in plain(app)
    assert not has_button(app, "consent_from_plan")


def test_a_word_of_the_vendor_that_was_logged_here_names_who_wrote_it_down(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    database = Database(silent_database)
    word = MilestoneWord("M1", 0.4, date(2026, 12, 18))
    log_check_ins(database, ANA, [CheckInEntry("crm", TODAY, "call", milestones=(word,))])
    report_progress(database, ANA, "crm", "M1", date(2026, 11, 18), share=0.3)
    database.close()
    app = opened(open_dashboard, silent_database, "Pace")
    said = [str(who).replace("\\", "") for who in app.table[0].value["Who"]]
    assert said == [f"the vendor, told to {ANA.name}", ANA.name]
