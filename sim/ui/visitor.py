"""Who asks: a name without meaning for each browser, so that nobody's jobs crowd out those of others.

The server gives it with the first page, in a cookie that no script can read; a reload, a second tab and a tab that is
opened again find it there. It is also the seat from which a phone bets. Where the app is served without our server, the
page itself asks the browser to keep it.
"""

from __future__ import annotations

import re
import secrets
from http.cookies import CookieError, SimpleCookie
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

import streamlit as st

from sim.ui.host_check import header, with_headers

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

COOKIE = "siyu_visitor"
LOOKS = re.compile(r"[0-9a-f]{24}")
KEPT_SECONDS = 7 * 86_400
"""So long after a browser's last page its jobs are still its own; their answers are kept as long."""

HERE = "this computer"
"""What stands for the address of whoever sits at the computer that serves."""

SHARED_BITS = 64
"""Of an address of 128 bits, those that a household or a school has for itself; the rest it may choose at will."""


def visitor() -> str:
    """The name of this visitor's browser."""
    memory = st.session_state
    if "visitor" not in memory:
        memory["visitor"] = _known(str(st.context.cookies.get(COOKIE, ""))) or new_name()
    return str(memory["visitor"])


def address() -> str:
    """Where this visitor calls from, as limits count it: the addresses of one household or school are one."""
    given = st.context.ip_address
    if given is None:
        return HERE
    try:
        found = ip_address(given.partition("%")[0])
    except ValueError:
        return HERE
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or IPv6Address(int(found) >> (128 - SHARED_BITS) << (128 - SHARED_BITS))
    return str(found)


def remember() -> None:
    """Have the browser keep the name, if the server has not given it one."""
    if st.context.cookies.get(COOKIE) == visitor():
        return
    cookie = f"{COOKIE}={visitor()}; path=/; SameSite=Lax; max-age={KEPT_SECONDS}"
    st.html(f"<script>document.cookie = '{cookie}'</script>", unsafe_allow_javascript=True)


def new_name() -> str:
    """A name that nobody can guess."""
    return secrets.token_hex(12)


def _known(name: str) -> str | None:
    return name if LOOKS.fullmatch(name) else None


class NamedVisitors:
    """Gives, with every page, the browser its name again, or a new one if it has none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on; what asks for a page is answered with the name."""
        is_page = scope["type"] == "http" and any("text/html" in each for each in header(scope, b"accept"))
        await self.app(scope, receive, _named(scope, send) if is_page else send)


def _named(scope: Scope, send: Send) -> Send:
    safe = "; Secure" if scope.get("scheme") == "https" else ""
    cookie = f"{COOKIE}={_name_in(scope) or new_name()}; Path=/; HttpOnly; SameSite=Lax; Max-Age={KEPT_SECONDS}{safe}"
    return with_headers(send, {"set-cookie": cookie})


def _name_in(scope: Scope) -> str | None:
    """The name in a request's cookies; None if there is none, or none of ours."""
    jar: SimpleCookie = SimpleCookie()
    for line in header(scope, b"cookie"):
        try:
            jar.load(line)
        except CookieError:
            continue
    return _known(jar[COOKIE].value) if COOKIE in jar else None
