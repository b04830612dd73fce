"""The voice sweeps draw whole lines exactly from their weights."""

import itertools

import numpy as np
import pytest

from chorale import assets
from chorale.models.coconet.codec import CLASSES, LOWEST
from chorale.models.coconet.manners import Manners
from chorale.models.coconet.movement import Lines, beat_costs, step_costs
from chorale.models.coconet.sweep import EVIDENCE, FLOOR, Voice, redraw
from chorale.models.coconet.turns import kinds_of
from chorale.music import REST
from chorale.theory.instruments import count_parallels

BASS = 3
FREE = np.ones(64, bool)


@pytest.fixture(scope="module")
def manners():
    return Manners.read(assets.folder("models") / "coconet" / "statistics.json")


def voice(number, low, high, steps, free=None):
    return Voice(number, low, high, np.ones(steps, bool) if free is None else free, np.zeros(steps, bool))


def weight(line, pitches, log_probs, low, high, manners, beat):
    """The weight of one bass line, written out cell by cell and movement by movement."""
    states = np.append(np.arange(low, high + 1), REST)
    sung = np.pad(pitches, ((0, 0), (0, -len(line) % beat), (0, 0)), constant_values=REST)
    lines = Lines(sung, BASS, states, beat, np.zeros(sung.shape[1], bool))
    chords, steps, beats = lines.chord_costs(manners), step_costs(lines, manners), beat_costs(lines)
    index = np.array(line) - low
    total = 0.0
    for step, state in enumerate(index):
        total += EVIDENCE * max(FLOOR, log_probs[0, step, line[step] - LOWEST]) - chords[0, step, state]
        if step:
            total -= steps[0, step, index[step - 1], state]
        if step and step % beat == 0:
            total -= beats[0, step // beat, index[step - beat], state]
            first, second = kinds_of(np.diff([line[step - beat], line[step - 1], line[step]]))
            total -= manners.turns(BASS)[first, second]
    return total


def test_lines_are_drawn_in_proportion_to_their_weights(manners):
    rng = np.random.default_rng(3)
    low, high, steps, beat, draws = 43, 45, 5, 2, 12_000
    upper = np.array([[64, 60, 57], [65, 60, 56], [67, 62, 57], [67, 60, 59], [65, 62, 57]])
    pitches = np.concatenate([upper, np.full((steps, 1), low)], axis=1)[None]
    log_probs = np.log(rng.dirichlet(np.ones(CLASSES) * 0.5, size=(1, steps))).astype(np.float32)
    lines = list(itertools.product(range(low, high + 1), repeat=steps))
    weights = np.array([weight(line, pitches, log_probs, low, high, manners, beat) for line in lines])
    expected = np.exp(weights - weights.max())
    expected /= expected.sum()
    drawn = redraw(
        np.repeat(pitches, draws, axis=0),
        np.repeat(log_probs, draws, axis=0),
        voice(BASS, low, high, steps),
        manners,
        beat=beat,
        first=0,
        temperature=1.0,
        rng=rng,
    )[..., BASS]
    number = ((drawn - low) * 3 ** np.arange(steps - 1, -1, -1)).sum(axis=1)
    found = np.bincount(number, minlength=len(lines)) / draws
    assert np.abs(found - expected).sum() < 0.12


def test_a_sweep_leaves_no_parallels_where_it_can_help_it(manners):
    rng = np.random.default_rng(0)
    scale = np.array([60, 62, 64, 65, 67, 69, 71, 72])
    tune = np.repeat(scale[rng.integers(8, size=32)], 4)
    pitches = np.stack([tune, tune - 5, tune - 8, tune - 12], axis=1)[None]
    assert count_parallels(pitches[0].astype(np.int16)).octaves > 10
    flat = np.full((1, len(tune), CLASSES), -np.log(CLASSES), np.float32)
    drawn = redraw(pitches, flat, voice(BASS, 38, 64, len(tune)), manners, beat=4, first=0, temperature=1.0, rng=rng)
    with_bass = count_parallels(drawn[0].astype(np.int16))
    without = count_parallels(np.where(np.arange(4) == BASS, REST, drawn[0]).astype(np.int16))
    assert with_bass == without
    np.testing.assert_array_equal(drawn[..., :BASS], pitches[..., :BASS])


def test_cells_that_are_not_free_keep_their_notes_and_rests(manners):
    rng = np.random.default_rng(1)
    steps = 333
    pitches = np.tile([67, 62, 59, 43], (2, steps, 1))
    pitches[:, 40:52, BASS] = REST
    pitches[:, 100:104, BASS] = 80
    free = rng.random(steps) < 0.5
    free[40:52] = free[100:104] = False
    log_probs = np.log(rng.dirichlet(np.ones(CLASSES), size=(2, steps))).astype(np.float32)
    drawn = redraw(
        pitches, log_probs, voice(BASS, 40, 60, steps, free), manners, beat=4, first=2, temperature=1.0, rng=rng
    )
    np.testing.assert_array_equal(drawn[:, ~free], pitches[:, ~free])
    assert (drawn[:, free, BASS] >= 40).all()
    assert (drawn[:, free, BASS] <= 80).all()
    assert (drawn[0, :, BASS] != drawn[1, :, BASS]).any()


def test_a_long_line_has_no_seam(manners):
    """Blocks are joined by their shared beat: a network sure of one pitch a beat is obeyed through all of them."""
    steps = 4 * 200
    line = np.repeat(np.random.default_rng(5).integers(45, 57, size=200), 4)
    pitches = np.tile([76, 72, 69, 50], (1, steps, 1))
    log_probs = np.full((1, steps, CLASSES), -40.0, np.float32)
    log_probs[0, np.arange(steps), line - LOWEST] = 0
    np.random.default_rng(0)
    drawn = redraw(
        pitches,
        log_probs,
        voice(BASS, 40, 60, steps),
        manners,
        beat=4,
        first=0,
        temperature=0.25,
        rng=np.random.default_rng(0),
    )
    assert (drawn[0, :, BASS] == line).mean() > 0.99
