"""A hand-in beside its assignment: one slip, one remark."""

import numpy as np
import pytest

from chorale.app.marking.comparing import compare
from chorale.music import REST, Chorale, Key, Meter


@pytest.fixture
def remarks(assigned):
    """Compare a score with the assignment; return kinds and messages of the remarks."""

    def told(score, text=None, **options):
        assignment = assigned(text) if text else assigned()
        return [(remark.kind, remark.message) for remark in compare(score, assignment, **options).remarks]

    return told


def later(score, steps):
    """Return a score that begins with so many steps of rest, barred from the first whole bar."""
    pitches = np.concatenate([np.full((steps, 4), REST), score.chorale.pitches])
    onsets = np.concatenate([np.zeros((steps, 4), bool), score.chorale.onsets])
    return score.replace(chorale=Chorale(pitches, onsets), spelling=None, locked=None, fermatas=frozenset(), pickup=0)


def without(score, steps):
    chorale = Chorale(score.chorale.pitches[steps:], score.chorale.onsets[steps:])
    return score.replace(chorale=chorale, spelling=None, locked=None, fermatas=frozenset(), pickup=0)


def test_what_was_asked_for_is_passed_without_a_word(remarks, classroom):
    assert remarks(classroom.SOLUTION) == []


def test_a_given_note_is_not_the_students_doing_and_the_others_are(assigned, classroom):
    compared = compare(classroom.SOLUTION, assigned())
    assert compared.fixed[:, 0].all()
    assert not compared.fixed[:, 1:].any()


def test_changed_bars_are_named_once_with_the_first_difference(remarks, assigned, classroom):
    lines = (classroom.LINES[0].replace("g4 a4", "g4 c5").replace("b4 b4 a4 g4", "b4 b4 a4 b4"), *classroom.LINES[1:])
    score = classroom.four_parts(lines)
    assert remarks(score) == [("given", "given soprano changed in bars 2-3 (bar 2, beat 2: C5, given A4)")]
    assert compare(score, assigned()).remarks[0].amount == 2


def test_another_rhythm_of_the_given_voice_is_a_change(remarks, classroom):
    lines = (classroom.LINES[0].replace("g4 a4", "g4:8 g4 a4:4"), *classroom.LINES[1:])
    assert remarks(classroom.four_parts(lines)) == [
        ("given", "given soprano changed in bar 2 (bar 2, beat 1 + 2/16: G4 in another rhythm)")
    ]


@pytest.mark.parametrize(
    ("semitones", "told"),
    [(-12, "an octave lower"), (12, "an octave higher"), (5, "a fourth higher"), (-19, "an octave and a fifth lower")],
)
def test_a_moved_voice_is_one_remark_and_no_changed_bar(remarks, assigned, classroom, semitones, told):
    moved = classroom.with_cells(
        classroom.SOLUTION, lambda cells: np.where((np.arange(4) == 0) & (cells != REST), cells + semitones, cells)
    )
    assert remarks(moved) == [("given", f"the given soprano stands {told} than it was given")]
    assert compare(moved, assigned()).fixed[:, 0].all()


def test_a_given_voice_in_another_voice_is_one_remark(remarks, classroom):
    lines = (classroom.LINES[1], classroom.LINES[0], *classroom.LINES[2:])
    assert remarks(classroom.four_parts(lines)) == [("given", "the given soprano stands in the alto")]


def test_a_missing_upbeat_moves_nothing_else(remarks, assigned, classroom):
    score = without(classroom.SOLUTION, 4)
    told = "the music begins a quarter early: wanted a pickup of a quarter, and it has no pickup"
    assert remarks(score) == [("bars", told)]
    assert compare(score, assigned()).score.pickup == 4


def test_an_upbeat_after_rests_in_a_whole_bar_is_one_remark(remarks, assigned, classroom):
    score = later(classroom.SOLUTION, 12)
    assert remarks(score) == [
        ("bars", "the music begins a dotted half late: wanted a pickup of a quarter, and it has no pickup")
    ]
    compared = compare(score, assigned()).score
    assert compared.chorale == classroom.SOLUTION.chorale
    assert compared.pickup == 4


