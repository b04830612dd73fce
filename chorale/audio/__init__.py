"""Sound: instruments, rendering a score to stems, playing it, writing it as WAV files.

The samples of a General MIDI SoundFont, read by our own code (``soundfont``, ``sampling``), brought to one loudness
(``sampler``), mixed a voice a stem with a room around them (``render``, ``reverb``), written ahead of the playhead
on five tapes of the sound card's mixer (``output``, ``transport``, ``playback``). Only ``output`` knows pygame.
"""

from chorale.audio.instruments import DEFAULT, Preset, VoiceSound, load, load_all
from chorale.audio.mix import DRUMS, TRACKS, Mix
from chorale.audio.output import MixerOutput, Output, SilentOutput
from chorale.audio.playback import SPEEDS, Player
from chorale.audio.render import render_note, render_stems
from chorale.audio.sampling import RATE
from chorale.audio.timeline import Route, TimeMap
from chorale.audio.wav import write_stems, write_wav

__all__ = [
    "DEFAULT",
    "DRUMS",
    "RATE",
    "SPEEDS",
    "TRACKS",
    "Mix",
    "MixerOutput",
    "Output",
    "Player",
    "Preset",
    "Route",
    "SilentOutput",
    "TimeMap",
    "VoiceSound",
    "load",
    "load_all",
    "render_note",
    "render_stems",
    "write_stems",
    "write_wav",
]
