"""The results as cards: a number, the seed, a bookmark to keep it by, and the clip; Groove's with what was before."""

from collections.abc import Callable, Hashable
from functools import partial

import pygame

from chorale.app.tools.table import Name
from chorale.music import Clip
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.scenes.tools.grid import SHAPE, cells
from chorale.ui.scenes.tools.listening import Heard, Listening
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Action, Widget
from chorale.ui.widgets.button import Toggle
from chorale.ui.widgets.clip_picture import WELL, Drawn
from chorale.ui.widgets.clip_view import ClipView

__all__ = ["Cards", "KeepButton"]

MOST = 16
_WIDE = 5.0  # the shape of Groove's cards: a few milliseconds of lateness want the width
_HEAD = 30
_LEAST_HEAD = 22


class KeepButton(Toggle):
    """A bookmark: filled where the result is kept."""

    def __init__(self, id: str, label: str, action: Action, is_on: Callable[[], bool]) -> None:  # noqa: A002  the field's name
        super().__init__(id, label, action, is_on, style="plain", keys="K", hint="Keep it on the shelf")

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the bookmark."""
        tint = colours.ACCENT if self.on else colours.TEXT if self.hot else colours.FAINT
        mark = icon("kept" if self.on else "keep", theme.px(18), tint)
        surface.blit(mark, mark.get_rect(center=self.rect.center))


class _ResultView(ClipView):
    """A result; what the person gave of it, at its beginning, lies in the shade."""

    given = 0

    @property
    def look(self) -> Hashable:
        """How much was given, too."""
        return super().look, self.given

    def _draw_playhead(self, surface: pygame.Surface, drawn: Drawn, theme: Theme) -> None:
        """Draw the shade, and on it the playhead."""
        if self.clip is not None and 0 < self.given < self.clip.steps:
            area = drawn.frame.area
            shade = pygame.Rect(area.x, area.y, round(drawn.frame.x(self.given)) - area.x, area.height)
            draw.veil(surface, shade.move(self.rect.topleft), (*WELL, 150))
            edge = self.rect.x + shade.right
            surface.fill(colours.ACCENT_DEEP, (edge - 1, self.rect.y + area.y, max(1, theme.px(1.5)), area.height))
        super()._draw_playhead(surface, drawn, theme)


class _Card:
    """One result."""

    def __init__(self, cards: "Cards", index: int) -> None:
        self.index = index
        listening = cards.listening
        self.view = _ResultView(
            f"card-{index + 1}",
            f"Result {index + 1}",
            partial(cards.press, index),
            playhead=lambda: listening.playhead(self.view.clip),
            selected=lambda: cards.session.chosen == index,
            hovered=lambda on: listening.point(cards.heard(index) if on else None),
            keys=str(index + 1) if index < 9 else "",
        )
        self.keep = KeepButton(
            f"keep-{index + 1}", f"Keep result {index + 1}", partial(cards.keep, index), partial(cards.is_kept, index)
        )

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """A line of words over the clip."""
        self.rect = rect
        self.head = theme.px(_HEAD if rect.height > theme.px(110) else _LEAST_HEAD)
        pad = theme.px(6)
        self.keep.rect = pygame.Rect(rect.right - theme.px(32), rect.y, theme.px(28), self.head)
        self.view.rect = pygame.Rect(
            rect.x + pad, rect.y + self.head, rect.width - 2 * pad, rect.height - self.head - pad
        )

    rect = pygame.Rect(0, 0, 1, 1)
    head = 1

    def draw(self, surface: pygame.Surface, theme: Theme, words: str, *, chosen: bool) -> None:
        """Draw the card and its words."""
        draw.shadow(surface, self.rect, theme.px(12), 110, theme.px(8), theme.px(4))
        draw.box(surface, self.rect, colours.RAISED if chosen else colours.PANEL, theme.px(10))
        middle = self.rect.y + self.head // 2
        number = theme.text(str(self.index + 1), 14, "bold", colours.ACCENT if chosen else colours.TEXT)
        surface.blit(number, number.get_rect(midleft=(self.rect.x + theme.px(12), middle)))
        left = self.rect.x + theme.px(12) + number.get_width() + theme.px(10)
        fitted = theme.fitted(words, max(1, self.keep.rect.x - theme.px(6) - left), 12.5)
        seed = theme.text(fitted, 12.5, "sans", colours.MUTED)
        surface.blit(seed, seed.get_rect(midleft=(left, middle)))


class Cards:
    """All results of a tool.

    Args:
        state: of the room.
        listening: the room's ear.
    """

    def __init__(self, state: ToolState, listening: Listening) -> None:
        self._state, self.session, self.listening = state, state.session, listening
        self._cards = [_Card(self, index) for index in range(MOST)]

    @property
    def count(self) -> int:
        """How many results there are."""
        return min(MOST, len(self.session.bench.results))

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [widget for card in self._cards[: self.count] for widget in (card.view, card.keep)]

    def heard(self, index: int) -> Heard:
        """Return a result as something to hear."""
        result = self.session.bench.results[index]
        return Heard(result.clip, self.session.label_of(self.session.tool.name, index))

    # What happens to them -------------------------------------------------------------------------------------

    def press(self, index: int) -> None:
        """Choose a result and hear it; the chosen one stops if it is heard."""
        heard = self.heard(index)
        if self.session.chosen == index and self.listening.on and self.listening.clip is heard.clip:
            self.listening.stop()
            return
        self.choose(index)
        if not (self.listening.on and self.listening.clip is heard.clip):
            self.listening.hear(heard)

    def choose(self, index: int) -> None:
        """Look at a result; while one is playing, this one takes over."""
        if not 0 <= index < self.count:
            return
        self.session.choose(index)
        self.listening.take(self.heard(index))

    def move(self, by: int) -> None:
        """Look at another result, so many on."""
        if self.count:
            self.choose((self.session.chosen + by) % self.count)

    @property
    def columns(self) -> int:
        """How many stand side by side."""
        tops = [card.rect.y for card in self._cards[: self.count]]
        return max(1, tops.count(tops[0])) if tops else 1

    def keep(self, index: int) -> None:
        """Keep a result, or not."""
        self.choose(index)
        self.session.keep()

    def is_kept(self, index: int) -> bool:
        """Return whether a result is kept."""
        return index < self.count and self.session.is_kept(self.session.bench.results[index].clip)

    # Looks ----------------------------------------------------------------------------------------------------

    def update(self) -> None:
        """Show the results, Groove's with what was before."""
        bench = self.session.bench
        before = bench.given[0].clip if bench.given and self.session.tool.name is Name.GROOVE else None
        for card, result in zip(self._cards, bench.results, strict=False):
            card.view.show(result.clip, before)
            card.view.given = bench.given[0].clip.steps if self._continues else 0

    @property
    def _continues(self) -> bool:
        return self.session.tool.name is Name.CONTINUE and bool(self.session.bench.given)

    def words(self, index: int) -> str:
        """Return what stands over a result."""
        result, bench = self.session.bench.results[index], self.session.bench
        count = _bars(result.clip)
        bars = f"{count} bar{'' if count == 1 else 's'}"
        if self._continues:
            given = _bars(bench.given[0].clip)
            bars = f"{given} + {count - given} bars"
        words = [f"seed {result.seed}", bars]
        if result.clip.key is not None:
            words.append(result.clip.key.name)
        return "  \N{MIDDLE DOT}  ".join(words)

    @property
    def look(self) -> Hashable:
        """What the cards' words depend on."""
        return self.session.chosen, tuple(self.words(index) for index in range(self.count))

    def lay_out(self, room: pygame.Rect, theme: Theme) -> None:
        """As many columns as suit their number."""
        shape = _WIDE if self.session.tool.name is Name.GROOVE else SHAPE
        for card, rect in zip(self._cards, cells(self.count, room, theme.px(12), shape), strict=False):
            card.lay_out(rect, theme)

    def draw_cards(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw what is no widget."""
        for card in self._cards[: self.count]:
            card.draw(surface, theme, self.words(card.index), chosen=self.session.chosen == card.index)


def _bars(clip: Clip) -> int:
    """Return how many bars a clip has after its pickup."""
    return -(-(clip.steps - clip.pickup) // clip.meter.steps_per_bar)
