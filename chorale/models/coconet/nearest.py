"""What the visible notes are to one another and to the key, whatever their height. Layers only, any Keras backend.

A network that reads pitches as 46 separate classes has to learn a third anew at every height. Here every cell meets
its voice's *anchors*, the nearest visible notes at or before and at or after its step, and all is said in intervals:

    Anchors     codes -> the anchors and how far away they are
    Relations   anchors and context -> features: intervals between the anchors of a voice and of the voices, from step
                to step, and to the tonic
    Moves       features -> logits by the interval from each of the voice's own anchors: hold, a step up, ...
    Degrees     features -> logits by the interval from the tonic, where the key is known
"""

from __future__ import annotations

from itertools import combinations
from typing import Any, TypeAlias

import numpy as np
from keras import layers, ops

from chorale.models.coconet.codec import CLASSES, HIDDEN, LOWEST, PITCHES, SILENCE, TONIC

__all__ = ["ANCHORS", "Anchors", "Degrees", "Moves", "Relations"]

Tensor: TypeAlias = Any  # of whichever backend; Keras ships no types
Shape: TypeAlias = tuple[int | None, ...]

VOICES = 4
ANCHORS = 2 * VOICES  # before: soprano to bass; after: soprano to bass
NONE = HIDDEN  # the code of an anchor that there is not
BASE = 64  # step and code in one number: step x BASE + code
FURTHEST = 16  # steps; beyond a bar all distances are alike
LEAP = 12  # semitones; larger melodic intervals are alike
SPREAD = 24  # semitones; larger intervals between voices are alike
DEGREES = PITCHES + 11  # intervals of 46 pitches from the lowest tonic, -11..45
_SHIFTS = PITCHES.bit_length()  # of the binary digits of a pitch
_BEYOND = 128  # semitones: further than any interval
_REACHED = np.append(np.arange(PITCHES), _BEYOND).astype(np.int32) + LEAP + 1  # from code 0; silence is out of reach
_ABOVE = (np.arange(12) - LOWEST) % 12  # of each tonic: from the lowest pitch up to its lowest place


