"""The checker as others call it."""

from itertools import pairwise

import pytest

from chorale.errors import InputError
from chorale.music import Score, Voice
from chorale.music.chorale import Chorale
from chorale.theory import PROFILES, RULES, Severity, analyze, check, profile, tally
from tests.theory.rules.reading import read_score

CADENCE = """
S: c5 d5 b4 c5
A: e4 f4 f4 g4
T: g3 a3 d4 e4
B: c3 d3 g3 c3
"""
PARALLELS = """
S: e5:2 f5
A: c5:2 c5
T: g3:2 a3
B: c3:2 d3
"""


def test_findings_come_by_time_and_then_the_gravest_first():
    findings = check(read_score(CADENCE))
    assert [finding.start for finding in findings] == sorted(finding.start for finding in findings)
    for one, other in pairwise(findings):
        assert one.start < other.start or one.severity >= other.severity


def test_a_finding_says_all_that_its_reader_needs():
    [finding] = check(read_score(PARALLELS), codes=["parallel-fifths"])
    assert finding.severity is Severity.ERROR
    assert finding.voices == (Voice.TENOR, Voice.BASS)
    assert (finding.start, finding.end) == (0, 8)
    assert set(finding.notes) == {(Voice.TENOR, 0), (Voice.BASS, 0), (Voice.TENOR, 8), (Voice.BASS, 8)}
    assert finding.message == "bars 1.1-1.3, tenor and bass: C-G to D-A, a fifth to a fifth"
    assert finding.rate == RULES["parallel-fifths"].rate


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_leaves_out_what_it_tolerates(name):
    found = {finding.code for finding in check(read_score(PARALLELS), profile(name))}
    assert "parallel-fifths" in found
    assert ("spacing" in found) == (name != "bach")


def test_a_rule_asked_for_by_name_speaks_even_where_the_profile_leaves_it_out():
    score = read_score(CADENCE)
    assert "cadence" not in {finding.code for finding in check(score)}
    assert {finding.code for finding in check(score, codes=["cadence"])} == {"cadence"}


@pytest.mark.parametrize("voices", ["S", "B", "SB", "SA", "ATB", ""])
def test_partly_filled_scores_are_checked_as_far_as_they_go(voices):
    lines = [line for line in CADENCE.strip().splitlines() if line[0] in voices]
    score = read_score("\n".join(lines)) if lines else Score(Chorale.silent(16))
    silent = {voice for voice in Voice if voice.letter not in voices}
    for finding in check(score, codes=RULES):
        assert not silent & set(finding.voices)


def test_nothing_is_found_in_nothing():
    assert check(Score(Chorale.silent(0))) == ()
    assert tally(Score(Chorale.silent(0))) == {}


def test_a_tally_counts_the_findings():
    score = read_score(CADENCE)
    findings = check(score)
    assert tally(score) == {
        code: sum(finding.code == code for finding in findings) for code in {finding.code for finding in findings}
    }
    assert set(tally(score, codes=["seventh-resolution"])) == {"seventh-resolution"}


def test_the_analysis_is_asked_for_once_and_only_where_chords_matter():
    calls = []

    def counting(score):
        calls.append(score)
        return analyze(score)

    score = read_score(CADENCE)
    check(score, codes=[code for code, rule in RULES.items() if not rule.needs_chords], analyze=counting)
    assert not calls
    check(score, analyze=counting)
    assert len(calls) == 1


def test_an_analysis_made_before_an_edit_serves_for_a_score_with_more_moments():
    before = analyze(read_score(CADENCE))
    edited = read_score(CADENCE.replace("S: c5 d5", "S: c5:8 b4:8 d5:4"))
    with_old = {finding.code for finding in check(edited, analyze=lambda _: before)}
    assert "seventh-resolution" in with_old


def test_unknown_note_names_are_refused():
    with pytest.raises(InputError, match="note names"):
        check(read_score(PARALLELS), names="latin")
