"""Make the gallery: ``make figures``, or ``python docs/write_figures.py dead_pool tornado`` for some figures only.

Each figure asks its question of a scenario that ships, draws the answer in English and Chinese into docs/images/gallery/
and leaves the sentence in answers.json there, from which both pages, docs/gallery.md and docs/gallery.zh.md, are written.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from figures import QUESTIONS, Finding, Question, Texts

from sim.report.looks import drawing, readable, wrapped
from sim.text.phrases import Language

DOCS = Path(__file__).parent
FOLDER = DOCS / "images" / "gallery"
ANSWERS = FOLDER / "answers.json"
PAGES: dict[Language, Path] = {"en": DOCS / "gallery.md", "zh": DOCS / "gallery.zh.md"}
TITLES: Texts = {"en": "# Gallery: twelve questions, twelve figures", "zh": "# 图集：十二个问题，十二张图"}
ABOUT: Texts = {
    "en": "[中文](gallery.zh.md)\n\nWritten by `make figures`, which lives every scenario below anew and takes some minutes; "
    "do not edit it by hand. Every number in a sentence comes from the run that drew the picture. Intervals are 95 % and "
    "hold the luck of futures only; what must not be concluded stands in [limits](explanation/limits.md). One figure alone "
    "is made by `python docs/write_figures.py NAME`; the command under each picture asks the same scenario from a terminal.",
    "zh": "[English](gallery.md)\n\n本页由 `make figures` 生成，会把下面每个情景重新跑一遍，需要几分钟；请勿手工修改。"
    "每句话里的数字都来自画出该图的同一次运行。区间均为 95%，只包含未来的偶然性；哪些结论不能下，见"
    "[局限](explanation/limits.md)（英文）。只重画一张图：`python docs/write_figures.py 图名`；图下的命令在终端里问同一个情景。",
}
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def write(name: str, question: Question) -> Texts:
    """Ask, draw in both languages, and return what was found."""
    found = question.ask(question.size)
    for language in LANGUAGES:
        draw(question, found, language).savefig(FOLDER / f"{name}-{language}.png", dpi=100)
    return found.answer


def draw(question: Question, found: Finding, language: Language):  # noqa: ANN201 - Matplotlib's figure
    """The picture with its caption: scenario, futures, marks."""
    figure = found.draw(language)
    with drawing(language):
        width = int(figure.get_figwidth() * 15)
        figure.supxlabel(wrapped(question.caption(found.marks, language), width), x=0.01, ha="left", fontsize=9)
    return figure


def page(language: Language, answers: dict[str, Texts]) -> str:
    """The gallery in one language: question, answer, picture, command."""
    parts = [TITLES[language], "", ABOUT[language], ""]
    for number, (name, question) in enumerate(QUESTIONS.items(), start=1):
        asked, answer = question.asked[language], answers[name][language]
        picture = f"![{asked}](images/gallery/{name}-{language}.png)"
        parts += [f"## {number}. {asked}", "", f"**{answer}**", "", picture, "", "```sh", question.command, "```", ""]
    return "\n".join(parts)


def main(names: list[str]) -> None:
    """Make all figures, or those that are named, and write both pages."""
    unknown = [name for name in names if name not in QUESTIONS]
    if unknown:
        raise SystemExit(f"there is no figure {unknown[0]!r}; choose from {', '.join(QUESTIONS)}")
    if readable("zh")[0] != "zh":
        raise SystemExit(
            "no Chinese font is installed, so that the Chinese figures cannot be drawn (Debian: fonts-noto-cjk)"
        )
    FOLDER.mkdir(parents=True, exist_ok=True)
    answers = json.loads(ANSWERS.read_text(encoding="utf-8")) if ANSWERS.exists() else {}
    for name in names or list(QUESTIONS):
        started = time.perf_counter()
        answers[name] = write(name, QUESTIONS[name])
        sys.stdout.write(f"{name} ({time.perf_counter() - started:.0f} s): {answers[name]['en']}\n")
        sys.stdout.flush()
    ordered = {name: answers[name] for name in QUESTIONS if name in answers}
    ANSWERS.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if len(ordered) == len(QUESTIONS):
        for language, path in PAGES.items():
            path.write_text(page(language, answers), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
