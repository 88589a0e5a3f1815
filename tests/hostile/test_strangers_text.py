"""Words of files and logs on a page: printed, and never read as Markdown or HTML."""

from __future__ import annotations

import ast
import re

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")

from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from sim.ui import strangers_text

PICTURE = "![](http://evil.example/x.png)"
LIVELY = [PICTURE, "[a](http://evil.example)", "http://evil.example", "see www.evil.example", "<img src=x>", ":smile:", "$x$", "a -> b",
          "# a", "- a", "1. a", "a\nb", "    a", "`a`", "**a**", "_a_", "a\\b", ":red[a]", "a@b.example", "a | b", "&lt;", "~~a~~", "--", "a  b", "__a"]
OWN = ["log.csv: the amount in line 2 is x, which is no number; write it as in 129.50.", "empty.csv：文件是空的；请重新导出订单。",
       "lower market.order_value_cny, market.people or clock.days; 9.1e+12 (status -9)"]


def printed(kind, text):
    """What a page shows that tells a text."""
    return AppTest.from_string(f"from sim.ui import strangers_text\nstrangers_text.tell({kind!r}, {text!r})").run()


@pytest.mark.parametrize("text", LIVELY)
def test_what_markdown_would_read_is_printed_as_text(text):
    assert not strangers_text.is_itself(text)
    page = printed("error", text)
    assert not page.exception and not page.error and not page.markdown
    (box,) = page.get("html")
    assert "<img" not in box.proto.body and "role=\"alert\"" in box.proto.body


@pytest.mark.parametrize("text", OWN)
def test_a_plain_sentence_stands_in_streamlit_s_box(text):
    assert [each.value for each in printed("error", text).error] == [text]


@given(st.text(st.sampled_from("ab1 _*[]()!<>`#:/.\\-+=|~$&@w\n，。"), max_size=30))
def test_a_label_holds_no_living_mark(text):
    label = strangers_text.label(text)
    assert strangers_text.is_itself(label) or not re.search(r"(?<!\\)(?:\\\\)*[`*_{}\[\]()<>#!|~$:&@]", label)
    assert "\n" not in label


MARKDOWN = {"markdown", "error", "warning", "info", "success", "caption", "write", "title", "header", "subheader", "toast", "latex", "expander",
            "pills", "segmented_control", "checkbox", "toggle", "radio", "button", "progress"}
FOREIGN = re.compile(
    r"\.why\(|\.told\b|\btold\[|\.told\(|(?<!')mistakes\b|\bupload\.name|\.question\b|question_zh|\.source\b|\[.name.\]|\[.about.\]|str\(error\)(?!, language)"
    r"|(?<!label\()\bshown\(|refused\.|found\.name|_lost\("
)
"""What carries strangers' words in the code of pages, where it stands in a call that prints Markdown."""


def test_no_page_prints_strangers_words_but_through_the_one_component(root):
    wrong = []
    for path in sorted((root / "sim/ui").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr not in MARKDOWN:
                continue
            said = " ".join(ast.unparse(each) for each in [*call.args, *(named.value for named in call.keywords if named.arg == "format_func")])
            if path.name != "strangers_text.py" and FOREIGN.search(said):
                wrong.append(f"{path.relative_to(root)}:{call.lineno}: {said[:80]}")
    assert wrong == []


def test_the_search_for_others_would_find_one():
    assert FOREIGN.search("job.why(language)") and FOREIGN.search("say('uploaded', language, name=shown(found.name))")
    assert FOREIGN.search("refused.told[language]") and not FOREIGN.search("strangers_text.label(shown(name, 40))")
