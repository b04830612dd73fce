"""The variational network at work: music to points, points to music."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import numpy as np

from chorale.errors import ModelError
from chorale.models.runtime import Network
from chorale.models.sequences.drawing import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    Rng = np.random.Generator
    FloatArray = NDArray[np.float32]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["Space", "slerp"]

_TOLD = 64  # events between reports: a few hundredths of a second


class Space:
    """The space of latent vectors of one model.

    Args:
        folder: Holds encoder.onnx, decoder.onnx, latent.json and, where there are events, head.onnx.
        options: What config.json says of the network.
    """

    def __init__(self, folder: Path, options: dict[str, Any]) -> None:
        try:
            tables = json.loads((folder / "latent.json").read_text(encoding="utf-8"))
            self.centres, self.kinds, self.shares, self.factor = (
                np.array(tables[name]) for name in ("centres", "kinds", "shares", "factor")
            )
            self.latent, self.width, self.classes, self.numbers, self.seen = (
                int(options[name]) for name in ("latent", "step_width", "classes", "numbers", "seen")
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"model {folder.name}: its latent.json or config.json is damaged") from error
        self._encoder, self._decoder, self._head = (  # so small that they would wait for a second thread
            Network(folder / f"{name}.onnx", threads=1) for name in ("encoder", "decoder", "head")
        )

    def points(self, tokens: FloatArray, given: FloatArray) -> FloatArray:
        """Return the mean latent vectors (B, latent) of tokens (B, 16, F) and conditions (B, 16, C)."""
        return self._encoder(tokens=tokens, conditions=given)[:, : self.latent]

    def drawn(self, rngs: Sequence[Rng], temperature: float, kind: int = 0) -> FloatArray:
        """Return new points (B, latent), which lie where those of real music of a kind do.

        At temperature 0 they are centres of groups: the generator still chooses which.
        """
        return np.stack([self._point(rng, temperature, kind) for rng in rngs]).astype(np.float32)

    def _point(self, rng: Rng, temperature: float, kind: int) -> FloatArray:
        centres, shares = self.centres[self.kinds == kind], self.shares[self.kinds == kind]
        noise = rng.standard_normal(self.latent)
        group = rng.choice(len(shares), p=shares / shares.sum())
        return cast("FloatArray", centres[group] + temperature * self.factor @ noise)

    def strayed(self, rng: Rng, amount: float) -> FloatArray:
        """Return a point (latent,) that is so far from zero as real music's points are from their centre."""
        return cast("FloatArray", (amount * self.factor @ rng.standard_normal(self.latent)).astype(np.float32))

    def unrolled(self, points: FloatArray, given: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return step features (B, 64, W), the numbers' means (B, 64, N) and standard deviations (B, 64, N)."""
        made = self._decoder(latent=points, conditions=given)
        means, logarithms = np.split(made[..., self.width :], 2, axis=-1)
        return made[..., : self.width], means, np.exp(0.5 * np.clip(logarithms, -6, 1))

    def written(
        self,
        features: FloatArray,
        slots: IntArray,
        rngs: Sequence[Rng],
        temperature: float,
        allowed: BoolArray | None = None,
        hear: Callable[[float], None] | None = None,
    ) -> IntArray:
        """Return events (B, T), drawn in order.

        Args:
            features: Step features (B, 64, W).
            slots: (T,) at which steps events stand.
            rngs: One a row.
            temperature: 0 takes the likeliest event each time.
            allowed: (T, classes) or (B, T, classes) which events may be drawn; None: all.
            hear: Told now and then how far it is, 0..1; may raise to stop it.
        """
        events = np.full((len(features), self.seen + len(slots)), self.classes)
        for number, slot in enumerate(slots):
            if hear is not None and number % _TOLD == 0:
                hear(number / len(slots))
            before = events[:, number : number + self.seen][:, ::-1].astype(np.int32)
            logits = self._head(features=np.ascontiguousarray(features[:, slot]), before=np.ascontiguousarray(before))
            may = None if allowed is None else allowed[..., number, :]
            events[:, self.seen + number] = draw(logits, temperature, rngs, may)
        return events[:, self.seen :]


def slerp(first: FloatArray, second: FloatArray, place: float) -> FloatArray:
    """Return the point at a place 0..1 on the great circle from one vector to another, its length in between too.

    Source: Shoemake, Animating rotation with quaternion curves (SIGGRAPH 1985); lengths are mixed geometrically.
    """
    lengths = np.linalg.norm(first), np.linalg.norm(second)
    if min(lengths) == 0:
        return ((1 - place) * first + place * second).astype(np.float32)
    one, other = first / lengths[0], second / lengths[1]
    angle = float(np.arccos(np.clip(one @ other, -1, 1)))
    length = lengths[0] ** (1 - place) * lengths[1] ** place
    if angle < 1e-4:
        return cast("FloatArray", (length * one).astype(np.float32))
    direction = (np.sin((1 - place) * angle) * one + np.sin(place * angle) * other) / np.sin(angle)
    return cast("FloatArray", (length * direction).astype(np.float32))
