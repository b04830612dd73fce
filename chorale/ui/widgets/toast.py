"""Toasts: one line that tells what happened, with at most one thing to do about it; it leaves by itself."""

from dataclasses import dataclass, field
from itertools import count

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import gear, icon
from chorale.ui.motion import ease_out
from chorale.ui.theme import Colour, Theme
from chorale.ui.widgets.base import Action, Widget

__all__ = ["Toast", "ToastCard", "Toasts"]

_ARRIVAL = 0.18
_LASTS = 6.0
_SECONDS_PER_LETTER = 0.05
_TEETH_PER_SECOND, _TURNS = 3, 8  # of the wheel that turns while something is at work
_TURNING = 1 / (_TEETH_PER_SECOND * _TURNS)
_TINTS = {"good": colours.ACCENT, "busy": colours.ACCENT, "bad": colours.DANGER}
_NUMBERS = count(1)


@dataclass(frozen=True)
class Toast:
    """What is said: text, "info", "good", "bad" or "busy", and a word to click on with what it does."""

    text: str
    manner: str = "info"
    word: str = ""
    action: Action | None = None
    lasting: bool = False
    number: int = field(default_factory=lambda: next(_NUMBERS))

    @property
    def seconds(self) -> float:
        """How long it stays."""
        return _LASTS + _SECONDS_PER_LETTER * len(self.text)


class ToastCard(Widget):
    """A toast on the screen."""

    def __init__(self, toast: Toast, born: float) -> None:
        super().__init__(f"toast-{toast.number}", toast.text)
        self.toast = toast
        self.born = born
        self.gone = False
        self.now = born
        self._word = pygame.Rect(0, 0, 0, 0)

    @property
    def value(self) -> str:
        """What it says."""
        return self.toast.text

    def lines(self, theme: Theme, width: int) -> list[str]:
        """Return the text in lines that fit."""
        room = (
            width - theme.px(72) - (theme.width(self.toast.word, 14, "bold") + theme.px(24) if self.toast.word else 0)
        )
        return theme.wrapped(self.toast.text, max(room, theme.px(80)), 14)

    def lay_out(self, theme: Theme, middle: int, bottom: int, room: int) -> int:
        """Take a place with its lower edge at ``bottom``; return its upper edge."""
        word = theme.width(self.toast.word, 14, "bold") + theme.px(24) if self.toast.word else 0
        width = min(room, max(theme.px(260), theme.width(self.toast.text, 14) + theme.px(76) + word))
        height = len(self.lines(theme, width)) * theme.px(20) + theme.px(24)
        self.rect = pygame.Rect(middle - width // 2, bottom - height, width, height)
        self._word = pygame.Rect(self.rect.right - theme.px(36) - word, self.rect.y, word, height)
        return self.rect.top

    def release(self, position: tuple[int, int]) -> None:
        """Do what the word says, or go."""
        self.gone = True
        if self.toast.action is not None and self._word.collidepoint(position):
            self.toast.action()

    def key(self, event: pygame.event.Event) -> bool:
        """Enter does what the word says, Delete sends it away."""
        if event.key in {pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE}:
            self.gone = True
            if self.toast.action is not None:
                self.toast.action()
        elif event.key in {pygame.K_DELETE, pygame.K_BACKSPACE}:
            self.gone = True
        else:
            return False
        return True

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the card, rising into place."""
        arrived = 1.0 if theme.still else ease_out((self.now - self.born) / _ARRIVAL)
        lowered = self.rect.move(0, round((1 - arrived) * theme.px(16)))
        tint = _TINTS.get(self.toast.manner, colours.MUTED)
        draw.shadow(surface, lowered, theme.px(16), 170, theme.px(8), theme.px(5))
        draw.box(surface, lowered, colours.RAISED, theme.px(8))
        draw.outline(surface, lowered, colours.mix(tint, colours.RAISED, 0.45), theme.px(8), theme.px(1))
        mark = self._mark(theme, tint)
        surface.blit(mark, mark.get_rect(midleft=(lowered.x + theme.px(12), lowered.centery)))
        lines = self.lines(theme, self.rect.width)
        top = lowered.centery - len(lines) * theme.px(20) // 2
        for index, line in enumerate(lines):
            surface.blit(theme.text(line, 14), (lowered.x + theme.px(42), top + index * theme.px(20)))
        if self.toast.word:
            word = theme.text(self.toast.word, 14, "bold", colours.ACCENT_SOFT if self.hot else colours.ACCENT)
            surface.blit(word, word.get_rect(center=(self._word.centerx, lowered.centery)))
        cross = icon("close", theme.px(14), colours.MUTED)
        surface.blit(cross, cross.get_rect(midright=(lowered.right - theme.px(12), lowered.centery)))

    def _mark(self, theme: Theme, tint: Colour) -> pygame.Surface:
        """Return the picture before the words; a wheel turns while something is at work."""
        if self.toast.manner == "busy":
            turn = 0 if theme.still else int((self.now - self.born) * _TEETH_PER_SECOND * _TURNS) % _TURNS
            return gear(theme.px(20), tint, turn=turn, turns=_TURNS)
        return icon({"good": "check", "bad": "warning"}.get(self.toast.manner, "info"), theme.px(20), tint)


class Toasts:
    """The toasts on the screen, newest at the foot; the oldest goes when there are too many."""

    def __init__(self) -> None:
        self.cards: list[ToastCard] = []

    def say(self, toast: Toast, now: float) -> None:
        """Show a toast; one that says the same is replaced."""
        others = [card for card in self.cards if card.toast.text != toast.text]
        kept = [card for card in others if not card.toast.lasting][-2:]
        self.cards = [card for card in others if card.toast.lasting or card in kept]
        self.cards.append(ToastCard(toast, now))

    def dismiss(self, toast: Toast) -> None:
        """Take a toast away, if it is shown."""
        self.cards = [card for card in self.cards if card.toast is not toast]

    def update(self, now: float) -> float | None:
        """Let time pass; return the seconds until something changes, None if nothing will."""
        for card in self.cards:
            card.now = now
        self.cards = [
            card
            for card in self.cards
            if not card.gone
            and (card.toast.lasting or card.hot or card.focused or now - card.born < card.toast.seconds)
        ]
        if not self.cards:
            return None
        if any(now - card.born < _ARRIVAL + 0.02 for card in self.cards):
            return 0.0
        return _TURNING if any(card.toast.manner == "busy" for card in self.cards) else 0.5

    def lay_out(self, theme: Theme, room: pygame.Rect) -> None:
        """Stack the cards upwards from the foot of ``room``."""
        bottom = room.bottom - theme.px(16)
        for card in reversed(self.cards):
            bottom = card.lay_out(
                theme, room.centerx, bottom, min(room.width - theme.px(32), theme.px(620))
            ) - theme.px(8)
