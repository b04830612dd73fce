"""The interface's own sounds: short recipes in ``sounds/interface``, played by a small synthesizer of ours.

    sound = effect("star-1")                # (frames, 2) float32, ready to be played

A recipe is a TOML file, and the sound is computed from it when it is first wanted (some milliseconds): what ships is
the score, not the recording, so that there is nothing to licence and a teacher may change a bell with a text editor.

    about       what the sound is for
    seconds     its length, 0.04 to 0.9; whatever still rings then has faded out
    level_db    louder or softer than the others (0)
    [[tones]]   what sounds, as many as are wanted
        timbre      bell, pluck, flute, wood or paper
        pitch       "G5"; paper, a breath of noise, has none
        at          seconds from the beginning (0)
        ring        seconds in which it dies away by 60 dB
        level_db    against the others (0)

Every finished sound has the same K-weighted power in its loudest fifth of a second (so long the ear takes to judge
loudness: Moore, An Introduction to the Psychology of Hearing, ch. 4), unless its peak would pass -6 dBFS.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from chorale import assets
from chorale.audio.loudness import weighted_power
from chorale.audio.sampling import RATE, FloatArray
from chorale.errors import InputError
from chorale.music import Pitch

__all__ = ["LONGEST", "PEAK", "SHORTEST", "effect", "heard_power_db", "names", "read"]

SHORTEST, LONGEST = 0.04, 0.9
"""Seconds: shorter is a click of the loudspeaker, longer keeps one waiting."""
PEAK = 10 ** (-6 / 20)
"""The highest any sample gets."""
_POWER_DB = -27.0  # of every sound, where its peak allows it
_WINDOW = round(0.2 * RATE)
_ENDS = (round(0.002 * RATE), round(0.012 * RATE))  # frames of fading in and out
_SEED = 1685
_PAPER = (900.0, 4200.0)  # Hz, between which a page rustles


@dataclass(frozen=True)
class _Timbre:
    """Partials of a tone: (times the fundamental, amplitude, share of the ring), and seconds until it has grown."""

    partials: tuple[tuple[float, float, float], ...]
    attack: float


_TIMBRES = {
    "bell": _Timbre(((1, 1.0, 1.0), (2, 0.35, 0.55), (4, 0.2, 0.3), (6, 0.05, 0.15)), 0.003),
    "pluck": _Timbre(tuple((n, n**-1.2, 1 / n**0.7) for n in range(1, 9)), 0.002),
    "flute": _Timbre(((1, 1.0, 1.0), (2, 0.16, 0.9), (3, 0.05, 0.8)), 0.03),
    "wood": _Timbre(((1, 1.0, 1.0), (3, 0.3, 0.4)), 0.001),
}
_TONE = {"timbre", "pitch", "at", "ring", "level_db"}


@cache
def names() -> tuple[str, ...]:
    """Return the names of all sounds."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def _folder() -> Path:
    return assets.folder("sounds") / "interface"


@cache
def effect(name: str) -> FloatArray:
    """Return a sound by name: (frames, 2) float32 at 44.1 kHz; both channels are alike.

    Raises:
        InputError: there is none of that name, or its recipe is damaged.
    """
    if name not in names():
        raise InputError(f"sound {name!r}: wanted one of {', '.join(names())}")
    return read(_folder() / f"{name}.toml")


def read(path: Path) -> FloatArray:
    """Return the sound of a recipe, as ``effect`` does.

    Raises:
        InputError: the file is missing, no TOML, or a key is unknown or out of range; one line says which.
    """
    try:
        recipe = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"sound {path}: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:  # of TOML or of UTF-8
        raise InputError(f"sound {path}: not a TOML file ({error})") from None
    return _levelled(_mixed(path.stem, recipe), _number(path.stem, recipe, "level_db", -30, 6, 0.0))


