"""Which tone of a chord two voices share.

A triad is judged once, at the first moment on a beat at which all four voices state it without a gap; only tendency
tones are looked at whenever they sound.
"""

from collections.abc import Iterator

import numpy as np

from chorale.music import VOICES, Voice
from chorale.theory.finding import Severity
from chorale.theory.harmony import Chord, Harmony, Quality
from chorale.theory.rules.base import Context, Hit, rule
from chorale.theory.rules.chord_tones import FIFTH, ROOT, SEVENTH, THIRD, Span, first_moments
from chorale.theory.texture import Bools

_ROLES = ("root", "third", "fifth", "seventh")
_TRIADS = {Quality.MAJOR.value, Quality.MINOR.value}
_SCALES = {"major": {-1, 0, 1, 2, 3, 4, 5}, "minor": {-4, -3, -2, -1, 0, 1, 2, 3, 5}}  # fifths above the tonic
_STEP_UP = {2, -5}  # fifths: a whole or a half step
_LEADING = 5  # fifths above the tonic


@rule(
    "doubled-leading-tone",
    14,
    "Doubled leading tone",
    Severity.ERROR,
    "Bach: in 1.2 of 100 chords that have one",
    needs_chords=True,
)
def doubled_leading_tone(context: Context) -> Iterator[Hit]:
    """The leading tone pulls so strongly to the tonic that two voices singing it must go in octaves, or one be bent.

    It is the third of the dominant and the root of the chord on the seventh degree, also where these are applied to
    another degree. Let one of the two voices double the root or the fifth instead.
    """
    tones = context.chord_tones
    for span, first, last, voices in _twice(context, tones.leading):
        tonic = context.wording.note(span.harmony.tonic)
        text = f"{context.sounding(first, voices[:1])}, the leading tone to {tonic}, is doubled"
        yield context.at_moments(voices, first, last, text)


@rule(
    "doubled-seventh",
    15,
    "Doubled chord seventh",
    Severity.ERROR,
    "Bach: in 0.9 of 100 chords that have one",
    needs_chords=True,
)
def doubled_seventh(context: Context) -> Iterator[Hit]:
    """A chord's seventh must fall by step; sung by two voices it leads to octaves, or one of the two goes astray.

    Let one of the voices double the root instead, or complete the chord.
    """
    tones = context.chord_tones
    for span, first, last, voices in _twice(context, tones.sevenths):
        chord = context.wording.note(span.harmony.chord.root)
        text = f"{context.sounding(first, voices[:1])}, the seventh of the chord on {chord}, is doubled"
        yield context.at_moments(voices, first, last, text)


def _twice(context: Context, flags: Bools) -> Iterator[tuple[Span, int, int, list[Voice]]]:
    """Yield each harmony in which two voices at once are marked, with the first and last such row and the voices.

    A voice that only passes by step off the beat doubles nothing.
    """
    marked = flags & ~context.ornaments
    doubled = marked.sum(axis=1) > 1
    if not doubled.any():
        return
    for span in context.chord_tones.spans:
        rows = (span.first + np.flatnonzero(doubled[span.first : span.last + 1])).tolist()
        if rows:
            yield span, rows[0], rows[-1], [voice for voice in VOICES if marked[rows[0], voice]]


@rule(
    "doubling-root-position",
    18,
    "Root not doubled",
    Severity.HINT,
    "Bach: doubles the root in 90 of 100 major and 80 of 100 minor triads in root position",
    needs_chords=True,
)
def doubling_root_position(context: Context) -> Iterator[Hit]:
    """In a triad in root position the root is the tone to double: it makes the chord rest on its bass.

    Another doubling is right where the voices lead to it by step, above all the third of the sixth degree after a
    dominant, which keeps the leading tone on its way; that one is not reported.
    """
    for span, row in _whole_triads(context):
        harmony, roles = span.harmony, context.chord_tones.roles[row]
        role = _doubled(roles)
        single = _stands_on(harmony.chord, ROOT) and (roles == ROOT).sum() == 1
        if single and not (role == THIRD and _is_deceptive(context, span)):
            yield _doubling(context, row, role, f"is doubled, the root {_tone(context, harmony, ROOT)} is not")


def _is_deceptive(context: Context, span: Span) -> bool:
    """Whether a chord on the sixth degree follows its dominant."""
    before = context.chord_tones.harmonies[span.number - 1] if span.number else None
    up = span.harmony.chord.root - before.chord.root if before else 0
    return before is not None and before.degree == "V" and up in _STEP_UP


