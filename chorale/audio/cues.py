"""What is to be sounded, and when: the notes of a score or of a clip as cues, in seconds.

Drums lie on a track of their own. A hit rings until it has died away, but for the hi-hat, whose pedal ends what rang.
A melody's velocities are gains by the square law that General MIDI's players share (SoundFont Technical Specification
2.04, section 8.4.2); those of drums, which electronic kits spread from 10 to 127, are laid closer together, or ghost
notes would not be heard beside an organ.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from chorale.audio.mix import DRUMS
from chorale.audio.timeline import TimeMap
from chorale.music import PIECE_OF_KEY, Clip, ClipNote, Duet, Score
from chorale.music.clip import played
from chorale.music.line import Note

__all__ = ["CHOKE_SECONDS", "Cue", "Playable", "cues", "drum_gain"]

Playable: TypeAlias = Score | Clip
CHOKE_SECONDS = 0.08
"""How long a hi-hat that is closed still sounds."""
_CYMBALS = {46, 49, 51, 52, 53, 55, 57, 59}
_RINGS_SECONDS = (1.15, 2.6)  # drums and closed hats, cymbals: by then they are 60 dB down
_HATS = {42, 44, 46}
_KIT_KEYS = range(27, 88)  # of General MIDI's kit, level 2; other kits' keys are played by the piece they mean
_DRUM_LAW = 1.3  # drummers of the Groove data then lie from -31 to -16 LUFS, a melody at -20
_USUAL = 80  # velocity that is played at a melody's usual loudness


@dataclass(frozen=True)
class Cue:
    """One note to be sounded: times in seconds from the start of what is played.

    Attributes:
        voice: 0..3, or the track of the drums.
        pitch: MIDI number; of drums, the key of the piece.
        start: when it begins.
        release: when it is let go; its tail follows.
        accent: gain, about 1.
        followed: None: a rest follows; else the pitch of the note that follows at once.
    """

    voice: int
    pitch: int
    start: float
    release: float
    accent: float = 1.0
    followed: int | None = None


def cues(piece: Playable, times: TimeMap) -> list[Cue]:
    """Return all notes as cues, in order of their beginning."""
    found = _of_clip(piece, times) if isinstance(piece, Clip) else _of_score(piece, times)
    return sorted(found, key=lambda cue: (cue.start, cue.voice))


def _of_score(score: Score, times: TimeMap) -> list[Cue]:
    found = []
    for voice in range(score.chorale.pitches.shape[1]):
        notes = score.chorale.notes(voice)
        for note, after in zip(notes, [*notes[1:], None], strict=False):
            found.append(_cue(score, times, voice, note, after))
    strokes = () if score.drums is None else map(played, score.drums.strokes())
    return found + _of_drums(strokes, times)


def _cue(score: Score, times: TimeMap, voice: int, note: Note, after: Note | None) -> Cue:
    start, release = times.seconds_at(note.start), times.release_at(note.end)
    joined = after is not None and after.start == note.end and not times.breaths[note.end - 1]
    followed = after.pitch if after is not None and joined else None
    return Cue(voice, note.pitch, start, release, _accent(score, note.start), followed)


def _accent(score: Score, step: int) -> float:
    """Return the gain the meter gives a note: downbeats a little above beats, beats above what lies between."""
    into = (step - score.pickup) % score.meter.steps_per_bar
    if into == 0:
        return 1.0
    return 0.92 if into % score.meter.steps_per_beat == 0 else 0.85


def _of_clip(clip: Clip, times: TimeMap) -> list[Cue]:
    notes = [note for note in clip.notes if 0 <= note.start < clip.steps]
    if clip.drums:
        tune = clip.tune if isinstance(clip, Duet) else None
        return _of_drums(notes, times) + ([] if tune is None else _of_clip(tune, times))
    following = {note.start: note.pitch for note in notes}
    return [
        Cue(
            0,
            note.pitch,
            times.seconds_at(float(note.start)),
            times.seconds_at(float(note.end)),
            (note.velocity / _USUAL) ** 2,
            following.get(note.end),
        )
        for note in notes
    ]


def _of_drums(notes: Iterable[ClipNote], times: TimeMap) -> list[Cue]:
    """Return hits as cues; an open hi-hat rings until the hi-hat is struck again."""
    found: list[Cue] = []
    closed = math.inf  # when the hi-hat is struck next
    for note in sorted(notes, reverse=True):
        key, start = _key_of_kit(note.pitch), times.seconds_at(float(note.start))
        end = start + _RINGS_SECONDS[key in _CYMBALS]
        if key in _HATS:
            end, closed = (min(end, closed) if closed > start else end), start
        found.append(Cue(DRUMS, key, start, end, drum_gain(note.velocity)))
    return found


def drum_gain(velocity: int) -> float:
    """Return the gain of a hit, 1 for one as hard as can be."""
    return float((velocity / 127) ** _DRUM_LAW)


def _key_of_kit(key: int) -> int:
    """Return the key to play: one that General MIDI does not know is played by the piece that it means."""
    piece = PIECE_OF_KEY.get(key)
    return piece.key if piece is not None and (key not in _KIT_KEYS or key == 58) else key
