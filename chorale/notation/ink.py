"""Where the ink of a page is, for finding a place that is free."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from chorale.notation.primitives import Box, Primitive, Role, box_of

__all__ = ["Floats", "Ink"]

_WEIGHTS = {
    Role.STAFF: 0.12,
    Role.BRACE: 0.0,
    Role.GHOST: 0.0,
    Role.PLATE: 0.0,
    Role.STEM: 0.5,
    Role.BARLINE: 0.3,
    Role.LEDGER: 0.4,
    Role.TIE: 0.4,
    Role.FLAG: 0.5,
    Role.BEAM: 0.7,
}
"""How bad it is to cover something, against 1 for a head; lines of the staff hardly matter."""
_THIN = 0.3  # what is thinner counts as if it were so thick
Floats = NDArray[np.float64]


class Ink:
    """Boxes with weights; immutable, ``with_more`` returns a larger one.

    Args:
        boxes: (N, 4) left, top, right, bottom.
        weights: (N,) how bad it is to cover each.
    """

    def __init__(self, boxes: Floats, weights: Floats) -> None:
        self.boxes, self.weights = boxes, weights

    @classmethod
    def of(cls, items: Iterable[Primitive]) -> "Ink":
        """Return the ink of primitives."""
        found = [(box_of(item), _WEIGHTS.get(item.mark.role, 1.0)) for item in items]
        return cls.of_boxes([(_thickened(box), weight) for box, weight in found if weight])

    @classmethod
    def of_boxes(cls, pairs: Sequence[tuple[Box, float]]) -> "Ink":
        """Return boxes of ink with their weights."""
        boxes = np.array([box for box, _ in pairs], dtype=np.float64).reshape(-1, 4)
        return cls(boxes, np.array([weight for _, weight in pairs], dtype=np.float64))

    def moved(self, dx: float, dy: float) -> "Ink":
        """Return the ink elsewhere."""
        return Ink(self.boxes + np.array([dx, dy, dx, dy]), self.weights)

    def with_more(self, boxes: Iterable[tuple[Box, float]]) -> "Ink":
        """Return this and some more ink."""
        return self.joined(Ink.of_boxes(list(boxes)))

    def joined(self, *others: "Ink") -> "Ink":
        """Return this and other ink."""
        every = (self, *others)
        return Ink(np.concatenate([ink.boxes for ink in every]), np.concatenate([ink.weights for ink in every]))

    def near(self, box: Box) -> "Ink":
        """Return the ink that meets a box."""
        left, top, right, bottom = self.boxes.T
        meets = (left < box.right) & (right > box.left) & (top < box.bottom) & (bottom > box.top)
        return Ink(self.boxes[meets], self.weights[meets])

    def covered(self, boxes: Sequence[Box] | Floats) -> Floats:
        """Return (C,) how much ink each of C boxes would cover: areas of overlap times weights."""
        at = np.array(boxes, dtype=np.float64).reshape(-1, 1, 4)
        low = np.maximum(at[..., :2], self.boxes[:, :2])
        high = np.minimum(at[..., 2:], self.boxes[:, 2:])
        size: Floats = np.clip(high - low, 0, None).prod(axis=2) @ self.weights
        return size


def _thickened(box: Box) -> Box:
    across, along = max(0.0, _THIN - box.right + box.left) / 2, max(0.0, _THIN - box.bottom + box.top) / 2
    return Box(box.left - across, box.top - along, box.right + across, box.bottom + along)
