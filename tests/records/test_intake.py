"""Merging a whole portfolio, and giving it back."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engagement.errors import Problem, Refused
from engagement.records import intake
from engagement.records.audit import AuditEntry, audit
from engagement.records.check_ins import we_talked
from engagement.records.database import Author, Database
from engagement.records.history import changed_since, histories
from engagement.records.intake import Count, Outcome
from engagement.records.series import nearest_due
from tests.conftest import NewDatabase
from tests.records.portfolio import TODAY, Tables, day, engagement, everything, milestone, plan, rows

Merge = Callable[..., Outcome]


@pytest.fixture
def merge(database: Database, author: Author) -> Merge:
    """Merges tables as one's own, today."""

    def run(tables: Tables, **options: Any) -> Outcome:
        given: dict[str, Any] = {"today": TODAY, "origin": "own"} | options
        return intake.merge(database, author, rows(tables), **given)

    return run


def recorded(database: Database) -> dict[str, list[dict[str, Any]]]:
    with database.reading() as connection:
        return intake.tables(connection)


def problems(merge: Merge, tables: Tables) -> list[tuple[str | None, int | None, str | None]]:
    """Where the problems of a merge stand."""
    with pytest.raises(Refused) as caught:
        merge(tables)
    return [(problem.file, problem.row, problem.column) for problem in caught.value.problems]


def written(database: Database) -> list[AuditEntry]:
    with database.reading() as connection:
        return list(audit(connection))


# --- There and back ---------------------------------------------------------------------------------------------------


def test_everything_comes_back_as_it_was_given(database: Database, merge: Merge) -> None:
    merge(everything())
    found = recorded(database)
    given = everything()
    for row in given["engagements"]:
        row.setdefault("status", "active")
        row.setdefault("contract", "fixed")
    assert {file: said(listed) for file, listed in found.items()} == {
        file: said(listed) for file, listed in given.items()
    }


def said(listed: list[dict[str, Any]]) -> list[list[tuple[str, Any]]]:
    """What rows say, whatever their order and that of their columns."""
    return sorted(sorted((name, value) for name, value in row.items() if value is not None) for row in listed)


def test_an_export_merged_into_an_empty_database_gives_the_same_export_and_histories(
    database: Database, merge: Merge, new_database: NewDatabase, author: Author
) -> None:
    merge(everything())
    copy = Database(new_database())
    intake.merge(copy, author, recorded(database), today=TODAY + timedelta(days=9), origin="own")
    assert recorded(copy) == recorded(database)
    with copy.reading() as one, database.reading() as other:
        assert histories(one, TODAY) == histories(other, TODAY)
    copy.close()


@pytest.mark.parametrize("again", [everything, None])
def test_the_same_merge_twice_changes_nothing(
    database: Database, merge: Merge, again: Callable[[], Tables] | None
) -> None:
    merge(everything())
    before = recorded(database)
    outcome = merge(again() if again else before, today=TODAY + timedelta(days=30))
    assert {count[:2] for count in outcome.counts.values()} == {(0, 0)}
    assert sum(count.same for count in outcome.counts.values()) == sum(map(len, everything().values()))
    assert recorded(database) == before
    assert database.revision() == 1
    assert len(written(database)) == 1


def test_a_dry_run_tells_the_same_and_writes_nothing(database: Database, merge: Merge) -> None:
    told = merge(everything(), dry_run=True)
    assert database.revision() == 0
    assert recorded(database)["engagements"] == []
    assert merge(everything()) == told
    assert told.counts["check_ins"] == Count(new=2, changed=0, same=0)


def test_progress_ends_with_all_rows(merge: Merge) -> None:
    told: list[tuple[int, int]] = []
    merge(everything(), progress=lambda done, total: told.append((done, total)))
    total = sum(map(len, everything().values()))
    assert told[-1] == (total, total)
    assert told == sorted(told)


# --- Corrections and counts -------------------------------------------------------------------------------------------


def test_two_equal_payments_stay_two_and_a_third_is_new(database: Database, merge: Merge) -> None:
    payment = {"engagement": "crm", "spent_on": day("10-05"), "amount": Decimal(100)}
    merge(plan(spend=[payment, payment]))
    assert merge(plan(spend=[payment, payment])).counts["spend"] == (0, 0, 2)
    assert merge(plan(spend=[payment])).counts["spend"] == (0, 0, 1)
    assert merge(plan(spend=[payment] * 3)).counts["spend"] == (1, 0, 2)
    assert len(recorded(database)["spend"]) == 3


