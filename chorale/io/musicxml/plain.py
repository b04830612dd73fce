"""Which MusicXML files are plain: those of which our own reader knows every element that bears on the notes.

music21 knows far more, and takes a hundred times as long; a file with anything unusual is left to it.
"""

from xml.etree.ElementTree import Element

__all__ = ["NotPlain", "check_plain", "number_in"]

_STRANGE = {
    "cue",
    "coda",
    "dashes",
    "elision",
    "ending",
    "interchangeable",
    "key-step",
    "measure-repeat",
    "octave-shift",
    "segno",
    "senza-misura",
    "slash",
    "transpose",
    "tremolo",
    "unpitched",
}
_JUMPS = ("d.c", "d. c", "d.s", "d. s", "da capo", "dal segno", "fine", "coda", "segno", "al ")
_SOUND = {"tempo", "dynamics"}
_ALTERS = {"sharp": 1, "flat": -1, "natural": 0, "double-sharp": 2, "sharp-sharp": 2, "flat-flat": -2}


class NotPlain(Exception):  # noqa: N818  no error: a finding, for music21 to deal with
    """A file is not plain."""


def check_plain(root: Element) -> None:
    """Raise NotPlain where a file holds what only music21 knows how to read."""
    present: dict[str, list[Element]] = {}
    for element in root.iter():
        present.setdefault(element.tag, []).append(element)
    sounds = present.get("sound", [])
    jumps = any(jump in (words.text or "").lower() for words in present.get("words", []) for jump in _JUMPS)
    program = " ".join(each.text or "" for each in present.get("software", [])).lower()
    if (
        not _STRANGE.isdisjoint(present)
        or jumps
        or any(not sound.attrib.keys() <= _SOUND for sound in sounds)
        or ("metronome" in present and not any("tempo" in sound.attrib for sound in sounds))
        or "finale" in program  # its forwards are rests
        or any(not creator.get("type") for creator in present.get("creator", []))
    ):
        raise NotPlain("an element that bears on the notes")
    for note in present.get("note", []):
        _check_accidental(note)


def _check_accidental(note: Element) -> None:
    """A sign that contradicts the pitch is a matter of opinion."""
    sign = note.findtext("accidental")
    if sign is not None and _ALTERS.get(sign.strip()) != number_in(note, "pitch/alter", default=0):
        raise NotPlain("a sign against its pitch")


def number_in(element: Element, path: str, *, default: int | None = None) -> int:
    """Return a whole number in an element; NotPlain where there is none and no default."""
    text = element.findtext(path)
    if text is None:
        if default is None:
            raise NotPlain(f"no {path}")
        return default
    try:
        value = float(text)
    except ValueError:
        raise NotPlain(path) from None
    if not value.is_integer():
        raise NotPlain(path)
    return int(value)
