"""What a page of the app says, as tests read it without a browser."""

from __future__ import annotations

import json
import re

from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def answer(page: AppTest) -> str:
    """The text of the answer, without its marks."""
    assert not page.exception
    (section,) = [each.proto.body for each in page.get("html") if 'class="siyu-answer"' in each.proto.body]
    text = re.sub(r'<span class="siyu-preview">.*?</span> ', "", section)
    return " ".join(re.findall(r"<p.*?>(.*?)</p>", text))


def tables(page: AppTest) -> list[list[list[str]]]:
    """Every table as rows of plain cells."""
    bodies = [each.proto.body for each in page.get("html") if "<table>" in each.proto.body]
    return [
        [[re.sub(r"<.*?>", " ", cell).strip() for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row)]
         for row in body.split("<tr>")[1:]]
        for body in bodies
    ]


def everything_said(page: AppTest) -> str:
    """All that the page says, but for the language switch, style and script."""
    said = []
    for node in page.main:
        proto = getattr(node, "proto", None)
        if proto is None or not hasattr(proto, "DESCRIPTOR") or getattr(node, "key", None) == "language":
            continue
        said.append(json.dumps(MessageToDict(proto), ensure_ascii=False))
    return "\n".join(each for each in said if "<style>" not in each)
