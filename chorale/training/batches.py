"""Training examples: crops of chorales, transposed, with rests put in and knowledge left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.models.coconet import codec
from chorale.training import masks
from chorale.training.datasets import REST, STEPS_PER_QUARTER, UNKNOWN, Piece

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rng = np.random.Generator

__all__ = ["RANGES", "Batch", "context_of", "draw_batch", "draw_example", "fixed_batch", "key_of"]

# Lowest and highest pitch of each voice in the training pieces: transposition stays inside.
RANGES = np.array([(60, 81), (52, 74), (46, 69), (36, 66)])
MARGIN = 8  # a crop may begin or end so many steps outside, so that the network learns what ends look like
FORGET = {"fermata": 0.25, "meter": 0.2, "key": 0.4, "all": 0.4}  # so that a bare melody works as well
RESTS = 0.12  # share of examples whose visible soprano gets rests, as users' melodies have


@dataclass(frozen=True)
class Batch:
    """What one training step reads.

    Attributes:
        codes: (B, T, 4) int32, the network's input.
        context: (B, T, CONTEXT) float32.
        target: (B, T, 4, 2) float32: the class, and its weight: 1 / hidden cells of the example, 0 if not hidden.
    """

    codes: NDArray[np.int32]
    context: NDArray[np.float32]
    target: NDArray[np.float32]


def key_of(piece: Piece) -> tuple[int, bool] | None:
    """Return (tonic's pitch class, minor) of a chorale: it closes on its tonic; the third decides the mode.

    None if the piece has hardly any third above that bass (it closes on a half cadence, say).
    """
    bass = piece.pitches[:, 3]
    sounding = bass[bass != REST]
    tonic = int(sounding[-1]) % 12
    present = piece.pitches[piece.pitches != REST] % 12
    share = np.bincount((present - tonic) % 12, minlength=12) / len(present)
    if share[3] + share[4] < 0.06 or share[7] < 0.06 or share[0] < 0.08:
        return None
    return tonic, bool(share[3] > share[4])


def draw_batch(pieces: list[Piece], size: int, steps: int, rng: Rng, mixture: masks.Mixture = masks.MIXTURE) -> Batch:
    """Return ``size`` examples from pieces chosen in proportion to their length, cells hidden by a mixture of masks."""
    lengths = np.array([len(piece.pitches) for piece in pieces], float)
    chosen = rng.choice(len(pieces), size=size, p=lengths / lengths.sum())
    return _stack([draw_example(pieces[number], steps, rng, mixture) for number in chosen])


def draw_example(
    piece: Piece, steps: int, rng: Rng, mixture: masks.Mixture = masks.MIXTURE
) -> tuple[NDArray[Any], ...]:
    """Return codes, context and target of one random crop of a piece."""
    shift = _draw_shift(piece.pitches, rng)
    first = STEPS_PER_QUARTER * int(
        rng.integers(-MARGIN, max(1, len(piece.pitches) - steps + MARGIN) + 1) // STEPS_PER_QUARTER
    )
    hidden = masks.draw(steps, rng, mixture)
    context = _drop(context_of(piece, shift), rng)
    return _example(piece.pitches, shift, context, first, hidden, rests=_draw_rests(hidden, rng))


def fixed_batch(pieces: list[Piece], steps: int, hidden: NDArray[np.bool_], *, bare: bool) -> Batch:
    """Return the first ``steps`` steps of each piece with one mask; ``bare`` leaves all context out."""
    empty = np.zeros((steps, 4), bool)
    return _stack(
        [
            _example(
                piece.pitches,
                0,
                codec.Context() if bare else context_of(piece),
                0,
                mask,
                rests=empty,
            )
            for piece, mask in zip(pieces, hidden, strict=True)
        ]
    )


def _draw_shift(pitches: NDArray[np.int64], rng: Rng) -> int:
    """Return a transposition of at most a tritone that keeps every voice in its range."""
    low = np.where(pitches == REST, 127, pitches).min(axis=0)
    high = pitches.max(axis=0)
    down = int(max(-6, (RANGES[:, 0] - low).max()))
    up = int(min(6, (RANGES[:, 1] - high).min()))
    return int(rng.integers(min(down, 0), max(up, 0) + 1))


def context_of(piece: Piece, shift: int = 0) -> codec.Context:
    """Return what is known about a piece moved by so many semitones."""
    key = key_of(piece)
    return codec.Context(
        piece.fermata,
        piece.phase,
        piece.bar,
        None if key is None else (key[0] + shift) % 12,
        minor=key is not None and key[1],
    )


def _drop(context: codec.Context, rng: Rng) -> codec.Context:
    """Return the context with some of its parts forgotten."""
    if rng.random() < FORGET["all"]:
        return codec.Context()
    fermata = None if rng.random() < FORGET["fermata"] else context.fermata
    meter = rng.random() >= FORGET["meter"]
    tonic = None if rng.random() < FORGET["key"] else context.tonic
    phase, bar = (context.phase, context.bar) if meter else (None, None)
    return codec.Context(fermata, phase, bar, tonic, minor=context.minor)


def _draw_rests(hidden: NDArray[np.bool_], rng: Rng) -> NDArray[np.bool_]:
    """Return the visible soprano cells to silence: one span of an eighth to a bar, in some examples."""
    silent = np.zeros_like(hidden)
    if rng.random() < RESTS:
        start, length = rng.integers(len(hidden)), 2 * rng.integers(1, 9)
        silent[start : start + length, 0] = True
    return silent & ~hidden


def _example(
    pitches: NDArray[np.int64],
    shift: int,
    context: codec.Context,
    first: int,
    hidden: NDArray[np.bool_],
    *,
    rests: NDArray[np.bool_],
) -> tuple[NDArray[Any], ...]:
    """Return codes, context and target of the crop that begins at ``first``, OUTSIDE beyond the piece's ends."""
    steps = len(hidden)
    index = first + np.arange(steps)
    inside = (index >= 0) & (index < len(pitches))
    crop = pitches[np.clip(index, 0, len(pitches) - 1)]
    crop = np.where(crop == REST, REST, crop + shift)
    codes = codec.codes_of(np.where(rests, REST, crop), hidden)
    codes[~inside] = codec.OUTSIDE
    counted = hidden & inside[:, None]
    weight = counted / max(1, int(counted.sum()))
    planes = codec.context_planes(_crop(context, index, inside), steps)
    target = np.stack([codec.classes_of(crop), weight], axis=-1)
    return codes, planes, target


def _crop(context: codec.Context, index: NDArray[np.int64], inside: NDArray[np.bool_]) -> codec.Context:
    def cut(line: NDArray[np.int64] | None) -> NDArray[np.int64] | None:
        return None if line is None else np.where(inside, line[np.clip(index, 0, len(line) - 1)], UNKNOWN)

    return codec.Context(cut(context.fermata), cut(context.phase), cut(context.bar), context.tonic, minor=context.minor)


def _stack(examples: list[tuple[NDArray[Any], ...]]) -> Batch:
    codes, context, target = (np.stack(part) for part in zip(*examples, strict=True))
    return Batch(codes.astype(np.int32), context.astype(np.float32), target.astype(np.float32))
