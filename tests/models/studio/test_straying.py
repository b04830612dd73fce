"""How GrooVAE steadies and scatters the offsets that it expects."""

import numpy as np
import pytest

from chorale.models.groove_vae.timing import PLACES, SHIFTS, choices, steadied, strayed
from chorale.music import Piece

NOTHING = np.zeros((9, PLACES), np.float32)


def hats(steps):
    hits = np.zeros((steps, 9), bool)
    hits[::2, Piece.CLOSED_HAT] = hits[::8, Piece.KICK] = True
    return hits


def expecting(hits, late=0.0):
    return np.where(hits, late, 0).astype(np.float32), np.full(hits.shape, 0.15, np.float32)


def late_hats_worth():
    worth = NOTHING.copy()
    worth[Piece.CLOSED_HAT] = np.where(np.arange(PLACES) < 0.7 * PLACES, 0, 0.3)
    return worth


def test_what_differs_from_bar_to_bar_is_steadied_most():
    hits = hats(64)
    expected, _ = expecting(hits)
    expected[16::32, Piece.KICK] = 0.2
    bars = steadied(expected, hits)[::16, Piece.KICK]
    assert bars[1] - bars[0] == pytest.approx(0.1)
    assert bars[0] == pytest.approx(bars[2])


def test_swing_is_kept():
    hits = hats(64)
    expected, _ = expecting(hits)
    expected[2::4, Piece.CLOSED_HAT] = 0.3
    steady = steadied(expected, hits)[:, Piece.CLOSED_HAT]
    assert (steady[2::4] - steady[::4]).min() > 0.25


def test_steps_without_hits_stay_as_they_are():
    hits = hats(32)
    expected = np.full(hits.shape, 0.1, np.float32)
    np.testing.assert_array_equal(steadied(expected, hits)[~hits], expected[~hits])
    np.testing.assert_array_equal(steadied(expected, np.zeros_like(hits)), expected)


def test_hits_stay_where_they_are_expected_when_no_place_is_worth_more():
    hits = hats(64)
    played = strayed(*expecting(hits, 0.1), hits, 100, NOTHING, np.random.default_rng(0), 1)
    assert np.abs(played - 0.1)[hits].max() < 0.08


def test_hits_stray_to_places_that_are_worth_it_and_those_that_sound_together_stay_together():
    hits = hats(64)
    played = strayed(*expecting(hits), hits, 100, late_hats_worth(), np.random.default_rng(0), 1)
    assert played[hits].min() >= 0.2
    np.testing.assert_array_equal(played[::8, Piece.KICK], played[::8, Piece.CLOSED_HAT])


def test_temperature_says_how_far_hits_stray():
    hits = hats(64)
    plain, once, twice = (
        strayed(*expecting(hits), hits, 100, late_hats_worth(), np.random.default_rng(0), temperature)[hits]
        for temperature in (0, 1, 2)
    )
    assert not plain.any()
    np.testing.assert_allclose(twice, 2 * once)


def test_a_hit_of_which_little_is_known_costs_less_to_move_and_so_it_does_where_it_is_fast():
    hits = hats(16)
    expected, known = expecting(hits)
    sure, unsure = choices(expected, known, hits, 100.0), choices(expected, 2 * known, hits, 100.0)
    fast = choices(expected, known, hits, 150.0)
    moved = SHIFTS != 0
    assert (unsure.costs < sure.costs)[:, moved].all()
    assert (fast.costs < sure.costs)[:, moved].all()
    assert not sure.costs[:, ~moved].any()


def test_no_hit_leaves_its_step():
    hits = hats(16)
    expected, spreads = expecting(hits, 0.4)
    worth = NOTHING.copy()
    worth[:, -1] = 0.2
    assert strayed(expected, spreads, hits, 100, worth, np.random.default_rng(0), 1).max() <= 0.5
