"""What shows a rule kept: for every rule the places where it could have been broken, and how it was not."""

from chorale.training.precedents.shows import chords, lines, motion, tendency, texture
from chorale.training.precedents.shows.base import SHOWS

__all__ = ["SHOWS", "chords", "lines", "motion", "tendency", "texture"]
"""``SHOWS`` has a function for every rule code that can be kept; a cadence can not."""
