"""The mail to a vendor."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from engagement.assessment.letter import letter, mail_link
from tests.builders import FRIDAY, a_contact, a_milestone, an_assessment, forgotten


def test_the_letter_names_the_last_talk_and_every_open_date_the_most_overdue_first() -> None:
    late = a_milestone(
        "M0", name="Data load", due_on=date(2026, 11, 11), overdue_days=9, forecast_on=date(2026, 12, 18)
    )
    done = a_milestone("M2", delivered_on=date(2026, 11, 1))
    lines = letter(forgotten(milestones=(a_milestone(), late, done)), "Nora", "Ana", FRIDAY)
    assert lines == [
        "Hello Nora,",
        "",
        "We last talked about CRM migration on 28 Oct, 23 days ago, and I would like to hear how it is going.",
        "",
        "For each of these: how far is it, and by which day will it be done?",
        "- Data load, due 11 Nov, 9 days past that, last expected 18 Dec",
        "- Test run, due 25 Nov",
        "",
        "Could we talk this week? Tell me when it suits you.",
        "",
        "Thank you",
        "Ana",
    ]


def test_without_a_contact_a_talk_or_a_date_it_still_reads_as_a_letter() -> None:
    unknown = an_assessment(contact=a_contact(last_on=None, days_since=None, state="unknown"), milestones=())
    assert letter(unknown, None, None, FRIDAY)[:3] == [
        "Hello,",
        "",
        "I would like to hear how CRM migration is going.",
    ]


def test_the_link_keeps_what_mail_programs_would_misread_and_stays_short() -> None:
    many = tuple(a_milestone(f"M{n}", name=f"Piece {n} & more?") for n in range(40))
    link = mail_link(forgotten(name="A&B = 100 %?", milestones=many), "Nora", "nora@example.org", "Ana", FRIDAY)
    parts = urlsplit(link)
    fields = parse_qs(parts.query)
    assert (parts.scheme, parts.path) == ("mailto", "nora@example.org")
    assert fields["subject"] == ["A&B = 100 %?: where do we stand?"]
    assert "- Piece 5 & more?, due 25 Nov\r\n- and 34 later ones" in fields["body"][0]
    assert len(link) < 2000


def test_a_letter_two_days_after_a_talk_asks_for_another() -> None:
    talked = an_assessment(contact=a_contact(last_on=date(2026, 11, 18), days_since=2))
    lines = letter(talked, None, None, FRIDAY)
    assert lines[2] == (
        "We last talked about CRM migration on 18 Nov, 2 days ago, and I would like to hear how it is going."
    )
    assert "Could we talk this week? Tell me when it suits you." in lines


@pytest.mark.parametrize(("last_on", "when"), [(20, "today"), (19, "yesterday")])
def test_a_letter_right_after_a_talk_thanks_for_it_and_asks_for_no_other(last_on: int, when: str) -> None:
    talked = an_assessment(contact=a_contact(last_on=date(2026, 11, last_on), days_since=20 - last_on))
    lines = letter(talked, None, None, FRIDAY)
    assert lines[2] == (
        f"Thank you for talking about CRM migration {when}. I would like to have in writing where we stand."
    )
    assert "A line by mail is enough." in lines
    assert not [line for line in lines if "talk this week" in line]
