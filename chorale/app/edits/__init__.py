"""Everything a person can do to a score, as plain functions Score -> Score.

Conventions
    * A function changes what it names and leaves everything else exactly as it is: other voices, onsets, spelling,
      marks, locks. When nothing changes it returns the same object.
    * Notes are named by a ``Selection``: pairs of voice and first step. Lengths and places are in steps (sixteenths).
    * What cannot be done raises InputError with one line fit for the status bar; the score is as it was.
    * Locks speak to Harmonize, not to the hand: an edit of a locked note is carried out, and the note stays locked.

Index
    notes: place, delete, move_in_time, set_length, double, halve, dot, join, split, repeat
    pitches: set_pitch, move_diatonic, move_chromatic, move_octaves, transpose, respell, set_key
    marks: toggle_fermata, toggle_lock, toggle_voice_lock, set_lyric, set_lyrics, set_title, set_composer, set_tempo
    bars: empty, set_meter, set_pickup, add_bars, set_bars, insert_bars, remove_bars, clear_voices
    chords: ask_chord, ask_chords, chord_list, beat_at, beat_after
    clipboard: copy, cut, paste
    drums: set_drums, remove_drums
"""

from chorale.app.edits.bars import (
    add_bars,
    clear_voices,
    empty,
    insert_bars,
    remove_bars,
    set_bars,
    set_meter,
    set_pickup,
)
from chorale.app.edits.chords import ask_chord, ask_chords, beat_after, beat_at, chord_list
from chorale.app.edits.clipboard import Clip, copy, cut, paste
from chorale.app.edits.drums import remove_drums, set_drums
from chorale.app.edits.marks import (
    set_composer,
    set_lyric,
    set_lyrics,
    set_tempo,
    set_title,
    toggle_fermata,
    toggle_lock,
    toggle_voice_lock,
)
from chorale.app.edits.notes import delete, dot, double, halve, join, move_in_time, place, repeat, set_length, split
from chorale.app.edits.pitches import (
    move_chromatic,
    move_diatonic,
    move_octaves,
    respell,
    set_key,
    set_pitch,
    transpose,
)
from chorale.app.edits.selection import Selection

__all__ = [
    "Clip",
    "Selection",
    "add_bars",
    "ask_chord",
    "ask_chords",
    "beat_after",
    "beat_at",
    "chord_list",
    "clear_voices",
    "copy",
    "cut",
    "delete",
    "dot",
    "double",
    "empty",
    "halve",
    "insert_bars",
    "join",
    "move_chromatic",
    "move_diatonic",
    "move_in_time",
    "move_octaves",
    "paste",
    "place",
    "remove_bars",
    "remove_drums",
    "repeat",
    "respell",
    "set_bars",
    "set_composer",
    "set_drums",
    "set_key",
    "set_length",
    "set_lyric",
    "set_lyrics",
    "set_meter",
    "set_pickup",
    "set_pitch",
    "set_tempo",
    "set_title",
    "split",
    "toggle_fermata",
    "toggle_lock",
    "toggle_voice_lock",
    "transpose",
]
