"""Hints: words, a place to look at, or a gap filled from the solution."""

from dataclasses import dataclass

from chorale.errors import InputError
from chorale.levels.fields import Table
from chorale.levels.places import read_place
from chorale.levels.staff import Staff
from chorale.music import REST, Chorale, Score, Voice

__all__ = ["Hint", "filled", "read_hints"]


@dataclass(frozen=True)
class Hint:
    """A hint.

    Attributes:
        words: what is said; may be "" where something is shown or filled.
        show: the place to look at: voices (none: all) and step.
        fill: the note to write from the solution: voice and step.
    """

    words: str = ""
    show: tuple[tuple[Voice, ...], int] | None = None
    fill: tuple[Voice, int] | None = None


def read_hints(table: Table, staff: Staff) -> tuple[Hint, ...]:
    """Return the hints of the tables ``[[hints]]``.

    Raises:
        InputError: one of them says nothing, or names a place that is none.
    """
    return tuple(_hint(each, staff) for each in table.tables("hints"))


def _hint(table: Table, staff: Staff) -> Hint:
    words = table.text("words", default="")
    show = table.read("show", lambda text: read_place(text, staff.score), "a place") if "show" in table else None
    fill = table.read("fill", lambda text: _gap(text, staff), "a voice and place") if "fill" in table else None
    table.finish()
    if not words and show is None and fill is None:
        raise InputError(f"{table.path('words')} is missing: wanted words, show or fill")
    return Hint(words, show, fill)


def _gap(text: str, staff: Staff) -> tuple[Voice, int]:
    voices, step = read_place(text, staff.score)
    if len(voices) != 1 or not staff.writable[step, voices[0]]:
        raise InputError(f"{text!r}: wanted a voice and a place that is to be written, such as T2.3")
    return voices[0], step


def filled(score: Score, solution: Score, voice: Voice, step: int) -> Score:
    """Return the score with what the solution has in a voice at a step: its note, spelled as there, or its rest."""
    start, end = _room(solution, voice, step)
    room = slice(start, end), voice
    pitches, onsets, spelling = score.chorale.pitches.copy(), score.chorale.onsets.copy(), score.spelling.copy()
    pitches[room], onsets[room] = solution.chorale.pitches[room], solution.chorale.onsets[room]
    spelling[room] = solution.spelling[room]
    if end < score.steps and pitches[end, voice] != REST:
        onsets[end, voice] = True  # what sounded on beyond it begins there now
    return score.replace(chorale=Chorale(pitches, onsets), spelling=spelling)


def _room(solution: Score, voice: Voice, step: int) -> tuple[int, int]:
    """Return the first step of the note that sounds at a step, and the first after it; of a rest, its step alone."""
    notes = solution.chorale.notes(voice)
    return next(((note.start, note.end) for note in notes if note.start <= step < note.end), (step, step + 1))
