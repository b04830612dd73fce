"""Chorale's own answers to an assignment, for the flag where a hand-in is one of them.

They are what the window and the command line give who writes the given voices and presses Harmonize for the first
time: four answers, or one. Who gives other seeds, or leaves out the fermatas, has other answers: these are not flagged.
"""

from collections.abc import Callable
from typing import NamedTuple

from chorale.app.harmonizing import LETTERS, Request, answered, prepare, writable
from chorale.app.marking.assignment import Assignment
from chorale.app.marking.likeness import packed
from chorale.errors import InputError
from chorale.models.base import Harmonizer

__all__ = ["ASKED", "Asked", "answers"]


class Asked(NamedTuple):
    """One press of Harmonize: its seed, and how many alternatives."""

    seed: int
    alternatives: int

    def name(self, index: int) -> str:
        """Return how one of its answers is called: "seed 0, answer B"."""
        which = f", answer {LETTERS[index]}" if self.alternatives > 1 else ""
        return f"seed {self.seed}{which}"


ASKED = (Asked(0, 4), Asked(0, 1))
"""The longest first."""


def answers(assignment: Assignment, asked: Asked, load: Callable[[str], Harmonizer]) -> dict[str, str]:
    """Return Chorale's answers, packed, by their names; none where there is nothing to harmonize.

    Args:
        assignment: what was asked of the class.
        asked: what is asked of the harmonizer.
        load: gives a harmonizer by name.

    Raises:
        ModelError: the model cannot be used.
    """
    score = assignment.score.replace(locked=assignment.fixed)
    request = Request(keep=frozenset(assignment.voices), seed=asked.seed, alternatives=asked.alternatives)
    try:
        ready, mask = prepare(score, writable(score, request))
        given = load(request.model).harmonize(ready, mask, seed=asked.seed, alternatives=asked.alternatives)
    except InputError:  # all notes are given, say
        return {}
    return {asked.name(index): packed(answered(ready, mask, each)) for index, each in enumerate(given)}
