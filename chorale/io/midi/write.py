"""Writing MIDI: a conductor's track, a track for each voice and one for drums, to the tick."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from chorale.errors import InputError
from chorale.files import atomic_write
from chorale.io.midi.tracks import DRUMS
from chorale.music import STEPS_PER_QUARTER, VOICES, Meter, Score, Voice
from chorale.music.clip import played

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from chorale.music import Clip, DrumPattern

__all__ = ["CHOIR", "TICKS_PER_STEP", "conductor", "midi_bytes", "track_of", "write_midi"]

CHOIR = (52, 52, 52, 52)
"""General MIDI "Choir Aahs" for every voice, counted from 0."""
TICKS_PER_STEP = 120
_VELOCITY = 80
_MICROSECONDS_PER_MINUTE = 60_000_000
_CLOCKS_PER_QUARTER = 24  # MIDI clocks, of which the metronome clicks so many a beat
Timed = tuple[int, int, Any]  # tick, rank among the events of the tick, mido message


def write_midi(score: Score, path: Path, *, programs: Sequence[int] = CHOIR) -> None:
    """Write a score as a MIDI file of type 1.

    Args:
        score: the music.
        path: where to; an older file there is replaced in one stroke.
        programs: General MIDI program of each voice, 0..127, soprano first.

    Raises:
        InputError: the score has no steps, a program is out of range or the file cannot be written.
    """
    atomic_write(path, midi_bytes(score, programs=programs))


def midi_bytes(score: Score, *, programs: Sequence[int] = CHOIR) -> bytes:
    """Return a score as a MIDI file: ``TICKS_PER_STEP`` ticks a step, five tracks, channels 0 to 3.

    Drums are a sixth track, on the channel of percussion, each hit as far from the grid as it is, to the tick.
    A pickup is a first bar in a short meter of its own, as notation programs write it.
    """
    import mido  # noqa: PLC0415  only when a file is written

    if len(programs) != len(VOICES) or not all(0 <= program <= 127 for program in programs):
        raise InputError(f"programs {list(programs)}: wanted four from 0 to 127, soprano first")
    if not score.steps:
        raise InputError("the score is empty: wanted at least one bar to write")
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_STEP * STEPS_PER_QUARTER, charset="utf-8")
    end = score.steps * TICKS_PER_STEP
    file.tracks.append(track_of(conductor(score, TICKS_PER_STEP, score.title, score.composer), end))
    for voice in VOICES:
        file.tracks.append(track_of(_voice(score, voice, programs[voice]), end))
    if score.drums is not None:
        file.tracks.append(track_of(_drums(score.drums), end))
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def track_of(events: Iterable[Timed], end: int) -> Any:  # noqa: ANN401  mido ships no types
    """Return a track of (tick, rank, message), with times as ticks since the event before, ending at a tick."""
    import mido  # noqa: PLC0415

    track = mido.MidiTrack()
    now = 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        message.time = tick - now
        track.append(message)
        now = tick
    track.append(mido.MetaMessage("end_of_track", time=max(0, end - now)))
    return track


def conductor(music: Score | Clip, ticks_per_step: int, title: str, composer: str = "") -> Iterable[Timed]:
    """Yield the events of the first track: title, tempo, key and meters."""
    from mido import MetaMessage  # noqa: PLC0415

    if title:
        yield 0, 0, MetaMessage("track_name", name=title)
    if composer:
        yield 0, 1, MetaMessage("text", text=composer)
    yield 0, 2, MetaMessage("set_tempo", tempo=round(_MICROSECONDS_PER_MINUTE / music.qpm))
    if music.key is not None:
        name = music.key.tonic_name + ("m" if music.key.mode == "minor" else "")
        yield 0, 3, MetaMessage("key_signature", key=name)
    if music.pickup:
        yield 0, 4, _time_signature(_pickup_meter(music.pickup))
    yield music.pickup * ticks_per_step, 5, _time_signature(music.meter)


def _time_signature(meter: Meter) -> Any:  # noqa: ANN401
    from mido import MetaMessage  # noqa: PLC0415

    clocks = meter.steps_per_beat * _CLOCKS_PER_QUARTER // STEPS_PER_QUARTER
    return MetaMessage("time_signature", numerator=meter.beats, denominator=meter.unit, clocks_per_click=clocks)


def _pickup_meter(steps: int) -> Meter:
    """Return the shortest way to write a bar of so many steps: 4 is 1/4, 6 is 3/8."""
    unit = next(unit for unit in (4, 8, 16) if steps % (16 // unit) == 0)
    return Meter(steps * unit // 16, unit)


def _voice(score: Score, voice: Voice, program: int) -> Iterable[Timed]:
    """Yield one voice's events; at one tick a note ends before the next begins."""
    from mido import Message, MetaMessage  # noqa: PLC0415

    yield 0, 0, MetaMessage("track_name", name=voice.label)
    yield 0, 1, Message("program_change", channel=int(voice), program=program)
    if voice is Voice.SOPRANO:
        for step, syllable in score.lyrics:
            yield step * TICKS_PER_STEP, 3, MetaMessage("lyrics", text=syllable)
    for note in score.chorale.notes(voice):
        yield note.end * TICKS_PER_STEP, 2, Message("note_off", channel=int(voice), note=note.pitch, velocity=0)
        yield (
            note.start * TICKS_PER_STEP,
            4,
            Message("note_on", channel=int(voice), note=note.pitch, velocity=_VELOCITY),
        )


def _drums(drums: DrumPattern) -> Iterable[Timed]:
    """Yield the events of the drums."""
    from mido import Message, MetaMessage  # noqa: PLC0415

    yield 0, 0, MetaMessage("track_name", name="Drums")
    for note in map(played, drums.strokes()):
        start, end = round(note.start * TICKS_PER_STEP), round(note.end * TICKS_PER_STEP)
        yield end, 2, Message("note_off", channel=DRUMS, note=note.pitch, velocity=0)
        yield start, 4, Message("note_on", channel=DRUMS, note=note.pitch, velocity=note.velocity)
