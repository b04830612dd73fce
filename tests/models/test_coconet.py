"""Coconet as a harmonizer, with its real weights."""

import os
import subprocess
import sys

import numpy as np
import pytest

from chorale import assets, models
from chorale.errors import Cancelled, InputError
from chorale.models.coconet.choice import judge
from chorale.models.coconet.manners import Manners
from chorale.models.coconet.predictor import Hourglass, TwoLooks
from chorale.models.coconet.sampling import Coconet
from chorale.models.runtime import Network
from chorale.music import REST, Chorale, Key, Meter, Note, Score
from chorale.theory.instruments import count_parallels

TUNE = (67, 67, 69, 71, 72, 71, 69, 67)


@pytest.fixture(scope="module")
def coconet():
    return models.load("coconet")


def tune(pitches=TUNE, length=4, **facts):
    notes = [Note(number * length, length, pitch) for number, pitch in enumerate(pitches) if pitch != REST]
    return Score(Chorale.from_voices([notes], len(pitches) * length), **facts)


def lower(score):
    mask = np.ones((score.steps, 4), bool)
    mask[:, 0] = False
    return mask


def same(one, other, cells):
    return (one.chorale.pitches == other.chorale.pitches)[cells].all() and (one.chorale.onsets == other.chorale.onsets)[
        cells
    ].all()


def test_four_parts_come_back_and_the_soprano_is_untouched(coconet):
    score = tune(key=Key.parse("G"))
    (result,) = coconet.harmonize(score, lower(score), seed=1)
    assert same(result.score, score, ~lower(score))
    assert (result.score.chorale.pitches >= 36).all()
    assert (result.score.chorale.pitches <= 81).all()
    assert result.score.key == score.key
    assert result.notes == ()
    assert -5 < result.log_likelihood < 0


def test_a_seed_repeats_and_another_differs(coconet):
    score = tune(key=Key.parse("G"))
    first, again, other = (coconet.harmonize(score, lower(score), seed=seed)[0] for seed in (5, 5, 6))
    assert first == again
    assert first.score.chorale != other.score.chorale


def test_the_number_of_threads_changes_no_note(coconet, monkeypatch):
    score = tune(TUNE * 3)
    expected = coconet.harmonize(score, lower(score), seed=2)
    looks = coconet.predictor.network
    for threads in (1, 3):
        again = [Network(look._path, threads) for look in (looks.first, looks.second)]
        monkeypatch.setattr(coconet.predictor, "network", TwoLooks(*again))
        assert coconet.harmonize(score, lower(score), seed=2) == expected


def test_alternatives_differ_and_come_best_first(coconet):
    score = tune(key=Key.parse("G"))
    results = coconet.harmonize(score, lower(score), alternatives=4)
    assert len(results) == 4
    rolls = [result.score.chorale.pitches[:, 1:] for result in results]
    for number, roll in enumerate(rolls):
        for other in rolls[:number]:
            assert (roll != other).mean() > 0.1


def test_locked_cells_and_voices_are_kept_with_their_rhythm(coconet):
    score = tune()
    bass = [Note(0, 2, 43), Note(2, 2, 43), Note(4, 4, 48), Note(12, 8, 43)]
    score = score.replace(chorale=Chorale.from_voices([score.chorale.notes(0), [], [], bass], score.steps))
    writable = lower(score)
    writable[:8, 3] = False
    writable[12:20, 3] = False
    (result,) = coconet.harmonize(score, writable)
    assert same(result.score, score, ~writable)
    assert (result.score.chorale.pitches[writable] != REST).all()


def test_a_soprano_can_be_written_over_a_bass(coconet):
    notes = [Note(8 * number, 8, pitch) for number, pitch in enumerate((48, 53, 55, 48))]
    score = Score(Chorale.from_voices([[], [], [], notes], 32))
    writable = np.ones((32, 4), bool)
    writable[:, 3] = False
    (result,) = coconet.harmonize(score, writable)
    assert same(result.score, score, ~writable)
    assert (result.score.chorale.pitches != REST).all()


def test_a_tune_below_the_soprano_is_harmonized_elsewhere_and_says_so(coconet):
    score = tune([pitch - 12 for pitch in TUNE])
    (result,) = coconet.harmonize(score, lower(score))
    assert same(result.score, score, ~lower(score))
    assert result.score.chorale.pitches.min() >= 36
    assert "harmonized" in result.notes[0]


def test_wild_leaps_far_outside_every_range_still_come_back_whole(coconet):
    score = tune([20, 100, 60, 127, 0, 64, 90, 30])
    (result,) = coconet.harmonize(score, lower(score))
    assert same(result.score, score, ~lower(score))
    written = result.score.chorale.pitches[:, 1:]
    assert written.min() >= 36
    assert written.max() <= 81


