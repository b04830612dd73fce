"""What lies over the page and changes from frame to frame: selection, caret, range, playhead, lit notes, locks."""

from collections.abc import Iterable

import pygame

from chorale.music import REST, Score, Voice
from chorale.notation import Page
from chorale.notation.paint import paint_items
from chorale.notation.primitives import Box, Primitive
from chorale.notation.theme import Colour as Ink
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.theme import Theme
from chorale.ui.vector import Canvas, circle

__all__ = ["Overlay", "sounding_at"]

_GHOST_ALPHA = 120


def sounding_at(score: Score, step: int, heard: Score | None = None) -> list[tuple[int, int]]:
    """Return (voice, first step) of the notes that sound at a step: all, or those also in a passage heard alone."""
    alone = score if heard is None else heard
    if not 0 <= step < min(score.steps, alone.steps):
        return []
    found = []
    sung = alone.chorale.pitches[step]
    for voice in range(4):
        if score.chorale.pitches[step, voice] != REST and sung[voice] != REST:
            start = step
            while not score.chorale.onsets[start, voice]:
                start -= 1
            found.append((voice, start))
    return found


class Overlay:
    """Draws over a page whose corner is at (x, y) on the surface.

    Args:
        surface: where to draw.
        theme: sizes.
        page: the page.
        space: pixels a staff space.
        corner: the page's corner.
    """

    def __init__(self, surface: pygame.Surface, theme: Theme, page: Page, space: int, corner: tuple[int, int]) -> None:
        self.surface, self.theme, self.page, self.space, self.corner = surface, theme, page, space, corner

    def rect(self, box: Box) -> pygame.Rect:
        """Return a box of the page in pixels."""
        left, top = self.corner[0] + box.left * self.space, self.corner[1] + box.top * self.space
        return pygame.Rect(
            round(left),
            round(top),
            round((box.right - box.left) * self.space),
            round((box.bottom - box.top) * self.space),
        )

    def ghost(self, items: Iterable[Primitive], voice: int | None, alpha: int = _GHOST_ALPHA) -> None:
        """Draw notes that are not there yet, faintly; without a voice in ink."""
        tint = colours.INK if voice is None else colours.VOICE_COLOURS[voice]
        paint_items(items, self.surface, self.space, self.corner, colour=Ink(*tint[:3], alpha))

    def cover(self, box: Box) -> None:
        """Cover a part of the page with its own colour."""
        self.surface.fill(colours.PAGE, self.rect(box))

    def promise(self, x: float, y: float) -> None:
        """Ring the place of a head that is not there yet."""
        area = self.rect(Box(x - 1.1, y - 1.0, x + 1.1, y + 1.0))
        draw.box(self.surface, area, (*colours.ACCENT, 60), area.height // 2)
        draw.outline(self.surface, area, (*colours.ACCENT_DEEP, 190), area.height // 2, max(1.2, self.space / 9))

    def bars(self, first: int, last: int) -> None:
        """Wash over a range of bars."""
        for system in self.page.systems:
            inside = [bar for bar in system.bars if first <= bar.number <= last]
            if inside:
                area = self.rect(Box(inside[0].left, system.staves[0] - 2, inside[-1].right, system.staves[1] + 6))
                draw.box(self.surface, area, (*colours.ACCENT, 46), self.theme.px(6))
                draw.outline(self.surface, area, (*colours.ACCENT_DEEP, 150), self.theme.px(6), self.theme.px(1))

    def selected(self, notes: Iterable[tuple[int, int]]) -> None:
        """Ring the heads of selected notes."""
        chosen = sorted(set(notes))
        for note in (head for voice, start in chosen for head in self.page.heads_of(voice, start)):
            area = self.rect(note.box.grown(0.42))
            draw.box(self.surface, area, (*colours.ACCENT, 96), area.height // 2)
            draw.outline(self.surface, area, colours.ACCENT_DEEP, area.height // 2, max(1.5, self.space / 7))
        for voice, start in chosen:
            paint_items(self.page.items_of(voice, start), self.surface, self.space, self.corner)

    def length_bar(self, voice: int, start: int, end: int, *, lit: bool) -> pygame.Rect | None:
        """Draw how long the selected note lasts, with a handle at its end; return the handle's rectangle."""
        note = self.page.note_box(voice, start)
        if note is None:
            return None
        system = self.page.system_at(start)
        inside = end < system.last
        right = (
            self.page.x_of(end) - 1.0
            if inside and self.page.x_of(end) - 1.0 > note.box.right
            else system.bar_at(min(end, system.last) - 1).right - 0.5
        )
        y = note.box.bottom + 0.75 if not Voice(voice).stem_up else note.box.top - 0.75
        right = max(right, note.box.right + 0.6)
        line = self.rect(Box(note.x, y - 0.08, right, y + 0.08))
        line.height = max(2, line.height)
        tint = colours.VOICE_COLOURS[voice]
        draw.box(self.surface, line, (*tint[:3], 150), 1)
        handle = pygame.Rect(0, 0, self.theme.px(10 if lit else 8), self.theme.px(16 if lit else 14))
        handle.center = (line.right, line.centery)
        draw.box(self.surface, handle, tint, self.theme.px(4))
        return handle.inflate(self.theme.px(8), self.theme.px(6))

    def caret(self, step: int, voice: int) -> None:
        """Draw where keys write: a thin line on the voice's staff, with its letter."""
        system = self.page.system_at(step)
        x = self.page.x_of(step) if step < system.last else system.right - 0.4
        top = system.staves[0 if Voice(voice).on_upper_staff else 1]
        tint = colours.VOICE_COLOURS[voice]
        line = self.rect(Box(x - 0.95, top - 1.6, x - 0.95, top + 5.6))
        line.width = max(2, self.theme.px(2))
        self.surface.fill(tint, line)
        flag = pygame.Rect(0, 0, self.theme.px(16), self.theme.px(16))
        flag.midbottom = (line.centerx, line.top + self.theme.px(2))
        draw.box(self.surface, flag, tint, self.theme.px(4))
        letter = self.theme.text(Voice(voice).letter, 11, "bold", colours.PAGE)
        self.surface.blit(letter, letter.get_rect(center=flag.center))

    def locks(self, score: Score) -> None:
        """Put a small lock at every locked note."""
        if not score.locked.any():
            return
        size = max(self.theme.px(9), round(self.space * 1.1))
        for (voice, start), note in self.page.note_boxes.items():
            if score.locked[start, voice]:
                lock = icon("lock", size, colours.mix(colours.VOICE_COLOURS[voice], colours.INK, 0.35))
                spot = self.rect(note.box)
                up = Voice(voice).stem_up
                self.surface.blit(
                    lock,
                    lock.get_rect(midtop=(spot.centerx, spot.bottom + 1))
                    if up
                    else lock.get_rect(midbottom=(spot.centerx, spot.top - 1)),
                )

    def playhead(self, step: float) -> None:
        """Draw the line that runs through the music."""
        system = self.page.system_at(step)
        x = self.page.playhead_x(step)
        area = self.rect(Box(x, system.staves[0] - 2.4, x, system.staves[1] + 6.4))
        band = pygame.Rect(area.x, area.y, max(4, round(self.space * 2.2)), area.height)
        self.surface.blit(_glow(band.size), band)
        line = pygame.Rect(area.x - 1, area.y, max(2, self.theme.px(2)), area.height)
        draw.box(self.surface, line, colours.ACCENT_DEEP, 1)
        knob = pygame.Rect(0, 0, self.theme.px(9), self.theme.px(9))
        knob.center = (line.centerx, line.top)
        draw.box(self.surface, knob, colours.ACCENT_DEEP, knob.width // 2)

    def lit(self, notes: Iterable[tuple[int, int]]) -> None:
        """Light the notes that sound."""
        sounding = sorted(set(notes))
        for note in (head for voice, start in sounding for head in self.page.heads_of(voice, start)):
            self._halo(note.box, note.voice)
        for voice, start in sounding:
            paint_items(self.page.items_of(voice, start), self.surface, self.space, self.corner)

    def _halo(self, box: Box, voice: int) -> None:
        area = self.rect(box)
        halo = _halo_picture(round(self.space * 3.6), colours.VOICE_LIGHTS[voice])
        self.surface.blit(halo, halo.get_rect(center=area.center))


_GLOWS: dict[tuple[int, int], pygame.Surface] = {}
_HALOS: dict[tuple[int, colours.Colour], pygame.Surface] = {}


def _glow(size: tuple[int, int]) -> pygame.Surface:
    """Return a band of gold that fades to the right."""
    if size not in _GLOWS:
        band = pygame.Surface(size, pygame.SRCALPHA)
        for x in range(size[0]):
            band.fill((*colours.ACCENT, round(90 * (1 - x / size[0]))), (x, 0, 1, size[1]))
        _GLOWS[size] = band
    return _GLOWS[size]


def _halo_picture(size: int, colour: colours.Colour) -> pygame.Surface:
    """Return a disc of light that fades outwards."""
    if (size, colour) not in _HALOS:
        canvas = Canvas(size, size)
        for ring in range(8, 0, -1):
            canvas.fill(circle(size / 2, size / 2, size / 2 * ring / 8), (*colour[:3], 26))
        _HALOS[size, colour] = canvas.done()
    return _HALOS[size, colour]
