"""The way from one clip to another: the step one stands on, large; all steps in a row; a knob to walk along them."""

from collections.abc import Hashable
from functools import partial

import pygame

from chorale.music import Clip
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.scenes.tools.cards import KeepButton
from chorale.ui.scenes.tools.listening import Heard, Listening
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget
from chorale.ui.widgets.clip_view import ClipView
from chorale.ui.widgets.slider import Slider

__all__ = ["Path"]

MOST = 16
_HEAD = 34
_ROW, _LEAST_ROW = 84, 44
_SCRUB = 34


class _Scrub(Slider):
    """The knob; a tick stands under each step."""

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the ticks, then the line."""
        inset = self.rect.height // 2
        width = max(2, self.rect.width - 2 * inset)
        for step in range(round(self.high) + 1):
            x = self.rect.x + inset + round(width * step / max(1, self.high))
            surface.fill(colours.FAINT, (x, self.rect.centery - theme.px(7), max(1, theme.px(1)), theme.px(14)))
        super().draw(surface, theme)


class Path:
    """The walk.

    Args:
        state: of the room.
        listening: the room's ear.
    """

    def __init__(self, state: ToolState, listening: Listening) -> None:
        self._state, self.session, self.listening = state, state.session, listening
        self.view = ClipView(
            "step", "The step one stands on", self._press, playhead=lambda: listening.playhead(self.view.clip)
        )
        self.keep = KeepButton("keep-step", "Keep this step", self.session.keep, self._is_kept)
        self.steps = [self._step(index) for index in range(MOST)]
        self.scrub = _Scrub(
            "scrub", "Along the way", 0, 1, step=1, get=lambda: float(self.session.chosen),
            set=lambda place: self.choose(round(place)), spoken=lambda place: f"step {round(place) + 1}",
            hint="Walk from one clip to the other", knob=10,
        )  # fmt: skip
        self._rect = pygame.Rect(0, 0, 1, 1)

    def _step(self, index: int) -> ClipView:
        return ClipView(
            f"step-{index + 1}",
            f"Step {index + 1}",
            partial(self._press_step, index),
            playhead=lambda: self.listening.playhead(self._clip(index)),
            selected=lambda: self.session.chosen == index,
            hovered=lambda on: self.listening.point(self.heard(index) if on else None),
        )

    def _clip(self, index: int) -> Clip | None:
        results = self.session.bench.results
        return results[index].clip if index < len(results) else None

    @property
    def count(self) -> int:
        """How many steps there are."""
        return min(MOST, len(self.session.bench.results))

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [self.view, self.keep, self.scrub, *self.steps[: self.count]] if self.count else []

    def heard(self, index: int) -> Heard:
        """Return a step as something to hear."""
        return Heard(self.session.bench.results[index].clip, self.session.label_of(self.session.tool.name, index))

    # What happens to it ---------------------------------------------------------------------------------------

    def _press(self) -> None:
        heard = self.heard(self.session.chosen)
        if self.listening.on and self.listening.clip is heard.clip:
            self.listening.stop()
        else:
            self.listening.hear(heard)

    def _press_step(self, index: int) -> None:
        if self.listening.on:
            self.choose(index)
        else:
            self.session.choose(index)
            self.listening.take(self.heard(index))
            self.listening.hear(self.heard(index))

    def choose(self, index: int) -> None:
        """Stand on a step; what plays goes over to it at the next bar line."""
        if not 0 <= index < self.count or index == self.session.chosen:
            return
        self.session.choose(index)
        self.listening.change_at_bar(self.heard(index))

    def move(self, by: int) -> None:
        """Walk so many steps on; at an end one stays."""
        self.choose(max(0, min(self.count - 1, self.session.chosen + by)))

    @property
    def columns(self) -> int:
        """How many stand side by side: all."""
        return self.count

    def _is_kept(self) -> bool:
        result = self.session.result
        return result is not None and self.session.is_kept(result.clip)

    # Looks ----------------------------------------------------------------------------------------------------

    def update(self) -> None:
        """Show the steps."""
        results = self.session.bench.results
        way = tuple(result.clip for result in results)
        self.view.show(None if self.session.result is None else self.session.result.clip, beside=way)
        for view, clip in zip(self.steps, way, strict=False):
            view.show(clip, beside=way)
        self.scrub.high = max(1, self.count - 1)

    @property
    def words(self) -> tuple[str, str]:
        """What stands over the large clip."""
        bench, at = self.session.bench, self.session.chosen
        result = self.session.result
        if not bench.given or result is None:
            return "", ""
        share = at / max(1, self.count - 1)
        names = [source.name for source in bench.given]
        place = (
            names[0]
            if at == 0
            else names[1]
            if at == self.count - 1
            else f"{1 - share:.0%} {names[0]}, {share:.0%} {names[1]}"
        )
        return f"Step {at + 1}", f"{place}  \N{MIDDLE DOT}  seed {result.seed}"

    @property
    def look(self) -> Hashable:
        """What the words depend on."""
        return self.words, self.count

    def lay_out(self, room: pygame.Rect, theme: Theme) -> None:
        """The large clip, the row of steps under it, the knob under them."""
        row = min(theme.px(_ROW), max(theme.px(_LEAST_ROW), room.height // 4))
        scrub, gap = theme.px(_SCRUB), theme.px(10)
        self._rect = pygame.Rect(room.x, room.y, room.width, room.height - row - scrub - 2 * gap)
        pad, head = theme.px(6), theme.px(_HEAD)
        self.keep.rect = pygame.Rect(self._rect.right - theme.px(36), self._rect.y, theme.px(30), head)
        self.view.rect = pygame.Rect(
            self._rect.x + pad, self._rect.y + head, self._rect.width - 2 * pad, self._rect.height - head - pad
        )
        top = self._rect.bottom + gap
        count = max(1, self.count)
        width = (room.width - (count - 1) * theme.px(8)) // count
        for index, view in enumerate(self.steps):
            view.rect = pygame.Rect(room.x + index * (width + theme.px(8)), top, width, row)
        # the knob stands under the middle of the step it is on
        inset = scrub // 2
        self.scrub.rect = pygame.Rect(
            room.x + width // 2 - inset, top + row + gap // 2, room.width - width + 2 * inset, scrub
        )

    def draw_cards(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw what is no widget."""
        if not self.count:
            return
        draw.shadow(surface, self._rect, theme.px(12), 110, theme.px(8), theme.px(4))
        draw.box(surface, self._rect, colours.RAISED, theme.px(10))
        middle = self._rect.y + theme.px(_HEAD) // 2
        step, place = self.words
        number = theme.text(step, 14, "bold", colours.ACCENT)
        surface.blit(number, number.get_rect(midleft=(self._rect.x + theme.px(14), middle)))
        left = self._rect.x + theme.px(14) + number.get_width() + theme.px(12)
        fitted = theme.fitted(place, max(1, self.keep.rect.x - theme.px(8) - left), 13)
        words = theme.text(fitted, 13, "sans", colours.MUTED)
        surface.blit(words, words.get_rect(midleft=(left, middle)))
