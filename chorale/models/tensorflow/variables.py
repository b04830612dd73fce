"""The variables of checkpoints, bundles and archives.

version 2   NAME.index, a table of where each variable lies, and NAME.data-00000-of-00001 with their bytes
version 1   one table with the variables themselves; Magenta's bundles hold one
.mag        a bundle: the generator's name, a checkpoint of version 1, and its graph, which is not needed
.tar        an archive with a checkpoint of version 2, as MusicVAE's are published
"""

from __future__ import annotations

import math
import re
import tarfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import InputError
from chorale.models.tensorflow.table import entries, is_table
from chorale.models.tensorflow.wire import DamagedError, Message
from chorale.models.tfjs import Checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["is_checkpoint", "read_variables"]

_TYPES = {1: "<f4", 2: "<f8", 3: "<i4", 9: "<i8", 10: "|b1", 19: "<f2"}
"""TensorFlow's numbers of the types that variables have."""
_LARGEST = 1 << 31  # bytes of a file
_DATA = re.compile(r"\.data-(\d{5})-of-\d{5}$")
_ARCHIVES = {".tar", ".tgz", ".gz"}


@dataclass(frozen=True)
class _Files:
    """The files that belong to a checkpoint.

    Attributes:
        name: What it is called.
        table: The table.
        shards: Its data by number; none of version 1.
    """

    name: str
    table: bytes
    shards: Mapping[int, bytes]


def is_checkpoint(source: Path) -> bool:
    """Return whether there is a checkpoint of TensorFlow or a bundle at a path, though it may yet be damaged."""
    return source.is_file() or bool(_indices(source))


def read_variables(source: Path) -> Checkpoint:
    """Return the variables of a checkpoint, with its name as ``config["id"]``.

    Args:
        source: A bundle, an archive, a table, the path without its last suffix, or the folder of all that.

    Raises:
        InputError: it is missing, damaged, or of a form that is not known.
    """
    try:
        files = _files(source)
        read = _version_2 if files.shards else _version_1
        weights = {name: _small(value) for name, value in read(files)}
    except DamagedError as error:
        raise InputError(
            f"{source}: damaged, {error}; wanted a checkpoint of TensorFlow or a bundle of Magenta"
        ) from error
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise InputError(f"{source}: damaged; wanted an archive (.tar) with a checkpoint of TensorFlow") from error
    except OSError as error:
        raise InputError(f"{source}: {(error.strerror or str(error)).lower()}") from error
    for name, value in weights.items():
        if not np.isfinite(value).all():
            raise InputError(f"{source}: variable {name!r:.80} has entries that are no numbers; is it damaged?")
    return Checkpoint(source, weights, {"id": files.name})


def _small(value: NDArray[Any]) -> NDArray[Any]:
    """Return half and double precision as single."""
    return value.astype(np.float32) if value.dtype.kind == "f" else value


def _indices(source: Path) -> list[Path]:
    """Return the indices that a path can mean: in a folder all, else its own."""
    if source.is_dir():
        return sorted(source.glob("*.index"))
    path = source.parent / f"{source.name}.index"
    return [path] if path.is_file() else []


def _files(source: Path) -> _Files:
    indices = [source] if source.suffix == ".index" else _indices(source)
    if len(indices) > 1:
        names = ", ".join(path.stem for path in indices[:3])
        raise InputError(f"{source}: {len(indices)} checkpoints in it; wanted the path of one of them, such as {names}")
    if indices:
        return _beside(indices[0])
    if source.suffix in _ARCHIVES:
        return _unpacked(source)
    data = _bytes(source)
    if is_table(data):
        return _Files(source.stem, data, {})
    bundle = Message(data)
    checkpoint = bundle.parts(2)
    if len(checkpoint) != 1 or not is_table(checkpoint[0]):
        raise DamagedError("no checkpoint in it")
    return _Files(bundle.message(1).text(1) or source.stem, bytes(checkpoint[0]), {})


