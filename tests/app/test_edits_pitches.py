"""Edits of pitch and key."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale.app import edits
from chorale.app.edits import Selection
from chorale.errors import InputError
from chorale.music import Key, Pitch


def one(name, key="C major"):
    score = edits.set_key(edits.empty(1), Key.parse(key))
    return edits.place(score, 0, 0, 4, Pitch.parse(name)), Selection.of((0, 0))


def name_of(score):
    return str(score.pitch_at(0, 0))


@pytest.mark.parametrize(
    ("key", "name", "places", "wanted"),
    [
        ("C major", "E4", 1, "F4"),
        ("G major", "E4", 1, "F#4"),
        ("Eb major", "G4", 2, "Bb4"),
        ("C major", "B4", 1, "C5"),
        ("C major", "C4", -1, "B3"),
        ("C major", "F#4", 1, "G4"),
        ("A minor", "A4", -1, "G4"),
    ],
)
def test_a_diatonic_move_goes_along_the_staff_as_the_signature_says(key, name, places, wanted):
    score, chosen = one(name, key)
    assert name_of(edits.move_diatonic(score, chosen, places)) == wanted


@pytest.mark.parametrize(
    ("key", "name", "semitones", "wanted"),
    [
        ("C major", "A4", 1, "A#4"),
        ("C major", "B4", -1, "Bb4"),
        ("C major", "E4", 1, "F4"),
        ("F major", "A4", 1, "Bb4"),
        ("A minor", "G4", 1, "G#4"),
        ("Eb major", "D5", -1, "Db5"),
        ("C# major", "E#4", 1, "F#4"),
    ],
)
def test_a_chromatic_move_spells_raised_going_up_and_lowered_going_down(key, name, semitones, wanted):
    score, chosen = one(name, key)
    assert name_of(edits.move_chromatic(score, chosen, semitones)) == wanted


@settings(deadline=None)  # a busy machine is no fault
@given(st.integers(-7, 7), st.integers(48, 84), st.sampled_from([-1, 1]))
def test_chromatic_steps_never_need_double_accidentals(sharps, midi, direction):
    score = edits.place(edits.set_key(edits.empty(1), Key.from_signature(sharps)), 0, 0, 4, midi)
    moved = edits.move_chromatic(score, Selection.of((0, 0)), direction)
    assert moved.chorale.pitches[0, 0] == midi + direction
    assert abs(moved.pitch_at(0, 0).alter) <= 1


def test_an_octave_move_keeps_the_name():
    score, chosen = one("G#4")
    assert name_of(edits.move_octaves(score, chosen, 1)) == "G#5"


@pytest.mark.parametrize("move", [edits.move_octaves, edits.move_chromatic, edits.transpose])
def test_a_note_cannot_leave_the_piano(move):
    score, chosen = one("C4")
    with pytest.raises(InputError, match="wanted 21 to 108"):
        move(score, chosen, 60 if move is not edits.move_octaves else 5)
    with pytest.raises(InputError, match="wanted 21 to 108"):
        move(score, chosen, 600)


def test_a_moved_note_does_not_melt_into_a_neighbour_of_the_same_pitch(score, heard):
    after = edits.move_diatonic(score, Selection.of((0, 4)), 1)
    assert heard(after)[1:3] == [(4, 4, "B4"), (8, 4, "B4")]


def test_respelling_goes_round_the_names_of_a_pitch():
    score, chosen = one("G#4")
    flat = edits.respell(score, chosen)
    assert name_of(flat) == "Ab4"
    assert name_of(edits.respell(flat, chosen)) == "G#4"
    natural, chosen = one("D4")
    seen = [name_of(natural := edits.respell(natural, chosen)) for _ in range(3)]
    assert sorted(seen) == ["C##4", "D4", "Ebb4"]


def test_transposing_a_selection_keeps_intervals_in_their_spelling():
    score = edits.empty(1)
    for step, name in ((0, "C4"), (4, "E4"), (8, "G#4")):
        score = edits.place(score, 0, step, 4, Pitch.parse(name))
    after = edits.transpose(score, Selection.of((0, 0), (0, 8)), 2)
    assert [str(pitch) for _, pitch in after.notes(0)] == ["D4", "E4", "A#4"]


def test_a_new_key_leaves_the_sound_and_spells_anew_what_the_old_key_spelled():
    score = edits.place(edits.empty(1), 0, 0, 4, 66)
    score = edits.place(score, 0, 4, 4, Pitch.parse("Gb4"))
    after = edits.set_key(score, Key.parse("Db major"))
    assert [str(pitch) for _, pitch in after.notes(0)] == ["Gb4", "Gb4"]
    assert after.key == Key.parse("Db major")
    assert (after.chorale.pitches == score.chorale.pitches).all()


@settings(deadline=None)  # a busy machine is no fault
@given(st.integers(-7, 7), st.integers(-7, 7))
def test_transposing_to_a_key_and_back_gives_the_same_score(first, second):
    score = edits.set_key(edits.empty(1), Key.from_signature(first))
    for step, midi in enumerate((60, 64, 66, 71)):
        score = edits.place(score, step % 4, 4 * step, 4, midi)
    there = edits.set_key(score, Key.from_signature(second), transposing=True)
    distance = there.chorale.pitches[0, 0] - score.chorale.pitches[0, 0]
    assert -6 < distance <= 6
    back = edits.set_key(there, score.key, transposing=True)
    assert {(int(b) - int(a)) for a, b in zip(score.chorale.pitches[0], back.chorale.pitches[0], strict=True)} <= {
        0,
        12,
    }
    assert (back.spelling == score.spelling).all()


def test_setting_the_key_that_is_set_changes_nothing(score):
    assert edits.set_key(score, score.key) is score