def test_the_last_chord_stands_still_though_rests_follow_it(coconet):
    pitches = (REST, 64, 65, 67, 69, 74, 72, 69, 67, 65, 62, 64)
    notes = [Note(number * 4, 4, pitch) for number, pitch in enumerate(pitches) if pitch != REST]
    score = Score(Chorale.from_voices([[*notes, Note(48, 16, 65), Note(64, 8, 77)]], 80), key=Key.parse("F"))
    for seed in range(6):
        (best,) = coconet.harmonize(score, lower(score), seed=seed)
        last = best.score.chorale.pitches[64:72]
        assert (last[:, 1:] == last[0, 1:]).all()
        assert last[0, 3] % 12 == 5


@pytest.mark.parametrize("length", [1, 2, 6])
@pytest.mark.parametrize("seed", range(3))
def test_a_tune_that_ends_between_two_beats_ends_on_the_tonic(coconet, length, seed):
    score = tune((67, 69, 71, 72, 74, 72, 71, 72, 74, 72), length)
    (best,) = coconet.harmonize(score, lower(score), seed=seed)
    chorale = best.score.chorale
    assert chorale.pitches[-1, 3] % 12 == 0
    assert set(chorale.pitches[-1] % 12) <= {0, 4, 7}
    assert (chorale.onsets[9 * length, 3], chorale.pitches[9 * length, 3] % 12) == (True, 0)


@pytest.mark.parametrize("meter", [Meter(3, 4), Meter(6, 8), Meter(2, 4), Meter(3, 2), Meter(5, 4)])
@pytest.mark.parametrize("pickup", [0, 2])
def test_every_meter_and_upbeat_is_harmonized(coconet, meter, pickup):
    score = tune(TUNE[:5], length=3, meter=meter, pickup=pickup)
    (result,) = coconet.harmonize(score, lower(score))
    assert (result.score.chorale.pitches != REST).all()


def test_a_single_note_and_a_single_step_are_harmonized(coconet):
    for length in (16, 1):
        score = tune([67], length=length)
        (result,) = coconet.harmonize(score, lower(score))
        assert (result.score.chorale.pitches != REST).all()


def test_where_the_tune_is_silent_so_is_the_choir(coconet):
    score = tune([67, 69, REST, 71, REST, REST])
    (result,) = coconet.harmonize(score, lower(score))
    silent = result.score.chorale.pitches == REST
    np.testing.assert_array_equal(silent.all(axis=1), silent.any(axis=1))
    np.testing.assert_array_equal(np.flatnonzero(silent[:, 0]), [*range(8, 12), *range(16, 24)])


def test_a_long_tune_has_no_parallels_and_no_silence(coconet):
    score = tune(TUNE * 12)
    (result,) = coconet.harmonize(score, lower(score))
    found = count_parallels(result.score.chorale.pitches)
    assert found.fifths + found.octaves <= 1
    assert (result.score.chorale.pitches != REST).all()


def test_voices_stand_still_under_a_fermata_and_start_anew_after_it(coconet):
    score = tune(TUNE[:4], length=8, fermatas=frozenset({8}))
    (result,) = coconet.harmonize(score, lower(score))
    assert result.score.chorale.onsets[16].all()
    assert result.score.chorale.onsets[9:16, 1:].sum() <= 1


def test_temperature_nought_and_two_are_allowed(coconet):
    score = tune()
    plain, bold = (coconet.harmonize(score, lower(score), temperature=t)[0] for t in (0.0, 2.0))
    assert plain.log_likelihood > bold.log_likelihood


def changes(result):
    pitches = result.score.chorale.pitches
    return int((pitches[1:, 1:] != pitches[:-1, 1:]).sum())


def test_ornament_goes_from_note_against_note_to_running_eighths(coconet):
    score = tune(TUNE * 2, key=Key.parse("G"))
    counted = [
        sum(changes(coconet.harmonize(score, lower(score), seed=seed, ornament=much)[0]) for seed in range(3))
        for much in (-1, 0, 1)
    ]
    assert counted[0] < 0.9 * counted[1]
    assert counted[2] > 1.15 * counted[1]


def test_note_against_note_nobody_moves_between_the_beats(coconet):
    score = tune(TUNE * 2, key=Key.parse("G"))
    pitches = coconet.harmonize(score, lower(score), ornament=-1)[0].score.chorale.pitches
    moves = (pitches[1:] != pitches[:-1]).any(axis=1)
    between = np.arange(1, score.steps) % 4 != 0
    assert moves[between].mean() < 0.03


