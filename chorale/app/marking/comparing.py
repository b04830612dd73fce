"""A hand-in laid beside its assignment: what was given and is not there, or not as it was.

Where one slip moves everything (a missing upbeat, a voice an octave off, another key), one remark says so; nobody wants
a hundred. What the slip moved is moved back before the rules look at it, so that bars are counted as the assignment
counts them.
"""

from dataclasses import dataclass

import numpy as np

from chorale.app.marking.assignment import Assignment
from chorale.app.marking.remarks import Remark, bars_in_words, length_in_words, listed
from chorale.app.marking.voices import compared, lining_up
from chorale.music import REST, VOICES, BoolArray, Chorale, Key, Meter, Score

__all__ = ["Comparison", "compare"]

_MOST_BARS_MORE = 4  # than asked for, that are still looked at


@dataclass(frozen=True, eq=False)
class Comparison:
    """A hand-in as the rules should see it.

    Attributes:
        score: its notes; key, mode, meter and fermatas the assignment's where they do not contradict it.
        fixed: (T, 4) bool, cells that hold a given or locked note, so are not the student's doing.
        remarks: what differs.
    """

    score: Score
    fixed: BoolArray
    remarks: tuple[Remark, ...]


def compare(handed_in: Score, assignment: Assignment, *, spelled: bool = True) -> Comparison:
    """Lay a hand-in beside its assignment.

    Args:
        handed_in: as it was read.
        assignment: what was asked.
        spelled: whether its file could tell G sharp from A flat, and states a key; MIDI cannot.
    """
    remarks: list[Remark] = []
    score = _in_key(handed_in, assignment.score.key, remarks, spelled=spelled)
    score = _in_meter(score, assignment.score.meter, remarks)
    score, lost = _lined_up(_without_empty_end(score), assignment, remarks)
    _check_bars(score, assignment, remarks)
    score = _without_what_goes_on(score, assignment)
    voices = compared(score, assignment, lost)
    remarks += voices.remarks
    remarks += _missing(score, assignment, lost)
    return Comparison(_as_given(score, assignment, voices.fixed), voices.fixed, tuple(remarks))


def _in_key(score: Score, wanted: Key, remarks: list[Remark], *, spelled: bool) -> Score:
    if not spelled:
        return score.replace(key=wanted, spelling=None)
    if score.key.signature != wanted.signature:
        seen, asked = (_signature(key.signature) for key in (score.key, wanted))
        remarks.append(Remark("key", f"the key signature has {seen}: wanted {asked}, for {wanted}"))
        return score
    return score.replace(key=wanted)


def _signature(sharps: int) -> str:
    if not sharps:
        return "no sharps or flats"
    return f"{abs(sharps)} {'sharp' if sharps > 0 else 'flat'}{'s' if abs(sharps) > 1 else ''}"


def _in_meter(score: Score, wanted: Meter, remarks: list[Remark]) -> Score:
    if score.meter == wanted:
        return score
    same_time = score.meter.steps_per_bar == wanted.steps_per_bar
    halved = same_time and {score.meter.beats, wanted.beats} == {2, 4}  # the two ways to write common time
    remarks.append(Remark("note" if halved else "meter", f"the meter is {score.meter}: wanted {wanted}"))
    return score.replace(meter=wanted) if same_time else score


def _without_empty_end(score: Score) -> Score:
    """Return the score without the empty bars at its end, which notation programs add by themselves."""
    sounding = np.flatnonzero((score.chorale.pitches != REST).any(axis=1))
    if not len(sounding):
        return score
    end = score.bar_at(int(sounding[-1])).end
    return score if end >= score.steps else score.replace(chorale=score.chorale.resized(end))


def _lined_up(score: Score, assignment: Assignment, remarks: list[Remark]) -> tuple[Score, int]:
    """Return the score with its bars counted as the assignment counts them, and how many steps it lacks before."""
    asked = assignment.score
    shift = lining_up(score, assignment)
    if shift:
        way = "late" if shift > 0 else "early"
        told = f"the music begins {_how_long(abs(shift), asked.meter)} {way}"
        if asked.pickup != score.pickup:
            told += f": wanted {_pickup(asked.pickup)}, and it has {_pickup(score.pickup)}"
        remarks.append(Remark("bars", told))
        score = _moved(score, -shift)
    elif asked.pickup != score.pickup:
        told = f"it begins with {_pickup(score.pickup)}: wanted {_pickup(asked.pickup)}, so bar lines stand elsewhere"
        remarks.append(Remark("bars", told))
    if asked.pickup < score.meter.steps_per_bar:
        score = score.replace(pickup=asked.pickup)
    return score, max(-shift, 0)


def _pickup(steps: int) -> str:
    return f"a pickup of {length_in_words(steps)}" if steps else "no pickup"


