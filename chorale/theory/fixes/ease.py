"""How natural a change is, in quick arithmetic: candidates are tried in the order of this cost.

The figures weigh against each other: 1 is a small blemish such as a third more in a line, 12 what no one would write.
They order candidates; what a candidate breaks or mends is told by the rules themselves (see ``trial``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from chorale.music import VOICES, Pitch, Voice
from chorale.theory.fixes.candidates import scale
from chorale.theory.fixes.change import Change
from chorale.theory.fixes.scene import Cell, Scene, Sung
from chorale.theory.harmony import Harmony

__all__ = ["Ease", "ease"]

_PER_NOTE = 3.0
_GIVEN = {Voice.SOPRANO: 6.0, Voice.ALTO: 0.0, Voice.TENOR: 0.0, Voice.BASS: 2.5}  # the tune, and what bears the chord
_PER_PLACE = 0.3  # staff places from the old note to the new
_CLOSE = 8.0  # an outer voice of a phrase's last chord
_OCTAVE = -2.0  # the same note in another octave: the chord stays
_HELD = 2.0  # a note less: the rhythm loses too
_FOREIGN, _STEPWISE, _CHROMATIC, _RESPELLED = 6.0, 0.5, 5.0, 1.0
_NO_ROOT, _NO_THIRD, _TENDENCY_TWICE = 6.0, 8.0, 8.0
_CROSSED, _WIDE, _PARALLEL, _DIRECT = 10.0, 5.0, 12.0, 3.0
_WIDEST = (12, 12, 19)  # semitones between neighbouring voices, from the top
_BY_SIZE = (
    0.5,
    0.0,
    1.0,
    2.0,
    2.5,
    5.0,
    12.0,
    4.0,
)  # of a melodic interval: unison, step, third ... octave; beyond: 14
_BEYOND = 14.0
_AUGMENTED, _DIMINISHED = 12.0, 3.0
_BASS_LEAPS = 0.5  # leaps cost the bass half

Overrides = dict[tuple[int, int], Cell]


@dataclass(frozen=True)
class Ease:
    """What some changes cost.

    Attributes:
        cost: in all; what was bad before and is mended counts against it.
        harm: what the changes do themselves; nothing they mend makes up for it.
    """

    cost: float
    harm: float


def ease(scene: Scene, changes: Sequence[Change]) -> Ease:
    """Return the cost of some changes of notes: of melody, chord and the pairs of voices, against what was there."""
    new = _overrides(scene, changes)
    rows = sorted({row for row, _ in new})
    own = sum(_change(scene, change) for change in changes)
    parts = _melody(scene, changes), _vertical(scene, new, rows), _motion(scene, new, rows)
    return Ease(own + sum(parts), own + sum(max(0.0, part) for part in parts))


def _overrides(scene: Scene, changes: Sequence[Change]) -> Overrides:
    return {
        (row, change.voice): (change.new.midi, change.new.fifth) for change in changes for row in scene.rows_of(change)
    }


def _change(scene: Scene, change: Change) -> float:
    """Return what one change costs in itself: whose note, how far, in or out of the chord and the key."""
    far = _PER_PLACE * abs(change.new.place - change.old.place)
    at_close = scene.row_at(change.start) in scene.last_harmonies and change.voice in {Voice.SOPRANO, Voice.BASS}
    cost = _PER_NOTE + _GIVEN[change.voice] + far + (_CLOSE if at_close else 0.0)
    if change.held:
        return cost + _HELD
    if change.new.midi == change.old.midi:
        return cost + _RESPELLED
    if change.new.fifth == change.old.fifth:
        return cost + _OCTAVE
    return cost + _harmonic(scene, change)


def _harmonic(scene: Scene, change: Change) -> float:
    foreign = any(
        harmony is not None and change.new.fifth not in harmony.chord.tones
        for harmony in (scene.harmonies[row] for row in scene.rows_of(change))
    )
    outside = change.new.fifth not in scale(scene.key_at(change.start))
    cost = _CHROMATIC if outside and (foreign or not scene.harmonies[scene.row_at(change.start)]) else 0.0
    if not foreign:
        return cost
    return cost + (_STEPWISE if _is_passing(scene, change) else _FOREIGN)


def _is_passing(scene: Scene, change: Change) -> bool:
    """Whether a note stands off the beat between steps."""
    note = scene.note_at(change.voice, change.start)
    around = [scene.neighbour(note, way) for way in (-1, 1)] if note is not None else []
    steps = [other is not None and abs(other.pitch.place - change.new.place) == 1 for other in around]
    return all(steps) and not scene.texture.accents[scene.row_at(change.start)]


def _melody(scene: Scene, changes: Sequence[Change]) -> float:
    """Return how much harder the changed lines are to sing than they were."""
    new = {(change.voice, change.start): change.new for change in changes}
    cost, seen = 0.0, set()
    for change in changes:
        note = scene.note_at(change.voice, change.start)
        for first, second in _intervals(scene, note) if note is not None else ():
            if (first.voice, first.start) not in seen:
                seen.add((first.voice, first.start))
                then = (
                    new.get((first.voice, first.start), first.pitch),
                    new.get((second.voice, second.start), second.pitch),
                )
                cost += _sung(first.voice, *then) - _sung(first.voice, first.pitch, second.pitch)
    return cost


def _intervals(scene: Scene, note: Sung) -> Iterator[tuple[Sung, Sung]]:
    before, after = scene.neighbour(note, -1), scene.neighbour(note, 1)
    if before is not None:
        yield before, note
    if after is not None:
        yield note, after


def _sung(voice: Voice, first: Pitch, second: Pitch) -> float:
    """Return what an interval costs a singer."""
    size, fifths = abs(second.place - first.place), second.fifth - first.fifth
    if second.midi < first.midi:
        fifths = -fifths
    cost = _BY_SIZE[size] if size < len(_BY_SIZE) else _BEYOND
    if voice is Voice.BASS and size != 6 and size < len(_BY_SIZE):
        cost *= _BASS_LEAPS
    if size and abs(fifths) >= 6:
        cost += _AUGMENTED if fifths > 0 else _DIMINISHED
    return cost


def _vertical(scene: Scene, new: Overrides, rows: Sequence[int]) -> float:
    """Return how much worse the chords stand than they did: order, distance, completeness, doubling."""
    cost = 0.0
    for row in rows:
        old_cells = scene.cells[row]
        cells = [new.get((row, voice), old_cells[voice]) for voice in VOICES]
        cost += _standing(cells) - _standing(old_cells)
        harmony = scene.harmonies[row]
        if harmony is not None:
            cost += _sounding(cells, harmony) - _sounding(old_cells, harmony)
    return cost / max(1, len(rows)) if len(rows) > 2 else cost


def _standing(cells: Sequence[Cell | None]) -> float:
    cost = 0.0
    for (upper, lower), widest in zip(pairwise(cells), _WIDEST, strict=True):
        if upper is not None and lower is not None:
            distance = upper[0] - lower[0]
            cost += _CROSSED if distance < 0 else _WIDE if distance > widest else 0.0
    return cost


def _sounding(cells: Sequence[Cell | None], harmony: Harmony) -> float:
    tones = [cell[1] for cell in cells if cell is not None]
    root, third, *_ = harmony.chord.tones
    cost = (0.0 if root in tones else _NO_ROOT) + (0.0 if third in tones else _NO_THIRD)
    seventh = harmony.chord.tones[3:4]
    tendencies = {*seventh, *_leading(harmony)}
    return cost + sum(_TENDENCY_TWICE for tone in tendencies if tones.count(tone) > 1)


def _leading(harmony: Harmony) -> tuple[int, ...]:
    """Return the leading tone of a dominant."""
    if harmony.degree.startswith("vii"):
        return (harmony.chord.root,)
    return (harmony.chord.tones[1],) if harmony.degree == "V" else ()


def _motion(scene: Scene, new: Overrides, rows: Sequence[int]) -> float:
    """Return how many parallels come less those that go."""
    joints = sorted({row for changed in rows for row in (changed - 1, changed)})
    cost = 0.0
    for row in joints:
        if 0 <= row < len(scene.steps) - 1 and scene.phrases[row] == scene.phrases[row + 1]:
            old = scene.cells[row], scene.cells[row + 1]
            then = tuple([new.get((at, voice), scene.cells[at][voice]) for voice in VOICES] for at in (row, row + 1))
            cost += _parallels(*then) - _parallels(*old)
    return cost


def _parallels(now: Sequence[Cell | None], then: Sequence[Cell | None]) -> float:
    cost = 0.0
    for upper, lower in combinations(VOICES, 2):
        before_up, before_low, after_up, after_low = now[upper], now[lower], then[upper], then[lower]
        if before_up is None or before_low is None or after_up is None or after_low is None:
            continue
        up, low = after_up[0] - before_up[0], after_low[0] - before_low[0]
        interval = after_up[1] - after_low[1]
        if up * low == 0 or interval not in {0, 1}:
            continue
        if before_up[1] - before_low[1] == interval:
            cost += _PARALLEL if up * low > 0 else _PARALLEL / 2
        elif up * low > 0 and (upper, lower) == (Voice.SOPRANO, Voice.BASS) and abs(up) > 2:
            cost += _DIRECT
    return cost
