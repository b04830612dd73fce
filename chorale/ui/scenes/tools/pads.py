"""What is struck, drawn: nine pads of a kit, two octaves of a piano and more, or one wide pad; for mouse and keys."""

from collections.abc import Callable, Hashable

import pygame

from chorale.app.tools.tapping import ACCENTED, TAP, USUAL, Kind
from chorale.music import PIECES
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.scenes.tools.tap_keys import HIGHEST, LOWEST, KeyNames
from chorale.ui.theme import Colour, Theme, mix
from chorale.ui.widgets.base import Widget
from chorale.ui.widgets.drum_grid import piece_colour

__all__ = ["Pads"]

_BLACK_KEYS = {1, 3, 6, 8, 10}
_IVORY: Colour = (236, 228, 212)
_EBONY: Colour = (40, 34, 46)
_FLASH = 0.18  # seconds that a pad glows after it was struck


class Pads(Widget):
    """All that can be struck for one kind of recording.

    Args:
        kind: which is shown.
        names: what is printed on the keys.
        strike: called with a pitch and how hard, 1..127.
        let_go: called with a pitch.
        octave: how many octaves the piano is moved.
        clock: seconds.
    """

    focusable = False

    def __init__(
        self,
        kind: Callable[[], Kind],
        names: KeyNames,
        strike: Callable[[int, int], None],
        let_go: Callable[[int], None],
        octave: Callable[[], int],
        clock: Callable[[], float],
    ) -> None:
        super().__init__("tapping-pads", "Pads")
        self._kind, self._names, self._strike, self._let_go = kind, names, strike, let_go
        self._octave, self._clock = octave, clock
        self._held: int | None = None
        self._lit: dict[int, float] = {}
        self._down: set[int] = set()

    # What happens to them -------------------------------------------------------------------------------------

    def light(self, pitch: int) -> None:
        """Show that something was struck."""
        self._lit[pitch] = self._clock()
        self._down.add(pitch)

    def darken(self, pitch: int) -> None:
        """Show that it was let go."""
        self._down.discard(pitch)

    def press(self, position: tuple[int, int]) -> None:
        """Strike what is under the pointer; on a pad, the higher the harder."""
        pitch = self._at(position)
        if pitch is not None:
            depth = (position[1] - self.rect.y) / max(1, self.rect.height)
            hard = USUAL if self._kind() is Kind.MELODY else round(ACCENTED - depth * (ACCENTED - 50))
            self._held = pitch
            self._strike(pitch, hard)

    def release(self, position: tuple[int, int]) -> None:
        """Let go."""
        del position
        if self._held is not None:
            self._let_go(self._held)
            self._held = None

    def _at(self, position: tuple[int, int]) -> int | None:
        boxes = self._boxes()
        return next((pitch for pitch, box in reversed(boxes) if box.collidepoint(position)), None)

    def glow(self, pitch: int) -> float:
        """Return how much something glows, 1 when it is struck, 0 when it is dark."""
        if pitch in self._down:
            return 1.0
        return max(0.0, 1 - (self._clock() - self._lit.get(pitch, float("-inf"))) / _FLASH)

    @property
    def glowing(self) -> bool:
        """Whether anything fades at present."""
        return any(0 < self.glow(pitch) < 1 for pitch in self._lit)

    @property
    def look(self) -> Hashable:
        """What glows, too."""
        return super().look, self._kind(), tuple(round(self.glow(pitch), 2) for pitch in sorted(self._lit))

    # Places ---------------------------------------------------------------------------------------------------

    def _boxes(self) -> list[tuple[int, pygame.Rect]]:
        """Return each pitch with its rectangle; later ones lie on top."""
        kind, rect = self._kind(), self.rect
        if kind is Kind.RHYTHM:
            return [(TAP, rect)]
        if kind is Kind.DRUMS:
            gap = max(2, rect.width // 110)
            wide = (rect.width - gap * (len(PIECES) - 1)) / len(PIECES)
            lefts = [round(rect.x + n * (wide + gap)) for n in range(len(PIECES))]
            return [
                (piece.key, pygame.Rect(left, rect.y, round(wide), rect.height))
                for piece, left in zip(PIECES, lefts, strict=True)
            ]
        return _piano_boxes(rect, 12 * self._octave())

    # Drawing --------------------------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw all of them."""
        paint = {Kind.RHYTHM: self._draw_tap, Kind.DRUMS: self._draw_pad, Kind.MELODY: self._draw_key}[self._kind()]
        for pitch, box in self._boxes():
            paint(surface, theme, pitch, box)

    def _draw_tap(self, surface: pygame.Surface, theme: Theme, pitch: int, box: pygame.Rect) -> None:
        draw.box(surface, box, mix(colours.RAISED, colours.ACCENT, 0.75 * self.glow(pitch)), theme.px(10))
        ink = colours.ON_ACCENT if self.glow(pitch) > 0.5 else colours.MUTED
        text = theme.text("Tap any letter, Space, or here", 15, "semibold", ink)
        surface.blit(text, text.get_rect(center=box.center))

    def _draw_pad(self, surface: pygame.Surface, theme: Theme, pitch: int, box: pygame.Rect) -> None:
        piece = next(each for each in PIECES if each.key == pitch)
        colour, glow = piece_colour(piece), self.glow(pitch)
        draw.box(surface, box, mix(colours.RAISED, colour, 0.85 * glow), theme.px(10))
        stripe = pygame.Rect(box.x + theme.px(10), box.bottom - theme.px(9), box.width - theme.px(20), theme.px(3))
        draw.box(surface, stripe, mix(colour, (0, 0, 0), 0.35 * glow), theme.px(1))
        dark = glow > 0.5
        letter = theme.text(self._names.of(Kind.DRUMS, pitch), 22, "bold", colours.ON_ACCENT if dark else colours.TEXT)
        surface.blit(letter, letter.get_rect(center=(box.centerx, box.y + round(box.height * 0.38))))
        fitted = theme.fitted(piece.label, box.width - theme.px(8), 12)
        name = theme.text(fitted, 12, "sans", colours.ON_ACCENT if dark else colours.MUTED)
        surface.blit(name, name.get_rect(center=(box.centerx, box.y + round(box.height * 0.7))))

    def _draw_key(self, surface: pygame.Surface, theme: Theme, pitch: int, box: pygame.Rect) -> None:
        black, glow = pitch % 12 in _BLACK_KEYS, self.glow(pitch)
        face = mix(_EBONY if black else _IVORY, colours.ACCENT, 0.9 * glow)
        draw.box(surface, box, face, theme.px(4))
        ink = colours.ON_ACCENT if glow > 0.5 or not black else colours.MUTED
        letter = theme.text(self._names.of(Kind.MELODY, pitch, self._octave()), 12, "semibold", ink)
        surface.blit(letter, letter.get_rect(midbottom=(box.centerx, box.bottom - theme.px(6))))
        if pitch % 12 == 0:
            name = theme.text(f"C{pitch // 12 - 1}", 10, "sans", mix(_IVORY, (0, 0, 0), 0.55))
            surface.blit(name, name.get_rect(midbottom=(box.centerx, box.bottom - theme.px(22))))


def _piano_boxes(rect: pygame.Rect, shift: int) -> list[tuple[int, pygame.Rect]]:
    """Return the white keys, then the black ones that lie on them."""
    white = [pitch for pitch in range(LOWEST, HIGHEST + 1) if pitch % 12 not in _BLACK_KEYS]
    wide = rect.width / len(white)
    edges = [rect.x + round(n * wide) for n in range(len(white) + 1)]
    boxes = [
        (pitch + shift, pygame.Rect(edges[n], rect.y, edges[n + 1] - edges[n] - 1, rect.height))
        for n, pitch in enumerate(white)
    ]
    for pitch in range(LOWEST, HIGHEST + 1):
        if pitch % 12 in _BLACK_KEYS:
            middle = edges[white.index(pitch - 1) + 1]
            box = pygame.Rect(0, rect.y, round(wide * 0.62), round(rect.height * 0.6))
            box.centerx = middle
            boxes.append((pitch + shift, box))
    return boxes
