"""Keys found from notes."""

import importlib.resources
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale import io
from chorale.music import Key, Note
from chorale.theory.key_finding import PROFILES, estimate_key, histogram, key_scores

_ALL_KEYS = [Key.from_signature(sharps, mode) for sharps in range(-5, 7) for mode in ("major", "minor")]


def _cadence(key):
    """I IV V I with the leading tone, as notes of a quarter, from the key's tonic."""
    third = 4 if key.mode == "major" else 3
    chords = [(0, third, 7), (5, 5 + third, 12), (7, 11, 14), (0, third, 7)]
    return [Note(4 * index, 4, 48 + key.tonic_class + tone) for index, chord in enumerate(chords) for tone in chord]


@pytest.mark.parametrize("key", _ALL_KEYS, ids=str)
def test_a_full_cadence_tells_its_key(key):
    assert estimate_key(_cadence(key)) == key


@pytest.mark.parametrize("key", _ALL_KEYS, ids=str)
def test_a_known_signature_leaves_only_the_mode_open(key):
    assert estimate_key(_cadence(key), signature=key.signature) == key
    assert estimate_key(_cadence(key), signature=3).signature == 3


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.builds(Note, st.integers(0, 64), st.integers(1, 16), st.integers(36, 81)), min_size=1),
    st.integers(1, 11),
)
def test_the_key_moves_with_the_music(notes, semitones):
    found = estimate_key(notes)
    moved = estimate_key([Note(note.start, note.length, note.pitch + semitones) for note in notes])
    best = [_score(notes, key) for key in _ALL_KEYS]
    if np.sum(np.isclose(best, max(best), atol=1e-9)) == 1:
        assert (moved.tonic_class - found.tonic_class) % 12 == semitones
        assert moved.mode == found.mode


def _score(notes, key):
    """The correlation with the bonus left in either place: ties are then ties of both."""
    end = max(note.end for note in notes)
    final = min(note.pitch for note in notes if note.end == end)
    return key_scores(histogram(notes), key.mode)[key.tonic_class] + 0.15 * (final % 12 == key.tonic_class)


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


def test_it_finds_the_key_of_nine_in_ten_chorales():
    """The key is that of the encoded signature on whose tonic the last bass note stands; measured: 99 % of 111."""
    folder = Path(str(importlib.resources.files("music21"))) / "corpus" / "bach"
    found, right = 0, []
    for path in sorted(folder.glob("bwv*.mxl"))[1::36]:
        score = io.read(path).score
        last = score.chorale.notes(3)[-1].pitch % 12
        truth = [key for key in (score.key, score.key.relative) if key.tonic_class == last]
        if truth:
            found += 1
            right.append(estimate_key([note for voice in range(4) for note in score.chorale.notes(voice)]) == truth[0])
    assert found >= 8
    assert sum(right) >= 0.9 * found
