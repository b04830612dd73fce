"""Level files: what is read, and how a mistake is told."""

import numpy as np
import pytest

from chorale import assets
from chorale.errors import InputError
from chorale.levels.level import read
from chorale.levels.notation import Gap
from chorale.music import REST, Voice


def test_gaps_are_silent_and_writable_and_everything_else_is_locked(make):
    level = make()
    assert level.gaps == tuple(
        (voice, Gap(step, length))
        for step, length in ((4, 4), (8, 8))
        for voice in (Voice.ALTO, Voice.TENOR, Voice.BASS)
    )
    assert (level.start.chorale.pitches[4:, 1:] == REST).all()
    assert level.writable[4:, 1:].all()
    assert not level.writable[:, 0].any()
    assert np.array_equal(level.start.locked, ~level.writable)


def test_a_note_with_a_question_mark_stands_there_and_may_be_changed(make):
    level = make(
        kind="place",
        score='soprano = "e5:4 d5? c5:2^ |"\nalto = "?:4 ?:4 ?:2"',
        solution='alto = "g4:4 g4 e4:2"',
        goals=ANY,
    )
    assert str(level.start.pitch_at(4, 0)) == "D5"
    assert level.writable[:, 0].tolist() == [False] * 4 + [True] * 4 + [False] * 8


def test_a_voice_to_be_written_whole_takes_the_rhythm_of_the_first_one_given_and_of_the_chords(make):
    level = make(
        kind="place",
        score='soprano = "e5:2 c5:2^"\nbass = "?"\nchords = "I:4 V I:2"',
        solution='bass = "c3:4 g2 c3:2"',
        goals=ANY,
    )
    assert [gap for _, gap in level.gaps] == [Gap(0, 4), Gap(4, 4), Gap(8, 8)]


def test_free_voices_may_be_changed_wherever_they_have_notes(make):
    level = make(
        kind="place", score='soprano = "e5:2 r:4 c5:4"\nbass = "?:1"\nfree = "S"', solution='bass = "c3:1"', goals=ANY
    )
    assert level.writable[:, 0].tolist() == [True] * 8 + [False] * 4 + [True] * 4


def test_the_solution_has_the_given_voices_and_the_written_ones(make):
    level = make()
    assert [str(level.solution.score.pitch_at(4, voice)) for voice in range(4)] == ["D5", "G4", "B3", "G3"]


def test_every_level_asks_that_given_notes_stay_and_gaps_are_filled(make):
    assert [(goal.name, goal.required) for goal in make().goals[:2]] == [("kept", True), ("filled", True)]


def test_a_goal_that_every_level_has_may_be_put_otherwise(make):
    goals = '[[goals]]\ncheck = "filled"\nvoices = "S"\nweight = 1'
    level = make(kind="place", goals=goals)
    assert [goal.name for goal in level.goals] == ["kept", "filled"]
    assert not level.goals[1].required


def test_profile_means_the_rules_that_no_other_goal_names(make):
    level = make(goals=GOALS + '[[goals]]\nrules = "profile"')
    codes = level.goals[-1].rules
    assert "spacing" in codes
    assert "parallel-fifths" not in codes
    assert "cadence" not in codes, "it is off in the profile"


def test_planted_errors_know_their_notes(make):
    level = make(
        kind="fix", score=FAULTY, goals=ANY, tail='[[errors]]\nrule = "parallel-fifths"\nat = "1.1"', solution=""
    )
    (error,) = level.errors
    assert set(error.notes) == {(Voice.SOPRANO, 0), (Voice.SOPRANO, 4), (Voice.BASS, 0), (Voice.BASS, 4)}
    assert "a fifth" in error.why
    assert level.solution.found == error.notes


