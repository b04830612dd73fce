"""Coconet's network: an hourglass over time with a copy head and interval tables. Layers only, any Keras backend.

Sixteenths are read by convolutions, four of them are packed into a beat, attention runs over the beats, and the
result is unpacked beside the sixteenths. Beside them go the relations of the visible notes (``nearest``). Five heads
add up to the logits of each cell:

    dense      what the features say about voice and pitch
    copy       a pitch gains a learned gate for each visible neighbour of its voice, 1..4 steps away, that has it
    intervals  a pitch gains gates x table entries for its interval to every visible cell within four steps, and to
               the nearest visible notes of each voice, however far
    moves      what the features say about the interval from the voice's own nearest visible notes
    degrees    what the features say about the interval from the tonic

All but the first give back what a convolution over pitch would know: a third is a third at any height.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import keras
import numpy as np
from keras import layers, ops

from chorale.models.coconet.codec import CLASSES, CODES, CONTEXT, OUTSIDE, PITCHES
from chorale.models.coconet.nearest import ANCHORS, Anchors, Degrees, Moves, Relations

__all__ = ["FEATURES", "Options", "build"]

Tensor: TypeAlias = Any  # of whichever backend; Keras ships no types
Shape: TypeAlias = tuple[int | None, ...]

VOICES = 4
STEPS_PER_BEAT = 4
REACH = 4  # steps to either side that the copy head and the interval tables see
FEATURES = "steps_norm"  # the layer that gives the features of each sixteenth, (B, T, step_width)
NEAR = (2 * REACH + 1) * VOICES
SOURCES = NEAR + ANCHORS


@dataclass(frozen=True)
class Options:
    """The network's size.

    Attributes:
        step_width: Features of a sixteenth.
        beat_width: Features of a beat.
        layers: Attention layers.
        heads: Attention heads in each.
        distance: Beats beyond which the relative position bias no longer tells distances apart.
        tables: Interval tables.
        gate_rank: Features that the tables' gates are computed from.
        relations: Features of the relations of the visible notes; 0: pitches are known by name alone, without moves
            and degrees too.
        deep: Further convolutions over sixteenths after the beats were thought about, each with twice the reach of the
            one before: where half of the notes are known, sixteenths are what is to be thought about.
        dropout: Share of features dropped in training, at the ends of the residual branches over beats and before the
            heads only: dropped everywhere, drawing the random numbers took a third of a step.
    """

    step_width: int = 96
    beat_width: int = 192
    layers: int = 5
    heads: int = 6
    distance: int = 12
    tables: int = 6
    gate_rank: int = 48
    relations: int = 96
    deep: int = 4
    dropout: float = 0.1


def build(options: Options) -> keras.Model:
    """Return the network: codes (B, T, 4) int32 and context (B, T, CONTEXT) -> logits (B, T, 4, CLASSES).

    T is a multiple of 4 and begins on a beat.
    """
    codes = keras.Input((None, VOICES), dtype="int32", name="codes")
    context = keras.Input((None, CONTEXT), dtype="float32", name="context")
    roll, anchors = OneHot(name="roll")(codes), Anchors(name="anchors")(codes)
    related = _relate(anchors, context, options)
    steps = _read_steps(roll, context, related, options)
    beats = _think_in_beats(steps, options)
    features = _write_steps(steps, beats, related, options)
    dense = layers.Dense(VOICES * CLASSES, name="pitches")(features)
    logits = layers.Reshape((-1, VOICES, CLASSES), name="by_voice")(dense)
    sources = Sources(name="sources")([codes, anchors])
    logits = logits + Copy(name="copy")([features, sources])
    gates = layers.Dropout(options.dropout)(layers.Dense(options.gate_rank, name="gate_features")(features))
    logits = logits + Intervals(options.tables, name="intervals")([gates, sources])
    if options.relations:
        logits = logits + Moves(name="moves")([features, anchors]) + Degrees(name="degrees")([features, context])
    return keras.Model([codes, context], logits, name="coconet")


def _relate(anchors: Tensor, context: Tensor, options: Options) -> Tensor | None:
    if not options.relations:
        return None
    return layers.Activation("silu")(Relations(options.relations, name="relations")([anchors, context]))


def _add_relations(steps: Tensor, related: Tensor | None, options: Options, name: str) -> Tensor:
    """Return the steps with what the relations say, nothing at first."""
    if related is None:
        return steps
    return steps + layers.Dense(options.step_width, kernel_initializer="zeros", name=f"{name}_relations")(related)


def _read_steps(roll: Tensor, context: Tensor, related: Tensor | None, options: Options) -> Tensor:
    flat = layers.Reshape((-1, VOICES * CODES))(roll)
    steps = layers.Dense(options.step_width, name="stem")(layers.Concatenate()([flat, context]))
    steps = _add_relations(steps, related, options, "stem")
    for number in range(2):
        steps = _convolve(steps, options, f"read{number}")
    return steps


def _think_in_beats(steps: Tensor, options: Options) -> Tensor:
    packed = layers.Reshape((-1, STEPS_PER_BEAT * options.step_width), name="pack")(steps)
    beats = layers.Dense(options.beat_width, name="pack_mix")(packed)
    for number in range(options.layers):
        normal = layers.LayerNormalization(name=f"attend{number}_norm")(beats)
        heard = RelativeAttention(options.heads, options.distance, name=f"attend{number}")(normal)
        beats = beats + heard
        normal = layers.LayerNormalization(name=f"think{number}_norm")(beats)
        wide = layers.Dense(4 * options.beat_width, activation="silu", name=f"think{number}_in")(normal)
        thought = layers.Dense(options.beat_width, name=f"think{number}_out")(wide)
        beats = beats + layers.Dropout(options.dropout)(thought)
    return layers.LayerNormalization(name="beats_norm")(beats)


def _write_steps(steps: Tensor, beats: Tensor, related: Tensor | None, options: Options) -> Tensor:
    wide = layers.Dense(STEPS_PER_BEAT * options.step_width, name="unpack_mix")(beats)
    steps = steps + layers.Reshape((-1, options.step_width), name="unpack")(wide)
    steps = _add_relations(steps, related, options, "write")
    for number in range(2):
        steps = _convolve(steps, options, f"write{number}")
    for number in range(options.deep):
        steps = _convolve(steps, options, f"deep{number}", reach=2**number, start="zeros")
    normal = layers.LayerNormalization(name=FEATURES)(steps)
    return layers.Dropout(options.dropout)(normal)


def _convolve(steps: Tensor, options: Options, name: str, *, reach: int = 1, start: str = "glorot_uniform") -> Tensor:
    """Return steps plus what a convolution over five sixteenths adds, ``reach`` steps from one to the next."""
    normal = layers.LayerNormalization(name=f"{name}_norm")(steps)
    width = options.step_width
    how = {"padding": "same", "dilation_rate": reach, "activation": "silu"}
    near = layers.Conv1D(width, 5, **how, name=f"{name}_conv")(normal)
    return steps + layers.Dense(width, kernel_initializer=start, name=f"{name}_mix")(near)


class OneHot(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Codes (B, T, 4) -> one-hot (B, T, 4, CODES)."""

    def call(self, codes: Tensor) -> Tensor:
        """Return the planes as floats."""
        return ops.cast(ops.equal(ops.expand_dims(codes, -1), ops.arange(CODES, dtype="int32")), "float32")

    def compute_output_shape(self, shape: Shape) -> Shape:
        """Return the shape with the codes' axis added."""
        return (*shape, CODES)


