"""What MelodyVAE and DrumVAE are scored on."""

import numpy as np

from chorale.music import DrumPattern
from chorale.training.scores import space

RNG = np.random.default_rng(0)
CLIPS = [DrumPattern(RNG.random((32, 9)) < 0.2) for _ in range(250)]


def trial(recreate, walk):
    return space.Trial(
        events=lambda clip: clip.hits @ (1 << np.arange(9)),
        recreate=recreate,
        walk=walk,
        distance=lambda one, other: float(np.mean(one.hits != other.hits)),
    )


def mixed(first, second, seed):
    """Return a path on which ever more steps are those of the second clip."""
    order = np.random.default_rng(seed).permutation(32)
    return [
        DrumPattern(np.where((order < round(32 * place))[:, np.newaxis], second.hits, first.hits))
        for place in space.PLACES
    ]


def test_a_perfect_model_is_right_everywhere_and_walks_straight():
    scores = space.figures(trial(lambda clips, _rngs, _temperature: list(clips), mixed), CLIPS, 0)
    assert scores["reconstruction"] == scores["reconstruction.exact"] == 1
    assert scores["monotone"] == 1
    assert scores["monotone.strangers"] < 0.1
    assert 0.25 <= scores["even"] < 0.5


def test_a_model_that_gives_silence_back_is_right_where_there_is_silence():
    def silent(clips, _rngs, _temperature):
        return [DrumPattern.silent(32) for _ in clips]

    scores = space.figures(trial(silent, lambda first, _second, _seed: [first] * 5), CLIPS, 0)
    assert scores["reconstruction"] == np.mean([~clip.hits.any(axis=1) for clip in CLIPS])
    assert scores["reconstruction.exact"] == 0


def test_the_baseline_is_what_is_commonest_at_each_step():
    known = [np.array([1, 2]), np.array([1, 3]), np.array([0, 3])]
    assert space.baseline(known, [np.array([1, 3]), np.array([1, 2])]) == 0.75
