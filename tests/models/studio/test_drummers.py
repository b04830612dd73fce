"""GrooVAE and TapVAE: what is given stays, and long music has no seam."""

import numpy as np
import pytest

from chorale.errors import Cancelled, InputError
from chorale.models import registry
from chorale.models.base import Surroundings, Taps
from chorale.music import DrumPattern, Meter, Piece

AROUND = Surroundings(qpm=100)


@pytest.fixture(scope="module")
def groover():
    return registry.load("groove_vae")


@pytest.fixture(scope="module")
def drummer():
    return registry.load("tap_vae")


def rock(steps):
    hits = np.zeros((steps, 9), bool)
    hits[::8, Piece.KICK] = hits[4::8, Piece.SNARE] = hits[::2, Piece.CLOSED_HAT] = True
    return DrumPattern(hits)


def eighths(steps, offset=0.2):
    struck = np.arange(steps) % 2 == 0
    return Taps(struck, np.where(struck, offset, 0).astype(np.float32))


@pytest.mark.parametrize("steps", [16, 40, 64, 200])
def test_a_groove_strikes_what_was_given_and_nothing_else(groover, steps):
    for written in groover.grooved(rock(steps), AROUND, variations=2, temperature=2):
        np.testing.assert_array_equal(written.music.hits, rock(steps).hits)


def test_a_groove_is_neither_even_nor_on_the_grid(groover):
    music = groover.grooved(rock(64), AROUND)[0].music
    hats = music.velocities[music.hits[:, Piece.CLOSED_HAT], Piece.CLOSED_HAT]
    assert hats.std() > 3
    assert 0.005 < np.abs(music.offsets[music.hits]).mean() < 0.3


def test_takes_differ_enough_to_be_heard(groover):
    one, other = (each.music for each in groover.grooved(rock(64), AROUND, variations=2))
    struck = one.hits
    assert np.abs(one.velocities.astype(int) - other.velocities.astype(int))[struck].mean() > 4
    assert np.abs(one.offsets - other.offsets)[struck].mean() > 0.01


def test_variations_differ_and_temperature_zero_does_not(groover):
    assert len({each.music for each in groover.grooved(rock(32), AROUND, seed=2, variations=3)}) == 3
    assert groover.grooved(rock(32), AROUND, seed=3)[0].music != groover.grooved(rock(32), AROUND, seed=2)[0].music
    assert len({each.music for each in groover.grooved(rock(32), AROUND, variations=3, temperature=0)}) == 1


def test_a_long_groove_has_no_seam(groover):
    music = groover.grooved(rock(128), AROUND, temperature=0)[0].music
    bars = music.velocities.reshape(8, 16, 9).astype(int)
    within = np.abs(bars[2] - bars[1]).max()
    assert np.abs(np.diff(bars[1:7], axis=0)).max() <= within + 16


@pytest.mark.parametrize("steps", [16, 40, 64, 150])
def test_every_tap_is_answered_as_late_as_it_is(drummer, steps):
    taps = eighths(steps)
    for written in drummer.drummed(taps, AROUND, variations=2):
        np.testing.assert_array_equal(written.music.hits.any(axis=1), taps.struck)
        assert written.music.offsets[written.music.hits] == pytest.approx(0.2)


def test_drums_for_a_plain_tune_in_quarters_all_have_kick_snare_and_hat(drummer):
    taps = Taps(np.arange(64) % 4 == 0, np.zeros(64, np.float32))
    for written in drummer.drummed(taps, AROUND, variations=8):
        hits = written.music.hits
        assert hits[:, Piece.KICK].any()
        assert hits[:, Piece.SNARE].any()
        assert hits[:, [Piece.CLOSED_HAT, Piece.OPEN_HAT]].any()


def test_more_density_strikes_more(drummer):
    little, much = (
        sum(int(each.music.hits.sum()) for each in drummer.drummed(eighths(64), around, variations=4))
        for around in (Surroundings(density=0.0), Surroundings(density=1.0))
    )
    assert little < much


def test_a_drummer_repeats_for_the_same_seed(drummer):
    first = drummer.drummed(eighths(32), AROUND, seed=4, variations=2)
    assert drummer.drummed(eighths(32), AROUND, seed=5)[0].music == first[1].music
    still = drummer.drummed(eighths(32), AROUND, variations=2, temperature=0)
    assert still[0].music == still[1].music


def test_what_they_cannot_do_is_told_in_one_line(groover, drummer):
    with pytest.raises(InputError, match="no drums: wanted at least one hit"):
        groover.grooved(DrumPattern.silent(16), AROUND)
    with pytest.raises(InputError, match="meter 5/4: wanted 4/4"):
        groover.grooved(rock(20), Surroundings(Meter(5, 4)))
    with pytest.raises(InputError, match="no onsets: wanted at least one note"):
        drummer.drummed(Taps(np.zeros(16, bool), np.zeros(16, np.float32)), AROUND)


def test_drums_for_long_music_tell_how_far_they_are_and_stop_where_one_wants(drummer):
    heard = []

    def hear(progress):
        heard.append(progress.fraction)
        if progress.fraction > 0.3:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        drummer.drummed(eighths(1600), AROUND, variations=2, report=hear)
    assert len(heard) > 10
    assert heard == sorted(heard)
    assert heard[-1] < 0.4
