"""Order logs made up by a small sampler of their own, independent of the code under test: Pareto/NBD with Gamma-Gamma spend."""

from __future__ import annotations

from pathlib import Path

import numpy as np

FIRST = np.datetime64("2022-01-03")


def sampled(people: int, days: int, joining: int, theta, spend, seed: int, season=None):
    """Customers, days and amounts of every order; ``theta`` is r, alpha, s, beta in days, ``spend`` p, q, gamma.

    People begin evenly over the first ``joining`` days. ``season`` maps days of orders to the chance to keep them.
    """
    random = np.random.default_rng(seed)
    (r, alpha, s, beta), (p, q, gamma) = theta, spend
    rate, exits = random.gamma(r, 1 / alpha, people), random.gamma(s, 1 / beta, people)
    start = random.integers(0, joining, people)
    lived = np.minimum(days - start, random.exponential(1, people) / np.maximum(exits, 1e-300))
    count = random.poisson(rate * lived)
    who = np.repeat(np.arange(people), count)
    when = start[who] + random.random(who.size) * lived[who]
    if season is not None:
        kept = random.random(when.size) < season(when)
        who, when = who[kept], when[kept]
    who, when = np.concatenate((np.arange(people), who)), np.concatenate((start, when)).astype(int)
    habit = random.gamma(q, 1 / gamma, people)
    amount = random.gamma(p, 1, who.size) / habit[who]
    order = np.lexsort((when, who))
    return who[order], when[order], np.round(amount[order], 2) + 0.01


def lines(who, when, amount) -> str:
    """These orders as CSV."""
    dates = (FIRST + np.asarray(when)).astype(str)
    rows = "\n".join(f"c{c:06d},{d},{a:.2f}" for c, d, a in zip(who, dates, amount, strict=True))
    return f"customer,date,amount\n{rows}\n"


def written(path: Path, *args, **more) -> Path:
    """A sampled log in a file."""
    path.write_text(lines(*sampled(*args, **more)), encoding="utf-8")
    return path
