"""What a user must be told about a fit before believing it: each a plain sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.assumptions.scenario import DAYS_PER_YEAR
from sim.calibration.fitting import Fit
from sim.calibration.histories import Histories
from sim.calibration.newcomers import old_customers
from sim.calibration.read.holes import holes_in
from sim.calibration.read.orders import Orders, date_of
from sim.calibration.regularity import rhythm_of

if TYPE_CHECKING:
    from sim.calibration.calibrating import Calibration
    from sim.calibration.matching import Match

TITLES = {"pareto_nbd": "Pareto/NBD", "bg_nbd": "BG/NBD", "gamma_gamma": "Gamma-Gamma"}
MEANING = {
    "pareto_nbd": {"r": "need", "alpha": "need", "s": "exit", "beta": "exit"},
    "bg_nbd": {"r": "need", "alpha": "need", "a": "exit", "b": "exit"},
    "gamma_gamma": {"p": "spend", "q": "spend", "gamma": "spend"},
}
FEWEST_COVERED = 0.5
"""The share of weeks that must lie within the band of runs."""

WIDE = 0.3
"""The width of the band of single runs over their mean from which on chance is told."""

MOST_MISSED = 0.1
"""The part of the repeat orders held out, or of the whole log, by which they may be missed without a word."""

ALIKE = 30.0
"""A shape from which on people hardly differ."""


def cautions(found: Calibration, histories: Histories) -> Iterator[str]:
    """Sentences about what this log cannot say, or says badly."""
    repeaters, copies = histories.repeaters, found.orders.copies
    if copies:
        yield f"{copies:,} rows are exactly like another; they were taken for orders, of which a day's count once"
    if repeaters < 100:
        yield f"only {repeaters} customers came back: read the standard errors, not the numbers alone"
    starts = np.unique(found.customers.first_day)
    if starts[-1] - starts[0] < 7:
        yield (
            "all customers began within one week: one cohort, in which a customer's age and the calendar cannot be "
            "told apart, so that a season or a campaign would be read as need or exit"
        )
    yield from _log(found.orders)
    for name, each in ({**found.fits} | ({"gamma_gamma": found.spend} if found.spend else {})).items():
        yield from _boundary(name, each, found.period.unit)
    yield from _disagreement(found)
    yield from _independence(found)


def _log(orders: Orders) -> Iterator[str]:
    """What the log's own days say: holes, customers from before its beginning, a rhythm of buying."""
    for hole in holes_in(orders.day):
        yield (
            f"no order at all from {date_of(hole.first_day)} to {date_of(hole.last_day)}, when some {hole.due:,.0f} "
            "were due: a hole in the export, or a closed shop; no season is made of it, but the fit takes it for "
            "customers who left or waited: complete the log, or cut it there"
        )
    old = old_customers(orders)
    if old:
        yield (
            f"some {old.people:,} of {old.everybody:,} customers more than usual begin in the log's first {old.weeks} "
            "weeks: most had probably ordered before it begins, and are taken for new ones; need and exit are then "
            "those of old customers: give the log from its true beginning, or only customers who came later"
        )
    rhythm = rhythm_of(orders)
    if rhythm:
        yield (
            f"customers order in a rhythm, more regularly than at random moments (waits like an Erlang distribution of "
            f"shape {rhythm.shape:.1f}): the fitted process lets needs come at random, so that who is overdue is given "
            "up too late, and single runs differ more than the log would"
        )


def size_of_shop(orders: Orders) -> str:
    """How large the log's shop is, and that the scenario's is not yet as large."""
    years = (orders.last_day - orders.first_day + 1) / DAYS_PER_YEAR
    worth = float(orders.amount.sum()) / years
    return (
        f"the log has some {orders.day.size / years:,.0f} orders a year worth {worth:,.0f}; budget, click price, "
        "margin and how many new customers come are not in it and still the baseline's: a verdict in yuan is not about "
        "a shop of this size before they are stated (a funnel sheet, brand.budget_cny_per_day, market.margin_share)"
    )


def _boundary(name: str, found: Fit, unit: str) -> Iterator[str]:
    title, values = TITLES[name], found.parameters
    if found.unsure:
        of = " and ".join(dict.fromkeys(MEANING[name][each] for each in found.unsure))
        yield (
            f"{title}: {', '.join(found.unsure)} {'is' if len(found.unsure) == 1 else 'are'} not determined by "
            f"this log (a boundary solution or a flat ridge): do not quote these numbers for {of}"
        )
    if name == "pareto_nbd" and values["s"] / values["beta"] < 1e-5:
        yield f"{title}: hardly any exit is seen in this log; how long customers stay cannot be learnt from it"
    if "r" in values and values["r"] > ALIKE:
        yield (
            f"{title}: customers hardly differ in their need (r = {values['r']:.3g}); what is known is one rate for "
            f"all, {values['r'] / values['alpha']:.3g} orders a {unit}"
        )


