"""What a model can do for the application: one Protocol a capability, plain music values in and out.

The application programs against these Protocols and never against a model's own class, so that another
harmonizer (Magenta's own Coconet, say) can take the place of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from chorale.music.drums import DrumPattern
from chorale.music.melody import Melody
from chorale.music.time import Meter

if TYPE_CHECKING:
    from chorale.music.key import Key
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


Music = TypeVar("Music", Melody, DrumPattern)
"""What the Studio's models write: melodies or drum patterns, on the grid of sixteenths."""


@dataclass(frozen=True)
class Surroundings:
    """What is known around a clip, and what is wanted of it.

    Attributes:
        meter: Time signature.
        pickup: Steps before the first whole bar.
        qpm: Quarter notes a minute.
        key: Of a melody; None: to be found from its notes.
        locked: Whether only notes of the key's scale may be written.
        density: How much drums strike, 0 (little) to 1 (much); None: as the model likes.
    """

    meter: Meter = Meter(4, 4)  # noqa: RUF009  Meter is immutable
    pickup: int = 0
    qpm: float = 120.0
    key: Key | None = None
    locked: bool = False
    density: float | None = None


@dataclass(frozen=True)
class Written(Generic[Music]):
    """One result of a model of the Studio.

    Attributes:
        music: The melody or pattern.
        seed: The seed that gives it again, alone.
        notes: One clear line each on what the user should know.
    """

    music: Music
    seed: int
    notes: tuple[str, ...] = ()


class Continuer(Protocol[Music]):
    """Goes on where a clip ends."""

    def continued(
        self,
        music: Music,
        steps: int,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        ending: bool = False,
        report: Report | None = None,
    ) -> list[Written[Music]]:
        """Return the ``steps`` that come after ``music``, without it, so many times.

        Args:
            music: The clip; it may be empty.
            steps: How many steps to write.
            surroundings: Meter, pickup, key, density.
            seed: Of the first variation; the others have the seeds after it.
            variations: How many, at least 1.
            temperature: 0 takes the likeliest event each time, so all variations are equal; up to 2.
            ending: Whether a melody comes to rest at the end, on a stable degree of its key and a strong beat.
            report: Hears of the progress and may stop the job by raising ``chorale.errors.Cancelled``.

        Raises:
            chorale.errors.InputError: The meter or the length is none that the model knows.
        """
        ...


class Generator(Protocol[Music]):
    """Writes clips out of nothing."""

    def generated(
        self,
        steps: int,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        report: Report | None = None,
    ) -> list[Written[Music]]:
        """Return so many new clips of ``steps`` steps; the arguments are those of ``Continuer.continued``.

        At temperature 0 each seed gives the likeliest clip of its own kind of music: out of nothing there is no single
        best.
        """
        ...


class Interpolator(Protocol[Music]):
    """Walks from one clip to another."""

    def longest(self, surroundings: Surroundings) -> int:
        """Return how many steps it takes at once.

        Raises:
            chorale.errors.InputError: The meter is none that the model knows.
        """
        ...

    def interpolated(
        self,
        first: Music,
        second: Music,
        places: Sequence[float],
        surroundings: Surroundings,
        *,
        seed: int = 0,
        temperature: float = 1.0,
        report: Report | None = None,
    ) -> list[Written[Music]]:
        """Return a clip for each place between ``first`` (0) and ``second`` (1); the ends are re-creations.

        Raises:
            chorale.errors.InputError: The meter is none that the model knows, or a clip is longer than it takes.
        """
        ...


@dataclass(frozen=True)
class Taps:
    """Where somebody taps.

    Attributes:
        struck: (T,) True at taps.
        offsets: (T,) steps that a tap is late, -0.5..0.5.
    """

    struck: BoolArray
    offsets: NDArray[np.float32]


class Drummer(Protocol):
    """Makes a drum part that goes with taps."""

    def drummed(
        self,
        taps: Taps,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        report: Report | None = None,
    ) -> list[Written[DrumPattern]]:
        """Return so many patterns as long as the taps; the arguments are those of ``Continuer.continued``."""
        ...


class Groover(Protocol):
    """Plays a drum pattern as a drummer would."""

    def grooved(
        self,
        pattern: DrumPattern,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        report: Report | None = None,
    ) -> list[Written[DrumPattern]]:
        """Return the same hits with new velocities and offsets; the arguments are those of ``Continuer.continued``."""
        ...
