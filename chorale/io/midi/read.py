"""Reading MIDI: bounded parsing, tracks to notes, tempo, key and meter, then the common way to a score."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from chorale.errors import InputError
from chorale.io.assemble import assemble
from chorale.io.midi.lane import with_drums
from chorale.io.midi.tracks import DRUMS, Channel, TrackReader, text
from chorale.io.midi.tune import in_order
from chorale.io.raw import RawPiece, check_size
from chorale.io.sources import read_bytes
from chorale.music import STEPS_PER_QUARTER, Key, Meter

if TYPE_CHECKING:
    from pathlib import Path

    from chorale.io.reading import Reading

__all__ = ["Heard", "heard", "midi_data", "parsed", "read_midi", "take_facts"]

_MAX_SIZE = 1 << 20  # bytes: up to 350,000 events, some seconds of parsing
_STANDARD_QPM = 120.0  # of a file that states none; Standard MIDI Files 1.0
_MICROSECONDS_PER_MINUTE = 60_000_000


@dataclass
class _Conductor:
    """What the tracks say about all of them: (tick, value) pairs in file order."""

    tempi: list[tuple[int, float]] = field(default_factory=list)
    keys: list[tuple[int, Key]] = field(default_factory=list)
    meters: list[tuple[int, Meter]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    odd_meters: int = 0


def read_midi(path: Path) -> Reading:
    """Read a standard MIDI file, of type 0 or 1, bare or in a RIFF.

    Raises:
        InputError: the file is no MIDI file, is damaged, too long or without notes.
    """
    data = midi_data(path)
    try:
        file = parsed(data)
        found = heard(file)
        return with_drums(assemble(_piece(found, file.ticks_per_beat)), found.channels)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def midi_data(path: Path) -> bytes:
    """Return a MIDI file's bytes from its header on.

    Raises:
        InputError: it cannot be read, is too large or no MIDI file.
    """
    data = read_bytes(path, most=_MAX_SIZE)
    start = data.find(b"MThd", 0, 64)
    if start < 0:
        raise InputError(f"{path} does not begin like a MIDI file: wanted MThd, found {data[:4]!r}")
    return data[start:]


def parsed(data: bytes) -> Any:  # noqa: ANN401  mido ships no types
    """Return the file that some bytes are.

    Raises:
        InputError: they are damaged, in film frames or without tracks.
    """
    import mido  # noqa: PLC0415  only when a file is read

    try:
        file = mido.MidiFile(file=io.BytesIO(data), clip=True)
    except Exception as error:
        reason = " ".join(str(error).split())[:80] or "it ends too early"
        raise InputError(f"damaged or cut short: wanted a complete MIDI file ({reason})") from error
    if file.ticks_per_beat <= 0:
        raise InputError("its time is in film frames: wanted a MIDI file in beats")
    if not file.tracks:
        raise InputError("no tracks: wanted a MIDI file with notes")
    return file


@dataclass
class Heard:
    """What the tracks of a file hold: the channels that play, what conducts them, ends in steps, the file's name."""

    conductor: _Conductor = field(default_factory=_Conductor)
    channels: list[Channel] = field(default_factory=list)
    ends: list[Fraction] = field(default_factory=lambda: [Fraction(0)])
    name: str = ""


def heard(file: Any) -> Heard:  # noqa: ANN401
    """Return what the tracks of a parsed file hold."""
    found = Heard()
    for index, messages in enumerate(file.tracks):
        _conduct(found.conductor, messages)
        reader = TrackReader(file.ticks_per_beat)
        reader.read(messages)
        found.channels += reader.channels.values()
        found.ends.append(reader.steps(reader.ticks))
        if index == 0 and (file.type == 0 or not any(channel.part.notes for channel in found.channels)):
            found.name = reader.name
    return found


def _piece(found: Heard, ticks_per_quarter: int) -> RawPiece:
    channels, conductor = found.channels, found.conductor
    drums = [channel for channel in channels if channel.number == DRUMS and channel.part.notes]
    melodic = in_order([channel for channel in channels if channel.number != DRUMS])
    if not melodic:
        raise InputError("only percussion: wanted a melody" if drums else "no notes: wanted at least a melody")
    piece = RawPiece([channel.part for channel in melodic], title=found.name, composer=" ".join(conductor.texts[:1]))
    take_facts(piece, found, ticks_per_quarter)
    return piece


def take_facts(piece: RawPiece, found: Heard, ticks_per_quarter: int) -> None:
    """Set a piece's tempo, meter, key and length, and warn of what changes on the way."""
    _take_time(piece, found.conductor, Fraction(STEPS_PER_QUARTER, ticks_per_quarter))
    _take_key(piece, found.conductor)
    _take_length(piece, max(found.ends))


def _conduct(conductor: _Conductor, messages: list[Any]) -> None:
    tick = 0
    for message in messages:
        tick += message.time
        if message.type == "set_tempo" and message.tempo:
            conductor.tempi.append((tick, _MICROSECONDS_PER_MINUTE / message.tempo))
        elif message.type == "key_signature":
            conductor.keys.append((tick, Key.parse(message.key)))
        elif message.type == "time_signature":
            try:
                conductor.meters.append((tick, Meter(message.numerator, message.denominator)))
            except InputError:
                conductor.odd_meters += 1
        elif message.type == "text" and tick == 0:
            conductor.texts.append(text(message.text))


def _take_time(piece: RawPiece, conductor: _Conductor, steps_per_tick: Fraction) -> None:
    tempi = sorted(conductor.tempi, key=lambda pair: pair[0])
    piece.qpm = round(tempi[0][1], 2) if tempi else _STANDARD_QPM
    if any(abs(qpm - tempi[0][1]) > 0.5 for _, qpm in tempi):
        piece.warnings.append(f"the tempo changes: kept the first, {piece.qpm:g} quarters a minute, throughout")
    if conductor.odd_meters:
        piece.warnings.append("a meter that cannot be written in sixteenths was left out")
    meters = [(tick * steps_per_tick, meter) for tick, meter in sorted(conductor.meters, key=lambda pair: pair[0])]
    if (
        len(meters) > 1
        and meters[0][0] == 0
        and meters[1][0] == meters[0][1].steps_per_bar < meters[1][1].steps_per_bar
    ):
        piece.pickup = meters[1][0]
        meters = meters[1:]
    if meters:
        piece.meter = meters[0][1]
    if any(meter != piece.meter for _, meter in meters):
        piece.warnings.append(f"the meter changes: kept {piece.meter} throughout")


def _take_key(piece: RawPiece, conductor: _Conductor) -> None:
    keys = [key for _, key in sorted(conductor.keys, key=lambda pair: pair[0])]
    if keys:
        piece.key = keys[0]
    if any(key != keys[0] for key in keys):
        piece.warnings.append(f"the key signature changes: kept {keys[0]} throughout")


def _take_length(piece: RawPiece, end_of_tracks: Fraction) -> None:
    """End the score where the tracks end, if that is a likely place in the last bar that sounds, else with that bar.

    Likely is a beat, or the place that makes the last bar and the pickup a whole one.
    """
    size, beat = piece.meter.steps_per_bar, piece.meter.steps_per_beat
    sounding = max(note.end for part in piece.parts for note in part.notes)
    check_size(sounding, 0, piece.meter)
    bars = -((piece.pickup - round(sounding)) // size)
    end_of_bar = piece.pickup + bars * size
    into_bar = (end_of_tracks - piece.pickup) % size
    likely = into_bar % beat == 0 or into_bar == size - piece.pickup
    piece.length = end_of_tracks if likely and sounding <= end_of_tracks <= end_of_bar else end_of_bar
