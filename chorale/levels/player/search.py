"""The search: the cheapest way through all moments, marked, and made better where the marks say so."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from chorale.levels.level import Answer, Level
from chorale.levels.player.closes import closing
from chorale.levels.player.columns import Column, columns_of, rooms_of
from chorale.levels.player.motion import movements
from chorale.levels.player.voicings import Voicings, voicings_at
from chorale.levels.scoring import Outcome, Remark, mark
from chorale.music import VOICES, Chorale, Score, Voice
from chorale.theory import Severity, check

__all__ = ["doubts", "play"]

_TRIES = 40
_PATIENCE = 15  # tries without a better answer
_WIDTHS = (220, 700)
"""Voicings a moment: the movements between them grow with the square, and few are enough for most levels."""
_DEARER = 3.0  # beside what a remark costs
_IN_WORDS = {"kept", "filled", "exact", "rhythm"}
Floats = NDArray[np.float64]


@dataclass(eq=False)
class _Lattice:
    """All moments, what each voicing costs, and what every movement does; remarks make both dearer."""

    columns: list[Column]
    states: list[Voicings]
    costs: list[Floats]
    moves: list[Floats]

    def cheapest(self) -> list[int]:
        """Return the number of each moment's voicing on the cheapest way."""
        total, back = self.costs[0], []
        for move, cost in zip(self.moves, self.costs[1:], strict=True):
            reached = total[:, None] + move
            back.append(reached.argmin(axis=0))
            total = reached.min(axis=0) + cost
        way = [int(total.argmin())]
        for previous in reversed(back):
            way.append(int(previous[way[-1]]))
        return way[::-1]

    def blame(self, remark: Remark, way: list[int]) -> None:
        """Make dearer what a remark speaks of."""
        first, last = self._index(remark.start), self._index(remark.end)
        price = _DEARER + remark.cost
        for at in range(first, max(first, last - 1) + 1):
            if at + 1 <= last:
                self.moves[at] += price * np.outer(self._like(at, way, remark), self._like(at + 1, way, remark))
        if first == last:
            self.costs[first] += price * self._like(first, way, remark)

    def _index(self, step: int) -> int:
        steps = [column.step for column in self.columns]
        return max(0, int(np.searchsorted(steps, step, side="right")) - 1)

    def _like(self, at: int, way: list[int], remark: Remark) -> NDArray[np.bool_]:
        """Return (N,) which voicings have the notes that are spoken of."""
        pitches = self.states[at].pitches
        voices = list(remark.voices) or list(VOICES)
        like: NDArray[np.bool_] = (pitches[:, voices] == pitches[way[at], voices]).all(axis=1)
        return like


def play(level: Level) -> Answer | None:
    """Return the best answer that is found, without a look at the solution; None for what cannot be searched.

    That is a level of the kind "place" whose words alone say which notes are wanted, and one without a legal voicing.
    """
    if level.kind == "place" and all(goal.check in _IN_WORDS for goal in level.goals):
        return None
    blind = replace(level, solution=Answer(level.start))
    found = _marked_wrong(blind)
    best: tuple[Answer, Outcome] | None = None
    for width in _WIDTHS:
        lattice = _lattice(blind, width)
        if lattice is None:
            return None
        tried = _searched(blind, lattice, found)
        best = tried if best is None or _worth(tried[1]) > _worth(best[1]) else best
        if best[1].stars == 3:
            break
    return None if best is None else best[0]


def _marked_wrong(level: Level) -> tuple[tuple[Voice, int], ...]:
    """Return the notes of what the rules find in the start, for levels of the kind "fix"."""
    if level.kind != "fix":
        return ()
    asked = {code for goal in level.goals if goal.name != "profile" for code in goal.rules}
    findings = check(level.start, level.profile)
    told = [each for each in findings if each.severity == Severity.ERROR or each.code in asked]
    return tuple(dict.fromkeys(note for finding in told for note in finding.notes))


def _lattice(level: Level, width: int) -> _Lattice | None:
    columns = columns_of(level)
    states = [voicings_at(level, column, width) for column in columns]
    if not states or any(not len(each) for each in states):
        return None
    pairs = zip(states, states[1:], columns[1:], strict=False)
    lattice = _Lattice(columns, states, [each.costs.copy() for each in states], [movements(*each) for each in pairs])
    closing(level, columns, states, lattice.costs, lattice.moves)
    return lattice


def _searched(level: Level, lattice: _Lattice, found: tuple[tuple[Voice, int], ...]) -> tuple[Answer, Outcome]:
    best: tuple[Answer, Outcome] | None = None
    since = 0
    for _ in range(_TRIES):
        way = lattice.cheapest()
        answer = Answer(_written(level, lattice, way), found)
        outcome = mark(level, answer)
        since += 1
        if best is None or _worth(outcome) > _worth(best[1]):
            best, since = (answer, outcome), 0
        if since > _PATIENCE or not [remark for remark in outcome.remarks if remark.cost or remark.required]:
            break
        for remark in outcome.remarks:
            lattice.blame(remark, way)
    assert best is not None
    return best


def _worth(outcome: Outcome) -> tuple[int, float]:
    return -len(outcome.missed), outcome.points


def _written(level: Level, lattice: _Lattice, way: list[int]) -> Score:
    """Return the start with the notes of a way in its rooms."""
    start = level.start
    pitches, onsets, spelling = start.chorale.pitches.copy(), start.chorale.onsets.copy(), start.spelling.copy()
    at = {
        column.step: (states, number)
        for column, states, number in zip(lattice.columns, lattice.states, way, strict=True)
    }
    for voice, room in rooms_of(level):
        states, number = at[room.start]
        cells = slice(room.start, room.start + room.length), voice
        pitches[cells], spelling[cells] = states.pitches[number, voice], states.fifths[number, voice]
        onsets[cells] = False
        onsets[room.start, voice] = True
    return start.replace(chorale=Chorale(pitches, onsets), spelling=spelling)


# Doubts ---------------------------------------------------------------------------------------------------------


def doubts(level: Level) -> tuple[str, ...]:
    """Return a line if no answer is found that earns three stars, or if one is that only ``exact`` refuses."""
    strict = [goal for goal in level.goals if goal.check == "exact"]
    easier = replace(level, goals=tuple(goal for goal in level.goals if goal.check != "exact"))
    answer = play(easier)
    if answer is None:
        return ()
    outcome = mark(easier, answer)
    if outcome.stars < 3:
        told = "; ".join(f"{remark.place}: {remark.why}" for remark in outcome.remarks[:2])
        return (f"the automatic player finds no better answer than one of {outcome.points:g} points: {told}",)
    if strict and mark(level, answer).stars < 3:
        place = next(remark.place for remark in mark(level, answer).remarks if remark.rule == "exact")
        return (f"ambiguous: another answer meets all other goals, and exact refuses it at {place}",)
    return ()
