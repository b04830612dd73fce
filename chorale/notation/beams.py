"""Beams: which notes they join, how they slant, and the polygons that draw them.

Conventions follow Gould, Behind Bars, chapter "Beams": groups show the beat; a slant is small and follows the outer
notes; a beam whose inner notes reach beyond the line of the outer ones, or that ends where it began, is level; beam
ends sit on, straddle or hang from a staff line.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

from chorale.music import STEPS_PER_QUARTER, Meter
from chorale.notation import smufl
from chorale.notation.content import Head

__all__ = ["BeamLine", "beam_groups", "beam_line", "beam_pieces"]

_SLANTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 1.25, 1.25)  # in spaces, by the interval of the outer notes in places
_STEM = 3.25  # spaces from a head's middle to the outer edge of the beam, before the line is fitted
_SHORTEST = {8: 2.5, 16: 3.0}


@dataclass(frozen=True, slots=True)
class BeamLine:
    """The outer edge of a beam: its height at the first stem, and how much it falls per space to the right."""

    x: float
    y: float
    slope: float

    def at(self, x: float) -> float:
        """Return the height at x."""
        return self.y + self.slope * (x - self.x)


def beam_groups(heads: tuple[Head, ...], meter: Meter, offset: int) -> tuple[tuple[Head, ...], ...]:
    """Return the groups of heads, two or more, that one beam joins; ``offset`` is where in a whole bar step 0 lies."""
    groups: list[list[Head]] = []
    last: Head | None = None
    for head in sorted(heads, key=lambda each: (each.voice, each.start)):
        follows = last is not None and last.voice == head.voice and last.end == head.start and last.base >= 8
        beat = (head.start + offset) // _unit(heads, meter, head, offset)
        same_beat = last is not None and beat == (last.start + offset) // _unit(heads, meter, head, offset)
        if head.base >= 8:
            if follows and same_beat:
                groups[-1].append(head)
            else:
                groups.append([head])
        last = head
    return tuple(tuple(group) for group in groups if len(group) > 1)


def _unit(heads: tuple[Head, ...], meter: Meter, head: Head, offset: int) -> int:
    """Return how many steps one beam may span: a beat, or a quarter where sixteenths divide a longer beat."""
    beat = meter.steps_per_beat
    if meter.unit == 8 and not meter.is_compound:
        return meter.steps_per_bar
    if beat <= STEPS_PER_QUARTER or meter.is_compound:
        return max(beat, STEPS_PER_QUARTER)
    index = (head.start + offset) // beat
    inside = (each for each in heads if each.voice == head.voice and (each.start + offset) // beat == index)
    return STEPS_PER_QUARTER if any(each.base > 8 for each in inside) else min(beat, 2 * STEPS_PER_QUARTER)


def beam_line(group: tuple[Head, ...], xs: list[float], *, up: bool) -> BeamLine:
    """Return the outer edge of a group's beam; ``xs`` are the stems' middles, heights are staff spaces down."""
    sign = -1.0 if up else 1.0
    fall = _fall(group, up=up)
    span = xs[-1] - xs[0]
    slope = math.copysign(min(abs(fall), 0.25 * span), fall) / span
    shortest = max(_SHORTEST[head.base] for head in group)
    wanted = [head.y + sign * _stem(head, up=up) - slope * (x - xs[0]) for head, x in zip(group, xs, strict=True)]
    least = [head.y + sign * shortest - slope * (x - xs[0]) for head, x in zip(group, xs, strict=True)]
    ends = wanted[0], wanted[-1]
    y = sign * max(*(sign * end for end in ends), *(sign * each for each in least))
    y = _outward_to_middle(group, y, xs[0], xs, slope, sign)
    return BeamLine(xs[0], _on_staff(y, sign), slope)


def _stem(head: Head, *, up: bool) -> float:
    """Return the wanted stem: shorter for a note whose stem points away from the staff."""
    beyond = (2 - head.y) if up else (head.y - 2)
    return max(2.5, _STEM - 0.5 * max(0.0, beyond)) + (0.25 if head.base > 8 else 0)


def _outward_to_middle(
    group: tuple[Head, ...], y: float, x: float, xs: list[float], slope: float, sign: float
) -> float:
    """Bring the beam of notes far outside the staff to the staff's middle line, when its stems point that way."""
    outside = all(sign * (head.y - 2) < -3.5 for head in group)
    reach = min(sign * (y + slope * (each - x)) for each in xs)
    return y + sign * max(0.0, sign * 2 - reach) if outside else y


def _on_staff(y: float, sign: float) -> float:
    """Move the outer edge outwards to the next height where beam and staff lines leave no sliver of white."""
    quarters = math.ceil(round(sign * y * 4, 6))
    middle = sign * quarters / 4 - sign * smufl.BEAM / 2
    return sign * (quarters + (1 if abs(middle % 1 - 0.5) < 0.01 and -0.5 < middle < 4.5 else 0)) / 4


def _fall(group: tuple[Head, ...], *, up: bool) -> float:
    """Return how far the beam should fall from the first to the last stem."""
    first, last = group[0].y, group[-1].y
    inner = [head.y for head in group[1:-1]]
    reaching = any(y <= min(first, last) for y in inner) if up else any(y >= max(first, last) for y in inner)
    if first == last or reaching:
        return 0.0
    interval = min(round(abs(last - first) * 2), len(_SLANTS) - 1)
    return math.copysign(_SLANTS[interval], last - first)


def beam_pieces(group: tuple[Head, ...], xs: list[float]) -> list[tuple[int, float, float]]:
    """Return the beams of a group as (level, from x, to x): level 0 joins all, level 1 the sixteenths."""
    half = smufl.STEM / 2
    pieces = [(0, xs[0] - half, xs[-1] + half)]
    run: list[int] = []
    for index, head in enumerate([*group, None]):
        if head is not None and head.base > 8:
            run.append(index)
        elif run:
            pieces.append((1, *_secondary(group, xs, run)))
            run = []
    return pieces


def _secondary(group: tuple[Head, ...], xs: list[float], run: list[int]) -> tuple[float, float]:
    half = smufl.STEM / 2
    first, last = run[0], run[-1]
    if first != last:
        return xs[first] - half, xs[last] + half
    backwards = first == len(group) - 1 or (first > 0 and group[first].start % 2 == 1)
    gaps = [abs(b - a) for a, b in pairwise(xs)]
    length = min(1.2, 0.6 * gaps[first - 1 if backwards else first])
    return (xs[first] - length, xs[first] + half) if backwards else (xs[first] - half, xs[first] + length)


def beam_polygon(line: BeamLine, level: int, left: float, right: float, *, up: bool) -> tuple[tuple[float, float], ...]:
    """Return the corners of one beam of a group."""
    inwards = 1 if up else -1
    shift = inwards * level * (smufl.BEAM + smufl.BEAM_GAP)
    outer = (line.at(left) + shift, line.at(right) + shift)
    depth = inwards * smufl.BEAM
    return ((left, outer[0]), (right, outer[1]), (right, outer[1] + depth), (left, outer[0] + depth))
