"""The counting of chord progressions: what is counted, in which key, and how the table is written."""

import pytest

from chorale.music import Chorale, Key, Meter, Note, Pitch, Score
from chorale.theory.analysis.grammar import TABLE, grammar
from chorale.theory.analysis.vocabulary import VOCABULARY
from chorale.theory.harmony import Quality
from chorale.training.progressions import Sound, count, heard_by_others, heard_by_us, write
from chorale.training.romantext import Reference, Row

C, G = Key(0), Key(1)


@pytest.fixture
def score():
    """I V7 I with a fermata, then vi ii V I, in quarters; the last bar is short."""
    lines = ("G4 F4 E4 A4 A4 G4 G4", "E4 D4 C4 E4 F4 D4 E4", "C4 B3 G3 C4 D4 B3 C4", "C3 G2 C3 A2 D3 G2 C3")
    voices = [[Note(4 * at, 4, Pitch.parse(name).midi) for at, name in enumerate(line.split())] for line in lines]
    return Score(Chorale.from_voices(voices, 28), key=C, meter=Meter(4, 4), fermatas=frozenset({8, 24}))


def _sound(root, quality=Quality.MAJOR, entered=C, left=C, *, opens=False, closes=False):
    return Sound(entered, left, root, quality, opens, closes)


def test_chords_are_paired_inside_phrases_across_them_and_at_their_ends():
    sounds = [_sound(0, opens=True), _sound(1), _sound(0, closes=True), _sound(-1, opens=True)]
    assert count(sounds) == {
        ("major", "alone", "", "I"): 2,
        ("major", "alone", "", "V"): 1,
        ("major", "alone", "", "IV"): 1,
        ("major", "after", "I", "V"): 1,
        ("major", "closing", "V", "I"): 1,
        ("major", "opening", "I", "IV"): 1,
    }


def test_a_pivot_follows_in_the_old_key_and_stands_in_the_new_one():
    counts = count([_sound(0), _sound(3, Quality.MINOR, C, G), _sound(2, entered=G, left=G)])
    assert counts["major", "after", "I", "vi"] == 1
    assert counts["major", "after", "ii", "V"] == 1
    assert counts["major", "alone", "", "ii"] == 1
    assert counts["major", "alone", "", "vi"] == 0


def test_a_chord_that_its_key_does_not_know_is_not_counted():
    assert count([_sound(0), _sound(6, Quality.MINOR_SEVENTH)]) == {("major", "alone", "", "I"): 1}


def test_our_reading_has_the_phrases_of_the_score(score):
    sounds = heard_by_us(score, TABLE.read_text(encoding="utf-8"))
    roots = [(sound.root, sound.opens, sound.closes) for sound in sounds]
    assert roots[:4] == [(0, True, False), (1, False, False), (0, False, True), (3, True, False)]
    assert roots[-1] == (0, False, True)


def test_another_table_gives_other_odds():
    labels = [one.label for one in VOCABULARY["major"]]
    place = labels.index("V"), labels.index("IV")
    table = write({("major", "after", "V", "IV"): 500}, 0)
    assert grammar("major", table).after[place] > -0.1 > grammar("major").after[place]


def test_a_chord_repeated_inside_a_phrase_is_one_and_a_nameless_one_is_none(score):
    tonic = Row(0, 0, 0, (0, 4, 1), (C,), "I")
    again, nameless = Row(4, 0, 4, (0, 4, 1), (C, G), "I6"), Row(8, 0, 0, (0, 2, 7), (C,), "?")
    rows = (*[tonic] * 4, *[again] * 4, *[nameless] * 4, *[tonic] * 16)
    sounds = heard_by_others(Reference(0, "", score, rows, 1.0))
    assert sounds == [
        _sound(0, left=G, opens=True),
        _sound(0, opens=True, closes=True),
    ]


def test_the_table_leaves_out_what_is_rare_and_puts_the_common_first():
    counts = {
        ("major", "alone", "", "I"): 1,
        ("major", "after", "V", "I"): 3.4,
        ("major", "after", "V", "vi"): 5,
        ("major", "after", "V", "ii"): 2,
        ("minor", "closing", "V", "i"): 2,
    }
    text = write(counts, 12)
    assert "Source: 12 four-part pieces" in text
    assert text.partition("\n[major]\n")[2] == "alone: I 1\nafter V: vi 5, I 3\n\n[minor]\nclosing V: i 2\n"
