"""Clips in and out: what the tools of the Studio read and write, with exact times and velocities.

A clip is read from one part of a file: the drums, the likeliest tune, or everything that sounds.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from chorale.errors import InputError
from chorale.files import atomic_write
from chorale.io.lines import top_line
from chorale.io.midi.read import heard, midi_data, parsed, take_facts
from chorale.io.midi.tracks import DRUMS, Channel
from chorale.io.midi.tune import in_order
from chorale.io.midi.write import conductor, track_of
from chorale.io.raw import RawNote, RawPiece, plural
from chorale.music import PIECE_OF_KEY, STEPS_PER_QUARTER, Clip, ClipNote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = ["ClipReading", "Wanted", "clip_bytes", "midi_clip", "read_midi_clip", "write_clip"]

Wanted = Literal["melody", "drums", "anything"]
_TICKS_PER_STEP = 120
_MOST_TICKS = 32767 // STEPS_PER_QUARTER  # a step, by the format
_PIANO = 0


@dataclass(frozen=True)
class ClipReading:
    """A clip as read from a file.

    Args:
        clip: the notes.
        warnings: one line each on what was left out or cannot be kept.
    """

    clip: Clip
    warnings: tuple[str, ...] = ()


def read_midi_clip(path: Path, wanted: Wanted) -> ClipReading:
    """Read a melody, the drums or all notes of a MIDI file.

    Raises:
        InputError: the file is damaged or too long, or has nothing of what is wanted.
    """
    data = midi_data(path)
    try:
        return midi_clip(data, wanted, path.stem)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def midi_clip(data: bytes, wanted: Wanted, name: str = "") -> ClipReading:
    """Read a clip from the bytes of a MIDI file; see ``read_midi_clip``."""
    file = parsed(data)
    found = heard(file)
    playing = [channel for channel in found.channels if channel.part.notes]
    if not playing:
        raise InputError("no notes: wanted a clip with music in it")
    notes, warnings = _CHOICES[wanted](playing)
    piece = RawPiece([channel.part for channel in playing], warnings=warnings)
    take_facts(piece, found, file.ticks_per_beat)
    clip = Clip(
        tuple(ClipNote(note.start, note.midi, note.end, note.velocity) for note in notes),
        _length(piece, max(found.ends)),
        meter=piece.meter,
        qpm=min(max(piece.qpm or 120.0, 10.0), 400.0),
        key=piece.key,
        pickup=int(piece.pickup),
        drums=wanted == "drums",
        name=name,
    )
    return ClipReading(clip, tuple(piece.warnings))


def _length(piece: RawPiece, end_of_tracks: Fraction) -> int:
    """Return the steps up to the end of the tracks where that is a bar line: a loop may end in silence.

    An end that is more than the music's own length away from it is not meant.
    """
    beyond = end_of_tracks - piece.length
    on_bar_line = (end_of_tracks - piece.pickup) % piece.meter.steps_per_bar == 0
    meant = on_bar_line and 0 < beyond <= piece.length
    return math.ceil(end_of_tracks if meant else piece.length)


def _melody(playing: Sequence[Channel]) -> tuple[list[RawNote], list[str]]:
    """Return the line of the likeliest tune; of chords the top."""
    melodic = in_order([channel for channel in playing if channel.number != DRUMS])
    if not melodic:
        raise InputError("only drums: wanted a melody (or ask for drums)")
    warnings = []
    line = top_line(melodic[0].part.notes)
    left = len(melodic[0].part.notes) - len(line)
    if left:
        warnings.append(f"chords: took the top line, and left out {plural(left, 'note')} below it")
    others = len(playing) - 1
    if others:
        warnings.append(f"took the part {melodic[0].part.name or 'that is likeliest the tune'} of {others + 1}")
    return line, warnings


def _drums(playing: Sequence[Channel]) -> tuple[list[RawNote], list[str]]:
    """Return what the percussion channel plays."""
    notes = [note for channel in playing if channel.number == DRUMS for note in channel.part.notes]
    if not notes:
        raise InputError("no drums: wanted notes on MIDI channel 10")
    unknown = sum(note.midi not in PIECE_OF_KEY for note in notes)
    told = f"{plural(unknown, 'note')} of other percussion: kept as played, and not read by the model"
    return notes, [told] if unknown else []


def _anything(playing: Sequence[Channel]) -> tuple[list[RawNote], list[str]]:
    return [note for channel in playing for note in channel.part.notes], []


_CHOICES = {"melody": _melody, "drums": _drums, "anything": _anything}


def write_clip(clip: Clip, path: Path, *, program: int = _PIANO) -> None:
    """Write a clip as a MIDI file; see ``clip_bytes``.

    Raises:
        InputError: the clip has no steps, or the file cannot be written.
    """
    atomic_write(path, clip_bytes(clip, program=program))


def clip_bytes(clip: Clip, *, program: int = _PIANO) -> bytes:
    """Return a clip as a MIDI file of type 1, with times as exact as its division can be made to hold them."""
    import mido  # noqa: PLC0415  only when a file is written

    if not clip.steps:
        raise InputError("the clip is empty: wanted at least one bar to write")
    ticks = _ticks_per_step(clip.notes)
    file = mido.MidiFile(type=1, ticks_per_beat=ticks * STEPS_PER_QUARTER, charset="utf-8")
    file.tracks.append(track_of(conductor(clip, ticks, clip.name), clip.steps * ticks))
    last = max([Fraction(clip.steps), *(note.end for note in clip.notes)])
    file.tracks.append(track_of(_events(clip, ticks, program), math.ceil(last * ticks)))
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _ticks_per_step(notes: Iterable[ClipNote]) -> int:
    """Return a division that holds all times exactly, or the finest usual one if none can."""
    times = {time for note in notes for time in (note.start, note.end)}
    needed = math.lcm(_TICKS_PER_STEP, *(time.denominator for time in times))
    return needed if needed <= _MOST_TICKS else 8 * _TICKS_PER_STEP


def _events(clip: Clip, ticks: int, program: int) -> Iterator[tuple[int, int, Any]]:
    """Yield the events; at one tick a note ends before the next begins."""
    from mido import Message, MetaMessage  # noqa: PLC0415

    channel = DRUMS if clip.drums else 0
    yield 0, 0, MetaMessage("track_name", name="Drums" if clip.drums else "Melody")
    if not clip.drums:
        yield 0, 1, Message("program_change", channel=channel, program=program)
    struck_again: dict[int, int] = {}  # when each key is struck next; a key that is down cannot be struck
    for note in reversed(clip.notes):
        start, end = round(note.start * ticks), round(note.end * ticks)
        end, struck_again[note.pitch] = min(end, struck_again.get(note.pitch, end)), start
        yield max(end, start + 1), 2, Message("note_off", channel=channel, note=note.pitch, velocity=0)
        yield start, 4, Message("note_on", channel=channel, note=note.pitch, velocity=note.velocity)