def heard_power_db(sound: FloatArray) -> float:
    """Return the K-weighted power in dB of a sound's loudest fifth of a second; a shorter one is heard with silence."""
    frames = max(_WINDOW, len(sound))
    padded = np.zeros((frames, sound.shape[1]), dtype=np.float32)
    padded[: len(sound)] = sound
    starts = range(0, frames - _WINDOW + 1, _WINDOW // 4)
    return float(10 * np.log10(max(1e-12, *(weighted_power(padded[at : at + _WINDOW]) for at in starts))))


def _mixed(name: str, recipe: dict[str, Any]) -> FloatArray:
    """Return all tones of a recipe together, (frames,), faded at both ends."""
    _known(name, recipe, {"about", "seconds", "level_db", "tones"})
    frames = round(_number(name, recipe, "seconds", SHORTEST, LONGEST) * RATE)
    tones = recipe.get("tones")
    if not isinstance(tones, list) or not tones or not all(isinstance(tone, dict) for tone in tones):
        raise InputError(f"sound {name}: no tones; wanted at least one table [[tones]]")
    mixed = np.zeros(frames, dtype=np.float32)
    for number, tone in enumerate(tones, 1):
        where = f"{name}, tone {number}"
        start = round(_number(where, tone, "at", 0, frames / RATE, 0.0) * RATE)
        mixed[start:] += _tone(where, tone, frames - start)
    ramp_in, ramp_out = (np.sin(np.linspace(0, np.pi / 2, size, dtype=np.float32)) ** 2 for size in _ENDS)
    mixed[: len(ramp_in)] *= ramp_in
    mixed[-len(ramp_out) :] *= ramp_out[::-1]
    return mixed


def _tone(where: str, tone: dict[str, Any], frames: int) -> FloatArray:
    _known(where, tone, _TONE)
    ring, timbre = _number(where, tone, "ring", 0.01, 3), tone.get("timbre")
    gain = np.float32(10 ** (_number(where, tone, "level_db", -40, 6, 0.0) / 20))
    if timbre == "paper":
        sound = _rustle(frames, ring)
    elif isinstance(timbre, str) and timbre in _TIMBRES:
        sound = _struck(_TIMBRES[timbre], _hertz(where, tone.get("pitch")), frames, ring)
    else:
        raise InputError(f"sound {where}: timbre is {timbre!r}, wanted one of {', '.join(_TIMBRES)}, paper")
    return sound * gain


def _struck(timbre: _Timbre, hertz: float, frames: int, ring: float) -> FloatArray:
    """Return partials that die away each at its own pace; the attack is a quarter of a sine."""
    seconds = np.arange(frames) / RATE
    sound = np.zeros(frames)
    for ratio, amplitude, share in timbre.partials:
        sound += amplitude * np.sin(2 * np.pi * hertz * ratio * seconds) * 1000.0 ** (-seconds / (ring * share))
    grown = np.sin(np.minimum(seconds / timbre.attack, 1) * np.pi / 2)
    return (sound * grown).astype(np.float32)


def _rustle(frames: int, ring: float) -> FloatArray:
    """Return a swell of noise between the two edges of ``_PAPER``; the same noise every time."""
    noise = np.fft.rfft(np.random.default_rng(_SEED).standard_normal(frames))
    octaves = np.log2(np.maximum(np.fft.rfftfreq(frames, 1 / RATE), 1.0) / np.sqrt(_PAPER[0] * _PAPER[1]))
    width = np.log2(_PAPER[1] / _PAPER[0]) / 2
    sound = np.fft.irfft(noise * np.exp(-((octaves / width) ** 2)), frames)
    swell = np.sin(np.clip(np.arange(frames) / (ring * RATE), 0, 1) * np.pi) ** 2
    return np.asarray(sound * swell, dtype=np.float32)


def _levelled(sound: FloatArray, level_db: float) -> FloatArray:
    """Return both channels at the power that all sounds have, or as near to it as the peak allows."""
    stereo = np.stack([sound, sound], axis=1)
    gain = 10 ** ((_POWER_DB + level_db - heard_power_db(stereo)) / 20)
    highest = float(np.abs(stereo).max())
    return (stereo * min(gain, PEAK / max(highest, 1e-9))).astype(np.float32)


def _hertz(where: str, name: object) -> float:
    """Return the frequency of a pitch, equally tempered, A4 at 440 Hz as the SoundFont has it."""
    try:
        midi = Pitch.parse(str(name)).midi
    except InputError:
        raise InputError(f"sound {where}: pitch is {name!r}, wanted a note such as G5") from None
    return float(440 * 2 ** ((midi - 69) / 12))


def _known(where: str, table: dict[str, Any], keys: set[str]) -> None:
    for key in table:
        if key not in keys:
            raise InputError(f"sound {where}: unknown key {key!r}; wanted {', '.join(sorted(keys))}")


def _number(where: str, table: dict[str, Any], key: str, low: float, high: float, usual: float | None = None) -> float:
    value = table.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise InputError(f"sound {where}: {key} is {value!r}, wanted a number from {low:g} to {high:g}")
    return float(value)
