"""The four voices, from the top: soprano, alto, tenor, bass."""

from enum import IntEnum

__all__ = ["VOICES", "Voice"]


class Voice(IntEnum):
    """A voice; its value is its place in the last axis of every array."""

    SOPRANO = 0
    ALTO = 1
    TENOR = 2
    BASS = 3

    @property
    def label(self) -> str:
        """The name as printed: "Soprano"."""
        return self.name.capitalize()

    @property
    def letter(self) -> str:
        """S, A, T or B."""
        return self.name[0]

    @property
    def on_upper_staff(self) -> bool:
        """Whether closed score writes the voice on the treble staff."""
        return self <= Voice.ALTO

    @property
    def stem_up(self) -> bool:
        """Whether closed score draws the voice's stems upwards."""
        return self in {Voice.SOPRANO, Voice.TENOR}


VOICES = tuple(Voice)
