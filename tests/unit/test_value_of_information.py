"""What knowing is worth: published toy values, laws on random games, noise that is told as noise, luck apart."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm, qmc

from sim.inference.conditional_means import expected_given
from sim.inference.value_of_information import (
    best,
    evpi,
    evpi_error,
    evppi,
    expected_losses,
    luck_of,
    noise_level,
    regrets,
    shares_best,
    value_along,
    worst_tenth,
)

GAMES = range(50)


def normal(draws, causes, seed):
    return norm.ppf(qmc.Sobol(causes, rng=np.random.default_rng(seed)).random(draws))


@pytest.fixture(scope="module")
def toy():
    """Nothing against p1 + p2, with p1 ~ N(1, 1) and p2 ~ N(0, 2), and the luck of a trial on p1."""
    z = normal(65_536, 3, 1)
    p1, p2 = 1 + z[:, 0], 2 * z[:, 1]
    return np.stack([np.zeros(len(z)), p1 + p2], axis=1), p1, p2, z[:, 2]


def test_the_toy_has_its_published_value_of_knowing_all_and_each(toy):
    gains, p1, p2, _ = toy
    assert evpi(gains) == pytest.approx(0.4798, rel=0.01)
    assert evppi(gains, p1[:, None]) == pytest.approx(0.0833, rel=0.01)
    assert evppi(gains, p2[:, None]) == pytest.approx(0.3956, rel=0.01)


@pytest.mark.parametrize(("people", "worth"), [(10, 0.0723), (100, 0.0821), (1000, 0.0832)])
def test_a_trial_of_the_toy_is_worth_what_is_published(toy, people, worth):
    gains, p1, _, luck = toy
    assert evppi(gains, (p1 + luck / np.sqrt(people))[:, None]) == pytest.approx(worth, rel=0.01)


def test_a_planted_linear_model_of_ten_causes_comes_out_within_one_per_cent():
    z = normal(65_536, 10, 3)
    weights = np.arange(1, 11) / 5
    gains = np.stack([np.zeros(len(z)), 0.5 + z @ weights], axis=1)

    def truth(size):
        return size * (norm.pdf(0.5 / size) - 0.5 / size * norm.sf(0.5 / size))

    for known in (slice(4, 5), slice(9, 10), slice(0, 5)):
        assert evppi(gains, z[:, known]) == pytest.approx(truth(np.sqrt((weights[known] ** 2).sum())), rel=0.01)
    assert evpi(gains) == pytest.approx(truth(np.sqrt((weights**2).sum())), rel=0.01)


def game(seed, draws=256):
    """Gains of two to four strategies from four causes, straight, bent and together, with some luck."""
    dice = np.random.default_rng(seed)
    causes = dice.random((draws, 4))
    strategies = int(dice.integers(2, 5))
    straight, bent, both = (dice.normal(0, size, (4, strategies)) for size in (3, 4, 3))
    gains = causes @ straight + (causes - 0.5) ** 2 @ bent + (causes * causes[:, [1, 2, 3, 0]]) @ both
    return gains + dice.normal(0, 0.3, (draws, strategies)) + dice.normal(0, 1, strategies), causes


@pytest.mark.parametrize("seed", GAMES)
def test_knowing_more_is_never_worth_less_and_never_more_than_knowing_all(seed):
    gains, causes = game(seed)
    one, two, three = (evppi(gains, causes[:, :n]) for n in (1, 2, 3))
    assert 0 <= one <= two <= evpi(gains) + 1e-12
    assert two <= three + 2 * evpi_error(gains)
    assert three <= evpi(gains) + 2 * evpi_error(gains)


@pytest.mark.parametrize("seed", GAMES)
def test_the_least_expected_loss_is_the_value_of_knowing_all_and_belongs_to_the_best_mean(seed):
    gains, _ = game(seed)
    assert expected_losses(gains).min() == evpi(gains) == expected_losses(gains)[best(gains)]
    assert shares_best(gains).sum() == pytest.approx(1) and (regrets(gains) >= 0).all()


@pytest.mark.parametrize("seed", GAMES[:20])
def test_a_constant_added_or_strategies_in_another_order_change_nothing(seed):
    gains, causes = game(seed)
    before = evpi(gains), evppi(gains, causes[:, :1]), evppi(gains, causes[:, :2])
    shifted, turned = gains + 1000.0, gains[:, ::-1]
    for other in (shifted, turned):
        assert (evpi(other), evppi(other, causes[:, :1]), evppi(other, causes[:, :2])) == pytest.approx(before, abs=1e-6)


@pytest.mark.parametrize("seed", GAMES[:20])
def test_where_one_is_best_in_every_world_knowing_is_worth_nothing(seed):
    gains, causes = game(seed)
    gains[:, 0] = gains.max(axis=1) + 0.01
    assert evpi(gains) == evppi(gains, causes) == evppi(gains, causes[:, :1]) == 0


def test_a_shuffled_cause_stays_below_the_level_of_noise_in_95_of_100():
    dice = np.random.default_rng(5)
    above = []
    for seed in range(10):
        gains, causes = game(seed)
        level = noise_level(gains, [causes[:, [n]] for n in range(4)])
        above += [evppi(gains, dice.permutation(causes)[:, [n % 4]]) > level for n in range(60)]
    assert 0.02 <= np.mean(above) <= 0.09


def test_a_cause_of_few_values_is_told_apart_value_by_value():
    dice = np.random.default_rng(1)
    cause = dice.choice([1.0, 2.0, 5000.0], 3000)
    level = np.select([cause == 1, cause == 2], [3.0, -1.0], 2.0)
    fitted = expected_given((level + dice.normal(0, 0.5, 3000))[:, None], cause[:, None])[:, 0]
    assert np.abs(fitted - level).max() < 0.06


def test_a_cause_that_does_not_vary_foretells_the_mean():
    outcomes = np.random.default_rng(1).random((50, 2))
    assert np.array_equal(expected_given(outcomes, np.ones((50, 1))), np.broadcast_to(outcomes.mean(axis=0), (50, 2)))


def test_more_causes_than_draws_are_shrunk_and_do_not_follow_every_draw():
    dice = np.random.default_rng(2)
    fitted = expected_given(dice.normal(size=(64, 1)), dice.random((64, 30)))
    assert fitted.std() < 0.75


def test_a_world_of_pure_luck_has_nothing_above_its_noise():
    below = 0
    for seed in range(100):
        dice = np.random.default_rng(seed)
        gains, again = dice.normal(0, 5, (200, 3)), dice.normal(0, 5, (200, 3))
        luck = luck_of(gains, again)
        below += evpi(gains) <= luck.evpi_of_luck
        assert not luck.honest and luck.seen > 3 and abs(luck.scored) < 2.5 and luck.share > 0.6
    assert below >= 88


def test_where_worlds_differ_far_more_than_futures_one_future_says_the_same_as_two():
    gains, _ = game(1, draws=2000)
    dice = np.random.default_rng(1)
    luck = luck_of(*(gains[:500] + dice.normal(0, 0.02, (500, gains.shape[1])) for _ in range(2)), gains)
    assert luck.honest and luck.share < 0.01 and luck.evpi_of_luck < 0.1 * evpi(gains)


def test_the_share_of_luck_is_the_share_that_was_planted():
    dice = np.random.default_rng(8)
    world = np.stack([dice.normal(0, 2, 4000), np.zeros(4000)], axis=1)
    one, two = (world + np.stack([dice.normal(0, 1, 4000), np.zeros(4000)], axis=1) for _ in range(2))
    assert luck_of(one, two).share == pytest.approx(0.2, abs=0.02)


def test_the_curve_along_a_cause_crosses_where_the_best_changes():
    dice = np.random.default_rng(9)
    price = dice.uniform(1, 5, 2000)
    gains = np.stack([price + dice.normal(0, 1, 2000), np.full(2000, 3.0)], axis=1)
    first, second, known = value_along(gains, price, np.array([1.5, 3.0, 4.5])).T
    assert first == pytest.approx([1.5, 3.0, 4.5], abs=0.15) and second == pytest.approx([3, 3, 3])
    assert (known >= np.maximum(first, second)).all() and known[1] == pytest.approx(3.4, abs=0.1)


def test_the_worst_tenth_is_the_mean_of_the_least():
    gains = np.arange(100.0)[::-1, None]
    assert worst_tenth(gains) == [4.5] and worst_tenth(gains[:5]) == [95.0]
