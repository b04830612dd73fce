"""Skylines: how high and how low the ink of a staff reaches, from left to right."""

from collections.abc import Iterable

from chorale.notation.primitives import Box

__all__ = ["Skyline"]


class Skyline:
    """The upper and lower edge of a growing set of boxes, in columns half a space wide.

    Args:
        right: where the page ends.
        top, bottom: what is filled from the start: the staff lines.
    """

    def __init__(self, right: float, top: float, bottom: float) -> None:
        count = int(right * 2) + 2
        self.highest = [top] * count
        self.lowest = [bottom] * count

    def copy(self) -> "Skyline":
        """Return a skyline that grows on its own."""
        other = Skyline(0.0, 0.0, 0.0)
        other.highest, other.lowest = self.highest.copy(), self.lowest.copy()
        return other

    def _span(self, left: float, right: float) -> range:
        return range(max(0, int(left * 2)), min(len(self.highest), int(right * 2) + 1))

    def add(self, boxes: Iterable[Box]) -> None:
        """Fill boxes."""
        highest, lowest, count = self.highest, self.lowest, len(self.highest)
        for left, top, right, bottom in boxes:
            for index in range(max(0, int(left * 2)), min(count, int(right * 2) + 1)):
                if top < highest[index]:  # noqa: PLR1730  some hundred boxes a system, and min() takes thrice as long
                    highest[index] = top
                if bottom > lowest[index]:  # noqa: PLR1730  likewise
                    lowest[index] = bottom

    def boxes(self) -> tuple[Box, ...]:
        """Return boxes that fill another skyline as this one is filled: one a column, where anything is."""
        edges = enumerate(zip(self.highest, self.lowest, strict=True))
        return tuple(Box(index / 2, top, index / 2, bottom) for index, (top, bottom) in edges if top < bottom)

    def join(self, other: "Skyline", dy: float) -> None:
        """Fill what another skyline fills, moved down."""
        self.lowest = [max(mine, each + dy) for mine, each in zip(self.lowest, other.lowest, strict=True)]
        self.highest = [min(mine, each + dy) for mine, each in zip(self.highest, other.highest, strict=True)]

    def above(self, left: float, right: float) -> float:
        """Return the height of the topmost ink between two x."""
        return min((self.highest[index] for index in self._span(left, right)), default=0.0)

    def below(self, left: float, right: float) -> float:
        """Return the height of the lowest ink between two x."""
        return max((self.lowest[index] for index in self._span(left, right)), default=4.0)

    def clearance(self, lower: "Skyline") -> float:
        """Return the least distance by which ``lower`` must be moved down so as to only touch this one."""
        return max(mine - other for mine, other in zip(self.lowest, lower.highest, strict=False))
