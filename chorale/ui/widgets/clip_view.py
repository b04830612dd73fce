"""A clip on the desk: its picture, the playhead on it, and what notes sound; to choose, to play, to scrub."""

import operator
from collections.abc import Callable, Hashable
from itertools import count

import pygame

from chorale.music import Clip
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.theme import Colour, Theme, mix
from chorale.ui.widgets.base import Action, Widget
from chorale.ui.widgets.clip_picture import WELL, Drawn
from chorale.ui.widgets.drum_grid import draw_grid
from chorale.ui.widgets.grains import Grain, fill
from chorale.ui.widgets.roll import draw_roll

__all__ = ["ClipView"]

_ACTIVATING = {pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE}
_SHOWN = count(1)


class ClipView(Widget):
    """A clip, drawn as a piano roll or as a drum grid.

    Args:
        action: what a click, Enter or Space does.
        playhead: asked for the step that is heard; None while nothing of this clip is.
        selected: whether it is the chosen one.
        kept: whether the person kept it.
        hovered: told when the pointer comes (True) and goes (False).
        seek: given, the pointer scrubs: called with the step under it, on press and while it is dragged.
        empty: the words where there is no clip.

    Attributes:
        clip: what is shown, or None; change it with ``show``.
        before: what it was made of, drawn behind it as outlines, or None.
        beside: clips that it is compared with, whose notes have their rows in it, too.
    """

    def __init__(
        self,
        id: str,  # noqa: A002  the field's name
        label: str,
        action: Action = lambda: None,
        *,
        playhead: Callable[[], float | None] = lambda: None,
        selected: Callable[[], bool] = lambda: False,
        kept: Callable[[], bool] = lambda: False,
        hovered: Callable[[bool], None] = lambda on: None,  # noqa: ARG005  nobody wants to know
        seek: Callable[[float], None] | None = None,
        empty: str = "",
        keys: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(id, label, keys=keys, hint=hint)
        self.action, self.playhead, self.hovered, self.seek = action, playhead, hovered, seek
        self.is_selected, self.is_kept = selected, kept
        self.empty = empty
        self.clip: Clip | None = None
        self.before: Clip | None = None
        self.beside: tuple[Clip, ...] = ()
        self._number = 0  # a new one with every clip: cheaper to compare than two clips
        self._drawn: Drawn | None = None
        self._drawn_for: Hashable = None

    def show(self, clip: Clip | None, before: Clip | None = None, beside: tuple[Clip, ...] = ()) -> None:
        """Show a clip, with what it was before it was grooved, on the same rows as those beside it."""
        same = len(beside) == len(self.beside) and all(map(operator.is_, beside, self.beside))
        if clip is not self.clip or before is not self.before or not same:
            self.clip, self.before, self.beside, self._number = clip, before, beside, next(_SHOWN)

    @property
    def live(self) -> bool:  # type: ignore[override]  # a fact of the class in others, of the moment here
        """Whether the playhead is on it: it is drawn anew in every frame then."""
        return self.playhead() is not None

    @property
    def value(self) -> str:
        """What is on it, in words."""
        if self.clip is None:
            return self.empty
        what = "hits" if self.clip.drums else "notes"
        states = [word for word, on in (("selected", self.is_selected()), ("kept", self.is_kept())) if on]
        return ", ".join([f"{len(self.clip.notes)} {what}", *states])

    @property
    def look(self) -> Hashable:
        """Which clip it shows, and its states."""
        return (
            self._number, self.is_selected(), self.is_kept(), self.hot, self.pressed, self.enabled, self.visible,
            self.rect.topleft, self.rect.size,
        )  # fmt: skip

    def step_at(self, position: tuple[int, int]) -> float:
        """Return the step under a point of the screen."""
        if self._drawn is None:
            return 0.0
        return self._drawn.frame.step(position[0] - self.rect.x)

    # What happens to it ---------------------------------------------------------------------------------------

    def press(self, position: tuple[int, int]) -> None:
        """Scrub, where that is wanted."""
        self.drag(position)

    def drag(self, position: tuple[int, int]) -> None:
        """Scrub, where that is wanted."""
        if self.seek is not None and self.clip is not None:
            self.seek(self.step_at(position))

    def release(self, position: tuple[int, int]) -> None:
        """Choose it, if the pointer is still on it."""
        if self.enabled and self.contains(position):
            self.action()

    def key(self, event: pygame.event.Event) -> bool:
        """Choose it on Enter and Space."""
        if event.key in _ACTIVATING and self.enabled:
            self.action()
            return True
        return False

    def hover(self, position: tuple[int, int]) -> None:
        """Tell that the pointer came."""
        del position
        if not self._told:
            self._told = True
            self.hovered(True)

    def leave(self) -> None:
        """Tell that the pointer went."""
        self._told = False
        self.hovered(False)

    _told = False

    # Drawing --------------------------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the picture, the playhead with what sounds, and the states."""
        if self.rect.width < 8 or self.rect.height < 8:
            return
        drawn = self._picture(theme)
        if drawn is None:
            self._draw_empty(surface, theme)
        else:
            surface.blit(drawn.surface, self.rect)
            self._draw_playhead(surface, drawn, theme)
        self._draw_states(surface, theme)

    def _picture(self, theme: Theme) -> Drawn | None:
        wanted = (self._number, self.rect.size, theme, self.hot)
        if self._drawn_for != wanted:
            self._drawn, self._drawn_for = self._painted(theme), wanted
        return self._drawn

    def _painted(self, theme: Theme) -> Drawn | None:
        if self.clip is None:
            return None
        paint = draw_grid if self.clip.drums else draw_roll
        return paint(self.clip, self.before, self.rect.size, theme, self._ground, self.beside)

    @property
    def _ground(self) -> Colour:
        return mix(WELL, colours.RAISED, 0.5) if self.hot else WELL

    def _draw_empty(self, surface: pygame.Surface, theme: Theme) -> None:
        draw.box(surface, self.rect, self._ground, theme.px(8))
        text = theme.text(theme.fitted(self.empty, self.rect.width - theme.px(16), 12), 12, "sans", colours.FAINT)
        surface.blit(text, text.get_rect(center=self.rect.center))

    def _draw_playhead(self, surface: pygame.Surface, drawn: Drawn, theme: Theme) -> None:
        at = self.playhead()
        if at is None:
            return
        for mark in drawn.sounding(at):
            lit = Grain(mark.grain.left + self.rect.x, mark.grain.top + self.rect.y, mark.grain.width,
                        mark.grain.height, mark.grain.radius)  # fmt: skip
            fill(surface, lit, mix(mark.colour, (255, 255, 255), 0.65))
        area = drawn.frame.area.move(self.rect.topleft)
        x = self.rect.x + drawn.frame.x(min(max(at, 0.0), drawn.frame.steps))
        fill(surface, Grain(x - theme.scale, area.y, 2 * theme.scale, area.height, theme.scale), colours.ACCENT)

    def _draw_states(self, surface: pygame.Surface, theme: Theme) -> None:
        if self.is_selected():
            draw.outline(surface, self.rect, colours.ACCENT, theme.px(8), max(2, theme.px(2)))
        elif self.hot and self.enabled:
            draw.outline(surface, self.rect, colours.EDGE, theme.px(8), max(1, theme.px(1)))
        if self.is_kept():
            _draw_ribbon(surface, self.rect, theme)


def _draw_ribbon(surface: pygame.Surface, rect: pygame.Rect, theme: Theme) -> None:
    """Draw a bookmark at the upper right: this one is kept."""
    width, height = theme.px(10), theme.px(15)
    x, y = rect.right - theme.px(12) - width, rect.y
    points = [(x, y), (x + width, y), (x + width, y + height), (x + width / 2, y + height - width / 2), (x, y + height)]
    pygame.draw.polygon(surface, colours.ACCENT, points)
