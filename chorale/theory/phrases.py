"""Where phrases end: at fermatas, and at long notes where a score has none.

Parts move freely from one phrase to the next, so no rule looks across such an end, and a cadence stands before it.
"""

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
    """Return the ends of soprano notes of half a bar or more that are longer than every note within a bar before."""
    notes = score.chorale.notes(0)
    return {note.end for index, note in enumerate(notes) if _is_long(note, notes[:index], score)}


def _is_long(note: Note, before: list[Note], score: Score) -> bool:
    bar = score.meter.steps_per_bar
    recent = [other for other in before if other.end > note.start - bar]
    return 2 * note.length >= bar and bool(recent) and all(2 * other.length <= note.length for other in recent)
