"""The interpolated trigram, the baseline of the recurrent models."""

import numpy as np

from chorale.training.scores.trigram import Trigram

ROUND = np.arange(60) % 3


def test_it_learns_what_follows_what():
    trigram = Trigram([ROUND], [ROUND], 4)
    log_probs = trigram.log_probs(ROUND)
    assert (log_probs[2:].argmax(axis=1) == ROUND[2:]).all()
    np.testing.assert_allclose(np.exp(log_probs).sum(axis=1), 1)


def test_its_weights_follow_the_other_lines():
    known = np.random.default_rng(0).integers(0, 4, 3000)
    surprising = np.random.default_rng(1).integers(0, 4, 500)
    assert Trigram([ROUND], [ROUND], 4).weights[0] > 0.4
    assert Trigram([known], [surprising], 4).weights[0] < 0.4


def test_an_event_that_never_came_has_a_chance():
    trigram = Trigram([ROUND], [np.array([0, 1, 3, 2])], 4)
    assert np.isfinite(trigram.log_probs(np.array([3, 3, 3]))).all()
