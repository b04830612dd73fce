"""Assignments: what they hold, and what is said of bad ones."""

import pytest

from chorale import assets
from chorale.app.marking import assignment, rubric
from chorale.errors import InputError
from chorale.music import Key, Meter
from chorale.theory import Severity

EXAMPLES = sorted((assets.folder("levels") / "assignments").glob("*.toml"))
GOOD = """\
title = "T"
key = "G major"
meter = "4/4"
[given]
soprano = "g4:4 a4 b4 c5 |"
"""


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_worked_example_can_be_used(path):
    read = assignment.read(path)
    assert read.voices
    assert read.fixed.any()
    assert read.rubric.method in rubric.METHODS


@pytest.mark.parametrize("name", rubric.presets())
def test_every_preset_says_what_it_is_and_can_be_used(name, assigned):
    text = (assets.folder("levels") / "assignments" / "presets" / f"{name}.toml").read_text(encoding="utf-8")
    assert 'about = """' in text
    assert assigned(f'preset = "{name}"\n{GOOD}').profile.name == name


def test_the_folder_of_assignments_states_its_licence():
    text = (assets.folder("levels") / "assignments" / "README.md").read_text(encoding="utf-8").lower()
    assert "licence" in text


def test_an_assignment_holds_what_it_says(assigned):
    read = assigned(GOOD + '[locked]\nbass = "r:2. c3:4 |"\n[ranges]\nbass = "C2-D4"\n[severity]\noverlap = "off"\n')
    assert (read.title, read.score.key, read.score.meter, read.bars) == ("T", Key(1), Meter(4, 4), 1)
    assert read.voices == (0,)
    assert [int(count) for count in read.fixed.sum(axis=0)] == [16, 0, 0, 4]
    assert read.score.chorale.pitches[12, 3] == 48
    assert read.profile.ranges[3] == (36, 62)
    assert read.profile.severities["overlap"] is None


def test_what_an_assignment_says_comes_before_its_preset(assigned):
    read = assigned(GOOD.replace("[given]", 'preset = "textbook"\n[points]\ntotal = 9\n[given]'))
    assert read.rubric.total == 9
    assert read.rubric.caps["each_rule"] == 4


def test_a_rule_can_be_made_graver_or_left_out(assigned):
    read = assigned(GOOD + '[severity]\noverlap = "error"\nspacing = "off"\n')
    assert read.profile.severities["overlap"] is Severity.ERROR
    assert read.profile.severities["spacing"] is None


def test_the_given_voice_may_be_a_file_beside_it_cut_to_some_bars(assigned, handed_in, tmp_path):
    from chorale.levels import tunes  # noqa: PLC0415  only here

    folder = handed_in(tunes.load("twinkle"), "tune.chorale")
    (folder / "tune.chorale").rename(tmp_path / "tune.chorale")
    read = assigned('title = "T"\n[given]\nfile = "tune.chorale"\nexcerpt = "1-4"\n')
    assert read.bars == 4
    assert read.score.meter == tunes.load("twinkle").meter
    assert read.files == (tmp_path / "assignment.toml", tmp_path / "tune.chorale")


def test_another_text_is_another_assignment_and_a_comment_is_not(assigned):
    same, commented, other = assigned(GOOD), assigned("# mine\n" + GOOD), assigned(GOOD.replace("T", "U"))
    assert same.digest == commented.digest
    assert same.digest != other.digest


