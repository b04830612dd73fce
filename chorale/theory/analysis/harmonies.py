"""From segments to harmonies: joined where the chord stays, parted where the bass moves in it on a beat."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from chorale.music import Key, Score
from chorale.theory.analysis.decode import Segment
from chorale.theory.analysis.figures import figured_bass
from chorale.theory.analysis.lines import Lines
from chorale.theory.analysis.naming import inversion_figures, numeral_of
from chorale.theory.harmony import Chord, Harmony
from chorale.theory.texture import Texture

__all__ = ["harmonies_of"]

_BEAT = 2  # metrical strength from which a new bass note makes a new harmony


def harmonies_of(score: Score, texture: Texture, lines: Lines, segments: Sequence[Segment]) -> list[Harmony]:
    """Return the harmonies of a segmentation, in order, with their numerals and figures."""
    basses = _basses(texture)
    moves = (texture.begins.any(axis=1) & (lines.strength >= _BEAT)).tolist()
    joined = _joined(segments, texture)
    pieces = [piece for segment in joined for piece in _parted(segment, basses, moves)]
    suspensions = _suspensions(texture, lines)
    return [
        _harmony(score.key, texture, segment, chord, after, suspensions.get(segment.first, ()))
        for (segment, chord), after in zip(pieces, _following_roots(pieces), strict=True)
    ]


def _basses(texture: Texture) -> list[int | None]:
    """Return the lowest voice's tone at each moment, or None in silence."""
    sounds = texture.sounds
    lowest = np.where(sounds, np.arange(4), -1).max(axis=1)
    fifths = texture.fifths[np.arange(len(texture)), lowest].tolist()
    return [fifth if voice >= 0 else None for fifth, voice in zip(fifths, lowest.tolist(), strict=True)]


def _joined(segments: Sequence[Segment], texture: Texture) -> list[Segment]:
    """Join neighbours of one chord in one key and phrase."""
    joined: list[Segment] = []
    for segment in segments:
        before = joined[-1] if joined else None
        if before is not None and _continues(before, segment, texture):
            joined[-1] = replace(before, last=segment.last)
        else:
            joined.append(segment)
    return joined


def _continues(one: Segment, two: Segment, texture: Texture) -> bool:
    same = (one.root, one.quality, one.key) == (two.root, two.quality, two.key)
    return same and bool(texture.phrases[one.first] == texture.phrases[two.first]) and one.last + 1 == two.first


def _parted(segment: Segment, basses: Sequence[int | None], moves: Sequence[bool]) -> Iterator[tuple[Segment, Chord]]:
    """Yield the parts of a segment over which the bass keeps one chord tone, each with its chord."""
    by_class = {(segment.root + above) % 12: segment.root + above for above in segment.quality.value}
    rows = range(segment.first, segment.last + 1)
    heard = [(row, by_class[bass % 12]) for row in rows if (bass := basses[row]) is not None and bass % 12 in by_class]
    kept = [(segment.first, heard[0][1] if heard else segment.root)]
    for row, bass in heard:
        if bass != kept[-1][1] and moves[row]:
            kept.append((row, bass))
    ends = [start - 1 for start, _ in kept[1:]] + [segment.last]
    for (start, bass), end in zip(kept, ends, strict=True):
        yield replace(segment, first=start, last=end), Chord(segment.root, segment.quality, bass)


def _following_roots(pieces: Sequence[tuple[Segment, Chord]]) -> list[int | None]:
    """Return, for each piece, the root of the next chord that has another root."""
    following: list[int | None] = [None] * len(pieces)
    for index in range(len(pieces) - 2, -1, -1):
        here, after = pieces[index][0], pieces[index + 1][0]
        same = here.root == after.root and here.key == after.key
        following[index] = following[index + 1] if same else after.root
    return following


def _suspensions(texture: Texture, lines: Lines) -> dict[int, list[tuple[int, int, int]]]:
    """Return, by moment, (tone, the tone it steps down to, the last moment it sounds) of each held upper voice."""
    lowest = np.where(texture.sounds, np.arange(4), -1).max(axis=1)
    upper = texture.sounds & (np.arange(4) < lowest[:, None])
    found: dict[int, list[tuple[int, int, int]]] = {}
    for row, voice in np.argwhere(upper & lines.held & lines.goes_by_step & (lines.leave < 0)).tolist():
        tone, goal = int(texture.fifths[row, voice]), int(lines.following[row, voice])
        found.setdefault(row, []).append((tone, goal, int(lines.last[row, voice])))
    return found


def _harmony(
    signature: Key,
    texture: Texture,
    segment: Segment,
    chord: Chord,
    following: int | None,
    held: Sequence[tuple[int, int, int]],
) -> Harmony:
    tonic = segment.key.tonic
    after = None if following is None else following - tonic
    numeral = numeral_of(segment.key.mode, segment.root - tonic, segment.quality, after)
    tones = set(chord.tones)
    suspended = [
        (tone, goal) for tone, goal, last in held if tone not in tones and goal in tones and last < segment.last
    ]
    return Harmony(
        start=int(texture.steps[segment.first]),
        end=int(texture.ends[segment.last]),
        chord=chord,
        key=segment.key,
        degree=numeral.degree,
        inversion_figures=inversion_figures(chord),
        of=numeral.of,
        figured_bass=figured_bass(chord, signature, tuple(suspended)),
    )
