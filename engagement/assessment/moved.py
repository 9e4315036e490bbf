"""How far the expected finish of an engagement moved between two days, and what moved it.

The finish is that of the result that comes last. Where it moved later, the result that is last now carried it there;
where it moved earlier, the one that was last made way: so the move of that one result is explained. Its forecast
follows from seven things alone: the day named for it, the days that passed, how far behind the plan the work is, what
older results are open, how late those were that are delivered, how long nobody was heard, and what was learned of its
vendor and kind of work. What each did is found by exchanging it, before anything else and after everything else; the
mean of the two counts. Nothing is guessed: what is not told from these did not move the forecast.

The finish is the middle of its forecast. Where that stayed and the day by which it is likely moved by a week, the move
of that day is explained in the same way, by the result that has the latest such day.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from engagement.assessment import chance
from engagement.assessment.finish import expected
from engagement.assessment.forecast import likely
from engagement.assessment.results import Assessment, MilestoneState, Outlook
from engagement.assessment.wording import count, day, listed, signed_days, span

LEAST_DAYS: Final = 3
"""A finish that moved by less did not move."""
A_WEEK: Final = 7
"""Where the finish did not move, the day by which it is likely is told to have from so many days on."""
HALF: Final = 0.5
"""What did less of the move than this is not named alone."""


class Moved(NamedTuple):
    """A finish that moved, or the day alone by which it is likely."""

    was_on: date
    """The middle of the forecast on the earlier day: it came no later with one chance in two. Or four in five."""
    now_on: date
    because: str
    """What moved it, in a few words: 'a new day for "Test run", 11 Nov → 25 Nov'. Names are as people typed them.
    Empty where nothing is known to have.
    """
    is_recorded: bool = True
    """Whether somebody recorded what moved it; else only time passed, in silence or not, or others taught something."""

    is_likely_by: bool = False
    """Whether the middle stayed, and only the day moved by which it is likely."""

    @property
    def days(self) -> int:
        """Above 0 later."""
        return (self.now_on - self.was_on).days

    @property
    def what(self) -> str:
        """What moved, to begin a sentence with."""
        return '"Likely by" alone' if self.is_likely_by else "The finish"

    def since(self, on: date, as_of: date) -> str:
        """By how much it moved: "+6 d since 13 Nov", '"likely by" alone −24 d since 13 Nov'."""
        alone = '"likely by" alone ' if self.is_likely_by else ""
        return f"{alone}{signed_days(self.days)} since {day(on, as_of)}"

    def words(self, since: date, as_of: date) -> str:
        """The move as a sentence."""
        later = "later" if self.days > 0 else "earlier"
        because = f": {self.because}" if self.because else ""
        return f"{self.what} is {span(self.days)} {later} than on {day(since, as_of)}{because}."


At = Callable[[Outlook], int]
"""The day of a forecast that is looked at."""


class Side(NamedTuple):
    """One of two days, and what was known on it."""

    assessment: Assessment
    finish: Outlook
    """Of the result that comes last, by the day that is looked at."""
    as_of: date
    at: At

    def state(self, milestone: str) -> MilestoneState | None:
        """What was known of a milestone; None where it did not count."""
        return next((one for one in self.assessment.milestones if one.milestone == milestone), None)

    def outlook(self, milestone: str) -> Outlook | None:
        """The forecast of a milestone; None where it was not open, or not dated."""
        if milestone == self.finish.milestone:
            return self.finish
        state = self.state(milestone)
        if state is None or state.due_on is None or state.named_on is None or state.delivered_on is not None:
            return None
        return self.finish._replace(
            milestone=milestone,
            named_on=state.named_on,
            begun_on=state.starts_on or self.assessment.schedule.starts_on,
            older=len(self.before_it(state.baseline_on or state.named_on)),
        )

    def before_it(self, first_on: date) -> dict[str, str]:
        """What is open and was promised for an earlier day: names by key."""
        return {
            one.milestone: one.name
            for one in self.assessment.milestones
            if one.delivered_on is None and one.baseline_on is not None and one.baseline_on < first_on
        }


def moved(before: Assessment | None, after: Assessment, since: date, as_of: date) -> Moved | None:
    """How far the finish moved from the end of ``since`` to that of ``as_of``; None where it did not by three days, or
    where no finish was told on one of these days.
    """
    if before is None or before.outlook is None or after.outlook is None:
        return None
    if expected(before, since) is None or expected(after, as_of) is None:
        return None
    was_on, now_on = before.outlook.likely.p50_on, after.outlook.likely.p50_on
    if abs((now_on - was_on).days) < LEAST_DAYS:
        return None
    was, now = Side(before, before.outlook, since, _middle), Side(after, after.outlook, as_of, _middle)
    return Moved(was_on, now_on, *_cause(was, now, now_on > was_on))


def moved_at_all(before: Assessment | None, after: Assessment, since: date, as_of: date) -> Moved | None:
    """How far the finish moved; where it did not, how far the day did by which it is likely, from a week on."""
    found = moved(before, after, since, as_of)
    if found is not None or before is None or before.outlook is None or after.outlook is None:
        return found
    if expected(before, since) is None or expected(after, as_of) is None:
        return None
    was_on, now_on = before.outlook.likely.p80_on, after.outlook.likely.p80_on
    if abs((now_on - was_on).days) < A_WEEK:
        return None
    was, now = _likely_side(before, before.outlook, since), _likely_side(after, after.outlook, as_of)
    return Moved(was_on, now_on, *_cause(was, now, now_on > was_on), is_likely_by=True)


def _likely_side(assessment: Assessment, finish: Outlook, as_of: date) -> Side:
    """One of two days, by the result with the latest day by which it is likely: not always the one that comes last."""
    side = Side(assessment, finish, as_of, _likely_by)
    days = {one.milestone: one.p80_on for one in assessment.milestones if one.due_on and one.p80_on}
    last = max(days, key=lambda key: (days[key], key == finish.milestone), default=finish.milestone)
    return side._replace(finish=side.outlook(last) or finish)


def shares(before: Outlook, after: Outlook, at: At | None = None) -> dict[str, float]:
    """What each thing that is not as it was did to a day of a forecast, to its middle or another one, in days, above 0
    later.
    """
    at = at or _middle
    start, end = at(before), at(after)
    found = {}
    for name, fields in INGREDIENTS.items():
        if _exchanged(before, after, fields) == before:
            continue
        first = at(_exchanged(before, after, fields)) - start
        last = end - at(_exchanged(after, before, fields))
        found[name] = (first + last) / 2
    return found


INGREDIENTS: Final[Mapping[str, Sequence[str]]] = {
    "named": ("named_on", "begun_on"),
    "time": ("since",),
    "behind": ("behind_days",),
    "older": ("older",),
    "slip": ("slip_days",),
    "silent": ("silent_days",),
    "learned": ("rates", "class_pace"),
}
"""What a forecast is told from, and where an outlook keeps it."""


def _exchanged(one: Outlook, other: Outlook, fields: Sequence[str]) -> Outlook:
    return one._replace(**{field: getattr(other, field) for field in fields})


def _middle(outlook: Outlook) -> int:
    return likely(outlook).p50_on.toordinal()


def _likely_by(outlook: Outlook) -> int:
    return likely(outlook).p80_on.toordinal()


# --- in words


class Cause(NamedTuple):
    """What moved a finish, in words, and whether it is on record."""

    words: str
    is_recorded: bool = True


def _cause(was: Side, now: Side, is_later: bool) -> Cause:
    return _later(was, now) if is_later else _earlier(was, now)


def _later(was: Side, now: Side) -> Cause:
    """Why the finish moved later: what happened to the result that is last now."""
    key = now.finish.milestone
    before, state = was.outlook(key), was.state(key)
    name = _name(now, key)
    if before is not None:
        why = _why(before, now.finish, was, now)
        if key == was.finish.milestone or f'"{name}"' in why.words:
            return why
        return why._replace(words=f'{why.words}; "{name}" is last now')
    if state is not None and state.delivered_on is not None:
        return Cause(f'"{name}" is open again')
    named = day(now.finish.named_on, now.as_of)
    return Cause(
        f'"{name}", for {named}, is part of the plan now' if state is None else f'"{name}" got its day, {named}'
    )


def _earlier(was: Side, now: Side) -> Cause:
    """Why the finish moved earlier: what happened to the result that was last."""
    key = was.finish.milestone
    after, state = now.outlook(key), now.state(key)
    if after is not None:
        return _why(was.finish, after, was, now)
    gone = "cancelled" if state is None or state.delivered_on is None else "delivered"
    return Cause(f'"{_name(was, key)}" was {gone}')


def _why(before: Outlook, after: Outlook, was: Side, now: Side) -> Cause:
    """What did most of the move of one result; with the next where it did not do half of it."""
    whole = now.at(after) - now.at(before)
    sign = 1 if whole > 0 else -1
    parts = sorted(((sign * share, name) for name, share in shares(before, after, now.at).items()), reverse=True)
    if not parts:
        return Cause("", is_recorded=False)
    most, *others = parts
    named = [name for _, name in [most, *(one for one in others[:1] if most[0] < HALF * abs(whole) and one[0] > 0)]]
    first, *second = [_words(name, before, after, was, now) for name in named]
    words = "; ".join([first, *(one for one in second if not first.startswith(one))])
    return Cause(words, any(_is_recorded(name, before, after, was, now) for name in named))


def _is_recorded(ingredient: str, before: Outlook, after: Outlook, was: Side, now: Side) -> bool:
    """Whether one of the things that a forecast is told from changed by what somebody recorded."""
    if ingredient == "time":
        return after.since != now.as_of or before.since != was.as_of
    if ingredient == "behind":
        anew = any(_is_open(now, one.milestone) for one in _fresh(now, was))
        return anew or after.behind_days < before.behind_days
    if ingredient == "silent":
        return after.silent_days < before.silent_days
    if ingredient == "learned":
        return (was.assessment.vendor, was.assessment.category) != (now.assessment.vendor, now.assessment.category)
    return True


def _words(ingredient: str, before: Outlook, after: Outlook, was: Side, now: Side) -> str:
    """What happened to one of the things that a forecast is told from."""
    words: Mapping[str, Callable[[Outlook, Outlook, Side, Side], str]] = {
        "named": _named,
        "time": _passed,
        "behind": _behind,
        "older": _queue,
        "slip": _slip,
        "silent": _silence,
        "learned": _learned,
    }
    return words[ingredient](before, after, was, now)


def _named(before: Outlook, after: Outlook, was: Side, now: Side) -> str:
    if before.named_on == after.named_on:
        return f'"{_name(now, after.milestone)}" is to begin on {day(after.begun_on, now.as_of)} now'
    state, old = now.state(after.milestone), was.state(after.milestone)
    anew = state is not None and old is not None and state.due_on == after.named_on != old.due_on
    what = "a new agreed day" if anew else "a new day"
    days = f"{day(before.named_on, now.as_of)} → {day(after.named_on, now.as_of)}"
    return f'{what} for "{_name(now, after.milestone)}", {days}'


def _passed(before: Outlook, after: Outlook, was: Side, now: Side) -> str:
    """Time that passed: without the result, or without word that it is later, which brings nearer what had only begun.
    Or that the work rests, or begins, for longer or shorter than was said.
    """
    if after.since == now.as_of and before.since == was.as_of:
        passed, name = span((now.as_of - was.as_of).days), _name(now, after.milestone)
        if now.at(after) < now.at(before):
            return f'nothing spoke against "{name}" for {passed}'
        return f'{passed} passed without "{name}"'
    if after.since > now.as_of:
        rests = now.assessment.life == "paused"
        return f"{'the work rests until' if rests else 'the work begins on'} {day(after.since, now.as_of)}"
    return "the work went on"


def _behind(before: Outlook, after: Outlook, was: Side, now: Side) -> str:
    """How far deliveries lag behind the plan now, and what was delivered where that is less than it was, or is open
    again where it is more.
    """
    days = f"deliveries are {count(after.behind_days, 'day')} behind the plan instead of {before.behind_days:,}"
    if after.behind_days > before.behind_days:
        anew = [one.name for one in _fresh(now, was) if _is_open(now, one.milestone)]
        return f"{_quoted(anew)} {'is' if len(anew) == 1 else 'are'} open again, {days}" if anew else days
    done = [one.name for one in _fresh(was, now)]
    days = days if after.behind_days else "deliveries are no longer behind the plan"
    return f"{_quoted(done)} {'was' if len(done) == 1 else 'were'} delivered, {days}" if done else days


def _queue(_: Outlook, after: Outlook, was: Side, now: Side) -> str:
    """Older results that are not open any more, or are now."""
    state = now.state(after.milestone) or was.state(after.milestone)
    first_on = (state.baseline_on if state else None) or after.named_on
    before, behind = was.before_it(first_on), now.before_it(first_on)
    done = [name for key, name in before.items() if key not in behind]
    more = [name for key, name in behind.items() if key not in before]
    if more and len(more) >= len(done):
        return f"{_quoted(more)}, promised earlier, {'is' if len(more) == 1 else 'are'} open too"
    gone = {key: now.state(key) for key in before if key not in behind}
    delivered = all(one is not None and one.delivered_on is not None for one in gone.values())
    return f"{_quoted(done)} {'was' if len(done) == 1 else 'were'} {'delivered' if delivered else 'done or cancelled'}"


def _slip(before: Outlook, after: Outlook, was: Side, now: Side) -> str:
    """How late those results were that were delivered meanwhile."""
    fresh = [one for one in _fresh(was, now) if one.slip_days is not None]
    if not fresh:
        return "what was delivered counts otherwise since some of it was rejected or cancelled"
    late = max(fresh, key=lambda one: (one.slip_days or 0) * (1 if after.slip_days > before.slip_days else -1))
    days = late.slip_days or 0
    how = f"{span(days)} {'late' if days > 0 else 'early'}" if days else "in time"
    return f'"{late.name}" came {how}'


def _silence(before: Outlook, after: Outlook, _was: Side, _now: Side) -> str:
    quiet = after.silent_days > before.silent_days
    return f"nothing heard for {span(after.silent_days)}" if quiet else "there is word again"


def _learned(before: Outlook, after: Outlook, was: Side, now: Side) -> str:
    """What the table and the classes of the work taught since."""
    if was.assessment.vendor != now.assessment.vendor:
        return f"{now.assessment.vendor} does the work now"
    if was.assessment.category != now.assessment.category:
        return "it counts as another kind of work now"
    later = now.at(after) > now.at(before)
    learned_on = day(chance.learning_day(now.as_of), now.as_of)
    return f"results like this come {'later' if later else 'sooner'}, as was learned by {learned_on}"


def _fresh(was: Side, now: Side) -> list[MilestoneState]:
    """What was delivered meanwhile."""
    then = {one.milestone for one in was.assessment.milestones if one.delivered_on is not None}
    return [one for one in now.assessment.milestones if one.delivered_on is not None and one.milestone not in then]


def _is_open(side: Side, key: str) -> bool:
    """Whether a milestone counts and is not delivered."""
    state = side.state(key)
    return state is not None and state.delivered_on is None


def _name(side: Side, key: str) -> str:
    state = side.state(key)
    return state.name if state else key


def _quoted(names: Sequence[str]) -> str:
    return listed([f'"{name}"' for name in names], most=2)
