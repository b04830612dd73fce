"""Places as teachers write them."""

import pytest

from chorale.errors import InputError
from chorale.levels.places import read_place, read_step, read_voices
from chorale.music import Chorale, Meter, Score, Voice

SCORE = Score(Chorale.silent(36), meter=Meter(4, 4), pickup=4)


@pytest.mark.parametrize(
    ("text", "voices", "step"),
    [
        ("1.1", (), 4),
        ("2.3", (), 28),
        ("0.4", (), 0),
        ("1.2+2", (), 10),
        ("T1.1", (Voice.TENOR,), 4),
        ("SB2.1", (Voice.SOPRANO, Voice.BASS), 20),
    ],
)
def test_a_place_is_bar_and_beat_and_may_name_voices(text, voices, step):
    assert read_place(text, SCORE) == (voices, step)


@pytest.mark.parametrize("text", ["", "3", "X1.1", "1.5", "0.3", "3.1", "1.4+4", "1,2"])
def test_what_is_no_place_of_the_score_is_told(text):
    with pytest.raises(InputError, match="wanted a place"):
        read_place(text, SCORE)


def test_where_no_voice_is_wanted_none_is_taken():
    assert read_step("1.3", SCORE) == 12
    with pytest.raises(InputError, match="wanted a place without a voice"):
        read_step("S1.3", SCORE)


def test_voices_are_letters_in_any_order():
    assert read_voices("BS") == (Voice.SOPRANO, Voice.BASS)
    with pytest.raises(InputError, match="wanted letters of S, A, T and B"):
        read_voices("SX")
