"""From a trained network to the files that the application loads: network.onnx, statistics.json, config.json."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any

import keras
import numpy as np
import onnx

from chorale.errors import ModelError
from chorale.files import atomic_write
from chorale.models.coconet.codec import CODES, Context, context_planes
from chorale.models.config import write_config
from chorale.models.runtime import Network
from chorale.training.simplify import OPSET, simplify

__all__ = ["examples_in_every_key", "export_network", "write_config"]

SMALL = 1000  # numbers; shorter constants are left as they are
STRAY = 1e-3  # of a logit, at most, between Keras and the engine of the application
STEPS = 32  # of the examples that both answer


def export_network(model: keras.Model, path: Path, inputs: list[Any] | None = None) -> None:
    """Write a network with its weights rounded to half precision: half the size, and the same scores.

    The model's own weights are rounded too, so that it stays the network that was written. The application's engine
    answers the same examples as Keras before the file is left: a conversion that goes wrong is silent otherwise.

    Args:
        model: The network.
        path: The file.
        inputs: Arrays that it can be called with, in the order of its inputs; None: Coconet's, in every key.

    Raises:
        ModelError: what was written strays from what was trained; there is no file then.
    """
    for weight in model.weights:
        if weight.dtype == "float32":
            weight.assign(keras.ops.convert_to_numpy(weight).astype(np.float16).astype(np.float32))
    told = [np.asarray(each) for each in (examples_in_every_key() if inputs is None else inputs)]
    expected = [keras.ops.convert_to_numpy(each) for each in keras.tree.flatten(model(told))]  # called, to be exported
    with tempfile.TemporaryDirectory() as folder:
        whole, half = Path(folder) / path.name, Path(folder) / f"half-{path.name}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the converter's own, about NumPy names it no longer needs
            model.export(whole, format="onnx", verbose=False, opset_version=OPSET)
        graph = onnx.load(whole)
        simplify(graph)
        _halve(graph)
        half.write_bytes(graph.SerializeToString())
        names = (one.name for one in model.inputs)
        answered = Network(half).outputs(**dict(zip(names, told, strict=True)))
    stray = max(float(np.abs(one - other).max()) for one, other in zip(answered, expected, strict=True))
    if not stray < STRAY:
        raise ModelError(f"{path.name}: what was written strays from what was trained by {stray:.4f} in a logit")
    atomic_write(path, graph.SerializeToString())


def examples_in_every_key() -> list[Any]:
    """Return codes (24, STEPS, 4) and context (24, STEPS, CONTEXT): random cells, each major and minor key once."""
    codes = np.random.default_rng(0).integers(CODES, size=(24, STEPS, 4)).astype(np.int32)
    keys = [Context(tonic=tonic, minor=minor) for minor in (False, True) for tonic in range(12)]
    return [codes, np.stack([context_planes(key, STEPS) for key in keys])]


def _halve(model: onnx.ModelProto) -> None:
    """Store the large constants in half precision, each followed by a cast; the engine folds it at load."""
    graph, casts = model.graph, []
    for constant in graph.initializer:
        if constant.data_type != onnx.TensorProto.FLOAT or np.prod(constant.dims) < SMALL:
            continue
        values = onnx.numpy_helper.to_array(constant).astype(np.float16)
        name = constant.name
        constant.CopyFrom(onnx.numpy_helper.from_array(values, f"{name}/half"))
        casts.append(onnx.helper.make_node("Cast", [f"{name}/half"], [name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
