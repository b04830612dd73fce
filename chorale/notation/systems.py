"""Line breaking: which bars share a system.

All breaks are chosen together (as in Knuth and Plass, Breaking Paragraphs into Lines, 1981), so that every system is
about as dense as the others: the price of a system grows with the square of how far its springs leave their natural
length, and the last system may stay short.
"""

from functools import lru_cache
from itertools import accumulate

from chorale.notation.spacing import BarSpacing

__all__ = ["break_lines"]

_SQUEEZED = 4.0  # how much worse tight is than loose
_TOO_TIGHT = 1e6


def break_lines(bars: list[BarSpacing], first_width: float, width: float) -> list[tuple[int, int]]:
    """Return (first bar, bar after the last) for every system.

    Args:
        bars: the spacing of every bar.
        first_width: room for bars in the first system, in spaces.
        width: room for bars in every other system.
    """
    return _broken(tuple(bar.ideal for bar in bars), tuple(bar.tight for bar in bars), first_width, width)


@lru_cache(maxsize=64)
def _broken(
    ideal: tuple[float, ...], tight: tuple[float, ...], first_width: float, width: float
) -> list[tuple[int, int]]:
    """Return the systems of bars of these widths, which most edits leave as they are."""
    wide = [0.0, *accumulate(ideal)]
    least = [0.0, *accumulate(tight)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(ideal) + 1):
        options = []
        for start in range(end - 1, -1, -1):
            room = width if start else first_width
            if start < end - 1 and least[end] - least[start] > room:
                break
            price = _price(wide[end] - wide[start], room, last=end == len(ideal))
            options.append((best[start][0] + price, start))
        best.append(min(options))
    return _trace(best)


def _price(natural: float, room: float, *, last: bool) -> float:
    ratio = room / natural
    if ratio < 1:
        return min(_TOO_TIGHT, _SQUEEZED * (1 / ratio - 1) ** 2 + 0.01)
    return min(4.0, 0.5 * (ratio - 1) ** 2) if last else (ratio - 1) ** 2 + 0.01


def _trace(best: list[tuple[float, int]]) -> list[tuple[int, int]]:
    lines = []
    end = len(best) - 1
    while end:
        start = best[end][1]
        lines.append((start, end))
        end = start
    return lines[::-1]
