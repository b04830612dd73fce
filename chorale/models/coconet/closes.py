"""Cadences are planned before anything is drafted: the bass on the beat before each close, and on the close.

A close is a note under a fermata, or the last note. What bass Bach sets to it depends on the soprano's degree there
and on whether the piece ends; the table of ``chorale.training.statistics`` knows. The network says which of these fits
here. Each candidate draws its own plan, and so its own cadences; the sweeps may change them, at the table's price.

Bach's tunes end on a beat, others on an eighth between two. There too the last note is the close, and the beat that it
is part of comes before. The sweeps keep such a plan, since they count from beat to beat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from chorale.models.coconet.codec import LOWEST, PITCHES
from chorale.models.coconet.sonorities import in_key, set_of
from chorale.music import REST, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chorale.models.coconet.manners import Manners
    from chorale.models.coconet.task import Task

    Array = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["Close", "approaches", "closes_of", "draw", "formulas", "plan"]

BASS = Voice.BASS
KEPT, KEPT_AT_END = 0.25, 2.0  # of the table's costs, in the sweeps; at the end of the piece
STANDING = 4.0  # nats for a bass that closes on the note it stood on: nothing has closed
LASTING = 1.0  # nats for it at the end, under a tune that only says its last note again: all has closed before
TABLE_WEIGHT, NETWORK_WEIGHT, INTERVAL_WEIGHT = 0.6, 0.7, 0.5
APPROACH_WEIGHT, DEAREST = 0.5, 7.0  # nats a step, of four, for the chord before a close
LANDING_WEIGHT, LANDED = 0.5, 4  # nats a step, and steps, for the tones of the close itself
DELAY = 2.8  # nats off a bass that waits on the dominant under a tone of the six-four
FIFTH, OCTAVE = 7, 12
PARALLEL = 6.0  # nats for fifths or octaves with the soprano from beat to beat
FLOOR = -12.0


class Close(NamedTuple):
    """Where a phrase closes: the step of the beat before, the step of the close, and whether the piece ends.

    ``between``: the close is between two beats, as only a last note may be.
    """

    before: int
    step: int
    final: bool
    between: bool = False


def closes_of(task: Task) -> list[Close]:
    """Return the closes of a task whose soprano is given there, with a beat before it; all but the last on a beat."""
    starts = np.flatnonzero(task.under_fermata & ~np.append(False, task.under_fermata[:-1]))
    last = task.last_chord
    soprano = task.pitches[:, 0]
    found = []
    for step in sorted({*starts.tolist(), last}):
        late = (step + task.first_in_beat) % task.beat
        before, final = step - (late or task.beat), step == last
        if before >= 0 and (final or not late) and soprano[step] != REST:
            found.append(Close(before, step, final, between=late > 0))
    return found


def plan(
    task: Task,
    log_probs: NDArray[np.float32],
    allowed: BoolArray,
    manners: Manners,
    temperature: float,
    rng: np.random.Generator,
) -> tuple[IntArray, BoolArray]:
    """Return the planned bass (C, T) of candidates, and where it is planned, (T,).

    Args:
        task: With a key.
        log_probs: (C, T, 4, P) of all cells, all writable ones hidden.
        allowed: (T, 4, PITCHES) what may be sung.
        manners: The table.
        temperature: Of the draw.
        rng: The source of chance.
    """
    line = np.full(log_probs.shape[:2], REST)
    planned = np.zeros(log_probs.shape[1], bool)
    if task.key is None:
        return line, planned
    for close in closes_of(task):
        cells = [close.before, close.step]
        if not task.writable[cells, BASS].all():
            continue
        weight = _weights(task, close, log_probs[:, cells, BASS, :PITCHES], manners)
        possible = allowed[close.before, BASS][:, None] & allowed[close.step, BASS]
        chosen = draw(np.where(possible, weight, -np.inf), temperature, rng)
        held = slice(close.step, _end(task, close.step) if close.final else close.step + 1)
        line[:, close.before], line[:, held] = LOWEST + chosen // PITCHES, LOWEST + (chosen % PITCHES)[:, None]
        planned[close.before] = planned[held] = True
    return line, planned


def _end(task: Task, step: int) -> int:
    """Return the step after the bass note that stands from a step on: as long as all rest, and it may be written."""
    goes_on = task.resting & task.writable[:, BASS]
    return int(step + 1 + np.argmin(np.append(goes_on[step + 1 :], np.False_)))


def formulas(task: Task, manners: Manners) -> list[tuple[int, Array]]:
    """Return steps and the costs (PITCHES, PITCHES) of the bass a beat before them and on them.

    The steps are the closes, and the beats before those before which a six-four may stand: there the bass is drawn to
    stay on the dominant. A close between two beats has no formula.
    """
    closes, bass = [each for each in closes_of(task) if not each.between], np.arange(LOWEST, LOWEST + PITCHES)
    found = [(close.step, _formula(task, close, manners)) for close in closes]
    if task.key is not None:
        waits = np.diag((bass - task.key[0]) % 12 == FIFTH)
        found += [(close.before, -DELAY * waits) for close in closes if _delayed(task, close, task.key)]
    return found


def _delayed(task: Task, close: Close, key: tuple[int, bool]) -> bool:
    """Return whether the dominant before a close may be delayed by a six-four: the tune sings a tone of it there."""
    start = close.before - task.beat
    if start < 0 or not task.writable[start, BASS]:
        return False
    tonic, minor = key
    held, sung = (int(task.pitches[step, 0] - tonic) % 12 for step in (start, close.before))
    sounds = (task.pitches[[start, close.before], 0] != REST).all()
    return bool(sounds) and held in {0, 3 if minor else 4} and sung in {2, 7, 11}


def _formula(task: Task, close: Close, manners: Manners) -> Array:
    bass = np.arange(LOWEST, LOWEST + PITCHES)
    usual, standing = _usual(task, close, manners)
    return (KEPT_AT_END if close.final else KEPT) * usual + standing * _same_note(bass)


def _usual(task: Task, close: Close, manners: Manners) -> tuple[Array, float]:
    """Return the table's costs (PITCHES, PITCHES) of the bass before a close and on it, and what standing costs."""
    bass = np.arange(LOWEST, LOWEST + PITCHES)
    before, now = task.pitches[[close.before, close.step], 0].tolist()
    usual = manners.closing(bass, now, final=close.final)
    if not close.final or before == REST or (before - now) % OCTAVE:
        return usual, STANDING
    ends = -np.log(np.exp(-usual[:OCTAVE]).sum(axis=0))  # of the close alone, whatever came before it
    return np.where(_same_note(bass), np.minimum(usual + STANDING, ends + LASTING), usual), 0.0


