"""What a rule finds."""

from dataclasses import dataclass
from enum import IntEnum

from chorale.music import BoolArray, Voice

__all__ = ["Finding", "Severity"]


class Severity(IntEnum):
    """How grave a finding is."""

    HINT = 0
    WARNING = 1
    ERROR = 2

    @property
    def label(self) -> str:
        """The name as printed: "error"."""
        return self.name.lower()


@dataclass(frozen=True)
class Finding:
    """One place where a rule is broken.

    Attributes:
        code: the rule's, stable: "parallel-fifths".
        severity: by the profile.
        voices: those concerned, the highest first.
        start, end: the steps on which the first and the last moment concerned begin; equal where it is one moment.
        notes: (voice, first step) of every note concerned: what to mark on the page.
        message: one sentence why, in the music's own terms.
        rate: how often Bach does it: "Bach: 16 times in 370 chorales".
    """

    code: str
    severity: Severity
    voices: tuple[Voice, ...]
    start: int
    end: int
    notes: tuple[tuple[Voice, int], ...]
    message: str
    rate: str = ""

    def concerns(self, cells: BoolArray) -> bool:
        """Return whether one of its notes begins in one of the cells (T, 4); one that names no note always does."""
        notes = self.notes or tuple((voice, self.start) for voice in self.voices)
        return not notes or any(cells[step, voice] for voice, step in notes if 0 <= step < len(cells))
