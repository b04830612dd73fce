"""What the Studio room knows besides what every room does: the session with the tools, and what is being tapped."""

from dataclasses import dataclass, field

from chorale.app.tools.session import Session
from chorale.app.tools.sources import Source, from_staff
from chorale.music import Clip
from chorale.ui.room_state import RoomState

__all__ = ["ToolState"]


@dataclass
class ToolState(RoomState):
    """The room's state, shared by its parts.

    Attributes:
        session: what stands at the tools, and all that can be done with it.
    """

    session: Session = field(default_factory=Session)

    def put(self, slot: int, source: Source) -> None:
        """Give the tool an input, or say why it does not take it."""
        self.attempt(lambda: self.session.put(slot, source))

    def take_staff(self, slot: int, bars: tuple[int, int] | None = None) -> None:
        """Take what the tool wants from the staff in Compose, some bars of it or all."""
        self.attempt(
            lambda: self.session.put(slot, from_staff(self.studio.score, self.session.wanted, bars)),
        )

    def take_clip(self, slot: int, clip: Clip, name: str) -> None:
        """Take an earlier result."""
        self.put(slot, Source(clip, name, "result"))

    @property
    def first_empty(self) -> int | None:
        """The slot that the next input goes to: the first that is empty, else the last; None where there is none."""
        inputs = self.session.bench.inputs
        empty = [slot for slot, source in enumerate(inputs) if source is None and not self.session.awaits(slot)]
        return empty[0] if empty else len(inputs) - 1 if inputs else None
