"""The draft fills hidden cells in order of confidence."""

from itertools import pairwise

import numpy as np
import pytest

from chorale.models.coconet.codec import CLASSES, LOWEST, PITCHES
from chorale.models.coconet.filling import anneal, draw_classes, fill, gibbs_rate
from chorale.music import REST

ANYTHING = np.ones((4, PITCHES), bool)


def sure_of_early_steps(pitches, hidden):
    """A reader that knows the pitch LOWEST + step, the surer the earlier."""
    del hidden
    count, steps = pitches.shape[:2]
    logits = np.zeros((count, steps, 4, CLASSES), np.float32)
    logits[:, np.arange(steps), :, np.arange(steps)] = 12 - np.arange(steps)[:, None, None]
    return logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))


@pytest.mark.parametrize("passes", [1, 2, 7])
def test_all_writable_cells_are_filled_and_no_other_is_touched(passes):
    rng = np.random.default_rng(0)
    pitches = rng.integers(36, 82, size=(3, 10, 4))
    pitches[:, 2, 1] = REST
    writable = rng.random((10, 4)) < 0.5
    states = list(fill(sure_of_early_steps, pitches, writable, ANYTHING, passes=passes, temperature=1.0, rng=rng))
    assert len(states) == passes
    final, hidden = states[-1]
    assert not hidden.any()
    np.testing.assert_array_equal(final[:, ~writable], pitches[:, ~writable])
    assert (final[:, writable] != REST).all()


def test_the_surest_cells_come_first():
    writable = np.ones((12, 4), bool)
    states = fill(
        sure_of_early_steps,
        np.full((1, 12, 4), REST),
        writable,
        ANYTHING,
        passes=4,
        temperature=0.0,
        rng=np.random.default_rng(0),
    )
    shares = []
    for _, hidden in states:
        still = np.flatnonzero(hidden[0].any(axis=1))
        assert still.size == 0 or (still == np.arange(still[0], 12)).all()
        shares.append(hidden.mean())
    assert shares == sorted(shares, reverse=True)


def test_voices_draw_only_what_they_may_sing():
    allowed = np.zeros((4, PITCHES), bool)
    allowed[:, 5:8] = True
    log_probs = np.zeros((2, 50, 4, CLASSES), np.float32)
    drawn, _ = draw_classes(log_probs, allowed, 5.0, np.random.default_rng(0))
    assert set(np.unique(drawn)) == {5, 6, 7}


def test_temperature_nought_takes_the_likeliest_and_one_draws_by_probability():
    log_probs = np.log(np.full((1, 20_000, 4, CLASSES), 0.2 / (CLASSES - 1), np.float32))
    log_probs[..., 7] = np.log(0.8)
    rng = np.random.default_rng(0)
    coldest, confidence = draw_classes(log_probs, ANYTHING, 0.0, rng)
    assert (coldest == 7).all()
    np.testing.assert_allclose(confidence, np.log(0.8), rtol=1e-5)
    drawn, _ = draw_classes(log_probs, ANYTHING, 1.0, rng)
    share = 0.8 / (0.8 + 0.2 / (CLASSES - 1) * (PITCHES - 1))  # silence is never drawn
    assert (drawn == 7).mean() == pytest.approx(share, abs=0.01)
    assert LOWEST == 36


def test_the_doodles_schedule_hides_all_for_a_quarter_of_its_passes_and_one_in_seven_at_the_end():
    rates = [gibbs_rate(number, 96) for number in range(96)]
    assert rates[:25] == [1.0] * 25
    assert rates[48] == pytest.approx((0.9 - 0.4) / 0.7)
    assert rates[-1] == pytest.approx(0.1 / 0.7, abs=0.02)
    assert all(later <= earlier for earlier, later in pairwise(rates))


def test_gibbs_sampling_hides_all_at_first_and_ever_fewer_and_touches_no_given_cell():
    rng = np.random.default_rng(0)
    pitches = rng.integers(36, 82, size=(2, 40, 4))
    writable = rng.random((40, 4)) < 0.7
    asked = []

    def read(now, hidden):
        asked.append(hidden)
        return sure_of_early_steps(now, hidden)

    states = list(anneal(read, pitches, writable, ANYTHING, passes=20, temperature=1.0, rng=rng))
    final, hidden = states[-1]
    assert len(states) == 20
    assert not hidden.any()
    np.testing.assert_array_equal(final[:, ~writable], pitches[:, ~writable])
    assert (asked[0] == writable).all()
    shares = [each[:, writable].mean() for each in asked]
    assert shares[1] > 0.7
    assert 0 < shares[-1] < 0.3


def test_what_stood_in_writable_cells_is_forgotten_by_gibbs_sampling():
    writable = np.ones((8, 4), bool)
    answers = [
        list(
            anneal(
                sure_of_early_steps,
                np.full((1, 8, 4), pitch),
                writable,
                ANYTHING,
                passes=5,
                temperature=1.0,
                rng=np.random.default_rng(3),
            )
        )[-1][0]
        for pitch in (40, 80)
    ]
    np.testing.assert_array_equal(*answers)
