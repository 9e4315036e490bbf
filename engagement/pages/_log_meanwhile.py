"""What is recorded already for the day of a talk that is being logged: said, so that nobody records it twice unawares.

Nothing is forbidden: two people may each have had a call on a day.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from engagement.assessment.values import Channel
from engagement.assessment.wording import day, listed, sentence
from engagement.pages._log_form import TALKS


class Meanwhile(NamedTuple):
    """A check-in that is recorded already for the same day, about some of the same work."""

    by: str | None
    """What to call who recorded it; None where nobody is named."""
    mine: bool
    """Whether it was whoever is at the page."""
    channel: Channel
    about: tuple[str, ...]
    """Names of the engagements."""
    at: str | None
    """The time of day, where it was recorded on the day itself."""
    closed: tuple[str, ...]
    """Titles of the actions that were closed with it."""


def there_words(there: Sequence[Meanwhile], held_on: date, channel: str | None, sections: int, today: date) -> str:
    """Who recorded what, and what a save adds to it; empty where nothing is recorded yet.

    ``channel`` is the way of the talk that is being logged, ``sections`` the number of engagements it is about.
    """
    if not there:
        return ""
    said = [sentence(_recorded(one, held_on, sections, today)) for one in there]
    if any(_is_added_to(one, channel) for one in there):
        return " ".join([*said, "Save adds to it." if len(there) == 1 else "Save adds to yours."])
    return " ".join([*said, f"Save adds {'a second' if len(there) == 1 else 'another'} check-in."])


def talk_beside(channel: str, there: Iterable[Meanwhile]) -> str:
    """What a talk is called beside those of its day: "a video call", "another video call", "more of your call"."""
    alike = [one for one in there if one.channel == channel]
    name = TALKS[channel].partition(" ")[2]
    if not alike:
        return TALKS[channel]
    return f"more of your {name}" if any(one.mine for one in alike) else f"another {name}"


def no_longer_words(names: Iterable[str], there: Iterable[Meanwhile]) -> str:
    """That "Send access" is no longer open and what was said of it is not recorded; empty where ``there`` tells it."""
    told = {title for one in there for title in one.closed}
    gone = [f'"{name}"' for name in names if name not in told]
    if not gone:
        return ""
    are, them = ("is", "it") if len(gone) == 1 else ("are", "them")
    return f"{listed(gone)} {are} no longer open: what you said of {them} here is not recorded."


def _is_added_to(one: Meanwhile, channel: str | None) -> bool:
    return one.mine and one.channel == channel


def _recorded(one: Meanwhile, held_on: date, sections: int, today: date) -> str:
    """ "Priya recorded a video call today at 12:00", and what was closed with it."""
    when = "today" if held_on == today else f"of {day(held_on, today)}"
    at = f" at {one.at}" if one.at else ""
    about = f" about {listed(one.about)}" if sections > 1 else ""
    talk = f"{TALKS.get(one.channel, one.channel)} {when}"
    titles = listed([f'"{title}"' for title in one.closed])
    closed = f" and closed {titles}" if titles else ""
    who = "you" if one.mine else one.by
    if who is None:
        return f"{talk}{about} is on record already"
    return f"{who} recorded {talk}{at}{about}{closed}"
