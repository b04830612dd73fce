"""What the places of a step are worth makes GrooVAE's hits lie like drummers'."""

import numpy as np
import pytest

from chorale.models.groove_vae.timing import PLACES, choices, strayed
from chorale.training import timing

STEPS = 4000


def test_shares_count_the_hits_of_each_piece_by_places():
    found = timing.shares(np.array([-0.5, 0.0, 0.01, 0.5]), np.array([0, 1, 1, 1]))
    assert found.shape == (9, PLACES)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert found[0].argmax() == 0
    assert found[1].argmax() == PLACES // 2
    assert found[1, -1] > found[1, 0]


def test_hits_come_to_lie_more_as_drummers_do():
    rng = np.random.default_rng(0)
    hits = np.zeros((STEPS, 9), bool)
    hits[:, 0] = True
    expected = np.where(hits, rng.normal(0, 0.05, hits.shape), 0).astype(np.float32)
    spreads = np.full(hits.shape, 0.15, np.float32)
    pieces = np.zeros(STEPS, np.int64)
    drummers = timing.shares(np.clip(rng.normal(0, 0.16, STEPS), -0.5, 0.5), pieces)
    worth = timing.worth(choices(expected, spreads, hits, 110.0), drummers)
    played = strayed(expected, spreads, hits, 110, worth, rng, 1)[hits]
    before, after = (
        float((drummers[0] * np.log(drummers[0] / timing.shares(each, pieces)[0])).sum())
        for each in (expected[hits], played)
    )
    assert after < before / 4
    assert expected[hits].std() < played.std() < 0.16
    assert worth.min() == pytest.approx(0)
