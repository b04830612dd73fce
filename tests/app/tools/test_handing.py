"""Results on the staff: the melody as it was, in a singer's range, as one undo step; drums under the chorale."""

from fractions import Fraction

import numpy as np
import pytest

from chorale.app.studio import Studio
from chorale.app.tools.handing import Handed, soprano_of, to_drum_lane, to_soprano
from chorale.app.tools.sources import from_staff, trimmed
from chorale.errors import InputError
from chorale.music import REST, Clip, ClipNote, Key, Meter, Voice


@pytest.fixture
def studio():
    desk = Studio()
    yield desk
    desk.close()


def test_a_melody_becomes_the_soprano_in_one_undo_step(studio, tune):
    before = studio.score
    handed = to_soprano(studio, tune, "Generate 1")
    assert [note.pitch for note in studio.score.chorale.notes(Voice.SOPRANO)] == [note.pitch for note in tune.notes]
    assert (studio.score.chorale.pitches[:, 1:] == REST).all()
    assert (studio.score.key, studio.score.title, handed) == (Key(0), "Generate 1", Handed())
    studio.undo()
    assert studio.score == before


def test_a_low_melody_is_moved_by_octaves_and_that_is_told(tune):
    low = tune.replace(notes=tuple(note.moved(semitones=-24) for note in tune.notes))
    score, told = soprano_of(low)
    assert told == ("moved 2 octaves up, for singers",)
    assert score.chorale.pitches[0, 0] == 60


def test_meter_pickup_and_tempo_come_along_and_the_last_bar_is_filled():
    notes = tuple(ClipNote(Fraction(n), 72, Fraction(n + 4)) for n in (0, 4, 8))
    score, _ = soprano_of(Clip(notes, 14, meter=Meter(3, 4), pickup=4, qpm=96))
    assert (score.meter, score.pickup, score.qpm, score.steps) == (Meter(3, 4), 4, 96, 16)


def test_what_goes_on_from_the_staff_is_written_after_it_and_all_else_stays(studio):
    studio.new_from_tune("ode_to_joy")
    studio.edit("voices", _doubled)
    before, clip = studio.score, from_staff(studio.score, "melody").clip
    longer = [*clip.notes, ClipNote(Fraction(clip.steps), 69, Fraction(clip.steps + 8))]
    handed = to_soprano(studio, clip.with_notes(longer, clip.steps + 32), "Continue 1")
    after = studio.score
    assert handed.bars == (17, 17)
    assert after.steps == before.steps + 16
    assert (after.chorale.pitches[: before.steps] == before.chorale.pitches).all()
    assert (after.title, after.lyrics, after.key) == (before.title, before.lyrics, before.key)
    studio.undo()
    assert studio.score == before


def test_what_goes_on_from_a_bare_melody_is_harmonized_as_a_whole(studio):
    studio.new_from_tune("ode_to_joy")
    clip = from_staff(studio.score, "melody").clip
    longer = [*clip.notes, ClipNote(Fraction(clip.steps), 69, Fraction(clip.steps + 8))]
    assert to_soprano(studio, clip.with_notes(longer, clip.steps + 16), "Continue 1").bars is None


def _doubled(score):
    pitches, onsets = score.chorale.pitches.copy(), score.chorale.onsets.copy()
    pitches[:, 1], onsets[:, 1] = pitches[:, 0], onsets[:, 0]
    return score.replace(chorale=type(score.chorale)(pitches, onsets))


def test_drums_cannot_be_sung(studio, beat):
    with pytest.raises(InputError, match="these are drums: wanted a melody"):
        to_soprano(studio, beat, "x")


def test_drums_play_under_the_whole_chorale(studio, tune, beat):
    to_soprano(studio, tune, "t")
    to_drum_lane(studio, beat)
    drums = studio.score.drums
    assert len(drums) == studio.score.steps == 32
    assert np.array_equal(drums.hits[:16], drums.hits[16:])
    studio.undo()
    assert studio.score.drums is None


def test_a_melody_cannot_be_drums(studio, tune):
    with pytest.raises(InputError, match="this is a melody: wanted drums"):
        to_drum_lane(studio, tune)


def test_the_staff_gives_its_soprano_up_to_the_last_bar_with_notes(studio, tune):
    to_soprano(studio, tune, "t")
    studio.edit("more", lambda score: score.replace(chorale=_longer(score.chorale)))
    source = from_staff(studio.score, "melody")
    assert source.clip.steps == 32
    assert [note.pitch for note in source.clip.notes] == [note.pitch for note in tune.notes]


def _longer(chorale):
    pad = ((0, 32), (0, 0))
    return type(chorale)(np.pad(chorale.pitches, pad, constant_values=REST), np.pad(chorale.onsets, pad))


def test_selected_bars_alone_are_taken(studio, tune):
    to_soprano(studio, tune, "t")
    source = from_staff(studio.score, "melody", (2, 2))
    assert [note.pitch for note in source.clip.notes] == [67, 65, 64, 62]
    assert source.name == "t, soprano, bars 2\N{EN DASH}2"


@pytest.mark.parametrize(("wanted", "words"), [("melody", "the soprano is empty"), ("drums", "the staff has no drums")])
def test_an_empty_staff_is_one_line(studio, wanted, words):
    with pytest.raises(InputError, match=words):
        from_staff(studio.score, wanted)


def test_a_clip_ends_with_the_last_bar_that_has_notes(tune):
    assert trimmed(tune.replace(steps=100)).steps == 32
