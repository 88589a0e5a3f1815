"""Which strategy should be chosen, seeing what nobody knows? Possible worlds are drawn and lived, then weighed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sim.assumptions.errors import ScenarioError
from sim.assumptions.scenario import Scenario
from sim.questions.decide.answer import Along, Verdict
from sim.questions.decide.asking import Asked, asked_for
from sim.questions.decide.draws import drawn
from sim.questions.decide.evidence import metrics_for, possible
from sim.questions.decide.flips import FUTURES, Duel, as_assumed, flips, most_runs
from sim.questions.decide.weighing import along, other_prior, weighed
from sim.questions.decide.worlds import FIRST, Lives, Living, joined
from sim.running import Progress

PRICE = "public.start_click_price_cny"
"""The curve's parameter unless another is named."""

Announce = Callable[[Sequence[Scenario], int], None]
"""Told, before anything is lived, some of the worlds and how many runs there will be at most."""
Partial = Callable[[Verdict], None]
"""Told the verdict of the worlds lived so far, each time there are twice as many."""

_NO_WORLD = (
    "evidence: only {kept} of {last} worlds that were drawn are firms that can exist and show what is asked for;"
    " widen the evidence or the ranges"
)


def decide(
    scenario: Scenario,
    *,
    prior: str = "plausible",
    draws: int = 512,
    strategies: Sequence[str] | None = None,
    metric: str = "profit_cny",
    know: Iterable[str] = (),
    known: Iterable[str] = (),
    over: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
    partial: Partial | None = None,
) -> Verdict:
    """Weigh strategies over everything that is not known.

    Args:
        scenario: what is assumed; what is not known of it is drawn.
        prior: how it is drawn: ``plausible`` (uniform over documented ranges), ``central`` (the scenario's own values
            likelier than the ends) or a file.
        draws: how many possible worlds, from 8 to 16,384.
        strategies: two or more; the main three if none is named.
        metric: the yardstick, such as ``profit_cny``.
        know: ``KEY=VALUE`` for each fact or doubt that is known, which is then not drawn.
        known: keys whose value in the scenario is known, which are then not drawn.
        over: ``KEY=LOW..HIGH`` to draw expected losses along; the price of a click if none is named.
        workers: threads; the answer is the same to the bit for any number.
        progress: told days lived and days in all.
        announce: told beforehand some of the worlds and how many runs it will take at most.
        partial: told the verdict so far when 64 worlds were lived, then 128, and so on.

    If it is interrupted from the keyboard when 64 worlds or more were lived, the verdict holds for these.

    Raises:
        ScenarioError: with a sentence for every key, value or prior that cannot be.
        ValueError, KeyError: for numbers of draws, strategies or metrics that do not exist.
    """
    asked = asked_for(scenario, prior, draws, strategies, metric, know, known, over)
    metrics = dict.fromkeys([metric, *metrics_for(asked.evidence())])
    living = Living(asked.scenario, asked.strategies, tuple(metrics), workers=workers, progress=progress)
    return _Study(asked, living, partial).verdict(announce)


class _Study:
    """One question while it is being answered."""

    def __init__(self, asked: Asked, living: Living, partial: Partial | None) -> None:
        self.asked, self.living, self.partial = asked, living, partial
        self.evidence = asked.evidence()
        self.draws = drawn(asked.priors(asked.prior), asked.draws)
        self.beside = drawn(asked.priors(asked.other), asked.fewer)
        self.moved = None if asked.over is None else drawn(asked.priors_over(), asked.fewer)

    def verdict(self, announce: Announce | None) -> Verdict:
        """Live and weigh everything, or as much as there was patience for."""
        self._promise(announce)
        found = self._so_far()
        if found.stopped:
            return found
        try:
            return self._complete(found)
        except KeyboardInterrupt:
            return found

    def _promise(self, announce: Announce | None) -> None:
        count = len(self.asked.strategies)
        twice = min(FIRST, self.asked.draws) if self.draws.priors else 0
        worlds = len(self.draws) + twice + len(self.beside if self.draws.priors else ()) + len(self.moved or ())
        self.living.promised = count * worlds + most_runs(self.draws, count)
        if announce:
            some = [self.draws.world(self.asked.scenario, n) for n in range(min(FIRST, len(self.draws)))]
            announce([world for world in some if world is not None] or [self.asked.scenario], self.living.promised)

    def _so_far(self) -> Verdict:
        """The verdict of all worlds of the prior, told each time there are twice as many."""
        lived: list[Lives] = []
        again, last = None, 0
        try:
            while last < len(self.draws):
                first, after = last, min(max(FIRST, 2 * last), len(self.draws))
                lived.append(self.living.live(self.draws, first, after))
                last = after
                if again is None and self.draws.priors:
                    again = self.living.live(self.draws, 0, last, again=True)
                if self.partial:
                    self.partial(self._weighed(lived, last, again, wholly=False))
        except KeyboardInterrupt:
            if not lived:
                raise
        return self._weighed(lived, last, again)

    def _weighed(self, lived: list[Lives], last: int, again: Lives | None, *, wholly: bool = True) -> Verdict:
        kept = self._possible(joined(lived))
        if len(kept.draws) < 2:
            raise ScenarioError([_NO_WORLD.format(kept=len(kept.draws), last=last)])
        return replace(weighed(self.asked, self.draws, kept, again, last, wholly=wholly), runs=self.living.runs)

    def _possible(self, lives: Lives) -> Lives:
        """The worlds that show what every possible world must show."""
        if not (self.evidence and self.draws.priors):
            return lives
        return lives.part(possible(lives.parts, self.evidence, self.asked.strategies, self.living.metrics))

    def _complete(self, found: Verdict) -> Verdict:
        """The other prior, the curve and the flips, one after the other."""
        sure = self.living.replications(FUTURES)
        assumed = as_assumed(self.asked.scenario, self.asked.strategies, sure)
        found = replace(found, as_assumed=assumed)
        if not self.draws.priors:
            return replace(found, runs=self.living.runs + sure.runs)
        beside = self._possible(self.living.live(self.beside, 0, len(self.beside)))
        found = replace(found, other_prior=other_prior(self.asked, beside), along=self._along(found))
        duel = Duel(self.asked.scenario, (assumed.winner, assumed.rival), self.living.replications(1), sure)
        one, two = (self.asked.strategies.index(name) for name in duel.pair)
        ahead = (found.values[:, one] - found.values[:, two]) * (-1.0 if self.asked.lower else 1.0)
        told = flips(duel, self.draws, found.worlds.tolist(), ahead)
        return replace(found, flips=told, runs=self.living.runs + sure.runs + duel.quick.runs)

    def _along(self, found: Verdict) -> Along | None:
        """Expected losses along a parameter, from the worlds lived or from some in which it is moved."""
        if self.moved is None or self.asked.over is None:
            if PRICE not in found.drawn_keys:
                return None
            return along(self.asked, PRICE, found.values, found.drawn[:, found.drawn_keys.index(PRICE)])
        lives, key = self.living.live(self.moved, 0, len(self.moved)), self.asked.over.key
        return along(self.asked, key, lives.values(), self.moved.values[lives.draws, self.moved.names.index(key)])