@rule(
    "doubling-first-inversion",
    19,
    "Tendency tone doubled in a sixth chord",
    Severity.HINT,
    "Bach: doubles the bass of 34 of 100 major sixth chords: any tone but one with a tendency is good",
    needs_chords=True,
)
def doubling_first_inversion(context: Context) -> Iterator[Hit]:
    """In a chord in first inversion any tone may be doubled that is free to move where it likes, the bass too.

    Not free are the leading tone and every tone foreign to the key: each pulls in its own direction, and two voices
    cannot both follow. Double one of the other tones.
    """
    for span, row in _whole_triads(context):
        harmony, roles = span.harmony, context.chord_tones.roles[row]
        if not _stands_on(harmony.chord, THIRD):
            continue
        role = _doubled(roles)
        tone = harmony.chord.tones[role]
        if tone != harmony.leading_tone and _pulls(tone, harmony):
            yield _doubling(context, row, role, f"pulls on in {harmony.key.name}, but is doubled")


def _pulls(tone: int, harmony: Harmony) -> bool:
    """Whether a tone is foreign to the key, or its leading tone in a chord that belongs to the key."""
    above = tone - harmony.key.tonic
    return above not in _SCALES[harmony.key.mode] or (above == _LEADING and not harmony.is_applied)


@rule(
    "doubling-diminished",
    20,
    "Diminished sixth chord without its third doubled",
    Severity.HINT,
    "Bach: doubles the third of 75 of 100 such chords",
    needs_chords=True,
)
def doubling_diminished(context: Context) -> Iterator[Hit]:
    """In the diminished triad on the seventh degree, which comes in first inversion, the third in the bass is doubled.

    Root and fifth make the tritone, and both want to move by step: the one up, the other down. Double the third.
    """
    for span, row in _whole_triads(context):
        harmony, role = span.harmony, _doubled(context.chord_tones.roles[row])
        if harmony.degree == "viio" and harmony.chord.inversion == THIRD and role == FIFTH:
            yield _doubling(context, row, role, f"is doubled, the third {_tone(context, harmony, THIRD)} is not")


@rule(
    "six-four-doubling",
    21,
    "Six-four chord without its bass doubled",
    Severity.HINT,
    "Bach: doubles the fifth of 77 of 100 six-four chords",
    needs_chords=True,
)
def six_four_doubling(context: Context) -> Iterator[Hit]:
    """In a six-four chord the fifth of the chord, which is in the bass, is the tone to double.

    The sixth and the fourth above it behave like suspensions and fall by step; doubled they would make octaves. Let an
    upper voice sing the bass's note.
    """
    for span, row in _whole_triads(context):
        harmony, role = span.harmony, _doubled(context.chord_tones.roles[row])
        if _stands_on(harmony.chord, FIFTH) and role != FIFTH:
            yield _doubling(context, row, role, f"is doubled, the fifth {_tone(context, harmony, FIFTH)} is not")


def _whole_triads(context: Context) -> Iterator[tuple[Span, int]]:
    """Yield the triads that all four voices state without a gap, on a beat: between beats a chord is passed through.

    A seventh chord is a triad until its seventh comes.
    """
    tones = context.chord_tones
    whole = tones.heard[:, [ROOT, THIRD, FIFTH]].all(axis=1) & ~tones.heard[:, SEVENTH]
    chords = (span for span in tones.spans if not span.harmony.chord.is_augmented_sixth)
    return first_moments(chords, whole & tones.stated & (context.texture.accents > 0))


def _stands_on(chord: Chord, role: int) -> bool:
    """Whether a chord with a major or minor triad has a certain one of its tones in the bass."""
    return chord.quality.value[: FIFTH + 1] in _TRIADS and chord.inversion == role


def _doubled(roles: np.ndarray) -> int:
    """Return the role that most of the four voices (4,) share."""
    return int(np.bincount(roles, minlength=4).argmax())


def _tone(context: Context, harmony: Harmony, role: int) -> str:
    return context.wording.note(harmony.chord.tones[role])


def _doubling(context: Context, row: int, role: int, fault: str) -> Hit:
    voices = [voice for voice in VOICES if context.chord_tones.roles[row, voice] == role]
    return context.at_moments(
        voices, row, row, f"{context.sounding(row, voices[:1])}, the chord's {_ROLES[role]}, {fault}"
    )
