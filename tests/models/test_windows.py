"""Long pieces are read through overlapping windows."""

import numpy as np
import pytest

from chorale.models.coconet import windows
from chorale.models.coconet.codec import CLASSES, CONTEXT, OUTSIDE


def echo(*, codes, context):
    """Predict, in every cell, the code that stands there: shows from where a step was read."""
    del context
    return np.eye(CLASSES + 2, dtype=np.float32)[codes][..., :CLASSES] * 50


@pytest.mark.parametrize("steps", [1, 4, 30, 80, 81, 84, 97, 256, 1001])
def test_every_step_is_read_at_its_own_place(steps):
    codes = np.random.default_rng(0).integers(CLASSES, size=(3, steps, 4))
    log_probs = windows.read(echo, codes, np.zeros((steps, CONTEXT), np.float32))
    assert log_probs.shape == (3, steps, 4, CLASSES)
    np.testing.assert_array_equal(log_probs.argmax(axis=-1), codes)


def test_every_step_sees_a_quarter_window_to_both_sides():
    steps = 256
    starts = windows.window_starts(steps)
    middles = starts + windows.WINDOW / 2
    for step in range(32, steps - 32):
        nearest = starts[np.abs(middles - step).argmin()]
        assert nearest + 15 <= step <= nearest + windows.WINDOW - 16


def test_windows_begin_on_beats_and_reach_the_end():
    for steps in range(4, 400, 4):
        starts = windows.window_starts(steps)
        assert (starts % 4 == 0).all()
        assert len(starts) == 1 or starts[-1] + windows.WINDOW == steps


def test_a_piece_is_filled_up_to_a_beat_with_outside():
    seen = []

    def spy(*, codes, context):
        seen.append(codes)
        return echo(codes=codes, context=context)

    windows.read(spy, np.zeros((1, 6, 4), int), np.zeros((6, CONTEXT), np.float32))
    assert seen[0].shape == (1, 8, 4)
    assert (seen[0][0, 6:] == OUTSIDE).all()


def test_log_softmax_is_a_distribution_even_for_huge_logits():
    logits = np.array([[1e4, 0, -1e4], [1, 2, 3]], np.float32)
    np.testing.assert_allclose(np.exp(windows.log_softmax(logits)).sum(axis=-1), 1, rtol=1e-5)
