"""What the harmonizer is given, in the network's terms."""

import numpy as np
import pytest

from chorale.errors import InputError
from chorale.models.coconet.codec import HIDDEN, OUTSIDE
from chorale.models.coconet.task import RANGES, Task, hushed
from chorale.music import REST, Chorale, Key, Meter, Note, Score


def score_of(notes, steps, **facts):
    return Score(Chorale.from_voices([notes], steps), **facts)


def lower(score):
    mask = np.ones((score.steps, 4), bool)
    mask[:, 0] = False
    return mask


SCALE = [Note(4 * number, 4, pitch) for number, pitch in enumerate((67, 69, 71, 72, 74, 72, 71, 69))]


def test_nothing_writable_is_said():
    score = score_of(SCALE, 32)
    with pytest.raises(InputError, match="nothing to write"):
        Task(score, np.zeros((32, 4), bool))


def test_a_tune_of_rests_is_said():
    score = Score(Chorale.silent(16))
    with pytest.raises(InputError, match=r"nothing to (write|harmonize)"):
        Task(score, lower(score))


def test_a_mask_of_another_size_is_said():
    with pytest.raises(InputError, match=r"shape \(8, 4\): wanted \(32, 4\)"):
        Task(score_of(SCALE, 32), np.ones((8, 4), bool))


def test_voices_rest_with_the_tune_for_a_beat_or_at_the_ends_but_sing_through_a_breath():
    notes = [Note(4, 4, 67), Note(10, 6, 69), Note(24, 4, 71)]  # breath 8..10, rest 16..24, silent ends
    score = score_of(notes, 30)
    rests = hushed(score, lower(score))
    expected = np.zeros(30, bool)
    expected[0:4] = expected[16:24] = expected[28:30] = True
    np.testing.assert_array_equal(rests[:, 1], expected)
    assert not rests[:, 0].any()


def test_bars_left_wholly_open_are_composed_not_silenced():
    score = score_of(SCALE[:2], 32)
    mask = lower(score)
    mask[8:, 0] = True
    assert not hushed(score, mask)[8:].any()


def test_a_note_whose_end_is_given_is_given_wholly():
    score = Score(Chorale.from_voices([SCALE, [Note(0, 8, 60), Note(8, 24, 62)]], 32))
    mask = lower(score)
    mask[4:, 1] = False
    task = Task(score, mask)
    assert not task.writable[:, 1].any()
    assert task.pitches[0, 1] == 60


@pytest.mark.parametrize(("low", "shift"), [(67, 0), (60, 0), (57, 3), (48, 12), (76, -2)])
def test_a_tune_outside_the_soprano_is_moved_as_little_as_can_be(low, shift):
    notes = [Note(note.start, note.length, note.pitch - 67 + low) for note in SCALE]
    score = score_of(notes, 32)
    task = Task(score, lower(score))
    assert task.shift == shift
    soprano = task.pitches[:, 0]
    assert soprano.min() >= RANGES[0][0]
    assert soprano.max() <= RANGES[0][1]
    assert bool(task.notes) == bool(shift)


def test_the_move_is_told_in_a_musicians_words():
    notes = [Note(note.start, note.length, note.pitch - 12) for note in SCALE]
    score = score_of(notes, 32)
    assert Task(score, lower(score)).notes == (
        "harmonized a fourth higher, where the model knows the soprano, and moved back",
    )


def test_moved_voices_stay_within_the_written_range():
    notes = [Note(note.start, note.length, note.pitch - 24) for note in SCALE]
    score = score_of(notes, 32)
    task = Task(score, lower(score))
    lowest = 36 + np.argmax(task.allowed, axis=1) - task.shift
    assert (lowest >= 36).all()


