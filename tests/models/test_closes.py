"""Cadences are planned from the fermatas."""

from dataclasses import replace

import numpy as np
import pytest

from chorale.models.coconet.closes import Close, approaches, closes_of, formulas, plan
from chorale.models.coconet.codec import CLASSES, LOWEST, PITCHES
from chorale.models.coconet.task import Task
from chorale.music import Chorale, Key, Note, Score

TUNE = (72, 74, 76, 74, 74, 76, 74, 72)
BASS = 3


def task(fermatas=(), length=4, start=0, **facts):
    notes = [Note(start + number * length, length, pitch) for number, pitch in enumerate(TUNE)]
    score = Score(Chorale.from_voices([notes], start + len(TUNE) * length), fermatas=frozenset(fermatas), **facts)
    writable = np.ones((score.steps, 4), bool)
    writable[:, 0] = False
    return Task(score, writable)


def planned(job, manners, seed=0, count=20):
    flat = np.full((count, job.score.steps, 4, CLASSES), -np.log(CLASSES), np.float32)
    allowed = np.broadcast_to(job.allowed, (job.score.steps, 4, PITCHES))
    return plan(job, flat, allowed, replace(manners, key=job.key), 0.3, np.random.default_rng(seed))


def test_closes_are_fermatas_and_the_last_note():
    assert closes_of(task({12})) == [Close(8, 12, final=False), Close(24, 28, final=True)]


def test_off_the_beat_only_the_last_note_closes():
    assert closes_of(task({9}, length=3)) == [Close(20, 21, final=True, between=True)]


def test_a_close_between_two_beats_is_planned_from_its_own_beat_and_has_no_formula(shipped_manners):
    job = task(length=2)
    assert closes_of(job) == [Close(12, 14, final=True, between=True)]
    bass, where = planned(job, shipped_manners)
    assert np.flatnonzero(where).tolist() == [12, 14, 15]
    assert set(bass[:, 14] % 12) == {0}
    assert formulas(job, replace(shipped_manners, key=job.key)) == []


def test_a_tune_that_breathes_before_its_last_note_closes_all_the_same(shipped_manners):
    notes = [Note(0, 8, 74), Note(10, 6, 72)]
    score = Score(Chorale.from_voices([notes], 16))
    job = Task(score, np.arange(4) > np.zeros((16, 1)))
    assert closes_of(job) == [Close(8, 10, final=True, between=True)]
    assert set(planned(job, shipped_manners)[0][:, 10] % 12) == {0}


def test_the_last_bass_is_the_tonic_after_the_dominant(shipped_manners):
    bass, where = planned(task(), shipped_manners)
    assert np.flatnonzero(where).tolist() == [24, 28, 29, 30, 31]
    formula = list(zip((bass[:, 24] % 12).tolist(), (bass[:, 28] % 12).tolist(), strict=True))
    assert formula.count((7, 0)) > len(formula) / 2
    assert set(bass[:, 28] % 12) == {0}


def test_candidates_close_phrases_in_different_ways(shipped_manners):
    bass, _ = planned(task({12}), shipped_manners)
    assert len(set(zip(bass[:, 8].tolist(), bass[:, 12].tolist(), strict=True))) > 3


def test_nothing_is_planned_where_the_bass_is_given_or_no_key_is_known(shipped_manners):
    given = task()
    kept = replace(given, asked=given.asked & (np.arange(given.score.steps) != 28)[:, None])
    assert not planned(kept, shipped_manners)[1].any()
    chromatic = task(key=Key.parse("F#"))
    assert chromatic.key is None
    assert not planned(chromatic, shipped_manners)[1].any()


def test_sweeps_are_told_what_the_formulas_cost(shipped_manners):
    job = task()
    step, cost = formulas(job, replace(shipped_manners, key=job.key))[0]
    assert step == 28
    dominant, tonic, tritone = (pitch - LOWEST for pitch in (55, 48, 54))
    assert cost[dominant, tonic] < cost[tritone, tonic]
    assert cost[dominant, tonic] < cost[dominant, tritone]


def test_a_bass_that_stands_still_closes_nothing(shipped_manners):
    job = task()
    _, cost = formulas(job, replace(shipped_manners, key=job.key))[0]
    subdominant, tonic = 53 - LOWEST, 48 - LOWEST
    assert cost[tonic, tonic] > cost[subdominant, tonic] + 2


def test_under_a_last_note_that_is_said_again_the_bass_may_stay_where_it_closed(shipped_manners):
    job = task()
    notes = [Note(number * 4, 4, pitch) for number, pitch in enumerate((*TUNE, 60))]
    again = Task(Score(Chorale.from_voices([notes], 36)), np.arange(4) > np.zeros((36, 1)))
    (_, usual), (step, cost) = (formulas(each, replace(shipped_manners, key=job.key))[0] for each in (job, again))
    dominant, tonic, mediant = (pitch - LOWEST for pitch in (55, 48, 52))
    assert step == 32
    assert cost[tonic, tonic] < usual[tonic, tonic] - 5
    assert cost[dominant, tonic] == usual[dominant, tonic]
    assert cost[mediant, mediant] > cost[tonic, tonic] + 2
    bass, _ = planned(again, shipped_manners)
    assert set(bass[:, 32] % 12) == {0}


def test_the_dominant_may_be_delayed_under_a_tone_of_the_six_four(shipped_manners):
    job = task()  # the tune ends 76 74 72
    delays = formulas(job, replace(shipped_manners, key=job.key))[1:]
    assert [step for step, _ in delays] == [24]
    assert np.argwhere(delays[0][1]).tolist() == [
        [43 - LOWEST] * 2,
        [55 - LOWEST] * 2,
        [67 - LOWEST] * 2,
        [79 - LOWEST] * 2,
    ]
    elsewhere = task(key=Key.parse("G"))
    assert len(formulas(elsewhere, replace(shipped_manners, key=elsewhere.key))) == 1


def test_the_chord_before_a_close_leads_there(shipped_manners):
    pitches = np.tile([74, 60, 59, 55], (1, 16, 1))
    pitches[0, 8:] = [72, 60, 64, 48]
    cost = approaches([Close(4, 8, final=True)], shipped_manners, pitches, 1)[0]
    dominant, mediant = (cost[7, pitch - LOWEST] for pitch in (65, 64))
    assert dominant < mediant - 0.5
    assert not cost[:4].any()
    assert not cost[8:].any()


@pytest.mark.parametrize("seed", range(3))
def test_outer_voices_do_not_close_in_parallel(shipped_manners, seed):
    job = task()
    bass, _ = planned(job, shipped_manners, seed)
    soprano = job.pitches[[24, 28], 0]
    apart = (soprano - bass[:, [24, 28]]) % 12
    assert not ((apart[:, 0] == apart[:, 1]) & np.isin(apart[:, 0], (0, 7))).any()
