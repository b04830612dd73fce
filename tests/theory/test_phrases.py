"""Where phrases end."""

import numpy as np
import pytest

from chorale.music import REST, Chorale, Meter, Score
from chorale.theory.phrases import phrase_ends


def melody(*lengths, meter="4/4", pickup=0, fermatas=(), rests=()):
    """Return a soprano of notes so many steps long; those numbered in ``rests`` are silent."""
    pitches = np.full((sum(lengths), 4), REST)
    onsets = np.zeros(pitches.shape, dtype=bool)
    starts = np.cumsum([0, *lengths])[:-1]
    for number, (start, length) in enumerate(zip(starts, lengths, strict=True)):
        if number not in rests:
            pitches[start : start + length, 0] = 72
            onsets[start, 0] = True
    return Score(Chorale(pitches, onsets), meter=Meter.parse(meter), pickup=pickup, fermatas=frozenset(fermatas))


def test_a_phrase_ends_with_the_note_that_carries_the_fermata():
    assert phrase_ends(melody(4, 4, 4, 8, 4, 8, fermatas=(14,))) == (20, 32)


def test_the_last_phrase_ends_with_the_score():
    assert phrase_ends(melody(4, 4, 4, 4)) == (16,)
    assert phrase_ends(melody()) == (0,)


def test_without_fermatas_a_long_note_ends_one_where_the_first_began():
    assert phrase_ends(melody(4, 4, 4, 4, 4, 4, 8, 4, 4, 4, 4)) == (32, 48)


def test_with_a_pickup_it_ends_before_a_pickup():
    assert phrase_ends(melody(4, 4, 4, 4, 4, 4, 8, 4, 4, 4, 4, pickup=4)) == (32, 48)


def test_a_long_note_elsewhere_in_the_bar_is_only_long():
    assert phrase_ends(melody(4, 4, 8, 4, 8, 4)) == (16, 32)
    assert phrase_ends(melody(4, 4, 4, 8, 4, 4, 4)) == (32,)


def test_a_rest_of_a_beat_ends_a_phrase():
    assert phrase_ends(melody(4, 4, 4, 4, 4, 4, 4, rests=(3,))) == (12, 28)


def test_a_gap_shorter_than_a_beat_does_not():
    assert phrase_ends(melody(4, 3, 1, 4, 4, rests=(2,))) == (16,)


@pytest.mark.acceptance
def test_the_phrases_of_bach_s_chorales_are_guessed_without_their_fermatas(bach_chorales):
    right = wrong = missed = 0
    for score in bach_chorales.values():
        if score.fermatas:
            true = set(phrase_ends(score)) - {score.steps}
            guessed = set(phrase_ends(score.replace(fermatas=frozenset()))) - {score.steps}
            right, wrong, missed = (
                right + len(true & guessed),
                wrong + len(guessed - true),
                missed + len(true - guessed),
            )
    print(f"\nphrase ends guessed: {right} right, {wrong} wrong, {missed} missed")
    assert right / (right + wrong) > 0.75
