"""How well each chord fits each stretch of moments.

Conventions: M moments, C chords, L longest stretch in moments; costs, smaller is better.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chorale.music import Score
from chorale.theory.analysis.lines import Lines
from chorale.theory.analysis.weights import Weights
from chorale.theory.harmony import Quality
from chorale.theory.texture import Texture

__all__ = ["ChordSet", "foreign_costs", "stretch_costs"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LONGEST = 12
"""Moments in a stretch; a longer chord is made of several."""
_MISSPELLED = 8


@dataclass(frozen=True, eq=False)
class ChordSet:
    """The chords weighed: (C,) roots on the line of fifths and (C,) qualities."""

    roots: Ints
    qualities: tuple[Quality, ...]

    def roles(self, fifths: Ints) -> Ints:
        """Return (C, ...) which tone of each chord pitches are: 0 root to 3 seventh, 8 more misspelled, -1 none."""
        tones = np.full((len(self.roots), 4), 999)
        for column, quality in enumerate(self.qualities):
            tones[column, : len(quality.value)] = quality.value
        tones = np.where(tones == 999, 999, tones + self.roots[:, None])
        low, high = int(fifths.min()), int(fifths.max())
        line = np.arange(low, high + 1)
        table = np.full((len(self.roots), len(line)), -1)
        for role in range(4):
            tone = tones[:, role, None]
            table[(tone != 999) & ((tone - line) % 12 == 0)] = role + _MISSPELLED
        for role in range(4):
            table[tones[:, role, None] == line] = role
        roles: Ints = table[:, fifths - low]
        return roles


def foreign_costs(texture: Texture, lines: Lines, weights: Weights, beats: Floats) -> Floats:
    """Return (M, 4) what it costs to call each tone a non-chord tone."""
    step_in, step_out = lines.comes_by_step, lines.goes_by_step
    onward = np.sign(lines.approach) == np.sign(lines.leave)
    weak, held = lines.weaker, lines.held
    kinds = [
        held & step_out & ~weak & (lines.leave < 0),
        held & step_out & ~weak,
        step_in & step_out & onward & weak,
        step_in & step_out & weak,
        step_in & step_out & onward,
        step_in & step_out,
        weak & (lines.leave == 0),
        step_out,
        step_in,
    ]
    w = weights
    costs = [
        w.suspension,
        w.retardation,
        w.passing,
        w.neighbour,
        w.accented_passing,
        w.accented_neighbour,
        w.anticipation,
        w.appoggiatura,
        w.escape,
    ]
    cost = np.select(kinds, costs, w.free) * (w.foreign_base + w.foreign_per_beat * beats[:, None])
    cost[:, 3] *= w.bass_factor
    silent: Floats = np.where(texture.sounds, cost, 0.0)
    return silent


def stretch_costs(score: Score, texture: Texture, lines: Lines, chords: ChordSet, weights: Weights) -> Floats:
    """Return (L, M, C): the cost of a chord over the moments from M to M + l inclusive; inf past the end."""
    count = len(texture)
    beats = (texture.ends - texture.steps) / min(score.meter.steps_per_beat, 4)
    roles = chords.roles(texture.fifths).transpose(1, 2, 0)  # (M, 4, C)
    foreign = foreign_costs(texture, lines, weights, beats)
    sounds = texture.sounds[:, :, None]
    moment = np.where(roles < 0, foreign[:, :, None], np.where(roles >= _MISSPELLED, weights.misspelled, 0.0))
    moment = np.where(sounds, moment, 0.0).sum(axis=1)
    moment += _bass_costs(texture, roles, weights) * beats[:, None]
    summed = np.concatenate([np.zeros((1, moment.shape[1])), moment.cumsum(axis=0)])
    heard = np.stack([((roles % _MISSPELLED == role) & (roles >= 0) & sounds).any(axis=1) for role in range(4)], axis=2)
    counts = np.concatenate([np.zeros((1, *heard.shape[1:])), heard.cumsum(axis=0)])
    missing = _missing_weights(chords, weights)
    costs = np.full((LONGEST, count, len(chords.roots)), np.inf)
    seventh = np.where(missing[:, 3] > 0, weights.seventh, 0.0)
    for more in range(min(LONGEST, count)):
        size = count - more
        absent = counts[more + 1 :] == counts[:size]
        costs[more, :size] = summed[more + 1 :] - summed[:size] + (absent * missing).sum(axis=2) + seventh
    return costs


def _bass_costs(texture: Texture, roles: Ints, weights: Weights) -> Floats:
    lowest = np.where(texture.sounds, np.arange(4), -1).max(axis=1)
    role = roles[np.arange(len(texture)), np.maximum(lowest, 0)] % _MISSPELLED
    by_role = np.array([0.0, weights.bass_third, weights.bass_fifth, weights.bass_seventh, 0, 0, 0, 0.0])
    costs: Floats = np.where(lowest[:, None] < 0, 0.0, by_role[role])
    return costs


def _missing_weights(chords: ChordSet, weights: Weights) -> Floats:
    """Return (C, 4) the cost of each tone's absence."""
    has_four = np.array([len(quality.value) == 4 for quality in chords.qualities])
    costs = np.tile([weights.no_root, weights.no_third, weights.no_fifth, 0.0], (len(has_four), 1))
    costs[has_four, 3] = weights.no_seventh
    return costs
