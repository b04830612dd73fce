"""Reading ABC: the first tune of a file or all of them, their voices, then the common way to a score."""

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

from chorale.errors import InputError
from chorale.io.abc_notation.tune import Tune, read_tune, split_tunes
from chorale.io.assemble import assemble
from chorale.io.bar_lines import take_bars
from chorale.io.raw import RawPart, RawPiece, plural
from chorale.io.reading import Reading
from chorale.io.sources import read_text
from chorale.music import Meter

__all__ = ["read_abc", "read_abc_tunes"]

_MAX_SIZE = 4 << 20  # bytes


def read_abc(path: Path) -> Reading:
    """Read the first tune of an ABC file.

    Raises:
        InputError: the file has no tune, or its first tune has no notes or cannot be understood.
    """
    text = read_text(path, most=_MAX_SIZE)
    try:
        tunes = split_tunes(text)
        piece = _piece(read_tune(tunes[0]))
        if len(tunes) > 1:
            piece.warnings.insert(0, f"{len(tunes)} tunes in the file: read the first, {piece.title or 'untitled'}")
        return assemble(piece)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def read_abc_tunes(path: Path) -> Iterator[Reading]:
    """Yield the tunes of an ABC file that can be understood, in the order of the file.

    Raises:
        InputError: the file has no tune.
    """
    for lines in split_tunes(read_text(path, most=_MAX_SIZE)):
        with suppress(InputError):
            yield assemble(_piece(read_tune(lines)))


def _piece(tune: Tune) -> RawPiece:
    parts = [part for part in tune.parts.values() if part.notes]
    if not parts:
        raise InputError("the tune has no notes: wanted at least a melody")
    piece = RawPiece(
        [RawPart(part.name or voice, part.notes) for voice, part in tune.parts.items() if part.notes],
        key=tune.key,
        signature=tune.sharps,
        meter=tune.meter or Meter(4, 4),
        title=tune.title,
        composer=tune.composer,
        qpm=tune.tempi[0] if tune.tempi else None,
    )
    piece.warnings += _warnings(tune)
    longest = max(parts, key=lambda part: part.now)
    bars = longest.bars if tune.meter else []
    take_bars(piece, sorted({Fraction(0), *bars} - {longest.now}), longest.now)
    return piece


def _warnings(tune: Tune) -> list[str]:
    parts = tune.parts.values()
    warnings = [] if tune.meter else ["no meter: read as 4/4"]
    if sum(part.meter_changes for part in parts):
        warnings.append(f"the meter changes: kept {tune.meter or '4/4'} throughout")
    if sum(part.key_changes for part in parts):
        warnings.append("the key changes: kept the first signature throughout; the notes are right")
    if len(set(tune.tempi)) > 1:
        warnings.append(f"the tempo changes: kept the first, {tune.tempi[0]:g} quarters a minute, throughout")
    if grace := sum(part.grace for part in parts):
        warnings.append(f"left out {plural(grace, 'grace note')}")
    if sum(part.overlaid for part in parts):
        warnings.append("left out voices laid over others with &")
    if sum(part.repeats for part in parts):
        warnings.append("repeats are not played: every bar is read once, in the order of the page")
    return warnings
