"""Plain reading of chords: a moment's tones are exactly a triad or a seventh chord, or they are nothing.

Roots and tones are places on the line of fifths (C 0, G 1); the key is the score's own, and phrases are chosen that
stay in it, so that no one need argue what the leading tone is.
"""

from dataclasses import dataclass
from functools import lru_cache

from chorale.music import Key
from chorale.music.key import MODES

THIRD, MINOR_THIRD, FIFTH, DIMINISHED_FIFTH, SEVENTH = 4, -3, 1, -6, -2
KINDS = {
    "major": frozenset({0, 4, 1}),
    "minor": frozenset({0, -3, 1}),
    "diminished": frozenset({0, -3, -6}),
    "dominant seventh": frozenset({0, 4, 1, -2}),
    "minor seventh": frozenset({0, -3, 1, -2}),
    "half-diminished seventh": frozenset({0, -3, -6, -2}),
    "diminished seventh": frozenset({0, -3, -6, -9}),
    "major seventh": frozenset({0, 4, 1, 5}),
}
_WITHOUT_FIFTH = {"major": {0, 4}, "minor": {0, -3}, "dominant seventh": {0, 4, -2}}


@dataclass(frozen=True)
class Sounding:
    """A chord that sounds: its root, kind and bass, on the line of fifths."""

    root: int
    kind: str
    bass: int

    @property
    def seventh(self):
        """The seventh's place on the line of fifths, or None."""
        above = {"diminished seventh": -9, "major seventh": 5}.get(self.kind, -2)
        return self.root + above if "seventh" in self.kind else None

    @property
    def third(self):
        return self.root + next(above for above in (4, -3) if above in KINDS[self.kind])

    @property
    def fifth(self):
        return self.root + next(above for above in (1, -6) if above in KINDS[self.kind])

    @property
    def tones(self):
        return {self.root + above for above in KINDS[self.kind]}

    @property
    def is_root_position(self):
        return self.bass == self.root


def classes(moment):
    """The places on the line of fifths that sound, soprano first."""
    return [tone.pitch.fifth for tone in moment]


def chord_of(moment):
    """Return the chord that the tones are, complete but for a fifth, or None."""
    sounding, bass = set(classes(moment)), classes(moment)[3]
    for shapes in (KINDS, _WITHOUT_FIFTH):
        for kind, shape in shapes.items():
            for root in sounding:
                if {root + above for above in shape} == sounding:
                    return Sounding(root, kind, bass)
    return None


def leading_tone(key: Key):
    return key.tonic + 5


def is_dominant(chord, key: Key):
    """Whether a chord is V, V7, viio or viio7 of a key."""
    on_five = chord.root == key.tonic + 1 and chord.kind in {"major", "dominant seventh"}
    sevens = {"diminished", "diminished seventh", "half-diminished seventh"}
    return on_five or (chord.root == leading_tone(key) and chord.kind in sevens)


def is_tonic(chord, key: Key):
    return chord.root == key.tonic and chord.kind == key.mode


def scale(key: Key):
    """The places of a key's scale on the line of fifths; minor has both sixths and sevenths."""
    natural = set(range(key.signature - 1, key.signature + 6))
    return natural | ({key.tonic + 3, key.tonic + 5} if key.mode == "minor" else set())


def is_home(moment, key: Key):
    """Whether a moment is the tonic or the dominant of a key."""
    chord = chord_of(moment)
    return chord is not None and (is_tonic(chord, key) or is_dominant(chord, key))


def in_its_key(reading):
    """Return a phrase with the key it surely is in, its signature changed to that, or None.

    It uses only the key's scale, has its leading tone and, in major, its fourth degree, without which it might be in
    a neighbouring key, and begins and ends on tonic or dominant.
    """
    used = {tone.pitch.fifth for line in reading.lines for tone in line}
    own = reading.score.key
    near = range(own.signature - 2, own.signature + 3)
    keys = [own, *(Key.from_signature(sharps, mode) for sharps in near if abs(sharps) < 7 for mode in MODES)]
    for key in keys:
        telling = {key.tonic + 5} | ({key.tonic - 1} if key.mode == "major" else set())
        if telling <= used <= scale(key) and all(is_home(reading.moments[at], key) for at in (0, -1)):
            return type(reading)(reading.score.replace(key=key, spelling=reading.score.spelling))
    return None


@lru_cache(maxsize=64)
def clear_chords(reading):
    """Return (index, chord) of the moments on a beat, a beat long or more, that are exactly a chord."""
    beat = reading.score.meter.steps_per_beat
    chords = [
        (index, chord_of(moment))
        for index, (step, moment) in enumerate(zip(reading.steps, reading.moments, strict=True))
        if (step - reading.score.pickup) % beat == 0 and reading.length_of(index) >= beat
    ]
    return [(index, chord) for index, chord in chords if chord is not None]
