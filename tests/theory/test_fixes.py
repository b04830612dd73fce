"""Fixes: the smallest change that removes a finding."""

import numpy as np
import pytest

from chorale.music import Chorale, Pitch, Score, Voice
from chorale.theory import RULES, Severity, analyze, check, profile
from chorale.theory.fixes import suggest, suggestions
from tests.theory.analysis.writing import music
from tests.theory.rules.reading import cases

TEXTBOOK = profile("textbook")
FIFTHS = music("G4 A4 G4/8", "E4 F4 E4/8", "C4 C4 C4/8", "C3 D3 C3/8")  # soprano and bass, C-G to D-A


def found(score, code, strictness=TEXTBOOK):
    """Return the first finding of a rule."""
    return next(finding for finding in check(score, strictness) if finding.code == code)


def codes(score):
    return {finding.code for finding in check(score, TEXTBOOK)}


def test_a_leading_tone_doubled_by_the_alto_goes_to_another_tone_of_the_chord():
    score = music("C5 D5 C5/8", "G4 B4 G4/8", "E4 G4 E4/8", "C3 B2 C3/8")
    fix = suggest(score, found(score, "doubled-leading-tone"), TEXTBOOK)
    assert "doubled-leading-tone" not in codes(fix.score)
    assert [change.voice for change in fix.changes] == [Voice.ALTO]
    assert fix.changes[0].new.name in {"G", "D"}


def test_a_note_an_octave_off_comes_back_by_an_octave():
    score = music("C5 D5 C5/8", "G4 G4 G4/8", "E4 B2 E4/8", "C3 G2 C3/8")
    fix = suggest(score, found(score, "range"), TEXTBOOK)
    assert fix.message == "tenor, bar 1.2: B3 instead of B2"
    assert fix.score.pitch_at(4, Voice.TENOR) == Pitch.parse("B3")


def test_parallel_fifths_go_without_an_error_in_their_place():
    finding = found(FIFTHS, "parallel-fifths")
    fix = suggest(FIFTHS, finding, TEXTBOOK)
    before = {(one.code, one.voices, one.start, one.end) for one in check(FIFTHS, TEXTBOOK)}
    after = check(fix.score, TEXTBOOK)
    assert not [one for one in after if one.code == "parallel-fifths"]
    came = [one for one in after if (one.code, one.voices, one.start, one.end) not in before]
    assert all(one.severity < Severity.ERROR for one in came)


def test_a_fix_changes_nothing_but_what_it_says():
    fix = suggest(FIFTHS, found(FIFTHS, "parallel-fifths"), TEXTBOOK)
    assert 1 <= len(fix.changes) <= 2
    changed = np.zeros((FIFTHS.steps, 4), dtype=bool)
    for change in fix.changes:
        changed[change.start : change.end, change.voice] = True
        assert FIFTHS.pitch_at(change.start, change.voice) == change.old
        assert fix.score.pitch_at(change.start, change.voice) == change.new
    assert np.array_equal(fix.score.chorale.pitches[~changed], FIFTHS.chorale.pitches[~changed])
    assert np.array_equal(fix.score.chorale.onsets, FIFTHS.chorale.onsets)
    assert fix.score.replace(chorale=FIFTHS.chorale, spelling=FIFTHS.spelling) == FIFTHS


@pytest.mark.parametrize("voice", list(Voice))
def test_a_given_voice_is_never_changed(voice):
    fixed = np.zeros((FIFTHS.steps, 4), dtype=bool)
    fixed[:, voice] = True
    for fix in suggestions(FIFTHS, found(FIFTHS, "parallel-fifths"), TEXTBOOK, fixed=fixed):
        assert voice not in {change.voice for change in fix.changes}


def test_locked_notes_stay_and_where_all_are_locked_there_is_no_fix():
    locked = FIFTHS.replace(locked=np.ones((FIFTHS.steps, 4), dtype=bool))
    assert suggest(locked, found(locked, "parallel-fifths"), TEXTBOOK) is None


def test_the_search_stops_when_it_is_told_to():
    asked = []
    finding = found(FIFTHS, "parallel-fifths")
    assert suggest(FIFTHS, finding, TEXTBOOK, should_stop=lambda: asked.append(1) or True) is None
    assert len(asked) < 4


