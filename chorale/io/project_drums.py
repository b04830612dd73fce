"""Drums as plain JSON values and back, exactly: a list of hits for each piece that is struck."""

from typing import Any

import numpy as np

from chorale.errors import InputError
from chorale.music import PIECES, DrumHit, DrumPattern, Piece

__all__ = ["drums_from_plain", "drums_to_plain"]


def drums_to_plain(drums: DrumPattern) -> dict[str, list[str]]:
    """Return the hits of each piece as "step velocity", with the offset in steps where there is one."""
    plain: dict[str, list[str]] = {}
    for hit in drums.strokes():
        plain.setdefault(_name(hit.piece), []).append(_line(hit))
    return dict(sorted(plain.items(), key=lambda each: _PIECES[each[0]]))


def drums_from_plain(data: Any, steps: int) -> DrumPattern:  # noqa: ANN401  any JSON value
    """Return the drums of JSON values.

    Raises:
        InputError: a piece or a hit is not what belongs there.
    """
    if not isinstance(data, dict):
        raise InputError("wanted an object with a list of hits for each piece")
    shape = (steps, len(PIECES))
    velocities, offsets = np.zeros(shape, np.int16), np.zeros(shape, np.float32)
    for name, lines in data.items():
        if name not in _PIECES:
            raise InputError(f"piece {name[:40]!r}: wanted one of {', '.join(_PIECES)}")
        for line in lines:
            step, velocity, offset = _parsed(line, steps)
            velocities[step, _PIECES[name]], offsets[step, _PIECES[name]] = velocity, offset
    return DrumPattern(velocities > 0, velocities, offsets)


def _name(piece: Piece) -> str:
    return piece.label.lower()


_PIECES = {_name(piece): piece for piece in PIECES}


def _line(hit: DrumHit) -> str:
    offset = np.format_float_positional(np.float32(hit.offset), unique=True, trim="-")
    return f"{hit.step} {hit.velocity}" + (f" {offset}" if hit.offset else "")


def _parsed(line: str, steps: int) -> tuple[int, int, float]:
    words = line.split()
    try:
        step, velocity = int(words[0]), int(words[1])
        offset = float(words[2]) if len(words) == 3 else 0.0
    except (ValueError, IndexError):
        raise InputError(
            f"hit {line[:40]!r}: wanted step, velocity and perhaps an offset, such as 8 100 0.05"
        ) from None
    if not (0 <= step < steps and 1 <= velocity <= 127 and -0.5 <= offset <= 0.5 and len(words) <= 3):
        raise InputError(
            f"hit {line[:40]!r}: wanted a step below {steps}, a velocity of 1..127, an offset of -0.5..0.5"
        )
    return step, velocity, offset
