"""The result: stars that pop one by one, the points, Bach's words, what was taken off and why, and where to go now."""

from collections.abc import Callable, Hashable

import pygame

from chorale.app.game import Handed
from chorale.levels.scoring import Outcome
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.portrait import Portrait
from chorale.ui.scenes.levels.desk import Desk
from chorale.ui.scenes.levels.remarks import Remarks
from chorale.ui.scenes.levels.speech import Speech
from chorale.ui.scenes.levels.stars import MOST, PAUSE_SECONDS, POP_SECONDS, popped, row_width, star
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.button import Button
from chorale.ui.widgets.panel import Panel

__all__ = ["WIDTH", "Verdict", "Ways", "news_of", "words_for"]

WIDTH = 420
_STAR = 62
_PORTRAIT = 150
_FIRST_STAR = 0.25  # seconds after the panel came


class Ways:
    """Where one can go from a result.

    Args:
        again: back to writing.
        onwards: to the next level.
        home: to the map.
    """

    def __init__(self, again: Callable[[], None], onwards: Callable[[], None], home: Callable[[], None]) -> None:
        self.again, self.onwards, self.home = again, onwards, home


def words_for(outcome: Outcome) -> str:
    """Return what Bach says of a result."""
    if outcome.stars == MOST:
        return "Soli Deo gloria. I would have signed this myself." if not outcome.remarks else "Well sung. Go on."
    if outcome.stars:
        lost = "Look at what I marked" if outcome.remarks else "You asked me for help"
        return f"It stands. {lost}; another time it will shine."
    return "Not yet. Look at what I marked, hear it, and try again: nothing is lost."


def news_of(handed: Handed) -> str:
    """Return what else handing in has brought: a world passed, levels unlocked, a new best."""
    if handed.passed:
        return "A whole world passed"
    if handed.unlocked:
        count = len(handed.unlocked)
        return f"{count} new lesson{'' if count == 1 else 's'} open"
    if handed.before is not None and handed.is_best:
        return "Better than ever"
    return ""


