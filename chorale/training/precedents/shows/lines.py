"""Rules on how one voice moves."""

from collections.abc import Iterator

from chorale.music import Voice
from chorale.theory.rules import Context, Hit
from chorale.training.precedents.shows.base import at_notes, name, shows

_RAISED_SIXTH, _RAISED_SEVENTH = 3, 5  # fifths above the tonic
_DIMINISHED = {-6: "fifth", -8: "fourth"}  # fifths, seen upwards


@shows("augmented-interval")
def augmented_interval(context: Context) -> Iterator[Hit]:
    """In minor a line goes up by the raised sixth and seventh degree."""
    lines = context.lines
    for note in _chains(context, 3):
        number = int(context.chord_tones.index[lines.rows[note]])
        key = context.chord_tones.harmonies[number].key if number >= 0 else None
        if key is None or key.mode != "minor":
            continue
        degrees = (lines.fifths[note : note + 3] - key.tonic).tolist()
        if degrees == [_RAISED_SIXTH, _RAISED_SEVENTH, 0] and (lines.sizes[note : note + 2] == 1).all():
            path = _path(context, note, 3)
            remark = (
                f"in {key.name} {name(lines.voices[note])} goes {path}: the sixth degree is raised with the seventh"
            )
            yield at_notes(context, note, note + 2, remark)


@shows("diminished-leap")
def diminished_leap(context: Context) -> Iterator[Hit]:
    """A diminished leap turns back by step."""
    lines = context.lines
    for note in _chains(context, 3):
        kind = _DIMINISHED.get(int(lines.turns[note]))
        if kind and lines.sizes[note] * lines.sizes[note + 1] < 0 and abs(lines.sizes[note + 1]) == 1:
            leap = f"{name(lines.voices[note])} leaps a diminished {kind}, {_path(context, note, 2)}"
            remark = f"{leap}, and steps back inside, to {context.note(note + 2)}"
            yield at_notes(context, note, note + 2, remark)


@shows("leap-seventh")
def leap_seventh(context: Context) -> Iterator[Hit]:
    """A seventh is reached in two leaps."""
    return _in_two(context, 6, "seventh", tuple(Voice))


@shows("leap-sixth")
def leap_sixth(context: Context) -> Iterator[Hit]:
    """A sixth is reached in two leaps."""
    return _in_two(context, 5, "sixth", (Voice.SOPRANO, Voice.ALTO, Voice.TENOR))


def _in_two(context: Context, size: int, words: str, voices: tuple[Voice, ...]) -> Iterator[Hit]:
    lines = context.lines
    for note in _chains(context, 3):
        first, second = (int(each) for each in lines.sizes[note : note + 2])
        if (
            lines.voices[note] in voices
            and min(first * second, abs(first), abs(second)) > 1
            and abs(first + second) == size
        ):
            remark = f"{name(lines.voices[note])} goes a {words} in two leaps, {_path(context, note, 3)}"
            yield at_notes(context, note, note + 2, remark)


@shows("leap-over-octave")
def leap_over_octave(context: Context) -> Iterator[Hit]:
    """A leap of an octave, the widest, turns back."""
    lines = context.lines
    for note in _chains(context, 3):
        if abs(lines.moves[note]) == 12 and lines.sizes[note] * lines.sizes[note + 1] < 0:
            remark = f"{name(lines.voices[note])} leaps an octave, the widest leap there is, and turns back"
            yield at_notes(context, note, note + 2, remark)


@shows("leap-unanswered")
def leap_unanswered(context: Context) -> Iterator[Hit]:
    """A leap of a sixth or more is followed by a step back."""
    lines = context.lines
    for note in _chains(context, 3):
        leap, step = (int(each) for each in lines.sizes[note : note + 2])
        if abs(leap) in {5, 7} and abs(step) == 1 and leap * step < 0:
            words = "a sixth" if abs(leap) == 5 else "an octave"
            after = f"after the leap of {words}, {_path(context, note, 2)}"
            remark = f"{after}, {name(lines.voices[note])} steps back to {context.note(note + 2)}"
            yield at_notes(context, note, note + 2, remark)


def _chains(context: Context, length: int) -> Iterator[int]:
    """Yield the first of so many notes that follow one another in a voice, none shorter than half a beat."""
    lines, shortest = context.lines, context.score.meter.steps_per_beat // 2
    long = lines.ends - lines.starts >= shortest
    for note in range(len(lines) - length + 1):
        if lines.joined[note : note + length - 1].all() and long[note : note + length].all():
            yield note


def _path(context: Context, note: int, length: int) -> str:
    names = [context.note(each) for each in range(note, note + length)]
    return f"{', '.join(names[:-1])} to {names[-1]}" if len(names) < 3 else "-".join(names)
