import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.errors import InputError
from chorale.music import Key

KEYS = st.builds(Key.from_signature, st.integers(-7, 7), st.sampled_from(["major", "minor"]))


@given(KEYS)
def test_a_key_survives_its_name(key):
    assert Key.parse(key.name) == key


@given(KEYS, st.integers(-12, 12))
def test_transposing_moves_the_tonic_and_keeps_the_mode(key, semitones):
    moved = key.transposed(semitones)
    assert (moved.tonic_class - key.tonic_class - semitones) % 12 == 0
    assert moved.mode == key.mode
    assert abs(moved.signature) <= 6


@given(KEYS)
def test_the_signature_spells_the_scale_without_accidentals(key):
    natural = {key.at_place(place).midi % 12 for place in range(28, 35)}
    assert natural <= key.scale
    assert all(key.spell(midi) == key.at_place(key.spell(midi).place) for midi in range(60, 72) if midi % 12 in natural)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("G", "G major"),
        ("e", "E minor"),
        ("f# minor", "F# minor"),
        ("Bbm", "Bb minor"),
        ("D-dur", "D major"),
        ("bb moll", "Bb minor"),
    ],
)
def test_usual_ways_to_write_a_key_are_read(text, name):
    assert Key.parse(text).name == name


@pytest.mark.parametrize("text", ["", "X major", "G lydian", "G major minor", "D# major"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(InputError):
        Key.parse(text)


def test_relative_keys_share_a_signature():
    assert Key.parse("G").relative == Key.parse("e")
    assert Key.parse("c").relative == Key.parse("Eb")
