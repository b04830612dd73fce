"""The first chord."""

from dataclasses import replace

import numpy as np
import pytest

from chorale.models import registry
from chorale.models.coconet.codec import LOWEST, PITCHES
from chorale.models.coconet.openings import Opening, first_bass, opening_costs, opening_of
from chorale.models.coconet.task import Task
from chorale.music import REST, Chorale, Key, Note, Score

BASS = 3


@pytest.fixture(scope="module")
def coconet():
    return registry.load("coconet")


def task(first, *, start=0, asked=None, **facts):
    """A job whose soprano begins on a pitch, after a rest of some steps, and goes down to C."""
    notes = [Note(start + 4 * number, 4, pitch) for number, pitch in enumerate((first, 74, 71, 72))]
    score = Score(Chorale.from_voices([notes], start + 16), **facts)
    writable = np.ones((score.steps, 4), bool) if asked is None else asked
    writable[:, 0] = False
    return Task(score, writable)


def basses(job, manners, count=200):
    """The pitch classes with which candidates begin if the network has no opinion."""
    flat = np.zeros((count, PITCHES), np.float32)
    rng = np.random.default_rng(0)
    heard = replace(manners, key=job.key)
    return first_bass(opening_of(job), job, flat, np.ones(PITCHES, bool), heard, 1.0, rng) % 12


@pytest.mark.parametrize("first", [72, 76, 67])
def test_under_a_tone_of_the_tonic_pieces_mostly_begin_on_it(shipped_manners, first):
    share = np.bincount(basses(task(first), shipped_manners), minlength=12) / 200
    assert share[0] == share.max()
    assert share[0] > 4 * max(share[7], share[9])


def test_where_the_tune_begins_on_another_degree_so_does_the_bass(shipped_manners):
    share = np.bincount(basses(task(74), shipped_manners), minlength=12) / 200
    assert share[7] > share[0]  # D over G


def test_a_minor_piece_begins_on_its_own_tonic(shipped_manners):
    minor = task(72, key=Key.parse("a"))
    assert minor.key == (9, True)
    assert np.bincount(basses(minor, shipped_manners), minlength=12).argmax() == 9


def test_given_voices_decide_the_first_bass_with_the_soprano(shipped_manners):
    job = task(76)
    score = job.score.replace(chorale=Chorale.from_voices([*(job.score.chorale.notes(0),), [Note(0, 4, 69)]], 16))
    asked = np.ones((16, 4), bool)
    asked[:, 1] = False
    under = basses(Task(score, asked), shipped_manners), basses(job, shipped_manners)
    assert (under[0] == 9).mean() > 2 * (under[1] == 9).mean()  # A and E want A
    assert np.bincount(under[0], minlength=12).argmax() == 9


def test_the_opening_is_the_first_half_beat_that_sounds():
    assert opening_of(task(72)) == Opening(0, 2)
    assert opening_of(task(72, start=8)) == Opening(8, 10)


def test_without_a_key_or_a_bass_nothing_opens():
    assert opening_of(task(72, key=Key.parse("F#"))) is None
    asked = np.ones((16, 4), bool)
    asked[:8, BASS] = False  # the bass comes in later
    assert opening_of(task(72, asked=asked)) is None


def test_inner_voices_are_told_what_sounds_over_the_first_bass(shipped_manners):
    manners = replace(shipped_manners, key=(0, False))
    pitches = np.tile([72, REST, 55, 48], (1, 8, 1))
    cost = opening_costs(Opening(2, 4), manners, pitches, 1)[0]
    assert not cost[[0, 1, 4, 5]].any()
    third, fourth = (cost[2, pitch - LOWEST] for pitch in (64, 65))
    assert third < fourth - 0.3
    np.testing.assert_array_equal(cost[2], cost[3])


def test_the_bass_hears_the_voices_above_it_and_rests_say_nothing(shipped_manners):
    manners = replace(shipped_manners, key=(0, False))
    pitches = np.tile([72, 67, 64, 45], (2, 4, 1))
    pitches[1, :, :3] = REST
    cost = opening_costs(Opening(0, 2), manners, pitches, BASS)[:, 0]
    over, alone = cost[:, 48 - LOWEST], cost[:, 50 - LOWEST]
    assert (alone - over)[0] > (alone - over)[1] > 0
    silent = opening_costs(Opening(0, 2), manners, np.where(pitches == 45, REST, pitches), 1)
    assert not silent.any()


def test_most_tunes_open_at_home_in_the_harmonizer(coconet):
    opened = []
    for seed in range(4):
        for first in (72, 76, 67):
            job = task(first)
            score = coconet.harmonize(job.score, job.asked, seed=seed)[0].score
            opened.append(int(score.chorale.pitches[0, BASS]) % 12)
    assert opened.count(0) >= 8, opened
