"""What a voice owes as it moves, as costs beside three other voices that stay as they are."""

import numpy as np
import pytest

from chorale.models.coconet.ground import Ground
from chorale.models.coconet.movement import Lines, beat_costs, step_costs
from chorale.models.coconet.obligations import (
    add_beat_relations,
    add_obligations,
    add_six_fours,
    clash_costs,
    doubling_costs,
    six_four_leaps,
)
from chorale.models.coconet.sonorities import dominants, in_key, set_of, sevenths

SOPRANO, ALTO, TENOR, BASS = range(4)
BEAT = 4
STATES = np.append(np.arange(36, 82), -1)


def lines(before, after, voice, tonic=0):
    """Two beats in C: a chord and the next one, the soprano first; the redrawn voice may sing anything."""
    pitches = np.repeat([before, after], BEAT, axis=0)[None]
    ground = Ground(np.full((1, 8), tonic), np.full((1, 8), tonic), np.zeros((1, 8), bool))
    return Lines(pitches, voice, STATES, BEAT, np.zeros(8, bool), ground)


def owed(before, after, voice, **facts):
    """The cost of what the voice does between the two chords."""
    scene = lines(before, after, voice, **facts)
    cost = np.zeros((1, 8, len(STATES), len(STATES)))
    add_obligations(cost, scene)
    return cost[0, BEAT, before[voice] - 36, after[voice] - 36]


def test_a_leading_tone_in_an_outer_voice_rises():
    dominant = [71, 67, 62, 55]
    assert owed(dominant, [72, 67, 64, 48], SOPRANO) == 0
    assert owed(dominant, [67, 67, 64, 48], SOPRANO) > 2
    assert owed(dominant, [67, 67, 59, 43], SOPRANO) == 0, "no tonic comes"
    assert owed([67, 62, 55, 47], [67, 60, 55, 52], BASS) > 2
    assert owed([67, 62, 55, 47], [67, 60, 55, 48], BASS) == 0


def test_inside_it_may_fall_to_the_fifth_degree():
    dominant = [74, 71, 67, 55]
    assert owed(dominant, [72, 67, 64, 60], ALTO) == 0
    assert owed(dominant, [72, 64, 67, 60], ALTO) > 1


def test_without_a_key_there_is_no_leading_tone():
    assert owed([71, 67, 62, 55], [67, 67, 64, 48], SOPRANO, tonic=-1) == 0


def test_a_seventh_falls_by_step_or_is_kept_by_another_voice():
    seventh = [71, 65, 62, 55]
    assert owed(seventh, [72, 64, 60, 48], ALTO) == 0
    assert owed(seventh, [72, 67, 60, 48], ALTO) > 2
    assert owed(seventh, [71, 67, 65, 55], ALTO) == 0


def test_a_voice_pays_for_the_tendency_that_it_gives_another():
    before, after = [67, 62, 59, 55], [67, 60, 52, 48]
    with_tonic, without = owed(before, after, ALTO), owed(before, [67, 62, 52, 47], ALTO)
    assert with_tonic > without


@pytest.mark.parametrize("way", [1, -1])
def test_the_fourth_voice_pays_for_going_where_all_others_go(way):
    before = [67, 64, 60, 48]
    after = [pitch + 2 * way for pitch in before]
    contrary = [*after[:3], 48 - 2 * way]
    assert owed(before, after, BASS, tonic=-1) > owed(before, contrary, BASS, tonic=-1)


def test_a_chromatic_step_belongs_in_one_voice():
    before = [69, 65, 60, 53]
    assert owed(before, [69, 66, 60, 50], ALTO) == 0
    assert owed([69, 60, 65, 53], [69, 66, 62, 50], ALTO) > 1


def test_a_semitone_to_another_degree_is_no_chromatic_step():
    assert owed([67, 62, 60, 53], [66, 62, 60, 50], SOPRANO) > 1, "F in the bass, and F sharp after G"
    assert owed([67, 62, 60, 53], [66, 62, 60, 50], SOPRANO, tonic=-1) == 0


def from_beat_to_beat(before, after, voice, *, minor=False):
    """The cost of what the voice does from one beat to the next, whatever stands between."""
    scene = lines(before, after, voice)
    scene.ground.minor[:] = minor
    scene.pitches[0, BEAT - 2 : BEAT] = -1
    cost = np.zeros((1, 2, len(STATES), len(STATES)))
    add_beat_relations(cost, scene)
    return cost[0, 1, before[voice] - 36, after[voice] - 36]


