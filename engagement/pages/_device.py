"""What belongs to the device in a person's hands: the name it remembers, and whether it is narrow.

The name is kept in a cookie, because the server sees a cookie before it draws the first page, and it is set again on
every visit, because some browsers forget what a script has stored after a week without one.
"""

import re
from typing import Final
from urllib.parse import quote, unquote
from uuid import uuid4

import streamlit as st

COOKIE: Final = "engagement_name"
DEVICE_COOKIE: Final = "engagement_device"
"""Holds a token: whose drafts these are while nobody has said who they are. It says nothing about anybody."""
TOKEN: Final = re.compile("[0-9a-f]{32}")
LONGEST_NAME: Final = 80
NARROW_PIXELS: Final = 640
"""Up to this width Streamlit stacks columns; so do our own layouts."""

_SCRIPT: Final = """
export default function (component) {
  const { data, setStateValue } = component
  if (data.name) {
    document.cookie = `${data.cookie}=${data.name}; path=/; max-age=31536000; samesite=lax`
  } else if (data.forget) {
    document.cookie = `${data.cookie}=; path=/; max-age=0; samesite=lax`
  }
  document.cookie = `${data.tokenCookie}=${data.token}; path=/; max-age=31536000; samesite=lax`
  const wide = window.matchMedia(`(min-width: ${data.pixels + 1}px)`)
  const tell = () => { if (data.narrow === wide.matches) setStateValue("narrow", !wide.matches) }
  wide.onchange = tell
  tell()
  return () => { wide.onchange = null }
}
"""
_device = st.components.v2.component("engagement_device", js=_SCRIPT)


def remembered_name() -> str | None:
    """The name this device remembers, or None. Known before the first page is drawn."""
    return tidy(unquote(st.context.cookies.get(COOKIE) or ""))


def token() -> str:
    """What this device is known by while nobody has said who they are, kept in a cookie and never in an address."""
    known = str(st.context.cookies.get(DEVICE_COOKIE))
    if "device_token" not in st.session_state:
        st.session_state["device_token"] = known if TOKEN.fullmatch(known) else uuid4().hex
    kept: str = st.session_state["device_token"]
    return kept


def is_narrow() -> bool:
    """Whether the page is shown on something as narrow as a phone.

    The first guess is what the browser calls itself; the measured width follows within the first second.
    """
    told = st.session_state.get("device", {}).get("narrow")
    return "Mobi" in (st.context.headers.get("User-Agent") or "") if told is None else bool(told)


def keep(name: str | None) -> None:
    """Has the device remember a name, or forget it, and tell when its width changes. Once a run, at its end."""
    _device(
        key="device",
        data={
            "cookie": COOKIE,
            "name": quote(name, safe="") if name else None,
            "tokenCookie": DEVICE_COOKIE,
            "token": token(),
            "forget": bool(st.session_state.get("forget_name")),
            "narrow": is_narrow(),
            "pixels": NARROW_PIXELS,
        },
        on_narrow_change=_noted,
        height="content",
    )


def tidy(name: str) -> str | None:
    """A name as it is kept: one line, no control characters, not endless. None where nothing is left."""
    line = " ".join("".join(letter for letter in name if letter.isprintable() or letter == " ").split())
    return line[:LONGEST_NAME] or None


def _noted() -> None:
    """The width is in the session already; the page is drawn again for it."""
