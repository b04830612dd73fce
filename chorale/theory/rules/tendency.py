"""Tones that have somewhere to go: leading tones and chord sevenths.

Both are followed through their voice: repetitions and octave leaps are passed over, a rest or the end of the phrase
sets the voice free. Ornaments owe nothing: notes shorter than half a beat, and sevenths that pass by step off the beat.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chorale.music import VOICES, Voice
from chorale.theory.finding import Severity
from chorale.theory.rules.base import Context, Hit, rule
from chorale.theory.rules.chord_tones import FIFTH, FOREIGN, Span
from chorale.theory.rules.wording import generic_size
from chorale.theory.texture import Bools

_OUTER = (Voice.SOPRANO, Voice.BASS)
_INNER = (Voice.ALTO, Voice.TENOR)
_UP_TO_TONIC, _SLIP, _UP_TO_NEXT = (-5, 1), (-7, -1), (2, 2)  # fifths and semitones from a leading tone
_DOWN_TO_FIFTH = (-4, -4)
_STEP_DOWN = 6  # staff places, octaves aside


@dataclass(frozen=True)
class _Tendency:
    """A tone that wants to move, as its voice leaves it.

    Attributes:
        span: the harmony.
        voice: who sings it.
        note: the last note that has it, a row of the lines.
        target: the note it moves to, the next row.
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

    It may wait while the dominant lasts, be repeated, reach the tonic by way of a note between, slip on chromatically,
    pass through as part of a scale that comes down from the tonic, or go on where the next chord has no tonic.
    Otherwise lead it up.
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
    return _astray(context, _INNER)


def _astray(context: Context, voices: tuple[Voice, ...]) -> Iterator[Hit]:
    for tendency in _leading_tones(context, voices):
        if not _leads(context, tendency):
            tonic = context.wording.note(tendency.span.harmony.tonic)
            path = f"{context.note(tendency.note)} to {context.note(tendency.target)}"
            yield context.at_notes(tendency.note, tendency.target, f"{path}, the leading tone does not go to {tonic}")


def _leading_tones(context: Context, voices: tuple[Voice, ...]) -> Iterator[_Tendency]:
    """Yield the leading tones with which voices leave a dominant, or a row of them, for a chord with the tonic."""
    tones = context.chord_tones
    for tendency in _tendencies(context, tones.dominants, tones.leading, tones.roles != FOREIGN, voices):
        number = int(tones.index[context.lines.rows[tendency.target]])
        if number >= 0 and tendency.span.harmony.tonic in tones.harmonies[number].chord.tones:
            yield tendency


def _leads(context: Context, tendency: _Tendency) -> bool:
    """Whether a leading tone does what it may."""
    note, target = tendency.note, tendency.target
    lead = int(context.lines.fifths[note])
    ways = {_UP_TO_TONIC, _DOWN_TO_FIFTH} if tendency.voice in _INNER else {_UP_TO_TONIC}
    targets = [target, *_on_the_way(context, tendency)]
    at_once = _interval(context, note, target)
    return bool(
        {_interval(context, note, later) for later in targets} & ways
        or at_once == _SLIP
        or (at_once == _UP_TO_NEXT and _leading_at(context, target) == context.lines.fifths[target])
        or any(_leading_at(context, later) == lead for later in targets)
        or _waits(context, tendency, lead)
        or _scale_down(context, note)
    )


def _on_the_way(context: Context, tendency: _Tendency) -> list[int]:
    """Return the note after the one that a voice moves to, where that is in the same harmony or foreign to its own."""
    row = int(context.lines.rows[tendency.target])
    ornament = row <= tendency.span.last or context.chord_tones.roles[row, tendency.voice] == FOREIGN
    after = context.lines.onward(tendency.target) if ornament else None
    return [after[1]] if after else []


def _interval(context: Context, note: int, later: int) -> tuple[int, int]:
    """Return fifths and semitones to a later note; octaves do not count where it has the same letter and sign."""
    lines = context.lines
    fifths, semitones = int(lines.fifths[later] - lines.fifths[note]), int(lines.pitches[later] - lines.pitches[note])
    return (fifths, 1) if fifths == _UP_TO_TONIC[0] else (fifths, semitones)


