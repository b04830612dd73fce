"""Church modes: which key a tune is in at heart."""

import pytest

from chorale.models.coconet.modes import mode_of
from chorale.music import Key, Note, Pitch

C = Key.parse("C major")
DORIAN = "D4 E4 F4 D4 A4 A4 G4 F4 A4 C5 A4 G4 F4 E4 D4 D4"
PHRYGIAN = "B4 E4 B4 C5 B4 G4 A4 B4 B4 C5 D5 B4 G4 A4 F4 E4"  # Aus tiefer Not
MIXOLYDIAN = "G4 G4 B4 D5 D5 F5 D5 B4 G4 A4 B4 G4 F4 A4 G4 G4"
MAJOR = "C4 D4 E4 C4 G4 G4 F4 E4 G4 E4 D4 C4 E4 D4 C4 C4"


def tune(names, length=4):
    return [Note(length * at, length, Pitch.parse(name).midi) for at, name in enumerate(names.split())]


@pytest.mark.parametrize(
    ("names", "signature", "heard"),
    [
        (DORIAN, "C major", (2, True, "D Dorian")),
        (DORIAN, "A minor", (2, True, "D Dorian")),
        (PHRYGIAN, "C major", (4, True, "E Phrygian")),
        (MIXOLYDIAN, "C major", (7, False, "G Mixolydian")),
        (MAJOR, "A minor", (0, False, "C major")),
        (DORIAN.replace("D4 D4", "D4 A3"), "C major", (9, True, "A minor")),
    ],
)
def test_a_tune_that_speaks_for_another_final_is_in_its_mode(names, signature, heard):
    assert mode_of(Key.parse(signature), tune(names)) == heard


def test_the_mode_is_spelled_by_the_signature():
    lower = [Note(note.start, note.length, note.pitch - 1) for note in tune(DORIAN)]
    assert mode_of(Key.parse("Cb major"), lower).name == "Db Dorian"


@pytest.mark.parametrize(
    "names",
    [
        MAJOR,
        MAJOR.replace("C4 C4", "C4 G4"),  # ends on the fifth, and is in C for all that
        MAJOR.replace("C4 C4", "C4 D4"),  # an open end
        MAJOR.replace("C4 C4", "C4 F#4"),  # no final of any mode
    ],
)
def test_a_tune_that_speaks_for_its_key_stays_there(names):
    assert mode_of(C, tune(names)) == (0, False, "")


def test_half_a_tune_stays_in_its_key():
    assert mode_of(C, [*tune(DORIAN)[:-1], Note(60, 3, 62)]) == (0, False, "")
    assert mode_of(C, tune(DORIAN, length=2)) == (0, False, "")


def test_the_lowest_of_the_notes_that_end_last_is_the_final():
    above = [Note(60, 4, 69)]
    assert mode_of(C, [*tune(DORIAN), *above]).name == "D Dorian"
