"""What the form of a check-in reads: the vendor's engagements, their last words, and what was recorded last."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from engagement.assessment.results import Assessment
from engagement.pages import _acts, identity, shell
from engagement.pages import _log_state as state
from engagement.pages._log_entry import chosen
from engagement.pages._log_form import ActionAsked, Form, Section, of_vendor, section
from engagement.pages._log_meanwhile import Meanwhile
from engagement.records.actions import open_actions
from engagement.records.check_ins import last_check_in, recorded_of


def form(assessments: Sequence[Assessment], vendor: str, today: date) -> Form:
    """The form for a vendor as of today."""
    about = of_vendor(assessments, vendor)
    keys = [one.engagement for one in about]
    histories = shell.overview().histories(keys, today)
    with shell.database().reading() as connection:
        actions = open_actions(connection, keys, today)
        last = {key: last_check_in(connection, key, today) for key in keys}
    sections = tuple(
        section(
            one,
            histories[one.engagement],
            [
                ActionAsked(action.id, action.title, action.kind, action.side, action.assignee, action.due_on)
                for action in actions
                if action.engagement == one.engagement
            ],
            today,
            last[one.engagement],
            in_hand_days=_acts.in_hand_days(one.engagement) if histories[one.engagement].responses else 1,
        )
        for one in about
    )
    called = tuple(_by_name(one) for one in sections)
    return Form(vendor, called, today, _people(called))


def _by_name(section: Section) -> Section:
    """A part of the form with people called as they are."""
    taken = tuple(one._replace(assignee=shell.person(one.assignee)) for one in section.taken)
    return section._replace(taken=taken)


def _people(sections: Sequence[Section]) -> tuple[str, ...]:
    """Who may be meant by a name that is typed."""
    there = [name for one in sections for name in one.last_attendees]
    noted = [shell.person(action.assignee) for one in sections for action in one.actions]
    has = [taken.assignee for one in sections for taken in one.taken]
    return tuple(dict.fromkeys(filter(None, (*shell.names().values(), *there, *noted, *has))))


def there(form: Form, typed: Mapping[str, Any]) -> tuple[Meanwhile, ...]:
    """What is recorded already for the day of the talk, about any of the work it is about; one save is one of them."""
    names = {one.engagement: one.name for one in chosen(form, typed)}
    held_on = typed.get("held_on")
    if not names or not isinstance(held_on, date):
        return ()
    with shell.database().reading() as connection:
        found = recorded_of(connection, names, held_on)
    saves: dict[tuple[object, ...], Meanwhile] = {}
    for one in found:
        save = one.by, one.channel, one.at
        earlier = saves.get(save)
        about = (*(earlier.about if earlier else ()), names[one.engagement])
        closed = (*(earlier.closed if earlier else ()), *one.closed)
        at = _time(one.at, held_on, form.today)
        mine = one.by is not None and one.by == identity.who()
        saves[save] = Meanwhile(shell.person(one.by), mine, one.channel, about, at, closed)
    return tuple(saves.values())


def _time(at: datetime | None, held_on: date, today: date) -> str | None:
    """The time of day at which today's talk was recorded."""
    return state.clock_words(at, today) if at is not None and held_on == today else None
