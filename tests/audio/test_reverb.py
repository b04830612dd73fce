import numpy as np
import pytest

from chorale.audio import RATE
from chorale.audio.reverb import BLOCK, Room


def _answer(voices, tail=1.5):
    """Return what a room says to (5, n * BLOCK), (5, n * BLOCK, 2)."""
    room = Room(tail)
    blocks = [room.block(voices[:, at : at + BLOCK]) for at in range(0, voices.shape[1], BLOCK)]
    return np.concatenate([np.zeros((5, BLOCK, 2)) if block is None else block for block in blocks], axis=1)


def _click(at, blocks=4):
    voices = np.zeros((5, blocks * BLOCK), dtype=np.float32)
    voices[0, at : at + 8] = 1
    return voices


def test_a_click_across_a_seam_sounds_like_one_inside_a_block():
    inside, across = _answer(_click(1000)), _answer(_click(BLOCK - 4))
    shift = BLOCK - 4 - 1000
    assert shift % 4 == 0
    length = 2 * BLOCK
    assert np.allclose(inside[0, 900:length], across[0, 900 + shift : length + shift], atol=1e-5)


@pytest.mark.parametrize("tail", [0.8, 1.5, 2.2])
def test_the_room_dies_away_in_its_time(tail):
    energy = (_answer(_click(0), tail)[0] ** 2).sum(axis=1)
    left = np.cumsum(energy[::-1])[::-1]  # Schroeder's backward integral
    decibels = 10 * np.log10(left / left[0] + 1e-12)
    fallen = np.argmax(decibels < -30) / RATE  # half the way, where the tail is not cut yet
    assert 0.3 * tail < fallen < 0.65 * tail


def test_the_two_ears_hear_different_rooms():
    left, right = _answer(_click(0))[0].T
    assert abs(np.corrcoef(left, right)[0, 1]) < 0.2


def test_voices_that_are_silent_stay_silent():
    answer = _answer(_click(0))
    assert answer[0].any()
    assert not answer[1:].any()
    assert Room(1.0).block(np.zeros((5, BLOCK), dtype=np.float32)) is None
