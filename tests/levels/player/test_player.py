"""The automatic player: what it finds, and what it does not look at."""

from dataclasses import replace

import pytest

from chorale.levels.level import Answer
from chorale.levels.player import doubts, play
from chorale.levels.player.columns import columns_of, rooms_of
from chorale.levels.scoring import mark
from chorale.music import Voice

PROFILE = '[[goals]]\nrules = "profile"\n'
PARALLELS = '[[goals]]\nrules = ["parallel-fifths", "parallel-octaves"]\nrequired = true\n'
PAC = '[[goals]]\ncheck = "cadence"\nis = "PAC"\nrequired = true\n'
TUNE = "g4:4 a4 b4 c5 | b4 a4 g4:2^ |"
ANY_SOLUTION = "g4:4 a4 b4 c5 | b4 a4 g4:2"


@pytest.fixture
def solves(make):
    """Make a level whose solution is nonsense, and return what the player's answer earns."""

    def solved(**parts):
        level = make(**parts)
        answer = play(replace(level, solution=Answer(level.start)))
        return mark(level, answer), answer

    return solved


def whole(first, **rows):
    voices = {"soprano": "?", "alto": "?", "tenor": "?", "bass": "?"} | first
    return "\n".join(f'{name} = "{text}"' for name, text in {**voices, **rows}.items())


def filler(*names):
    return "\n".join(f'{name} = "{ANY_SOLUTION}"' for name in names)


LOWER = ("alto", "tenor", "bass")


def test_a_tune_is_harmonized_without_a_mistake(solves):
    outcome, _ = solves(
        kind="full", key="G major", score=whole({"soprano": TUNE}), goals=PAC + PROFILE, solution=filler(*LOWER)
    )
    assert outcome.stars == 3


@pytest.mark.parametrize("close", ["PAC", "IAC", "HC", "DC", "PC"])
def test_every_cadence_is_found(solves, close):
    tunes = {
        "HC": "c5:4 c5 d5:2^ |",
        "PAC": "e5:4 d5 c5:2^ |",
        "IAC": "e5:4 f5 e5:2^ |",
        "DC": "e5:4 d5 c5:2^ |",
        "PC": "e5:4 c5 c5:2^ |",
    }
    goals = f'[[goals]]\ncheck = "cadence"\nis = "{close}"\nrequired = true\n' + PARALLELS
    score = whole({"soprano": tunes[close]})
    lower = "\n".join(f'{name} = "c4:4 c4 c4:2"' for name in LOWER)
    outcome, _ = solves(score=score, goals=goals, solution=lower)
    assert outcome.stars == 3


def test_numerals_are_built_and_joined(solves):
    chords = "I:4 IV V6/5 I | ii6 V I:2 |"
    score = whole({"soprano": "?:4 ? ? ? | ? ? ?:2 |"}, chords=chords)
    goals = '[[goals]]\ncheck = "chords"\nrequired = true\n' + PROFILE
    outcome, _ = solves(kind="spell", score=score, goals=goals, solution=filler("soprano", *LOWER))
    assert outcome.stars == 3


def test_a_figured_bass_is_realized(solves):
    score = whole({"bass": "d3:4 c#3 d3 g3 | a3:2 d3:2^ |"}, figures="_:4 6/5 _ 6/5 | 4:4 #:4 _:2 |")
    goals = '[[goals]]\ncheck = "figures"\nrequired = true\n' + PROFILE
    upper = "\n".join(f'{name} = "a4:1 | a4:1"' for name in ("soprano", "alto", "tenor"))
    outcome, _ = solves(kind="figured", key="D minor", score=score, goals=goals, solution=upper)
    assert outcome.stars == 3


def test_a_missing_voice_is_found(solves):
    score = whole({"soprano": "a4:4 b4 c5 b4 | a4 g#4 a4:2^ |", "alto": "e4:4 e4 e4 e4 | e4 e4 e4:2 |",
                   "tenor": "c4:4 g#3 a3 g#3 | c4 b3 c4:2 |"})  # fmt: skip
    outcome, _ = solves(kind="voice", key="A minor", score=score, goals=PAC + PROFILE, solution='bass = "a3:1 | a3:1"')
    assert outcome.stars == 3


def test_a_line_is_written(solves):
    goals = "".join(f'[[goals]]\ncheck = "{check}"\n{more}\n' for check, more in (
        ("climax", ""), ("begins", 'is = ["1", "3", "5"]'), ("ends", 'is = "1"'),
        ("compass", 'is = "octave"'), ("steps", ""), ("repeats", "most = 1"),
    ))  # fmt: skip
    score = 'soprano = "?:4 ? ? ? | ? ? ?:2^ |"'
    outcome, _ = solves(kind="line", key="F major", score=score, goals=goals, solution=filler("soprano"))
    assert outcome.stars == 3