class Anchors(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Codes (B, T, 4) -> int32 (B, T, 16): the eight anchors' codes (NONE where none is), then their distances."""

    def call(self, codes: Tensor) -> Tensor:
        """Return what stands nearest; a visible cell is its own anchor, at distance 0."""
        steps = ops.shape(codes)[1]
        place = ops.arange(steps, dtype="int32")
        visible = codes <= SILENCE
        earlier = ops.expand_dims(place, 1) >= ops.expand_dims(place, 0)  # entry (t, s): s is not after t
        before = _latest(codes, visible, place, earlier)
        after = _latest(codes, visible, steps - 1 - place, ops.transpose(earlier))
        apart_before = ops.reshape(place + 1, (1, -1, 1)) - before // BASE
        apart_after = ops.reshape(steps - place, (1, -1, 1)) - after // BASE
        return ops.concatenate([_code(before), _code(after), apart_before, apart_after], axis=-1)

    def compute_output_shape(self, shape: Shape) -> Shape:
        """Return (B, T, 16)."""
        return (*shape[:-1], 2 * ANCHORS)


def _latest(codes: Tensor, visible: Tensor, place: Tensor, allowed: Tensor) -> Tensor:
    """Return (1 + place) x BASE + code of the allowed visible cell of the highest place, 0 where there is none.

    Never a negative number: ONNX, as it is converted, divides those with another remainder than Keras.
    """
    packed = ops.where(visible, ops.reshape(place + 1, (1, -1, 1)) * BASE + codes, 0)
    steps = ops.shape(codes)[1]
    lines = ops.reshape(ops.transpose(packed, (0, 2, 1)), (-1, 1, steps))  # a row a voice: short rows take long
    latest = ops.max(ops.where(allowed, lines, 0), axis=2)
    return ops.transpose(ops.reshape(latest, (-1, VOICES, steps)), (0, 2, 1))


def _code(packed: Tensor) -> Tensor:
    return ops.where(packed < BASE, NONE, packed % BASE)


class Relations(layers.Layer):  # type: ignore[misc]
    """Anchors (B, T, 16) and context (B, T, CONTEXT) -> features (B, T, width), the sum of learned rows.

    Args:
        width: Features.
    """

    def __init__(self, width: int, **rest: Any) -> None:  # noqa: ANN401  Keras's own options
        super().__init__(**rest)
        self.width = width
        sizes = [
            *[NONE + 1] * ANCHORS,
            *[DEGREES + 1] * ANCHORS,
            *[FURTHEST + 2] * ANCHORS,
            *[2 * LEAP + 2] * (VOICES + ANCHORS),
            *[2 * SPREAD + 2] * (ANCHORS * (VOICES - 1) // 2),
        ]
        self.rows = sum(sizes)
        self.first = np.cumsum([0, *sizes[:-1]]).astype(np.int32)

    def build(self, shapes: list[Shape]) -> None:
        """Create the rows."""
        del shapes
        self.table = self.add_weight(shape=(self.rows, self.width), initializer="random_normal", name="table")
        self.built = True

    def call(self, inputs: list[Tensor]) -> Tensor:
        """Return the sum of the rows of everything that holds at a step."""
        anchors, context = inputs
        codes, apart = anchors[..., :ANCHORS], anchors[..., ANCHORS:]
        before, after = codes[..., :VOICES], codes[..., VOICES:]
        upper, lower = (list(voices) for voices in zip(*combinations(range(VOICES), 2), strict=True))
        facts = [
            codes,
            _degree(codes, context),
            ops.where(codes == NONE, FURTHEST + 1, ops.minimum(apart, FURTHEST)),
            _interval(before, after, LEAP),
            _interval(_moved(before, 1), before, LEAP),
            _interval(after, _moved(after, -1), LEAP),
            *(
                _interval(ops.take(side, lower, axis=-1), ops.take(side, upper, axis=-1), SPREAD)
                for side in (before, after)
            ),
        ]
        return ops.sum(ops.take(self.table, ops.concatenate(facts, axis=-1) + self.first, axis=0), axis=2)

    def compute_output_shape(self, shapes: list[Shape]) -> Shape:
        """Return (B, T, width)."""
        return (*shapes[0][:2], self.width)


def _interval(start: Tensor, end: Tensor, widest: int) -> Tensor:
    """Return the interval between two codes, 0..2 x widest, and one more where either is no pitch."""
    known = ops.logical_and(start < PITCHES, end < PITCHES)
    return ops.where(known, ops.clip(end - start, -widest, widest) + widest, 2 * widest + 1)


def _degree(codes: Tensor, context: Tensor) -> Tensor:
    """Return each code's place above the lowest tonic, and DEGREES where it is no pitch or the key is not known."""
    tonics = context[..., TONIC : TONIC + 12]
    lowest = ops.cast(ops.matmul(tonics, _ABOVE.astype(np.float32)[:, None]), "int32")  # ONNX has Keras's no argmax
    known = ops.logical_and(codes < PITCHES, ops.max(tonics, axis=-1, keepdims=True) > 0)
    return ops.where(known, codes + 11 - lowest % 12, DEGREES)


def _moved(codes: Tensor, steps: int) -> Tensor:
    """Return the codes as they stand one step earlier (1) or later (-1), NONE beyond the ends."""
    ends = ((0, 0), (1, 0), (0, 0)) if steps > 0 else ((0, 0), (0, 1), (0, 0))
    inside = codes[:, :-1] if steps > 0 else codes[:, 1:]
    return ops.pad(inside, ends, constant_values=NONE)


class Moves(layers.Layer):  # type: ignore[misc]
    """Features (B, T, D) and anchors (B, T, 16) -> logits (B, T, 4, CLASSES) by the interval from the own anchors."""

    def build(self, shapes: list[Shape]) -> None:
        """Create the weights, zero at first: one logit for each voice, side and interval."""
        self.intervals = layers.Dense(ANCHORS * (2 * LEAP + 1), kernel_initializer="zeros", name="intervals")
        self.intervals.build(tuple(shapes[0]))
        self.built = True

    def call(self, inputs: list[Tensor], training: bool | None = None) -> Tensor:  # noqa: FBT001  Keras's own
        """Return the logits of all intervals, each moved to where its anchor stands."""
        features, anchors = inputs
        codes = anchors[..., :ANCHORS]
        by_interval = ops.reshape(self.intervals(features), (ops.shape(features)[0], -1, ANCHORS, 2 * LEAP + 1))
        moved = _shifted(by_interval, codes) if training else _gathered(by_interval, codes)
        return moved[:, :, :VOICES] + moved[:, :, VOICES:]

    def compute_output_shape(self, shapes: list[Shape]) -> Shape:
        """Return (B, T, 4, CLASSES)."""
        return (*shapes[0][:2], VOICES, CLASSES)


def _gathered(by_interval: Tensor, codes: Tensor) -> Tensor:
    """Return (B, T, 8, CLASSES) the logits (B, T, 8, 2 x LEAP + 1) at their intervals from the codes (B, T, 8)."""
    edged = ops.pad(by_interval, ((0, 0), (0, 0), (0, 0), (1, 1)))  # nothing beyond the largest intervals
    start = ops.expand_dims(ops.where(codes < PITCHES, codes, -_BEYOND), -1)
    return ops.take_along_axis(edged, ops.clip(ops.subtract(_REACHED, start), 0, 2 * LEAP + 2), axis=-1)


def _shifted(by_interval: Tensor, codes: Tensor) -> Tensor:
    """Return the same, by the binary digits of the codes: no backend finds the gradient of a gather as fast."""
    codes = ops.expand_dims(codes, -1)
    heard = ops.where(codes < PITCHES, by_interval, 0.0)
    moved = ops.pad(heard, ((0, 0), (0, 0), (0, 0), (0, PITCHES - 1)))
    for digit in range(_SHIFTS):
        further = ops.pad(moved[..., : -(2**digit)], ((0, 0), (0, 0), (0, 0), (2**digit, 0)))
        moved = ops.where((codes // 2**digit) % 2 == 1, further, moved)
    return ops.pad(moved[..., LEAP : LEAP + PITCHES], ((0, 0), (0, 0), (0, 0), (0, CLASSES - PITCHES)))


class Degrees(layers.Layer):  # type: ignore[misc]
    """Features (B, T, D) and context (B, T, CONTEXT) -> logits (B, T, 4, CLASSES) by the interval from the tonic.

    A key holds for a whole example; where none is known, nothing is added.
    """

    def __init__(self, **rest: Any) -> None:  # noqa: ANN401  Keras's own options
        super().__init__(**rest)
        degree, pitch = np.arange(DEGREES)[:, None], np.append(np.arange(PITCHES), DEGREES)  # silence has no degree
        places = (degree == pitch + 11 - _ABOVE[:, None, None]).astype(np.float32)
        self.places = places.reshape(12, DEGREES * CLASSES)

    def build(self, shapes: list[Shape]) -> None:
        """Create the weights, zero at first: one logit for each voice and interval."""
        self.intervals = layers.Dense(VOICES * DEGREES, kernel_initializer="zeros", name="intervals")
        self.intervals.build(tuple(shapes[0]))
        self.built = True

    def call(self, inputs: list[Tensor]) -> Tensor:
        """Return the logits of all degrees, moved to where the tonic stands."""
        features, context = inputs
        tonic = ops.max(context[..., TONIC : TONIC + 12], axis=1)
        places = ops.reshape(ops.matmul(tonic, ops.cast(self.places, tonic.dtype)), (-1, DEGREES, CLASSES))
        batch = ops.shape(features)[0]
        by_degree = ops.reshape(self.intervals(features), (batch, -1, DEGREES))
        return ops.reshape(ops.matmul(by_degree, ops.cast(places, by_degree.dtype)), (batch, -1, VOICES, CLASSES))

    def compute_output_shape(self, shapes: list[Shape]) -> Shape:
        """Return (B, T, 4, CLASSES)."""
        return (*shapes[0][:2], VOICES, CLASSES)
