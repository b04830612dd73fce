"""The goals of a level as a list that ticks itself while one writes."""

from collections.abc import Hashable
from dataclasses import dataclass

import pygame

from chorale.levels.goals import Goal
from chorale.levels.level import Level
from chorale.levels.scoring import Outcome, Remark
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.motion import ease_out
from chorale.ui.scenes.levels.thumb import draw_thumb
from chorale.ui.theme import Face, Theme
from chorale.ui.widgets.base import Widget

__all__ = ["SIZES", "GoalsList"]

_SILENT = {"kept", "filled"}  # given notes cannot be changed here; how much is written stands in the heading
_POP = 0.18  # seconds in which a tick arrives
_EDGE, _BETWEEN = 2, 5  # units above the first row, and from row to row
_AFTER = 0.05  # seconds in which the last picture of it is drawn
_PHASES = 8  # pictures of an arriving tick
_AMBER = (238, 180, 84)
SIZES = (14.5, 13.5, 12.5)


@dataclass(frozen=True)
class _Row:
    """A goal as it stands: "met", "open", or "broken" where a rule is broken by what is written."""

    goal: Goal
    state: str
    words: str


class GoalsList(Widget):
    """The list; where there is not room for all of it, it is set smaller, and at last it scrolls.

    Args:
        level: whose goals.
        select: called with the first remark on a goal that is broken, where one is chosen.
    """

    def __init__(self, level: Level) -> None:
        super().__init__("goals", "Goals")
        self._gaps = len(level.gaps)
        self._written = 0
        self._goals = [goal for goal in level.goals if goal.check not in _SILENT]
        self._rows = [_Row(goal, "open", goal.title) for goal in self._goals]
        self._met_at: dict[str, float] = {}
        self._now = 0.0
        self._scroll = 0
        self.broken: tuple[Remark, ...] = ()

    @property
    def value(self) -> str:
        """Each goal and how it stands."""
        rows = [f"{row.words}: {row.state}" for row in self._rows]
        return "; ".join([self.written, *rows] if self.written else rows)

    @property
    def written(self) -> str:
        """How much is written, in words; "" where nothing is missing from the start."""
        return f"{self._written} of {self._gaps} written" if self._gaps else ""

    @property
    def look(self) -> Hashable:
        """The rows, and how far a tick has come, too."""
        arriving = tuple(round(self._arrived(row) * _PHASES) for row in self._rows)
        return super().look, self._scroll, tuple(self._rows), arriving

    def show(self, outcome: Outcome, missing: int, now: float) -> tuple[bool, bool]:
        """Take how things stand; return whether a goal was met since, and whether a rule was broken."""
        done = missing == 0
        broken = {remark.goal: remark for remark in reversed(outcome.remarks)} if done else {}
        before = {row.goal.name: row.state for row in self._rows}
        self._written = self._gaps - missing
        self._rows = [self._row(goal, outcome, broken, done=done) for goal in self._goals]
        after = {row.goal.name: row.state for row in self._rows}
        news = [name for name in after if after[name] != before[name]]
        for name in news:
            self._met_at[name] = now
        self.broken = tuple(remark for remark in outcome.remarks if after.get(remark.goal) == "broken")
        return any(after[name] == "met" for name in news), any(after[name] == "broken" for name in news)

    @staticmethod
    def _row(goal: Goal, outcome: Outcome, broken: dict[str, Remark], *, done: bool) -> _Row:
        """Return how a goal stands: nothing is met before all is written."""
        if done and goal.name in outcome.met:
            return _Row(goal, "met", goal.title)
        return _Row(goal, "broken" if goal.rules and goal.name in broken else "open", goal.title)

    def moving(self, now: float) -> bool:
        """Return whether a tick is arriving."""
        self._now = now
        return any(now - at < _POP + _AFTER for at in self._met_at.values())

    def _lines(self, theme: Theme, size: float) -> list[tuple[_Row, list[str]]]:
        room = self.rect.width - theme.px(34)
        return [(row, theme.wrapped(row.words, room, size)) for row in self._rows]

    def needs(self, theme: Theme, size: float = SIZES[-1]) -> int:
        """Return the height in pixels that all goals take at a size of letters."""
        rows = self._lines(theme, size)
        return theme.px(_EDGE) + sum(len(lines) * theme.px(size + 5) + theme.px(_BETWEEN) for _, lines in rows)

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the rows."""
        size = next((each for each in SIZES if self.needs(theme, each) <= self.rect.height), SIZES[-1])
        self._scroll = max(0, min(self._scroll, self.needs(theme, size) - self.rect.height))
        clip = surface.get_clip()
        surface.set_clip(self.rect.clip(clip))
        y = self.rect.y + theme.px(_EDGE) - self._scroll
        for row, lines in self._lines(theme, size):
            self._draw_sign(surface, theme, row, (self.rect.x + theme.px(11), y + theme.px((size + 5) / 2)))
            ink = {"met": colours.MUTED, "broken": _AMBER}.get(row.state, colours.TEXT)
            face: Face = "semibold" if row.goal.required and row.state != "met" else "sans"
            for line in lines:
                surface.blit(theme.text(line, size, face, ink), (self.rect.x + theme.px(32), y))
                y += theme.px(size + 5)
            y += theme.px(_BETWEEN)
        surface.set_clip(clip)
        draw_thumb(surface, theme, self.rect, self.needs(theme, size), self._scroll)

    def _arrived(self, row: _Row) -> float:
        """Return how far the sign of a row has arrived, 0..1."""
        return max(0.0, min(1.0, (self._now - self._met_at.get(row.goal.name, float("-inf"))) / _POP))

    def _draw_sign(self, surface: pygame.Surface, theme: Theme, row: _Row, centre: tuple[int, int]) -> None:
        size = 1.0 if theme.still else 0.4 + 0.6 * ease_out(self._arrived(row))
        disc = pygame.Rect(0, 0, *(2 * (theme.px(20 * size) // 2),) * 2)
        disc.center = centre
        if row.state == "met":
            draw.box(surface, disc, (64, 150, 104), disc.width // 2)
            mark = icon("check", max(4, round(disc.width * 0.72)), (255, 255, 255))
            surface.blit(mark, mark.get_rect(center=centre))
        elif row.state == "broken":
            mark = icon("warning", disc.width, _AMBER)
            surface.blit(mark, mark.get_rect(center=centre))
        else:
            draw.outline(surface, disc, colours.FAINT, disc.width // 2, max(1.2, theme.px(1.5)))

    def wheel(self, amount: float) -> bool:
        """Scroll."""
        self._scroll = max(0, round(self._scroll - amount * 30))
        return True

    def key(self, event: pygame.event.Event) -> bool:
        """Scroll by arrow keys."""
        if event.key not in {pygame.K_UP, pygame.K_DOWN}:
            return False
        return self.wheel(1 if event.key == pygame.K_UP else -1)
