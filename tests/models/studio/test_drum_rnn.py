"""DrumRNN: its codec loses nothing, and what it writes goes on as the pattern did."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.errors import InputError
from chorale.models import registry
from chorale.models.base import Surroundings
from chorale.models.drum_rnn import codec
from chorale.music import DrumPattern, Meter, Piece

AROUND = Surroundings()


def rock(bars):
    """Return kick on one and three, snare on two and four, closed hats on eighths."""
    hits = np.zeros((16 * bars, 9), bool)
    hits[::8, Piece.KICK] = hits[4::8, Piece.SNARE] = hits[::2, Piece.CLOSED_HAT] = True
    velocities = np.where(np.arange(9) == Piece.SNARE, 110, 70) * np.ones((16 * bars, 1), int)
    return DrumPattern(hits, velocities, np.full(hits.shape, 0.1))


@pytest.fixture(scope="module")
def model():
    return registry.load("drum_rnn")


@given(st.lists(st.integers(0, codec.CLASSES - 1), min_size=1, max_size=100))
def test_patterns_come_back_from_events(events):
    np.testing.assert_array_equal(codec.events_of(codec.hits_of(np.array(events))), events)


@given(st.lists(st.integers(0, codec.CLASSES - 1), min_size=1, max_size=150))
def test_columns_never_leave_their_tables_and_never_look_ahead(events):
    line = np.array(events)
    columns = codec.columns_of(line)
    assert (columns >= 0).all()
    assert (columns < np.array(codec.COLUMNS)).all()
    half = len(line) // 2
    np.testing.assert_array_equal(codec.columns_of(line[:half]), columns[: half + 1])


def test_a_variation_can_be_had_again_alone(model):
    first = model.continued(rock(2), 32, AROUND, seed=3, variations=3)
    assert model.continued(rock(2), 32, AROUND, seed=4)[0].music == first[1].music
    assert len({each.music for each in first}) > 1
    assert all(len(each.music) == 32 for each in first)


def test_temperature_zero_is_the_single_best_whatever_the_seed(model):
    one, other = (model.continued(rock(2), 32, AROUND, seed=seed, temperature=0)[0].music for seed in (0, 9))
    assert one == other


def test_it_strikes_as_loud_and_as_late_as_the_pattern_did(model):
    music = model.continued(rock(2), 32, AROUND, temperature=0.5)[0].music
    snares = music.velocities[music.hits[:, Piece.SNARE], Piece.SNARE]
    assert snares.mean() > music.velocities[music.hits[:, Piece.CLOSED_HAT], Piece.CLOSED_HAT].mean()
    assert music.offsets[music.hits].mean() == pytest.approx(0.1, abs=0.02)


def test_more_density_strikes_more(model):
    little, much = (
        sum(
            int(each.music.hits.sum())
            for each in model.continued(rock(1), 64, Surroundings(density=density), variations=4)
        )
        for density in (0.0, 1.0)
    )
    assert little < much


@pytest.mark.parametrize("temperature", [0, 1])
def test_a_pattern_that_never_pauses_is_not_followed_by_silence(model, temperature):
    for written in model.continued(rock(2), 64, AROUND, variations=4, temperature=temperature):
        struck = np.flatnonzero(written.music.hits.any(axis=1))
        assert np.diff(np.concatenate([[-1], struck, [64]])).max() <= 5


def test_an_empty_pattern_is_begun_within_a_bar(model):
    written = model.continued(DrumPattern.silent(0), 32, AROUND)[0].music
    assert written.hits[:17].any()


def test_what_it_cannot_do_is_told_in_one_line(model):
    with pytest.raises(InputError, match="meter 3/4: wanted 4/4"):
        model.continued(rock(1), 16, Surroundings(Meter(3, 4)))
    with pytest.raises(InputError, match="0 steps to write: wanted 1 to"):
        model.continued(rock(1), 0, AROUND)