def test_the_same_question_has_the_same_answer():
    finding = found(FIFTHS, "parallel-fifths")
    first, second = (suggestions(FIFTHS, finding, TEXTBOOK) for _ in range(2))
    assert first == second


def test_suggestions_differ_and_each_removes_the_finding():
    fixes = suggestions(FIFTHS, found(FIFTHS, "parallel-fifths"), TEXTBOOK, most=3)
    assert len({fix.message for fix in fixes}) == len(fixes) == 3
    assert all("parallel-fifths" not in codes(fix.score) for fix in fixes)


def test_an_analysis_at_hand_gives_the_same_answer():
    finding = found(FIFTHS, "parallel-fifths")
    assert suggest(FIFTHS, finding, TEXTBOOK, analysis=analyze(FIFTHS)) == suggest(FIFTHS, finding, TEXTBOOK)


def test_notes_are_named_as_one_likes():
    score = music("C5 D5 C5/8", "G4 G4 G4/8", "E4 B2 E4/8", "C3 G2 C3/8")
    fix = suggest(score, found(score, "range"), TEXTBOOK, names="german")
    assert fix.message == "tenor, bar 1.2: H3 instead of H2"


def test_a_later_phrase_of_a_longer_piece_is_mended_in_its_place():
    clean, faulty = ("C5 D5 C5/8", "G4 G4 G4/8", "E4 B3 C4/8", "C3 G3 C3/8"), ("C5", "G4", "E4", "C3")
    later = ("D5 C5/8", "B4 G4/8", "G4 E4/8", "B2 C3/8")
    voices = [" ".join(parts) for parts in zip(clean, faulty, later, strict=True)]
    score = music(*voices, fermatas=(8,))
    finding = found(score, "doubled-leading-tone")
    fix = suggest(score, finding, TEXTBOOK)
    assert finding.start == 20
    assert fix.changes[0].start == 20
    assert "doubled-leading-tone" not in codes(fix.score)


@pytest.mark.parametrize("code", RULES)
def test_whatever_a_rule_finds_has_a_fair_fix_or_none(code):
    for case in [case for case in cases(code) if case.fails][:2]:
        strictness = profile("textbook")
        for finding in [one for one in check(case.score, strictness) if one.code == code][:1]:
            fix = suggest(case.score, finding, strictness)
            if fix is not None:
                after = check(fix.score, strictness)
                assert finding not in after
                assert sum(one.severity is Severity.ERROR for one in after) <= sum(
                    one.severity is Severity.ERROR for one in check(case.score, strictness)
                )


def test_a_short_note_may_give_way_to_the_one_before_it():
    score = music("G4/2 A4/2 B4 C5/8", "E4 D4 E4/8", "C4 G3 G3/8", "C3/2 D3/2 G2 C3/8")
    finding = found(score, "parallel-fifths")
    fixed = np.ones((score.steps, 4), dtype=bool)
    fixed[2:4, 0] = False  # only the passing note may change
    fixes = suggestions(score, finding, TEXTBOOK, fixed=fixed, most=20)
    held = [fix for fix in fixes if fix.changes[0].held]
    assert held
    assert held[0].message == "soprano, bar 1.1½: hold G, without A"
    assert len(held[0].score.chorale.notes(0)) == len(score.chorale.notes(0)) - 1


def test_crossed_voices_exchange_their_notes():
    score = music("E5/16", "G4/16", "C4/16", "C3/16", key="C")
    crossed = Score(Chorale(score.chorale.pitches[:, [0, 2, 1, 3]]))
    fix = suggest(crossed, found(crossed, "crossing"), TEXTBOOK)
    assert "crossing" not in codes(fix.score)


def test_a_finding_of_other_music_has_no_fix():
    finding = found(FIFTHS, "parallel-fifths")
    clean = music("G4 G4 G4/8", "E4 D4 E4/8", "C4 B3 C4/8", "C3 G3 C3/8")
    assert suggest(clean, finding, TEXTBOOK) is None
    assert suggest(Score(Chorale.silent(4)), finding, TEXTBOOK) is None
