"""Edits of the page's frame: meter, pickup, bars, whole voices."""

from collections.abc import Iterable

import numpy as np

from chorale.app.edits.draft import LONGEST, Draft
from chorale.errors import InputError
from chorale.music import REST, VOICES, Chorale, Meter, Score, Voice

__all__ = ["add_bars", "clear_voices", "empty", "insert_bars", "remove_bars", "set_bars", "set_meter", "set_pickup"]

_DEFAULT_BARS = 8


def empty(bars: int = _DEFAULT_BARS, meter: Meter = Meter(4, 4), pickup: int = 0) -> Score:  # noqa: B008  immutable
    """Return a new score of so many empty bars after its pickup."""
    return Score(Chorale.silent(pickup + bars * meter.steps_per_bar), meter=meter, pickup=pickup)


def set_meter(score: Score, meter: Meter) -> Score:
    """Change the meter: every note keeps its step and length, only bar lines move.

    An empty score keeps its number of bars. Otherwise the score is lengthened to fill its last bar, if it did so
    before; a pickup that a new bar could not hold loses whole bars.
    """
    if meter == score.meter:
        return score
    bar = meter.steps_per_bar
    pickup = score.pickup % bar
    if not score.chorale.onsets.any():
        count = sum(1 for each in score.bars if each.number)
        return _resized(score.replace(meter=meter, pickup=pickup), pickup + count * bar)
    changed = score.replace(meter=meter, pickup=pickup)
    was_full = (score.steps - score.pickup) % score.meter.steps_per_bar == 0
    return _resized(changed, pickup + _whole_bars(changed) * bar) if was_full else changed


def _whole_bars(score: Score) -> int:
    return -(-(score.steps - score.pickup) // score.meter.steps_per_bar)


def set_pickup(score: Score, pickup: int) -> Score:
    """Make the first so many steps a pickup: notes stay, bar lines move.

    Raises:
        InputError: the pickup would fill a bar, or the whole score.
    """
    if pickup == score.pickup:
        return score
    if pickup >= max(1, score.steps):
        raise InputError(f"pickup of {pickup} steps: wanted fewer than the score's {score.steps}")
    return score.replace(pickup=pickup)


def add_bars(score: Score, count: int = 1) -> Score:
    """Add empty bars at the end, once the last bar is full.

    Raises:
        InputError: the count is below 1 or the score would be too long.
    """
    _check_count(count)
    return _resized(score, score.pickup + (_whole_bars(score) + count) * score.meter.steps_per_bar)


def set_bars(score: Score, count: int) -> Score:
    """Cut the score, or lengthen it with empty bars, to so many whole bars after the pickup.

    Raises:
        InputError: the count is below 1 or the score would be too long.
    """
    _check_count(count)
    return score if count == _whole_bars(score) else _resized(score, score.pickup + count * score.meter.steps_per_bar)


def _check_count(count: int) -> None:
    if count < 1:
        raise InputError(f"{count} bars: wanted at least 1")


def _resized(score: Score, steps: int) -> Score:
    if steps == score.steps:
        return score
    draft = Draft(score)
    draft.resize(steps)
    return draft.finish()


def insert_bars(score: Score, number: int, count: int = 1) -> Score:
    """Insert empty bars before the bar of a number (1 = first whole bar); all that follows moves on.

    A note held over that bar line is cut there.

    Raises:
        InputError: there is no such bar, the count is below 1, or the score would be too long.
    """
    _check_count(count)
    at = _bar_start(score, number)
    more = count * score.meter.steps_per_bar
    if score.steps + more > LONGEST:
        raise InputError(f"a score of {score.steps + more} sixteenths: wanted at most {LONGEST}")
    source = np.concatenate([np.arange(at), np.full(more, -1), np.arange(at, score.steps)])
    return _rearranged(score, source)


def remove_bars(score: Score, first: int, last: int | None = None) -> Score:
    """Remove the bars numbered ``first`` to ``last`` (inclusive; 0 is the pickup); one empty bar remains at least.

    Raises:
        InputError: there are no such bars.
    """
    last = first if last is None else last
    start = _bar_start(score, first)
    end = next((bar.end for bar in score.bars if bar.number == last), -1)
    if end <= start:
        raise InputError(f"bars {first} to {last}: wanted bars of this score, which has {score.bars[-1].number}")
    source = np.concatenate([np.arange(start), np.arange(end, score.steps)])
    pickup = 0 if start < score.pickup else score.pickup
    if len(source) <= pickup:
        return _resized(_rearranged(score, source[:0], pickup=0), score.meter.steps_per_bar)
    return _rearranged(score, source, pickup=pickup)


def _bar_start(score: Score, number: int) -> int:
    start = next((bar.start for bar in score.bars if bar.number == number), None)
    if start is None:
        last = score.bars[-1].number if score.bars else 0
        raise InputError(f"bar {number}: wanted one of the score's bars, up to {last}")
    return start


def _rearranged(score: Score, source: np.ndarray, pickup: int | None = None) -> Score:
    """Return the score whose step i is step ``source[i]`` of the old one; -1 makes silence.

    Where two steps come together that were not neighbours, held notes begin anew.
    """
    silent = source < 0
    pitches = np.where(silent[:, None], REST, score.chorale.pitches[source])
    onsets = score.chorale.onsets[source] & ~silent[:, None]
    seams = np.flatnonzero(np.diff(source) != 1) + 1
    onsets[seams] |= pitches[seams] != REST
    place = np.full(score.steps, -1)
    place[source[~silent]] = np.flatnonzero(~silent)
    target = place.tolist()
    return score.replace(
        chorale=Chorale(pitches, onsets),
        spelling=score.spelling[source],
        locked=score.locked[source] & ~silent[:, None],
        fermatas=frozenset(target[step] for step in score.fermatas if target[step] >= 0),
        lyrics=tuple((target[step], text) for step, text in score.lyrics if target[step] >= 0),
        chords=tuple((target[step], text) for step, text in score.chords if target[step] >= 0),
        drums=None if score.drums is None else score.drums.taken(source),
        pickup=score.pickup if pickup is None else pickup,
    )


def clear_voices(score: Score, keep: Iterable[int] = (Voice.SOPRANO,)) -> Score:
    """Make rests of all voices but those kept, locked cells among them."""
    draft = Draft(score)
    kept = set(keep)
    for voice in VOICES:
        if voice not in kept:
            draft.silence(voice, 0, draft.steps)
    return draft.finish()
