"""Warnings about vendors, people, pairs and the portfolio, on the pages where each helps."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from engagement.records.check_ins import we_talked
from engagement.records.database import Author, Database
from engagement.records.engagements import add_engagement
from engagement.records.history import histories, portfolio_terms
from tests.pages.conftest import TODAY, OpenDashboard
from tests.pages.test_engagement import on_tab
from tests.pages.test_this_week import answer_who, said

ANA = Author("Ana", datetime(2026, 11, 20, 12, tzinfo=UTC))
NORTHWIND = "Northwind kept three of seven dates that came due in the last 90 days."
PACK = "The last status pack was issued on 18 Sep, 63 days ago."


def told(app: AppTest) -> str:
    """Everything the page says, as it is read."""
    return said(app).replace("\\", "").replace("\u2060", "")


def folds(app: AppTest) -> list[str]:
    """What is folded on the page, by its line."""
    return [expander.label for expander in app.expander]


def test_this_week_says_calmly_whose_dates_broke_who_has_too_much_and_what_reads_alike(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database)
    assert not app.exception
    assert "Across engagements" in [heading.value for heading in app.subheader]
    words = told(app)
    assert f"{NORTHWIND}\n:gray[Since 21 Aug.] **Next:** Review the contract with Northwind." in words
    assert "Maren Solheim" in words
    assert PACK in words
    assert "Three more" in folds(app)
    assert "Two engagements read alike: the same task twice?" in folds(app)


def test_three_that_read_alike_are_one_line_and_not_a_line_for_every_two(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    database = Database(sample_database)
    terms = {"category": "translation", "scope": "180 articles of the help centre into Portuguese.", "currency": "EUR"}
    name, starts_on = "Help centre articles, Portuguese", date(2026, 11, 16)
    add_engagement(database, ANA, "third", name=name, vendor="Fabrikam", starts_on=starts_on, **terms)
    database.close()
    app = open_dashboard(sample_database)
    assert not app.exception
    assert "Three engagements read alike: the same task twice?" in folds(app)
    words = told(app)
    assert f'and "{name}" (Fabrikam) read alike. :gray[The first of them since ' in words
    assert "are both translation and read alike" not in words
    assert not [button for button in app.button if (button.key or "").startswith("deliberate_from_pair_")]


def test_nothing_of_it_bears_the_mark_of_a_status(open_dashboard: OpenDashboard, sample_database: str) -> None:
    app = open_dashboard(sample_database)
    (line,) = [str(each.value) for each in app.markdown if "Northwind kept" in str(each.value)]
    assert line.startswith(":gray[:material/storefront:] ")


MAREN = "Of what Maren Solheim looks after"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({}, {NORTHWIND, MAREN, PACK}),
        ({"vendor": "Northwind"}, {NORTHWIND}),
        ({"vendor": "Wren & Hollis"}, {MAREN}),  # she looks after its contract templates
        ({"person": "Maren Solheim"}, {MAREN}),
        ({"person": "Ana Brandt"}, {NORTHWIND}),
        ({"as_of": "2026-08-20"}, {MAREN}),  # Northwind's run began on the 21st, and the pack was young
    ],
)
def test_each_filter_leaves_what_concerns_it(
    open_dashboard: OpenDashboard, sample_database: str, address: dict[str, str], expected: set[str]
) -> None:
    words = told(open_dashboard(sample_database, **address))
    assert {one for one in (NORTHWIND, MAREN, PACK) if one in words} == expected


def test_a_pair_is_said_to_be_on_purpose_where_it_is_shown(open_dashboard: OpenDashboard, sample_database: str) -> None:
    app = open_dashboard(sample_database)
    app.button(key="deliberate_from_pair_help-centre-articles_help-centre-translation").click().run()
    reason = next(field for field in app.text_area if (field.key or "").endswith("_reason"))
    reason.set_value("Two languages").run()
    app.button(key="form_save").click().run()
    answer_who(app, "Ana Brandt")
    assert not app.exception
    assert "Two engagements read alike: the same task twice?" not in folds(app)
    with Database(sample_database).reading() as connection:
        pair = frozenset({"help-centre-articles", "help-centre-translation"})
        assert pair in portfolio_terms(connection, TODAY).deliberate


def test_the_engagement_page_says_it_of_its_vendor_whatever_the_filters_are(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database, "engagement", engagement="crm-migration", vendor="Wren & Hollis")
    assert NORTHWIND in told(app)
    other = open_dashboard(sample_database, "engagement", engagement="help-centre-articles")
    assert '"Help centre in Portuguese" of Lantern Lingua reads like this one. :gray[Since 30 Oct.]' in told(other)
    assert "kept" not in told(other)


def test_status_tells_executives_by_vendor_and_takes_the_word_that_a_pack_was_issued(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database, "status")
    assert "Vendors and their dates" in [heading.value for heading in app.subheader]
    assert NORTHWIND in told(app)
    assert "looks after" not in told(app)
    assert PACK in told(app)
    app.button(key="pack_issued").click().run()
    answer_who(app, "Ana Brandt")
    assert PACK not in told(app)
    with Database(sample_database).reading() as connection:
        assert portfolio_terms(connection, TODAY).reports[-1] == TODAY


def test_a_list_of_one_vendor_or_person_says_what_holds_of_it(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    assert NORTHWIND in told(open_dashboard(sample_database, "engagements", vendor="Northwind"))
    assert "looks after" in told(open_dashboard(sample_database, "engagements", person="Maren Solheim"))
    assert NORTHWIND not in told(open_dashboard(sample_database, "engagements"))


def test_where_nothing_goes_beyond_one_engagement_there_is_no_section(
    open_dashboard: OpenDashboard, silent_database: str
) -> None:
    app = open_dashboard(silent_database)
    assert "Across engagements" not in [heading.value for heading in app.subheader]
    assert "Vendors and their dates" not in [
        heading.value for heading in open_dashboard(silent_database, "status").subheader
    ]


@pytest.mark.parametrize("page", [None, "status", "engagements", "methods"])
def test_that_the_monitor_stands_still_is_said_on_every_page(
    open_dashboard: OpenDashboard, silent_database: str, page: str | None
) -> None:
    assert not open_dashboard(silent_database, page).error
    run = "INSERT INTO job_run (job, started_at, finished_at, good) VALUES ('monitor', :at, :at, true)"
    with Database(silent_database).writing(ANA) as transaction:
        transaction.connection.execute(text(run), {"at": "2026-11-19 09:00:00.000000"})
    (error,) = [str(each.value).replace("\\", "") for each in open_dashboard(silent_database, page).error]
    assert error == "The last good run of the monitor was 27 hours ago. Run the monitor."


def test_a_page_drawn_again_reads_no_logs_for_it_and_after_a_write_only_what_was_written(
    open_dashboard: OpenDashboard, sample_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[list[str]] = []

    def noting(connection: Any, as_of: date, **how: Any) -> Any:
        read.append(sorted(how["keys"]))
        return histories(connection, as_of, **how)

    monkeypatch.setattr("engagement.beyond.histories", noting)
    app = open_dashboard(sample_database)
    app.run()
    assert len(read) == 1
    we_talked(Database(sample_database), ANA, "crm-migration", TODAY)
    app.run()
    assert read[1:] == [["crm-migration"]]


def test_what_is_left_to_do_on_closed_work_is_one_folded_line_with_its_forms(
    open_dashboard: OpenDashboard, sample_database: str
) -> None:
    app = open_dashboard(sample_database)
    assert "Left to do on one closed engagement" in folds(app)
    app.button(key="retrospective_from_left_phone-system_no-retrospective").click().run()
    field = next(each for each in app.text_area if (each.key or "").endswith("_went_well"))
    field.set_value("The port of the numbers").run()
    app.button(key="form_save").click().run()
    answer_who(app, "Ana Brandt")
    assert not app.exception
    assert "no-retrospective" not in "".join(str(button.key) for button in app.button)


@pytest.mark.parametrize("button", ["give_from_vendor", "in_hand_crm", "report_crm", "limits_engagement"])
def test_a_form_that_stands_open_is_put_away_where_another_page_is_gone_to(
    open_dashboard: OpenDashboard, silent_database: str, button: str
) -> None:
    app = on_tab(open_dashboard(silent_database, "engagement", engagement="crm"), "Vendor")
    app.button(key=button).click().run()
    assert is_open(app)
    app.query_params.clear()
    app.switch_page("engagement/pages/this_week.py").run()
    assert not is_open(app)


def is_open(app: AppTest) -> bool:
    """Whether the page holds back what others write, for a dialog to be kept."""
    keys = ("form", "in_hand", "report", "limit", "who")
    return any(f"dialog_{key}" in app.session_state and app.session_state[f"dialog_{key}"] for key in keys)
