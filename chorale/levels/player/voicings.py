"""The legal voicings of a moment, each with what speaks against it."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from chorale.levels.level import Level
from chorale.levels.player.chords import Option, ending, options_at
from chorale.levels.player.columns import Column
from chorale.music import REST, VOICES, Key, Voice

__all__ = ["Voicings", "voicings_at"]

_APART = 12  # semitones between neighbouring upper voices
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Voicings:
    """What a moment may sound like.

    Attributes:
        pitches: (N, 4) MIDI numbers, REST where silent.
        fifths: (N, 4) their spelling.
        options: (N,) the number of each one's chord.
        chords: the chords.
        costs: (N,) what speaks against each.
    """

    pitches: Ints
    fifths: Ints
    options: Ints
    chords: list[Option]
    costs: Floats

    def __len__(self) -> int:
        return len(self.pitches)


def voicings_at(level: Level, column: Column, most: int) -> Voicings:
    """Return the voicings of a moment, the best first and so many at most; none where nothing fits."""
    alone = set(column.written) | set(column.held) | {voice for voice, _ in column.given}
    chords = _notes_alone(level.start.key) if alone == {Voice.SOPRANO} else options_at(level, column)
    made = [_of_chord(level, column, option) for option in chords]
    pitches = np.concatenate([each[0] for each in made])
    fifths = np.concatenate([each[1] for each in made])
    options = np.repeat(np.arange(len(chords)), [len(each[0]) for each in made])
    costs = np.concatenate([each[2] for each in made])
    order = np.argsort(costs, kind="stable")[:most]
    return Voicings(pitches[order], fifths[order], options[order], chords, costs[order])


def _notes_alone(key: Key) -> list[Option]:
    """Return the tones of a scale, for a line without harmony; in minor the seventh degree is raised too."""
    tones = [*range(key.tonic - 1, key.tonic + 6)] if key.mode == "major" else [*range(key.tonic - 4, key.tonic + 3)]
    raised = [] if key.mode == "major" else [key.tonic + 5]
    return [
        Option("", (tone,), frozenset({tone}), None, 1.0 if tone in raised else 0.0, None, key)
        for tone in tones + raised
    ]


def _of_chord(level: Level, column: Column, option: Option) -> tuple[Ints, Ints, Floats]:
    given = dict(column.given)
    open_voices = {*column.written, *column.held}
    choices = [
        [(given[voice].midi, given[voice].fifth)]
        if voice in given
        else _choices(level, voice, _around(option) if voice in column.loose else option)
        if voice in open_voices
        else [(REST, 0)]
        for voice in VOICES
    ]
    grid = np.array(np.meshgrid(*[np.arange(len(each)) for each in choices], indexing="ij")).reshape(4, -1).T
    tables = [np.array(each, dtype=np.int64).reshape(-1, 2) for each in choices]
    cells = np.stack([tables[voice][grid[:, voice]] for voice in VOICES], axis=1)
    pitches, fifths = cells[..., 0], cells[..., 1]
    legal = _in_order(pitches, column)
    pitches, fifths = pitches[legal], fifths[legal]
    return pitches, fifths, _costs(level, column, option, pitches, fifths)


def _choices(level: Level, voice: Voice, option: Option) -> list[tuple[int, int]]:
    """Return (MIDI number, fifth) of the chord's tones within a voice's range."""
    low, high = level.profile.ranges[voice]
    tones = option.tones if voice != Voice.BASS or option.bass is None else (option.bass,)
    by_class = {tone * 7 % 12: tone for tone in tones}
    return [(midi, by_class[midi % 12]) for midi in range(low, high + 1) if midi % 12 in by_class]


def _around(option: Option) -> Option:
    """Return the tones of the scale beside a chord's."""
    low = option.key.tonic - (1 if option.key.mode == "major" else 4)
    tones = {*range(low, low + 7), option.key.tonic + 5} - set(option.tones)
    return replace(option, tones=tuple(sorted(tones)), bass=None)


def _in_order(pitches: Ints, column: Column) -> NDArray[np.bool_]:
    """Return (N,) whether no written voice crosses another, or is too far from it."""
    legal = np.ones(len(pitches), dtype=bool)
    ours = {*column.written, *column.held}
    sounding = [voice for voice in VOICES if (pitches[:, voice] != REST).all()] if len(pitches) else []
    for upper, lower in pairwise(sounding):
        if upper in ours or lower in ours:
            apart = pitches[:, upper] - pitches[:, lower]
            widest = 24 if lower == Voice.BASS else _APART
            legal &= (apart >= 0) & ((apart <= widest) | (lower - upper > 1))
    return legal


def _costs(level: Level, column: Column, option: Option, pitches: Ints, fifths: Ints) -> Floats:
    sounds = pitches != REST
    sounds[:, list(column.loose)] = False
    costs = np.full(len(pitches), option.cost + (ending(option) if column.is_end and option.chord else 0.0))
    there = {tone: ((fifths == tone) & sounds).sum(axis=1) for tone in option.tones}
    if len(option.tones) > 1 and (pitches != REST).all() and not column.loose:
        costs += sum((20.0 * (there[tone] == 0) for tone in option.needed), np.zeros(len(pitches)))
        costs += 0.5 * sum((count == 0) for count in there.values())
    costs += 8.0 * (~np.isin(fifths, option.tones) & sounds).sum(axis=1)
    if option.bass is not None:
        costs += 20.0 * (sounds[:, Voice.BASS] & (fifths[:, Voice.BASS] != option.bass))
    costs += _doubling(option, there)
    costs += 0.2 * sum((pitches[:, voice] == pitches[:, voice + 1]) & sounds[:, voice] for voice in range(3))
    return costs + _middle(level, column, pitches) + _changed(column, pitches)


def _doubling(option: Option, there: dict[int, Ints]) -> Floats:
    costs = np.zeros(len(next(iter(there.values()))))
    for tone in (option.leading, option.seventh):
        if tone is not None:
            costs += 12.0 * (there[tone] > 1)
    if option.chord is not None and len(option.tones) == 3:
        root, third, fifth = option.tones
        inversion = option.chord.inversion
        if inversion == 0:
            costs += 0.8 * (there[third] > 1) + 0.4 * (there[fifth] > 1) + 1.0 * (there[root] > 2)
        elif inversion == 2:
            costs += 3.0 * (there[fifth] < 2)
        if option.chord.quality.name == "DIMINISHED":
            costs += 1.0 * (there[third] < 2)
    return costs


def _middle(level: Level, column: Column, pitches: Ints) -> Floats:
    """Return what speaks against written notes near the ends of their ranges."""
    costs = np.zeros(len(pitches))
    for voice in column.written:
        low, high = level.profile.ranges[voice]
        costs += 0.03 * np.maximum(0, np.abs(pitches[:, voice] - (low + high) / 2) - (high - low) / 4)
    return costs


def _changed(column: Column, pitches: Ints) -> Floats:
    """Return what speaks against another note than the one that may be changed."""
    costs = np.zeros(len(pitches))
    for voice, was in column.was:
        costs += 0.5 * (pitches[:, voice] != was.midi)
    return costs
