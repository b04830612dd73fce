"""Predicates about what stands on the staff."""

from chorale.levels.level import Answer
from chorale.levels.scoring import mark
from chorale.music import Voice

ALTO = 'soprano = "e5:4 d5 c5:2^"\nalto = "g4:4 ? ?:2"'
RIGHT = 'alto = "g4:4 f4 e4:2"'
FAULTY = 'soprano = "g4:4? a4? g4:2?"\nbass = "c3:4 d3 e3:2"'
MENDED = 'soprano = "g4:4 f4 g4:2"'
ERRORS = '[[errors]]\nrule = "parallel-fifths"\nat = "1.1"'


def goal(check, more=""):
    return f'[[goals]]\ncheck = "{check}"\nrequired = true\n{more}'


def told(level, answer):
    return [(remark.rule, remark.place, remark.why) for remark in mark(level, answer).remarks]


def test_filled_wants_every_gap_from_its_first_step_to_its_last(make, write):
    level = make(kind="place", score=ALTO, solution=RIGHT, goals=goal("exact"))
    assert told(level, level.solution) == []
    assert told(level, write(level, alto="g4:4 f4 e4:4 r:4")) == [("filled", "bar 1.3, alto", "a note is wanted here")]


def test_a_fault_cannot_be_mended_by_taking_its_note_away(make, write):
    level = make(kind="fix", score=FAULTY, solution=MENDED, goals=goal("found"), tail=ERRORS)
    assert mark(level, write(level, soprano="g4:4 r g4:2")).missed == ("filled", "found")


def test_kept_tells_what_was_given_and_by_whose_voice(make):
    level = make(kind="place", score=ALTO, solution=RIGHT, goals=goal("exact"))
    changed = level.solution.score.replace(
        chorale=level.solution.score.chorale.with_voice(0, level.solution.score.chorale.melody(1))
    )
    assert ("kept", "bar 1.1, soprano", "E5 was given here, and was changed") in told(level, changed)


def test_a_given_note_that_was_struck_again_was_changed(make):
    level = make(kind="place", score=ALTO, solution=RIGHT, goals=goal("exact"))
    right = level.solution.score
    onsets = right.chorale.onsets.copy()
    onsets[2, 0] = True
    struck = right.replace(chorale=type(right.chorale)(right.chorale.pitches, onsets))
    assert mark(level, struck).missed == ("kept",)


def test_exact_says_how_a_note_misses_without_naming_the_right_one(make, write):
    level = make(kind="place", score=ALTO, solution=RIGHT, goals=goal("exact"))
    assert told(level, write(level, alto="g4:4 e4 e5:2")) == [
        ("exact", "bar 1.2, alto", "E4 is too low"),
        ("exact", "bar 1.3, alto", "E5 is the right note in another octave"),
    ]
    assert told(level, write(level, alto="g4:4 e#4 e4:2")) == [
        ("exact", "bar 1.2, alto", "E#4 sounds right, and is spelled otherwise here")
    ]


def test_exact_by_class_takes_any_octave(make, write):
    level = make(kind="place", score=ALTO, solution=RIGHT, goals=goal("exact", 'is = "class"'))
    assert told(level, write(level, alto="g4:4 f3 e5:2")) == []
    assert mark(level, write(level, alto="g4:4 g4 e4:2")).missed == ("exact",)


def test_note_names_are_the_players(make, write):
    level = make(kind="place", score=ALTO, solution='alto = "g4:4 a4 e4:2"', goals=goal("exact"))
    (remark,) = mark(level, write(level, alto="g4:4 b4 e4:2"), names="german").remarks
    assert remark.why == "H4 is too high"


def test_rhythm_wants_one_note_a_gap(make, write):
    level = make(kind="place", score=ALTO, solution=RIGHT, goals=goal("rhythm"))
    assert told(level, level.solution) == []
    assert [each[:2] for each in told(level, write(level, alto="g4:4 f4:8 f4 e4:2"))] == [("rhythm", "bar 1.2, alto")]


def test_found_wants_every_planted_error_and_nothing_sound(make):
    level = make(kind="fix", score=FAULTY, solution=MENDED, goals=goal("found"), tail=ERRORS)
    mended = level.solution.score
    assert mark(level, Answer(mended, ((Voice.BASS, 4),))).missed == ()
    assert told(level, Answer(mended)) == [
        ("found", "bar 1.1, soprano and bass", "this was not found: C-G to D-A, a fifth to a fifth")
    ]
    too_many = Answer(mended, ((Voice.BASS, 4), (Voice.BASS, 8)))
    assert told(level, too_many) == [("found", "bar 1.3, bass", "this note is in order")]


def test_a_note_that_another_rule_blames_is_no_false_alarm(make):
    faulty = 'soprano = "g4:4? a4? g5:2?"\nbass = "c3:4 d3 e3:2"'
    level = make(kind="fix", score=faulty, solution=MENDED, goals=goal("found"), tail=ERRORS)
    assert mark(level, Answer(level.solution.score, ((Voice.BASS, 4), (Voice.SOPRANO, 8)))).missed == ()


def test_a_written_note_does_not_swallow_the_given_one_after_it(make):
    score = 'soprano = "c5:4 ? d5:2"'
    level = make(kind="place", score=score, solution='soprano = "c5:4 d5 d5:2"', goals=goal("exact"))
    assert mark(level, level.solution).missed == ()
    onsets = level.solution.score.chorale.onsets.copy()
    onsets[8, 0] = False
    held = level.solution.score.chorale.__class__(level.solution.score.chorale.pitches, onsets)
    assert mark(level, level.solution.score.replace(chorale=held)).missed == ("kept",)
