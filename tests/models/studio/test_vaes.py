"""MelodyVAE and DrumVAE: new clips are what was asked for, and a walk between two leads from one to the other."""

import numpy as np
import pytest

from chorale.errors import InputError
from chorale.models import registry
from chorale.models.base import Surroundings
from chorale.models.melody_vae import codec
from chorale.models.sequences.space import slerp
from chorale.music import REST, DrumPattern, Key, Melody, Meter, Note, Piece

PLACES = (0.0, 0.25, 0.5, 0.75, 1.0)
SCALE = Melody.from_notes([Note(4 * at, 4, pitch) for at, pitch in enumerate([60, 62, 64, 65, 67, 69, 71, 72])], 32)
REEL = Melody.from_notes([Note(2 * at, 2, pitch) for at, pitch in enumerate([79, 76, 72, 76] * 4)], 32)


@pytest.fixture(scope="module")
def melodies():
    return registry.load("melody_vae")


@pytest.fixture(scope="module")
def drums():
    return registry.load("drum_vae")


def rock(cymbal, bars=2):
    hits = np.zeros((16 * bars, 9), bool)
    hits[::8, Piece.KICK] = hits[4::8, Piece.SNARE] = hits[::2, cymbal] = True
    return DrumPattern(hits)


def unlike(one, other):
    return int(((one.pitches != other.pitches) | (one.onsets != other.onsets)).sum())


def test_a_bar_of_three_leaves_its_fourth_beat_empty():
    np.testing.assert_array_equal(codec.slots_of(24, 12), [*range(12), *range(16, 28)])
    given = codec.conditions_of(24, 12)
    np.testing.assert_array_equal(given[:, 0], [1, 1, 1, 0] * 2 + [0] * 8)
    assert given[:, 1].sum() == 6


@pytest.mark.parametrize(
    ("meter", "steps"), [(Meter(4, 4), 64), (Meter(4, 4), 16), (Meter(3, 4), 36), (Meter(2, 4), 24)]
)
def test_new_melodies_have_the_length_that_was_asked_for(melodies, meter, steps):
    written = melodies.generated(steps, Surroundings(meter), seed=5, variations=3)
    assert [len(each.music) for each in written] == [steps] * 3
    assert all(each.music.notes for each in written)
    assert melodies.generated(steps, Surroundings(meter), seed=6)[0].music == written[1].music


def test_at_temperature_zero_a_seed_chooses_the_kind_of_music_and_nothing_else(melodies, drums):
    for model in (melodies, drums):
        cold = [each.music for each in model.generated(64, Surroundings(), seed=3, variations=6, temperature=0)]
        assert len(set(cold)) > 1
        assert model.generated(64, Surroundings(), seed=4, temperature=0)[0].music == cold[1]


def test_a_locked_key_is_kept_even_when_it_is_hot(melodies):
    key = Key.parse("Eb")
    for written in melodies.generated(64, Surroundings(key=key, locked=True), variations=4, temperature=2):
        assert {note.pitch % 12 for note in written.music.notes} <= key.scale


def test_a_walk_never_goes_back(melodies):
    path = [each.music for each in melodies.interpolated(SCALE, REEL, PLACES, Surroundings(key=Key(0)), seed=1)]
    away, near = ([unlike(end, each) for each in path] for end in (path[0], path[-1]))
    assert away == sorted(away)
    assert near == sorted(near, reverse=True)
    assert unlike(path[0], path[-1]) > 0


def test_melodies_come_back_where_they_were(melodies):
    path = melodies.interpolated(SCALE, REEL, (0.0, 1.0), Surroundings(key=Key(0)), temperature=0)
    for clip, written in zip((SCALE, REEL), path, strict=True):
        assert unlike(clip, written.music) <= 8


def test_a_note_that_ends_on_the_last_step_is_there(melodies):
    held = Melody.from_notes([Note(0, 16, 67), Note(16, 16, 72)], 32)
    written = melodies.interpolated(held, held, (0.5,), Surroundings(key=Key(0)), temperature=0)[0].music
    assert written.pitches[-1] != REST


def test_melodies_outside_the_models_range_are_moved_and_moved_back(melodies):
    low = Melody.from_notes([Note(note.start, note.length, note.pitch - 36) for note in SCALE.notes], 32)
    written = melodies.interpolated(low, low, (0.5,), Surroundings(key=Key(0)), temperature=0)[0]
    assert "octave" in written.notes[0]
    assert max(note.pitch for note in written.music.notes) < 48


def test_new_drums_have_their_length_and_differ(drums):
    written = drums.generated(32, Surroundings(), seed=5, variations=4)
    assert [len(each.music) for each in written] == [32] * 4
    assert len({each.music for each in written}) == 4
    assert all(each.music.hits.any() for each in written)


def test_more_density_strikes_more(drums):
    little, much = (
        sum(int(each.music.hits.sum()) for each in drums.generated(64, Surroundings(density=density), variations=4))
        for density in (0.0, 1.0)
    )
    assert little < much


def test_a_walk_between_drums_leads_from_one_cymbal_to_the_other(drums):
    path = drums.interpolated(rock(Piece.CLOSED_HAT), rock(Piece.RIDE), PLACES, Surroundings(), temperature=0.5)
    hats = [int(each.music.hits[:, Piece.CLOSED_HAT].sum()) for each in path]
    rides = [int(each.music.hits[:, Piece.RIDE].sum()) for each in path]
    assert hats[0] > hats[-1]
    assert rides[0] < rides[-1]


def test_what_they_cannot_do_is_told_in_one_line(melodies, drums):
    with pytest.raises(InputError, match="meter 6/8: wanted 4/4"):
        melodies.generated(24, Surroundings(Meter(6, 8)))
    with pytest.raises(InputError, match="65 steps: wanted 1 to 64, four bars"):
        drums.generated(65, Surroundings())
    with pytest.raises(InputError, match="meter 3/4: wanted 4/4"):
        drums.generated(24, Surroundings(Meter(3, 4)))


def test_the_way_on_the_sphere_keeps_its_length():
    one, other = np.array([2.0, 0.0], np.float32), np.array([0.0, 2.0], np.float32)
    np.testing.assert_allclose(slerp(one, other, 0.5), [2**0.5, 2**0.5], rtol=1e-6)
    np.testing.assert_array_equal(slerp(one, other, 0.0), one)
    np.testing.assert_allclose(slerp(one, one, 0.3), one)
