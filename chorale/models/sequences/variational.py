"""A variational autoencoder of up to four bars. Layers only, any Keras backend.

Music is read a beat at a time: sixteen tokens of four steps each, mixed over time and over features by turns. Each bar
has its own part of the latent vector, written and read by the same weights, so that what is learned of one bar holds
for all, and a bar that comes back lies where it lay. The vector is unrolled to features for all 64 steps at once. A
small head then chooses the events in order; it sees a step's features and the few events before it, so that neighbours
fit together without the decoder having to be recurrent. Numbers (velocities and offsets) come straight from the
features.

A bar that is not there has nothing in its part of the latent vector.

Source of the mixing: Tolstikhin et al., MLP-Mixer (2021); of the loss's parts: Roberts et al., MusicVAE (2018).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import keras
from keras import layers, ops

from chorale.models.sequences.beats import BARS, BEATS, STEPS, STEPS_PER_BEAT

__all__ = ["Options", "Parts", "build"]

Tensor: TypeAlias = Any  # of whichever backend; Keras ships no types


@dataclass(frozen=True)
class Options:
    """The network's size.

    Attributes:
        features: Numbers in a token of the music.
        conditions: Numbers in a token of what is given.
        latent: Length of the latent vector, a multiple of the four bars.
        there: Which condition of a token is 1 where there is such a beat.
        classes: Events that the head tells apart; 0: there is no head.
        numbers: Numbers that a step has, each with a spread.
        width: Features of a beat.
        step_width: Features of a step.
        blocks: Mixing blocks on either side.
        seen: Events before a step that the head sees.
        blind: Share of examples whose latent vector the decoder is not told in training: it is zero. So zero means
            that nothing is known, and what is decoded of it is what is to be expected.
    """

    features: int
    conditions: int
    latent: int
    there: int = 0
    classes: int = 0
    numbers: int = 0
    width: int = 128
    step_width: int = 96
    blocks: int = 2
    seen: int = 8
    blind: float = 0.0


@dataclass(frozen=True)
class Parts:
    """The whole for training, and the parts for playing; all share their weights.

    Attributes:
        whole: tokens (B, 16, features), conditions (B, 16, C), events before (B, 64, seen) -> (B, 64, classes +
            2 numbers + 1): logits, means, logarithms of variances, and in every step the nats of the latent vector.
        encoder: tokens, conditions -> (B, 2 latent): means and logarithms of variances.
        decoder: latent (B, latent), conditions -> (B, 64, step_width + 2 numbers): features, means, logarithms.
        head: features (B, step_width), events before (B, seen) -> logits (B, classes); None without classes.
    """

    whole: keras.Model
    encoder: keras.Model
    decoder: keras.Model
    head: keras.Model | None


@keras.saving.register_keras_serializable("chorale")
class Drawn(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """A latent vector drawn from its distribution, (B, 2 latent) -> (B, latent); the mean when not training.

    Args:
        blind: Share of examples in training that get zeros.
        names: What Keras calls the layer.
    """

    def __init__(self, blind: float, **names: Any) -> None:  # noqa: ANN401  of the layer
        super().__init__(**names)
        self.blind = blind
        self.seeds = keras.random.SeedGenerator(7)

    def call(self, both: Tensor, training: bool = False) -> Tensor:  # noqa: FBT001, FBT002  as Keras calls it
        """Return the vector."""
        mean, logarithm = ops.split(both, 2, axis=-1)
        if not training:
            return mean
        drawn = mean + ops.exp(0.5 * logarithm) * keras.random.normal(ops.shape(mean), seed=self.seeds)
        if not self.blind:
            return drawn
        told = keras.random.uniform((ops.shape(mean)[0], 1), seed=self.seeds) >= self.blind
        return ops.where(told, drawn, 0.0)


def build(options: Options) -> Parts:
    """Return the network and its parts."""
    tokens = keras.Input((BEATS, options.features), name="tokens")
    given = keras.Input((BEATS, options.conditions), name="conditions")
    encoder = keras.Model([tokens, given], _encode(options, tokens, given), name="encoder")
    latent = keras.Input((options.latent,), name="latent")
    decoder = keras.Model([latent, given], _decode(options, latent, given), name="decoder")
    head = _head(options) if options.classes else None

    before = keras.Input((STEPS, options.seen), dtype="int32", name="before")
    both = encoder([tokens, given])
    made = decoder([Drawn(options.blind, name="drawn")(both), given])
    outputs = [made[..., options.step_width :], _nats(both)]
    if head is not None:
        outputs.insert(0, head([made[..., : options.step_width], before]))
    whole = keras.Model([tokens, given, before], ops.concatenate(outputs, axis=-1), name="whole")
    return Parts(whole, encoder, decoder, None if head is None else _of_one_step(options, head))


def _encode(options: Options, tokens: Tensor, given: Tensor) -> Tensor:
    features = _placed(layers.Dense(options.width)(ops.concatenate([tokens, given], axis=-1)))
    features = _mixed(features, options.blocks)
    bars = layers.Reshape((BARS, BEATS // BARS * options.width))(features)
    there = _there(options, given)
    means = layers.Dense(options.latent // BARS)(bars) * there
    logarithms = ops.clip(layers.Dense(options.latent // BARS)(bars) - 1, -8, 2) * there
    whole = layers.Reshape((options.latent,))
    return ops.concatenate([whole(means), whole(logarithms)], axis=-1)


def _decode(options: Options, latent: Tensor, given: Tensor) -> Tensor:
    bars = layers.Reshape((BARS, options.latent // BARS))(latent) * _there(options, given)
    unrolled = layers.Reshape((BEATS, options.width))(layers.Dense(BEATS // BARS * options.width)(bars))
    features = _mixed(_placed(unrolled + layers.Dense(options.width)(given)), options.blocks)
    steps = layers.Dense(STEPS_PER_BEAT * options.step_width)(features)
    steps = layers.Reshape((STEPS, options.step_width))(steps)
    if not options.numbers:
        return steps
    numbers = layers.Dense(2 * options.numbers)(ops.gelu(steps))
    return ops.concatenate([steps, numbers], axis=-1)


def _there(options: Options, given: Tensor) -> Tensor:
    """Return (B, BARS, 1), 1 where the first beat of a bar is."""
    return given[:, :: BEATS // BARS, options.there : options.there + 1]


@keras.saving.register_keras_serializable("chorale")
class Places(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Adds a learned vector to each beat: (B, 16, F) -> (B, 16, F)."""

    def build(self, input_shape: Any) -> None:  # noqa: ANN401  of whichever backend
        """Make the vectors."""
        self.vectors = self.add_weight(shape=tuple(input_shape[1:]), initializer="uniform", name="places")

    def call(self, features: Tensor) -> Tensor:
        """Return the features with their places."""
        return features + self.vectors