class RelativeAttention(layers.Layer):  # type: ignore[misc]
    """Self-attention over beats with a learned bias for each distance and head."""

    def __init__(self, heads: int, distance: int, **rest: Any) -> None:  # noqa: ANN401  Keras's own options
        super().__init__(**rest)
        self.heads, self.distance = heads, distance

    def build(self, shape: Shape) -> None:
        """Create the projections and the table of biases."""
        width = shape[-1] or 0
        self.project = layers.Dense(3 * width, name="project")
        self.project.build(tuple(shape))
        self.join = layers.Dense(width, name="join")
        self.join.build(tuple(shape))
        size = (2 * self.distance + 1, self.heads)
        self.bias = self.add_weight(shape=size, initializer="zeros", name="bias")
        self.built = True

    def call(self, beats: Tensor) -> Tensor:
        """Return what each beat gathers from all beats: (B, N, D) -> (B, N, D)."""
        (batch, count), width = ops.shape(beats)[:2], beats.shape[-1]
        by_head = (batch, -1, self.heads, width // self.heads)  # four axes: LiteRT has no slices of five
        parts = ops.split(self.project(beats), 3, axis=-1)
        query, key, value = (ops.transpose(ops.reshape(part, by_head), (0, 2, 1, 3)) for part in parts)
        scores = ops.matmul(query, ops.transpose(key, (0, 1, 3, 2))) / (width // self.heads) ** 0.5
        place = ops.arange(count, dtype="int32")
        apart = (
            ops.clip(ops.expand_dims(place, 0) - ops.expand_dims(place, 1), -self.distance, self.distance)
            + self.distance
        )
        scores = scores + ops.expand_dims(ops.transpose(ops.take(self.bias, apart, axis=0), (2, 0, 1)), 0)
        heard = ops.matmul(ops.softmax(scores, axis=-1), value)
        return self.join(ops.reshape(ops.transpose(heard, (0, 2, 1, 3)), (batch, -1, width)))

    def compute_output_shape(self, shape: Shape) -> Shape:
        """Return the input's shape."""
        return shape


class Sources(layers.Layer):  # type: ignore[misc]
    """Codes (B, T, 4) and anchors (B, T, 16) -> planes (B, T, SOURCES, CLASSES) of the cells that a step may hear.

    First those from REACH steps before to REACH after, the four voices of each, then the anchors; a plane has a one
    where the pitch is that is visible there, or the silence.
    """

    def call(self, inputs: list[Tensor]) -> Tensor:
        """Return the planes as floats."""
        codes, anchors = inputs
        around = ops.pad(codes, ((0, 0), (REACH, REACH), (0, 0)), constant_values=OUTSIDE)
        near = [around[:, shift : shift - 2 * REACH or None] for shift in range(2 * REACH + 1)]
        return ops.take(
            np.eye(CODES, CLASSES, dtype=np.float32), ops.concatenate([*near, anchors[..., :ANCHORS]], -1), 0
        )

    def compute_output_shape(self, shapes: list[Shape]) -> Shape:
        """Return (B, T, SOURCES, CLASSES)."""
        return (*shapes[0][:2], SOURCES, CLASSES)


class Copy(layers.Layer):  # type: ignore[misc]
    """The copy head: features (B, T, D) and sources -> logits (B, T, 4, CLASSES)."""

    def __init__(self, **rest: Any) -> None:  # noqa: ANN401  Keras's own options
        super().__init__(**rest)
        neighbours = np.delete(np.arange(NEAR).reshape(-1, VOICES), REACH, axis=0)  # but the cell itself
        places = neighbours + SOURCES * np.arange(VOICES)  # each voice hears itself only
        self.places = np.eye(VOICES * SOURCES, dtype=np.float32)[places.ravel()]

    def build(self, shapes: list[Shape]) -> None:
        """Create the gates: one for each voice and neighbour."""
        self.gates = layers.Dense(VOICES * 2 * REACH, name="gates")
        self.gates.build(tuple(shapes[0]))
        self.built = True

    def call(self, inputs: list[Tensor]) -> Tensor:
        """Return the gated sum of the neighbours in the same voice."""
        features, sources = inputs
        places = ops.cast(self.places, self.gates.kernel.dtype)
        gates = _dense(features, ops.matmul(self.gates.kernel, places), ops.matmul(self.gates.bias, places))
        gates = ops.reshape(gates, (ops.shape(features)[0], -1, VOICES, SOURCES))
        return ops.matmul(gates, ops.cast(sources, gates.dtype))

    def compute_output_shape(self, shapes: list[Shape]) -> Shape:
        """Return (B, T, 4, CLASSES)."""
        return (*shapes[0][:2], VOICES, CLASSES)


def _dense(features: Tensor, kernel: Tensor, bias: Tensor) -> Tensor:
    """Return what a dense layer would of a kernel and bias that are made of learned ones."""
    return ops.matmul(features, ops.cast(kernel, features.dtype)) + ops.cast(bias, features.dtype)


class Intervals(layers.Layer):  # type: ignore[misc]
    """The interval tables: gate features (B, T, R) and sources -> (B, T, 4, CLASSES); silence gains nothing."""

    def __init__(self, tables: int, **rest: Any) -> None:  # noqa: ANN401  Keras's own options
        super().__init__(**rest)
        self.tables = tables
        # entry (q, p) of a Toeplitz matrix is the table's value for the interval from the source q up to p
        self.interval = np.arange(PITCHES)[None, :] - np.arange(PITCHES)[:, None] + PITCHES - 1

    def build(self, shapes: list[Shape]) -> None:
        """Create the tables of 91 intervals and the gates: one for each voice, table and source."""
        self.gates = layers.Dense(VOICES * self.tables * NEAR, name="gates")
        self.gates.build(tuple(shapes[0]))
        zero = {"kernel_initializer": "zeros", "name": "anchor_gates"}
        self.anchor_gates = layers.Dense(VOICES * self.tables * ANCHORS, **zero)
        self.anchor_gates.build(tuple(shapes[0]))
        size = (self.tables, 2 * PITCHES - 1)
        start = keras.initializers.RandomNormal(stddev=0.1, seed=0)
        self.table = self.add_weight(shape=size, initializer=start, name="table")
        self.built = True

    def call(self, inputs: list[Tensor]) -> Tensor:
        """Return, for each voice and pitch, what its intervals to the sources say."""
        features, sources = inputs
        batch = ops.shape(features)[0]
        gates = _dense(features, self._joined("kernel"), ops.reshape(self._joined("bias"), (-1,)))
        gates = ops.reshape(gates, (batch, -1, VOICES * self.tables, SOURCES))
        gathered = ops.matmul(gates, ops.cast(sources, gates.dtype))
        gathered = ops.reshape(gathered, (batch, -1, VOICES, self.tables * CLASSES))
        silence = (0, CLASSES - PITCHES)
        toeplitz = ops.pad(ops.take(self.table, self.interval, axis=1), ((0, 0), silence, silence))
        return ops.matmul(gathered, ops.reshape(toeplitz, (self.tables * CLASSES, CLASSES)))

    def _joined(self, part: str) -> Tensor:
        """Return the kernels or biases of both kinds of gates as those of one dense layer, source by source."""
        near, further = (
            ops.reshape(getattr(gates, part), (-1, VOICES * self.tables, count))
            for gates, count in ((self.gates, NEAR), (self.anchor_gates, ANCHORS))
        )
        joined = ops.concatenate([near, further], axis=-1)
        return ops.reshape(joined, (-1, VOICES * self.tables * SOURCES))

    def compute_output_shape(self, shapes: list[Shape]) -> Shape:
        """Return (B, T, 4, CLASSES)."""
        return (*shapes[0][:2], VOICES, CLASSES)