def test_an_upbeat_written_as_bar_one_is_one_remark(remarks, classroom):
    (told,) = remarks(classroom.SOLUTION.replace(pickup=0))
    assert told == ("bars", "it begins with no pickup: wanted a pickup of a quarter, so bar lines stand elsewhere")


def test_another_key_signature_is_told_and_another_mode_is_not(remarks, classroom):
    assert remarks(classroom.SOLUTION.replace(key=Key.parse("D major"))) == [
        ("key", "the key signature has 2 sharps: wanted 1 sharp, for G major")
    ]
    assert remarks(classroom.SOLUTION.replace(key=Key.parse("e minor"))) == []


def test_a_file_without_spelling_takes_key_and_spelling_from_the_assignment(remarks, assigned, classroom):
    score = classroom.SOLUTION.replace(key=Key.parse("Ab major"), spelling=None)
    assert remarks(score, spelled=False) == []
    assert compare(score, assigned(), spelled=False).score.spelling.tolist() == classroom.SOLUTION.spelling.tolist()


def test_another_meter_is_told_and_the_other_common_time_costs_nothing(remarks, classroom):
    told = remarks(classroom.SOLUTION.replace(meter=Meter(3, 4)))
    assert told[0] == ("meter", "the meter is 3/4: wanted 4/4")
    assert remarks(classroom.SOLUTION.replace(meter=Meter(2, 2))) == [("note", "the meter is 2/2: wanted 4/4")]


def test_too_many_and_too_few_bars_are_told_but_empty_ones_at_the_end_are_not(remarks, classroom):
    longer = classroom.SOLUTION.replace(chorale=classroom.SOLUTION.chorale.resized(16 * 12 + 4))
    assert remarks(longer) == []
    shorter = classroom.SOLUTION.replace(chorale=classroom.SOLUTION.chorale.resized(4 + 16 * 3))
    assert ("bars", "it has 3 bars: wanted 4") in remarks(shorter)


def test_what_goes_on_long_after_the_end_is_not_looked_at(assigned, classroom):
    chorale = Chorale(np.tile(classroom.SOLUTION.chorale.pitches, (50, 1)))
    score = classroom.SOLUTION.replace(chorale=chorale, spelling=None, locked=None)
    compared = compare(score, assigned())
    assert compared.score.steps == classroom.SOLUTION.steps + 4 * 16
    assert compared.remarks[0].message == "it has 213 bars: wanted 4"


def test_empty_voices_are_told_by_name_with_their_share(remarks, assigned, classroom):
    only = classroom.only(classroom.SOLUTION, [0])
    assert remarks(only) == [("missing", "alto, tenor and bass are empty")]
    assert compare(only, assigned()).remarks[0].amount == 1
    assert compare(classroom.only(classroom.SOLUTION, [0, 1, 2]), assigned()).remarks[0].amount == pytest.approx(1 / 3)


def test_gaps_are_told_by_bar_and_a_breath_is_none(remarks, classroom):
    def gap(cells):
        cells[20:44, 1] = REST
        cells[40:42, 2] = REST
        return cells

    assert remarks(classroom.with_cells(classroom.SOLUTION, gap)) == [("missing", "the alto rests in bars 2-3")]


def test_an_empty_hand_in_is_a_missing_voice_and_all_else_empty(remarks, classroom):
    assert remarks(classroom.only(classroom.SOLUTION, [])) == [
        ("given", "the given soprano is not there"),
        ("missing", "alto, tenor and bass are empty"),
    ]


def test_locked_notes_must_stand(remarks, classroom):
    text = classroom.TEXT + '[locked]\nbass = "r:4 | r:1 | r:1 | r:1 | r:2 d3:2 |"\n'
    assert remarks(classroom.SOLUTION, text) == []
    lines = (*classroom.LINES[:3], classroom.LINES[3].replace("d3:2", "d2:2"))
    assert remarks(classroom.four_parts(lines), text) == [
        ("given", "locked notes of the bass changed in bar 4 (bar 4, beat 3: D2, given D3)")
    ]


def test_fermatas_of_the_assignment_end_phrases_even_if_nobody_wrote_them(assigned, classroom):
    bare = classroom.SOLUTION.replace(fermatas=frozenset())
    assert compare(bare, assigned()).score.fermatas == classroom.SOLUTION.fermatas
