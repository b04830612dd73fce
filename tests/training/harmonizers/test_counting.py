"""What is counted, on chords whose counts can be told by looking."""

import numpy as np
import pytest

from chorale.music import Chorale, Key, Score
from chorale.training.harmonizers import counting
from chorale.training.writing import score_of
from tests.training.harmonizers.made import piece

C, G = Key.parse("C"), Key.parse("G")
CADENCE = ([64, 60, 55, 48], [65, 60, 57, 53], [62, 59, 55, 55], [60, 60, 52, 48])  # I IV V I in C
PLAGAL = ([64, 60, 55, 48], [62, 59, 55, 55], [60, 60, 57, 53], [60, 60, 55, 48])
DECEPTIVE = ([64, 60, 55, 48], [65, 60, 57, 53], [62, 59, 55, 55], [60, 60, 57, 57])


def score(*beats, key=C, steps=4):
    pitches = np.repeat(np.array(beats, np.int16), steps, axis=0)
    onsets = np.zeros(pitches.shape, bool)
    onsets[::steps] = True
    return Score(Chorale(pitches, onsets & (pitches >= 0)), key)


def figures(*scores):
    return counting.rates([counting.count(each, each.key) for each in scores])


def test_parallels_are_counted_by_the_published_instrument():
    parallel = score([67, 64, 60, 48], [69, 65, 62, 50], [67, 64, 60, 48], [67, 64, 60, 48])
    found = figures(parallel)
    assert (found["fifths"], found["octaves"]) == (4, 2)  # S-T and S-B in fifths; T-B in octaves, twice each
    assert (found["beat_fifths"], found["beat_octaves"]) == (4, 2)


@pytest.mark.parametrize(
    ("beats", "name", "times"),
    [
        (([60, 64, 55, 48], *CADENCE[1:]), "crossing", 1),
        (([76, 60, 55, 48], *CADENCE[1:]), "spacing", 1),
        (([64, 60, 60, 36], *CADENCE[1:]), "spacing_bass", 1),
        (([83, 76, 67, 48], *CADENCE[1:]), "range", 2),
        ((CADENCE[0], [65, 69, 57, 53], CADENCE[2], CADENCE[3]), "leap_sixth", 1),
        (([64, 60, 55, 48], [64, 60, 55, 58], *CADENCE[2:]), "leap_seventh", 1),
        (([64, 60, 55, 48], [64, 60, 55, 62], *CADENCE[2:]), "leap_over_octave", 1),
        (([64, 60, 55, 48], [69, 65, 60, 50], *CADENCE[2:]), "hidden_fifths", 1),
        (([64, 60, 55, 48], [69, 65, 60, 57], *CADENCE[2:]), "hidden_octaves", 1),
    ],
)
def test_each_rule_is_counted_by_its_own_name(beats, name, times):
    assert figures(score(*CADENCE))[name] == 0
    assert figures(score(*beats))[name] == times  # the piece is one bar long


@pytest.mark.parametrize(
    ("beats", "beat_relations"),
    [
        (([65, 60, 57, 53], [66, 62, 57, 50]), 0),  # the soprano itself goes from F to F sharp
        (([69, 60, 65, 53], [69, 66, 62, 50]), 1),  # F in the tenor, F sharp in the alto
        (([69, 60, 65, 53], [69, 62, 62, 54]), 0),  # the bass goes there by a chromatic step, whoever else had it
        (([69, 60, 65, 53], [69, 60, 66, 53]), 0),
    ],
)
def test_false_relations_are_counted_from_beat_to_beat(beats, beat_relations):
    assert figures(score(*beats, *CADENCE[2:]))["beat_relations"] == beat_relations


def test_what_sounds_between_the_beats_takes_no_false_relation_away_unless_it_is_the_chromatic_step():
    chords = [69, 60, 65, 53], [69, 60, 64, 52], [69, 66, 62, 50], [67, 67, 59, 55]
    apart = score(*chords, *CADENCE, *CADENCE, steps=2)
    assert figures(apart)["beat_relations"] * 24 / 16 == 1
    assert figures(apart)["cross_relation"] == 0
    bent = score(chords[0], [69, 60, 66, 50], *chords[2:], *CADENCE, *CADENCE, steps=2)
    assert figures(bent)["beat_relations"] == 0


