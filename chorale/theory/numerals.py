"""Reads chords as people write them: Roman numerals in a key, "V6/5", and chord names, "D7/F#".

A numeral is a degree, the sign of its quality, the figures of its inversion and, after a slash, the degree it is
applied to: ``I  V6  ii6/5  viio7  iiø4/3  bII6  V4/2/IV  viio7/V``. What is left out on paper is left out here:

    * Capitals are major triads, small letters minor ones; "o" is diminished, "ø" half-diminished, "+" augmented.
    * A seventh is the key's own: V7 is a dominant seventh, IV7 in major a major seventh. "maj7" says so outright.
    * In minor VI and VII stand on the natural degrees, vi and vii on the raised ones; "b" and "#" say so outright.
    * A small vii without a sign is diminished, for nobody means another.
    * What a chord is applied to is a key: a capital a major one, a small letter a minor one.
    * N is the Neapolitan, It, Ger and Fr are the augmented sixths, Cad6/4 is the tonic's six-four.

A chord name is a capital letter, a quality as on lead sheets, and the bass after a slash where it is not the root:
``G  Am  F#dim  Bb7  Cmaj7  D7/F#  Bm7b5  C#dim7``.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from chorale.errors import InputError
from chorale.music import Key
from chorale.music.key import Mode
from chorale.music.pitch import fifth_of_name, name_of_fifth
from chorale.theory.harmony import Chord, Quality

__all__ = ["NamedChord", "read_chord", "transposed_name"]

_SPELLED = str.maketrans("♭♯°ºØ%⁰¹²³⁴⁵⁶⁷⁸⁹", "b#ooøø0123456789")
_PLACES = {"I": 0, "II": 2, "III": 4, "IV": -1, "V": 1, "VI": 3, "VII": 5}  # in major, above the tonic
_SCALES: dict[Mode, range] = {"major": range(-1, 6), "minor": range(-4, 3)}
_TRIADS = {"": Quality.MAJOR, "o": Quality.DIMINISHED, "ø": Quality.DIMINISHED, "+": Quality.AUGMENTED}
_FIGURES = {
    **dict.fromkeys(("", "5/3", "53"), (3, 0)),
    **dict.fromkeys(("6", "6/3", "63"), (3, 1)),
    **dict.fromkeys(("6/4", "64"), (3, 2)),
    "7": (4, 0),
    **dict.fromkeys(("6/5", "65"), (4, 1)),
    **dict.fromkeys(("4/3", "43"), (4, 2)),
    **dict.fromkeys(("4/2", "42", "2"), (4, 3)),
}
"""Figures: how many tones the chord has, and its inversion."""
_PRINTED = {3: ("", "6", "6/4"), 4: ("7", "6/5", "4/3", "4/2")}
_figures = "|".join(sorted(filter(None, _FIGURES), key=len, reverse=True))
_degrees = "VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i"
_NUMERAL = re.compile(
    rf"(?P<sign>[b#]?)(?P<degree>{_degrees})(?P<kind>o|ø|\+|dim|aug)?(?P<major>maj|M|Δ)?(?P<figures>{_figures})?"
    r"(?:/(?P<of>.+))?"
)
_SPECIAL = re.compile(r"(?P<name>N|It|Ger|Gr|Fr|Cad|K)\+?(?P<figures>6/5|65|6/4|64|4/3|43|6)?(?:/(?P<of>.+))?")
_SIXTHS = {
    "It": (6, Quality.ITALIAN_SIXTH, "6"),
    "Ger": (6, Quality.GERMAN_SIXTH, "6/5"),
    "Gr": (6, Quality.GERMAN_SIXTH, "6/5"),
    "Fr": (2, Quality.FRENCH_SIXTH, "4/3"),
}
_FLAT_SIXTH = -4  # the bass of the augmented sixths
_KINDS = {
    "": Quality.MAJOR,
    **dict.fromkeys(("m", "min", "-"), Quality.MINOR),
    **dict.fromkeys(("dim", "o"), Quality.DIMINISHED),
    **dict.fromkeys(("aug", "+"), Quality.AUGMENTED),
    "7": Quality.DOMINANT_SEVENTH,
    **dict.fromkeys(("maj7", "M7", "Δ7", "Δ"), Quality.MAJOR_SEVENTH),
    **dict.fromkeys(("m7", "min7", "-7"), Quality.MINOR_SEVENTH),
    **dict.fromkeys(("m7b5", "min7b5", "ø", "ø7", "hdim7"), Quality.HALF_DIMINISHED_SEVENTH),
    **dict.fromkeys(("dim7", "o7"), Quality.DIMINISHED_SEVENTH),
    **dict.fromkeys(("mM7", "mmaj7", "minmaj7"), Quality.MINOR_MAJOR_SEVENTH),
    **dict.fromkeys(("augmaj7", "augM7", "+M7", "maj7#5"), Quality.AUGMENTED_MAJOR_SEVENTH),
}
_kinds = "|".join(re.escape(kind) for kind in sorted(_KINDS, key=len, reverse=True))
_NAME = re.compile(
    rf"(?P<root>[A-G](?:#{{1,2}}|b{{1,2}})?)(?P<kind>{_kinds})(?:/(?P<bass>[A-G](?:#{{1,2}}|b{{1,2}})?))?"
)
_WANTED = "wanted a numeral such as V6/5, viio7/V or bII6, or a name such as D7/F#"


@dataclass(frozen=True)
class NamedChord:
    """A chord that somebody wrote down.

    Attributes:
        name: as it is printed: "V6/5", "viio7/V", "D7/F#".
        chord: what it is.
    """

    name: str
    chord: Chord

    @property
    def classes(self) -> frozenset[int]:
        """The pitch classes of its tones, 0..11."""
        return frozenset(tone * 7 % 12 for tone in self.chord.tones)

    @property
    def bass(self) -> int:
        """The pitch class of its lowest tone."""
        return self.chord.bass * 7 % 12

    @property
    def words(self) -> str:
        """The chord in words, such as "G dominant seventh over B"."""
        return self.chord.name


class _Home(NamedTuple):
    """What a numeral is counted from: a tonic on the line of fifths, and a mode."""

    tonic: int
    mode: Mode


@lru_cache(maxsize=1024)
def read_chord(text: str, key: Key) -> NamedChord:
    """Return the chord that a text names in a key.

    Raises:
        InputError: the text names no chord that the program knows.
    """
    plain = "".join(text.split()).translate(_SPELLED)
    named = _by_name(plain) or _of_home(plain, _Home(key.tonic, key.mode))
    if named is None:
        raise _unknown(text)
    return named


def transposed_name(text: str, fifths: int) -> str:
    """Return a chord's name moved so far along the line of fifths; a numeral means the new key's by itself."""
    plain = "".join(text.split()).translate(_SPELLED)
    found = _NAME.fullmatch(plain)
    if found is None:
        return text
    root, bass = (name and name_of_fifth(fifth_of_name(name) + fifths) for name in (found["root"], found["bass"]))
    return f"{root}{found['kind']}{f'/{bass}' if bass else ''}"


# Names ----------------------------------------------------------------------------------------------------------


def _by_name(text: str) -> NamedChord | None:
    found = _NAME.fullmatch(text)
    if found is None:
        return None
    root, quality = fifth_of_name(found["root"]), _KINDS[found["kind"]]
    bass = fifth_of_name(found["bass"]) if found["bass"] else root
    if bass - root not in quality.value:
        tones = ", ".join(name_of_fifth(root + above) for above in quality.value)
        raise InputError(f"chord {text!r}: its bass {found['bass']} is not one of its tones {tones}")
    return NamedChord(text, Chord(root, quality, bass))


# Numerals -------------------------------------------------------------------------------------------------------


def _of_home(text: str, home: _Home) -> NamedChord | None:
    """Return the chord of a numeral, or None where the text is none."""
    found = _SPECIAL.fullmatch(text)
    if found is not None:
        return _special(found, *_applied(found["of"], home))
    found = _NUMERAL.fullmatch(text)
    return None if found is None else _plain(text, found, *_applied(found["of"], home))


def _applied(of: str | None, home: _Home) -> tuple[_Home, str]:
    """Return what a numeral is counted from, and the end of its name.

    Raises:
        InputError: it is applied to something that is no key.
    """
    if not of:
        return home, ""
    found = _NUMERAL.fullmatch(of)
    if found is None or found["kind"] or found["figures"] or found["major"]:
        raise InputError(f"a chord applied to {of[:20]!r}: wanted a degree that can be a key, such as V or ii")
    inner, end = _applied(found["of"], home)
    mode: Mode = "major" if found["degree"].isupper() else "minor"
    return _Home(_root(found, inner), mode), f"/{found['sign']}{found['degree']}{end}"


def _root(found: re.Match[str], home: _Home) -> int:
    """Return a degree's root on the line of fifths."""
    degree, small = found["degree"].upper(), found["degree"].islower()
    place = _PLACES[degree] + 7 * (found["sign"].count("#") - found["sign"].count("b"))
    if home.mode == "major" or degree not in {"III", "VI", "VII"}:
        return home.tonic + place
    raised = found["sign"] == "#" or (small and not found["sign"] and degree != "III")
    return home.tonic + _PLACES[degree] - (0 if raised else 7)


