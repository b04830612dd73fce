"""Reads one Bach chorale of music21's corpus onto the sixteenth grid, with fermatas and bar lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from music21 import converter, corpus, expressions, stream

from chorale.training.datasets import REST, STEPS_PER_QUARTER, Piece

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["read_piece"]

Stream: TypeAlias = Any  # music21's; it ships no types

_VOICES = ("soprano", "alto", "tenor", "bass")


def read_piece(name: str) -> Piece | None:
    """Return the chorale in a corpus file such as "bwv66.6.mxl", or None if it has no four clear voices."""
    score = converter.parse(corpus.getWork(f"bach/{name}"))
    parts = _four_parts(score)
    if parts is None:
        return None
    steps = round(max(part.highestTime for part in parts) * STEPS_PER_QUARTER)
    voices = [_read_part(part, steps) for part in parts]
    pitches = np.stack([voice[0] for voice in voices], axis=1)
    onsets = np.stack([voice[1] for voice in voices], axis=1)
    phase, bar = _bar_places(parts[0], steps)
    return Piece(name, pitches, onsets, voices[0][2], phase, bar, 1.0)


def _four_parts(score: Stream) -> list[Stream] | None:
    parts = list(score.parts)
    named = {str(part.partName or part.id).strip().lower().rstrip("."): part for part in parts}
    if all(voice in named for voice in _VOICES):
        return [named[voice] for voice in _VOICES]
    return parts if len(parts) == len(_VOICES) else None


def _read_part(part: Stream, steps: int) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]:
    """Return pitches, onsets and fermatas of one part on the grid; ties are joined."""
    pitches, onsets = np.full(steps, REST), np.zeros(steps, bool)
    fermata = np.zeros(steps, np.int64)
    for note in part.flatten().notes:
        start = round(float(note.offset) * STEPS_PER_QUARTER)
        end = start + max(1, round(float(note.quarterLength) * STEPS_PER_QUARTER))
        if start >= steps or note.duration.isGrace:
            continue
        pitches[start:end] = max(pitch.midi for pitch in note.pitches)
        onsets[start] = note.tie is None or note.tie.type == "start"
        if any(isinstance(mark, expressions.Fermata) for mark in note.expressions):
            fermata[start:end] = 1
    return pitches, onsets, fermata


def _bar_places(part: Stream, steps: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return, for each step, the steps since the bar line and the length of its bar.

    A short measure is an upbeat (it ends at a bar line) if it is the first or completes the short one before it.
    """
    phase, bar = np.full(steps, -1), np.full(steps, -1)
    before_was_short = True
    for measure in part.getElementsByClass(stream.Measure):
        start = round(float(measure.offset) * STEPS_PER_QUARTER)
        length = round(float(measure.duration.quarterLength) * STEPS_PER_QUARTER)
        whole = round(float(measure.barDuration.quarterLength) * STEPS_PER_QUARTER)
        short = length < whole
        first = whole - length if short and before_was_short else 0
        before_was_short = short and not first
        place = first + np.arange(len(phase[start : start + length]))
        phase[start : start + length] = place % whole
        bar[start : start + length] = whole
    return phase, bar
