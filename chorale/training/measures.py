"""Measures: the likelihood of hidden cells under a model, and what a harmony does in its key; numpy only.

Conventions: pitches (T, 4) MIDI numbers with REST for silence; hidden (T, 4) True where the model may not look;
predictions are log-probabilities over P classes, the 46 pitches 36..81 first, then silence.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from chorale.models.coconet.codec import LOWEST, PITCHES, classes_of

__all__ = [
    "Predictor",
    "chords",
    "closes",
    "framewise",
    "hidden_cells",
    "lower_voices",
    "opening",
    "random_share",
    "relations",
    "repeats",
    "tonality",
]

REST = -1
STEPS_PER_BEAT = 4
_FOURTH = 5
_LETTERS = 7  # on the line of fifths the forms of one degree, such as F and F sharp, are so far apart
# The scale's pitch classes above the tonic, and the letter that each of the twelve is written with (1 = second degree)
_MAJOR = (0, 2, 4, 5, 7, 9, 11), (0, 0, 1, 2, 2, 3, 3, 4, 4, 5, 6, 6)
_MINOR = (0, 2, 3, 5, 7, 8, 9, 10, 11), (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]
FloatArray: TypeAlias = NDArray[np.float32]


class Predictor(Protocol):
    """A model's view of one piece."""

    def everywhere(self, pitches: IntArray, hidden: BoolArray) -> FloatArray:
        """Return the predictions (B, T, 4, P) for rolls (B, T, 4)."""
        ...

    def at(self, pitches: IntArray, hidden: BoolArray, steps: IntArray) -> FloatArray:
        """Return the predictions (B, 4, P) at one step (B,) of each roll (B, T, 4)."""
        ...


def lower_voices(steps: int) -> BoolArray:
    """Return the (T, 4) mask of the job: alto, tenor and bass hidden."""
    hidden = np.ones((steps, 4), bool)
    hidden[:, 0] = False
    return hidden


def random_share(steps: int, rng: np.random.Generator, *, soprano: bool) -> BoolArray:
    """Return a (T, 4) mask that hides cells with one random probability; with ``soprano`` that voice is given."""
    hidden = rng.random((steps, 4)) < rng.random()
    if soprano:
        hidden[:, 0] = False
    hidden[rng.integers(steps), 3] = True  # at least one cell
    return hidden


def hidden_cells(model: Predictor, pitches: IntArray, hidden: BoolArray) -> tuple[NDArray[np.float64], BoolArray]:
    """Return nats (T, 4) of every cell of one piece, and whether the likeliest class is right.

    Entries of visible cells mean nothing, nor do those of silences if the model has no such class.
    """
    log_probs = model.everywhere(pitches[None], hidden[None])[0].astype(np.float64)
    truth = classes_of(pitches)
    known = np.minimum(truth, log_probs.shape[-1] - 1)
    nats = -np.take_along_axis(log_probs, known[..., None], axis=-1)[..., 0]
    return nats, log_probs.argmax(axis=-1) == truth


def framewise(
    model: Predictor, pitches: IntArray, *, orders: int, rng: np.random.Generator, frames: int | None = None
) -> float:
    """Return the framewise negative log-likelihood of one piece, nats a frame (Huang et al. 2017, section 5).

    In each order the frames come in a random sequence, earlier ones shown as the truth. Inside a frame the voices
    come in random order, and the next one sees the model's own likeliest pitch for those before it, never the
    truth. A silent cell counts 0. The orders are averaged as probabilities for each frame.

    Args:
        model: Its view of the piece.
        pitches: (T, 4) a whole piece.
        orders: Random orders; the paper took five.
        rng: Draws the orders.
        frames: Score only so many random frames (each at its own random moment of the sequence); None: all.
    """
    steps = len(pitches)
    scored = np.sort(rng.permutation(steps)[:frames])
    nats = np.stack([_one_order(model, pitches, scored, rng) for _ in range(orders)])
    lowest = nats.min(axis=0)
    mean = lowest - np.log(np.exp(lowest - nats).mean(axis=0))
    return float(mean.mean())


