"""What a user must be told about a fit before believing it: each a plain sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.calibration.fitting import Fit
from sim.calibration.histories import Histories

if TYPE_CHECKING:
    from sim.calibration.calibrating import Calibration

TITLES = {"pareto_nbd": "Pareto/NBD", "bg_nbd": "BG/NBD", "gamma_gamma": "Gamma-Gamma"}
MEANING = {
    "pareto_nbd": {"r": "need", "alpha": "need", "s": "exit", "beta": "exit"},
    "bg_nbd": {"r": "need", "alpha": "need", "a": "exit", "b": "exit"},
    "gamma_gamma": {"p": "spend", "q": "spend", "gamma": "spend"},
}
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
    for name, each in ({**found.fits} | ({"gamma_gamma": found.spend} if found.spend else {})).items():
        yield from _boundary(name, each)
    yield from _disagreement(found)
    yield from _independence(found)


def _boundary(name: str, found: Fit) -> Iterator[str]:
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
        yield f"{title}: customers hardly differ in their need (r = {values['r']:.3g}); a single rate would do"


def _disagreement(found: Calibration) -> Iterator[str]:
    likelihoods = {name: each.log_likelihood for name, each in found.fits.items()}
    ahead = likelihoods["bg_nbd"] - likelihoods["pareto_nbd"]
    if ahead > 5:
        yield (
            f"BG/NBD, whose customers exit after an order, is likelier by {ahead:.1f} (logarithm) than Pareto/NBD, "
            "whose exit in calendar time is the simulator's; compare both on the weeks held out"
        )
    error = (found.holdout or {}).get("pareto_nbd_mape")
    if error is not None and error > 0.1:
        yield (
            f"Pareto/NBD misses the weeks held out by {error:.0%} on average: something changed, or it is the wrong "
            "process"
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
