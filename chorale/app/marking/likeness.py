"""How much a hand-in is like Chorale's own answers, and like the other hand-ins.

Two harmonizations are compared cell by cell, a cell being a sixteenth of a voice that was not given; the likeness is
the part of them that sounds the same pitch. Bach's own settings agree with Chorale's answers to the same tune in 25 to
50 % of the cells, two answers of Chorale's in 60 to 75 %; so nine tenths is no accident in a tune of some length. It is
a reason to ask, never a proof: a short exercise has few good answers.
"""

import base64
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from chorale.app.marking.assignment import Assignment
from chorale.app.marking.outcome import Outcome
from chorale.app.marking.remarks import listed
from chorale.music import REST, VOICES, BoolArray, IntArray, Score

__all__ = ["LIKE", "SAME", "Flag", "cells_of", "flags", "packed"]

LIKE, SAME = 0.9, 0.995
"""From which likeness on a hand-in is flagged, and called the same."""
_MOST_NAMED = 3  # classmates


@dataclass(frozen=True)
class Flag:
    """A likeness worth a look.

    Attributes:
        kind: "chorale" or "classmate".
        text: the sentence that says it.
        likeness: 0..1.
    """

    kind: str
    text: str
    likeness: float


def packed(score: Score) -> str:
    """Return a score's pitches as a short text."""
    data = score.chorale.pitches.astype(np.int8).tobytes()
    return base64.b85encode(zlib.compress(data, 9)).decode()


def cells_of(text: str) -> IntArray:
    """Return the (T, 4) pitches that ``packed`` gave."""
    data = np.frombuffer(zlib.decompress(base64.b85decode(text)), dtype=np.int8)
    return data.reshape(-1, len(VOICES)).astype(np.int16)


def flags(
    outcomes: Sequence[Outcome], answers: Mapping[str, str], assignment: Assignment
) -> dict[str, tuple[Flag, ...]]:
    """Return the flags of every hand-in that has one, by its file.

    Args:
        outcomes: the class.
        answers: Chorale's own, packed, by their name: "seed 0, answer A".
        assignment: what was asked; its given voices are not compared.
    """
    free = ~assignment.fixed
    size = len(free)
    cells = {each.file: _sized(cells_of(each.cells), size) for each in outcomes if each.cells}
    own = {name: _sized(cells_of(text), size) for name, text in answers.items()}
    alike = _alike(cells, free)
    names = {each.file: each.student for each in outcomes}
    found = {
        file: [*_like_chorale(mine, own, free), *_like_classmates(alike[file], names)] for file, mine in cells.items()
    }
    return {file: tuple(each) for file, each in found.items() if each}


def _alike(cells: Mapping[str, IntArray], free: BoolArray) -> dict[str, list[tuple[float, str]]]:
    """Return for every file the likenesses that count to others, the greatest first."""
    alike: dict[str, list[tuple[float, str]]] = {file: [] for file in cells}
    for one, other in combinations(cells, 2):
        likeness = _likeness(cells[one], cells[other], free)
        if likeness >= LIKE:
            alike[one].append((-likeness, other))
            alike[other].append((-likeness, one))
    return {file: [(-negative, other) for negative, other in sorted(each)] for file, each in alike.items()}


def _sized(pitches: IntArray, size: int) -> IntArray:
    sized = np.full((size, len(VOICES)), REST, dtype=np.int16)
    sized[: len(pitches)] = pitches[:size]
    return sized


def _likeness(one: IntArray, other: IntArray, free: BoolArray) -> float:
    """Return the part of the free cells in which either sounds that sound the same."""
    counted = free & ((one != REST) | (other != REST))
    return float(((one == other) & counted).sum() / counted.sum()) if counted.any() else 0.0


def _like_chorale(mine: IntArray, own: Mapping[str, IntArray], free: BoolArray) -> list[Flag]:
    if not own or not ((mine != REST) & free).any():
        return []
    distance, name = min((-_likeness(mine, answer, free), name) for name, answer in own.items())
    likeness = -distance
    if likeness < LIKE:
        return []
    part = "every note" if likeness >= 1 else f"{_percent(likeness)} of the notes' time"
    how = "The same as" if likeness >= SAME else "Nearly the same as"
    return [Flag("chorale", f"{how} Chorale's own answer ({name}): {part} agrees", likeness)]


def _like_classmates(alike: Sequence[tuple[float, str]], names: Mapping[str, str]) -> list[Flag]:
    """Return one flag for all classmates, the nearest of them named."""
    if not alike:
        return []
    nearest = alike[0][0]
    how = "The same as" if nearest >= SAME else "Nearly the same as"
    named = [f"{names[file]} ({_percent(likeness)})" for likeness, file in alike[:_MOST_NAMED]]
    rest = len(alike) - len(named)
    more = [f"{rest} other{'s' if rest > 1 else ''}"] if rest else []
    return [Flag("classmate", f"{how} what was handed in by {listed([*named, *more])}", nearest)]


def _percent(part: float) -> str:
    return f"{int(100 * part)} %"
