"""MelodyRNN and DrumsRNN go on where a clip ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chorale.errors import InputError
from chorale.models.base import Written
from chorale.models.magenta.events import HOLD, drum_events, melody_events, melody_of, moved, pattern_of, shift_to_c
from chorale.models.sequences.drawing import check, draw, generators
from chorale.theory.key_finding import estimate_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.base import Report, Surroundings
    from chorale.models.magenta.encodings import Encoding
    from chorale.models.magenta.playing import Predictor
    from chorale.music import DrumPattern, Key, Melody

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float32]
    BoolArray = NDArray[np.bool_]

__all__ = ["DrumContinuer", "MelodyContinuer", "check_meter", "check_steps", "leaning", "pieces_struck"]

BAR, BEAT = 16, 4
LONGEST = 64 * BAR
STRONG = 2 * BEAT
OCTAVE = 12
_MOST_LEAN = 2.0
"""Nats for or against each piece that is struck, at the ends of the scale of density."""


def check_steps(steps: int) -> None:
    """Raise InputError unless so many steps can be written."""
    if not 1 <= steps <= LONGEST:
        raise InputError(f"{steps} steps to write: wanted 1 to {LONGEST}")


def leaning(density: float | None) -> float:
    """Return how many nats a hit is worth at some density, 0 where none is asked for."""
    return 0.0 if density is None else _MOST_LEAN * (2 * density - 1)


def pieces_struck(classes: int) -> FloatArray:
    """Return (classes,) how many pieces each set of them has."""
    return np.array([event.bit_count() for event in range(classes)], np.float32)


def check_meter(surroundings: Surroundings) -> None:
    """Raise InputError unless bars have the sixteen steps that are all that these networks count."""
    if BAR % surroundings.meter.steps_per_bar:
        raise InputError(f"meter {surroundings.meter}: wanted 4/4, 2/2 or 2/4, which Magenta's models know")


def _silence(surroundings: Surroundings) -> int:
    """Return the steps of silence before a pickup, with which its bar is whole."""
    check_meter(surroundings)
    return -surroundings.pickup % BAR


class MelodyContinuer:
    """A MelodyRNN; a ``Continuer`` of melodies.

    Args:
        predictor: The network.
        lowest: The lowest pitch that it knows.
        highest: The highest.
    """

    writes = "melody"

    def __init__(self, predictor: Predictor, lowest: int, highest: int) -> None:
        self._predictor, self._lowest, self._highest = predictor, lowest, highest

    def continued(
        self,
        music: Melody,
        steps: int,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        ending: bool = False,
        report: Report | None = None,
    ) -> list[Written[Melody]]:
        """Return what comes after a melody; see ``chorale.models.base.Continuer``."""
        check(temperature, variations)
        check_steps(steps)
        silence, events = _silence(surroundings), melody_events(music)
        shift = self._shift(events, surroundings)
        inside = moved(events, shift, self._lowest, self._highest)
        before = np.concatenate([np.full(silence, HOLD), inside])
        before = before if len(before) else np.array([HOLD])  # an empty clip is a silence
        close = (len(before) + steps - BEAT) // STRONG * STRONG - len(before) if ending else steps
        wish = _Wish(self._predictor.encoding, surroundings, music, shift, close if close >= 0 else steps)
        rngs = generators(seed, variations)

        def choose(logits: FloatArray, lines: IntArray, step: int) -> IntArray:
            return draw(logits, temperature, rngs, wish.allowed(lines, step))

        lines = self._predictor.continued(before, steps, variations, choose, report)
        far = int((inside != events + shift)[events >= 0].sum())
        told = (f"{far} notes lie outside the model's range: it read them in the nearest octave",) if far else ()
        return [Written(_out(melody_of(line), shift), seed + number, told) for number, line in enumerate(lines)]

    def _shift(self, events: IntArray, surroundings: Surroundings) -> int:
        """Return by how many semitones a melody is moved to where the network learned: C major or A minor."""
        if self._highest - self._lowest >= 10 * OCTAVE:
            return 0  # it knows all pitches and all keys
        if surroundings.key is None:
            return shift_to_c(events, self._lowest, self._highest)
        to_c = (-7 * surroundings.key.signature + 6) % OCTAVE - 6
        notes = events[events >= 0]
        middle = (int(notes.min()) + int(notes.max())) / 2 if len(notes) else 66 - to_c
        return to_c + OCTAVE * round(((self._lowest + self._highest) / 2 - middle - to_c) / OCTAVE)

    def trial(self) -> FloatArray:
        """Return numbers that the network answers."""
        return self._predictor.trial()


def _out(melody: Melody, shift: int) -> Melody:
    """Return a melody where it belongs."""
    events = melody_events(melody)
    return melody_of(moved(events, -shift, 0, 127))


class _Wish:
    """What may be written: everything, or the notes of a key; and at the end, where one is wanted, a close.

    Args:
        encoding: Says what answers mean.
        surroundings: Says whether the key is locked, and which it is.
        music: Says which key it is, where the surroundings do not.
        shift: Semitones from the music to what the network reads.
        close: The step at which a note of the tonic chord must begin, which then lasts; of those to be written.
    """

    def __init__(self, encoding: Encoding, surroundings: Surroundings, music: Melody, shift: int, close: int) -> None:
        self._encoding, self._close = encoding, close
        key = surroundings.key or estimate_key(music.notes)
        self._scale = _classes(key.scale, shift) if surroundings.locked else None
        self._chord = _classes(_tonic_chord(key), shift)

    def allowed(self, lines: IntArray, step: int) -> BoolArray | None:
        """Return (lines, classes) which answers may come next; None: all."""
        if self._scale is None and step < self._close:
            return None
        return np.stack([self._answers(line, step) for line in lines])

    def _answers(self, line: IntArray, step: int) -> BoolArray:
        events = np.array([self._encoding.event(answer, line) for answer in range(self._encoding.classes)])
        held: BoolArray = events == HOLD
        if step > self._close:
            return held
        wanted = self._chord if step == self._close or self._scale is None else self._scale
        notes = np.isin(events % OCTAVE, wanted) & (events >= 0)
        if step < self._close:
            return notes | (events < 0)
        sounding = line[line >= 0]
        near = notes & (np.abs(events - (sounding[-1] if len(sounding) else 66)) <= OCTAVE)
        return near if near.any() else notes


def _tonic_chord(key: Key) -> list[int]:
    third = 4 if key.mode == "major" else 3
    return [(key.tonic_class + interval) % OCTAVE for interval in (0, third, 7)]


def _classes(pitch_classes: frozenset[int] | list[int], shift: int) -> IntArray:
    """Return pitch classes as the network reads them."""
    return np.array([(each + shift) % OCTAVE for each in sorted(pitch_classes)])


class DrumContinuer:
    """A DrumsRNN; a ``Continuer`` of drum patterns, which have neither velocities nor offsets of their own."""

    writes = "drums"

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor

    def continued(
        self,
        music: DrumPattern,
        steps: int,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        ending: bool = False,
        report: Report | None = None,
    ) -> list[Written[DrumPattern]]:
        """Return what comes after a pattern; see ``chorale.models.base.Continuer``."""
        del ending  # drums have no key to come to rest in
        check(temperature, variations)
        check_steps(steps)
        before = np.concatenate([np.zeros(_silence(surroundings), np.int64), drum_events(music)])
        before = before if len(before) else np.array([0])
        rngs = generators(seed, variations)
        lean = leaning(surroundings.density) * pieces_struck(self._predictor.encoding.classes)

        def choose(logits: FloatArray, lines: IntArray, step: int) -> IntArray:
            del lines, step
            return draw(logits + lean, temperature, rngs)

        lines = self._predictor.continued(before, steps, variations, choose, report)
        return [Written(pattern_of(line), seed + number) for number, line in enumerate(lines)]

    def trial(self) -> FloatArray:
        """Return numbers that the network answers."""
        return self._predictor.trial()
