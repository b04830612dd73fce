"""What the person writes with: the voice, the note value, its dot and accidental, or a rest."""

from dataclasses import dataclass, replace

from chorale.music import Key, Pitch

__all__ = ["VALUES", "Pen", "ValueInfo"]


@dataclass(frozen=True)
class ValueInfo:
    """A note value: its steps, its name, and the glyph that shows it."""

    steps: int
    name: str
    glyph: str
    key: str


VALUES = (
    ValueInfo(16, "Whole note", "metNoteWhole", "7"),
    ValueInfo(8, "Half note", "metNoteHalfUp", "6"),
    ValueInfo(4, "Quarter note", "metNoteQuarterUp", "5"),
    ValueInfo(2, "Eighth note", "metNote8thUp", "4"),
    ValueInfo(1, "Sixteenth note", "metNote16thUp", "3"),
)
_DOTTED = {3: 2, 6: 4, 12: 8, 24: 16}


@dataclass(frozen=True)
class Pen:
    """The pen.

    Attributes:
        voice: 0..3.
        value: steps of the undotted value: 1, 2, 4, 8 or 16.
        dotted: whether a dot lengthens it by half.
        accidental: -1, 0 or 1 semitones from the letter for the next note; None: as the key signature says.
        resting: whether it writes rests.
    """

    voice: int = 0
    value: int = 4
    dotted: bool = False
    accidental: int | None = None
    resting: bool = False

    @property
    def length(self) -> int:
        """Steps of what it writes; a sixteenth has no dot on this grid."""
        return self.value * 3 // 2 if self.dotted and self.value > 1 else self.value

    def with_length(self, steps: int) -> "Pen":
        """Return the pen set to the value of a note so long, where one head can write it."""
        if steps in _DOTTED:
            return replace(self, value=_DOTTED[steps], dotted=True)
        if steps in {value.steps for value in VALUES}:
            return replace(self, value=steps, dotted=False)
        return self

    def pitch_at(self, place: int, key: Key) -> Pitch:
        """Return the pitch the pen writes at a staff place."""
        return key.at_place(place) if self.accidental is None else Pitch.at_place(place, self.accidental)