def _one_order(model: Predictor, pitches: IntArray, scored: IntArray, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the nats of each scored frame in one random sequence of all frames."""
    moment = rng.permutation(len(pitches))  # the moment at which each frame comes
    hidden = np.repeat((moment >= moment[scored][:, None])[..., None], 4, axis=2)
    shown = np.repeat(pitches[None], len(scored), axis=0)
    row, nats = np.arange(len(scored)), np.zeros(len(scored))
    for voice in np.array([rng.permutation(4) for _ in scored]).T:
        log_probs = model.at(shown, hidden, scored)[row, voice].astype(np.float64)
        truth = pitches[scored, voice]
        picked = log_probs[row, np.where(truth == REST, 0, truth - LOWEST)]
        nats -= np.where(truth == REST, 0, picked)
        shown[row, scored, voice] = LOWEST + log_probs[:, :PITCHES].argmax(axis=-1)
        hidden[row, scored, voice] = False
    return nats


def tonality(pitches: IntArray, tonic: int, *, minor: bool) -> dict[str, int]:
    """Return counts of one piece in a key: what leaves the scale, and how.

    cells, beat_cells, off_cells: sounding cells of the lower voices, all, on the beat, elsewhere.
    foreign, beat_foreign, off_foreign: those outside the scale (a minor scale has both sixths and sevenths).
    lower_moves: changes of pitch in the lower voices.
    chromatic_steps: of these, a semitone between two forms of one degree, such as F and F sharp in C.
    chromatic_neighbours: a note outside the scale between two sounds of the same pitch, a semitone away.
    """
    scale, letters = _MINOR if minor else _MAJOR
    counts = dict.fromkeys(("lower_moves", "chromatic_steps", "chromatic_neighbours"), 0)
    lower = pitches[:, 1:]
    sounding, beat = lower != REST, (np.arange(len(lower)) % STEPS_PER_BEAT == 0)[:, None]
    foreign = sounding & ~np.isin((lower - tonic) % 12, scale)
    for name, cells in (("", np.ones_like(beat)), ("beat_", beat), ("off_", ~beat)):
        counts[f"{name}cells"] = int((sounding & cells).sum())
        counts[f"{name}foreign"] = int((foreign & cells).sum())
    for voice in range(1, 4):
        line = pitches[:, voice]
        line = line[np.append(True, line[1:] != line[:-1])]
        degree, semitone = (line - tonic) % 12, np.abs(np.diff(line)) == 1
        both = (line[1:] != REST) & (line[:-1] != REST)
        letter = np.array(letters)[degree]
        counts["lower_moves"] += int(both.sum())
        counts["chromatic_steps"] += int((both & semitone & (letter[1:] == letter[:-1])).sum())
        back = both[1:] & both[:-1] & semitone[1:] & (line[2:] == line[:-2])
        counts["chromatic_neighbours"] += int((back & ~np.isin(degree[1:-1], scale)).sum())
    return counts


def relations(pitches: IntArray, fifths: IntArray, beats: IntArray, phrases: IntArray) -> dict[str, int]:
    """Return counts of one piece: two forms of a degree, such as F and F sharp, in two voices.

    Args:
        pitches: (T, 4).
        fifths: (T, 4) places on the line of fifths.
        beats: (N,) the steps on beats.
        phrases: (T,) the number of the phrase.

    Returns:
        beat_relations (notes on a beat that contradict what another voice sang on the beat before, in one phrase,
        where no voice has come to them by a chromatic step since) and clashes (times that two forms sound together).
    """
    counted = 0
    for before, now in pairwise(beats.tolist()):
        if phrases[before] == phrases[now]:
            bent = _bent(pitches[before : now + 1], fifths[before : now + 1])
            new = (pitches[now] != pitches[before]) & ~np.isin(fifths[now], sorted(bent))
            forms = _other_forms(fifths[before], pitches[before], fifths[now], pitches[now])
            counted += int((forms.any(axis=0) & new).sum())
    together = [bool(_other_forms(*row, *row).any()) for row in zip(fifths, pitches, strict=True)]
    return {"beat_relations": counted, "clashes": int((np.diff([0, *together]) == 1).sum())}


def _other_forms(was: IntArray, sung: IntArray, now: IntArray, sings: IntArray) -> BoolArray:
    """Return (4, 4) where a voice's fifth and another voice's are two forms of a degree, and both sound."""
    across = now - was[:, None]
    sounds = (sung[:, None] != REST) & (sings != REST) & ~np.eye(4, dtype=bool)
    found: BoolArray = sounds & (across != 0) & (across % _LETTERS == 0)
    return found


def _bent(pitches: IntArray, fifths: IntArray) -> set[int]:
    """Return the fifths that some voice reaches by a chromatic step."""
    across = np.diff(fifths, axis=0)
    steps = (np.abs(np.diff(pitches, axis=0)) == 1) & (across % _LETTERS == 0)
    return set(fifths[1:][steps].tolist())


def repeats(pitches: IntArray, struck: BoolArray, beats: IntArray, phrases: IntArray) -> dict[str, int]:
    """Return counts of one piece: what happens under a soprano that strikes the same note again on the next beat.

    Args:
        pitches: (T, 4).
        struck: (T,) whether the soprano begins a note.
        beats: (N,) the steps on beats.
        phrases: (T,) the number of the phrase.

    Returns:
        repeats (beats on which it does, within a phrase), of which moved_repeats have another tone in the bass than
        the beat before.
    """
    before, now = beats[:-1], beats[1:]
    held = np.array([(pitches[a : b + 1, 0] == pitches[b, 0]).all() for a, b in pairwise(beats.tolist())], bool)
    again = held & struck[now] & (pitches[now, 0] != REST) & (phrases[before] == phrases[now])
    moved = (pitches[now, 3] - pitches[before, 3]) % 12 != 0
    return {"repeats": int(again.sum()), "moved_repeats": int((again & moved).sum())}


def chords(pitches: IntArray) -> dict[str, int]:
    """Return how many beats have all four voices, and how many of these chords are bare: no third, fifths at most."""
    beats = pitches[::STEPS_PER_BEAT]
    full = beats[(beats != REST).all(axis=1)]
    return {"chords": len(full), "bare_chords": sum(_is_bare(chord) for chord in full)}


def closes(pitches: IntArray, ends: IntArray, tonic: int, *, minor: bool) -> dict[str, int]:
    """Return counts of one piece's closes.

    Args:
        pitches: (T, 4).
        ends: The steps on which notes with a fermata begin.
        tonic: Pitch class.
        minor: The mode; a major chord closes a piece in minor as well.

    Returns:
        closes, of which common (a major or minor triad in root position or first inversion) and by_fifth (the bass
        falls a fifth into them, or rises a fourth); finals (1 if the piece ends on four voices), of which tonic_finals
        (the tonic's triad over its root) and final_by_fifth.
    """
    last = pitches[-1]
    triads = [{0, 3}, {0, 3, 7}, {0, 4}, {0, 4, 7}] if minor else [{0, 4}, {0, 4, 7}]
    on_tonic = set(((last - tonic) % 12).tolist()) in triads and last[3] % 12 == tonic
    return {
        "closes": len(ends),
        "common_closes": sum(_is_common(pitches[end]) for end in ends),
        "closes_by_fifth": sum(_by_fifth(pitches[: end + 1, 3]) for end in ends),
        "finals": 1,
        "tonic_finals": int(on_tonic),
        "final_by_fifth": int(_by_fifth(pitches[:, 3])),
    }


def opening(pitches: IntArray, tonic: int, *, minor: bool) -> dict[str, int]:
    """Return the counts of how one piece (T, 4) begins, with its first chord of all four voices.

    Returns:
        openings (1 if the soprano sings a tone of the tonic's triad there), of which tonic_openings (all voices do, and
        the bass its root). In a minor key that triad is the minor one.
    """
    full = np.flatnonzero((pitches != REST).all(axis=1))
    if not full.size:
        return {"openings": 0, "tonic_openings": 0}
    degrees = ((pitches[full[0]] - tonic) % 12).tolist()
    triad = {0, 3 if minor else 4, 7}
    begins = degrees[0] in triad
    return {"openings": int(begins), "tonic_openings": int(begins and set(degrees) <= triad and degrees[3] == 0)}


def _is_bare(chord: IntArray) -> bool:
    return any(set(((chord - root) % 12).tolist()) <= {0, 7} for root in chord)


def _is_common(chord: IntArray) -> bool:
    """Return whether a chord is a major or minor triad, with its third, over its root or third."""
    for root in chord:
        above = set(((chord - root) % 12).tolist())
        if any(above <= {0, third, 7} and third in above and (chord[3] - root) % 12 in {0, third} for third in (3, 4)):
            return bool((chord != REST).all())
    return False


def _by_fifth(bass: IntArray) -> bool:
    """Return whether the last change of the bass is by a falling fifth or a rising fourth."""
    before = bass[(bass != bass[-1]) & (bass != REST)]
    return bool(before.size) and int(bass[-1] - before[-1]) % 12 == _FOURTH
