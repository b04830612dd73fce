"""What every reader makes of its file before the music is fitted to the grid and to four voices.

Conventions
    * Times are exact: Fractions of a step (sixteenth) from the start of the score.
    * A raw part is a staff or a track; the notes in it may overlap. ``stream`` names the voice inside the part.
    * Readers have merged ties and dropped grace notes and percussion already.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from chorale.errors import InputError
from chorale.music import Key, Meter

__all__ = ["MAX_BARS", "MAX_NOTES", "MAX_STEPS", "RawNote", "RawPart", "RawPiece", "check_size", "listed", "plural"]

MAX_BARS = 1200
"""The longest piece that is read: about an hour of common time, far beyond any chorale."""
MAX_STEPS = MAX_BARS * 16
MAX_NOTES = 40_000
"""The most notes that are read from one file, over all its parts."""


@dataclass(slots=True)
class RawNote:
    """One sounding note: [start, end) in exact steps, MIDI number, and what hangs on it.

    Args:
        start, end: exact steps.
        midi: MIDI number, 0..127.
        fifth: the spelling as a place on the line of fifths; None where the format has no spelling.
        stream: the voice inside its part, "" where the part has no voices.
        fermata: whether it carries a fermata.
        lyric: its syllable, ending in "-" inside a word; "" for none.
        velocity: 1..127 where the format has velocities.
    """

    start: Fraction
    end: Fraction
    midi: int
    fifth: int | None = None
    stream: str = ""
    fermata: bool = False
    lyric: str = ""
    velocity: int = 80


@dataclass(slots=True)
class RawPart:
    """A staff or a track."""

    name: str
    notes: list[RawNote] = field(default_factory=list)


@dataclass(slots=True)
class RawPiece:
    """A whole file as its reader found it.

    Args:
        parts: from the top of the page.
        key: as encoded; None: to be estimated from the notes.
        signature: sharps of an encoded signature without a mode; None where there is no signature.
        meter, pickup, qpm, title, composer: as in ``Score``; pickup in exact steps.
        length: exact steps to the end of the last bar.
        warnings: what the reader had to leave out.
    """

    parts: list[RawPart]
    key: Key | None = None
    signature: int | None = None
    meter: Meter = Meter(4, 4)  # noqa: RUF009  Meter is immutable
    pickup: Fraction = Fraction(0)
    length: Fraction = Fraction(0)
    qpm: float | None = None
    title: str = ""
    composer: str = ""
    warnings: list[str] = field(default_factory=list)


def check_size(steps: Fraction, notes: int, meter: Meter) -> None:
    """Raise InputError when a piece is longer than the limits of this module."""
    bars = int(steps) // meter.steps_per_bar
    if steps > MAX_STEPS or bars > MAX_BARS:
        raise InputError(
            f"{bars} bars of {meter}: wanted at most {MAX_BARS} bars and {MAX_STEPS} sixteenths in one file"
        )
    if notes > MAX_NOTES:
        raise InputError(f"{notes} notes: wanted at most {MAX_NOTES} in one file")


def plural(count: int, noun: str, plural_noun: str = "") -> str:
    """Return "1 note", "2 notes"."""
    return f"{count} {noun if count == 1 else plural_noun or noun + 's'}"


def listed(names: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
