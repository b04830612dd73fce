"""Any harmonizer is scored in the same way: a network that knows nothing costs what can be worked out by hand."""

import json

import numpy as np
import pytest

from chorale.errors import InputError
from chorale.models import registry
from chorale.training import datasets, evaluate, writing
from chorale.training.datasets import UNKNOWN, Piece
from chorale.training.harmonizers import command

REST = -1
NOTHING = np.log(46)


class Ignorant:
    """A harmonizer whose network knows 46 pitches and nothing of them; it lets the soprano stand alone."""

    evaluable = "chorales"
    reads_context = False

    def __init__(self):
        self.predictor, self.seen = self, []

    def log_probs(self, pitches, hidden):
        self.seen.append((pitches, hidden))
        return np.full((*pitches.shape, 46), -NOTHING, np.float32)


def piece(steps=70, silent=()):
    pitches = np.tile([67, 62, 59, 43], (steps, 1))
    pitches[list(silent), 2] = REST
    unknown = np.full(steps, UNKNOWN)
    return Piece("any", pitches, np.ones((steps, 4), bool), unknown, unknown, unknown, 1.0)


@pytest.fixture
def ignorant(monkeypatch):
    model = Ignorant()
    monkeypatch.setattr(registry, "load", lambda name: model if name != "melody" else object())
    monkeypatch.setattr(datasets, "data_folder", lambda _: None)
    monkeypatch.setattr(datasets, "load", lambda *_: [piece(), piece(20, silent=(3, 4))])
    return model


def scores(model, pieces):
    return command.likelihood_scores(model, pieces, orders=1, frames=3, rng=np.random.default_rng(0))


def test_a_network_of_pitches_alone_gets_bare_scores_and_silent_cells_do_not_count():
    found = scores(Ignorant(), [piece(), piece(20, silent=range(20))])
    for name in ("one_pass.bare", "joint.bare"):
        assert found[f"{name}.nats"] == pytest.approx(NOTHING, abs=1e-5)
        assert found[f"{name}.error"] == pytest.approx(0, abs=1e-5)
    assert found["framewise.bare.nats"] == pytest.approx((4 + 3) / 2 * NOTHING, abs=1e-4)
    assert not any("informed" in name for name in found)


def test_two_models_see_the_same_hidden_cells():
    one, other = Ignorant(), Ignorant()
    pieces = [piece(), piece(20)]
    assert scores(one, pieces) == scores(other, pieces)
    for (pitches, hidden), (same_pitches, same_hidden) in zip(one.seen, other.seen, strict=True):
        np.testing.assert_array_equal(pitches, same_pitches)
        np.testing.assert_array_equal(hidden, same_hidden)


def test_phrases_are_cut_at_64_steps_and_the_soprano_is_given():
    model = Ignorant()
    scores(model, [piece()])
    pitches, hidden = model.seen[0]
    assert pitches.shape == (1, 64, 4)
    assert hidden[..., 1:].all()
    assert not hidden[..., 0].any()


def test_models_stand_side_by_side(ignorant, capsys):
    assert evaluate.run("ours", ["--peer", "doodle", "--likelihood", "--frames", "2", "--orders", "1"]) == 0
    head, pieces, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["ours", "doodle"]
    assert pieces.split() == ["pieces", "2.0000", "2.0000"]
    assert f"{NOTHING:.4f}" in rows[0]
    assert ignorant.seen


def test_json_of_one_model_is_flat(ignorant, capsys):
    assert evaluate.run("ours", ["--likelihood", "--frames", "2", "--orders", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["one_pass.bare.nats"] == pytest.approx(NOTHING)
    assert ignorant.seen


def test_a_model_of_another_kind_is_refused(ignorant):
    with pytest.raises(InputError, match="'melody': nothing scores its kind; wanted one that is scored on chorales"):
        evaluate.run("melody", [])
    with pytest.raises(InputError, match="'melody': wanted a peer that is scored on chorales, too"):
        evaluate.run("ours", ["--peer", "melody"])
    assert not ignorant.seen


def test_the_published_sampler_writes_from_the_soprano_alone_and_is_counted_beside_bach():
    model = Ignorant()
    found = writing.gibbs_scores(model, [piece(32)], seed=0)
    assert found["gibbs_bach.changes"] == 0
    assert found["gibbs.changes"] > 20
    assert len(model.seen) == 96
    pitches, hidden = model.seen[0]
    assert hidden[..., 1:].all()
    assert (pitches[..., 0] == 67).all()
