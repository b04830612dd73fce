"""The attempt at a level: hints taken, and what the next one would be."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from chorale.levels.hints import Hint, filled
from chorale.levels.level import Answer, Level
from chorale.levels.scoring import Outcome
from chorale.music import Score, Voice

__all__ = ["Attempt", "Help", "next_help"]


@dataclass(frozen=True)
class Attempt:
    """What is being tried.

    Attributes:
        level: the level.
        exam: id of the world that it would pass at once; "" for none.
        hints: how many were taken; each costs.
        given: how many of the level's own were.
        outcome: of the last time it was handed in, or None.
    """

    level: Level
    exam: str = ""
    hints: int = 0
    given: int = 0
    outcome: Outcome | None = None

    def handed_in(self, outcome: Outcome) -> "Attempt":
        """Return the attempt with an outcome."""
        return replace(self, outcome=outcome)


class Help(NamedTuple):
    """A hint as it is given.

    Attributes:
        words: what is said; "" where showing is enough.
        show: where to look: voices (none: all) and step; or None.
        score: the staff with a note written into it, or None.
    """

    words: str
    show: tuple[tuple[Voice, ...], int] | None = None
    score: Score | None = None


def next_help(attempt: Attempt, answer: Answer) -> tuple[Attempt, Help] | None:
    """Return the attempt with one more hint taken, and the hint; None where there is nothing left to say.

    The level's own hints come first, those left out that would write what is written already; then errors that were
    not found are shown, and notes of the solution written one by one.
    """
    level, hints = attempt.level, attempt.level.hints
    for number in range(attempt.given, len(hints)):
        helped = _own(level, hints[number], answer.score)
        if helped is not None:
            return replace(attempt, hints=attempt.hints + 1, given=number + 1), helped
    helped = next(_more(level, answer), None)
    return None if helped is None else (replace(attempt, hints=attempt.hints + 1, given=len(hints)), helped)


def _own(level: Level, hint: Hint, score: Score) -> Help | None:
    if hint.fill is None:
        return Help(hint.words, hint.show)
    voice, step = hint.fill
    if _is_right(level, score, voice, step):
        return None
    return Help(hint.words, hint.show or ((voice,), step), filled(score, level.solution.score, voice, step))


def _more(level: Level, answer: Answer) -> Iterator[Help]:
    for error in level.errors:
        if not set(error.notes) & set(answer.found):
            voices = tuple(sorted({voice for voice, _ in error.notes}))
            yield Help("Listen here.", (voices, error.start))
    for step, voice in _rooms(level):
        if not _is_right(level, answer.score, voice, step):
            yield Help("", ((voice,), step), filled(answer.score, level.solution.score, voice, step))


def _rooms(level: Level) -> list[tuple[int, Voice]]:
    """Return (step, voice) of the solution's notes that stand where the player writes, by time, the bass first."""
    solution = level.solution.score.chorale
    notes = [(note.start, voice) for voice in level.voices for note in solution.notes(voice)]
    return sorted((each for each in notes if level.writable[each]), key=lambda each: (each[0], -each[1]))


def _is_right(level: Level, score: Score, voice: Voice, step: int) -> bool:
    return score.pitch_at(step, voice) == level.solution.score.pitch_at(step, voice)
