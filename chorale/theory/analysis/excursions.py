"""Tonicization or modulation: a few chords in another key, without a close, are no change of key.

They stay in the key around them, where their dominants are applied chords.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from chorale.music import Key
from chorale.theory.analysis.decode import Segment
from chorale.theory.analysis.vocabulary import VOCABULARY
from chorale.theory.texture import Texture

__all__ = ["without_excursions"]

_FEW = 3  # chords; with a close, or with more, it is a modulation
_KNOWN = {mode: {(one.root, one.quality) for one in numerals} for mode, numerals in VOCABULARY.items()}


def without_excursions(segments: Sequence[Segment], texture: Texture, signature: Key) -> list[Segment]:
    """Return the segments with each short excursion put into the key before and after it.

    Before the piece stands the key that its signature is thought to be.
    """
    runs = [list(run) for _, run in groupby(segments, key=lambda segment: segment.key)]
    for number, run in enumerate(runs[:-1]):
        after = runs[number + 1][0].key
        around = runs[number - 1][-1].key if number else signature
        if around == after and _is_excursion(run, after, texture):
            runs[number] = [replace(segment, key=after) for segment in run]
    return [segment for run in runs for segment in run]


def _is_excursion(run: Sequence[Segment], home: Key, texture: Texture) -> bool:
    chords = [pair for pair, _ in groupby((segment.root, segment.quality) for segment in run)]
    known = all((root - home.tonic, quality) in _KNOWN[home.mode] for root, quality in chords)
    return len(chords) <= _FEW and known and not any(_closes(segment, texture) for segment in run)


def _closes(segment: Segment, texture: Texture) -> bool:
    after = segment.last + 1
    return after == len(texture) or bool(texture.phrases[after] != texture.phrases[segment.last])
