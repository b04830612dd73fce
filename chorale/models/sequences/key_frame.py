"""Melodies in the models' frame: the signature of C, the octave of the training tunes; and back again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chorale.errors import InputError
from chorale.models.melody_rnn.codec import CLASSES, FIRST_PITCH, HIGHEST, HOLD, LOWEST, OFF
from chorale.music import REST, Key, Melody
from chorale.theory.key_finding import estimate_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.base import Surroundings

    BoolArray = NDArray[np.bool_]

__all__ = ["KeyFrame", "bar_of"]

CENTRE = 69.0  # A4, about the mean pitch of the training tunes
_BARS = {8: 16, 12: 12, 16: 16}


def bar_of(surroundings: Surroundings) -> int:
    """Return the steps in a bar as the melody models count them; two bars of 2/4 are one.

    Raises:
        InputError: the meter is none that they know.
    """
    meter = surroundings.meter
    if meter.is_compound or meter.steps_per_bar not in _BARS:
        raise InputError(f"meter {meter}: wanted 4/4, 2/2, 2/4 or 3/4, which the melody models know")
    return _BARS[meter.steps_per_bar]


@dataclass(frozen=True)
class KeyFrame:
    """How a melody is moved into the frame.

    Attributes:
        key: The melody's key.
        shift: Semitones into the frame.
    """

    key: Key
    shift: int

    @classmethod
    def of(cls, surroundings: Surroundings, *melodies: Melody) -> KeyFrame:
        """Return the frame of some melodies that are to stay as far apart as they are."""
        notes = [note for melody in melodies for note in melody.notes]
        key = surroundings.key or estimate_key(notes)
        shift = (-7 * key.signature + 5) % 12 - 5
        if notes:
            mean = sum(note.pitch * note.length for note in notes) / sum(note.length for note in notes)
            shift += 12 * round((CENTRE - mean - shift) / 12)
        return cls(key, shift)

    def moved_in(self, melody: Melody) -> Melody:
        """Return a melody in the frame; what lies outside the models' range is brought in by octaves."""
        pitches = melody.pitches + self.shift
        octaves_up = np.ceil(np.maximum(LOWEST - pitches, 0) / 12) * 12
        octaves_down = np.ceil(np.maximum(pitches - HIGHEST, 0) / 12) * 12
        inside = pitches + octaves_up - octaves_down
        return Melody(np.where(melody.pitches == REST, REST, inside).astype(np.int16), melody.onsets)

    def moved_out(self, melody: Melody) -> Melody:
        """Return a melody of the frame where it belongs."""
        pitches = np.where(melody.pitches == REST, REST, np.clip(melody.pitches - self.shift, 0, 127))
        return Melody(pitches.astype(np.int16), melody.onsets)

    def told(self, *melodies: Melody) -> tuple[str, ...]:
        """Return a line where notes had to be brought into the models' range."""
        far = sum(
            int((each.onsets & (self.moved_in(each).pitches != each.pitches + self.shift)).sum()) for each in melodies
        )
        if far:
            return (f"{far} notes lie outside the model's four octaves: it read them in the nearest octave",)
        octaves = abs(self.shift) // 12
        if octaves:
            way = "higher" if self.shift > 0 else "lower"
            return (f"read {octaves} octave{'s' if octaves > 1 else ''} {way}, and moved back",)
        return ()

    def allowed(self, *, locked: bool) -> BoolArray:
        """Return (CLASSES,) which events may be written: all, or those of the key's scale."""
        may = np.ones(CLASSES, bool)
        if locked:
            classes = (np.arange(LOWEST, HIGHEST + 1) - self.shift) % 12
            may[FIRST_PITCH:] = np.isin(classes, list(self.key.scale))
        return may

    def stable(self) -> BoolArray:
        """Return (CLASSES,) which events strike a note of the tonic chord."""
        third = 4 if self.key.mode == "major" else 3
        chord = [(self.key.tonic_class + interval) % 12 for interval in (0, third, 7)]
        may = np.zeros(CLASSES, bool)
        may[FIRST_PITCH:] = np.isin((np.arange(LOWEST, HIGHEST + 1) - self.shift) % 12, chord)
        may[[HOLD, OFF]] = False
        return may
