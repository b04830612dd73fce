"""What holds a system's staves together: brace or bracket, bar lines, the voices' letters.

Two voices a staff are keyboard style: a brace, and bar lines through both staves. A staff a voice is choir style: a
bracket, and bar lines on each staff only, so that they keep out of the words (Gould, Behind Bars, "Score layout").
"""

from collections.abc import Iterator, Sequence

from chorale.notation import smufl
from chorale.notation.draw import PlacedBar
from chorale.notation.primitives import Glyph, Line, Mark, Primitive, Role, text
from chorale.notation.staves import Staves

__all__ = ["frame", "labels"]

_LABEL_SIZE = 1.9
_LABEL_X = -3.2
_LABEL_HEIGHTS = {1: (2.65,), 2: (1.5, 3.9)}  # of the letters below the staff's top line, by how many share it
_BRACE_HEIGHT = 3.99
_BRACE_GAP = 0.35
_BRACKET = 0.5
_BRACKET_X = -0.75
_BRACKET_BEYOND = 0.2  # how far the bracket reaches beyond the outer staff lines


def frame(
    bars: Sequence[PlacedBar], left: float, tops: tuple[float, ...], staves: Staves, *, ends: bool
) -> Iterator[Primitive]:
    """Yield brace or bracket and bar lines.

    Args:
        bars: of one system.
        left: where the staff lines begin.
        tops: heights of the staves' top lines.
        staves: their voices.
        ends: whether the music ends with the system.
    """
    choir = all(len(staff.voices) == 1 for staff in staves)
    bottom = tops[-1] + 4
    yield from _bracket(left, bottom) if choir else _brace(left, bottom)
    spans = [(top, top + 4) for top in tops] if choir else [(0.0, bottom)]
    thin, thick = smufl.THIN_BARLINE, smufl.THICK_BARLINE
    yield _barline(left + thin / 2, 0.0, bottom, thin)
    xs = [bar.right - thin / 2 for bar in bars]
    for top, foot in spans:
        if ends:
            yield _barline(bars[-1].right - thick / 2, top, foot, thick)
            xs[-1] = bars[-1].right - thick - smufl.BARLINE_GAP - thin / 2
        for x in xs:
            yield _barline(x, top, foot, thin)


def _brace(left: float, bottom: float) -> Iterator[Primitive]:
    size = bottom / _BRACE_HEIGHT
    yield Glyph(Mark(Role.BRACE), "brace", left - _BRACE_GAP - smufl.glyph("brace").right * size, bottom, size)


def _bracket(left: float, bottom: float) -> Iterator[Primitive]:
    mark = Mark(Role.BRACE)
    x = left + _BRACKET_X
    top, foot = -_BRACKET_BEYOND, bottom + _BRACKET_BEYOND
    yield Line(mark, x, top, x, foot, _BRACKET)
    yield Glyph(mark, "bracketTop", x - _BRACKET / 2, top)
    yield Glyph(mark, "bracketBottom", x - _BRACKET / 2, foot)


def _barline(x: float, top: float, bottom: float, thickness: float) -> Line:
    half = smufl.STAFF_LINE / 2
    return Line(Mark(Role.BARLINE), x, top - half, x, bottom + half, thickness)


def labels(left: float, tops: tuple[float, ...], staves: Staves) -> Iterator[Primitive]:
    """Yield the voices' letters before their staves."""
    for top, staff in zip(tops, staves, strict=True):
        for voice, y in zip(staff.voices, _LABEL_HEIGHTS[len(staff.voices)], strict=True):
            mark = Mark(Role.LABEL, voice)
            yield text(mark, voice.letter, left + _LABEL_X, top + y, "sans-semibold", _LABEL_SIZE, 0.5)
