"""Drafts of forms: kept per person, and for somebody who has not said who they are per device."""

from collections.abc import Mapping
from typing import Any

from engagement import clock
from engagement.pages import _device, identity, shell
from engagement.records.database import Author
from engagement.records.drafts import draft, drop_draft, save_draft


def read(key: str) -> dict[str, Any]:
    """What was kept of a form; empty where nothing is."""
    with shell.database().reading() as connection:
        return dict(draft(connection, _author().name, key) or {})


def write(key: str, body: Mapping[str, Any]) -> None:
    """Keeps what is typed into a form so far; nothing where ``body`` is empty."""
    if body:
        save_draft(shell.database(), _author(), key, body)
    else:
        drop_draft(shell.database(), _author(), key)


def forget(key: str) -> None:
    """Drops the draft, also the one from before anybody said who they are."""
    for author in {_author(), Author(_anonymous(), clock.now())}:
        drop_draft(shell.database(), author, key)


def _author() -> Author:
    return Author(identity.who() or _anonymous(), clock.now())


def _anonymous() -> str:
    """Whose drafts these are while nobody has said who they are: a token that only the device keeps."""
    return f"visit {_device.token()}"
