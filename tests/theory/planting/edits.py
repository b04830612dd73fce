"""Changes to notes, whole notes at a time."""

from dataclasses import dataclass

from chorale.music import Chorale, Pitch
from tests.theory.planting.reading import Reading, Tone


@dataclass(frozen=True)
class Edit:
    """One note becomes another pitch."""

    tone: Tone
    pitch: Pitch


def edited(reading, edits):
    """Return the reading of the score after some edits; equal neighbours stay two notes."""
    score = reading.score
    pitches, onsets, spelling = score.chorale.pitches.copy(), score.chorale.onsets.copy(), score.spelling.copy()
    for edit in edits:
        tone = edit.tone
        pitches[tone.start : tone.end, tone.voice] = edit.pitch.midi
        spelling[tone.start : tone.end, tone.voice] = edit.pitch.fifth
        for boundary in (tone.start, tone.end):
            if boundary < score.steps:
                onsets[boundary, tone.voice] = True
    return Reading(score.replace(chorale=Chorale(pitches, onsets), spelling=spelling))


def nearest(fifth, midi):
    """Return the pitches of a place on the line of fifths, nearest to a MIDI number first, within an octave of it."""
    return sorted(
        (Pitch(fifth, other) for other in range(midi - 12, midi + 13) if (fifth * 7 - other) % 12 == 0),
        key=lambda pitch: abs(pitch.midi - midi),
    )


def above(pitch, number, semitones):
    """Return the pitch an interval above (negative: below): a staff distance in places, and its semitones."""
    place = pitch.place + number
    natural = Pitch.at_place(place)
    return Pitch.at_place(place, pitch.midi + semitones - natural.midi)
