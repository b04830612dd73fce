"""Staves: which voices share one, and in which clef.

``CLOSED`` is a hymn book's score, two voices a staff; ``OPEN`` a choir's, one staff a voice, the tenor in the treble
clef that sounds an octave lower. Heights on a staff are spaces below its top line; a staff place counts letters (C4 is
28).
"""

from dataclasses import dataclass

from chorale.music import Voice

__all__ = ["CLOSED", "OPEN", "Clef", "Staff", "Staves", "staff_of"]


@dataclass(frozen=True, slots=True)
class Clef:
    """A clef.

    Args:
        glyph: its glyph.
        y: where the glyph's origin stands.
        top: the staff place of the top line.
        signature: how much lower than in the treble clef key signatures stand.
    """

    glyph: str
    y: float
    top: int
    signature: float = 0.0

    def y_of(self, place: int) -> float:
        """Return how far below the top line a staff place lies, in spaces."""
        return (self.top - place) / 2

    def place_at(self, y: float) -> int:
        """Return the staff place nearest to a height."""
        return self.top - round(2 * y)


_TREBLE = Clef("gClef", 3.0, 38)
_TREBLE_OCTAVE_DOWN = Clef("gClef8vb", 3.0, 31)
_BASS = Clef("fClef", 1.0, 26, 1.0)


@dataclass(frozen=True, slots=True)
class Staff:
    """A staff: its voices, the upper first, its clef, and whether fermatas stand below it, upside down."""

    voices: tuple[Voice, ...]
    clef: Clef
    fermatas_below: bool = False


Staves = tuple[Staff, ...]
CLOSED: Staves = (
    Staff((Voice.SOPRANO, Voice.ALTO), _TREBLE),
    Staff((Voice.TENOR, Voice.BASS), _BASS, fermatas_below=True),
)
OPEN: Staves = (
    Staff((Voice.SOPRANO,), _TREBLE),
    Staff((Voice.ALTO,), _TREBLE),
    Staff((Voice.TENOR,), _TREBLE_OCTAVE_DOWN),
    Staff((Voice.BASS,), _BASS),
)


def staff_of(voice: int, staves: Staves) -> int:
    """Return the index of the staff a voice is written on."""
    return next(index for index, staff in enumerate(staves) if voice in staff.voices)
