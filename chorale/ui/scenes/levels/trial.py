"""One attempt at one level, as its page meets it: how an answer stands, hints, and handing in."""

from collections.abc import Callable

from chorale.app.game import Game, Handed, Help, Round
from chorale.levels.level import Answer, Level
from chorale.levels.scoring import Outcome, mark

__all__ = ["Trial"]


class Trial:
    """The attempt that a game is at.

    Args:
        game: has just begun it.
        number: what the level is called on the map: "2.3".
        seed: of the order in which versions are heard blind; None: another one every time.
    """

    def __init__(self, game: Game, number: str, seed: int | None = None) -> None:
        self._game, self.number, self._seed = game, number, seed
        attempt = game.attempt
        assert attempt is not None
        self.level: Level = attempt.level
        self.exam = attempt.exam

    @property
    def hints(self) -> int:
        """How many hints were given."""
        attempt = self._game.attempt
        return 0 if attempt is None else attempt.hints

    def judge(self, answer: Answer) -> Outcome:
        """Say how an answer stands; goals that ask a harmonizer are passed over until it is handed in."""
        return mark(self.level, answer, self.hints, names=self._game.names)

    def hint(self, answer: Answer) -> Help | None:
        """Give the next hint, None where nothing is left to say."""
        return self._game.hint(answer)

    def hand_in(self, answer: Answer, done: Callable[[Handed], None]) -> None:
        """Hand an answer in; at once where no harmonizer is asked, else ``done`` is called when it has spoken."""
        if any(goal.check == "harmonizable" for goal in self.level.goals):
            self._game.hand_in_job(answer, done)
        else:
            done(self._game.hand_in(answer))

    def listen(self, answer: Answer, done: Callable[[Round], None]) -> None:
        """Prepare a blind listening; ``done`` is called when it is ready."""
        self._game.listen_job(answer.score, done, self._seed)
