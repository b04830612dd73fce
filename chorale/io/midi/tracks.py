"""From MIDI messages to notes, channel by channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from chorale.errors import InputError
from chorale.io.raw import MAX_NOTES, RawNote, RawPart
from chorale.music import STEPS_PER_QUARTER

__all__ = ["DRUMS", "Channel", "TrackReader", "text"]

DRUMS = 9
"""The channel that General MIDI gives to percussion, counted from 0."""


@dataclass(slots=True)
class Channel:
    """What one channel plays in one track; ``program`` is the first General MIDI program, 0..127, or None."""

    part: RawPart
    number: int
    program: int | None = None


@dataclass
class TrackReader:
    """Collects the notes of one MIDI track.

    A second start of a sounding pitch ends the first; what never ends lasts to the end of the track; a note without
    length is left out, unless it is a drum's, which needs none.

    Args:
        ticks_per_quarter: the file's division.
        channels: by channel number, filled by ``read``.
        name: the track's name, found by ``read``.
        syllables: lyric events by tick.
        ticks: the time of the last event.
    """

    ticks_per_quarter: int
    channels: dict[int, Channel] = field(default_factory=dict)
    name: str = ""
    syllables: dict[int, str] = field(default_factory=dict)
    ticks: int = 0
    _starts: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    _count: int = 0

    def read(self, messages: list[Any]) -> None:
        """Read mido messages.

        Raises:
            InputError: there are more than ``MAX_NOTES`` notes.
        """
        for message in messages:
            self.ticks += message.time
            self._take(message)
        for channel, pitch in list(self._starts):
            self._close(channel, pitch)
        for channel_read in self.channels.values():
            channel_read.part.name = self.name

    def steps(self, tick: int) -> Fraction:
        """Return a tick as exact steps."""
        return Fraction(tick * STEPS_PER_QUARTER, self.ticks_per_quarter)

    def _take(self, message: Any) -> None:  # noqa: ANN401  mido ships no types
        kind = message.type
        if kind == "track_name":
            self.name = self.name or text(message.name)
        elif kind == "lyrics":
            self.syllables[self.ticks] = text(message.text)
        elif kind == "program_change":
            channel = self._channel(message.channel)
            channel.program = message.program if channel.program is None else channel.program
        elif kind in {"note_on", "note_off"}:
            self._close(message.channel, message.note)
            if kind == "note_on" and message.velocity:
                self._open(message.channel, message.note, message.velocity)

    def _channel(self, number: int) -> Channel:
        return self.channels.setdefault(number, Channel(RawPart(""), number))

    def _open(self, channel: int, pitch: int, velocity: int) -> None:
        self._count += 1
        if self._count > MAX_NOTES:
            raise InputError(f"more than {MAX_NOTES} notes: wanted at most so many in one file")
        self._starts[channel, pitch] = self.ticks, velocity

    def _close(self, channel: int, pitch: int) -> None:
        start, velocity = self._starts.pop((channel, pitch), (self.ticks, 0))
        end = max(self.ticks, start + 1) if channel == DRUMS and velocity else self.ticks
        if end > start:
            lyric = self.syllables.pop(start, "")
            note = RawNote(self.steps(start), self.steps(end), pitch, lyric=lyric, velocity=velocity)
            self._channel(channel).part.notes.append(note)


def text(value: str) -> str:
    """Return a text event as people meant it: UTF-8 where it is, else Latin-1, which is how mido was told to read."""
    try:
        return value.encode("latin-1").decode("utf-8").strip("\0 ")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return value.strip("\0 ")
