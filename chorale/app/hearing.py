"""What to play so that a finding can be heard: its voices alone, slowly, with the note before."""

from collections.abc import Collection

import numpy as np

from chorale.music import REST, Chorale, Score
from chorale.music.time import QPM_RANGE
from chorale.theory import Finding

__all__ = ["SLOWLY", "passage", "passage_of"]

SLOWLY = 0.6
"""Times the score's tempo."""


def passage_of(score: Score, finding: Finding) -> tuple[Score, int]:
    """Return what lets a finding be heard, and the step to play it from; see ``passage``."""
    starts = [start for _, start in finding.notes] or [finding.start]
    ends = [_end(score, voice, start) for voice, start in finding.notes] or [finding.end + 1]
    first = _note_before(score, min([finding.start, *starts]), finding.voices)
    return passage(score, finding.voices, first, max(ends)), first


def passage(score: Score, voices: Collection[int], first: int, end: int) -> Score:
    """Return a score that is silent but for some voices from ``first`` to before ``end``, at a slow tempo.

    Its steps are those of the whole score, so that a playhead stays where the notes are; it stops at ``end``. A note
    that sounds on at ``first`` is struck there.
    """
    pitches, onsets = np.full((end, 4), REST, dtype=np.int16), np.zeros((end, 4), dtype=bool)
    for voice in voices:
        pitches[first:, voice] = score.chorale.pitches[first:end, voice]
        onsets[first:, voice] = score.chorale.onsets[first:end, voice]
        onsets[first, voice] = pitches[first, voice] != REST
    slow = max(QPM_RANGE[0], score.qpm * SLOWLY)
    return score.replace(chorale=Chorale(pitches, onsets), fermatas=frozenset(), lyrics=(), qpm=slow)


def _end(score: Score, voice: int, start: int) -> int:
    return next((note.end for note in score.chorale.notes(voice) if note.start == start), start + 1)


def _note_before(score: Score, first: int, voices: Collection[int]) -> int:
    """Return where the latest of the voices' notes before a step begins, within a bar; the step itself for none."""
    earliest = max(0, first - score.meter.steps_per_bar)
    onsets = score.chorale.onsets[earliest:first, sorted(voices)].any(axis=1)
    return earliest + int(np.flatnonzero(onsets)[-1]) if onsets.any() else first
