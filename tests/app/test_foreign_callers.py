"""Pages and names of others at the app's server: refused, and nobody outside is asked about it."""

from __future__ import annotations

import os
import socket
import string
from contextlib import closing
from urllib.parse import urlsplit

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")

from hypothesis import given
from hypothesis import strategies as st
from serving import ROOT, run_aside, served

from sim.ui.host_check import LOOPBACK_NAMES, HostCheck, HostRule
from sim.ui.server import served_app, settings_in
from sim.ui.visitor import COOKIE, NamedVisitors

WATCHED = """
import os, socket
here = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "::", None)
def note(what, whom):
    with open(os.environ["OUTSIDE"], "a") as file:
        file.write(f"{what} {whom}\\n")
def watched(name, real):
    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in here and not address[0].startswith("127."):
            note(name, address)
        return real(self, address)
    return connect
socket.socket.connect = watched("connect", socket.socket.connect)
socket.socket.connect_ex = watched("connect_ex", socket.socket.connect_ex)
def asked(name, real):
    def ask(host, *more, **named):
        if host not in here and not str(host).startswith("127."):
            note(name, host)
        return real(host, *more, **named)
    return ask
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    setattr(socket, name, asked(name, getattr(socket, name)))
"""
"""A sitecustomize for the server: every connection and every look-up beyond this computer is written down."""

FOREIGN = ["evil.example", "evil.example:80", "127.0.0.1.evil.example:{port}", "localhost.evil.example", "10.1.2.3:{port}",
           "127.0.0.1@evil.example", "evil.example#127.0.0.1", "2130706433:{port}", "0x7f.1", "[::1", "localhost:x", "", "localhost :80", "[fe80::1]"]
ORIGINS = ["http://evil.example", "http://evil.example:{port}", "https://127.0.0.1.evil.example:{port}", "null", "", "file://",
           "http://127.0.0.1:1", "http://127.0.0.1", "http://localhost@evil.example:{port}", "ftp://127.0.0.1:{port}", "http://10.0.0.1:{port}"]


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """The app with every call beyond this computer written down: its port, and the file."""
    place = tmp_path_factory.mktemp("watched")
    (place / "sitecustomize.py").write_text(WATCHED, encoding="utf-8")
    (place / "outside").touch()
    around = {"PYTHONPATH": os.pathsep.join((str(place), str(ROOT))), "OUTSIDE": str(place / "outside"), "SIYU_JOBS_DIR": str(place / "jobs")}
    with served(**around) as (there, _):
        yield urlsplit(there).port, place / "outside"


