"""Which places to show: the clearest of all that were found."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chorale.theory import Finding, Severity
from chorale.theory.rules import Hit
from chorale.training.precedents.phrases import Phrase

__all__ = ["MOST", "Place", "chosen"]

MOST = 4
"""Places of one kind that a rule shows."""
_WEIGHTS = {Severity.ERROR: 8, Severity.WARNING: 3, Severity.HINT: 1}
_USUAL_BARS = 2.5
_PER_BAR, _PER_MOMENT, _PER_KEY, _PER_USE = 2.0, 1.0, 4.0, 4.0


@dataclass(frozen=True)
class Place:
    """Something to show in a phrase.

    Attributes:
        phrase: the phrase.
        hit: what to look at there; its message is the remark.
        distraction: how much else there is to see: the less, the clearer.
    """

    phrase: Phrase
    hit: Hit
    distraction: float

    @classmethod
    def of(cls, phrase: Phrase, hit: Hit, others: Iterable[Finding], keys: int = 1) -> "Place":
        """Return a place among the other findings of its phrase, which goes through so many keys."""
        score = phrase.score
        bars = score.steps / score.meter.steps_per_bar
        moments = score.chorale.onsets.any(axis=1).sum() / (score.steps / score.meter.steps_per_beat)
        faults = sum(_WEIGHTS[finding.severity] for finding in others)
        shape = _PER_BAR * abs(bars - _USUAL_BARS) + _PER_MOMENT * float(moments) + _PER_KEY * (keys - 1)
        return cls(phrase, hit, faults + shape)


def chosen(places: Iterable[Place], used: Counter[tuple[str, int]], most: int = MOST) -> list[Place]:
    """Return the clearest places, each from another chorale, those that were used for other rules last.

    Args:
        places: all of them.
        used: how often each phrase is shown already; counted up.
        most: so many at most.
    """
    ranked = sorted(
        places, key=lambda place: (_rank(place, used), place.phrase.name, place.phrase.start, place.hit.start)
    )
    taken = list(_different(ranked, most))
    used.update((place.phrase.name, place.phrase.start) for place in taken)
    return taken


def _rank(place: Place, used: Counter[tuple[str, int]]) -> float:
    return place.distraction + _PER_USE * used[place.phrase.name, place.phrase.start]


def _different(places: Iterable[Place], most: int) -> Iterator[Place]:
    """Yield places from different chorales; two settings of one passage count as one."""
    names: set[str] = set()
    passages: set[bytes] = set()
    for place in places:
        pitches = place.phrase.score.chorale.pitches
        passage = (pitches - pitches[0, 0]).tobytes()
        if len(names) < most and place.phrase.name not in names and passage not in passages:
            names.add(place.phrase.name)
            passages.add(passage)
            yield place
