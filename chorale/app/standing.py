"""What still holds of an earlier check while the next one is at work.

Between an edit and its check lies a tenth of a second, in which marks that are taken away and put back would flicker.
A finding whose moments no edit has touched is still true of them; it may stand meanwhile. All others go at once.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np

from chorale.app.checking import Checked
from chorale.music import REST, BoolArray, Score
from chorale.theory import Finding

__all__ = ["still_true", "untouched"]


def still_true(checked: Checked, score: Score) -> tuple[Finding, ...]:
    """Return the findings of an earlier check that stand in untouched music of a score."""
    holds = untouched(checked.score, score)
    return tuple(finding for finding, first, end in _spans(checked) if holds(first, end))


@lru_cache(maxsize=2)
def _spans(checked: Checked) -> tuple[tuple[Finding, int, int], ...]:
    """Return each finding with the steps it speaks of; asked for at every edit until the next check is done."""
    ends = _ends(checked.score)
    return tuple((finding, *_span(finding, ends)) for finding in checked.findings)


def untouched(before: Score, now: Score) -> Callable[[int, int], bool]:
    """Return a function that tells of steps (first, step after the last) whether they sound in both scores alike."""
    same = _same_steps(before, now)
    changes = np.concatenate([[0], np.cumsum(~same)])
    return lambda first, end: end <= len(same) and bool(changes[end] == changes[max(0, first)])


def _same_steps(before: Score, now: Score) -> BoolArray:
    frame = [(score.key, score.meter, score.pickup) for score in (before, now)]
    steps = min(before.steps, now.steps) if frame[0] == frame[1] else 0
    one, other = before.chorale, now.chorale
    same: BoolArray = (
        (one.pitches[:steps] == other.pitches[:steps])
        & (one.onsets[:steps] == other.onsets[:steps])
        & (before.spelling[:steps] == now.spelling[:steps])
    ).all(axis=1)
    return same


def _span(finding: Finding, ends: list[list[int]]) -> tuple[int, int]:
    """Return the steps that a finding speaks of: from its first note's beginning to its last note's end."""
    starts: Iterable[int] = (start for _, start in finding.notes)
    last: Iterable[int] = (ends[start][voice] for voice, start in finding.notes)
    return min([finding.start, *starts]), max([finding.end + 1, *last])


def _ends(score: Score) -> list[list[int]]:
    """Return, for every step and voice, the first step after the note that sounds there."""
    breaks = score.chorale.onsets | (score.chorale.pitches == REST)
    places = np.where(breaks, np.arange(score.steps)[:, None], score.steps)
    following = np.minimum.accumulate(places[::-1])[::-1]
    ends: list[list[int]] = [*following[1:].tolist(), [score.steps] * breaks.shape[1]]
    return ends
