"""Edits of the chords that Harmonize is asked for: each has a beat and a name, "V6/5" or "D7/F#"."""

import re

from chorale.errors import InputError
from chorale.music import Key, Score
from chorale.theory.numerals import read_chord

__all__ = ["ask_chord", "ask_chords", "beat_after", "beat_at", "chord_list"]

_ENTRY = re.compile(r"(?P<first>[0-9.]+)(?:-(?P<last>[0-9.]+))?=(?P<name>\S+)")
_PLACE = re.compile(r"(\d{1,4})(?:\.(\d{1,2}))?")
_WANTED = "wanted places and chords such as 1.1=I 2.3=V6/5 4.1-4.2=Cad6/4"


def beat_at(score: Score, step: int) -> int:
    """Return the first step of the beat that holds a step."""
    return max(0, step - (step - score.pickup) % score.meter.steps_per_beat)


def beat_after(score: Score, step: int) -> int:
    """Return the first step of the beat after the one that holds a step; it may lie past the end."""
    return step + score.meter.steps_per_beat - (step - score.pickup) % score.meter.steps_per_beat


def ask_chord(score: Score, step: int, name: str) -> Score:
    """Ask for a chord on the beat that holds a step, in the place of the one that is asked for there; "" asks for none.

    Raises:
        InputError: the name is no chord's, or the step is outside the score.
    """
    if not 0 <= step < score.steps:
        raise InputError(f"a chord at step {step}: wanted a beat of the score, which has {score.steps} steps")
    chords = dict(score.chords)
    beat = beat_at(score, step)
    for old in [old for old in chords if beat_at(score, old) == beat]:
        del chords[old]
    if name.strip():
        chords[beat] = read_chord(name, score.key).name
    asked = tuple(sorted(chords.items()))
    return score if asked == score.chords else score.replace(chords=asked)


def ask_chords(score: Score, text: str) -> Score:
    """Ask for several chords: "1.1=I 2.3=V6/5 4.1-4.2=Cad6/4"; bars and beats are counted from 1, a pickup is bar 0.

    A pickup's beats are counted as if its bar were whole: the upbeat of four-four is 0.4. A bar alone means its first
    beat.

    Raises:
        InputError: an entry cannot be read, its place is outside the score, or its chord is none.
    """
    for first, last, name in chord_list(text):
        start, end = _step(score, first), _step(score, last)
        if end < start:
            raise InputError(f"chords at {first}-{last}: {last} is before {first}")
        for step in range(start, end + 1, score.meter.steps_per_beat):
            score = ask_chord(score, step, name)
    return score


def chord_list(text: str) -> list[tuple[str, str, str]]:
    """Return (first place, last place, name) of every entry of a list as ``ask_chords`` takes it.

    Raises:
        InputError: an entry cannot be read, or its chord is none in any key.
    """
    entries = []
    for entry in re.split(r"[\s,;]+", text.strip()):
        found = _ENTRY.fullmatch(entry)
        if found is None:
            raise InputError(f"chords {entry[:40]!r}: {_WANTED}")
        read_chord(found["name"], Key(0))
        entries.append((found["first"], found["last"] or found["first"], found["name"]))
    return entries


def _step(score: Score, place: str) -> int:
    """Return the step of a bar and beat.

    Raises:
        InputError: it is no place of the score.
    """
    found = _PLACE.fullmatch(place)
    if found is None:
        raise InputError(f"chords at {place[:20]!r}: {_WANTED}")
    bar, beat, meter = int(found[1]), int(found[2] or 1), score.meter
    if not 1 <= beat <= meter.beats_per_bar:
        raise InputError(f"chords at {place}: a bar of {meter} has beats 1 to {meter.beats_per_bar}")
    step = score.pickup + (bar - 1) * meter.steps_per_bar + (beat - 1) * meter.steps_per_beat
    if not 0 <= step < score.steps:
        first, last = (score.place(each) for each in (0, max(0, score.steps - 1)))
        raise InputError(f"chords at {place}: wanted a place from {first.bar}.{first.beat} to {last.bar}.{last.beat}")
    return step
