"""What the pages of the room share: what every room knows, and how one gets from page to page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chorale.ui.room_state import RoomState

if TYPE_CHECKING:
    from chorale.ui.overlays.base import Overlay

__all__ = ["Hall"]


@dataclass
class Hall(RoomState):
    """The room's own things; each page has a board of its own.

    Attributes:
        open: shows a page by its name.
        show: shows a sheet over the page.
        hide: takes it away.
    """

    open: Callable[[str], None] = field(default=lambda name: None)  # noqa: ARG005  set by the room
    show: "Callable[[Overlay], None]" = field(default=lambda sheet: None)  # noqa: ARG005  set by the room
    hide: Callable[[], None] = field(default=lambda: None)
