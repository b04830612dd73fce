"""Short progressions, and the numerals, keys, figures and cadences that any textbook gives them."""

from dataclasses import dataclass

import pytest

from chorale.theory import analyze
from tests.theory.analysis.writing import music


@dataclass(frozen=True)
class Case:
    """Four voices, and what they are."""

    soprano: str
    alto: str
    tenor: str
    bass: str
    numerals: str
    cadence: str = ""
    key: str = "C"
    fermatas: tuple[int, ...] = ()

    def analysis(self):
        return analyze(music(self.soprano, self.alto, self.tenor, self.bass, key=self.key, fermatas=self.fermatas))


CASES = {
    "primary triads": Case("C5 C5 B4 C5/8", "E4 F4 D4 E4/8", "G3 A3 G3 G3/8", "C3 F3 G3 C3/8", "I IV V I", "PAC"),
    "dominant seventh": Case("C5 D5 B4 C5/8", "E4 F4 F4 E4/8", "G3 A3 G3 G3/8", "C3 F3 G2 C3/8", "I ii6 V7 I", "PAC"),
    "leading-tone chord and sixths": Case(
        "C5 B4 C5 C5 B4 C5/8",
        "E4 D4 C4 D4 D4 E4/8",
        "G3 F3 G3 A3 G3 G3/8",
        "C3 D3 E3 F3 G3 C3/8",
        "I viio6 I6 ii6/5 V I",
        "PAC",
    ),
    "cadential six-four": Case(
        "C5 C5 C5 B4 C5/8", "E4 F4 E4 D4 E4/8", "G3 A3 G3 G3 G3/8", "C3 F3 G3 G3 C3/8", "I IV I6/4 V I", "PAC"
    ),
    "imperfect close": Case("C5 C5 D5 E5/8", "E4 F4 G4 G4/8", "G3 A3 B3 C4/8", "C3 F3 G3 C3/8", "I IV V I", "IAC"),
    "half close": Case("E5 D5 D5/8", "G4 F4 G4/8", "C4 A3 B3/8", "C3 F3 G3/8", "I ii6 V", "HC"),
    "Phrygian half close": Case(
        "A4 F4 A4 G#4/8",
        "E4 D4 F4 E4/8",
        "C4 B3 D4 B3/8",
        "A3 G#3 F3 E3/8",
        "i viio7 iv6 V",
        "PHC",
        "a",
    ),
    "deceptive close": Case("C5 C5 B4 C5/8", "E4 F4 D4 C4/8", "G3 A3 G3 E3/8", "C3 F3 G3 A3/8", "I IV V vi", "DC"),
    "plagal close": Case("C5 B4 C5 C5/8", "E4 D4 F4 E4/8", "G3 G3 A3 G3/8", "C3 G3 F3 C3/8", "I V IV I", "PC"),
    "applied dominant": Case(
        "C5 C5 B4 C5 B4 C5/8",
        "E4 D4 D4 E4 D4 E4/8",
        "G3 A3 G3 G3 G3 G3/8",
        "C3 F#3 G3 C3 G3 C3/8",
        "I V6/5/V V I V I",
        "PAC",
    ),
    "applied leading-tone chord": Case(
        "C5 C5 B4 C5/8",
        "E4 Eb4 D4 E4/8",
        "G3 A3 G3 G3/8",
        "C3 F#3 G3 C3/8",
        "I viio7/V V I",
        "PAC",
    ),
    "applied to the submediant": Case(
        "C5 B4 C5 A4 B4 C5/8",
        "E4 E4 E4 F4 D4 E4/8",
        "G3 G#3 A3 C4 G3 G3/8",
        "C3 E3 A3 F3 G3 C3/8",
        "I V/vi vi IV V I",
        "PAC",
    ),
    "minor with its leading tone": Case(
        "C5 C5 B4 C5/8", "Eb4 F4 D4 Eb4/8", "G3 Ab3 G3 G3/8", "C3 F3 G3 C3/8", "i iv V i", "PAC", "c"
    ),
    "diminished seventh": Case(
        "C5 D5 Eb5 D5 C5/8",
        "G4 F4 G4 G4 Eb4/8",
        "Eb4 Ab3 G3 B3 G3/8",
        "C3 B2 C3 G2 C3/8",
        "i viio7 i V i",
        "PAC",
        "c",
    ),
    "Neapolitan": Case(
        "C5 Db5 B4 C5/8", "Eb4 F4 D4 Eb4/8", "G3 Ab3 G3 G3/8", "C3 F3 G3 C3/8", "i bII6 V i", "PAC", "c"
    ),
    "Italian sixth": Case("G4 F#4 G4/8", "Eb4 C4 D4/8", "C4 C4 B3/8", "C3 Ab2 G2/8", "i It6 V", "HC", "c"),
    "German sixth": Case(
        "G4 F#4 G4 F4 Eb4/8",
        "Eb4 Eb4 Eb4 D4 C4/8",
        "C4 C4 C4 B3 G3/8",
        "C3 Ab2 G2 G2 C3/8",
        "i Ger6/5 i6/4 V7 i",
        "IAC",
        "c",
    ),
    "French sixth": Case("G4 F#4 G4/8", "Eb4 D4 D4/8", "C4 C4 B3/8", "C3 Ab2 G2/8", "i Fr4/3 V", "HC", "c"),
    "Picardy third": Case("C5 C5 B4 C5/8", "Eb4 F4 D4 E4/8", "G3 Ab3 G3 G3/8", "C3 F3 G3 C3/8", "i iv V I", "PAC", "c"),
    "a minor key's major triad on the tonic, before iv": Case(
        "C5 C5 C5 B4 C5/8",
        "Eb4 E4 F4 D4 Eb4/8",
        "G3 G3 Ab3 G3 G3/8",
        "C3 C3 F3 G3 C3/8",
        "i V/iv iv V i",
        "PAC",
        "c",
    ),
    "a minor key's seventh chord on VII, before III": Case(
        "C5 Bb4 Bb4 C5 B4 C5/8",
        "Eb4 F4 G4 F4 D4 Eb4/8",
        "G3 Ab3 G3 Ab3 G3 G3/8",
        "C3 D3 Eb3 F3 G3 C3/8",
        "i V6/5/III III iv V i",
        "PAC",
        "c",
    ),
    "borrowed subdominant": Case(
        "C5 C5 C5 B4 C5/8", "E4 F4 F4 D4 E4/8", "G3 A3 Ab3 G3 G3/8", "C3 F3 F3 G3 C3/8", "I IV iv V I", "PAC"
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_numerals_are_the_textbook_s(case):
    assert " ".join(harmony.numeral for harmony in case.analysis().harmonies) == case.numerals


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_cadence_is_the_textbook_s(case):
    assert [cadence.kind.value for cadence in case.analysis().cadences] == [case.cadence]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_key_stays_that_of_the_example(case):
    analysis = case.analysis()
    assert {harmony.key for harmony in analysis.harmonies} == {music(key=case.key).key}


MODULATION = music(
    "E5 D5 C5 B4 C5/8 E5 D5 C5 A4 G4 F#4 G4/8 B4 D5 E5 D5 C5 B4 C5/8",
    "G4 F4 E4 D4 E4/8 G4 G4 E4 E4 D4 D4 D4/8 G4 G4 G4 F4 E4 D4 E4/8",
    "C4 A3 G3 G3 G3/8 C4 B3 A3 C4 B3 A3 B3/8 D4 B3 C4 A3 G3 G3 G3/8",
    "C3 F3 G3 G3 C3/8 C3 G3 A3 C3 D3 D3 G2/8 G3 F3 E3 F3 G3 G2 C3/8",
    fermatas=(16, 48, 80),
)


def test_a_phrase_that_closes_in_the_dominant_modulates_there_and_the_next_comes_back():
    cadences = analyze(MODULATION).cadences
    assert [(cadence.kind.value, cadence.key.name) for cadence in cadences] == [
        ("PAC", "C major"),
        ("PAC", "G major"),
        ("PAC", "C major"),
    ]
