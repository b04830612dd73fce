"""The room: each voice convolved with a synthetic impulse response of noise that dies away, the treble first.

Source: exponentially decaying noise as a model of late reverberation (J. A. Moorer, "About this reverberation
business", Computer Music Journal 3:2, 1979). The convolution runs block by block in the frequency domain
(overlap and add) at half the sampling rate: a room has little to say above 11 kHz.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chorale.audio.sampling import RATE, FloatArray

__all__ = ["BLOCK", "Room"]

BLOCK = 32768
"""Frames that are rendered at a time: 0.74 s."""
_HALF = BLOCK // 2
_SIZE = 65536  # of the FFT
_TAPS = _SIZE - _HALF
_PRE_DELAY_SECONDS = 0.018
_SEED = 1685


@lru_cache(maxsize=8)
def _response(tail: float) -> NDArray[np.complex64]:
    """Return the spectra of the room for four voices: (4, bins), left in the real and right in the imaginary part.

    The two ears' responses are packed as one complex signal, so that one inverse FFT gives both.
    """
    noise = np.random.default_rng(_SEED)
    time = np.arange(_TAPS) / (RATE / 2)
    packed = np.zeros((4, _SIZE), dtype=np.complex64)
    for voice in range(4):
        ears = [_ear(noise, time, tail) for _ in range(2)]
        packed[voice, :_TAPS] = ears[0] + 1j * ears[1]
    return np.fft.fft(packed, axis=1).astype(np.complex64)


def _ear(noise: np.random.Generator, time: NDArray[np.float64], tail: float) -> NDArray[np.float64]:
    """Return one impulse response of unit energy: bands of noise, the higher the sooner gone."""
    total = np.zeros(len(time))
    spectrum = np.fft.rfft(noise.standard_normal(len(time)))
    hertz = np.fft.rfftfreq(len(time), 2 / RATE)
    for low, high, share in ((150, 900, 1.0), (900, 2800, 0.8), (2800, 7000, 0.5)):
        band = np.fft.irfft(np.where((hertz >= low) & (hertz < high), spectrum, 0), len(time))
        total += band * np.exp(-6.9 * time / (tail * share)) * share
    total *= np.clip((time - _PRE_DELAY_SECONDS) / 0.02, 0, 1)
    return total / np.sqrt((total**2).sum())


class Room:
    """A room that four voices sing into; feed it consecutive blocks.

    Args:
        tail: seconds in which it fades by 60 dB, up to 2.2.
    """

    def __init__(self, tail: float) -> None:
        self._spectra = _response(tail)
        self._ringing = np.zeros((4, _SIZE - _HALF), dtype=np.complex64)
        self._last = np.zeros((4, 1), dtype=np.complex64)

    def block(self, voices: FloatArray) -> FloatArray:
        """Return what the room answers to (4, BLOCK): (4, BLOCK, 2), the reverberation alone."""
        answer = np.zeros((4, BLOCK, 2), dtype=np.float32)
        for voice in range(4):
            wet = self._answer(voice, voices[voice])
            if wet is not None:
                answer[voice] = wet
        return answer

    def _answer(self, voice: int, sound: FloatArray) -> FloatArray | None:
        ringing = self._ringing[voice]
        if sound.any():
            halved = sound.reshape(-1, 2).mean(axis=1)
            spectrum = np.fft.fft(halved, _SIZE).astype(np.complex64)
            whole = np.fft.ifft(spectrum * self._spectra[voice]).astype(np.complex64)
            whole[: len(ringing)] += ringing
        elif ringing.any():
            whole = np.concatenate([ringing, np.zeros(_HALF, dtype=np.complex64)])
        else:
            return None
        self._ringing[voice] = whole[_HALF:]
        return self._doubled(voice, whole[:_HALF])

    def _doubled(self, voice: int, wet: NDArray[np.complex64]) -> FloatArray:
        """Return half-rate frames at the full rate, straight lines between them, as (BLOCK, 2)."""
        before = np.concatenate([self._last[voice], wet[:-1]])
        self._last[voice] = wet[-1]
        full = np.stack([(before + wet) / 2, wet], axis=1).ravel()
        return full.view(np.float32).reshape(-1, 2)