def test_a_corrected_check_in_replaces_what_readers_see_and_keeps_its_place(database: Database, merge: Merge) -> None:
    def talked(by: str, notes: str) -> dict[str, Any]:
        talk = {"engagement": "crm", "held_on": day("10-28"), "channel": "call", "side": "us"}
        return talk | {"by": by, "notes": notes}

    merge(plan(check_ins=[talked("Ana", "first"), talked("Bo", "second")]))
    outcome = merge(plan(check_ins=[talked("Ana", "first, mended"), talked("Bo", "second")]))
    assert outcome.counts["check_ins"] == (0, 1, 1)
    assert [row["notes"] for row in recorded(database)["check_ins"]] == ["first, mended", "second"]
    change = written(database)[1]
    assert (change.before, change.after) == ({"notes": "first"}, {"notes": "first, mended"})
    assert (change.by, change.engagement) == ("Ana Example", "crm")


def test_a_check_in_of_a_file_is_imported_unless_the_file_says_no(database: Database, merge: Merge) -> None:
    def talks(**said: Any) -> Tables:
        talk = {"engagement": "crm", "channel": "call", "side": "us", **said}
        return plan(check_ins=[{**talk, "held_on": day("10-28")}])

    def imported() -> list[bool]:
        return [row["imported"] for row in recorded(database)["check_ins"]]

    assert merge(talks()).counts["check_ins"] == (1, 0, 0)
    assert imported() == [True]
    assert merge(talks(imported=False)).counts["check_ins"] == (0, 1, 0)
    assert imported() == [False]
    assert merge(talks()).counts["check_ins"] == (0, 0, 1)
    assert merge(talks(notes="Load.")).counts["check_ins"] == (0, 1, 0)
    assert imported() == [False]


def test_what_was_logged_here_is_still_so_after_an_export_and_an_import(
    database: Database, merge: Merge, new_database: NewDatabase, author: Author
) -> None:
    merge(plan())
    we_talked(database, author, "crm", TODAY)
    copy = Database(new_database())
    intake.merge(copy, author, recorded(database), today=TODAY + timedelta(days=9), origin="own")
    [talk] = recorded(copy)["check_ins"]
    assert (talk["imported"], talk["recorded_on"]) == (False, TODAY)
    copy.close()


def test_a_new_row_named_before_a_known_one_of_the_same_day_counts_before_it(database: Database, merge: Merge) -> None:
    def claimed(percent: float) -> dict[str, Any]:
        return {"engagement": "crm", "milestone": "M1", "reported_on": day("10-02"), "percent_complete": percent}

    merge(plan(progress_reports=[claimed(50)]))
    merge(plan(progress_reports=[claimed(40), claimed(50)]))
    assert [row["percent_complete"] for row in recorded(database)["progress_reports"]] == [40, 50]
    assert merge(plan(progress_reports=[claimed(40), claimed(50)])).counts["progress_reports"] == (0, 0, 2)


def test_a_decision_on_a_delivery_is_a_correction_of_it(database: Database, merge: Merge) -> None:
    handed = {"engagement": "crm", "milestone": "M1", "delivered_on": day("10-20")}
    merge(plan(deliveries=[handed]))
    decided = handed | {"decided_on": day("10-22"), "outcome": "accepted"}
    assert merge(plan(deliveries=[decided])).counts["deliveries"] == (0, 1, 0)
    [row] = recorded(database)["deliveries"]
    assert (row["decided_on"], row["outcome"]) == (day("10-22"), "accepted")


def test_a_moved_action_keeps_its_first_promise(database: Database, merge: Merge) -> None:
    task = {"engagement": "crm", "kind": "action", "title": "Send data", "raised_on": day("10-01")}
    merge(plan(actions=[task | {"due_on": day("10-10")}]))
    merge(plan(actions=[task | {"due_on": day("10-20")}]))
    [row] = recorded(database)["actions"]
    assert (row["due_on"], row["promised_on"]) == (day("10-20"), day("10-10"))


def test_an_email_in_capitals_is_the_same_person(database: Database, merge: Merge) -> None:
    merge(plan(people=[{"email": "Ana@Example.org", "name": "Ana"}]))
    assert merge(plan(people=[{"email": "ana@example.org", "name": "Ana"}])).counts["people"] == (0, 0, 1)


# --- Terms ------------------------------------------------------------------------------------------------------------


