"""Edits of pitch: move by scale step, semitone or octave, transpose, respell, change the key."""

from collections.abc import Callable
from functools import cache

import numpy as np

from chorale.app.edits.draft import Draft
from chorale.app.edits.selection import Selection
from chorale.errors import InputError
from chorale.music import Key, Pitch, Score
from chorale.theory.numerals import transposed_name

__all__ = ["move_chromatic", "move_diatonic", "move_octaves", "respell", "set_key", "set_pitch", "transpose"]

_LOWEST, _HIGHEST = 21, 108  # of a piano: no voice sings beyond, and the staff would drown in ledger lines


def set_pitch(score: Score, selection: Selection, pitch: Pitch | int) -> Score:
    """Give the selected notes one pitch, spelled, or a MIDI number that the key spells."""
    wanted = score.key.spell(pitch) if isinstance(pitch, int) else pitch
    return _repitched(score, selection, lambda _: wanted)


def move_diatonic(score: Score, selection: Selection, places: int) -> Score:
    """Move the selected notes so many places up the staff (down, negative), as the signature alters them.

    Raises:
        InputError: a note would leave the piano.
    """
    return _repitched(score, selection, lambda pitch: score.key.at_place(pitch.place + places))


def move_chromatic(score: Score, selection: Selection, semitones: int) -> Score:
    """Move the selected notes by semitones: up spells a note outside the key as raised, down as lowered.

    Raises:
        InputError: a note would leave the piano.
    """
    return _repitched(score, selection, lambda pitch: _spell_moving(score.key, pitch.midi + semitones, semitones))


def _spell_moving(key: Key, midi: int, direction: int) -> Pitch:
    _check(midi)
    if midi % 12 in key.scale:
        return key.spell(midi)
    raised = 1 if direction > 0 else -1
    neighbour = key.spell(midi - raised)  # the scale's note that is altered
    fifth = neighbour.fifth + 7 * raised
    altered = Pitch(fifth, midi)
    fits = (midi - raised) % 12 in key.scale and abs(altered.alter) <= 1
    return altered if fits else _plain(key.spell(midi))


def _plain(pitch: Pitch) -> Pitch:
    """Return the pitch under a name without double accidentals."""
    return pitch if abs(pitch.alter) <= 1 else Pitch(pitch.fifth - 12 * (1 if pitch.alter > 0 else -1), pitch.midi)


def move_octaves(score: Score, selection: Selection, octaves: int) -> Score:
    """Move the selected notes by octaves, spelled as they are.

    Raises:
        InputError: a note would leave the piano.
    """
    return _repitched(score, selection, lambda pitch: _shifted(pitch, 0, 12 * octaves))


def transpose(score: Score, selection: Selection, semitones: int) -> Score:
    """Transpose the selected notes by an interval, keeping what they are to one another: C E G# up 2 is D F# A#.

    Raises:
        InputError: a note would leave the piano.
    """
    fifths = score.key.transposed(semitones).tonic - score.key.tonic
    return _repitched(score, selection, lambda pitch: _shifted(pitch, fifths, semitones))


def _shifted(pitch: Pitch, fifths: int, semitones: int) -> Pitch:
    _check(pitch.midi + semitones)
    return Pitch(pitch.fifth + fifths, pitch.midi + semitones)


def respell(score: Score, selection: Selection) -> Score:
    """Give the selected notes their next enharmonic name: G# becomes Ab and G# again."""
    return _repitched(score, selection, _respelled)


def _respelled(pitch: Pitch) -> Pitch:
    names = [Pitch(fifth, pitch.midi) for fifth in range(pitch.fifth % 12 - 24, 25, 12)]
    for most in (1, 2):  # double accidentals only for the three white keys that have no other name
        cycle = [name for name in names if abs(name.alter) <= most]
        if len(cycle) > 1:
            return cycle[(cycle.index(pitch) + 1) % len(cycle)] if pitch in cycle else cycle[0]
    return pitch


def _repitched(score: Score, selection: Selection, change: Callable[[Pitch], Pitch]) -> Score:
    """Give each selected note the pitch that ``change`` makes of its own, keeping all else of it."""
    draft, change = Draft(score), cache(change)
    for voice, note in selection.sounding(score):
        pitch = change(Pitch(int(score.spelling[note.start, voice]), note.pitch))
        _check(pitch.midi)
        draft.pitches[note.start : note.end, voice] = pitch.midi
        draft.spelling[note.start : note.end, voice] = pitch.fifth
        if note.end < draft.steps and draft.pitches[note.end, voice] == pitch.midi:
            draft.onsets[note.end, voice] = True  # a neighbour of now equal pitch stays a note of its own
    return draft.finish()


def _check(midi: int) -> None:
    if not _LOWEST <= midi <= _HIGHEST:
        raise InputError(f"the note would be MIDI number {midi}: wanted {_LOWEST} to {_HIGHEST}, the range of a piano")


def set_key(score: Score, key: Key, *, transposing: bool = False) -> Score:
    """Change the key.

    Args:
        score: the score.
        key: the new key.
        transposing: True moves all notes to it, by the nearer way up or down (a tritone up), keeping intervals and
            names in step; False leaves the sound as it is and spells anew those notes that the old key spelled.

    Raises:
        InputError: a note would leave the piano.
    """
    if key == score.key:
        return score
    if not transposing:
        return score.replace(key=key, spelling=_respelled_for(score, key))
    semitones = (key.tonic_class - score.key.tonic_class + 5) % 12 - 5
    fifths = key.tonic - score.key.tonic
    chords = tuple((step, transposed_name(name, fifths)) for step, name in score.chords)
    return transpose_by(score, fifths, semitones).replace(key=key, chords=chords)


def _respelled_for(score: Score, key: Key) -> np.ndarray:
    """Return the spelling (T, 4) in which cells spelled by the old key are spelled by the new one."""
    classes = score.chorale.pitches % 12
    old, new = (
        np.array([each.spell_class(pitch_class) for pitch_class in range(12)])[classes] for each in (score.key, key)
    )
    return np.where(score.spelling == old, new, score.spelling)


def transpose_by(score: Score, fifths: int, semitones: int) -> Score:
    """Return all of the score moved so many semitones, its names so many fifths along the line of fifths."""
    return _repitched(score, Selection.all_of(score), lambda pitch: _shifted(pitch, fifths, semitones))
