"""From a trained network to the files that the application loads: network.onnx, statistics.json, config.json."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any

import keras
import numpy as np
import onnx

from chorale.files import atomic_write
from chorale.models.coconet.codec import CONTEXT
from chorale.models.config import write_config

__all__ = ["export_network", "write_config"]

SMALL = 1000  # numbers; shorter constants are left as they are


def export_network(model: keras.Model, path: Path, inputs: list[Any] | None = None) -> None:
    """Write a network with its weights rounded to half precision: half the size, and the same scores.

    The model's own weights are rounded too, so that it stays the network that was written.

    Args:
        model: The network.
        path: The file.
        inputs: Arrays that it can be called with; None: a bar of Coconet's.
    """
    for weight in model.trainable_variables:
        weight.assign(keras.ops.convert_to_numpy(weight).astype(np.float16).astype(np.float32))
    bar = [np.zeros((1, 8, 4), np.int32), np.zeros((1, 8, CONTEXT), np.float32)]
    model(bar if inputs is None else inputs)  # Keras exports what has been called
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / path.name
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the converter's own, about NumPy names it no longer needs
            model.export(whole, format="onnx", verbose=False)
        graph = onnx.load(whole)
    _halve(graph)
    atomic_write(path, graph.SerializeToString())


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
