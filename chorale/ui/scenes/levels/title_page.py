"""The title: Bach, and a letter of his that says who he is and what there is to do, or how far one has come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.portrait import Portrait
from chorale.ui.scenes.editor.keys import Command
from chorale.ui.scenes.editor.room import lamp
from chorale.ui.scenes.levels.hall import Hall
from chorale.ui.scenes.levels.letter import BROWN, INK, parchment, seal
from chorale.ui.scenes.levels.page import Page
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget
from chorale.ui.widgets.button import Button

__all__ = ["Greeting", "TitlePage", "first_greeting", "later_greeting"]

_WIDTH, _HEIGHT = 1040, 520  # units of the whole
_PORTRAIT = 372
_LETTER = 620
_SIZE, _STEP = 17.5, 27  # of the letter's words, and from line to line
_WHO = "I am Johann Sebastian Bach, cantor at St Thomas in Leipzig, and from today your teacher."
_WHAT = (
    "Each lesson you master gives a pipe its voice back. You will begin with the names of the notes, and in the end "
    "write for four voices as I do; you may even try to beat me."
)


@dataclass(frozen=True)
class Greeting:
    """What the letter says.

    Attributes:
        heading: its first line.
        paragraphs: what follows.
        word: what the gold button says.
    """

    heading: str
    paragraphs: tuple[str, ...]
    word: str


def first_greeting(pipes: int) -> Greeting:
    """Return what one reads at the first visit; ``pipes`` is the number of levels."""
    return Greeting(
        "To whoever opens this door, greetings.",
        (
            f"{_WHO} This organ has {pipes} pipes, and not one of them speaks.",
            _WHAT,
            "No clock runs here, and nothing can be broken. Write, listen, mend. I shall always tell you why.",
        ),
        "Begin",
    )


def later_greeting(speaking: int, pipes: int, following: str) -> Greeting:
    """Return what one reads at later visits.

    Args:
        speaking: levels that were passed.
        pipes: all levels.
        following: number and title of the next level, "" where none is left.
    """
    if not following:
        return Greeting(
            "The organ is whole.",
            (
                f"All {pipes} pipes speak, and you made them. There is nothing more I could teach you here.",
                "Win the stars that are still missing, or go to Compose and write what no one has heard yet.",
            ),
            "To the organ",
        )
    begun = f"{speaking} of {pipes} pipes speak" if speaking != 1 else f"One of {pipes} pipes speaks"
    silent = "Not one pipe speaks yet" if not speaking else f"{begun} already"
    return Greeting(
        "Welcome back.",
        (
            f"{silent}. I kept everything as you left it.",
            f"The next lesson waits on the desk: {following}.",
            "Or walk along the organ and take an old lesson again; only your best result counts.",
        ),
        "Continue",
    )


class TitlePage(Page):
    """Portrait and letter.

    Args:
        hall: the room's things.
        greeting: gives what the letter says.
        begin: begins, or goes on with, the level that is next.
        others: further ways: the map, the sandbox, own levels.
        offers: buttons at the bar's right end.
    """

    def __init__(
        self,
        hall: Hall,
        greeting: Callable[[], Greeting],
        begin: Callable[[], None],
        others: Sequence[Button],
        offers: Sequence[Button],
    ) -> None:
        super().__init__(hall, (), offers)
        self._greeting = greeting
        self.greeting = greeting()
        self.portrait = Portrait()
        self.begin = Button("start", "Begin", begin, text="Begin", style="gold", keys="Enter", text_size=18)
        self._others = list(others)
        self._letter = pygame.Rect(0, 0, 1, 1)
        self._still: tuple[object, pygame.Surface] | None = None
        self.board.home = self.begin
        self.keys.fill([Command("Title", "Begin, go on", ("Enter",), self.begin.activate)])

    def enter(self) -> None:
        """Write the letter anew."""
        self.greeting = self._greeting()
        self.begin.text = self.greeting.word
        self.board.go_home()

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [self.portrait, self.begin, *self._others]

    @property
    def loose(self) -> list[Widget]:
        """All of them."""
        return self.widgets

    def lay_out(self, theme: Theme) -> None:
        """Portrait at the left, the letter at the right, the buttons below it."""
        whole = pygame.Rect(0, 0, theme.px(_WIDTH), theme.px(_HEIGHT))
        whole.center = self.rect.center
        width = theme.px(_PORTRAIT)
        self._letter = pygame.Rect(whole.right - theme.px(_LETTER), whole.y, theme.px(_LETTER), theme.px(420))
        height = Portrait.height_for(width)
        self.portrait.rect = pygame.Rect(whole.x, self._letter.centery - height // 2, width, height)
        tall, gap = theme.px(52), theme.px(12)
        y = self._letter.bottom + theme.px(28)
        self.begin.rect = pygame.Rect(self._letter.x, y, theme.px(220), tall)
        x, room = self.begin.rect.right + gap, self._letter.right - self.begin.rect.right
        wide = room // max(1, len(self._others)) - gap
        for button in self._others:
            button.rect = pygame.Rect(x, y, wide, tall)
            x += wide + gap

    def draw_page(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw what stands still, kept as a picture until it changes."""
        look = (theme, tuple(self.rect), self.greeting)
        if self._still is None or self._still[0] != look:
            picture = pygame.Surface(self.rect.bottomright)
            self._draw_still(picture, theme)
            self._still = (look, picture.subsurface(self.rect).copy())
        surface.blit(self._still[1], self.rect)

    def _draw_still(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw room, frame and letter."""
        surface.blit(lamp(self.rect.size), self.rect)
        around = self.portrait.rect.inflate(theme.px(20), theme.px(20))
        draw.shadow(surface, around, theme.px(26), 190, theme.px(8), theme.px(10))
        draw.gradient_box(surface, around, (124, 86, 60), (60, 40, 32), theme.px(10))
        draw.outline(surface, around, (205, 158, 62), theme.px(10), theme.px(2))
        draw.shadow(surface, self._letter, theme.px(22), 170, theme.px(5), theme.px(9))
        surface.blit(parchment(self._letter.size, theme), self._letter)
        name = theme.text("Johann Sebastian Bach", 17, "serif-italic", colours.ACCENT_SOFT)
        surface.blit(name, name.get_rect(midtop=(around.centerx, around.bottom + theme.px(12))))
        years = theme.text("1685\N{EN DASH}1750", 13, "sans", colours.MUTED)
        surface.blit(years, years.get_rect(midtop=(around.centerx, around.bottom + theme.px(38))))
        self._draw_words(surface, theme)

    def _draw_words(self, surface: pygame.Surface, theme: Theme) -> None:
        sheet, pad = self._letter, theme.px(40)
        heading = theme.text(self.greeting.heading, 25, "serif-italic", BROWN)
        surface.blit(heading, (sheet.x + pad, sheet.y + theme.px(30)))
        y = sheet.y + theme.px(84)
        for paragraph in self.greeting.paragraphs:
            for line in theme.wrapped(paragraph, sheet.width - 2 * pad, _SIZE, "serif"):
                surface.blit(theme.text(line, _SIZE, "serif", INK), (sheet.x + pad, y))
                y += theme.px(_STEP)
            y += theme.px(11)
        stamp = seal(theme.px(64))
        surface.blit(stamp, stamp.get_rect(bottomright=(sheet.right - theme.px(26), sheet.bottom - theme.px(16))))
        signed = theme.text("J. S. Bach", 22, "serif-italic", BROWN)
        surface.blit(signed, signed.get_rect(bottomright=(sheet.right - theme.px(104), sheet.bottom - theme.px(30))))

    def pass_time(self, now: float) -> float | None:
        """He breathes and blinks."""
        return self.portrait.update(now, still=self.hall.theme.still)
