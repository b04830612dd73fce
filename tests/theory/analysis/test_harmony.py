"""What a harmony tells the rules: its members, its leading tone, what it aims at."""

import numpy as np
import pytest

from chorale.music import Chorale, Key
from chorale.theory import Chord, Harmony, Quality, analyze
from tests.theory.analysis.writing import music

C, G, D, A, E, B, F_SHARP = range(7)
F, B_FLAT, E_FLAT = -1, -2, -3


def harmony(root, quality, degree, of="", key="C"):
    return Harmony(0, 4, Chord(root, quality, root), Key.parse(key), degree, "", of)


MEMBERS = {
    "a triad has no seventh": (harmony(C, Quality.MAJOR, "I"), (E, G, None)),
    "V7": (harmony(G, Quality.DOMINANT_SEVENTH, "V"), (B, D, F)),
    "a diminished seventh": (harmony(B, Quality.DIMINISHED_SEVENTH, "viio"), (D, F, B - 9)),
    "augmented sixths have no third, fifth or seventh to double": (
        harmony(F_SHARP, Quality.GERMAN_SIXTH, "Ger"),
        (None, None, None),
    ),
}


@pytest.mark.parametrize(("one", "members"), MEMBERS.values(), ids=MEMBERS)
def test_third_fifth_and_seventh(one, members):
    assert (one.third, one.fifth, one.seventh) == members


LEADING = {
    "V": (harmony(G, Quality.MAJOR, "V"), B, C),
    "viio": (harmony(B, Quality.DIMINISHED, "viio"), B, C),
    "V7/V has that of V": (harmony(D, Quality.DOMINANT_SEVENTH, "V", "V"), F_SHARP, G),
    "viio7/V too": (harmony(F_SHARP, Quality.DIMINISHED_SEVENTH, "viio", "V"), F_SHARP, G),
    "V7/IV has E, the third degree": (harmony(C, Quality.DOMINANT_SEVENTH, "V", "IV"), E, F),
    "iii has none, though it has the tone": (harmony(E, Quality.MINOR, "iii"), None, C),
    "I has none": (harmony(C, Quality.MAJOR, "I"), None, C),
    "a minor v has none": (harmony(G, Quality.MINOR, "v", key="c"), None, C),
    "III+ has it": (harmony(E_FLAT, Quality.AUGMENTED, "III+", key="c"), B, C),
}


@pytest.mark.parametrize(("one", "leading", "tonic"), LEADING.values(), ids=LEADING)
def test_the_leading_tone_and_what_it_leads_to(one, leading, tonic):
    assert (one.leading_tone, one.tonic, one.is_dominant) == (leading, tonic, leading is not None)


def test_a_minor_key_s_major_tonic_is_a_picardy_third_unless_it_leads_to_iv():
    assert harmony(C, Quality.MAJOR, "I", key="c").is_picardy
    assert not harmony(C, Quality.MAJOR, "V", "iv", key="c").is_picardy
    assert not harmony(C, Quality.MAJOR, "I").is_picardy


def test_a_chord_says_its_name_in_words():
    assert Chord(G, Quality.DOMINANT_SEVENTH, B).name == "G dominant seventh over B"


def test_a_misspelled_tone_still_belongs():
    score = music("A4 Ab4 A4/8", "E4 E4 E4/8", "C4 B3 C4/8", "A3 E3 A3/8", key="a")
    assert score.pitch_at(4, 0).name == "Ab"
    analysis = analyze(score)
    assert [one.numeral for one in analysis.harmonies] == ["i", "V", "i"]
    assert (analysis.tones == 0).all()


def test_the_harmony_at_a_step_is_found():
    score = music("C5 B4 C5/8", "E4 D4 E4/8", "G3 G3 G3/8", "C3 G3 C3/8")
    analysis = analyze(score)
    assert [analysis.at(step).degree for step in (0, 5, 15)] == ["I", "V", "I"]
    assert analyze(score.replace(chorale=Chorale(np.zeros((0, 4), dtype=int)))).at(0) is None
