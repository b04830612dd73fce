"""Points: every one accounted for."""

import pytest

from chorale.app.marking.comparing import compare
from chorale.app.marking.scoring import mark
from chorale.music import Voice
from chorale.theory import RULES, Finding, Severity

PARALLEL, OVERLAP, RANGE = "parallel-fifths", "overlap", "range"


def finding(code=PARALLEL, start=4, voice=1, severity=None):
    grave = RULES[code].severity if severity is None else severity
    notes = ((Voice(voice), start),)
    return Finding(code, grave, (Voice(voice),), start, start, notes, "so it is")


@pytest.fixture
def marked(assigned, classroom):
    """Score findings of a hand-in, by default the solution's, by the assignment with some lines more."""

    def score(findings, more="", hand_in=None):
        assignment = assigned(classroom.TEXT + more)
        return mark(compare(hand_in or classroom.SOLUTION, assignment), findings, assignment)

    return score


def lines(result):
    return [(line.kind, line.count, line.points, line.capped) for line in result.lines]


def test_a_faultless_hand_in_has_all_points(marked):
    result = marked([])
    assert (result.score, result.total, result.lines) == (20, 20, ())


def test_points_go_by_severity_unless_the_rule_says_otherwise(marked):
    found = [finding(), finding(RANGE), finding(OVERLAP), finding("parallel-octaves")]
    result = marked(found, "[points]\nround = 0\n[points.rules]\nparallel-octaves = 3\n")
    assert result.costs == (1, 0.5, 0, 3)
    assert result.score == 15.5
    assert lines(result)[0] == (RANGE, 1, -0.5, False)


def test_a_mistake_in_the_given_notes_is_nobodys_and_one_beside_them_is(marked):
    given = finding(RANGE, voice=0)
    both = Finding(PARALLEL, Severity.ERROR, (Voice(0), Voice(3)), 4, 8, ((Voice(0), 4), (Voice(3), 4)), "x")
    assert marked([given, both]).findings == (both,)


def test_a_cap_a_rule_and_a_cap_on_all_keep_what_they_say(marked):
    found = [finding(start=4 * n) for n in range(8)]
    each = marked(found, "[points.caps]\neach_rule = 3\n")
    assert lines(each) == [(PARALLEL, 8, -3, True)]
    own = marked(found, "[points.caps]\neach_rule = 3\nparallel-fifths = 5\n")
    assert lines(own) == [(PARALLEL, 8, -5, True)]
    both = marked([*found, finding("parallel-octaves")], "[points.caps]\nmistakes = 4\n")
    assert sum(points for _, _, points, _ in lines(both)) == -4
    assert both.score == 16


def test_the_score_never_falls_below_nothing_and_is_rounded_halves_upwards(marked):
    assert marked([finding(start=n) for n in range(60)]).score == 0
    quarter = "[points]\nerror = 0.25\nround = 0.5\n"
    assert marked([finding()], quarter).score == 20
    assert marked([finding(), finding(start=8)], quarter).score == 19.5
    assert marked([finding()], "[points]\nerror = 0.25\nround = 0\n").score == 19.75


def test_only_the_given_voice_is_worth_nothing(marked, classroom):
    result = marked([], hand_in=classroom.only(classroom.SOLUTION, [0]))
    assert (result.score, lines(result)) == (0, [("missing", 1, -20, False)])


def test_changed_bars_cost_points_up_to_their_cap(marked, classroom):
    tune = "a4:4 | a4 g4 f4 e4 | b4 c5 d5^ d5 | a4 c5 b4 a4 | d5 c5 a4:2^ |"
    result = marked(
        [], "[completeness]\ngiven = 2\ngiven_cap = 7\n", classroom.four_parts((tune, *classroom.LINES[1:]))
    )
    assert lines(result) == [("given", 1, -7, True)]


def test_what_a_remark_costs_can_be_set_and_a_note_costs_nothing(marked, classroom):
    other = classroom.SOLUTION.replace(pickup=0)
    assert marked([], "[completeness]\nbars = 0.5\n", other).score == 19.5
    assert marked([], "[completeness]\nbars = 0\n", other).score == 20


AP = 'preset = "ap"\n'
BASS = """\
preset = "ap"
title = "AP"
key = "D major"
meter = "4/4"
[given]
bass = "d3:4 c#3 d3 f3 | g3:4 a3:4 d3:2 |"
[locked]
soprano = "f4:4 r:4 r:2 | r:1 |"
alto = "d4:4 r:4 r:2 | r:1 |"
tenor = "a3:4 r:4 r:2 | r:1 |"
"""
PARTS = (
    "f4:4 e4 d4 d4 | d4:4 c4:4 d4:2 |",
    "d4:4 a3 a3 a3 | b3:4 a3:4 f3:2 |",
    "a3:4 a3 f3 d3 | d3:4 e3:4 d3:2 |",
    "d3:4 c#3 d3 f3 | g3:4 a3:4 d3:2 |",
)


@pytest.fixture
def by_chords(assigned, classroom):
    def score(findings, text=BASS, parts=PARTS):
        assignment = assigned(text)
        hand_in = classroom.four_parts(parts, assignment.score.key, assignment.score.meter, 0)
        return mark(compare(hand_in, assignment), findings, assignment)

    return score


def test_by_chords_the_first_was_given_and_each_other_is_worth_one_and_its_connection_two(by_chords):
    result = by_chords([])
    assert (result.score, result.total) == (18, 18)
    assert [(each.chord_most, each.connection_most) for each in result.chords] == [(0, 0), *[(1, 2)] * 6]


@pytest.mark.parametrize(
    ("codes", "chord", "connection"),
    [
        (["spacing"], 0.5, 2),
        (["spacing", "doubled-leading-tone"], 0, 2),
        (["direct-fifths"], 1, 1),
        (["direct-fifths", "crossing"], 1, 0),
        (["parallel-fifths"], 1, 0),
        (["overlap", "parallel-octaves"], 1, 0),
        (["doubling-root-position"], 1, 2),
    ],
)
def test_by_chords_flaws_halve_the_chord_and_faults_the_connection(by_chords, codes, chord, connection):
    result = by_chords([finding(code, start=8) for code in codes])
    assert (result.chords[2].chord, result.chords[2].connection) == (chord, connection)
    assert result.score == 18 - (1 - chord) - (2 - connection)


def test_by_chords_what_is_no_chord_earns_nothing_before_and_after_it(by_chords):
    result = by_chords([finding("omitted-third", start=8)])
    assert [each.points for each in result.chords] == [0, 3, 0, 1, 3, 3, 3]
    assert result.score == 13


def test_by_chords_missing_voices_earn_nothing(by_chords):
    parts = (PARTS[0], "d4:4 r:4 r:2 | r:1 |", "a3:4 r:4 r:2 | r:1 |", PARTS[3])
    assert by_chords([], parts=parts).score == 0


def test_by_chords_points_can_be_scaled(by_chords):
    text = BASS.replace("[given]", "[points]\ntotal = 9\n[given]")
    result = by_chords([finding("parallel-fifths", start=8)], text)
    assert (result.score, result.total) == (8, 9)
