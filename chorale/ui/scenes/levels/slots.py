"""What a level adds to the page: slots where notes are missing, figures, marked notes, and what a remark speaks of."""

from collections.abc import Hashable, Iterable

import pygame

from chorale.levels.level import Level
from chorale.levels.scoring import Remark
from chorale.music import REST, Score, Voice
from chorale.notation import Page
from chorale.notation.paint import paint_items
from chorale.notation.primitives import Box
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.scenes.editor.glyphs import glyph_picture
from chorale.ui.scenes.editor.marks import Overlay

__all__ = ["Slots"]

_REACH = 1.25  # spaces: half a slot's width
_BETWEEN = 0.3  # spaces between two of them
_UPPER, _LOWER = (-2.6, 1.7), (2.3, 6.6)  # spaces from the upper line: where a staff's two voices are written
_ALONE = (-1.6, 5.6)
_OVER = 1.6  # spaces: how far the slot of the voice that is written reaches into the other voice's half
_RING = 0.45  # spaces: its half
_FIGURES, _LINE, _STEM = 5.6, 1.75, 3.2  # spaces: from the lower staff's first line, from row to row, below a head
_SIGNS = {"#": "accidentalSharp", "b": "accidentalFlat", "=": "accidentalNatural"}
_TINT, _MARK = 34, (214, 60, 48)