def test_an_upbeat_is_aligned_with_the_beat_and_the_ends_are_outside():
    score = score_of(SCALE, 32, meter=Meter(4, 4), pickup=2)
    task = Task(score, lower(score))
    codes = task.codes(task.pitches[None], task.writable[None])
    assert codes.shape[1] % 4 == 0
    assert task.inside.start == 4 + 2
    assert (codes[0, : task.inside.start] == OUTSIDE).all()
    assert (codes[0, task.inside.stop :] == OUTSIDE).all()
    assert (codes[0, task.inside, 1:] == HIDDEN).all()
    assert len(task.context) == codes.shape[1]
    np.testing.assert_array_equal(task.context[task.inside, :4].argmax(axis=1)[:3], [2, 3, 0])


def test_a_key_that_does_not_fit_the_tune_is_not_believed():
    score = score_of(SCALE, 32)
    believed = Task(score.replace(key=Key.parse("G")), lower(score))
    doubted = Task(score.replace(key=Key.parse("Db")), lower(score))
    assert believed.context[:, 11:].any()
    assert not doubted.context[:, 11:].any()


def test_a_fermata_covers_its_note_and_the_last_note_needs_none_to_stand_still():
    score = score_of(SCALE, 32, fermatas=frozenset({12}))
    task = Task(score, lower(score))
    np.testing.assert_array_equal(np.flatnonzero(task.under_fermata), np.arange(12, 16))
    np.testing.assert_array_equal(np.flatnonzero(task.resting), [13, 14, 15, 29, 30, 31])


def test_the_last_chord_of_a_long_last_note_begins_on_its_last_bar_line():
    held = score_of([*SCALE[:4], Note(16, 32, 72)], 64)
    assert Task(held, lower(held)).last_chord == 32
    short = score_of([*SCALE[:4], Note(16, 16, 72)], 64)
    assert Task(short, lower(short)).last_chord == 16
    assert Task(short, lower(short)).resting[17:].all()


def test_where_the_tune_stands_still_the_beats_are_known():
    score = score_of([Note(0, 16, 72), Note(16, 4, 71), Note(20, 4, 71), Note(24, 8, 72)], 32)
    assert np.flatnonzero(Task(score, lower(score)).still_beats).tolist() == [1, 2, 3, 5]


def test_the_beats_on_which_the_tune_strikes_its_note_again_are_known():
    score = score_of([Note(0, 16, 72), Note(16, 2, 71), Note(18, 2, 71), Note(20, 4, 71), Note(24, 8, 72)], 32)
    assert np.flatnonzero(Task(score, lower(score)).again).tolist() == [20]


def test_rests_stay_silent_in_what_the_network_reads():
    score = score_of(SCALE[:4], 32)
    task = Task(score, lower(score))
    assert (task.pitches[16:] == REST).all()
    assert not task.writable[16:].any()


def test_rests_of_all_voices_at_either_end_are_outside_the_piece():
    score = score_of([Note(8, 4, 67), Note(16, 4, 69)], 32)
    task = Task(score, lower(score))
    assert np.flatnonzero(task.outside).tolist() == [*range(8), *range(20, 32)]
    codes = task.codes(task.pitches[None], task.writable[None])[0]
    sung = slice(task.inside.start + 8, task.inside.start + 20)
    assert (codes[: sung.start] == OUTSIDE).all()
    assert (codes[sung.stop :] == OUTSIDE).all()
    assert not (codes[sung] == OUTSIDE).any()
    within = Task(score_of(SCALE, 32), lower(score)).context[sung]
    assert (task.context[sung] == within).all()


def test_the_tones_outside_the_key_are_known_at_the_moved_pitch():
    score = score_of(SCALE, 32)
    assert np.flatnonzero(Task(score, lower(score)).foreign).tolist() == [1, 3, 6, 8, 10]
    low = score_of([Note(note.start, note.length, note.pitch - 14) for note in SCALE], 32, key=Key.parse("Bb"))
    task = Task(low, lower(low))
    assert np.flatnonzero(task.foreign).tolist() == sorted((10 + tone + task.shift) % 12 for tone in (1, 3, 6, 8, 10))
    doubted = Task(score.replace(key=Key.parse("Db")), lower(score))
    assert not doubted.foreign.any()