ANY = '[[goals]]\ncheck = "filled"'
GOALS = '[[goals]]\ncheck = "cadence"\nis = "PAC"\n[[goals]]\nrule = "parallel-fifths"\n'
FAULTY = 'soprano = "g4:4? a4? g4:2"\nbass = "c3:4 d3 e3:2"'


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"kind": "sing"}, "unknown kind 'sing': did you mean line?"),
        ({"kind": "spel"}, "unknown kind 'spel': did you mean spell?"),
        ({"kind": "spell"}, "kind is 'spell': wanted score.chords, the numerals to build"),
        ({"kind": "voice"}, "kind is 'voice': wanted gaps in one voice only"),
        ({"kind": "fix"}, "kind is 'fix': wanted the planted errors, each in [[errors]]"),
        ({"kind": "figured"}, "kind is 'figured': wanted score.figures, the figures to realize"),
        ({"kind": "line"}, "kind is 'line': wanted gaps in the soprano only"),
        ({"goals": ANY}, "kind is 'cadence': wanted a goal with check = \"cadence\""),
        ({"key": "C mayor"}, "key: "),
        ({"head": "tempo = 5"}, "tempo is 5: wanted a number from 10 to 400"),
        ({"head": "version = 1.5"}, "version is 1.5: wanted a whole number from 1"),
        ({"head": 'titel = "x"'}, "unknown field 'titel': did you mean title?"),
        ({"head": 'pickup = "x"'}, "pickup: 'x': wanted a part of a whole note such as 1/4"),
        ({"head": 'profile = "strict"'}, "unknown profile 'strict': wanted textbook, ap, bach"),
        ({"head": 'offers = ["undo"]'}, "unknown offers: offer 'undo': wanted harmonize"),
        ({"head": "teaches = 3"}, "teaches is 3: wanted a list of texts"),
        ({"score": ""}, "score.soprano is missing: wanted a voice with notes or gaps such as ?:4"),
        ({"score": 'soprano = "e5:4 d5 c5:2"', "solution": ""}, "score has nothing to write: wanted a gap such as ?:4"),
        ({"score": 'soprano = "e5:4 x c5"'}, "score.soprano: line 1: 'x' in bar 1: wanted a note such as"),
        ({"score": 'soprano = "?:4 e5~ ?"'}, "score.soprano: line 1: '?' in bar 1: wanted a note, since one is tied"),
        ({"score": 'soprano = "?:4"\nchords = "H:4"'}, "score.chords: chord 'H'"),
        ({"score": 'soprano = "?:4"\nchords = "I:5"'}, "score.chords: line 1: length ':5': wanted one of"),
        ({"score": 'soprano = "?:4"\nfree = "X"'}, "score.free: 'X': wanted letters of S, A, T and B"),
        ({"goals": ""}, "goals is missing: wanted at least one goal"),
        ({"goals": '[[goals]]\nrule = "paralel-fifths"'}, "rule 'paralel-fifths': did you mean parallel-fifths?"),
        ({"goals": '[[goals]]\ncheck = "cadenza"'}, "unknown goals[1].check 'cadenza': did you mean cadence?"),
        ({"goals": '[[goals]]\ncheck = "cadence"'}, "goals[1].is is missing: cadence wants it"),
        ({"goals": '[[goals]]\ncheck = "cadence"\nis = "AC"'}, "unknown goals[1].is 'AC': did you mean PAC?"),
        ({"goals": '[[goals]]\ncheck = "filled"\nat = "1.1"'}, "goals[1].at: filled has no such field; it has voices"),
        ({"goals": "[[goals]]\nweight = 3"}, "goals[1].check is missing: wanted a predicate"),
        ({"goals": ANY + "\nweight = 101"}, "goals[1].weight is 101: wanted a number from 0 to 100"),
        ({"goals": ANY + "\nrequired = 1"}, "goals[1].required is 1: wanted true or false"),
        ({"goals": '[[goals]]\ncheck = "key"\nis = "G sharp"'}, "goals[1].is: key 'G sharp'"),
        ({"goals": '[[goals]]\ncheck = "chords"\nat = "1.1"\nis = "VIII"'}, "goals[1].is: chord 'VIII'"),
        ({"score": 'bass = "?:4"\nfigures = "x:4"'}, "score.figures: figures 'x': wanted figures such as 6"),
        ({"solution": 'alto = "g4:4 g4 e4:2"\nsoprano = "e5:4 e5 c5:2"'}, "solution.soprano at bar 1, beat 2: wanted D5"),  # noqa: E501  a row of the table
        ({"solution": 'alto = "g4:4 g4 e4:4"'}, "solution.alto has 12 sixteenths: wanted 16, as the score has"),
        ({"solution": 'alto = "g4:4 ? e4:2"'}, "solution.alto has a gap at bar 1, beat 2: wanted every note"),
        ({"tail": "[stars]\ntwo = 90\nthree = 80"}, "stars.two is 90: wanted no more than stars.three, which is 80"),
        ({"tail": "[[hints]]"}, "hints[1].words is missing: wanted words, show or fill"),
        ({"tail": '[[hints]]\nshow = "1.9"'}, "hints[1].show: '1.9': wanted a place from 1.1 to 1.4+3"),
        ({"tail": '[[hints]]\nshow = "here"'}, "hints[1].show: 'here': wanted a place such as 2.3"),
        ({"tail": '[[hints]]\nfill = "S1.1"'}, "hints[1].fill: 'S1.1': wanted a voice and a place that is to be written"),  # noqa: E501  a row of the table
        ({"tail": '[[wrong]]\nwhy = "x"\nmisses = ["cadense"]'}, "goal 'cadense': did you mean cadence?"),
        ({"tail": '[[wrong]]\nmisses = ["cadence"]'}, "wrong[1].why is missing: wanted what is wrong with it"),
        ({"tail": '[[errors]]\nrule = "crossing"\nat = "1.1"'}, "errors[1].at: no crossing at bar 1, beat 1"),
        ({"tail": "goals = 3"}, "solution.goals"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_file_and_field(text, tmp_path, parts, told):
    path = tmp_path / "level.toml"
    path.write_text(text(**parts), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read(path)
    assert str(error.value).startswith(f"{path}: ")
    assert told in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"id = ", "Invalid value"),
        (b"\xff\xfe", "can't decode"),
        (b"", "kind is missing: wanted one of place, spell"),
        (b"#" * 300_000, "larger than 200 kB: wanted a level"),
        (b"kind = 3", "kind is 3: wanted one of place, spell"),
    ],
)
def test_what_is_no_level_is_told_in_one_line(tmp_path, data, told):
    path = tmp_path / "level.toml"
    path.write_bytes(data)
    with pytest.raises(InputError, match=told):
        read(path)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InputError, match=r"cannot read the level .*no such file"):
        read(tmp_path / "nowhere.toml")


@pytest.mark.parametrize("name", ["Close", "", "a b", "a_b"])
def test_an_id_is_small_letters_digits_and_signs(text, tmp_path, name):
    path = tmp_path / "level.toml"
    path.write_text(text().replace('"test/close"', f'"{name}"'), encoding="utf-8")
    with pytest.raises(InputError, match="wanted small letters"):
        read(path)


EXAMPLES = sorted((assets.folder("levels") / "examples").glob("*.toml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_whichever_line_is_lost_or_spoiled_the_level_is_read_or_told_in_one_line(path, tmp_path):
    lines = path.read_text(encoding="utf-8").splitlines()
    damaged = tmp_path / "damaged.toml"
    told = []
    for number, line in enumerate(lines):
        for instead in ("", line.partition("=")[0] + "= 7", line[: len(line) // 2], f"{line}\n{line}"):
            damaged.write_text("\n".join([*lines[:number], instead, *lines[number + 1 :]]), encoding="utf-8")
            try:
                read(damaged)
            except InputError as error:
                told.append(str(error))
    assert len(told) > len(lines)
    assert [message for message in told if "\n" in message] == []
