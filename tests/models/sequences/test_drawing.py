"""Drawing events from logits."""

import numpy as np
import pytest

from chorale.errors import InputError
from chorale.models.sequences.drawing import check, draw, generators

LOGITS = np.log(np.array([[0.6, 0.3, 0.1]], np.float32))


def test_events_come_as_often_as_their_chances_say():
    rng = np.random.default_rng(0)
    drawn = np.array([draw(LOGITS, 1.0, [rng])[0] for _ in range(3000)])
    np.testing.assert_allclose(np.bincount(drawn, minlength=3) / 3000, [0.6, 0.3, 0.1], atol=0.03)


def test_a_low_temperature_prefers_the_likeliest_and_zero_takes_it():
    rng = np.random.default_rng(0)
    drawn = np.array([draw(LOGITS, 0.3, [rng])[0] for _ in range(300)])
    assert (drawn == 0).mean() > 0.8
    assert draw(LOGITS, 0, [rng])[0] == 0


def test_what_is_not_allowed_is_never_drawn():
    rng = np.random.default_rng(0)
    allowed = np.array([False, False, True])
    assert {int(draw(LOGITS, 2.0, [rng], allowed)[0]) for _ in range(50)} == {2}
    assert draw(LOGITS, 0, [rng], allowed)[0] == 2


def test_logits_that_hardly_differ_give_the_same_events_with_the_same_numbers():
    other = LOGITS + np.array([[0.01, -0.01, 0.0]], np.float32)
    pairs = [
        (draw(LOGITS, 1.0, [np.random.default_rng(seed)])[0], draw(other, 1.0, [np.random.default_rng(seed)])[0])
        for seed in range(300)
    ]
    assert np.mean([one == another for one, another in pairs]) > 0.97


def test_a_variation_has_the_seed_after_the_one_before():
    assert generators(3, 2)[1].random() == generators(4, 1)[0].random()


def test_what_cannot_be_asked_is_told():
    with pytest.raises(InputError, match=r"temperature 2\.5: wanted 0 to 2"):
        check(2.5, 1)
    with pytest.raises(InputError, match="0 variations: wanted 1 to 64"):
        check(1, 0)
