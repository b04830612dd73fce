"""Rules on how two or more voices move together."""

from collections.abc import Iterator

import numpy as np

from chorale.music import VOICES, Voice
from chorale.theory.rules import Context, Hit
from chorale.theory.rules.pairs import OUTER, PAIRS
from chorale.theory.texture import Bools
from chorale.training.precedents.shows.base import at_moments, name, on_beats, shows, sung

_THIRDS = {(4, 4), (-3, 3)}  # fifths and semitones
_STEP, _LEAPS = {1}, {3, 4}  # staff places
_WITH_BASS = [pair for pair, (_, lower) in enumerate(PAIRS) if lower == Voice.BASS]


@shows("parallel-fifths")
def parallel_fifths(context: Context) -> Iterator[Hit]:
    """The bass steps under a fifth, from root to root; the voice that sings the fifth goes the other way."""
    return _against_bass(context, context.pairs.perfect_fifths, _STEP, "a fifth", "steps")


@shows("parallel-octaves")
def parallel_octaves(context: Context) -> Iterator[Hit]:
    """The bass steps under an octave; the voice that doubles it goes the other way."""
    return _against_bass(context, context.pairs.octaves, _STEP, "an octave", "steps")


@shows("contrary-fifths")
def contrary_fifths(context: Context) -> Iterator[Hit]:
    """The bass leaps under a fifth; the other voice goes against it, but into another interval."""
    return _against_bass(context, context.pairs.perfect_fifths, _LEAPS, "a fifth", "leaps")


@shows("contrary-octaves")
def contrary_octaves(context: Context) -> Iterator[Hit]:
    """The bass leaps under an octave; the other voice goes against it, but into another interval."""
    return _against_bass(context, context.pairs.octaves, _LEAPS, "an octave", "leaps")


def _against_bass(context: Context, interval: Bools, sizes: set[int], words: str, way: str) -> Iterator[Hit]:
    """Yield where the bass moves so far below an interval that the other voice leaves by contrary motion."""
    for row in _changes(context):
        bass = _size(context, row, Voice.BASS)
        for pair in _WITH_BASS:
            upper = PAIRS[pair][0]
            leaves = interval[row, pair] and not interval[row + 1, pair] and context.pairs.contrary[row, pair]
            if leaves and abs(bass) in sizes and abs(_size(context, row, upper)) <= 2:
                path = f"{sung(context, row, Voice.BASS)} to {sung(context, row + 1, Voice.BASS)}"
                other = f"{sung(context, row, upper)} to {sung(context, row + 1, upper)}"
                turn = "down" if bass > 0 else "up"
                remark = f"the bass {way} {path}; {name(upper)}, {words} above it, goes {turn}, {other}"
                yield at_moments(context, (upper, Voice.BASS), row, row + 1, remark)


def _changes(context: Context) -> Iterator[int]:
    """Yield the rows at which one chord in root position gives way to another, both on beats."""
    tones = context.chord_tones
    for row in np.flatnonzero(context.texture.joined & (np.diff(tones.index) != 0)).tolist():
        numbers = tones.index[row], tones.index[row + 1]
        if min(numbers) >= 0 and on_beats(context, row, row + 1):
            chords = [tones.harmonies[number].chord for number in numbers]
            if chords[0].root != chords[1].root and all(chord.inversion == 0 for chord in chords):
                yield row


def _size(context: Context, row: int, voice: int) -> int:
    """Return how far a voice goes from one moment to the next, in staff places."""
    texture = context.texture
    across = int(texture.fifths[row + 1, voice] - texture.fifths[row, voice])
    semitones = int(texture.pitches[row + 1, voice] - texture.pitches[row, voice])
    return 4 * across + 7 * ((semitones - 7 * across) // 12)


@shows("direct-fifths")
def direct_fifths(context: Context) -> Iterator[Hit]:
    """Soprano and bass go in one direction into a fifth, the soprano by step."""
    return _by_step(context, context.pairs.perfect_fifths[:, OUTER], "fifth")


@shows("direct-octaves")
def direct_octaves(context: Context) -> Iterator[Hit]:
    """Soprano and bass go in one direction into an octave, the soprano by step."""
    return _by_step(context, context.pairs.octaves[:, OUTER], "octave")


def _by_step(context: Context, interval: Bools, words: str) -> Iterator[Hit]:
    found = interval[1:] & ~interval[:-1] & context.pairs.similar[:, OUTER]
    for row in np.flatnonzero(found).tolist():
        steps = abs(_size(context, row, Voice.SOPRANO)) == 1 and abs(_size(context, row, Voice.BASS)) > 2
        if steps and on_beats(context, row, row + 1):
            path = f"{sung(context, row, Voice.SOPRANO)} to {sung(context, row + 1, Voice.SOPRANO)}"
            remark = f"soprano and bass go the same way into the {words}, but the soprano goes by step, {path}"
            yield at_moments(context, PAIRS[OUTER], row, row + 1, remark)


@shows("unequal-fifths")
def unequal_fifths(context: Context) -> Iterator[Hit]:
    """A diminished fifth above the bass closes into a third."""
    pairs = context.pairs
    for row in np.flatnonzero(context.texture.joined).tolist():
        for pair in _WITH_BASS:
            upper = PAIRS[pair][0]
            after = int(pairs.fifths[row + 1, pair]), int(abs(pairs.distance[row + 1, pair])) % 12
            closes = pairs.diminished_fifths[row, pair] and pairs.contrary[row, pair] and after in _THIRDS
            if closes and on_beats(context, row + 1):
                fifth, third = (context.sounding(at, (upper, Voice.BASS)) for at in (row, row + 1))
                voices = f"bass and {upper.label.lower()}"
                remark = f"the diminished fifth {fifth} between {voices} closes into the third {third}"
                yield at_moments(context, (upper, Voice.BASS), row, row + 1, remark)


@shows("same-direction")
def same_direction(context: Context) -> Iterator[Hit]:
    """The bass goes against the three other voices."""
    texture = context.texture
    ways = np.sign(np.diff(texture.pitches, axis=0))
    for row in _changes(context):
        upper, bass = ways[row, :3], int(ways[row, 3])
        if bass and (upper == -bass).all():
            turn = ("up", "down") if bass > 0 else ("down", "up")
            remark = f"the bass goes {turn[0]}, and the three other voices go {turn[1]} against it"
            yield at_moments(context, VOICES, row, row + 1, remark)


@shows("cross-relation")
def cross_relation(context: Context) -> Iterator[Hit]:
    """The voice that has a note bends it itself."""
    texture = context.texture
    across = np.diff(texture.fifths, axis=0)
    bends = (np.abs(across) == 7) & (np.abs(np.diff(texture.pitches, axis=0)) == 1) & texture.joined[:, None]
    for row, voice in np.argwhere(bends).tolist():
        if on_beats(context, row + 1):
            path = f"{sung(context, row, voice)} to {sung(context, row + 1, voice)}"
            remark = f"{name(voice)} itself goes from {path}, so that no other voice contradicts it"
            yield at_moments(context, (voice,), row, row + 1, remark)
