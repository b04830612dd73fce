"""The chords a key knows: diatonic, borrowed, applied and chromatic.

Conventions: a *numeral* here is a chord's place in a key: its root above the tonic on the line of fifths, and its
quality. The same chord may be read in two ways (in C major D-F#-A is V/V; after a cadence in G it is V); which reading
is printed is decided in ``naming``.
"""

from dataclasses import dataclass

from chorale.music.key import Mode
from chorale.theory.harmony import Quality

__all__ = ["READINGS", "VOCABULARY", "Numeral"]

M, m, d, A = Quality.MAJOR, Quality.MINOR, Quality.DIMINISHED, Quality.AUGMENTED
V7, M7, m7 = Quality.DOMINANT_SEVENTH, Quality.MAJOR_SEVENTH, Quality.MINOR_SEVENTH
h7, d7 = Quality.HALF_DIMINISHED_SEVENTH, Quality.DIMINISHED_SEVENTH
mmaj7, A7 = Quality.MINOR_MAJOR_SEVENTH, Quality.AUGMENTED_MAJOR_SEVENTH
ITALIAN, GERMAN, FRENCH = (
    Quality.ITALIAN_SIXTH,
    Quality.GERMAN_SIXTH,
    Quality.FRENCH_SIXTH,
)


@dataclass(frozen=True)
class Numeral:
    """A chord's place in a key.

    Args:
        degree: as printed: "V", "iiø", "bII", "It".
        root: above the tonic, on the line of fifths.
        quality: the chord's.
        of: the degree it is applied to, or "".
        target: root of that degree above the tonic; 0 where it is applied to none.
    """

    degree: str
    root: int
    quality: Quality
    of: str = ""
    target: int = 0

    @property
    def is_seventh(self) -> bool:
        """Whether it has a seventh."""
        return len(self.quality.value) == 4 and self.quality not in {GERMAN, FRENCH}

    @property
    def label(self) -> str:
        """A name that tells it from every other in its mode: "V7/V"."""
        seventh = "" if not self.is_seventh else "maj7" if self.quality is Quality.MINOR_MAJOR_SEVENTH else "7"
        return self.degree + seventh + (f"/{self.of}" if self.of else "")

    @property
    def is_dominant(self) -> bool:
        """Whether it has the leading tone of what it is applied to, or of the key: V or vii."""
        return self.degree in {"V", "V+", "viio", "viiø"}


_CHROMATIC = (
    Numeral("bII", -5, M),
    Numeral("It", 6, ITALIAN),
    Numeral("Ger", 6, GERMAN),
    Numeral("Fr", 2, FRENCH),
)


def _applied(of: str, target: int, *, minor: bool) -> tuple[Numeral, ...]:
    chords = [
        Numeral("V", target + 1, M, of, target),
        Numeral("V", target + 1, V7, of, target),
        Numeral("viio", target + 5, d, of, target),
        Numeral("viio", target + 5, d7, of, target),
    ]
    return tuple(chords if minor else [*chords, Numeral("viiø", target + 5, h7, of, target)])


def _without_doubles(numerals: tuple[Numeral, ...]) -> tuple[Numeral, ...]:
    """Keep the first reading of each chord."""
    return tuple({(one.root, one.quality): one for one in reversed(numerals)}.values())[::-1]


_MAJOR = (
    *(
        Numeral("I", 0, M),
        Numeral("ii", 2, m),
        Numeral("iii", 4, m),
        Numeral("IV", -1, M),
        Numeral("V", 1, M),
    ),
    *(Numeral("vi", 3, m), Numeral("viio", 5, d)),
    *(
        Numeral("I", 0, M7),
        Numeral("ii", 2, m7),
        Numeral("iii", 4, m7),
        Numeral("IV", -1, M7),
        Numeral("V", 1, V7),
    ),
    *(Numeral("vi", 3, m7), Numeral("viiø", 5, h7), Numeral("viio", 5, d7)),
    *(
        Numeral("i", 0, m),
        Numeral("iio", 2, d),
        Numeral("iiø", 2, h7),
        Numeral("iv", -1, m),
        Numeral("v", 1, m),
    ),
    *(
        Numeral("iv", -1, m7),
        Numeral("bVI", -4, M),
        Numeral("bVII", -2, M),
        Numeral("bIII", -3, M),
    ),
    Numeral("V+", 1, A),
    *_CHROMATIC,
    *_applied("V", 1, minor=False),
    *_applied("vi", 3, minor=True),
    *_applied("ii", 2, minor=True),
    *_applied("IV", -1, minor=False),
    *_applied("iii", 4, minor=True),
)

_MINOR = (
    *(
        Numeral("i", 0, m),
        Numeral("iio", 2, d),
        Numeral("III", -3, M),
        Numeral("iv", -1, m),
        Numeral("V", 1, M),
    ),
    *(
        Numeral("VI", -4, M),
        Numeral("viio", 5, d),
        Numeral("VII", -2, M),
        Numeral("v", 1, m),
        Numeral("IV", -1, M),
    ),
    *(
        Numeral("ii", 2, m),
        Numeral("III+", -3, A),
        Numeral("I", 0, M),
        Numeral("vio", 3, d),
    ),
    *(
        Numeral("i", 0, m7),
        Numeral("iiø", 2, h7),
        Numeral("III", -3, M7),
        Numeral("iv", -1, m7),
        Numeral("V", 1, V7),
    ),
    *(
        Numeral("VI", -4, M7),
        Numeral("viio", 5, d7),
        Numeral("VII", -2, V7),
        Numeral("v", 1, m7),
    ),
    *(
        Numeral("IV", -1, V7),
        Numeral("ii", 2, m7),
        Numeral("III+", -3, A7),
        Numeral("viø", 3, h7),
    ),
    *(Numeral("i", 0, mmaj7),),
    *_CHROMATIC,
    *_applied("V", 1, minor=False),
    *_applied("iv", -1, minor=True),
    *_applied("III", -3, minor=False),
    *_applied("VI", -4, minor=False),
    *_applied("VII", -2, minor=False),
)

READINGS: dict[Mode, tuple[Numeral, ...]] = {"major": _MAJOR, "minor": _MINOR}
"""By mode, every reading of every chord, the commonest first: a minor key's VII7 is also V7/III."""
VOCABULARY: dict[Mode, tuple[Numeral, ...]] = {
    "major": _without_doubles(_MAJOR),
    "minor": _without_doubles(_MINOR),
}
"""By mode, each chord once, in its commonest reading."""