@pytest.mark.parametrize("voice", [ALTO, TENOR])
def test_false_relations_are_heard_from_beat_to_beat(voice):
    assert from_beat_to_beat([69, 60, 65, 53], [69, 66, 62, 50], voice) > 1
    assert from_beat_to_beat([69, 60, 65, 53], [69, 60, 66, 50], TENOR) == 0, "the voice itself bends the note"
    assert from_beat_to_beat([69, 60, 65, 53], [69, 64, 62, 50], voice) == 0


def test_the_sixth_and_seventh_degrees_of_minor_have_two_forms_each():
    before, after = [75, 67, 58, 55], [74, 67, 62, 47]
    assert from_beat_to_beat(before, after, BASS, minor=True) == 0
    assert from_beat_to_beat(before, after, BASS) > 1


def test_two_forms_of_a_degree_do_not_sound_together():
    cost = clash_costs(lines([69, 65, 60, 53], [69, 65, 60, 53], BASS))[0, 0]
    assert cost[42 - 36] > 1
    assert cost[41 - 36] == cost[43 - 36] == cost[-1] == 0


@pytest.mark.parametrize("voice", [TENOR, BASS])
def test_the_bass_does_not_stay_under_a_note_that_is_struck_again(voice):
    chords = [67, 64, 60, 48], [67, 64, 60, 48]
    held, struck = lines(*chords, voice), lines(*chords, voice)
    struck.again = np.arange(8) == BEAT
    price = beat_costs(struck) - beat_costs(held)
    assert not price[0, 0].any()
    assert (price[0, 1, 12, [12, 0, 24]] > 0).all() == (voice == BASS), "another octave is no other note"
    assert not price[0, 1, 12, [14, 19, -1]].any()


def test_leading_tones_and_sevenths_are_not_doubled():
    scene = lines([74, 67, 59, 55], [74, 67, 59, 55], ALTO)
    cost = doubling_costs(scene)[0, 0]
    assert cost[71 - 36] > 1
    assert cost[67 - 36] == cost[62 - 36] == cost[-1] == 0


def six_fours(scene):
    """The costs of a scene's states, by step and pitch number above 36."""
    cost = np.zeros((1, 8, len(STATES)))
    add_six_fours(cost, scene)
    return cost[0]


def test_six_fours_stand_on_a_bass_that_does_not_leap():
    fourth_and_sixth = [76, 72, 67, 55]
    leapt = lines([72, 69, 65, 53 - 5], fourth_and_sixth, ALTO)
    stepped = lines([72, 69, 65, 53], fourth_and_sixth, ALTO)
    assert six_fours(leapt)[BEAT, 72 - 36] > 1
    assert six_fours(stepped)[BEAT, 72 - 36] == 0
    bass = lines([72, 69, 65, 53], fourth_and_sixth, BASS)
    leaps = six_four_leaps(bass)[0, 1]
    assert leaps[48 - 36, 55 - 36] > 1
    assert leaps[53 - 36, 55 - 36] == leaps[55 - 36, 55 - 36] == 0


def test_a_six_four_over_a_dominant_that_stays_is_welcome():
    delayed, resolved = [76, 72, 67, 55], [74, 71, 67, 55]
    assert six_fours(lines(delayed, resolved, ALTO))[0, 72 - 36] < 0
    elsewhere = lines(delayed, resolved, ALTO, tonic=5)
    assert six_fours(elsewhere)[0, 72 - 36] == 0


def test_between_beats_six_fours_cost():
    scene = lines([76, 72, 67, 55], [76, 72, 67, 55], TENOR)
    between = six_fours(scene)[2]
    assert between[60 - 36] > 1
    assert between[59 - 36] == 0


@pytest.mark.parametrize(("voice", "before", "after"), [(TENOR, 53, 55), (BASS, 47, 48)])
def test_a_diminished_fifth_does_not_move_on_to_a_perfect_one(voice, before, after, shipped_manners):
    chords = [[74, 67, 53, 47], [76, 67, 55, 48]]
    cost = step_costs(lines(*chords, voice, tonic=-1), shipped_manners)[0, BEAT]
    away = step_costs(lines(chords[0], [76, 67, 52, 50], voice, tonic=-1), shipped_manners)[0, BEAT]
    assert cost[before - 36, after - 36] > away[before - 36, after - 36] + 3


def test_sets_are_seen_from_any_tonic():
    chord = np.bitwise_or.reduce(set_of(np.array([67, 71, 62, 53])))
    assert sevenths()[chord] == 5
    assert dominants()[in_key(chord, np.array(0))]
    assert not dominants()[in_key(chord, np.array(7))]
    for tonic in range(12):
        moved = np.bitwise_or.reduce(set_of(np.array([67, 71, 62, 53]) + tonic))
        assert in_key(moved, np.array(tonic)) == chord
