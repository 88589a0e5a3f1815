"""From fitted order process to a scenario: need, exit, spend and season, each with its provenance, over the
baseline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

import numpy as np

from sim.assumptions.loading import loads
from sim.assumptions.scenario import DAYS_PER_MONTH, Scenario
from sim.assumptions.writing import written
from sim.calibration import gamma_gamma
from sim.calibration.calibrating import Calibration
from sim.calibration.daily_steps import daily_needs
from sim.calibration.histories import DAYS_IN
from sim.calibration.limits import exit_within, need_within
from sim.calibration.read.orders import date_of
from sim.calibration.regimes import Regime
from sim.calibration.stated import WIDTH, Stated, sure, within, yaml_of

MEAN_STAYS = "the mean rate stays"
STAY_STAYS = "the time that customers stay within the log stays"

MARKET_FACTOR = 20
"""Potential customers for each customer of the log, where the log is too large for the baseline's market."""


def needs_of(found: Calibration, regime: Regime) -> tuple[float, float]:
    """Shape and scale (days) of need rates whose caught needs, at most one a day, are the fitted orders."""
    r, alpha, *_ = found.fits["pareto_nbd"].values
    days = DAYS_IN[found.period.unit]
    orders = found.expected("pareto_nbd", np.array([found.period.last_day]))[0]
    alive = orders / (r / (alpha * days)) / found.customers.number.size
    return daily_needs(float(r), float(alpha) * days, regime.caught_share, float(alive))


def stated_of(found: Calibration, regime: Regime, baseline: Scenario) -> list[Stated]:
    """What the log says about people, and under which regime."""
    stated = [*_process(found, regime), *_spend(found), *_season(found)]
    people = int(found.customers.number.size * MARKET_FACTOR)
    if people > baseline.market.people:
        reason = f"assumption: {MARKET_FACTOR} potential customers for each of the log's"
        stated.append(Stated("market.people", min(people, 1_100_000_000), reason))
    stated.append(within("public.repeat_orders_paid_share", regime.paid_share, f"regime: {regime.reason}"))
    return stated


def _process(found: Calibration, regime: Regime) -> Iterator[Stated]:
    process, days = found.fits["pareto_nbd"], DAYS_IN[found.period.unit]
    values, unit, caught = process.parameters, found.period.unit, regime.caught_share
    shape, scale = needs_of(found, regime)
    step = "turned into needs of which at most one a day becomes an order"
    thinned = "" if caught == 1 else f", a share of {caught:g} of them"
    told = f"fitted, Pareto/NBD: {sure(process, 'r')}; {step}{thinned}"
    needs = need_within(shape, scale / DAYS_PER_MONTH)
    yield _moved("market.need_gamma_shape", shape, needs.shape, told, MEAN_STAYS)
    told = f"fitted, Pareto/NBD in {unit}s: {sure(process, 'alpha')}; {step}{thinned}; in months"
    yield _moved("market.need_gamma_months", scale / DAYS_PER_MONTH, needs.months, told, MEAN_STAYS)
    months = values["beta"] * days / DAYS_PER_MONTH
    exits = exit_within(values["s"], months, watched_months(found))
    told = f"fitted, Pareto/NBD: {sure(process, 's')}"
    yield _moved("market.exit_gamma_shape", values["s"], exits.shape, told, STAY_STAYS)
    told = f"fitted, Pareto/NBD in {unit}s: {sure(process, 'beta')}; in months"
    yield _moved("market.exit_gamma_months", months, exits.months, told, STAY_STAYS)


def watched_months(found: Calibration) -> float:
    """How long customers were watched on average, to the log's end."""
    return float((found.period.log_ends - found.customers.first_day).mean()) / DAYS_PER_MONTH


def _moved(key: str, value: float, kept: float, reason: str, stays: str) -> Stated:
    """A parameter of a pair, with a word where it was moved into what a scenario can hold."""
    if abs(kept - value) > 1e-9 * value:
        reason += f"; {value:.4g} was moved, with the other one, into what the simulator can hold: {stays}"
    return Stated(key, float(f"{kept:.6g}"), reason)


