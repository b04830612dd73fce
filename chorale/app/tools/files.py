"""Clips from files of every kind, and into MIDI files."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from chorale.errors import InputError
from chorale.music import VOICES, Clip, ClipNote, Score

if TYPE_CHECKING:
    from pathlib import Path

    from chorale.io.midi import ClipReading, Wanted

__all__ = ["clip_of", "read_clip", "save"]

_MIDI = (".mid", ".midi")


def read_clip(path: Path, wanted: Wanted) -> ClipReading:
    """Read a clip: of MIDI the tune, the drums or all; of a score the soprano, or all voices where anything will do.

    Raises:
        InputError: the file cannot be read, or has nothing of what is wanted.
    """
    from chorale import io  # noqa: PLC0415  the readers load when a file is read
    from chorale.io.midi import ClipReading, read_midi_clip  # noqa: PLC0415  likewise

    if path.suffix.lower() in _MIDI:
        return read_midi_clip(path, wanted)
    if wanted == "drums":
        raise InputError(f"{path} has no drums: wanted a MIDI file with notes on channel 10")
    reading = io.read(path)
    return ClipReading(clip_of(reading.score, all_voices=wanted == "anything"), reading.warnings)


def clip_of(score: Score, *, all_voices: bool = False) -> Clip:
    """Return a score's soprano, or all its voices, as a clip."""
    voices = VOICES if all_voices else VOICES[:1]
    notes = [note for voice in voices for note, _ in score.notes(voice)]
    return Clip(
        tuple(ClipNote(Fraction(note.start), note.pitch, Fraction(note.end)) for note in notes),
        score.steps,
        meter=score.meter,
        qpm=score.qpm,
        key=score.key,
        pickup=score.pickup,
        name=score.title,
    )


def save(clip: Clip, path: Path) -> None:
    """Write a clip as a MIDI file, times as exact as they are.

    Raises:
        InputError: the suffix is not MIDI's, or the file cannot be written.
    """
    if path.suffix.lower() not in _MIDI:
        raise InputError(f"{path}: clips are written as MIDI; wanted a name that ends in .mid")
    from chorale.io.midi import write_clip  # noqa: PLC0415  the writers load when a file is written

    write_clip(clip, path)
