"""Clips to begin from."""

from fractions import Fraction

import pytest

from chorale.music import Clip, ClipNote, Key


def melody(pitches, length=4, velocity=80, **facts):
    """Return a melody of equal notes, each a fifth of a step late."""
    late = Fraction(1, 5)
    notes = [
        ClipNote(n * length + late, pitch, Fraction((n + 1) * length), velocity) for n, pitch in enumerate(pitches)
    ]
    return Clip(tuple(notes), length * len(pitches), **facts)


@pytest.fixture
def tune():
    """Two bars of quarters in C."""
    return melody((60, 62, 64, 65, 67, 65, 64, 62), key=Key(0), name="tune")


@pytest.fixture
def beat():
    """A bar of kick and snare."""
    notes = [ClipNote(Fraction(4 * n), (36, 38)[n % 2], Fraction(4 * n + 1), 90) for n in range(4)]
    return Clip(tuple(notes), 16, drums=True, name="beat")