def test_changed_terms_hold_from_the_day_they_were_changed(database: Database, merge: Merge) -> None:
    merge({"engagements": [engagement(cadence_days=7)]})
    outcome = merge({"engagements": [engagement(cadence_days=14, budget=Decimal(500))]})
    assert outcome.counts["engagements"] == (0, 1, 0)
    with database.reading() as connection:
        before = histories(connection, TODAY - timedelta(days=1))["crm"].terms
        after = histories(connection, TODAY)["crm"].terms
    assert [(terms.from_on, terms.cadence_days) for terms in before] == [(None, 7)]
    assert [(terms.from_on, terms.cadence_days, terms.budget) for terms in after] == [
        (None, 7, None), (TODAY, 14, Decimal("500.00")),
    ]  # fmt: skip
    assert written(database)[1].before == {"cadence_days": 7, "budget": None}


def test_terms_changed_twice_on_one_day_are_the_later_ones_and_changed_back_are_none(
    database: Database, merge: Merge
) -> None:
    merge({"engagements": [engagement(cadence_days=7)]})
    merge({"engagements": [engagement(cadence_days=14)]})
    merge({"engagements": [engagement(cadence_days=21)]})
    with database.reading() as connection:
        assert [terms.cadence_days for terms in histories(connection, TODAY)["crm"].terms] == [7, 21]
    merge({"engagements": [engagement(cadence_days=7)]})
    with database.reading() as connection:
        assert [terms.cadence_days for terms in histories(connection, TODAY)["crm"].terms] == [7]


def test_a_change_without_a_first_value_says_what_was_not_known_before(database: Database, merge: Merge) -> None:
    change = {"engagement": "crm", "column": "budget", "set_on": day("07-01"), "value": "500"}
    merge({"engagements": [engagement(budget=Decimal(500))], "changes": [change]})
    with database.reading() as connection:
        terms = histories(connection, TODAY)["crm"].terms
    assert [(one.from_on, one.budget) for one in terms] == [(None, None), (day("07-01"), Decimal("500.00"))]


def test_a_different_vendor_is_a_change_of_terms(database: Database, merge: Merge) -> None:
    merge({"engagements": [engagement()]})
    merge({"engagements": [engagement(vendor="Abacus")]})
    with database.reading() as connection:
        assert [one.vendor for one in histories(connection, TODAY)["crm"].terms] == ["Northwind", "Abacus"]
    assert recorded(database)["changes"] == [
        {"engagement": "crm", "column": "vendor", "set_on": None, "value": "Northwind"},
        {"engagement": "crm", "column": "vendor", "set_on": TODAY, "value": "Abacus"},
    ]


def test_an_emptied_pause_stays_and_a_longer_one_replaces_the_one_it_overlaps(database: Database, merge: Merge) -> None:
    merge({"engagements": [engagement(paused_from=day("08-03"), paused_until=day("08-17"))]})
    merge({"engagements": [engagement()]})
    outcome = merge({"engagements": [engagement(paused_from=day("08-03"), paused_until=day("08-24"))]})
    assert outcome.counts["engagements"] == (0, 1, 0)
    merge({"engagements": [engagement(paused_from=day("10-01"), paused_until=day("10-05"))]})
    with database.reading() as connection:
        pauses = histories(connection, TODAY)["crm"].pauses
    assert pauses == ((day("08-03"), day("08-24")), (day("10-01"), day("10-05")))


# --- Milestones -------------------------------------------------------------------------------------------------------


def test_a_first_due_date_that_changes_is_refused_and_belongs_into_baselines(database: Database, merge: Merge) -> None:
    merge(plan())
    with pytest.raises(Refused) as caught:
        merge(plan(milestones=[milestone(due_on=day("10-15"))]))
    assert caught.value.problems == (
        Problem(
            "2026-10-15 is not the first promise, which was 2026-09-30 and does not change.",
            "Write the first date here, and the new one as a row of baselines.",
            "milestones", 2, "due_on",
        ),
    )  # fmt: skip
    assert merge(plan(milestones=[milestone(due_on=None)])).counts["milestones"] == (0, 0, 1)
    assert recorded(database)["milestones"][0]["due_on"] == day("09-30")