def _beside(index: Path) -> _Files:
    """Return an index's files."""
    data = {path.name: path for path in index.parent.glob(f"{index.stem}.data-*")}
    name = index.parent.name if index.stem.startswith("model.ckpt") else index.stem
    return _Files(name, _bytes(index), _numbered(data, _bytes))


def _unpacked(source: Path) -> _Files:
    """Return the files of the one checkpoint in an archive."""
    with tarfile.open(source) as archive:
        members = {member.name: member for member in archive if member.isfile()}
        indices = [name for name in members if name.endswith(".index")]
        if len(indices) != 1:
            raise InputError(f"{source}: {len(indices)} checkpoints in it; wanted one")

        def content(member: tarfile.TarInfo) -> bytes:
            if member.size > _LARGEST:
                raise DamagedError(f"{member.name} is larger than any checkpoint")
            file = archive.extractfile(member)
            return file.read() if file else b""

        stem = indices[0].removesuffix(".index")
        data = {name: member for name, member in members.items() if name.startswith(f"{stem}.data-")}
        return _Files(source.stem, content(members[indices[0]]), _numbered(data, content))


def _numbered(data: Mapping[str, Any], content: Callable[[Any], bytes]) -> dict[int, bytes]:
    """Return the shards by their numbers."""
    found = {int(match[1]): content(where) for name, where in data.items() if (match := _DATA.search(name))}
    if not found:
        raise DamagedError("its .data file is missing")
    return found


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        raise DamagedError("larger than any checkpoint")
    return path.read_bytes()


def _version_2(files: _Files) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the variables of an index."""
    for key, value in entries(files.table):
        if not key:
            continue  # the header
        entry = Message(value)
        shape, kind = _shape(entry.message(2)), _kind(entry.number(1))
        shard, start, size = files.shards.get(entry.number(3)), entry.number(4), entry.number(5)
        if kind is None:
            continue
        if shard is None or start + size > len(shard) or size != math.prod(shape) * kind.itemsize:
            raise DamagedError(f"the bytes of {key.decode('utf-8', 'replace')!r:.80} are not there")
        yield key.decode(), np.frombuffer(shard, kind, math.prod(shape), start).reshape(shape)


def _version_1(files: _Files) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the floats of a table of slices; every variable must be one slice."""
    told: dict[str, Message] = {}
    for key, value in entries(files.table):
        stored = Message(value)
        if not key:
            told = {each.text(1): each for each in stored.message(1).messages(1)}
            continue
        piece = stored.message(2)
        name = piece.text(1)
        if name not in told:
            raise DamagedError(f"nothing is said of {name!r:.80}")
        kind = _kind(told[name].number(3))
        if kind is not None and kind.kind == "f":
            yield name, _numbers(name, piece.message(3), kind, _shape(told[name].message(2)))


def _numbers(name: str, tensor: Message, kind: np.dtype[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """Return a tensor of floats, which may be kept as bytes or as a list."""
    fields = {"<f4": 5, "<f8": 6}
    data = tensor.bytes(4) or b"".join(tensor.parts(fields.get(kind.str, 4)))
    if len(data) != math.prod(shape) * kind.itemsize:
        raise DamagedError(f"{name!r:.80} has {len(data)} bytes; wanted {math.prod(shape) * kind.itemsize}")
    return np.frombuffer(data, kind).reshape(shape)


def _kind(number: int) -> np.dtype[Any] | None:
    """Return a type; None: one that no weight has."""
    return np.dtype(_TYPES[number]) if number in _TYPES else None


def _shape(message: Message) -> tuple[int, ...]:
    sizes = tuple(size.signed(1) for size in message.messages(2))
    if any(size < 1 for size in sizes) or math.prod(sizes) > _LARGEST:
        raise DamagedError(f"a variable of shape {sizes!r:.60}")
    return sizes
