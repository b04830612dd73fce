"""Rules on where the voices stand: ranges, distances, crossings."""

from collections.abc import Iterator

import numpy as np

from chorale.music import VOICES, Voice
from chorale.theory.rules import Context, Hit
from chorale.theory.rules.pairs import ADJACENT, PAIRS
from chorale.training.precedents.shows.base import at_moments, name, on_beats, shows, sung

_OCTAVE, _TWELFTH = 12, 19
_UPPER_PAIRS, _LOWEST_PAIR = ADJACENT[:2], ADJACENT[2]


@shows("range")
def out_of_range(context: Context) -> Iterator[Hit]:
    """A voice goes to the end of its range."""
    texture = context.texture
    for row, voice in np.argwhere(texture.begins).tolist():
        low, high = context.profile.ranges[voice]
        end = {low: "lowest", high: "highest"}.get(int(texture.pitches[row, voice]))
        if end:
            remark = f"{name(voice)} goes to {sung(context, row, voice)}, its {end} note, and no further"
            yield at_moments(context, (voice,), row, row, remark)


@shows("spacing")
def upper_voices_apart(context: Context) -> Iterator[Hit]:
    """Two of the upper voices are an octave apart, as far as they may."""
    for row, pair in np.argwhere(context.pairs.distance == _OCTAVE).tolist():
        if pair in _UPPER_PAIRS and on_beats(context, row):
            upper, lower = (voice.label.lower() for voice in PAIRS[pair])
            yield at_moments(context, PAIRS[pair], row, row, f"{upper} and {lower} are an octave apart, and no more")


@shows("spacing-bass")
def bass_apart(context: Context) -> Iterator[Hit]:
    """Tenor and bass are far apart, but a twelfth at most, while the upper voices are close."""
    distance = context.pairs.distance
    close = (distance[:, _UPPER_PAIRS] < _OCTAVE).all(axis=1)
    for row in np.flatnonzero(close & (distance[:, _LOWEST_PAIR] == _TWELFTH)).tolist():
        if on_beats(context, row):
            remark = "tenor and bass are a twelfth apart, and no more, while the upper voices stay close together"
            yield at_moments(context, (Voice.TENOR, Voice.BASS), row, row, remark)


@shows("crossing")
def crossed_voices(context: Context) -> Iterator[Hit]:
    """Two neighbours meet in a unison and part again."""
    distance, joined = context.pairs.distance, context.texture.joined
    for row in range(1, len(context.texture) - 1):
        for pair in ADJACENT:
            before, meets, after = (int(distance[at, pair]) for at in (row - 1, row, row + 1))
            if meets == 0 and before > 0 and after > 0 and joined[row - 1] and joined[row] and on_beats(context, row):
                upper, lower = (voice.label.lower() for voice in PAIRS[pair])
                remark = f"{upper} and {lower} meet on {sung(context, row, PAIRS[pair][0])} and part again, uncrossed"
                yield at_moments(context, PAIRS[pair], row, row, remark)


@shows("overlap")
def overlapping_voices(context: Context) -> Iterator[Hit]:
    """A voice leaps to the note that its neighbour has just left, and not past it."""
    texture = context.texture
    for row in np.flatnonzero(texture.joined).tolist():
        for voice in VOICES[:3]:
            old, new = texture.pitches[row], texture.pitches[row + 1]
            touches = new[voice + 1] == old[voice] and new[voice] > old[voice]
            if touches and new[voice + 1] - old[voice + 1] > 2 and on_beats(context, row, row + 1):
                note = sung(context, row, voice)
                remark = f"{name(voice + 1)} leaps up to {note}, which {name(voice)} has just left, and no higher"
                yield at_moments(context, (voice, Voice(voice + 1)), row, row + 1, remark)
