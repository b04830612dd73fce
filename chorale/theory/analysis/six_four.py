"""What licenses a six-four chord: the four kinds textbooks allow (Kostka & Payne; Aldwell & Schachter)."""

from enum import Enum

from chorale.music import REST
from chorale.theory.harmony import Analysis, Harmony

__all__ = ["SixFour", "six_four"]


class SixFour(Enum):
    """A six-four chord's kind; its value is what it is called."""

    CADENTIAL = "cadential"
    PASSING = "passing"
    PEDAL = "pedal"
    ARPEGGIATED = "arpeggiated"
    FREE = "free"


def six_four(analysis: Analysis, number: int) -> SixFour | None:
    """Return the kind of a triad in second inversion, or None where the harmony is no six-four.

    Args:
        analysis: of the piece.
        number: of the harmony.
    """
    harmonies = analysis.harmonies
    here = harmonies[number]
    if len(here.chord.tones) != 3 or here.chord.inversion != 2 or here.chord.is_augmented_sixth:
        return None
    before = harmonies[number - 1] if number else None
    after = harmonies[number + 1] if number + 1 < len(harmonies) else None
    if after is not None and _is_cadential(here, after):
        return SixFour.CADENTIAL
    if any(other is not None and other.chord.root == here.chord.root for other in (before, after)):
        return SixFour.ARPEGGIATED
    return _by_bass(*(_bass_pitch(analysis, harmony) for harmony in (before, here, after)))


def _is_cadential(here: Harmony, after: Harmony) -> bool:
    """Whether it delays a dominant over the same bass: the tonic's fifth stays and becomes the dominant's root."""
    is_dominant = after.leading_tone is not None and after.chord.root == here.chord.bass
    return is_dominant and after.chord.inversion == 0 and after.tonic == here.chord.root


def _by_bass(before: int, here: int, after: int) -> SixFour:
    if before == here == after:
        return SixFour.PEDAL
    into, out = here - before, after - here
    if REST not in {before, after} and 1 <= abs(into) <= 2 and 1 <= abs(out) <= 2 and into * out > 0:
        return SixFour.PASSING
    return SixFour.FREE


def _bass_pitch(analysis: Analysis, harmony: Harmony | None) -> int:
    """Return the MIDI number of the harmony's bass where it first sounds; REST for none."""
    if harmony is None:
        return REST
    texture = analysis.texture
    rows = range(texture.index_at(harmony.start), texture.index_at(harmony.end - 1) + 1)
    for row in rows:
        voices = texture.sounds[row].nonzero()[0]
        if len(voices) and texture.fifths[row, voices[-1]] == harmony.chord.bass:
            return int(texture.pitches[row, voices[-1]])
    return REST
