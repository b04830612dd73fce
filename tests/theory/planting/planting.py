"""The generator: mistakes of one kind, planted into phrases that have none of it."""

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

    def __init__(self, chorales: dict[str, Score]) -> None:
        self._phrases = {False: phrases(chorales), True: plain_phrases(chorales)}

    def plant(self, name: str, count: int, seed: int = 1) -> list[Planted]:
        """Return so many planted mistakes of a kind, each in another phrase while there are enough phrases."""
        kind = KINDS[name]
        random = Random(f"{seed} {name}")  # noqa: S311  not a secret
        beds = [reading for reading in self._phrases[kind.needs_key] if not kind.find(reading)]
        planted: list[Planted] = []
        while beds and len(planted) < count:
            random.shuffle(beds)
            found = [(bed, _plant(kind, bed, random)) for bed in beds[: count - len(planted)]]
            planted += [one for _, one in found if one is not None]
            beds = beds[len(found) :] + [bed for bed, one in found if one is not None]
        return planted


def _plant(kind: Kind, reading: Reading, random: Random) -> Planted | None:
    tried = set()
    for _ in range(_MOST_TRIES):
        edits = tuple(kind.propose(reading, random))
        if edits and edits not in tried:
            tried.add(edits)
            after = edited(reading, edits)
            spots = kind.find(after)
            if spots:
                return Planted(kind.name, reading.score, after.score, edits, frozenset(spots))
    return None