def answered(port, *lines):
    """The first line of what the server answers to a request of these lines."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as stream:
        stream.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        return stream.recv(4096).decode("latin-1").split("\r\n")[0]


def handshake(port, host, origin=None):
    more = [] if origin is None else [f"Origin: {origin.format(port=port)}"]
    return answered(
        port, "GET /_stcore/stream HTTP/1.1", f"Host: {host.format(port=port)}", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", *more,
    )  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/runs", "/_stcore/health", "/_stcore/host-config", "/media/x.csv"])
def test_a_name_of_somebody_else_is_refused_on_every_path(watched, path):
    port, outside = watched
    for host in FOREIGN:
        assert answered(port, f"GET {path} HTTP/1.1", f"Host: {host.format(port=port)}")[9:12] in ("403", "400"), host
    assert answered(port, f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Origin: http://evil.example")[9:12] == "403"
    assert outside.read_text() == ""


def test_a_websocket_from_a_page_or_to_a_name_of_somebody_else_is_refused_and_nobody_is_asked(watched):
    port, outside = watched
    for origin in ORIGINS:
        assert handshake(port, "127.0.0.1:{port}", origin)[9:12] in ("403", "400"), origin
    for host in FOREIGN:
        assert handshake(port, host)[9:12] in ("403", "400"), host
        assert handshake(port, host, f"http://{host}")[9:12] in ("403", "400"), host
    assert outside.read_text() == ""


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST.:{port}", "[::1]:{port}", "localhost:9000"])
def test_the_app_s_own_pages_are_let_in_by_any_name_of_this_computer(watched, host):
    port, _ = watched
    assert handshake(port, host, f"http://{host}")[9:12] == "101"
    assert handshake(port, host, f"https://{host}")[9:12] == "101", "a proxy in front speaks TLS"
    assert handshake(port, host)[9:12] == "101", "what is no browser"
    assert answered(port, "GET / HTTP/1.1", f"Host: {host.format(port=port)}")[9:12] == "200"


def test_two_hosts_in_one_request_are_refused(watched):
    port, _ = watched
    assert answered(port, "GET / HTTP/1.1", f"Host: 127.0.0.1:{port}", "Host: evil.example")[9:12] in ("400", "403")
    assert answered(port, "GET / HTTP/1.0")[9:12] in ("400", "403")


# The rule by itself


@given(st.text(string.ascii_letters + string.digits + ".-:[]@/#? ", max_size=30))
def test_at_loopback_nothing_is_let_in_but_its_names(host):
    bare = host.lower()
    allowed = HostRule.of("127.0.0.1").allows(host)
    assert not allowed or any(bare.startswith((name, f"[{name}]")) for name in LOOPBACK_NAMES)


@given(st.ip_addresses(), st.integers(1, 65535))
def test_a_server_that_listens_everywhere_takes_any_bare_address_and_pages_of_the_same_alone(address, port):
    rule = HostRule.of("0.0.0.0")  # noqa: S104 - nothing listens
    host = f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"
    assert rule.allows(host) and rule.is_own(f"http://{host}", host)
    assert not rule.is_own(f"http://{host}", f"203.0.113.77:{port}") or str(address) == "203.0.113.77"
    assert not rule.allows(f"evil.example:{port}")


def test_a_name_in_front_is_let_in_only_if_it_was_given():
    assert not HostRule.of("127.0.0.1").allows("siyu.example.org")
    rule = HostRule.of("127.0.0.1", ["Siyu.Example.org"])
    assert rule.allows("siyu.example.org") and rule.is_own("https://siyu.example.org", "siyu.example.org")
    assert not rule.is_own("https://localhost", "siyu.example.org")
    assert HostRule.of("192.0.2.7").allows("192.0.2.7:8501") and not HostRule.of("192.0.2.7").allows("192.0.2.8:8501")


def test_what_streamlit_is_told_holds_whatever_others_say():
    found = settings_in(["--server.enableCORS=false", "--server.enableXsrfProtection=false", "--browser.gatherUsageStats=true", "--server.port=9"])
    assert (found["server.enableCORS"], found["server.enableXsrfProtection"], found["browser.gatherUsageStats"]) == (True, True, False)
    assert found["server.port"] == 9 and set(found["server.allowedHosts"]) == LOOPBACK_NAMES
    everywhere = settings_in(["--server.address=0.0.0.0"])
    assert everywhere["browser.serverAddress"] == "localhost", "else an outside host is asked for this computer's address"
    with pytest.raises(ValueError, match="is no setting"):
        settings_in(["--server.port", "9"])


def test_both_checks_stand_in_front_of_streamlit(root):
    made = served_app(str(root / "app.py"), settings_in([]))
    assert [each.cls for each in made._user_middleware] == [HostCheck, NamedVisitors]


# The name of a visitor


def asked(*headers):
    """What a page's answer carries in its headers."""
    told = []

    async def page(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        told.append(message)

    scope = {"type": "http", "scheme": "http", "headers": [(b"host", b"127.0.0.1"), *headers]}
    run_aside(HostCheck(NamedVisitors(page), HostRule.of("127.0.0.1"))(scope, None, send))
    return dict(told[0]["headers"])


def test_a_browser_gets_its_name_with_the_first_page_and_keeps_it():
    first = asked((b"accept", b"text/html,*/*"))[b"set-cookie"].decode()
    name = first.split(";")[0]
    assert "HttpOnly" in first and "SameSite=Lax" in first and len(name) == len(COOKIE) + 1 + 24
    assert asked((b"accept", b"text/html"), (b"cookie", f"a=b; {name}".encode()))[b"set-cookie"].decode().startswith(name)
    for spoilt in ("x", "A" * 24, "<script>", '"' * 24):
        assert COOKIE in asked((b"accept", b"text/html"), (b"cookie", f"{COOKIE}={spoilt}".encode()))[b"set-cookie"].decode()
        assert spoilt not in asked((b"accept", b"text/html"), (b"cookie", f"{COOKIE}={spoilt}".encode()))[b"set-cookie"].decode().split(";")[0]
    assert b"set-cookie" not in asked((b"accept", b"image/png"))


def test_a_page_may_load_nothing_from_elsewhere():
    word = asked()[b"content-security-policy"].decode()
    assert word.startswith("default-src 'self'") and "connect-src 'self' data: blob: ws://127.0.0.1 " in word and "*" not in word