def test_alternatives_have_other_harmonies(coconet):
    score = tune(TUNE * 2, key=Key.parse("G"))
    results = coconet.harmonize(score, lower(score), alternatives=3)
    roots = [judge(result.score, 0.0).roots for result in results]
    for number, one in enumerate(roots):
        for other in roots[:number]:
            assert (one != other).mean() > 0.2


SCRIPT = """
import hashlib
import numpy as np
from chorale import assets, models
from chorale.music import Chorale, Note, Score
score = Score(Chorale.from_voices([[Note(4 * n, 4, pitch) for n, pitch in enumerate((67, 69, 71, 72) * 3)]], 48))
writable = np.tile([False, True, True, True], (48, 1))
(result,) = models.load("coconet").harmonize(score, writable, seed=4)
print(hashlib.sha256(result.score.chorale.pitches.tobytes()).hexdigest())
"""


@pytest.mark.acceptance
def test_a_new_process_on_one_thread_or_two_writes_the_same_notes():
    digests = set()
    for threads in ("1", "2"):
        told = os.environ | {"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        done = subprocess.run([sys.executable, "-c", SCRIPT], env=told, capture_output=True, text=True, check=True)
        digests.add(done.stdout)
    assert len(digests) == 1


def test_progress_rises_to_the_end_from_a_sketch_of_all_voices_to_the_answer(coconet):
    score, heard = tune(), []
    coconet.harmonize(score, lower(score), report=heard.append)
    fractions = [progress.fraction for progress in heard]
    assert fractions == sorted(fractions)
    assert fractions[0] < 0.2
    assert 0.9 < fractions[-1] <= 1
    assert all((progress.score.chorale.pitches != REST).all() for progress in heard)
    assert heard[0].score != heard[-1].score
    assert (heard[0].score.chorale.pitches[:, 0] == score.chorale.pitches[:, 0]).all()
    assert fractions[0] < 0.04  # one pass of the network, for one candidate


def test_a_report_that_raises_stops_the_work(coconet):
    def stop(_progress):
        raise Cancelled("enough")

    score = tune()
    with pytest.raises(Cancelled):
        coconet.harmonize(score, lower(score), report=stop)


@pytest.mark.parametrize("wrong", [{"alternatives": 0}, {"temperature": -1}, {"seed": -1}, {"ornament": 1.5}])
def test_numbers_out_of_range_are_said(coconet, wrong):
    score = tune()
    with pytest.raises(InputError, match="wanted"):
        coconet.harmonize(score, lower(score), **wrong)


def test_log_probs_are_distributions_over_pitches_and_silence(coconet):
    rng = np.random.default_rng(0)
    pitches = rng.integers(36, 82, size=(2, 21, 4))
    hidden = rng.random(pitches.shape) < 0.5
    log_probs = coconet.log_probs(pitches, hidden)
    assert log_probs.shape == (2, 21, 4, 47)
    assert log_probs.dtype == np.float32
    np.testing.assert_allclose(np.exp(log_probs).sum(axis=-1), 1, rtol=1e-4)


def test_log_probs_ignore_what_stands_in_hidden_cells(coconet):
    pitches = np.tile([67, 62, 59, 43], (1, 16, 1))
    hidden = np.zeros(pitches.shape, bool)
    hidden[..., 1:] = True
    other = np.where(hidden, 999, pitches)
    np.testing.assert_array_equal(coconet.log_probs(pitches, hidden), coconet.log_probs(other, hidden))


def test_log_probs_know_that_a_held_note_goes_on(coconet):
    pitches = np.tile([67, 62, 59, 43], (1, 16, 1))
    hidden = np.zeros(pitches.shape, bool)
    hidden[0, 6, 2] = True
    assert coconet.log_probs(pitches, hidden)[0, 6, 2].argmax() == 59 - 36


@pytest.mark.parametrize(
    ("pitches", "hidden"),
    [
        (np.zeros((4, 4), int), np.zeros((4, 4), bool)),
        (np.full((1, 4, 4), 60), np.zeros((1, 5, 4), bool)),
        (np.full((1, 4, 4), 90), np.zeros((1, 4, 4), bool)),
    ],
)
def test_log_probs_say_what_is_wrong_with_their_arguments(coconet, pitches, hidden):
    with pytest.raises(InputError, match=r"wanted|knows"):
        coconet.log_probs(pitches, hidden)


def test_a_warm_network_is_ready_to_be_asked():
    network = Network(assets.folder("models") / "coconet" / "network.onnx")
    model = Coconet({}, Hourglass(network), Manners.read(assets.folder("models") / "coconet" / "statistics.json"))
    assert "_session" not in vars(network)
    model.warm_up()
    assert "_session" in vars(network)
