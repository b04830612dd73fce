"""Reads TensorFlow.js checkpoints: ``weights_manifest.json``, its shards, and ``config.json`` where there is one.

The format (TensorFlow.js, ``tfjs-core/src/io/types.ts``): the manifest is a list of groups. A group's ``paths`` are
files that make one run of bytes when laid end to end; its ``weights`` follow one another in it, each in C order and
little-endian. A weight may be stored smaller than it is:

    float16         as half precision
    uint8, uint16   as q, meaning q * scale + min; whole numbers are rounded

A checkpoint comes from outside. Nothing is allocated before the sizes add up, no file beside the folder's own is
opened, and whatever is wrong is one ``InputError``.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from chorale.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["MANIFEST", "Checkpoint", "read_checkpoint"]

MANIFEST, CONFIG = "weights_manifest.json", "config.json"
_PLAIN = {"float32": "<f4", "int32": "<i4", "bool": "|u1"}
_QUANTIZED = {"uint8": "|u1", "uint16": "<u2"}
_LARGEST = {"float32": 3e38, "int32": 2**31 - 1}
_MOST_AXES = 8
_LONGEST_JSON = 2**24  # bytes; the longest published manifest has 60 thousand


@dataclass(frozen=True)
class Checkpoint:
    """The content of a checkpoint's folder.

    Attributes:
        folder: Where it was read from.
        weights: By name, as float32, int32 or bool.
        config: ``config.json``; empty where there is none.
    """

    folder: Path
    weights: Mapping[str, NDArray[Any]]
    config: Mapping[str, Any]


@dataclass(frozen=True)
class _Entry:
    """What the manifest says of one weight.

    Attributes:
        name: Its name.
        shape: Its shape.
        dtype: What it is: a key of ``_PLAIN``.
        stored: What its bytes are.
        scale: What a stored number is multiplied with; None: it is not quantized.
        minimum: What is then added.
    """

    name: str
    shape: tuple[int, ...]
    dtype: str
    stored: np.dtype[Any]
    scale: float | None = None
    minimum: float = 0.0

    @property
    def size(self) -> int:
        """Bytes in the shards."""
        return math.prod(self.shape) * self.stored.itemsize

    def decoded(self, data: bytes, start: int) -> NDArray[Any]:
        """Return the weight whose bytes begin at ``start``."""
        numbers = np.frombuffer(data, self.stored, math.prod(self.shape), start).reshape(self.shape)
        if self.scale is None:
            return numbers.astype(bool if self.dtype == "bool" else _PLAIN[self.dtype])
        values = numbers * self.scale + self.minimum
        return (np.rint(values) if self.dtype == "int32" else values).astype(_PLAIN[self.dtype])


def read_checkpoint(folder: Path) -> Checkpoint:
    """Return the checkpoint in a folder.

    Raises:
        InputError: there is none, or a file of it is missing, damaged or of a form that is not known.
    """
    path = folder / MANIFEST
    if not _is_file(path):
        raise InputError(f"{folder}: no {MANIFEST} in it; wanted the folder of a TensorFlow.js checkpoint")
    groups = _json(path)
    if not isinstance(groups, list) or not groups:
        _refuse(path, "wanted a list of groups of weights")
    weights: dict[str, NDArray[Any]] = {}
    for group in groups:
        for name, weight in _group(path, group):
            if name in weights:
                _refuse(path, f"weight {name!r} stands there twice")
            weights[name] = weight
    config = _json(folder / CONFIG) if _is_file(folder / CONFIG) else {}
    if not isinstance(config, dict):
        _refuse(folder / CONFIG, "wanted an object")
    return Checkpoint(folder, weights, config)


def _refuse(path: Path, reason: str) -> NoReturn:
    raise InputError(f"{path}: {reason}")


def _is_file(path: Path) -> bool:
    """Return whether there is a file at a path; a path that no file can have has none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _json(path: Path) -> Any:  # noqa: ANN401  whatever stands there
    try:
        if path.stat().st_size > _LONGEST_JSON:
            _refuse(path, f"{path.stat().st_size} bytes, too long to be one of a checkpoint")
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        _refuse(path, (error.strerror or str(error)).lower())
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        _refuse(path, "not valid JSON; was it damaged on its way?")


