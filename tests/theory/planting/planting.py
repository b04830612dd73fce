"""The generator: mistakes of one kind, planted into phrases that have none of it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from chorale.music import Score
from tests.theory.planting.edits import Edit, edited
from tests.theory.planting.kinds import KINDS, Kind
from tests.theory.planting.phrases import phrases, plain_phrases
from tests.theory.planting.reading import Reading, Spot

_MOST_TRIES = 60  # proposals for one phrase, before another is taken


@dataclass(frozen=True, eq=False)
class Planted:
    """A planted mistake.

    Attributes:
        kind: the name of its kind.
        before, after: the phrase without and with it.
        edits: what was changed.
        spots: where it is, by the oracle; most often one.
    """

    kind: str
    before: Score
    after: Score
    edits: tuple[Edit, ...]
    spots: frozenset[Spot]


class Garden:
    """Phrases to plant mistakes into."""

    def __init__(self, chorales: dict[str, Score], is_clean: Callable[[Score, tuple[str, ...]], bool]) -> None:
        """Take phrases from chorales; ``is_clean(phrase, codes)`` says whether some rules find nothing in a phrase."""
        self._phrases = {False: phrases(chorales), True: plain_phrases(chorales)}
        self._is_clean = is_clean

    def plant(self, name: str, count: int, seed: int = 1) -> list[Planted]:
        """Return so many planted mistakes of a kind, each in another phrase while there are enough phrases."""
        kind = KINDS[name]
        random = Random(f"{seed} {name}")  # noqa: S311  not a secret
        beds = [reading for reading in self._phrases[kind.needs_key] if not kind.find(reading)]
        planted: list[Planted] = []
        known: set[tuple[Score, tuple[Edit, ...]]] = set()
        while beds and len(planted) < count:
            random.shuffle(beds)
            fruitful = []
            for bed in beds:
                one = _plant(kind, bed, random, known) if len(planted) < count else None
                if one is not None and self._is_clean(one.before, kind.codes):
                    planted.append(one)
                    fruitful.append(bed)
            beds = fruitful
        return planted


def _plant(kind: Kind, reading: Reading, random: Random, known: set[tuple[Score, tuple[Edit, ...]]]) -> Planted | None:
    """Return a mistake that is not among those known, which it joins."""
    for _ in range(_MOST_TRIES):
        edits = tuple(kind.propose(reading, random))
        if edits and (reading.score, edits) not in known:
            known.add((reading.score, edits))
            after = edited(reading, edits)
            spots = kind.find(after)
            if spots:
                return Planted(kind.name, reading.score, after.score, edits, frozenset(spots))
    return None
