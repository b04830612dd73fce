"""From a raw piece to a score: four voices on the grid, a key, and every warning."""

import numpy as np

from chorale.errors import InputError
from chorale.io.grid import GridNote, Moves, nearest_step, to_grid
from chorale.io.raw import RawNote, RawPiece, check_size
from chorale.io.reading import Reading
from chorale.io.voices import four_voices
from chorale.music import VOICES, Chorale, IntArray, Key, Note, Score
from chorale.music.time import QPM_RANGE
from chorale.theory.key_finding import estimate_key

__all__ = ["assemble"]

_DEFAULT_QPM = 84.0
_MOST_TEXT = 500  # characters of a title or a composer


def assemble(piece: RawPiece) -> Reading:
    """Return the score of a raw piece and what had to be changed on the way.

    Raises:
        InputError: the piece has no notes or is too long.
    """
    length = max([piece.length, *(note.end for part in piece.parts for note in part.notes)])
    check_size(length, sum(len(part.notes) for part in piece.parts), piece.meter)
    lines, left_out = four_voices(piece.parts)
    moves = Moves()
    voices = [to_grid(_inside(line), moves) for line in lines]
    score = _score(piece, voices, nearest_step(length))
    moved = moves.warnings(lambda step: str(score.place(step)))
    return Reading(score, (*piece.warnings, *left_out, *moved))


def _inside(line: list[RawNote]) -> list[RawNote]:
    return [note for note in line if note.start >= 0 and 0 <= note.midi <= 127]


def _score(piece: RawPiece, voices: list[list[GridNote]], length: int) -> Score:
    if not any(voices):
        raise InputError("the file has no notes that can be sung: wanted at least a melody")
    steps = max(length, *(fitted.note.end for voice in voices for fitted in voice))
    chorale = Chorale.from_voices([[fitted.note for fitted in voice] for voice in voices], steps)
    key = _key(piece, [fitted.note for voice in voices for fitted in voice])
    return Score(
        chorale,
        key=key,
        meter=piece.meter,
        pickup=nearest_step(piece.pickup) % piece.meter.steps_per_bar,
        qpm=_playable(piece.qpm),
        fermatas=_fermatas(voices),
        title=_one_line(piece.title),
        composer=_one_line(piece.composer),
        lyrics=tuple((fitted.note.start, fitted.raw.lyric) for fitted in voices[0] if fitted.raw.lyric),
        spelling=_spelling(voices, key, chorale),
    )


def _playable(qpm: float | None) -> float:
    low, high = QPM_RANGE
    return _DEFAULT_QPM if qpm is None else min(max(qpm, low), high)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_MOST_TEXT]


def _key(piece: RawPiece, notes: list[Note]) -> Key:
    if piece.key is not None:
        return piece.key
    return estimate_key(notes, signature=piece.signature)


def _fermatas(voices: list[list[GridNote]]) -> frozenset[int]:
    """Return a fermata's step once: a lower voice's counts only where no higher note that sounds there has it."""
    steps: set[int] = set()
    covered: list[Note] = []
    for voice in voices:
        held = [fitted.note for fitted in voice if fitted.raw.fermata]
        steps |= {note.start for note in held if not any(_touch(note, other) for other in covered)}
        covered += held
    return frozenset(steps)


def _touch(note: Note, other: Note) -> bool:
    return note.start < other.end and other.start < note.end


def _spelling(voices: list[list[GridNote]], key: Key, chorale: Chorale) -> IntArray:
    spelling = np.zeros(chorale.pitches.shape, dtype=np.int16)
    for voice in VOICES:
        for fitted in voices[voice]:
            fifth = fitted.raw.fifth
            chosen = key.spell_class(fitted.note.pitch) if fifth is None else fifth
            spelling[fitted.note.start : fitted.note.end, voice] = chosen
    return spelling
