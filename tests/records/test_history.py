"""What is read of engagements: what was known by a day, in short and in full."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from engagement.assessment.values import CONTACT_CHANNELS, LIVE_CHANNELS, LOGS, CheckIn, History, Spend
from engagement.records import intake
from engagement.records.database import Author, Database
from engagement.records.history import changed_since, histories, log, portfolio_terms
from tests.conftest import NewDatabase
from tests.records.portfolio import TODAY, Tables, day, engagement, everything, milestone, plan, rows

Load = Callable[[Tables], Database]


@pytest.fixture
def load(database: Database, author: Author) -> Load:
    """Merges tables and gives the database."""

    def run(tables: Tables) -> Database:
        intake.merge(database, author, rows(tables), today=TODAY, origin="own")
        return database

    return run


def read(database: Database, as_of: date, **options: Any) -> dict[str, History]:
    with database.reading() as connection:
        return histories(connection, as_of, **options)


def test_what_lies_after_the_day_is_not_known_yet(load: Load) -> None:
    found = read(load(everything()), day("10-21"), complete=LOGS)
    crm = found["crm"]
    first, second = crm.milestones[:2]
    assert [delivery.outcome for delivery in first.deliveries] == [None]
    assert first.deliveries[0].decided_on is None
    assert second.cancelled_on is None
    assert crm.check_ins == ()
    assert crm.actions == ()
    assert crm.responses == ()
    assert crm.metrics[0].readings == ()
    assert found["old"].closed_on is None
    assert [limit.limit for limit in crm.limits] == ["overdue-critical"]


def test_an_action_closed_later_is_still_open_and_a_check_in_read_later_still_unread(load: Load) -> None:
    database = load(everything())
    for complete in (LOGS, frozenset[Any]()):
        crm = read(database, day("11-01"), complete=complete)["crm"]
        assert crm.check_ins[0].acknowledged_on is None
        assert crm.actions[0].closed_on is None
    assert read(database, day("11-02"))["crm"].check_ins[0].acknowledged_on == day("11-02")
    assert read(database, day("11-06"))["crm"].actions[0].closed_on == day("11-06")


def test_histories_come_by_key_and_only_those_that_are_asked_for(load: Load) -> None:
    database = load(plan(engagements=[engagement(key) for key in ("crm", "b", "B", "a")]))
    assert list(read(database, TODAY)) == ["B", "a", "b", "crm"]
    assert list(read(database, TODAY, keys=["b", "nobody", "a"])) == ["a", "b"]
    assert read(database, TODAY, keys=[]) == {}


def test_one_engagement_reads_the_same_alone_and_among_others(load: Load) -> None:
    database = load(everything())
    for complete in (LOGS, frozenset[Any](), {"spend"}, {"check_ins", "actions"}):
        whole = read(database, TODAY, complete=complete)
        assert {key: read(database, TODAY, keys=[key], complete=complete)[key] for key in whole} == whole


def test_short_spend_is_a_sum_for_deposits_and_one_for_the_rest(load: Load) -> None:
    def paid(spent_on: date, amount: str, *, deposit: bool = False) -> dict[str, Any]:
        return {"engagement": "crm", "spent_on": spent_on, "amount": Decimal(amount), "deposit": deposit, "hours": 1}

    spend = [paid(day("06-05"), "100.10"), paid(day("09-18"), "0.000001"), paid(day("07-01"), "7", deposit=True)]
    database = load(plan(spend=[*spend, paid(day("09-19"), "50"), paid(day("11-21"), "999")]))
    assert read(database, TODAY)["crm"].spend == (
        Spend(day("07-01"), Decimal("7.00"), Decimal("1.00"), deposit=True),
        Spend(day("09-18"), Decimal("100.100001"), Decimal("2.00")),
        Spend(day("09-19"), Decimal("50.00"), Decimal("1.00")),
    )
    assert len(read(database, TODAY, complete={"spend"})["crm"].spend) == 4


def test_settled_promises_are_those_of_the_vendor_that_a_short_log_leaves_out(load: Load) -> None:
    def done(title: str, due: str, closed: str, side: str = "vendor", kind: str = "action") -> dict[str, Any]:
        return {
            "engagement": "crm", "kind": kind, "title": title, "side": side, "raised_on": day("06-01"),
            "due_on": day(due), "closed_on": day(closed),
        }  # fmt: skip

    actions = [
        done("kept", "07-01", "07-01"),
        done("broken", "07-01", "07-02"),
        done("due later", "12-01", "07-02"),
        done("ours", "07-01", "07-01", "us"),
        done("asked", "07-01", "07-01", kind="question"),
        done("just before", "09-18", "09-18"),
        done("just after", "09-18", "09-19"),
    ]
    crm = read(load(plan(actions=actions)), TODAY)["crm"]
    assert crm.settled_promises == (2, 3)
    assert [action.title for action in crm.actions] == ["just after"]
    assert (crm.partial, crm.read_from) == (LOGS, day("09-18"))


def test_the_logs_of_a_closed_engagement_are_read_for_its_last_day(load: Load) -> None:
    # closed on 20 June: complete after 18 April, and what happened before the closing is no sum
    spend = [
        {"engagement": "crm", "spent_on": day(on), "amount": Decimal(amount), "deposit": False}
        for on, amount in (("04-17", "1"), ("04-18", "2"), ("04-19", "4"), ("06-19", "8"))
    ]
    closed = engagement(starts_on=day("03-01"), status="closed", closed_on=day("06-20"))
    promise = {"engagement": "crm", "kind": "action", "side": "vendor", "raised_on": day("04-01")}
    actions = [
        {**promise, "title": "kept", "due_on": day("04-10"), "closed_on": day("04-10")},
        {**promise, "title": "due after the closing", "due_on": day("07-01"), "closed_on": day("04-10")},
    ]
    crm = read(load(plan(engagements=[closed], spend=spend, actions=actions)), TODAY)["crm"]
    assert crm.read_from == day("04-18")
    assert [(row.spent_on, row.amount) for row in crm.spend] == [
        (day("04-18"), Decimal(3)),
        (day("04-19"), Decimal(4)),
        (day("06-19"), Decimal(8)),
    ]
    assert crm.settled_promises == (1, 1)


def test_a_history_read_in_full_says_so(load: Load) -> None:
    crm = read(load(everything()), TODAY, complete=LOGS)["crm"]
    assert (crm.partial, crm.read_from, crm.settled_promises) == (frozenset(), None, (0, 0))


def test_terms_of_the_portfolio_say_whether_one_is_alone(load: Load, database: Database) -> None:
    load(plan(people=[{"email": "ana@example.org"}]))
    with database.reading() as connection:
        assert portfolio_terms(connection, TODAY).alone
    load(everything())
    with database.reading() as connection:
        assert not portfolio_terms(connection, TODAY).alone
        assert [limit.limit for limit in portfolio_terms(connection, TODAY).limits] == ["grace"]
        assert portfolio_terms(connection, day("10-01")).limits == ()


def test_the_log_is_newest_first_with_its_prose_and_without_the_future(load: Load) -> None:
    database = load(everything())
    with database.reading() as connection:
        entries = log(connection, "crm", day("11-01"))
        assert [entry.held_on for entry in entries] == [day("10-30"), day("10-28")]
        assert (entries[1].notes, entries[1].acknowledged_by) == ("Second load is ready on 10 Nov.", None)
        assert log(connection, "crm", TODAY)[1].acknowledged_by == "ana@example.org"
        assert log(connection, "nobody", TODAY) == []


def test_a_data_version_of_another_database_has_everything_read_again(load: Load) -> None:
    with load(plan()).reading() as connection:
        assert changed_since(connection, 7) == (1, None)


# --- Short against full -----------------------------------------------------------------------------------------------


def shortened(full: History, as_of: date) -> History:
    """The short history that follows from a full one, as `History` describes it, worked out the slow way."""
    read_for = full.closed_on or as_of
    start = read_for - timedelta(days=63)
    before = [one for one in full.check_ins if one.held_on <= start]
    ours = [one for one in before if one.side == "us"]
    kept: list[CheckIn] = before[-3:]
    for wanted in (
        [one for one in ours if one.channel in CONTACT_CHANNELS],
        [one for one in ours if one.channel in LIVE_CHANNELS],
        [one for one in ours if one.declared_status],
        [one for one in before if one.feedback_given],
        [one for one in before if one.feedback_received],
    ):
        kept += wanted[-1:]
    kept += [one for one in before if not one.imported and one.acknowledged_on is None][:1]
    identities = {id(one) for one in kept}
    noted = {id(one) for one in full.check_ins[-3:]}
    check_ins = tuple(
        one if id(one) in noted else one._replace(notes=None)
        for one in full.check_ins
        if one.held_on > start or id(one) in identities
    )
    milestones = []
    for one in full.milestones:
        shares = [report for report in one.reports if report.reported_on <= start and report.share is not None]
        dates = [report for report in one.reports if report.reported_on <= start and report.forecast_on is not None]
        words = {id(report) for report in (*shares[-1:], *dates[-1:])}
        reports = tuple(report for report in one.reports if report.reported_on > start or id(report) in words)
        milestones.append(one._replace(reports=reports))
    settled = [one for one in full.actions if one.closed_on is not None and one.closed_on <= start]
    due = [
        one
        for one in settled
        if one.side == "vendor" and one.kind != "question" and one.promised_on and one.promised_on <= read_for
    ]
    held = sum(bool(one.closed_on and one.promised_on and one.closed_on <= one.promised_on) for one in due)
    spent = []
    for deposit in (False, True):
        sums = [one for one in full.spend if one.spent_on <= start and one.deposit == deposit]
        if sums:
            total = sum((one.amount for one in sums), Decimal(0))
            hours = [one.hours for one in sums if one.hours is not None]
            booked = sum(hours, Decimal(0)) if hours else None
            spent.append((sums[-1].spent_on, Spend(sums[-1].spent_on, total, booked, deposit=deposit)))
    return full._replace(
        check_ins=check_ins,
        milestones=tuple(milestones),
        actions=tuple(one for one in full.actions if one.closed_on is None or one.closed_on > start),
        settled_promises=(held, len(due)),
        settled_lately=tuple(
            one
            for one in settled
            if one.side == "vendor" and one.kind != "question" and one.promised_on
            and as_of - timedelta(days=91) < one.promised_on <= as_of
        ),
        spend=(*sorted((one for _, one in spent), key=lambda one: one.spent_on),
               *(one for one in full.spend if one.spent_on > start)),
        partial=LOGS,
        read_from=start,
    )  # fmt: skip


DAYS = st.integers(0, 140).map(lambda number: TODAY - timedelta(days=number))
WORDS = st.sampled_from
KEYS = WORDS(["crm", "books"])


def some(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries({"engagement": KEYS, **columns}), max_size=12)


MILESTONE = WORDS(["M1", "M2"])
TABLES = st.fixed_dictionaries(
    {
        "progress_reports": some(
            milestone=MILESTONE, reported_on=DAYS, percent_complete=st.none() | WORDS([0.0, 50.0, 100.0]),
            forecast_on=st.none() | DAYS, side=WORDS(["us", "vendor"]),
        ),
        "check_ins": some(
            held_on=DAYS, channel=WORDS(["call", "email", "report"]), side=WORDS(["us", "vendor"]),
            by=WORDS(["Ana", "Bo", None]), declared_status=WORDS([None, "on_track"]), acknowledged_on=st.none() | DAYS,
            imported=st.booleans(), notes=WORDS([None, "All is well."]), feedback_given=WORDS([None, "Good."]),
            feedback_received=WORDS([None, "Slow."]),
        ),
        "actions": some(
            kind=WORDS(["action", "issue", "question"]), title=WORDS(["x", "y", "z"]), side=WORDS(["us", "vendor"]),
            raised_on=DAYS, due_on=st.none() | DAYS, closed_on=st.none() | DAYS,
        ),
        "spend": some(
            milestone=st.none() | MILESTONE, spent_on=DAYS, amount=WORDS([Decimal(1), Decimal("0.25")]),
            hours=WORDS([None, Decimal(0), Decimal(4)]),
            deposit=st.booleans(),
        ),
        "deliveries": some(
            milestone=MILESTONE, delivered_on=DAYS, decided_on=st.none() | DAYS, outcome=WORDS(["accepted"])
        ),
        "baselines": some(milestone=MILESTONE, set_on=DAYS, due_on=DAYS),
        "responses": some(rule=WORDS(["silent"]), said_on=DAYS, plan=WORDS(["Ask"])),
        "pauses": some(paused_from=DAYS),
        "limits": some(limit=WORDS(["grace"]), value=WORDS([1.0, 2.0]), set_on=DAYS),
        "plan_changes": some(changed_on=DAYS, milestone=MILESTONE, what=WORDS(["added", "criteria"])),
        "confirmations": some(plan_version=WORDS([1, 2]), confirmed_on=DAYS),
        "accesses": some(what=WORDS(["x", "y"]), given_on=DAYS, revoked_on=st.none() | DAYS),
        "retrospectives": some(written_on=DAYS, went_well=WORDS(["All of it."])),
    }
)  # fmt: skip
UNIQUE = {
    "check_ins": ("engagement", "held_on", "channel", "side", "by"),
    "actions": ("engagement", "title", "raised_on"),
    "deliveries": ("engagement", "milestone", "delivered_on"),
    "plan_changes": ("engagement", "changed_on", "milestone", "what"),
}
DATED = {
    "progress_reports": "reported_on", "check_ins": "held_on", "actions": "raised_on", "spend": "spent_on",
    "deliveries": "delivered_on", "baselines": "set_on", "responses": "said_on", "pauses": "paused_from",
    "limits": "set_on", "confirmations": "confirmed_on", "accesses": "given_on", "retrospectives": "written_on",
    "plan_changes": "changed_on",
}  # fmt: skip
LATER = {
    "actions": ("closed_on",), "check_ins": ("acknowledged_on",), "deliveries": ("decided_on", "outcome"),
    "accesses": ("revoked_on",),
}  # fmt: skip


def portfolio(logs: Tables, closed_on: date | None) -> Tables:
    """Two engagements with random logs, made fit to be recorded; one of them is perhaps closed."""
    for response in logs["responses"]:
        response["until_on"] = response["said_on"] + timedelta(days=7)
    for action in logs["actions"]:
        if action["closed_on"]:
            action["closed_on"] = max(action["closed_on"], action["raised_on"])
    for delivery in logs["deliveries"]:
        if delivery["decided_on"] is None:
            delivery["outcome"] = None
    for access in logs["accesses"]:
        if access["revoked_on"]:
            access["revoked_on"] = max(access["revoked_on"], access["given_on"])
    for file, key in UNIQUE.items():
        logs[file] = list({tuple(row[name] for name in key): row for row in logs[file]}.values())
    logs["pauses"] = apart(logs["pauses"])
    both = ("crm", "books")
    return {
        "engagements": [
            engagement("crm"),
            engagement("books", status="closed" if closed_on else "active", closed_on=closed_on),
        ],
        "milestones": [milestone(name, key) for key in both for name in ("M1", "M2")],
        **logs,
    }


def apart(pauses: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pauses of which none meets another one: that would correct it, and the first day of the one be no more."""
    for pause in pauses:
        pause["paused_from"] -= timedelta(days=pause["paused_from"].toordinal() % 6)
        pause["paused_until"] = pause["paused_from"] + timedelta(days=3)
    return list({(pause["engagement"], pause["paused_from"]): pause for pause in pauses}.values())


