"""WAV files: the whole score or clip, or one practice track a voice.

16 bits, 44.1 kHz, stereo, with triangular dither of one step, so that quiet tails fade into noise and not into
distortion (Lipshitz, Wannamaker and Vanderkooy, "Quantization and dither", J. Audio Eng. Soc. 40:5, 1992). The
dither is seeded: the same score gives the same bytes.
"""

import wave
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from chorale.audio.cues import Playable, cues
from chorale.audio.instruments import Preset
from chorale.audio.loudness import limited
from chorale.audio.mix import Mix
from chorale.audio.render import Stream, bank
from chorale.audio.reverb import BLOCK
from chorale.audio.sampling import RATE, FloatArray
from chorale.audio.timeline import Route, TimeMap
from chorale.errors import InputError
from chorale.files import replacing
from chorale.music import VOICES, Score

__all__ = ["LONGEST_SECONDS", "write_stems", "write_wav"]

LONGEST_SECONDS = 7200
"""Two hours make a file of 1.3 GB; the format itself ends at 4 GB."""
_SEED = 1750

Report = Callable[[float], None]
"""Hears the fraction done; may raise ``Cancelled``, and no file is written."""


def write_wav(
    score: Playable,
    path: Path | str,
    preset: Preset,
    *,
    mix: Mix | None = None,
    speed: float = 1.0,
    fermatas: bool = True,
    soundfont: Path | None = None,
    report: Report | None = None,
) -> None:
    """Write a score or a clip as one WAV file, tails included.

    Args:
        score: what to play.
        path: the file; it is replaced when all is written.
        preset: the instrument.
        mix: the tracks' volumes and mutes; None: all at full.
        speed: times the written tempo.
        fermatas: whether they are held.
        soundfont: the user's own .sf2; None for the one that comes along.
        report: hears of the progress.

    Raises:
        InputError: the file cannot be written, the SoundFont cannot be used or the score is longer than two hours.
    """
    gains = np.array((mix or Mix()).gains, dtype=np.float32)[:, None, None]
    blocks = _blocks(score, preset, TimeMap.of(score, speed=speed, fermatas=fermatas), soundfont, report)
    noise = np.random.default_rng(_SEED)
    with replacing(path) as temporary, wave.open(str(temporary), "wb") as file:
        _describe(file)
        for block in blocks:
            file.writeframes(_quantized(limited((block * gains).sum(axis=0)), noise))


def write_stems(
    score: Score,
    folder: Path | str,
    preset: Preset,
    *,
    speed: float = 1.0,
    fermatas: bool = True,
    soundfont: Path | None = None,
    report: Report | None = None,
) -> list[Path]:
    """Write one WAV file a voice into a folder, of one length, for practising: ``soprano.wav`` and so on.

    Drums, where there are any, are a file of their own, ``drums.wav``.

    Args:
        score: what to play.
        folder: made where it is missing.
        preset: the instrument.
        speed: times the written tempo.
        fermatas: whether they are held.
        soundfont: the user's own .sf2; None for the one that comes along.
        report: hears of the progress.

    Returns:
        The files, soprano first, drums last.

    Raises:
        InputError: as ``write_wav``.
    """
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make folder {folder}: {(error.strerror or str(error)).lower()}") from error
    names = [voice.label.lower() for voice in VOICES] + (["drums"] if score.drums is not None else [])
    paths = [Path(folder) / f"{name}.wav" for name in names]
    blocks = _blocks(score, preset, TimeMap.of(score, speed=speed, fermatas=fermatas), soundfont, report)
    noise = np.random.default_rng(_SEED)
    with ExitStack() as open_files:
        temporary = [open_files.enter_context(replacing(path)) for path in paths]
        files = [open_files.enter_context(wave.open(str(path), "wb")) for path in temporary]
        for file in files:
            _describe(file)
        for block in blocks:
            for file, stem in zip(files, block, strict=False):  # without drums there are four, and a silent track
                file.writeframes(_quantized(limited(stem), noise))
    return paths


def _blocks(
    score: Playable, preset: Preset, times: TimeMap, soundfont: Path | None, report: Report | None
) -> Iterator[FloatArray]:
    if times.seconds > LONGEST_SECONDS:
        raise InputError(f"the score lasts {times.seconds / 60:.0f} minutes: a WAV file holds {LONGEST_SECONDS // 60}")
    stream = Stream(cues(score, times), Route(times), preset, bank(soundfont))
    return _until_silence(stream, report)


def _until_silence(stream: Stream, report: Report | None) -> Iterator[FloatArray]:
    frames = int(stream.frames)
    for at in range(0, frames, BLOCK):
        yield stream.block()[:, : frames - at]
        if report is not None:
            report(min(1.0, (at + BLOCK) / frames))


def _describe(file: wave.Wave_write) -> None:
    file.setnchannels(2)
    file.setsampwidth(2)
    file.setframerate(RATE)


def _quantized(sound: FloatArray, noise: np.random.Generator) -> bytes:
    dither = noise.random(sound.shape, dtype=np.float32) - noise.random(sound.shape, dtype=np.float32)
    steps = np.clip(np.rint(sound * 32767 + dither), -32768, 32767)
    return steps.astype("<i2").tobytes()
