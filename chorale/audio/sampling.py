"""One note of a SoundFont program, held: the samples read at the right speed, looped, enveloped, filtered.

Source: SoundFont Technical Specification 2.04, chapter 9 (the synthesis model). Times in a font are timecents
(2 ** (t / 1200) seconds), levels centibels, frequencies cents above 8.176 Hz.
"""

import numpy as np
from numpy.typing import NDArray

from chorale.audio.soundfont import SoundFont, Zone

__all__ = ["RATE", "FloatArray", "Vibrato", "held_note", "struck_note"]

RATE = 44100
"""Frames a second of everything that sounds."""
FloatArray = NDArray[np.float32]
Vibrato = tuple[float, float, float]
"""Cents to either side, Hz, and seconds until it has grown."""
_VELOCITY = 92  # which of a font's layers speaks: mezzo-forte; loudness itself is set by the mix
_OPEN_FILTER = 13000  # cents; above it the filter does nothing one can hear
_CONTROL = 32  # frames
_EMU_ATTENUATION = 0.4  # E-mu's own players apply this share of a font's attenuation, and fonts are voiced for it


def held_note(font: SoundFont, program: int, key: int, frames: int, vibrato: Vibrato = (0.0, 0.0, 0.0)) -> FloatArray:
    """Return a note that is held to the end: (frames, 2) float32; zeros where the font has nothing at that key.

    Args:
        font: where the samples are.
        program: General MIDI program, 0..127.
        key: MIDI number; beyond what the font covers, its nearest sample is transposed.
        frames: at 44.1 kHz.
        vibrato: added to whatever vibrato the font has.
    """
    return _sounded(font, _zones_near(font, program, key), key, frames, vibrato)


def struck_note(font: SoundFont, kit: int, key: int, frames: int) -> FloatArray:
    """Return a piece of a drum kit, struck and left to ring: (frames, 2) float32; zeros where the kit has none there.

    Args:
        font: where the samples are.
        kit: program of the percussion bank, 0..127; 0 is the standard kit.
        key: General MIDI's key of the piece.
        frames: at 44.1 kHz.
    """
    return _sounded(font, font.zones(kit, key, _VELOCITY, drums=True), key, frames, (0.0, 0.0, 0.0))


def _sounded(font: SoundFont, zones: list[Zone], key: int, frames: int, vibrato: Vibrato) -> FloatArray:
    out = np.zeros((frames, 2), dtype=np.float32)
    for zone in zones:
        sound = _filtered(_read(font, zone, key, frames, vibrato), zone) * _envelope(zone, key, frames)
        right = np.clip(zone.generators[17], -500, 500) / 1000 + 0.5
        out[:, 0] += sound * np.float32(np.cos(right * np.pi / 2))
        out[:, 1] += sound * np.float32(np.sin(right * np.pi / 2))
    return out


def _zones_near(font: SoundFont, program: int, key: int) -> list[Zone]:
    """Return the zones of a key, or of the nearest key that has any."""
    for distance in range(128):
        for near in {key - distance, key + distance}:
            zones = font.zones(program, near, _VELOCITY) if 0 <= near < 128 else []
            if zones:
                return zones
    return []


def _read(font: SoundFont, zone: Zone, key: int, frames: int, vibrato: Vibrato) -> FloatArray:
    """Return the zone's sample at the key's pitch, (frames,), silence after the end of one that does not loop."""
    gens = zone.generators
    cents = gens[56] * (key - zone.root) + 100 * gens[51] + gens[52] + zone.correction
    speed = float(np.clip(2 ** (cents / 1200) * zone.rate / RATE, 1e-3, 64.0))
    at = zone.start + _positions(speed, frames, zone, vibrato)
    if zone.loops:
        length = zone.loop_end - zone.loop_start
        at = np.where(at >= zone.loop_end, zone.loop_start + (at - zone.loop_start) % length, at)
        return _interpolated(font.pool, at)
    inside = at < zone.end
    return _interpolated(font.pool, np.where(inside, at, zone.start)) * inside


def _positions(speed: float, frames: int, zone: Zone, vibrato: Vibrato) -> NDArray[np.float64]:
    """Return where in the sample each frame reads, counted from the sample's start."""
    gens = zone.generators
    own = (float(gens[6]), 8.176 * _seconds(gens[24]), _seconds(gens[23]))
    time = np.arange(0, frames + _CONTROL, _CONTROL) / RATE
    waves = [_vibrato(time, *wave) for wave in (own, vibrato) if wave[0]]
    if not waves:
        return np.arange(frames, dtype=np.float64) * speed
    steps = _drawn(speed * np.exp2(np.sum(waves, axis=0) / 1200), frames)
    return np.asarray(np.cumsum(steps, dtype=np.float64) - steps[0], dtype=np.float64)


