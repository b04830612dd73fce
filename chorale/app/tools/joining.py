"""Long music out of overlapping parts: each pair is joined where both say the same, so that no seam is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from chorale.music import PIECES, REST, DrumPattern, Melody

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Costs = NDArray[np.float64]

__all__ = ["joined", "starts_of"]

Music = TypeVar("Music", Melody, DrumPattern)
_NEAR = 4  # steps on either side of a join that are compared
_CUT = 6.0  # steps of difference that cutting a held note is worth
_OFF_BAR, _OFF_BEAT = 1.5, 1.0  # what it costs to join inside a bar, or a beat


def starts_of(steps: int, longest: int) -> list[int]:
    """Return the first steps of the parts, of at most ``longest`` steps, that cover so many; neighbours share half."""
    hop = longest // 2
    return list(range(0, max(1, steps - hop), hop))


def joined(parts: Sequence[Music], starts: Sequence[int], steps: int, bar: int) -> Music:
    """Return one line of so many steps.

    Args:
        parts: Melodies or drum patterns.
        starts: The first step of each; what neighbours share is said by both.
        steps: The length of the whole.
        bar: Steps in a bar.
    """
    whole = parts[0]
    for part, start in zip(parts[1:], starts[1:], strict=True):
        shared = min(len(whole), start + len(part)) - start
        one, other = _cut(whole, start, start + shared), _cut(part, 0, shared)
        costs = _costs(one, other) + _inside(shared, start, bar)
        first, last = shared // 4, max(shared // 4 + 1, shared - shared // 4)  # near its ends a part knows least
        place = first + int(np.argmin(costs[first:last]))
        whole = _followed(_cut(whole, 0, start + place), part, place)
    return _cut(whole, 0, steps)


def _cut(music: Music, start: int, end: int) -> Music:
    if isinstance(music, DrumPattern):
        return music.cut(start, end)
    return Melody(music.pitches[start:end], music.onsets[start:end])


def _followed(whole: Music, part: Music, place: int) -> Music:
    """Return a line and what a part has from a step on; a note that both hold there is one note."""
    if isinstance(whole, DrumPattern) and isinstance(part, DrumPattern):
        return whole + part.cut(place, len(part))
    assert isinstance(whole, Melody)
    assert isinstance(part, Melody)
    return Melody(
        np.concatenate([whole.pitches, part.pitches[place:]]), np.concatenate([whole.onsets, part.onsets[place:]])
    )


def _inside(steps: int, start: int, bar: int) -> Costs:
    """Return (steps,), what it costs to join at each step for where it lies in its bar."""
    places = np.arange(start, start + steps)
    return np.where(places % bar == 0, 0.0, _OFF_BAR) + np.where(places % 4 == 0, 0.0, _OFF_BEAT)


def _costs(one: Music, other: Music) -> Costs:
    """Return (T,): how much two readings of the same steps differ about each step, and what a join there would cut."""
    differs = _differences(one, other)
    around = np.pad(differs, _NEAR)
    costs = np.array([around[step : step + 2 * _NEAR].sum() for step in range(len(differs))])
    if isinstance(one, Melody) and isinstance(other, Melody):
        costs += _CUT * _cuts(one, other)
    return costs


def _differences(one: Music, other: Music) -> Costs:
    if isinstance(one, DrumPattern) and isinstance(other, DrumPattern):
        hits: Costs = (one.hits != other.hits).sum(axis=1) / len(PIECES) * 2
        return hits
    assert isinstance(one, Melody)
    assert isinstance(other, Melody)
    notes: Costs = ((one.pitches != other.pitches) | (one.onsets != other.onsets)).astype(float)
    return notes


def _cuts(one: Melody, other: Melody) -> Costs:
    """Return (T,), 1 where the first would lose the rest of a note, or the second the head of one."""
    held = ~one.onsets & (one.pitches != REST)  # a note of the first goes on into this step
    headless = ~other.onsets & (other.pitches != REST)
    before = np.concatenate([[REST], one.pitches[:-1]])
    same = headless & (before == other.pitches)  # the note of the first goes on as a note of the second
    cuts: Costs = (held & ~same).astype(float) + (headless & ~same)
    return cuts
