"""Two movements in a row are weighed together."""

import numpy as np
import pytest

from chorale.models.coconet.turns import KINDS, Turns, kinds_of
from chorale.training.statistics import count_turns

STATES = np.array([60, 62, 64, 67, -1])


@pytest.fixture
def turns():
    costs = np.random.default_rng(1).normal(0, 1, (KINDS, KINDS))
    return Turns.of(STATES, costs, 1.0), np.exp(-costs)


def test_movements_are_held_stepped_or_skipped():
    assert kinds_of(np.array([0, 1, 2, -1, -2, 3, 12, -3])).tolist() == [0, 1, 1, 2, 2, 3, 3, 4]


def test_the_product_sums_over_what_lies_between(turns):
    pairs, factors = turns
    rng = np.random.default_rng(2)
    into, onward = rng.random((2, 3, 5, 5)), rng.random((2, 3, 5, 5))
    passing = sum(
        into[0, 0, 0, middle] * onward[0, 0, middle, 2] * factors[tuple(kinds_of(np.diff([60, tone, 64])))]
        for middle, tone in enumerate(STATES[:-1])
    )
    assert pairs.product(into, onward)[0, 0, 0, 2] == pytest.approx(passing + into[0, 0, 0, 4] * onward[0, 0, 4, 2])


def test_the_factors_between_two_ends_are_those_of_the_product(turns):
    pairs, factors = turns
    between = pairs.between(np.array([[0, 1]]), np.array([[2, 4]]))
    assert between.shape == (1, 2, 5)
    assert between[0, 0, 1] == pytest.approx(factors[1, 1])
    assert between[0, 1].tolist() == [1.0] * 5


def test_bach_passes_more_than_he_goes_back(shipped_manners):
    up, down = 1, 2
    for voice in (1, 2, 3):
        costs = shipped_manners.turns(voice)
        assert costs[up, up] < 0 < costs[up, down]
        assert costs[down, down] < costs[down, up]


def test_turns_are_counted_from_beat_to_beat():
    turn = np.zeros((KINDS, KINDS))
    count_turns(turn, np.array([60] * 2 + [62] * 2 + [64] * 4 + [64] * 2 + [60, 60, 59, 59, 59, 59]))
    assert turn[1, 1] == turn[0, 0] == turn[4, 2] == 1
    assert turn.sum() == 3
