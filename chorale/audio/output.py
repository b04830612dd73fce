"""Where sound goes: five endless tapes on the sound card's mixer, or nowhere, where there is no card.

Each voice has a tape of 12 seconds, and the drums have one, that its mixer channel plays round and round. The player
writes ahead of the playhead, in blocks; so a score of any length, a loop or an edit in mid-flight sounds without a
seam, and mute and volume, which are the channels' own, act with the mixer's next buffer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from time import perf_counter
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from chorale.audio.hush import hushed
from chorale.audio.mix import TRACKS
from chorale.audio.reverb import BLOCK
from chorale.audio.sampling import RATE, FloatArray

__all__ = ["TAPE", "MixerOutput", "Output", "OutputLostError", "SilentOutput", "open_output", "to_int16"]

TAPE = 8 * BLOCK
"""Frames of a tape."""
_BUFFER = 512  # frames, 12 ms: small enough to act at once, large enough for a busy machine
_BUFFERS_AHEAD = 2  # one being filled while one is played
_AUDITIONS = 8  # channels beside those of the tapes
_FADE_MS = 25
_QUICK_SECONDS = 0.002
_TRIES = 8

Int16Array = NDArray[np.int16]


class OutputLostError(Exception):
    """The sound card is gone; the player goes on in silence."""


class Output(Protocol):
    """What a player needs of a sound card. Frames count from the moment of ``start``."""

    latency: float
    """Seconds from the mixer to the ear."""

    def write(self, frame: int, block: Int16Array) -> None:
        """Put (5, n, 2) on the tapes at a frame, and silence for a block after it."""

    def blend(self, frame: int, block: Int16Array, frames: int) -> None:
        """Write like ``write``, crossing over from what is on the tapes within so many frames."""

    def start(self) -> None:
        """Begin to play all tapes together, from frame 0."""

    def halt(self) -> None:
        """Stop the tapes, without a click."""

    def clear(self) -> None:
        """Stop at once and wipe the tapes."""

    def set_gains(self, gains: tuple[float, ...]) -> None:
        """Set the tracks' amplitudes, at once."""

    def strike(self, note: Int16Array, gain: float) -> None:
        """Sound a single note (n, 2) beside the tapes; the note struck before fades."""

    def chime(self, sound: Int16Array) -> None:
        """Sound one of the interface's own sounds (n, 2) beside everything else; nothing fades for it."""

    def close(self) -> None:
        """Let go of the sound card."""


