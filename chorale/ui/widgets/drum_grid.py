"""A drum grid: a row for each piece of the kit, a bar for each hit, as high as it is loud and where it really falls.

A bar's left edge is the moment of the hit, so its distance from the thin tick of the grid is its lateness.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from chorale.music import PIECE_OF_KEY, PIECES, Clip, ClipNote, Piece
from chorale.ui import theme as colours
from chorale.ui.theme import Colour, Theme
from chorale.ui.widgets.clip_picture import Drawn, Frame, Mark, is_tiny, rule, shade, well
from chorale.ui.widgets.grains import Grain, fill, ring

__all__ = ["draw_grid", "piece_colour"]

_KICK, _SNARE, _HAT, _TOM, _CYMBAL = (
    (240, 150, 86),
    (240, 205, 116),
    (110, 200, 190),
    (196, 150, 214),
    (124, 178, 232),
)
_COLOURS: dict[Piece, Colour] = {
    Piece.KICK: _KICK,
    Piece.SNARE: _SNARE,
    Piece.CLOSED_HAT: _HAT,
    Piece.OPEN_HAT: _HAT,
    Piece.LOW_TOM: _TOM,
    Piece.MID_TOM: _TOM,
    Piece.HIGH_TOM: _TOM,
    Piece.CRASH: _CYMBAL,
    Piece.RIDE: _CYMBAL,
}
_SHORT = {
    Piece.CLOSED_HAT: "Hat",
    Piece.OPEN_HAT: "Open",
    Piece.LOW_TOM: "Low",
    Piece.MID_TOM: "Mid",
    Piece.HIGH_TOM: "High",
}
_USUAL = (Piece.KICK, Piece.SNARE, Piece.CLOSED_HAT)
_LANE: Colour = (40, 34, 47)
_GRID: Colour = (58, 51, 67)
_GHOST: Colour = (222, 214, 230)
_WIDE, _NARROW = 0.62, 0.36  # of a step
_LEAST_ROW = 11.0  # units that a row needs for its name


def piece_colour(piece: Piece) -> Colour:
    """Return the colour of a piece: one for each family of the kit."""
    return _COLOURS[piece]


@dataclass(frozen=True)
class _Rows:
    """Which pieces are shown, the lowest last."""

    area: pygame.Rect
    pieces: tuple[Piece, ...]

    @property
    def height(self) -> float:
        """Pixels a piece."""
        return self.area.height / len(self.pieces)

    def foot(self, piece: Piece) -> float:
        """Return the line that a piece's hits stand on."""
        return self.area.y + (self.pieces.index(piece) + 1) * self.height


def draw_grid(
    clip: Clip,
    before: Clip | None,
    size: tuple[int, int],
    theme: Theme,
    ground: Colour,
    beside: Sequence[Clip] = (),
) -> Drawn:
    """Return the picture of a drum part, with outlines where hits were before, as high as they were loud.

    What is struck in clips that it stands ``beside`` has its row here, too.
    """
    surface = well(size, theme, ground)
    large = size[0] >= theme.px(420)
    tiny = is_tiny(size, theme)
    frame = Frame.of(clip, size, theme, theme.px(78 if large else 6 if tiny else 40))
    rows = _Rows(frame.area, _pieces(clip, before, beside, frame.area.height, theme))
    _draw_rows(surface, frame, rows, theme)
    if not tiny:
        _name_rows(surface, frame, rows, theme, large=large)
    rule(surface, clip, frame, theme)
    for note, _ in _hits(before) if before is not None else ():
        _draw_ghost(surface, _grain(note, frame, rows, _WIDE), theme)
    wide = _WIDE if before is None else _NARROW
    marks = [
        Mark(note, _grain(note, frame, rows, wide), shade(_COLOURS[piece], note.velocity))
        for note, piece in _hits(clip)
    ]
    for mark in marks:
        fill(surface, mark.grain, mark.colour)
    return Drawn(surface, frame, marks)


def _draw_ghost(surface: pygame.Surface, grain: Grain, theme: Theme) -> None:
    """Draw where a hit was: a wide outline, in which the new one, narrower, begins earlier or later."""
    fill(surface, grain, (*_GHOST, 26))
    ring(surface, grain, (*_GHOST, 150), max(1.0, theme.scale))


def _hits(clip: Clip) -> list[tuple[ClipNote, Piece]]:
    return [(note, PIECE_OF_KEY[note.pitch]) for note in clip.notes if note.pitch in PIECE_OF_KEY]


def _pieces(clip: Clip, before: Clip | None, beside: Sequence[Clip], height: int, theme: Theme) -> tuple[Piece, ...]:
    """Return the rows from the top: all nine where there is room, else those that are struck.

    Where parts are compared, these alone: loudness and lateness want the height.
    """
    if before is None and not beside and height >= len(PIECES) * theme.px(_LEAST_ROW):
        return PIECES[::-1]
    struck = {piece for each in (clip, before, *beside) if each is not None for _, piece in _hits(each)}
    return tuple(piece for piece in PIECES[::-1] if piece in struck or piece in _USUAL)


def _name_rows(surface: pygame.Surface, frame: Frame, rows: _Rows, theme: Theme, *, large: bool) -> None:
    if rows.height < theme.px(9):
        return
    for piece in rows.pieces:
        name = piece.label if large else _SHORT.get(piece, piece.label)
        text = theme.text(name, 12 if large and rows.height >= theme.px(14) else 10, "sans", colours.MUTED)
        x, middle = frame.area.x - theme.px(6) - text.get_width(), rows.foot(piece) - rows.height / 2
        surface.blit(text, (x, round(middle - text.get_height() / 2)))


def _draw_rows(surface: pygame.Surface, frame: Frame, rows: _Rows, theme: Theme) -> None:
    for number, piece in enumerate(rows.pieces):
        if number % 2 == 0:
            top = rows.foot(piece) - rows.height
            fill(surface, Grain(frame.area.x, top, frame.area.width, rows.height, 0), _LANE)
    if frame.step_width >= theme.px(5):
        for step in range(frame.steps):
            fill(surface, Grain(frame.x(step) - 0.5, frame.area.y, 1.0, frame.area.height, 0), (*_GRID, 90))


def _grain(note: ClipNote, frame: Frame, rows: _Rows, wide: float) -> Grain:
    """Return a hit's bar, so much of a step wide."""
    loud = note.velocity / 127
    room = max(2.0, rows.height - max(1.0, rows.height * 0.12))
    height = max(1.5, room * (0.18 + 0.82 * loud))
    width = min(max(2.0, frame.step_width * wide), rows.height * 0.75)
    foot = rows.foot(PIECE_OF_KEY[note.pitch]) - (0.5 if rows.height > 6 else 0)
    return Grain(frame.x(float(note.start)), foot - height, width, height, min(2.5, width / 3))
