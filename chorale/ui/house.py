"""The house: the rooms of the program, one of which fills the window; each is built when it is first entered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pygame

from chorale.ui.scene import Place, Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chorale.ui.scene import Services
    from chorale.ui.theme import Theme
    from chorale.ui.widgets.base import Widget

__all__ = ["KEYS", "House", "Room"]

KEYS = {"F5": Place.COMPOSE, "F6": Place.STUDIO, "F7": Place.LEVELS}
"""The keys that lead to the rooms, wherever one is."""


class Room(Scene, Protocol):
    """A scene that one can come back to."""

    def enter(self) -> None:
        """Someone came in: the window is this room's now."""

    def leave(self) -> None:
        """Someone left: stop what sounds, finish what is half typed, keep all that was done."""

    def close(self) -> None:
        """The window closes: end all work."""

    def find(self, id: str) -> Widget:  # noqa: A002  the field's name
        """Return the widget with this id.

        Raises:
            KeyError: there is none.
        """


class House:
    """Shows one room, and takes people from one to another.

    Args:
        services: What rooms work with; ``go`` and ``places`` of it are set here.
        doors: Builds each room.
        first: Where one begins.
    """

    def __init__(
        self, services: Services, doors: Mapping[Place, Callable[[Services], Room]], first: Place = Place.COMPOSE
    ) -> None:
        self.services = services
        services.go, services.places = self.go, tuple(doors)
        self._doors = doors
        self._built: dict[Place, Room] = {}
        self._fit: tuple[tuple[int, int], Theme] | None = None
        self.place = first
        self.room(first)

    @property
    def here(self) -> Room:
        """The room that is shown."""
        return self._built[self.place]

    def room(self, place: Place) -> Room:
        """Return a room, built if nobody has been there."""
        if place not in self._built:
            self._built[place] = self._doors[place](self.services)
        return self._built[place]

    def go(self, place: Place) -> None:
        """Go to a room."""
        if place is self.place or place not in self._doors:
            return
        self.here.leave()
        room = self.room(place)
        self.place = self.services.place = place
        if self._fit is not None:
            room.resize(*self._fit)
        room.enter()

    def close(self) -> None:
        """End what still runs in any of the rooms."""
        for room in self._built.values():
            room.close()

    def find(self, id: str) -> Widget:  # noqa: A002  the field's name
        """Return the widget with this id in the room that is shown.

        Raises:
            KeyError: there is none.
        """
        return self.here.find(id)

    # The scene --------------------------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> None:
        """Take a key that leads elsewhere, or hand the event to the room."""
        place = _door_of(event)
        if place is not None and place in self._doors:
            self.go(place)
        else:
            self.here.handle(event)

    def update(self, now: float) -> float | None:
        """Let time pass in the room."""
        return self.here.update(now)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the room."""
        self.here.draw(surface)

    def resize(self, size: tuple[int, int], theme: Theme) -> None:
        """Fit the room; others are fitted when they are entered."""
        self._fit = size, theme
        self.here.resize(size, theme)


def _door_of(event: pygame.event.Event) -> Place | None:
    if event.type != pygame.KEYDOWN or event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT | pygame.KMOD_META):
        return None
    return KEYS.get(pygame.key.name(event.key).upper())