class SilentOutput:
    """An output that sounds nowhere; time passes all the same."""

    latency = 0.0

    def write(self, frame: int, block: Int16Array) -> None:
        """Do nothing."""

    def blend(self, frame: int, block: Int16Array, frames: int) -> None:
        """Do nothing."""

    def start(self) -> None:
        """Do nothing."""

    def halt(self) -> None:
        """Do nothing."""

    def clear(self) -> None:
        """Do nothing."""

    def set_gains(self, gains: tuple[float, ...]) -> None:
        """Do nothing."""

    def strike(self, note: Int16Array, gain: float) -> None:
        """Do nothing."""

    def chime(self, sound: Int16Array) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class MixerOutput:
    """The sound card, through pygame's mixer.

    Raises:
        OutputLostError: there is none, or it cannot play 44.1 kHz stereo.
    """

    def __init__(self) -> None:
        import pygame  # noqa: PLC0415  heavy, and not needed where there is no sound

        self._pygame = pygame
        try:
            self._open()
        except (pygame.error, NotImplementedError) as error:  # a build without a mixer raises the latter
            raise OutputLostError(str(error)) from error
        self.latency = _BUFFERS_AHEAD * _BUFFER / RATE

    def _open(self) -> None:
        mixer = self._pygame.mixer
        if mixer.get_init() != (RATE, -16, 2):
            mixer.quit()
            with hushed():
                mixer.init(frequency=RATE, size=-16, channels=2, buffer=_BUFFER, allowedchanges=0)
        mixer.set_num_channels(TRACKS + _AUDITIONS)
        self._channels = [mixer.Channel(track) for track in range(TRACKS)]
        # in turn, and never by find_channel(force=True): that one stops the oldest sound, which may be a voice
        self._auditions = cycle([mixer.Channel(TRACKS + number) for number in range(_AUDITIONS)])
        self._sounds = [mixer.Sound(buffer=bytes(TAPE * 4)) for _ in range(TRACKS)]
        self._tapes: list[Int16Array] = [self._pygame.sndarray.samples(sound) for sound in self._sounds]
        self._struck: Any = None

    def write(self, frame: int, block: Int16Array) -> None:
        """Put (5, n, 2) on the tapes at a frame, and silence for a block after it."""
        hush = np.zeros((BLOCK, 2), dtype=np.int16)
        for tape, stem in zip(self._tapes, block, strict=True):
            _put(tape, frame + len(stem), hush)
            _put(tape, frame, stem)

    def blend(self, frame: int, block: Int16Array, frames: int) -> None:
        """Write like ``write``, crossing over from what is on the tapes within so many frames."""
        frames = min(frames, block.shape[1])
        places = np.arange(frame, frame + frames) % TAPE
        share = np.linspace(0, 1, frames, dtype=np.float32)[:, None]
        crossed = block.copy()
        for tape, stem in zip(self._tapes, crossed, strict=True):
            stem[:frames] = stem[:frames] * share + tape[places] * (1 - share)
        self.write(frame, crossed)

    def start(self) -> None:
        """Begin to play all tapes together, from frame 0.

        The mixer might fetch a buffer between two of these calls. They take microseconds; where they took
        longer, the chance is real, and they are made again.
        """
        with self._watched():
            for _ in range(_TRIES):
                began = perf_counter()
                for channel, sound in zip(self._channels, self._sounds, strict=True):
                    channel.play(sound, loops=-1)
                if perf_counter() - began < _QUICK_SECONDS:
                    break

    def halt(self) -> None:
        """Stop the tapes, without a click."""
        with self._watched():
            for channel in self._channels:
                channel.fadeout(_FADE_MS)

    def clear(self) -> None:
        """Stop at once and wipe the tapes."""
        with self._watched():
            for channel in self._channels:
                channel.stop()
        for tape in self._tapes:
            tape[:] = 0

    def set_gains(self, gains: tuple[float, ...]) -> None:
        """Set the tracks' amplitudes, at once.

        They are the sounds' volumes, since a channel's own is reset whenever it starts to play.
        """
        with self._watched():
            for sound, gain in zip(self._sounds, gains, strict=True):
                sound.set_volume(gain)

    def strike(self, note: Int16Array, gain: float) -> None:
        """Sound a single note (n, 2) beside the tapes; the note struck before fades."""
        with self._watched():
            if self._struck is not None:
                self._struck.fadeout(4 * _FADE_MS)
            self._struck = self._pygame.mixer.Sound(buffer=note.tobytes())
            self._struck.set_volume(gain)
            next(self._auditions).play(self._struck)

    def chime(self, sound: Int16Array) -> None:
        """Sound one of the interface's own sounds (n, 2) beside everything else; nothing fades for it."""
        with self._watched():
            next(self._auditions).play(self._pygame.mixer.Sound(buffer=sound.tobytes()))

    def close(self) -> None:
        """Let go of the sound card."""
        if self._pygame.mixer.get_init():
            self.clear()
            self._pygame.mixer.quit()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Tell a lost sound card from other errors: the mixer was closed under our hands, or fails."""
        try:
            yield
        except self._pygame.error as error:
            raise OutputLostError(str(error)) from error


def _put(tape: Int16Array, frame: int, sound: Int16Array) -> None:
    """Copy (n, 2) to a tape from a frame on, round its end."""
    at = frame % TAPE
    fits = min(len(sound), TAPE - at)
    tape[at : at + fits] = sound[:fits]
    tape[: len(sound) - fits] = sound[fits:]


def open_output() -> tuple[Output, str]:
    """Return the sound card and "", or silence and one line on why.

    Returns:
        The output, and a note for the window.
    """
    try:
        return MixerOutput(), ""
    except (OutputLostError, ImportError) as error:
        return (
            SilentOutput(),
            f"No sound: {str(error).strip().rstrip('.')}. Everything else works; plug in a device and press Play.",
        )


def to_int16(sound: FloatArray) -> Int16Array:
    """Return a sound as 16-bit integers; what is beyond full scale is held there."""
    return np.asarray(np.clip(np.rint(sound * 32767), -32768, 32767), dtype=np.int16)