def order_value_of(found: Calibration) -> float:
    """The mean value of an order: by Gamma-Gamma, or of the log's own orders where it has no mean."""
    fitted = None if found.spend is None or found.spend.unsure else gamma_gamma.mean_order(found.spend.values)
    return fitted if fitted is not None else float(found.orders.amount.mean())


def _spend(found: Calibration) -> Iterator[Stated]:
    if not found.orders.priced:
        return
    amounts = found.orders.amount
    seen = f"the log's {amounts.size:,} days with an order"
    spend = found.spend
    if spend is None or spend.unsure or gamma_gamma.mean_order(spend.values) is None:
        yield within(
            "market.order_value_cny", max(float(amounts.mean()), 0.01), f"mean of {seen}, in the log's currency"
        )
    else:
        told = sure(spend, *gamma_gamma.NAMES)
        yield within(
            "market.order_value_cny",
            order_value_of(found),
            f"fitted to repeat orders, Gamma-Gamma: p gamma / (q - 1); {told}; in the log's currency",
        )
    variation = None if spend is None or spend.unsure else gamma_gamma.order_variation(spend.values)
    if variation is None or variation > 3:
        level = float(amounts.std() / amounts.mean()) if amounts.mean() > 0 else 0.0
        yield within("market.order_value_variation_share", level, f"standard deviation over mean of {seen}")
    else:
        yield within(
            "market.order_value_variation_share",
            variation,
            "fitted, Gamma-Gamma: of one order of a random customer; the simulator keeps no spenders apart",
        )


def _season(found: Calibration) -> Iterator[Stated]:
    season = found.season
    if season.told:
        errors = ", ".join(f"{error:.2f}" for error in season.errors or ())
        reason = f"{season.reason}; standard errors {errors}; the first day of a run stands for 1 January"
        yield Stated("market.season_factors", tuple(round(factor, 4) for factor in season.factors), reason)


def scenario_text(
    found: Calibration, stated: Iterable[Stated], regime: Regime, name: str, notes: Iterable[str] = ()
) -> str:
    """A scenario file that extends the baseline and says where each of its numbers comes from; it loads as it
    stands."""
    title = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")[:60] or "calibrated"
    log = found.name.replace("\\", "/").rsplit("/", 1)[-1]
    dates = f"{date_of(found.period.first_day)} to {date_of(found.period.last_day)}"
    opening = [
        f"Calibrated by `siyu calibrate` from {log}: {found.customers.number.size:,} customers, {dates}.",
        f"The regime under which the log is assumed to have arisen: public store, no pool; {regime.reason}.",
        f"So {regime.caught_share:.3g} of needs became orders.",
        "`siyu calibrate --again FILE` writes that regime with the log's own customers: a run gives the log back.",
        *found.notes,
        *notes,
        "Everything not stated here is the baseline's, much of it assumed: `siyu explain THIS_FILE`.",
    ]
    lines = [line for text in opening for line in wrap(text, WIDTH, initial_indent="# ", subsequent_indent="# ")]
    source = f"order log of {found.customers.number.size:,} customers, {dates}, by siyu calibrate"
    head = [
        "extends: baseline.yaml",
        f"name: {written(title if title[0].isalnum() else 'c' + title)}",
        f"source: {written(source)}",
    ]
    text = "\n".join([*lines, "", *head, *yaml_of(stated)]) + "\n"
    loads(text, f"{title}.yaml")
    return text


def season_from(factors: tuple[float, ...], first_day: int) -> tuple[float, ...]:
    """The season as a run sees it whose first day is a given day since 1970."""
    date = np.datetime64("1970-01-01", "D") + first_day
    offset = int((date - date.astype("datetime64[Y]").astype("datetime64[D]")).astype(int))
    middles = (np.arange(12) + 0.5) * 365 / 12
    return tuple(factors[int((middle + offset) % 365 * 12 / 365)] for middle in middles)
