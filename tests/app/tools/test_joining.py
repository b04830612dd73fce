"""Long walks: parts that overlap are joined where they agree, and no note is cut in two."""

import numpy as np
import pytest

from chorale.app import tools
from chorale.app.tools.joining import joined, starts_of
from chorale.music import REST, DrumPattern, Melody


def scale(steps, length=4):
    pitches = np.repeat(60 + np.arange(steps // length) % 8, length).astype(np.int16)
    return Melody(pitches, np.arange(steps) % length == 0)


def part(melody, start, end):
    return Melody(melody.pitches[start:end], melody.onsets[start:end])


@pytest.mark.parametrize(("steps", "starts"), [(16, [0]), (64, [0]), (65, [0, 32]), (96, [0, 32]), (128, [0, 32, 64])])
def test_parts_cover_the_whole_and_share_half(steps, starts):
    assert starts_of(steps, 64) == starts


@pytest.mark.parametrize("length", [1, 4, 6, 16])
def test_parts_that_agree_give_the_whole_back(length):
    whole = scale(192, length)
    starts = starts_of(192, 64)
    parts = [part(whole, start, start + 64) for start in starts]
    assert joined(parts, starts, 192, 16) == whole


def test_a_note_held_over_the_join_stays_one_note():
    long = Melody(np.full(96, 67, np.int16), np.arange(96) == 0)
    assert list(joined([part(long, 0, 64), part(long, 32, 96)], [0, 32], 96, 16).onsets.nonzero()[0]) == [0]


def test_where_parts_disagree_no_note_loses_its_tail():
    one, other = scale(64, 8), scale(64, 4)
    line = joined([one, other], [0, 32], 96, 16)
    lengths = {note.length for note in line.notes}
    assert lengths <= {4, 8}
    assert (line.pitches != REST).all()


def test_drums_are_joined_where_both_say_the_same():
    hits = np.zeros((96, 9), bool)
    hits[::4, 0] = True
    whole = DrumPattern(hits)
    other = whole.cut(32, 96)
    assert joined([whole.cut(0, 64), other], [0, 32], 96, 16) == whole


@pytest.mark.usefixtures("small_models")
def test_a_walk_keeps_a_pickup_that_both_ends_have(tune):
    ends = [tune.replace(pickup=4), tune.replace(pickup=4, name="b")]
    path = tools.interpolate(*ends, 3, tools.Wishes(), exact=True)
    assert [(result.clip.pickup, result.clip.steps) for result in path] == [(4, 32), (4, 36), (4, 32)]
    assert path[0].clip.notes == tune.notes
    assert path[1].clip.notes[0].step == 0


@pytest.mark.usefixtures("small_models")
def test_ends_with_other_pickups_meet_at_the_bar_line(tune):
    path = tools.interpolate(tune.replace(pickup=4), tune, 3, tools.Wishes(), exact=True)
    assert {result.clip.pickup for result in path} == {0}
    assert path[0].clip.notes[0].step == 12
    assert path[-1].clip.notes == tune.notes


@pytest.mark.usefixtures("small_models")
def test_a_walk_between_long_clips_has_their_whole_length_and_ends_on_them(tune):
    long = tune.replace(notes=tuple(note.moved(32 * n) for n in range(4) for note in tune.notes), steps=128)
    high = long.replace(notes=tuple(note.moved(semitones=5) for note in long.notes))
    path = tools.interpolate(long, high, 5, tools.Wishes(), exact=True)
    assert [result.clip.steps for result in path] == [128] * 5
    assert path[0].clip is long
    assert path[-1].clip is high
    middle = path[2].clip
    assert len(middle.notes) == len(long.notes)
    assert all(note.start > note.step for note in middle.notes)  # as late as both were


def test_what_sounds_to_the_last_step_does_so_all_along_a_walk(tune):
    """The shipped networks re-create the ends: the published tool lost notes that end where the clip does."""
    higher = tune.with_notes([note.moved(semitones=2) for note in tune.notes])
    for result in tools.interpolate(tune, higher, 4, tools.Wishes(temperature=0)):
        assert result.clip.notes[-1].end >= result.clip.steps
