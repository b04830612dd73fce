"""Keys found from notes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.music import Key, Note
from chorale.theory.key_finding import PROFILES, estimate_key, histogram, key_scores

_ALL_KEYS = [Key.from_signature(sharps, mode) for sharps in range(-5, 7) for mode in ("major", "minor")]


def _cadence(key):
    """I IV V I with the leading tone, as notes of a quarter, from the key's tonic."""
    third = 4 if key.mode == "major" else 3
    chords = [(0, third, 7), (5, 5 + third, 12), (7, 11, 14), (0, third, 7)]
    return [
        Note(4 * index, 4, 48 + key.tonic_class + tone) for index, chord in enumerate(chords) for tone in chord
    ]


@pytest.mark.parametrize("key", _ALL_KEYS, ids=str)
def test_a_full_cadence_tells_its_key(key):
    assert estimate_key(_cadence(key)) == key


@pytest.mark.parametrize("key", _ALL_KEYS, ids=str)
def test_a_known_signature_leaves_only_the_mode_open(key):
    assert estimate_key(_cadence(key), signature=key.signature) == key
    assert estimate_key(_cadence(key), signature=3).signature == 3


@given(st.lists(st.builds(Note, st.integers(0, 64), st.integers(1, 16), st.integers(36, 81)), min_size=1), st.integers(1, 11))
def test_the_key_moves_with_the_music(notes, semitones):
    found = estimate_key(notes)
    moved = estimate_key([Note(note.start, note.length, note.pitch + semitones) for note in notes])
    best = [_score(notes, key) for key in _ALL_KEYS]
    if np.sum(np.isclose(best, max(best), atol=1e-9)) == 1:
        assert (moved.tonic_class - found.tonic_class) % 12 == semitones
        assert moved.mode == found.mode


def _score(notes, key):
    """The correlation with the bonus left in either place: ties are then ties of both."""
    final = min(note.pitch for note in notes if note.end == max(each.end for each in notes))
    return key_scores(histogram(notes), key.mode)[key.tonic_class] + 0.1 * (final % 12 == key.tonic_class)


def test_durations_weigh():
    assert histogram([Note(0, 4, 60), Note(4, 2, 72), Note(6, 1, 61)]).tolist() == [6, 1, *[0] * 10]


def test_no_notes_are_in_c_major():
    assert estimate_key([]) == Key(0)
    assert estimate_key([], signature=-2) == Key(-2)


def test_profiles_have_their_tonic_and_fifth_on_top():
    for profile in PROFILES.values():
        assert set(np.argsort(profile)[-2:]) == {0, 7}


def test_scores_are_correlations():
    for mode, profile in PROFILES.items():
        scores = key_scores(np.roll(profile, 5), mode)
        assert scores.argmax() == 5
        assert scores.max() == pytest.approx(1)
