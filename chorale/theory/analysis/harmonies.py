"""From segments to harmonies: joined where the chord stays, parted where the bass moves in it on a beat."""

from collections.abc import Iterator, Sequence

from chorale.music import Score
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
    pieces = [piece for segment in _joined(segments, texture) for piece in _parted(segment, texture, lines)]
    following = _following_roots(pieces)
    return [
        _harmony(score, texture, lines, segment, chord, after)
        for (segment, chord), after in zip(pieces, following, strict=True)
    ]


def _joined(segments: Sequence[Segment], texture: Texture) -> list[Segment]:
    """Join neighbours of one chord in one key and phrase."""
    joined: list[Segment] = []
    for segment in segments:
        before = joined[-1] if joined else None
        if before is not None and _continues(before, segment, texture):
            joined[-1] = Segment(before.first, segment.last, segment.root, segment.quality, segment.key)
        else:
            joined.append(segment)
    return joined


def _continues(one: Segment, two: Segment, texture: Texture) -> bool:
    same = (one.root, one.quality, one.key) == (two.root, two.quality, two.key)
    return same and bool(texture.phrases[one.first] == texture.phrases[two.first])


def _parted(segment: Segment, texture: Texture, lines: Lines) -> Iterator[tuple[Segment, Chord]]:
    """Yield the parts of a segment over which the bass keeps one chord tone, each with its chord."""
    tones = [segment.root + above for above in segment.quality.value]
    basses = [(row, _chord_tone(texture, row, tones)) for row in range(segment.first, segment.last + 1)]
    heard = [(row, bass) for row, bass in basses if bass is not None]
    current = heard[0][1] if heard else segment.root
    starts = [(segment.first, current)]
    for row, bass in heard:
        if bass != current and lines.strength[row] >= _BEAT and texture.begins[row].any():
            starts.append((row, bass))
            current = bass
    ends = [start - 1 for start, _ in starts[1:]] + [segment.last]
    for (start, bass), end in zip(starts, ends, strict=True):
        part = Segment(start, end, segment.root, segment.quality, segment.key)
        yield part, Chord(segment.root, segment.quality, bass)


def _chord_tone(texture: Texture, row: int, tones: Sequence[int]) -> int | None:
    """Return the chord tone that the lowest voice sounds, by its sound, or None."""
    voices = texture.sounds[row].nonzero()[0]
    if not len(voices):
        return None
    fifth = int(texture.fifths[row, voices[-1]])
    return next((tone for tone in tones if (tone - fifth) % 12 == 0), None)


def _following_roots(pieces: Sequence[tuple[Segment, Chord]]) -> list[int | None]:
    """Return, for each piece, the root of the next chord with another root, if it is in the same key."""
    following: list[int | None] = [None] * len(pieces)
    for index in range(len(pieces) - 2, -1, -1):
        here, after = pieces[index][0], pieces[index + 1][0]
        if here.root == after.root and here.key == after.key:
            following[index] = following[index + 1]
        else:
            following[index] = after.root
    return following


def _harmony(
    score: Score,
    texture: Texture,
    lines: Lines,
    segment: Segment,
    chord: Chord,
    following: int | None,
) -> Harmony:
    tonic = segment.key.tonic
    after = None if following is None else following - tonic
    numeral = numeral_of(segment.key.mode, segment.root - tonic, segment.quality, after)
    return Harmony(
        start=int(texture.steps[segment.first]),
        end=int(texture.ends[segment.last]),
        chord=chord,
        key=segment.key,
        degree=numeral.degree,
        inversion_figures=inversion_figures(chord),
        of=numeral.of,
        figured_bass=figured_bass(chord, score.key, _suspended(texture, lines, segment, chord)),
    )


def _suspended(texture: Texture, lines: Lines, segment: Segment, chord: Chord) -> tuple[tuple[int, int], ...]:
    """Return (suspended tone, resolution) of each upper voice that is held over and steps down into the chord."""
    row = segment.first
    found = []
    for voice in texture.sounds[row].nonzero()[0][:-1]:
        tone, goal = int(texture.fifths[row, voice]), int(lines.following[row, voice])
        resolves = lines.last[row, voice] < segment.last and goal in chord.tones and -3 < lines.leave[row, voice] < 0
        if lines.held[row, voice] and tone not in chord.tones and resolves:
            found.append((tone, goal))
    return tuple(found)
