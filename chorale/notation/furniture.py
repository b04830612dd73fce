"""What stands at the start of a staff: clef, key signature, time signature, and the room they take."""

from chorale.music import Key, Meter
from chorale.notation import smufl
from chorale.notation.primitives import Glyph, Mark, Role
from chorale.notation.staves import Clef

__all__ = ["clef", "prefix_width", "signature", "time_figures"]

_CLEF_X = 0.6
_CLEF_END = 3.35
_KEY_X = 4.05
_KEY_STEP = {1: 1.0, -1: 0.92}  # from one sharp or flat to the next
_BEFORE_TIME = 0.8
_AFTER_TIME = 0.3
_BEFORE_MUSIC = 0.75  # where no time signature stands
_FIGURE_GAP = 0.08
_SHARPS = (0.0, 1.5, -0.5, 1.0, 2.5, 0.5, 2.0)  # heights in the treble clef: F5 C5 G5 ...
_FLATS = (2.0, 0.5, 2.5, 1.0, 3.0, 1.5, 3.5)


def clef(kind: Clef) -> Glyph:
    """Return the clef at the start of a staff."""
    return Glyph(Mark(Role.CLEF), kind.glyph, _CLEF_X, kind.y)


def signature(key: Key, kind: Clef) -> list[Glyph]:
    """Return the key signature's accidentals on a staff with a clef."""
    count = key.signature
    heights = (_SHARPS if count > 0 else _FLATS)[: abs(count)]
    name, step = ("accidentalSharp", _KEY_STEP[1]) if count > 0 else ("accidentalFlat", _KEY_STEP[-1])
    mark = Mark(Role.SIGNATURE)
    return [Glyph(mark, name, _KEY_X + i * step, y + kind.signature) for i, y in enumerate(heights)]


def _key_end(key: Key) -> float:
    """Return where clef and key signature end."""
    count = key.signature
    return _KEY_X + abs(count) * _KEY_STEP[1 if count > 0 else -1] if count else _CLEF_END


def time_figures(key: Key, meter: Meter) -> list[Glyph]:
    """Return the time signature's figures on one staff, the narrower centred over the wider."""
    x = _key_end(key) + _BEFORE_TIME
    rows = [(str(meter.beats), 1.0), (str(meter.unit), 3.0)]
    width = max(_figures_width(figures) for figures, _ in rows)
    glyphs = []
    for figures, y in rows:
        left = x + (width - _figures_width(figures)) / 2
        for figure in figures:
            data = smufl.glyph(f"timeSig{figure}")
            glyphs.append(Glyph(Mark(Role.SIGNATURE), f"timeSig{figure}", left, y))
            left += data.right + _FIGURE_GAP
    return glyphs


def _figures_width(figures: str) -> float:
    return sum(smufl.glyph(f"timeSig{figure}").right + _FIGURE_GAP for figure in figures)


def prefix_width(key: Key, meter: Meter | None) -> float:
    """Return the room from the staff's left end to where the first bar begins; ``meter`` None: no time signature."""
    if meter is None:
        return _key_end(key) + _BEFORE_MUSIC
    figures = max(_figures_width(str(meter.beats)), _figures_width(str(meter.unit)))
    return _key_end(key) + _BEFORE_TIME + figures + _AFTER_TIME
