"""Closed score (two staves of two voices) and open score (four staves) as tables of facts."""

from dataclasses import dataclass
from typing import Literal

from chorale.music import VOICES, Voice

__all__ = ["LAYOUTS", "STAVES", "Layout", "Staff", "StaffVoice"]

Layout = Literal["closed", "open"]
LAYOUTS: tuple[Layout, ...] = ("closed", "open")


@dataclass(frozen=True)
class StaffVoice:
    """A voice on a staff: its MusicXML voice number, stem ("up", "down", "" = free) and the shape of its fermatas."""

    voice: Voice
    number: str
    stem: str
    fermata: str


@dataclass(frozen=True)
class Staff:
    """A staff, printed as a part of its own."""

    name: str
    abbreviation: str
    clef: str
    voices: tuple[StaffVoice, ...]


# The second staff of a closed score counts its voices from 5: LilyPond and Dorico lose or merge voices of one number.
_CLOSED = (
    Staff(
        "Soprano, Alto",
        "SA",
        "treble",
        (StaffVoice(Voice.SOPRANO, "1", "up", "upright"), StaffVoice(Voice.ALTO, "2", "down", "upright")),
    ),
    Staff(
        "Tenor, Bass",
        "TB",
        "bass",
        (StaffVoice(Voice.TENOR, "5", "up", "inverted"), StaffVoice(Voice.BASS, "6", "down", "inverted")),
    ),
)
_OPEN_CLEFS = ("treble", "treble", "treble8vb", "bass")
_OPEN = tuple(
    Staff(voice.label, voice.letter, clef, (StaffVoice(voice, "1", "", "upright"),))
    for voice, clef in zip(VOICES, _OPEN_CLEFS, strict=True)
)
STAVES: dict[Layout, tuple[Staff, ...]] = {"closed": _CLOSED, "open": _OPEN}