def known_by(tables: Tables, as_of: date) -> Tables:
    """The tables without their rows after a day, and without what was added to rows after it."""
    kept = dict(tables)
    for file, column in DATED.items():
        kept[file] = [dict(row) for row in tables[file] if row[column] <= as_of]
        for row in kept[file]:
            first, *others = LATER.get(file, (column,))
            if row[first] is not None and row[first] > as_of:
                row.update(dict.fromkeys((first, *others)))
    return kept


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(logs=TABLES, back=st.integers(0, 70), closed=st.none() | st.integers(70, 140))
def test_short_histories_follow_from_full_ones_and_nothing_after_the_day_is_seen(
    new_database: NewDatabase, author: Author, logs: Tables, back: int, closed: int | None
) -> None:
    as_of = TODAY - timedelta(days=back)
    tables = portfolio(logs, None if closed is None else TODAY - timedelta(days=closed))
    found = []
    database = Database(new_database())
    for given_tables in (tables, known_by(tables, as_of)):
        intake.merge(database, author, rows(given_tables), today=TODAY, origin="sample")
        found.append((read(database, as_of, complete=LOGS), read(database, as_of), read(database, as_of, keys=["crm"])))
        intake.clear_sample(database, author)
    database.close()
    full, short, one = found[0]
    assert found[1] == found[0]
    assert short == {key: shortened(history, as_of) for key, history in full.items()}
    assert one == {"crm": short["crm"]}


