"""A note that is not there yet, drawn over a page without laying it out again."""

from collections.abc import Iterator

from chorale.music import Voice
from chorale.notation import smufl
from chorale.notation.accidentals import GLYPHS
from chorale.notation.columns import DOT_GAP, HEAD_WIDTH, flag_glyph, ledger_heights
from chorale.notation.content import Head
from chorale.notation.page import Page
from chorale.notation.primitives import Glyph, Line, Mark, Primitive, Role
from chorale.notation.staves import staff_of
from chorale.notation.stems import MIDDLE, head_glyph, stem_x, tip

__all__ = ["ghost_note"]


def ghost_note(
    page: Page, step: float, voice: int, place: int, *, base: int = 4, dots: int = 0, alter: int | None = None
) -> tuple[Primitive, ...]:
    """Return a note as it would look if it were written: head, stem, flag, dots, ledger lines, accidental.

    Args:
        page: the page it appears on.
        step: when.
        voice: 0..3; decides staff, stem and colour.
        place: the staff place, C4 = 28.
        base: the written value, 4 a quarter (see ``chorale.music.written``).
        dots: how many dots it has.
        alter: the accidental to show, in semitones; None for none.
    """
    system = page.system_at(step)
    staff = staff_of(voice, system.kinds)
    y = system.kinds[staff].clef.y_of(place)
    two_voices = any(note.voice in system.kinds[staff].voices and note.voice != voice for note in page.notes)
    up = Voice(voice).stem_up if two_voices else y > MIDDLE
    head = Head(voice, 0, 0, 1, base, dots, y, 0, tied_in=False, tied_out=False)
    parts = [*_head(head, voice), *_stem(head, voice, up=up, two_voices=two_voices), *_accidental(y, voice, alter)]
    x = page.x_of(step) - HEAD_WIDTH / 2
    return tuple(part.moved(x, system.staves[staff]) for part in parts)


def _head(head: Head, voice: int) -> Iterator[Primitive]:
    mark = Mark(Role.GHOST, voice)
    right = smufl.glyph(head_glyph(head.base)).right
    for line in ledger_heights(head.y):
        yield Line(mark, -smufl.LEDGER_EXTENSION, line, right + smufl.LEDGER_EXTENSION, line, smufl.LEDGER_LINE)
    yield Glyph(mark, head_glyph(head.base), 0, head.y)
    for index in range(head.dots):
        y = head.y - 0.5 if head.y == int(head.y) else head.y
        yield Glyph(mark, "augmentationDot", right + DOT_GAP + 0.6 * index, y)


def _stem(head: Head, voice: int, *, up: bool, two_voices: bool) -> Iterator[Primitive]:
    if head.base == 1:
        return
    mark = Mark(Role.GHOST, voice)
    x, dy = stem_x(head, up=up)
    end = tip(head, up=up, two_voices=two_voices)
    yield Line(mark, x, head.y + dy, x, end, smufl.STEM)
    if head.base >= 8:
        name = flag_glyph(head.base, up=up)
        anchor = smufl.glyph(name).anchors["stemUpNW" if up else "stemDownSW"]
        yield Glyph(mark, name, x - smufl.STEM / 2 - anchor[0], end - anchor[1])


def _accidental(y: float, voice: int, alter: int | None) -> Iterator[Primitive]:
    if alter is not None:
        name = GLYPHS[max(-2, min(2, alter))]
        yield Glyph(Mark(Role.GHOST, voice), name, -smufl.glyph(name).right - 0.25, y)
