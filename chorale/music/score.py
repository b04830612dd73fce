"""A score: a chorale with everything a page needs around it."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self, cast

import numpy as np

from chorale.errors import InputError
from chorale.music.chorale import Chorale
from chorale.music.drums import DrumPattern
from chorale.music.key import Key
from chorale.music.line import BoolArray, IntArray, Note
from chorale.music.pitch import REST, Pitch
from chorale.music.time import Meter, Place, check_qpm
from chorale.music.voice import VOICES

__all__ = ["Bar", "Score"]

DEFAULT_QPM = 84.0
_FILLED_IN = cast("Any", None)  # the constructor puts an array in its place


@dataclass(frozen=True)
class Bar:
    """One bar: its number (a pickup is 0), first step and length in steps."""

    number: int
    start: int
    length: int

    @property
    def end(self) -> int:
        """The first step after the bar."""
        return self.start + self.length


@dataclass(frozen=True, eq=False)
class Score:
    """A chorale, spelled, in its key, meter and tempo; immutable and hashable.

    A melody alone is a score whose lower voices rest.

    Args:
        chorale: the notes, T steps.
        key: the key signature's key.
        meter: the time signature.
        pickup: steps before the first whole bar, fewer than a bar has.
        qpm: quarter notes a minute.
        fermatas: steps; the notes that sound there carry a fermata.
        title, composer: texts for the head of the page; "" for none.
        lyrics: (step, syllable) pairs under the soprano.
        spelling: (T, 4) int, place on the line of fifths of every cell that sounds (see ``music.pitch``).
            None: as the key spells it. Cells that disagree with their pitch are spelled anew.
        locked: (T, 4) bool, cells that Harmonize must leave alone; None: none.
        chords: (step, name) pairs, one a step: chords that Harmonize shall write there, such as "V6/5" or "D7/F#".
        drums: what plays under the voices, T steps like them; a pattern of another length is cut or extended by
            silence. None: nothing.

    Raises:
        InputError: a value does not fit the others; the message says which.
    """

    chorale: Chorale
    key: Key = Key(0)  # noqa: RUF009  Key is immutable
    meter: Meter = Meter(4, 4)  # noqa: RUF009  Meter is immutable
    pickup: int = 0
    qpm: float = DEFAULT_QPM
    fermatas: frozenset[int] = frozenset()
    title: str = ""
    composer: str = ""
    lyrics: tuple[tuple[int, str], ...] = ()
    spelling: IntArray = _FILLED_IN
    locked: BoolArray = _FILLED_IN
    chords: tuple[tuple[int, str], ...] = ()
    drums: DrumPattern | None = None

    def __post_init__(self) -> None:
        check_qpm(self.qpm)
        if not 0 <= self.pickup < self.meter.steps_per_bar:
            raise InputError(f"pickup of {self.pickup} steps: wanted fewer than a bar's {self.meter.steps_per_bar}")
        if any(not 0 <= step < max(1, self.steps) for step in self.fermatas):
            raise InputError(f"fermatas at {sorted(self.fermatas)}: wanted steps below {self.steps}")
        if any(not 0 <= step < max(1, self.steps) for step, _ in self.chords):
            raise InputError(f"chords at {sorted(step for step, _ in self.chords)}: wanted steps below {self.steps}")
        object.__setattr__(self, "fermatas", frozenset(int(step) for step in self.fermatas))
        object.__setattr__(self, "chords", tuple(sorted(dict(self.chords).items())))
        object.__setattr__(self, "spelling", _normal_spelling(self.chorale, self.key, self.spelling))
        object.__setattr__(self, "locked", _normal_locked(self.chorale, self.locked))
        if self.drums is not None and len(self.drums) != self.steps:
            object.__setattr__(self, "drums", self.drums.cut(0, self.steps))

    @property
    def steps(self) -> int:
        """T, the length in sixteenths."""
        return len(self.chorale)

    def replace(self, **changes: Any) -> Self:  # noqa: ANN401  one field each, checked by the constructor
        """Return the score with some fields changed.

        A new chorale of the same length keeps the spelling and the locks; of another length, pass them or they
        are cut or extended.
        """
        chorale = changes.get("chorale")
        if chorale is not None and len(chorale) != self.steps:
            changes.setdefault("spelling", _resized(self.spelling, len(chorale)))
            changes.setdefault("locked", _resized(self.locked, len(chorale)))
            changes.setdefault("fermatas", frozenset(step for step in self.fermatas if step < len(chorale)))
            changes.setdefault("lyrics", tuple(pair for pair in self.lyrics if pair[0] < len(chorale)))
            changes.setdefault("chords", tuple(pair for pair in self.chords if pair[0] < len(chorale)))
        return dataclasses.replace(self, **changes)

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """The bars in order; the last may be short."""
        size = self.meter.steps_per_bar
        bars = [Bar(0, 0, min(self.pickup, self.steps))] if self.pickup else []
        starts = range(self.pickup, self.steps, size)
        bars += [Bar(number, start, min(size, self.steps - start)) for number, start in enumerate(starts, 1)]
        return tuple(bars)

    def bar_at(self, step: int) -> Bar:
        """Return the bar that holds a step; the last bar for a step past the end."""
        if not self.bars:
            return Bar(1, 0, self.meter.steps_per_bar)
        index = (step - self.pickup) // self.meter.steps_per_bar + (1 if self.pickup else 0)
        return self.bars[max(0, min(index, len(self.bars) - 1))]

    def place(self, step: int) -> Place:
        """Name a step as bar, beat and sixteenths into the beat; a pickup counts from the end of bar 0."""
        into = step - self.pickup
        bar, rest = divmod(into, self.meter.steps_per_bar)
        beat, sixteenth = divmod(rest, self.meter.steps_per_beat)
        return Place(bar + 1, beat + 1, sixteenth)

    def pitch_at(self, step: int, voice: int) -> Pitch | None:
        """Return the spelled pitch that sounds in a voice at a step, or None for silence."""
        midi = int(self.chorale.pitches[step, voice])
        return None if midi == REST else Pitch(int(self.spelling[step, voice]), midi)

    def notes(self, voice: int) -> Iterator[tuple[Note, Pitch]]:
        """Yield one voice's notes in order, each with its spelled pitch."""
        for note in self.chorale.notes(voice):
            yield note, Pitch(int(self.spelling[note.start, voice]), note.pitch)

    @property
    def seconds(self) -> float:
        """Playing time, without the lengthening of fermatas."""
        return self.steps * 15 / self.qpm

    def _identity(self) -> tuple[object, ...]:
        texts = (
            self.key,
            self.meter,
            self.pickup,
            self.qpm,
            self.fermatas,
            self.title,
            self.composer,
            self.lyrics,
            self.chords,
            self.drums,
        )
        return (self.chorale, *texts, self.spelling.tobytes(), self.locked.tobytes())

    def __eq__(self, other: object) -> bool:
        return self._identity() == other._identity() if isinstance(other, Score) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._identity())


