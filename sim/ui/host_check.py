"""Who may speak to the app's server: its own pages under its own names, and nobody else's pages under any name.

A page of somebody else that is open in a visitor's browser can send requests to this computer, and open WebSockets: its
`Origin` says so. It can also have its own name lead to this computer (DNS rebinding): then `Host` says so. Both are
refused here, before Streamlit, which would ask an outside host for this computer's address before it refuses.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not listened at
PORTS = {"http": 80, "https": 443}
"""The port of an address that names none, by its scheme."""

REFUSED = (
    "This app does not answer to the name in your browser's address bar, nor to the pages of others; open it at the "
    "address that it printed when it was started.\n本应用不接受浏览器地址栏中的这个域名，也不接受其他网站页面的请求；"
    "请使用启动时显示的地址打开。\n"
)
POLICY_VIOLATION = 1008
"""Why a WebSocket is closed before it is open, as RFC 6455 numbers it."""

WITHIN = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "connect-src 'self' data: blob: ws://{host} wss://{host}; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
"""What a page may load, as its Content-Security-Policy says it: nothing from any other host."""


@dataclass(frozen=True)
class Place:
    """A host and a port as `Host` or `Origin` names them; ``port`` is None where none was named."""

    host: str
    port: int | None


def place_in(text: str) -> Place | None:
    """What ``name:port`` says, in small letters and without a last dot; None for anything else."""
    with suppress(ValueError):
        found = urlsplit(f"//{text}")
        bare = not (found.username is not None or found.path or found.query or found.fragment or text.endswith(":"))
        if bare and found.hostname and text.isascii() and text.isprintable() and " " not in text:
            return Place(found.hostname.rstrip("."), found.port)
    return None


@dataclass(frozen=True)
class HostRule:
    """Which names and addresses lead here: those of ``names``, and any bare address if the server listens everywhere.

    A bare address cannot be bent by whoever has a name: a page that came from it is the server's own.
    """

    names: frozenset[str]
    any_address: bool = False

    @classmethod
    def of(cls, address: str, further: Iterable[str] = ()) -> HostRule:
        """The rule for a server that listens at an address and is known by further names, such as a proxy's."""
        names = {address.lower(), *(name.strip().lower().rstrip(".") for name in further)}
        if ip_address(address).is_loopback:
            return cls(frozenset(names) | LOOPBACK_NAMES)
        own = socket.gethostname().lower()
        return cls(frozenset({*names, *LOOPBACK_NAMES, own, f"{own}.local"}), address in EVERYWHERE)

    def allows(self, host: str) -> bool:
        """Whether a request for this `Host` is meant for this server."""
        place = place_in(host)
        if place is None:
            return False
        return place.host in self.names or (self.any_address and _is_address(place.host))

    def is_own(self, origin: str, host: str) -> bool:
        """Whether the page that sends a request came from the same host and port; loopback's names are one host."""
        scheme, _, rest = origin.partition("://")
        page, here = place_in(rest), place_in(host)
        if scheme not in PORTS or page is None or here is None:
            return False
        same_port = (page.port or PORTS[scheme]) == (here.port or PORTS[scheme])
        return same_port and (page.host == here.host or {page.host, here.host} <= LOOPBACK_NAMES)


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


class HostCheck:
    """Refuses, in front of Streamlit, what is not for this server or not from its own pages."""

    def __init__(self, app: ASGIApp, rule: HostRule) -> None:
        self.app, self.rule = app, rule

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, or answer it with a refusal."""
        if scope["type"] not in ("http", "websocket") or self._is_welcome(scope):
            await self.app(scope, receive, _kept_within(scope, send))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            from starlette.responses import PlainTextResponse

            await PlainTextResponse(REFUSED, 403)(scope, receive, send)

    def _is_welcome(self, scope: Scope) -> bool:
        hosts, origins = header(scope, b"host"), header(scope, b"origin")
        if len(hosts) != 1 or not self.rule.allows(hosts[0]):
            return False
        return all(self.rule.is_own(origin, hosts[0]) for origin in origins)


def header(scope: Scope, name: bytes) -> list[str]:
    """All values of a header of a request."""
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def _kept_within(scope: Scope, send: Send) -> Send:
    """Answers go out with the word that their page may load nothing from elsewhere, nor look up names beforehand."""
    if scope["type"] != "http":
        return send
    word = WITHIN.format(host=header(scope, b"host")[0])
    return with_headers(send, {
        "content-security-policy": word, "x-content-type-options": "nosniff", "x-dns-prefetch-control": "off",
    })  # fmt: skip


def with_headers(send: Send, more: Mapping[str, str]) -> Send:
    """What sends an answer with further headers."""
    added = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in more.items()]

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *added]}
        await send(message)

    return sent
