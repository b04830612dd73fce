"""Tones that have somewhere to go: leading tones and chord sevenths.

Both are followed through their voice: repetitions are passed over, a rest or the end of the phrase sets the voice free.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from chorale.music import VOICES, Voice
from chorale.theory.finding import Severity
from chorale.theory.harmony import Harmony
from chorale.theory.rules.base import Context, Hit, rule
from chorale.theory.rules.chord_tones import FOREIGN, SEVENTH, Span
from chorale.theory.texture import Bools

_OUTER = (Voice.SOPRANO, Voice.BASS)


@dataclass(frozen=True)
class _Tendency:
    """A tone that wants to move, the last of its kind in a voice and a harmony.

    Attributes:
        span: the harmony.
        voice: who sings it.
        note: the last note that has it, a row of the lines.
        target: the note it moves to.
    """

    span: Span
    voice: Voice
    note: int
    target: int


@rule(
    "leading-tone",
    16,
    "Leading tone in an outer voice does not rise",
    Severity.ERROR,
    "Bach: lets it rise in 91 of 100 cases in the soprano, 95 in the bass",
    needs_chords=True,
)
def outer_leading_tone(context: Context) -> Iterator[Hit]:
    """In soprano and bass everybody hears the leading tone ask for the tonic, and it rises to it by a half step.

    It may wait while the dominant lasts, be repeated, reach the tonic by way of a short note between, slip down
    chromatically, or pass through as part of a scale that comes down from the tonic. Otherwise lead it up.
    """
    return _astray(context, _OUTER)


@rule(
    "leading-tone-inner",
    16,
    "Leading tone in an inner voice goes astray",
    Severity.HINT,
    "Bach: lets it rise in 62 of 100 cases in the inner voices; most others fall to the fifth degree",
    needs_chords=True,
)
def inner_leading_tone(context: Context) -> Iterator[Hit]:
    """In alto and tenor the leading tone rises to the tonic or falls a third to the fifth degree.

    The fall, which completes the tonic chord, is hidden by the voices around it. Other ways leave it hanging.
    """
    return _astray(context, (Voice.ALTO, Voice.TENOR))


def _astray(context: Context, voices: tuple[Voice, ...]) -> Iterator[Hit]:
    for tendency in _tendencies(context, context.chord_tones.leading, voices):
        if not _leads(context, tendency):
            tonic = context.wording.note(tendency.span.harmony.tonic)
            path = f"{context.note(tendency.note)} to {context.note(tendency.target)}"
            yield context.at_notes(tendency.note, tendency.target, f"{path}, the leading tone does not go to {tonic}")


def _leads(context: Context, tendency: _Tendency) -> bool:
    """Whether a leading tone does what it may."""
    lines, note, target = context.lines, tendency.note, tendency.target
    reached = _harmony_of(context, target)
    if reached is not None and reached is not tendency.span.harmony and reached.leading_tone == lines.fifths[note]:
        return True  # another dominant with the same leading tone: the wait goes on
    step, size = lines.pitches[target] - lines.pitches[note], lines.fifths[target] - lines.fifths[note]
    to_tonic, slips = (step, size) == (1, -5), (step, size) == (-1, -7)
    to_fifth = (step, size) == (-4, -4) and tendency.voice not in _OUTER
    return to_tonic or slips or to_fifth or _scale_down(context, note, target) or _rises_later(context, note, target)


def _scale_down(context: Context, note: int, target: int) -> bool:
    """Whether a note lies in a falling scale: a step down to it, a step down from it."""
    lines = context.lines
    came = note > 0 and lines.joined[note - 1] and lines.sizes[note - 1] == -1
    return bool(came and lines.sizes[target - 1] == -1)


def _rises_later(context: Context, note: int, target: int) -> bool:
    """Whether one note stands between a leading tone and its tonic."""
    lines = context.lines
    after = lines.next_pitch(target)
    return after is not None and bool(lines.pitches[after] - lines.pitches[note] == 1)


@rule(
    "seventh-resolution",
    17,
    "Chord seventh does not fall by step",
    Severity.ERROR,
    "Bach: lets it fall, sooner or later, in 96 to 98 of 100 cases",
    needs_chords=True,
)
def seventh_resolution(context: Context) -> Iterator[Hit]:
    """A chord's seventh is a dissonance, and its voice falls by step into the next chord.

    It may be held over first, fall by way of another chord tone, hand the seventh on to another voice, change
    chromatically, or rise by step where the bass takes its resolution, as in a passing V4/3. Otherwise lead it down.
    """
    lines = context.lines
    for tendency in _tendencies(context, context.chord_tones.roles == SEVENTH, VOICES):
        if not (_falls(context, tendency) or _is_handed_on(context, tendency) or _rises_with_bass(context, tendency)):
            path = f"{context.note(tendency.note)} to {context.note(tendency.target)}"
            way = "rises" if lines.pitches[tendency.target] > lines.pitches[tendency.note] else "leaps down"
            root = context.wording.note(tendency.span.harmony.chord.root)
            text = f"{path}, the seventh of the chord on {root} {way}"
            yield context.at_notes(tendency.note, tendency.target, text)


def _falls(context: Context, tendency: _Tendency) -> bool:
    """Whether the voice goes down by step, now or after one other note, or by a chromatic semitone."""
    lines, note, target = context.lines, tendency.note, tendency.target
    if lines.sizes[target - 1] in {0, -1}:
        return True
    after = lines.next_pitch(target)
    return after is not None and 1 <= lines.pitches[note] - lines.pitches[after] <= 2


def _is_handed_on(context: Context, tendency: _Tendency) -> bool:
    """Whether the next moment still has the seventh in a chord: held over in the voice, or sung by another."""
    texture, lines = context.texture, context.lines
    row = int(lines.rows[tendency.target])
    seventh = int(lines.fifths[tendency.note])
    harmony = _harmony_of(context, tendency.target)
    held = int(texture.steps[row]) > tendency.span.harmony.end
    others = [voice for voice in VOICES if voice != tendency.voice]
    sung = texture.sounds[row, others] & (texture.fifths[row, others] == seventh)
    return held or bool(sung.any() and harmony is not None and seventh in harmony.chord.tones)


def _rises_with_bass(context: Context, tendency: _Tendency) -> bool:
    """Whether the voice rises by step while the bass takes the note a step below the seventh."""
    texture, lines = context.texture, context.lines
    row = int(lines.rows[tendency.target])
    if lines.sizes[tendency.target - 1] != 1 or not texture.sounds[row, Voice.BASS]:
        return False
    below = lines.fifths[tendency.note] - texture.fifths[row, Voice.BASS]
    return bool(below in {2, -5})


def _tendencies(context: Context, flags: Bools, voices: tuple[Voice, ...]) -> Iterator[_Tendency]:
    """Yield the tones marked in ``flags`` that are the last chord tone of their voice in their harmony."""
    tones, lines = context.chord_tones, context.lines
    columns = list(voices)
    for span in tones.spans:
        rows = slice(span.first, span.last + 1)
        if not flags[rows, columns].any():
            continue
        for voice in voices:
            member = np.flatnonzero(tones.roles[rows, voice] != FOREIGN)
            row = span.first + int(member[-1]) if len(member) else span.first
            note = int(lines.at[row, voice])
            target = lines.next_pitch(note) if flags[row, voice] else None
            if target is not None:
                yield _Tendency(span, voice, note, target)


def _harmony_of(context: Context, note: int) -> Harmony | None:
    tones = context.chord_tones
    number = int(tones.index[context.lines.rows[note]])
    return None if number < 0 else tones.harmonies[number]
