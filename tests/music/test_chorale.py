import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from chorale.errors import InputError
from chorale.music import REST, Chorale, Melody, Note

PITCHES = st.one_of(st.just(REST), st.integers(55, 60))
CHORALES = st.integers(0, 24).flatmap(
    lambda steps: st.builds(Chorale, arrays(np.int16, (steps, 4), elements=PITCHES), arrays(np.bool_, (steps, 4)))
)


@given(CHORALES)
def test_a_chorale_is_its_notes(chorale):
    assert Chorale.from_voices([chorale.notes(voice) for voice in range(4)], len(chorale)) == chorale


@given(CHORALES)
def test_normal_form_is_a_fixed_point(chorale):
    again = Chorale(chorale.pitches, chorale.onsets)
    assert again == chorale
    assert hash(again) == hash(chorale)


@given(CHORALES)
def test_every_note_begins_with_an_onset_and_no_rest_has_one(chorale):
    assert not chorale.onsets[chorale.pitches == REST].any()
    for voice in range(4):
        for note in chorale.notes(voice):
            assert chorale.onsets[note.start, voice]
            assert not chorale.onsets[note.start + 1 : note.end, voice].any()


def test_repeated_notes_are_told_from_held_ones():
    held = Melody(np.full(8, 60))
    repeated = Melody(np.full(8, 60), np.arange(8) % 4 == 0)
    assert held.notes == [Note(0, 8, 60)]
    assert repeated.notes == [Note(0, 4, 60), Note(4, 4, 60)]
    assert held != repeated


def test_a_chorale_cannot_be_changed():
    chorale = Chorale.silent(4)
    with pytest.raises(ValueError, match="read-only"):
        chorale.pitches[0, 0] = 60
    with pytest.raises(AttributeError):
        chorale.pitches = chorale.pitches


def test_a_chorale_does_not_follow_later_changes_of_its_source():
    source = np.full((4, 4), 60)
    chorale = Chorale(source)
    source[:] = 72
    assert chorale.pitches.max() == 60


@pytest.mark.parametrize(
    ("pitches", "onsets", "words"),
    [
        (np.zeros((4, 3)), None, "wanted \\(T, 4\\)"),
        (np.full((4, 4), 128), None, "wanted 0..127"),
        (np.full((4, 4), -2), None, "-1 for silence"),
        (np.full((4, 4), 60), np.zeros((5, 4), bool), "onsets have shape"),
    ],
)
def test_arrays_that_are_no_chorale_are_refused(pitches, onsets, words):
    with pytest.raises(InputError, match=words):
        Chorale(pitches, onsets)


@given(CHORALES, st.integers(0, 30))
def test_resizing_keeps_what_fits(chorale, steps):
    resized = chorale.resized(steps)
    kept = min(steps, len(chorale))
    assert len(resized) == steps
    assert np.array_equal(resized.pitches[:kept], chorale.pitches[:kept])
    assert (resized.pitches[kept:] == REST).all()


@given(CHORALES)
def test_values_travel_to_other_processes(chorale):
    assert pickle.loads(pickle.dumps(chorale)) == chorale  # noqa: S301  our own bytes
    assert copy.deepcopy(chorale.melody(1)) == chorale.melody(1)


@given(CHORALES)
def test_one_voice_goes_out_and_in_as_a_melody(chorale):
    assert chorale.with_voice(2, chorale.melody(2)) == chorale
