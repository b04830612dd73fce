"""Checkpoints of the published forms, made on the spot with random weights."""

import json

import numpy as np
import pytest

from chorale import assets
from chorale.models.coconet.manners import Manners
from chorale.models.doodle.layers import LAYERS


def quantized(values, kind):
    """Return the bytes and the manifest's words for values stored as ``kind``, as TensorFlow.js stores them."""
    values = np.asarray(values)
    if kind is None:
        return values.astype({"float32": "<f4", "int32": "<i4", "bool": "u1"}[str(values.dtype)]).tobytes(), {}
    if kind == "float16":
        return values.astype("<f2").tobytes(), {"quantization": {"dtype": "float16"}}
    levels = {"uint8": 255, "uint16": 65535}[kind]
    low, high = float(values.min()), float(values.max())
    scale = (high - low) / levels or 1.0
    stored = np.rint((values - low) / scale).astype({"uint8": "u1", "uint16": "<u2"}[kind])
    return stored.tobytes(), {"quantization": {"dtype": kind, "scale": scale, "min": low}}


def write_checkpoint(folder, weights, kind="uint8", shard=None, config=None):
    """Write weights as a checkpoint, in shards of so many bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    entries, parts = [], []
    for name, values in weights.items():
        data, words = quantized(values, kind)
        parts.append(data)
        entries.append({"name": name, "shape": list(np.shape(values)), "dtype": str(values.dtype)} | words)
    run = b"".join(parts)
    shard = shard or max(1, len(run))
    shards = [run[start : start + shard] for start in range(0, len(run), shard)]
    names = [f"group1-shard{number}of{len(shards)}" for number in range(1, len(shards) + 1)]
    for name, data in zip(names, shards, strict=True):
        (folder / name).write_bytes(data)
    (folder / "weights_manifest.json").write_text(json.dumps([{"paths": names, "weights": entries}]))
    if config is not None:
        (folder / "config.json").write_text(json.dumps(config))
    return folder


def doodle_weights(seed=0):
    """Return random weights of the Doodle's network, by name, of such sizes that numbers neither fade nor explode."""
    rng = np.random.default_rng(seed)
    weights = {}
    for name, shape in sorted((name, shape) for layer in LAYERS for name, shape in layer.shapes.items()):
        values = rng.normal(size=shape)
        if "popvariance" in name:
            values = 0.5 + np.abs(values)
        elif "depthwise" in name:
            values = values / 3
        elif "pointwise" in name or "kernel" in name:
            values = values / np.sqrt(np.prod(shape[:-1]))
        weights[name] = values.astype(np.float32)
    return weights


@pytest.fixture(scope="session")
def checkpoint_writer():
    return write_checkpoint


@pytest.fixture(scope="session")
def doodle_checkpoint(tmp_path_factory):
    """A folder with the Doodle's network as published (one byte a weight), untrained."""
    return write_checkpoint(tmp_path_factory.mktemp("doodle") / "Bach Doodle", doodle_weights())


@pytest.fixture
def damaged(tmp_path, doodle_checkpoint):
    """Return a function that copies the checkpoint with its manifest changed."""

    def change(edit):
        folder = tmp_path / "damaged"
        folder.mkdir()
        for path in doodle_checkpoint.iterdir():
            (folder / path.name).write_bytes(path.read_bytes())
        manifest = json.loads((folder / "weights_manifest.json").read_text())
        edit(folder, manifest)
        (folder / "weights_manifest.json").write_text(json.dumps(manifest))
        return folder

    return change


@pytest.fixture(scope="session")
def shipped_manners():
    """Bach's manners as they come with the program."""
    return Manners.read(assets.folder("models") / "coconet" / "statistics.json")
