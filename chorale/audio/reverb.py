"""The room: each track convolved with a synthetic impulse response of noise that dies away, the treble first.

Source: exponentially decaying noise as a model of late reverberation (J. A. Moorer, "About this reverberation
business", Computer Music Journal 3:2, 1979). The convolution runs block by block in the frequency domain
(overlap and add) at a quarter of the sampling rate: these rooms have little to say above 5 kHz.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chorale.audio.mix import TRACKS
from chorale.audio.sampling import RATE, FloatArray

__all__ = ["BLOCK", "Room"]

BLOCK = 65536
"""Frames that are rendered at a time: 1.5 s."""
_SLOWED = 4
_FRAMES = BLOCK // _SLOWED  # of a block at the room's rate
_SIZES = (24576, 28672, 30720, 32768, 36864, 40960)  # of the FFT: products of small primes
_PRE_DELAY_SECONDS = 0.018
_LOW_PASS = (np.sinc(np.arange(-9.5, 10) * 0.2) * np.hamming(20) * 0.2).astype(np.float32)  # 4.4 kHz
_SEED = 1685


@lru_cache(maxsize=8)
def _response(tail: float) -> NDArray[np.complex64]:
    """Return the spectra of the room for all tracks: (5, bins), left in the real and right in the imaginary part.

    The two ears' responses are packed as one complex signal, so that one inverse FFT gives both.
    """
    size = next(size for size in _SIZES if size - _FRAMES >= tail * RATE / _SLOWED or size == _SIZES[-1])
    noise = np.random.default_rng(_SEED)
    time = np.arange(size - _FRAMES, dtype=np.float64) * (_SLOWED / RATE)
    packed = np.zeros((TRACKS, size), dtype=np.complex64)
    for voice in range(TRACKS):
        ears = [_ear(noise, time, tail) for _ in range(2)]
        packed[voice, : len(time)] = ears[0] + 1j * ears[1]
    return np.fft.fft(packed, axis=1).astype(np.complex64)


def _ear(noise: np.random.Generator, time: NDArray[np.float64], tail: float) -> NDArray[np.float64]:
    """Return one impulse response of unit energy: bands of noise, the higher the sooner gone."""
    total = np.zeros(len(time))
    spectrum = np.fft.rfft(noise.standard_normal(len(time)))
    hertz = np.fft.rfftfreq(len(time), _SLOWED / RATE)
    for low, high, share in ((150, 900, 1.0), (900, 2800, 0.8), (2800, 4800, 0.5)):
        band = np.fft.irfft(np.where((hertz >= low) & (hertz < high), spectrum, 0), len(time))
        total += band * np.exp(-6.9 * time / (tail * share)) * share
    total *= np.clip((time - _PRE_DELAY_SECONDS) / 0.02, 0, 1)
    return np.asarray(total / np.sqrt((total**2).sum()))


class Room:
    """A room that four voices sing into, over drums; feed it consecutive blocks.

    Args:
        tail: seconds in which it fades by 60 dB, up to 2.2.
        levels: (5,) of its answer to each track; at 1 it is as strong as what it hears.
    """

    def __init__(self, tail: float, levels: tuple[float, ...] = (1.0,) * TRACKS) -> None:
        self._spectra = _response(tail)
        self._levels = np.array(levels, dtype=np.float32)[:, None]
        self._ringing = np.zeros((TRACKS, self._spectra.shape[1] - _FRAMES), dtype=np.complex64)
        self._heard = np.zeros((TRACKS, _LOW_PASS.size - _SLOWED), dtype=np.float32)
        self._said = np.zeros((TRACKS, 3), dtype=np.complex64)

    def block(self, voices: FloatArray) -> FloatArray | None:
        """Return what the room answers to (5, BLOCK): (5, BLOCK, 2), the reverberation alone; None for silence."""
        size = self._spectra.shape[1]
        whole = np.zeros((TRACKS, size), dtype=np.complex64)
        whole[:, : size - _FRAMES] = self._ringing
        slow = self._slowed(voices) * self._levels
        for voice in np.flatnonzero(slow.any(axis=1)):
            spectrum = np.fft.fft(slow[voice], size).astype(np.complex64)
            whole[voice] += np.fft.ifft(spectrum * self._spectra[voice]).astype(np.complex64)
        self._ringing = whole[:, _FRAMES:]
        return self._quickened(whole[:, :_FRAMES]) if whole.any() or self._said.any() else None

    def _slowed(self, voices: FloatArray) -> FloatArray:
        """Return every fourth frame behind a low-pass, so that the treble does not fold down into the room."""
        extended = np.concatenate([self._heard, voices], axis=1)
        self._heard = voices[:, -(_LOW_PASS.size - _SLOWED) :].copy()
        windows = np.lib.stride_tricks.sliding_window_view(extended, _LOW_PASS.size, axis=1)[:, ::_SLOWED]
        return np.asarray(windows @ _LOW_PASS, dtype=np.float32)

    def _quickened(self, wet: NDArray[np.complex64]) -> FloatArray:
        """Return frames at the full rate, (5, BLOCK, 2): doubled by a four-point curve, then by straight lines."""
        known = np.concatenate([self._said, wet], axis=1)
        self._said = known[:, -3:]
        middle = (9 * (known[:, 1:-2] + known[:, 2:-1]) - known[:, :-3] - known[:, 3:]) / 16
        doubled = np.stack([known[:, 1:-2], middle], axis=2).reshape(TRACKS, -1)
        after = np.concatenate([doubled[:, 1:], known[:, -2:-1]], axis=1)
        full = np.stack([doubled, (doubled + after) / 2], axis=2).reshape(TRACKS, -1)
        return np.ascontiguousarray(full, dtype=np.complex64).view(np.float32).reshape(TRACKS, BLOCK, 2)
