from dataclasses import replace

import pytest

from chorale.app import edits
from chorale.app.explaining import explain_cadence, explain_harmony, explain_note
from chorale.music import VOICES, Pitch
from chorale.theory import Cadence, CadenceKind, analyze

CADENCE = ("D5 C5 B4 C5", "G4 A4 G4 G4", "B3 C4 D4 C4", "G3 F3 G3 C3")  # V IV V I in C, with a plain end


@pytest.fixture
def score():
    made = edits.empty(1)
    for voice, names in zip(VOICES, CADENCE, strict=True):
        for index, name in enumerate(names.split()):
            made = edits.place(made, voice, 4 * index, 4, Pitch.parse(name))
    return made


def test_a_chord_is_named_with_its_tones_its_key_and_what_it_does(score):
    analysis = analyze(score)
    told = explain_harmony(score, analysis, analysis.at(12))
    assert told.heading == "I in C major"
    assert "C major" in told.lines[0]
    assert "Tones: C E G" in told.lines
    assert any("home" in line for line in told.lines)


def test_a_note_is_told_what_it_is_to_its_chord_and_where_it_wants_to_go(score):
    analysis = analyze(score)
    told = explain_note(score, analysis, 0, 8)
    assert told.heading == "Soprano B4"
    assert told.lines[0].startswith("Third of G major")
    assert told.lines[1] == "Leading tone: wants to rise to C"


def test_a_stranger_is_told_of_by_its_chord_and_by_itself(score):
    passing = edits.place(edits.place(score, 1, 8, 2, Pitch.parse("G4")), 1, 10, 2, Pitch.parse("F4"))
    analysis = analyze(passing)
    harmony = analysis.at(10)
    told = explain_note(passing, analysis, 1, 10)
    assert told.heading == "Alto F4"
    if "seventh" not in harmony.chord.quality.label:
        assert "passing tone" in told.lines[0].lower()
        assert any("Alto F4" in line for line in explain_harmony(passing, analysis, harmony).lines)
    else:
        assert told.lines[1] == "Chord seventh: wants to fall by step"


def test_a_note_without_a_chord_and_a_silence(score):
    alone = edits.clear_voices(score)
    assert "no chord" in explain_note(alone, analyze(alone), 0, 0).lines[0]
    assert explain_note(alone, analyze(alone), 1, 0) is None


@pytest.mark.parametrize("kind", list(CadenceKind))
def test_every_kind_of_cadence_is_explained(kind, score):
    told = explain_cadence(Cadence(0, 4, kind, score.key))
    assert told.heading.endswith("in C major")
    assert told.lines[0].endswith(".")


def test_notes_are_named_in_the_style_that_is_asked_for(score):
    analysis = analyze(score)
    told = explain_note(score, analysis, 0, 8, "german")
    assert told.heading == "Soprano H4"
    assert "Tones: C E G" in explain_harmony(score, analysis, analysis.at(12), "german").lines
    assert "Tones: Do Mi Sol" in explain_harmony(score, analysis, analysis.at(12), "fixed-do").lines


def test_a_numeral_has_raised_figures_and_only_letters_that_every_face_has(score):
    analysis = analyze(score)
    harmony = replace(analysis.at(12), degree="bII", inversion_figures="6/5", of="V")
    assert explain_harmony(score, analysis, harmony).heading.startswith("bII⁶₅/V in")
