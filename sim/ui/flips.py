"""Where the winner changes along one assumption, in words that need no key and no notation."""

from __future__ import annotations

from sim.assumptions.ranges import plain, with_unit
from sim.questions.breakeven.answer import BreakEven
from sim.questions.breakeven.words import sides, throughout
from sim.text.phrases import Language, strategy_name
from sim.ui.plain_frame import named
from sim.ui.words.what_if import say


def flip_sentences(answer: BreakEven, language: Language) -> list[str]:
    """Where the winner changes along the assumption, or that it never does."""
    line, span, label = answer.lines[0], answer.span, named(answer.span, language)
    if line.crossings:
        told = []
        for each in line.crossings:
            ends = {"low": plain(each.low), "high": with_unit(span, each.high, language)}
            better = sides(each.below, each.above, language)
            interval = "" if len(answer.seeds) == 1 else say("flip_interval", language, **ends)
            at = with_unit(span, each.value, language)
            said = better[0].upper() + better[1:]
            told.append(say("flip_at", language, label=label, value=at, interval=interval, sides=said))
        return told
    ends = {"low": plain(span.low), "high": with_unit(span, span.high, language)}
    if line.winner is None:
        key = "flip_tied" if all(gap.mean in (None, 0) for gap in line.gaps) else "flip_close"
        return [say(key, language, label=label, **ends)]
    key = "flip_never" if throughout(line) else "flip_mostly"
    return [say(key, language, label=label, winner=strategy_name(line.winner, language), **ends)]
