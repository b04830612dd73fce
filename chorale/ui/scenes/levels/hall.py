"""What the pages of the room share: services, the game, who speaks up, and how one gets from page to page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chorale.errors import ChoraleError
from chorale.ui.portrait import Mood, Portrait
from chorale.ui.scene import Services
from chorale.ui.theme import Theme
from chorale.ui.widgets.toast import Toast, Toasts

if TYPE_CHECKING:
    from chorale.ui.overlays.base import Overlay

__all__ = ["Hall"]


@dataclass
class Hall:
    """The room's own things.

    Attributes:
        services: the program's.
        theme: sizes and letters.
        toasts: what is being said.
        portrait: Bach.
        open: shows a page by its name.
        show: shows a sheet over the page.
        hide: takes it away.
    """

    services: Services
    theme: Theme = field(default_factory=Theme)
    toasts: Toasts = field(default_factory=Toasts)
    portrait: Portrait = field(default_factory=Portrait)
    open: Callable[[str], None] = field(default=lambda name: None)  # noqa: ARG005  set by the room
    show: "Callable[[Overlay], None]" = field(default=lambda sheet: None)  # noqa: ARG005  set by the room
    hide: Callable[[], None] = field(default=lambda: None)

    @property
    def now(self) -> float:
        """Seconds of the clock."""
        return self.services.clock()

    def say(self, text: str, manner: str = "info", word: str = "", action: Callable[[], None] | None = None) -> None:
        """Show a toast."""
        self.toasts.say(Toast(text[:1].upper() + text[1:], manner, word, action), self.now)

    def complain(self, text: str) -> None:
        """Show a toast with bad news, at which Bach frowns."""
        self.say(text, "bad")
        self.portrait.feel(Mood.FROWNING, self.now)

    def attempt(self, action: Callable[[], object]) -> bool:
        """Do something that may fail with one clear line; return whether it went well."""
        try:
            action()
        except ChoraleError as error:
            self.complain(str(error))
            return False
        return True
