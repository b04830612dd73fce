"""The name of an interval, as it is counted on paper: letters give its number, semitones its quality."""

from dataclasses import dataclass

from chorale.music import Pitch

_PERFECT = (1, 4, 5)
_SEMITONES = {1: 0, 2: 2, 3: 4, 4: 5, 5: 7, 6: 9, 7: 11}  # of the perfect or major interval


@dataclass(frozen=True)
class Interval:
    """An interval: 1 for a unison, 8 for an octave, 12 for a twelfth; quality "P", "M", "m", "A", "d", or doubled."""

    number: int
    quality: str

    @property
    def simple(self) -> str:
        """The name within an octave: a twelfth is "P5", an octave "P1"."""
        return f"{self.quality}{(self.number - 1) % 7 + 1}"

    def __str__(self) -> str:
        return f"{self.quality}{self.number}"


def between(one: Pitch, other: Pitch) -> Interval:
    """Return the interval between two pitches, whichever is the higher."""
    low, high = sorted((one, other), key=lambda pitch: (pitch.place, pitch.midi))
    number = high.place - low.place + 1
    octaves, simple = divmod(number - 1, 7)
    excess = high.midi - low.midi - 12 * octaves - _SEMITONES[simple + 1]
    return Interval(number, _quality(simple + 1, excess))


def _quality(simple: int, excess: int) -> str:
    if excess > 0:
        return "A" * excess
    if simple in _PERFECT:
        return "P" if excess == 0 else "d" * -excess
    return "M" if excess == 0 else "m" if excess == -1 else "d" * (-excess - 1)


def is_fifth(one: Pitch, other: Pitch) -> bool:
    return between(one, other).simple == "P5"


def is_octave(one: Pitch, other: Pitch) -> bool:
    """Whether two pitches are a unison, an octave or octaves apart."""
    return between(one, other).simple == "P1"


def is_step(one: Pitch, other: Pitch) -> bool:
    return between(one, other).number == 2
