"""What an answer lost points for: each remark a card with rule, place and cost; the one looked at says why."""

from collections.abc import Callable, Hashable, Sequence

import pygame

from chorale.levels.scoring import HINT_COST, Outcome, Remark
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget

__all__ = ["Remarks"]

_ROW, _PAD, _BUTTONS, _GAP = 50, 12, 40, 6
_AMBER = (238, 180, 84)


class Remarks(Widget):
    """The list; arrow keys walk through it.

    Args:
        outcome: what is told of.
        select: called with the remark that is looked at, or None.
        hear: plays it.
    """

    def __init__(
        self, outcome: Outcome, select: Callable[[Remark | None], None], hear: Callable[[Remark], None]
    ) -> None:
        super().__init__("remarks", "What was taken off")
        self.outcome, self._select, self._hear = outcome, select, hear
        self.index = -1
        self.buttons: tuple[int, int, int] | None = None
        self._scroll, self._theme = 0, Theme()

    @property
    def remarks(self) -> Sequence[Remark]:
        """All of them."""
        return self.outcome.remarks

    @property
    def selected(self) -> Remark | None:
        """The one that is looked at."""
        return self.remarks[self.index] if 0 <= self.index < len(self.remarks) else None

    @property
    def value(self) -> str:
        """The remark that is looked at, or all in a line each."""
        chosen = self.selected
        if chosen is not None:
            return f"{chosen.title}, {chosen.place}: {chosen.why}"
        return "; ".join(f"{each.title}, {each.place}" for each in self.remarks)

    @property
    def look(self) -> Hashable:
        """Where it is scrolled to, too."""
        return super().look, self.index, self._scroll

    def choose(self, index: int) -> None:
        """Look at a remark, or at none."""
        self.index = index if 0 <= index < len(self.remarks) else -1
        self._select(self.selected)
        self._bring_into_view()

    # Places -----------------------------------------------------------------------------------------------------

    def arrange(self, theme: Theme) -> None:
        """Work out where the buttons of the open card stand: (x, y, width) in pixels, or None."""
        self._theme = theme
        self._scroll = max(0, min(self._scroll, self._whole() - self.rect.height))
        self.buttons = None
        for index, (top, height) in enumerate(self._spans()):
            if index == self.index:
                y = self.rect.y + top + height - theme.px(_BUTTONS) - self._scroll
                self.buttons = (self.rect.x + theme.px(_PAD), y, self.rect.width - 2 * theme.px(_PAD))

    def _height(self, index: int) -> int:
        theme = self._theme
        height = theme.px(_ROW)
        if index == self.index:
            height += len(self._why(index)) * theme.px(19) + theme.px(_BUTTONS + 8)
        return height

    def _why(self, index: int) -> list[str]:
        why = self.remarks[index].why
        room = self.rect.width - self._theme.px(2 * _PAD + 28)
        return self._theme.wrapped(why[:1].upper() + why[1:] + ".", room, 14)

    def _spans(self) -> list[tuple[int, int]]:
        spans, top = [], 0
        for index in range(len(self.remarks)):
            height = self._height(index)
            spans.append((top, height))
            top += height + self._theme.px(_GAP)
        return spans

    def _whole(self) -> int:
        spans = self._spans()
        hints = self._theme.px(36) if self.outcome.hints else 0
        return (spans[-1][0] + spans[-1][1] + self._theme.px(_GAP) if spans else 0) + hints

    def _bring_into_view(self) -> None:
        if self.selected is None:
            return
        top, height = self._spans()[self.index]
        if top < self._scroll:
            self._scroll = top
        elif top + height > self._scroll + self.rect.height:
            self._scroll = top + height - self.rect.height

    # Hand and keys ----------------------------------------------------------------------------------------------

    def release(self, position: tuple[int, int]) -> None:
        """Look at the card under the pointer; close the one that is open."""
        y = position[1] - self.rect.y + self._scroll
        for index, (top, height) in enumerate(self._spans()):
            if top <= y < top + height:
                self.choose(-1 if index == self.index and y < top + self._theme.px(_ROW) else index)

    def key(self, event: pygame.event.Event) -> bool:
        """Arrows walk, Enter lets it be heard."""
        if event.key in {pygame.K_UP, pygame.K_DOWN}:
            self.choose(max(0, min(len(self.remarks) - 1, self.index + (1 if event.key == pygame.K_DOWN else -1))))
        elif event.key in {pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE} and self.selected is not None:
            self._hear(self.selected)
        else:
            return False
        return True

    def wheel(self, amount: float) -> bool:
        """Scroll."""
        self._scroll = max(0, min(round(self._scroll - amount * 40), self._whole() - self.rect.height))
        return True

    # Looks ------------------------------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the cards."""
        clip = surface.get_clip()
        surface.set_clip(self.rect.clip(clip))
        foot = 0
        for index, (top, height) in enumerate(self._spans()):
            area = pygame.Rect(self.rect.x, self.rect.y + top - self._scroll, self.rect.width, height)
            self._draw_card(surface, theme, index, area)
            foot = top + height + theme.px(_GAP)
        if self.outcome.hints:
            self._draw_hints(surface, theme, self.rect.y + foot - self._scroll)
        surface.set_clip(clip)

    def _draw_card(self, surface: pygame.Surface, theme: Theme, index: int, area: pygame.Rect) -> None:
        remark, pad = self.remarks[index], theme.px(_PAD)
        tint = colours.DANGER if remark.required else _AMBER
        draw.box(
            surface,
            area,
            colours.RAISED if index == self.index else colours.mix(colours.RAISED, colours.PANEL, 0.4),
            theme.px(8),
        )
        draw.box(surface, pygame.Rect(area.x, area.y + theme.px(8), theme.px(3), area.height - theme.px(16)), tint, 1)
        sign = icon("error" if remark.required else "warning", theme.px(18), tint)
        surface.blit(sign, sign.get_rect(topleft=(area.x + pad, area.y + theme.px(9))))
        cost = theme.text(_cost(remark), 14, "bold", tint)
        at = cost.get_rect(topright=(area.right - pad, area.y + theme.px(8)))
        surface.blit(cost, at)
        x = area.x + pad + theme.px(28)
        room = at.x - x - theme.px(8)
        surface.blit(
            theme.text(theme.fitted(remark.title, room, 14.5, "semibold"), 14.5, "semibold"), (x, area.y + theme.px(6))
        )
        place = theme.fitted(remark.place, area.right - pad - x, 12.5)
        surface.blit(theme.text(place, 12.5, "sans", colours.MUTED), (x, area.y + theme.px(27)))
        if index == self.index:
            for row, line in enumerate(self._why(index)):
                surface.blit(theme.text(line, 14), (x, area.y + theme.px(_ROW + 19 * row)))

    def _draw_hints(self, surface: pygame.Surface, theme: Theme, y: int) -> None:
        count = self.outcome.hints
        words = f"{count} hint{'' if count == 1 else 's'}"
        sign = icon("hint", theme.px(18), colours.MUTED)
        surface.blit(sign, (self.rect.x + theme.px(_PAD), y + theme.px(6)))
        surface.blit(theme.text(words, 14, "sans", colours.MUTED), (self.rect.x + theme.px(_PAD + 28), y + theme.px(5)))
        cost = theme.text(f"\N{MINUS SIGN}{HINT_COST * count:g}", 14, "bold", colours.MUTED)
        surface.blit(cost, cost.get_rect(topright=(self.rect.right - theme.px(_PAD), y + theme.px(5))))


def _cost(remark: Remark) -> str:
    """Return what a remark took, in words where the goal's cap was reached before it."""
    if remark.cost:
        return f"\N{MINUS SIGN}{remark.cost:g}"
    return "needed" if remark.required else "no more"
