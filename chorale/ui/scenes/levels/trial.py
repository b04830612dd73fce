"""What the page of a level asks of the game: how an answer stands, hints, and handing in."""

from typing import Protocol

from chorale.levels.hints import Hint
from chorale.levels.level import Answer, Level
from chorale.levels.scoring import Outcome

__all__ = ["Trial"]


class Trial(Protocol):
    """One attempt at one level."""

    @property
    def level(self) -> Level:
        """What is asked."""

    @property
    def number(self) -> str:
        """What it is called on the map: "2.3"."""

    @property
    def hints_used(self) -> int:
        """How many hints were asked for."""

    def judge(self, answer: Answer) -> Outcome:
        """Say how an answer stands, without handing it in."""

    def hint(self) -> Hint | None:
        """Give the next hint, None where none is left."""

    def hand_in(self, answer: Answer) -> Outcome:
        """Hand an answer in; the best result is kept."""
