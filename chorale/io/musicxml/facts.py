"""What is read from the XML itself, whoever reads the notes: voices, tempi, the title, who composed."""

import re
from dataclasses import dataclass
from typing import Self
from xml.etree.ElementTree import Element

from chorale.io.lines import stream_order
from chorale.io.raw import RawPiece

__all__ = ["XmlFacts", "composer_of", "take_repeats", "take_tempo"]

_FASTEST = 10_000  # quarter notes a minute: more is damage
_SAME_TEMPO = 0.01  # quarter notes a minute
_FILE_NAME = re.compile(r"\.(mxl|xml|musicxml|mscz|mid|midi|krn)$", re.IGNORECASE)
_PROGRAMS = {"music21", "composer"}  # what music21 and MuseScore write when no one was named


@dataclass(frozen=True)
class XmlFacts:
    """What is read from the XML itself.

    Attributes:
        first_voices: the number of the first voice on each staff.
        tempi: to be played, quarter notes a minute, in order.
        title: as the file names it, or else as it is printed; music21 would write "Lady, The" the other way round.
    """

    first_voices: list[str]
    tempi: list[float]
    title: str

    @classmethod
    def of(cls, root: Element) -> Self:
        """Return the facts of a partwise tree."""
        return cls(_first_voices(root), _sound_tempi(root), _title(root))


def composer_of(named: str) -> str:
    """Return the composer, unless a program put its own name there."""
    return "" if named.lower() in _PROGRAMS else named


def take_tempo(piece: RawPiece, tempi: list[float]) -> None:
    """Set the tempo, and warn where it changes."""
    if not tempi:
        return
    piece.qpm = tempi[0]
    if any(abs(tempo - tempi[0]) > _SAME_TEMPO for tempo in tempi):
        piece.warnings.append(f"the tempo changes: kept the first, {tempi[0]:g} quarters a minute, throughout")


def take_repeats(piece: RawPiece, has_repeats: bool) -> None:  # noqa: FBT001  what it says
    """Warn of repeats."""
    if has_repeats:
        piece.warnings.append("repeats are not played: every bar is read once, in the order of the page")


def _first_voices(root: Element) -> list[str]:
    """Return the first voice number with pitches on each staff: music21 forgets it where a bar has one voice."""
    voices: dict[tuple[int, int], set[str]] = {}
    for number, part in enumerate(root.findall("part")):
        for note in part.iter("note"):
            staff = (note.findtext("staff") or "1").strip()
            numbers = voices.setdefault((number, int(staff) if staff.isdecimal() else 1), set())
            if note.find("pitch") is not None:
                numbers.add((note.findtext("voice") or "1").strip())
    return [min(voices[place], key=stream_order, default="1") for place in sorted(voices)]


def _sound_tempi(root: Element) -> list[float]:
    """Return the tempi that are to be played, quarter notes a minute, in file order; those of marks are rounded."""
    tempi = []
    for sound in root.iter("sound"):
        try:
            tempo = float(sound.get("tempo", ""))
        except ValueError:
            continue
        if 0 < tempo < _FASTEST:
            tempi.append(tempo)
    return tempi


def _title(root: Element) -> str:
    """Return the title a file names, or else the printed one, without the end of a file's name."""
    named = (root.findtext("work/work-title") or "").strip() or (root.findtext("movement-title") or "").strip()
    return _FILE_NAME.sub("", named or _credited_title(root))


def _credited_title(root: Element) -> str:
    """Return the title that is only printed on the page, for files that name none."""
    for credit in root.findall("credit"):
        words = "".join(text.text or "" for text in credit.findall("credit-words"))
        if (credit.findtext("credit-type") or "").strip() == "title" and words.strip():
            return words
    return ""
