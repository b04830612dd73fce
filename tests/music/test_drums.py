import pickle

import numpy as np
import pytest

from chorale.errors import InputError
from chorale.music import PIECES, DrumHit, DrumPattern, Piece


def pattern(**changes):
    hits = np.zeros((4, 9), bool)
    hits[0, Piece.KICK] = hits[2, Piece.SNARE] = True
    cells = {"hits": hits, "velocities": np.full((4, 9), 100), "offsets": np.full((4, 9), 0.25)} | changes
    return DrumPattern(**cells)


def test_its_strokes_come_in_the_order_of_the_grid_with_velocity_and_lateness():
    kick, snare = pattern().strokes()
    assert kick == DrumHit(0, Piece.KICK, 100, 0.25)
    assert (snare.piece.label, snare.time) == ("Snare", 2.25)


def test_what_stands_beside_the_hits_does_not_count():
    quiet = np.zeros((4, 9))
    quiet[0, Piece.KICK] = quiet[2, Piece.SNARE] = 100
    assert pattern() == pattern(velocities=quiet)
    assert hash(pattern()) == hash(pattern(velocities=quiet))
    assert pattern() != pattern(velocities=np.full((4, 9), 99))


def test_it_cannot_be_changed_and_travels_between_processes():
    value = pattern()
    with pytest.raises(AttributeError, match="immutable"):
        value.hits = None
    with pytest.raises(ValueError, match="read-only"):
        value.velocities[0, 0] = 1
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301  our own


def test_hits_without_velocities_are_of_medium_strength_and_on_the_grid():
    value = DrumPattern(np.ones((1, len(PIECES)), bool))
    assert set(value.velocities.ravel()) == {90}
    assert not value.offsets.any()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hits": np.zeros((4, 8), bool)}, r"shape \(4, 8\): wanted \(T, 9\)"),
        ({"velocities": np.full((3, 9), 1)}, r"velocities have shape \(3, 9\): wanted \(4, 9\)"),
        ({"velocities": np.zeros((4, 9))}, "velocities of hits reach 0..0: wanted 1..127"),
        ({"velocities": np.full((4, 9), 200)}, "wanted 1..127"),
        ({"offsets": np.full((4, 9), -0.6)}, "wanted -0.5..0.5"),
        ({"offsets": np.full((4, 9), np.nan)}, "no number"),
    ],
)
def test_bad_values_are_told_in_one_line(changes, words):
    with pytest.raises(InputError, match=words):
        pattern(**changes)


def test_cutting_fills_up_with_silence_and_parts_add_up_again():
    value = pattern()
    assert value.cut(0, 2) + value.cut(2, 4) == value
    assert len(value.cut(-3, 9)) == 12
    assert value.cut(-3, 9).cut(3, 7) == value
    assert not value.cut(6, 9).hits.any()
    assert len(DrumPattern.silent(3)) == 3