def _plain(text: str, found: re.Match[str], home: _Home, end: str) -> NamedChord:
    """Return the chord of a degree."""
    size, inversion = _FIGURES[found["figures"] or ""]
    kind, small = _kind(found, home, size), found["degree"].islower()
    if found["major"] and not found["figures"]:
        raise _unknown(text)
    if kind and small == (kind == "+"):
        raise InputError(f"chord {text[:20]!r}: wanted small letters with o and ø, capitals with +: viio7, III+")
    if kind == "ø" and not found["figures"]:
        size = 4  # without a seventh it would not be half-diminished
    root = _root(found, home)
    quality = Quality.MINOR if small and not kind else _TRIADS[kind]
    if size == 4:
        own = root - home.tonic - 2 in _SCALES[home.mode] or root - home.tonic + 5 not in _SCALES[home.mode]
        quality = _seventh(text, quality, kind, major=bool(found["major"]) or not own, outright=bool(found["major"]))
    printed = ("maj" if found["major"] else "") + _PRINTED[size][inversion]
    chord = Chord(root, quality, root + quality.value[inversion])
    return NamedChord(f"{found['sign']}{found['degree']}{kind}{printed}{end}", chord)


def _kind(found: re.Match[str], home: _Home, size: int) -> str:
    """Return the sign of a numeral's quality; a vii without one gets its own."""
    if found["degree"] == "vii" and not found["kind"]:
        return "ø" if size == 4 and home.mode == "major" else "o"
    return {"dim": "o", "aug": "+"}.get(found["kind"], found["kind"] or "")


