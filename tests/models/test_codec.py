"""Coconet's codec: music to codes and planes, and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chorale.models.coconet import codec
from chorale.music import REST

pitches = hnp.arrays(
    np.int64,
    st.tuples(st.integers(1, 24), st.just(4)),
    elements=st.one_of(st.just(REST), st.integers(codec.LOWEST, codec.HIGHEST)),
)


@given(pitches)
def test_pitches_survive_the_way_to_classes_and_back(roll):
    classes = codec.classes_of(roll)
    assert classes.min() >= 0
    assert classes.max() < codec.CLASSES
    np.testing.assert_array_equal(codec.pitches_of(classes), roll)


@given(pitches, st.integers(0, 2**32 - 1))
def test_what_stands_in_hidden_cells_leaves_no_trace(roll, seed):
    hidden = np.random.default_rng(seed).random(roll.shape) < 0.5
    other = np.where(hidden, 127, roll)
    codes = codec.codes_of(roll, hidden)
    np.testing.assert_array_equal(codes, codec.codes_of(other, hidden))
    assert (codes[hidden] == codec.HIDDEN).all()
    assert (codes[~hidden] < codec.CLASSES).all()


@pytest.mark.parametrize("pitch", [codec.LOWEST - 1, codec.HIGHEST + 1])
def test_a_pitch_the_network_does_not_know_is_refused(pitch):
    with pytest.raises(ValueError, match=r"36\.\.81"):
        codec.classes_of(np.array([[pitch, 60, 55, 48]]))


def test_nothing_known_leaves_only_the_place_in_the_beat():
    planes = codec.context_planes(codec.Context(), 8, first=3)
    assert planes.shape == (8, codec.CONTEXT)
    np.testing.assert_array_equal(planes[:, :4].argmax(axis=1), [3, 0, 1, 2, 3, 0, 1, 2])
    assert not planes[:, 4:].any()


def test_context_tells_fermatas_beats_and_key():
    steps = np.arange(16)
    context = codec.Context(
        fermata=(steps >= 12).astype(int), phase=(steps + 12) % 16, bar=np.full(16, 16), tonic=9, minor=True
    )
    planes = codec.context_planes(context, 16)
    np.testing.assert_array_equal(planes[:, 5], steps >= 12)
    np.testing.assert_array_equal(planes[::4, 6:10].argmax(axis=1), [3, 0, 1, 2])
    assert not planes[:, 10].any()
    np.testing.assert_array_equal(np.flatnonzero(planes[0, 11:]), [9, 13])


def test_three_four_is_marked_and_six_eight_is_left_unknown():
    steps = np.arange(12)
    three = codec.context_planes(codec.Context(phase=steps, bar=np.full(12, 12)), 12)
    compound = codec.context_planes(codec.Context(phase=steps, bar=np.full(12, 24)), 12)
    assert three[:, 10].all()
    assert not compound[:, 6:11].any()
