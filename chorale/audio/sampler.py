"""Single notes, ready to be mixed: even in loudness over the compass, speaking at once, kept for the next time.

A font's samples differ in level from key to key and some take a quarter of a second to speak. Here every note is
brought to one loudness, and what lies before its speaking is left out, so that it is heard when it is written.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

from chorale.audio.instruments import Preset
from chorale.audio.loudness import weighted_power
from chorale.audio.sampling import RATE, FloatArray, held_note
from chorale.audio.soundfont import SoundFont

__all__ = ["NoteBank", "Timbre", "timbre"]

_LEVEL = 10 ** (-23 / 10)  # K-weighted mean square of a note's loudest 400 ms: four of them stay clear of full scale
_WINDOW = 17640  # frames, 400 ms
_HOP = 220  # frames, 5 ms
_SPEAKS = 0.35  # share of its early level at which a note is heard to begin
_LEAD = 330  # frames kept before that
_SLOWEST = 6600  # frames, 150 ms: more than that is never left out
_LARGEST_GAIN = 60.0
_LENGTHS = tuple((1 << bits) - 4096 for bits in range(16, 22))  # frames; with 4096 to spare they fit an FFT
_MEMORY = 192 * 2**20  # bytes


@dataclass(frozen=True)
class Timbre:
    """What decides how a note sounds, besides its pitch and length."""

    programs: tuple[int, ...]
    width: float
    brightness_db: float
    vibrato: tuple[float, float, float]


def timbre(preset: Preset, voice: int) -> Timbre:
    """Return the timbre of one voice; each voice's vibrato has its own rate, as singers do."""
    cents, hertz = preset.vibrato
    own = (cents, hertz * (1 + 0.06 * (voice - 1.5)), 0.25) if cents else (0.0, 0.0, 0.0)
    return Timbre(preset.voices[voice].programs, preset.width, preset.brightness_db, own)


class NoteBank:
    """Notes of one font, made on demand and kept while there is room; safe to share between threads.

    Args:
        font: where the samples are.
    """

    def __init__(self, font: SoundFont) -> None:
        self._font = font
        self._notes: OrderedDict[tuple[Timbre, int, int], FloatArray] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def note(self, sound: Timbre, pitch: int, frames: int) -> FloatArray:
        """Return a held note (n, 2) with n at least ``frames``, or the longest there is: 47 s."""
        wanted = next((length for length in _LENGTHS if length >= frames + _SLOWEST), _LENGTHS[-1])
        key = (sound, pitch, wanted)  # by length too: what was asked before must not change how a score sounds
        with self._lock:
            kept = self._notes.get(key)
            if kept is not None:
                self._notes.move_to_end(key)
                return kept
        made = _made(self._font, sound, pitch, wanted)
        with self._lock:
            self._keep(key, made)
        return made

    def _keep(self, key: tuple[Timbre, int, int], made: FloatArray) -> None:
        old = self._notes.pop(key, None)
        self._bytes += made.nbytes - (old.nbytes if old is not None else 0)
        self._notes[key] = made
        while self._bytes > _MEMORY and len(self._notes) > 1:
            self._bytes -= self._notes.popitem(last=False)[1].nbytes


def _made(font: SoundFont, sound: Timbre, pitch: int, frames: int) -> FloatArray:
    layers = [held_note(font, program, pitch, frames, sound.vibrato) for program in sound.programs]
    speaking = [_from_speaking(layer if len(layers) == 1 else _level(layer)) for layer in layers]
    length = min(len(layer) for layer in speaking)
    mixed: FloatArray = np.asarray(sum(layer[:length] for layer in speaking), dtype=np.float32)
    if sound.brightness_db:
        mixed = _brightened(mixed, sound.brightness_db)
    middle = mixed.mean(axis=1, keepdims=True)
    return _level(middle + (mixed - middle) * np.float32(sound.width))


def _level(note: FloatArray) -> FloatArray:
    """Return a note at the common loudness, measured where it is loudest within its first 1.4 s."""
    early = note[: _LENGTHS[0]]
    hops = len(early) // (_WINDOW // 4)
    power = (early[: hops * (_WINDOW // 4)] ** 2).reshape(hops, -1).sum(axis=1)
    loudest = int(np.convolve(power, np.ones(4), "valid").argmax()) * (_WINDOW // 4)
    measured = weighted_power(early[loudest : loudest + _WINDOW])
    gain = min(np.sqrt(_LEVEL / measured), _LARGEST_GAIN) if measured > 0 else 0.0
    return note * np.float32(gain)


def _from_speaking(note: FloatArray) -> FloatArray:
    """Return the note from just before it is heard to begin, faded in over what was kept."""
    hops = RATE // 2 // _HOP
    level = np.sqrt((note[: hops * _HOP] ** 2).reshape(hops, -1).mean(axis=1))
    speaks = int(np.argmax(level > _SPEAKS * level.max())) * _HOP
    start = min(max(0, speaks - _LEAD), _SLOWEST)
    if start == 0:
        return note
    rest = note[start:].copy()
    rest[:_LEAD] *= np.linspace(0, 1, _LEAD, dtype=np.float32)[:, None]
    return rest


def _brightened(note: FloatArray, decibels: float) -> FloatArray:
    """Return the note with what lies above about 2 kHz raised or lowered, by a smooth shelf."""
    size = 1 << (len(note) - 1).bit_length()
    high = np.square(np.fft.rfftfreq(size, 1 / RATE) / 2000)
    shelf = 10 ** (decibels / 20 * high / (1 + high))
    spectrum = np.fft.rfft(note, size, axis=0) * shelf[:, None].astype(np.float32)
    return np.fft.irfft(spectrum, size, axis=0)[: len(note)].astype(np.float32)
