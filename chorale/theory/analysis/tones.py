"""What every sounding tone is to its harmony: chord tone, passing tone, suspension...

The kinds are told by how a tone is approached and left and by its place in the bar.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chorale.theory.analysis.lines import Lines
from chorale.theory.harmony import ToneKind
from chorale.theory.texture import Texture

__all__ = ["foreign_kinds", "tone_kinds"]

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Kinds = NDArray[np.int8]


@lru_cache(maxsize=2)
def foreign_kinds(lines: Lines) -> Kinds:
    """Return (M, 4) the kind each tone would be, were it no chord tone (kept for the last lines)."""
    step_in, step_out, weak = lines.comes_by_step, lines.goes_by_step, lines.weaker
    onward = np.sign(lines.approach) == np.sign(lines.leave)
    suspended = lines.held & step_out & ~weak
    rows = np.arange(len(lines.first))[:, None]
    pedal = (lines.first < rows) & ((lines.last > rows) | (lines.leave == 0))
    conditions = [
        suspended & (lines.leave < 0),
        suspended,
        step_in & step_out & onward,
        step_in & step_out,
        pedal,
        weak & (lines.leave == 0),
        lines.held & ~weak,  # its resolution is ornamented
        step_out,
        step_in,
    ]
    kinds = [
        ToneKind.SUSPENSION,
        ToneKind.RETARDATION,
        ToneKind.PASSING,
        ToneKind.NEIGHBOUR,
        ToneKind.PEDAL,
        ToneKind.ANTICIPATION,
        ToneKind.SUSPENSION,
        ToneKind.APPOGGIATURA,
        ToneKind.ESCAPE,
    ]
    return np.select(conditions, kinds, ToneKind.FREE).astype(np.int8)


def tone_kinds(texture: Texture, lines: Lines, belongs: Bools, index: Ints) -> Kinds:
    """Return (M, 4) a ToneKind for every moment and voice.

    Args:
        texture: the moments.
        lines: how the tones move.
        belongs: (M, 4) which are chord tones.
        index: (M,) the number of each moment's harmony.
    """
    kinds = np.where(belongs, np.int8(ToneKind.CHORD), foreign_kinds(lines))
    rows = np.arange(len(texture))[:, None]
    stays = (lines.first < rows) & ~belongs & (index == np.roll(index, 1))[:, None]
    for row in np.flatnonzero(stays.any(axis=1)):
        same = stays[row] & ~belongs[row - 1]
        kinds[row] = np.where(same, kinds[row - 1], kinds[row])
    return np.where(texture.sounds, kinds, ToneKind.SILENT).astype(np.int8)
