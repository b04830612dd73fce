"""What a voice owes as it moves: tendency tones, cross relations, six-fours, all voices one way.

Costs in nats for the voice sweeps, beside those of ``movement``. They speak of what ``chorale.theory`` would find; the
weights bring each rule's rate in validation pieces to Bach's own or below. Beats and off-beat eighths count: what is
shorter is an ornament and owes nothing. Two forms of a degree in two voices are heard from beat to beat as well, with
other notes between.

Shapes: C candidates, T steps (whole beats), N beats, S states of the redrawn voice (pitches, then silence).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from chorale.models.coconet.sonorities import NONE, aims, dominants, in_key, major_aims, scales, set_of, sevenths

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chorale.models.coconet.movement import Lines

    Array = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]
    Pairs = tuple[tuple[int, int], ...]

__all__ = [
    "add_beat_relations",
    "add_obligations",
    "add_six_fours",
    "clash_costs",
    "doubling_costs",
    "six_four_leaps",
]

LEADING_OUTER, LEADING_INNER = 5.0, 3.0  # a leading tone that does not rise where the tonic comes
SEVENTH = 4.0  # a seventh that does not fall where it is not kept
DOUBLED = 2.0  # a leading tone or seventh in two voices
SIX_FOUR = 4.5  # a six-four whose bass leaps on, or leaps in and does not stay
SIX_FOUR_BETWEEN = 3.4  # one between beats
CADENTIAL = 2.0  # off one over a dominant that stays
CROSS_RELATION = 1.5
BEAT_RELATION = 3.0  # the same from beat to beat, with other notes between
CLASH = 2.0  # two forms of one degree at once
ONE_WAY = 1.6  # all four voices up, or all down
OUTER = (0, 3)
BASS = 3
STEP = 2
EIGHTH = 2  # steps
FIFTH = 7
LEADING_TONE = 11
TO_FIFTH = -4  # semitones from the leading tone down to the fifth degree
RESOLVED = np.isin(np.arange(12), (0, 10, 11))  # semitones up to where a seventh goes, or stays
SIX_FOURS = np.isin(np.arange(2**12), [1 | 1 << 5 | 1 << 9, 1 | 1 << 5 | 1 << 8])  # by the set above the bass
MAJOR_CHROMATIC = ((0, 1), (3, 4), (5, 6), (7, 8), (10, 11))  # above the tonic: two forms of one degree
MINOR_CHROMATIC = ((3, 4), (5, 6), (8, 9), (10, 11))
MINOR_FOREIGN = ((3, 4), (5, 6))  # less the forms that a minor key has of its sixth and seventh degree


class _Scene:
    """What sounds before and after each movement; E movements a piece.

    Args:
        lines: The other voices.
        into: (E,) the steps of arrival: every beat and off-beat eighth, or every beat.
        since: Steps back to what sounds before.
    """

    def __init__(self, lines: Lines, into: IntArray, since: int = 1) -> None:
        self.lines, self.states = lines, lines.states
        self.into = into
        others = set_of(lines.pitches[..., lines.others])
        self.around = np.bitwise_or.reduce(others, axis=-1)
        self.own = set_of(self.states)
        self.before, self.after = self.around[:, self.into - since], self.around[:, self.into]  # (C, E)
        self.was, self.now = lines.pitches[:, self.into - since], lines.pitches[:, self.into]  # (C, E, 4)
        self.tonic = lines.ground.tonic[:, self.into - 1]
        self.keyed = self.tonic >= 0
        self.chord_before: IntArray = self.before[..., None] | self.own  # (C, E, S)
        self.semitones = self.states[None, :] - self.states[:, None]
        self.moves = lines.moves.astype(bool)


def add_obligations(cost: Array, lines: Lines) -> None:
    """Add to the costs (C, T, S, S) of movements into beats and off-beat eighths."""
    scene = _Scene(lines, np.arange(EIGHTH, lines.pitches.shape[1], EIGHTH))
    into = cost[:, EIGHTH::EIGHTH]
    _add_own_tendencies(into, scene)
    _add_others_tendencies(into, scene)
    _add_one_way(into, scene)
    minor = lines.ground.minor[:, scene.into]
    _add_cross_relations(into, scene, _variants(scene.tonic, minor), CROSS_RELATION)


def add_beat_relations(cost: Array, lines: Lines) -> None:
    """Add to the costs (C, N, S, S) of coming to each beat from the one before what false relations cost.

    Those between the two forms of a minor key's own sixth and seventh degrees are as common in Bach as here.
    """
    scene = _Scene(lines, np.arange(lines.beat, lines.pitches.shape[1], lines.beat), lines.beat)
    ground = lines.ground
    forms = _variants(ground.home[:, scene.into], ground.minor[:, scene.into], (MAJOR_CHROMATIC, MINOR_FOREIGN))
    _add_cross_relations(cost[:, 1:], scene, forms, BEAT_RELATION)


def _aims(scene: _Scene) -> IntArray:
    """(C, E, S): the tonic at which the chord before, with the state, aims as a dominant; NONE where it is none.

    A chord with a tritone aims by itself; a major triad in another key than this if its third is foreign here; and
    what is a dominant in the key of the moment does, whatever it is.
    """
    chord, ground = scene.chord_before, scene.lines.ground
    home, minor = ground.home[:, scene.into - 1], ground.minor[:, scene.into - 1]
    scale = scales()[minor.astype(int), np.maximum(home, 0)][..., None]
    triad = major_aims()[chord]
    foreign = (scale >> (triad + LEADING_TONE) % 12 & 1 == 0) & (home >= 0)[..., None]
    tonic = np.maximum(scene.tonic, 0)[..., None]
    here = dominants()[in_key(chord, tonic)] & scene.keyed[..., None]
    aim = np.where((triad != NONE) & foreign, triad, aims()[chord])
    return np.where(here, tonic, aim)


def _add_own_tendencies(cost: Array, scene: _Scene) -> None:
    """Add what it costs to leave a leading tone or a seventh the wrong way."""
    voice, classes, aim = scene.lines.voice, scene.states % 12, _aims(scene)
    tonic_comes = scene.after[..., None] >> np.maximum(aim, 0) & 1 == 1
    leads = np.nonzero((aim != NONE) & ((classes - aim) % 12 == LEADING_TONE) & tonic_comes)
    weight = LEADING_OUTER if voice in OUTER else LEADING_INNER
    astray = _astray(scene.semitones, inner=voice not in OUTER) & scene.moves
    cost[leads] += weight * astray[leads[-1]]
    is_seventh = np.nonzero((sevenths()[scene.chord_before] == classes) & ~_kept(scene.after, classes))
    cost[is_seventh] += SEVENTH * (_unresolved(scene.semitones) & scene.moves)[is_seventh[-1]]


def _kept(after: IntArray, classes: IntArray) -> BoolArray:
    """(C, E, S): another voice has the pitch class afterwards."""
    return cast("BoolArray", after[..., None] >> classes & 1 == 1)


def _astray(semitones: IntArray, *, inner: bool) -> BoolArray:
    """Return which movements lead a leading tone neither to the tonic nor, inside, down to the fifth degree."""
    wrong = (semitones % 12 != 1) & (semitones != -1) & (semitones != 0)
    if inner:
        wrong &= semitones != TO_FIFTH
    return cast("BoolArray", wrong)


def _unresolved(semitones: IntArray) -> BoolArray:
    """Return which movements do not lead a seventh down by step."""
    return ~RESOLVED[semitones % 12]


def _add_others_tendencies(cost: Array, scene: _Scene) -> None:
    """Add what it costs to give another voice, as it moves, a tendency that it does not obey."""
    aim = _aims(scene)
    seventh = sevenths()[scene.chord_before]
    for other in scene.lines.others:
        was, now = scene.was[..., other], scene.now[..., other]
        moves = (was >= 0) & (now >= 0)
        target = ((was + 1) % 12)[..., None]
        comes = (scene.after[..., None] | scene.own) >> target & 1 == 1
        astray = moves & _astray(now - was, inner=other not in OUTER)
        weight = LEADING_OUTER if other in OUTER else LEADING_INNER
        leads = np.nonzero((aim == target) & astray[..., None])
        cost[leads] += weight * comes[leads[:-1]]
        kept = scene.after >> (was % 12) & 1 == 1
        unresolved = moves & ~kept & _unresolved(now - was)
        cost[np.nonzero((seventh == (was % 12)[..., None]) & unresolved[..., None])] += SEVENTH


def _add_one_way(cost: Array, scene: _Scene) -> None:
    """Add what it costs to follow where all others go."""
    ways = np.sign(np.where((scene.was >= 0) & (scene.now >= 0), scene.now - scene.was, 0))
    ways = ways[..., scene.lines.others]
    for way in (1, -1):
        rows = np.nonzero((ways == way).all(axis=-1))
        cost[rows] += ONE_WAY * (np.sign(scene.semitones) == way) * scene.moves


def _add_cross_relations(cost: Array, scene: _Scene, variants: IntArray, weight: float) -> None:
    """Add what it costs to sing another form of a degree than another voice did just before, or will just after.

    Args:
        cost: (C, E, S, S), changed in place.
        scene: The movements.
        variants: (C, E, 12) the set of other forms of each pitch class.
        weight: Nats.
    """
    classes = scene.states % 12
    sings = scene.states >= 0
    own = np.where(sings, variants[..., classes], 0)
    after = own & scene.before[..., None] != 0
    before = own & scene.after[..., None] != 0
    # who comes from the variant itself moves chromatically, and that is no cross relation
    for other in scene.lines.others:
        was, now = scene.was[..., other], scene.now[..., other]
        slips = (np.abs(now - was) == 1)[..., None]
        before &= ~(slips & (own >> (now % 12)[..., None] & 1 == 1))
    wrong = (after[:, :, None, :] | before[:, :, :, None]) & scene.moves
    low = np.flatnonzero(scene.semitones.diagonal(1) == 1)  # the states with one a semitone above
    slides = own[..., low] >> classes[low + 1] & 1 == 1
    wrong[..., low, low + 1] &= ~slides
    wrong[..., low + 1, low] &= ~slides
    cost += weight * wrong


def _variants(
    tonic: IntArray, minor: BoolArray, pairs: tuple[Pairs, Pairs] = (MAJOR_CHROMATIC, MINOR_CHROMATIC)
) -> IntArray:
    """Return (..., 12) for each pitch class the set of other forms of its degree; empty where no key is known."""
    seen = np.zeros((2, 12), np.int64)
    for mode, of_mode in enumerate(pairs):
        for low, high in of_mode:
            seen[mode, low] |= 1 << high
            seen[mode, high] |= 1 << low
    above = (np.arange(12) - tonic[..., None]) % 12
    sets = np.where((tonic >= 0)[..., None], seen[minor.astype(int)[..., None], above], 0)
    return in_key(sets, (-tonic % 12)[..., None])


def clash_costs(lines: Lines) -> Array:
    """Return the costs (C, T, S) of sounding together with another form of the degree."""
    others = np.bitwise_or.reduce(set_of(lines.pitches[..., lines.others]), axis=-1)[..., None]
    variants = _variants(lines.ground.home, lines.ground.minor)[..., lines.states % 12]
    return cast("Array", CLASH * ((variants & others != 0) & (lines.states >= 0)))


def doubling_costs(lines: Lines) -> Array:
    """Return the costs (C, T, S) of doubling a leading tone or a seventh."""
    others = np.bitwise_or.reduce(set_of(lines.pitches[..., lines.others]), axis=-1)[..., None]
    chords = others | set_of(lines.states)
    classes = lines.states % 12
    doubles = (others >> classes & 1 == 1) & (lines.states >= 0)
    tonic = lines.ground.tonic[..., None]
    is_leading = dominants()[in_key(chords, np.maximum(tonic, 0))] & (tonic >= 0)
    is_leading &= (classes - tonic) % 12 == LEADING_TONE
    is_seventh = sevenths()[chords] == classes
    return cast("Array", DOUBLED * (doubles & (is_leading | is_seventh)))


def _six_fours(lines: Lines, steps: slice) -> BoolArray:
    """(C, E, S): with the state, these steps have a triad over its fifth."""
    sung = lines.pitches[:, steps]
    voices = np.broadcast_arrays(
        *(lines.states if voice == lines.voice else sung[..., voice, None] for voice in range(4))
    )
    sounds = np.logical_and.reduce([voice >= 0 for voice in voices])
    above = np.bitwise_or.reduce([1 << (voice - voices[BASS]) % 12 for voice in voices])
    return cast("BoolArray", sounds & SIX_FOURS[above])


def add_six_fours(cost: Array, lines: Lines) -> None:
    """Add to the costs (C, T, S) of states what six-fours cost.

    On the beat, those over a bass that leaps out of them, or into them and does not stay; over a dominant that stays
    they are welcome. Between beats, all: there nobody needs them.
    """
    for eighth in range(EIGHTH, lines.beat, EIGHTH):
        between = slice(eighth, None, lines.beat)
        cost[:, between] += SIX_FOUR_BETWEEN * _six_fours(lines, between)
    if lines.voice == BASS:
        return
    beats = slice(None, None, lines.beat)
    bass = lines.pitches[:, beats, BASS]
    leaps = _leaps(np.diff(bass)) & (bass[:, 1:] >= 0) & (bass[:, :-1] >= 0)
    into, out = np.pad(leaps, ((0, 0), (1, 0))), np.pad(leaps, ((0, 0), (0, 1)))
    stays = np.pad(np.diff(bass) % 12 == 0, ((0, 0), (0, 1)))
    price = SIX_FOUR * (out | (into & ~stays)) - CADENTIAL * (stays & _on_dominant(bass, lines.ground.home[:, beats]))
    cost[:, beats] += price[..., None] * _six_fours(lines, beats)


def _on_dominant(bass: IntArray, home: IntArray) -> BoolArray:
    return cast("BoolArray", (home >= 0) & (bass >= 0) & ((bass - home) % 12 == FIFTH))


def six_four_leaps(lines: Lines) -> Array:
    """Return the costs (C, N, S, S), from beat to beat, of a bass that leaps into six-fours or out of them."""
    states = lines.states
    leaps = _leaps(states[None, :] - states[:, None]) & lines.moves.astype(bool)
    beats = slice(None, None, lines.beat)
    found = _six_fours(lines, beats)
    stray = found & ~_on_dominant(states, lines.ground.home[:, beats, None])
    cost = SIX_FOUR / 2 * (stray[:, :, None, :] & leaps)
    cost[:, 1:] += SIX_FOUR * (found[:, :-1, :, None] & leaps)
    return cast("Array", cost)


def _leaps(semitones: IntArray) -> BoolArray:
    """Return which intervals are leaps; in the bass an octave keeps its note."""
    return cast("BoolArray", (np.abs(semitones) > STEP) & (semitones % 12 != 0))
