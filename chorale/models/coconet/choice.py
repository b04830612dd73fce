"""The choice among candidates: what theory finds in them, how well they close, and how likely they are.

The network's likelihood alone misleads: it likes what is plain, and does not hear what moves wrongly. So every
candidate is checked as a page is, and each finding costs by its gravity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from chorale.models.coconet.home import keeps_key, key_heard
from chorale.theory import PROFILES, CadenceKind, analyze, tally
from chorale.theory.harmony import ToneKind
from chorale.theory.instruments import count_parallels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chorale.music import Score
    from chorale.theory import Analysis

    Array = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["Opinion", "choose", "judge"]

LIKELIHOOD = 12.0  # findings a bar that a nat a cell outweighs: good candidates differ by a few hundredths of it
STEPS_PER_BAR = 16  # findings are counted to so many steps, whatever the meter
COSTS = {
    **dict.fromkeys(("parallel-fifths", "parallel-octaves"), 4.0),
    **dict.fromkeys(("augmented-interval", "unequal-fifths", "contrary-fifths", "contrary-octaves"), 1.5),
    **dict.fromkeys(("leading-tone", "seventh-resolution", "doubled-leading-tone", "doubled-seventh"), 1.0),
    **dict.fromkeys(("direct-fifths", "direct-octaves", "omitted-third", "omitted-root"), 1.0),
    **dict.fromkeys(("leap-seventh", "leap-over-octave", "six-four", "cross-relation", "retrogression"), 0.7),
    **dict.fromkeys(("diminished-leap", "leap-sixth", "leading-tone-inner", "six-four-doubling"), 0.4),
    **dict.fromkeys(("spacing", "spacing-bass", "same-direction", "doubling-diminished"), 0.2),
}
"""What a finding costs, by the rule's code; Bach's own licences (crossings, overlaps, doublings) cost nothing."""
CLOSES = {CadenceKind.OTHER: 1.5, CadenceKind.DECEPTIVE: 0.5}
BEAT_PARALLEL = 3.0  # for a parallel from beat to beat, with other notes between
STRANGE = 1.0  # for a tone that is none of its chord's and neither comes nor goes as such tones do
BAD_END, FAR_END, FAR_START, LOST_KEY = 1.5, 0.5, 0.3, 4.0
"""Findings a bar, however long the piece: it ends in no cadence, in another key than its own; begins in one; is one."""
APART = (0.3, 0.25, 0.2, 0.1, 0.03, -1.0)  # alternatives have other roots on this share of the beats, or on the next


@dataclass(frozen=True)
class Opinion:
    """What there is to say of a candidate.

    Attributes:
        quality: The higher, the better.
        roots: The root of the chord on each beat, a pitch class; -1 for none.
    """

    quality: float
    roots: IntArray


def judge(score: Score, likelihood: float) -> Opinion:
    """Return the opinion of a completed score with some log-likelihood, nats a cell."""
    analysis = analyze(score)
    counts = tally(score, PROFILES["textbook"], analyze=lambda _: analysis, codes=COSTS)
    cost = sum(COSTS[code] * count for code, count in counts.items())
    cost += _closes_badly(analysis) + BEAT_PARALLEL * _beat_parallels(score)
    cost += STRANGE * int((analysis.tones == ToneKind.FREE).sum())
    bars = max(1.0, score.steps / STEPS_PER_BAR)
    return Opinion(LIKELIHOOD * likelihood - cost / bars - _strays(score, analysis), _roots(score, analysis))


def _beat_parallels(score: Score) -> int:
    beat = score.meter.steps_per_beat
    found = count_parallels(score.chorale.pitches[score.pickup % beat :], beat)
    return found.fifths + found.octaves


def _closes_badly(analysis: Analysis) -> float:
    """Return the cost of phrases that close on nothing in particular."""
    return sum(CLOSES.get(cadence.kind, 0.0) for cadence in analysis.cadences)


def _strays(score: Score, analysis: Analysis) -> float:
    """Return what it costs a piece to end on no cadence, to begin or end far from home, or to be heard there."""
    if not analysis.cadences:
        return 0.0
    ends = analysis.cadences[-1].kind not in CLOSES
    home = score.key.tonic_class
    starts_far, ends_far = (analysis.harmonies[number].key.tonic_class != home for number in (0, -1))
    lost = not keeps_key(key_heard(score), score.key)
    return BAD_END * (not ends) + FAR_END * ends_far + FAR_START * starts_far + LOST_KEY * lost


def _roots(score: Score, analysis: Analysis) -> IntArray:
    beats = range(score.pickup % score.meter.steps_per_beat, score.steps, score.meter.steps_per_beat)
    harmonies = [analysis.at(step) for step in beats]
    return np.array([-1 if harmony is None else harmony.chord.root * 7 % 12 for harmony in harmonies])


def choose(opinions: Sequence[Opinion], wanted: int) -> list[int]:
    """Return the numbers of the best candidates that differ from one another in their harmony, best first."""
    quality = np.array([opinion.quality for opinion in opinions])
    roots = np.stack([opinion.roots for opinion in opinions])
    order = [int(number) for number in np.argsort(-quality, kind="stable")]
    chosen = order[:1]
    for least in APART:
        for number in order:
            apart = _apart(roots[chosen], roots[number])
            if len(chosen) < wanted and number not in chosen and apart > least:
                chosen.append(number)
    return [number for number in order if number in chosen]


def _apart(chosen: IntArray, roots: IntArray) -> float:
    """Return the share of beats with another root than in the chosen candidate that is nearest."""
    if not roots.size:
        return 0.0
    return cast("float", (chosen != roots).mean(axis=1).min())
