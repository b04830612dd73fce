"""How findings speak."""

import pytest

from chorale.errors import InputError
from chorale.music import Meter, Pitch
from chorale.theory import check
from chorale.theory.rules import NAMINGS, Wording, naming
from chorale.theory.rules.wording import generic_size, interval_name, listed, voices_named, with_article
from tests.theory.rules.reading import read_score


def _interval(low, high):
    first, second = Pitch.parse(low), Pitch.parse(high)
    return second.fifth - first.fifth, second.midi - first.midi


@pytest.mark.parametrize(
    ("low", "high", "size", "name"),
    [
        ("C4", "C4", 0, "unison"),
        ("C4", "C#4", 0, "augmented unison"),
        ("C4", "D4", 1, "major second"),
        ("F4", "G#4", 1, "augmented second"),
        ("G#4", "F4", -1, "augmented second"),
        ("B3", "F4", 4, "diminished fifth"),
        ("F3", "B3", 3, "augmented fourth"),
        ("C4", "G4", 4, "fifth"),
        ("C4", "F3", -4, "fifth"),
        ("E4", "C5", 5, "minor sixth"),
        ("G#3", "F4", 6, "diminished seventh"),
        ("C4", "C5", 7, "octave"),
        ("C4", "C#5", 7, "augmented octave"),
        ("C3", "E4", 9, "major tenth"),
        ("C5", "C3", -14, "two octaves"),
        ("C3", "E5", 16, "major third over two octaves"),
    ],
)
def test_intervals_have_their_names_in_both_directions(low, high, size, name):
    assert generic_size(*_interval(low, high)) == size
    assert interval_name(*_interval(low, high)) == name


def test_articles_fit_their_intervals():
    assert [with_article(name) for name in ("octave", "fifth", "eleventh", "two octaves")] == [
        "an octave",
        "a fifth",
        "an eleventh",
        "two octaves",
    ]


@pytest.mark.parametrize(
    ("style", "names"),
    [
        ("english", ["Bb", "B", "F#", "Eb", "Ab", "Cx", "Bbb", "B#"]),
        ("german", ["B", "H", "Fis", "Es", "As", "Cisis", "Heses", "His"]),
        ("fixed-do", ["Sib", "Si", "Fa#", "Mib", "Lab", "Do##", "Sibb", "Si#"]),
    ],
)
def test_note_names_come_in_three_styles(style, names):
    fifths = [-2, 5, 6, -3, -4, 14, -9, 12]
    assert [naming(style)(fifth) for fifth in fifths] == [name.replace("Cx", "C##") for name in names]


def test_an_unknown_style_is_refused_with_those_there_are():
    with pytest.raises(InputError, match=r"note names 'klingon': wanted one of english, german, fixed-do"):
        naming("klingon")


def test_places_are_bars_beats_and_parts_of_beats():
    wording = Wording(read_score("S: c5:1 | c5:1"))
    assert [wording.place(step) for step in (0, 1, 2, 3, 4, 16)] == ["1.1", "1.1¼", "1.1½", "1.1¾", "1.2", "2.1"]
    compound = Wording(read_score("S: c5:2.", meter=Meter(6, 8)))
    assert [compound.place(step) for step in (0, 1, 2, 6)] == ["1.1", "1.1+1/6", "1.1⅓", "1.2"]
    assert Wording(read_score("S: c5 | c5:1", pickup=4)).place(0) == "0.4"


def test_lists_end_in_and():
    assert [listed(words) for words in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert voices_named([0, 3]) == "soprano and bass"
    assert voices_named([0, 1, 2, 3]) == "all voices"


def test_messages_are_in_the_note_names_asked_for():
    score = read_score("A: bb4:2 c5\nT: eb4:2 f4")
    said = {style: check(score, codes=["parallel-fifths"], names=style)[0].message for style in NAMINGS}
    assert said["english"].endswith("Eb-Bb to F-C, a fifth to a fifth")
    assert said["german"].endswith("Es-B to F-C, a fifth to a fifth")
    assert said["fixed-do"].endswith("Mib-Sib to Fa-Do, a fifth to a fifth")
