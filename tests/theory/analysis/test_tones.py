"""What each tone outside the chord is called."""

import pytest

from chorale.music import Voice
from chorale.theory import ToneKind, analyze
from tests.theory.analysis.writing import music

CLOSE = (" C5 B4 C5/8", " F4 D4 E4/8", " A3 G3 G3/8", " F3 G3 C3/8")  # IV V I in C


def closed(*voices):
    """Return a score whose voices go on to a close in C."""
    return music(*(voice + close for voice, close in zip(voices, CLOSE, strict=True)))


def kind_at(score, step, voice=Voice.SOPRANO):
    analysis = analyze(score)
    return ToneKind(int(analysis.tones[analysis.texture.index_at(step), voice]))


FIGURES = {
    "a passing tone fills a third": ("E5/2 D5/2 C5", ToneKind.PASSING, 2),
    "a passing tone rises too": ("C5/2 D5/2 E5", ToneKind.PASSING, 2),
    "a passing tone may stand on the beat": ("E5 D5/2 C5/2", ToneKind.PASSING, 4),
    "an upper neighbour returns": ("C5/2 D5/2 C5", ToneKind.NEIGHBOUR, 2),
    "a lower neighbour returns": ("C5/2 B4/2 C5", ToneKind.NEIGHBOUR, 2),
    "an appoggiatura is leapt to and left by step": ("C5 F5/2 E5/2", ToneKind.APPOGGIATURA, 4),
}


@pytest.mark.parametrize(("soprano", "kind", "step"), FIGURES.values(), ids=FIGURES)
def test_over_a_held_tonic_triad(soprano, kind, step):
    assert kind_at(closed(soprano, "G4/8", "C4/8", "C3/8"), step) is kind


def test_a_suspension_is_held_over_and_steps_down():
    score = music("C5 C5/10 B4/2 C5/8", "E4 F4 G4/8 E4/8", "G3 A3 D4/8 C4/8", "C3 F3 G3/8 C3/8")
    assert kind_at(score, 8) is ToneKind.SUSPENSION
    assert kind_at(score, 14) is ToneKind.CHORD


def test_a_retardation_is_held_over_and_steps_up():
    score = music("C5 D5 B4/6 C5/6", "E4 F4 F4 E4/8", "G3 A3 G3 G3/8", "C3 F3 G3 C3/8")
    assert kind_at(score, 12) is ToneKind.RETARDATION


def test_an_anticipation_sounds_the_next_chord_s_tone_early():
    score = music("C5 E5 D5/2 C5/2 C5/8", "E4 A4 G4 E4/8", "G3 C4 B3 G3/8", "C3 F3 G3 C3/8")
    assert kind_at(score, 10) is ToneKind.ANTICIPATION


def test_an_escape_tone_steps_out_and_leaps_away():
    score = music("C5 D5 D5/2 E5/2 C5/8", "E4 A4 F4 E4/8", "G3 A3 B3 G3/8", "C3 F3 G3 C3/8")
    assert kind_at(score, 10) is ToneKind.ESCAPE


def test_a_pedal_stays_while_the_chord_above_it_changes():
    score = music("C5 B4 C5/8", "E4 F4 E4/8", "G3 G3 G3/8", "C3/8 C3/8")
    assert kind_at(score, 4, Voice.BASS) is ToneKind.PEDAL


def test_a_passing_bass_does_not_invert_the_chord():
    score = music("E5/8 D5/8 E5/8", "G4/8 G4/8 G4/8", "C4/8 B3/8 C4/8", "C3 D3/2 E3/2 G3/8 C3/8")
    assert kind_at(score, 4, Voice.BASS) is ToneKind.PASSING


def test_every_tone_of_a_bare_melody_is_a_chord_tone_and_rests_are_silent():
    analysis = analyze(music("C5 r D5 E5"))
    assert analysis.tones[:, Voice.SOPRANO].tolist() == [0, -1, 0, 0]
    assert not analysis.harmonies
