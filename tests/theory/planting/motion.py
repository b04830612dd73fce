"""Mistakes between two voices that move: parallels, direct intervals, overlap, cross relation, all in one direction."""

from itertools import combinations

from tests.theory.planting.intervals import between, is_fifth, is_octave
from tests.theory.planting.reading import Spot

_PAIRS = tuple(combinations(range(4), 2))


def _direction(first, second):
    """1 for up, -1 for down, 0 where the pitch stays."""
    return (second.pitch.midi > first.pitch.midi) - (second.pitch.midi < first.pitch.midi)


def _moves(reading, pairs=_PAIRS):
    """Every two voices over every joint of two moments, with the directions in which they move."""
    for start, now, end, then in reading.joints:
        for upper, lower in pairs:
            directions = _direction(now[upper], then[upper]), _direction(now[lower], then[lower])
            yield Spot((upper, lower), start, end), (now[upper], now[lower]), (then[upper], then[lower]), directions


def _is(test, tones):
    return test(tones[0].pitch, tones[1].pitch)


def _same_interval(reading, test, product):
    return {
        spot
        for spot, now, then, (one, other) in _moves(reading)
        if one * other == product and _is(test, now) and _is(test, then) and not _by_octaves(now, then)
    }


def _by_octaves(now, then):
    """Whether both voices leap by octaves: they repeat their notes, and no line is doubled."""
    return all(is_octave(first.pitch, second.pitch) for first, second in zip(now, then, strict=True))


def parallel_fifths(reading):
    return _same_interval(reading, is_fifth, 1)


def parallel_octaves(reading):
    return _same_interval(reading, is_octave, 1)


def contrary_fifths(reading):
    return _same_interval(reading, is_fifth, -1)


def contrary_octaves(reading):
    return _same_interval(reading, is_octave, -1)


def _direct(reading, test):
    """Soprano and bass come the same way to an interval, the soprano by a leap, the bass not from its own octave."""
    return {
        spot
        for spot, now, then, (one, other) in _moves(reading, pairs=[(0, 3)])
        if one * other == 1
        and _is(test, then)
        and not _is(test, now)
        and abs(then[0].pitch.midi - now[0].pitch.midi) > 2
        and not is_octave(now[1].pitch, then[1].pitch)
    }


def direct_fifths(reading):
    return _direct(reading, is_fifth)


def direct_octaves(reading):
    return _direct(reading, is_octave)


def unequal_fifths(reading):
    """A diminished fifth over the bass moves, in the same direction, to a perfect one."""
    return {
        spot
        for spot, now, then, (one, other) in _moves(reading, pairs=[(0, 3), (1, 3), (2, 3)])
        if one * other == 1 and between(now[0].pitch, now[1].pitch).simple == "d5" and _is(is_fifth, then)
    }


def overlap(reading):
    """A voice passes the pitch that its neighbour has just left; where the two are crossed it is a crossing instead."""
    found = set()
    for spot, now, then, _ in _moves(reading, pairs=[(0, 1), (1, 2), (2, 3)]):
        above, below = now[0].pitch.midi, now[1].pitch.midi
        crossed = above < below or then[0].pitch.midi < then[1].pitch.midi
        if not crossed and (then[1].pitch.midi > above or then[0].pitch.midi < below):
            found.add(spot)
    return found


def cross_relation(reading):
    """One letter is altered from one moment to the next, and in another voice."""
    found = set()
    for start, now, end, then in reading.joints:
        for one, other in combinations(range(4), 2):
            for first, second in ((one, other), (other, one)):
                if _is_cross(now, then, first, second, end):
                    found.add(Spot((one, other), start, end))
    return found


def _is_cross(now, then, first, second, end):
    """Whether the second voice contradicts the first, neither of them taking the chromatic step itself."""
    inflect = any(_altered(now[voice].pitch, then[voice].pitch) for voice in (first, second))
    return _altered(now[first].pitch, then[second].pitch) and then[second].start == end and not inflect


def _altered(old, new):
    return old.letter == new.letter and old.alter != new.alter


def all_one_way(reading):
    return {
        Spot((0, 1, 2, 3), start, end)
        for start, now, end, then in reading.joints
        if abs(sum(_direction(now[voice], then[voice]) for voice in range(4))) == 4
    }
