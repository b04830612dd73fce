"""Closes that are decorated are closes of the same kind."""

from chorale.theory import CadenceKind, analyze
from tests.theory.analysis.writing import music


def kinds(score):
    return [cadence.kind for cadence in analyze(score).cadences]


def test_a_suspended_soprano_still_closes_perfectly_on_its_tonic():
    score = music("E5 D5/6 C5/6", "G4 G4 E4/8", "C4 B3 G3/8", "C3 G3 C3/8")
    assert kinds(score) == [CadenceKind.PERFECT_AUTHENTIC]


def test_a_bass_that_moves_on_below_the_fermata_does_not_spoil_the_close():
    score = music("C5 D5 B4 C5/8", "E4 F4 D4 E4/8", "G3 A3 G3 G3/8", "C3 F3 G3 C3/4 E3/4")
    assert kinds(score) == [CadenceKind.PERFECT_AUTHENTIC]


def test_a_dominant_in_inversion_closes_imperfectly():
    score = music("C5 D5 C5/8", "G4 G4 E4/8", "E4 D4 G3/8", "C3 B2 C3/8")
    assert kinds(score) == [CadenceKind.IMPERFECT_AUTHENTIC]


def test_each_fermata_has_its_own_close_in_order():
    score = music(
        "C5 C5 B4 C5 C5 D5 D5/8",
        "E4 F4 D4 E4 E4 F4 G4/8",
        "G3 A3 G3 G3 G3 A3 B3/8",
        "C3 F3 G3 C3 C3 F3 G3/8",
        fermatas=(12, 24),
    )
    analysis = analyze(score)
    assert [cadence.kind.value for cadence in analysis.cadences] == ["PAC", "HC"]
    assert [(cadence.step, cadence.end) for cadence in analysis.cadences] == [(12, 16), (24, 32)]