def _group(path: Path, group: object) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the names and weights of one group."""
    if not isinstance(group, dict) or not all(isinstance(group.get(key), list) for key in ("paths", "weights")):
        _refuse(path, "wanted groups with the lists 'paths' and 'weights'")
    entries = [_entry(path, fields) for fields in group["weights"]]
    data = _joined(path, group["paths"], sum(entry.size for entry in entries))
    start = 0
    for entry in entries:
        weight = entry.decoded(data, start)
        if not np.isfinite(weight).all():
            _refuse(path, f"weight {entry.name!r} has entries that are no numbers; were the shards damaged?")
        yield entry.name, weight
        start += entry.size


def _entry(path: Path, fields: object) -> _Entry:
    """Return one weight's entry, checked."""
    if not isinstance(fields, dict) or not isinstance(fields.get("name"), str):
        _refuse(path, "a weight without a name")
    name, shape, dtype = fields["name"], fields.get("shape"), fields.get("dtype")
    if not isinstance(shape, list) or len(shape) > _MOST_AXES or not all(type(n) is int and n > 0 for n in shape):
        _refuse(path, f"weight {name!r} has shape {shape!r:.40}; wanted a list of whole numbers from 1")
    if dtype not in tuple(_PLAIN):  # a tuple, for what stands there may have no hash
        _refuse(path, f"weight {name!r} is of type {dtype!r:.40}; wanted one of {', '.join(_PLAIN)}")
    quantization = fields.get("quantization")
    if quantization is None:
        return _Entry(name, tuple(shape), dtype, np.dtype(_PLAIN[dtype]))
    return _quantized(path, _Entry(name, tuple(shape), dtype, np.dtype("<f2")), quantization)


def _quantized(path: Path, entry: _Entry, quantization: object) -> _Entry:
    """Return an entry with its way of storage."""
    kind = quantization.get("dtype") if isinstance(quantization, dict) else None
    if kind == "float16" and entry.dtype == "float32":
        return entry
    if kind not in tuple(_QUANTIZED) or entry.dtype == "bool":
        _refuse(path, f"weight {entry.name!r}, a {entry.dtype}, is quantized as {kind!r:.40}, which is not known")
    assert isinstance(quantization, dict)
    scale, minimum = (_number(quantization.get(key)) for key in ("scale", "min"))
    if scale is None or minimum is None:
        _refuse(path, f"weight {entry.name!r} is quantized without a scale and a min; wanted two numbers")
    stored = np.dtype(_QUANTIZED[kind])
    if max(abs(minimum), abs(minimum + scale * np.iinfo(stored).max)) > _LARGEST[entry.dtype]:
        _refuse(
            path, f"weight {entry.name!r} reaches beyond what {entry.dtype} holds: scale {scale:g}, min {minimum:g}"
        )
    return _Entry(entry.name, entry.shape, entry.dtype, stored, scale, minimum)


def _number(value: object) -> float | None:
    """Return a finite number, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:  # a whole number of hundreds of digits
        return None


def _joined(path: Path, names: list[object], wanted: int) -> bytes:
    """Return the bytes of a group's shards, end to end."""
    shards = [_shard(path, name) for name in names]
    try:
        found = sum(shard.stat().st_size for shard in shards)
        if found != wanted:
            hint = "; were line ends or bytes changed on its way?" if found < wanted else ""
            _refuse(path, f"it describes {wanted} bytes of weights, but its shards have {found}{hint}")
        data = b"".join(shard.read_bytes() for shard in shards)
    except OSError as error:
        _refuse(path.parent, f"a shard cannot be read: {(error.strerror or str(error)).lower()}")
    return data


def _shard(path: Path, name: object) -> Path:
    """Return the path of a shard: a plain file in the manifest's own folder."""
    if not isinstance(name, str) or name in {"", ".", ".."} or set(name) & set("/\\:\0"):
        _refuse(path, f"shard {name!r:.40}; wanted the name of a file in the same folder")
    shard = path.parent / name
    if not _is_file(shard):
        _refuse(path.parent, f"its shard {name!r:.80} is missing; wanted every file that {MANIFEST} names")
    return shard
