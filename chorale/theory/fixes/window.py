"""The phrase of a finding, so that trying a change does not mean checking the whole piece."""

from dataclasses import dataclass

from chorale.music import Chorale, Score
from chorale.theory.finding import Finding
from chorale.theory.phrases import phrase_ends

__all__ = ["Window", "whole", "window"]


@dataclass(frozen=True, eq=False)
class Window:
    """Part of a score as a score of its own.

    Attributes:
        score: the part; beats, phrase ends and locks stand where they stood.
        offset: its first step in the whole score.
    """

    score: Score
    offset: int


def whole(score: Score) -> Window:
    """Return a window that leaves nothing out."""
    return Window(score, 0)


def window(score: Score, finding: Finding) -> Window:
    """Return the phrases that a finding lies in: no rule looks further."""
    ends = phrase_ends(score)
    starts = (0, *ends[:-1])
    first = max(number for number, start in enumerate(starts) if start <= finding.start)
    last = min((number for number, end in enumerate(ends) if end > finding.end), default=len(ends) - 1)
    return _cut(score, starts[first], ends[first : max(first, last) + 1])


def _cut(score: Score, start: int, ends: tuple[int, ...]) -> Window:
    """Cut out the steps from one to the last of some phrase ends, each of which gets a fermata of its own."""
    if start == 0 and ends[-1] == score.steps:
        return whole(score)
    rows = slice(start, ends[-1])
    part = score.replace(
        chorale=Chorale(score.chorale.pitches[rows], score.chorale.onsets[rows]),
        spelling=score.spelling[rows],
        locked=score.locked[rows],
        pickup=(score.pickup - start) % score.meter.steps_per_bar,
        fermatas=frozenset(end - start - 1 for end in ends),
        lyrics=(),
    )
    return Window(part, start)
