"""Predicates about chords."""

import pytest

from chorale.levels.scoring import mark

ROW = 'chords = "I:4 V I:2 |"'
FOUR = 'soprano = "e5:4 d5 c5:2^ |"\nalto = "g4:4 ? ?:2"\ntenor = "c4:4 ? ?:2"\nbass = "c3:4 ? ?:2"\n'


def goal(check, more=""):
    return f'[[goals]]\ncheck = "{check}"\nrequired = true\n{more}\n'


def told(level, answer):
    return [(remark.place, remark.why) for remark in mark(level, answer).remarks]


@pytest.fixture
def spelled(make):
    return make(kind="spell", score=FOUR + ROW, goals=goal("chords"))


def test_chords_as_asked_are_met(spelled):
    assert told(spelled, spelled.solution) == []


@pytest.mark.parametrize(
    ("voices", "place", "why"),
    [
        (("g4", "a3", "g3"), "bar 1.2, tenor", "A does not belong to V, which is G, B and D"),
        (("f4", "a3", "g3"), "bar 1.2, alto and tenor", "F and A do not belong to V, which is G, B and D"),
        (("g4", "b3", "b2"), "bar 1.2, bass", "V has its root G in the bass, not B"),
        (("g4", "g3", "g3"), "bar 1.2, all voices", "V lacks B, its third"),
    ],
)
def test_a_chord_that_is_another_is_told_by_its_tones(spelled, write, voices, place, why):
    alto, tenor, bass = voices
    answer = write(spelled, alto=f"g4:4 {alto} e4:2", tenor=f"c4:4 {tenor} c4:2", bass=f"c3:4 {bass} c3:2")
    assert told(spelled, answer) == [(place, why)]


def test_the_fifth_may_be_left_out_and_the_seventh_may_not(make, write):
    level = make(kind="spell", score=FOUR + 'chords = "I:4 V7 I:2"', goals=goal("chords"), solution=SEVENTH)
    assert told(level, level.solution) == []
    assert told(level, write(level, alto="g4:4 g4 e4:2", tenor="c4:4 b3 c4:2", bass="c3:4 g3 c3:2")) == [
        ("bar 1.2, all voices", "V7 lacks F, its seventh")
    ]


SEVENTH = 'alto = "g4:4 f4 e4:2"\ntenor = "c4:4 b3 c4:2"\nbass = "c3:4 g3 c3:2"'


def test_one_chord_may_be_asked_for_at_a_place(make, write):
    level = make(kind="full", score=FOUR, goals=goal("chords", 'at = "1.2"\nis = "V"'))
    assert told(level, level.solution) == []
    assert mark(level, write(level, alto="g4:4 a4 e4:2", tenor="c4:4 f3 c4:2", bass="c3:4 d3 c3:2")).missed == (
        "chords",
    )


def test_figures_are_realized_over_every_bass_note(make, write):
    score = 'soprano = "?"\nalto = "?"\ntenor = "?"\nbass = "c3:4 b2 c3:2"\nfigures = "_:4 6/5 _:2"'
    right = 'soprano = "e5:4 d5 c5:2"\nalto = "g4:4 g4 g4:2"\ntenor = "c4:4 f4 e4:2"'
    level = make(kind="figured", score=score, goals=goal("figures"), solution=right)
    assert told(level, level.solution) == []
    strange = write(level, soprano="e5:4 d5 c5:2", alto="g4:4 a4 g4:2", tenor="c4:4 f4 e4:2")
    assert told(level, strange) == [("bar 1.2, alto", "A is not in the figure 6/5: over it sound B, G, F and D")]
    lacking = write(level, soprano="e5:4 d5 c5:2", alto="g4:4 g4 g4:2", tenor="c4:4 d4 e4:2")
    assert told(level, lacking) == [("bar 1.2, soprano, alto and tenor", "the figure 6/5 asks for F as well")]
    plain = write(level, soprano="e5:4 d5 c5:2", alto="g4:4 g4 a4:2", tenor="c4:4 f4 e4:2")
    assert told(level, plain) == [("bar 1.3, alto", "A is not in the figure 5/3: over it sound C, G and E")]


def test_a_suspended_fourth_and_its_resolution(make, write):
    score = 'soprano = "?"\nalto = "?"\ntenor = "?"\nbass = "g3:2 c3:2"\nfigures = "4:4 3:4 _:2"'
    right = 'soprano = "c5:4 b4 c5:2"\nalto = "g4:2 g4:2"\ntenor = "d4:2 e4:2"'
    level = make(kind="figured", score=score, goals=goal("figures"), solution=right)
    assert told(level, level.solution) == []
    late = write(level, soprano="c5:4 c5 c5:2", alto="g4:2 g4:2", tenor="d4:2 e4:2")
    assert told(level, late)[0][0] == "bar 1.2, soprano"


