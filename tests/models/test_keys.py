"""Guessing the key for a network that is told nothing but pitches."""

import numpy as np
import pytest

from chorale.models.coconet.codec import CONTEXT
from chorale.models.coconet.keys import GUESSES, guesses, mixture
from chorale.music import REST

G_MAJOR = np.array([67, 71, 74, 72, 69, 66, 67, 67])


def rolls(soprano):
    roll = np.full((1, len(soprano), 4), REST)
    roll[0, :, 0] = soprano
    return roll


def test_the_key_of_a_plain_tune_is_the_first_guess():
    contexts, weights = guesses(rolls(G_MAJOR), np.zeros((1, 8, 4), bool), 8)
    assert contexts.shape == (1, GUESSES, 8, CONTEXT)
    np.testing.assert_array_equal(np.flatnonzero(contexts[0, 0, 0, 11:]), [7, 12])
    assert weights[0, 0] == weights.max()
    assert weights.sum() == pytest.approx(1)


def test_hidden_notes_suggest_nothing():
    hidden = np.zeros((1, 8, 4), bool)
    hidden[0, 4:] = True
    heard = guesses(rolls(G_MAJOR), hidden, 8)
    altered = G_MAJOR.copy()
    altered[4:] = 61
    for one, other in zip(heard, guesses(rolls(altered), hidden, 8), strict=True):
        np.testing.assert_array_equal(one, other)


def test_silence_suggests_all_keys_alike():
    _, weights = guesses(rolls([REST] * 4), np.zeros((1, 4, 4), bool), 4)
    np.testing.assert_allclose(weights, 1 / GUESSES)


def test_a_mixture_is_the_mean_of_the_probabilities():
    probabilities = np.random.default_rng(0).dirichlet(np.ones(5), size=(2, GUESSES, 3))
    weights = np.array([[0.5, 0.3, 0.2], [1.0, 0.0, 0.0]])
    mixed = np.exp(mixture(np.log(probabilities).astype(np.float32), weights))
    np.testing.assert_allclose(mixed[1], probabilities[1, 0], rtol=1e-5)
    np.testing.assert_allclose(mixed[0], np.einsum("k,ktp->tp", weights[0], probabilities[0]), rtol=1e-5)
