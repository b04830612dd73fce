"""How a clip is drawn: a piano roll for a melody, a grid of the kit's pieces for drums.

Both share the ruling: bars and beats from left to right, numbered where there is room, and a gutter at the left for
names. Louder is brighter, and for drums higher too; what a clip was before stands behind it as outlines.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pygame
from numpy.typing import NDArray

from chorale.music import Clip, ClipNote
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.theme import Colour, Theme, mix
from chorale.ui.widgets.grains import Grain, fill

__all__ = ["MELODY", "WELL", "Drawn", "Frame", "Mark", "is_tiny", "rule", "shade", "well"]

WELL: Colour = (34, 29, 40)
MELODY = colours.VOICE_LIGHTS[0]
_BAR: Colour = (86, 77, 98)
_BEAT: Colour = (54, 48, 62)
_LEAST_BEAT = 7.0  # units between beats that are ruled
_LEAST_NUMBER = 22.0  # units between bars that are numbered


@dataclass(frozen=True)
class Mark:
    """A note as it stands on the picture.

    Attributes:
        note: what it is.
        grain: its shape.
        colour: its colour.
    """

    note: ClipNote
    grain: Grain
    colour: Colour


@dataclass
class Drawn:
    """A finished picture.

    Attributes:
        surface: the picture.
        frame: where its steps lie.
        marks: the notes on it, in the order of their starts.
    """

    surface: pygame.Surface
    frame: "Frame"
    marks: list[Mark] = field(default_factory=list)

    @cached_property
    def _spans(self) -> NDArray[np.float64]:
        """(N, 2), when each mark's note begins, and when it no longer shows that it sounds; an hour has thousands."""
        notes = [mark.note for mark in self.marks]
        spans = [(float(note.start), float(max(note.end, note.start + 1))) for note in notes]
        return np.array(spans, dtype=float).reshape(-1, 2)

    def sounding(self, at: float) -> list[Mark]:
        """Return the marks of the notes that sound at a step."""
        starts, ends = self._spans.T
        return [self.marks[index] for index in np.flatnonzero((starts <= at) & (at < ends))]


@dataclass(frozen=True)
class Frame:
    """Where things lie within a picture, in its own pixels.

    Attributes:
        area: the field that notes are drawn on.
        steps: how many steps it holds.
    """

    area: pygame.Rect
    steps: int

    @classmethod
    def of(cls, clip: Clip, size: tuple[int, int], theme: Theme, gutter: int) -> "Frame":
        """Return the frame of a picture; a gutter of so many pixels is kept free for names."""
        pad, head = theme.px(6), head_height(size, theme)
        width = max(1, size[0] - gutter - pad)
        return cls(pygame.Rect(gutter, head, width, max(1, size[1] - head - theme.px(6))), max(1, clip.steps))

    def x(self, step: float) -> float:
        """Return where a step lies."""
        return self.area.x + self.area.width * step / self.steps

    def step(self, x: float) -> float:
        """Return which step lies at a place; held to the clip."""
        return min(max((x - self.area.x) / self.area.width, 0.0), 1.0) * self.steps

    @property
    def step_width(self) -> float:
        """Pixels a step."""
        return self.area.width / self.steps


def is_tiny(size: tuple[int, int], theme: Theme) -> bool:
    """Return whether a picture is so small that words on it would only be in the way."""
    return size[0] < theme.px(150) or size[1] < theme.px(64)


def head_height(size: tuple[int, int], theme: Theme) -> int:
    """Return how much is kept free at the top for the bars' numbers."""
    return theme.px(6) if is_tiny(size, theme) else theme.px(17)


def shade(colour: Colour, velocity: int) -> Colour:
    """Return a colour as bright as a velocity is loud."""
    level = round(velocity / 8) * 8  # so that shapes can be shared; nobody sees an eighth of a shade
    return mix(WELL, colour, 0.38 + 0.62 * min(1.0, (level / 118) ** 1.2))


def rule(surface: pygame.Surface, clip: Clip, frame: Frame, theme: Theme) -> None:
    """Draw the lines of bars and beats, and the bars' numbers."""
    beat, bar = clip.meter.steps_per_beat, clip.meter.steps_per_bar
    first = clip.pickup % beat if clip.pickup else 0
    for step in range(first, clip.steps + 1, beat):
        on_bar = (step - clip.pickup) % bar == 0
        if on_bar or beat * frame.step_width >= theme.px(_LEAST_BEAT):
            line = Grain(frame.x(step) - 0.5, frame.area.y, 1.0, frame.area.height, 0)
            fill(surface, line, _BAR if on_bar else _BEAT)
    if frame.area.y >= theme.px(14):
        _number(surface, clip, frame, theme)


def _number(surface: pygame.Surface, clip: Clip, frame: Frame, theme: Theme) -> None:
    bar = clip.meter.steps_per_bar
    every = 1
    while every * bar * frame.step_width < theme.px(_LEAST_NUMBER):
        every *= 2
    for number, step in enumerate(range(clip.pickup, clip.steps, bar)):
        if number % every == 0:
            text = theme.text(str(number + 1), 10, "sans", colours.FAINT)
            surface.blit(text, (round(frame.x(step)) + theme.px(3), frame.area.y - theme.px(3) - text.get_height() + 1))


def well(size: tuple[int, int], theme: Theme, ground: Colour) -> pygame.Surface:
    """Return an empty picture."""
    surface = pygame.Surface(size, pygame.SRCALPHA)
    draw.box(surface, surface.get_rect(), ground, theme.px(8))
    return surface