class Slots:
    """Drawn over the sheet of a level.

    Attributes:
        voice: whose gaps are slots; those of the others are small rings where that voice lies.
        found: (voice, first step) of the notes that the player marked as wrong.
        remark: what is looked at of an outcome, or None.
        look_at: a place a hint points at: voices (none: all) and step; or None.
    """

    def __init__(self, level: Level) -> None:
        self._level = level
        self.score: Score = level.start
        self.voice: Voice | None = None
        self.found: frozenset[tuple[Voice, int]] = frozenset()
        self.remark: Remark | None = None
        self.look_at: tuple[tuple[Voice, ...], int] | None = None
        self._crowded = {staff: self._voices_on(staff) > 1 for staff in (0, 1)}

    def _voices_on(self, staff: int) -> int:
        there = self._level.start.chorale.pitches != REST
        used = there | self._level.writable
        return sum(bool(used[:, voice].any()) for voice in ((0, 1), (2, 3))[staff])

    @property
    def look(self) -> Hashable:
        """Which gaps are open, what is marked and what is looked at."""
        return self._open(), self.voice, self.found, self.remark, self.look_at

    def _open(self) -> tuple[tuple[Voice, int, int], ...]:
        pitches = self.score.chorale.pitches
        return tuple(
            (voice, gap.start, gap.length)
            for voice, gap in self._level.gaps
            if (pitches[gap.start : gap.start + gap.length, voice] == REST).any()
        )

    def draw(self, overlay: Overlay) -> None:
        """Draw all of it."""
        for voice, start, length in sorted(self._open(), key=lambda gap: gap[0] != self.voice):
            if voice == self.voice:
                self._draw_slot(overlay, voice, start, self._width(overlay, start, start + length))
            else:
                self._draw_ring(overlay, voice, start)
        self._draw_notes_again(overlay)
        self._draw_figures(overlay)
        if self.look_at is not None:
            self._draw_place(overlay, *self.look_at)
        for voice, start in sorted(self.found):
            self._ring(overlay, voice, start)
        if self.remark is not None:
            self._draw_remark(overlay, self.remark)

    def _span(self, voice: Voice) -> tuple[float, float]:
        staff = 0 if voice.on_upper_staff else 1
        return (_UPPER if voice in {0, 2} else _LOWER) if self._crowded[staff] else _ALONE

    def _box(self, overlay: Overlay, voice: Voice, step: int, reach: float = _REACH) -> Box:
        page = overlay.page
        top = page.system_at(step).staves[0 if voice.on_upper_staff else 1]
        high, low = self._span(voice)
        return Box(page.x_of(step) - reach, top + high, page.x_of(step) + reach, top + low)

    @staticmethod
    def _width(overlay: Overlay, start: int, end: int) -> float:
        """Return half a slot's width in spaces: less where the next one is near."""
        page = overlay.page
        system = page.system_at(start)
        room = page.x_of(end) - page.x_of(start) if end < system.last else 2 * _REACH + _BETWEEN
        return max(0.5, min(_REACH, (room - _BETWEEN) / 2))

    def _draw_ring(self, overlay: Overlay, voice: Voice, start: int) -> None:
        box = self._box(overlay, voice, start, _RING)
        middle = (box.top + box.bottom) / 2
        area = overlay.rect(Box(box.left, middle - _RING, box.right, middle + _RING))
        draw.outline(
            overlay.surface, area, (*colours.VOICE_COLOURS[voice][:3], 170), area.width // 2, overlay.space / 7
        )

    def _draw_slot(self, overlay: Overlay, voice: Voice, start: int, reach: float) -> None:
        box = self._box(overlay, voice, start, reach)
        upper = voice in {Voice.SOPRANO, Voice.TENOR}
        shared = self._crowded[0 if voice.on_upper_staff else 1]
        top, foot = (box.top - (0 if upper else _OVER), box.bottom + (_OVER if upper else 0)) if shared else box[1::2]
        area = overlay.rect(Box(box.left, top, box.right, foot))
        tint = colours.VOICE_COLOURS[voice]
        radius = max(2, area.width // 2)
        draw.box(overlay.surface, area, (*tint[:3], _TINT), radius)
        draw.outline(overlay.surface, area, (*tint[:3], 120), radius, max(1.0, overlay.space / 8))

    def _draw_notes_again(self, overlay: Overlay) -> None:
        """Draw the notes that stand where slots are once more, so that these lie under them."""
        steps = {start for _, start, _ in self._open()}
        for voice, start in overlay.page.note_boxes:
            if start in steps:
                paint_items(overlay.page.items_of(voice, start), overlay.surface, overlay.space, overlay.corner)

    def lowest(self, page: Page) -> float:
        """Return how far down on a page the figures reach, in spaces."""
        feet = [_below(page, word.start) + _LINE * word.text.count("/") for word in self._level.figures]
        return max(feet, default=0.0) + _LINE

    def _draw_figures(self, overlay: Overlay) -> None:
        page = overlay.page
        for word in self._level.figures:
            top = _below(page, word.start)
            for row, figure in enumerate(word.text.split("/")):
                picture = _figure(overlay, figure)
                x = overlay.corner[0] + page.x_of(word.start) * overlay.space
                y = overlay.corner[1] + (top + _LINE * row) * overlay.space
                overlay.surface.blit(picture, picture.get_rect(center=(round(x), round(y))))

    def _draw_place(self, overlay: Overlay, voices: tuple[Voice, ...], step: int) -> None:
        """Draw where a hint points: a band of gold through its staves, or about its voices."""
        if voices:
            boxes = [self._box(overlay, voice, step, _REACH + 0.4) for voice in voices]
        else:
            system, x = overlay.page.system_at(step), overlay.page.x_of(step)
            boxes = [Box(x - 1.7, system.staves[0] - 2, x + 1.7, system.staves[1] + 6)]
        for box in boxes:
            _gild(overlay, overlay.rect(box))

    def _ring(self, overlay: Overlay, voice: Voice, start: int) -> None:
        """Ring a note that the player takes to be wrong."""
        for note in overlay.page.heads_of(voice, start):
            area = overlay.rect(note.box.grown(0.7))
            draw.box(overlay.surface, area, (*_MARK, 36), area.height // 2)
            draw.outline(overlay.surface, area, _MARK, area.height // 2, max(1.5, overlay.space / 6))

    def _draw_remark(self, overlay: Overlay, remark: Remark) -> None:
        heads = [head for voice, start in remark.notes for head in overlay.page.heads_of(voice, start)]
        for head in heads:
            _redden(overlay, overlay.rect(head.box.grown(0.55)))
        if not heads:
            for box in self._boxes_of(overlay, remark):
                _redden(overlay, overlay.rect(box))

    def _boxes_of(self, overlay: Overlay, remark: Remark) -> Iterable[Box]:
        last = max(0, self._level.start.steps - 1)
        for step in sorted({min(remark.start, last), min(remark.end, last)}):
            for voice in remark.voices or tuple(Voice):
                yield self._box(overlay, Voice(voice), step)


def _below(page: Page, step: int) -> float:
    """Return where the first row of figures stands, in spaces of the page: below the bass and its stems."""
    system = page.system_at(step)
    bass = (box for (voice, _), box in page.note_boxes.items() if voice == Voice.BASS)
    feet = [each.box.bottom + _STEM for each in bass if system.top <= each.box.bottom <= system.bottom]
    return max([system.staves[1] + _FIGURES, *feet]) + _LINE / 2


def _figure(overlay: Overlay, figure: str) -> pygame.Surface:
    """Return a figure's picture, its signs as music writes them."""
    size = overlay.space * 1.55 / overlay.theme.scale
    parts = [
        glyph_picture(_SIGNS[letter], spaces=3.0)(round(overlay.space * 2), colours.INK)
        if letter in _SIGNS
        else overlay.theme.text(letter, size, "serif-bold", colours.INK)
        for letter in figure
    ]
    picture = pygame.Surface(
        (sum(part.get_width() for part in parts), max(part.get_height() for part in parts)), pygame.SRCALPHA
    )
    x = 0
    for part in parts:
        picture.blit(part, part.get_rect(midleft=(x, picture.get_height() // 2)))
        x += part.get_width()
    return picture


def _gild(overlay: Overlay, area: pygame.Rect) -> None:
    radius = min(area.width, area.height) // 2
    draw.box(overlay.surface, area, (*colours.ACCENT, 60), radius)
    draw.outline(overlay.surface, area, colours.ACCENT_DEEP, radius, max(1.5, overlay.space / 7))


def _redden(overlay: Overlay, area: pygame.Rect) -> None:
    radius = min(area.width, area.height) // 2
    draw.box(overlay.surface, area, (*_MARK, 34), radius)
    draw.outline(overlay.surface, area, _MARK, radius, max(1.5, overlay.space / 7))
