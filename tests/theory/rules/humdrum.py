"""Humdrum files of music21's corpus as scores, by way of music21: a format that the program itself does not read."""

from fractions import Fraction

import numpy as np

from chorale.music import Chorale, Key, Meter, Note, Pitch, Score


def read_humdrum(name):
    """Return a piece of Bach's in four parts."""
    from music21 import converter  # noqa: PLC0415  takes seconds
    from music21.corpus import getWork  # noqa: PLC0415

    stream = converter.parse(getWork(f"bach/{name}"))
    voices = [_notes(part) for part in stream.parts]
    steps = _steps(stream.highestTime)
    meter = Meter.parse(stream.recurse().getElementsByClass("TimeSignature").first().ratioString)
    first_bar = stream.parts[0].getElementsByClass("Measure").first()
    return Score(
        Chorale.from_voices([[note for note, _, _ in voice] for voice in voices], steps),
        key=Key.from_signature(stream.recurse().getElementsByClass("KeySignature").first().sharps),
        meter=meter,
        pickup=_steps(first_bar.highestTime) % meter.steps_per_bar,
        spelling=_spelling(voices, steps),
        fermatas=frozenset(note.start for note, _, held in voices[0] if held),
    )


def _notes(part):
    """Return (note, place on the line of fifths, whether it carries a fermata) of every note."""
    return [
        (
            Note(_steps(note.getOffsetInHierarchy(part)), _steps(note.quarterLength), note.pitch.midi),
            Pitch.parse(note.nameWithOctave.replace("-", "b")).fifth,
            any(type(mark).__name__ == "Fermata" for mark in note.expressions),
        )
        for note in part.stripTies().recurse().notes
    ]


def _spelling(voices, steps):
    spelling = np.zeros((steps, 4), dtype=np.int16)
    for voice, notes in enumerate(voices):
        for note, fifth, _ in notes:
            spelling[note.start :, voice] = fifth
    return spelling


def _steps(quarters):
    return int(Fraction(quarters).limit_denominator(64) * 4)
