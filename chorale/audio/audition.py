"""Single notes kept ready, so that a click on the staff sounds at once."""

from pathlib import Path

import numpy as np

from chorale.audio.instruments import Preset, load
from chorale.audio.mix import DRUMS
from chorale.audio.output import Int16Array, to_int16
from chorale.audio.render import render_note
from chorale.audio.sampling import RATE
from chorale.music import PIECES

__all__ = ["Auditions"]

_COMPASS = ((57, 84), (52, 77), (45, 72), (36, 65))  # lowest and highest pitch made ready, per voice
_LONGEST = round(1.6 * RATE)  # frames; of a large room the end is faded
_DRUM_SECONDS = 1.15  # that a piece of the kit is left to ring
_FADE = round(0.4 * RATE)

_Wanted = tuple[int, int]


class Auditions:
    """The notes of one instrument, by pitch and voice. One thread makes them, another asks."""

    def __init__(self) -> None:
        self._preset = load()
        self._soundfont: Path | None = None
        self._ready: dict[_Wanted, Int16Array] = {}
        self._coming: list[_Wanted] = []
        self._warm = False
        self.asked: _Wanted | None = None

    def use(self, preset: Preset, soundfont: Path | None) -> None:
        """Take another instrument or font."""
        self._preset, self._soundfont = preset, soundfont
        self._ready = {}
        if self._warm:
            self.warm_up()

    def warm_up(self, *, kit: bool = False) -> None:
        """Plan to make all notes ready, the middle of each voice first; or, at once, the pieces of the kit."""
        if kit:
            self._coming += [(piece.key, DRUMS) for piece in reversed(PIECES)]
            return
        self._warm = True
        wanted = [(pitch, voice) for voice, (low, high) in enumerate(_COMPASS) for pitch in range(low, high + 1)]
        self._coming = sorted(wanted, key=lambda note: -abs(note[0] - sum(_COMPASS[note[1]]) / 2))

    def ask(self, pitch: int, voice: int) -> Int16Array | None:
        """Return the note where it is ready; else remember that it was asked for."""
        note = self._ready.get((pitch, voice))
        self.asked = None if note is not None else (pitch, voice)
        return note

    def make_asked(self) -> tuple[int, Int16Array] | None:
        """Make the note that was asked for last: its voice and sound; None where another came in between."""
        wanted = self.asked
        if wanted is None:
            return None
        note = self._make(wanted)
        if self.asked != wanted:
            return None
        self.asked = None
        return wanted[1], note

    def prepare_one(self) -> bool:
        """Make one of the planned notes; return whether there was one."""
        if not self._coming:
            return False
        wanted = self._coming.pop()
        if wanted not in self._ready:
            self._make(wanted)
        return True

    def _make(self, wanted: _Wanted) -> Int16Array:
        preset, ready = self._preset, self._ready
        seconds = _DRUM_SECONDS if wanted[1] == DRUMS else 0.5
        sound = render_note(wanted[0], preset, wanted[1], seconds=seconds, soundfont=self._soundfont)
        whole = sound[:_LONGEST].copy()
        fade = min(_FADE, len(whole))
        whole[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
        ready[wanted] = to_int16(whole)
        return ready[wanted]
