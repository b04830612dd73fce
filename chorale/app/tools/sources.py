"""What the tools begin with: a clip, and where it came from: a file, the staff, tapped keys, a result, an example."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from chorale.app.tools.beats import STRAIGHT, TWO_STEP, beat
from chorale.app.tools.files import clip_of, read_clip
from chorale.errors import InputError
from chorale.music import Clip

if TYPE_CHECKING:
    from pathlib import Path

    from chorale.io.midi import Wanted
    from chorale.music import Score

__all__ = ["EXAMPLES", "Origin", "Source", "check_fit", "example", "from_file", "from_staff"]

Origin = Literal["file", "staff", "taps", "result", "example"]
EXAMPLES = 2
"""How many examples there are of a kind."""
_TUNES = (("ode_to_joy", 0, 4), ("jesu_meine_freude", 0, 4))  # and which bars of them, from one to before another


@dataclass(frozen=True)
class Source:
    """An input.

    Attributes:
        clip: The music.
        name: What to call it.
        origin: Where it came from.
        notes: One line each on what was left out, or taken in another way than it was given.
    """

    clip: Clip
    name: str
    origin: Origin
    notes: tuple[str, ...] = ()


def from_file(path: Path, wanted: Wanted) -> Source:
    """Read an input.

    Raises:
        InputError: the file cannot be read, or has nothing of what is wanted.
    """
    reading = read_clip(path, wanted)
    if not reading.clip.notes:
        raise InputError(f"{path}: no notes; wanted a clip with music in it")
    return Source(reading.clip, path.stem, "file", tuple(reading.warnings))


def from_staff(score: Score, wanted: Wanted, bars: tuple[int, int] | None = None) -> Source:
    """Take the staff's soprano, or all its voices where anything will do, up to the end of its last bar with notes.

    Args:
        score: What is on the staff.
        wanted: What the tool takes.
        bars: The first and the last bar to take; None: all.

    Raises:
        InputError: there is nothing of what is wanted.
    """
    if wanted == "drums":
        return _drums_of(score)
    clip = clip_of(score, all_voices=wanted == "anything")
    span = [bar for bar in score.bars if bars is None or bars[0] <= bar.number <= bars[1]]
    if span:
        clip = clip.cut(span[0].start, span[-1].end)
    if not clip.notes:
        what = "soprano" if wanted == "melody" else "staff"
        where = "" if bars is None else f" in bars {bars[0]} to {bars[1]}"
        raise InputError(f"the {what} is empty{where}: wanted some notes, written in the room Compose")
    return Source(trimmed(clip), _name_of(score, wanted, bars), "staff")


def _drums_of(score: Score) -> Source:
    pattern = score.drums
    if pattern is None:
        raise InputError("the staff has no drums: wanted a clip of drums")
    clip = Clip.of_pattern(pattern, meter=score.meter, qpm=score.qpm, pickup=score.pickup)
    return Source(clip, "Drum lane", "staff")


def _name_of(score: Score, wanted: Wanted, bars: tuple[int, int] | None) -> str:
    voice = "soprano" if wanted == "melody" else "all voices"
    name = f"{score.title or 'Untitled'}, {voice}"
    return name if bars is None else f"{name}, bars {bars[0]}\N{EN DASH}{bars[1]}"


def trimmed(clip: Clip) -> Clip:
    """Return a clip that ends with the last bar that has notes."""
    last = max(note.end for note in clip.notes)
    bar = clip.meter.steps_per_bar
    end = clip.pickup + -(-(last - clip.pickup) // bar) * bar
    return clip.replace(steps=min(clip.steps, int(end)))


def check_fit(clip: Clip, wanted: Wanted) -> None:
    """Raise InputError unless a clip is what a tool takes; it says why."""
    if not clip.notes:
        raise InputError(f"{clip.name or 'the clip'} is empty: wanted at least one note")
    if wanted == "drums" and not clip.drums:
        raise InputError(f"{clip.name or 'the clip'} is a melody: wanted drums")
    if wanted == "melody" and clip.drums:
        raise InputError(f"{clip.name or 'the clip'} is drums: wanted a melody")


@cache
def example(wanted: Wanted, number: int = 0) -> Source:
    """Return the first or second example of what a tool takes."""
    if wanted == "drums":
        return Source(beat(*(STRAIGHT, TWO_STEP)[number]), ("Straight beat", "Two-step")[number], "example")
    from chorale.levels import tunes  # noqa: PLC0415  reads files; not before one is asked for

    name, first, end = _TUNES[number]
    score = tunes.load(name)
    bar = score.meter.steps_per_bar
    clip = clip_of(score).cut(first * bar, end * bar)
    clip = clip.replace(notes=tuple(dataclasses.replace(note, velocity=84) for note in clip.notes), name=score.title)
    return Source(clip, score.title, "example")
