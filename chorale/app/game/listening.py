"""Beat Bach: the player's setting, the model's and Bach's own, heard blind; then what the rules and the model say."""

import math
import random
from dataclasses import dataclass

from chorale.app.game.rating import likelihood
from chorale.levels.level import Answer, Level
from chorale.levels.scoring import Outcome, mark
from chorale.models.base import Harmonizer
from chorale.music import Score

__all__ = ["BY", "Round", "Version", "play_round"]

BY = ("yours", "model", "bach")
"""Whose a version may be."""
_LETTERS = "ABC"


@dataclass(frozen=True, eq=False)
class Version:
    """One setting.

    Attributes:
        letter: what it is called while nobody knows: "A".
        by: whose it is: "yours", "model" or "bach".
        score: the music.
        outcome: what the level's goals make of it.
        likelihood: nats a written cell under the model, higher is better; None where it cannot say.
    """

    letter: str
    by: str
    score: Score
    outcome: Outcome
    likelihood: float | None

    @property
    def worth(self) -> tuple[float, float]:
        """What is compared: points, then likelihood."""
        return self.outcome.points, -math.inf if self.likelihood is None else self.likelihood


@dataclass(frozen=True, eq=False)
class Round:
    """A blind listening.

    Attributes:
        versions: in the order in which they are heard.
        seed: of that order and of the model's setting.
    """

    versions: tuple[Version, ...]
    seed: int

    def by(self, who: str) -> Version | None:
        """Return somebody's version, None where it is missing: the model's, if there is no model."""
        return next((version for version in self.versions if version.by == who), None)

    def answer(self, letter: str) -> Answer:
        """Return what is handed in by a player who takes a version for Bach's."""
        yours = self.by("yours")
        assert yours is not None
        return Answer(yours.score, guess=next(each.by for each in self.versions if each.letter == letter))

    @property
    def beaten(self) -> bool:
        """Whether the player's setting has more points than Bach's, or as many and the model holds it likelier."""
        yours, his = self.by("yours"), self.by("bach")
        return yours is not None and his is not None and yours.worth > his.worth


def play_round(level: Level, score: Score, model: Harmonizer | None, seed: int) -> Round:
    """Return a blind listening of a level's answer.

    Args:
        level: of the kind "beat"; its solution is Bach's own setting.
        score: the player's.
        model: writes the third version; None: there are two.
        seed: of the order, and of the model's setting.

    Raises:
        InputError, ModelError: the model cannot set it.
    """
    settings = {"yours": score, "bach": level.solution.score}
    if model is not None:
        settings["model"] = model.harmonize(level.start, level.writable, seed=seed)[0].score
    order = [who for who in BY if who in settings]
    random.Random(seed).shuffle(order)  # noqa: S311  an order, no secret
    versions = (
        Version(
            letter, who, settings[who], mark(level, settings[who]), likelihood(model, settings[who], level.writable)
        )
        for letter, who in zip(_LETTERS, order, strict=False)
    )
    return Round(tuple(versions), seed)