def _placed(features: Tensor) -> Tensor:
    return Places()(features)


def _mixed(features: Tensor, blocks: int) -> Tensor:
    """Mix over time, then over features, so many times."""
    width = features.shape[-1]
    for _ in range(blocks):
        over_time = layers.Permute((2, 1))(layers.LayerNormalization()(features))
        over_time = layers.Dense(BEATS)(layers.Dense(2 * BEATS, activation=ops.gelu)(over_time))
        features = features + layers.Permute((2, 1))(over_time)
        inner = layers.Dense(2 * width, activation=ops.gelu)(layers.LayerNormalization()(features))
        features = features + layers.Dense(width)(inner)
    return layers.LayerNormalization()(features)


def _head(options: Options) -> keras.Model:
    """Return features (B, T, step_width), events before (B, T, seen) -> logits (B, T, classes)."""
    features = keras.Input((None, options.step_width), name="features")
    before = keras.Input((None, options.seen), dtype="int32", name="before")
    tables = layers.Embedding((options.classes + 1) * options.seen, options.step_width, name="past")
    mix, choose = (
        layers.Dense(options.width, activation=ops.gelu, name="mix"),
        layers.Dense(options.classes, name="choose"),
    )
    return keras.Model([features, before], choose(mix(_heard(options, tables, features, before))), name="steps")


def _heard(options: Options, tables: layers.Embedding, features: Tensor, before: Tensor) -> Tensor:
    """Return features (..., step_width) with what came before (..., seen) added.

    One table holds all events by how far back they are. A vector of its rows' starts, added to all columns at once,
    would be lost by the converter to ONNX, which takes it for a bias.
    """
    past = sum(tables(before[..., number] + number * (options.classes + 1)) for number in range(options.seen))
    return ops.gelu(features + past)


def _of_one_step(options: Options, head: keras.Model) -> keras.Model:
    """Return the head without the axis of time."""
    features = keras.Input((options.step_width,), name="features")
    before = keras.Input((options.seen,), dtype="int32", name="before")
    tables, mix, choose = (head.get_layer(name) for name in ("past", "mix", "choose"))
    return keras.Model([features, before], choose(mix(_heard(options, tables, features, before))), name="head")


def _nats(both: Tensor) -> Tensor:
    """Return the divergence from the standard normal distribution, (B, 64, 1), the same in every step."""
    mean, logarithm = ops.split(both, 2, axis=-1)
    nats = 0.5 * ops.sum(mean**2 + ops.exp(logarithm) - logarithm - 1, axis=-1)
    return ops.repeat(nats[:, None, None], STEPS, axis=1)
