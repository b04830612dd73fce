"""Rules on leading tones and chord sevenths."""

from collections.abc import Iterator

import numpy as np

from chorale.music import VOICES, Voice
from chorale.theory.rules import Context, Hit
from chorale.theory.rules.chord_tones import FIFTH, ROOT, SEVENTH, THIRD
from chorale.training.precedents.shows.base import at_moments, at_notes, name, on_beats, settled, shows, sung

_INNER, _OUTER = (Voice.ALTO, Voice.TENOR), (Voice.SOPRANO, Voice.BASS)


@shows("doubled-leading-tone")
def doubled_leading_tone(context: Context) -> Iterator[Hit]:
    """A dominant doubles its root; one voice alone has the leading tone."""
    tones = context.chord_tones
    for span, row in settled(context):
        roles, harmony = tones.roles[row], span.harmony
        is_it = harmony.degree == "V" and not harmony.of and harmony.chord.inversion == 0
        if is_it and sorted(roles.tolist()) == [ROOT, ROOT, THIRD, FIFTH] and on_beats(context, row):
            voice = next(voice for voice in VOICES if roles[voice] == THIRD)
            doubling = [voice for voice in VOICES if roles[voice] == ROOT]
            remark = (
                f"{name(voice)} alone has the leading tone {sung(context, row, voice)}; "
                f"the root {sung(context, row, doubling[0])} is doubled"
            )
            yield at_moments(context, sorted((voice, *doubling)), row, row, remark)


@shows("doubled-seventh")
def doubled_seventh(context: Context) -> Iterator[Hit]:
    """All four tones of a seventh chord sound once."""
    tones = context.chord_tones
    for span, row in settled(context):
        roles = tones.roles[row].tolist()
        if sorted(roles) == [ROOT, THIRD, FIFTH, SEVENTH] and on_beats(context, row):
            voice = VOICES[roles.index(SEVENTH)]
            remark = (
                f"each voice has a tone of its own in {span.harmony.numeral}, and {name(voice)} alone "
                f"the seventh {sung(context, row, voice)}"
            )
            yield at_moments(context, VOICES, row, row, remark)


@shows("leading-tone")
def outer_leading_tone(context: Context) -> Iterator[Hit]:
    """The leading tone in an outer voice rises."""
    return _rising(context, _OUTER)


@shows("leading-tone-inner")
def inner_leading_tone(context: Context) -> Iterator[Hit]:
    """The leading tone in an inner voice rises."""
    return _rising(context, _INNER)


def _rising(context: Context, voices: tuple[Voice, ...]) -> Iterator[Hit]:
    lines = context.lines
    for note in _leaving(context, context.chord_tones.leading):
        row, voice = int(lines.rows[note + 1]), Voice(int(lines.voices[note]))
        if voice in voices and lines.moves[note] == 1 and lines.sizes[note] == 1 and on_beats(context, row):
            remark = f"the leading tone {context.note(note)} in {name(voice)} rises to {context.note(note + 1)}"
            yield at_notes(context, note, note + 1, remark)


@shows("seventh-resolution")
def seventh_resolution(context: Context) -> Iterator[Hit]:
    """A chord seventh falls by step."""
    lines = context.lines
    for note in _leaving(context, context.chord_tones.sevenths):
        if lines.sizes[note] == -1 and on_beats(context, int(lines.rows[note + 1])):
            remark = f"the seventh {context.note(note)} in {name(lines.voices[note])} falls to {context.note(note + 1)}"
            yield at_notes(context, note, note + 1, remark)


def _leaving(context: Context, flags: np.ndarray) -> Iterator[int]:
    """Yield the notes that are marked when they begin and give way to another with the next chord."""
    lines, tones = context.lines, context.chord_tones
    for note in np.flatnonzero(lines.joined).tolist():
        row, after = int(lines.rows[note]), int(lines.rows[note + 1])
        lasts = lines.ends[note] - lines.starts[note] >= context.score.meter.steps_per_beat // 2
        if lasts and flags[row, lines.voices[note]] and tones.index[row] != tones.index[after]:
            yield note
