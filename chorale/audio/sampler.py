"""Single notes, ready to be mixed: even in loudness over the compass, speaking at once, kept for the next time.

A font's samples differ in level from key to key and some take a quarter of a second to speak. Here every note is
brought to one loudness, and what lies before its speaking is left out, so that it is heard when it is written.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from chorale.audio.instruments import Preset
from chorale.audio.loudness import weighted_power
from chorale.audio.sampling import RATE, FloatArray, held_note, struck_note
from chorale.audio.soundfont import SoundFont

__all__ = ["KIT", "NoteBank", "Timbre", "timbre"]

_LEVEL = 10 ** (-23 / 10)  # K-weighted mean square of a note's loudest 400 ms: four of them stay clear of full scale
_WINDOW = 17640  # frames, 400 ms
_HOP = 220  # frames, 5 ms
_SPEAKS = 0.35  # share of its early level at which a note is heard to begin
_LEAD = 330  # frames kept before that
_MOMENT = 44  # frames, 1 ms
_STRIKES_WITHIN = 8  # moments from a tenth of its level to speaking: a struck string, not a breath
_STRUCK_LEAD = 44  # frames kept before a strike
_SLOWEST = 6600  # frames, 150 ms: more than that is never left out
_LARGEST_GAIN = 60.0
_SNARE_PEAK = 0.7  # of a snare struck as hard as can be
_LENGTHS = tuple((1 << bits) - 4096 for bits in range(16, 22))  # frames; with 4096 to spare they fit an FFT
_MEMORY = 192 * 2**20  # bytes


@dataclass(frozen=True)
class Timbre:
    """What decides how a note sounds, besides its pitch and length."""

    programs: tuple[int, ...]
    width: float
    brightness_db: float
    vibrato: tuple[float, float, float]
    drums: bool = False


def timbre(preset: Preset, voice: int) -> Timbre:
    """Return the timbre of one voice; each voice's vibrato has its own rate, as singers do."""
    cents, hertz = preset.vibrato
    own = (cents, hertz * (1 + 0.06 * (voice - 1.5)), 0.25) if cents else (0.0, 0.0, 0.0)
    return Timbre(preset.voices[voice].programs, preset.width, preset.brightness_db, own)


KIT = Timbre((0,), 0.8, 0.0, (0.0, 0.0, 0.0), drums=True)
"""The standard drum kit; a note of it is a piece that is struck and left to ring."""
_SNARE = 38


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
    if sound.drums:
        struck = struck_note(font, sound.programs[0], pitch, frames) * _kit_gain(font, sound.programs[0])
        return _narrowed(struck, sound.width)
    layers = [held_note(font, program, pitch, frames, sound.vibrato) for program in sound.programs]
    speaking = [_from_speaking(layer if len(layers) == 1 else _level(layer)) for layer in layers]
    length = min(len(layer) for layer in speaking)
    mixed: FloatArray = np.asarray(sum(layer[:length] for layer in speaking), dtype=np.float32)
    if sound.brightness_db:
        mixed = _brightened(mixed, sound.brightness_db)
    return _level(_narrowed(mixed, sound.width))


def _narrowed(note: FloatArray, width: float) -> FloatArray:
    """Return a note whose sides are drawn to the middle: ``width`` 0 is mono."""
    middle = note.mean(axis=1, keepdims=True)
    return np.asarray(middle + (note - middle) * np.float32(width), dtype=np.float32)


@lru_cache(maxsize=2)
def _kit_gain(font: SoundFont, kit: int) -> np.float32:
    """Return what brings a kit's snare to its level; the other pieces keep the distance that the font gives them."""
    snare = struck_note(font, kit, _SNARE, _WINDOW)
    peak = float(np.abs(snare).max())
    return np.float32(min(_SNARE_PEAK / peak, _LARGEST_GAIN) if peak else 1.0)


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
    struck = _struck_at(note)
    start, lead = (struck, _STRUCK_LEAD) if struck is not None else (speaks - _LEAD, _LEAD)
    start = min(max(0, start), _SLOWEST)
    if start == 0:
        return note
    rest = note[start:].copy()
    rest[:lead] *= np.linspace(0, 1, lead, dtype=np.float32)[:, None]
    return rest


def _struck_at(note: FloatArray) -> int | None:
    """Return the frame just before a hammer or a plectrum is heard; None for a note that swells.

    What is struck has a moment, and rhythm lives on it: it must not come later by what the sample waits.
    """
    blocks = np.abs(note[: RATE // 2 // _MOMENT * _MOMENT]).max(axis=1).reshape(-1, _MOMENT).max(axis=1)
    first, later = (int(np.argmax(blocks > share * blocks.max())) for share in (0.1, _SPEAKS))
    return max(0, first * _MOMENT - _STRUCK_LEAD) if later - first <= _STRIKES_WITHIN else None


def _brightened(note: FloatArray, decibels: float) -> FloatArray:
    """Return the note with what lies above about 2 kHz raised or lowered, by a smooth shelf."""
    size = 1 << (len(note) - 1).bit_length()
    high = np.square(np.fft.rfftfreq(size, 1 / RATE) / 2000)
    shelf = 10 ** (decibels / 20 * high / (1 + high))
    spectrum = np.fft.rfft(note, size, axis=0) * shelf[:, None].astype(np.float32)
    return np.fft.irfft(spectrum, size, axis=0)[: len(note)].astype(np.float32)
