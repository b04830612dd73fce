"""Which notes of a file are the soprano, the alto, the tenor and the bass."""

import re
from collections.abc import Sequence

from chorale.errors import InputError
from chorale.io.lines import chord_sizes, split_in_two, top_line
from chorale.io.raw import RawNote, RawPart, listed, plural
from chorale.music import VOICES

__all__ = ["CLOSED_NAMES", "four_voices"]

Lines = list[list[RawNote]]

CLOSED_NAMES = ("Soprano\nAlto\nTenor\nBass", "S\nA\nT\nB")
"""Name and abbreviation of the part that is a closed score."""
_CLOSED_STREAMS = (("1", "2"), ("5", "6"))
_NAMES = (
    {"soprano", "sopran", "sopranos", "soprani", "cantus", "discantus", "treble", "s"},
    {"alto", "alt", "altos", "altus", "contralto", "a"},
    {"tenor", "tenors", "tenore", "t"},
    {"bass", "basses", "basso", "bassus", "b"},
)
_SHARE_OF_FOURS = 0.6  # of the onsets of chords that are to be read as four voices


def four_voices(parts: Sequence[RawPart]) -> tuple[Lines, list[str]]:
    """Return the lines of soprano, alto, tenor and bass, and a warning for what was left out.

    In this order: a closed score as this program writes it; parts named after the voices; four parts; two staves of two voices
    each; one or two staves of four-note chords, split from the top. Anything else gives its top line as the soprano.

    Raises:
        InputError: no part has a note.
    """
    sounding = [part for part in parts if part.notes]
    if not sounding:
        raise InputError("the file has no notes: wanted at least a melody")
    lines = _closed(parts) or _named(sounding)
    if lines is not None:
        return lines, _left_out(sounding, lines)
    for way in (_one_each, _two_staves, _chords):
        lines = way(sounding)
        if lines is not None:
            return lines, _left_out(sounding, lines)
    return _melody(sounding)


def _closed(parts: Sequence[RawPart]) -> Lines | None:
    """Return the voices of a closed score that this program wrote, where voice numbers say which is which."""
    if [_letters(part.name) for part in parts] != [_letters(CLOSED_NAMES[0])] * 2:
        return None
    if any({note.stream for note in part.notes} - set(pair) for part, pair in zip(parts, _CLOSED_STREAMS, strict=True)):
        return None
    pairs = zip(parts, _CLOSED_STREAMS, strict=True)
    return [top_line(note for note in part.notes if note.stream == stream) for part, pair in pairs for stream in pair]


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _named(parts: Sequence[RawPart]) -> Lines | None:
    """Return a line for each voice that has a part of its name, if the soprano is among them and none is there twice."""
    found: dict[int, RawPart] = {}
    for part in parts:
        for voice, names in enumerate(_NAMES):
            if _letters(part.name) in names:
                if voice in found:
                    return None
                found[voice] = part
    if len(found) < len(VOICES) and (0 not in found or len(found) < len(parts)):
        return None
    return [top_line(found[voice].notes) if voice in found else [] for voice in VOICES]


def _one_each(parts: Sequence[RawPart]) -> Lines | None:
    return [top_line(part.notes) for part in parts] if len(parts) == len(VOICES) else None


def _two_staves(parts: Sequence[RawPart]) -> Lines | None:
    if len(parts) != 2:
        return None
    pairs = [split_in_two(part.notes) for part in parts]
    return [line for pair in pairs if pair for line in pair] if all(pairs) else None


def _chords(parts: Sequence[RawPart]) -> Lines | None:
    """Split one or two staves of four-note chords from the top down."""
    notes = [note for part in parts for note in part.notes]
    sizes = chord_sizes(notes) if len(parts) <= 2 else {}
    onsets = sum(sizes.values())
    if sizes.get(4, 0) < _SHARE_OF_FOURS * max(1, onsets) or any(size > 4 for size in sizes):
        return None
    lines: Lines = []
    for _ in VOICES:
        lines.append(top_line(notes))
        taken = {id(note) for note in lines[-1]}
        notes = [note for note in notes if id(note) not in taken]
    return lines


def _melody(parts: Sequence[RawPart]) -> tuple[Lines, list[str]]:
    sung = [part for part in parts if any(note.lyric for note in part.notes)]
    tune = (sung or list(parts))[0]
    line = top_line(tune.notes)
    others = [part.name or "a part without a name" for part in parts if part is not tune]
    warnings = []
    if others:
        shown = listed([*others[:4], *([plural(len(others) - 4, "other part")] if len(others) > 4 else [])])
        warnings.append(f"read the soprano from {tune.name or 'the first part'}; left out {shown}")
    if len(line) < len(tune.notes):
        warnings.append(f"read the top line only; left out {plural(len(tune.notes) - len(line), 'note')} below it")
    return [line, [], [], []], warnings


def _left_out(parts: Sequence[RawPart], lines: Lines) -> list[str]:
    kept = {id(note) for line in lines for note in line}
    silent = [
        part.name or "a part without a name" for part in parts if not any(id(note) in kept for note in part.notes)
    ]
    missing = sum(id(note) not in kept for part in parts for note in part.notes)
    if silent:
        return [f"kept four parts; left out {listed(silent[:6])}"]
    return [f"left out {plural(missing, 'note')} that no single voice can sing"] if missing else []
