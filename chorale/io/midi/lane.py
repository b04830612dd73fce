"""The drums of a MIDI file, as what plays under a score's voices."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from chorale.io.midi.tracks import DRUMS
from chorale.io.raw import plural
from chorale.io.reading import Reading
from chorale.music import Clip, ClipNote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chorale.io.midi.tracks import Channel

__all__ = ["with_drums"]


def with_drums(reading: Reading, channels: Sequence[Channel]) -> Reading:
    """Return a score as read with the file's drums under it; a line says what the nine pieces cannot hold."""
    score = reading.score
    notes = [note for channel in channels if channel.number == DRUMS for note in channel.part.notes]
    inside = [ClipNote(note.start, note.midi, note.end, note.velocity) for note in notes if note.start < score.steps]
    pattern = Clip(tuple(inside), score.steps, drums=True).pattern if score.steps else None
    kept = 0 if pattern is None else int(pattern.hits.sum())
    warnings = reading.warnings
    if kept < len(notes):
        told = f"left out {plural(len(notes) - kept, 'note')} of percussion, of {len(notes)}"
        warnings = (*warnings, f"{told}: other instruments, or two hits at once")
    if not kept:
        return Reading(score, warnings)
    return dataclasses.replace(reading, score=score.replace(drums=pattern), warnings=warnings)