def test_a_first_due_date_may_be_added_unless_a_baseline_was_the_first_promise(merge: Merge) -> None:
    merge(plan(milestones=[milestone(due_on=None)]))
    assert merge(plan()).counts["milestones"] == (0, 1, 0)
    moved = {"engagement": "crm", "milestone": "M2", "set_on": day("06-02"), "due_on": day("10-01")}
    merge(plan(milestones=[milestone("M2", due_on=None)], baselines=[moved]))
    assert problems(merge, plan(milestones=[milestone("M2", due_on=day("09-01"))])) == [("milestones", 2, "due_on")]


def test_an_occurrence_of_a_series_is_recorded_with_the_first_thing_that_happens_to_it(
    database: Database, merge: Merge
) -> None:
    tables = everything()
    tables["deliveries"].append({"engagement": "books", "milestone": "close:2026-11-10", "delivered_on": day("11-09")})
    assert merge(tables).counts["milestones"].new == 5
    row = recorded(database)["milestones"][-1]
    assert (row["milestone"], row["series"], row["due_on"]) == ("close:2026-11-10", "close", day("11-10"))
    assert (row["name"], row["value"]) == ("Month-end close", Decimal("200.00"))


def test_an_occurrence_says_its_series_and_day_in_its_key(merge: Merge) -> None:
    tables = everything()
    tables["milestones"][-1]["milestone"] = "close-october"
    tables["milestones"].append(milestone("tax:2026-10-10", "books", series="tax"))
    assert problems(merge, tables) == [("milestones", 5, "milestone"), ("milestones", 6, "series")]


def test_a_day_on_which_a_series_is_not_due_is_no_occurrence_of_it(database: Database, merge: Merge) -> None:
    tables = everything()
    tables["deliveries"] += [
        {"engagement": "books", "milestone": f"close:{due}", "delivered_on": day("11-09")}
        for due in ("2026-02-11", "2026-11-30", "2026-W46-2", "0001-01-10")
    ]
    with pytest.raises(Refused) as refused:
        merge(tables)
    assert [(problem.what, problem.remedy) for problem in refused.value.problems] == [
        ('"close" is not due on the day in "close:2026-02-11".', 'Did you mean "close:2026-02-10"?'),
        ('"close" is not due on the day in "close:2026-11-30".', 'Did you mean "close:2026-12-10"?'),
        (
            '"books" has no milestone "close:2026-W46-2".',
            'Did you mean "close:2026-10-10"? Add it to milestones, or correct the key.',
        ),
        (
            '"books" has no milestone "close:0001-01-10".',
            'Did you mean "close:2026-10-10"? Add it to milestones, or correct the key.',
        ),
    ]
    merge(everything())
    assert problems(merge, {"deliveries": tables["deliveries"][-4:-3]}) == [("deliveries", 2, "milestone")]


def test_an_occurrence_that_has_a_row_of_its_own_is_taken_with_a_note_when_the_series_has_moved(merge: Merge) -> None:
    tables = everything()
    tables["series"][0]["due_day"] = 15
    assert [(note.file, note.column, note.remedy) for note in merge(tables).notes if note.file == "milestones"] == [
        ("milestones", "milestone", 'Did you mean "close:2026-10-15"?')
    ]


def test_a_day_that_is_later_than_any_period_ends_is_refused(merge: Merge) -> None:
    tables = everything()
    for every, due_day in (("week", 8), ("month", 32)):
        tables["series"][0] |= {"every": every, "due_day": due_day}
        assert problems(merge, tables) == [("series", 2, "due_day")]


@pytest.mark.parametrize(
    ("every", "due_day", "day", "due"),
    [
        ("week", 1, date(2026, 11, 20), date(2026, 11, 23)),
        ("week", 7, date(2026, 11, 22), date(2026, 11, 22)),
        ("month", 31, date(2026, 2, 28), date(2026, 2, 28)),
        ("month", 31, date(2026, 12, 2), date(2026, 11, 30)),
        ("quarter", 92, date(2026, 3, 31), date(2026, 3, 31)),
        ("quarter", 40, date(2026, 12, 31), date(2027, 2, 9)),
        ("quarter", 5, date(2026, 12, 31), date(2027, 1, 5)),
    ],
)
def test_the_nearest_due_date_is_held_to_the_end_of_its_period(every: str, due_day: int, day: date, due: date) -> None:
    assert nearest_due(every, due_day, day) == due