def _how_long(steps: int, meter: Meter) -> str:
    bars, rest = divmod(steps, meter.steps_per_bar)
    whole = "" if not bars else "a bar" if bars == 1 else f"{bars} bars"
    return listed(part for part in (whole, length_in_words(rest) if rest else "") if part)


def _moved(score: Score, steps: int) -> Score:
    """Return the score so many steps later (negative: earlier, what stands before its beginning is lost)."""
    cut, added = max(-steps, 0), max(steps, 0)
    size = score.steps - cut + added
    silent = Chorale.silent(size)
    pitches, onsets = silent.pitches.copy(), silent.onsets.copy()
    pitches[added:], onsets[added:] = score.chorale.pitches[cut:], score.chorale.onsets[cut:]
    spelling = np.zeros(pitches.shape, dtype=np.int16)
    spelling[added:] = score.spelling[cut:]
    fermatas = frozenset(step + steps for step in score.fermatas if 0 <= step + steps < size)
    lyrics = tuple((step + steps, word) for step, word in score.lyrics if 0 <= step + steps < size)
    chorale = Chorale(pitches, onsets)
    return score.replace(chorale=chorale, spelling=spelling, fermatas=fermatas, lyrics=lyrics, locked=None)


def _check_bars(score: Score, assignment: Assignment, remarks: list[Remark]) -> None:
    count = len(score.bars) - (1 if score.pickup else 0)
    sounds = bool((score.chorale.pitches != REST).any())
    if sounds and count != assignment.bars and score.meter == assignment.score.meter:
        remarks.append(Remark("bars", f"it has {count} bar{'s' if count != 1 else ''}: wanted {assignment.bars}"))


def _without_what_goes_on(score: Score, assignment: Assignment) -> Score:
    """Return the score without what goes on long after the last bar that was asked for: nobody marks a symphony."""
    most = assignment.score.steps + _MOST_BARS_MORE * score.meter.steps_per_bar
    return score if score.steps <= most else score.replace(chorale=score.chorale.resized(most))


def _missing(score: Score, assignment: Assignment, lost: int) -> list[Remark]:
    """Return what was asked for and not written after the first ``lost`` steps, the missing share as its amount."""
    asked = assignment.score
    size = min(score.steps, asked.steps)
    wanted = np.zeros((asked.steps, len(VOICES)), dtype=bool)
    wanted[(asked.chorale.pitches[:, list(assignment.voices)] != REST).any(axis=1)] = True
    wanted[:, list(assignment.voices)] = wanted[:lost] = False
    written = np.zeros_like(wanted)
    written[:size] = score.chorale.pitches[:size] != REST
    empty = np.zeros_like(wanted)
    for voice in VOICES:
        empty[:, voice] = _long_runs(wanted[:, voice] & ~written[:, voice], asked.meter.steps_per_beat)
    if not empty.any():
        return []
    share = float(empty.sum() / wanted.sum())
    bars = tuple(sorted({asked.bar_at(int(step)).number for step in np.flatnonzero(empty.any(axis=1))}))
    return [Remark("missing", _missing_in_words(empty, wanted, asked), share, bars)]


def _long_runs(flags: BoolArray, least: int) -> BoolArray:
    """Return the flags (T,) without runs shorter than ``least``: a breath is no gap."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    kept = np.zeros_like(flags)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        kept[start:end] = end - start >= least
    return kept


def _missing_in_words(empty: BoolArray, wanted: BoolArray, asked: Score) -> str:
    whole = [voice for voice in VOICES if wanted[:, voice].any() and (empty | ~wanted)[:, voice].all()]
    parts = (
        [f"{listed(voice.label.lower() for voice in whole)} {'are' if len(whole) > 1 else 'is'} empty"] if whole else []
    )
    for voice in VOICES:
        steps = np.flatnonzero(empty[:, voice])
        if len(steps) and voice not in whole:
            bars = bars_in_words(asked.bar_at(int(step)).number for step in steps)
            parts.append(f"the {voice.label.lower()} rests in {bars}")
    return "; ".join(parts)


def _as_given(score: Score, assignment: Assignment, fixed: BoolArray) -> Score:
    """Return the score with the assignment's fermatas, and its spelling of the given notes."""
    asked = assignment.score
    size = min(score.steps, asked.steps)
    spelling = score.spelling.copy()
    theirs, ours = score.chorale.pitches[:size], asked.chorale.pitches[:size]
    same = fixed[:size] & (theirs == ours)
    spelling[:size][same] = asked.spelling[:size][same]
    fermatas = score.fermatas | {step for step in asked.fermatas if step < score.steps}
    return score.replace(spelling=spelling, fermatas=frozenset(fermatas))
