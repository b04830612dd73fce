"""Hand-made analyses and findings, so that tests of engraving do not depend on what theory thinks of the music."""

from dataclasses import dataclass

import numpy as np

from chorale.music import Key, Voice
from chorale.theory import Analysis, Cadence, CadenceKind, Chord, Harmony, Quality, Texture
from chorale.theory.phrases import phrase_ends

NUMERALS = ["I", "V6/5", "viio6", "iiø6/5", "V4/2/V", "viio7/ii", "bII6", "I6/4", "Ger6/5", "viiø4/3/V", "III+", "V7"]
FIGURES = [(), ("6", "5"), ("6",), ("#6", "5"), ("4", "2"), ("7", "b5", "3"), ("#",), ("6", "4", "3"), ("n6",)]
KEYS = ["G", "e", "Bb", "f#", "c"]
_SEVENTH = Chord(1, Quality.DOMINANT_SEVENTH, 5)


def harmony(text, start, end, key="C", figures=()):
    """Return a harmony from a numeral such as "V6/5/V"."""
    parts = text.split("/")
    of = parts.pop() if len(parts) > 1 and not parts[-1][:1].isdigit() else ""
    degree = parts[0].rstrip("0123456789")
    inversion = "/".join([parts[0][len(degree) :], *parts[1:]])
    return Harmony(start, end, _SEVENTH, Key.parse(key), degree, inversion, of, figures)


def analysis_of(score, harmonies, cadences=()):
    """Return an analysis that says what it is told."""
    texture = Texture.of(score)
    starts = [each.start for each in harmonies]
    index = np.searchsorted(starts, texture.steps, side="right") - 1
    tones = np.zeros((len(texture), 4), np.int8)
    return Analysis(texture, tuple(harmonies), tones, index, tuple(cadences))


def crowded(score, every=4):
    """Return an analysis with the longest numerals on every beat or finer, and new keys now and then."""
    texture = Texture.of(score)
    steps = [int(step) for step in texture.steps if (step - score.pickup) % every == 0]
    ends = [*steps[1:], score.steps]
    found = []
    for index, (start, end) in enumerate(zip(steps, ends, strict=True)):
        name = NUMERALS[index % len(NUMERALS)]
        figures = FIGURES[index % len(FIGURES)]
        found.append(harmony(name, start, end, KEYS[index // 7 % len(KEYS)], figures))
    kinds = [CadenceKind.PERFECT_AUTHENTIC, CadenceKind.HALF, CadenceKind.PHRYGIAN_HALF, CadenceKind.DECEPTIVE]
    lasts = [max(step for step in steps if step < end) for end in phrase_ends(score) if steps and steps[0] < end]
    closes = [
        Cadence(step, step + 4, kinds[i % len(kinds)], Key.parse("G")) for i, step in enumerate(dict.fromkeys(lasts))
    ]
    return analysis_of(score, found, closes)


@dataclass(frozen=True)
class Fault:
    """A finding as engraving sees it."""

    code: str
    notes: tuple
    severity: int = 2
    message: str = "bars 1.1-1.2: what is wrong"

    @property
    def voices(self):
        return tuple(sorted({Voice(voice) for voice, _ in self.notes}))

    @property
    def start(self):
        return min(step for _, step in self.notes)

    @property
    def end(self):
        return max(step for _, step in self.notes)