# --- Cost -------------------------------------------------------------------------------------------------------------


def test_reading_many_engagements_takes_as_many_statements_as_reading_one(load: Load) -> None:
    def statements(database: Database) -> int:
        with database.reading() as connection:
            sent: list[str] = []
            event.listen(connection, "before_cursor_execute", lambda *told: sent.append(told[2]))
            histories(connection, TODAY)
            return len(sent)

    few = statements(load(plan()))
    many = load({"engagements": [engagement(f"e{number}") for number in range(50)]})
    assert statements(many) == few < 32


LOG_TABLES = ("check_in c", "progress_report p", "action a", "spend s", "delivery d", "baseline b", "reading r")


@pytest.mark.parametrize("keys", [None, ["crm"]])
def test_every_log_is_sought_through_its_index_and_none_is_read_from_end_to_end(
    sqlite_database: Database, author: Author, keys: list[str] | None
) -> None:
    intake.merge(sqlite_database, author, rows(everything()), today=TODAY, origin="own")
    plans: list[str] = []
    with sqlite_database.reading() as connection:
        sent: list[tuple[str, Any]] = []
        event.listen(connection, "before_cursor_execute", lambda *told: sent.append((told[2], told[3])))
        histories(connection, TODAY, keys=keys)
        for statement, values in list(sent):
            explained = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            if any(f" {table} " in f"{statement} " for table in LOG_TABLES):
                scanned = {line.split()[1] for line in explained if line.startswith("SCAN")}
                assert scanned <= {"e", "m", "one", "u"}, statement  # the last two hold a row or two that were sought
            plans += explained
    used = " ".join(plans)
    for index in (
        "check_in_held",
        "check_in_contact",
        "check_in_live",
        "check_in_declared",
        "check_in_given",
        "check_in_taken",
        "check_in_read",
        "action_settled",
        "action_promised",
        "action_closed",
    ):
        assert f"ix_{index} (" in used
    for index in (
        "progress_report_said",
        "progress_report_share",
        "progress_report_forecast",
        "spend_so_far",
        "spend_spent",
    ):
        assert f"ix_{index} (" in used


def test_the_data_version_is_told_without_reading_the_records(load: Load) -> None:
    database = load(plan())
    with database.reading() as connection:
        sent: list[str] = []
        event.listen(connection, "before_cursor_execute", lambda *told: sent.append(told[2]))
        assert connection.scalar(text("SELECT current FROM revision")) == 1
    assert database.revision() == 1
    assert len(sent) == 1
