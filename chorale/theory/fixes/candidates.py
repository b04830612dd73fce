"""Which changes are worth trying: of which notes, to which pitches.

Candidates for a note are the tones of its harmonies, the scale of the local key, its own letter with other
accidentals, all within an octave of the note; the pitches of a note may be exchanged
with another voice's; a short note may give way to the one before it.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from chorale.music import VOICES, Key, Pitch
from chorale.theory.finding import Finding
from chorale.theory.fixes.change import Change
from chorale.theory.fixes.scene import Scene, Sung

__all__ = ["Changes", "concerned", "exchanges", "singles"]

Changes = tuple[Change, ...]

_REACH = 12  # semitones from the old pitch to a new one
_PLAIN = range(-8, 13)  # F flat to B sharp: notes with one accidental at most


def concerned(scene: Scene, finding: Finding) -> list[Sung]:
    """Return the notes whose change may help and which may be changed: those marked, then those around them."""
    marked = [scene.note_at(voice, step) for voice, step in finding.notes]
    moments = {finding.start, finding.end, *(step for step in scene.steps if finding.start <= step <= finding.end)}
    beside = [scene.note_at(voice, step) for step in sorted(moments)[:4] for voice in VOICES]
    first = [note for note in marked if note is not None]
    around = [scene.neighbour(note, way) for note in first for way in (1, -1)]
    notes = dict.fromkeys(note for note in (*first, *beside, *around) if note is not None)
    return [note for note in notes if scene.may_change(note)]


def singles(scene: Scene, notes: Iterable[Sung]) -> Iterator[Changes]:
    """Yield changes of one note."""
    for note in notes:
        for pitch in _pitches(scene, note):
            yield (Change(note.voice, note.start, note.end, note.pitch, pitch),)
        yield from _dropped(scene, note)


def _dropped(scene: Scene, note: Sung) -> Iterator[Changes]:
    """Yield the note before held on instead of a short note off the beat."""
    before = scene.neighbour(note, -1)
    short = note.end - note.start < scene.score.meter.steps_per_beat
    if before is not None and short and not scene.texture.accents[scene.row_at(note.start)]:
        yield (Change(note.voice, note.start, note.end, note.pitch, before.pitch, held=True),)


def exchanges(notes: Iterable[Sung]) -> Iterator[Changes]:
    """Yield two voices' notes of the same length exchanged, each in the octave nearest to the note it replaces."""
    for one, other in combinations(notes, 2):
        if one.voice != other.voice and (one.start, one.end) == (other.start, other.end) and one.pitch != other.pitch:
            yield _exchanged(one, other, other.pitch, one.pitch)
            near = _nearest(other.pitch, one.pitch), _nearest(one.pitch, other.pitch)
            if near != (other.pitch, one.pitch) and near[0].fifth != near[1].fifth:
                yield _exchanged(one, other, *near)


def _exchanged(one: Sung, other: Sung, to_one: Pitch, to_other: Pitch) -> Changes:
    return (
        Change(one.voice, one.start, one.end, one.pitch, to_one),
        Change(other.voice, other.start, other.end, other.pitch, to_other),
    )


def _nearest(pitch: Pitch, target: Pitch) -> Pitch:
    """Return the pitch in the octave nearest to another."""
    return Pitch(pitch.fifth, pitch.midi + 12 * round((target.midi - pitch.midi) / 12))


def _pitches(scene: Scene, note: Sung) -> list[Pitch]:
    """Return the pitches to try instead of a note's, from low to high."""
    fifths = _fifths(scene, note)
    low, high = scene.profile.ranges[note.voice]
    around = range(max(low, note.pitch.midi - _REACH), min(high, note.pitch.midi + _REACH) + 1)
    found = [Pitch(fifth, midi) for midi in around for fifth in sorted(fifths) if (fifth * 7 - midi) % 12 == 0]
    return [pitch for pitch in found if pitch != note.pitch]


def _fifths(scene: Scene, note: Sung) -> set[int]:
    """Return the places on the line of fifths that may do; another spelling of the same sound only if it belongs."""
    harmonies = [scene.harmonies[row] for row in scene.rows_of(note)]
    tones = {tone for harmony in harmonies if harmony is not None for tone in harmony.chord.tones}
    altered = {note.pitch.fifth + 7 * way for way in (-1, 0, 1)}
    return tones | scale(scene.key_at(note.start)) | {fifth for fifth in altered if fifth in _PLAIN}


def scale(key: Key) -> set[int]:
    """Return a key's scale on the line of fifths; minor has both sixth and both seventh degrees."""
    natural = set(range(key.signature - 1, key.signature + 6))
    return natural | ({key.tonic + 3, key.tonic + 5} if key.mode == "minor" else set())