# --- What is refused --------------------------------------------------------------------------------------------------


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(database: Database, merge: Merge) -> None:
    tables: Tables = {
        "vendors": [{"vendor": "Abacus"}],
        "engagements": [
            engagement(),
            engagement("shut", vendor="Abacus", status="closed"),
            engagement("rest", vendor="Abacus", status="paused", paused_from=day("08-01")),
            engagement("shut", vendor="Abacus"),
        ],
        "milestones": [milestone(), milestone(of="shop"), milestone("M2", weight=-1.0)],
        "progress_reports": [
            {"engagement": "crm", "milestone": "M9", "reported_on": day("10-01"), "percent_complete": 120.0}
        ],
        "check_ins": [{"engagement": "crm", "held_on": day("10-01"), "channel": "fax", "side": "us"}],
        "spend": [{"engagement": "crm", "spent_on": day("10-01"), "amount": Decimal(-5), "milestone": "M8"}],
        "responses": [
            {"engagement": "crm", "rule": "overdue", "said_on": day("10-01"), "plan": "x", "until_on": day("11-01")}
        ],
        "limits": [
            {"limit": "grase", "value": 3.0, "set_on": day("10-01")},
            {"limit": "grace", "value": 300.0, "set_on": day("10-01")},
            {"limit": "grace", "value": 2.5, "set_on": day("10-01")},
        ],
        "readings": [{"engagement": "crm", "metric": "speed", "read_on": day("10-01"), "value": 1.0}],
        "changes": [
            {"engagement": "crm", "column": "colour", "value": "red"},
            {"engagement": "crm", "column": "cadence_days", "value": "often"},
            {"engagement": "shop", "column": "name", "value": "Shop"},
        ],
        "notes": [{"engagement": "crm"}],
    }
    assert set(problems(merge, tables)) == {
        ("notes", None, None),
        ("engagements", 2, "vendor"),
        ("engagements", 3, "closed_on"),
        ("engagements", 4, "paused_until"),
        ("engagements", 5, "engagement"),
        ("milestones", 3, "engagement"),
        ("milestones", 4, "weight"),
        ("progress_reports", 2, "milestone"),
        ("progress_reports", 2, "percent_complete"),
        ("check_ins", 2, "channel"),
        ("spend", 2, "amount"),
        ("spend", 2, "milestone"),
        ("responses", 2, "until_on"),
        ("limits", 2, "limit"),
        ("limits", 3, "value"),
        ("limits", 4, "value"),
        ("readings", 2, "metric"),
        ("changes", 2, "column"),
        ("changes", 3, "value"),
        ("changes", 4, "engagement"),
    }
    assert database.revision() == 0
    assert recorded(database)["engagements"] == []


def test_a_vendor_is_taken_from_the_engagement_where_there_is_no_vendors_file(database: Database, merge: Merge) -> None:
    assert merge(plan()).counts["vendors"] == (1, 0, 0)
    assert recorded(database)["vendors"][0]["vendor"] == "Northwind"
    assert problems(merge, {"vendors": [{"vendor": "Abacus"}], "engagements": [engagement(vendor="Other")]}) == [
        ("engagements", 2, "vendor")
    ]
    assert merge({"vendors": [{"vendor": "Abacus"}], "engagements": [engagement()]}).counts["engagements"] == (0, 0, 1)


def test_a_row_that_refers_to_a_bad_one_is_not_a_second_problem(merge: Merge) -> None:
    assert problems(merge, plan(engagements=[engagement(currency=None)])) == [("engagements", 2, "currency")]


def test_keys_that_stand_twice_are_refused(merge: Merge) -> None:
    assert problems(merge, plan(milestones=[milestone(), milestone()])) == [("milestones", 3, "milestone")]


def test_a_bad_row_late_in_a_merge_undoes_the_good_ones_before_it(database: Database, merge: Merge) -> None:
    merge(plan())
    before = recorded(database)
    tables = plan(engagements=[engagement(), engagement("new")])
    assert problems(merge, tables | {"duplicates": [{"engagement": "crm", "other": "nobody"}]}) == [
        ("duplicates", 2, "other")
    ]
    assert recorded(database) == before
    assert database.revision() == 1


# --- What is odd ------------------------------------------------------------------------------------------------------


