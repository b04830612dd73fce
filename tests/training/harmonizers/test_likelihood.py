"""A network that knows nothing costs what can be worked out by hand."""

import numpy as np
import pytest

from chorale.training.harmonizers import likelihood
from tests.training.harmonizers.made import Ignorant, piece

NOTHING = np.log(46)


def facts(model, roll, **changed):
    how = {"orders": 1, "frames": 3, "rng": np.random.default_rng(0)} | changed
    return likelihood.predicted(model.predictor, roll, **how)


def test_a_network_of_pitches_alone_gets_bare_scores_and_silent_cells_do_not_count():
    found = likelihood.scores_of([facts(Ignorant(), each) for each in (piece(), piece(20, silent=range(20)))])
    for name in ("one_pass.bare", "joint.bare"):
        assert found[f"{name}.nats"] == pytest.approx(NOTHING, abs=1e-5)
        assert found[f"{name}.error"] == pytest.approx(0, abs=1e-5)
    assert found["framewise.bare.nats"] == pytest.approx((4 + 3) / 2 * NOTHING, abs=1e-4)
    assert not any("informed" in name for name in found)


def test_voices_that_are_silent_throughout_are_left_out_of_their_means():
    found = facts(Ignorant(), piece(20, silent=range(20)))["bare"]
    assert found["voices"][1] is None
    scores = likelihood.scores_of([facts(Ignorant(), piece()), facts(Ignorant(), piece(20, silent=range(20)))])
    assert scores["one_pass.bare.T_nats"] == pytest.approx(NOTHING, abs=1e-5)


def test_right_cells_are_counted_by_voice():
    class Knowing(Ignorant):
        def log_probs(self, rolls, hidden):
            answer = super().log_probs(rolls, hidden)
            answer[..., 62 - 36] = 0  # always D: right in the alto
            return answer

    assert facts(Knowing(), piece())["bare"]["right"] == [1, 0, 0]


def test_two_models_see_the_same_hidden_cells():
    one, other = Ignorant(), Ignorant()
    assert facts(one, piece()) == facts(other, piece())
    for (pitches, hidden), (same_pitches, same_hidden) in zip(one.seen, other.seen, strict=True):
        np.testing.assert_array_equal(pitches, same_pitches)
        np.testing.assert_array_equal(hidden, same_hidden)


def test_phrases_are_cut_at_64_steps_and_the_soprano_is_given():
    model = Ignorant()
    facts(model, piece())
    pitches, hidden = model.seen[0]
    assert pitches.shape == (1, 64, 4)
    assert hidden[..., 1:].all()
    assert not hidden[..., 0].any()


def test_without_orders_there_is_no_framewise_score():
    found = facts(Ignorant(), piece(), orders=0)
    assert found["bare"]["framewise"] is None
    assert "framewise.bare.nats" not in likelihood.scores_of([found])
    both = likelihood.scores_of([found, facts(Ignorant(), piece())])
    assert both["framewise.bare.nats"] == pytest.approx(4 * NOTHING, abs=1e-4)


def test_each_piece_has_random_numbers_of_its_own(ignorant, tmp_path):
    apart = [likelihood.score("ours", "valid", str(tmp_path), number, 1, 2, 0) for number in (0, 1)]
    assert likelihood.score("ours", "valid", str(tmp_path), 1, 1, 2, 0) == apart[1]
    assert ignorant.seen
