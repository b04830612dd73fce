"""What is written beside the mark of a finding, and what shape the mark has, by the code of its rule.

A tag is what a teacher writes in the margin. ``{n}`` stands for the size of the interval between the finding's first
and last note, counted in letters. The tag also says how grave the finding is: an error plainly, a warning with a
question mark, a hint in parentheses.
"""

from enum import Enum
from typing import NamedTuple

__all__ = ["TAGS", "Shape", "Tag", "tag", "tag_of", "with_severity"]


class Shape(Enum):
    """How a finding is marked."""

    LINES = "a line along each voice, from its first note to its second"
    LEAP = "a bracket over one voice's notes, or under them"
    RINGS = "a ring round every note"
    LINK = "one line from note to note"
    DIAGONAL = "one line from a note to the note of the same letter in another voice"
    CROSS = "an X between two voices"
    SPAN = "an upright bracket beside a chord, from its highest to its lowest note concerned"
    OVER = "a bracket over the system, from the first chord to the last"


class Tag(NamedTuple):
    """A tag's text and the shape of its mark."""

    text: str
    shape: Shape


TAGS: dict[str, Tag] = {
    "range": Tag("range", Shape.RINGS),
    "spacing": Tag("wide", Shape.SPAN),
    "spacing-bass": Tag("wide", Shape.SPAN),
    "crossing": Tag("cross", Shape.CROSS),
    "overlap": Tag("overlap", Shape.LINES),
    "parallel-fifths": Tag("5-5", Shape.LINES),
    "parallel-octaves": Tag("8-8", Shape.LINES),
    "contrary-fifths": Tag("5-5 contr.", Shape.LINES),
    "contrary-octaves": Tag("8-8 contr.", Shape.LINES),
    "direct-fifths": Tag("dir. 5", Shape.LINES),
    "direct-octaves": Tag("dir. 8", Shape.LINES),
    "unequal-fifths": Tag("°5-5", Shape.LINES),
    "augmented-interval": Tag("+{n}", Shape.LEAP),
    "diminished-leap": Tag("°{n}", Shape.LEAP),
    "leap-seventh": Tag("7th", Shape.LEAP),
    "leap-over-octave": Tag(">8", Shape.LEAP),
    "leap-sixth": Tag("6th", Shape.LEAP),
    "leap-unanswered": Tag("leap", Shape.LEAP),
    "doubled-leading-tone": Tag("2 LTs", Shape.RINGS),
    "doubled-seventh": Tag("2 7ths", Shape.RINGS),
    "leading-tone": Tag("LT", Shape.LINK),
    "leading-tone-inner": Tag("LT", Shape.LINK),
    "seventh-resolution": Tag("7th", Shape.LINK),
    "doubling-root-position": Tag("dbl", Shape.RINGS),
    "doubling-first-inversion": Tag("dbl", Shape.RINGS),
    "doubling-diminished": Tag("dbl", Shape.RINGS),
    "six-four-doubling": Tag("dbl", Shape.RINGS),
    "six-four": Tag("6-4", Shape.SPAN),
    "omitted-third": Tag("no 3rd", Shape.SPAN),
    "omitted-root": Tag("no root", Shape.SPAN),
    "cross-relation": Tag("x-rel", Shape.DIAGONAL),
    "same-direction": Tag("all one way", Shape.OVER),
    "retrogression": Tag("retro", Shape.OVER),
    "cadence": Tag("cad", Shape.OVER),
}


def tag(code: str) -> Tag:
    """Return the tag of a rule; a rule that is not in the table is written out and ringed."""
    return TAGS.get(code) or Tag(code.replace("-", " "), Shape.RINGS)


def tag_of(code: str, size: int | None) -> str:
    """Return a tag's text with the size of the interval, as far as it is known."""
    return tag(code).text.replace("{n}", "" if size is None else str(size))


def with_severity(text: str, severity: int) -> str:
    """Return a tag as an error (2), a warning (1) or a hint (0) writes it."""
    return (f"({text})", f"{text}?", text)[severity]
