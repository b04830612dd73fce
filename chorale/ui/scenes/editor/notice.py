"""A bar over the page that asks nothing back: something was left behind by a session that ended badly."""

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.scenes.editor.filing import Filing
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget
from chorale.ui.widgets.button import Button

__all__ = ["Notice"]


class Notice(Widget):
    """The bar, with its two buttons; shown as long as there is something to bring back."""

    focusable = False

    def __init__(self, filing: Filing) -> None:
        super().__init__("notice", "Something was not saved")
        self._filing = filing
        self._recover = Button(
            "recover", "Bring back what was not saved", filing.recover, text="Bring it back", style="gold", hint=""
        )
        self._discard = Button("discard", "Throw away what was not saved", filing.discard, text="Throw away", hint="")

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [self, self._recover, self._discard]

    def lay_out(self, page: pygame.Rect, theme: Theme) -> None:
        """Lie over the head of the page."""
        width = min(page.width - theme.px(32), theme.px(680))
        self.rect = pygame.Rect(0, page.y + theme.px(10), width, theme.px(48))
        self.rect.centerx = page.centerx
        for button, right, wide in ((self._discard, 8, 100), (self._recover, 116, 116)):
            button.rect = pygame.Rect(
                self.rect.right - theme.px(right + wide), self.rect.y + theme.px(8), theme.px(wide), theme.px(32)
            )

    def update(self) -> None:
        """Show itself only where there is something to bring back."""
        for widget in self.widgets:
            widget.visible = bool(self._filing.left_behind)

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the bar; its buttons follow."""
        item = self._filing.left_behind[0]
        draw.shadow(surface, self.rect, theme.px(14), 150, theme.px(8), theme.px(4))
        draw.box(surface, self.rect, colours.RAISED, theme.px(8))
        draw.outline(surface, self.rect, colours.mix(colours.ACCENT, colours.RAISED, 0.5), theme.px(8), theme.px(1))
        mark = icon("clock", theme.px(20), colours.ACCENT)
        surface.blit(mark, mark.get_rect(midleft=(self.rect.x + theme.px(14), self.rect.centery)))
        name = f"“{item.title}”" if item.title else "A score"
        room = self._recover.rect.x - self.rect.x - theme.px(56)
        words = theme.text(self._told(name, room, theme), 14)
        surface.blit(words, words.get_rect(midleft=(self.rect.x + theme.px(44), self.rect.centery)))

    @staticmethod
    def _told(name: str, room: int, theme: Theme) -> str:
        """Return what is said, shorter where there is no room, so that the name is cut last."""
        for words in (f"{name} was not saved when Chorale ended", f"{name} was not saved"):
            if theme.width(words, 14) <= room:
                return words
        return theme.fitted(f"Not saved: {name}", room, 14)
