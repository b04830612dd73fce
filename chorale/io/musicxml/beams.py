"""Beams: which short notes of a bar hang together, and how.

A beam joins the notes of one beat (Gould, Behind Bars, "Beaming according to the meter"); rests break it.
"""

from collections.abc import Sequence

from chorale.music import STEPS_PER_QUARTER, Meter, Written

__all__ = ["beamed"]

_BEAMS = {8: 1, 16: 2}  # of a note value's base


def beamed(heads: Sequence[Written], rests: Sequence[bool], meter: Meter, pickup: int) -> list[tuple[str, ...]]:
    """Return for each head of one voice in one bar its beams, from the first.

    A beam is "start", "continue", "stop", or a hook to the "left" or the "right"; () is no beam.
    """
    beams: list[list[str]] = [[] for _ in heads]
    for group in _groups(heads, rests, meter, pickup):
        if len(group) > 1:
            for level in (1, 2):
                _add_level(beams, group, heads, level)
    return [tuple(each) for each in beams]


def _groups(heads: Sequence[Written], rests: Sequence[bool], meter: Meter, pickup: int) -> list[list[int]]:
    """Return the indices of the short notes beat by beat, split at rests and longer notes."""
    size = _group_size(meter)
    groups: list[list[int]] = []
    open_beat: int | None = None
    for index, head in enumerate(heads):
        beat = (head.start - pickup) // meter.steps_per_bar * 1000 + (head.start - pickup) % meter.steps_per_bar // size
        if rests[index] or head.base not in _BEAMS:
            open_beat = None
        elif beat == open_beat:
            groups[-1].append(index)
        else:
            groups.append([index])
            open_beat = beat
    return groups


def _group_size(meter: Meter) -> int:
    """Return the steps that one beam may span: a beat; a whole bar of 3/8; a quarter where beats are eighths."""
    if meter.steps_per_beat >= STEPS_PER_QUARTER:
        return meter.steps_per_beat
    return meter.steps_per_bar if meter.beats == 3 else STEPS_PER_QUARTER


def _add_level(beams: list[list[str]], group: list[int], heads: Sequence[Written], level: int) -> None:
    has = [_BEAMS[heads[index].base] >= level for index in group]
    for place, index in enumerate(group):
        if has[place]:
            before = place > 0 and has[place - 1]
            after = place + 1 < len(group) and has[place + 1]
            beams[index].append(_kind(before=before, after=after, first=place == 0))


def _kind(*, before: bool, after: bool, first: bool) -> str:
    if before:
        return "continue" if after else "stop"
    if after:
        return "start"
    return "right" if first else "left"
