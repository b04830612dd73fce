"""The training data: the safe pool only, aligned with what the corpus knows."""

import json

import numpy as np
import pytest

from chorale.errors import InputError, ModelError
from chorale.training import corpus, datasets, evaluate, run
from chorale.training.datasets import UNKNOWN, Piece

REST = -1


def made_up(steps=32, seed=0):
    rng = np.random.default_rng(seed)
    pitches = np.repeat(rng.integers(45, 70, size=(steps // 4, 4)), 4, axis=0)
    time = np.arange(steps)
    onsets = np.repeat((time % 4 == 0)[:, None], 4, axis=1)
    return Piece("made up", pitches, onsets, (time > 20).astype(int), time % 16, np.full(steps, 16), 1.0)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder of six pieces, none of which the corpus knows, two of which leak."""
    pieces = {
        split: np.array([made_up(seed=seed + 10 * row).pitches.astype(np.float16) for seed in range(2)])
        for row, split in enumerate(datasets.SPLITS)
    }
    np.savez(tmp_path / "Jsb16thSeparated.npz", **pieces)
    detail = [
        {"split": split, "index": index, "m21_file": None, "semitones_jsb_to_m21": None}
        for split in datasets.SPLITS
        for index in range(2)
    ]
    detail[0]["m21_file"] = "bwv66.6.mxl"  # not in the pool, so not safe
    facts = {
        "detail": detail,
        "m21_train_pool": [],
        "jsb_leakage_test_valid_into_train": [["valid", 1, ["train", 0], 1.0]],
    }
    (tmp_path / "jsb_split_bwv.json").write_text(json.dumps(facts), encoding="utf-8")
    monkeypatch.setattr(datasets, "_cache_file", lambda: tmp_path / "cache" / "pieces.npz")
    monkeypatch.setattr(datasets, "_read_corpus", lambda _names: {})
    return tmp_path


def test_what_the_map_does_not_call_safe_never_trains(folder):
    assert [piece.name for piece in datasets.load("train", folder)] == ["train 1"]


def test_validation_leaves_out_what_training_has(folder):
    assert [piece.name for piece in datasets.load("valid", folder)] == ["valid 0"]
    assert len(datasets.load("test", folder)) == 2


def test_the_cache_gives_the_same_pieces_without_the_data(folder):
    first = datasets.load("test", folder)[0]
    (folder / "Jsb16thSeparated.npz").unlink()
    again = datasets.load("test", folder)[0]
    np.testing.assert_array_equal(first.pitches, again.pitches)
    assert again.aligned == 0


def test_a_missing_folder_or_file_is_said(tmp_path, monkeypatch):
    monkeypatch.delenv("CHORALE_DATA", raising=False)
    with pytest.raises(InputError, match="--data or in the environment variable CHORALE_DATA"):
        datasets.data_folder(None)
    with pytest.raises(InputError, match="has no file Jsb16thSeparated"):
        datasets.data_folder(str(tmp_path))


def test_alignment_brings_onsets_fermatas_and_bars_through_a_transposition():
    known = made_up()
    ours = datasets._aligned("ours", known.pitches - 2, known, 2)
    assert ours.aligned == 1
    np.testing.assert_array_equal(ours.onsets, known.onsets)
    np.testing.assert_array_equal(ours.fermata, known.fermata)
    np.testing.assert_array_equal(ours.phase, known.phase)


def test_alignment_bridges_a_few_other_notes_and_shifts():
    known = made_up(64)
    pitches = known.pitches[4:].copy()
    pitches[20:24, 1] += 1
    ours = datasets._aligned("ours", pitches, known, 0)
    assert ours.aligned == 1
    np.testing.assert_array_equal(ours.phase, known.phase[4:])


def test_what_does_not_align_stays_unknown():
    ours = datasets._aligned("ours", made_up(seed=1).pitches, made_up(seed=2), 0)
    assert (ours.phase == UNKNOWN).all()
    assert ours.onsets[0].all()


def test_a_corpus_chorale_is_read_with_pickup_and_fermatas():
    piece = corpus.read_piece("bwv66.6.mxl")
    assert piece.pitches.shape == (144, 4)
    assert tuple(piece.pitches[0]) == (73, 64, 57, 57)
    np.testing.assert_array_equal(piece.phase[:8], [12, 13, 14, 15, 0, 1, 2, 3])
    assert piece.fermata[-1] == 1
    assert not piece.fermata[:8].any()


def test_only_what_can_be_trained_is_trained():
    with pytest.raises(InputError, match="'bachbot': wanted one of coconet"):
        run("bachbot", [])


def test_training_without_keras_names_the_extra(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(ModelError, match="train extra"):
        run("coconet", [])


def test_evaluation_scores_the_model_and_bach(folder, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CHORALE_DATA", str(folder))
    arguments = ["--split", "test", "--pieces", "1", "--orders", "1", "--frames", "2", "--json", "--workers", "1"]
    arguments += ["--only", "likelihood", "--only", "writing"]

    def scores(run):
        assert evaluate.run("coconet", [*arguments, "--run", str(tmp_path / run)]) == 0
        return json.loads(capsys.readouterr().out)

    first = scores("first")
    assert first["pieces"] == 1
    assert first["writing.soprano_kept"] == 1
    assert 0 < first["one_pass.bare.nats"] < 30
    assert first["writing.changes"] > 0
    assert scores("second") == first
