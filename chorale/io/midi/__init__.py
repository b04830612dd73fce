"""Standard MIDI files in and out, through mido: scores, and clips as they were played."""

from chorale.io.midi.clips import ClipReading, Wanted, midi_clip, read_midi_clip, write_clip
from chorale.io.midi.read import read_midi
from chorale.io.midi.write import CHOIR, write_midi

__all__ = ["CHOIR", "ClipReading", "Wanted", "midi_clip", "read_midi", "read_midi_clip", "write_clip", "write_midi"]
