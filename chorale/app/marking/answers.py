"""Chorale's own answers to an assignment, for the flag where a hand-in is one of them.

They are what the window gives who writes the given voices and presses Harmonize: the first seeds, four alternatives
each.
"""

from collections.abc import Callable

from chorale.app.harmonizing import LETTERS, Request, answered, prepare, writable
from chorale.app.marking.assignment import Assignment
from chorale.app.marking.likeness import packed
from chorale.errors import InputError
from chorale.models.base import Harmonizer

__all__ = ["SEEDS", "answers"]

SEEDS = (0, 1)


def answers(assignment: Assignment, seed: int, load: Callable[[str], Harmonizer]) -> dict[str, str]:
    """Return the answers of one seed, packed, by their names; none where there is nothing to harmonize.

    Args:
        assignment: what was asked.
        seed: as in the window, where the first is 0.
        load: gives a harmonizer by name.

    Raises:
        ModelError: the model cannot be used.
    """
    request = Request(keep=frozenset(assignment.voices), seed=seed, alternatives=len(LETTERS))
    score = assignment.score.replace(locked=assignment.fixed)
    try:
        asked, mask = prepare(score, writable(score, request))
        given = load(request.model).harmonize(asked, mask, seed=seed, alternatives=len(LETTERS))
    except InputError:  # all notes are given, say
        return {}
    named = zip(LETTERS, given, strict=False)
    return {f"seed {seed}, answer {letter}": packed(answered(asked, mask, each)) for letter, each in named}
