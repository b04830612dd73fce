"""The one module that knows the inference engine (ONNX Runtime); it is imported when a network is first loaded."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from chorale.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["THREADS", "Network"]

THREADS = 2  # fixed, so that the same machine never adds up in another order because more cores are free


class Network:
    """An exported network: named arrays in, one output array or several out.

    Args:
        path: An ONNX file; it is read when the network is first called.
        threads: How many threads one call uses.
    """

    def __init__(self, path: Path, threads: int = THREADS) -> None:
        self._path, self._threads = path, threads

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401  the engine ships no types
        try:
            import onnxruntime  # noqa: PLC0415  a fifth of a second, so not before it is needed
        except ImportError as error:
            raise ModelError("onnxruntime is not installed: wanted it to run the models") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = self._threads, 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # the window needs the cores too
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(self._path, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # the engine raises its own classes, unknown before it is imported
            raise ModelError(f"{self._path.name}: not a network that this version can run") from error

    def __call__(self, **inputs: NDArray[Any]) -> NDArray[np.float32]:
        """Return the first output for the named inputs; shapes and types are the network's."""
        return self.outputs(**inputs)[0]

    def outputs(self, **inputs: NDArray[Any]) -> list[NDArray[np.float32]]:
        """Return all outputs for the named inputs, in the network's order."""
        return cast("list[NDArray[np.float32]]", self._session.run(None, inputs))
