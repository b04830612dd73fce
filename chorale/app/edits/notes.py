"""Edits of notes in time: place, delete, move, lengthen, join, split, repeat."""

from collections.abc import Iterable
from fractions import Fraction

from chorale.app.edits.draft import Draft
from chorale.app.edits.selection import Selection
from chorale.errors import InputError
from chorale.music import Note, Pitch, Score, Voice

__all__ = ["delete", "dot", "double", "halve", "join", "move_in_time", "place", "repeat", "set_length", "split"]


def place(score: Score, voice: int, step: int, length: int, pitch: Pitch | int) -> Score:
    """Write a note over what is there, carving its neighbours; past the end the score grows by whole bars.

    Args:
        score: the score.
        voice: 0..3.
        step: its first step.
        length: its length in steps.
        pitch: spelled, or a MIDI number that the key spells.

    Raises:
        InputError: it begins before the score or has no length.
    """
    draft = Draft(score)
    draft.write(voice, step, length, score.key.spell(pitch) if isinstance(pitch, int) else pitch)
    return draft.finish()


def delete(score: Score, selection: Selection) -> Score:
    """Make rests of the selected notes."""
    draft = Draft(score)
    for voice, note in selection.sounding(score):
        draft.silence(voice, note.start, note.end)
    return draft.finish()


def move_in_time(score: Score, selection: Selection, steps: int) -> Score:
    """Move the selected notes later (or earlier, negative) over what is there; marks and locks go along.

    The selection follows with ``selection.shifted(steps)``.

    Raises:
        InputError: a note would begin before the score.
    """
    moves = [(voice, note, note.start + steps, note.length) for voice, note in selection.sounding(score)]
    return _moved(score, moves)


def _moved(score: Score, moves: Iterable[tuple[int, Note, int, int]]) -> Score:
    """Take (voice, note, new start, new length) out of their places and write them again, with their marks."""
    moves = list(moves)
    if any(start < 0 for _, _, start, _ in moves):
        raise InputError("the selection would begin before the first bar: wanted a place inside the score")
    draft = Draft(score)
    for voice, note, _, _ in moves:
        draft.silence(voice, note.start, note.end)
    for voice, note, start, length in moves:
        draft.write(voice, start, length, Pitch(int(score.spelling[note.start, voice]), note.pitch))
        _carry_marks(draft, voice, note, start, length)
    return draft.finish()


def _carry_marks(draft: Draft, voice: int, note: Note, start: int, length: int) -> None:
    score = draft.score
    if score.locked[note.start : note.end, voice].all():
        draft.locked[start : start + length, voice] = True
    if any(note.start <= step < note.end for step in score.fermatas):
        draft.fermatas |= {start} if note.start in score.fermatas else set()
    syllable = dict(score.lyrics).get(note.start)
    if voice == Voice.SOPRANO and syllable is not None:
        draft.lyrics[start] = syllable


def set_length(score: Score, selection: Selection, length: int) -> Score:
    """Give the selected notes one length, in steps; a longer note overwrites what follows, a shorter leaves a rest.

    Raises:
        InputError: the length is below 1.
    """
    if length < 1:
        raise InputError(f"a length of {length} steps: wanted at least 1")
    draft = Draft(score)
    for voice, note in selection.sounding(score):
        _relength(draft, voice, note.start, length)
    return draft.finish()


def _relength(draft: Draft, voice: int, start: int, length: int) -> None:
    """Give the note that begins here, if it still does, another length; its end carves as a new note would."""
    note = draft.sounding(voice, start)
    if note is None or note.start != start:
        return
    if length < note.length:
        draft.silence(voice, start + length, note.end)
    elif length > note.length:
        locked = bool(draft.locked[start : note.end, voice].all())
        draft.write(voice, start, length, draft.pitch(voice, start))
        draft.locked[start : start + length, voice] = locked


def double(score: Score, selection: Selection) -> Score:
    """Make the selected notes twice as long, a group of them as a whole: none swallows the next."""
    return _stretch(score, selection, Fraction(2))


def halve(score: Score, selection: Selection) -> Score:
    """Make the selected notes half as long, a group of them as a whole.

    Raises:
        InputError: a note or its place would fall between two sixteenths.
    """
    return _stretch(score, selection, Fraction(1, 2))


def _stretch(score: Score, selection: Selection, factor: Fraction) -> Score:
    span = selection.span(score)
    if span is None:
        return score
    moves = []
    for voice, note in selection.sounding(score):
        start, length = span[0] + (note.start - span[0]) * factor, note.length * factor
        if start.denominator != 1 or length.denominator != 1:
            raise InputError(
                f"half of the note at {score.place(note.start)} is no whole sixteenth: wanted a longer note"
            )
        moves.append((voice, note, int(start), int(length)))
    return _moved(score, moves)


def dot(score: Score, selection: Selection) -> Score:
    """Dot the selected notes, half as long again, or take the dot away from those that have one.

    Raises:
        InputError: a note is a sixteenth, which has no half on this grid.
    """
    draft = Draft(score)
    for voice, note in selection.sounding(score):
        if note.length == 1:
            raise InputError(f"the note at {score.place(note.start)} is a sixteenth: wanted an eighth or longer to dot")
        dotted = note.length % 3 == 0
        _relength(draft, voice, note.start, note.length * 2 // 3 if dotted else note.length * 3 // 2)
    return draft.finish()


def join(score: Score, voice: int, start: int) -> Score:
    """Tie a note to the next: the next note's time is added to it, whatever its pitch was.

    Raises:
        InputError: no note begins here, or none follows at once.
    """
    draft = Draft(score)
    note = draft.begins(voice, start)
    following = draft.sounding(voice, note.end)
    if following is None:
        raise InputError(f"nothing follows the note at {score.place(start)}: wanted a note right after it to tie to")
    locked = bool(draft.locked[start : note.end, voice].all())
    draft.write(voice, start, note.length + following.length, draft.pitch(voice, start))
    draft.locked[start : following.end, voice] = locked
    return draft.finish()


def split(score: Score, voice: int, step: int) -> Score:
    """Cut the note that sounds at a step in two there, both of its pitch.

    Raises:
        InputError: no note is held over that step.
    """
    draft = Draft(score)
    note = draft.sounding(voice, step)
    if note is None or note.start == step:
        raise InputError(f"no note is held over {score.place(step)}: wanted the inside of a note")
    draft.onsets[step, voice] = True
    return draft.finish()


def repeat(score: Score, selection: Selection) -> Score:
    """Write the selected notes once more, right after the last of them, over what is there.

    The new notes are ``selection.shifted(end - start)`` of ``selection.span(score)``.
    """
    span = selection.span(score)
    if span is None:
        return score
    draft = Draft(score)
    for voice, note in selection.sounding(score):
        pitch = Pitch(int(score.spelling[note.start, voice]), note.pitch)
        draft.write(voice, note.start + span[1] - span[0], note.length, pitch)
    return draft.finish()
