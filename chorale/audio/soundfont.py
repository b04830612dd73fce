"""Reading SoundFont 2 files: which samples a General MIDI program plays for a key, and how.

Source: SoundFont Technical Specification 2.04 (E-mu Systems 2001); section numbers stand beside what they explain.
Conventions: frames are samples at the sample's own rate; a *generator* is a numbered parameter of a zone
(section 8.1.2). Everything read is checked against the file's size, so that a damaged font gives an InputError
or silence, never a crash.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SoundFont", "Zone", "default_font"]

_RECORDS: dict[bytes, np.dtype[Any]] = {
    b"phdr": np.dtype(
        [("name", "S20"), ("program", "<u2"), ("bank", "<u2"), ("bag", "<u2"), ("rest", "V12")],
    ),
    b"pbag": np.dtype([("generator", "<u2"), ("modulator", "<u2")]),
    b"pgen": np.dtype([("kind", "<u2"), ("amount", "<i2")]),
    b"inst": np.dtype([("name", "S20"), ("bag", "<u2")]),
    b"ibag": np.dtype([("generator", "<u2"), ("modulator", "<u2")]),
    b"igen": np.dtype([("kind", "<u2"), ("amount", "<i2")]),
    b"shdr": np.dtype(
        {
            "names": ["name", "start", "end", "loop_start", "loop_end", "rate", "root", "correction", "rest"],
            "formats": ["S20", "<u4", "<u4", "<u4", "<u4", "<u4", "u1", "i1", "V4"],
        },
    ),
}
_FONT_IN_PACKAGE = "TimGM6mb.sf2"
_INSTRUMENT, _KEY_RANGE, _VELOCITY_RANGE, _SAMPLE = 41, 43, 44, 53
_DRUM_BANK = 128
# Section 8.1.3: what a generator is where no zone sets it, if not 0.
_DEFAULTS = {
    8: 13500, 21: -12000, 23: -12000, 25: -12000, 26: -12000, 27: -12000, 28: -12000, 30: -12000,
    33: -12000, 34: -12000, 35: -12000, 36: -12000, 38: -12000, 46: -1, 47: -1, 56: 100, 58: -1,
}  # fmt: skip
# Section 8.5: these are set by the instrument alone; a preset's zone cannot add to them.
_INSTRUMENT_ONLY = {0, 1, 2, 3, 4, 12, 45, 46, 47, 50, 54, 57, 58}

Generators = dict[int, int]


@dataclass(frozen=True)
class Zone:
    """One sample as a key plays it.

    Attributes:
        generators: parameter number -> amount, defaults filled in.
        start, end, loop_start, loop_end: frames into the font's sample pool.
        rate: Hz.
        root: MIDI number at which the sample sounds as recorded.
        correction: cents.
    """

    generators: Generators
    start: int
    end: int
    loop_start: int
    loop_end: int
    rate: int
    root: int
    correction: int

    @property
    def loops(self) -> bool:
        """Whether the sample is held by repeating its loop."""
        return self.generators[54] in {1, 3} and self.loop_end - self.loop_start > 8


class SoundFont:
    """An opened SoundFont.

    Args:
        path: a .sf2 file.

    Attributes:
        pool: (N,) int16, all samples, mapped from the file.

    Raises:
        InputError: the file is missing, damaged or not an uncompressed SoundFont.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        chunks = _chunks(path)
        start, size = chunks.get(b"smpl", (0, 0))
        missing = [name.decode() for name in _RECORDS if name not in chunks]
        if missing or size < 2:
            raise InputError(
                f"SoundFont {path}: it has no {missing[0] if missing else 'samples'}, wanted a whole .sf2 file"
            )
        self.pool: NDArray[np.int16] = np.memmap(path, dtype="<i2", mode="r", offset=start, shape=(size // 2,))
        self._tables = {name: _table(path, chunks[name], record) for name, record in _RECORDS.items()}
        headers = self._tables[b"phdr"][:-1]
        self._presets = {(int(head["bank"]), int(head["program"])): index for index, head in enumerate(headers)}
        if not self._presets:
            raise InputError(f"SoundFont {path}: it has no instruments, wanted a General MIDI font")

    def zones(self, program: int, key: int, velocity: int, *, drums: bool = False) -> list[Zone]:
        """Return what sounds when a program's key is struck; empty where the font has nothing there.

        Args:
            program: General MIDI program 0..127; one the font lacks is played by the nearest below it.
            key: MIDI number; of drums, the piece of the kit.
            velocity: 1..127.
            drums: whether the program is a kit of the percussion bank.
        """
        found = []
        for over in self._hits(b"phdr", self._preset_index(program, drums=drums), key, velocity, _INSTRUMENT):
            for own in self._hits(b"inst", over[_INSTRUMENT], key, velocity, _SAMPLE):
                zone = self._zone(own, over)
                if zone is not None:
                    found.append(zone)
        return found

    def _preset_index(self, program: int, *, drums: bool) -> int:
        fitting = sorted((program_, bank) for bank, program_ in self._presets if (bank == _DRUM_BANK) == drums)
        at_or_below = [place for place in fitting if place[0] <= program]
        if not fitting:
            return -1 if drums else next(iter(self._presets.values()))
        best = at_or_below[-1][0] if at_or_below else fitting[0][0]
        bank = min(bank for program_, bank in fitting if program_ == best)
        return self._presets[bank, best]

    def _hits(self, table: bytes, index: int, key: int, velocity: int, target: int) -> list[Generators]:
        """Return the zones of a preset or an instrument that a key reaches, the global zone's values merged in."""
        bags, generators = (b"pbag", b"pgen") if table == b"phdr" else (b"ibag", b"igen")
        heads = self._tables[table]
        if not 0 <= index < len(heads) - 1:
            return []
        common: Generators = {}
        hits = []
        for number, zone in enumerate(self._lists(heads, index, bags, generators)):
            if target not in zone:
                common = zone if number == 0 else common
                continue
            merged = common | zone
            if _within(merged.get(_KEY_RANGE), key) and _within(merged.get(_VELOCITY_RANGE), velocity):
                hits.append(merged)
        return hits

    def _lists(self, heads: Any, index: int, bags: bytes, generators: bytes) -> list[Generators]:  # noqa: ANN401  a structured array
        bounds = self._tables[bags]["generator"]
        first, last = int(heads[index]["bag"]), int(heads[index + 1]["bag"])
        rows = self._tables[generators]
        edges = bounds[first : last + 1].tolist()
        return [{int(row["kind"]): int(row["amount"]) for row in rows[begin:stop]} for begin, stop in pairwise(edges)]

    def _zone(self, own: Generators, over: Generators) -> Zone | None:
        added = {kind: amount for kind, amount in over.items() if kind not in _INSTRUMENT_ONLY}
        kinds = set(_DEFAULTS) | set(own) | set(added) | set(range(61))
        values = {kind: own.get(kind, _DEFAULTS.get(kind, 0)) + added.get(kind, 0) for kind in kinds}
        headers = self._tables[b"shdr"]
        if not 0 <= own[_SAMPLE] < len(headers) - 1:
            return None
        return self._placed(headers[own[_SAMPLE]], values)

    def _placed(self, head: Any, values: Generators) -> Zone | None:  # noqa: ANN401  one record
        start = int(head["start"]) + values[0] + 32768 * values[4]
        end = min(int(head["end"]) + values[1] + 32768 * values[12], len(self.pool) - 4)
        loop_start = int(head["loop_start"]) + values[2] + 32768 * values[45]
        loop_end = int(head["loop_end"]) + values[3] + 32768 * values[50]
        if not (0 <= start < end and 400 <= head["rate"] <= 400_000):
            return None
        if not start <= loop_start < loop_end <= end + 3:
            loop_start = loop_end = end
        recorded = int(head["root"]) if head["root"] < 128 else 60
        root = values[58] if 0 <= values[58] < 128 else recorded
        return Zone(values, start, end, loop_start, loop_end, int(head["rate"]), root, int(head["correction"]))


def _within(bounds: int | None, value: int) -> bool:
    """Return whether a value lies in a range generator: low in the low byte, high in the high byte."""
    return bounds is None or (bounds & 0xFF) <= value <= (bounds >> 8 & 0xFF)


def _chunks(path: Path) -> dict[bytes, tuple[int, int]]:
    """Return where each chunk's content lies in the file: name -> (offset, bytes)."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(12)
            if head[:4] != b"RIFF" or head[8:] != b"sfbk":
                raise InputError(f"SoundFont {path}: it is no SoundFont, wanted a .sf2 file")
            return _walk(file, size, path)
    except OSError as error:
        raise InputError(f"SoundFont {path}: {(error.strerror or str(error)).lower()}") from error


def _walk(file: Any, size: int, path: Path) -> dict[bytes, tuple[int, int]]:  # noqa: ANN401  an open binary file
    found: dict[bytes, tuple[int, int]] = {}
    at = 12
    while at + 8 <= size:
        file.seek(at)
        name, length = file.read(4), int.from_bytes(file.read(4), "little")
        if name == b"LIST":  # its content is chunks again: step inside
            at += 12
            continue
        if at + 8 + length > size:
            raise InputError(f"SoundFont {path}: it ends early, in chunk {name!r}; wanted a whole .sf2 file")
        if name == b"ifil" and int.from_bytes(file.read(2), "little") > 2:
            raise InputError(f"SoundFont {path}: its samples are compressed (SF3), wanted an uncompressed .sf2 file")
        found[name] = (at + 8, length)
        at += 8 + length + length % 2
    return found


def _table(path: Path, place: tuple[int, int], record: "np.dtype[Any]") -> "NDArray[Any]":
    offset, length = place
    with path.open("rb") as file:
        file.seek(offset)
        data = file.read(length)
    return np.frombuffer(data[: len(data) // record.itemsize * record.itemsize], dtype=record)


def default_font() -> Path:
    """Return the General MIDI SoundFont that the ``pretty_midi`` package brings.

    Raises:
        InputError: the package or its font is missing.
    """
    spec = find_spec("pretty_midi")  # finds the package without running it
    folders = [Path(place) for place in (spec.submodule_search_locations or [])] if spec else []
    for folder in folders:
        if (folder / _FONT_IN_PACKAGE).is_file():
            return folder / _FONT_IN_PACKAGE
    raise InputError(
        f"no SoundFont: {_FONT_IN_PACKAGE} of the pretty_midi package is missing; reinstall it or choose a .sf2 file"
    )
