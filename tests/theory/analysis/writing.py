"""Music written in a line a voice: "C5 D5/2 E5/2 r" is a quarter, two eighths, a rest; steps stand after the slash."""

import numpy as np

from chorale.music import REST, Chorale, Key, Meter, Pitch, Score

SILENT = ""


def music(*voices, key="C", meter="4/4", pickup=0, fermatas=()):
    """Return a score; voices from the soprano down, missing ones rest."""
    lines = [_notes(voice) for voice in voices]
    steps = max((sum(length for _, length in line) for line in lines), default=0)
    pitches, onsets = np.full((steps, 4), REST), np.zeros((steps, 4), dtype=bool)
    spelling = np.zeros((steps, 4), dtype=int)
    for voice, line in enumerate(lines):
        step = 0
        for pitch, length in line:
            if pitch is not None:
                pitches[step : step + length, voice] = pitch.midi
                spelling[step : step + length, voice] = pitch.fifth
                onsets[step, voice] = True
            step += length
    return Score(
        Chorale(pitches, onsets),
        Key.parse(key),
        Meter.parse(meter),
        pickup,
        fermatas=frozenset(fermatas),
        spelling=spelling,
    )


def _notes(voice):
    return [_note(*token.split("/")) for token in voice.split()]


def _note(name, length="4"):
    return (None if name == "r" else Pitch.parse(name)), int(length)


def transposed(score, fifths, semitones):
    """Return the score moved by an interval: places on the line of fifths, and semitones (octave free)."""
    sounds = score.chorale.pitches != REST
    pitches = np.where(sounds, score.chorale.pitches + semitones, REST)
    return Score(
        Chorale(pitches, score.chorale.onsets),
        Key(score.key.tonic + fifths, score.key.mode),
        score.meter,
        score.pickup,
        fermatas=score.fermatas,
        spelling=np.where(sounds, score.spelling + fifths, 0),
    )
