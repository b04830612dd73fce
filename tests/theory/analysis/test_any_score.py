"""Whatever the score, the analysis is whole and consistent; moved by an interval it says the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale.music import REST, Chorale, Key, Meter, Score
from chorale.theory import ToneKind, analyze
from tests.theory.analysis.test_progressions import CASES, MODULATION
from tests.theory.analysis.writing import music, transposed

pitches = st.lists(st.one_of(st.just(REST), st.integers(36, 81)), min_size=4, max_size=4)


@st.composite
def scores(draw):
    rows = draw(st.lists(st.tuples(pitches, st.integers(1, 6)), max_size=12))
    cells = np.array([row for row, length in rows for _ in range(length)], dtype=int).reshape(-1, 4)
    meter = draw(st.sampled_from([Meter(4, 4), Meter(3, 4), Meter(6, 8), Meter(3, 2), Meter(1, 16)]))
    pickup = draw(st.integers(0, meter.steps_per_bar - 1))
    fermatas = draw(st.frozensets(st.integers(0, max(0, len(cells) - 1)), max_size=3)) if len(cells) else frozenset()
    key = Key.from_signature(draw(st.integers(-7, 7)), draw(st.sampled_from(["major", "minor"])))
    return Score(Chorale(cells), key, meter, pickup, fermatas=fermatas)


def check(score):
    """Assert what holds for every analysis."""
    analysis = analyze(score)
    texture, harmonies = analysis.texture, analysis.harmonies
    assert analysis.tones.shape == (len(texture), 4)
    assert analysis.tones.dtype == np.int8
    assert ((analysis.tones == ToneKind.SILENT) == ~texture.sounds).all()
    ends = [harmony.end for harmony in harmonies]
    assert all(harmony.start < harmony.end for harmony in harmonies)
    assert all(end <= after.start for end, after in zip(ends, harmonies[1:], strict=False))
    assert all(harmony.chord.bass in harmony.chord.tones and harmony.numeral for harmony in harmonies)
    for row, step in enumerate(texture.steps):
        number = int(analysis.harmony_index[row])
        inside = [index for index, harmony in enumerate(harmonies) if harmony.start <= step < harmony.end]
        assert inside == ([number] if number >= 0 else [])
    assert [cadence.end for cadence in analysis.cadences] == sorted({cadence.end for cadence in analysis.cadences})
    return analysis


@settings(max_examples=60, deadline=None)
@given(scores())
def test_the_analysis_of_any_score_is_consistent(score):
    check(score)


@pytest.mark.parametrize("steps", [0, 1, 16])
def test_silence_has_no_harmony(steps):
    assert not check(Score(Chorale.silent(steps))).harmonies


def test_a_bare_melody_has_no_harmony_and_no_cadence():
    analysis = check(music("C5 D5 E5 C5", fermatas=(12,)))
    assert not analysis.harmonies
    assert not analysis.cadences


def test_two_voices_get_the_best_guess():
    analysis = check(music("E5 D5 C5/8", "", "", "C3 G3 C3/8"))
    assert [harmony.numeral for harmony in analysis.harmonies] == ["I", "V", "I"]


def test_rests_between_phrases_do_no_harm():
    analysis = check(music("C5 B4 C5 r C5 B4 C5", "E4 D4 E4 r E4 D4 E4", "G3 G3 G3 r G3 G3 G3", "C3 G3 C3 r C3 G3 C3"))
    assert [harmony.numeral for harmony in analysis.harmonies if harmony.end - harmony.start][-1] == "I"


def test_six_eight_and_a_pickup():
    analysis = check(
        music(
            "G4/2 C5/4 C5/2 D5/4 B4/2 C5/10",
            "E4/2 E4/4 E4/2 D4/4 D4/2 E4/10",
            "C4/2 G3/4 G3/2 G3/4 G3/2 G3/10",
            "C3/2 C3/6 G3/6 C3/10",
            meter="6/8",
            pickup=2,
        )
    )
    assert [harmony.numeral for harmony in analysis.harmonies] == ["I", "V", "I"]


INTERVALS = [(6, 6), (-5, 1), (2, 2), (-3, 3), (4, 4), (-1, 5), (1, 7), (3, -3), (-2, -2), (5, -1)]


@pytest.mark.parametrize(("fifths", "semitones"), INTERVALS)
def test_moved_by_an_interval_the_numerals_are_the_same(fifths, semitones):
    moved, here = analyze(transposed(MODULATION, fifths, semitones)), analyze(MODULATION)
    assert [one.numeral for one in moved.harmonies] == [one.numeral for one in here.harmonies]
    assert [one.key.tonic - fifths for one in moved.harmonies] == [one.key.tonic for one in here.harmonies]
    assert [one.kind for one in moved.cadences] == [one.kind for one in here.cadences]
    assert (moved.tones == here.tones).all()


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(list(CASES.values())), st.sampled_from([-2, -1, 1, 2, 3]))
def test_textbook_progressions_are_the_same_in_other_keys(case, fifths):
    score = music(case.soprano, case.alto, case.tenor, case.bass, key=case.key, fermatas=case.fermatas)
    moved = analyze(transposed(score, fifths, fifths * 7 % 12))
    assert [one.numeral for one in moved.harmonies] == [one.numeral for one in analyze(score).harmonies]


def test_the_same_score_gives_the_same_analysis():
    one, two = analyze(MODULATION), analyze(MODULATION)
    assert one.harmonies == two.harmonies
    assert one.cadences == two.cadences
