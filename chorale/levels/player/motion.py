"""What speaks against going from one voicing to another."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from chorale.levels.player.chords import following
from chorale.levels.player.columns import Column
from chorale.levels.player.voicings import Voicings
from chorale.music import REST, VOICES, Voice

__all__ = ["movements"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_FORBIDDEN = 1e6
_BY_SIZE = np.array([0.0, 0.05, 0.05, 0.3, 0.4, 0.6, 8.0, 0.9, 2.5, 3.0, 9.0, 9.0, 2.5] + [30.0] * 116)
"""By semitones: steps are easy, a fifth is wide, a tritone, sevenths and what is beyond the octave are wrong."""


def movements(before: Voicings, after: Voicings, column: Column) -> Floats:
    """Return (N, M) what speaks against going from each voicing of a moment to each of the next.

    Args:
        before: the voicings of the earlier moment.
        after: those of the later one.
        column: of the later moment.
    """
    old, new = before.pitches[:, None], after.pitches[None]
    sounds = (old != REST) & (new != REST)
    moves = np.where(sounds, new - old, 0)
    costs = _lines(before, after, moves, sounds) + _pairs(old, new, moves, sounds)
    costs += _tendencies(before, after, moves, sounds) + _progressions(before, after)
    costs += 1.0 * ((moves > 0).all(axis=-1) | (moves < 0).all(axis=-1))
    for voice in column.held:
        costs += _FORBIDDEN * (moves[..., voice] != 0)
    return costs


def _lines(before: Voicings, after: Voicings, moves: Ints, sounds: NDArray[np.bool_]) -> Floats:
    """Return what speaks against each voice's own movement."""
    fifths = np.where(sounds, after.fifths[None] - before.fifths[:, None], 0)
    sizes = _BY_SIZE[np.abs(moves)].copy()
    sizes[..., Voice.BASS] = np.where(np.isin(np.abs(moves[..., Voice.BASS]), (3, 4, 5, 7, 12)), 0.3, sizes[..., 3])
    rising = np.where(moves < 0, -fifths, fifths)
    wrong = (rising >= 6) & (moves != 0)
    sizes += 12.0 * wrong + 3.0 * ((rising <= -6) & (moves != 0))
    total: Floats = sizes.sum(axis=-1)
    return total


def _pairs(old: Ints, new: Ints, moves: Ints, sounds: NDArray[np.bool_]) -> Floats:
    """Return what speaks against the movement of each two voices: parallels, hidden ones, overlaps."""
    costs = np.zeros(moves.shape[:2])
    for upper, lower in combinations(VOICES, 2):
        both = sounds[..., upper] & sounds[..., lower] & (moves[..., upper] != 0) & (moves[..., lower] != 0)
        first, second = (old[..., upper] - old[..., lower]) % 12, (new[..., upper] - new[..., lower]) % 12
        perfect = (first == second) & ((first == 0) | (first == 7))
        same_way = moves[..., upper] * moves[..., lower] > 0
        costs += both * perfect * np.where(same_way, 25.0, 8.0)
        if (upper, lower) == (Voice.SOPRANO, Voice.BASS):
            costs += 5.0 * (both & same_way & ((second == 0) | (second == 7)) & (np.abs(moves[..., upper]) > 2))
            costs += 3.0 * (both & same_way & (first == 6) & (second == 7))
        if lower - upper == 1:
            there = sounds[..., upper] & sounds[..., lower]
            costs += 1.5 * (there & ((new[..., lower] > old[..., upper]) | (new[..., upper] < old[..., lower])))
    return costs


def _tendencies(before: Voicings, after: Voicings, moves: Ints, sounds: NDArray[np.bool_]) -> Floats:
    """Return what speaks against leading tones that do not rise, and sevenths that do not fall."""
    costs = np.zeros(moves.shape[:2])
    stays = np.array([[_same(first.chord, second.chord) for second in after.chords] for first in before.chords])
    same = stays[before.options[:, None], after.options[None]]
    for role, good, price in (("leading", (1,), (8.0, 1.0, 1.0, 8.0)), ("seventh", (-1, -2), (10.0,) * 4)):
        tones = np.array([999 if (tone := getattr(each, role)) is None else tone for each in before.chords])
        has = before.fifths == tones[before.options][:, None]
        astray = has[:, None] & sounds & ~np.isin(moves, (*good, 0) if role == "seventh" else good)
        astray &= ~same[..., None] | (role == "seventh")
        costs += (astray * np.array(price)).sum(axis=-1)
    return costs


def _same(first: object, second: object) -> bool:
    return getattr(first, "root", None) is not None and getattr(first, "root", 0) == getattr(second, "root", 1)


def _progressions(before: Voicings, after: Voicings) -> Floats:
    table = np.array([[following(first, second) for second in after.chords] for first in before.chords])
    found: Floats = table[before.options[:, None], after.options[None]]
    return found
