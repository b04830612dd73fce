import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.errors import InputError
from chorale.music import Key, Pitch
from chorale.music.pitch import fifth_of_name, name_of_fifth


@given(st.integers(min_value=-15, max_value=19))
def test_names_and_fifths_are_inverse(fifth):
    assert fifth_of_name(name_of_fifth(fifth)) == fifth


@given(st.integers(min_value=14, max_value=60), st.integers(min_value=-2, max_value=2))
def test_a_pitch_survives_its_printed_name(place, alter):
    pitch = Pitch.at_place(place, alter)
    assert Pitch.parse(str(pitch)) == pitch
    assert (pitch.place, pitch.alter) == (place, alter)


@pytest.mark.parametrize(
    ("name", "midi"), [("C4", 60), ("F#4", 66), ("Gb4", 66), ("B#3", 60), ("Cb4", 59), ("Fx4", 67)]
)
def test_names_sound_where_they_should(name, midi):
    assert Pitch.parse(name).midi == midi


@pytest.mark.parametrize("text", ["", "H4", "C", "C#", "4", "C 4", "C4x"])
def test_what_is_no_pitch_is_refused_with_what_was_seen(text):
    with pytest.raises(InputError, match="wanted a letter"):
        Pitch.parse(text)


def test_a_spelling_must_sound_the_number():
    with pytest.raises(InputError, match="61 cannot be spelled D"):
        Pitch(2, 61)


@pytest.mark.parametrize(
    ("key", "midi", "name"),
    [
        ("G major", 66, "F#4"),
        ("Db major", 66, "Gb4"),
        ("a minor", 68, "G#4"),
        ("c minor", 59, "B3"),
        ("C major", 70, "Bb4"),
        ("C major", 61, "C#4"),
        ("e minor", 63, "D#4"),
        ("F major", 66, "F#4"),
    ],
)
def test_a_key_spells_its_chromatic_notes_as_bach_would(key, midi, name):
    assert str(Key.parse(key).spell(midi)) == name
