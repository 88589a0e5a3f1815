"""A font in which Chinese can be read, if this computer has one: otherwise a chart would show boxes."""

from __future__ import annotations

from functools import cache

from matplotlib import font_manager

FAMILIES: tuple[str, ...] = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "DengXian",
    "SimHei",
    "Heiti SC",
    "STHeiti",
    "Arial Unicode MS",
    "Noto Sans CJK JP",
)
"""Families with simplified Chinese, best first; the last is what an older Matplotlib sees of the first."""

FILES: tuple[str, ...] = (
    "notosanscjk",
    "notosanssc",
    "sourcehansans",
    "msyh",
    "pingfang",
    "hiragino sans gb",
    "wqy",
    "deng",
    "simhei",
    "stheiti",
    "arial unicode",
)
"""How the files of these families begin, in small letters."""


@cache
def chinese_family() -> str | None:
    """The name of an installed family with simplified Chinese, or None. Looks afresh if Matplotlib's list is older than
    the font.
    """
    return _known() or _found()


def _known() -> str | None:
    names = set(font_manager.get_font_names())
    return next((family for family in FAMILIES if family in names), None)


def _found() -> str | None:
    for path in font_manager.findSystemFonts():
        if path.replace("\\", "/").rsplit("/", 1)[-1].lower().startswith(FILES):
            try:
                font_manager.fontManager.addfont(path)
            except (OSError, RuntimeError):
                continue
    return _known()