def _same_note(bass: IntArray) -> BoolArray:
    return cast("BoolArray", (bass[:, None] - bass) % 12 == 0)


def approaches(closes: Sequence[Close], manners: Manners, pitches: IntArray, voice: int) -> Array:
    """Return the costs (C, T, PITCHES) of a voice's pitches as parts of the chords that lead to closes, and of these.

    Args:
        closes: Where phrases close.
        manners: The table.
        pitches: (C, T, 4) what all voices sing now.
        voice: Which of them is redrawn.
    """
    cost = np.zeros((*pitches.shape[:2], PITCHES))
    own = set_of(np.arange(LOWEST, LOWEST + PITCHES))
    around = np.bitwise_or.reduce(np.delete(set_of(pitches), voice, axis=-1), axis=-1)
    table = APPROACH_WEIGHT * np.minimum(DEAREST, -np.log(manners.approach))
    for close in closes:
        bass = pitches[:, close.step, BASS]
        steps = np.arange(close.before, close.step)
        sets = in_key(around[:, steps, None] | own, (bass % 12)[:, None, None])
        late = (steps >= (close.before + close.step) // 2).astype(int)
        cost[:, steps] = np.where(bass[:, None, None] == REST, 0.0, table[late[:, None], sets])
        if voice != BASS:
            cost[:, close.step : close.step + LANDED] += _landing(manners, bass)[:, None]
    return cost


def _landing(manners: Manners, bass: IntArray) -> Array:
    """Return the costs (C, PITCHES) of tones over the basses (C,) of a close."""
    if manners.key is None:
        return np.zeros((len(bass), PITCHES))
    tonic, minor = manners.key
    table = LANDING_WEIGHT * np.minimum(DEAREST, -np.log(manners.landing[int(minor)]))
    above = (np.arange(LOWEST, LOWEST + PITCHES) - bass[:, None]) % 12
    return cast("Array", table[((bass - tonic) % 12)[:, None], above])


def _weights(task: Task, close: Close, heard: NDArray[np.float32], manners: Manners) -> Array:
    """Return the weights (C, PITCHES, PITCHES) of the bass before a close and on it."""
    bass = np.arange(LOWEST, LOWEST + PITCHES)
    usual, standing = _usual(task, close, manners)
    weight = -TABLE_WEIGHT * usual
    distance = manners.distance(BASS, bass)
    soprano = task.pitches[[close.before, close.step], 0]
    weight -= INTERVAL_WEIGHT * distance + PARALLEL * _parallel(bass, soprano) + standing * _same_note(bass)
    sure = NETWORK_WEIGHT * np.maximum(heard, FLOOR)
    found: Array = weight + sure[:, 0, :, None] + sure[:, 1, None, :]
    return found


def _parallel(bass: IntArray, soprano: IntArray) -> BoolArray:
    """(PITCHES, PITCHES): the outer voices move in fifths or octaves."""
    before, after = (soprano[0] - bass) % 12, (soprano[1] - bass) % 12
    same = (before[:, None] == after) & np.isin(after, (0, 7))
    moves = REST != soprano[0] != soprano[1]
    return cast("BoolArray", same & (bass[:, None] != bass) & moves)


def draw(weight: Array, temperature: float, rng: np.random.Generator) -> IntArray:
    """Return the numbers (C,) of entries drawn from weights (C, ...), by the Gumbel trick."""
    flat = weight.reshape(len(weight), -1)
    noise = -np.log(-np.log(np.maximum(rng.random(flat.shape), 1e-30)))
    return cast("IntArray", (flat + temperature * noise).argmax(axis=1))