BAD = {
    "nothing": ("", "title is missing: wanted the assignment's title"),
    "no TOML": ("title = ", "Invalid value"),
    "a misspelt field": (GOOD.replace("meter", "metre"), "meter is missing"),
    "an unknown field": (f'colour = "red"\n{GOOD}', "unknown field 'colour'"),
    "a near field": (f'profil = "ap"\n{GOOD}', "unknown field 'profil': did you mean profile?"),
    "no key": (GOOD.replace('key = "G major"\n', ""), "key is missing: wanted a key such as G major"),
    "a bad key": (GOOD.replace("G major", "H sharp"), "key: key 'H sharp': wanted a tonic and a mode"),
    "a bad meter": (GOOD.replace("4/4", "4/5"), "meter: meter '4/5': wanted one such as 4/4"),
    "a number for a text": (GOOD.replace('"G major"', "7"), "key is 7: wanted a key such as G major"),
    "a bad pickup": (f'pickup = "1/3"\n{GOOD}', "pickup: '1/3': wanted a part of a whole note"),
    "nothing given": (GOOD.partition("[given]")[0], "given is missing: wanted a voice such as soprano"),
    "a misspelt voice": (
        GOOD.replace("soprano", "sopran"),
        "unknown field 'given.sopran': did you mean given.soprano?",
    ),
    "a bad note": (GOOD.replace("b4", "h4"), "given.soprano: line 1: 'h4' in bar 1: wanted a note such as"),
    "a full bar": (GOOD.replace("b4", "b4:2"), "given.soprano: line 1: 'c5' runs over the end of bar 1"),
    "only rests": (GOOD.replace("g4:4 a4 b4 c5", "r:1"), "given.soprano: line 1: no notes"),
    "no such file": (GOOD.replace("soprano =", "file ="), "given.file: "),
    "bad voices": (GOOD + 'file = "x"\nvoices = "Q"', "given.voices is 'Q': wanted letters of S, A, T and B"),
    "a given voice locked": (GOOD + '[locked]\nsoprano = "g4:1"', "locked.soprano: the soprano is given already"),
    "a bad profile": (f'profile = "bahc"\n{GOOD}', "unknown profile 'bahc': did you mean bach?"),
    "a bad preset": (f'preset = "a p"\n{GOOD}', "unknown preset 'a p': did you mean ap?"),
    "bad note names": (f'names = "latin"\n{GOOD}', "unknown names 'latin': wanted english, german, fixed-do"),
    "a rule": (GOOD + "[points.rules]\nparallel-fifhts = 2", "unknown points.rules: rule 'parallel-fifhts': did you"),
    "negative points": (GOOD + "[points]\nerror = -1", "points.error is -1: wanted a number from 0 to 1000"),
    "true points": (GOOD + "[points]\ntotal = true", "points.total is True: wanted a number from 0 to 1000"),
    "no points": (GOOD + "[points]\ntotal = 0", "points.total is 0: wanted the most points that can be had"),
    "a bad method": (GOOD + '[points]\nmethod = "guess"', "unknown points.method 'guess': wanted deduct, chords"),
    "chords without rules": (GOOD + '[points]\nmethod = "chords"', "[chords] names no rule"),
    "a bad list": (GOOD + '[chords]\ngrave = "overlap"', "chords.grave is 'overlap': wanted a list of rules"),
    "a bad severity": (GOOD + '[severity]\noverlap = "awful"', "severity.overlap is 'awful': wanted error, warning"),
    "a bad range": (GOOD + '[ranges]\nbass = "D4-C2"', "ranges.bass: 'D4-C2': wanted a lowest and a highest note"),
    "a table that is none": (f"points = 3\n{GOOD}", "points is 3: wanted a table, as in [points]"),
    "suggestions": (f'suggestions = "yes"\n{GOOD}', "suggestions is 'yes': wanted true or false"),
    "bars": (f"bars = 1.5\n{GOOD}", "bars is 1.5: wanted a whole number from 1 to 500"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_assignment_is_one_line_that_names_file_and_field(assigned, name):
    text, told = BAD[name]
    with pytest.raises(InputError) as error:
        assigned(text)
    assert told in str(error.value)
    assert "assignment.toml: " in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_assignment_and_one_that_is_a_folder_are_one_line(tmp_path):
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(InputError, match="cannot read the assignment"):
            assignment.read(path)
