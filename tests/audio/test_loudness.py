import numpy as np
import pytest

from chorale.audio import RATE
from chorale.audio.loudness import CEILING, limited, limited_together, loudness


def _sine(hertz, amplitude, seconds=2.0):
    wave = amplitude * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)
    return np.stack([wave, np.zeros_like(wave)], axis=1).astype(np.float32)


def test_a_full_scale_sine_in_one_channel_has_the_standard_s_loudness():
    assert loudness(_sine(997, 1.0)) == pytest.approx(-3.01, abs=0.05)  # BS.1770-4, annex 1


def test_ten_decibels_less_are_ten_loudness_units_less():
    assert loudness(_sine(997, 0.1)) == pytest.approx(-23.01, abs=0.05)


def test_the_ear_hears_deep_notes_less():
    assert loudness(_sine(40, 0.5)) < loudness(_sine(1000, 0.5)) - 3


def test_pauses_do_not_count():
    sound = _sine(997, 0.5, 4.0)
    with_pause = np.concatenate([sound, np.zeros_like(sound)])
    assert loudness(with_pause) == pytest.approx(loudness(sound), abs=0.3)


def test_silence_has_no_loudness():
    assert loudness(np.zeros((RATE, 2), dtype=np.float32)) == -np.inf
    assert loudness(np.zeros((0, 2), dtype=np.float32)) == -np.inf


def test_the_limiter_leaves_what_is_soft_and_holds_what_is_loud():
    soft, loud = _sine(300, 0.6), _sine(300, 3.0)
    assert limited(soft) is soft
    assert np.abs(limited(loud)).max() <= CEILING + 1e-6
    assert np.array_equal(np.sign(limited(loud)), np.sign(loud))


def test_tracks_that_are_too_loud_together_are_turned_down_alike():
    loud = np.stack([level * np.sin(np.linspace(0, 60, 2000, dtype=np.float32)) for level in (0.6, 0.5, 0.4)])
    stems = np.repeat(loud[:, :, None], 2, axis=2)
    held = limited_together(stems)
    assert np.abs(stems.sum(axis=0)).max() > 1
    assert np.abs(held.sum(axis=0)).max() <= CEILING + 1e-6
    peak = int(np.abs(stems[0, :, 0]).argmax())
    assert held[1, peak, 0] / held[0, peak, 0] == pytest.approx(0.5 / 0.6)
    np.testing.assert_array_equal(limited_together(stems * 0.3), stems * np.float32(0.3))
