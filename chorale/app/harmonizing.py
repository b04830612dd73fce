"""What Harmonize is asked: which cells it may write, and how its answer comes back into the score."""

from dataclasses import dataclass, field

import numpy as np

from chorale.app.edits import Selection
from chorale.app.wishes import spelled_as_asked
from chorale.errors import InputError, ModelError
from chorale.models.base import Harmonization
from chorale.music import REST, BoolArray, Chorale, Score, Voice

__all__ = ["LETTERS", "Request", "answered", "harmonizers", "prepare", "voices_named", "writable"]

LETTERS = "ABCD"
"""Names of the alternatives."""


@dataclass(frozen=True)
class Request:
    """What Harmonize is asked.

    Attributes:
        keep: voices that are given.
        bars: first and last bar number to write (0 is the pickup); None: all.
        selection: notes to write anew, whatever their voice, instead of all voices not kept; None: no such limit.
        seed: None: the next one.
        alternatives: how many different answers, 1..4.
        temperature: 0..2; 1 as the model was trained, less is calmer, more is bolder.
        ornament: -1..1; 0 moves as much as Bach does, -1 writes note against note, 1 as ornate as can be.
        model: which harmonizer.

    Raises:
        InputError: a value is out of range.
    """

    keep: frozenset[int] = field(default=frozenset({int(Voice.SOPRANO)}))
    bars: tuple[int, int] | None = None
    selection: Selection | None = None
    seed: int | None = None
    alternatives: int = 1
    temperature: float = 1.0
    ornament: float = 0.0
    model: str = "coconet"

    def __post_init__(self) -> None:
        if not 1 <= self.alternatives <= len(LETTERS):
            raise InputError(f"{self.alternatives} alternatives: wanted 1 to {len(LETTERS)}")
        if not 0 <= self.temperature <= 2:
            raise InputError(f"temperature {self.temperature:g}: wanted 0 to 2")
        if not -1 <= self.ornament <= 1:
            raise InputError(f"ornament {self.ornament:g}: wanted -1 (plain) to 1 (ornate)")
        if self.seed is not None and not 0 <= self.seed < 2**32:
            raise InputError(f"seed {self.seed}: wanted 0 to {2**32 - 1}")


def harmonizers() -> tuple[str, ...]:
    """Return the names of the harmonizers that are installed."""
    from chorale.models import registry  # noqa: PLC0415  the models load when something is harmonized

    return tuple(name for name in registry.available() if registry.kind_of(name) in registry.HARMONIZERS)


def voices_named(letters: str) -> frozenset[int]:
    """Return the voices named by letters, such as "SB" or "s,b".

    Raises:
        InputError: another letter is among them, or there is none.
    """
    names = [letter for letter in letters.upper() if letter not in ", +"]
    if not names or set(names) - set("SATB"):
        raise InputError(f"voices {letters!r}: wanted letters of S, A, T and B, such as S or SB")
    return frozenset("SATB".index(name) for name in names)


def writable(score: Score, request: Request) -> BoolArray:
    """Return a (T, 4) mask, True in the cells that may be written.

    Notes are written wholly or not at all: a note that began before the asked bars is kept, one that begins in them
    is written to its end. Locked cells are never written.

    Raises:
        InputError: nothing may be written, or there is no note to write to.
    """
    mask = np.ones(score.chorale.pitches.shape, dtype=bool)
    if request.selection is not None:
        mask = request.selection.cells(score)
    else:
        mask[:, sorted(request.keep)] = False
    if request.bars is not None:
        mask &= _cells_of_bars(score, *request.bars)
    mask &= ~score.locked
    if not mask.any():
        raise InputError("nothing to write: all voices asked for are kept or locked; wanted one that may be written")
    if not ((score.chorale.pitches != REST) & ~mask).any():
        raise InputError("nothing to harmonize: wanted at least one note in a voice that is kept, such as the soprano")
    return mask


def _cells_of_bars(score: Score, first: int, last: int) -> BoolArray:
    numbers = [bar.number for bar in score.bars]
    if not numbers or first > last or first not in numbers or last not in numbers:
        span = f"{numbers[0]} to {numbers[-1]}" if numbers else "none"
        raise InputError(f"bars {first}-{last}: wanted bars of this score, which are {span}")
    steps = [step for bar in score.bars if first <= bar.number <= last for step in (bar.start, bar.end)]
    rests = score.chorale.pitches == REST
    rests[: min(steps)] = rests[max(steps) :] = False
    notes = Selection.between(score, min(steps), max(steps)).cells(score)
    inside: BoolArray = np.logical_or(rests, notes)
    return inside


def prepare(score: Score, mask: BoolArray) -> tuple[Score, BoolArray]:
    """Return the score to hand over, and its mask: the other voices rest where the given ones do for a beat or more.

    So an empty end of the page stays empty, and a silence of the tune is one of the choir; a short breath of the
    tune is sung through.
    """
    from chorale.models.coconet.task import hushed  # noqa: PLC0415  the models load when something is harmonized

    silent = hushed(score, mask)
    if not silent.any():
        return score, mask
    pitches = np.where(silent, REST, score.chorale.pitches)
    return score.replace(chorale=Chorale(pitches, score.chorale.onsets & ~silent)), mask & ~silent


def answered(score: Score, mask: BoolArray, answer: Harmonization) -> Score:
    """Return the score with the answer's notes in the writable cells; all else is the score's own.

    Raises:
        ModelError: the answer changed a cell that it had to keep.
    """
    theirs, ours = answer.score.chorale, score.chorale
    kept = ~mask
    same = theirs.pitches.shape == ours.pitches.shape and bool(
        (theirs.pitches == ours.pitches)[kept].all() and (theirs.onsets == ours.onsets)[kept].all()
    )
    if not same:
        raise ModelError("the model changed notes that it was given: its weights do not fit this version")
    spelling = np.where(mask, answer.score.spelling, score.spelling)
    spelling = spelled_as_asked(score, theirs, spelling, mask)
    return score.replace(chorale=theirs, spelling=spelling)
