"""How the voices move together, and what they contradict in each other."""

from collections.abc import Iterator

import numpy as np

from chorale.music import VOICES
from chorale.theory.finding import Severity
from chorale.theory.rules.base import Context, Hit, rule

_SAME_LETTER = 7  # a chromatic semitone on the line of fifths


@rule("cross-relation", 23, "Cross relation", Severity.WARNING, "Bach: 132 times (29 % of 370 chorales)")
def cross_relation(context: Context) -> Iterator[Hit]:
    """A note in one voice is contradicted at once by its chromatic neighbour in another, F against F sharp.

    The singer of the second note has the first one in the ear. Let the voice that has the note change it itself, by a
    chromatic step.
    """
    texture = context.texture
    fifths, sounds = texture.fifths, texture.sounds
    across = fifths[1:, None, :] - fifths[:-1, :, None]  # (M - 1, from, to)
    contradicts = (across != 0) & (across % _SAME_LETTER == 0)
    contradicts &= sounds[:-1, :, None] & (sounds & texture.begins)[1:, None, :] & texture.joined[:, None, None]
    inflected = contradicts[:, range(4), range(4)]  # the voice itself takes the chromatic step
    contradicts &= ~inflected[:, :, None] & ~inflected[:, None, :]
    for row, left, new in np.argwhere(contradicts).tolist():
        voices = sorted((VOICES[left], VOICES[new]))
        notes = f"{context.sounding(row, [left])} in the {VOICES[left].label.lower()}"
        contrary = f"{context.sounding(row + 1, [new])} in the {VOICES[new].label.lower()}"
        yield context.at_moments(voices, row, row + 1, f"{notes} against {contrary}")


@rule("same-direction", 24, "All voices in one direction", Severity.HINT, "Bach: 710 times (85 % of 370 chorales)")
def same_direction(context: Context) -> Iterator[Hit]:
    """Four voices that all move up, or all move down, lose the balance that contrary motion gives.

    Let at least one voice stay or move the other way, best of all the bass. Bach does it now and then in every
    chorale, most often where the chord stays the same.
    """
    texture = context.texture
    ways = np.sign(np.diff(texture.pitches, axis=0))
    sound = texture.sounds[1:].all(axis=1) & texture.sounds[:-1].all(axis=1) & texture.joined
    for row in np.flatnonzero(sound & (np.abs(ways.sum(axis=1)) == len(VOICES))).tolist():
        yield context.at_moments(VOICES, row, row + 1, "up together" if ways[row, 0] > 0 else "down together")
