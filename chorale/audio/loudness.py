"""How loud a sound is to the ear, and keeping peaks below full scale.

Source: ITU-R BS.1770-4 (K-weighting, gated loudness in LUFS). The weighting is applied as a frequency response.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chorale.audio.sampling import RATE, FloatArray

__all__ = ["CEILING", "limited", "limited_together", "loudness", "weighted_power"]

CEILING = 10 ** (-1 / 20)
"""Peak of a finished mix: -1 dBFS."""
_KNEE = 10 ** (-4 / 20)
_BLOCK = 17640  # 400 ms, section 3 of annex 1
_OFFSET = -0.691
# Annex 1, tables 1 and 2: numerator and denominator at 48 kHz.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


@lru_cache(maxsize=4)
def _weighting(size: int) -> NDArray[np.float64]:
    """Return the power response of K-weighting at the bins of a real FFT of ``size`` frames at 44.1 kHz."""
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(size, 1 / RATE) / 48000)
    response = np.ones(len(z), dtype=complex)
    for numerator, denominator in (_SHELF, _HIGH_PASS):
        response *= np.polyval(numerator[::-1], z) / np.polyval(denominator[::-1], z)
    return np.abs(response) ** 2


def weighted_power(sound: FloatArray) -> float:
    """Return the K-weighted mean square of a sound (frames, 2), its channels added."""
    size = 1 << max(1, len(sound) - 1).bit_length()
    power = np.abs(np.fft.rfft(sound, size, axis=0)) ** 2
    power[1:-1] *= 2  # the bins of negative frequencies
    return float((power.sum(axis=1) * _weighting(size)).sum() / size / max(1, len(sound)))


def loudness(sound: FloatArray) -> float:
    """Return the gated loudness of a sound (frames, 2) in LUFS; minus infinity for silence."""
    if len(sound) < _BLOCK:
        sound = np.concatenate([sound, np.zeros((_BLOCK - len(sound), 2), dtype=np.float32)])
    size = 1 << (len(sound) - 1).bit_length()
    heard = np.fft.irfft(np.fft.rfft(sound, size, axis=0) * np.sqrt(_weighting(size))[:, None], size, axis=0)
    quarter = _BLOCK // 4
    quarters = (heard[: len(sound) // quarter * quarter] ** 2).reshape(-1, quarter * 2).sum(axis=1)
    values = np.convolve(quarters, np.ones(4), "valid") / _BLOCK
    for gate in (-70.0, -10.0):  # absolute, then against what remained
        floor = 10 ** ((gate - _OFFSET) / 10) if gate == -70 else values.mean() / 10
        values = values[values > floor] if len(values) else values
        if not len(values):
            return float("-inf")
    return float(_OFFSET + 10 * np.log10(values.mean()))


def limited(mix: FloatArray) -> FloatArray:
    """Return a mix whose peaks stay below -1 dBFS; what lies below -4 dBFS is not touched.

    Levels are set so that this rarely happens; a smooth curve then bends the peak instead of cutting it.
    """
    over = np.abs(mix) - _KNEE
    if not (over > 0).any():
        return mix
    room = CEILING - _KNEE
    bent = np.sign(mix) * (_KNEE + room * np.tanh(np.maximum(over, 0) / room))
    return np.where(over > 0, bent, mix).astype(np.float32)


def limited_together(stems: FloatArray) -> FloatArray:
    """Return stems (tracks, frames, 2) of which each and, with all faders up, their sum stays below -1 dBFS.

    Where the sum goes beyond, all tracks are turned down alike, so that the balance is kept.
    """
    mix = stems.sum(axis=0)
    bent = limited(mix)
    if bent is mix:
        return limited(stems)
    over = np.abs(mix) > _KNEE
    turned_down = np.divide(bent, mix, out=np.ones_like(mix), where=over)
    return limited(stems * turned_down)
