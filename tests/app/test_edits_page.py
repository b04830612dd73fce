"""Edits of marks, bars, meter, and the clipboard."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale.app import edits
from chorale.app.edits import Selection
from chorale.errors import InputError
from chorale.music import METERS, Meter


def test_a_fermata_goes_on_and_off_wherever_in_its_note_one_points(score):
    marked = edits.toggle_fermata(score, 16)
    assert marked.fermatas == {16}
    assert edits.toggle_fermata(marked, 20).fermatas == frozenset()
    with pytest.raises(InputError, match="nothing sounds at bar 3"):
        edits.toggle_fermata(score, 40)


def test_locking_is_undone_by_locking_again_and_completes_a_half_locked_selection(score):
    one, two = Selection.of((0, 0)), Selection.of((0, 0), (0, 4))
    locked = edits.toggle_lock(score, one)
    assert locked.locked[:4, 0].all()
    assert locked.locked.sum() == 4
    assert edits.toggle_lock(locked, two).locked.sum() == 8
    assert edits.toggle_lock(locked, one) == score


def test_a_locked_voice_stays_locked_through_edits_and_growth(score):
    locked = edits.toggle_voice_lock(score, 0)
    changed = edits.place(edits.delete(locked, Selection.of((0, 0))), 0, 70, 4, 67)
    assert changed.locked[:, 0].all()
    assert not changed.locked[:, 1:].any()
    assert edits.toggle_voice_lock(locked, 0) == score


def test_a_deleted_note_leaves_no_lock_behind(score):
    locked = edits.toggle_lock(score, Selection.of((0, 0)))
    assert not edits.delete(locked, Selection.of((0, 0))).locked.any()


def test_a_text_is_laid_under_the_notes_syllable_by_syllable(score):
    sung = edits.set_lyrics(score, "Al-le- _ lu-ja amen")
    assert sung.lyrics == ((0, "Al-"), (4, "le-"), (12, "lu-"), (16, "ja"))
    assert edits.set_lyrics(sung, "").lyrics == ()
    assert edits.set_lyric(sung, 0, "").lyrics[0] == (4, "le-")
    with pytest.raises(InputError, match="soprano begins"):
        edits.set_lyric(score, 1, "no")


def test_texts_are_one_line_and_not_endless(score):
    assert edits.set_title(score, " A\n mighty   fortress ").title == "A mighty fortress"
    assert len(edits.set_composer(score, "x" * 5000).composer) == 200


def test_tempo_is_checked(score):
    assert edits.set_tempo(score, 100).qpm == 100
    with pytest.raises(InputError, match="tempo 900"):
        edits.set_tempo(score, 900)


@pytest.mark.parametrize("meter", METERS)
def test_a_new_meter_moves_bar_lines_and_no_note(score, meter):
    after = edits.set_meter(score, meter)
    assert after.chorale.notes(0) == score.chorale.notes(0)
    assert (after.steps - after.pickup) % meter.steps_per_bar == 0
    assert after.steps >= score.steps


@pytest.mark.parametrize("meter", METERS)
def test_an_empty_score_keeps_its_number_of_bars_in_a_new_meter(meter):
    assert len(edits.set_meter(edits.empty(7), meter).bars) == 7


def test_a_pickup_that_the_new_bar_could_not_hold_is_shortened():
    score = edits.set_pickup(edits.place(edits.empty(2), 0, 0, 4, 60), 12)
    assert edits.set_meter(score, Meter(2, 4)).pickup == 4


def test_a_pickup_moves_bar_lines_and_not_the_notes(score):
    after = edits.set_pickup(score, 4)
    assert (after.bars[0].number, after.bars[0].length, after.bars[1].start) == (0, 4, 4)
    assert after.chorale == score.chorale
    with pytest.raises(InputError, match="pickup of 16 steps"):
        edits.set_pickup(score, 16)


def test_bars_are_added_at_the_end_after_the_last_is_filled():
    score = edits.set_pickup(edits.empty(2), 4)
    assert score.steps == 32
    assert edits.add_bars(score).steps == 4 + 3 * 16
    assert edits.set_bars(score, 5).steps == 4 + 5 * 16
    assert edits.set_bars(edits.empty(4), 2).steps == 32
    with pytest.raises(InputError, match="at least 1"):
        edits.add_bars(score, 0)
    with pytest.raises(InputError, match="wanted at most"):
        edits.add_bars(score, 10**7)


def test_an_inserted_bar_moves_what_follows_with_its_marks(score, heard):
    marked = edits.set_lyrics(edits.toggle_lock(edits.toggle_fermata(score, 16), Selection.of((0, 16))), "a b c d e")
    after = edits.insert_bars(marked, 2)
    assert heard(after)[4] == (32, 8, "D5")
    assert after.fermatas == {32}
    assert after.lyrics[4] == (32, "e")
    assert after.locked[32:40, 0].all()
    assert after.locked.sum() == 8
    assert edits.remove_bars(after, 2) == marked


def test_a_note_held_over_the_place_of_insertion_is_cut_in_two(heard):
    score = edits.place(edits.empty(2), 0, 12, 8, 60)
    assert heard(edits.insert_bars(score, 2)) == [(12, 4, "C4"), (32, 4, "C4")]


def test_removing_bars_keeps_at_least_one_and_can_remove_the_pickup(score):
    assert edits.remove_bars(score, 1, 4).steps == 16
    assert not edits.remove_bars(score, 1, 4).chorale.onsets.any()
    assert edits.remove_bars(edits.set_pickup(score, 4), 0).pickup == 0
    with pytest.raises(InputError, match="bar 9"):
        edits.remove_bars(score, 9)
    with pytest.raises(InputError, match="bars 3 to 2"):
        edits.remove_bars(score, 3, 2)


def test_clearing_voices_keeps_the_soprano_unless_told_otherwise(score):
    full = edits.place(edits.place(score, 1, 0, 4, 60), 3, 0, 4, 48)
    assert edits.clear_voices(full) == score
    assert not edits.clear_voices(full, keep=()).chorale.onsets.any()


def test_what_is_copied_can_be_pasted_elsewhere_rests_and_all(score, heard):
    clip = edits.copy(edits.set_lyrics(score, "a b c d e"), 4, 20, [0])
    assert clip.notes[-1][1:3] == (12, 4)  # the half note is cut at the clip's end
    pasted = edits.paste(score, 32, clip)
    assert heard(pasted)[5:] == [(32, 4, "A4"), (36, 4, "B4"), (40, 4, "C5"), (44, 4, "D5")]
    assert pasted.lyrics == ((32, "b"), (36, "c"), (40, "d"), (44, "e"))


def test_a_clip_of_one_voice_can_go_into_another_and_one_of_more_cannot(score, heard):
    clip = edits.copy(score, 0, 8, [0])
    assert heard(edits.paste(score, 8, clip, voice=2), 2) == [(8, 4, "G4"), (12, 4, "A4")]
    with pytest.raises(InputError, match="holds 4 voices"):
        edits.paste(score, 8, edits.copy(score, 0, 8), voice=2)


def test_pasting_past_the_end_makes_room(score):
    assert edits.paste(score, 60, edits.copy(score, 0, 16)).steps == 80


def test_cutting_keeps_the_head_of_a_note_that_began_before_and_the_rest_after(score, heard):
    assert heard(edits.cut(score, 18, 20))[4:] == [(16, 2, "D5"), (20, 4, "D5")]
    with pytest.raises(InputError, match="nothing is selected"):
        edits.copy(score, 8, 8)


@settings(deadline=None)  # a busy machine is no fault
@given(st.integers(0, 40), st.integers(1, 30), st.integers(0, 60))
def test_pasting_a_copy_onto_its_own_place_changes_no_sound(start, length, extra):
    score = edits.empty(4)
    for step in range(0, 56, 6):
        score = edits.place(score, step % 4, step, 5, 55 + step % 12)
    score = edits.set_tempo(score, 60 + extra)
    pasted = edits.paste(score, start, edits.copy(score, start, start + length))
    inside = slice(start, start + length)
    assert (pasted.chorale.pitches[inside] == score.chorale.pitches[inside]).all()


def test_selections_are_values():
    one = Selection.of((0, 4))
    assert one.toggled(0, 4) == Selection()
    assert one.shifted(4) == Selection.of((0, 8))
    assert (one | Selection.of((1, 0))) == Selection.of((1, 0), (0, 4))
    assert (0, 4) in one
    assert list(Selection.of((1, 0), (0, 8), (0, 4))) == [(0, 4), (0, 8), (1, 0)]


def test_a_selection_between_steps_has_the_notes_that_begin_there(score):
    assert Selection.between(score, 4, 12) == Selection.of((0, 4), (0, 8))
    assert len(Selection.all_of(score)) == 5
    assert Selection.of((0, 4), (0, 8)).span(score) == (4, 12)
    assert Selection().span(score) is None
