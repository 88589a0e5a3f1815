"""A text with a button that copies it, in the visitor's language. Streamlit's own button speaks English only."""

from __future__ import annotations

import json
from html import escape

import streamlit as st

SCRIPT = """<script>
for (const button of document.querySelectorAll('.siyu-copy button')) {{
  button.onclick = async () => {{
    const text = button.dataset.text || location.href
    await navigator.clipboard.writeText(text)
    const label = button.textContent
    button.textContent = {copied}
    setTimeout(() => {{ button.textContent = label }}, 1500)
  }}
}}
</script>"""


def copy_button(text: str, label: str, copied: str, *, shown: bool = True) -> None:
    """A button that copies a text, which stands beside it if ``shown``; the page's address for an empty text."""
    code = f"<code>{escape(text)}</code>" if shown and text else ""
    button = f'<button type="button" data-text="{escape(text)}">{escape(label)}</button>'
    script = SCRIPT.format(copied=json.dumps(copied))
    st.html(f'<div class="siyu-copy">{code}{button}</div>{script}', unsafe_allow_javascript=True)