def test_errors_are_found_and_mended(solves):
    score = """
        soprano = "e5:4 f5 d5 e5^ |"
        alto = "g4:4? a4? g4? g4? |"
        tenor = "c4:4? c4? b3? c4? |"
        bass = "c3:4 d3? g3 c3 |"
    """
    goals = '[[goals]]\ncheck = "found"\n[[goals]]\nrule = "parallel-fifths"\nrequired = true\n' + PROFILE
    outcome, answer = solves(kind="fix", score=score, goals=goals, solution="",
                             tail='[[errors]]\nrule = "parallel-fifths"\nat = "1.1"')  # fmt: skip
    assert outcome.stars == 3
    assert (Voice.BASS, 4) in answer.found


def test_what_only_words_ask_for_cannot_be_played(make):
    level = make(kind="place", score='soprano = "?:1"', solution='soprano = "c5:1"', goals='[[goals]]\ncheck = "exact"')
    assert play(level) is None
    assert doubts(level) == ()


def test_given_notes_stay(make):
    level = make()
    answer = play(level)
    assert mark(level, answer).missed == ()


def test_a_level_that_nobody_can_solve_is_doubted(make):
    score = 'soprano = "g4:4 a4 b4 c5"\nalto = "?"\ntenor = "c4:4 d4 e4 f4"\nbass = "c3:4 d3 e3 f3"'
    leaps = '[[goals]]\ncheck = "leaps"\nis = "second"\nrequired = true\n'
    contrary = '[[goals]]\ncheck = "contrary"\nvoices = "AB"\nleast = 100\nrequired = true\n'
    goals = leaps + contrary + PROFILE
    level = make(kind="voice", score=score, goals=goals, solution='alto = "g4:4 f4 e4 d4"')
    (line,) = doubts(level)
    assert line.startswith("the automatic player finds no better answer than one of ")


def test_a_level_that_refuses_good_answers_is_doubted(make):
    goals = PAC + '[[goals]]\ncheck = "exact"\nrequired = true\n'
    solution = 'alto = "g4:4 b4 g4:2"\ntenor = "c4:4 g4 e4:2"\nbass = "c3:4 g2 c3:2"'
    (line,) = doubts(make(goals=goals, solution=solution))
    assert line.startswith("ambiguous: another answer meets all other goals, and exact refuses it at bar 1.2")


def test_gaps_within_a_beat_are_one_room_unless_a_rhythm_or_a_chord_is_asked_for(make):
    score = 'soprano = "e5:8 f5 d5:4 c5:2"\nalto = "?"'
    level = make(kind="place", score=score, solution='alto = "c5:4 b4 g4:2"', goals='[[goals]]\ncheck = "filled"')
    assert [tuple(gap) for _, gap in rooms_of(level)] == [(0, 4), (4, 4), (8, 8)]
    assert [column.step for column in columns_of(level)] == [0, 4, 8]
    strict = make(kind="place", score=score, solution='alto = "c5:4 b4 g4:2"', goals='[[goals]]\ncheck = "rhythm"')
    assert len(rooms_of(strict)) == 4


def test_a_passing_tone_that_is_asked_for_is_written(solves):
    score = 'soprano = "d5:4 e5:4 e5:2^"\nalto = "g4:4 g4 g4:2"\ntenor = "b3:4 b3 c4:2"\nbass = "g3:8 ?:8 e3:4 c3:2"'
    goals = '[[goals]]\ncheck = "tone"\nat = "1.1+2"\nvoices = "B"\nis = "passing tone"\nrequired = true\n' + PROFILE
    outcome, answer = solves(kind="voice", key="G major", score=score + '\nchords = "I:4 vi IV:2"', goals=goals,
                             solution='bass = "g3:8 g3 e3:4 c3:2"')  # fmt: skip
    assert outcome.stars == 3
    assert str(answer.score.pitch_at(2, Voice.BASS)) == "F#3"


def test_a_close_in_another_key_is_found(solves):
    score = whole({"soprano": "a4:4 c5 d5 e5 | d5:2 c5^ |"})
    goals = PAC + '[[goals]]\ncheck = "key"\nis = "C major"\nrequired = true\n'
    outcome, _ = solves(key="F major", score=score, goals=goals, solution=filler(*LOWER))
    assert outcome.stars == 3


def test_a_bass_that_passes_under_a_dash_is_realized(solves):
    score = whole({"bass": "c3:8 d3 e3:4 f3 g3 | c3:1^ |"}, figures="_:8 - 6:4 6/5 _ | _:1 |")
    goals = '[[goals]]\ncheck = "figures"\nrequired = true\n' + PROFILE
    upper = "\n".join(f'{name} = "a4:1 | a4:1"' for name in ("soprano", "alto", "tenor"))
    outcome, _ = solves(kind="figured", score=score, goals=goals, solution=upper)
    assert outcome.stars == 3
