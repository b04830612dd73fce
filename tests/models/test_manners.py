"""Bach's manners as costs: what they favour, with the real tables."""

import numpy as np
import pytest

from chorale import assets
from chorale.models.coconet.manners import CHORDS, Manners, chord_numbers
from chorale.music import REST

ALTO, TENOR, BASS = 1, 2, 3
LOW = 48
TONES = np.arange(LOW, LOW + 25)
BEAT, OFF_BEAT = np.array([0]), np.array([1])


@pytest.fixture(scope="module")
def manners():
    return Manners.read(assets.folder("models") / "coconet" / "statistics.json")


def move(manners, voice, start, end, key):
    return manners.moves(voice, TONES, key)[0, 0, start - LOW, end - LOW]


def chord(manners, voice, others, pitch):
    return manners.harmony(voice, np.array([pitch]), np.array([[others]]), BEAT)[0, 0, 0]


def test_usual_chords_cost_nothing_and_rare_ones_do(manners):
    tonic, third_less, cluster = (chord(manners, ALTO, [60, REST, 55, 48], pitch) for pitch in (64, 60, 61))
    assert tonic == 0
    assert 0 <= third_less < cluster - 0.5
    assert chord(manners, ALTO, [60, REST, REST, 48], 61) == 0  # not four voices yet


def test_chords_that_come_too_seldom_voice_by_voice_are_made_cheaper(manners):
    triad, diminished = (chord(manners, BASS, [65, 62, 56, REST], bass) for bass in (65, 59))
    assert diminished < triad - 1
    sixths = (chord(manners, BASS, [67, 62, 59, REST], bass) for bass in (65, 55))  # G major over its seventh, its root
    assert next(sixths) < next(sixths) - 0.5
    off_beat = manners.harmony(BASS, np.array([59]), np.array([[[65, 62, 56, REST]]]), OFF_BEAT)[0, 0, 0]
    assert diminished < off_beat < 0


def test_without_a_key_transposed_lines_cost_the_same(manners):
    costs = manners.moves(ALTO, TONES, None)
    np.testing.assert_allclose(costs[..., 1:, 1:], costs[..., :-1, :-1])


@pytest.mark.parametrize("voice", [ALTO, TENOR, BASS])
@pytest.mark.parametrize("tonic", [0, 7])
def test_chromatic_steps_cost_more_than_the_scale_s_own(manners, voice, tonic):
    key = (tonic, False)
    fourth, third = 53 + tonic, 52 + tonic
    assert move(manners, voice, fourth, fourth + 1, key) > move(manners, voice, third, fourth, key) + 0.5
    assert move(manners, voice, fourth + 1, fourth, key) > move(manners, voice, fourth, third, key) + 0.5


def test_a_raised_note_costs_less_on_its_way_to_its_goal(manners):
    major, minor = (0, False), (9, True)
    assert move(manners, ALTO, 54, 55, major) < move(manners, ALTO, 54, 53, major)  # F sharp to G, not to F
    assert move(manners, ALTO, 56, 57, minor) < move(manners, ALTO, 56, 55, minor)  # G sharp to A, not to G


def test_a_key_moves_its_costs_along(manners):
    one, other = (manners.moves(TENOR, TONES, (tonic, True)) for tonic in (0, 5))
    np.testing.assert_allclose(one[..., :-5, :-5], other[..., 5:, 5:])


def test_full_chords_cost_less_than_bare_and_harsh_ones(manners):
    others = [67, -1, 60, 48]
    full, bare, harsh = (chord(manners, ALTO, others, pitch) for pitch in (64, 60, 61))
    assert full < bare < harsh


def test_every_voice_s_view_of_a_chord_costs_the_same(manners):
    sung = [72, 67, 64, 48]
    costs = [chord(manners, voice, sung, sung[voice]) for voice in range(4)]
    assert costs == pytest.approx([costs[0]] * 4)


def test_chords_are_not_judged_where_a_voice_rests(manners):
    assert chord(manners, ALTO, [67, 0, -1, 48], 61) == 0


def test_a_chord_is_the_set_of_its_intervals_above_the_bass():
    numbers = chord_numbers(np.array([[72, 67, 64, 48], [76, 60, 55, 36], [48, 48, 48, 48], [59, 58, 57, 48]]))
    assert numbers[0] == numbers[1] == (1 << 3) + (1 << 6)
    assert numbers[2] == 0
    assert numbers.max() < CHORDS