def test_what_is_odd_is_taken_with_one_note_each(database: Database, merge: Merge) -> None:
    talk = {"engagement": "crm", "channel": "call", "side": "us", "by": "Cy"}
    tables: Tables = {
        "people": [{"email": "ana@example.org", "name": "Ana Example"}],
        "engagements": [
            engagement(owner="ANA@example.org", lead="Bo", deputy="ana example", ends_on=day("10-01")),
            engagement("idea", status="draft", lead="Bo"),
        ],
        "milestones": [milestone(), milestone(of="idea")],
        "baselines": [{"engagement": "crm", "milestone": "M1", "set_on": day("10-02"), "due_on": day("09-01")}],
        "check_ins": [
            talk | {"held_on": day("05-30")},
            talk | {"held_on": day("10-02")},
            talk | {"held_on": day("11-02")},
            {**talk, "engagement": "idea", "held_on": day("06-02")},
        ],
    }
    assert [(note.file, note.row, note.what) for note in merge(tables).notes] == [
        ("engagements", 2, '"Bo" is not in people.'),
        ("check_ins", 2, '"Cy" is not in people.'),
        ("baselines", 2, "2026-09-01 lies before the day on which the new date was agreed, 2026-10-02."),
        ("check_ins", 2, '1 check-in before the start of "crm".'),
        ("check_ins", 3, '2 check-ins after the end of "crm".'),
        ("check_ins", 5, '"idea" is a draft and has a history (1 row here).'),
    ]
    assert len(recorded(database)["check_ins"]) == 4


def test_what_happened_on_a_day_still_to_come_is_taken_with_a_note(merge: Merge) -> None:
    talk = {"engagement": "crm", "channel": "call", "side": "us"}
    days = (TODAY, TODAY + timedelta(days=1), date(2031, 1, 5))
    found = merge(plan(check_ins=[talk | {"held_on": day} for day in days])).notes
    assert [(note.file, note.row, note.what) for note in found if note.column == "held_on"] == [
        ("check_ins", 3, f"2 rows dated later than today, the first {days[1].isoformat()}.")
    ]


# --- Sample and own ---------------------------------------------------------------------------------------------------


def test_sample_and_own_records_are_never_mixed(database: Database, merge: Merge, author: Author) -> None:
    with database.reading() as connection:
        assert intake.origin(connection) is None
    merge(everything(), origin="sample")
    with database.reading() as connection:
        assert intake.origin(connection) == "sample"
    with pytest.raises(Refused, match="Take it out first"):
        merge(plan())
    with pytest.raises(Refused, match="Take it out first"):
        merge(plan(), dry_run=True)
    intake.clear_sample(database, author)
    with database.reading() as connection:
        assert intake.origin(connection) is None
    assert not any(recorded(database).values())
    merge(plan())
    with pytest.raises(Refused, match="a database of its own"):
        merge(plan(), origin="sample")
    with pytest.raises(Refused, match="not the records of the sample"):
        intake.clear_sample(database, author)


# --- Data version -----------------------------------------------------------------------------------------------------


def test_only_engagements_that_were_written_have_to_be_read_again(database: Database, merge: Merge) -> None:
    merge(everything())
    merge({"engagements": [], "check_ins": [
        {"engagement": "old", "held_on": day("10-28"), "channel": "call", "side": "us"}
    ]})  # fmt: skip
    with database.reading() as connection:
        assert changed_since(connection, 0) == (2, None)
        assert changed_since(connection, 1) == (2, {"old"})
        assert changed_since(connection, 2) == (2, set())


@pytest.mark.parametrize(
    "tables",
    [
        {"limits": [{"limit": "grace", "value": 4.0, "set_on": TODAY}]},
        {"people": [{"email": "ana@example.org"}, {"email": "bo@example.org"}]},
    ],
)
def test_what_concerns_everybody_has_everything_read_again(database: Database, merge: Merge, tables: Tables) -> None:
    merge(plan(people=[{"email": "ana@example.org"}]))
    merge(tables)
    with database.reading() as connection:
        assert changed_since(connection, 1) == (2, None)


def test_a_third_person_changes_no_assessment(database: Database, merge: Merge) -> None:
    merge(everything())
    merge({"people": [{"email": "cy@example.org"}]})
    with database.reading() as connection:
        assert changed_since(connection, 1) == (2, set())


def test_a_vendor_that_changed_touches_its_engagements(database: Database, merge: Merge) -> None:
    merge(everything())
    merge({"vendors": [{"vendor": "Abacus", "contact_phone": "+49 30 9"}]})
    with database.reading() as connection:
        assert changed_since(connection, 1) == (2, {"books", "old"})


def test_a_day_as_of_which_nothing_was_known_yet_is_no_reason_to_fail(database: Database, merge: Merge) -> None:
    merge(everything())
    with database.reading() as connection:
        assert set(histories(connection, date(2020, 1, 1))) == {"books", "crm", "old"}
