"""Drums with what they go with: both sound, each at its own times."""

from fractions import Fraction

from chorale.audio.cues import cues
from chorale.audio.timeline import TimeMap
from chorale.music import Clip, ClipNote, Duet

DRUMS = Clip((ClipNote(Fraction(4), 38, Fraction(9, 2), 90),), 16, qpm=60, drums=True)
TUNE = Clip((ClipNote(Fraction(0), 60, Fraction(8), 80), ClipNote(Fraction(8), 62, Fraction(16), 80)), 16, qpm=60)


def test_a_duet_has_the_strokes_of_the_one_and_the_notes_of_the_other():
    duet = Duet.of(DRUMS, TUNE)
    heard = [(cue.pitch, cue.start) for cue in cues(duet, TimeMap.of(duet))]
    assert heard == [(60, 0.0), (38, 1.0), (62, 2.0)]


def test_without_a_tune_it_is_the_drums():
    assert [cue.pitch for cue in cues(DRUMS, TimeMap.of(DRUMS))] == [38]
    assert Duet.of(DRUMS, TUNE).notes == DRUMS.notes
