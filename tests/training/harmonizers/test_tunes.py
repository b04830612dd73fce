"""Whose tune is in training, and what the soprano alone gives away."""

from dataclasses import replace

import numpy as np
import pytest

from chorale.training import datasets
from chorale.training.harmonizers import tunes
from tests.training.harmonizers.made import REST, piece


def entry(split, index, file, *same):
    return {"split": split, "index": index, "m21_file": file, "same_tune_m21": [*same, file] if file else None}


FACTS = {
    "m21_train_pool": ["pooled"],
    "detail": [
        entry("train", 0, "trained", "between"),
        entry("train", 1, None),
        entry("test", 0, "direct", "trained"),
        entry("test", 1, "through", "between"),
        entry("test", 2, "new", "another"),
        entry("test", 3, "of the pool", "pooled"),
        entry("valid", 0, "elsewhere", "trained"),
    ],
}


def test_a_tune_is_old_if_files_lead_from_it_to_training_directly_or_not():
    assert tunes.mapped_tunes(FACTS, "test") == {"test 0", "test 1", "test 3"}
    assert tunes.mapped_tunes(FACTS, "valid") == {"valid 0"}


def melody(*pitches, name="valid 0"):
    line = np.repeat(np.array(pitches), 4)
    made = piece(len(line), name=name)
    rolls = made.pitches.copy()
    rolls[:, 0] = line
    return replace(made, pitches=rolls)


RISING = (60, 62, 64, 65, 67, 69, 71, 72)
OTHER = (72, 67, 64, 60, 72, 71, 60, 65)


def test_runs_are_intervals_so_that_a_transposed_tune_is_the_same():
    runs = tunes._runs(melody(*RISING))
    assert len(runs) == 2
    assert runs == tunes._runs(melody(*[pitch + 5 for pitch in RISING]))
    assert tunes.shared_runs(runs, [tunes._runs(melody(*OTHER))]) == 0
    assert tunes.shared_runs(runs, [set(), tunes._runs(melody(*RISING[:-1]))]) == 0.5
    assert tunes.shared_runs(set(), [runs]) == 0


def test_a_tune_is_new_if_neither_the_map_nor_its_notes_lead_to_training(ignorant, monkeypatch, tmp_path):
    found = {"train": [melody(*RISING)], "valid": [melody(*RISING), melody(*OTHER, name="valid 1")]}
    monkeypatch.setattr(datasets, "load", lambda split, _: found[split])
    assert tunes.new_tunes("valid", tmp_path) == [False, True]
    assert not ignorant.seen


def test_the_floor_names_the_commonest_pitch_under_the_sopranos():
    train = melody(72, 72, 72, 60)
    rolls = train.pitches.copy()
    rolls[:, 1] = np.repeat([67, 67, 64, 55], 4)
    train = replace(train, pitches=rolls)
    held_out = rolls.copy()
    held_out[:, 1] = np.repeat([67, 64, REST, 55], 4)
    held_out[:, 3] = 40
    shares = tunes.floor([train], [replace(train, pitches=held_out)])
    assert shares["A"] == pytest.approx(2 / 3)
    assert (shares["T"], shares["B"]) == (1, 0)
