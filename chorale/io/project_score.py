"""A score as plain JSON values and back, exactly."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

import numpy as np

from chorale.errors import InputError
from chorale.io.project_drums import drums_from_plain, drums_to_plain
from chorale.io.raw import MAX_STEPS
from chorale.music import VOICES, BoolArray, Chorale, Key, Meter, Note, Pitch, Score, Voice
from chorale.music.pitch import fifth_of_name

__all__ = ["from_plain", "to_plain"]

Value = TypeVar("Value")
_PITCH = re.compile(r"([A-G](?:#{0,9}|b{0,9}))(-?\d{1,2})")
_LONGEST_NAME = 24  # of a chord; whether it is one is seen when it is asked for
Plain = dict[str, Any]


def to_plain(score: Score) -> Plain:
    """Return a score as JSON values, in a fixed order."""
    plain = {
        "title": score.title,
        "composer": score.composer,
        "key": score.key.name,
        "meter": str(score.meter),
        "pickup": score.pickup,
        "qpm": score.qpm,
        "steps": score.steps,
        "fermatas": sorted(score.fermatas),
        "lyrics": [f"{step} {syllable}" for step, syllable in score.lyrics],
        "voices": {_name(voice): [_note(*pair) for pair in score.notes(voice)] for voice in VOICES},
        "locked": {_name(voice): [f"{at} {size}" for at, size in _runs(score.locked[:, voice])] for voice in VOICES},
        "chords": [f"{step} {name}" for step, name in score.chords],
    }
    return plain if score.drums is None else plain | {"drums": drums_to_plain(score.drums)}


def from_plain(data: Any) -> Score:  # noqa: ANN401  any JSON value
    """Return the score of JSON values.

    Raises:
        InputError: something is missing or wrong; the message names it.
    """
    fields = _an_object(data, "score")
    fields.setdefault("chords", [])  # files of before chords could be asked for
    fields.setdefault("drums", None)
    steps = _take(fields, "steps", _step)
    voices = [_take(fields, "voices", partial(_notes, voice=voice, steps=steps)) for voice in VOICES]
    chorale = Chorale.from_voices([[note for note, _ in pairs] for pairs in voices], steps)
    spelling = np.zeros(chorale.pitches.shape, dtype=np.int16)
    for voice, pairs in zip(VOICES, voices, strict=True):
        for note, pitch in pairs:
            spelling[note.start : note.end, voice] = pitch.fifth
    return Score(
        chorale,
        key=_take(fields, "key", Key.parse),
        meter=_take(fields, "meter", Meter.parse),
        pickup=_take(fields, "pickup", _step),
        qpm=_take(fields, "qpm", float),
        fermatas=frozenset(_take(fields, "fermatas", lambda each: [_step(step) for step in each])),
        title=_take(fields, "title", _text),
        composer=_take(fields, "composer", _text),
        lyrics=tuple(_take(fields, "lyrics", lambda each: [_lyric(line) for line in each])),
        spelling=spelling,
        locked=_take(fields, "locked", lambda each: _locked(each, steps)),
        chords=tuple(_take(fields, "chords", lambda each: [_chord(line) for line in each])),
        drums=_take(fields, "drums", lambda each: None if each is None else drums_from_plain(each, steps)),
    )


def _take(fields: Plain, name: str, convert: Callable[[Any], Value]) -> Value:
    """Return one field converted, or say which one is missing or wrong."""
    if name not in fields:
        raise InputError(f'"{name}" is missing from the score')
    try:
        return convert(fields[name])
    except InputError as error:
        raise InputError(f'"{name}" of the score: {error}') from error
    except (AttributeError, TypeError, ValueError, OverflowError, KeyError):
        raise InputError(f'"{name}" of the score is {str(fields[name])[:40]!r}: not what belongs there') from None


def _an_object(value: Any, name: str) -> Plain:  # noqa: ANN401
    if not isinstance(value, dict):
        raise InputError(f'"{name}" is missing or not an object')
    return value


def _step(value: Any) -> int:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_STEPS:
        raise InputError(f"{str(value)[:40]!r}: wanted a number of steps from 0 to {MAX_STEPS}")
    return value


def _text(value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str):
        raise TypeError
    return value


def _lyric(line: str) -> tuple[int, str]:
    step, _, syllable = line.partition(" ")
    return _step(int(step)), syllable


def _chord(line: str) -> tuple[int, str]:
    step, name = line.split(maxsplit=1)
    return _step(int(step)), _text(name)[:_LONGEST_NAME]


def _name(voice: Voice) -> str:
    return voice.label.lower()


def _note(note: Note, pitch: Pitch) -> str:
    return f"{note.start} {note.length} {pitch}"


def _notes(voices: Any, voice: Voice, steps: int) -> list[tuple[Note, Pitch]]:  # noqa: ANN401
    notes = [_parsed(line, voice) for line in _an_object(voices, "voices")[_name(voice)]]
    for note, _ in notes:
        if note.end > steps:
            raise InputError(f"a note of the {_name(voice)} ends at step {note.end}: the score has {steps}")
    return notes


def _parsed(line: str, voice: Voice) -> tuple[Note, Pitch]:
    words = line.split()
    if len(words) != 3:
        raise InputError(f"note {line[:40]!r} of the {_name(voice)}: wanted start, length and pitch, such as 8 4 F#4")
    pitch = _pitch(words[2])
    return Note(_step(int(words[0])), max(1, _step(int(words[1]))), pitch.midi), pitch


def _pitch(text: str) -> Pitch:
    """Return the pitch of a name with an octave, which may be -1 for the lowest MIDI numbers: ``C-1``, ``F#4``."""
    match = _PITCH.fullmatch(text)
    if match is None:
        raise InputError(f"pitch {text[:20]!r}: wanted a letter, accidentals and an octave, such as F#4 or Bb3")
    fifth = fifth_of_name(match[1])
    alter = match[1].count("#") - match[1].count("b")
    return Pitch(fifth, (fifth - 7 * alter) * 7 % 12 + alter + 12 * (int(match[2]) + 1))


def _runs(cells: BoolArray) -> Iterator[tuple[int, int]]:
    """Yield (first step, length) of each stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], cells, [False]]).astype(np.int8))).tolist()
    yield from ((start, stop - start) for start, stop in zip(edges[::2], edges[1::2], strict=True))


def _locked(stretches: Any, steps: int) -> BoolArray:  # noqa: ANN401
    locked = np.zeros((steps, len(VOICES)), dtype=bool)
    for voice in VOICES:
        for line in stretches[_name(voice)]:
            start, length = (_step(int(word)) for word in line.split())
            locked[start : start + length, voice] = True
    return locked
