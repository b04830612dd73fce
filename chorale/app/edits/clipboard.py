"""Copy, cut and paste: a clip holds a stretch of some voices, rests included."""

from collections.abc import Iterable
from dataclasses import dataclass

from chorale.app.edits.draft import Draft
from chorale.errors import InputError
from chorale.music import VOICES, Pitch, Score, Voice

__all__ = ["Clip", "copy", "cut", "paste"]


@dataclass(frozen=True)
class Clip:
    """A stretch of some voices.

    Attributes:
        length: steps.
        voices: the voices it holds, from the top.
        notes: (voice, first step from the clip's start, length, pitch).
        lyrics: (step from the clip's start, syllable), if it holds the soprano.
    """

    length: int
    voices: tuple[int, ...]
    notes: tuple[tuple[int, int, int, Pitch], ...]
    lyrics: tuple[tuple[int, str], ...] = ()


def copy(score: Score, start: int, end: int, voices: Iterable[int] = VOICES) -> Clip:
    """Return what some voices do from ``start`` to before ``end``; notes that reach out of it are cut to fit.

    Raises:
        InputError: the stretch is empty.
    """
    start, end = max(0, start), min(end, score.steps)
    if end <= start:
        raise InputError("nothing is selected: wanted a stretch of the score")
    chosen = tuple(sorted({int(voice) for voice in voices}))
    notes = tuple(
        (voice, max(note.start, start) - start, min(note.end, end) - max(note.start, start), pitch)
        for voice in chosen
        for note, pitch in score.notes(voice)
        if note.start < end and note.end > start
    )
    lyrics = tuple((step - start, text) for step, text in score.lyrics if start <= step < end)
    return Clip(end - start, chosen, notes, lyrics if Voice.SOPRANO in chosen else ())


def cut(score: Score, start: int, end: int, voices: Iterable[int] = VOICES) -> Score:
    """Silence some voices from ``start`` to before ``end``; a note that began before keeps its head."""
    draft = Draft(score)
    for voice in voices:
        held = draft.sounding(voice, end)
        draft.silence(voice, start, end)
        if held is not None and held.start < end:
            draft.onsets[end, voice] = True
    return draft.finish()


def paste(score: Score, step: int, clip: Clip, voice: int | None = None) -> Score:
    """Write a clip from a step on, its rests too, over what is there; past the end the score grows by whole bars.

    Args:
        score: the score.
        step: where the clip begins.
        clip: what was copied.
        voice: where a clip of one voice goes; None: where it came from.

    Raises:
        InputError: ``voice`` is given for a clip of several voices, or the step is before the score.
    """
    if voice is not None and len(clip.voices) != 1:
        raise InputError(f"the clip holds {len(clip.voices)} voices: wanted one, to paste it into another voice")
    if step < 0:
        raise InputError(f"paste at step {step}: wanted a step of the score")
    draft = Draft(score)
    draft.reach(step + clip.length)
    for each in clip.voices:
        draft.carve(each if voice is None else voice, step, step + clip.length)
    for each, offset, length, pitch in clip.notes:
        draft.write(each if voice is None else voice, step + offset, length, pitch)
    if voice in {None, Voice.SOPRANO}:
        draft.lyrics |= {step + offset: text for offset, text in clip.lyrics}
    return draft.finish()
