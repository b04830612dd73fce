"""Reading MusicXML: safe parsing, size limits, then music21, then the common way to a score."""

from __future__ import annotations

import warnings
import zipfile
from typing import TYPE_CHECKING, Any

from chorale.errors import InputError
from chorale.io.assemble import assemble
from chorale.io.musicxml.container import MAX_SIZE, unpack
from chorale.io.musicxml.direct import direct_piece
from chorale.io.musicxml.facts import XmlFacts
from chorale.io.musicxml.from_music21 import raw_piece
from chorale.io.musicxml.partwise import to_partwise
from chorale.io.musicxml.percussion import without_drums
from chorale.io.musicxml.plain import NotPlain
from chorale.io.musicxml.safe_xml import parse
from chorale.io.raw import MAX_BARS, MAX_NOTES, plural
from chorale.io.sources import read_bytes

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from chorale.io.raw import RawPiece
    from chorale.io.reading import Reading

__all__ = ["read_musicxml", "warm_up"]

_ZIP_MAGIC = b"PK\x03\x04"
_NOT_READ = ("credit", "defaults")  # the look of the page: music21 would only carry it along


def read_musicxml(path: Path) -> Reading:
    """Read a plain or a compressed MusicXML file, whatever its suffix says.

    Raises:
        InputError: the file is not a score that can be read; the line says why and where.
    """
    data = read_bytes(path, most=MAX_SIZE)
    if data.startswith(_ZIP_MAGIC) or zipfile.is_zipfile(path):
        data = unpack(data, path)
    root = parse(data, path)
    if root.tag not in {"score-partwise", "score-timewise"}:
        raise InputError(f"{path} is XML of another kind, <{root.tag[:40]}>: wanted MusicXML, <score-partwise>")
    root = to_partwise(root)
    _check_size(root, path)
    left_out = without_drums(root)
    facts = XmlFacts.of(root)
    for tag in _NOT_READ:
        for element in root.findall(tag):
            root.remove(element)
    try:
        piece = _raw_piece(root, facts, path)
        if left_out:
            piece.warnings.append(f"left out the percussion, {plural(left_out, 'note')}")
        return assemble(piece)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def _raw_piece(root: Element, facts: XmlFacts, path: Path) -> RawPiece:
    """Read a plain file directly, any other through music21."""
    try:
        return direct_piece(root, facts)
    except NotPlain:
        return raw_piece(_through_music21(root, path), facts)


def _check_size(root: Element, path: Path) -> None:
    """Refuse before the slow part what would take minutes."""
    bars = max((len(part.findall("measure")) for part in root.findall("part")), default=0)
    notes = sum(1 for _ in root.iter("note"))
    if not bars:
        raise InputError(f"{path} has no bars: wanted a score with notes")
    if bars > MAX_BARS:
        raise InputError(f"{path} has {bars} bars: wanted at most {MAX_BARS} in one file; save it in parts")
    if notes > MAX_NOTES:
        raise InputError(
            f"{path} has {notes} notes and rests: wanted at most {MAX_NOTES}; save the voices alone, or in parts"
        )


def warm_up() -> None:
    """Load music21, which takes seconds, before a file is read or written."""
    import music21.musicxml.m21ToXml  # noqa: PLC0415  that is the point
    import music21.musicxml.xmlToM21  # noqa: F401, PLC0415


def _through_music21(root: Element, path: Path) -> Any:  # noqa: ANN401  music21 ships no types
    """Return music21's score of a tree that has been checked."""
    from music21.musicxml.xmlToM21 import MusicXMLImporter  # noqa: PLC0415  takes seconds to import

    importer = MusicXMLImporter()
    importer.xmlRoot = root
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # music21's remarks on odd files; what matters to a person we say ourselves
            importer.xmlRootToScore(root, importer.stream)
    except Exception as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise InputError(f"{path} is MusicXML that cannot be understood: {reason}") from error
    return importer.stream
