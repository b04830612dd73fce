"""Results handed to the staff: a melody becomes the soprano, drums the lane under the chorale; each one undo step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chorale.app.edits import set_drums
from chorale.app.edits.draft import Draft
from chorale.errors import InputError
from chorale.music import REST, Chorale, Score, Voice
from chorale.theory.key_finding import estimate_key

if TYPE_CHECKING:
    from chorale.app.studio import Studio
    from chorale.music import Clip, IntArray

__all__ = ["RANGE", "Handed", "soprano_of", "to_drum_lane", "to_soprano"]

RANGE = (60, 81)
"""The soprano's, MIDI numbers; a melody is moved by octaves until most of it lies inside."""
_FEW = 0.2  # of the time: so much may lie outside


@dataclass(frozen=True)
class Handed:
    """What came of handing a melody over.

    Attributes:
        told: One line each on what was changed on the way.
        bars: First and last bar that are to be harmonized, where the others are harmonized already; None: all.
    """

    told: tuple[str, ...] = ()
    bars: tuple[int, int] | None = None


def to_soprano(studio: Studio, clip: Clip, title: str) -> Handed:
    """Put a melody on the staff as its soprano, as one undo step.

    One that goes on where the staff's own soprano ends is written after it, and everything there stays; any other
    takes the place of what is there.

    Raises:
        InputError: the clip is drums, or has no notes.
    """
    fresh, told = soprano_of(clip, title)
    old = studio.score
    score = _extended(old, fresh) or fresh
    studio.edit(f"{title} on the staff", lambda _: score)
    return Handed(told, None if score is fresh else _unharmonized(old, score))


def _extended(score: Score, fresh: Score) -> Score | None:
    """Return the score with the notes of a longer soprano that come after its own; None if it is another melody."""
    own, new = score.chorale.notes(Voice.SOPRANO), fresh.chorale.notes(Voice.SOPRANO)
    more = new[len(own) :]
    goes_on = own and more and new[: len(own)] == own and more[0].start >= own[-1].end
    if not goes_on or (score.meter, score.pickup) != (fresh.meter, fresh.pickup):
        return None
    draft = Draft(score)
    for note in more:
        draft.write(Voice.SOPRANO, note.start, note.length, score.key.spell(note.pitch))
    return draft.finish()


def _unharmonized(old: Score, score: Score) -> tuple[int, int] | None:
    """Return the bars that were added to a score in four parts; None where it was a melody alone."""
    if (old.chorale.pitches[:, 1:] == REST).all():
        return None
    last = old.chorale.notes(Voice.SOPRANO)[-1]
    first = score.bar_at(last.end).number
    return first, score.bars[-1].number


def soprano_of(clip: Clip, title: str = "") -> tuple[Score, tuple[str, ...]]:
    """Return a melody as a score, with a line on each thing that was changed.

    Raises:
        InputError: the clip is drums, or has no notes.
    """
    if clip.drums:
        raise InputError("these are drums: wanted a melody to harmonize; drums go to the drum lane")
    if not clip.notes:
        raise InputError("the clip is empty: wanted a melody to harmonize")
    melody = clip.melody
    octaves = _octaves(melody.pitches)
    steps = _whole(clip)
    pitches, onsets = np.full((steps, 4), REST, np.int16), np.zeros((steps, 4), bool)
    sounding = melody.pitches != REST
    pitches[: len(melody), Voice.SOPRANO] = np.where(sounding, melody.pitches + 12 * octaves, REST)
    onsets[: len(melody), Voice.SOPRANO] = melody.onsets
    key = clip.key or estimate_key(melody.notes)
    told = (
        f"moved {abs(octaves)} octave{'s' if abs(octaves) > 1 else ''} {'up' if octaves > 0 else 'down'}, for singers"
    )
    score = Score(Chorale(pitches, onsets), key, clip.meter, clip.pickup, clip.qpm, title=title)
    return score, (told,) if octaves else ()


def _octaves(pitches: IntArray) -> int:
    """Return by how many octaves to move a melody so that all but a few notes lie in the soprano's range."""
    notes = pitches[pitches != REST]

    def outside(octaves: int) -> tuple[float, int]:
        moved = notes + 12 * octaves
        share = float(((moved < RANGE[0]) | (moved > RANGE[1])).mean())
        return share if share > _FEW else 0.0, abs(octaves)

    return min(range(-5, 6), key=outside)


def _whole(clip: Clip) -> int:
    """Return the length up to the end of the last bar."""
    bar = clip.meter.steps_per_bar
    return clip.pickup + max(1, -(-(clip.steps - clip.pickup) // bar)) * bar


def to_drum_lane(studio: Studio, clip: Clip) -> None:
    """Put drums under the chorale, over and over to its end, as one undo step.

    Raises:
        InputError: the clip is a melody, has no drums, or the staff is empty.
    """
    if not clip.drums:
        raise InputError("this is a melody: wanted drums for the drum lane; a melody goes to the staff")
    if not clip.notes:
        raise InputError("the clip is empty: wanted drums")
    studio.edit("Drums under the chorale", lambda score: _with_drums(score, clip))


def _with_drums(score: Score, clip: Clip) -> Score:
    """Return a score with a clip's drums repeated from its first whole bar to its end."""
    pattern = clip.pattern.cut(clip.pickup, _whole(clip))
    lane = pattern.cut(-score.pickup, len(pattern))
    while len(lane) < score.steps:
        lane = lane + pattern
    return set_drums(score, lane.cut(0, score.steps))
