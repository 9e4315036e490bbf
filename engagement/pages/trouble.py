"""What is the matter, in words for whoever looks at a page; where it lies goes to the server's log.

On the command line the one who reads is the one who can mend it, and the message names the place. A page may be looked
at by anybody.
"""

import logging
from types import TracebackType
from typing import Final, Self

from engagement import clock
from engagement.errors import (
    DatabaseError,
    DatabaseLocked,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseOlder,
    DatabaseUnreachable,
    NotADatabase,
    Problem,
)

_WORDS: Final[dict[type[DatabaseError], str]] = {
    DatabaseLocked: "Somebody else is writing just now. Nothing was written. Try again in a moment.",
    DatabaseMissing: "There is no database yet where the dashboard looks for it.",
    DatabaseOlder: "The records were written by an earlier version of this program and have to be upgraded.",
    DatabaseNewer: "The records were written by a later version of this program than the one that shows this page.",
    NotADatabase: "What should hold the records is not a database of this program, or it is damaged. It was left as it "
    "is.",
    DatabaseUnreachable: "The database does not answer, or may not be read and written.",
}
_LOG_KNOWS: Final = "The log of the dashboard says where it is and what to do."
_LOG: Final = logging.getLogger(__name__)


def in_words(error: DatabaseError) -> str:
    """What happened and what to do next, without the place; that is logged. Words of a lock need no log to act on."""
    _LOG.error("%s", "\n".join((str(error), *getattr(error, "__notes__", ()))))
    words = next((words for kind, words in _WORDS.items() if isinstance(error, kind)), "The records cannot be used.")
    return words if isinstance(error, DatabaseLocked) else f"{words} {_LOG_KNOWS}"


class Unforeseen:
    """Stands around what somebody waits for, a page or a write, and takes what nobody foresaw there.

    Its trace goes to the log; ``problem`` says afterwards what happened, in words that name no place. What is
    ``foreseen`` passes, and so does what Streamlit ends a run with.
    """

    def __init__(self, *foreseen: type[Exception]) -> None:
        self.problem: Problem | None = None
        self._foreseen = foreseen

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception) or isinstance(error, self._foreseen):
            return False
        at = f"{clock.now():%H:%M:%S} UTC"
        _LOG.error("Unforeseen, at %s", at, exc_info=error)
        self.problem = Problem(
            "Something happened that this program does not foresee.",
            "What is recorded is as it was, and what you typed is kept. Try again. If it happens again, tell "
            f"whoever runs the dashboard that it was at {at}: the log, where it was started, says what went wrong.",
        )
        return True
