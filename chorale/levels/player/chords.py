"""The chords that a moment may have: the one asked for, the figures', or those a key knows; and how they follow."""

from dataclasses import dataclass
from functools import lru_cache

from chorale.levels.figures import read_figures
from chorale.levels.level import Level
from chorale.levels.player.columns import Column
from chorale.music import Key, Voice
from chorale.theory import Chord, Quality
from chorale.theory.numerals import read_chord

__all__ = ["Option", "ending", "following", "options_at"]

_MAJOR = {
    **dict.fromkeys(("I", "V", "V7"), 0.0),
    **dict.fromkeys(("IV", "ii6", "V6", "I6", "V6/5", "ii6/5"), 0.2),
    **dict.fromkeys(("ii", "vi", "viio6", "IV6", "V4/3", "V4/2"), 0.5),
    **dict.fromkeys(("iii", "vi6", "iii6", "ii7", "I6/4"), 1.5),
    **dict.fromkeys(("V/V", "V6/V", "V6/5/V", "V7/V", "V/vi", "V6/vi", "V6/5/vi", "V7/IV", "V6/5/IV", "V6/5/ii"), 2.5),
}
_MINOR = {
    **dict.fromkeys(("i", "V", "V7"), 0.0),
    **dict.fromkeys(("iv", "iio6", "V6", "i6", "V6/5", "iiø6/5"), 0.2),
    **dict.fromkeys(("VI", "viio6", "iv6", "V4/3", "V4/2", "III", "viio7", "viio6/5"), 0.6),
    **dict.fromkeys(("VII", "VII6", "III6", "v6", "v", "I", "i6/4", "iv7"), 1.5),
    **dict.fromkeys(("V/V", "V6/V", "V7/III", "V6/5/III", "V/iv", "V6/iv", "V6/5/iv"), 2.5),
}
_MODULATION = 0.7
_END = {"I": 0.0, "i": 0.0, "V": 0.3, "VI": 1.5, "vi": 1.5, "III": 1.5}


@dataclass(frozen=True)
class Option:
    """A chord, or the tones of a figure, at a moment.

    Attributes:
        name: a numeral; "" for a figure's tones.
        tones: on the line of fifths.
        needed: those that must sound.
        bass: the lowest; None: any of the tones.
        cost: how far-fetched it is.
        chord: the chord; None for a figure's tones.
        key: what it belongs to.
        is_asked: whether the level names it.
    """

    name: str
    tones: tuple[int, ...]
    needed: frozenset[int]
    bass: int | None
    cost: float
    chord: Chord | None
    key: Key
    is_asked: bool = False

    @property
    def leading(self) -> int | None:
        """The tone that leads upwards, or None."""
        tone = self.key.tonic + 5
        return tone if tone in self.tones and self.is_dominant else None

    @property
    def is_dominant(self) -> bool:
        """Whether it is V or vii of the key, with its leading tone."""
        return (
            self.chord is not None and self.chord.root - self.key.tonic in {1, 5} and self.key.tonic + 5 in self.tones
        )

    @property
    def seventh(self) -> int | None:
        """The seventh of the chord, or None."""
        plain = self.chord is not None and not self.chord.is_augmented_sixth
        return self.tones[3] if plain and len(self.tones) == 4 else None

    @property
    def root(self) -> int | None:
        """The chord's root above the tonic, on the line of fifths."""
        return None if self.chord is None else self.chord.root - self.key.tonic


def options_at(level: Level, column: Column) -> list[Option]:
    """Return the chords that a moment may have."""
    home = level.start.key
    keys = (home, *(Key.parse(goal.wants[0]) for goal in level.goals if goal.check == "key"))
    for goal in level.goals:
        if goal.check == "chords" and goal.at == column.step:
            return _named(goal.wants[0], home, keys)
    for word in level.chords:
        if word.start <= column.step < word.start + word.length:
            return _named(word.text, home, keys)
    return _of_figure(level, column) or [option for key in dict.fromkeys(keys) for option in _vocabulary(key)]


def _named(text: str, home: Key, keys: tuple[Key, ...]) -> list[Option]:
    """Return the chord of a numeral of the home key, as it is heard in each of the keys."""
    chord = read_chord(text, home).chord
    return [_option(text, chord, 0.0, key, is_asked=True) for key in dict.fromkeys(keys)]


def _option(name: str, chord: Chord, cost: float, key: Key, *, is_asked: bool = False) -> Option:
    may_lack = {chord.tones[2]} if chord.quality.value[2] == 1 else set()
    needed = frozenset(set(chord.tones) - may_lack)
    return Option(name, chord.tones, needed, chord.bass, cost, chord, key, is_asked)


@lru_cache(maxsize=64)
def _vocabulary(key: Key) -> tuple[Option, ...]:
    costs = _MAJOR if key.mode == "major" else _MINOR
    return tuple(_option(name, read_chord(name, key).chord, cost, key) for name, cost in costs.items())


def _of_figure(level: Level, column: Column) -> list[Option]:
    figured = [(step, text) for step, text in level.figured if step <= column.step]
    if not level.figures or not figured:
        return []
    (step, text), key = figured[-1], level.start.key
    low, now = level.start.pitch_at(step, Voice.BASS), dict(column.given).get(Voice.BASS)
    if low is None or now is None:
        return []
    read = read_figures(text, low, key)
    return [Option("", read.tones, frozenset(read.needed), now.fifth, 0.0, _stacked(read.tones), key, is_asked=True)]


def _stacked(tones: tuple[int, ...]) -> Chord | None:
    """Return the chord that tones over a bass make, or None."""
    for quality in Quality:
        for root in tones:
            if {root + above for above in quality.value} == set(tones):
                return Chord(root, quality, tones[0])
    return None


def following(first: Option, second: Option) -> float:
    """Return how ill one chord follows another."""
    if first.key != second.key:
        return _MODULATION
    if first.is_asked and second.is_asked:
        return 0.0
    if first.name.startswith(("I6/4", "i6/4")):
        return 0.0 if second.root == 1 else 8.0
    if "/" in first.name and first.name.rpartition("/")[2].isalpha() and first.chord and second.chord:
        return 0.0 if second.chord.root == first.chord.root - 1 else 6.0
    if first.chord == second.chord:
        return 0.6
    return _by_function(first, second)


def _by_function(first: Option, second: Option) -> float:
    before, after = first.root, second.root
    if before in {1, 5} and after in {-1, 2}:  # V to IV or ii
        return 4.0
    if before in {1, 5} and after == 0 and first.leading is None:
        return 1.5
    if before == 2 and after == 0:  # ii to I
        return 3.0
    if before in {4, -3} and after in {1, 5, 2}:  # iii to V, vii, ii
        return 1.5
    return 0.0


def ending(option: Option) -> float:
    """Return how ill a phrase ends on a chord."""
    return 0.0 if option.is_asked else _END.get(option.name, 4.0)
