"""Training examples: masks, crops, transposition, forgetting."""

import numpy as np
import pytest

from chorale.models.coconet import codec
from chorale.training import masks
from chorale.training.batches import RANGES, draw_batch, draw_example, fixed_batch, key_of
from chorale.training.datasets import UNKNOWN, Piece
from chorale.training.statistics import count

REST = -1


def piece(steps=96):
    chords = np.array([[67, 62, 59, 43], [69, 60, 57, 41], [71, 62, 55, 43], [67, 62, 59, 43]])
    pitches = np.repeat(np.tile(chords, (steps // 16, 1)), 4, axis=0)
    time = np.arange(steps)
    fermata = (time % 32 >= 28).astype(int)
    onsets = np.repeat((time % 4 == 0)[:, None], 4, axis=1)
    return Piece("made up", pitches, onsets, fermata, time % 16, np.full(steps, 16), 1.0)


@pytest.mark.parametrize("mixture", [masks.MIXTURE, masks.HALF_KNOWN])
def test_every_mask_hides_something_and_all_tasks_occur(mixture):
    assert sum(share for share, _ in mixture) == pytest.approx(1)
    rng = np.random.default_rng(0)
    drawn = [masks.draw(64, rng, mixture) for _ in range(400)]
    assert all(hidden.any() and hidden.shape == (64, 4) for hidden in drawn)
    job = sum((hidden[:, 1:].all() and not hidden[:, 0].any()) for hidden in drawn)
    whole_frames = sum(hidden.all(axis=1).any() and hidden[:, 0].mean() < 1 for hidden in drawn)
    assert 0.1 < job / 400 < 0.3
    assert whole_frames / 400 > 0.2


def test_hidden_cells_have_the_weight_and_visible_ones_none():
    batch = draw_batch([piece()], 32, 64, np.random.default_rng(0))
    weight = batch.target[..., 1]
    np.testing.assert_allclose(weight.sum(axis=(1, 2)), 1, rtol=1e-5)
    assert (batch.codes[weight > 0] == codec.HIDDEN).all()


def test_the_target_is_the_music_and_the_codes_show_it_where_visible():
    rng = np.random.default_rng(1)
    for _ in range(20):
        codes, _, target = draw_example(piece(), 64, rng)
        seen = codes < codec.SILENCE
        np.testing.assert_array_equal(codes[seen], target[..., 0][seen])


def test_transposition_stays_in_the_ranges_and_moves_the_key_along():
    rng = np.random.default_rng(2)
    tonics = set()
    for _ in range(200):
        codes, planes, target = draw_example(piece(), 64, rng)
        inside = (codes != codec.OUTSIDE).all(axis=1)
        pitches = codec.pitches_of(target[inside, :, 0].astype(int))
        assert (pitches >= RANGES[:, 0]).all()
        assert (pitches <= RANGES[:, 1]).all()
        known = np.flatnonzero(planes[0, 11:23])
        if known.size:
            assert (pitches[:, 3].min() - 41) % 12 == (known[0] - 7) % 12
            tonics.add(int(known[0]))
    assert len(tonics) > 3


def test_a_crop_beyond_the_ends_is_outside_and_costs_nothing():
    rng = np.random.default_rng(3)
    outside = 0
    for _ in range(50):
        codes, planes, target = draw_example(piece(64), 64, rng)
        beyond = (codes == codec.OUTSIDE).all(axis=1)
        outside += int(beyond.sum())
        assert not target[beyond, :, 1].any()
        assert not planes[beyond, 4:11].any()
    assert outside > 0


def test_everything_known_is_sometimes_forgotten_and_sometimes_kept():
    batch = draw_batch([piece()], 200, 64, np.random.default_rng(4))
    for plane in (4, 6, 23):
        share = batch.context[:, 8:-8, plane].any(axis=1).mean()
        assert 0.2 < share < 0.8


def test_a_fixed_batch_is_the_beginning_as_it_stands():
    hidden = np.zeros((1, 32, 4), bool)
    hidden[..., 1:] = True
    batch = fixed_batch([piece()], 32, hidden, bare=True)
    np.testing.assert_array_equal(batch.codes[0, :, 0], piece().pitches[:32, 0] - 36)
    assert not batch.context[..., 4:].any()


@pytest.mark.parametrize("minor", [False, True])
def test_the_key_is_that_of_the_last_bass_note_and_its_third(minor):
    chords = np.array([[67, 62, 58 if minor else 59, 43]] * 32)
    unknown = np.full(32, UNKNOWN)
    made_up = Piece("made up", chords, np.zeros((32, 4), bool), unknown, unknown, unknown, 0.0)
    assert key_of(made_up) == (7, minor)


def test_statistics_count_what_the_pieces_do():
    tables = {name: np.array(table) for name, table in count([piece(960)]).items()}
    assert tables["change"].shape == (4, 5, 3)
    assert (tables["change"][:, 1:4, 0] < 0.05).all()  # nothing moves off the beat
    np.testing.assert_allclose(tables["interval"].sum(axis=-1), 1, atol=1e-4)
    assert tables["interval"][3, 0, 24 - 2] == pytest.approx(0.5, abs=0.05)  # the bass goes down a tone half the time
    np.testing.assert_allclose(tables["chord"].sum(axis=-1), 1, atol=2e-3)
    assert tables["melody"].shape == (2, 2, 12, 25)
    assert (tables["strike"][1:, 0, 1] > 0.5).any()  # and what repeats on a beat is struck again
