"""Scores for engraving: lines written as text, and real chorales."""

import numpy as np
import pytest

from chorale.music import Chorale, Key, Meter, Note, Pitch, Score
from chorale.music.pitch import fifth_of_name
from chorale.notation import Options, lay_out


def read_line(text):
    """Read "d5 b4:2 r:8" into (start, length, Pitch or None); a length is in sixteenths, 4 when left out."""
    at = 0
    for token in text.split():
        name, _, length = token.partition(":")
        steps = int(length or 4)
        yield at, steps, None if name == "r" else Pitch.parse(name)
        at += steps


def write_score(*lines, key="C", meter="4/4", **fields):
    """Return a score of up to four lines, spelled as written."""
    parsed = [list(read_line(line)) for line in lines]
    steps = max(at + length for line in parsed for at, length, _ in line)
    notes = [[Note(at, length, pitch.midi) for at, length, pitch in line if pitch] for line in parsed]
    spelling = np.zeros((steps, 4), np.int16)
    for voice, line in enumerate(parsed):
        for at, length, pitch in line:
            spelling[at : at + length, voice] = pitch.fifth if pitch else 0
    chorale = Chorale.from_voices(notes, steps)
    return Score(chorale, key=Key.parse(key), meter=Meter.parse(meter), spelling=spelling, **fields)


def from_corpus(name):
    """Return one of music21's Bach chorales as a score."""
    music21 = pytest.importorskip("music21")
    stream = music21.corpus.parse(name)
    parts = stream.parts[:4]
    meter = parts[0].recurse().getElementsByClass("TimeSignature").first()
    first = parts[0].getElementsByClass("Measure").first().duration.quarterLength
    pickup = int(first * 4) if first < meter.barDuration.quarterLength else 0
    sharps = parts[0].recurse().getElementsByClass("KeySignature").first().sharps
    steps = round(max(part.highestTime for part in parts) * 4)
    arrays = [_cells(part, steps) for part in parts]
    pitches, onsets, spelling = (np.stack(each, axis=1) for each in zip(*arrays, strict=True))
    fermatas = {
        round(n.offset * 4) for n in parts[0].flatten().notes if any("Fermata" in e.classes for e in n.expressions)
    }
    return Score(
        Chorale(pitches, onsets),
        key=Key.from_signature(sharps),
        meter=Meter.parse(meter.ratioString),
        pickup=pickup,
        fermatas=frozenset(fermatas),
        spelling=spelling,
        title=name,
    )


def _cells(part, steps):
    pitches, onsets, spelling = np.full(steps, -1, np.int16), np.zeros(steps, bool), np.zeros(steps, np.int16)
    for note in part.flatten().notes:
        start, end = round(note.offset * 4), round((note.offset + note.quarterLength) * 4)
        pitches[start:end] = note.pitches[-1].midi
        spelling[start:end] = fifth_of_name(note.pitches[-1].name.replace("-", "b"))
        if note.tie is None or note.tie.type == "start":
            onsets[start : start + 1] = True
    return pitches, onsets, spelling


@pytest.fixture(scope="session")
def score_of():
    return write_score


@pytest.fixture(scope="session")
def page_of():
    """Lay out lines written as text."""

    def page(*lines, width=100.0, **fields):
        return lay_out(write_score(*lines, **fields), Options(width=width))

    return page


@pytest.fixture(scope="session")
def corpus_score():
    known = {}

    def score(name):
        if name not in known:
            known[name] = from_corpus(name)
        return known[name]

    return score


def of_role(page, role, voice=None):
    """Return a page's primitives of one role, from left to right."""
    found = [item for item in page.items if item.mark.role == role and voice in {None, item.mark.voice}]
    return sorted(found, key=lambda item: getattr(item, "x", getattr(item, "x1", 0)))


@pytest.fixture(scope="session")
def pick():
    return of_role
