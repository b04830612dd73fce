"""Writes networks in the runtime's own format: an ONNX graph as it grows, node by node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["Graph"]

OPSET, IR_VERSION = 17, 8  # of 2022: any engine that we allow reads them


class Graph:
    """The graph as it grows: nodes in their order, and constants.

    Raises:
        ModelError: the onnx package is not installed.
    """

    def __init__(self) -> None:
        try:
            import onnx  # noqa: PLC0415  needed once in a model's life
        except ImportError as error:
            raise ModelError("onnx is not installed: wanted it to convert the checkpoint") from error
        self._onnx: Any = onnx
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def node(self, operator: str, inputs: Sequence[str], output: str, **facts: Any) -> str:  # noqa: ANN401  onnx's own
        """Add a node and return the name of its output."""
        self.nodes(operator, inputs, [output], **facts)
        return output

    def nodes(self, operator: str, inputs: Sequence[str], outputs: Sequence[str], **facts: Any) -> None:  # noqa: ANN401
        """Add a node of several outputs."""
        self._nodes.append(self._onnx.helper.make_node(operator, list(inputs), list(outputs), **facts))

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Add a constant, once for each name, and return its name."""
        if name not in self._constants:
            self._constants[name] = self._onnx.numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def model(self, name: str, inputs: Mapping[str, Sequence[Any]], outputs: Mapping[str, Sequence[Any]]) -> bytes:
        """Return the model, checked and serialized.

        Args:
            name: What it is called.
            inputs: The shape of each input; a text for a size that may vary. Those named "codes" are int32.
            outputs: The shape of each output, of float32.
        """
        helper = self._onnx.helper
        graph = helper.make_graph(
            self._nodes,
            name,
            [self._told(*pair) for pair in inputs.items()],
            [self._told(*pair) for pair in outputs.items()],
            list(self._constants.values()),
        )
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
        self._onnx.checker.check_model(made)
        data: bytes = made.SerializeToString()
        return data

    def _told(self, name: str, shape: Sequence[Any]) -> Any:  # noqa: ANN401  a protobuf message
        types = self._onnx.TensorProto
        return self._onnx.helper.make_tensor_value_info(name, types.INT32 if name == "codes" else types.FLOAT, shape)

    @property
    def float32(self) -> int:
        """The number that the format has for that type."""
        return int(self._onnx.TensorProto.FLOAT)
