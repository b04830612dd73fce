"""Edits of everything that is not a note: fermatas, locks, lyrics, texts, tempo."""

from chorale.app.edits.draft import Draft
from chorale.app.edits.selection import Selection
from chorale.errors import InputError
from chorale.levels.notation import lay_text
from chorale.music import VOICES, Score, Voice

__all__ = [
    "set_composer",
    "set_lyric",
    "set_lyrics",
    "set_tempo",
    "set_title",
    "toggle_fermata",
    "toggle_lock",
    "toggle_voice_lock",
]

_LONGEST_TEXT = 200


def toggle_fermata(score: Score, step: int) -> Score:
    """Put a fermata on the notes that sound at a step, or take away what they have.

    Raises:
        InputError: nothing sounds there.
    """
    draft = Draft(score)
    notes = [draft.sounding(voice, step) for voice in VOICES]
    spans = [(note.start, note.end) for note in notes if note is not None]
    if not spans:
        raise InputError(f"nothing sounds at {score.place(step)}: wanted a note to put the fermata on")
    there = {mark for mark in score.fermatas if any(start <= mark < end for start, end in spans)}
    return score.replace(fermatas=score.fermatas - there if there else score.fermatas | {step})


def toggle_lock(score: Score, selection: Selection) -> Score:
    """Lock the selected notes, so that Harmonize leaves them alone; unlock them if all of them were."""
    cells = selection.cells(score)
    if not cells.any():
        return score
    locked = score.locked & ~cells if score.locked[cells].all() else score.locked | cells
    return score.replace(locked=locked)


def toggle_voice_lock(score: Score, voice: int) -> Score:
    """Lock a whole voice, rests too, or unlock it if it was wholly locked."""
    if not score.steps:
        return score
    locked = score.locked.copy()
    locked[:, voice] = not locked[:, voice].all()
    return score.replace(locked=locked)


def set_lyric(score: Score, step: int, text: str) -> Score:
    """Write a syllable under the soprano note that begins at a step; "" takes it away.

    Raises:
        InputError: no soprano note begins there.
    """
    draft = Draft(score)
    draft.begins(Voice.SOPRANO, step)
    draft.lyrics.pop(step, None)
    if text.strip():
        draft.lyrics[step] = _line(text)
    return draft.finish()


def set_lyrics(score: Score, text: str) -> Score:
    """Lay a text under the soprano from its first note on.

    Words are parted by spaces, syllables of a word by a hyphen, which stays at the syllable's end ("Al-" "le-"
    "lu-" "ja"); "_" passes over a note, for a syllable that is held. Notes beyond the text get no syllable, and
    syllables beyond the notes are left out.
    """
    lyrics = lay_text(text, [note.start for note in score.chorale.notes(Voice.SOPRANO)])
    return score if lyrics == score.lyrics else score.replace(lyrics=lyrics)


def set_title(score: Score, title: str) -> Score:
    """Change the title, one line."""
    return _with_text(score, "title", title)


def set_composer(score: Score, composer: str) -> Score:
    """Change the composer or source, one line."""
    return _with_text(score, "composer", composer)


def _with_text(score: Score, field: str, text: str) -> Score:
    line = _line(text)
    return score if getattr(score, field) == line else score.replace(**{field: line})


def _line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_TEXT]


def set_tempo(score: Score, qpm: float) -> Score:
    """Change the tempo, in quarter notes a minute.

    Raises:
        InputError: it is outside 10 to 400.
    """
    return score if qpm == score.qpm else score.replace(qpm=float(qpm))
