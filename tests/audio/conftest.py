"""Scores, a SoundFont of a few kilobytes whose one sample is a sine, and ways to listen by measuring."""

import struct

import numpy as np
import pytest

from chorale.audio import RATE
from chorale.music import Chorale, Key, Score
from chorale.music.line import Note

SINE_HERTZ = 441.0  # a hundred frames a period: the loop closes exactly


def _chunk(name, data):
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _generators(*pairs):
    return b"".join(struct.pack("<Hh", kind, amount) for kind, amount in pairs)


def font_bytes(frames=4400, version=2, programs=(0,)):
    """Return a SoundFont with a looped sine at A4 (441 Hz) under each program."""
    wave = np.sin(2 * np.pi * SINE_HERTZ * np.arange(frames) / RATE) * 20000
    samples = np.concatenate([wave, np.zeros(46)]).astype("<i2").tobytes()
    heads = b"".join(struct.pack("<20sHHHIII", b"Sine", program, 0, 0, 0, 0, 0) for program in programs)
    heads += struct.pack("<20sHHHIII", b"EOP", 255, 255, 1, 0, 0, 0)
    sample = struct.pack("<20sIIIIIBbHH", b"Sine", 0, frames, 1000, 4000, RATE, 69, 0, 0, 1)
    tables = [
        (b"phdr", heads),
        (b"pbag", struct.pack("<HHHH", 0, 0, 1, 0)),
        (b"pmod", b"\0" * 10),
        (b"pgen", _generators((41, 0), (0, 0))),
        (b"inst", struct.pack("<20sH", b"Sine", 0) + struct.pack("<20sH", b"EOI", 1)),
        (b"ibag", struct.pack("<HHHH", 0, 0, 2, 0)),
        (b"imod", b"\0" * 10),
        (b"igen", _generators((54, 1), (53, 0), (0, 0))),
        (b"shdr", sample + struct.pack("<20sIIIIIBbHH", b"EOS", 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    ]
    pdta = b"pdta" + b"".join(_chunk(*table) for table in tables)
    info = b"INFO" + _chunk(b"ifil", struct.pack("<HH", version, 1))
    sdta = b"sdta" + _chunk(b"smpl", samples)
    return _chunk(b"RIFF", b"sfbk" + b"".join(_chunk(b"LIST", part) for part in (info, sdta, pdta)))


@pytest.fixture(scope="session")
def font_data():
    return font_bytes


@pytest.fixture
def sine_font(tmp_path):
    path = tmp_path / "sine.sf2"
    path.write_bytes(font_bytes())
    return path


def _score(*voices, qpm=120.0, steps=None, **facts):
    lines = [[Note(*note) for note in voice] for voice in voices]
    length = steps or max((note.end for line in lines for note in line), default=0)
    return Score(Chorale.from_voices(lines, length), qpm=qpm, **facts)


@pytest.fixture(scope="session")
def make_score():
    """A score from (start, length, pitch) of up to four voices."""
    return _score


@pytest.fixture(scope="session")
def hymn():
    """Four bars in four voices, quarters and some eighths, a fermata in the middle."""
    soprano = [67, 67, 71, 69, 67, 66, 64, 62, 67, 69, 71, 72, 74, 72, 71, 69]
    lines = [[], [], [], []]
    for beat in range(16):
        top = soprano[beat % 16]
        for voice, pitch in enumerate((top, top - 4, top - 9, top - 19)):
            if voice == 3 and beat % 5 == 2:
                lines[voice] += [(4 * beat, 2, pitch), (4 * beat + 2, 2, pitch - 1)]
            else:
                lines[voice].append((4 * beat, 4, pitch))
    return _score(*lines, qpm=92.0, key=Key(1), fermatas=frozenset({28}))


def _strength(sound, hertz, at, seconds=0.06):
    """Return the amplitude of a frequency in a short window that begins at a time."""
    first = round(at * RATE)
    frames = round(seconds * RATE)
    part = np.zeros(frames)
    found = sound[max(0, first) : max(0, first + frames)]
    part[: len(found)] = found
    window = np.hanning(frames)
    wave = np.exp(-2j * np.pi * hertz * np.arange(frames) / RATE)
    return float(np.abs((part * window * wave).sum()) / window.sum() * 2)


@pytest.fixture(scope="session")
def strength():
    return _strength
