"""The training loop with a tiny network: it learns, stops, goes on to the bit, and exports what it learned."""

import json

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="training needs the train extra")
pytest.importorskip("tensorflow", reason="these tests train on TensorFlow")

from chorale.errors import InputError, ModelError  # noqa: E402  after the skips
from chorale.models.coconet.network import Options, build  # noqa: E402  after the skips
from chorale.models.runtime import Network  # noqa: E402
from chorale.training.coconet import _loss  # noqa: E402
from chorale.training.loop import Schedule, Trainer, rate  # noqa: E402

pytestmark = [
    pytest.mark.training,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # TensorFlow's own
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
TINY = Options(
    step_width=8, beat_width=12, layers=1, heads=2, distance=3, tables=1, gate_rank=4, relations=6, dropout=0.1
)


def model(seed=0):
    keras.utils.set_random_seed(seed)
    tiny = build(TINY)
    optimizer = keras.optimizers.AdamW(1e-2, global_clipnorm=1.0, use_ema=True, ema_momentum=0.5)
    tiny.compile(optimizer=optimizer, loss=_loss, run_eagerly=True)  # tracing would take longer than the training
    return tiny


def draw(rng):
    """One pitch a voice, to be learned by heart; another example each time."""
    hidden = rng.random((4, 8, 4)) < 0.5
    classes = np.broadcast_to([31, 26, 23, 7], hidden.shape)
    codes = np.where(hidden, 47, classes).astype(np.int32)
    target = np.stack([classes, hidden / hidden.sum(axis=(1, 2), keepdims=True)], axis=-1)
    return [codes, np.zeros((4, 8, 25), np.float32)], target.astype(np.float32)


def loss(tiny):
    inputs, target = draw(np.random.default_rng(9))
    return {"loss": float(tiny.evaluate(inputs, target, verbose=0))}


def weights(trainer):
    return [keras.ops.convert_to_numpy(variable) for variable in trainer._variables()]


def lines(folder):
    return [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_loss_falls_and_the_log_tells_it(tmp_path):
    Trainer(model(), Schedule(12, 3e-2), tmp_path, seed=0).run(draw, loss, every=6)
    first, last = lines(tmp_path)
    assert (first["step"], last["step"]) == (6, 12)
    assert last["loss"] < first["loss"]


def test_a_stopped_run_goes_on_to_the_bit(tmp_path):
    whole = Trainer(model(), Schedule(4, 1e-2), tmp_path / "whole", seed=3)
    whole.run(draw, loss, every=2)
    first = Trainer(model(), Schedule(4, 1e-2), tmp_path / "halves", seed=3)

    class Stopped(Exception):  # noqa: N818
        pass

    def stop(rng):
        if first.step == 2:
            raise Stopped
        return draw(rng)

    with pytest.raises(Stopped):
        first.run(stop, loss, every=2)
    second = Trainer(model(seed=1), Schedule(4, 1e-2), tmp_path / "halves", seed=8)
    assert second.restore()
    assert second.step == 2
    second.run(draw, loss, every=2)
    for one, other in zip(weights(whole), weights(second), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_fresh_folder_has_nothing_to_restore(tmp_path):
    assert not Trainer(model(), Schedule(6, 1e-2), tmp_path, seed=0).restore()


def test_the_average_takes_the_weights_place_only_for_a_while(tmp_path):
    trainer = Trainer(model(), Schedule(2, 1e-2), tmp_path, seed=0)
    trainer.run(draw, loss, every=2)
    before = weights(trainer)
    averaged = trainer.averaged(lambda tiny: [keras.ops.convert_to_numpy(v) for v in tiny.trainable_variables])
    assert any((one != other).any() for one, other in zip(before, averaged, strict=False))
    for one, other in zip(before, weights(trainer), strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_rate_rises_then_falls_to_nought():
    schedule = Schedule(1000, 2e-3)
    rates = [rate(schedule, schedule.done(step, seconds=0)) for step in range(1001)]
    assert np.argmax(rates) in range(28, 32)
    assert max(rates) == pytest.approx(2e-3)
    assert rates[0] < 1e-4
    assert rates[-1] == pytest.approx(0)


def test_a_run_of_minutes_ends_by_the_clock_that_starts_after_the_first_step(tmp_path):
    now = [0.0]

    def slow(rng):
        now[0] += 20 if now[0] else 500  # the first step compiles
        return draw(rng)

    trainer = Trainer(model(), Schedule(1000, 1e-2, minutes=2), tmp_path, seed=0, clock=lambda: now[0])
    trainer.run(slow, loss, every=4)
    assert (trainer.step, trainer.seconds) == (7, 120)
    assert [line["step"] for line in lines(tmp_path)] == [4, 7]


def test_what_another_run_learned_is_grafted_by_name_and_leaves_the_function_as_it_was(tmp_path):
    first = Trainer(model(), Schedule(2, 1e-2), tmp_path / "first", seed=0)
    first.run(draw, loss, every=2)
    inputs, _ = draw(np.random.default_rng(1))
    learned = keras.ops.convert_to_numpy(first.model(inputs))
    path = tmp_path / "first" / "state.npz"
    with np.load(path) as stored:
        arrays = dict(stored)
    facts = json.loads(str(arrays["facts"]))
    facts["names"] = [name.replace("degrees/", "absent/") for name in facts["names"]]
    np.savez(path, **arrays | {"facts": np.array(json.dumps(facts))})

    second = Trainer(model(seed=1), Schedule(2, 1e-2), tmp_path / "second", seed=0)
    assert second.graft(tmp_path / "first") == ["degrees/intervals/kernel", "degrees/intervals/bias"]
    assert second.step == 0
    grafted = second.averaged(lambda tiny: keras.ops.convert_to_numpy(tiny(inputs)))
    np.testing.assert_allclose(grafted, learned, atol=1e-6)  # no key is known here: degrees add nothing


def test_a_graft_from_a_folder_without_a_run_is_one_clear_line(tmp_path):
    trainer = Trainer(model(), Schedule(2, 1e-2), tmp_path, seed=0)
    with pytest.raises(InputError, match=r"no state\.npz"):
        trainer.graft(tmp_path / "nowhere")


def exported(tmp_path):
    """A tiny network with random weights (biases and tables start at zero and would hide mistakes), and its file."""
    pytest.importorskip("tf2onnx", reason="Keras exports to ONNX through tf2onnx")
    from chorale.training.export import export_network  # noqa: PLC0415  it needs onnx

    tiny = model()
    for weight in tiny.trainable_variables:
        weight.assign(np.random.default_rng(0).normal(size=weight.shape) * 0.3)
    export_network(tiny, tmp_path / "network.onnx")
    return tiny, Network(tmp_path / "network.onnx")


def test_the_exported_network_agrees_with_keras_at_every_length(tmp_path):
    tiny, network = exported(tmp_path)
    rng = np.random.default_rng(0)
    for batch, steps in ((1, 8), (2, 32), (3, 100)):
        codes = rng.integers(49, size=(batch, steps, 4)).astype(np.int32)
        context = rng.random((batch, steps, 25), dtype=np.float32)
        expected = keras.ops.convert_to_numpy(tiny([codes, context]))
        np.testing.assert_allclose(network(codes=codes, context=context), expected, atol=1e-4)


def test_the_exported_network_agrees_with_keras_in_every_key_and_where_nothing_is_visible(tmp_path):
    from chorale.training.export import examples_in_every_key  # noqa: PLC0415  it needs onnx

    tiny, network = exported(tmp_path)
    codes, context = examples_in_every_key()
    for seen in (codes, np.full_like(codes, 47), np.full_like(codes, 48)):
        expected = keras.ops.convert_to_numpy(tiny([seen, context]))
        np.testing.assert_allclose(network(codes=seen, context=context), expected, atol=1e-4)


def test_a_conversion_that_goes_wrong_leaves_no_file(tmp_path):
    pytest.importorskip("tf2onnx", reason="Keras exports to ONNX through tf2onnx")
    from chorale.training.export import export_network  # noqa: PLC0415  it needs onnx

    codes = keras.Input((None,), dtype="int32", name="codes")
    table = keras.layers.Embedding(24, 3, name="table")
    remainder = keras.layers.Lambda(lambda each: (each - 36) % 12)  # of a negative: the converter has another one
    model = keras.Model([codes], table(remainder(codes)))
    with pytest.raises(ModelError, match="strays"):
        export_network(model, tmp_path / "network.onnx", [np.arange(24, dtype=np.int32)[None]])
    assert not (tmp_path / "network.onnx").exists()
