"""The training runs on every backend of Keras that is installed, and all agree on what a network says."""

import importlib.util
import json
import os
import subprocess
import sys

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="training needs the train extra")

pytestmark = [
    pytest.mark.training,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # TensorFlow's own
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
LIBRARIES = {"tensorflow": "tensorflow", "jax": "jax", "torch": "torch"}
# One process a backend, for Keras reads it once: the same weights, drawn by numpy, a few steps, saved and restored.
PROGRAM = """
import json, sys
from pathlib import Path
import keras, numpy as np
from chorale.models.coconet.network import Options, build
from chorale.training.coconet import _loss
from chorale.training.loop import Schedule, Trainer

keras.mixed_precision.set_global_policy(sys.argv[2])

def made():
    model = build(Options(8, 12, layers=1, heads=2, distance=3, tables=1, gate_rank=4, relations=6))
    optimizer = keras.optimizers.AdamW(1e-2, global_clipnorm=1.0, use_ema=True, ema_momentum=0.5)
    model.compile(optimizer=optimizer, loss=_loss, jit_compile=False)
    return model

rng = np.random.default_rng(0)
codes = rng.integers(49, size=(2, 8, 4)).astype("int32")
context = (rng.random((2, 8, 25)) < 0.3).astype("float32")
target = np.stack([rng.integers(47, size=(2, 8, 4)), np.full((2, 8, 4), 1 / 32)], axis=-1).astype("float32")
model = made()
for weight in model.trainable_variables:
    weight.assign(rng.normal(size=weight.shape) * 0.3)
np.save(sys.argv[1] + "/logits.npy", np.asarray(model.predict_on_batch([codes, context]), "float32"))
run = Path(sys.argv[1]) / "run"
trainer = Trainer(model, Schedule(6, 1e-2), run, 0)
loss = lambda model: {"valid": float(np.mean(model.predict_on_batch([codes, context]) ** 2))}
trainer.run(lambda rng: ([codes, context], target), loss, every=3)
again = Trainer(made(), Schedule(6, 1e-2), run, 0)
assert again.restore()
for one, other in zip(trainer._variables(), again._variables(), strict=True):
    one, other = (np.asarray(keras.ops.convert_to_numpy(each), "float32") for each in (one, other))
    assert np.array_equal(one, other)
print(json.dumps(keras.backend.backend()))
"""


def trained(backend, folder, policy="float32"):
    """The logits before training and the log of it."""
    if importlib.util.find_spec(LIBRARIES[backend]) is None:
        pytest.skip(f"{backend} is not installed")
    folder.mkdir()
    environment = {**os.environ, "KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-c", PROGRAM, str(folder), policy]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1]) == backend
    log = (folder / "run" / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return np.load(folder / "logits.npy"), [json.loads(line)["loss"] for line in log]


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_backends_agree_on_the_logits_and_learn_alike(backend, tmp_path):
    logits, losses = trained(backend, tmp_path / backend)
    expected, reference = trained("tensorflow", tmp_path / "tensorflow")
    np.testing.assert_allclose(logits, expected, atol=1e-4)
    assert losses[1] < losses[0]
    np.testing.assert_allclose(losses, reference, rtol=0.05)  # dropout draws differ


@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
def test_mixed_precision_says_nearly_the_same_and_learns(backend, tmp_path):
    logits, losses = trained(backend, tmp_path / "mixed", "mixed_bfloat16")
    expected, _ = trained(backend, tmp_path / "whole")
    assert np.abs(logits - expected).mean() < 0.05 * expected.std()
    assert losses[1] < losses[0]
