"""How Harmonize is to go about it: two sliders that always show, and behind a button what is set once in a while."""

from collections.abc import Callable
from functools import partial

import pygame

from chorale.app.harmonizing import LETTERS
from chorale.ui import theme as colours
from chorale.ui.scenes.editor.harmony import Harmony
from chorale.ui.scenes.editor.state import State
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.button import Button, Toggle
from chorale.ui.widgets.menu import Dropdown, Entry
from chorale.ui.widgets.slider import Slider
from chorale.ui.widgets.spinner import Spinner

__all__ = ["Tune"]

_ROW, _MORE, _GAP = 40, 32, 8  # units: the sliders' row, a row behind the button, white between rows
_BUTTON = 34
_BETWEEN = 14  # units between the sliders
_ENDS = 16  # units: the line with the words over a slider
_MOST_SEEDS = 9999


class Tune:
    """The widgets and their places.

    Args:
        state: of the editor.
        harmony: what they set.
        changed: called when the rows behind the button come or go.
        ask: lets the person ask for a chord.
    """

    def __init__(self, state: State, harmony: Harmony, changed: Callable[[], None], ask: Callable[[], None]) -> None:
        self._harmony, self._changed = harmony, changed
        self.open = False
        self.ornament = Slider(
            "ornament",
            "How ornate",
            -1.0,
            1.0,
            step=0.1,
            get=lambda: harmony.ornament,
            set=harmony.set_ornament,
            spoken=_ornament,
            knob=7,
            hint="Note against note, to flowing eighths",
        )
        self.temperature = Slider(
            "temperature",
            "How bold",
            0.0,
            2.0,
            step=0.1,
            get=lambda: harmony.temperature,
            set=harmony.set_temperature,
            spoken=_boldness,
            knob=7,
            hint="The likeliest chords, to surprising ones",
        )
        self.more = Toggle(
            "tune",
            "More about how to harmonize",
            self.toggle,
            lambda: self.open,
            picture=icon_picture("tune"),
            style="plain",
            keys="O",
            hint="Answers, seed, chords, model",
        )
        self.answers = Spinner(
            "answers",
            "Answers",
            1,
            len(LETTERS),
            get=lambda: harmony.alternatives,
            set=harmony.set_alternatives,
            spoken=lambda count: f"{count} answer{'' if count == 1 else 's'}",
            hint="How many answers to choose from",
        )
        self.seed = Spinner(
            "seed",
            "Seed",
            0,
            _MOST_SEEDS,
            get=lambda: harmony.seed,
            set=harmony.set_seed,
            spoken=lambda seed: f"Seed {seed}",
            hint="The same seed gives the same answer again",
        )
        self.chord = Button(
            "ask-chord",
            "Ask for a chord",
            ask,
            text="Ask for a chord here",
            keys="Ctrl+K",
            hint="At the caret: V6/5, viio7/V, D7/F#",
        )
        self.model = Dropdown(
            "model",
            "Model",
            lambda: f"Model: {harmony.model}",
            self._models,
            state.board.open_dropdown,
            hint="Who harmonizes",
        )
        self._ends: tuple[pygame.Rect, ...] = ()

    def _models(self) -> list[Entry]:
        harmony = self._harmony
        return [Entry(name, partial(harmony.set_model, name), chosen=name == harmony.model) for name in harmony.models]

    def toggle(self) -> None:
        """Show or put away what is set once in a while."""
        self.open = not self.open
        self._changed()

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [self.ornament, self.temperature, self.more, self.answers, self.seed, self.chord, self.model]

    @property
    def height(self) -> int:
        """Units it needs."""
        rows = (3 if len(self._harmony.models) > 1 else 2) if self.open else 0
        return _ROW + rows * (_GAP + _MORE) + (_GAP if rows else 0)

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Give every widget its place in a rectangle of that height."""
        button, gap = theme.px(_BUTTON), theme.px(_BETWEEN)
        width = (rect.width - button - 2 * gap) // 2
        self.more.rect = pygame.Rect(rect.right - button, rect.y + theme.px(3), button, button)
        lefts = (rect.x, rect.x + width + gap)
        self._ends = tuple(pygame.Rect(left, rect.y, width, theme.px(_ENDS)) for left in lefts)
        for slider, left in zip((self.ornament, self.temperature), lefts, strict=True):
            slider.rect = pygame.Rect(left - theme.px(6), rect.y + theme.px(_ENDS), width + theme.px(12), theme.px(22))
        self._lay_out_more(rect, theme)

    def _lay_out_more(self, rect: pygame.Rect, theme: Theme) -> None:
        y, height, gap = rect.y + theme.px(_ROW + _GAP), theme.px(_MORE), theme.px(_GAP)
        half = (rect.width - gap) // 2
        self.answers.rect = pygame.Rect(rect.x, y, half, height)
        self.seed.rect = pygame.Rect(rect.right - half, y, half, height)
        self.chord.rect = pygame.Rect(rect.x, y + height + gap, rect.width, height)
        self.model.rect = pygame.Rect(rect.x, y + 2 * (height + gap), rect.width, height)
        self.answers.visible = self.seed.visible = self.chord.visible = self.open
        self.model.visible = self.open and len(self._harmony.models) > 1

    def draw_words(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw what the sliders' ends mean."""
        for ends, words in zip(self._ends, (("Plain", "Ornate"), ("Calm", "Bold")), strict=True):
            for word, anchor in zip(words, ("midleft", "midright"), strict=True):
                text = theme.text(word, 12, "sans", colours.MUTED)
                surface.blit(text, text.get_rect(**{anchor: getattr(ends, anchor)}))


def _ornament(value: float) -> str:
    """Return a place between plain and ornate in words."""
    if abs(value) < 0.05:
        return "as Bach"
    return f"{abs(value):.0%} {'ornate' if value > 0 else 'plain'}"


def _boldness(value: float) -> str:
    """Return a temperature in words."""
    return "as Bach" if abs(value - 1) < 0.05 else f"{value:.2g}"
