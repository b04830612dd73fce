"""TensorFlow.js checkpoints are read whole or refused in one line."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.errors import InputError
from chorale.models.tfjs import MANIFEST, read_checkpoint

RNG = np.random.default_rng(0)
WEIGHTS = {
    "encoder/kernel": RNG.normal(size=(3, 5)).astype(np.float32),
    "encoder/bias": RNG.normal(size=5).astype(np.float32),
    "scalar": np.array(0.5, np.float32),
}


@pytest.fixture
def small(tmp_path, checkpoint_writer):
    return checkpoint_writer(tmp_path / "small", WEIGHTS, "uint8")


def edited(folder, edit):
    manifest = json.loads((folder / MANIFEST).read_text())
    edit(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest))
    return folder


def refusal(folder):
    with pytest.raises(InputError) as caught:
        read_checkpoint(folder)
    message = str(caught.value)
    assert "\n" not in message
    assert str(folder) in message
    return message


@pytest.mark.parametrize(("kind", "error"), [(None, 0), ("float16", 2e-3), ("uint16", 1e-4), ("uint8", 2e-2)])
@pytest.mark.parametrize("shard", [None, 1, 7])
def test_weights_come_back_however_they_are_stored_and_cut(tmp_path, checkpoint_writer, kind, error, shard):
    checkpoint = read_checkpoint(checkpoint_writer(tmp_path / "any", WEIGHTS, kind, shard))
    assert list(checkpoint.weights) == list(WEIGHTS)
    for name, values in WEIGHTS.items():
        assert checkpoint.weights[name].dtype == np.float32
        assert checkpoint.weights[name].shape == values.shape
        np.testing.assert_allclose(checkpoint.weights[name], values, atol=error)


def test_a_stored_byte_means_byte_times_scale_plus_min(small):
    entry = {"name": "w", "shape": [3], "dtype": "float32"}
    entry["quantization"] = {"dtype": "uint8", "scale": 0.25, "min": -3}
    (small / "shard").write_bytes(bytes([0, 1, 255]))
    edited(small, lambda manifest: manifest.append({"paths": ["shard"], "weights": [entry]}))
    np.testing.assert_array_equal(read_checkpoint(small).weights["w"], np.float32([-3, -2.75, 60.75]))


def test_whole_numbers_and_truths_are_read_too(tmp_path, checkpoint_writer):
    weights = {"steps": np.array([-5, 0, 70_000], np.int32), "on": np.array([True, False])}
    found = read_checkpoint(checkpoint_writer(tmp_path / "plain", weights, None)).weights
    for name, values in weights.items():
        assert found[name].dtype == values.dtype
        np.testing.assert_array_equal(found[name], values)
    whole = {"steps": np.arange(0, 2550, 10, dtype=np.int32)}
    found = read_checkpoint(checkpoint_writer(tmp_path / "small", whole, "uint8")).weights
    np.testing.assert_allclose(found["steps"], whole["steps"], atol=5)
    assert found["steps"].dtype == np.int32


def test_a_configuration_comes_along_where_there_is_one(tmp_path, checkpoint_writer, small):
    assert read_checkpoint(small).config == {}
    folder = checkpoint_writer(tmp_path / "told", WEIGHTS, config={"type": "MusicVAE"})
    assert read_checkpoint(folder).config == {"type": "MusicVAE"}


def test_a_folder_without_a_manifest_is_no_checkpoint(tmp_path):
    assert "no weights_manifest.json" in refusal(tmp_path)
    assert "no weights_manifest.json" in refusal(tmp_path / "nowhere")
    assert "no weights_manifest.json" in refusal(tmp_path / ("x" * 5000))


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "7", "[3]", '[{"paths": 1, "weights": []}]', "[" * 100_000])
def test_a_manifest_that_is_none_is_refused(small, text):
    (small / MANIFEST).write_text(text)
    refusal(small)


def test_a_manifest_that_is_no_text_is_refused(small):
    (small / MANIFEST).write_bytes(b"\xff\xfe\x00[")
    assert "not valid JSON" in refusal(small)


@pytest.mark.parametrize("content", ["{", "[1]", "\xff"])
def test_a_damaged_configuration_is_refused(small, content):
    (small / "config.json").write_bytes(content.encode("latin1"))
    assert "config.json" in refusal(small)


def set_to(**fields):
    return lambda manifest: manifest[0]["weights"][0].update(fields)


def quantization(**fields):
    return lambda manifest: manifest[0]["weights"][0]["quantization"].update(fields)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (set_to(name=None), "without a name"),
        (set_to(name="encoder/bias"), "stands there twice"),
        (set_to(shape=[3, -5]), "shape"),
        (set_to(shape=[0, 10**30]), "shape"),
        (set_to(shape=[1] * 99), "shape"),
        (set_to(shape=[True, 15]), "shape"),
        (set_to(shape="3x5"), "shape"),
        (set_to(shape=[10**12, 10**12]), "describes"),
        (set_to(shape=[3, 6]), "its shards have"),
        (set_to(dtype="complex64"), "type 'complex64'"),
        (set_to(dtype=[]), "of type"),
        (set_to(quantization={}), "quantized as None"),
        (set_to(quantization=7), "quantized as None"),
        (quantization(dtype="uint32"), "quantized as 'uint32'"),
        (quantization(dtype=["uint8"]), "quantized as"),
        (set_to(dtype="bool"), "a bool, is quantized"),
        (quantization(scale=None), "without a scale"),
        (quantization(scale="1"), "without a scale"),
        (quantization(scale=float("nan")), "without a scale"),
        (quantization(min=float("inf")), "without a scale"),
        (quantization(min=10**400), "without a scale"),
        (quantization(scale=1e300), "reaches beyond"),
        (lambda manifest: manifest[0]["paths"].append("group1-shard2of2"), "'group1-shard2of2' is missing"),
        (lambda manifest: manifest[0]["paths"].clear(), "its shards have 0"),
    ],
)
def test_what_a_manifest_cannot_mean_is_told(small, edit, said):
    assert said in refusal(edited(small, edit))


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/hostname", "..", "", "a\\b", "a\0b", "C:x", 3, None, "\ud800", "x" * 5000]
)
def test_no_file_outside_the_folder_is_opened(small, name):
    (small.parent / "secret").write_bytes(bytes(21))
    refusal(edited(small, lambda manifest: manifest[0].update(paths=[name])))


@pytest.mark.parametrize("change", [-1, 1])
def test_a_shard_that_lost_or_gained_a_byte_is_told_with_both_sizes(small, change):
    shard = small / "group1-shard1of1"
    data = shard.read_bytes()
    shard.write_bytes(data[:-1] if change < 0 else data + b"\0")
    assert f"describes {len(data)} bytes of weights, but its shards have {len(data) + change}" in refusal(small)


def test_a_shard_that_is_a_folder_is_missing(small):
    (small / "group1-shard1of1").unlink()
    (small / "group1-shard1of1").mkdir()
    assert "missing" in refusal(small)


def test_weights_that_are_no_numbers_are_refused(tmp_path, checkpoint_writer):
    weights = WEIGHTS | {"scalar": np.array(np.nan, np.float32)}
    assert "'scalar' has entries that are no numbers" in refusal(checkpoint_writer(tmp_path / "nan", weights, None))


@given(st.data())
def test_any_change_of_the_manifest_is_read_or_refused(tmp_path_factory, checkpoint_writer, data):
    folder = checkpoint_writer(tmp_path_factory.mktemp("fuzz"), WEIGHTS)
    manifest = bytearray((folder / MANIFEST).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        manifest[data.draw(st.integers(0, len(manifest) - 1))] = data.draw(st.integers(0, 255))
    (folder / MANIFEST).write_bytes(manifest)
    try:
        read_checkpoint(folder)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017  reading it is as good