def _waits(context: Context, tendency: _Tendency, lead: int) -> bool:
    """Whether the next harmony keeps the tone as its own, or delays a dominant by a six-four on its root."""
    tones, row = context.chord_tones, tendency.span.last + 1
    number = int(tones.index[row]) if row < len(tones.index) else -1
    if number < 0:
        return False
    chord, after = tones.harmonies[number].chord, tones.leads[number + 1 : number + 2]
    kept = context.lines.rows[tendency.target] > row and lead in chord.tones
    delayed = len(chord.tones) == 3 and chord.inversion == FIFTH and chord.bass == lead - 4 and after == (lead,)
    return bool(kept or delayed)


def _leading_at(context: Context, note: int) -> int | None:
    """Return the leading tone of the dominant in which a note begins, if it is one."""
    number = int(context.chord_tones.index[context.lines.rows[note]])
    return None if number < 0 else context.chord_tones.leads[number]


def _scale_down(context: Context, note: int) -> bool:
    """Whether a note lies in a falling scale: a step down to it, a step down from it."""
    lines = context.lines
    came = note > 0 and lines.joined[note - 1] and lines.sizes[note - 1] == -1
    return bool(came and lines.sizes[note] == -1)


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

    It may be held over first, fall by way of another note, hand the seventh on to another voice, change
    chromatically, or rise by step where the bass takes its resolution, as in a passing V4/3. Otherwise lead it down.
    """
    for tendency in _sevenths(context):
        if not (_falls(context, tendency) or _is_handed_on(context, tendency) or _rises_with_bass(context, tendency)):
            path = f"{context.note(tendency.note)} to {context.note(tendency.target)}"
            way = "rises" if context.lines.moves[tendency.note] > 0 else "leaps down"
            root = context.wording.note(tendency.span.harmony.chord.root)
            text = f"{path}, the seventh of the chord on {root} {way}"
            yield context.at_notes(tendency.note, tendency.target, text)


def _sevenths(context: Context) -> Iterator[_Tendency]:
    """Yield the last seventh of each voice in each chord with one."""
    sevenths = context.chord_tones.sevenths & ~context.ornaments
    return _tendencies(context, context.chord_tones.spans, sevenths, sevenths, VOICES)


def _falls(context: Context, tendency: _Tendency) -> bool:
    """Whether the voice goes down by step, now or after one other note, or by a chromatic semitone."""
    lines, note = context.lines, tendency.note
    after = lines.onward(tendency.target)
    targets = [tendency.target, after[1]] if after else [tendency.target]
    sizes = {generic_size(*_interval(context, note, later)) % 7 for later in targets}
    return lines.sizes[note] == 0 or _STEP_DOWN in sizes


def _is_handed_on(context: Context, tendency: _Tendency) -> bool:
    """Whether the seventh lives on: held over in its voice, or sung by another as it leaves or later in the chord."""
    texture = context.texture
    row = int(context.lines.rows[tendency.target])
    rows = slice(row, max(row, tendency.span.last) + 1)
    sung = texture.sounds[rows] & (texture.fifths[rows] == context.lines.fifths[tendency.note])
    return bool(texture.steps[row] > tendency.span.harmony.end or sung.any())


def _rises_with_bass(context: Context, tendency: _Tendency) -> bool:
    """Whether the voice rises by step while the bass takes the note a step below the seventh."""
    texture, lines = context.texture, context.lines
    row = int(lines.rows[tendency.target])
    below = lines.fifths[tendency.note] - texture.fifths[row, Voice.BASS]
    return bool(lines.sizes[tendency.note] == 1 and texture.sounds[row, Voice.BASS] and below in {-2, 5, 2, -5})


def _tendencies(
    context: Context, spans: tuple[Span, ...], flags: Bools, among: Bools, voices: tuple[Voice, ...]
) -> Iterator[_Tendency]:
    """Yield the tones (M, 4) marked in ``flags`` that are the last ``among`` others of their voice in their harmony."""
    lines, shortest = context.lines, context.score.meter.steps_per_beat // 2
    for voice in voices:
        marked = flags[:, voice].tolist()
        members = among[:, voice].tolist()
        for span in spans:
            row = _last(members, span)
            after = lines.onward(int(lines.at[row, voice])) if row is not None and marked[row] else None
            if after and lines.ends[after[0]] - lines.starts[after[0]] >= shortest:
                yield _Tendency(span, voice, *after)


def _last(flags: list[bool], span: Span) -> int | None:
    """Return the last row of a harmony that is marked, or None."""
    return next((row for row in range(span.last, span.first - 1, -1) if flags[row]), None)
