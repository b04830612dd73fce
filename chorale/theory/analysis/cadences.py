"""The cadence at each phrase's end.

Definitions (Open Music Theory; Caplin, The Classical Cadence, 2004), of the last two different chords of a phrase:
authentic, a dominant (V or vii) to the tonic triad: perfect where both stand in root position, the first is V, and
the soprano closes on the tonic; half, any chord to the dominant in root position: Phrygian where it is iv6 in a minor
key; deceptive, V to vi; plagal, IV to I.
"""

from collections.abc import Sequence

from chorale.music import Key
from chorale.theory.harmony import Cadence, CadenceKind, Harmony, Quality
from chorale.theory.texture import Texture

__all__ = ["cadence_kind", "cadences"]

_TRIADS = (Quality.MAJOR, Quality.MINOR)


def cadences(texture: Texture, harmonies: Sequence[Harmony]) -> tuple[Cadence, ...]:
    """Return the cadence of every phrase that ends on a harmony."""
    found = []
    for phrase in range(int(texture.phrases[-1]) + 1 if len(texture) else 0):
        rows = (texture.phrases == phrase).nonzero()[0]
        if len(rows):
            start, end = int(texture.steps[rows[0]]), int(texture.ends[rows[-1]])
            inside = [harmony for harmony in harmonies if start <= harmony.start < end]
            found += _cadence(texture, inside, end)
    return tuple(found)


def _cadence(texture: Texture, inside: Sequence[Harmony], end: int) -> list[Cadence]:
    """Return the close of a phrase's harmonies: the last chord is where its root first stands in the bass."""
    if not inside:
        return []
    first = len(inside) - 1
    while first and inside[first - 1].chord.root == inside[first].chord.root:
        first -= 1
    final = next((harmony for harmony in inside[first:] if not harmony.chord.inversion), inside[-1])
    kind = cadence_kind(inside[first - 1] if first else None, final, _soprano(texture, min(end, inside[-1].end) - 1))
    return [Cadence(inside[first].start, end, kind, final.key)]


def _soprano(texture: Texture, step: int) -> int | None:
    """Return the highest voice's tone at a step, or None in silence."""
    row = texture.index_at(step)
    voices = texture.sounds[row].nonzero()[0]
    return int(texture.fifths[row, voices[0]]) if len(voices) else None


def cadence_kind(before: Harmony | None, final: Harmony, soprano: int | None) -> CadenceKind:
    """Return the kind of a close.

    Args:
        before: the last chord with another root than the final one, if the phrase has it.
        final: the final chord.
        soprano: the soprano's closing tone on the line of fifths.
    """
    tonic, chord = final.key.tonic, final.chord
    if chord.root == tonic and chord.quality in _TRIADS:
        return _on_tonic(before, final, soprano)
    if chord.root == tonic + 1 and chord.quality in {Quality.MAJOR, Quality.DOMINANT_SEVENTH} and not chord.inversion:
        phrygian = before is not None and _is_phrygian(before, final.key)
        return CadenceKind.PHRYGIAN_HALF if phrygian else CadenceKind.HALF
    submediant = tonic + (3 if final.key.mode == "major" else -4)
    if chord.root == submediant and not chord.inversion and before is not None and _is_dominant(before, final.key):
        return CadenceKind.DECEPTIVE
    return CadenceKind.OTHER


def _on_tonic(before: Harmony | None, final: Harmony, soprano: int | None) -> CadenceKind:
    tonic = final.key.tonic
    if before is None:
        return CadenceKind.OTHER
    if _is_dominant(before, final.key):
        is_v = before.chord.root == tonic + 1
        strong = is_v and not before.chord.inversion and not final.chord.inversion and soprano == tonic
        return CadenceKind.PERFECT_AUTHENTIC if strong else CadenceKind.IMPERFECT_AUTHENTIC
    if before.chord.root == tonic - 1 and not final.chord.inversion:
        return CadenceKind.PLAGAL
    return CadenceKind.OTHER


def _is_dominant(harmony: Harmony, key: Key) -> bool:
    """Whether it has the key's leading tone: V or vii, or the augmented chords on V and III."""
    return key.tonic + 5 in harmony.chord.tones and harmony.chord.root - key.tonic in {
        1,
        5,
    }


def _is_phrygian(harmony: Harmony, key: Key) -> bool:
    chord = harmony.chord
    is_iv = chord.root == key.tonic - 1 and chord.quality in {
        Quality.MINOR,
        Quality.MINOR_SEVENTH,
    }
    return key.mode == "minor" and is_iv and chord.inversion == 1
