"""A walk between two clips: of what is drawn at each place, the path is taken that goes back the least."""

import numpy as np

from chorale.models.sequences.walking import CANDIDATES, rngs_of, steady, times

PLACES = (0.0, 0.25, 0.5, 0.75, 1.0)


def clips_with(ones):
    """Return clips of twenty entries with so many ones at their beginning."""
    return (np.arange(20) < np.array(ones)[:, np.newaxis]).astype(np.int64)


def test_each_place_is_drawn_several_times_and_the_ends_once():
    drawn = times(PLACES)
    assert drawn[:2] == [0.0, 1.0]
    assert drawn[2 + CANDIDATES : 2 + 2 * CANDIDATES] == [0.25] * CANDIDATES
    assert len(rngs_of(PLACES, 7)) == len(drawn)


def test_the_path_goes_forward_where_some_candidates_do():
    rng = np.random.default_rng(0)
    ones = [0, 20]
    for place in PLACES:
        ones += [*rng.integers(0, 21, CANDIDATES - 1), round(20 * place)]
    path = steady(clips_with(ones), PLACES)
    assert [path[0], path[-1]] == [0, 1]
    taken = [ones[number] for number in path]
    assert taken == sorted(taken)


def test_the_first_candidate_is_taken_where_all_do():
    ones = [0, 20]
    for place in PLACES:
        ones += [round(20 * place)] * CANDIDATES
    assert steady(clips_with(ones), PLACES)[1:4] == [2 + CANDIDATES, 2 + 2 * CANDIDATES, 2 + 3 * CANDIDATES]


def test_places_may_stand_in_any_order_and_without_the_ends():
    ones = [0, 20] + [15] * CANDIDATES + [5] * CANDIDATES
    assert steady(clips_with(ones), (0.75, 0.25)) == [2, 2 + CANDIDATES]
