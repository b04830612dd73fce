"""Which engine runs the harmonizer's network: ONNX Runtime, LiteRT or TensorFlow itself.

    pytest tests/benchmarks/test_runtime.py -m benchmark -s

needs the train extra (Keras, TensorFlow, tf2onnx) and, for its row, ai-edge-litert. One thread each, the network at its
real size with random weights, median of many calls.
"""

# ruff: noqa: PLC0415  each engine is imported only when its turn comes

import importlib.metadata
import importlib.util
import os
import subprocess
import sys
import time

import numpy as np
import pytest

pytestmark = [pytest.mark.benchmark, pytest.mark.training, pytest.mark.filterwarnings("ignore")]
SHAPES = [(1, 32), (1, 64), (1, 256), (8, 32), (8, 64), (8, 256)]
ENGINES = {
    "ONNX Runtime": ("onnxruntime", "onnxruntime"),
    "LiteRT": ("ai_edge_litert.interpreter", "ai-edge-litert"),
    "TensorFlow": ("tensorflow", "tensorflow-cpu"),
}
AGREEMENT = 1e-4
SECONDS = 1.0  # of calls for each figure


@pytest.fixture(scope="module")
def network():
    for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        os.environ[name] = "1"
    keras = pytest.importorskip("keras", reason="the benchmark needs the train extra")
    from chorale.models.coconet.network import Options, build

    keras.utils.set_random_seed(0)
    model = build(Options())
    for weight in model.trainable_variables:
        weight.assign(np.random.default_rng(0).normal(size=weight.shape) * 0.05)
    model([*inputs(1, 32).values()])  # Keras exports what has been called
    return model


def inputs(batch, steps):
    rng = np.random.default_rng(0)
    codes = rng.integers(49, size=(batch, steps, 4)).astype(np.int32)
    return {"codes": codes, "context": rng.random((batch, steps, 25), dtype=np.float32)}


def onnx_runtime(model, folder):
    import onnxruntime

    from chorale.training.export import export_network

    export_network(model, folder / "network.onnx")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    start = time.perf_counter()
    session = onnxruntime.InferenceSession(folder / "network.onnx", options, providers=["CPUExecutionProvider"])
    return (lambda fed: session.run(None, fed)[0]), time.perf_counter() - start


def lite_rt(model, folder):
    from ai_edge_litert.interpreter import Interpreter

    model.export(folder / "network.tflite", format="litert", verbose=False)
    start = time.perf_counter()
    interpreter = Interpreter(str(folder / "network.tflite"), num_threads=1)
    interpreter.allocate_tensors()
    seconds = time.perf_counter() - start

    def call(fed):
        for place in interpreter.get_input_details():
            value = fed["codes" if place["dtype"] == np.int32 else "context"]
            if tuple(place["shape"]) != value.shape:
                interpreter.resize_tensor_input(place["index"], value.shape)
        interpreter.allocate_tensors()
        for place in interpreter.get_input_details():
            interpreter.set_tensor(place["index"], fed["codes" if place["dtype"] == np.int32 else "context"])
        interpreter.invoke()
        return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])

    return call, seconds


def tensorflow(model, _folder):
    import tensorflow as tf

    start = time.perf_counter()
    compiled = tf.function(lambda codes, context: model([codes, context]), jit_compile=True)
    call = lambda fed: compiled(fed["codes"], fed["context"]).numpy()  # noqa: E731
    call(inputs(1, 32))
    return call, time.perf_counter() - start


def milliseconds(call, fed):
    call(fed)
    taken, end = [], time.perf_counter() + SECONDS
    while time.perf_counter() < end or len(taken) < 5:
        start = time.perf_counter()
        call(fed)
        taken.append(time.perf_counter() - start)
    return 1000 * float(np.median(taken))


def import_seconds(module):
    program = f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    runs = [subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True) for _ in "123"]
    return min(float(run.stdout.split()[-1]) for run in runs)


def megabytes(distribution):
    files = importlib.metadata.files(distribution) or []
    return sum(path.stat().st_size for file in files if (path := file.locate()).is_file()) / 1e6


@pytest.mark.parametrize(("name", "prepare"), [*zip(ENGINES, (onnx_runtime, lite_rt, tensorflow), strict=True)])
def test_an_engine_agrees_with_keras_and_this_fast(network, tmp_path, name, prepare):
    module, distribution = ENGINES[name]
    if importlib.util.find_spec(module.partition(".")[0]) is None:
        pytest.skip(f"{distribution} is not installed")
    call, start_up = prepare(network, tmp_path)
    fed = inputs(2, 64)
    difference = float(np.abs(call(fed) - np.array(network([fed["codes"], fed["context"]]))).max())
    latencies = [milliseconds(call, inputs(*shape)) for shape in SHAPES]
    cells = " | ".join(f"{latency:.1f}" for latency in latencies)
    print(
        f"\n| {name} | {cells} | {import_seconds(module):.2f} | {start_up:.2f} | {megabytes(distribution):.0f} "
        f"| {difference:.0e} |"
    )
    assert difference < AGREEMENT
