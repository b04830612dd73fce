"""What the level's cadences ask of the last two moments of a phrase."""

import numpy as np
from numpy.typing import NDArray

from chorale.levels.goals import Goal
from chorale.levels.level import Level
from chorale.levels.player.chords import Option
from chorale.levels.player.columns import Column
from chorale.levels.player.voicings import Voicings
from chorale.music import REST, Key, Voice

__all__ = ["closing"]

Floats = NDArray[np.float64]
_PRICE = 30.0


def closing(
    level: Level, columns: list[Column], states: list[Voicings], costs: list[Floats], moves: list[Floats]
) -> None:
    """Make dearer, in place, what misses a cadence that is asked for, and how a level's lines must begin and end."""
    for goal in level.goals:
        if goal.check == "cadence":
            _cadence(goal, columns, states, moves)
        elif goal.check in {"begins", "ends"}:
            _degree(level, goal, states, costs)
        elif goal.check == "position":
            _position(goal, columns, states, costs)
        elif goal.check == "key":
            _key(goal, columns, states, costs)
    if not any(goal.check == "begins" for goal in level.goals):
        costs[0] += 0.8 * _misses_home(states[0])
    costs[0] += 2.0 * _is_away(states[0], level.start.key)


def _misses_home(state: Voicings) -> Floats:
    away = np.array([float(option.root not in {0, None}) for option in state.chords])
    found: Floats = away[state.options]
    return found


def _is_away(state: Voicings, key: Key) -> Floats:
    away = np.array([float(option.key != key) for option in state.chords])
    found: Floats = away[state.options]
    return found


def _key(goal: Goal, columns: list[Column], states: list[Voicings], costs: list[Floats]) -> None:
    at = max((at for at, column in enumerate(columns) if goal.at is None or column.step <= goal.at), default=0)
    costs[at] += _PRICE * _is_away(states[at], Key.parse(goal.wants[0]))


def _cadence(goal: Goal, columns: list[Column], states: list[Voicings], moves: list[Floats]) -> None:
    ends = [at for at, column in enumerate(columns) if column.is_end]
    after = [at for at in ends if goal.at is None or columns[at].step >= goal.at]
    if not after or after[0] == 0:
        return
    at = ends[-1] if goal.at is None else after[0]
    before, final = states[at - 1], states[at]
    closes = np.zeros((len(before.chords), len(final.chords), 2), dtype=bool)
    for row, first in enumerate(before.chords):
        for column, second in enumerate(final.chords):
            for on_tonic in (False, True):
                closes[row, column, int(on_tonic)] = _kind(first, second, on_tonic=on_tonic) in goal.wants
    home = np.array([option.key.tonic for option in final.chords])[final.options]
    on_tonic = (final.fifths[:, Voice.SOPRANO] == home) & (final.pitches[:, Voice.SOPRANO] != REST)
    moves[at - 1] += _PRICE * ~closes[before.options[:, None], final.options[None], on_tonic.astype(int)[None]]


def _kind(first: Option, second: Option, *, on_tonic: bool) -> str:
    """Return the abbreviation of a close, as ``chorale.theory.analysis.cadences`` defines it."""
    if first.chord is None or second.chord is None:
        return ""
    minor, rooted = second.key.mode == "minor", not second.chord.inversion
    if second.root == 0 and len(second.tones) == 3:
        if first.is_dominant:
            return "PAC" if first.root == 1 and not first.chord.inversion and rooted and on_tonic else "IAC"
        return "PC" if first.root == -1 and rooted else ""
    if second.root == 1 and rooted and second.leading is not None:
        return "PHC" if minor and first.root == -1 and first.chord.inversion == 1 else "HC"
    deceptive = second.root == (-4 if minor else 3) and rooted and first.is_dominant
    return "DC" if deceptive else ""


def _degree(level: Level, goal: Goal, states: list[Voicings], costs: list[Floats]) -> None:
    at = 0 if goal.check == "begins" else -1
    tonic = level.start.key.tonic
    for voice in goal.voices or level.voices:
        degrees = 4 * (states[at].fifths[:, voice] - tonic) % 7 + 1
        wanted = np.isin(degrees, [int(each) for each in goal.wants])
        costs[at] += _PRICE * (~wanted & (states[at].pitches[:, voice] != REST))


def _position(goal: Goal, columns: list[Column], states: list[Voicings], costs: list[Floats]) -> None:
    for at, (column, state) in enumerate(zip(columns, states, strict=True)):
        if goal.at is None or goal.at == column.step:
            apart = state.pitches[:, Voice.SOPRANO] - state.pitches[:, Voice.TENOR]
            costs[at] += _PRICE * ((apart < 12) != ("close" in goal.wants))
