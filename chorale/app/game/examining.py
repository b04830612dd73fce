"""Marking attempts, with the harmonizer where a level asks for one."""

from collections.abc import Callable

from chorale.app.game.attempts import Attempt
from chorale.app.messages import Message
from chorale.errors import ModelError
from chorale.levels.goals import Harmonizing, Judged
from chorale.levels.level import Answer
from chorale.levels.scoring import Outcome, mark
from chorale.models.base import Harmonizer
from chorale.music import BoolArray, Score

__all__ = ["Examiner"]


class Examiner:
    """Marks attempts.

    Args:
        load: gives a harmonizer by name.
        model: its name.
        tell: is told where there is none.
    """

    def __init__(self, load: Callable[[str], Harmonizer], model: str, tell: Callable[[Message], None]) -> None:
        self._load, self._model, self._tell = load, model, tell

    def mark(self, attempt: Attempt, answer: Answer, names: str) -> Outcome:
        """Return what an answer earns; ``names`` is the style of note names."""
        asks = any(goal.check == "harmonizable" for goal in attempt.level.goals)
        model = self.harmonizer() if asks else None
        harmonize = None if model is None else _judging(model)
        return mark(attempt.level, answer, attempt.hints, harmonize=harmonize, names=names)

    def harmonizer(self) -> Harmonizer | None:
        """Return the harmonizer, or None where there is none, which is told."""
        try:
            return self._load(self._model)
        except ModelError as error:
            self._tell(Message(f"nobody harmonizes: {error}", "warning"))
            return None


def _judging(model: Harmonizer) -> Harmonizing:
    def harmonize(score: Score, writable: BoolArray) -> Judged:
        best = model.harmonize(score, writable)[0]
        return Judged(best.score, best.log_likelihood)

    return harmonize
