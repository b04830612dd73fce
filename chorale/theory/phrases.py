"""Where phrases end: at fermatas, and at long notes and rests where a score has none.

Parts move freely from one phrase to the next, so no rule looks across such an end, and a cadence stands before it.
"""

from itertools import pairwise

from chorale.music import REST, VOICES, Note, Score

__all__ = ["phrase_ends"]


def phrase_ends(score: Score) -> tuple[int, ...]:
    """Return the first step after each phrase, in rising order; the last is the score's length.

    A phrase ends with the highest voice's note that carries the fermata; lower voices may move on below it.
    """
    ends = {_end_of_sound(score, step) for step in score.fermatas} or _long_notes(score)
    return tuple(sorted({*(end for end in ends if 0 < end < score.steps), score.steps}))


def _end_of_sound(score: Score, step: int) -> int:
    """Return where the highest sounding voice's note at a step ends; the step itself in a rest of all voices."""
    for voice in VOICES:
        if score.chorale.pitches[step, voice] != REST:
            return next(note.end for note in score.chorale.notes(voice) if note.start <= step < note.end)
    return step


def _long_notes(score: Score) -> set[int]:
    """Return the ends of soprano notes that close a phrase by their length, or by the rest after them.

    A long note closes one where the place in the bar comes back on which the piece began: phrases begin alike. On
    Bach's chorales without their fermatas four in five ends found so are ends (without that condition, half).
    """
    notes = score.chorale.notes(0)
    beat = score.meter.steps_per_beat
    rests = {note.end for note, after in pairwise(notes) if after.start - note.end >= beat}
    bar = score.meter.steps_per_bar
    long = {note.end for index, note in enumerate(notes) if _is_long(note, notes[:index], bar) and note.end % bar == 0}
    return rests | long


def _is_long(note: Note, before: list[Note], bar: int) -> bool:
    """Whether a note fills half a bar or more and is half as long again as every note within a bar before it."""
    recent = [other for other in before if other.end > note.start - bar]
    return 2 * note.length >= bar and bool(recent) and all(3 * other.length <= 2 * note.length for other in recent)
