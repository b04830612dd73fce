"""The bar at the foot: what plays and where, and what can be done with it: keep, save, hand to the staff."""

from collections.abc import Hashable
from typing import NamedTuple

import pygame

from chorale.app.tools.table import Name
from chorale.ui import theme as colours
from chorale.ui.scenes.tools.listening import Listening
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Action, Widget, icon_picture
from chorale.ui.widgets.button import Button, Toggle
from chorale.ui.widgets.panel import Panel
from chorale.ui.widgets.play_button import PlayButton
from chorale.ui.widgets.slider import Slider

__all__ = ["HEIGHT", "Foot", "Uses"]

HEIGHT = 76


class Uses(NamedTuple):
    """What can be done with the chosen result."""

    keep: Action
    save: Action
    hand_over: Action


class _Line(Slider):
    """The playhead's line; what plays and where stands over it."""

    live = True

    def __init__(self, listening: Listening) -> None:
        super().__init__(
            "position", "Position", 0, 1, step=4, get=lambda: self._at(), set=listening.seek,  # noqa: PLW0108  bound later
            spoken=lambda step: f"step {step:.0f}",
        )  # fmt: skip
        self._listening = listening

    def _at(self) -> float:
        listening = self._listening
        return min(listening.position, self.high) if listening.shown is listening.clip else 0.0

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the words, the bars' ticks and the line."""
        clip, inset = self._listening.shown, self.rect.height // 2
        left, right, foot = self.rect.x + inset, self.rect.right - inset, self.rect.y + theme.px(4)
        self.high = max(1, clip.steps) if clip is not None else 1
        if clip is not None:
            self.step = clip.meter.steps_per_beat
            self._draw_bars(surface, theme, clip.pickup, clip.meter.steps_per_bar)
            now, whole = (_minutes(steps * 15 / clip.qpm) for steps in (self.get(), clip.steps))
            clock = theme.text(f"{now} / {whole}", 12, "sans", colours.MUTED)
            surface.blit(clock, clock.get_rect(bottomright=(right, foot)))
        room = max(1, right - left - theme.px(90))
        name = theme.text(theme.fitted(self._listening.name, room, 13, "semibold"), 13, "semibold", colours.TEXT)
        surface.blit(name, name.get_rect(bottomleft=(left, foot)))
        super().draw(surface, theme)

    def _draw_bars(self, surface: pygame.Surface, theme: Theme, pickup: int, bar: int) -> None:
        inset = self.rect.height // 2
        width = max(2, self.rect.width - 2 * inset)
        every = bar * max(1, round(self.high / bar * theme.px(10) / width))
        for step in range(pickup, int(self.high) + 1, every):
            x = self.rect.x + inset + round(width * step / self.high)
            surface.fill(colours.EDGE, (x, self.rect.centery + theme.px(7), 1, theme.px(5)))


class Foot(Panel):
    """The bar's widgets and their places.

    Args:
        state: of the room.
        listening: the room's ear.
        uses: what can be done with the chosen result.
    """

    def __init__(self, state: ToolState, listening: Listening, uses: Uses) -> None:
        super().__init__()
        self._state = state
        self._play = PlayButton(listening)
        self._stop = Button(
            "stop", "Stop and go back", listening.stop, picture=icon_picture("stop"), keys="Shift+Space"
        )
        self._loop = Toggle(
            "loop", "Loop", listening.toggle_loop, lambda: listening.looping, picture=icon_picture("loop"),
            keys="Ctrl+L", hint="Play it over and over",
        )  # fmt: skip
        self._hover = Toggle(
            "hovering", "Hear what the pointer rests on", listening.toggle_hovering, lambda: listening.hovering,
            picture=icon_picture("speaker"), keys="Ctrl+H", hint="Hear what the pointer rests on",
        )  # fmt: skip
        self._together = Toggle(
            "together", "With the tune", listening.toggle_together, lambda: listening.together,
            picture=icon_picture("music"), keys="Ctrl+U", hint="Hear the drums with what they go with",
        )  # fmt: skip
        self._line = _Line(listening)
        self._keep = Toggle(
            "keep", "Keep", uses.keep, self._is_kept, text="Keep", picture=icon_picture("keep"), keys="K",
            hint="Keep it on the shelf", picture_size=18,
        )  # fmt: skip
        self._save = Button(
            "save", "Save as MIDI", uses.save, text="MIDI", picture=icon_picture("file"), keys="Ctrl+S",
            hint="Save as MIDI: this one, or all", picture_size=18,
        )  # fmt: skip
        self._use = Button("use", "Harmonize this", uses.hand_over, text="Harmonize this", style="gold", keys="H")

    def _is_kept(self) -> bool:
        result = self._state.session.result
        return result is not None and self._state.session.is_kept(result.clip)

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        buttons = [self._play, self._stop, self._loop, self._hover, self._together]
        return [*buttons, self._line, self._keep, self._save, self._use]

    @property
    def look(self) -> Hashable:
        """What the last button says."""
        return self._use.text, self._together.visible

    def update(self) -> None:
        """Offer what can be done with the chosen result."""
        result = self._state.session.result
        for button in (self._keep, self._save, self._use):
            button.enabled = result is not None
        self._use.style = "raised" if result is None else "gold"
        drums = self._state.session.tool.makes_drums(drums=self._state.session.asked.drums)
        self._use.text = self._use.label = "To the drum lane" if drums else "Harmonize this"
        self._use.hint = "Let it play under the chorale" if drums else "Put it on the staff and harmonize it in Compose"

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """What plays at the left, what can be done at the right, the line between."""
        self.rect = rect
        middle, x = rect.centery, rect.x + theme.px(20)
        self._together.visible = self._state.session.tool.name is Name.DRUMIFY
        small = [each for each in (self._stop, self._loop, self._hover, self._together) if each.visible]
        for widget, size in ((self._play, 48), *((each, 38) for each in small)):
            widget.rect = pygame.Rect(x, middle - theme.px(size) // 2, theme.px(size), theme.px(size))
            x += theme.px(size) + theme.px(10 if size == 48 else 6)
        right = rect.right - theme.px(18)
        for button, width in ((self._use, 168), (self._save, 88), (self._keep, 88)):
            button.rect = pygame.Rect(right - theme.px(width), middle - theme.px(20), theme.px(width), theme.px(40))
            right = button.rect.x - theme.px(8)
        self._line.rect = pygame.Rect(x + theme.px(4), middle - theme.px(6), right - x - theme.px(20), theme.px(28))

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the bar."""
        del theme
        surface.fill(colours.PANEL, self.rect)
        surface.fill(colours.EDGE, (self.rect.x, self.rect.y, self.rect.width, 1))


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
