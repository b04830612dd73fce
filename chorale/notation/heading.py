"""The head of the page: title, composer, tempo."""

from chorale.music import Meter, Score
from chorale.notation.faces import text_width
from chorale.notation.primitives import Glyph, Mark, Primitive, Role, Text, text

__all__ = ["heading", "tempo_mark", "tempo_note"]

_TITLE_SIZE = 4.0
_COMPOSER_SIZE = 2.1
_TEMPO_SIZE = 2.1
_METRONOME = {2: ("metNoteHalfUp", 8), 4: ("metNoteQuarterUp", 4)}


def heading(score: Score, left: float, right: float, top: float) -> tuple[list[Primitive], float]:
    """Return title and composer, and where the music may begin below them."""
    items: list[Primitive] = []
    y = top
    if score.title:
        size = min(_TITLE_SIZE, _TITLE_SIZE * (right - left) / max(1.0, text_width(score.title, "serif", _TITLE_SIZE)))
        y += 3.2
        items.append(text(Mark(Role.TITLE), score.title, (left + right) / 2, y, "serif", size, 0.5))
        y += 1.4
    if score.composer:
        y += 1.6
        items.append(text(Mark(Role.COMPOSER), score.composer, right, y, "serif-italic", _COMPOSER_SIZE, 1.0))
        y += 0.6
    return items, y + (1.4 if items else 0.0)


def tempo_note(meter: Meter) -> tuple[str, bool, float]:
    """Return the note in which a meter's tempo is given: its glyph, whether it is dotted, its length in quarters."""
    dotted = meter.is_compound and meter.unit == 8
    name, steps = _METRONOME[2 if meter.unit == 2 else 4]
    return name, dotted, steps / 4 * (1.5 if dotted else 1)


def tempo_mark(meter: Meter, qpm: float, x: float, y: float) -> list[Primitive]:
    """Return the metronome mark, in the meter's beats, its base line beginning at (x, y)."""
    name, dotted, quarters = tempo_note(meter)
    beats = qpm / quarters
    mark = Mark(Role.TEMPO)
    items: list[Primitive] = [Glyph(mark, name, x, y - 0.05, 0.62)]
    end = x + 0.95
    if dotted:
        items.append(Glyph(mark, "metAugmentationDot", end + 0.15, y - 0.2, 0.62))
        end += 0.5
    return [*items, Text(mark, f"= {beats:.0f}", end + 0.5, y, "serif", _TEMPO_SIZE)]
