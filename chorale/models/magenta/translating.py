"""MusicVAE writes melodies and drums out of nothing, and walks from one to another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Generic

import numpy as np

from chorale.models.base import Music, Progress, Written
from chorale.models.magenta import tensors
from chorale.models.magenta.continuing import check_meter, check_steps, leaning, pieces_struck
from chorale.models.magenta.events import melody_events, melody_of, moved, pattern_of
from chorale.models.magenta.playing import Events, Grooves
from chorale.models.sequences.drawing import check, generators
from chorale.models.sequences.space import slerp
from chorale.music import REST, DrumPattern, Melody
from chorale.theory.key_finding import estimate_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chorale.models.base import Report, Surroundings
    from chorale.models.magenta.playing import Decoder, Translator
    from chorale.music import Key

    Rng = np.random.Generator
    FloatArray = NDArray[np.float32]
    BoolArray = NDArray[np.bool_]

__all__ = ["DrumSpace", "GrooveSpace", "MelodySpace"]

OCTAVE = 12


class _Space(Generic[Music]):
    """What the spaces of melodies, drums and grooves have in common; a ``Generator`` and an ``Interpolator``.

    Args:
        translator: The network.
    """

    writes: str

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def _rows(self, music: Music, steps: int) -> FloatArray:
        """Return what the encoder reads (steps, D)."""
        raise NotImplementedError

    def _music(self, rows: FloatArray) -> Music:
        """Return what outputs (T, D) mean."""
        raise NotImplementedError

    def _decoder(self, rngs: Sequence[Rng], temperature: float, surroundings: Surroundings) -> Decoder:
        """Return how answers become outputs."""
        raise NotImplementedError

    def longest(self, surroundings: Surroundings) -> int:
        """Return how many steps it takes at once."""
        check_meter(surroundings)
        return self._translator.steps

    def generated(
        self,
        steps: int,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        report: Report | None = None,
    ) -> list[Written[Music]]:
        """Return new clips; see ``chorale.models.base.Generator``. At temperature 0 they differ by their seed still."""
        check(temperature, variations)
        check_steps(steps)
        check_meter(surroundings)
        rngs = generators(seed, variations)
        z = self._translator.drawn(rngs, self._translator.spans(steps))
        made = self._translator.written(z, self._decoder(rngs, temperature, surroundings), steps)
        if report is not None:
            report(Progress(1.0))
        return [Written(self._music(rows), seed + number) for number, rows in enumerate(made)]

    def interpolated(
        self,
        first: Music,
        second: Music,
        places: Sequence[float],
        surroundings: Surroundings,
        *,
        seed: int = 0,
        temperature: float = 1.0,
        report: Report | None = None,
    ) -> list[Written[Music]]:
        """Return clips on the way from one to the other; see ``chorale.models.base.Interpolator``."""
        check(temperature, max(1, len(places)))
        steps = max(len(first), len(second))
        check_steps(steps)
        check_meter(surroundings)
        ends = [self._translator.read(self._rows(music, steps))[0] for music in (first, second)]
        pairs = list(zip(*ends, strict=True))
        z = np.stack([np.stack([slerp(one, other, place) for one, other in pairs]) for place in places])
        rngs = [np.random.default_rng(seed) for _ in places]  # the same for each, so that only the place differs
        made = self._translator.written(z, self._decoder(rngs, temperature, surroundings), steps)
        if report is not None:
            report(Progress(1.0))
        return [Written(self._music(rows), seed) for rows in made]

    def trial(self) -> FloatArray:
        """Return numbers that the network answers."""
        return self._translator.trial()


class MelodySpace(_Space[Melody]):
    """Melodies, of the 88 keys of a piano.

    Where a key is wanted, melodies are written as the network likes, then again in the scale of the key that they have
    turned out to be in, and moved to the one that is wanted.
    """

    writes = "melody"

    def generated(
        self,
        steps: int,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        report: Report | None = None,
    ) -> list[Written[Melody]]:
        """Return new melodies; see ``chorale.models.base.Generator``."""
        unlocked = replace(surroundings, locked=False)
        free = super().generated(
            steps, unlocked, seed=seed, variations=variations, temperature=temperature, report=report
        )
        if surroundings.key is None and not surroundings.locked:
            return free
        return [self._in_key(each, steps, surroundings, temperature) for each in free]

    def _in_key(
        self, free: Written[Melody], steps: int, surroundings: Surroundings, temperature: float
    ) -> Written[Melody]:
        """Return a melody in the wanted key; where none is wanted, in the scale of its own."""
        found = estimate_key(free.music.notes)
        key = surroundings.key or found
        shift = (7 * (key.signature - found.signature) + 5) % OCTAVE - 5
        melody = free.music
        if surroundings.locked:
            rngs = generators(free.seed, 1)
            z = self._translator.drawn(rngs, self._translator.spans(steps))
            decoder = Events(rngs, temperature, _scale(key, shift))
            melody = self._music(self._translator.written(z, decoder, steps)[0])
        return Written(melody_of(moved(melody_events(melody), shift, 0, 127)), free.seed)

    def _rows(self, music: Melody, steps: int) -> FloatArray:
        missing = (0, steps - len(music))
        filled = Melody(np.pad(music.pitches, missing, constant_values=REST), np.pad(music.onsets, missing))
        return tensors.melody_rows(filled)

    def _music(self, rows: FloatArray) -> Melody:
        return tensors.melody_written(rows.argmax(axis=-1))

    def _decoder(self, rngs: Sequence[Rng], temperature: float, surroundings: Surroundings) -> Decoder:
        key = surroundings.key if surroundings.locked else None
        return Events(rngs, temperature, None if key is None else _scale(key, 0))


def _scale(key: Key, shift: int) -> BoolArray:
    """Return (90,) which classes are in a key's scale once they are moved by so many semitones."""
    events = np.array([tensors.KEYBOARD.event(answer, np.array([])) for answer in range(tensors.KEYBOARD.classes)])
    return (events < 0) | np.isin((events + shift) % OCTAVE, list(key.scale))


class DrumSpace(_Space[DrumPattern]):
    """Drums, of nine pieces; they have neither velocities nor offsets of their own."""

    writes = "drums"

    def _rows(self, music: DrumPattern, steps: int) -> FloatArray:
        return tensors.drum_rolls(music.cut(0, steps))

    def _music(self, rows: FloatArray) -> DrumPattern:
        return pattern_of(rows.argmax(axis=-1))

    def _decoder(self, rngs: Sequence[Rng], temperature: float, surroundings: Surroundings) -> Decoder:
        lean = leaning(surroundings.density) * pieces_struck(tensors.DRUM_SETS)
        return Events(rngs, temperature, lean=lean)


class GrooveSpace(_Space[DrumPattern]):
    """Drums with velocities and offsets."""

    writes = "drums"

    def _rows(self, music: DrumPattern, steps: int) -> FloatArray:
        return tensors.groove(music.cut(0, steps))

    def _music(self, rows: FloatArray) -> DrumPattern:
        return tensors.groove_of(rows)

    def _decoder(self, rngs: Sequence[Rng], temperature: float, surroundings: Surroundings) -> Decoder:
        return Grooves(rngs, temperature, leaning(surroundings.density))
