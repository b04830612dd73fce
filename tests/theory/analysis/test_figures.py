"""Figured bass: chords by their real intervals over the bass, accidentals, suspensions."""

import pytest

from chorale.music import Key
from chorale.theory import Chord, Quality, analyze
from chorale.theory.analysis.figures import figured_bass
from tests.theory.analysis.writing import music

C_MAJOR, C_MINOR = Key(0), Key(0, "minor")

CHORDS = {
    "a root-position triad needs none": (Chord(0, Quality.MAJOR, 0), C_MAJOR, ()),
    "first inversion": (Chord(0, Quality.MAJOR, 4), C_MAJOR, ("6",)),
    "second inversion": (Chord(0, Quality.MAJOR, 1), C_MAJOR, ("6", "4")),
    "a seventh chord": (Chord(1, Quality.DOMINANT_SEVENTH, 1), C_MAJOR, ("7",)),
    "its first inversion": (Chord(1, Quality.DOMINANT_SEVENTH, 5), C_MAJOR, ("6", "5")),
    "its second": (Chord(1, Quality.DOMINANT_SEVENTH, 2), C_MAJOR, ("4", "3")),
    "its third": (Chord(1, Quality.DOMINANT_SEVENTH, -1), C_MAJOR, ("4", "2")),
    "a raised third is a sign alone": (Chord(2, Quality.MAJOR, 2), C_MAJOR, ("#",)),
    "a third raised twice": (Chord(9, Quality.MAJOR, 9), Key.from_signature(5), ("##",)),
    "a cancelled flat is a natural": (Chord(1, Quality.MAJOR, 1), C_MINOR, ("♮",)),
    "a flat sixth": (Chord(-5, Quality.MAJOR, -1), C_MAJOR, ("b6", "b")),
    "a raised sixth over a minor key's second degree": (Chord(5, Quality.DIMINISHED, 2), C_MINOR, ("♮6",)),
    "a seventh chord with a raised third": (Chord(2, Quality.DOMINANT_SEVENTH, 2), C_MAJOR, ("7", "#")),
}


@pytest.mark.parametrize(("chord", "signature", "figures"), CHORDS.values(), ids=CHORDS)
def test_the_figures_of_a_chord(chord, signature, figures):
    assert figured_bass(chord, signature) == figures


SUSPENSIONS = {
    "4-3 over a root": (Chord(1, Quality.MAJOR, 1), ((0, 5),), ("4-3",)),
    "4-3 to a raised third": (Chord(2, Quality.MAJOR, 2), ((1, 6),), ("4-#",)),
    "7-6": (Chord(0, Quality.MAJOR, 4), ((2, 0),), ("7-6",)),
    "9-8": (Chord(0, Quality.MAJOR, 0), ((2, 0),), ("9-8",)),
    "a double suspension": (Chord(0, Quality.MAJOR, 0), ((2, 0), (-1, 4)), ("9-8", "4-3")),
}


@pytest.mark.parametrize(("chord", "suspended", "figures"), SUSPENSIONS.values(), ids=SUSPENSIONS)
def test_the_figures_of_a_suspension(chord, suspended, figures):
    assert figured_bass(chord, C_MAJOR, suspended) == figures


def test_a_suspension_in_the_music_is_figured():
    score = music("C5 C5/6 B4/2 C5/8", "E4 F4 G4 E4/8", "G3 A3 D4 C4/8", "C3 F3 G3 C3/8")
    figures = [harmony.figured_bass for harmony in analyze(score).harmonies]
    assert ("4-3",) in figures


def test_figures_do_not_change_with_the_printed_key():
    low, high = Chord(1, Quality.DOMINANT_SEVENTH, 5), Chord(3, Quality.DOMINANT_SEVENTH, 7)
    assert figured_bass(low, C_MAJOR) == figured_bass(high, Key(2)) == ("6", "5")
