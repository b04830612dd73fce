"""Edits of notes in time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale.app import edits
from chorale.app.edits import Selection
from chorale.errors import InputError
from chorale.music import Chorale, Pitch, Score


def test_a_note_placed_on_an_empty_page_is_there_and_nothing_else(heard):
    score = edits.place(edits.empty(2), 0, 4, 4, 62)
    assert heard(score) == [(4, 4, "D4")]
    assert [heard(score, voice) for voice in (1, 2, 3)] == [[], [], []]


def test_a_midi_number_is_spelled_by_the_key_and_a_pitch_keeps_its_name(score, heard):
    assert heard(edits.place(score, 0, 0, 4, 66))[0] == (0, 4, "F#4")
    assert heard(edits.place(score, 0, 0, 4, Pitch.parse("Gb4")))[0] == (0, 4, "Gb4")


def test_a_note_placed_inside_a_longer_one_leaves_its_head_and_a_rest_after(score, heard):
    assert heard(edits.place(score, 0, 18, 4, 67))[4:] == [(16, 2, "D5"), (18, 4, "G4")]


def test_a_note_placed_over_the_start_of_another_takes_it_away_wholly(score, heard):
    assert heard(edits.place(score, 0, 14, 4, 67))[3:] == [(12, 2, "C5"), (14, 4, "G4")]


def test_a_note_of_the_same_pitch_beside_another_stays_a_note_of_its_own(score, heard):
    assert heard(edits.place(score, 0, 24, 4, 74))[4:] == [(16, 8, "D5"), (24, 4, "D5")]
    assert heard(edits.place(score, 0, 12, 4, 74))[3:] == [(12, 4, "D5"), (16, 8, "D5")]


def test_a_note_past_the_end_lengthens_the_score_by_whole_bars(score):
    assert edits.place(score, 0, 60, 16, 67).steps == 80
    assert edits.place(edits.set_pickup(score, 4), 0, 200, 4, 67).steps == 4 + 13 * 16


@pytest.mark.parametrize(("step", "length"), [(-1, 4), (0, 0), (4, -2)])
def test_a_note_before_the_score_or_without_length_is_refused(score, step, length):
    with pytest.raises(InputError, match="wanted at least 1 step"):
        edits.place(score, 0, step, length, 60)


def test_a_score_cannot_be_made_endless_by_one_note(score):
    with pytest.raises(InputError, match="wanted at most"):
        edits.place(score, 0, 10**9, 4, 60)


@st.composite
def placements(draw):
    return draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 70), st.integers(1, 20), st.integers(40, 80)), max_size=12)
    )


@settings(deadline=None)  # a busy machine is no fault
@given(placements(), st.integers(0, 3), st.integers(0, 60), st.integers(1, 24), st.integers(40, 80))
def test_placing_a_note_changes_only_its_own_voice_and_only_where_notes_it_touches_sound(
    before, voice, step, length, pitch
):
    score = edits.empty(4)
    for each in before:
        score = edits.place(score, *each)
    after = edits.place(score, voice, step, length, pitch)
    assert (step, length, pitch) in [(n.start, n.length, n.pitch) for n in after.chorale.notes(voice)]
    for other in {0, 1, 2, 3} - {voice}:
        assert after.chorale.notes(other) == score.chorale.notes(other)
    untouched = [n for n in score.chorale.notes(voice) if n.end <= step or n.start >= step + length]
    assert set(untouched) <= set(after.chorale.notes(voice))
    assert len(after.chorale.notes(voice)) <= len(untouched) + 2


def test_deleting_makes_rests_and_takes_syllables_and_lonely_fermatas_along(score, heard):
    marked = edits.set_lyrics(edits.toggle_fermata(score, 12), "a b c d e")
    after = edits.delete(marked, Selection.of((0, 4), (0, 12)))
    assert heard(after) == [(0, 4, "G4"), (8, 4, "B4"), (16, 8, "D5")]
    assert after.lyrics == ((0, "a"), (8, "c"), (16, "e"))
    assert after.fermatas == frozenset()


def test_a_fermata_stays_when_another_voice_still_sounds_under_it(score):
    marked = edits.toggle_fermata(edits.place(score, 3, 12, 4, 48), 12)
    assert edits.delete(marked, Selection.of((0, 12))).fermatas == {12}


def test_a_selection_that_names_no_note_changes_nothing_and_returns_the_same_object(score):
    gone = Selection.of((0, 5), (2, 900), (1, 0))
    for edit in (edits.delete, edits.double, edits.halve, edits.dot, edits.repeat, edits.respell):
        assert edit(score, gone) is score


def test_moving_in_time_takes_marks_and_locks_along_and_overwrites_what_is_there(score, heard):
    marked = edits.set_lyric(edits.toggle_lock(edits.toggle_fermata(score, 12), Selection.of((0, 12))), 12, "end")
    after = edits.move_in_time(marked, Selection.of((0, 12)), 6)
    assert heard(after)[3:] == [(16, 2, "D5"), (18, 4, "C5")]
    assert after.lyrics == ((18, "end"),)
    assert after.fermatas == {18}
    assert after.locked[18:22, 0].all()
    assert after.locked.sum() == 4


def test_notes_moved_together_do_not_overwrite_one_another(score, heard):
    after = edits.move_in_time(score, Selection.all_of(score), 2)
    assert heard(after) == [(start + 2, length, name) for start, length, name in heard(score)]


def test_moving_before_the_score_is_refused(score):
    with pytest.raises(InputError, match="before the first bar"):
        edits.move_in_time(score, Selection.of((0, 0), (0, 4)), -1)


def test_a_longer_note_overwrites_what_follows_and_a_shorter_one_leaves_a_rest(score, heard):
    assert heard(edits.set_length(score, Selection.of((0, 8)), 6))[2:] == [(8, 6, "B4"), (16, 8, "D5")]
    assert heard(edits.set_length(score, Selection.of((0, 8)), 2))[2:4] == [(8, 2, "B4"), (12, 4, "C5")]


def test_doubling_a_group_keeps_all_its_notes_and_halving_brings_it_back(score, heard):
    chosen = Selection.of((0, 0), (0, 4), (0, 8))
    doubled = edits.double(score, chosen)
    assert heard(doubled) == [(0, 8, "G4"), (8, 8, "A4"), (16, 8, "B4")]
    back = edits.halve(doubled, Selection.of((0, 0), (0, 8), (0, 16)))
    assert heard(back) == [(0, 4, "G4"), (4, 4, "A4"), (8, 4, "B4")]


def test_half_of_a_sixteenth_is_refused(score):
    short = edits.set_length(score, Selection.of((0, 0)), 1)
    with pytest.raises(InputError, match="no whole sixteenth"):
        edits.halve(short, Selection.of((0, 0)))


def test_a_dot_is_put_on_and_taken_off(score, heard):
    dotted = edits.dot(score, Selection.of((0, 16)))
    assert heard(dotted)[4] == (16, 12, "D5")
    assert edits.dot(dotted, Selection.of((0, 16))) == score
    with pytest.raises(InputError, match="sixteenth"):
        edits.dot(edits.set_length(score, Selection.of((0, 0)), 1), Selection.of((0, 0)))


def test_joining_adds_the_next_notes_time_and_splitting_takes_it_apart(score, heard):
    joined = edits.join(score, 0, 0)
    assert heard(joined)[:2] == [(0, 8, "G4"), (8, 4, "B4")]
    assert heard(edits.split(joined, 0, 4))[:2] == [(0, 4, "G4"), (4, 4, "G4")]
    with pytest.raises(InputError, match="nothing follows"):
        edits.join(score, 0, 16)
    with pytest.raises(InputError, match="begins at bar 1, beat 1"):
        edits.join(score, 0, 2)
    with pytest.raises(InputError, match="no note is held"):
        edits.split(score, 0, 4)


def test_repeat_writes_the_selection_again_right_after_itself(score, heard):
    after = edits.repeat(score, Selection.of((0, 0), (0, 4)))
    assert heard(after)[:4] == [(0, 4, "G4"), (4, 4, "A4"), (8, 4, "G4"), (12, 4, "A4")]


def test_a_tied_note_over_the_bar_line_is_one_note_to_every_edit(heard):
    score = edits.place(edits.empty(2), 1, 12, 8, 60)
    assert heard(edits.set_length(score, Selection.of((1, 12)), 12), 1) == [(12, 12, "C4")]


def test_edits_keep_the_spelling_of_everything_else():
    pitches = np.full((16, 4), -1)
    pitches[:8, 0], pitches[8:, 0] = 68, 70
    spelling = np.zeros((16, 4), dtype=int)
    spelling[:8, 0], spelling[8:, 0] = -4, 10  # Ab, A#
    score = Score(Chorale(pitches), spelling=spelling)
    after = edits.place(score, 3, 0, 4, 48)
    assert [str(pitch) for _, pitch in after.notes(0)] == ["Ab4", "A#4"]
