"""The panel at the right: Bach, the Harmonize button with its gears, answers, boldness, seed, and a report."""

import math
from collections.abc import Hashable
from functools import partial

import pygame

from chorale.app.harmonizing import LETTERS
from chorale.music import REST
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import gear
from chorale.ui.portrait import Portrait
from chorale.ui.scenes.editor.harmony import Harmony
from chorale.ui.scenes.editor.state import State
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.button import Button, Toggle
from chorale.ui.widgets.panel import Panel
from chorale.ui.widgets.slider import Slider
from chorale.ui.widgets.spinner import Spinner

__all__ = ["WIDTH", "SidePanel"]

WIDTH = 284
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


class SidePanel(Panel):
    """The panel's widgets and their places."""

    def __init__(self, state: State, harmony: Harmony) -> None:
        super().__init__()
        self._state, self._harmony = state, harmony
        self.portrait: Portrait = state.portrait
        self.harmonize = HarmonizeButton(state, harmony)
        self.answers: list[Toggle] = [
            Toggle(
                f"answer-{letter.lower()}",
                f"Answer {letter}",
                partial(harmony.choose, index),
                partial(harmony.is_chosen, index),
                text=letter,
                keys=f"Ctrl+{index + 1}",
                hint=f"Put answer {letter} into the score",
            )
            for index, letter in enumerate(LETTERS)
        ]
        self.temperature = Slider(
            "temperature",
            "How bold",
            0.0,
            2.0,
            step=0.1,
            get=lambda: harmony.temperature,
            set=harmony.set_temperature,
            spoken=lambda value: f"{value:.2g}",
            knob=7,
            hint="Plain to adventurous; 1 is Bach's own measure",
        )
        self.seed = Spinner(
            "seed",
            "Seed",
            0,
            9999,
            get=lambda: harmony.seed,
            set=harmony.set_seed,
            spoken=lambda seed: f"Seed {seed}",
            hint="The same seed gives the same answer again",
            picture=icon_picture("dice"),
        )
        self._card = pygame.Rect(0, 0, 1, 1)
        self._ends = pygame.Rect(0, 0, 1, 1)

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [self.portrait, self.harmonize, *self.answers, self.temperature, self.seed]

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """One below the other; the portrait gives way where the window is low."""
        self.rect = rect
        margin, gap = theme.px(20), theme.px(12)
        width = rect.width - 2 * margin
        x, y = rect.x + margin, rect.y + theme.px(16)
        height = Portrait.height_for(width)
        self.portrait.rect = pygame.Rect(x, y, width, height)
        y += height + gap
        self.harmonize.rect = pygame.Rect(x, y, width, theme.px(60))
        y += theme.px(60) + gap
        chip = (width - (_MOST_LETTERS - 1) * theme.px(8)) // _MOST_LETTERS
        for index, answer in enumerate(self.answers):
            answer.rect = pygame.Rect(x + index * (chip + theme.px(8)), y, chip, theme.px(34))
        y += theme.px(34) + theme.px(10)
        self._ends = pygame.Rect(x, y, width, theme.px(18))
        self.temperature.rect = pygame.Rect(x - theme.px(4), y + theme.px(18), width + theme.px(8), theme.px(24))
        y += theme.px(18 + 24) + theme.px(10)
        self.seed.rect = pygame.Rect(x, y, width, theme.px(34))
        y += theme.px(34) + gap
        self._card = pygame.Rect(x, y, width, max(0, rect.bottom - margin + theme.px(4) - y))

    def update(self) -> None:
        """Offer those answers that there are."""
        letters = self._harmony.letters
        for index, answer in enumerate(self.answers):
            answer.enabled = index < len(letters) and not self._harmony.running

    @property
    def look(self) -> Hashable:
        """The card's words."""
        return self._card_words()

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the panel and what is no widget on it."""
        surface.fill(colours.PANEL, self.rect)
        surface.fill(colours.EDGE, (self.rect.x, self.rect.y, 1, self.rect.height))
        for words, anchor in (("Plain", "midleft"), ("Adventurous", "midright")):
            text = theme.text(words, 12, "sans", colours.MUTED)
            surface.blit(text, text.get_rect(**{anchor: getattr(self._ends, anchor)}))
        self._draw_card(surface, theme)

    def _card_words(self) -> tuple[str, tuple[str, ...]]:
        """Return the card's heading and its lines."""
        state, harmony = self._state, self._harmony
        if harmony.running:
            return "Bach is writing", ("Each voice is sung anew until all four agree. Esc stops.",)
        if harmony.report and harmony.chosen >= 0:
            head, *notes = harmony.report
            return head, tuple(notes) or (
                "Try the other letters, select bars with Shift to write them anew, or lock what you like.",
            )
        if not (state.score.chorale.pitches != REST).any():
            return "Begin with a tune", ("Write a soprano line. Harmonize adds alto, tenor and bass in Bach's manner.",)
        if state.bars is not None:
            return "Bars selected", ("Harmonize writes only these bars anew; Space plays them.",)
        if (state.score.chorale.pitches[:, 1:] != REST).any():
            return "Four parts", ("Edit any voice, or harmonize anew. Locked notes stay as they are.",)
        return "Ready", ("Press Harmonize, and Bach adds three voices to your tune.",)

    def _draw_card(self, surface: pygame.Surface, theme: Theme) -> None:
        heading, lines = self._card_words()
        pad, line = theme.px(14), theme.px(20)
        broken = [part for each in lines for part in theme.wrapped(each, self._card.width - 2 * pad, 14)]
        rows = max(0, (self._card.height - 2 * pad - theme.px(24)) // line)
        if rows == 0:
            return
        if len(broken) > rows:
            broken = [*broken[: rows - 1], theme.fitted(" ".join(broken[rows - 1 :]), self._card.width - 2 * pad, 14)]
        card = self._card.copy()
        card.height = 2 * pad + theme.px(24) + line * len(broken)
        draw.box(surface, card, colours.RAISED, theme.px(8))
        surface.blit(
            theme.text(theme.fitted(heading, card.width - 2 * pad, 14, "bold"), 14, "bold"),
            (card.x + pad, card.y + pad - theme.px(2)),
        )
        for index, part in enumerate(broken):
            y = card.y + pad + theme.px(22) + index * line
            surface.blit(theme.text(part, 14, "sans", colours.MUTED), (card.x + pad, y))
