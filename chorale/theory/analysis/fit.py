"""How well each chord fits each stretch of moments.

Conventions: M moments, C chords, L longest stretch in moments; costs, smaller is better.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from chorale.theory.analysis.lines import Lines
from chorale.theory.analysis.space import NEVER, NO_TONE, Space
from chorale.theory.analysis.tones import foreign_kinds
from chorale.theory.analysis.weights import Weights
from chorale.theory.harmony import ToneKind
from chorale.theory.texture import Texture

__all__ = ["foreign_costs", "stretch_costs"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Singles = NDArray[np.float32]
Roles = NDArray[np.int8]
LONGEST = 12
"""Moments in a stretch; a longer chord is made of several."""
_MISSPELLED = 4


def foreign_costs(texture: Texture, lines: Lines, weights: Weights, beats: Floats) -> Floats:
    """Return (M, 4) what it costs to call each tone a non-chord tone."""
    cost = _by_kind(weights)[foreign_kinds(lines), (~lines.weaker).astype(int)]
    cost *= weights.foreign_base + weights.foreign_per_beat * beats[:, None]
    cost[:, 3] *= weights.bass_factor
    sounding: Floats = np.where(texture.sounds, cost, 0.0)
    return sounding


@cache
def _by_kind(weights: Weights) -> Floats:
    """Return (kinds, 2) what tones of each ``ToneKind`` but SILENT cost on weak and on strong places."""
    w = weights
    by_kind = {
        ToneKind.PASSING: (w.passing, w.accented_passing),
        ToneKind.NEIGHBOUR: (w.neighbour, w.accented_neighbour),
        ToneKind.SUSPENSION: (w.suspension, w.suspension),
        ToneKind.RETARDATION: (w.retardation, w.retardation),
        ToneKind.ANTICIPATION: (w.anticipation, w.anticipation),
        ToneKind.APPOGGIATURA: (w.appoggiatura, w.appoggiatura),
        ToneKind.ESCAPE: (w.escape, w.escape),
        ToneKind.PEDAL: (w.pedal, w.pedal),
        ToneKind.FREE: (w.free, w.free),
    }
    return np.array([by_kind.get(kind, (0.0, 0.0)) for kind in sorted(ToneKind)[1:]])  # all but SILENT


def stretch_costs(texture: Texture, lines: Lines, space: Space, weights: Weights, beats: Floats) -> Singles:
    """Return (M, L, C): the cost of a chord over the moments from M - L + 1 + l to M; NEVER across a phrase's start."""
    count = len(texture)
    roles, next_roles = _roles(space, np.stack([texture.fifths, lines.following]))  # (M, 4, C)
    moment = _moment_costs(texture, lines, space, weights, (roles, next_roles), beats)
    missing, thin = _missing_costs(weights)
    kind = space.kinds * 16
    bits = np.where(texture.sounds[:, :, None] & (roles >= 0), 1 << (roles & 3), 0)
    heard = np.bitwise_or.reduce(bits, axis=1)
    sounding = (beats * texture.sounds.any(axis=1)).astype(np.float32)
    moment += thin.take(heard + kind) * sounding[:, None]
    summed = np.concatenate([np.zeros((1, moment.shape[1]), dtype=np.float32), moment.cumsum(axis=0)])
    costs = np.full((count, LONGEST, len(space.roots)), NEVER, dtype=np.float32)
    so_far = heard
    for more in range(min(LONGEST, count)):
        size = count - more
        so_far = so_far[:size] | heard[more:] if more else heard
        inside = texture.phrases[more:] == texture.phrases[:size]
        stretch = summed[more + 1 :] - summed[:size] + missing.take(so_far + kind)
        costs[more:, LONGEST - 1 - more] = np.where(inside[:, None], stretch, NEVER)
    return costs


def _roles(space: Space, fifths: Ints) -> Roles:
    """Return (..., C) which tone of each chord some pitches (...) are.

    0 is the root, 3 the seventh; 4 more if misspelled; -1 none.
    """
    low, high = int(fifths.min()), int(fifths.max())
    line = np.arange(low, high + 1)
    table = np.full((len(line), len(space.roots)), -1, dtype=np.int8)
    for role in range(4):
        away = line[:, None] - space.tones[:, role]
        exists = space.tones[:, role] != NO_TONE
        table[(away % 12 == 0) & exists & (table < 0)] = role + _MISSPELLED
        table[(away == 0) & exists] = role
    return table[fifths - low]


def _moment_costs(
    texture: Texture, lines: Lines, space: Space, weights: Weights, both: tuple[Roles, Roles], beats: Floats
) -> Singles:
    """Return (M, C) what each moment's tones cost: those outside the chord, misspelled ones, and the bass.

    Both are the roles of the tones and of those that follow them.
    """
    roles, following = both
    foreign = foreign_costs(texture, lines, weights, beats).astype(np.float32)[:, :, None]
    misspelled = np.where(texture.sounds, weights.misspelled, 0.0).astype(np.float32)[:, :, None]
    unresolved = lines.resolves[:, :, None] & (following < 0)
    foreign = np.where(unresolved, (1 + weights.unresolved) * foreign, foreign)
    cost = np.where(roles < 0, foreign, np.where(roles >= _MISSPELLED, misspelled, 0))
    total: Singles = cost.sum(axis=1) + _bass_costs(texture, space, weights, roles, beats)
    return total


def _bass_costs(texture: Texture, space: Space, weights: Weights, roles: Roles, beats: Floats) -> Singles:
    """Return (M, C) what it costs that the lowest voice has that tone of the chord."""
    lowest = np.where(texture.sounds, np.arange(4), -1).max(axis=1)
    role = roles[np.arange(len(texture)), np.maximum(lowest, 0)]
    by_role = np.array([0.0, weights.bass_third, weights.bass_fifth, weights.bass_seventh, 0.0])
    costs = by_role[np.where(role < 0, 4, role & 3)]
    costs[(role == 0) & space.diminished] = weights.diminished_root
    costs *= np.where(lowest < 0, 0.0, beats)[:, None]
    return costs.astype(np.float32)


@cache
def _missing_costs(weights: Weights) -> tuple[Singles, Singles]:
    """Return twice (48,): the cost by which tones are heard (four bits), 16 more for each ``_kind``.

    The first is of a whole stretch, the second of a beat.
    """
    silent = 1 - ((np.arange(16)[:, None] >> np.arange(4)) & 1)
    triad = silent @ np.array([weights.no_root, weights.no_third, weights.no_fifth, 0.0])
    seventh = silent @ np.array([weights.no_root, weights.no_third, weights.no_fifth, weights.no_seventh])
    thin = silent @ np.array([weights.thin_root, weights.thin_third, 0.0, 0.0])
    thin_seventh = silent @ np.array([weights.thin_root, weights.thin_third, 0.0, weights.thin_seventh])
    whole = np.concatenate([triad, seventh, seventh + weights.seventh])
    return whole.astype(np.float32), np.concatenate([thin, thin_seventh, thin_seventh]).astype(np.float32)
