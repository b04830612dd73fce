"""Which chords are whole, which six-fours are in their place, what follows what, and how phrases close."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np

from chorale.music import VOICES, Voice
from chorale.theory.analysis.six_four import SixFour, six_four
from chorale.theory.finding import Severity
from chorale.theory.harmony import Harmony, Quality
from chorale.theory.rules.base import Context, Hit, rule
from chorale.theory.rules.chord_tones import FIFTH, ROOT, THIRD, ChordTones, Span, first_moments, is_triad

_SUBDOMINANTS = {"IV", "iv", "ii", "iio", "iiø"}
_CONSONANT = {Quality.MAJOR, Quality.MINOR}
_WORDS = {ROOT: "root", THIRD: "third"}


@rule(
    "six-four",
    21,
    "Six-four chord out of place",
    Severity.WARNING,
    "Bach: in fewer than one of ten chorales, among hundreds of six-fours in their place",
    needs_chords=True,
)
def six_four_in_place(context: Context) -> Iterator[Hit]:
    """A six-four chord is unstable, and there are four places for it.

    It delays another chord over the same bass, above all the dominant (cadential), lies on a bass that goes by step
    through it (passing) or stays (pedal), or comes from or goes to another position of its own chord (arpeggiated).
    Elsewhere take another inversion.
    """
    tones = context.chord_tones
    stated = tones.stated & tones.heard[:, ROOT] & (context.texture.accents > 0)
    consonant = (span for span in tones.spans if span.harmony.chord.quality in _CONSONANT)
    for span, row in first_moments((span for span in consonant if _is_six_four(span.harmony)), stated):
        if tones.roles[row, Voice.BASS] == FIFTH and not _is_in_place(context, span, row):
            text = f"{span.harmony.chord.name} is neither cadential, passing, pedal nor arpeggiated"
            yield context.at_moments(VOICES, row, row, text)


def _is_in_place(context: Context, span: Span, row: int) -> bool:
    """Whether the analysis knows a six-four's kind, or its bass passes, or it delays a chord on its bass."""
    after = context.chord_tones.harmonies[span.number + 1 : span.number + 2]
    delays = bool(after) and after[0].chord.inversion == ROOT and after[0].chord.root == span.harmony.chord.bass
    return delays or _bass_passes(context, row) or six_four(context.analysis, span.number) is not SixFour.FREE


def _bass_passes(context: Context, row: int) -> bool:
    """Whether the bass goes by step through a moment in one direction."""
    lines = context.lines
    note = int(lines.at[row, Voice.BASS])
    into, out = lines.sizes[note - 1 : note + 1] if 0 < note < len(lines) - 1 else (0, 0)
    return bool(into == out and abs(out) == 1)


@rule(
    "omitted-third",
    22,
    "Chord without its third",
    Severity.ERROR,
    "Bach: 0.9 of 100 chords lack the third",
    needs_chords=True,
)
def omitted_third(context: Context) -> Iterator[Hit]:
    """The third makes a chord major or minor; without it the chord is hollow and the harmony unclear.

    The fifth may be left out, the third may not. Let a voice that doubles the root or the fifth sing it.
    """
    spans = context.chord_tones.on_one_root
    return _without(context, (span for span in spans if not _is_six_four(span.harmony)), THIRD)


@rule(
    "omitted-root",
    22,
    "Chord without its root",
    Severity.ERROR,
    "Bach: hardly ever",
    needs_chords=True,
)
def omitted_root(context: Context) -> Iterator[Hit]:
    """Without its root a chord is not the chord that is meant.

    Let one of the voices sing it; the fifth is the tone that can be spared.
    """
    spans = context.chord_tones.on_one_root
    return _without(context, (span for span in spans if is_triad(span.harmony)), ROOT)


def _is_six_four(harmony: Harmony) -> bool:
    """Whether a harmony is a triad on its fifth; without its third it is a dominant with a suspended fourth."""
    return is_triad(harmony) and harmony.chord.inversion == FIFTH


def _without(context: Context, spans: Iterable[Span], role: int) -> Iterator[Hit]:
    """Yield the harmonies that all four voices state in chord tones on a beat, with none on a tone at any moment."""
    tones = context.chord_tones
    stated = tones.stated & (tones.heard[:, ROOT] | (role == ROOT)) & (context.texture.accents > 0)
    heard = tones.heard[:, role].tolist()
    for span, row in first_moments(spans, stated):
        if True not in heard[span.first : span.last + 1]:
            chord, tone = span.harmony.chord, context.wording.note(span.harmony.chord.tones[role])
            name = f"{context.wording.note(chord.root)} {chord.quality.label}"
            yield context.at_moments(VOICES, row, row, f"{name} has no {_WORDS[role]} {tone}")


@rule(
    "retrogression",
    26,
    "Dominant to subdominant",
    Severity.HINT,
    "Bach: after 1.3 of 100 dominants",
    needs_chords=True,
)
def retrogression(context: Context) -> Iterator[Hit]:
    """A dominant in root position makes one expect the tonic; the fourth or second degree after it walks backwards.

    Go on to the first or the sixth degree, or put the subdominant before the dominant. In inversion, as a passing
    chord, it can be fine.
    """
    tones, joined = context.chord_tones, context.texture.joined
    for span, after in pairwise(tones.spans):
        walks_back = joined[span.last] and _walks_back(span.harmony, after.harmony)
        if walks_back and _stands_on_root(tones, span) and _stands_on_root(tones, after):
            text = (
                f"{span.harmony.numeral} to {after.harmony.numeral} in {after.harmony.key.name}, both in root position"
            )
            yield context.at_moments([Voice.BASS], span.first, after.first, text)


def _stands_on_root(tones: ChordTones, span: Span) -> bool:
    """Whether a harmony sounds on a beat, and the bass has its root."""
    has_root = tones.roles[span.first : span.last + 1, Voice.BASS] == ROOT
    return bool(tones.weighty[span.first] and has_root.any())


def _walks_back(before: Harmony, after: Harmony) -> bool:
    is_dominant = before.degree == "V" and not before.of and before.chord.inversion == ROOT
    is_subdominant = after.degree in _SUBDOMINANTS and not after.of and after.chord.inversion == ROOT
    return is_dominant and is_subdominant and before.key == after.key


@rule(
    "cadence",
    25,
    "Cadence",
    Severity.HINT,
    "Bach: of 1134 cadences 49 % perfect authentic, 17 imperfect authentic, 25 half, 2 deceptive, 2 plagal, 5 others",
    needs_chords=True,
)
def cadence(context: Context) -> Iterator[Hit]:
    """Every phrase closes with a cadence, which says how final the close is.

    A perfect authentic cadence (V to I, both in root position, the tonic in the soprano) ends; an imperfect one ends
    less; a half cadence (on V) asks for more; a deceptive one (V to vi) disappoints; a plagal one (IV to I) adds an
    amen. This is information, not a fault: it is told only where it is asked for.
    """
    texture = context.texture
    for close in context.analysis.cadences:
        row = int(np.searchsorted(texture.steps, close.step))
        sounding = [voice for voice in VOICES if texture.sounds[row, voice]]
        yield context.at_moments(sounding, row, row, f"{close.kind.label} in {close.key.name}")