def test_two_forms_of_a_degree_that_sound_together_are_counted_once_as_long_as_they_last():
    assert figures(score(*CADENCE))["clashes"] == 0
    assert figures(score([69, 66, 60, 53], [69, 66, 60, 53], *CADENCE[2:]))["clashes"] == 1


def test_a_cross_relation_is_counted_from_note_to_note():
    assert figures(score([69, 60, 65, 48], [69, 66, 62, 50], *CADENCE[2:]))["cross_relation"] == 1


def test_repeated_notes_of_the_soprano_have_another_bass_or_not():
    still, moved = [67, 60, 64, 48], [67, 59, 62, 55]
    assert figures(score(still, still, moved, CADENCE[3]))["moved_repeats"] == 0.5
    assert figures(score(still, [67, 60, 64, 60], moved, CADENCE[3]))["moved_repeats"] == 0.5  # an octave is no other
    assert figures(score(*CADENCE))["moved_repeats"] == 0
    held = score(still, moved, moved, CADENCE[3])
    onsets = held.chorale.onsets.copy()
    onsets[4, 0] = False
    held = held.replace(chorale=Chorale(held.chorale.pitches, onsets))
    assert figures(held)["moved_repeats"] == 0  # the first is held, and only the second struck again


def test_six_fours_and_missing_thirds_are_shares_of_the_harmonies():
    plain = figures(score(*CADENCE))
    assert (plain["six_four"], plain["missing_thirds"]) == (0, 0)
    cadential = figures(score(CADENCE[0], CADENCE[1], [64, 60, 55, 55], CADENCE[2], CADENCE[3], CADENCE[3]))
    assert 0 < cadential["six_four"] <= 0.25
    bare = figures(score(CADENCE[0], CADENCE[1], [62, 62, 55, 55], [67, 60, 55, 48]))
    assert bare["missing_thirds"] > 0


@pytest.mark.parametrize(("beats", "common"), [(CADENCE, 1), (PLAGAL, 1), (CADENCE[:3], 1), (DECEPTIVE, 0)])
def test_the_last_cadence_is_authentic_plagal_or_half_or_none_of_them(beats, common):
    assert figures(score(*beats))["common_finals"] == common


def test_the_key_is_kept_if_the_notes_of_all_voices_say_so():
    music = score(*CADENCE, CADENCE[1], CADENCE[2], CADENCE[3])
    assert counting.key_kept(music, C)
    assert not counting.key_kept(music, G)
    assert not counting.key_kept(music, Key.parse("a"))
    assert not counting.key_kept(music, Key.parse("a"), within=True)
    assert counting.key_kept(music, C, within=True)


def test_a_minor_key_is_another_one_than_its_relative():
    minor = score([64, 60, 57, 45], [64, 59, 56, 52], [64, 60, 57, 45], key=Key.parse("a"))
    assert counting.key_kept(minor, Key.parse("a"), within=True)
    assert not counting.key_kept(minor, C, within=True)


def test_texture_in_phrases_counts_by_64_steps():
    moving = score(*[[67, 60 + beat % 2, 55, 48 + 2 * (beat % 2)] for beat in range(32)])
    found = counting.phrase_rates([moving])
    assert found["changes"] == 2 * 15
    assert (found["odd_changes"], found["offbeat_changes"], found["stepwise_bass"]) == (0, 0, 1)
    eighths = score(*[[67, 60 + beat % 2, 55, 48] for beat in range(16)], steps=2)
    assert counting.phrase_rates([eighths])["offbeat_changes"] == 2 * 8  # 32 steps are half a phrase


def test_the_soprano_is_kept_only_with_its_rhythm():
    given = score_of(piece(16))
    other = given.replace(chorale=Chorale(given.chorale.pitches))  # one long note for four quarters
    assert counting.given_kept(given, given)
    assert not counting.given_kept(given, other)
    lower = given.chorale.pitches.copy()
    lower[:, 1:] -= 1
    assert counting.given_kept(given, given.replace(chorale=Chorale(lower, given.chorale.onsets)))


def test_accuracy_is_the_share_of_sounding_cells_by_voice():
    truth, sung = score(*CADENCE), score(CADENCE[0], CADENCE[1], CADENCE[0], CADENCE[3])
    assert counting.accuracy([truth], [sung]) == {"A": 0.75, "T": 1.0, "B": 0.75}
    silent = score(*[[67, -1, 55, 48]] * 4)
    assert "A" not in counting.accuracy([silent], [truth])
    assert counting.accuracy([truth, silent], [sung, truth])["A"] == 0.75
