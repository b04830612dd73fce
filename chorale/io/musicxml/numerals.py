"""Roman numerals, figures and cadence names under the bass, as MusicXML.

Programs do not show MusicXML's own numerals (MuseScore 3 shows nothing), so they are lyrics: the first verse of the
lowest voice are the numerals, the second the cadences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from chorale.io.musicxml.places import PlacedNote, standing_at
from chorale.music import VOICES
from chorale.theory import CadenceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chorale.io.annotations import Annotations
    from chorale.music import Key, Voice
    from chorale.theory import Harmony

__all__ = ["write_numerals"]

_NUMERALS, _CADENCES = 1, 2  # verses


def write_numerals(places: dict[Voice, list[PlacedNote]], annotations: Annotations) -> None:
    """Write the lines of numerals and cadences, in place."""
    _write_verse(places, _NUMERALS, _numerals(annotations.harmonies))
    closes = [each for each in annotations.cadences if each.kind is not CadenceKind.OTHER]
    _write_verse(places, _CADENCES, ((each.step, each.kind.value) for each in closes))


def _numerals(harmonies: Iterable[Harmony]) -> Iterator[tuple[int, str]]:
    """Yield the step and the numeral of every harmony, with its key where that is new."""
    key: Key | None = None
    for harmony in harmonies:
        name = f"{_key_name(harmony.key)}: " if harmony.key != key else ""
        yield harmony.start, name + harmony.printed
        key = harmony.key


def _key_name(key: Key) -> str:
    name = key.tonic_name.replace("b", "♭").replace("#", "♯")
    return name if key.mode == "major" else name[0].lower() + name[1:]


def _write_verse(places: dict[Voice, list[PlacedNote]], verse: int, texts: Iterable[tuple[int, str]]) -> None:
    words: dict[int, tuple[Element, list[str]]] = {}
    for step, text in texts:
        note = _lowest_at(places, step)
        if note is not None:
            words.setdefault(id(note.element), (note.element, []))[1].append(text)
    for element, lines in words.values():
        _add_lyric(element, verse, "  ".join(lines))


def _lowest_at(places: dict[Voice, list[PlacedNote]], step: int) -> PlacedNote | None:
    """Return the head of the lowest voice that sounds at a step: what changes above a held note is written with it.

    The soprano's words are its own.
    """
    standing = (standing_at(places[voice], step) for voice in reversed(VOICES[1:]))
    return next((note for note in standing if note is not None and note.sounds), None)


def _add_lyric(note: Element, verse: int, text: str) -> None:
    lyric = SubElement(note, "lyric", number=str(verse))  # a name would be printed by LilyPond before the first
    SubElement(lyric, "syllabic").text = "single"
    SubElement(lyric, "text").text = text
