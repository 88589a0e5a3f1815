"""Who asks: a name without meaning for each browser, so that nobody's jobs crowd out those of others.

It is kept in the session, and in a cookie that only this server sees, so that a reload finds it again.
"""

from __future__ import annotations

import re
import secrets

import streamlit as st

COOKIE = "siyu_visitor"
LOOKS = re.compile(r"[0-9a-f]{24}")


def visitor() -> str:
    """The name of this visitor's browser."""
    memory = st.session_state
    if "visitor" not in memory:
        known = str(st.context.cookies.get(COOKIE, ""))
        memory["visitor"] = known if LOOKS.fullmatch(known) else secrets.token_hex(12)
    return str(memory["visitor"])


def remember() -> None:
    """Have the browser keep the name until it is closed."""
    cookie = f"{COOKIE}={visitor()}; path=/; SameSite=Strict"
    st.html(f"<script>document.cookie = '{cookie}'</script>", unsafe_allow_javascript=True)
