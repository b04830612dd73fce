"""The second look: it begins at nothing, leaves the first as it was, and hears intervals alike at any height."""

import argparse

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="training needs the train extra")
pytest.importorskip("tensorflow", reason="these tests train on TensorFlow")

from chorale.errors import InputError  # noqa: E402  after the skips
from chorale.models.coconet import codec  # noqa: E402
from chorale.models.coconet.network import Options, build  # noqa: E402
from chorale.models.coconet.predictor import TwoLooks  # noqa: E402
from chorale.models.coconet.refining import Beliefs, Planes, Refining, build_refinement, refined  # noqa: E402
from chorale.models.runtime import Network  # noqa: E402
from chorale.training import coconet  # noqa: E402
from chorale.training.loop import Schedule, Trainer  # noqa: E402

pytestmark = [
    pytest.mark.training,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # TensorFlow's own
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
TINY = Options(step_width=8, beat_width=12, layers=1, heads=2, distance=3, tables=1, gate_rank=4, relations=6)
SMALL = Refining(width=4, spans=(5, 3), reaches=(1, 2))


def numbers(tensor):
    return keras.ops.convert_to_numpy(tensor)


def scattered(model, seed=0):
    """The model with weights of all sizes: many begin at nought and would hide mistakes."""
    rng = np.random.default_rng(seed)
    for weight in model.weights:
        if weight.dtype == "float32":
            weight.assign(rng.normal(size=weight.shape) * 0.3)
    return model


def example(batch=2, steps=8, seed=0):
    rng = np.random.default_rng(seed)
    codes = rng.integers(codec.CODES, size=(batch, steps, 4)).astype(np.int32)
    return [codes, (rng.random((batch, steps, codec.CONTEXT)) < 0.3).astype(np.float32)]


def test_what_is_visible_is_not_believed_once_more():
    codes = np.array([[[30, codec.HIDDEN, codec.SILENCE, 0]]], np.int32)
    logits = np.zeros((1, 1, 4, codec.CLASSES), np.float32)
    logits[0, 0, :, 12] = 9
    believed = numbers(Beliefs()([Planes()(codes), logits]))[0, 0, :, 8:]
    assert believed[12, 1] > 0.9
    assert not believed[:, [0, 2, 3]].any()


def test_the_second_look_begins_at_nothing():
    hourglass = scattered(build(TINY))
    told = example()
    both = refined(hourglass, SMALL)
    np.testing.assert_allclose(numbers(both(told)), numbers(hourglass(told)), atol=1e-5)


def test_only_the_second_look_learns():
    both = refined(scattered(build(TINY)), SMALL)
    first = both.get_layer("first_look")
    before = [numbers(weight) for weight in first.weights]
    told = example()
    both.compile(optimizer=keras.optimizers.Adam(2e-3), loss=coconet._loss, run_eagerly=True)
    target = np.stack([np.full((2, 8, 4), 7), np.full((2, 8, 4), 1 / 32)], axis=-1).astype(np.float32)
    start = float(both.evaluate(told, target, verbose=0))
    for _ in range(8):
        both.train_on_batch(told, target)
    assert float(both.evaluate(told, target, verbose=0)) < start - 1e-3
    for one, other in zip(before, first.weights, strict=True):
        np.testing.assert_array_equal(one, numbers(other))


def test_intervals_are_alike_at_any_height():
    look = scattered(build_refinement(SMALL, features=5))
    rng = np.random.default_rng(3)
    codes = np.full((1, 8, 4), codec.HIDDEN, np.int32)
    codes[0, :, 0], codes[0, :4, 3] = 25, 18
    logits = np.full((1, 8, 4, codec.CLASSES), -9, np.float32)
    logits[..., 15:30] = rng.normal(size=(1, 8, 4, 15))
    rest = [np.zeros((1, 8, codec.CONTEXT), np.float32), rng.normal(size=(1, 8, 5)).astype(np.float32)]
    higher = np.concatenate([np.full((1, 8, 4, 3), -9, np.float32), logits[..., :43], logits[..., 46:]], axis=-1)
    low = numbers(look([codes, rest[0], logits, rest[1]])) - logits
    high = numbers(look([np.where(codes < codec.HIDDEN, codes + 3, codes), rest[0], higher, rest[1]])) - higher
    np.testing.assert_allclose(high[..., 13:36], low[..., 10:33], atol=1e-4)
    assert np.ptp(low[..., 10:33]) > 0.1


def test_a_run_of_the_second_look_begins_with_a_run_of_the_first(tmp_path, monkeypatch):
    hourglass = scattered(build(TINY))
    hourglass.compile(optimizer=keras.optimizers.AdamW(use_ema=True), loss=coconet._loss)
    Trainer(hourglass, Schedule(1, 1e-2), tmp_path / "first", 0).save()
    both = refined(scattered(build(TINY), seed=1), SMALL)
    both.compile(optimizer=keras.optimizers.AdamW(use_ema=True), loss=coconet._loss)
    lacking = Trainer(both, Schedule(1, 1e-2), tmp_path / "second", 0).graft(tmp_path / "first")
    assert lacking
    assert all(name.startswith("refine") for name in lacking)
    told = example()
    np.testing.assert_allclose(numbers(both(told)), numbers(hourglass(told)), atol=1e-5)

    monkeypatch.setattr(coconet.datasets, "load", lambda _part, _folder: [])
    monkeypatch.setattr(coconet, "draw_probes", lambda _valid, _steps: {})
    monkeypatch.setattr(coconet, "compiled_network", lambda *_rest, **_more: both)
    options = coconet._parser().parse_args(["--family", "refined", "--run", str(tmp_path / "third")])
    assert isinstance(options, argparse.Namespace)
    with pytest.raises(InputError, match="wanted --start RUN"):
        coconet.train(tmp_path, options)


def test_both_looks_are_exported_and_answer_as_one(tmp_path):
    pytest.importorskip("tf2onnx", reason="Keras exports to ONNX through tf2onnx")
    both = refined(scattered(build(TINY)), SMALL)
    scattered(both.get_layer("second_look"), seed=2)
    coconet._export_looks(both, tmp_path)
    looks = TwoLooks(Network(tmp_path / "network.onnx"), Network(tmp_path / "refine.onnx"))
    for steps in (8, 20):
        codes, context = example(steps=steps)
        expected = numbers(both([codes, context]))
        np.testing.assert_allclose(looks(codes=codes, context=context), expected, atol=1e-3)


def test_a_wider_and_deeper_second_look_begins_where_the_narrow_one_has_ended(tmp_path):
    narrow, wide = (
        refined(build(TINY), SMALL),
        refined(build(TINY), Refining(width=6, spans=(5, 3, 3), reaches=(1, 2, 1))),
    )
    for model, name in ((scattered(narrow), "narrow"), (wide, "wide")):
        model.compile(optimizer=keras.optimizers.AdamW(use_ema=True), loss="mse")
        trainer = Trainer(model, Schedule(1, 1e-2), tmp_path / name, 0)
        if name == "narrow":
            trainer.save()
    lacking = trainer.graft(tmp_path / "narrow")
    assert lacking
    assert all("refine2" in path for path in lacking)
    given = example()
    np.testing.assert_allclose(numbers(wide(given)), numbers(narrow(given)), rtol=1e-4, atol=1e-4)
