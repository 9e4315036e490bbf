"""Which key was probably meant where one is not known."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

MOST_SEARCHED: Final = 100
"""Keys for which a near one is looked up in one merge: looking takes long among many, and nobody reads more."""


class Nearest:
    """Finds near keys, each once, and not for ever."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, str], str] = {}

    def hint(self, kind: str, key: str, known: Iterable[str], of: int = 0) -> str:
        """A sentence with the known key that was probably meant, and a blank; nothing where none is near.

        ``of`` is the engagement to which the known keys belong.
        """
        asked = (kind, of, key)
        if asked not in self._found:
            if len(self._found) >= MOST_SEARCHED:
                return ""
            words = {word.casefold(): word for word in known}
            near = get_close_matches(key.casefold(), words, 1)
            self._found[asked] = f'Did you mean "{words[near[0]]}"? ' if near else ""
        return self._found[asked]