def _resized(cells: Any, steps: int) -> Any:  # noqa: ANN401  any cell type
    resized = np.zeros((steps, len(VOICES)), dtype=cells.dtype)
    kept = min(steps, len(cells))
    resized[:kept] = cells[:kept]
    return resized


def _normal_spelling(chorale: Chorale, key: Key, spelling: IntArray | None) -> IntArray:
    """Return the fifths (T, 4) of all cells: as given where that sounds the pitch, else as the key spells it."""
    pitches = chorale.pitches.astype(np.int64)
    fifths = np.array([key.spell_class(pitch_class) for pitch_class in range(12)])[pitches % 12]
    if spelling is not None:
        given = np.asarray(spelling).astype(np.int64)
        if given.shape != pitches.shape:
            raise InputError(f"spelling has shape {given.shape}: wanted {pitches.shape}, as the pitches have")
        fifths = np.where((given * 7 - pitches) % 12 == 0, given, fifths)
    fifths = np.take_along_axis(fifths, _first_steps(chorale), axis=0)  # a note has one spelling: its first step's
    normal = np.where(pitches == REST, 0, fifths).astype(np.int16)
    normal.setflags(write=False)
    return normal


def _first_steps(chorale: Chorale) -> IntArray:
    """Return (T, 4), the step at which the note in each cell began; rests count for themselves."""
    steps = np.arange(len(chorale))[:, np.newaxis]
    begins = chorale.onsets | (chorale.pitches == REST)
    first: IntArray = np.maximum.accumulate(np.where(begins, steps, 0), axis=0)
    return first


def _normal_locked(chorale: Chorale, locked: BoolArray | None) -> BoolArray:
    shape = chorale.pitches.shape
    normal = np.zeros(shape, dtype=bool) if locked is None else np.array(locked, dtype=bool)
    if normal.shape != shape:
        raise InputError(f"locked has shape {normal.shape}: wanted {shape}, as the pitches have")
    normal.setflags(write=False)
    return normal