def _disagreement(found: Calibration) -> Iterator[str]:
    likelihoods = {name: each.log_likelihood for name, each in found.fits.items()}
    ahead = likelihoods["bg_nbd"] - likelihoods["pareto_nbd"]
    if ahead > 5:
        yield (
            f"BG/NBD, whose customers exit after an order, is likelier by {ahead:.1f} (logarithm) than Pareto/NBD, "
            "whose exit in calendar time is the simulator's; compare both on the weeks held out"
        )
    held_out = found.holdout
    if held_out is None:
        return
    actual, expected = int(held_out["actual_repeats"] or 0), float(held_out["pareto_nbd"] or 0.0)
    if abs(expected - actual) > MOST_MISSED * actual:
        chance = 2.0 * np.sqrt(expected) / max(actual, 1)
        yield (
            f"the weeks held out had {actual:,} repeat orders and Pareto/NBD expected {expected:,.0f}, "
            f"{abs(expected - actual) / max(actual, 1):.0%} too {'many' if expected > actual else 'few'} (chance alone "
            f"makes up to {chance:.0%}): something changed, or it is the wrong process"
        )


def _independence(found: Calibration) -> Iterator[str]:
    again = found.customers.repeat_spend > 0
    if again.sum() < 30:
        return
    orders, spend = found.customers.repeats[again], found.customers.repeat_spend[again]
    mean = spend / orders
    related = float(np.corrcoef(orders, mean)[0, 1]) if np.ptp(orders) and np.ptp(mean) else 0.0
    if abs(related) > 0.2:
        yield (
            f"the value of an order goes with how often people order (correlation {related:.2f}), which Gamma-Gamma "
            "and the simulator take to be independent"
        )


def cautions_of_runs(match: Match, expected: float) -> Iterator[str]:
    """What runs of the scenario over the log's own weeks say about it; ``expected`` is what the fit expects in them."""
    actual, mean, low, high = int(match.actual.sum()), *match.totals.values()
    off, own = (mean - actual) / max(actual, 1), (expected - actual) / max(actual, 1)
    if abs(off) > MOST_MISSED:
        yield from _not_given_back((mean, low, high, actual), off, own)
    elif high - low > WIDE * mean:
        yield (
            f"single runs of this scenario over the log's own weeks have {low:,.0f} to {high:,.0f} repeat orders, the "
            f"log {actual:,}: with so few customers, chance decides much"
        )
    yield from _coverage(match)


def _not_given_back(repeats: tuple[float, float, float, int], off: float, own: float) -> Iterator[str]:
    """That runs miss the log, and whether the fit does: repeats of runs (mean, low, high), then the log's."""
    mean, low, high, actual = repeats
    share, much = f"{abs(off):.0%}", "many" if off > 0 else "few"
    if own * off > 0 and abs(own) > 0.5 * abs(off):
        yield (
            f"a run of this scenario over the log's own weeks has {mean:,.0f} repeat orders ({low:,.0f} to "
            f"{high:,.0f}), the log {actual:,}: {share} too {much}; so does the fit itself, which is off by "
            f"{abs(own):.0%}: something changed in these weeks, or it is the wrong process"
        )
    else:
        yield (
            f"a run of this scenario over the log's own weeks has {mean:,.0f} repeat orders ({low:,.0f} to "
            f"{high:,.0f}), the log {actual:,}: {share} too {much}, though the fit itself is off by {abs(own):.0%}: "
            "chance among few customers, or a fit that the simulator cannot hold; do not rely on its need and exit"
        )


def _coverage(match: Match) -> Iterator[str]:
    if match.coverage is not None and match.coverage < FEWEST_COVERED:
        yield (
            f"only {match.coverage:.0%} of the weeks held out lie within the band that nine in ten runs keep to: weeks "
            "differ by more than chance (campaigns, seasons, holes), and intervals of this scenario are too narrow"
        )
    if match.coverage is None and match.coverage_of_all < FEWEST_COVERED:
        yield (
            f"only {match.coverage_of_all:.0%} of the weeks lie within the band that nine in ten runs keep to: weeks "
            "differ by more than chance (campaigns, seasons, holes), and intervals of this scenario are too narrow"
        )
