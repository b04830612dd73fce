"""Chorales cut into phrases that stand for themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from chorale.music import REST, Chorale, Score
from chorale.theory.phrases import phrase_ends

__all__ = ["Phrase", "phrases_of"]

_SHORTEST, _LONGEST = 1.0, 4.5  # bars


@dataclass(frozen=True)
class Phrase:
    """A phrase of a chorale.

    Attributes:
        name: the chorale's file: "bwv269".
        whole: the chorale.
        start: the chorale's step at which the phrase begins.
        score: the phrase alone.
    """

    name: str
    whole: Score
    start: int
    score: Score

    @property
    def first_bar(self) -> int:
        """The chorale's number of the bar in which the phrase begins."""
        return self.whole.place(self.start).bar

    @property
    def source(self) -> str:
        """Chorale and bars: "BWV 269, bars 3-4"."""
        last = self.whole.place(self.start + self.score.steps - 1).bar
        bars = f"bar {last}" if last == self.first_bar else f"bars {self.first_bar}-{last}"
        return f"BWV {self.name.removeprefix('bwv').replace('.', '/')}, {bars}"


def phrases_of(name: str, whole: Score) -> Iterator[Phrase]:
    """Yield the phrases of two bars or so in which all four voices sing throughout."""
    for start, end in pairwise((0, *phrase_ends(whole))):
        bars = (end - start) / whole.meter.steps_per_bar
        if _SHORTEST <= bars <= _LONGEST and (whole.chorale.pitches[start:end] != REST).all():
            yield Phrase(name, whole, start, _cut(whole, start, end))


def _cut(whole: Score, start: int, end: int) -> Score:
    size = whole.meter.steps_per_bar
    return Score(
        Chorale(whole.chorale.pitches[start:end], whole.chorale.onsets[start:end]),
        key=whole.key,
        meter=whole.meter,
        pickup=(whole.pickup - start) % size,
        fermatas=frozenset(step - start for step in whole.fermatas if start <= step < end),
        spelling=whole.spelling[start:end],
    )
