"""Notated rhythm: how a length in steps is written as notes or rests joined by ties.

Used alike by the staff and by the files, so that the page on the screen and the page in MuseScore agree.
"""

from dataclasses import dataclass
from functools import lru_cache

from chorale.music.time import Meter

__all__ = ["Written", "written"]

# Length in steps of every value that one note head can have: (base, dots); base is the part of a whole note.
_VALUES = {
    1: (16, 0), 2: (8, 0), 3: (8, 1), 4: (4, 0), 6: (4, 1), 7: (4, 2),
    8: (2, 0), 12: (2, 1), 14: (2, 2), 16: (1, 0), 24: (1, 1),
}  # fmt: skip
_WHOLE_BAR = 0


@dataclass(frozen=True)
class Written:
    """One note head or rest: first step, length in steps, base (1, 2, 4, 8, 16: part of a whole), dots."""

    start: int
    length: int
    base: int
    dots: int

    @property
    def is_bar_rest(self) -> bool:
        """Whether this stands for a rest that fills its bar, drawn as a centred whole rest."""
        return self.base == _WHOLE_BAR


def written(start: int, length: int, meter: Meter, pickup: int = 0, *, rest: bool = False) -> tuple[Written, ...]:
    """Return the heads, in order, that write a note (tied) or a rest of ``length`` steps from step ``start``.

    Values are split at bar lines, and inside a bar wherever a single value would hide the beat: a value that begins
    off the beat ends by the next one, unless it is the ordinary syncopation of one beat's length (eighth, quarter,
    eighth). Rests stay within a beat, or fill two from a strong one; a whole bar of silence is a bar rest.
    Source: Gould, Behind Bars, chapter "Duration" (grouping of values by meter).

    Args:
        start: first step, counted from the start of the score.
        length: steps, at least 1.
        meter: the time signature.
        pickup: steps before the first whole bar.
        rest: whether a rest is written: it is split more finely, and fills whole bars with bar rests.
    """
    pieces = []
    position = start
    while position < start + length:
        bar_start, bar_length = _bar_at(position, meter, pickup)
        inside = min(start + length, bar_start + bar_length) - position
        offset = position - bar_start + (meter.steps_per_bar - bar_length if bar_start < pickup else 0)
        if rest and offset == 0 and inside == meter.steps_per_bar:
            pieces.append(Written(position, inside, _WHOLE_BAR, 0))
        else:
            pieces += [Written(position + at, size, *_VALUES[size]) for at, size in _split(offset, inside, meter, rest)]
        position += inside
    return tuple(pieces)


def _bar_at(step: int, meter: Meter, pickup: int) -> tuple[int, int]:
    if step < pickup:
        return 0, pickup
    return step - (step - pickup) % meter.steps_per_bar, meter.steps_per_bar


@lru_cache(maxsize=4096)
def _split(offset: int, length: int, meter: Meter, rest: bool) -> tuple[tuple[int, int], ...]:  # noqa: FBT001  lru_cache keys by position
    """Cut ``length`` steps from ``offset`` in the bar into (offset from the start, size), fewest heads first."""
    if length == 0:
        return ()
    sizes = [size for size in sorted(_VALUES, reverse=True) if size <= length and _fits(offset, size, meter, rest=rest)]
    options = [
        (
            (0, size),
            *((at + size, rest_of) for at, rest_of in _split(offset + size, length - size, meter, rest)),
        )
        for size in sizes
    ]
    return min(options, key=lambda option: (len(option), [-size for _, size in _lead_in(option, offset, meter)]))


def _lead_in(option: tuple[tuple[int, int], ...], offset: int, meter: Meter) -> tuple[tuple[int, int], ...]:
    """Order ties so that, among equal counts, a note off the beat is brought to the beat first."""
    return option if offset % meter.steps_per_beat == 0 else option[::-1]


def _fits(offset: int, size: int, meter: Meter, *, rest: bool) -> bool:
    """Whether one value of ``size`` steps may stand at ``offset`` steps into the bar."""
    beat = meter.steps_per_beat
    into = offset % beat
    if into == 0 and size >= beat:
        fits_beats = _rest_fits_beats if rest else _note_fits_beats
        return fits_beats(offset, size, meter)
    _, dots = _VALUES[size]
    if into + size <= beat:
        return (dots == 0 and into % size == 0) if rest else (size <= 3 or into % 2 == 0)
    # A syncopation: one beat's value shifted by half a beat, as in eighth, quarter, eighth.
    return (
        not rest
        and not meter.is_compound
        and size == beat
        and into == beat // 2
        and not _hides_middle(offset, size, meter)
    )


def _note_fits_beats(offset: int, size: int, meter: Meter) -> bool:
    beat = meter.steps_per_beat
    on_second = offset == beat and size <= 2 * beat  # quarter, half or dotted quarter, ...: hides the middle by custom
    if size % beat and (meter.is_compound or _VALUES[size][1] > 1):
        return False
    return offset == 0 or on_second or not _hides_middle(offset, size, meter)


def _rest_fits_beats(offset: int, size: int, meter: Meter) -> bool:
    if size == meter.steps_per_beat:
        return True
    _, dots = _VALUES[size]
    return dots == 0 and meter.beats_per_bar % 2 == 0 and not meter.is_compound and offset % size == 0


def _hides_middle(offset: int, size: int, meter: Meter) -> bool:
    """Whether a value runs across the middle of a bar of four beats."""
    middle = meter.steps_per_bar // 2
    return meter.beats_per_bar == 4 and offset < middle < offset + size
