"""What a model can do for the application: one Protocol a capability, plain music values in and out.

The application programs against these Protocols and never against a model's own class, so that another
harmonizer (Magenta's own Coconet, say) can take the place of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from chorale.music.score import Score

BoolArray: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Progress:
    """How far a long job is: fraction in 0..1, and the score as it stands (voices appear as sampled)."""

    fraction: float
    score: Score | None = None


Report: TypeAlias = Callable[[Progress], None]
"""Called now and then by a long job; may raise ``chorale.errors.Cancelled``, which stops the job."""


@dataclass(frozen=True)
class Harmonization:
    """One way to complete a score.

    Attributes:
        score: The completed score: same length, key and meter, the given notes unchanged.
        seed: The seed that gives it again.
        log_likelihood: Nats per written cell (pseudo-likelihood under the model); higher is better.
        notes: One clear line each on what the user should know, e.g. "harmonized a fourth higher, where the
            model knows the soprano, and moved back".
    """

    score: Score
    seed: int
    log_likelihood: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChordWish:
    """A chord that somebody wants at some place.

    Attributes:
        start: Its first step.
        end: The step after its last.
        classes: The pitch classes 0..11 of which the voices may sing on its beats.
        bass: The pitch class of its bass; None: any of them.
        name: What it was called, such as "V6/5", for messages.
    """

    start: int
    end: int
    classes: frozenset[int]
    bass: int | None = None
    name: str = ""


class Harmonizer(Protocol):
    """Writes the missing voices of a score."""

    def harmonize(
        self,
        score: Score,
        writable: BoolArray,
        *,
        seed: int = 0,
        alternatives: int = 1,
        temperature: float = 1.0,
        ornament: float = 0.0,
        chords: Sequence[ChordWish] = (),
        report: Report | None = None,
    ) -> list[Harmonization]:
        """Return ``alternatives`` completions of ``score``, best first, that really differ.

        Args:
            score: Holds the given notes; what stands in writable cells is ignored.
            writable: (T, 4) bool, True = may be written. All other cells come back as they were, onsets too.
            seed: The same score, mask, seed and weights give the same notes on every machine.
            alternatives: How many different completions are wanted, at least 1.
            temperature: 0 and up; 1 samples as the model was trained, less is plainer, more is bolder.
            ornament: -1..1; 0 moves as much as Bach does, -1 writes note against note, 1 fills every leap.
            chords: Chords that are wanted; a place where the given notes forbid one is told in ``notes``.
            report: Hears of the progress and may stop the job by raising ``chorale.errors.Cancelled``.

        Raises:
            chorale.errors.InputError: There is nothing to write, or nothing to write it to.
        """
        ...
