"""Six-eight on the grid that the network knows, and back."""

import numpy as np
import pytest

from chorale import models
from chorale.models.base import ChordWish
from chorale.models.coconet.compound import Gathered
from chorale.music import REST, Chorale, Key, Meter, Note, Score
from chorale.theory.instruments import count_parallels

SIX_EIGHT = Meter(6, 8)
JIG = (
    (62, 2),
    (67, 2),
    (69, 2),
    (71, 2),
    (72, 4),
    (69, 2),
    (71, 2),
    (69, 2),
    (67, 2),
    (62, 6),
    (66, 4),
    (69, 2),
    (67, 6),
)


def tune(lengths=JIG, meter=SIX_EIGHT, pickup=2, **facts):
    notes, start = [], 0
    for pitch, length in lengths:
        if pitch != REST:
            notes.append(Note(start, length, pitch))
        start += length
    return Score(Chorale.from_voices([notes], start), Key.parse("G"), meter, pickup, **facts)


def lower(score):
    mask = np.ones((score.steps, 4), bool)
    mask[:, 0] = False
    return mask


@pytest.fixture(scope="module")
def coconet():
    return models.load("coconet")


@pytest.mark.parametrize("pickup", [0, 2, 4, 6, 8, 10])
def test_what_is_heard_and_spread_again_is_what_was_given(pickup):
    score = tune([(67, pickup), *JIG[1:]] if pickup else JIG[1:], pickup=pickup)
    heard = Gathered.of(score, lower(score))
    assert heard.spread(heard.score) == score
    assert heard.score.pickup == {0: 0, 2: 2, 4: 3, 6: 4, 8: 6, 10: 7}[pickup]


def test_a_dotted_beat_is_heard_as_a_beat_of_two_short_steps_and_a_long_one():
    score = tune(((67, 2), (69, 2), (71, 2), (72, 4), (69, 2)), pickup=0)
    heard = Gathered.of(score, lower(score)).score
    assert [(note.start, note.length) for note in heard.chorale.notes(0)] == [(0, 1), (1, 1), (2, 2), (4, 2), (6, 2)]


@pytest.mark.parametrize(("meter", "heard"), [((6, 8), (2, 4)), ((9, 8), (3, 4)), ((12, 8), (4, 4))])
def test_compound_meters_become_those_of_as_many_quarters(meter, heard):
    score = tune(((67, 18), (69, 18)), Meter(*meter), 0)
    assert Gathered.of(score, lower(score)).score.meter == Meter(*heard)


def test_the_last_eighth_may_be_two_sixteenths_and_no_other():
    last, first = tune(((67, 4), (69, 1), (71, 1)), pickup=0), tune(((67, 1), (69, 1), (71, 4)), pickup=0)
    assert Gathered.of(last, lower(last)) is not None
    assert Gathered.of(first, lower(first)) is None


def test_a_siciliano_keeps_its_dotted_eighth():
    score = tune(((67, 3), (69, 1), (71, 2), (67, 1), (69, 3), (71, 2), (67, 6)), pickup=0)
    heard = Gathered.of(score, lower(score))
    assert heard.spread(heard.score) == score
    assert [note.length for note in heard.score.chorale.notes(0)] == [1, 1, 2, 1, 1, 2, 4]


def test_other_meters_are_not_gathered():
    for meter in (Meter(4, 4), Meter(3, 8), Meter(6, 4), Meter(3, 4)):
        score = tune(((67, 12), (69, 12)), meter, 0)
        assert Gathered.of(score, lower(score)) is None


def test_a_border_of_the_writable_cells_within_an_eighth_is_not_gathered():
    score = tune(pickup=2)
    mask = lower(score)
    mask[:5, 1] = mask[:7, 2] = mask[:11, 3] = False
    assert Gathered.of(score, mask) is None


def test_fermatas_and_wishes_keep_their_notes():
    score = tune(pickup=2, fermatas=frozenset({20}))
    heard = Gathered.of(score, lower(score))
    (fermata,) = heard.score.fermatas
    assert [note.pitch for note in heard.score.chorale.notes(0) if note.start <= fermata < note.end] == [62]
    (wish,) = heard.wishes([ChordWish(8, 14, frozenset({0, 4, 7}))])
    assert (wish.start, wish.end) == (6, 10)


def test_the_lower_voices_move_with_the_dotted_beats(coconet):
    score, mask = tune(), lower(tune())
    seen = []
    (result,) = coconet.harmonize(score, mask, seed=3, report=seen.append)
    chorale = result.score.chorale
    assert (chorale.pitches[:, 0] == score.chorale.pitches[:, 0]).all()
    assert (chorale.onsets[:, 0] == score.chorale.onsets[:, 0]).all()
    assert (chorale.pitches != REST).all()
    assert result.score.meter == score.meter
    moved = np.flatnonzero(chorale.onsets[:, 1:].any(axis=1))
    assert set((moved - score.pickup) % 6) <= {0, 2, 4, 5}
    parallels = count_parallels(chorale.pitches)
    assert (parallels.fifths, parallels.octaves) == (0, 0)
    assert all(progress.score is None or progress.score.steps == score.steps for progress in seen)
    assert any(progress.score is not None for progress in seen)


def test_a_wished_chord_sounds_on_its_dotted_beat(coconet):
    score = tune()
    wish = ChordWish(8, 14, frozenset({0, 4, 9}), bass=9, name="vi")
    (result,) = coconet.harmonize(score, lower(score), seed=1, chords=[wish])
    assert {int(pitch) % 12 for pitch in result.score.chorale.pitches[8]} <= {0, 4, 9}
    assert int(result.score.chorale.pitches[8, 3]) % 12 == 9