def _seventh(text: str, triad: Quality, kind: str, *, major: bool, outright: bool) -> Quality:
    """Return the seventh chord over a triad.

    Args:
        text: as it was typed.
        triad: the triad.
        kind: the sign of its quality.
        major: whether its seventh is a major one, over major and augmented triads.
        outright: whether the text says so.

    Raises:
        InputError: there is none that the program knows.
    """
    sevenths = {
        (Quality.MAJOR, False): Quality.DOMINANT_SEVENTH,
        (Quality.MAJOR, True): Quality.MAJOR_SEVENTH,
        (Quality.MINOR, False): Quality.MINOR_SEVENTH,
        (Quality.MINOR, True): Quality.MINOR_MAJOR_SEVENTH,
        (Quality.DIMINISHED, False): Quality.HALF_DIMINISHED_SEVENTH if kind == "ø" else Quality.DIMINISHED_SEVENTH,
        (Quality.AUGMENTED, True): Quality.AUGMENTED_MAJOR_SEVENTH,
    }
    found = sevenths.get((triad, outright if triad in {Quality.MINOR, Quality.DIMINISHED} else major))
    if found is None:
        raise _unknown(text)
    return found


def _unknown(text: str) -> InputError:
    return InputError(f"chord {text.strip()[:20]!r}: {_WANTED}")


def _special(found: re.Match[str], home: _Home, end: str) -> NamedChord:
    """Return a Neapolitan, an augmented sixth or the cadence's six-four."""
    name, figures = found["name"], found["figures"] or ""
    if name == "N" and figures in {"", "6", "6/4", "64"}:
        root, inversion = home.tonic - 5, _FIGURES[figures][1]
        return NamedChord(f"N{_PRINTED[3][inversion]}{end}", _triad(root, Quality.MAJOR, inversion))
    if name in {"Cad", "K"} and figures in {"", "6/4", "64"}:
        quality = Quality.MAJOR if home.mode == "major" else Quality.MINOR
        return NamedChord(f"{'I' if home.mode == 'major' else 'i'}6/4{end}", _triad(home.tonic, quality, 2))
    if name in _SIXTHS and figures in {"", "6", _SIXTHS[name][2], _SIXTHS[name][2].replace("/", "")}:
        above, sixth, printed = _SIXTHS[name]
        shown = "Ger" if name == "Gr" else name
        return NamedChord(f"{shown}{printed}{end}", Chord(home.tonic + above, sixth, home.tonic + _FLAT_SIXTH))
    raise _unknown(found.string)


def _triad(root: int, quality: Quality, inversion: int) -> Chord:
    return Chord(root, quality, root + quality.value[inversion])