@pytest.mark.parametrize(
    ("wanted", "voices", "seen"),
    [
        ("PAC", ("e4", "c4", "c3"), None),
        ('["HC", "PAC"]', ("e4", "c4", "c3"), None),
        ("HC", ("e4", "c4", "c3"), "this is a perfect authentic cadence: wanted a half cadence"),
        ("DC", ("c4", "a3", "a2"), None),
    ],
)
def test_the_kind_of_a_cadence_is_told(make, write, wanted, voices, seen):
    kinds = wanted if wanted.startswith("[") else f'"{wanted}"'
    level = make(goals=goal("cadence", f"is = {kinds}"))
    alto, tenor, bass = voices
    answer = write(level, alto=f"g4:4 g4 {alto}:2", tenor=f"c4:4 b3 {tenor}:2", bass=f"c3:4 g3 {bass}:2")
    assert [why for _, why in told(level, answer)] == ([seen] if seen else [])


def test_a_key_is_heard_at_a_place(make):
    level = make(kind="full", goals=goal("key", 'is = "C major"'))
    assert told(level, level.solution) == []
    level = make(kind="full", goals=goal("key", 'is = "G major"'))
    (remark,) = mark(level, level.solution).remarks
    assert remark.why == "this is heard in C major: wanted G major"


def test_a_non_chord_tone_is_named(make, write):
    score = 'soprano = "e5:4 ? c5:2^ |"\nalto = "g4:1"\ntenor = "c4:1"\nbass = "c3:1"'
    more = 'at = "1.2"\nvoices = "S"\nis = "passing tone"'
    level = make(kind="voice", score=score, goals=goal("tone", more), solution='soprano = "e5:4 d5:4 c5:2"')
    assert told(level, level.solution) == []
    assert told(level, write(level, soprano="e5:4 e5:4 c5:2")) == [
        ("bar 1.2, soprano", "this is a chord tone: wanted a passing tone")
    ]


def test_close_and_open_position(make):
    level = make(kind="full", goals=goal("position", 'is = "open"'))
    whys = [why for _, why in told(level, level.solution)]
    assert whys == []
    level = make(kind="full", goals=goal("position", 'at = "1.2"\nis = "close"'))
    assert told(level, level.solution) == [
        ("bar 1.2, soprano and tenor", "soprano and tenor are an octave or more apart: wanted close position")
    ]


def test_a_cadence_ends_on_a_whole_chord(make, write):
    level = make(goals=goal("cadence", 'is = "PAC"'))
    hollow = write(level, alto="g4:4 g4 g4:2", tenor="c4:4 b3 c4:2", bass="c3:4 g3 c3:2")
    assert told(level, hollow) == [("bar 1.3, all voices", "the phrase ends on I without E, its third")]


def test_a_cadence_ends_without_strangers_in_its_chord(make, write):
    score = 'soprano = "c5:4 b4 a4:2^"\nalto = "e4:4 d4 d4:2"\ntenor = "g3:4 g3 ?:2"\nbass = "c3:4 g2 ?:2"'
    right = 'tenor = "g3:4 g3 f3:2"\nbass = "c3:4 g2 d3:2"'
    level = make(key="G major", goals=goal("cadence", 'is = "HC"'), score=score, solution=right)
    assert told(level, level.solution) == []
    ((place, why),) = told(level, write(level, tenor="g3:4 g3 g3:2", bass="c3:4 g2 g2:2"))
    assert place.startswith("bar 1.3")
    assert "half cadence" in why or "foreign" in why


def test_consonance_is_asked_of_what_begins_on_a_beat(make, write):
    score = 'soprano = "e5:4 d5:8 c5 c5:2^"\nalto = "?"\ntenor = "?"\nbass = "?"'
    right = 'alto = "g4:4 g4 g4:2"\ntenor = "c4:4 b3 c4:2"\nbass = "c3:4 g3 e3:2"'
    level = make(kind="full", goals=goal("consonant"), score=score, solution=right)
    assert told(level, level.solution) == []
    held = write(level, alto="g4:4 g4 g4:2", tenor="c4:4 c4 c4:2", bass="c3:4 c3 e3:2")
    assert told(level, held) == [("bar 1.2, soprano", "D is foreign to C major under it")]


def test_a_bass_note_may_pass_under_a_dash(make):
    score = 'soprano = "?"\nalto = "?"\ntenor = "?"\nbass = "c3:8 d3 e3:4 c3:2"\nfigures = "_:8 - 6:4 _:2"'
    right = 'soprano = "e5:4 g5 e5:2"\nalto = "g4:4 g4 g4:2"\ntenor = "c4:4 c4 c4:2"'
    level = make(kind="figured", score=score, goals=goal("figures"), solution=right)
    assert told(level, level.solution) == []
    assert [step for step, _ in level.figured] == [0, 4, 8]
    plain = make(kind="figured", score=score.replace(" - ", " _ "), goals=goal("figures"), solution=right)
    assert told(plain, plain.solution) != []
