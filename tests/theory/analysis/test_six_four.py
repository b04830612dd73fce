"""What licenses a six-four chord."""

from chorale.theory import analyze
from chorale.theory.analysis import SixFour, six_four
from tests.theory.analysis.writing import music


def kinds(score):
    analysis = analyze(score)
    found = [six_four(analysis, number) for number in range(len(analysis.harmonies))]
    return [kind for kind in found if kind is not None]


def test_before_a_dominant_over_the_same_bass_it_is_cadential():
    score = music("C5 C5 C5 B4 C5/8", "E4 F4 E4 D4 E4/8", "G3 A3 G3 G3 G3/8", "C3 F3 G3 G3 C3/8")
    assert kinds(score) == [SixFour.CADENTIAL]


def test_on_a_bass_that_steps_through_it_is_passing():
    score = music("E5 D5 C5 B4 C5/8", "C5 B4 G4 D4 E4/8", "G4 G4 G3 G3 G3/8", "C3 D3 E3 G3 C3/8")
    assert kinds(score) == [SixFour.PASSING]


def test_on_a_bass_that_stays_it_is_a_pedal():
    score = music("E5 F5 E5 D5 E5/8", "G4 A4 G4 G4 G4/8", "C4 C4 C4 B3 C4/8", "C3 C3 C3 G3 C3/8")
    assert kinds(score) == [SixFour.PEDAL]


def test_within_one_chord_it_is_arpeggiated():
    score = music("C5 C5 E5 D5 E5/8", "G4 G4 G4 G4 G4/8", "E4 E4 C4 B3 C4/8", "C3 G3 C3 G3 C3/8")
    assert kinds(score) == [SixFour.ARPEGGIATED]


def test_other_chords_are_none():
    score = music("C5 C5 B4 C5/8", "E4 F4 D4 E4/8", "G3 A3 G3 G3/8", "C3 F3 G3 C3/8")
    assert kinds(score) == []
