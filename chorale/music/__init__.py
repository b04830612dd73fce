"""Immutable musical values, numpy only: pitches, keys, meters, lines, drum patterns, clips, chorales, scores."""

from chorale.music.chorale import Chorale
from chorale.music.clip import Clip, ClipNote, Duet
from chorale.music.drums import PIECE_OF_KEY, PIECES, DrumHit, DrumPattern, Piece
from chorale.music.key import Key, Mode
from chorale.music.line import BoolArray, IntArray, Note
from chorale.music.melody import Melody
from chorale.music.pitch import REST, Pitch
from chorale.music.rhythm import Written, written
from chorale.music.score import Bar, Score
from chorale.music.time import METERS, STEPS_PER_QUARTER, Meter, Place, seconds_per_step
from chorale.music.voice import VOICES, Voice

__all__ = [
    "METERS",
    "PIECES",
    "PIECE_OF_KEY",
    "REST",
    "STEPS_PER_QUARTER",
    "VOICES",
    "Bar",
    "BoolArray",
    "Chorale",
    "Clip",
    "ClipNote",
    "DrumHit",
    "DrumPattern",
    "Duet",
    "IntArray",
    "Key",
    "Melody",
    "Meter",
    "Mode",
    "Note",
    "Piece",
    "Pitch",
    "Place",
    "Score",
    "Voice",
    "Written",
    "seconds_per_step",
    "written",
]
