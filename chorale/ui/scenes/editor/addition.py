"""What a room may add to the sheet of music: marks of its own, painted with those that stand still."""

from collections.abc import Hashable
from typing import Protocol

from chorale.ui.scenes.editor.marks import Overlay

__all__ = ["Addition"]


class Addition(Protocol):
    """Marks of a room's own."""

    @property
    def look(self) -> Hashable:
        """All that their picture depends on besides the page; equal looks, equal pictures."""

    def draw(self, overlay: Overlay) -> None:
        """Draw them over the sheet."""
