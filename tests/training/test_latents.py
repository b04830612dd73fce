"""Groups of latent vectors, from which new music is drawn."""

import numpy as np

from chorale.training.latents import _grouped


def test_heaps_are_found():
    rng = np.random.default_rng(0)
    heaps = np.array([[0, 0], [10, 0], [0, 10]], np.float32)
    points = (np.repeat(heaps, 50, axis=0) + rng.normal(0, 0.3, (150, 2))).astype(np.float32)
    centres, groups = _grouped(points, 12)
    strays = np.linalg.norm(points - centres[groups], axis=1)
    assert strays.mean() < 1
    assert centres.shape == (12, 2)


def test_one_group_is_the_mean():
    points = np.random.default_rng(1).normal(size=(40, 3)).astype(np.float32)
    centres, groups = _grouped(points, 1)
    np.testing.assert_allclose(centres[0], points.mean(axis=0), rtol=1e-5)
    assert not groups.any()
