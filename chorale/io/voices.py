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
_NAMES_SHOWN = 4  # of the parts that were left out
_SHARE_OF_LINE = 0.7  # of the notes of each of four parts that are to be one line
_SHARE_OF_FOURS = 0.6  # of the onsets of chords that are to be read as four voices


def four_voices(parts: Sequence[RawPart]) -> tuple[Lines, list[str]]:
    """Return the lines of soprano, alto, tenor and bass, and a warning for what was left out.

    In this order: a closed score as this program writes it; parts named after the voices; four parts; two staves of two
    voices each; one or two staves of four-note chords, split from the top. Anything else gives its top line as the
    soprano.

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
    """Return a line for each voice that has a part of its name, the first of that name.

    All four are wanted, or no other parts but such, the soprano among them.
    """
    found: dict[int, RawPart] = {}
    for part in parts:
        voice = _voice_named(part.name)
        if voice is not None:
            found.setdefault(voice, part)
    if len(found) < len(VOICES) and (0 not in found or len(found) < len(parts)):
        return None
    return [top_line(found[voice].notes) if voice in found else [] for voice in VOICES]


def _voice_named(name: str) -> int | None:
    """Return the voice that the first line of a part's name means: "Soprano 1" is the soprano, "Bassoon" none."""
    first_line = next(iter(name.split("\n")), "")
    return next((voice for voice, names in enumerate(_NAMES) if _letters(first_line) in names), None)


def _one_each(parts: Sequence[RawPart]) -> Lines | None:
    """Return four parts' lines, unless they are mostly chords, as an accompanied tune's are."""
    if len(parts) != len(VOICES):
        return None
    lines = [top_line(part.notes) for part in parts]
    few = any(len(line) < _SHARE_OF_LINE * len(part.notes) for line, part in zip(lines, parts, strict=True))
    return None if few else lines


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
    others = [part for part in parts if part is not tune]
    warnings = []
    if others:
        warnings.append(f"read the soprano from {_called(tune)}; left out {_called_all(others)}")
    if len(line) < len(tune.notes):
        warnings.append(f"read the top line only; left out {plural(len(tune.notes) - len(line), 'note')} below it")
    return [line, [], [], []], warnings


def _left_out(parts: Sequence[RawPart], lines: Lines) -> list[str]:
    kept = {id(note) for line in lines for note in line}
    silent = [part for part in parts if not any(id(note) in kept for note in part.notes)]
    if silent:
        return [f"kept four parts; left out {_called_all(silent)}"]
    missing = sum(id(note) not in kept for part in parts for note in part.notes)
    return [f"left out {plural(missing, 'note')} that no single voice can sing"] if missing else []


def _called(part: RawPart) -> str:
    return " ".join(part.name.split()) or "a part without a name"


def _called_all(parts: Sequence[RawPart]) -> str:
    more = [f"{len(parts) - _NAMES_SHOWN} more"] if len(parts) > _NAMES_SHOWN else []
    return listed([*(_called(part) for part in parts[:_NAMES_SHOWN]), *more])
