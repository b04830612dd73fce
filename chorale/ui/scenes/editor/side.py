"""The panel at the right: Bach, the Harmonize button with its gears, the answers, and how it is to be done."""

from collections.abc import Callable, Hashable
from functools import partial

import pygame

from chorale.app.harmonizing import LETTERS
from chorale.theory import Severity
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.portrait import Portrait
from chorale.ui.scenes.editor.harmony import Harmony
from chorale.ui.scenes.editor.state import State
from chorale.ui.scenes.editor.tune import Tune
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget
from chorale.ui.widgets.button import Toggle
from chorale.ui.widgets.gear_button import GearButton
from chorale.ui.widgets.panel import Panel

__all__ = ["WIDTH", "SidePanel"]

WIDTH = 304
_FIXED = 222  # units: all but what tunes the harmonizer
_PORTRAIT = 184  # units wide; the answers stand beside it
_MARGIN = 18
_MOST_LETTERS = len(LETTERS)


class HarmonizeButton(GearButton):
    """The button that matters; its wheels turn while the harmonizer is at work, and it stops it then."""

    def __init__(self, state: State, harmony: Harmony) -> None:
        super().__init__(
            "harmonize",
            "Harmonize",
            harmony.start,
            words=lambda: _what(state.bars),
            fraction=lambda: harmony.fraction if harmony.running else None,
            clock=lambda: state.now,
            keys="H",
            hint="Let Bach write the other voices",
        )


def _what(bars: tuple[int, int] | None) -> str:
    """Return what would be harmonized."""
    if bars is None:
        return "Harmonize"
    return f"Bar {bars[0]}" if bars[0] == bars[1] else f"Bars {bars[0]}\N{EN DASH}{bars[1]}"


class AnswerButton(Toggle):
    """A letter that puts its answer into the score, with the number of mistakes that were found in it."""

    def __init__(self, state: State, harmony: Harmony, index: int) -> None:
        letter = LETTERS[index]
        super().__init__(
            f"answer-{letter.lower()}",
            f"Answer {letter}",
            partial(harmony.choose, index),
            partial(harmony.is_chosen, index),
            text=letter,
            keys=f"Ctrl+{index + 1}",
            hint=f"Put answer {letter} into the score",
        )
        self._state, self._harmony, self._index = state, harmony, index

    @property
    def mistakes(self) -> tuple[int, int] | None:
        """How many errors and warnings the answer has; None while that is not known."""
        checked = self._state.studio.teacher.of_answer(self._index) if self.enabled else None
        return None if checked is None else (checked.counts[Severity.ERROR], checked.counts[Severity.WARNING])

    @property
    def tooltip(self) -> str:
        """What a click does, what the harmonizer says of the answer, and how many mistakes it has."""
        words = [self.hint, *self._harmony.notes_on(self._index)[:1]]
        if self.mistakes is not None:
            words.append(", ".join(_counted(*each) for each in zip(self.mistakes, ("error", "warning"), strict=True)))
        return ". ".join(word.rstrip(".") for word in words)

    @property
    def look(self) -> Hashable:
        """The number, too."""
        return super().look, self.mistakes

    def draw_content(self, surface: pygame.Surface, theme: Theme, ink: colours.Colour) -> None:
        """Draw the letter, and to its right a small sign with the number of errors, or a tick for none."""
        letter = theme.text(self.text, 14, "semibold", ink)
        if self.mistakes is None:
            surface.blit(letter, letter.get_rect(center=self.rect.center))
            return
        errors = self.mistakes[0]
        tint = colours.ON_ACCENT if self.on else colours.DANGER if errors else colours.MUTED
        mark = icon("error" if errors else "check", theme.px(13), tint)
        count = theme.text(str(errors), 12, "semibold", tint) if errors else None
        gap = theme.px(3)
        width = letter.get_width() + theme.px(6) + mark.get_width() + (count.get_width() + gap if count else 0)
        x = self.rect.centerx - width // 2
        for part, after in ((letter, theme.px(6)), (mark, gap), (count, 0)):
            if part is not None:
                surface.blit(part, part.get_rect(midleft=(x, self.rect.centery)))
                x += part.get_width() + after


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


class SidePanel(Panel):
    """The panel's widgets and their places.

    Args:
        state: of the editor.
        harmony: what the button starts.
        changed: called when the panel needs another height.
        ask: lets the person ask for a chord.
    """

    def __init__(self, state: State, harmony: Harmony, changed: Callable[[], None], ask: Callable[[], None]) -> None:
        super().__init__()
        self._state, self._harmony = state, harmony
        self.portrait: Portrait = state.portrait
        self.harmonize = HarmonizeButton(state, harmony)
        self.answers: list[Toggle] = [AnswerButton(state, harmony, index) for index in range(_MOST_LETTERS)]
        self.tune = Tune(state, harmony, changed, ask)

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [self.portrait, self.harmonize, *self.answers, *self.tune.widgets]

    @property
    def height(self) -> int:
        """Units it needs."""
        return _FIXED + self.tune.height

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Bach with the answers beside him, the button, and how it is to be done."""
        self.rect = rect
        margin, gap = theme.px(_MARGIN), theme.px(10)
        x, y, right = rect.x + margin, rect.y + theme.px(12), rect.right - margin
        width = theme.px(_PORTRAIT)
        self.portrait.rect = pygame.Rect(x, y, width, Portrait.height_for(width))
        self._lay_out_answers(
            pygame.Rect(x + width + gap, y, right - x - width - gap, self.portrait.rect.height), theme
        )
        y = self.portrait.rect.bottom + gap
        self.harmonize.rect = pygame.Rect(x, y, right - x, theme.px(56))
        y += theme.px(56 + 8)
        self.tune.lay_out(pygame.Rect(x, y, right - x, theme.px(self.tune.height)), theme)

    def _lay_out_answers(self, room: pygame.Rect, theme: Theme) -> None:
        gap = theme.px(7)
        height = (room.height - (_MOST_LETTERS - 1) * gap) // _MOST_LETTERS
        for index, answer in enumerate(self.answers):
            answer.rect = pygame.Rect(room.x, room.y + index * (height + gap), room.width, height)

    def update(self) -> None:
        """Offer those answers that there are."""
        letters = self._harmony.letters
        for index, answer in enumerate(self.answers):
            answer.enabled = index < len(letters) and not self._harmony.running

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the panel and what is no widget on it."""
        surface.fill(colours.PANEL, self.rect)
        surface.fill(colours.EDGE, (self.rect.x, self.rect.y, 1, self.rect.height))
        self.tune.draw_words(surface, theme)
