"""What the player is to play, in one piece: made where it is asked for, read by the thread that renders."""

from dataclasses import dataclass

from chorale.audio.cues import Playable
from chorale.audio.instruments import Preset
from chorale.audio.mix import TRACKS, Mix
from chorale.audio.timeline import TimeMap
from chorale.music import Clip

__all__ = ["Program"]


@dataclass(frozen=True, eq=False)
class Program:
    """A score or a clip, when its steps sound, and how.

    Attributes:
        piece: what is played.
        times: the map between its steps and seconds.
        loop: the steps that are repeated, or None.
        preset: the instrument.
        gains: (5,) of the tracks.
    """

    piece: Playable
    times: TimeMap
    loop: tuple[int, int] | None
    preset: Preset
    gains: tuple[float, ...]

    @classmethod
    def of(cls, piece: Playable, times: TimeMap, loop: tuple[int, int] | None, preset: Preset, mix: Mix) -> "Program":
        """Return the program of a piece; a clip is played as it is, whatever is muted in the score."""
        return cls(piece, times, loop, preset, (1.0,) * TRACKS if isinstance(piece, Clip) else mix.gains)
