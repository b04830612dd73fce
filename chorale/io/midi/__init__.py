"""Standard MIDI files in and out, through mido."""

from chorale.io.midi.read import read_midi
from chorale.io.midi.write import CHOIR, write_midi

__all__ = ["CHOIR", "read_midi", "write_midi"]
