"""Which track is the tune, and in what order tracks are voices."""

import re
from collections.abc import Sequence

from chorale.io.lines import top_line
from chorale.io.midi.tracks import Channel
from chorale.music import VOICES

__all__ = ["in_order"]

_TUNE_NAMES = re.compile(r"melod|vocal|vox|voice|lead|sopran|sing|tune|cantus|canto|gesang|right|\brh\b", re.IGNORECASE)
_OTHER_NAMES = re.compile(r"bass|drum|perc|chord|accomp|pad|string|left|\blh\b|guitar", re.IGNORECASE)
_TUNE_PROGRAMS = {22, 40, *range(52, 55), *range(64, 88)}  # harmonica, violin, voices, reeds, pipes, synth leads
_BASS_PROGRAMS = {*range(32, 40), 43, 58}
_TUNE_RANGE = (55, 84)  # mean pitch of what one would sing or whistle
_FEW = 8  # notes


def in_order(channels: Sequence[Channel]) -> list[Channel]:
    """Return the channels that have notes: four by their mean pitch from the top, else the tune first."""
    playing = [channel for channel in channels if channel.part.notes]
    if len(playing) == len(VOICES):
        return sorted(playing, key=_mean_pitch, reverse=True)
    tune = max(playing, key=likeness, default=None)
    return [*([tune] if tune else []), *(channel for channel in playing if channel is not tune)]


def likeness(channel: Channel) -> float:
    """Return how much a channel is like a tune; only comparisons between channels of a file mean anything.

    One line counts most, then name and instrument, then pitch: higher is likelier, as far as one can sing.
    """
    notes = channel.part.notes
    points = 3.0 * len(top_line(notes)) / len(notes)
    points += 3.0 * bool(_TUNE_NAMES.search(channel.part.name)) - 3.0 * bool(_OTHER_NAMES.search(channel.part.name))
    points += 1.0 * (channel.program in _TUNE_PROGRAMS) - 2.0 * (channel.program in _BASS_PROGRAMS)
    points += any(note.lyric for note in notes) * 3.0
    points += min(_mean_pitch(channel), _TUNE_RANGE[1]) / 12 - max(0.0, _mean_pitch(channel) - _TUNE_RANGE[1]) / 6
    return points - (2.0 if len(notes) < _FEW else 0.0)


def _mean_pitch(channel: Channel) -> float:
    notes = channel.part.notes
    return float(
        sum(note.midi * (note.end - note.start) for note in notes) / sum(note.end - note.start for note in notes)
    )
