"""What every room knows: its services, widgets, toasts, Bach, the theme; and how to speak up."""

from collections.abc import Callable
from dataclasses import dataclass, field

from chorale.app.studio import Studio
from chorale.errors import ChoraleError
from chorale.ui.portrait import Mood, Portrait
from chorale.ui.scene import Services
from chorale.ui.theme import Theme
from chorale.ui.widgets.board import Board
from chorale.ui.widgets.toast import Toast, Toasts

__all__ = ["RoomState"]


@dataclass
class RoomState:
    """One room's state, shared by its parts.

    Attributes:
        services: studio, sound, clock.
        board: the widgets.
        toasts: what is being said.
        portrait: Bach.
        theme: sizes and letters.
    """

    services: Services
    board: Board = field(default_factory=Board)
    toasts: Toasts = field(default_factory=Toasts)
    portrait: Portrait = field(default_factory=Portrait)
    theme: Theme = field(default_factory=Theme)

    @property
    def studio(self) -> Studio:
        """The document and all that can be done with it."""
        return self.services.studio

    @property
    def now(self) -> float:
        """Seconds of the clock."""
        return self.services.clock()

    def say(self, text: str, manner: str = "info", word: str = "", action: Callable[[], None] | None = None) -> None:
        """Show a toast."""
        self.toasts.say(Toast(text, manner, word, action), self.now)

    def complain(self, text: str) -> None:
        """Show a toast with bad news, at which Bach frowns."""
        self.say(text, "bad")
        self.portrait.feel(Mood.FROWNING, self.now)

    def attempt(self, action: Callable[[], object]) -> bool:
        """Do something that may fail with one clear line; return whether it went well."""
        try:
            action()
        except ChoraleError as error:
            self.complain(_sentence(str(error)))
            return False
        return True


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
