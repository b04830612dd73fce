"""From a score or a clip to sound: one stereo stem a track, block by block.

Shapes: a block is (5, BLOCK, 2) float32 at 44.1 kHz: four voices, then the drums; full scale is 1. Blocks follow one
another without a seam, so a score of any length needs the memory of a few of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from chorale.audio.cues import CHOKE_SECONDS, Cue, Playable, cues
from chorale.audio.instruments import Preset
from chorale.audio.mix import DRUMS, TRACKS
from chorale.audio.reverb import BLOCK, Room
from chorale.audio.sampler import KIT, NoteBank, Timbre, timbre
from chorale.audio.sampling import RATE, FloatArray
from chorale.audio.soundfont import SoundFont, default_font
from chorale.audio.timeline import Route, TimeMap
from chorale.errors import InputError

__all__ = ["LONGEST_STEMS_SECONDS", "Stream", "bank", "prepare", "render_note", "render_stems"]

LONGEST_STEMS_SECONDS = 900
"""What ``render_stems`` holds in memory at most (1.3 GB); ``wav`` and the player stream and have no such limit."""
_DECAY = 6.9  # natural logarithm of 60 dB
_DRUMS_IN_ROOM = 0.35  # of the voices' share: a kit stands nearer than a choir
_TO_MONO = np.full(2, 0.5, dtype=np.float32)


def bank(soundfont: Path | None = None) -> NoteBank:
    """Return the notes of a font (None: the one that comes along), shared by all who ask.

    Raises:
        InputError: the font cannot be used.
    """
    return _bank(Path(soundfont) if soundfont is not None else default_font())


@lru_cache(maxsize=2)
def _bank(path: Path) -> NoteBank:
    return NoteBank(SoundFont(path))


@dataclass
class _Sounding:
    """A note on its way through the blocks; frames count from the start of the stream."""

    start: int
    release: int
    end: int
    skipped: int
    gain: float
    fade_in: int
    sample: FloatArray

    def add_to(self, block: FloatArray, at: int, release_frames: float) -> None:
        """Add what falls into the block (BLOCK, 2) that begins at frame ``at``."""
        first, last = max(self.start, at), min(self.end, at + len(block))
        if first >= last:
            return
        offset = first - self.start + self.skipped
        part = self.sample[offset : offset + last - first]
        age = np.arange(first - self.start, first - self.start + len(part), dtype=np.float32)
        level = np.full(len(part), self.gain, dtype=np.float32)
        if first - self.start < self.fade_in:
            level *= np.minimum(1, age / self.fade_in)
        if last > self.release:
            let_go = np.maximum(0, age - (self.release - self.start))
            level *= np.exp(-_DECAY / release_frames * let_go)
        block[first - at : first - at + len(part)] += part * level[:, None]


class Stream:
    """The sound of a score or a clip along a route, block after block.

    Args:
        notes: its cues.
        route: from where, and whether round a loop.
        preset: the instrument.
        source: where single notes come from.
    """

    def __init__(self, notes: list[Cue], route: Route, preset: Preset, source: NoteBank) -> None:
        self._preset, self._bank, self._route = preset, source, route
        self._timbres = [_timbre(preset, track) for track in range(TRACKS)]
        self._gains = _channel_gains(preset)
        self._releases = [CHOKE_SECONDS if track == DRUMS else preset.release for track in range(TRACKS)]
        sends = (preset.reverb,) * DRUMS + (preset.reverb * _DRUMS_IN_ROOM,)
        self._room = Room(preset.tail, sends) if preset.reverb else None
        self._rings_until = max((cue.release for cue in notes if cue.voice == DRUMS), default=0.0)
        self._coming = _along(notes, route)
        self._next = next(self._coming, None)
        self._sounding: list[list[_Sounding]] = [[] for _ in range(TRACKS)]
        self._at = 0

    @property
    def sounding_frames(self) -> float:
        """Frames until the end of the score is reached; infinite round a loop."""
        return self._route.seconds * RATE

    @property
    def frames(self) -> float:
        """Frames until the last tail has died away; infinite round a loop."""
        over = max(self._preset.release, self._rings_until + CHOKE_SECONDS - self._route.times.seconds)
        ringing = over + (self._preset.tail if self._preset.reverb else 0.0) + 0.05
        return self.sounding_frames + ringing * RATE

    def block(self) -> FloatArray:
        """Return the next (5, BLOCK, 2); silence after the end."""
        self._admit(self._at + BLOCK)
        out = np.zeros((TRACKS, BLOCK, 2), dtype=np.float32)
        for voice, notes in enumerate(self._sounding):
            for note in notes:
                note.add_to(out[voice], self._at, self._releases[voice] * RATE)
            self._sounding[voice] = [note for note in notes if note.end > self._at + BLOCK]
        out *= self._gains[:, None, :]
        if self._room is not None:
            answer = self._room.block(out @ _TO_MONO)
            if answer is not None:
                out += answer
        self._at += BLOCK
        return out

    def _admit(self, until: int) -> None:
        while self._next is not None and self._next[0] * RATE < until:
            elapsed, skipped, cue = self._next
            if cue is not None:
                self._sounding[cue.voice].append(self._begun(elapsed, skipped, cue))
            self._next = next(self._coming, None)

    def _begun(self, elapsed: float, skipped: float, cue: Cue) -> _Sounding:
        preset, fading = self._preset, self._releases[cue.voice]
        held = cue.release - cue.start - skipped
        if cue.followed is not None:
            held += preset.legato if cue.followed != cue.pitch else -min(preset.detach, held / 4)
        start, release = round(elapsed * RATE), round((elapsed + held) * RATE)
        needed = release + round(fading * RATE) - start + round(skipped * RATE)
        sample = self._bank.note(self._timbres[cue.voice], cue.pitch, needed)
        attack = 0.0 if cue.voice == DRUMS else preset.attack
        fade_in = round(max(attack, 0.02 if skipped else 0.0005) * RATE)
        end = start + max(0, min(needed, len(sample)) - round(skipped * RATE))
        release = min(release, end - round(fading * RATE))  # one held beyond the sample's end dies away there
        return _Sounding(start, release, end, round(skipped * RATE), cue.accent, fade_in, sample)


def prepare(cue: Cue, preset: Preset, source: NoteBank) -> None:
    """Have the note of a cue made, so that a stream finds it ready."""
    fading = CHOKE_SECONDS if cue.voice == DRUMS else preset.legato + preset.release
    source.note(_timbre(preset, cue.voice), cue.pitch, round((cue.release - cue.start + fading) * RATE))


def _timbre(preset: Preset, track: int) -> Timbre:
    return KIT if track == DRUMS else timbre(preset, track)


def _channel_gains(preset: Preset) -> FloatArray:
    """Return the gains (5, 2) of the tracks to the left and right, constant in power over the pan."""
    rows = []
    for voice in preset.voices:
        angle = (voice.pan + 1) * np.pi / 4
        gain = 10 ** ((voice.gain_db + preset.gain_db) / 20) * np.sqrt(2)
        rows.append([gain * np.cos(angle), gain * np.sin(angle)])
    return np.array([*rows, [1.0, 1.0]], dtype=np.float32)


def _along(notes: list[Cue], route: Route) -> Iterator[tuple[float, float, Cue | None]]:
    """Yield (seconds since the start of the route, seconds of the note already past, cue) in order.

    Every stretch begins with a cue of None, so that a loop without notes passes time too.
    """
    for elapsed, begin, stop in route.stretches():
        yield elapsed, 0.0, None
        for cue in notes:
            if cue.voice == DRUMS and elapsed and cue.start < begin:
                continue  # round a loop: what was struck before it is not struck again
            if cue.start < stop and cue.release > begin:
                rings = cue.release <= stop or cue.voice == DRUMS  # a cymbal does not stop with the bar
                cut = cue if rings else replace(cue, release=stop, followed=None)
                yield elapsed + max(0.0, cue.start - begin), max(0.0, begin - cue.start), cut


def render_stems(
    score: Playable, preset: Preset, *, speed: float = 1.0, fermatas: bool = True, soundfont: Path | None = None
) -> FloatArray:
    """Return a score or a clip as sound, one stem a track, with their tails: (5, frames, 2) float32 at 44.1 kHz.

    Args:
        score: what to play.
        preset: the instrument.
        speed: times the written tempo.
        fermatas: whether they are held.
        soundfont: the user's own .sf2; None for the one that comes along.

    Raises:
        InputError: the SoundFont cannot be used, or the score lasts longer than ``LONGEST_STEMS_SECONDS``.
    """
    times = TimeMap.of(score, speed=speed, fermatas=fermatas)
    if times.seconds > LONGEST_STEMS_SECONDS:
        raise InputError(
            f"the score lasts {times.seconds / 60:.0f} minutes: stems are made of {LONGEST_STEMS_SECONDS // 60} at most"
        )
    stream = Stream(cues(score, times), Route(times), preset, bank(soundfont))
    frames = int(stream.frames)
    stems = np.empty((TRACKS, frames, 2), dtype=np.float32)
    for at in range(0, frames, BLOCK):
        stems[:, at : at + BLOCK] = stream.block()[:, : frames - at]
    return stems


@lru_cache(maxsize=32)
def render_note(
    pitch: int, preset: Preset, voice: int, *, seconds: float = 0.5, soundfont: Path | None = None
) -> FloatArray:
    """Return one note for an ear to try, (frames, 2) float32, tail included; kept, so the second time is free.

    Args:
        pitch: MIDI number.
        preset: the instrument.
        voice: 0..3, whose sound and place in the room it takes, or the track of the drums.
        seconds: how long it is held.
        soundfont: the user's own .sf2; None for the one that comes along.

    Raises:
        InputError: the SoundFont cannot be used.
    """
    times = TimeMap(np.array([0.0, seconds]), np.zeros(1))
    stream = Stream([Cue(voice, pitch, 0.0, seconds)], Route(times), preset, bank(soundfont))
    frames = int(stream.frames)
    note = np.concatenate([stream.block()[voice] for _ in range(-(-frames // BLOCK))])[:frames]
    note.setflags(write=False)
    return note