class StarRow(Widget):
    """Three stars that pop."""

    focusable = False
    live = True

    def __init__(self, won: int, heard: Callable[[int], None]) -> None:
        super().__init__("stars", "Stars")
        self.won, self._heard = won, heard
        self.since = 0.0
        self._sounded = 0

    @property
    def value(self) -> str:
        """How many were won."""
        return f"{self.won} of {MOST}"

    def pass_time(self, since: float, *, still: bool) -> float | None:
        """Let time pass since the first star; return when to draw again."""
        self.since = 60.0 if still else since - _FIRST_STAR
        popped_out = sum(self.since >= index * PAUSE_SECONDS for index in range(self.won))
        while self._sounded < popped_out:
            self._sounded += 1
            self._heard(self._sounded)
        last = (self.won - 1) * PAUSE_SECONDS + POP_SECONDS
        return 0.0 if self.won and self.since < last else None

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the stars, each as large as it has become."""
        pixels = theme.px(_STAR)
        x = self.rect.centerx - row_width(pixels) // 2
        for index in range(MOST):
            centre = (x + pixels // 2, self.rect.centery - (theme.px(8) if index == 1 else 0))
            empty = star(pixels, won=False)
            surface.blit(empty, empty.get_rect(center=centre))
            size = popped(self.since, index) if index < self.won else 0.0
            if size > 0:
                gold = star(max(2, round(pixels * size)), won=True)
                surface.blit(gold, gold.get_rect(center=centre))
            x += pixels + round(pixels * 0.16)


class Verdict(Panel):
    """The panel's widgets and their places.

    Args:
        desk: the level's.
        outcome: what was earned.
        ways: where one can go.
        onwards: what the way onwards is called, "" where there is none.
        news: what else it brought, "" for nothing.
    """

    def __init__(self, desk: Desk, outcome: Outcome, ways: Ways, onwards: str, news: str = "") -> None:
        super().__init__()
        self._desk, self.outcome = desk, outcome
        sound = desk.hall.services.sound
        self.stars = StarRow(outcome.stars, lambda number: sound.effect(f"star-{number}"))
        self.portrait: Portrait = desk.hall.portrait
        self.speech = Speech(beside=True)
        self.speech.say(words_for(outcome), news)
        self.remarks = Remarks(outcome, desk.show, desk.hear)
        self.hear = Button(
            "remark-hear", "Hear it", self._hear, text="Hear it", picture=icon_picture("speaker"), keys="V"
        )
        self.show = Button(
            "remark-show",
            "Show it",
            self._show,
            text="Show it",
            picture=icon_picture("right"),
            hint="Mark it on the page",
        )
        won = outcome.stars > 0
        self.again = Button("again", "Again", ways.again, text="Again", style="raised" if won else "gold", text_size=16)
        self.home = Button("to-map", "Organ", ways.home, text="Organ", text_size=16, keys="Esc")
        self.onwards = Button(
            "next", "Next lesson", ways.onwards, text=onwards, style="gold", text_size=16, keys="Enter"
        )
        self.onwards.visible = bool(onwards) and won
        for button in (self.hear, self.show):
            button.style = "lifted"

    def _hear(self) -> None:
        if self.remarks.selected is not None:
            self._desk.hear(self.remarks.selected)

    def _show(self) -> None:
        self._desk.show(self.remarks.selected)

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        cards: list[Widget] = [self.remarks] if self.outcome.remarks or self.outcome.hints else []
        return [
            self.stars,
            self.portrait,
            self.speech,
            *cards,
            self.hear,
            self.show,
            self.again,
            self.home,
            self.onwards,
        ]

    @property
    def look(self) -> Hashable:
        """The points."""
        return self.outcome

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Stars at the head, Bach and his words, the remarks, the ways at the foot."""
        self.rect = rect
        margin, gap = theme.px(20), theme.px(10)
        x, width = rect.x + margin, rect.width - 2 * margin
        self.stars.rect = pygame.Rect(x, rect.y + theme.px(20), width, theme.px(_STAR + 14))
        top = self.stars.rect.bottom + theme.px(54)
        wide = theme.px(_PORTRAIT)
        self.portrait.rect = pygame.Rect(x, top, wide, Portrait.height_for(wide))
        self.speech.rect = pygame.Rect(x + wide + gap, top, width - wide - gap, self.portrait.rect.height)
        foot = pygame.Rect(x, rect.bottom - theme.px(16 + 50), width, theme.px(50))
        ways = [button for button in (self.again, self.home, self.onwards) if button.visible]
        share = (foot.width - (len(ways) - 1) * gap) // len(ways)
        for index, button in enumerate(ways):
            button.rect = pygame.Rect(foot.x + index * (share + gap), foot.y, share, foot.height)
        list_top = self.portrait.rect.bottom + theme.px(16)
        self.remarks.rect = pygame.Rect(x, list_top, width, foot.y - theme.px(12) - list_top)
        self.arrange(theme)

    def arrange(self, theme: Theme) -> None:
        """Put the buttons on the card that is looked at."""
        self.remarks.arrange(theme)
        room = self.remarks.buttons
        for index, button in enumerate((self.hear, self.show)):
            button.visible = room is not None
            if room is not None:
                share = (room[2] - theme.px(8)) // 2
                button.rect = pygame.Rect(room[0] + index * (share + theme.px(8)), room[1], share, theme.px(32))
                button.visible = self.remarks.rect.contains(button.rect)
        playing = self._desk.playing.aside is not None
        self.hear.text = "Stop" if playing else "Hear it"
        self.hear.picture = icon_picture("stop" if playing else "speaker")

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the panel and the points."""
        surface.fill(colours.PANEL, self.rect)
        surface.fill(colours.EDGE, (self.rect.x, self.rect.y, 1, self.rect.height))
        points = theme.text(f"{self.outcome.points:g}", 30, "serif-bold", colours.TEXT)
        of = theme.text("of 100 points", 14, "sans", colours.MUTED)
        width = points.get_width() + theme.px(8) + of.get_width()
        left = self.rect.centerx - width // 2
        at = points.get_rect(topleft=(left, self.stars.rect.bottom - theme.px(2)))
        surface.blit(points, at)
        surface.blit(of, of.get_rect(bottomleft=(at.right + theme.px(8), at.bottom - theme.px(7))))
        if not self.outcome.remarks and not self.outcome.hints:
            self._draw_learned(surface, theme)

    def _draw_learned(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw, where nothing was taken off, what one knows now."""
        area = self.remarks.rect
        words = theme.text("Nothing was taken off. Now you know:", 15, "serif-italic", colours.MUTED)
        surface.blit(words, (area.x, area.y + theme.px(12)))
        y = area.y + theme.px(48)
        for idea in self._desk.level.teaches:
            sign = icon("check", theme.px(18), colours.ACCENT)
            surface.blit(sign, (area.x, y))
            line = theme.fitted(idea[:1].upper() + idea[1:], area.width - theme.px(30), 16, "semibold")
            surface.blit(theme.text(line, 16, "semibold"), (area.x + theme.px(28), y - theme.px(1)))
            y += theme.px(30)
