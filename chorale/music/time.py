"""Time: steps, beats, bars, meters.

Conventions
    * One step is one sixteenth note; four make a quarter, whatever the meter.
    * qpm counts quarter notes a minute.
    * A score starts with a pickup of 0 or more steps; bar 1 is the first whole bar, a pickup is bar 0.
    * Beats are counted from 1 in the meter's beats: six-eight has two (dotted quarters), three-two three (halves).
"""

from dataclasses import dataclass

from chorale.errors import InputError

__all__ = ["METERS", "QPM_RANGE", "STEPS_PER_QUARTER", "STEPS_PER_WHOLE", "Meter", "Place", "seconds_per_step"]

STEPS_PER_QUARTER = 4
STEPS_PER_WHOLE = 16
QPM_RANGE = (10.0, 400.0)  # quarter notes a minute


def seconds_per_step(qpm: float) -> float:
    """Return how many seconds one step lasts at so many quarter notes a minute."""
    return 60 / (qpm * STEPS_PER_QUARTER)


@dataclass(frozen=True)
class Place:
    """A moment as a musician names it: bar (pickup = 0), beat from 1, and steps into the beat."""

    bar: int
    beat: int
    step: int = 0

    def __str__(self) -> str:
        return f"bar {self.bar}, beat {self.beat}" + (f" + {self.step}/16" if self.step else "")


@dataclass(frozen=True)
class Meter:
    """A time signature.

    Args:
        beats: the upper figure.
        unit: the lower figure: 1, 2, 4, 8 or 16.

    Raises:
        InputError: the figures are not a meter that sixteenths can express.
    """

    beats: int
    unit: int

    def __post_init__(self) -> None:
        if self.unit not in {1, 2, 4, 8, 16} or not 1 <= self.beats <= 32:
            raise InputError(f"meter {self.beats}/{self.unit}: wanted one such as 4/4, 3/4 or 6/8")

    @classmethod
    def parse(cls, text: str) -> "Meter":
        """Read "3/4", or "C" for 4/4.

        Raises:
            InputError: the text is not a time signature.
        """
        beats, _, unit = ("4/4" if text.strip() == "C" else text).partition("/")
        try:
            return cls(int(beats), int(unit))
        except ValueError:
            raise InputError(f"meter {text!r}: wanted one such as 4/4, 3/4 or 6/8") from None

    @property
    def is_compound(self) -> bool:
        """Whether beats are dotted: 6/8, 9/8, 12/8, 6/4 and the like."""
        return self.beats > 3 and self.beats % 3 == 0 and self.unit >= 4

    @property
    def steps_per_bar(self) -> int:
        """Steps in a whole bar."""
        return self.beats * STEPS_PER_WHOLE // self.unit

    @property
    def steps_per_beat(self) -> int:
        """Steps in a beat; a compound meter's beat is dotted."""
        return STEPS_PER_WHOLE // self.unit * (3 if self.is_compound else 1)

    @property
    def beats_per_bar(self) -> int:
        """Beats that are felt: 2 in 6/8."""
        return self.steps_per_bar // self.steps_per_beat

    def __str__(self) -> str:
        return f"{self.beats}/{self.unit}"


METERS = (Meter(4, 4), Meter(3, 4), Meter(2, 4), Meter(3, 2), Meter(6, 8))
"""The meters offered in the window; files may bring others."""


def check_qpm(qpm: float) -> None:
    """Raise InputError unless the tempo can be played."""
    low, high = QPM_RANGE
    if not low <= qpm <= high:
        raise InputError(f"tempo {qpm:g}: wanted {low:g} to {high:g} quarter notes a minute")