def _vibrato(time: NDArray[np.float64], cents: float, hertz: float, delay: float) -> NDArray[np.float64]:
    grown = np.clip((time - delay) / 0.4, 0, 1)  # a singer lets it grow
    return np.asarray(cents * grown * np.sin(2 * np.pi * hertz * time))


def _interpolated(pool: NDArray[np.int16], at: NDArray[np.float64]) -> FloatArray:
    """Return the pool read between its frames by the four-point, third-order Hermite curve (Catmull-Rom)."""
    low = max(0, int(at.min()) - 1)
    part = np.asarray(pool[low : int(at.max()) + 3], dtype=np.float32) / 32768
    index = at.astype(np.int64)
    x = (at - index).astype(np.float32)
    index -= low
    before, here, after, beyond = part[np.maximum(index - 1, 0)], part[index], part[index + 1], part[index + 2]
    slope = (after - before) / 2
    square = before - 2.5 * here + 2 * after - beyond / 2
    cube = (beyond - before) / 2 + 1.5 * (here - after)
    return np.asarray(((cube * x + square) * x + slope) * x + here, dtype=np.float32)


def _seconds(timecents: int) -> float:
    return float(2 ** (np.clip(timecents, -12000, 8000) / 1200))


def _envelope(zone: Zone, key: int, frames: int) -> FloatArray:
    """Return the volume envelope of a held key, (frames,), with the zone's attenuation.

    It is reckoned every 32 frames and drawn straight in between: a listener cannot tell, and it takes a tenth.
    """
    gens = zone.generators
    start = _seconds(gens[33]) if gens[33] > -12000 else 0.0
    attack = _seconds(gens[34])
    hold = _seconds(gens[35] + gens[39] * (60 - key))
    decay = _seconds(gens[36] + gens[40] * (60 - key))
    grid = np.arange(0, frames + _CONTROL, _CONTROL)
    time = grid / RATE - start
    fallen = np.clip((time - attack - hold) / decay, 0, 1) * 100  # decay is the time for 100 dB
    fallen = np.minimum(fallen, np.clip(gens[37], 0, 1440) / 10)
    decibels = fallen + np.clip(gens[48], 0, 1440) / 10 * _EMU_ATTENUATION
    level = np.clip(time / attack, 0, 1) * 10 ** (-decibels / 20) * (fallen < 100)
    return _drawn(level, frames)


def _drawn(level: NDArray[np.float64], frames: int) -> FloatArray:
    """Draw straight lines between values that stand every ``_CONTROL`` frames; at least one more than needed."""
    start = level[:-1, None].astype(np.float32)
    rise = np.diff(level)[:, None].astype(np.float32)
    lines = start + rise * np.linspace(0, 1, _CONTROL, endpoint=False, dtype=np.float32)
    return np.asarray(lines.ravel()[:frames], dtype=np.float32)


def _filtered(sound: FloatArray, zone: Zone) -> FloatArray:
    """Return the sound behind the zone's low-pass; one that its envelope sweeps is blended from open to closed."""
    gens = zone.generators
    resting = gens[8] + gens[11] * (1 - np.clip(gens[29], 0, 1000) / 1000)
    opened = gens[8] + gens[11]
    if min(resting, opened) >= _OPEN_FILTER:
        return sound
    size = 1 << int(len(sound) + 4096 - 1).bit_length()
    spectrum = np.fft.rfft(sound, size).astype(np.complex64)
    dark = _low_passed(spectrum, resting, gens[9], size)[: len(sound)]
    if abs(opened - resting) < 200:
        return dark
    bright = _low_passed(spectrum, opened, gens[9], size)[: len(sound)]
    time = np.arange(0, len(sound) + _CONTROL, _CONTROL) / RATE
    rise = np.clip(time / _seconds(gens[26]), 0, 1)
    share = rise * np.clip(1 - (time - _seconds(gens[26]) - _seconds(gens[27])) / _seconds(gens[28]), 0, 1)
    return dark + (bright - dark) * _drawn(share, len(sound))


def _low_passed(spectrum: NDArray[np.complex64], cents: float, resonance: int, size: int) -> FloatArray:
    """Apply the two-pole low-pass of section 9.1.4: ``cents`` above 8.176 Hz, resonance in centibels."""
    corner = 8.176 * 2 ** (np.clip(cents, 1500, 13500) / 1200)
    ratio = np.fft.rfftfreq(size, 1 / RATE) / corner
    quality = 10 ** (np.clip(resonance, 0, 960) / 200) / np.sqrt(2)
    response = 1 / (1 - ratio**2 + 1j * ratio / quality)
    return np.fft.irfft(spectrum * response.astype(np.complex64), size).astype(np.float32)
