"""A piano roll: a melody's notes as bars, as high as they sound and as bright as they are loud."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from chorale.music import Clip, ClipNote
from chorale.ui import theme as colours
from chorale.ui.theme import Colour, Theme, mix
from chorale.ui.widgets.clip_picture import MELODY, Drawn, Frame, Mark, is_tiny, rule, shade, well
from chorale.ui.widgets.grains import Grain, fill, ring

__all__ = ["draw_roll"]

_BLACK_KEYS = {1, 3, 6, 8, 10}
_BLACK_ROW: Colour = (30, 25, 35)
_C_LINE: Colour = (66, 58, 76)
_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_LEAST_SPAN = 12  # semitones that are shown at least, so that two notes do not fill the field
_GHOST: Colour = (214, 205, 224)


@dataclass(frozen=True)
class _Rows:
    """Which pitches are shown, and how high each stands."""

    area: pygame.Rect
    low: int
    high: int

    @classmethod
    def of(cls, area: pygame.Rect, pitches: list[int]) -> "_Rows":
        low, high = (min(pitches) - 1, max(pitches) + 1) if pitches else (59, 73)
        missing = max(0, _LEAST_SPAN - (high - low + 1))
        return cls(area, max(0, low - missing // 2), min(127, high + (missing + 1) // 2))

    @property
    def height(self) -> float:
        """Pixels a semitone."""
        return self.area.height / (self.high - self.low + 1)

    def top(self, pitch: int) -> float:
        """Return the upper edge of a pitch's row."""
        return self.area.y + (self.high - pitch) * self.height


def draw_roll(
    clip: Clip,
    before: Clip | None,
    size: tuple[int, int],
    theme: Theme,
    ground: Colour,
    beside: Sequence[Clip] = (),
) -> Drawn:
    """Return the picture of a melody, with outlines where notes were before.

    Clips that it stands ``beside`` have their pitches in sight, too: the same height is the same note in all of them.
    """
    large = size[1] >= theme.px(180)
    surface = well(size, theme, ground)
    tiny = is_tiny(size, theme)
    frame = Frame.of(clip, size, theme, theme.px(40 if large else 6 if tiny else 26))
    shown = [each for each in (clip, before, *beside) if each is not None]
    rows = _Rows.of(frame.area, [note.pitch for each in shown for note in each.notes])
    _draw_rows(surface, frame, rows, theme, named=not tiny)
    rule(surface, clip, frame, theme)
    for note in before.notes if before is not None else ():
        ring(surface, _grain(note, frame, rows), (*_GHOST, 150), max(1.0, theme.scale))
    marks = [Mark(note, _grain(note, frame, rows), shade(MELODY, note.velocity)) for note in clip.notes]
    for mark in marks:
        fill(surface, mark.grain, mark.colour)
        if large:
            _name(surface, mark, theme)
    return Drawn(surface, frame, marks)


def _draw_rows(surface: pygame.Surface, frame: Frame, rows: _Rows, theme: Theme, *, named: bool) -> None:
    """Darken the black keys' rows, and draw and name the line under each C."""
    for pitch in range(rows.low, rows.high + 1):
        top = rows.top(pitch)
        if pitch % 12 in _BLACK_KEYS:
            fill(surface, Grain(frame.area.x, top, frame.area.width, rows.height, 0), _BLACK_ROW)
    for pitch in range(rows.low, rows.high + 1):
        foot = rows.top(pitch) + rows.height
        if pitch % 12 == 0:
            fill(surface, Grain(frame.area.x, foot - 0.5, frame.area.width, 1.0, 0), _C_LINE)
        if named and (pitch % 12 == 0 or (rows.height >= theme.px(13) and pitch % 12 not in _BLACK_KEYS)):
            _label(surface, frame, pitch, foot - rows.height / 2, theme)


def _label(surface: pygame.Surface, frame: Frame, pitch: int, middle: float, theme: Theme) -> None:
    is_c = pitch % 12 == 0
    name = _NAMES[pitch % 12] + (str(pitch // 12 - 1) if is_c else "")
    text = theme.text(name, 10, "semibold" if is_c else "sans", colours.MUTED if is_c else colours.FAINT)
    y = min(max(round(middle) - text.get_height() // 2, 0), frame.area.bottom - text.get_height() + theme.px(3))
    surface.blit(text, (frame.area.x - theme.px(5) - text.get_width(), y))


def _grain(note: ClipNote, frame: Frame, rows: _Rows) -> Grain:
    """Return a note's bar; a hair is left before the next, so that repeated notes stay two."""
    left, right = frame.x(float(note.start)), frame.x(min(float(note.end), frame.steps))
    gap = min(1.0, (right - left) / 4)
    inset = min(1.0, rows.height / 8)
    height = max(2.0, rows.height - 2 * inset)
    middle = rows.top(note.pitch) + rows.height / 2
    return Grain(left, middle - height / 2, max(1.5, right - left - gap), height, min(3.0, height / 3))


def _name(surface: pygame.Surface, mark: Mark, theme: Theme) -> None:
    """Write a note's name on its bar, where it fits."""
    text = theme.text(_NAMES[mark.note.pitch % 12], 10, "semibold", mix(mark.colour, (0, 0, 0), 0.75))
    box = mark.grain
    if text.get_width() + theme.px(6) <= box.width and text.get_height() * 0.8 <= box.height:
        y = round(box.top + box.height / 2 - text.get_height() / 2)
        surface.blit(text, (round(box.left) + theme.px(4), y))
