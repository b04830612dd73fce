"""The panel at the right: Bach, the Harmonize button with its gears, the answers, and how it is to be done."""

import math
from collections.abc import Callable, Hashable
from functools import partial

import pygame

from chorale.app.harmonizing import LETTERS
from chorale.theory import Severity
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import gear, icon
from chorale.ui.portrait import Portrait
from chorale.ui.scenes.editor.harmony import Harmony
from chorale.ui.scenes.editor.state import State
from chorale.ui.scenes.editor.tune import Tune
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget
from chorale.ui.widgets.button import Button, Toggle
from chorale.ui.widgets.panel import Panel

__all__ = ["WIDTH", "SidePanel"]

WIDTH = 304
_FIXED = 222  # units: all but what tunes the harmonizer
_PORTRAIT = 184  # units wide; the answers stand beside it
_MARGIN = 18
_GEAR_TURNS = 24  # pictures of a wheel within one tooth
_TEETH_PER_SECOND = 7.0
_MOST_LETTERS = len(LETTERS)


class HarmonizeButton(Button):
    """The button that matters; its wheels turn while the harmonizer is at work, and it stops it then."""

    live = True

    def __init__(self, state: State, harmony: Harmony) -> None:
        super().__init__("harmonize", "Harmonize", harmony.start, text="Harmonize", style="gold", keys="H")
        self._state, self._harmony = state, harmony

    @property
    def value(self) -> str:
        """What it would do, or how far the work is."""
        return f"{self._harmony.fraction:.0%}" if self._harmony.running else self._words()

    @property
    def tooltip(self) -> str:
        """What it would do."""
        return "Stop" if self._harmony.running else "Let Bach write the other voices"

    def _words(self) -> str:
        bars = self._state.bars
        if self._harmony.running:
            return "Stop"
        if bars is None:
            return "Harmonize"
        return f"Bar {bars[0]}" if bars[0] == bars[1] else f"Bars {bars[0]}\N{EN DASH}{bars[1]}"

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the plate of gold, wheels and word, and the progress along its foot."""
        plate = self.rect.copy()
        plate.height -= theme.px(3)
        if self.pressed:
            plate.y += theme.px(2)
        else:
            draw.box(surface, plate.move(0, theme.px(3)), colours.ACCENT_DEEP, theme.px(10))
        top, bottom = (colours.ACCENT_SOFT, colours.ACCENT) if not self.hot else ((248, 218, 140), (236, 190, 78))
        draw.gradient_box(surface, plate, top, bottom, theme.px(10))
        draw.outline(surface, plate, (255, 236, 190, 130), theme.px(10), theme.px(1))
        self._draw_content(surface, theme, plate)
        if self._harmony.running:
            self._draw_progress(surface, theme, plate)

    def _draw_content(self, surface: pygame.Surface, theme: Theme, plate: pygame.Rect) -> None:
        words = theme.text(self._words(), 21, "serif-bold", colours.ON_ACCENT)
        large, small = theme.px(32), theme.px(21)
        wheels = large + small - theme.px(3)
        x = plate.centerx - (wheels + theme.px(12) + words.get_width()) // 2
        turning = self._harmony.running and not theme.still
        turn = self._state.now * _TEETH_PER_SECOND if turning else 0.0
        _draw_wheels(surface, (x, plate.centery), large, small, turn)
        surface.blit(words, words.get_rect(midleft=(x + wheels + theme.px(12), plate.centery)))

    def _draw_progress(self, surface: pygame.Surface, theme: Theme, plate: pygame.Rect) -> None:
        track = pygame.Rect(plate.x + theme.px(12), plate.bottom - theme.px(8), plate.width - theme.px(24), theme.px(4))
        draw.box(surface, track, (*colours.ON_ACCENT, 70), theme.px(2))
        done = track.copy()
        done.width = round(track.width * max(0.02, self._harmony.fraction))
        draw.box(surface, done, colours.ON_ACCENT, theme.px(2))


def _draw_wheels(surface: pygame.Surface, at: tuple[int, int], large: int, small: int, turn: float) -> None:
    """Draw two wheels whose teeth mesh; ``turn`` counts teeth."""
    step = math.floor(turn * _GEAR_TURNS) % _GEAR_TURNS
    first = gear(large, colours.ON_ACCENT, 10, step, _GEAR_TURNS)
    back = (_GEAR_TURNS // 2 - step) % _GEAR_TURNS
    second = gear(small, (92, 66, 14), 7, back, _GEAR_TURNS)
    surface.blit(first, first.get_rect(midleft=(at[0], at[1] + large // 12)))
    surface.blit(second, second.get_rect(midleft=(at[0] + large - small // 7, at[1] - large // 4)))


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
