import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.errors import InputError
from chorale.music import METERS, Chorale, Key, Meter, Note, Pitch, Place, Score


def _melody(*notes, steps=32, **fields):
    return Score(Chorale.from_voices([notes], steps), **fields)


@given(st.sampled_from(METERS), st.data())
def test_bars_cover_the_score_without_gaps(meter, data):
    pickup = data.draw(st.integers(0, meter.steps_per_bar - 1))
    steps = data.draw(st.integers(0, 100))
    score = Score(Chorale.silent(steps), meter=meter, pickup=pickup)
    assert [bar.start for bar in score.bars] == [0, *(bar.end for bar in score.bars)][: len(score.bars)]
    assert sum(bar.length for bar in score.bars) == steps
    assert all(score.bar_at(step).start <= step < score.bar_at(step).end for step in range(steps))
    assert all(score.place(step).bar == score.bar_at(step).number for step in range(steps))


def test_a_pickup_counts_from_the_end_of_bar_zero():
    score = _melody(pickup=4)
    assert score.place(0) == Place(0, 4)
    assert score.place(4) == Place(1, 1)
    assert str(score.place(7)) == "bar 1, beat 1 + 3/16"


def test_six_eight_has_two_beats():
    assert _melody(meter=Meter(6, 8)).place(6) == Place(1, 2)


def test_notes_are_spelled_in_the_key_unless_told_otherwise():
    chorale = Chorale.from_voices([[Note(0, 4, 68)]], 8)
    assert str(Score(chorale, Key.parse("a")).pitch_at(0, 0)) == "G#4"
    flat = np.full((8, 4), Pitch.parse("Ab4").fifth)
    assert str(Score(chorale, Key.parse("a"), spelling=flat).pitch_at(3, 0)) == "Ab4"


def test_a_spelling_that_does_not_sound_the_pitch_is_spelled_anew():
    score = _melody(Note(0, 4, 60), spelling=np.full((32, 4), 6))
    assert str(score.pitch_at(0, 0)) == "C4"


def test_a_held_note_has_one_spelling():
    mixed = np.zeros((8, 4), int)
    mixed[0], mixed[1:] = 8, -4
    score = Score(Chorale.from_voices([[Note(0, 8, 68)]], 8), spelling=mixed)
    assert {str(score.pitch_at(step, 0)) for step in range(8)} == {"G#4"}


def test_replacing_the_notes_keeps_spelling_locks_and_fermatas_that_still_fit():
    locked = np.zeros((32, 4), bool)
    locked[:4, 0] = True
    score = _melody(Note(0, 4, 68), key=Key.parse("a"), locked=locked, fermatas=frozenset({0, 28}))
    shorter = score.replace(chorale=score.chorale.resized(16))
    assert shorter.fermatas == {0}
    assert shorter.locked.shape == (16, 4)
    assert shorter.locked[:4, 0].all()
    assert str(shorter.pitch_at(0, 0)) == "G#4"


def test_equal_scores_are_equal_and_hash_alike():
    assert _melody(Note(0, 4, 60)) == _melody(Note(0, 4, 60))
    assert hash(_melody(Note(0, 4, 60))) == hash(_melody(Note(0, 4, 60)))
    assert _melody(Note(0, 4, 60)) != _melody(Note(0, 4, 60), title="x")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"pickup": 16}, "fewer than a bar's 16"),
        ({"qpm": 0}, "quarter notes a minute"),
        ({"fermatas": frozenset({32})}, "steps below 32"),
        ({"spelling": np.zeros((3, 4), int)}, "spelling has shape"),
        ({"locked": np.zeros((3, 4), bool)}, "locked has shape"),
    ],
)
def test_fields_that_do_not_fit_are_refused(fields, words):
    with pytest.raises(InputError, match=words):
        _melody(**fields)
