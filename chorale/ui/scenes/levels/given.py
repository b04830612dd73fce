"""What a level gives and what it leaves to the player: edits of given notes are refused, in a friendly line."""

import numpy as np

from chorale.levels.level import Level
from chorale.music import REST, VOICES, Score, Voice

__all__ = ["why_not"]


def why_not(level: Level, before: Score, after: Score) -> str:
    """Return why an edit may not be made in a level, "" where it may."""
    del before
    if after.steps != level.start.steps:
        return "The music of this lesson ends here"
    given, now = level.start, after
    changed = (given.chorale.pitches != now.chorale.pitches) | (given.spelling != now.spelling)
    begun = given.chorale.onsets != now.chorale.onsets
    wrong = (changed | begun) & ~level.writable
    if not wrong.any():
        return ""
    step, voice = (int(each) for each in np.argwhere(wrong)[0])
    return _words(level, step, Voice(voice))


def _words(level: Level, step: int, voice: Voice) -> str:
    mine = [each.label.lower() for each in VOICES if level.writable[:, each].any()]
    if voice.label.lower() not in mine:
        return f"The {voice.label.lower()} is given; yours to write: {_listed(mine)}"
    if level.start.chorale.pitches[step, voice] == REST:
        return "Nothing is to be written here"
    return f"This note of the {voice.label.lower()} is given: it stays as it is"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
