"""The only model there is knows nothing, and there are two pieces to score it on."""

from types import SimpleNamespace

import pytest

from chorale.models import registry
from chorale.training import datasets
from chorale.training.harmonizers import pieces
from tests.training.harmonizers.made import Ignorant, piece


@pytest.fixture
def ignorant(monkeypatch, tmp_path):
    """The only model there is; the folder of data has two melodies, too."""
    model = Ignorant()
    found = {"train": [piece(name="train 0")], "valid": [piece(), piece(20, silent=(3, 4), name="valid 1")]}
    monkeypatch.setattr(registry, "load", lambda name: model if name != "melody" else SimpleNamespace())
    monkeypatch.setattr(registry, "folder_of", lambda _: tmp_path)
    monkeypatch.setattr(registry, "checked_config", lambda _: {"files": {}})
    monkeypatch.setattr(datasets, "data_folder", lambda _: tmp_path)
    monkeypatch.setattr(datasets, "load", lambda split, _: found[split])
    (tmp_path / "jsb_split_bwv.json").write_text('{"detail": [], "m21_train_pool": []}')
    timings = [[[67, 0, 16], [69, 16, 32]], [[30, 0, 8], [60, 12, 32]]]
    entries = ", ".join(f'{{"timing": {timing}, "sessions": 1}}' for timing in timings)
    (tmp_path / "doodle_melodies.json").write_text(f'{{"melodies": [{entries}]}}')
    pieces._split.cache_clear()
    pieces.melodies.cache_clear()
    yield model
    pieces._split.cache_clear()
    pieces.melodies.cache_clear()
